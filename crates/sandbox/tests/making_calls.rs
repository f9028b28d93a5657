//! From which states an agent calls, and whom.

mod world;

use sandbox::center::{Control, PhoneHabit};
use serde_json::json;
use world::scene::{A, B, C, CALLED, S, Scene, data, ended};

/// All that an agent is told who calls somebody who answers.
const MADE: [&str; 7] = [
    "MakeCall*",
    "AgentOriginate*",
    "AgentRinging*",
    "AgentAnswer*",
    "CalledRinging*",
    "CalledAnswer*",
    "Conversation*",
];

#[test]
fn an_agent_calls_whether_ready_or_not() {
    for before in ["", "idle", "busy"] {
        let mut scene = Scene::empty();
        scene.login(A);
        if !before.is_empty() {
            scene.send(A, before, json!({}));
            scene.clear();
        }
        let told = scene.act(A, "makeCall", json!({"called": C}), &MADE);
        assert_eq!(data(&told, "Conversation")["callDirection"], 2);
        scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
        scene.act(A, "makeCall", json!({"called": C}), &MADE);
        scene.world.assert_whole();
    }
}

#[test]
fn a_locked_agent_calls_nobody() {
    let mut scene = Scene::idle(&[A]);
    let lock = Control::Lock {
        agent: A.to_owned(),
    };
    scene.world.control(lock).expect("A is logged in");
    for request in ["makeCall", "idle", "busy"] {
        scene.refused(A, request, json!({"called": C}), 1101);
    }
}

#[test]
fn a_supervisor_is_called_like_any_agent() {
    let mut scene = Scene::idle(&[A, S]);
    let fields = json!({"called": S, "calledType": 1});
    scene.act(A, "makeCall", fields, &MADE);
    let told = scene.gets(S, &CALLED);
    for name in CALLED {
        assert_eq!(data(&told, name)["callDirection"], 1, "{name}");
        assert_eq!(data(&told, name)["caller"], A, "{name}");
    }
    assert_eq!(data(&told, "Conversation")["callType"], "normal");
    scene.hearing(&[(A, &[S]), (S, &[A])]);
}

#[test]
fn an_agent_in_a_call_is_busy_for_colleagues() {
    let mut scene = Scene::talking(&[B]);
    let fields = json!({"called": A, "calledType": 1});
    let told = scene.act(
        B,
        "makeCall",
        fields,
        &[
            "MakeCall*",
            "AgentOriginate*",
            "AgentRinging*",
            "AgentAnswer*",
            "After",
        ],
    );
    ended(&told, 1017, 1);
    scene.quiet(A);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn hanging_up_calls_the_colleague_off() {
    let mut scene = Scene::idle(&[A, B]);
    scene.phone(B, PhoneHabit::Ignores);
    scene.send(A, "makeCall", json!({"called": B, "calledType": 1}));
    scene.until(A, "CalledRinging");
    let told = scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
    ended(&told, 1487, 0);
    let told = scene.gets(B, &["AgentRinging", "After"]);
    assert_eq!(data(&told, "After")["hangupDirection"], 1);
    assert!(scene.no_calls());
}

#[test]
fn the_colleague_hangs_up() {
    let mut scene = Scene::colleagues();
    let told = scene.act(B, "cancelCall", json!({}), &["CancelCall*", "After"]);
    ended(&told, 0, 0);
    ended(&scene.gets(A, &["After"]), 0, 1);
    assert!(scene.no_calls());
}

#[test]
fn a_call_to_a_busy_agent_from_outside_is_heard_of_by_nobody() {
    let mut scene = Scene::talking(&[]);
    let call = scene.world.call_in("13900139001", A);
    scene.quiet(A);
    let state = scene.world.state();
    let calls = world::list(&state["calls"]);
    let shown = calls.iter().find(|shown| shown["callId"] == call.as_str());
    assert_eq!(shown.expect("the call lives")["state"], "failed");
}
