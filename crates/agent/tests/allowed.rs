//! What is allowed when: the protocol's own words as a table, held against the session's.

mod world;

use agent::rules::{self, RULES, Rule, Situation};
use agent::session::Call;
use agent::{Command, EventName, Fault, Input, Lang, State};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use world::commands::every_command;
use world::scene::{after_data, call_data, consult_data};
use world::{World, config};

/// Every kind of call that `callType` names; empty: the platform does not say.
const CALL_TYPES: [&str; 9] = [
    "",
    "normal",
    "consult",
    "consulted",
    "transfer",
    "listen",
    "whisper",
    "forceInsert",
    "intercept",
];

/// Situations in which the agent is heard, and so can be muted.
const VOICE: [Situation; 4] = [
    Situation::Talking,
    Situation::Consulting,
    Situation::Consulted,
    Situation::Conference,
];

/// The protocol: what may be asked for in a situation.
fn expected(situation: Situation, supervisor: bool, muted: bool) -> BTreeSet<&'static str> {
    use Situation::*;
    let mut requests = BTreeSet::from(["login", "reconnect"]);
    if situation == SignedOut {
        return requests;
    }
    requests.extend(["heartbeat", "groupInfo", "idleAgent", "groupQueueNum"]);
    let own: &[&str] = match situation {
        SignedOut => &[],
        Resting | Ready | Busy | WrapUp => &["logout", "idle", "busy", "makeCall"],
        Locked => &["logout"],
        SettingUp | Consulted | Conference | Watching => &["cancelCall", "sendDTMF"],
        Talking => &[
            "cancelCall",
            "sendDTMF",
            "hold",
            "transferCall",
            "consultCall",
        ],
        Holding => &["cancelCall", "sendDTMF", "unHold"],
        Transferring => &["cancelCall", "sendDTMF", "transferCancel"],
        ConsultRinging => &["cancelCall", "sendDTMF", "consultCancel"],
        Consulting => &[
            "cancelCall",
            "sendDTMF",
            "consultCancel",
            "consultTransfer",
            "tripartiteTalk",
        ],
    };
    requests.extend(own);
    if VOICE.contains(&situation) {
        requests.insert(if muted { "unmute" } else { "mute" });
    }
    if supervisor {
        requests.extend(["surveillance", "forceIdle", "forceBusy", "forceLogout"]);
        requests.insert("forceBreak");
        match situation {
            Ready | Busy => requests.extend(["listen", "whisper", "forceInsert", "intercept"]),
            Watching => requests.extend(["listen", "whisper", "forceInsert"]),
            _ => {}
        }
    }
    requests
}

/// The protocol: what a state means for a call of a kind, where nothing came before it.
fn meaning(state: EventName, call_type: &str) -> Situation {
    use Situation::*;
    let talk = match call_type {
        "consult" => Consulting,
        "consulted" => Consulted,
        "listen" | "whisper" | "forceInsert" => Watching,
        _ => Talking,
    };
    match state.as_str() {
        "Logout" | "Kick" => SignedOut,
        "Idle" => Ready,
        "Busy" => Busy,
        "After" => WrapUp,
        "Lock" => Locked,
        "MakeCall" | "AgentOriginate" | "AgentRinging" | "AgentAnswer" | "CalledRinging"
        | "CalledAnswer" | "Listen" | "Whisper" | "ForceInsert" | "Intercept" | "Intercepting" => {
            SettingUp
        }
        "Hold" => Holding,
        "TransferCall" | "TransferCalling" => Transferring,
        "ConsultCall" | "ConsultCalling" => ConsultRinging,
        "TripartiteTalk" | "TripartiteTalking" => Conference,
        "Listening" | "Whispering" | "ForceInserting" => Watching,
        // The consultation is over, whatever kind of leg it was: back to the customer.
        "ConsultCallFail" | "ConsultCancel" if talk == Consulting => Talking,
        "Conversation" | "Mute" | "Unmute" | "UnHold" | "TransferCallFail" | "TransferCancel"
        | "ConsultCallFail" | "ConsultCancel" | "TripartiteTalkFail" => talk,
        _ => Resting,
    }
}

fn is_allowed(world: &World, request: &str) -> bool {
    world.session.allowed(request).is_ok()
}

