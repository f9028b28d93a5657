//! What a supervisor does to others: cut their calls, make them ready or not, log them out.

mod world;

use sandbox::center::Control;
use serde_json::json;
use world::moment::Moment;
use world::scene::{A, B, C, S, Scene, WATCHES, data, ended, target};
use world::{events, names, without};

#[test]
fn a_call_is_cut() {
    for moment in [Moment::Talking, Moment::Muted] {
        let mut scene = moment.scene();
        let told = scene.act(S, "forceBreak", target(A), &["ForceBreak*"]);
        assert!(told[1].get("nowState").is_none());
        let told = scene.gets(A, &["After"]);
        assert_eq!(ended(&told, 1503, 1)["data"], "强制挂机");
        assert!(scene.no_calls());
        assert_eq!(scene.world.agent_state(S), "Idle");
    }
}

#[test]
fn a_call_between_agents_is_cut_for_both() {
    let mut scene = Scene::colleagues();
    scene.join(S);
    scene.clear();
    scene.act(S, "forceBreak", target(B), &["ForceBreak*"]);
    ended(&scene.gets(B, &["After"]), 1503, 1);
    ended(&scene.gets(A, &["After"]), 1503, 1);
    assert!(scene.no_calls());
}

#[test]
fn a_consultation_or_conference_is_cut_for_all() {
    for moment in [
        Moment::InConsult,
        Moment::Consulted,
        Moment::Conference,
        Moment::ConferenceGuest,
    ] {
        let mut scene = moment.scene();
        scene.act(S, "forceBreak", target(moment.who()), &["ForceBreak*"]);
        ended(&scene.gets(A, &["After"]), 1503, 1);
        let told = without(scene.until(B, "After"), "ConsultedCancel");
        assert_eq!(names(&told), ["After"], "{moment:?}");
        ended(&told, 1503, 1);
        assert!(scene.no_calls());
    }
}

#[test]
fn a_supervisor_who_watches_stops_before_cutting() {
    for watch in WATCHES {
        let mut scene = Scene::talking(&[S]);
        scene.watch(watch);
        scene.refused(S, "forceBreak", target(A), 1101);
        scene.act(S, "cancelCall", json!({}), &["CancelCall*", "After"]);
        scene.act(S, "idle", json!({}), &["Idle*"]);
        scene.act(S, "forceBreak", target(A), &["ForceBreak*"]);
        ended(&scene.gets(A, &["After"]), 1503, 1);
        assert!(scene.no_calls());
    }
}

#[test]
fn who_does_not_talk_is_not_cut() {
    for moment in Moment::ALL {
        if moment.who() != S && !moment.talks() {
            let mut scene = moment.scene();
            scene.refused(S, "forceBreak", target(moment.who()), 1101);
        }
    }
}

/// A scene with S ready, and A in a state without a call.
fn free(state: &str) -> Scene {
    let mut scene = Scene::idle(&[S]);
    scene.login(A);
    match state {
        "Login" => {}
        "Idle" => {
            scene.send(A, "idle", json!({}));
        }
        "Busy" => {
            scene.send(A, "busy", json!({"busyType": "小休"}));
        }
        "After" => {
            scene.send(A, "idle", json!({}));
            scene.call = scene.world.call_in(C, A);
            scene.until(A, "Conversation");
            scene.hang_up();
        }
        "Lock" => {
            let lock = Control::Lock {
                agent: A.to_owned(),
            };
            scene.world.control(lock).expect("A is logged in");
        }
        _ => panic!("no way to {state}"),
    }
    scene.clear();
    assert_eq!(scene.world.agent_state(A), state);
    scene
}

#[test]
fn an_agent_is_made_ready() {
    for state in ["Login", "Busy", "After", "Lock"] {
        let mut scene = free(state);
        let told = scene.act(S, "forceIdle", target(A), &["ForceIdle*"]);
        assert_eq!(data(&told, "ForceIdle"), &json!({"beAgentNumber": A}));
        let told = scene.gets(A, &["Idle"]);
        assert_eq!(data(&told, "Idle"), &json!({"loginType": "1"}));
        assert_eq!(scene.world.agent_state(S), "Idle");
        scene.world.assert_whole();
        scene.world.call_in(C, A);
        scene.until(A, "Conversation");
    }
    free("Idle").refused(S, "forceIdle", target(A), 1101);
}

#[test]
fn an_agent_is_made_busy() {
    for state in ["Login", "Idle", "Busy", "After", "Lock"] {
        let mut scene = free(state);
        scene.act(S, "forceBusy", target(A), &["ForceBusy*"]);
        let told = scene.gets(A, &["Busy"]);
        assert_eq!(data(&told, "Busy"), &json!({"currentBusyType": ""}));
        assert_eq!(scene.world.agent_state(S), "Idle");
        scene.world.assert_whole();
        scene.act(A, "idle", json!({}), &["Idle*"]);
    }
}

#[test]
fn who_is_in_a_call_is_made_neither_ready_nor_busy() {
    for moment in Moment::ALL {
        if moment.who() != S {
            let mut scene = moment.scene();
            for request in ["forceIdle", "forceBusy"] {
                scene.refused(S, request, target(moment.who()), 1101);
            }
        }
    }
}

#[test]
fn an_agent_without_a_call_is_logged_out() {
    for state in ["Login", "Idle", "Busy", "After", "Lock"] {
        let mut scene = free(state);
        scene.act(S, "forceLogout", target(A), &["ForceLogout*"]);
        let told = scene.gets(A, &["Logout"]);
        assert_eq!(data(&told, "Logout"), &json!({}));
        assert_eq!(scene.world.agent_state(A), "Logout");
        scene.send(A, "idle", json!({}));
        scene.quiet(A);
        scene.login(A);
        assert_eq!(scene.world.agent_state(A), "Login");
    }
}

#[test]
fn an_agent_in_a_call_is_logged_out() {
    for moment in Moment::ALL {
        if moment.who() == S {
            continue;
        }
        let mut scene = moment.scene();
        let who = moment.who();
        scene.act(S, "forceLogout", target(who), &["ForceLogout*"]);
        let told = scene.until(who, "Logout");
        let told = without(events(&told), "ConsultedCancel");
        assert_eq!(names(&told), ["After", "Logout"], "{moment:?}");
        assert_eq!(data(&told, "After")["cause"], 1503, "{moment:?}");
        assert_eq!(data(&told, "Logout"), &json!({}));
        assert_eq!(scene.world.agent_state(who), "Logout");
        scene.world.assert_whole();
    }
}

#[test]
fn the_rest_of_a_consultation_goes_on_without_the_colleague_who_is_logged_out() {
    for (moment, event) in [
        (Moment::Consulted, "ConsultCancel"),
        (Moment::ConferenceGuest, "Conversation"),
    ] {
        let mut scene = moment.scene();
        scene.act(S, "forceLogout", target(B), &["ForceLogout*"]);
        scene.gets(A, &[event]);
        scene.on_hold(&[]);
        scene.hearing(&[(A, &[C]), (C, &[A])]);
    }
}
