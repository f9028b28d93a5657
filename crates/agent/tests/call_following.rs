//! What is known of a call while it is held, muted, transferred, consulted on and joined: played event by event.

mod world;

use agent::command::{MakeCall, Supervise};
use agent::event::Direction;
use agent::rules::Situation;
use agent::session::{Call, Second, Watching};
use agent::{Command, Input};
use serde_json::{Value, json};
use world::World;
use world::scene::{CALL, CUSTOMER, after_data, call_data, consult_data, consulted_data};

/// The colleague who is consulted.
const COLLEAGUE: &str = "1002";

fn agent() -> World {
    let mut world = World::new();
    world.login();
    world.event("Idle", json!({"loginType": "1"}));
    world
}

/// An agent who talks to the customer.
fn talking() -> World {
    let mut world = agent();
    world.event("Conversation", call_data("normal"));
    world
}

/// One who consults a colleague meanwhile.
fn consulting() -> World {
    let mut world = talking();
    world.event("ConsultCall", json!(null));
    world.event("ConsultCalling", consult_data());
    world.event("Conversation", consult_data());
    world
}

/// The colleague.
fn consulted() -> World {
    let mut world = agent();
    for name in ["AgentRinging", "AgentAnswer"] {
        let mut data = consulted_data();
        data.as_object_mut()
            .expect("an object")
            .shift_remove("callType");
        world.event(name, data);
    }
    world.event("Conversation", consulted_data());
    world
}

/// What the platform says of the customer's call when it has come to somebody else.
fn handed_over() -> Value {
    call_data("transfer")
}

fn call(world: &World) -> &Call {
    world.session.call().expect("a call")
}

fn situation(world: &World) -> Situation {
    world.session.situation()
}

/// The other party is the customer, in the one call of every scene.
fn expect_customer(world: &World, after: &str) {
    let call = call(world);
    assert_eq!(
        (call.id.as_str(), call.party.as_str()),
        (CALL, CUSTOMER),
        "{after}"
    );
}

/// Nobody is consulted and nobody joined.
fn expect_two(world: &World, after: &str) {
    let call = call(world);
    assert_eq!(
        (call.consult.as_deref(), call.conference),
        (None, false),
        "{after}"
    );
}

fn expect_no_call(world: &World) {
    assert_eq!(world.session.call(), None);
}

// ── a call ───────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_call_out_is_followed_from_the_first_step() {
    let mut world = agent();
    world.event("MakeCall", json!(null));
    assert_eq!(situation(&world), Situation::SettingUp);
    assert_eq!(
        call(&world),
        &Call::default(),
        "nothing is known of it so far"
    );
    let data = |call_type: Option<&str>| {
        let mut data = json!({
            "callDirection": 2, "caller": "1001", "called": CUSTOMER, "occCallId": CALL,
        });
        if let Some(call_type) = call_type {
            data["callType"] = json!(call_type);
        }
        data
    };
    for name in ["AgentOriginate", "AgentRinging", "AgentAnswer"] {
        world.event(name, data(None));
        assert_eq!(situation(&world), Situation::SettingUp, "{name}");
        expect_customer(&world, name);
        assert_eq!(call(&world).direction, Some(Direction::Outbound));
        assert_eq!(call(&world).call_type, "");
    }
    for name in ["CalledRinging", "CalledAnswer"] {
        world.advance(1000);
        world.event(name, data(Some("normal")));
        assert_eq!(situation(&world), Situation::SettingUp, "{name}");
        assert_eq!(call(&world).call_type, "normal");
        assert_eq!(call(&world).talking_since, None, "{name}");
    }
    world.advance(1000);
    world.event("Conversation", data(Some("normal")));
    assert_eq!(situation(&world), Situation::Talking);
    assert_eq!(call(&world).talking_since, Some(world.event_time()));
    expect_customer(&world, "Conversation");
    world.event("CancelCall", json!(null));
    expect_customer(&world, "CancelCall");
    world.event("After", after_data(0));
    assert_eq!(situation(&world), Situation::WrapUp);
    expect_no_call(&world);
}

