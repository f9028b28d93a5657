//! A supervisor who takes a talk over.

mod world;

use sandbox::center::PhoneHabit;
use serde_json::json;
use world::scene::{A, B, C, CALLED, S, Scene, data, ended, target, transfer};

const TAKEN: [&str; 5] = [
    "Intercept*",
    "AgentRinging*",
    "AgentAnswer*",
    "Intercepting*",
    "Conversation*",
];

#[test]
fn a_supervisor_takes_a_talk_over() {
    for mut scene in [Scene::talking(&[S]), Scene::calling(&[S])] {
        let told = scene.act(S, "intercept", target(A), &TAKEN);
        for name in ["AgentRinging", "AgentAnswer", "Conversation"] {
            assert_eq!(data(&told, name)["callType"], "intercept", "{name}");
            assert_eq!(
                data(&told, name)["occCallId"],
                scene.call.as_str(),
                "{name}"
            );
        }
        assert_eq!(data(&told, "Conversation")["caller"], C);
        let told = scene.gets(A, &["After"]);
        assert_eq!(ended(&told, 1605, 1)["data"], "被拦截");
        scene.hearing(&[(S, &[C]), (C, &[S])]);
    }
}

#[test]
fn nobody_is_disturbed_while_the_supervisors_phone_rings() {
    let mut scene = Scene::talking(&[S]);
    scene.send(S, "intercept", target(A));
    scene.quiet(A);
    assert_eq!(scene.world.agent_state(A), "Conversation");
}

#[test]
fn the_call_is_the_supervisors_then() {
    let mut scene = Scene::talking(&[S]);
    scene.open_intercept();
    scene.act(S, "hold", json!({}), &["Hold*"]);
    scene.act(S, "unHold", json!({}), &["UnHold*"]);
    let told = scene.act(S, "cancelCall", json!({}), &["CancelCall*", "After"]);
    assert_eq!(ended(&told, 0, 0)["callType"], "intercept");
    assert!(scene.no_calls());

    let mut scene = Scene::talking(&[S]);
    scene.open_intercept();
    scene.hang_up();
    assert_eq!(
        ended(&scene.gets(S, &["After"]), 0, 1)["callType"],
        "intercept"
    );
    scene.quiet(A);
}

#[test]
fn the_supervisor_passes_the_call_on() {
    let mut scene = Scene::talking(&[B, S]);
    scene.open_intercept();
    let expected = ["TransferCall*", "After"];
    let told = scene.act(S, "transferCall", transfer(1, B, 0), &expected);
    ended(&told, 1600, 0);
    let told = scene.gets(B, &CALLED);
    assert_eq!(data(&told, "Conversation")["caller"], C);
    scene.hearing(&[(B, &[C]), (C, &[B])]);
}

#[test]
fn a_supervisors_phone_that_refuses_or_is_not_answered_leaves_the_talk_as_it_is() {
    for habit in [PhoneHabit::Rejects, PhoneHabit::Ignores] {
        for (before, event) in [("idle", "Idle"), ("busy", "Busy")] {
            let mut scene = Scene::talking(&[S]);
            scene.send(S, before, json!({}));
            scene.phone(S, habit);
            scene.clear();
            let expected = ["Intercept*", "AgentRinging*", "InterceptFail*", event];
            scene.act(S, "intercept", target(A), &expected);
            scene.quiet(A);
            scene.hearing(&[(A, &[C]), (C, &[A])]);
        }
    }
}

#[test]
fn a_supervisor_takes_a_colleagues_place() {
    let mut scene = Scene::colleagues();
    scene.join(S);
    scene.clear();
    scene.act(S, "intercept", target(A), &TAKEN);
    ended(&scene.gets(A, &["After"]), 1605, 1);
    scene.quiet(B);
    scene.hearing(&[(S, &[B]), (B, &[S])]);
}
