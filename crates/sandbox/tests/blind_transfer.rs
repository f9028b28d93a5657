//! Calls that are passed on without a word (`transferMode` 0).

mod world;

use sandbox::center::PhoneHabit;
use serde_json::json;
use world::event;
use world::scene::{A, B, C, CALLED, Scene, data, ended, transfer};

/// An agent of g-support alone.
const SUPPORT: &str = "1006";

/// What the agent is told who passes a call on.
const PASSED: [&str; 2] = ["TransferCall*", "After"];

#[test]
fn an_agent_takes_over_from_an_agent() {
    for (mut scene, direction) in [(Scene::talking(&[B]), 1), (Scene::calling(&[B]), 2)] {
        let told = scene.act(A, "transferCall", transfer(1, B, 0), &PASSED);
        let after = ended(&told, 1600, 0);
        assert_eq!(after["callType"], "normal");
        assert_eq!(after["callDirection"], direction);
        assert_eq!(after["occCallId"], scene.call.as_str());

        let told = scene.gets(B, &CALLED);
        for name in CALLED {
            let call = data(&told, name);
            assert_eq!(call["callDirection"], 1, "{name}");
            assert_eq!(call["caller"], C, "{name}");
            assert_eq!(call["occCallId"], scene.call.as_str(), "{name}");
        }
        assert_eq!(data(&told, "Conversation")["callType"], "transfer");
        scene.hearing(&[(B, &[C]), (C, &[B])]);

        let told = scene.act(B, "cancelCall", json!({}), &["CancelCall*", "After"]);
        assert_eq!(ended(&told, 0, 0)["callType"], "transfer");
        assert!(scene.no_calls());
        scene.quiet(A);
    }
}

#[test]
fn kind_and_mode_may_be_text() {
    let mut scene = Scene::talking(&[B]);
    let fields = json!({"transferType": "1", "transferId": B, "transferMode": "0"});
    scene.act(A, "transferCall", fields, &PASSED);
    scene.gets(B, &CALLED);
}

#[test]
fn who_took_over_may_pass_on_again() {
    let mut scene = Scene::talking(&[B, "1003"]);
    scene.open_transfer();
    let told = scene.act(B, "transferCall", transfer(1, "1003", 0), &PASSED);
    ended(&told, 1600, 0);
    let told = scene.gets("1003", &CALLED);
    assert_eq!(data(&told, "Conversation")["caller"], C);
    assert_eq!(
        data(&told, "Conversation")["occCallId"],
        scene.call.as_str()
    );
}

#[test]
fn a_number_outside_is_rung_for_the_person() {
    let mut scene = Scene::talking(&[]);
    let told = scene.act(A, "transferCall", transfer(2, "13800138001", 0), &PASSED);
    ended(&told, 1600, 0);
    scene.world.wait(1000);
    scene.hearing(&[(C, &["13800138001"]), ("13800138001", &[C])]);
    scene.hang_up();
    assert!(scene.no_calls());
    scene.quiet(A);
}

#[test]
fn a_number_that_nobody_answers_cuts_the_person_off() {
    for number in ["00020090", "00001017"] {
        let mut scene = Scene::talking(&[]);
        ended(
            &scene.act(A, "transferCall", transfer(2, number, 0), &PASSED),
            1600,
            0,
        );
        scene.world.wait(120_000);
        assert!(scene.no_calls(), "{number}");
        scene.quiet(A);
    }
}

#[test]
fn a_groups_agent_takes_over() {
    let mut scene = Scene::talking(&["1007", SUPPORT]);
    let told = scene.act(A, "transferCall", transfer(3, "g-support", 0), &PASSED);
    ended(&told, 1600, 0);
    let told = scene.gets("1007", &CALLED);
    let talk = data(&told, "Conversation");
    assert_eq!(talk["callType"], "transfer");
    assert_eq!(talk["caller"], C);
    assert_eq!(talk["occCallId"], scene.call.as_str());
    scene.quiet(SUPPORT);
}