#[test]
fn a_call_in_is_followed_from_the_first_step() {
    let mut world = agent();
    let mut data = call_data("normal");
    data["inQueueTime"] = json!("1795308000000");
    for (name, situation_then) in [
        ("AgentRinging", Situation::SettingUp),
        ("AgentAnswer", Situation::SettingUp),
        ("Conversation", Situation::Talking),
    ] {
        world.event(name, data.clone());
        assert_eq!(situation(&world), situation_then);
        assert_eq!(call(&world).direction, Some(Direction::Inbound));
        expect_customer(&world, name);
    }
    world.event("After", after_data(0));
    expect_no_call(&world);
    let wrap_up = world.session.wrap_up().expect("a wrap-up");
    assert!(wrap_up.other_hung_up);
    assert_eq!(wrap_up.cause, Some(0));
}

#[test]
fn a_call_that_fails_leaves_nothing() {
    for (name, data) in [
        (
            "MakeCallFail",
            json!({"cause": "话机未注册", "causeCode": 1066}),
        ),
        ("ListenFail", json!(null)),
        ("WhisperFail", json!(null)),
        ("ForceInsertFail", json!(null)),
        ("InterceptFail", json!(null)),
    ] {
        let mut world = agent();
        world.event("AgentRinging", call_data("normal"));
        world.event(name, data);
        expect_no_call(&world);
        world.event("Busy", json!({"currentBusyType": ""}));
        assert_eq!(situation(&world), Situation::Busy);
        expect_no_call(&world);
        assert_eq!(world.session.wrap_up(), None);
    }
}

#[test]
fn what_an_event_does_not_say_of_a_call_stays_as_it_was() {
    let mut world = talking();
    let before = call(&world).clone();
    for data in [
        json!(null),
        json!({}),
        json!({"caller": "", "occCallId": "", "callType": ""}),
        json!({"caller": null, "occCallId": null, "callType": null, "callDirection": 9}),
    ] {
        world.advance(1000);
        world.event("Conversation", data);
        assert_eq!(call(&world), &before);
    }
}

// ── hold and mute ────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_hold_lasts_until_the_other_party_is_heard_again() {
    let mut world = talking();
    world.event("Hold", json!(null));
    assert_eq!(situation(&world), Situation::Holding);
    assert!(call(&world).held);
    expect_customer(&world, "Hold");
    world.event("UnHold", json!({"callType": "normal"}));
    assert_eq!(situation(&world), Situation::Talking);
    assert!(!call(&world).held);
    expect_customer(&world, "UnHold");
    assert_eq!(call(&world).call_type, "normal");
}

#[test]
fn a_mute_lasts_until_the_agent_is_heard_again() {
    for call_type in ["normal", "transfer", "consulted"] {
        let mut world = agent();
        world.event("Conversation", call_data(call_type));
        world.event("Mute", json!({"callType": call_type}));
        assert!(call(&world).muted);
        assert_eq!(call(&world).call_type, call_type);
        world.event("Unmute", json!({"callType": call_type}));
        assert!(!call(&world).muted);
        assert_eq!(call(&world).call_type, call_type);
        expect_customer(&world, call_type);
    }
}

#[test]
fn a_mute_outlasts_everything_but_the_word_that_ends_it() {
    let mut world = talking();
    world.advance(1000);
    world.event("Mute", json!({"callType": "normal"}));
    let muted_at = Some(world.event_time());
    for (name, data) in [
        ("Hold", json!(null)),
        ("UnHold", json!({"callType": "normal"})),
        ("TransferCall", json!(null)),
        ("TransferCallFail", json!(null)),
        ("ConsultCall", json!(null)),
        ("ConsultCalling", consult_data()),
        ("Conversation", consult_data()),
        ("ConsultCancel", json!({"callType": "normal"})),
        ("Conversation", call_data("normal")),
    ] {
        world.advance(1000);
        world.event(name, data);
        let call = call(&world);
        assert!(call.muted, "{name}");
        assert_eq!(call.muted_at, muted_at, "{name}");
    }
    assert_eq!(world.session.allowed("unmute"), Ok(()));
    assert!(world.session.allowed("mute").is_err(), "it is muted");
    world.event("Unmute", json!({"callType": "normal"}));
    assert!(!call(&world).muted);
    assert_eq!(call(&world).muted_at, None);
}

