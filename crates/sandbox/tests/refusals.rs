//! Commands that are refused: by number, with the platform's text, and without any effect.

mod world;

use serde_json::{Value, json};
use world::moment::Moment;
use world::scene::{A, B, S, Scene, consult, target, transfer};

/// Commands that need a call of the agent's own.
const IN_CALLS: [&str; 12] = [
    "cancelCall",
    "hold",
    "unHold",
    "mute",
    "unmute",
    "sendDTMF",
    "transferCall",
    "transferCancel",
    "consultCall",
    "consultCancel",
    "consultTransfer",
    "tripartiteTalk",
];

/// Commands that need an agent without a call.
const WITHOUT_CALLS: [&str; 4] = ["idle", "busy", "logout", "makeCall"];

/// Commands of a supervisor against an agent.
const AGAINST: [&str; 8] = [
    "listen",
    "whisper",
    "forceInsert",
    "intercept",
    "forceBreak",
    "forceIdle",
    "forceBusy",
    "forceLogout",
];

/// Those of them that want an agent who talks.
const AGAINST_TALKS: [&str; 5] = [
    "listen",
    "whisper",
    "forceInsert",
    "intercept",
    "forceBreak",
];

/// Good fields for a command.
fn fields(request: &str) -> Value {
    match request {
        "sendDTMF" => json!({"dtmf": "1"}),
        "makeCall" => json!({"called": "13800138000"}),
        "transferCall" => transfer(2, "13800138001", 1),
        "consultCall" => consult(2, "13800138001"),
        _ => json!({}),
    }
}

#[test]
fn who_is_in_no_call_can_do_nothing_with_one() {
    for (before, state) in [("", "Login"), ("idle", "Idle"), ("busy", "Busy")] {
        let mut scene = Scene::empty();
        scene.login(A);
        if !before.is_empty() {
            scene.send(A, before, json!({}));
        }
        assert_eq!(scene.world.agent_state(A), state);
        for request in IN_CALLS {
            scene.refused(A, request, fields(request), 1101);
        }
    }
    let mut scene = Scene::talking(&[]);
    scene.hang_up();
    assert_eq!(scene.world.agent_state(A), "After");
    for request in IN_CALLS {
        scene.refused(A, request, fields(request), 1101);
    }
}

#[test]
fn who_is_in_a_call_stays_there() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        for request in WITHOUT_CALLS {
            scene.refused(moment.who(), request, fields(request), 1101);
        }
    }
}

#[test]
fn each_moment_of_a_call_allows_its_own_commands() {
    let ringing = [
        "hold",
        "unHold",
        "mute",
        "unmute",
        "transferCall",
        "transferCancel",
        "consultCall",
        "consultCancel",
        "consultTransfer",
        "tripartiteTalk",
    ];
    // The consulted may be mute, be heard again, press keys, and hang up.
    let consulted = [
        "hold",
        "unHold",
        "transferCall",
        "transferCancel",
        "consultCall",
        "consultCancel",
        "consultTransfer",
        "tripartiteTalk",
    ];
    let held: Vec<&str> = ringing
        .into_iter()
        .filter(|request| *request != "unHold")
        .collect();
    let transferring: Vec<&str> = ringing
        .into_iter()
        .filter(|request| *request != "transferCancel")
        .collect();
    let consulting: Vec<&str> = ringing
        .into_iter()
        .filter(|request| *request != "consultCancel")
        .collect();
    let talking = [
        "unHold",
        "transferCancel",
        "consultCancel",
        "consultTransfer",
        "tripartiteTalk",
    ];
    let in_consult = [
        "hold",
        "unHold",
        "transferCall",
        "transferCancel",
        "consultCall",
    ];
    for (moment, refused) in [
        (Moment::Ringing, &ringing[..]),
        (Moment::Dialling, &ringing[..]),
        (Moment::Talking, &talking[..]),
        (Moment::Held, &held[..]),
        (Moment::Muted, &talking[..]),
        (Moment::Transferring, &transferring[..]),
        (Moment::Consulting, &consulting[..]),
        (Moment::ConsultRinging, &ringing[..]),
        (Moment::InConsult, &in_consult[..]),
        (Moment::Consulted, &consulted[..]),
        (Moment::Conference, &consulted[..]),
        (Moment::ConferenceGuest, &consulted[..]),
        (Moment::Listening, &ringing[..]),
    ] {
        let mut scene = moment.scene();
        for request in refused {
            scene.refused(moment.who(), request, fields(request), 1101);
        }
        scene.world.assert_whole();
    }
}

