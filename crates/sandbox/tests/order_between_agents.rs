//! One change of the center tells the agent who acts first, and then the others.

mod world;

use sandbox::center::PhoneHabit;
use serde_json::json;
use world::moment::Moment;
use world::scene::{A, B, S, Scene, consult, target, transfer};

#[test]
fn a_blind_transfer() {
    let mut scene = Scene::talking(&[B]);
    scene.send(A, "transferCall", transfer(1, B, 0));
    assert_eq!(
        scene.transcript(),
        [
            "1001 transferCall=0",
            "1001 TransferCall",
            "1001 After",
            "1002 AgentRinging"
        ]
    );
}

#[test]
fn a_transfer_is_called_off() {
    let mut scene = Moment::Transferring.scene();
    scene.send(A, "transferCancel", json!({}));
    assert_eq!(
        scene.transcript(),
        ["1001 transferCancel=0", "1001 TransferCancel", "1002 After"]
    );
}

#[test]
fn a_consultation_begins() {
    let mut scene = Scene::talking(&[B]);
    scene.phone(B, PhoneHabit::Ignores);
    scene.send(A, "consultCall", consult(1, B));
    assert_eq!(
        scene.transcript(),
        [
            "1001 consultCall=0",
            "1001 ConsultCall",
            "1001 ConsultCalling",
            "1002 AgentRinging"
        ]
    );
}

#[test]
fn a_consultation_ends() {
    let mut scene = Moment::InConsult.scene();
    scene.send(A, "consultCancel", json!({}));
    assert_eq!(
        scene.transcript(),
        [
            "1001 consultCancel=0",
            "1001 ConsultCancel",
            "1002 ConsultedCancel",
            "1002 After"
        ]
    );
    let mut scene = Moment::InConsult.scene();
    scene.send(B, "cancelCall", json!({}));
    assert_eq!(
        scene.transcript(),
        [
            "1002 cancelCall=0",
            "1002 CancelCall",
            "1002 After",
            "1001 ConsultCancel"
        ]
    );
    let mut scene = Moment::InConsult.scene();
    scene.send(A, "consultTransfer", json!({}));
    assert_eq!(
        scene.transcript(),
        [
            "1001 consultTransfer=0",
            "1001 ConsultTransfer",
            "1001 After",
            "1002 Conversation"
        ]
    );
}

#[test]
fn a_conference() {
    let mut scene = Moment::InConsult.scene();
    scene.send(A, "tripartiteTalk", json!({}));
    assert_eq!(
        scene.transcript(),
        [
            "1001 tripartiteTalk=0",
            "1001 TripartiteTalk",
            "1001 TripartiteTalking",
            "1002 TripartiteTalking"
        ]
    );
    for (who, other) in [(A, B), (B, A)] {
        let mut scene = Moment::Conference.scene();
        scene.send(who, "cancelCall", json!({}));
        let expected = [
            format!("{who} cancelCall=0"),
            format!("{who} CancelCall"),
            format!("{who} After"),
            format!("{other} Conversation"),
        ];
        assert_eq!(scene.transcript(), expected);
    }
}

#[test]
fn a_colleague_rings_just_before_the_caller_is_told() {
    let mut scene = Scene::idle(&[A, B]);
    scene.send(A, "makeCall", json!({"called": B, "calledType": 1}));
    scene.clear();
    scene.world.wait(500);
    assert_eq!(
        scene.transcript(),
        [
            "1001 AgentAnswer",
            "1002 AgentRinging",
            "1001 CalledRinging"
        ]
    );
}

#[test]
fn a_supervisor_acts() {
    for (request, expected) in [
        ("whisper", &["1000 Whispering", "1001 Whispering"][..]),
        (
            "forceInsert",
            &["1000 ForceInserting", "1001 ForceInserting"][..],
        ),
        (
            "intercept",
            &["1000 Intercepting", "1000 Conversation", "1001 After"][..],
        ),
    ] {
        let mut scene = Scene::talking(&[S]);
        scene.send(S, request, target(A));
        scene.clear();
        scene.world.wait(500);
        let transcript = scene.transcript();
        assert_eq!(
            transcript.first().map(String::as_str),
            Some("1000 AgentAnswer")
        );
        assert_eq!(transcript.get(1..).unwrap_or_default(), expected);
    }
    let mut scene = Scene::talking(&[S]);
    scene.send(S, "forceBreak", target(A));
    assert_eq!(
        scene.transcript(),
        ["1000 forceBreak=0", "1000 ForceBreak", "1001 After"]
    );
    let mut scene = Scene::idle(&[A, S]);
    for (request, event, told) in [
        ("forceBusy", "ForceBusy", "Busy"),
        ("forceIdle", "ForceIdle", "Idle"),
        ("forceLogout", "ForceLogout", "Logout"),
    ] {
        scene.send(S, request, target(A));
        let expected = [
            format!("1000 {request}=0"),
            format!("1000 {event}"),
            format!("1001 {told}"),
        ];
        assert_eq!(scene.transcript(), expected);
    }
}