#[test]
fn the_person_waits_where_nobody_of_the_group_is_idle() {
    let mut scene = Scene::talking(&[]);
    scene.login(SUPPORT);
    let told = scene.act(A, "transferCall", transfer(3, "g-support", 0), &PASSED);
    ended(&told, 1600, 0);
    let queue = scene.gets(SUPPORT, &["QueueInfo"]);
    assert_eq!(queue[0]["isInQueue"], 1);
    assert_eq!(queue[0]["data"][0]["caller"], C);
    assert_eq!(scene.waiting("g-support"), 1);
    scene.world.wait(3000);
    let expected = [
        "Idle*",
        "QueueInfo",
        "AgentRinging",
        "AgentAnswer",
        "Conversation",
    ];
    let told = scene.act(SUPPORT, "idle", json!({}), &expected);
    let talk = data(&told, "Conversation");
    assert_eq!(talk["callType"], "transfer");
    assert_eq!(talk["occCallId"], scene.call.as_str());
    assert_ne!(talk["inQueueTime"], 0);
}

#[test]
fn the_voice_menu_leads_on() {
    let mut scene = Scene::talking(&[SUPPORT]);
    let told = scene.act(A, "transferCall", transfer(4, "ivr-main", 0), &PASSED);
    ended(&told, 1600, 0);
    let call = scene.call.clone();
    scene.press(&call, "2");
    let told = scene.gets(SUPPORT, &CALLED);
    let param = json!({"ivrId": "ivr-main", "keys": "2"}).to_string();
    assert_eq!(event(&told, "Conversation")["ivrParam"], param.as_str());
    assert_eq!(data(&told, "Conversation")["caller"], C);
    assert_eq!(data(&told, "Conversation")["occCallId"], call.as_str());
}

#[test]
fn who_cannot_take_over_leaves_the_talk_as_it_is() {
    for (kind, target) in [
        (1, "7777"),
        (1, "1003"),
        (1, B),
        (1, A),
        (3, "g-none"),
        (4, "ivr-none"),
    ] {
        let mut scene = Scene::talking(&[B]);
        scene.send(B, "busy", json!({}));
        scene.clear();
        let expected = ["TransferCall*", "TransferCallFail*"];
        scene.act(A, "transferCall", transfer(kind, target, 0), &expected);
        scene.quiet(B);
        assert_eq!(scene.world.agent_state(A), "TransferCallFail");
        scene.hearing(&[(A, &[C]), (C, &[A])]);
        scene.send(B, "idle", json!({}));
        scene.act(A, "transferCall", transfer(1, B, 0), &PASSED);
    }
}

#[test]
fn a_target_that_does_not_answer_cuts_the_person_off() {
    let mut scene = Scene::talking(&[B]);
    scene.phone(B, PhoneHabit::Ignores);
    scene.act(A, "transferCall", transfer(1, B, 0), &PASSED);
    let rang = scene.world.now;
    let told = scene.gets(B, &["AgentRinging", "After"]);
    assert_eq!(scene.world.now, rang + 30_000);
    assert_eq!(data(&told, "After")["cause"], 1019);
    assert_eq!(data(&told, "After")["answerTime"], 0);
    assert!(scene.no_calls());
    scene.quiet(A);
}

#[test]
fn a_target_that_rejects_cuts_the_person_off() {
    let mut scene = Scene::talking(&[B]);
    scene.phone(B, PhoneHabit::Rejects);
    scene.act(A, "transferCall", transfer(1, B, 0), &PASSED);
    let told = scene.gets(B, &["AgentRinging", "After"]);
    assert_eq!(data(&told, "After")["cause"], 1021);
    assert!(scene.no_calls());
}

#[test]
fn the_person_hangs_up_while_the_target_rings() {
    let mut scene = Scene::talking(&[B]);
    scene.act(A, "transferCall", transfer(1, B, 0), &PASSED);
    scene.gets(B, &["AgentRinging"]);
    scene.hang_up();
    ended(&scene.gets(B, &["After"]), 1487, 1);
    assert!(scene.no_calls());
    scene.quiet(A);
}

#[test]
fn two_agents_who_talk_pass_each_other_on() {
    let mut scene = Scene::colleagues();
    scene.join("1003");
    scene.act(A, "transferCall", transfer(1, "1003", 0), &PASSED);
    let told = scene.gets("1003", &CALLED);
    assert_eq!(data(&told, "Conversation")["callType"], "transfer");
    scene.hearing(&[(B, &["1003"]), ("1003", &[B])]);
}
