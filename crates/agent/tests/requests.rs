//! The promise form: everything that goes out settles exactly once.

mod world;

use agent::rules::{Bound, RULES, Rule, Situation};
use agent::{Command, Fault, Input};
use serde_json::json;
use std::collections::BTreeMap;
use world::commands::{command, every_command, transfer};
use world::scene::{after_data, call_data, consult_data};
use world::success::{ask, play, ready_for, success, told};
use world::{World, config};

/// For the answer to a request, ms.
const TIMEOUT: u64 = 5000;

/// For what follows the answer at once, ms.
const SOON: u64 = 10_000;

/// For what somebody has to answer first, ms.
const RINGS: u64 = 150_000;

/// Longer than any request may wait, ms.
const FOR_EVER: u64 = 200_000;

/// One that is asked by now and gets no further answers.
fn unanswered(request: &str) -> (World, i64) {
    let mut world = ready_for(request);
    world.peer.answers = false;
    let sequence = ask(&mut world, command(request));
    (world, sequence)
}

/// The platform accepts a request.
fn accept(world: &mut World, request: &str, sequence: i64) {
    let body = json!({
        "type": "response", "response": request, "sequence": sequence, "status": 0, "msg": "success",
    });
    world.platform_event(&body.to_string());
}

fn link_lost(request: &str) -> Fault {
    let request = request.to_owned();
    Fault::LinkLost { request }
}

// ── success ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// Plays every row's success; with or without the commands' numbers.
fn every_row_succeeds(numbers: bool) {
    for rule in RULES {
        let request = rule.request;
        let mut world = ready_for(request);
        world.peer.numbers = numbers;
        let sequence = ask(&mut world, command(request));
        let (_, steps) = success(request);
        for step in &steps {
            assert!(
                world.settled().is_empty(),
                "{request} before {}: {:?}",
                step.name,
                world.settled()
            );
            play(&mut world, step, sequence);
        }
        assert_eq!(world.settled(), [(sequence, Ok(()))], "{request}");
        for step in &steps {
            play(&mut world, step, sequence);
        }
        world.advance(FOR_EVER);
        assert_eq!(world.settled().len(), 1, "{request}: {:?}", world.settled());
    }
}

#[test]
fn every_request_of_the_table_settles_once_by_the_event_with_its_number() {
    every_row_succeeds(true);
}

#[test]
fn every_request_of_the_table_settles_once_by_an_event_without_a_number() {
    every_row_succeeds(false);
}

#[test]
fn an_event_of_another_command_settles_nothing() {
    for rule in RULES.iter().filter(|r| !r.done.is_empty()) {
        let (mut world, sequence) = unanswered(rule.request);
        for name in rule.done.iter().chain(rule.failed) {
            let name = name.as_str();
            // The end of a call and of a login concern everybody who waits, and a login is nobody's answer but its own.
            if matches!(name, "After" | "Logout") {
                continue;
            }
            world.tell(name, None, sequence - 1, json!({}));
            world.tell(name, None, sequence + 1000, json!({}));
        }
        assert!(world.settled().is_empty(), "{}", rule.request);
    }
}

#[test]
fn the_event_is_told_before_what_it_settles() {
    let (mut world, sequence) = unanswered("hold");
    world.clear();
    world.tell("Hold", Some("Hold"), sequence, json!(null));
    assert_eq!(
        world.names(),
        ["Message", "StateChange(Hold)", "Hold", "Settled"]
    );
}

#[test]
fn an_event_settles_even_when_the_answer_comes_later_or_never() {
    for late in [true, false] {
        let (mut world, sequence) = unanswered("idle");
        world.tell("Idle", Some("Idle"), sequence, json!(null));
        assert_eq!(world.settled(), [(sequence, Ok(()))]);
        if late {
            world.advance(1000);
            accept(&mut world, "idle", sequence);
        }
        world.advance(FOR_EVER);
        assert_eq!(world.settled().len(), 1);
    }
}

#[test]
fn a_request_that_nobody_knows_settles_by_its_answer() {
    for answer in [0, 1097] {
        let mut world = World::in_situation(Situation::Ready);
        world.peer.answers = false;
        let sequence = ask(&mut world, command("anything"));
        world.tell("Anything", None, sequence, json!({}));
        assert!(world.settled().is_empty());
        world.platform_response("anything", answer, "未知请求");
        let expected = if answer == 0 {
            Ok(())
        } else {
            Err(Fault::Refused {
                message: "未知请求".into(),
                status: answer,
            })
        };
        assert_eq!(world.settled(), [(sequence, expected)]);
        world.advance(FOR_EVER);
        assert_eq!(world.settled().len(), 1);
    }
}

