//! What the platform says: how it is read, what the page is told, what becomes of state and call.

mod world;

use agent::backend::vcall;
use agent::event::{Direction, Incoming};
use agent::session::Saved;
use agent::{Event, EventName, Fault, Lang, State};
use serde_json::{Value, json};
use world::{World, login_data};

fn read(body: &str) -> Event<'_> {
    match vcall::read(body) {
        Ok(Incoming::Event(event)) => event,
        other => panic!("no event: {other:?}"),
    }
}

fn logged_in() -> World {
    let mut world = World::new();
    world.login();
    world
}

/// An event of this time, ms.
fn at(time: i64, name: &str) -> String {
    json!({"type": "event", "event": name, "nowState": name, "eventTime": time, "data": null})
        .to_string()
}

fn state(world: &World) -> &str {
    world.session.state().as_str()
}

fn call_data() -> Value {
    json!({
        "callDirection": 1, "caller": "13800138000", "called": "1001", "occCallId": "c-1", "callType": "normal",
    })
}

fn after_data(more: Value) -> Value {
    let mut data =
        json!({"cause": 0, "hangupDirection": 1, "agentAutoIdle": 1, "agentAutoIdleTime": 10});
    if let (Value::Object(data), Value::Object(more)) = (&mut data, more) {
        data.extend(more);
    }
    data
}

// ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn numbers_may_be_strings_and_strings_numbers() {
    let event = read(
        r#"{"type":"event","event":"After","nowState":"After","eventTime":"1795308100944","sequence":"7","data":{"callDirection":"2","called":13800138000,"cause":"1600","agentAutoIdle":"1"}}"#,
    );
    assert_eq!(event.event_time, Some(1_795_308_100_944));
    assert_eq!(event.sequence, 7);
    assert_eq!(event.data.direction(), Some(Direction::Outbound));
    assert_eq!(event.data.party().as_deref(), Some("13800138000"));
    assert_eq!(event.data.cause.number(), Some(1600));
    assert_eq!(event.data.agent_auto_idle.number(), Some(1));
}

#[test]
fn every_member_but_type_and_event_may_be_absent() {
    for body in [
        r#"{"type":"event","event":"Idle"}"#,
        r#"{"data":null,"event":"Idle","type":"event","nowState":null,"eventTime":null,"sequence":null}"#,
        r#"{"data":[1],"event":"Idle","nowState":"","type":"event"}"#,
    ] {
        let event = read(body);
        assert_eq!(event.known, Some(EventName::Idle));
        assert_eq!(event.now_state, None);
        assert_eq!((event.event_time, event.sequence), (None, 0));
        assert!(!event.has_data);
        assert_eq!(event.data.known().count(), 0);
    }
}

#[test]
fn every_event_name_is_read_and_the_case_of_letters_counts() {
    for name in EventName::ALL {
        assert_eq!(EventName::parse(name.as_str()), Some(*name));
    }
    assert_eq!(EventName::parse("idle"), None);
    assert_eq!(EventName::parse("UnMute"), None);
}

#[test]
fn unknown_events_and_members_reach_the_page_unchanged() {
    let mut world = logged_in();
    let body = r#"{ "type":"event", "event":"Teleport","nowState":"Teleporting","new":[1,{"a":"\u4e2d"}],"data":{"speed":"9","caller":"1"} }"#;
    world.platform_event(body);
    assert_eq!(
        world.names(),
        ["Message", "StateChange(Teleporting)", "Teleport"]
    );
    assert_eq!(world.received()[0].body, body);
    assert_eq!(world.session.state(), &State::Unknown("Teleporting".into()));
    assert!(world.exceptions().is_empty());
}

#[test]
fn what_is_neither_event_nor_response_is_only_a_message() {
    let mut world = logged_in();
    for body in [r#"{"type":"news"}"#, "{}", "[1]", "\"text\"", "null"] {
        world.clear();
        world.platform_event(body);
        assert_eq!(world.names(), ["Message"], "{body}");
        assert_eq!(world.received()[0].body, body);
    }
    assert_eq!(state(&world), "Login");
}

#[test]
fn a_body_that_is_not_json_is_told_and_the_session_goes_on() {
    let mut world = logged_in();
    world.platform_event("{\"type\":\"event\",}");
    assert_eq!(world.exceptions(), [&Fault::NotJson { offset: 16 }]);
    world.receive(b"MESSAGE\nsubscription:sub-0\n\n{\"a\":\"\xff\"}\0\n");
    assert_eq!(world.count("NOT_JSON"), 2);
    world.clear();
    world.event("Idle", json!(null));
    assert_eq!(world.names(), ["Message", "StateChange(Idle)", "Idle"]);
}