/// What the session allows, of all that it knows.
fn allowed(world: &World) -> BTreeSet<&'static str> {
    let names = RULES.iter().map(|rule| rule.request);
    names.filter(|name| is_allowed(world, name)).collect()
}

/// An agent or a supervisor who is brought into a situation; the agent of a link without a login where it is none.
fn brought(situation: Situation, supervisor: bool) -> World {
    let mut world = World::new();
    world.peer.login["agentType"] = json!(i32::from(supervisor));
    world.login();
    world.bring(situation);
    world
}

fn data(call_type: &str) -> Value {
    if call_type.is_empty() {
        json!({})
    } else {
        json!({"callType": call_type})
    }
}

// ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn every_request_is_allowed_exactly_where_the_protocol_allows_it() {
    for situation in Situation::ALL {
        for supervisor in [false, true] {
            for muted in [false, true] {
                let call = Call {
                    muted,
                    ..Call::default()
                };
                let expected = expected(*situation, supervisor, muted);
                for rule in RULES {
                    let result = rules::check(rule.request, *situation, Some(&call), supervisor);
                    assert_eq!(
                        result.is_ok(),
                        expected.contains(rule.request),
                        "{} {situation:?} supervisor {supervisor} muted {muted}",
                        rule.request
                    );
                }
            }
        }
    }
}

#[test]
fn the_table_names_every_request_once_and_no_other() {
    let mut all = BTreeSet::new();
    for situation in Situation::ALL {
        for muted in [false, true] {
            all.extend(expected(*situation, true, muted));
        }
    }
    let rows: Vec<&str> = RULES.iter().map(|rule| rule.request).collect();
    assert_eq!(rows.len(), all.len(), "{rows:?}");
    assert_eq!(rows.into_iter().collect::<BTreeSet<_>>(), all);
    for rule in RULES {
        let found = Rule::of(rule.request).map(|found| found.request);
        assert_eq!(found, Some(rule.request));
    }
    assert!(Rule::of("anything").is_none());
    assert!(Rule::of("").is_none());
}

#[test]
fn every_command_with_a_name_of_ours_has_a_row() {
    for command in every_command() {
        let other = matches!(command, Command::Other { .. });
        assert_eq!(Rule::of(command.request()).is_none(), other, "{command:?}");
    }
}

#[test]
fn a_row_lists_the_situations_that_it_allows() {
    for rule in RULES {
        let listed: Vec<Situation> = rule.situations().collect();
        let all = Situation::ALL.iter().copied();
        let allowed: Vec<Situation> = all.filter(|s| rule.allows(*s)).collect();
        assert_eq!(listed, allowed, "{}", rule.request);
        assert!(!listed.is_empty(), "{} is never allowed", rule.request);
    }
}

#[test]
fn every_situation_has_words_of_its_own_for_programs_and_people() {
    let all = Situation::ALL;
    for (at, situation) in all.iter().enumerate() {
        let said = |tag| situation.words().say(Lang::of(tag));
        assert!(!said("zh-CN").is_ascii(), "{situation:?}");
        assert!(said("en").is_ascii(), "{situation:?}");
        assert!(Lang::all().all(|lang| !situation.words().say(lang).is_empty()));
        let others = &all[..at];
        assert!(others.iter().all(|s| s.as_str() != situation.as_str()));
        assert!(others.iter().all(|s| s.words() != situation.words()));
    }
}

// ── the session ──────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_session_allows_what_the_table_does_in_every_situation() {
    for situation in Situation::ALL {
        for supervisor in [false, true] {
            let world = brought(*situation, supervisor);
            assert_eq!(world.session.situation(), *situation);
            assert_eq!(
                allowed(&world),
                expected(*situation, supervisor, false),
                "{situation:?} supervisor {supervisor}"
            );
            let snapshot = world.snapshot("allowed");
            let names: Vec<&str> = RULES.iter().map(|rule| rule.request).collect();
            let expected: Vec<&str> = names
                .into_iter()
                .filter(|name| is_allowed(&world, name))
                .collect();
            assert_eq!(snapshot, json!(expected), "{situation:?}");
        }
    }
}