#[test]
fn a_mute_ends_with_its_call() {
    let mut world = talking();
    world.event("Mute", json!({"callType": "normal"}));
    world.event("After", after_data(0));
    world.event("Conversation", call_data("normal"));
    assert!(!call(&world).muted);
    // A platform may leave out the end of a call.
    world.event("Mute", json!({"callType": "normal"}));
    let mut next = call_data("normal");
    next["occCallId"] = json!("c-2");
    world.event("Conversation", next);
    assert!(!call(&world).muted);
}

#[test]
fn a_mute_does_not_end_a_consultation_nor_a_conference() {
    for data in [json!(null), json!({"callType": "consult"})] {
        let mut world = consulting();
        for (name, muted) in [("Mute", true), ("Unmute", false)] {
            world.event(name, data.clone());
            assert_eq!(situation(&world), Situation::Consulting, "{name}");
            assert_eq!(call(&world).muted, muted);
            assert_eq!(call(&world).consult.as_deref(), Some(COLLEAGUE), "{name}");
            expect_customer(&world, name);
        }
        world.event("TripartiteTalking", json!(null));
        for (name, muted) in [("Mute", true), ("Unmute", false)] {
            world.event(name, data.clone());
            assert_eq!(situation(&world), Situation::Conference, "{name}");
            assert_eq!(call(&world).muted, muted);
        }
    }
}

#[test]
fn a_key_changes_nothing() {
    let mut world = talking();
    let before = call(&world).clone();
    world.tell("SendDTMF", None, 0, json!({"dtmf": "5"}));
    assert_eq!(call(&world), &before);
    assert_eq!(situation(&world), Situation::Talking);
}

#[test]
fn a_supervisor_who_joins_is_named_and_changes_nothing_else_for_the_agent() {
    for (name, kind) in [
        ("ForceInserting", Supervise::ForceInsert),
        ("Whispering", Supervise::Whisper),
    ] {
        let mut world = talking();
        let mut expected = call(&world).clone();
        world.tell(name, None, 0, json!({"agentNumber": "1000"}));
        expected.joined_by = Some(Watching {
            kind,
            agent_number: "1000".into(),
        });
        assert_eq!(call(&world), &expected);
        assert_eq!(situation(&world), Situation::Talking);
        assert!(world.exceptions().is_empty());
        // Nobody says when they leave.
        world.event("Hold", json!(null));
        assert_eq!(call(&world).joined_by, expected.joined_by);
        world.event("After", after_data(0));
        world.event("Conversation", call_data("normal"));
        assert_eq!(call(&world).joined_by, None, "that was another call");
    }
}

// ── a second call ────────────────────────────────────────────────────────────────────────────────────────────────

/// What the platform says of another caller.
fn second_data() -> Value {
    json!({
        "callDirection": 1, "caller": "13900139000", "called": "1001", "occCallId": "c-2",
    })
}

#[test]
fn a_call_that_rings_beside_a_conversation_leaves_it_as_it_is() {
    let mut world = talking();
    world.event("Mute", json!({"callType": "normal"}));
    let before = call(&world).clone();
    world.advance(1000);
    world.clear();
    world.event("AgentRinging", second_data());
    assert_eq!(world.names(), ["Message", "AgentRinging"]);
    let second = Second {
        id: "c-2".into(),
        party: "13900139000".into(),
        ringing_at: world.event_time(),
    };
    assert_eq!(world.session.state().as_str(), "Mute");
    assert_eq!(situation(&world), Situation::Talking);
    assert_eq!(call(&world).second, Some(second.clone()));
    let shown = world.snapshot("call")["second"].clone();
    let expected = json!({
        "id": "c-2", "party": "13900139000", "ringingAt": second.ringing_at,
    });
    assert_eq!(shown, expected);
    world.advance(1000);
    world.event("AgentRinging", second_data());
    assert_eq!(call(&world).second, Some(second), "it rings no longer");
    // Nobody takes it.
    let mut after = after_data(1019);
    after["occCallId"] = json!("c-2");
    world.event("After", after);
    assert_eq!(situation(&world), Situation::Talking);
    assert_eq!(call(&world), &before);
}