#[test]
fn of_two_equal_requests_each_settles_by_its_own_event() {
    let mut world = World::in_situation(Situation::Busy);
    let first = ask(&mut world, Command::Idle);
    let second = ask(&mut world, Command::Idle);
    assert!(first < second);
    world.tell("Idle", Some("Idle"), second, json!(null));
    assert_eq!(world.settled(), [(second, Ok(()))]);
    world.tell("Idle", Some("Idle"), first, json!(null));
    assert_eq!(world.settled(), [(second, Ok(())), (first, Ok(()))]);
}

#[test]
fn of_two_equal_requests_the_older_settles_by_the_first_event_without_a_number() {
    let mut world = World::in_situation(Situation::Busy);
    let first = ask(&mut world, Command::Idle);
    let second = ask(&mut world, Command::Idle);
    world.tell("Idle", Some("Idle"), 0, json!(null));
    assert_eq!(world.settled(), [(first, Ok(()))]);
    world.tell("Idle", Some("Idle"), 0, json!(null));
    assert_eq!(world.settled(), [(first, Ok(())), (second, Ok(()))]);
}

#[test]
fn one_of_two_equal_requests_may_be_refused() {
    let mut world = World::in_situation(Situation::Talking);
    world.peer.answers = false;
    let first = ask(&mut world, Command::CancelCall);
    let second = ask(&mut world, Command::CancelCall);
    world.platform_response("cancelCall", 1101, "当前状态不允许执行");
    assert_eq!(world.settled().len(), 1);
    assert_eq!(world.settled()[0].0, second);
    world.tell("CancelCall", Some("CancelCall"), first, json!(null));
    world.event("After", after_data(0));
    assert_eq!(world.settled().len(), 2);
    assert_eq!(world.settled()[1], (first, Ok(())));
}

#[test]
fn a_consultation_is_not_answered_by_the_conversation_that_waits() {
    let mut world = World::in_situation(Situation::Talking);
    let sequence = ask(&mut world, command("consultCall"));
    world.event("Conversation", call_data("normal"));
    assert!(world.settled().is_empty());
    world.event("Conversation", consult_data());
    assert_eq!(world.settled(), [(sequence, Ok(()))]);
}

#[test]
fn a_blind_transfer_succeeds_by_the_end_of_the_call_for_who_gave_it_away() {
    for cause in 1600..=1605 {
        for told in [json!(cause), json!(cause.to_string())] {
            let mut world = World::in_situation(Situation::Talking);
            let sequence = ask(&mut world, transfer("0"));
            world.tell("TransferCall", Some("TransferCall"), sequence, json!(null));
            assert!(world.settled().is_empty());
            let mut data = after_data(cause);
            data["cause"] = told;
            world.event("After", data);
            assert_eq!(world.settled(), [(sequence, Ok(()))], "{cause}");
        }
    }
}

// ── failure ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// The events that say that a command failed.
const FAILURES: [(&str, &str); 8] = [
    ("makeCall", "MakeCallFail"),
    ("transferCall", "TransferCallFail"),
    ("consultCall", "ConsultCallFail"),
    ("tripartiteTalk", "TripartiteTalkFail"),
    ("listen", "ListenFail"),
    ("whisper", "WhisperFail"),
    ("forceInsert", "ForceInsertFail"),
    ("intercept", "InterceptFail"),
];

#[test]
fn a_failure_is_told_with_the_words_of_the_platform() {
    for (request, event) in FAILURES {
        for numbers in [true, false] {
            for cause in ["", "话机未注册"] {
                let mut world = ready_for(request);
                world.peer.numbers = numbers;
                let sequence = ask(&mut world, command(request));
                let (_, steps) = success(request);
                play(&mut world, &steps[0], sequence);
                let data = if cause.is_empty() {
                    json!(null)
                } else {
                    json!({"cause": cause, "causeCode": 1066})
                };
                play(&mut world, &told(event, data), sequence);
                let fault = Fault::CommandFailed {
                    request: request.to_owned(),
                    event: event.to_owned(),
                    cause: cause.to_owned(),
                };
                assert_eq!(world.settled(), [(sequence, Err(fault))]);
                // The platform says at once that the agent is back where they were.
                world.event("Idle", json!(null));
                world.advance(FOR_EVER);
                assert_eq!(world.settled().len(), 1);
            }
        }
    }
}

