//! An agent asks a colleague, or anybody else, while the customer waits.

mod world;

use sandbox::center::PhoneHabit;
use serde_json::{Value, json};
use world::moment::Moment;
use world::names;
use world::scene::{A, B, C, CALLED, Scene, consult, data, ended};

/// What the agent is told who consults.
const OPENED: [&str; 3] = ["ConsultCall*", "ConsultCalling*", "Conversation*"];
/// The same, as long as the target rings.
const CALLING: [&str; 2] = ["ConsultCall*", "ConsultCalling*"];
/// The same where nobody can be rung.
const FAILED: [&str; 2] = ["ConsultCall*", "ConsultCallFail*"];

/// Asserts that A consults in this call.
#[track_caller]
fn assert_consult(told: &[Value], call: &str) {
    for name in ["ConsultCalling", "Conversation"] {
        assert_eq!(data(told, name)["callType"], "consult", "{name}");
        assert_eq!(data(told, name)["occCallId"], call, "{name}");
    }
    assert_eq!(data(told, "Conversation")["caller"], A);
}

#[test]
fn a_colleague_is_asked() {
    for fields in [
        consult(1, B),
        json!({"consultId": B}),
        json!({"consultType": "1", "consultId": B}),
    ] {
        let mut scene = Scene::talking(&[B]);
        let told = scene.act(A, "consultCall", fields, &OPENED);
        assert_consult(&told, &scene.call);
        assert_eq!(data(&told, "Conversation")["called"], B);
        let told = scene.gets(B, &CALLED);
        for name in CALLED {
            let call = data(&told, name);
            assert_eq!(call["callDirection"], 1, "{name}");
            assert_eq!(call["caller"], A, "{name}");
            assert_eq!(call["origCaller"], C, "{name}");
            assert_eq!(call["occCallId"], scene.call.as_str(), "{name}");
        }
        assert_eq!(data(&told, "Conversation")["callType"], "consulted");
        scene.on_hold(&[C]);
        scene.hearing(&[(A, &[B]), (B, &[A]), (C, &[])]);
    }
}

#[test]
fn the_person_waits_while_the_colleague_rings() {
    let mut scene = Moment::Consulting.scene();
    scene.on_hold(&[C]);
}

#[test]
fn a_number_outside_is_asked() {
    let mut scene = Scene::talking(&[]);
    let told = scene.act(A, "consultCall", consult(2, "13800138001"), &OPENED);
    assert_consult(&told, &scene.call);
    assert_eq!(data(&told, "Conversation")["called"], "13800138001");
    scene.on_hold(&[C]);
    scene.hearing(&[(A, &["13800138001"]), ("13800138001", &[A]), (C, &[])]);
}

#[test]
fn a_number_outside_may_fail() {
    for number in ["00001017", "00020090"] {
        let mut scene = Scene::talking(&[]);
        let sequence = scene.send(A, "consultCall", consult(2, number));
        let told = scene.until(A, "ConsultCallFail");
        let last = told.last().expect("something came");
        assert_eq!(last["event"], "ConsultCallFail");
        assert_eq!(last["sequence"], sequence);
        scene.hearing(&[(A, &[C]), (C, &[A])]);
    }
}

#[test]
fn the_groups_agent_who_has_been_idle_longest_is_asked() {
    let mut scene = Scene::talking(&["1007", "1006"]);
    let told = scene.act(A, "consultCall", consult(3, "g-support"), &OPENED);
    assert_consult(&told, &scene.call);
    let told = scene.gets("1007", &CALLED);
    assert_eq!(data(&told, "Conversation")["callType"], "consulted");
    assert_eq!(data(&told, "Conversation")["caller"], A);
    scene.quiet("1006");
}