#[test]
fn the_end_of_a_second_call_settles_nothing_of_the_first() {
    let mut world = talking();
    let asked = world.request(Command::Hold).expect("allowed");
    world.event("AgentRinging", second_data());
    let mut after = after_data(1019);
    after["occCallId"] = json!("c-2");
    world.event("After", after);
    assert_eq!(world.settled(), [], "it is still to come");
    world.tell("Hold", Some("Hold"), asked, json!(null));
    assert_eq!(world.settled(), [(asked, Ok(()))]);
}

#[test]
fn a_second_call_that_is_taken_is_the_present_one() {
    let mut world = talking();
    world.event("AgentRinging", second_data());
    world.event("AgentAnswer", second_data());
    assert_eq!(call(&world).id, CALL);
    assert_eq!(situation(&world), Situation::Talking);
    world.advance(1000);
    world.event("Conversation", second_data());
    assert_eq!(call(&world).id, "c-2");
    assert_eq!(call(&world).party, "13900139000");
    assert_eq!(call(&world).talking_since, Some(world.event_time()));
    assert_eq!(call(&world).second, None);
}

#[test]
fn the_first_call_may_end_while_a_second_one_rings() {
    let mut world = talking();
    world.event("AgentRinging", second_data());
    world.event("After", after_data(0));
    assert_eq!(situation(&world), Situation::WrapUp);
    expect_no_call(&world);
    world.event("AgentRinging", second_data());
    assert_eq!(situation(&world), Situation::SettingUp);
    assert_eq!(call(&world).id, "c-2");
}

#[test]
fn a_call_that_rings_instead_of_one_that_rang_replaces_it() {
    let mut world = agent();
    world.event("AgentRinging", call_data("normal"));
    world.event("AgentRinging", second_data());
    assert_eq!(call(&world).id, "c-2");
    assert_eq!(call(&world).second, None);
}

// ── transfer ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_blind_transfer_ends_the_call_at_once() {
    let mut world = talking();
    world.event("TransferCall", json!(null));
    assert_eq!(situation(&world), Situation::Transferring);
    expect_customer(&world, "TransferCall");
    world.event("After", after_data(1600));
    expect_no_call(&world);
    let wrap_up = world.session.wrap_up().expect("a wrap-up");
    assert_eq!(wrap_up.cause, Some(1600));
}

#[test]
fn an_attended_transfer_ends_the_call_when_the_target_answers() {
    let mut world = talking();
    world.event("TransferCall", json!(null));
    world.event("TransferCalling", json!({"callType": "transfer"}));
    assert_eq!(situation(&world), Situation::Transferring);
    expect_customer(&world, "TransferCalling");
    world.event("After", after_data(1601));
    expect_no_call(&world);
}

#[test]
fn a_transfer_that_fails_or_is_called_off_leads_back_to_the_customer() {
    for calling in [true, false] {
        for name in ["TransferCallFail", "TransferCancel"] {
            let mut world = talking();
            let since = call(&world).talking_since;
            world.advance(1000);
            world.event("TransferCall", json!(null));
            if calling {
                world.event("TransferCalling", json!({"callType": "transfer"}));
            }
            world.advance(1000);
            world.event(name, json!(null));
            assert_eq!(situation(&world), Situation::Talking, "{name}");
            expect_customer(&world, name);
            expect_two(&world, name);
            assert_eq!(call(&world).talking_since, since);
            assert_eq!(world.session.allowed("transferCall"), Ok(()), "once more");
        }
    }
}

#[test]
fn who_gets_a_transferred_call_talks_to_the_customer() {
    let mut world = agent();
    let mut ringing = handed_over();
    ringing
        .as_object_mut()
        .expect("an object")
        .shift_remove("callType");
    world.event("AgentRinging", ringing.clone());
    world.event("AgentAnswer", ringing);
    world.event("Conversation", handed_over());
    assert_eq!(situation(&world), Situation::Talking);
    expect_customer(&world, "Conversation");
    assert_eq!(call(&world).call_type, "transfer");
    assert_eq!(call(&world).direction, Some(Direction::Inbound));
}

