//! A talk that is held or muted, and keys that are pressed in it.

mod world;

use serde_json::json;
use world::moment::Moment;
use world::scene::{A, B, C, S, Scene, consult, data, ended, target, transfer};

#[test]
fn a_held_call_is_taken_back() {
    let mut scene = Scene::talking(&[]);
    scene.act(A, "hold", json!({}), &["Hold*"]);
    assert_eq!(scene.world.agent_state(A), "Hold");
    scene.on_hold(&[C]);
    let told = scene.act(A, "unHold", json!({}), &["UnHold*"]);
    assert_eq!(data(&told, "UnHold"), &json!({"callType": "normal"}));
    assert_eq!(scene.world.agent_state(A), "UnHold");
    scene.on_hold(&[]);
    scene.world.assert_whole();
}

#[test]
fn a_muted_agent_is_unmuted() {
    let mut scene = Scene::calling(&[]);
    let told = scene.act(A, "mute", json!({}), &["Mute*"]);
    assert_eq!(data(&told, "Mute"), &json!({"callType": "normal"}));
    assert_eq!(scene.world.agent_state(A), "Mute");
    let told = scene.act(A, "unmute", json!({}), &["Unmute*"]);
    assert_eq!(data(&told, "Unmute"), &json!({"callType": "normal"}));
    assert_eq!(scene.world.agent_state(A), "Unmute");
    scene.world.assert_whole();
}

#[test]
fn a_mute_outlasts_a_hold_and_a_consultation() {
    let mut scene = Scene::calling(&[B]);
    scene.act(A, "mute", json!({}), &["Mute*"]);
    scene.hearing(&[(A, &[C]), (C, &[])]);
    scene.act(A, "hold", json!({}), &["Hold*"]);
    scene.act(A, "unHold", json!({}), &["UnHold*"]);
    scene.hearing(&[(A, &[C]), (C, &[])]);
    let events = &["ConsultCall*", "ConsultCalling*", "Conversation*"];
    scene.act(A, "consultCall", consult(1, B), events);
    scene.hearing(&[(A, &[B]), (B, &[]), (C, &[])]);
    scene.act(A, "consultCancel", json!({}), &["ConsultCancel*"]);
    scene.hearing(&[(A, &[C]), (C, &[])]);
    scene.act(A, "unmute", json!({}), &["Unmute*"]);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
    scene.act(A, "mute", json!({}), &["Mute*"]);
    scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
    scene.world.assert_whole();
}

#[test]
fn the_kind_of_the_call_comes_along() {
    let mut transferred = Scene::talking(&[B]);
    transferred.open_transfer();
    let mut intercepted = Scene::talking(&[S]);
    intercepted.open_intercept();
    for (mut scene, who, kind) in [
        (Scene::talking(&[]), A, "normal"),
        (Scene::calling(&[]), A, "normal"),
        (Scene::colleagues(), B, "normal"),
        (transferred, B, "transfer"),
        (intercepted, S, "intercept"),
    ] {
        scene.act(who, "hold", json!({}), &["Hold*"]);
        for (request, event) in [("unHold", "UnHold"), ("mute", "Mute"), ("unmute", "Unmute")] {
            let told = scene.act(who, request, json!({}), &[&format!("{event}*")]);
            assert_eq!(data(&told, event), &json!({"callType": kind}), "{who}");
        }
    }
    for (moment, kind) in [
        (Moment::InConsult, "consult"),
        (Moment::Consulted, "consulted"),
    ] {
        let mut scene = moment.scene();
        for (request, event) in [("mute", "Mute"), ("unmute", "Unmute")] {
            let told = scene.act(moment.who(), request, json!({}), &[&format!("{event}*")]);
            assert_eq!(data(&told, event), &json!({"callType": kind}), "{moment:?}");
        }
    }
}

#[test]
fn the_other_agent_of_a_call_hears_nothing_of_it() {
    let mut scene = Scene::colleagues();
    scene.act(A, "hold", json!({}), &["Hold*"]);
    scene.on_hold(&[B]);
    scene.act(A, "unHold", json!({}), &["UnHold*"]);
    scene.act(A, "mute", json!({}), &["Mute*"]);
    scene.quiet(B);
    assert_eq!(scene.world.agent_state(B), "Conversation");
}

#[test]
fn an_agent_hangs_up_while_held_or_muted() {
    for moment in [Moment::Held, Moment::Muted] {
        let mut scene = moment.scene();
        let told = scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
        assert_eq!(ended(&told, 0, 0)["callType"], "normal");
        assert!(scene.no_calls());
    }
}

#[test]
fn the_person_hangs_up_while_held_or_muted() {
    for moment in [Moment::Held, Moment::Muted] {
        let mut scene = moment.scene();
        scene.hang_up();
        let told = scene.gets(A, &["After"]);
        assert_eq!(ended(&told, 0, 1)["callType"], "normal");
        assert!(scene.no_calls());
    }
}

#[test]
fn a_muted_agent_may_hold_transfer_and_consult() {
    for (request, fields, events) in [
        ("hold", json!({}), &["Hold*"][..]),
        (
            "transferCall",
            transfer(1, B, 0),
            &["TransferCall*", "After"][..],
        ),
        (
            "consultCall",
            consult(1, B),
            &["ConsultCall*", "ConsultCalling*", "Conversation*"][..],
        ),
    ] {
        let mut scene = Moment::Muted.scene();
        scene.act(A, request, fields, events);
        scene.world.assert_whole();
    }
}

#[test]
fn keys_are_told_without_a_state() {
    for moment in [
        Moment::Talking,
        Moment::Held,
        Moment::Muted,
        Moment::InConsult,
        Moment::Consulted,
        Moment::Conference,
    ] {
        let mut scene = moment.scene();
        let who = moment.who();
        for key in ["5", "*"] {
            let told = scene.act(who, "sendDTMF", json!({"dtmf": key}), &["SendDTMF*"]);
            assert_eq!(data(&told, "SendDTMF"), &json!({"dtmf": key}));
        }
        assert_eq!(scene.world.agent_state(who), moment.state());
    }
}

#[test]
fn every_talk_state_may_be_held_and_muted() {
    for (request, fields, failed) in [
        ("transferCall", transfer(1, "7777", 1), "TransferCallFail"),
        ("consultCall", consult(1, "7777"), "ConsultCallFail"),
    ] {
        for (next, outcome) in [("hold", "Hold*"), ("mute", "Mute*")] {
            let mut scene = Scene::talking(&[]);
            scene.send(A, request, fields.clone());
            scene.until(A, failed);
            scene.act(A, next, json!({}), &[outcome]);
        }
    }
    for (moment, request, cancelled) in [
        (Moment::Transferring, "transferCancel", "TransferCancel"),
        (Moment::Consulting, "consultCancel", "ConsultCancel"),
    ] {
        for (next, outcome) in [("hold", "Hold*"), ("mute", "Mute*")] {
            let mut scene = moment.scene();
            scene.send(A, request, json!({}));
            scene.until(A, cancelled);
            scene.act(A, next, json!({}), &[outcome]);
        }
    }
}

#[test]
fn a_supervisor_who_only_listens_holds_and_mutes_nothing() {
    let mut scene = Moment::Listening.scene();
    for request in ["hold", "unHold", "mute", "unmute"] {
        scene.refused(S, request, json!({}), 1101);
    }
    scene.refused(S, "listen", target(B), 1101);
}