#[test]
fn nobody_is_waited_for() {
    let mut scene = Scene::talking(&[]);
    scene.login("1006");
    scene.act(A, "consultCall", consult(3, "g-support"), &FAILED);
    scene.quiet("1006");
    assert_eq!(scene.waiting("g-support"), 0);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn the_voice_menu_is_asked() {
    let mut scene = Scene::talking(&[]);
    let told = scene.act(A, "consultCall", consult(4, "ivr-main"), &OPENED);
    assert_consult(&told, &scene.call);
    scene.on_hold(&[C]);
    scene.act(A, "consultCancel", json!({}), &["ConsultCancel*"]);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn who_cannot_be_asked_leaves_the_talk_as_it_is() {
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
        scene.act(A, "consultCall", consult(kind, target), &FAILED);
        scene.quiet(B);
        assert_eq!(scene.world.agent_state(A), "ConsultCallFail");
        scene.on_hold(&[]);
        scene.hearing(&[(A, &[C]), (C, &[A])]);
    }
}

#[test]
fn a_colleague_who_refuses_or_does_not_answer_leaves_the_talk_as_it_was() {
    for (habit, cause, after) in [
        (PhoneHabit::Rejects, 1021, 500),
        (PhoneHabit::Ignores, 1019, 30_000),
    ] {
        let mut scene = Scene::talking(&[B]);
        scene.phone(B, habit);
        let asked = scene.world.now;
        let expected = ["ConsultCall*", "ConsultCalling*", "ConsultCallFail*"];
        scene.act(A, "consultCall", consult(1, B), &expected);
        assert_eq!(scene.world.now, asked + after);
        let told = scene.gets(B, &["AgentRinging", "After"]);
        assert_eq!(data(&told, "After")["cause"], cause);
        assert_eq!(data(&told, "After")["answerTime"], 0);
        scene.on_hold(&[]);
        scene.hearing(&[(A, &[C]), (C, &[A])]);
    }
}

#[test]
fn the_agent_stops_while_it_rings() {
    let mut scene = Scene::talking(&[B]);
    scene.phone(B, PhoneHabit::Ignores);
    scene.act(A, "consultCall", consult(1, B), &CALLING);
    let told = scene.act(A, "consultCancel", json!({}), &["ConsultCancel*"]);
    assert_eq!(data(&told, "ConsultCancel"), &json!({"callType": "normal"}));
    ended(&scene.gets(B, &["AgentRinging", "After"]), 1487, 1);
    scene.on_hold(&[]);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
    scene.world.wait(60_000);
    scene.quiet(A);
    scene.quiet(B);
}

#[test]
fn the_agent_ends_it() {
    for muted in [false, true] {
        let mut scene = Moment::InConsult.scene();
        if muted {
            scene.act(A, "mute", json!({}), &["Mute*"]);
        }
        scene.act(A, "consultCancel", json!({}), &["ConsultCancel*"]);
        let told = scene.gets(B, &["ConsultedCancel", "After"]);
        assert_eq!(ended(&told, 0, 1)["callType"], "consult");
        assert_eq!(scene.world.agent_state(A), "ConsultCancel");
        scene.on_hold(&[]);
        scene.world.assert_whole();
    }
}

#[test]
fn the_colleague_ends_it() {
    let mut scene = Moment::InConsult.scene();
    let told = scene.act(B, "cancelCall", json!({}), &["CancelCall*", "After"]);
    ended(&told, 0, 0);
    scene.gets(A, &["ConsultCancel"]);
    scene.on_hold(&[]);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn the_person_who_was_asked_ends_it() {
    let mut scene = Scene::talking(&[]);
    scene.act(A, "consultCall", consult(2, "00010003"), &OPENED);
    let answered = scene.world.now;
    scene.gets(A, &["ConsultCancel"]);
    assert_eq!(scene.world.now, answered + 3000);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn the_colleague_takes_over() {
    for muted in [false, true] {
        let mut scene = Moment::InConsult.scene();
        if muted {
            scene.act(A, "mute", json!({}), &["Mute*"]);
        }
        let expected = ["ConsultTransfer*", "After"];
        let told = scene.act(A, "consultTransfer", json!({}), &expected);
        let after = data(&told, "After");
        assert_eq!(after["cause"], 1601);
        assert_eq!(after["callType"], "consult");
        let told = scene.gets(B, &["Conversation"]);
        let talk = data(&told, "Conversation");
        assert_eq!(talk["callType"], "transfer");
        assert_eq!(talk["caller"], C);
        assert_eq!(talk["occCallId"], scene.call.as_str());
        scene.on_hold(&[]);
        scene.hearing(&[(B, &[C]), (C, &[B])]);

        // Now the call is the colleague's, with all that belongs to it.
        scene.act(B, "hold", json!({}), &["Hold*"]);
        scene.act(B, "unHold", json!({}), &["UnHold*"]);
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
fn the_person_who_was_asked_takes_over() {
    let mut scene = Scene::talking(&[]);
    scene.act(A, "consultCall", consult(2, "13800138001"), &OPENED);
    let expected = ["ConsultTransfer*", "After"];
    let told = scene.act(A, "consultTransfer", json!({}), &expected);
    assert_eq!(data(&told, "After")["cause"], 1601);
    scene.hearing(&[(C, &["13800138001"]), ("13800138001", &[C])]);
    scene.hang_up();
    assert!(scene.no_calls());
}

#[test]
fn the_customer_hangs_up() {
    for moment in [Moment::Consulting, Moment::InConsult] {
        let mut scene = moment.scene();
        scene.hang_up();
        ended(&scene.gets(A, &["After"]), 0, 1);
        let told = scene.until(B, "After");
        assert_eq!(data(&told, "After")["hangupDirection"], 1);
        if moment == Moment::InConsult {
            assert_eq!(names(&told), ["ConsultedCancel", "After"]);
            ended(&told, 0, 1);
        } else {
            assert_eq!(names(&told), ["After"]);
        }
        assert!(scene.no_calls());
        scene.world.wait(60_000);
        scene.quiet(A);
        scene.quiet(B);
    }
}

#[test]
fn the_agent_hangs_up() {
    for moment in [Moment::Consulting, Moment::InConsult] {
        let mut scene = moment.scene();
        let told = scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
        ended(&told, 0, 0);
        let told = scene.until(B, "After");
        assert_eq!(data(&told, "After")["hangupDirection"], 1);
        assert!(scene.no_calls());
        scene.world.assert_whole();
    }
}

#[test]
fn after_a_consultation_the_agent_may_ask_again() {
    let mut scene = Moment::InConsult.scene();
    scene.act(A, "consultCancel", json!({}), &["ConsultCancel*"]);
    scene.send(B, "idle", json!({}));
    scene.clear();
    scene.act(A, "consultCall", consult(1, B), &OPENED);
    scene.gets(B, &CALLED);
    scene.hearing(&[(A, &[B]), (B, &[A]), (C, &[])]);
}