// ── consultation ─────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_party_stays_the_customer_while_somebody_is_consulted() {
    let mut world = talking();
    let since = call(&world).talking_since;
    world.advance(1000);
    world.event("ConsultCall", json!(null));
    assert_eq!(situation(&world), Situation::ConsultRinging);
    expect_customer(&world, "ConsultCall");
    for (name, situation_then) in [
        ("ConsultCalling", Situation::ConsultRinging),
        ("Conversation", Situation::Consulting),
    ] {
        world.advance(1000);
        world.event(name, consult_data());
        assert_eq!(situation(&world), situation_then, "{name}");
        expect_customer(&world, name);
        let call = call(&world);
        assert_eq!(call.consult.as_deref(), Some(COLLEAGUE), "{name}");
        assert_eq!(call.direction, Some(Direction::Inbound), "{name}");
        assert!(!call.conference, "{name}");
        assert_eq!(call.talking_since, since, "{name}");
    }
}

#[test]
fn a_consultation_that_ends_leads_back_to_the_customer() {
    for answered in [true, false] {
        for name in ["ConsultCancel", "ConsultCallFail"] {
            for data in [
                json!(null),
                json!({"callType": "normal"}),
                json!({"callType": "consult"}),
            ] {
                let mut world = talking();
                world.event("ConsultCall", json!(null));
                world.event("ConsultCalling", consult_data());
                if answered {
                    world.event("Conversation", consult_data());
                }
                world.event(name, data.clone());
                let after = format!("{name} {data}, answered {answered}");
                assert_eq!(situation(&world), Situation::Talking, "{after}");
                expect_customer(&world, &after);
                expect_two(&world, &after);
                assert_eq!(call(&world).call_type, "normal", "{after}");
                assert_eq!(world.session.allowed("consultCall"), Ok(()), "{after}");
                assert!(world.session.allowed("consultTransfer").is_err(), "{after}");
            }
        }
    }
}

#[test]
fn a_consultation_of_a_group_without_an_idle_agent_fails_before_it_rings() {
    let mut world = talking();
    world.event("ConsultCall", json!(null));
    world.event("ConsultCallFail", json!(null));
    assert_eq!(situation(&world), Situation::Talking);
    expect_customer(&world, "ConsultCallFail");
    expect_two(&world, "ConsultCallFail");
}

#[test]
fn a_second_consultation_is_of_somebody_else() {
    let mut world = consulting();
    world.event("ConsultCancel", json!({"callType": "normal"}));
    world.event("ConsultCall", json!(null));
    assert_ne!(
        call(&world).consult.as_deref(),
        Some(COLLEAGUE),
        "that was the one before"
    );
    let mut other = consult_data();
    other["called"] = json!("1003");
    world.event("ConsultCalling", other);
    assert_eq!(call(&world).consult.as_deref(), Some("1003"));
    expect_customer(&world, "ConsultCalling");
}

#[test]
fn a_consultation_transfer_ends_the_call_for_who_consulted() {
    let mut world = consulting();
    world.event("ConsultTransfer", json!(null));
    expect_customer(&world, "ConsultTransfer");
    world.event("After", after_data(1601));
    expect_no_call(&world);
    assert_eq!(situation(&world), Situation::WrapUp);
}

#[test]
fn who_is_consulted_talks_to_the_colleague_and_gets_the_customer_by_a_transfer() {
    let mut world = consulted();
    assert_eq!(situation(&world), Situation::Consulted);
    assert_eq!(call(&world).party, COLLEAGUE);
    assert_eq!(call(&world).call_type, "consulted");
    assert_eq!(call(&world).consult, None, "that is the other one's");
    let since = call(&world).talking_since;
    world.advance(5000);
    world.event("Conversation", handed_over());
    assert_eq!(situation(&world), Situation::Talking);
    expect_customer(&world, "Conversation");
    assert_eq!(call(&world).call_type, "transfer");
    assert_eq!(call(&world).talking_since, since, "it is the same call");
}

#[test]
fn who_is_consulted_is_free_when_the_consultation_ends() {
    let mut world = consulted();
    world.event("ConsultedCancel", json!(null));
    assert!(
        world.session.call().is_some(),
        "it ends with what comes after"
    );
    world.event("After", after_data(0));
    expect_no_call(&world);
    assert_eq!(situation(&world), Situation::WrapUp);
}