#[test]
fn a_frame_over_eight_megabytes_is_told_and_the_next_one_read() {
    let mut world = logged_in();
    let long = format!(
        "{{\"type\":\"event\",\"event\":\"{}\"}}",
        "x".repeat(8 << 20)
    );
    let frame = world.frame(&long);
    for chunk in frame.as_bytes().chunks(1 << 20) {
        world.receive(chunk);
    }
    world.event("Idle", json!(null));
    assert_eq!(
        world.names(),
        [
            "Exception(FRAME_TOO_LARGE)",
            "Message",
            "StateChange(Idle)",
            "Idle"
        ]
    );
}

#[test]
fn a_frame_that_breaks_the_protocol_is_told_and_the_next_one_read() {
    let mut world = logged_in();
    world.receive(b"HELLO\n\n\0");
    world.event("Idle", json!(null));
    assert_eq!(
        world.names(),
        [
            "Exception(BAD_FRAME)",
            "Message",
            "StateChange(Idle)",
            "Idle"
        ]
    );
}

#[test]
fn the_words_of_a_broker_that_refuses_are_told() {
    let mut world = logged_in();
    world.broker_error("access_refused", "no access to exchange\n");
    let message = "access_refused: no access to exchange".to_owned();
    assert_eq!(world.exceptions()[0], &Fault::Broker { message });
    assert_eq!(
        world.exceptions()[0].message(Lang::of("zh-CN")),
        "消息服务拒绝: access_refused: no access to exchange"
    );
}

// ── telling ──────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_page_is_told_of_message_state_and_event_in_this_order() {
    let mut world = logged_in();
    let body = r#"{"type":"event","event":"Busy","nowState":"Busy","sequence":12,"data":{"currentBusyType":"小休"}}"#;
    world.platform_event(body);
    assert_eq!(world.names(), ["Message", "StateChange(Busy)", "Busy"]);
    let received = world.received();
    assert_eq!(received[0].sequence, 12);
    assert_eq!(received[0].body, body);
    assert!(received[0].head.starts_with("subscription:sub-0\n"));
    assert_eq!(world.session.busy_type(), "小休");
    world.event("Idle", json!(null));
    assert_eq!(world.session.busy_type(), "");
}

#[test]
fn a_login_is_told_before_anything_is_sent_for_it() {
    let mut world = World::new();
    world.connect();
    assert_eq!(
        world.names(),
        [
            "Open",
            "StateChange(connected)",
            "Message",
            "Message",
            "StateChange(Login)",
            "Login",
            "Message"
        ]
    );
    let profile = world.session.profile();
    assert_eq!(profile.busy_types, ["小休", "会议", "培训"]);
    assert!(profile.may_call);
    assert!(!profile.supervisor);
}

#[test]
fn an_event_that_comes_twice_is_told_once() {
    let mut world = logged_in();
    let body = at(1_900_000_000_000, "Idle");
    world.platform_event(&body);
    world.clear();
    world.platform_event(&body);
    assert!(world.emits.is_empty());
    world.platform_event(&format!("{body} "));
    assert_eq!(world.names().len(), 3, "a blank more is another event");
}

#[test]
fn duplicates_are_known_among_the_last_thirty_two() {
    let mut world = logged_in();
    let queue = |n: i32| format!(r#"{{"type":"event","event":"QueueInfo","groupWaitNumber":{n}}}"#);
    world.platform_event(&queue(0));
    for n in 1..32 {
        world.platform_event(&queue(n));
    }
    world.clear();
    world.platform_event(&queue(0));
    assert!(world.emits.is_empty());
    world.platform_event(&queue(32));
    world.platform_event(&queue(0));
    assert_eq!(
        world.names(),
        ["Message", "QueueInfo", "Message", "QueueInfo"]
    );
}

#[test]
fn equal_responses_are_no_duplicates() {
    let mut world = logged_in();
    let body = r#"{"type":"response","response":"idle","sequence":1,"status":0}"#;
    world.platform_event(body);
    world.platform_event(body);
    assert_eq!(world.names(), ["Message", "Message"]);
}

#[test]
fn an_event_from_before_is_told_without_its_state() {
    const TIME: i64 = 1_900_000_000_000;
    let mut world = logged_in();
    world.platform_event(&at(TIME, "Idle"));
    world.clear();
    world.platform_event(&at(TIME - 1, "Busy"));
    assert_eq!(world.names(), ["Message", "Busy"]);
    assert_eq!(state(&world), "Idle");
    world.platform_event(&at(TIME, "Lock"));
    assert_eq!(state(&world), "Lock", "the same ms is not before");
}

#[test]
fn a_new_login_starts_time_anew() {
    const TIME: i64 = 1_900_000_000_000;
    let mut world = logged_in();
    world.platform_event(&at(TIME, "Idle"));
    world.event("Login", login_data());
    assert_eq!(state(&world), "Login");
    world.event("Busy", json!(null));
    assert_eq!(state(&world), "Busy");
}

// ── state ────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_state_event_without_a_state_is_told_and_the_state_stays() {
    for name in EventName::ALL.iter().filter(|n| n.tells_state()) {
        let mut world = logged_in();
        world.event("Idle", json!(null));
        world.clear();
        let event = name.as_str();
        world.platform_event(&json!({"type": "event", "event": event}).to_string());
        assert_eq!(world.names()[..2], ["Message", event]);
        let event = event.to_owned();
        assert_eq!(world.exceptions(), [&Fault::NoState { event }]);
        assert_eq!(state(&world), "Idle", "{name:?}");
    }
}

