//! Calls that are passed on once the target has answered (`transferMode` 1, which is the default).

mod world;

use sandbox::center::PhoneHabit;
use serde_json::json;
use world::moment::Moment;
use world::scene::{A, B, C, CALLED, Scene, data, ended, transfer};

/// What the agent is told who passes a call on.
const PASSED: [&str; 3] = ["TransferCall*", "TransferCalling*", "After"];
/// The same, as long as the target rings.
const CALLING: [&str; 2] = ["TransferCall*", "TransferCalling*"];
/// The same where nobody can be rung.
const FAILED: [&str; 2] = ["TransferCall*", "TransferCallFail*"];

#[test]
fn the_agent_leaves_when_the_target_answers() {
    for fields in [
        transfer(1, B, 1),
        json!({"transferType": 1, "transferId": B}),
        json!({"transferType": "1", "transferId": B, "transferMode": "1"}),
    ] {
        let mut scene = Scene::talking(&[B]);
        let told = scene.act(A, "transferCall", fields, &PASSED);
        let after = data(&told, "After");
        assert_eq!(after["cause"], 1601);
        assert_eq!(after["callType"], "transfer");
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
        scene.hang_up();
        assert_eq!(
            ended(&scene.gets(B, &["After"]), 0, 1)["callType"],
            "transfer"
        );
        assert!(scene.no_calls());
        scene.quiet(A);
    }
}

#[test]
fn the_person_waits_while_the_target_rings() {
    let mut scene = Moment::Transferring.scene();
    scene.on_hold(&[C]);
    scene.world.assert_whole();
}

#[test]
fn a_number_outside_takes_over() {
    let mut scene = Scene::talking(&[]);
    let told = scene.act(A, "transferCall", transfer(2, "13800138001", 1), &PASSED);
    assert_eq!(data(&told, "After")["cause"], 1601);
    assert_eq!(data(&told, "After")["callType"], "transfer");
    scene.hearing(&[(C, &["13800138001"]), ("13800138001", &[C])]);
    scene.hang_up();
    assert!(scene.no_calls());
}

#[test]
fn a_number_outside_may_fail() {
    for number in ["00001017", "00020090"] {
        let mut scene = Scene::talking(&[]);
        scene.send(A, "transferCall", transfer(2, number, 1));
        let told = scene.until(A, "TransferCallFail");
        let last = told.last().expect("something came");
        assert_eq!(last["event"], "TransferCallFail");
        scene.hearing(&[(A, &[C]), (C, &[A])]);
        scene.world.wait(120_000);
        scene.quiet(A);
    }
}

#[test]
fn the_groups_agent_who_has_been_idle_longest_takes_over() {
    let mut scene = Scene::talking(&["1007", "1006"]);
    let told = scene.act(A, "transferCall", transfer(3, "g-support", 1), &PASSED);
    assert_eq!(data(&told, "After")["cause"], 1601);
    let told = scene.gets("1007", &CALLED);
    assert_eq!(data(&told, "Conversation")["callType"], "transfer");
    scene.quiet("1006");
}

#[test]
fn nobody_waits_for_a_group_in_this_mode() {
    let mut scene = Scene::talking(&[]);
    scene.login("1006");
    scene.act(A, "transferCall", transfer(3, "g-support", 1), &FAILED);
    scene.quiet("1006");
    assert_eq!(scene.waiting("g-support"), 0);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn the_voice_menu_takes_over_at_once() {
    let mut scene = Scene::talking(&["1006"]);
    let fields = transfer(4, "ivr-main", 1);
    let told = scene.act(A, "transferCall", fields, &["TransferCall*", "After"]);
    assert_eq!(data(&told, "After")["cause"], 1601);
    let call = scene.call.clone();
    scene.press(&call, "2");
    scene.gets("1006", &CALLED);
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
        let mut scene = Scene::talking(&[]);
        scene.login(B);
        scene.act(A, "transferCall", transfer(kind, target, 1), &FAILED);
        scene.quiet(B);
        scene.hearing(&[(A, &[C]), (C, &[A])]);
    }
}

#[test]
fn a_target_that_refuses_or_does_not_answer_gives_the_person_back() {
    for (habit, cause, after) in [
        (PhoneHabit::Rejects, 1021, 500),
        (PhoneHabit::Ignores, 1019, 30_000),
    ] {
        let mut scene = Scene::talking(&[B]);
        scene.phone(B, habit);
        scene.act(A, "transferCall", transfer(1, B, 1), &CALLING);
        let rang = scene.world.now;
        scene.gets(A, &["TransferCallFail"]);
        assert_eq!(scene.world.now, rang + after);
        let told = scene.gets(B, &["AgentRinging", "After"]);
        assert_eq!(data(&told, "After")["cause"], cause);
        assert_eq!(data(&told, "After")["answerTime"], 0);
        scene.on_hold(&[]);
        scene.hearing(&[(A, &[C]), (C, &[A])]);

        // The agent may try again.
        scene.phone(B, PhoneHabit::Answers);
        scene.send(B, "idle", json!({}));
        scene.clear();
        scene.act(A, "transferCall", transfer(1, B, 1), &PASSED);
        scene.gets(B, &CALLED);
    }
}

#[test]
fn the_agent_calls_it_off() {
    let mut scene = Moment::Transferring.scene();
    scene.act(A, "transferCancel", json!({}), &["TransferCancel*"]);
    let told = scene.gets(B, &["After"]);
    ended(&told, 1487, 1);
    assert_eq!(data(&told, "After")["data"], "呼叫取消");
    assert_eq!(scene.world.agent_state(A), "TransferCancel");
    scene.on_hold(&[]);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
    scene.world.wait(60_000);
    scene.quiet(A);
    scene.quiet(B);
}

#[test]
fn the_person_hangs_up_while_the_target_rings() {
    let mut scene = Moment::Transferring.scene();
    scene.hang_up();
    ended(&scene.gets(A, &["After"]), 0, 1);
    ended(&scene.gets(B, &["After"]), 1487, 1);
    assert!(scene.no_calls());
    scene.world.wait(60_000);
    scene.quiet(A);
    scene.quiet(B);
}

#[test]
fn the_agent_hangs_up_while_the_target_rings() {
    let mut scene = Moment::Transferring.scene();
    let told = scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
    ended(&told, 0, 0);
    let told = scene.gets(B, &["After"]);
    assert_eq!(data(&told, "After")["hangupDirection"], 1);
    scene.world.assert_whole();
}