#[test]
fn a_muted_agent_can_only_be_heard_again() {
    for situation in VOICE {
        for call_type in ["as told", ""] {
            let mut world = brought(situation, true);
            let call = world.session.call().expect("a call");
            let told = match situation {
                Situation::Consulting => "consult",
                _ => call.call_type.as_str(),
            };
            let data = data(if call_type.is_empty() { "" } else { told });
            world.event("Mute", data.clone());
            assert_eq!(world.session.situation(), situation, "{data}");
            assert_eq!(
                allowed(&world),
                expected(situation, true, true),
                "{situation:?} {data}"
            );
            world.event("Unmute", data.clone());
            assert_eq!(world.session.situation(), situation, "{data}");
            assert_eq!(
                allowed(&world),
                expected(situation, true, false),
                "{situation:?} {data}"
            );
        }
    }
}

#[test]
fn without_a_link_only_a_login_is_allowed() {
    let mut world = World::new();
    assert_eq!(world.session.situation(), Situation::SignedOut);
    assert_eq!(
        allowed(&world),
        expected(Situation::SignedOut, false, false)
    );
    world.peer.answers = false;
    world.connect();
    assert_eq!(world.session.situation(), Situation::SignedOut);

    let mut world = brought(Situation::Talking, true);
    world.peer.listens = false;
    world.lose();
    assert_eq!(world.session.situation(), Situation::SignedOut);
    assert_eq!(allowed(&world), expected(Situation::SignedOut, true, false));
    assert!(world.session.call().is_some(), "the platform goes on");
    world.peer.state = "Conversation";
    world.peer.present = call_data("normal");
    world.peer.listens = true;
    world.advance(60_000);
    assert_eq!(world.session.situation(), Situation::Talking);
}

#[test]
fn while_the_platform_has_not_answered_a_reconnect_nothing_else_is_allowed() {
    let mut world = World::with(config(), Some("tok123"), 1);
    world.peer.answers = false;
    world.connect();
    assert!(world.session.is_login());
    assert_eq!(world.session.situation(), Situation::SignedOut);
    assert!(!is_allowed(&world, "idle"));
}

#[test]
fn a_request_that_nobody_knows_is_always_allowed() {
    for situation in Situation::ALL {
        for supervisor in [false, true] {
            let result = rules::check("anything", *situation, None, supervisor);
            assert_eq!(result, Ok(()), "{situation:?}");
        }
    }
    assert_eq!(World::new().session.allowed("anything"), Ok(()));
}

// ── why not ──────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_refusal_says_what_the_agent_is_doing() {
    for situation in Situation::ALL {
        let doing = situation.words();
        let expected = expected(*situation, true, false);
        for rule in RULES.iter().filter(|r| !expected.contains(r.request)) {
            // Who is not muted cannot be unmuted: that is another reason.
            if rule.request == "unmute" && VOICE.contains(situation) {
                continue;
            }
            let request = rule.request.to_owned();
            let result = rules::check(rule.request, *situation, None, true);
            assert_eq!(result, Err(Fault::NotAllowed { request, doing }));
        }
    }
}

#[test]
fn a_refusal_to_mute_twice_says_so() {
    for situation in VOICE {
        for (request, muted, en) in [
            ("mute", true, "is muted already"),
            ("unmute", false, "is not muted"),
        ] {
            let call = Call {
                muted,
                ..Call::default()
            };
            let result = rules::check(request, situation, Some(&call), false);
            let fault = result.expect_err("it is so already");
            assert!(
                matches!(&fault, Fault::NotAllowed { doing, .. } if doing.say(Lang::of("en")) == en),
                "{fault:?}"
            );
        }
    }
}

#[test]
fn an_agent_is_told_that_a_request_is_for_supervisors() {
    for situation in Situation::ALL {
        for rule in RULES.iter().filter(|rule| rule.supervisor) {
            let request = rule.request.to_owned();
            let result = rules::check(rule.request, *situation, None, false);
            if *situation == Situation::SignedOut {
                // Who is not logged in may be one.
                assert!(matches!(result, Err(Fault::NotAllowed { .. })));
            } else {
                assert_eq!(result, Err(Fault::NotSupervisor { request }));
            }
        }
    }
}

// ── parts that are switched off ──────────────────────────────────────────────────────────────────────────────────

