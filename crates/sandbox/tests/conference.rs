//! Three who talk: an agent, a colleague and the customer.

mod world;

use serde_json::{Value, json};
use world::moment::Moment;
use world::names;
use world::scene::{A, B, C, Scene, consult, data, ended};

/// Asserts that somebody was told the end, with or without the end of a consultation before it.
#[track_caller]
fn assert_let_go(told: &[Value], cause: u32) {
    let told_names = names(told);
    assert!(
        told_names == ["After"] || told_names == ["ConsultedCancel", "After"],
        "{told_names:?}"
    );
    ended(told, cause, 1);
}

#[test]
fn a_consultation_becomes_a_conference() {
    for muted in [false, true] {
        let mut scene = Moment::InConsult.scene();
        if muted {
            scene.act(A, "mute", json!({}), &["Mute*"]);
        }
        let expected = ["TripartiteTalk*", "TripartiteTalking*"];
        scene.act(A, "tripartiteTalk", json!({}), &expected);
        scene.gets(B, &["TripartiteTalking"]);
        scene.on_hold(&[]);
        scene.world.assert_whole();
        if !muted {
            scene.hearing(&[(A, &[B, C]), (B, &[A, C]), (C, &[A, B])]);
        }
    }
}

#[test]
fn who_opened_it_leaves() {
    let mut scene = Moment::Conference.scene();
    let told = scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
    ended(&told, 0, 0);
    let told = scene.gets(B, &["Conversation"]);
    let talk = data(&told, "Conversation");
    assert_eq!(talk["callType"], "transfer");
    assert_eq!(talk["caller"], C);
    assert_eq!(talk["occCallId"], scene.call.as_str());
    scene.hearing(&[(B, &[C]), (C, &[B])]);

    scene.act(B, "hold", json!({}), &["Hold*"]);
    scene.act(B, "unHold", json!({}), &["UnHold*"]);
    scene.hang_up();
    assert_eq!(
        ended(&scene.gets(B, &["After"]), 0, 1)["callType"],
        "transfer"
    );
    assert!(scene.no_calls());
}

#[test]
fn who_was_called_in_leaves() {
    let mut scene = Moment::Conference.scene();
    let told = scene.act(B, "cancelCall", json!({}), &["CancelCall*", "After"]);
    ended(&told, 0, 0);
    let told = scene.gets(A, &["Conversation"]);
    assert_eq!(data(&told, "Conversation")["callType"], "normal");
    assert_eq!(
        data(&told, "Conversation")["occCallId"],
        scene.call.as_str()
    );
    scene.hearing(&[(A, &[C]), (C, &[A])]);

    // The agent may call in somebody else, or the same again.
    scene.send(B, "idle", json!({}));
    scene.clear();
    scene.open_conference();
    scene.hearing(&[(A, &[B, C]), (B, &[A, C]), (C, &[A, B])]);
}

#[test]
fn the_customer_leaves() {
    let mut scene = Moment::Conference.scene();
    scene.hang_up();
    ended(&scene.gets(A, &["After"]), 0, 1);
    assert_let_go(&scene.until(B, "After"), 0);
    assert!(scene.no_calls());
}

#[test]
fn a_person_outside_is_called_in_and_leaves() {
    let mut scene = Scene::talking(&[]);
    scene.send(A, "consultCall", consult(2, "00010005"));
    scene.until(A, "Conversation");
    let expected = ["TripartiteTalk*", "TripartiteTalking*"];
    scene.act(A, "tripartiteTalk", json!({}), &expected);
    scene.hearing(&[
        (A, &["00010005", C]),
        (C, &["00010005", A]),
        ("00010005", &[A, C]),
    ]);
    let told = scene.gets(A, &["Conversation"]);
    assert_eq!(data(&told, "Conversation")["callType"], "normal");
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn either_agent_may_mute() {
    for moment in [Moment::Conference, Moment::ConferenceGuest] {
        let mut scene = moment.scene();
        let who = moment.who();
        scene.act(who, "mute", json!({}), &["Mute*"]);
        let told = scene.act(who, "unmute", json!({}), &["Unmute*"]);
        assert_eq!(data(&told, "Unmute"), &json!({"callType": "consulted"}));
        scene.hearing(&[(A, &[B, C]), (B, &[A, C]), (C, &[A, B])]);
    }
}

#[test]
fn a_muted_agent_leaves_like_any_other() {
    let mut scene = Moment::Conference.scene();
    scene.act(A, "mute", json!({}), &["Mute*"]);
    let told = scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
    ended(&told, 0, 0);
    scene.gets(B, &["Conversation"]);
    scene.hearing(&[(B, &[C]), (C, &[B])]);
}

#[test]
fn a_customer_who_was_called_is_no_different() {
    let mut scene = Scene::calling(&[B]);
    scene.open_conference();
    scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
    let told = scene.gets(B, &["Conversation"]);
    assert_eq!(data(&told, "Conversation")["caller"], C);
    assert_eq!(data(&told, "Conversation")["callDirection"], 1);
}