#[test]
fn every_row_with_a_failure_is_one_of_these() {
    let rows: BTreeMap<&str, Vec<&str>> = RULES
        .iter()
        .filter(|rule| !rule.failed.is_empty())
        .map(|rule| {
            let events = rule.failed.iter().map(|name| name.as_str());
            (rule.request, events.collect())
        })
        .collect();
    let expected = FAILURES.map(|(request, event)| (request, vec![event]));
    assert_eq!(rows, BTreeMap::from(expected));
}

#[test]
fn a_refusal_is_told_with_words_and_number_of_the_platform() {
    for rule in RULES {
        for message in ["当前状态不允许执行", ""] {
            let (mut world, sequence) = unanswered(rule.request);
            world.platform_response(rule.request, 1101, message);
            let fault = if message.is_empty() {
                Fault::RefusedSilently { status: 1101 }
            } else {
                Fault::Refused {
                    message: message.to_owned(),
                    status: 1101,
                }
            };
            assert_eq!(
                world.settled(),
                [(sequence, Err(fault))],
                "{}",
                rule.request
            );
            world.advance(FOR_EVER);
            assert_eq!(world.settled().len(), 1, "{}", rule.request);
        }
    }
}

#[test]
fn a_request_without_an_answer_settles_after_the_timeout() {
    // An unanswered reconnect becomes a login, and a heart-beat has a patience of its own.
    let rows = RULES.iter().map(|rule| rule.request);
    for request in rows.filter(|name| !matches!(*name, "reconnect" | "heartbeat")) {
        let (mut world, sequence) = unanswered(request);
        world.advance(TIMEOUT - 1);
        assert!(world.settled().is_empty(), "{request}");
        world.advance(1);
        let fault = Fault::CommandTimeout {
            request: request.to_owned(),
        };
        assert_eq!(world.settled(), [(sequence, Err(fault))], "{request}");
        // What comes later comes too late.
        for step in &success(request).1 {
            play(&mut world, step, sequence);
        }
        world.advance(FOR_EVER);
        assert_eq!(world.settled().len(), 1, "{request}");
    }
}

#[test]
fn a_reconnect_and_a_heart_beat_without_an_answer_settle_too() {
    for request in ["reconnect", "heartbeat"] {
        let (mut world, sequence) = unanswered(request);
        world.advance(FOR_EVER);
        let settled = world.settled();
        assert_eq!(settled.len(), 1, "{request}: {settled:?}");
        assert_eq!(settled[0].0, sequence);
        assert!(settled[0].1.is_err(), "{request}: {settled:?}");
    }
}

#[test]
fn the_page_says_how_long_an_answer_may_take() {
    let mut config = config();
    config.timeout = 700;
    let mut world = World::with(config, None, 1);
    world.login();
    world.peer.answers = false;
    let sequence = ask(&mut world, Command::Idle);
    world.advance(699);
    assert!(world.settled().is_empty());
    world.advance(1);
    assert_eq!(world.settled()[0].0, sequence);
}

#[test]
fn an_accepted_request_whose_outcome_never_comes_settles_after_its_window() {
    for rule in RULES.iter().filter(|r| !r.done.is_empty()) {
        let request = rule.request;
        let window = match rule.bound {
            Bound::Soon => TIMEOUT + SOON,
            Bound::Rings => TIMEOUT + RINGS,
        };
        let (mut world, sequence) = unanswered(request);
        accept(&mut world, request, sequence);
        world.peer.answers = true;
        world.advance(window - 1);
        assert!(
            world.settled().is_empty(),
            "{request}: {:?}",
            world.settled()
        );
        world.advance(1);
        let fault = Fault::NoOutcome {
            request: request.to_owned(),
        };
        assert_eq!(world.settled(), [(sequence, Err(fault))], "{request}");
        for step in &success(request).1 {
            play(&mut world, step, sequence);
        }
        world.advance(FOR_EVER);
        assert_eq!(world.settled().len(), 1, "{request}");
    }
}

#[test]
fn what_somebody_has_to_answer_first_has_the_longer_window() {
    for rule in RULES {
        let rings = matches!(
            rule.request,
            "makeCall"
                | "transferCall"
                | "consultCall"
                | "listen"
                | "whisper"
                | "forceInsert"
                | "intercept"
        );
        assert_eq!(rule.bound == Bound::Rings, rings, "{}", rule.request);
    }
}