/// Each part and its requests.
const FEATURES: [(&str, &[&str]); 8] = [
    ("dial", &["makeCall"]),
    ("hold", &["hold", "unHold"]),
    ("mute", &["mute", "unmute"]),
    ("dtmf", &["sendDTMF"]),
    ("transfer", &["transferCall", "transferCancel"]),
    (
        "consult",
        &["consultCall", "consultCancel", "consultTransfer"],
    ),
    ("conference", &["tripartiteTalk"]),
    (
        "supervisor",
        &[
            "surveillance",
            "forceIdle",
            "forceBusy",
            "forceLogout",
            "forceBreak",
            "listen",
            "whisper",
            "forceInsert",
            "intercept",
        ],
    ),
];

#[test]
fn every_row_belongs_to_the_part_that_switches_it_off() {
    for rule in RULES {
        let part = FEATURES.iter().find(|(_, r)| r.contains(&rule.request));
        assert_eq!(
            rule.feature,
            part.map_or("", |(feature, _)| *feature),
            "{}",
            rule.request
        );
    }
}

#[test]
fn a_part_that_is_switched_off_is_refused_everywhere_and_nothing_else_is() {
    for (feature, requests) in FEATURES {
        for situation in Situation::ALL {
            let mut config = config();
            config.off = vec![feature];
            let mut world = World::with(config, None, 1);
            world.peer.login["agentType"] = json!(1);
            world.login();
            world.bring(*situation);
            let mut expected = expected(*situation, true, false);
            expected.retain(|request| !requests.contains(request));
            assert_eq!(allowed(&world), expected, "{feature} {situation:?}");
            for request in requests {
                let result = world.session.allowed(request);
                assert_eq!(result, Err(Fault::FeatureOff { feature }), "{request}");
            }
        }
    }
}

#[test]
fn a_part_that_is_switched_off_is_refused_to_the_old_methods_too() {
    for (feature, requests) in FEATURES {
        let mut config = config();
        config.off = vec![feature];
        let mut world = World::with(config, None, 1);
        world.login();
        for command in every_command() {
            world.clear();
            let off = requests.contains(&command.request());
            let result = world.handle(Input::Command(command));
            if off {
                assert_eq!(result, Err(Fault::FeatureOff { feature }));
                assert!(world.sent.is_empty());
            } else {
                assert!(result.is_ok(), "{feature} off: {result:?}");
            }
        }
    }
}

// ── what a state means ───────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn every_state_with_every_kind_of_call_is_one_situation() {
    for name in EventName::ALL {
        for call_type in CALL_TYPES {
            let mut world = World::supervisor();
            world.event(name.as_str(), data(call_type));
            assert_eq!(
                world.session.situation(),
                meaning(*name, call_type),
                "{name:?} {call_type:?}"
            );
        }
    }
}

#[test]
fn a_state_without_a_call_is_a_situation_too() {
    for name in EventName::ALL {
        let state = State::Told(*name);
        assert_eq!(Situation::of(&state, None), meaning(*name, ""), "{name:?}");
    }
    for state in [State::Closed, State::Disconnected, State::Connected] {
        assert_eq!(Situation::of(&state, None), Situation::SignedOut);
        let call = Call::default();
        assert_eq!(Situation::of(&state, Some(&call)), Situation::SignedOut);
    }
}

#[test]
fn a_situation_with_a_call_is_one_in_which_the_agent_can_hang_up() {
    for situation in Situation::ALL {
        let hangs_up = expected(*situation, false, false).contains("cancelCall");
        assert_eq!(situation.in_call(), hangs_up, "{situation:?}");
    }
}

#[test]
fn a_hold_that_is_told_with_the_state_of_a_conversation_is_a_hold() {
    for data in [json!(null), json!({"callType": "normal"})] {
        let mut world = brought(Situation::Talking, false);
        world.tell("Hold", Some("Conversation"), 0, data.clone());
        assert_eq!(world.session.situation(), Situation::Holding);
        assert!(world.session.call().is_some_and(|call| call.held));
        assert_eq!(allowed(&world), expected(Situation::Holding, false, false));
        world.tell("UnHold", Some("Conversation"), 0, data);
        assert_eq!(world.session.situation(), Situation::Talking);
        assert!(world.session.call().is_some_and(|call| !call.held));
        assert_eq!(allowed(&world), expected(Situation::Talking, false, false));
    }
}