#[test]
fn events_that_never_tell_a_state_may_come_without_one() {
    for name in [
        "GroupInfo",
        "IdleAgent",
        "GroupQueueNum",
        "Surveillance",
        "QueueInfo",
        "SendDTMF",
        "SipError",
        "ForceIdle",
        "ForceBusy",
        "ForceLogout",
        "ForceBreak",
        "ForceInserting",
        "Whispering",
        "AgentUploadLog",
    ] {
        let mut world = logged_in();
        world.platform_event(&json!({"type": "event", "event": name}).to_string());
        assert_eq!(world.names(), ["Message", name]);
        assert_eq!(state(&world), "Login");
    }
}

#[test]
fn answers_to_polls_do_not_change_the_state() {
    for name in ["GroupQueueNum", "Surveillance"] {
        let mut world = logged_in();
        let body = world.event_body(name, "Idle", json!({"groupQueueNum": 3}));
        world.platform_event(&body);
        assert_eq!(world.names(), ["Message", name]);
        assert_eq!(state(&world), "Login");
    }
}

#[test]
fn the_state_is_the_one_that_was_told_and_not_the_name_of_the_event() {
    let mut world = logged_in();
    let body = world.event_body("UnHold", "Conversation", json!(null));
    world.platform_event(&body);
    assert_eq!(
        world.names(),
        ["Message", "StateChange(Conversation)", "UnHold"]
    );
    assert_eq!(state(&world), "Conversation");
}