#[test]
fn the_customer_may_hang_up_during_a_consultation() {
    let mut world = consulting();
    world.event("After", after_data(0));
    expect_no_call(&world);
    let wrap_up = world.session.wrap_up().expect("a wrap-up");
    assert!(wrap_up.other_hung_up);
    assert!(wrap_up.talked.is_some());
}

// ── conference ───────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_conference_lasts_until_somebody_leaves() {
    let mut world = consulting();
    world.event("TripartiteTalk", json!(null));
    assert_eq!(situation(&world), Situation::Conference);
    world.event("TripartiteTalking", json!(null));
    assert_eq!(situation(&world), Situation::Conference);
    assert!(call(&world).conference);
    expect_customer(&world, "TripartiteTalking");
    // The colleague leaves.
    world.event("Conversation", call_data("normal"));
    assert_eq!(situation(&world), Situation::Talking);
    expect_customer(&world, "Conversation");
    expect_two(&world, "Conversation");
    assert_eq!(call(&world).call_type, "normal");
}

#[test]
fn who_consulted_may_leave_a_conference_to_the_two_others() {
    let mut world = consulted();
    world.event("TripartiteTalking", json!(null));
    assert_eq!(situation(&world), Situation::Conference);
    assert!(call(&world).conference);
    world.event("Conversation", handed_over());
    assert_eq!(situation(&world), Situation::Talking);
    expect_customer(&world, "Conversation");
    expect_two(&world, "Conversation");
    assert_eq!(call(&world).call_type, "transfer");
}

#[test]
fn a_conference_that_fails_leads_back_to_the_consultation() {
    let mut world = consulting();
    world.event("TripartiteTalk", json!(null));
    world.event("TripartiteTalkFail", json!(null));
    assert_eq!(situation(&world), Situation::Consulting);
    world.event("Conversation", consult_data());
    assert_eq!(situation(&world), Situation::Consulting);
    assert!(!call(&world).conference);
    assert_eq!(call(&world).consult.as_deref(), Some(COLLEAGUE));
    expect_customer(&world, "Conversation");
}

#[test]
fn the_customer_may_leave_a_conference() {
    for mut world in [consulting(), consulted()] {
        world.event("TripartiteTalking", json!(null));
        world.event("After", after_data(0));
        expect_no_call(&world);
    }
}

#[test]
fn the_call_after_a_conference_is_none() {
    let mut world = consulting();
    world.event("TripartiteTalking", json!(null));
    world.event("After", after_data(0));
    let mut next = call_data("normal");
    next["occCallId"] = json!("c-2");
    world.event("Conversation", next);
    assert_eq!(situation(&world), Situation::Talking);
    expect_two(&world, "the next call");
}

// ── supervisor ───────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_supervisor_is_in_the_watched_call_and_may_change_how() {
    let mut world = World::in_situation(Situation::Watching);
    expect_customer(&world, "Listening");
    assert_eq!(call(&world).call_type, "listen");
    let since = call(&world).talking_since;
    for (first, last, call_type) in [
        ("Whisper", "Whispering", "whisper"),
        ("ForceInsert", "ForceInserting", "forceInsert"),
        ("Listen", "Listening", "listen"),
    ] {
        world.advance(1000);
        world.event(first, json!(null));
        world.event(last, call_data(call_type));
        assert_eq!(situation(&world), Situation::Watching, "{last}");
        expect_customer(&world, last);
        assert_eq!(call(&world).call_type, call_type);
        assert_eq!(call(&world).talking_since, since);
    }
    world.event("CancelCall", json!(null));
    world.event("After", after_data(0));
    expect_no_call(&world);
}

#[test]
fn a_supervisor_who_intercepts_has_the_customer() {
    let mut world = World::in_situation(Situation::Ready);
    world.event("Intercept", json!(null));
    for name in ["AgentRinging", "AgentAnswer", "Intercepting"] {
        world.event(name, call_data("intercept"));
        assert_eq!(situation(&world), Situation::SettingUp, "{name}");
    }
    world.event("Conversation", call_data("intercept"));
    assert_eq!(situation(&world), Situation::Talking);
    expect_customer(&world, "Conversation");
    assert_eq!(call(&world).call_type, "intercept");
}