#[test]
fn a_mute_that_is_told_with_the_state_of_a_conversation_is_a_mute() {
    let mut world = brought(Situation::Talking, false);
    world.tell("Mute", Some("Conversation"), 0, json!(null));
    assert_eq!(allowed(&world), expected(Situation::Talking, false, true));
    world.tell("Unmute", Some("Conversation"), 0, json!(null));
    assert_eq!(allowed(&world), expected(Situation::Talking, false, false));
}

#[test]
fn a_consultation_is_one_without_call_types_too() {
    let mut bare = consult_data();
    bare.as_object_mut()
        .expect("an object")
        .shift_remove("callType");
    for data in [json!(null), bare] {
        let mut world = brought(Situation::Talking, false);
        for (name, situation) in [
            ("ConsultCall", Situation::ConsultRinging),
            ("ConsultCalling", Situation::ConsultRinging),
            ("Conversation", Situation::Consulting),
            ("Mute", Situation::Consulting),
            ("Unmute", Situation::Consulting),
            ("TripartiteTalk", Situation::Conference),
            ("TripartiteTalking", Situation::Conference),
        ] {
            world.event(name, data.clone());
            assert_eq!(world.session.situation(), situation, "{name} {data}");
            let call = world.session.call().expect("a call");
            assert_eq!(call.party, world::scene::CUSTOMER, "{name} {data}");
        }
        world.event("Conversation", json!(null));
        assert_eq!(world.session.situation(), Situation::Talking, "{data}");
    }
}

#[test]
fn wrap_up_needs_no_call_and_readiness_no_wrap_up() {
    let mut world = brought(Situation::Talking, false);
    world.event("Idle", json!(null));
    assert_eq!(world.session.situation(), Situation::Ready);
    world.event("After", after_data(1019));
    assert_eq!(world.session.situation(), Situation::WrapUp);
    world.event("Idle", json!(null));
    assert_eq!(world.session.situation(), Situation::Ready);
    assert_eq!(allowed(&world), expected(Situation::Ready, false, false));
}

#[test]
fn a_state_that_nobody_knows_ends_no_call() {
    for situation in [
        Situation::Talking,
        Situation::Consulting,
        Situation::Consulted,
        Situation::Conference,
        Situation::Watching,
    ] {
        let mut world = brought(situation, true);
        let before = world.session.call().cloned();
        world.tell("Teleport", Some("Teleporting"), 0, json!(null));
        assert_eq!(
            world.session.state(),
            &State::Unknown("Teleporting".into()),
            "{situation:?}"
        );
        let call = world.session.call();
        assert_eq!(
            call.map(|c| (&c.id, &c.party, c.talking_since)),
            before.as_ref().map(|c| (&c.id, &c.party, c.talking_since)),
            "{situation:?}"
        );
        assert!(is_allowed(&world, "cancelCall"), "{situation:?}");
    }
}

#[test]
fn a_state_that_nobody_knows_begins_no_call() {
    let mut world = brought(Situation::Ready, false);
    world.tell("Teleport", Some("Teleporting"), 0, json!(null));
    assert_eq!(world.session.call(), None);
    assert_eq!(world.session.situation(), Situation::Resting);
    let state = State::Unknown("Teleporting".into());
    let of = |call: &Call| Situation::of(&state, Some(call));
    assert_eq!(Situation::of(&state, None), Situation::Resting);
    assert_eq!(of(&Call::default()), Situation::Talking);
    for (call, situation) in [
        (
            Call {
                held: true,
                ..Call::default()
            },
            Situation::Holding,
        ),
        (
            Call {
                conference: true,
                ..Call::default()
            },
            Situation::Conference,
        ),
        (
            Call {
                consult: Some("1002".into()),
                ..Call::default()
            },
            Situation::Consulting,
        ),
        (
            Call {
                call_type: "consulted".into(),
                ..Call::default()
            },
            Situation::Consulted,
        ),
        (
            Call {
                call_type: "whisper".into(),
                ..Call::default()
            },
            Situation::Watching,
        ),
    ] {
        assert_eq!(of(&call), situation);
    }
}
