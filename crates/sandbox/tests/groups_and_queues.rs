//! Outside persons who call a skill group, and wait where nobody is ready.

mod world;

use sandbox::center::{Control, Denied, PhoneHabit};
use serde_json::{Value, json};
use world::scene::{A, B, C, CALLED, S, Scene, data, ended, target};
use world::{event, list, names, without};

/// A second person who calls.
const D: &str = "13900139001";

/// Asserts what an event tells of a queue: how many wait, whether somebody joined, the agent who was chosen,
/// and the callers who wait.
#[track_caller]
fn assert_queue(message: &Value, group: &str, joined: bool, chosen: &str, callers: &[&str]) {
    assert_eq!(message["event"], "QueueInfo", "{message}");
    assert_eq!(message["sequence"], 0, "{message}");
    assert_eq!(message["groupID"], group, "{message}");
    assert_eq!(message["groupWaitNumber"], callers.len(), "{message}");
    assert_eq!(message["isInQueue"], u8::from(joined), "{message}");
    assert_eq!(message["handleAgentID"], chosen, "{message}");
    let waiting = list(&message["data"]);
    assert_eq!(waiting.len(), callers.len(), "{message}");
    for (entry, caller) in waiting.iter().zip(callers) {
        assert_eq!(entry["caller"], *caller, "{message}");
        assert_eq!(entry["called"], group, "{message}");
        assert_eq!(entry["groupID"], group, "{message}");
        assert!(entry["inQueueTime"].is_u64(), "{message}");
    }
}

#[test]
fn the_agent_who_has_been_idle_longest_is_rung() {
    let mut scene = Scene::idle(&[B, A]);
    let call = scene.call_group(C, "g-sales");
    let told = scene.gets(B, &CALLED);
    let talk = data(&told, "Conversation");
    assert_eq!(talk["callDirection"], 1);
    assert_eq!(talk["caller"], C);
    assert_eq!(talk["called"], "g-sales");
    assert_eq!(talk["occCallId"], call.as_str());
    assert_eq!(talk["inQueueTime"], 0);
    assert_eq!(talk["callType"], "normal");
    scene.quiet(A);
    scene.world.assert_whole();

    scene.hang_up_call(&call);
    ended(&scene.gets(B, &["After"]), 0, 1);
    scene.act(B, "idle", json!({}), &["Idle*"]);
    scene.call_group(C, "g-sales");
    scene.gets(A, &CALLED);
    scene.quiet(B);
}

#[test]
fn who_was_busy_in_between_is_last_again() {
    let mut scene = Scene::idle(&[A, B]);
    scene.act(A, "busy", json!({}), &["Busy*"]);
    scene.world.wait(10);
    scene.act(A, "idle", json!({}), &["Idle*"]);
    scene.call_group(C, "g-sales");
    scene.gets(B, &CALLED);
    scene.quiet(A);
}

#[test]
fn only_members_are_rung() {
    let mut scene = Scene::idle(&[A, "1006"]);
    scene.call_group(C, "g-support");
    scene.gets("1006", &CALLED);
    scene.quiet(A);
}

#[test]
fn a_supervisor_is_called_directly_but_never_routed_to() {
    let mut scene = Scene::idle(&[S]);
    scene.call_group(C, "g-sales");
    assert_queue(&scene.gets(S, &["QueueInfo"])[0], "g-sales", true, "", &[C]);
    assert_eq!(scene.waiting("g-sales"), 1);
    scene.world.call_in(D, S);
    scene.gets(S, &CALLED);
}

#[test]
fn all_who_are_logged_in_are_told_who_waits() {
    let mut scene = Scene::talking(&[S, "1006"]);
    scene.login(B);
    let joined = scene.world.now;
    let call = scene.call_group(D, "g-sales");
    for number in [A, B, S] {
        let told = scene.gets(number, &["QueueInfo"]);
        assert_queue(&told[0], "g-sales", true, "", &[D]);
        assert_eq!(told[0]["data"][0]["inQueueTime"], joined);
    }
    scene.quiet("1006");
    assert_eq!(scene.waiting("g-sales"), 1);
    assert_eq!(scene.waiting("g-support"), 0);
    assert_eq!(scene.world.agent_state(A), "Conversation");

    scene.world.wait(5000);
    let expected = [
        "Idle*",
        "QueueInfo",
        "AgentRinging",
        "AgentAnswer",
        "Conversation",
    ];
    let told = scene.act(B, "idle", json!({}), &expected);
    assert_queue(event(&told, "QueueInfo"), "g-sales", false, B, &[]);
    let talk = data(&told, "Conversation");
    assert_eq!(talk["occCallId"], call.as_str());
    assert_eq!(talk["inQueueTime"], joined);
    for number in [A, S] {
        assert_queue(
            &scene.gets(number, &["QueueInfo"])[0],
            "g-sales",
            false,
            B,
            &[],
        );
    }
    scene.quiet("1006");
    assert_eq!(scene.waiting("g-sales"), 0);
    scene.world.assert_whole();

    scene.hang_up_call(&call);
    let told = scene.gets(B, &["After"]);
    assert_eq!(ended(&told, 0, 1)["inQueueTime"], joined);
}

#[test]
fn who_gives_up_leaves_the_queue() {
    let mut scene = Scene::idle(&[S]);
    let first = scene.call_group(C, "g-sales");
    let second = scene.call_group(D, "g-sales");
    let told = scene.gets(S, &["QueueInfo", "QueueInfo"]);
    assert_queue(&told[0], "g-sales", true, "", &[C]);
    assert_queue(&told[1], "g-sales", true, "", &[C, D]);
    scene.hang_up_call(&first);
    assert_queue(
        &scene.gets(S, &["QueueInfo"])[0],
        "g-sales",
        false,
        "",
        &[D],
    );
    assert_eq!(scene.waiting("g-sales"), 1);
    scene.hang_up_call(&second);
    assert_queue(&scene.gets(S, &["QueueInfo"])[0], "g-sales", false, "", &[]);
    assert!(scene.no_calls());
}

