//! The promise form: what is not allowed is refused at once, and nobody else hears of it.

mod world;

use agent::command::{MakeCall, Supervise};
use agent::rules::{RULES, Situation};
use agent::{Command, Fault, Input};
use serde_json::json;
use world::commands::{COLLEAGUE, command, every_command};
use world::{World, config};

/// Longer than any request may wait, ms.
const FOR_EVER: u64 = 200_000;

/// Nothing is sent, nobody else is told, and nothing settles later.
fn expect_quiet(world: &mut World) {
    assert!(world.sent.is_empty(), "{:?}", world.requests());
    assert!(world.names().is_empty(), "{:?}", world.names());
    world.advance(FOR_EVER);
    assert!(world.settled().is_empty(), "{:?}", world.settled());
}

#[test]
fn what_is_not_allowed_is_refused_at_once() {
    for situation in Situation::ALL {
        if *situation == Situation::SignedOut {
            continue;
        }
        for rule in RULES {
            let mut world = World::in_situation(*situation);
            let Err(fault) = world.session.allowed(rule.request) else {
                continue;
            };
            assert_eq!(world.request(command(rule.request)), Err(fault));
            assert!(world.sent.is_empty(), "{} {situation:?}", rule.request);
            assert!(world.emits.is_empty(), "{:?}", world.names());
        }
    }
    let mut world = World::in_situation(Situation::Ready);
    let refused = world.request(Command::Hold);
    assert!(matches!(refused, Err(Fault::NotAllowed { .. })));
    expect_quiet(&mut world);
}

#[test]
fn an_agent_is_refused_what_is_for_supervisors() {
    let mut world = World::new();
    world.login();
    world.bring(Situation::Ready);
    world.clear();
    for rule in RULES.iter().filter(|rule| rule.supervisor) {
        let request = rule.request.to_owned();
        let refused = world.request(command(rule.request));
        assert_eq!(refused, Err(Fault::NotSupervisor { request }));
    }
    expect_quiet(&mut world);
}

#[test]
fn a_part_that_is_switched_off_is_refused() {
    let mut config = config();
    config.off = vec!["hold", "dial"];
    let mut world = World::with(config, None, 1);
    world.login();
    let feature = "dial";
    let refused = world.request(command("makeCall"));
    assert_eq!(refused, Err(Fault::FeatureOff { feature }));
    world.bring(Situation::Talking);
    world.clear();
    let feature = "hold";
    let refused = world.request(Command::Hold);
    assert_eq!(refused, Err(Fault::FeatureOff { feature }));
    expect_quiet(&mut world);
}

#[test]
fn only_an_agent_in_a_call_is_operated_on() {
    let watched = |state: &str| {
        let mut world = World::in_situation(Situation::Ready);
        let list = json!([{"agentNumber": COLLEAGUE, "nowState": state}]);
        world.tell("Surveillance", None, 0, json!({"agentList": list}));
        world.clear();
        world
    };
    for what in Supervise::ALL {
        let of_call = matches!(
            what.request(),
            "listen" | "whisper" | "forceInsert" | "intercept" | "forceBreak"
        );
        let ask = || Command::Supervise(*what, COLLEAGUE.into());
        for state in ["Idle", "Busy", "After", "Login", "Lock"] {
            let mut world = watched(state);
            let result = world.request(ask());
            if of_call {
                assert_eq!(result, Err(Fault::NotInConversation), "{what:?} {state}");
                expect_quiet(&mut world);
            } else {
                assert!(result.is_ok(), "{what:?} {state}: {result:?}");
            }
        }
        for state in [
            "Conversation",
            "UnHold",
            "Mute",
            "Hold",
            "TripartiteTalking",
        ] {
            let result = watched(state).request(ask());
            assert!(result.is_ok(), "{what:?} {state}: {result:?}");
        }
        // Whom nobody has told of is for the platform to judge.
        let mut world = watched("Idle");
        let other = Command::Supervise(*what, "1003".into());
        assert!(world.request(other).is_ok(), "{what:?}");
    }
}

#[test]
fn a_target_that_is_not_there_is_refused_in_both_forms_wherever_the_agent_is() {
    let nobody = String::new;
    let without_target = || {
        let mut all = vec![
            (
                Command::MakeCall(MakeCall::outside(nobody())),
                Fault::CalledEmpty,
            ),
            (
                Command::TransferCall {
                    target: nobody(),
                    target_type: "2".into(),
                    mode: "1".into(),
                },
                Fault::TransferEmpty,
            ),
            (
                Command::ConsultCall {
                    target: nobody(),
                    target_type: None,
                },
                Fault::ConsultEmpty,
            ),
            (Command::IdleAgent { group_id: nobody() }, Fault::GroupEmpty),
        ];
        for what in Supervise::ALL {
            all.push((Command::Supervise(*what, nobody()), Fault::TargetEmpty));
        }
        all
    };
    for situation in Situation::ALL {
        let mut world = World::in_situation(*situation);
        for (command, fault) in without_target() {
            assert_eq!(world.request(command.clone()), Err(fault.clone()));
            assert_eq!(world.handle(Input::Command(command)), Err(fault));
        }
        expect_quiet(&mut world);
    }
    let mut world = World::new();
    for (command, fault) in without_target() {
        assert_eq!(world.request(command), Err(fault));
    }
}

#[test]
fn without_a_link_a_request_is_refused_and_nobody_else_is_told() {
    let mut world = World::new();
    for command in every_command() {
        assert_eq!(world.request(command), Err(Fault::NotConnected));
    }
    expect_quiet(&mut world);
}

#[test]
fn without_a_login_a_request_is_refused_and_nobody_else_is_told() {
    let mut world = World::new();
    world.peer.answers = false;
    world.connect();
    world.clear();
    for command in every_command() {
        if command.needs_login() {
            assert_eq!(world.request(command), Err(Fault::NotLoggedIn));
        }
    }
    assert!(world.sent.is_empty(), "{:?}", world.requests());
    assert!(world.emits.is_empty(), "{:?}", world.names());
}

#[test]
fn a_filter_without_a_group_is_refused() {
    let mut world = World::new();
    world.peer.login["agentType"] = json!(1);
    world.peer.login["groupIdList"] = json!([]);
    world.login();
    let filter = vec![("agentName".to_owned(), "\"x\"".to_owned())];
    let refused = world.request(Command::Surveillance { filter });
    assert_eq!(refused, Err(Fault::FilterNeedsGroup));
    expect_quiet(&mut world);
}
