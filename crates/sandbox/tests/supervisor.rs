//! A supervisor who listens, whispers, or joins in.

mod world;

use sandbox::center::PhoneHabit;
use serde_json::json;
use world::list;
use world::scene::{A, B, C, S, Scene, WATCHES, data, ended, target, transfer};

#[test]
fn a_supervisor_joins_a_talk() {
    for [request, begin, outcome, _] in WATCHES {
        let mut scene = Scene::talking(&[S]);
        let begin = format!("{begin}*");
        let last = format!("{outcome}*");
        let expected = [
            begin.as_str(),
            "AgentRinging*",
            "AgentAnswer*",
            last.as_str(),
        ];
        let told = scene.act(S, request, target(A), &expected);
        for name in ["AgentRinging", "AgentAnswer", outcome] {
            let call = data(&told, name);
            assert_eq!(call["callType"], request, "{name}");
            assert_eq!(call["caller"], C, "{name}");
            assert_eq!(call["called"], A, "{name}");
            assert_eq!(call["occCallId"], scene.call.as_str(), "{name}");
        }
        if request == "listen" {
            scene.quiet(A);
        } else {
            let told = scene.gets(A, &[outcome]);
            assert_eq!(data(&told, outcome), &json!({"agentNumber": S}));
            assert!(told[0].get("nowState").is_none(), "{request}");
        }
        assert_eq!(scene.world.agent_state(A), "Conversation");
        assert_eq!(scene.world.agent_state(S), outcome);
        scene.world.assert_whole();
    }
}

#[test]
fn the_state_shows_the_kind_of_call_of_each() {
    let mut scene = Scene::talking(&[S]);
    scene.watch(WATCHES[0]);
    let state = scene.world.state();
    for (number, kind) in [(A, "normal"), (S, "listen")] {
        let mut agents = list(&state["agents"]).iter();
        let agent = agents.find(|agent| agent["agentNumber"] == number);
        let agent = agent.expect("all agents are listed");
        assert_eq!(agent["callType"], kind);
        assert_eq!(agent["callId"], scene.call.as_str());
    }
}

#[test]
fn a_supervisor_goes_from_one_to_another_without_being_rung_again() {
    for from in WATCHES {
        for to in WATCHES.into_iter().filter(|to| *to != from) {
            let mut scene = Scene::talking(&[S]);
            scene.watch(from);
            let [request, begin, outcome, _] = to;
            let expected = [format!("{begin}*"), format!("{outcome}*")];
            let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
            let told = scene.act(S, request, target(A), &expected);
            assert_eq!(data(&told, outcome)["callType"], request);
            assert_eq!(scene.world.agent_state(S), outcome);
            let told = scene.act(S, "cancelCall", json!({}), &["CancelCall*", "After"]);
            assert_eq!(ended(&told, 0, 0)["callType"], request);
            scene.hearing(&[(A, &[C]), (C, &[A])]);
        }
    }
}

#[test]
fn a_supervisor_stops() {
    for watch in WATCHES {
        let mut scene = Scene::talking(&[S]);
        scene.watch(watch);
        let told = scene.act(S, "cancelCall", json!({}), &["CancelCall*", "After"]);
        assert_eq!(ended(&told, 0, 0)["callType"], watch[0]);
        scene.quiet(A);
        scene.hearing(&[(A, &[C]), (C, &[A])]);
        scene.act(S, "idle", json!({}), &["Idle*"]);
        scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
        scene.quiet(S);
    }
}

#[test]
fn the_watched_call_ends() {
    for watch in WATCHES {
        for by_agent in [true, false] {
            let mut scene = Scene::talking(&[S]);
            scene.watch(watch);
            if by_agent {
                scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
            } else {
                scene.hang_up();
                ended(&scene.gets(A, &["After"]), 0, 1);
            }
            let told = scene.gets(S, &["After"]);
            assert_eq!(ended(&told, 0, 1)["callType"], watch[0]);
            assert!(scene.no_calls());
        }
    }
}