#[test]
fn the_end_of_the_call_settles_what_was_asked_of_it() {
    for request in [
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
    ] {
        for cause in [0, 1487, 1599, 1606] {
            let mut world = ready_for(request);
            let sequence = ask(&mut world, command(request));
            world.event("After", after_data(cause));
            let fault = Fault::CallEnded {
                request: request.to_owned(),
                cause: u32::try_from(cause).expect("a cause"),
            };
            assert_eq!(world.settled(), [(sequence, Err(fault))], "{request}");
            world.advance(FOR_EVER);
            assert_eq!(world.settled().len(), 1, "{request}");
        }
    }
}

#[test]
fn the_end_of_a_call_that_is_being_set_up_settles_it() {
    for request in ["makeCall", "listen", "whisper", "forceInsert", "intercept"] {
        let mut world = ready_for(request);
        let sequence = ask(&mut world, command(request));
        let (_, steps) = success(request);
        for step in &steps[..2] {
            play(&mut world, step, sequence);
        }
        world.event("After", after_data(1017));
        let fault = Fault::CallEnded {
            request: request.to_owned(),
            cause: 1017,
        };
        assert_eq!(world.settled(), [(sequence, Err(fault))], "{request}");
    }
}

#[test]
fn the_end_of_a_call_is_what_a_hang_up_wants() {
    let mut world = World::in_situation(Situation::Talking);
    let sequence = ask(&mut world, Command::CancelCall);
    world.event("After", after_data(0));
    assert_eq!(world.settled(), [(sequence, Ok(()))]);
}

#[test]
fn the_end_of_a_call_leaves_other_requests_alone() {
    for request in [
        "groupInfo",
        "idleAgent",
        "groupQueueNum",
        "surveillance",
        "forceIdle",
        "forceBreak",
    ] {
        let mut world = World::in_situation(Situation::Talking);
        let sequence = ask(&mut world, command(request));
        world.event("After", after_data(0));
        assert!(world.settled().is_empty(), "{request}");
        for step in &success(request).1 {
            play(&mut world, step, sequence);
        }
        assert_eq!(world.settled(), [(sequence, Ok(()))], "{request}");
    }
}

#[test]
fn a_logout_or_a_kick_settles_everything_that_waits_for_an_event() {
    for event in ["Logout", "Kick"] {
        for rule in RULES {
            let request = rule.request;
            let by_answer = rule.done.is_empty();
            if by_answer || matches!(request, "login" | "reconnect") {
                continue;
            }
            let (mut world, sequence) = unanswered(request);
            world.event(event, json!({}));
            let expected = if (request, event) == ("logout", "Logout") {
                Ok(())
            } else {
                Err(Fault::NotLoggedIn)
            };
            assert_eq!(world.settled(), [(sequence, expected)], "{request}");
            world.advance(FOR_EVER);
            assert_eq!(world.settled().len(), 1, "{request}");
        }
    }
}

#[test]
fn the_loss_of_the_link_settles_everything() {
    for command in every_command() {
        let request = command.request().to_owned();
        let mut world = if Rule::of(&request).is_some() {
            ready_for(&request)
        } else {
            World::in_situation(Situation::Ready)
        };
        world.peer.answers = false;
        let sequence = ask(&mut world, command);
        world.lose();
        assert_eq!(world.settled(), [(sequence, Err(link_lost(&request)))]);
        world.peer.answers = true;
        world.advance(FOR_EVER);
        assert_eq!(world.settled().len(), 1, "{request}");
    }
}

#[test]
fn ending_the_link_on_purpose_settles_everything_too() {
    for input in [Input::Break, Input::Connect] {
        let (mut world, sequence) = unanswered("groupInfo");
        world.handle(input).expect("there is no call");
        assert_eq!(world.settled(), [(sequence, Err(link_lost("groupInfo")))]);
    }
}

#[test]
fn several_requests_settle_in_the_order_in_which_they_were_asked() {
    let mut world = World::in_situation(Situation::Talking);
    world.peer.answers = false;
    let mut asked = Vec::new();
    for request in ["hold", "mute", "sendDTMF", "consultCall", "groupInfo"] {
        asked.push((ask(&mut world, command(request)), request));
    }
    world.lose();
    let expected: Vec<(i64, Result<(), Fault>)> = asked
        .iter()
        .map(|(sequence, request)| (*sequence, Err(link_lost(request))))
        .collect();
    assert_eq!(world.settled(), expected);
}