#[test]
fn a_login_of_other_credentials_forgets_the_old_token_and_starts_anew() {
    let mut world = logged_in();
    let mut credentials = world.session.config().credentials.clone();
    credentials.agent_number = "1002".into();
    let saved = Saved {
        routing_key: "other-key".into(),
        ..Saved::default()
    };
    let input = agent::Input::Login(Some((credentials, saved)));
    world.handle(input).expect("another agent may log in");
    assert_eq!(world.requests(), ["logout", "login", "heartbeat"]);
    let login = world.sent.iter().find(|s| s.request() == "login");
    let body = login.expect("a login").body();
    assert!(body.contains(r#""agentNumber":"1002""#), "{body}");
    assert!(body.contains(r#""routingKey":"other-key""#), "{body}");
}

// ── call ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_conversation_needs_no_steps_before_it() {
    let mut world = logged_in();
    world.event("Conversation", call_data());
    let call = world.session.call().expect("a call");
    assert_eq!(call.id, "c-1");
    assert_eq!(call.direction, Some(Direction::Inbound));
    assert_eq!(call.call_type, "normal");
    assert_eq!(call.talking_since, Some(world.event_time()));
}

#[test]
fn a_wrap_up_needs_no_conversation() {
    let mut world = logged_in();
    world.event("After", json!({"cause": 1019, "hangupDirection": 1}));
    assert_eq!(world.session.call(), None);
    let wrap_up = world.session.wrap_up().expect("a wrap-up");
    assert_eq!(wrap_up.cause, Some(1019));
    assert!(wrap_up.other_hung_up);
    assert_eq!((wrap_up.talked, wrap_up.until), (None, None));
}

#[test]
fn the_other_party_depends_on_the_direction() {
    for (direction, party) in [
        (json!(1), "13800138000"),
        (json!("2"), "1001"),
        (json!(null), "13800138000"),
    ] {
        let mut world = logged_in();
        let mut data = call_data();
        data["callDirection"] = direction;
        world.event("AgentRinging", data);
        let call = world.session.call().expect("a call");
        assert_eq!(call.party, party);
        assert_eq!(call.talking_since, None);
    }
}

#[test]
fn the_clock_of_a_call_does_not_restart() {
    let mut world = logged_in();
    world.event("AgentRinging", call_data());
    world.advance(3000);
    world.event("Conversation", call_data());
    let since = world.event_time();
    for name in ["Mute", "Unmute", "Hold", "UnHold", "ConsultCalling"] {
        world.advance(7000);
        world.event(name, json!({"callType": "normal"}));
        let call = world.session.call().expect("a call");
        assert_eq!(call.talking_since, Some(since), "{name}");
    }
    world.peer.state = "Conversation";
    world.peer.listens = false;
    world.lose();
    world.advance(20_000);
    world.peer.listens = true;
    world.advance(5000);
    assert_eq!(state(&world), "Conversation");
    let call = world.session.call().expect("a call");
    assert_eq!(call.talking_since, Some(since));
    assert_eq!(
        (call.id.as_str(), call.party.as_str()),
        ("c-1", "13800138000")
    );
    world.event("After", after_data(json!({})));
    assert_eq!(world.session.call(), None);
    let wrap_up = world.session.wrap_up().expect("a wrap-up");
    assert_eq!(wrap_up.talked, Some(world.event_time() - since));
}

#[test]
fn another_call_id_is_another_call() {
    let mut world = logged_in();
    world.event("Conversation", call_data());
    world.advance(5000);
    let mut data = call_data();
    data["occCallId"] = json!("c-2");
    world.event("Conversation", data);
    let call = world.session.call().expect("a call");
    let since = Some(world.event_time());
    assert_eq!((call.id.as_str(), call.talking_since), ("c-2", since));
}

#[test]
fn a_call_ends_with_every_state_that_is_no_call() {
    for name in ["After", "MakeCallFail", "Logout", "Kick", "Idle", "Login"] {
        let mut world = logged_in();
        world.event("Conversation", call_data());
        let data = if name == "Login" {
            login_data()
        } else {
            json!({})
        };
        world.event(name, data);
        assert_eq!(world.session.call(), None, "{name}");
    }
}

#[test]
fn a_reconnect_into_no_call_ends_the_call() {
    let mut world = logged_in();
    world.event("Conversation", call_data());
    world.peer.state = "Idle";
    world.lose();
    assert_eq!(state(&world), "Idle");
    assert_eq!(world.session.call(), None);
}

// ── the end of wrap-up ───────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn wrap_up_ends_by_itself_after_the_time_that_the_platform_gives() {
    let mut world = logged_in();
    world.event("After", after_data(json!({})));
    let start = world.now.mono;
    let until = world.session.wrap_up().and_then(|w| w.until);
    assert_eq!(until, Some(world.told_time() + 10_000));
    world.advance(60_000);
    assert_eq!(world.times("idle"), [start + 10_000]);
}

#[test]
fn wrap_up_without_that_wish_does_not_end_by_itself() {
    for data in [
        json!({"agentAutoIdle": 0}),
        json!({"agentAutoIdle": null}),
        json!({"data": "话机注销"}),
    ] {
        let mut world = logged_in();
        world.event("After", after_data(data));
        world.advance(60_000);
        assert!(world.times("idle").is_empty());
    }
}

#[test]
fn an_agent_who_becomes_busy_stays_busy() {
    let mut world = logged_in();
    world.event("After", after_data(json!({})));
    world.advance(5000);
    world.event("Busy", json!({"currentBusyType": ""}));
    world.advance(60_000);
    assert!(world.times("idle").is_empty());
}

#[test]
fn wrap_up_ends_even_when_the_link_was_lost_meanwhile() {
    let mut world = logged_in();
    world.event("After", after_data(json!({})));
    world.advance(2000);
    world.peer.state = "After";
    world.peer.listens = false;
    world.lose();
    world.advance(20_000);
    assert!(world.times("idle").is_empty());
    let returned = world.now.mono;
    world.peer.listens = true;
    world.advance(60_000);
    let idle = world.times("idle");
    assert_eq!(idle.len(), 1, "{idle:?}");
    assert!((returned..=returned + 5000).contains(&idle[0]), "{idle:?}");
}

#[test]
fn wrap_up_that_is_not_over_goes_on_after_a_short_loss() {
    let mut world = logged_in();
    world.event("After", after_data(json!({})));
    let start = world.now.mono;
    world.peer.state = "After";
    world.advance(2000);
    world.lose();
    world.advance(60_000);
    assert_eq!(world.times("idle"), [start + 10_000]);
}