#[test]
fn a_supervisors_phone_that_refuses_or_is_not_answered_fails() {
    for [request, begin, _, fail] in WATCHES {
        for (habit, after) in [(PhoneHabit::Rejects, 500), (PhoneHabit::Ignores, 30_000)] {
            for (before, event) in [("idle", "Idle"), ("busy", "Busy")] {
                let mut scene = Scene::talking(&[S]);
                scene.send(S, before, json!({"busyType": "会议"}));
                scene.phone(S, habit);
                scene.clear();
                let began = scene.world.now;
                let first = format!("{begin}*");
                let last = format!("{fail}*");
                let expected = [first.as_str(), "AgentRinging*", last.as_str(), event];
                let told = scene.act(S, request, target(A), &expected);
                assert_eq!(scene.world.now, began + after);
                if before == "busy" {
                    assert_eq!(data(&told, "Busy")["currentBusyType"], "会议");
                }
                scene.quiet(A);
                scene.hearing(&[(A, &[C]), (C, &[A])]);
            }
        }
    }
}

#[test]
fn a_supervisor_hangs_up_while_the_own_phone_rings() {
    for [request, ..] in WATCHES {
        let mut scene = Scene::talking(&[S]);
        scene.phone(S, PhoneHabit::Ignores);
        scene.send(S, request, target(A));
        scene.clear();
        let told = scene.act(S, "cancelCall", json!({}), &["CancelCall*", "After"]);
        assert_eq!(data(&told, "After")["callType"], request);
        scene.world.wait(60_000);
        scene.quiet(S);
        scene.quiet(A);
        scene.hearing(&[(A, &[C]), (C, &[A])]);
    }
}

#[test]
fn a_supervisor_whose_phone_rings_is_let_go_when_the_call_ends() {
    for [request, ..] in WATCHES {
        let mut scene = Scene::talking(&[S]);
        scene.phone(S, PhoneHabit::Ignores);
        scene.send(S, request, target(A));
        scene.hang_up();
        ended(&scene.gets(A, &["After"]), 0, 1);
        scene.world.assert_whole();
        scene.world.wait(31_000);
        scene.world.assert_whole();
        assert!(scene.no_calls());
        scene.clear();
        scene.act(S, "idle", json!({}), &["Idle*"]);
    }
}

#[test]
fn what_the_watched_agent_does_is_not_told_to_the_supervisor() {
    for watch in WATCHES {
        let mut scene = Scene::talking(&[S]);
        scene.watch(watch);
        for (request, event) in [
            ("hold", "Hold*"),
            ("unHold", "UnHold*"),
            ("mute", "Mute*"),
            ("unmute", "Unmute*"),
        ] {
            scene.act(A, request, json!({}), &[event]);
        }
        scene.quiet(S);
        assert_eq!(scene.world.agent_state(S), watch[2]);
        scene.world.assert_whole();
    }
}

#[test]
fn the_watched_agent_passes_the_call_on() {
    for watch in WATCHES {
        let mut scene = Scene::talking(&[B, S]);
        scene.watch(watch);
        let expected = ["TransferCall*", "After"];
        scene.act(A, "transferCall", transfer(1, B, 0), &expected);
        let told = scene.gets(S, &["After"]);
        assert_eq!(ended(&told, 0, 1)["callType"], watch[0]);
        scene.until(B, "Conversation");
        scene.hearing(&[(B, &[C]), (C, &[B])]);
    }
}

#[test]
fn a_supervisor_watches_one_at_a_time() {
    for watch in WATCHES {
        let mut scene = Scene::talking(&[B, S]);
        scene.world.call_in("13900139001", B);
        scene.until(B, "Conversation");
        scene.watch(watch);
        for [request, ..] in WATCHES {
            scene.refused(S, request, target(B), 1101);
        }
    }
}

#[test]
fn an_agent_who_calls_a_colleague_is_watched_too() {
    let mut scene = Scene::colleagues();
    scene.join(S);
    scene.clear();
    scene.watch(WATCHES[2]);
    scene.hearing(&[(A, &[B, S]), (B, &[A, S]), (S, &[A, B])]);
    scene.act(B, "cancelCall", json!({}), &["CancelCall*", "After"]);
    let told = scene.gets(S, &["After"]);
    assert_eq!(ended(&told, 0, 1)["callType"], "forceInsert");
}