// ── a link that comes back ───────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_call_is_what_it_was_when_the_link_comes_back() {
    for (scene, state, data, situation_then) in [
        (
            Situation::Talking,
            "Conversation",
            call_data("normal"),
            Situation::Talking,
        ),
        (Situation::Holding, "Hold", json!({}), Situation::Holding),
        (
            Situation::Consulting,
            "Conversation",
            consult_data(),
            Situation::Consulting,
        ),
        (
            Situation::Conference,
            "TripartiteTalking",
            json!({}),
            Situation::Conference,
        ),
        (
            Situation::Consulted,
            "Conversation",
            consulted_data(),
            Situation::Consulted,
        ),
        (
            Situation::Watching,
            "Listening",
            call_data("listen"),
            Situation::Watching,
        ),
    ] {
        let mut world = World::in_situation(scene);
        let before = call(&world).clone();
        world.advance(3000);
        world.peer.state = state;
        world.peer.present = data.clone();
        world.lose();
        assert_eq!(situation(&world), situation_then);
        assert_eq!(call(&world), &before, "{scene:?}");
        // The last event of the call comes once more.
        world.event(state, data);
        assert_eq!(situation(&world), situation_then);
        assert_eq!(call(&world), &before, "{scene:?}");
    }
}

/// An agent who has asked for a call to the customer.
fn calling() -> World {
    let mut world = agent();
    let call = MakeCall {
        caller: Some("02161001234".to_owned()),
        ..MakeCall::outside(CUSTOMER.to_owned())
    };
    let asked = world.handle(Input::Command(Command::MakeCall(call)));
    asked.expect("it is sent");
    world.event("MakeCall", json!(null));
    world
}

/// Whom the call was for that can be asked for again.
fn made(world: &World) -> Option<&str> {
    world.session.made().map(|call| call.called.as_str())
}

fn outbound() -> Value {
    json!({"callDirection": 2, "caller": "1001", "called": CUSTOMER, "occCallId": CALL})
}

#[test]
fn whom_the_agent_calls_is_known_before_the_platform_says_it() {
    let world = calling();
    let call = call(&world);
    assert_eq!(
        (call.party.as_str(), call.direction),
        (CUSTOMER, Some(Direction::Outbound))
    );
}

#[test]
fn a_call_that_did_not_come_about_can_be_asked_for_again_as_it_was() {
    let mut world = calling();
    world.event("MakeCallFail", json!({"cause": "久叫不应"}));
    world.event("Idle", json!({"loginType": "1"}));
    let again = world.session.made().expect("the call").clone();
    assert_eq!(again.caller.as_deref(), Some("02161001234"));

    let mut world = calling();
    for name in ["AgentOriginate", "AgentRinging", "CalledRinging"] {
        world.event(name, outbound());
    }
    let mut over = outbound();
    over["cause"] = json!(1017);
    world.event("After", over);
    assert_eq!(made(&world), Some(CUSTOMER));
}

#[test]
fn a_call_in_which_somebody_talked_is_not_asked_for_again() {
    let mut world = calling();
    world.event("Conversation", outbound());
    world.event("After", after_data(0));
    assert_eq!(made(&world), None);
}

#[test]
fn what_another_call_became_says_nothing_of_the_one_before() {
    let mut world = calling();
    world.event("MakeCallFail", json!(null));
    // One that the platform placed by itself.
    world.event("AgentOriginate", outbound());
    assert_eq!(made(&world), None);

    let mut world = calling();
    world.event("MakeCallFail", json!(null));
    world.event("AgentRinging", call_data("normal"));
    assert_eq!(made(&world), None);
}

#[test]
fn a_call_that_the_platform_refuses_to_place_is_none_that_failed() {
    let mut world = agent();
    world.peer.answers = false;
    let call = MakeCall::outside(CUSTOMER.to_owned());
    let asked = world.handle(Input::Command(Command::MakeCall(call)));
    asked.expect("it is sent");
    world.platform_response("makeCall", 1101, "refused");
    assert_eq!(made(&world), None);
}