#[test]
fn who_waits_longest_is_served_first() {
    let mut scene = Scene::empty();
    let first = scene.call_group(C, "g-sales");
    scene.world.wait(10);
    let second = scene.call_group(D, "g-sales");
    for (number, call) in [(A, first), (B, second)] {
        scene.login(number);
        scene.send(number, "idle", json!({}));
        let told = scene.until(number, "Conversation");
        assert_eq!(data(&told, "Conversation")["occCallId"], call.as_str());
    }
    scene.world.assert_whole();
}

#[test]
fn a_phone_unanswered_for_fifteen_seconds_passes_the_call_on() {
    let mut scene = Scene::idle(&[A, B]);
    scene.phone(A, PhoneHabit::Ignores);
    let began = scene.world.now;
    let call = scene.call_group(C, "g-sales");
    let told = without(scene.until(A, "After"), "QueueInfo");
    assert_eq!(names(&told), ["AgentRinging", "After"]);
    assert_eq!(ended(&told, 1019, 0)["answerTime"], 0);
    assert_eq!(scene.world.now, began + 15_000);
    let told = without(scene.until(B, "Conversation"), "QueueInfo");
    assert_eq!(names(&told), CALLED);
    assert_eq!(data(&told, "Conversation")["occCallId"], call.as_str());
    assert_eq!(scene.world.agent_state(A), "After");
    scene.world.assert_whole();
}

#[test]
fn an_unanswered_call_goes_back_to_the_head() {
    let mut scene = Scene::idle(&[A]);
    scene.phone(A, PhoneHabit::Ignores);
    let first = scene.call_group(C, "g-sales");
    scene.world.wait(1000);
    scene.call_group(D, "g-sales");
    assert_eq!(scene.waiting("g-sales"), 1);
    scene.until(A, "After");
    assert_eq!(scene.waiting("g-sales"), 2);
    scene.login(B);
    scene.send(B, "idle", json!({}));
    let told = scene.until(B, "Conversation");
    assert_eq!(data(&told, "Conversation")["occCallId"], first.as_str());
    assert_eq!(scene.waiting("g-sales"), 1);
    assert_eq!(scene.world.agent_state(A), "After");
}

#[test]
fn the_person_hangs_up_while_the_groups_agent_is_rung() {
    let mut scene = Scene::idle(&[A]);
    let call = scene.call_group(C, "g-sales");
    scene.gets(A, &["AgentRinging"]);
    scene.hang_up_call(&call);
    ended(&scene.gets(A, &["After"]), 1487, 1);
    assert!(scene.no_calls());
}

#[test]
fn whoever_becomes_idle_in_whatever_way_is_offered_the_call() {
    let lock = |unlock: bool| {
        let agent = A.to_owned();
        if unlock {
            Control::Unlock { agent }
        } else {
            Control::Lock { agent }
        }
    };
    let mut scene = Scene::idle(&[A]);
    scene.world.control(lock(false)).expect("A is logged in");
    scene.call_group(C, "g-sales");
    scene.clear();
    scene.world.control(lock(true)).expect("A is locked");
    scene.gets(
        A,
        &[
            "Idle",
            "QueueInfo",
            "AgentRinging",
            "AgentAnswer",
            "Conversation",
        ],
    );

    let mut scene = Scene::idle(&[S]);
    scene.login(A);
    scene.call_group(C, "g-sales");
    scene.clear();
    scene.act(S, "forceIdle", target(A), &["ForceIdle*", "QueueInfo"]);
    scene.gets(
        A,
        &[
            "Idle",
            "QueueInfo",
            "AgentRinging",
            "AgentAnswer",
            "Conversation",
        ],
    );
    scene.world.assert_whole();
}

#[test]
fn an_agent_whose_own_call_failed_is_offered_the_one_that_waits() {
    let mut scene = Scene::idle(&[A]);
    scene.phone(A, PhoneHabit::Ignores);
    scene.send(A, "makeCall", json!({"called": "13800138000"}));
    let call = scene.call_group(C, "g-sales");
    scene.phone(A, PhoneHabit::Answers);
    scene.clear();
    let told = without(scene.until(A, "Conversation"), "QueueInfo");
    assert_eq!(
        names(&told),
        [
            "MakeCallFail",
            "Idle",
            "AgentRinging",
            "AgentAnswer",
            "Conversation"
        ]
    );
    assert_eq!(data(&told, "Conversation")["occCallId"], call.as_str());
}

#[test]
fn a_client_that_is_silent_for_a_minute_is_offered_no_call_of_a_group() {
    let mut scene = Scene::idle(&[A]);
    scene.world.wait(60_000);
    scene.call_group(C, "g-sales");
    assert!(without(scene.take(A), "QueueInfo").is_empty());
    assert_eq!(scene.waiting("g-sales"), 1);
    assert_eq!(scene.world.agent_state(A), "Idle");
}

#[test]
fn unknown_groups_are_named() {
    let mut scene = Scene::empty();
    let denied = scene.world.control(Control::CallGroup {
        from: C.to_owned(),
        group: "g-none".to_owned(),
    });
    assert!(matches!(denied, Err(Denied::NotFound(sentence)) if sentence.contains("g-none")));
    assert!(scene.no_calls());
}