#[test]
fn a_muted_consultation_allows_no_more_than_an_open_one() {
    let mut scene = Moment::InConsult.scene();
    scene.act(A, "mute", json!({}), &["Mute*"]);
    for request in ["hold", "transferCall", "consultCall"] {
        scene.refused(A, request, fields(request), 1101);
    }
    scene.act(A, "unmute", json!({}), &["Unmute*"]);
    for request in ["hold", "transferCall", "consultCall"] {
        scene.refused(A, request, fields(request), 1101);
    }
}

#[test]
fn fields_that_are_missing_or_wrong_are_named_so() {
    let mut scene = Scene::talking(&[B, S]);
    for (request, fields) in [
        ("transferCall", json!({})),
        (
            "transferCall",
            json!({"transferType": 1, "transferMode": 0}),
        ),
        ("transferCall", transfer(1, "", 0)),
        ("transferCall", transfer(0, B, 0)),
        ("transferCall", transfer(5, B, 0)),
        ("transferCall", transfer(1, B, 7)),
        (
            "transferCall",
            json!({"transferType": "x", "transferId": B}),
        ),
        ("transferCall", json!({"transferType": 1, "transferId": {}})),
        ("consultCall", json!({})),
        ("consultCall", consult(1, "")),
        ("consultCall", consult(0, B)),
        ("consultCall", consult(9, B)),
        ("consultCall", json!({"consultType": [], "consultId": B})),
        ("consultCall", json!({"consultType": 1, "consultId": [B]})),
        ("sendDTMF", json!({})),
        ("sendDTMF", json!({"dtmf": ""})),
        ("sendDTMF", json!({"dtmf": {}})),
    ] {
        scene.refused(A, request, fields, 1096);
    }
    for request in AGAINST {
        for fields in [
            json!({}),
            json!({"beAgentNumber": ""}),
            json!({"beAgentNumber": []}),
        ] {
            scene.refused(S, request, fields, 1096);
        }
    }
}

#[test]
fn only_a_supervisor_may_do_what_supervisors_do() {
    let mut scene = Scene::talking(&[B]);
    for request in AGAINST {
        scene.refused(B, request, target(A), 1065);
    }
    scene.refused(B, "surveillance", json!({}), 1065);
}

#[test]
fn a_supervisors_target_that_does_not_exist_is_named_so() {
    let mut scene = Scene::talking(&[S]);
    for request in AGAINST {
        scene.refused(S, request, target("7777"), 1003);
    }
}

#[test]
fn a_supervisor_needs_somebody_who_talks() {
    for request in AGAINST_TALKS {
        let mut scene = Scene::idle(&[S, A]);
        scene.refused(S, request, target(A), 1101);
        scene.send(A, "busy", json!({}));
        scene.refused(S, request, target(A), 1101);
    }
    for moment in Moment::ALL {
        if moment.who() != S && !moment.talks() {
            let mut scene = moment.scene();
            for request in AGAINST_TALKS {
                scene.refused(S, request, target(moment.who()), 1101);
            }
        }
    }
}

#[test]
fn a_supervisor_must_be_ready_or_busy_to_join_a_talk() {
    let mut scene = Scene::talking(&[]);
    scene.login(S);
    for request in ["listen", "whisper", "forceInsert", "intercept"] {
        scene.refused(S, request, target(A), 1101);
    }
    scene.send(S, "idle", json!({}));
    scene.clear();
    let call = scene.world.call_in("13900139001", S);
    scene.until(S, "Conversation");
    for request in ["listen", "whisper", "forceInsert", "intercept"] {
        scene.refused(S, request, target(A), 1101);
    }
    scene.hang_up_call(&call);
    assert_eq!(scene.world.agent_state(S), "After");
    for request in ["listen", "whisper", "forceInsert", "intercept"] {
        scene.refused(S, request, target(A), 1101);
    }
    scene.send(S, "busy", json!({}));
    scene.clear();
    let expected = ["Listen*", "AgentRinging*", "AgentAnswer*", "Listening*"];
    scene.act(S, "listen", target(A), &expected);
}

#[test]
fn requests_that_nobody_knows_are_named_so_in_every_moment() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        scene.refused(moment.who(), "anything", json!({}), 1097);
    }
}
