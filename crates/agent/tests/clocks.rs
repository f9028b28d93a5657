//! Whose time the clocks show: the server's, whatever becomes of messages, of this machine's clock and of its sleep.

mod world;

use agent::rules::Situation;
use agent::session::{Link, Saved};
use agent::{Fault, Input, Now, Secret};
use serde_json::{Value, json};
use world::scene::{after_data, call_data};
use world::{ROUTING_KEY, TOKEN, World, config, login_data};

/// A sleep of ten minutes.
const NIGHT: u64 = 600_000;

fn logged_in() -> World {
    let mut world = World::new();
    world.login();
    world
}

/// An agent who talks to the customer.
fn talking() -> World {
    let mut world = logged_in();
    world.advance(1000);
    world.event("Conversation", call_data("normal"));
    world
}

/// The session has guessed the server's time.
fn expect_true_time(world: &World, when: &str) {
    // Two events of one moment are told as a millisecond apart.
    let apart = world.told_time().abs_diff(world.server_time());
    assert!(apart <= 2, "{when}: {apart} ms");
}

fn since(world: &World) -> u64 {
    world.session.state_since()
}

fn talking_since(world: &World) -> Option<u64> {
    world.session.call().and_then(|call| call.talking_since)
}

fn wake(world: &mut World) {
    world.handle(Input::Awake).expect("a page may awake");
}

/// The text that a reload would find.
fn kept(world: &World) -> Option<String> {
    world.clocks.last().cloned().flatten()
}

/// The page is loaded anew in the same tab, so many ms later.
fn reload(old: &World, ms: u64, clock: Option<String>) -> World {
    let saved = Saved {
        routing_key: ROUTING_KEY.into(),
        token: Some(Secret::from(TOKEN.to_owned())),
        clock,
    };
    let mut world = World::with_saved(config(), saved, 2);
    // The other clock starts with the page.
    world.now = Now {
        mono: 17,
        wall: old.now.wall + ms,
    };
    world
}

// ── the server's time ────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn before_the_first_event_the_time_is_this_machines() {
    let mut world = World::new();
    world.ahead = 3_600_000;
    world.peer.answers = false;
    world.connect();
    assert_eq!(world.told_time(), world.now.wall);
    world.advance(1234);
    assert_eq!(world.told_time(), world.now.wall);
    assert_eq!(since(&world), world.now.wall - 1234);
}

#[test]
fn from_the_first_event_on_a_wrong_clock_of_this_machine_does_not_show() {
    for ahead in [3_600_000, -3_600_000, 86_400_000 * 365, 1] {
        let mut world = World::new();
        world.ahead = ahead;
        world.login();
        expect_true_time(&world, "after the login");
        assert_eq!(since(&world), world.server_time());
        world.advance(7000);
        expect_true_time(&world, "later");
        world.event("Conversation", call_data("normal"));
        assert_eq!(since(&world), world.server_time());
        assert_eq!(talking_since(&world), Some(world.server_time()));
    }
}

#[test]
fn a_late_message_tells_when_it_happened_and_does_not_set_the_time_back() {
    let mut world = logged_in();
    world.advance(1000);
    let body = world.event_body("Conversation", "Conversation", call_data("normal"));
    let happened = world.event_time();
    world.advance(700);
    world.platform_event(&body);
    assert_eq!(since(&world), happened);
    assert_eq!(talking_since(&world), Some(happened));
    expect_true_time(&world, "after a late message");
}

#[test]
fn a_late_first_message_is_made_good_by_the_next_punctual_one() {
    let mut world = World::new();
    world.peer.answers = false;
    world.connect();
    let body = world.event_body("Login", "Login", login_data());
    world.advance(700);
    world.platform_event(&body);
    assert_eq!(world.told_time(), world.server_time() - 700);
    world.advance(1000);
    world.event("Idle", json!(null));
    expect_true_time(&world, "after a punctual message");
    assert_eq!(since(&world), world.event_time());
}

#[test]
fn nothing_has_happened_in_the_future() {
    let mut world = logged_in();
    world.advance(1000);
    let ahead = world.server_time() + 5000;
    world.platform_event(
        &json!({"type": "event", "event": "Idle", "nowState": "Idle", "eventTime": ahead})
            .to_string(),
    );
    // The time is taken from it: a message can be late, never early.
    assert_eq!(world.told_time(), ahead);
    assert_eq!(since(&world), ahead);
    assert!(since(&world) <= world.told_time());
}

#[test]
fn a_login_starts_the_estimate_anew() {
    let mut world = logged_in();
    let wrong = world.server_time() + 86_400_000;
    world.platform_event(
        &json!({"type": "event", "event": "QueueInfo", "eventTime": wrong, "groupID": "g1", "groupWaitNumber": 1})
            .to_string(),
    );
    assert_eq!(world.told_time(), wrong);
    world.lose();
    expect_true_time(&world, "after a reconnect");
}

#[test]
fn an_event_without_a_time_happens_when_it_comes() {
    let mut world = logged_in();
    for (time, state) in [(json!(null), "Idle"), (json!("soon"), "Busy")] {
        world.advance(1000);
        let body = json!({"type": "event", "event": state, "nowState": state, "eventTime": time});
        world.platform_event(&body.to_string());
        assert_eq!(world.session.state().as_str(), state);
        assert_eq!(since(&world), world.server_time(), "{body}");
        expect_true_time(&world, "after an event without a time");
    }
}

#[test]
fn no_event_time_breaks_the_clock_for_good() {
    for time in [i64::MAX, i64::MAX - 1, 0, -1, -i64::MAX] {
        let mut world = logged_in();
        let body = json!({"type": "event", "event": "Idle", "nowState": "Idle", "eventTime": time});
        world.platform_event(&body.to_string());
        world.sleep(NIGHT);
        wake(&mut world);
        world.advance(1000);
        assert!(world.snapshot("agent").is_object(), "{time}");
        world.peer.state = "Busy";
        world.lose();
        assert_eq!(world.session.state().as_str(), "Busy", "{time}");
        expect_true_time(&world, "after a reconnect");
        assert_eq!(since(&world), world.event_time(), "{time}");
    }
}

#[test]
fn no_length_of_wrap_up_breaks_anything() {
    for seconds in [
        json!(i64::MAX),
        json!("9223372036854775807"),
        json!(i64::MAX / 1000),
        json!(u64::MAX),
    ] {
        let mut world = talking();
        let mut data = after_data(0);
        data["agentAutoIdle"] = json!(1);
        data["agentAutoIdleTime"] = seconds.clone();
        world.event("After", data);
        assert_eq!(world.session.situation(), Situation::WrapUp);
        assert!(world.snapshot("wrapUp").is_object(), "{seconds}");
        world.advance(1000);
        assert_eq!(world.session.state().as_str(), "After", "{seconds}");
    }
}

// ── sleep ────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_sleep_counts_in_the_clocks() {
    let mut world = talking();
    let start = world.event_time();
    world.sleep(NIGHT);
    wake(&mut world);
    expect_true_time(&world, "after a sleep, before any message");
    assert_eq!(since(&world), start);
    assert_eq!(talking_since(&world), Some(start));
    world.advance(1000);
    world.event("After", after_data(0));
    expect_true_time(&world, "after a message");
    let wrap_up = world.session.wrap_up().expect("a wrap-up");
    assert_eq!(wrap_up.since, world.event_time());
    assert_eq!(wrap_up.talked, Some(NIGHT + 1000));
}

#[test]
fn whatever_wakes_the_session_a_heart_beat_is_sent_at_once() {
    for input in [
        Input::Awake,
        Input::Timeout,
        Input::Received(b"\n"),
        Input::Userdata("u".into()),
    ] {
        let mut world = logged_in();
        world.advance(1000);
        world.clear();
        world.sleep(NIGHT);
        world.handle(input).expect("a page may awake");
        assert_eq!(world.times("heartbeat"), [world.now.mono]);
        world.advance(9000);
        assert!(world.closed.is_empty(), "it was answered");
        assert!(world.exceptions().is_empty());
    }
}

#[test]
fn an_unanswered_heart_beat_after_a_sleep_abandons_the_link_within_the_timeout() {
    for heart_beat in [(0, 0), (5000, 5000)] {
        for timeout in [3000, 5000] {
            let mut config = config();
            config.timeout = timeout;
            let mut world = World::with(config, None, 1);
            world.peer.heart_beat = heart_beat;
            world.login();
            world.advance(1000);
            (world.peer.answers, world.peer.beats) = (false, false);
            world.clear();
            world.sleep(NIGHT);
            wake(&mut world);
            let woke = world.now.mono;
            world.advance(timeout - 1);
            assert!(world.closed.is_empty(), "{heart_beat:?}");
            world.advance(1);
            assert_eq!(world.closed, [woke + timeout], "{heart_beat:?}");
            assert_eq!(world.exceptions(), [&Fault::Silent], "{heart_beat:?}");
            assert_eq!(world.opened, [woke + timeout], "the next try is made");
        }
    }
}

#[test]
fn after_a_sleep_the_silence_of_the_platform_alone_abandons_no_link() {
    let mut world = logged_in();
    world.advance(1000);
    world.peer.answers = false;
    world.clear();
    world.sleep(NIGHT);
    wake(&mut world);
    world.advance(30_000);
    assert!(world.closed.is_empty(), "the broker shows that it lives");
    assert_eq!(world.count("COMMAND_TIMEOUT"), 1);
}

#[test]
fn a_retry_that_waits_is_made_at_once_after_a_sleep() {
    for input in [Input::Awake, Input::Timeout, Input::Userdata("u".into())] {
        let mut world = logged_in();
        world.peer.listens = false;
        world.lose();
        world.advance(20_000);
        assert!(matches!(world.session.link(), Link::Waiting { .. }));
        world.clear();
        world.peer.listens = true;
        world.sleep(NIGHT);
        world.handle(input).expect("a page may awake");
        assert_eq!(world.opened, [world.now.mono]);
        assert_eq!(world.session.link(), Link::Up);
        expect_true_time(&world, "after the reconnect");
    }
}

#[test]
fn small_steps_of_the_clocks_are_no_sleep() {
    let mut world = logged_in();
    for _ in 0..100 {
        world.advance(50);
        world.sleep(100);
        world.handle(Input::Timeout).expect("time may pass");
    }
    assert!(world.times("heartbeat").is_empty(), "no beat is due so far");
}

// ── a clock that is set ──────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_clock_that_is_set_back_changes_nothing() {
    let mut world = talking();
    world.advance(1000);
    world.clear();
    world.set_clock(-3_600_000);
    wake(&mut world);
    expect_true_time(&world, "before any message");
    assert!(world.sent.is_empty(), "nobody slept");
    world.advance(1000);
    world.event("Hold", json!(null));
    expect_true_time(&world, "after a message");
    assert_eq!(since(&world), world.event_time());
}

#[test]
fn a_clock_that_is_set_forward_is_seen_through_with_the_next_event() {
    let mut world = talking();
    let start = world.event_time();
    world.advance(1000);
    world.set_clock(3_600_000);
    wake(&mut world);
    world.advance(1000);
    world.event("Hold", json!(null));
    expect_true_time(&world, "after a message");
    assert_eq!(since(&world), world.event_time());
    assert_eq!(talking_since(&world), Some(start));
}

// ── a link that comes back ───────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_reconnect_in_the_same_state_keeps_its_clock() {
    for outage in [0, 60_000] {
        let mut world = logged_in();
        world.advance(1000);
        world.event("Busy", json!({"currentBusyType": "小休"}));
        let start = since(&world);
        assert_eq!(start, world.event_time());
        world.peer.state = "Busy";
        world.advance(5000);
        world.peer.listens = outage == 0;
        world.lose();
        world.advance(outage);
        world.peer.listens = true;
        world.advance(30_000);
        assert_eq!(world.session.state().as_str(), "Busy");
        assert_eq!(since(&world), start, "an outage of {outage} ms");
    }
}

#[test]
fn a_reconnect_in_another_state_starts_its_clock() {
    let mut world = logged_in();
    world.event("Busy", json!(null));
    world.advance(5000);
    world.peer.state = "Idle";
    world.lose();
    assert_eq!(since(&world), world.event_time());
    assert_eq!(since(&world), world.server_time());
}

#[test]
fn a_reconnect_into_another_call_starts_both_clocks() {
    let mut world = talking();
    world.advance(5000);
    world.peer.state = "Conversation";
    world.peer.present = call_data("normal");
    world.peer.present["occCallId"] = json!("c-2");
    world.lose();
    assert_eq!(talking_since(&world), Some(world.event_time()));
    assert_eq!(since(&world), world.event_time());
}

// ── a page that is loaded anew ───────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_is_kept_is_json_and_follows_the_state() {
    let mut world = logged_in();
    let text = |world: &World| -> Value {
        let kept = kept(world).expect("something is kept");
        serde_json::from_str(&kept).expect("JSON")
    };
    world.event("Idle", json!(null));
    let idle = world.event_time();
    assert_eq!(text(&world), json!({"state": "Idle", "since": idle}));
    world.advance(1000);
    world.event("Conversation", call_data("normal"));
    let start = world.event_time();
    let call = json!({"state": "Conversation", "since": start, "call": "c-1", "talking": start});
    assert_eq!(text(&world), call);
    world.advance(1000);
    world.event("Mute", json!(null));
    let muted = world.event_time();
    let call = json!({
        "state": "Mute", "since": muted, "call": "c-1", "talking": start, "muted": muted,
    });
    assert_eq!(text(&world), call);
    let count = world.clocks.len();
    world.event("Mute", json!(null));
    assert_eq!(world.clocks.len(), count, "nothing new is to be kept");
}

#[test]
fn nothing_is_kept_of_who_is_not_logged_in() {
    for event in ["Logout", "Kick"] {
        let mut world = logged_in();
        world.event("Idle", json!(null));
        world.event(event, json!({}));
        assert_eq!(world.clocks.last(), Some(&None::<String>), "{event}");
    }
    let mut world = logged_in();
    world.event("Idle", json!(null));
    world.handle(Input::Break).expect("there is no call");
    assert_eq!(world.clocks.last(), Some(&None::<String>));
}

#[test]
fn the_clock_that_a_lost_link_left_is_kept() {
    let mut world = logged_in();
    world.event("Idle", json!(null));
    let before = kept(&world);
    world.peer.listens = false;
    world.lose();
    world.advance(20_000);
    assert_eq!(kept(&world), before);
}

#[test]
fn a_reload_in_the_same_state_keeps_its_clock() {
    let mut old = logged_in();
    old.advance(1000);
    old.event("Idle", json!(null));
    let mut world = reload(&old, 90_000, kept(&old));
    world.peer.state = "Idle";
    world.connect();
    assert_eq!(since(&world), old.event_time());
    expect_true_time(&world, "after the reconnect");
}

#[test]
fn a_reload_in_a_call_keeps_the_clocks_of_state_and_conversation() {
    let mut old = talking();
    let start = old.event_time();
    old.advance(5000);
    old.event("Mute", json!({"callType": "normal"}));
    let muted = old.event_time();
    let mut world = reload(&old, 3000, kept(&old));
    world.peer.state = "Mute";
    world.peer.present = call_data("normal");
    world.connect();
    assert_eq!((since(&world), talking_since(&world)), (muted, Some(start)));
    // The last event of the call comes once more.
    world.event("Mute", json!({"callType": "normal"}));
    assert_eq!((since(&world), talking_since(&world)), (muted, Some(start)));
    world.advance(2000);
    world.event("After", after_data(0));
    let wrap_up = world.session.wrap_up().expect("a wrap-up");
    assert_eq!(wrap_up.talked, Some(world.event_time() - start));
}

#[test]
fn a_reload_in_another_state_of_the_call_keeps_the_clock_of_the_conversation() {
    let old = talking();
    let mut world = reload(&old, 3000, kept(&old));
    world.peer.state = "Hold";
    world.peer.present = call_data("normal");
    world.connect();
    assert_eq!(since(&world), world.event_time());
    assert_eq!(talking_since(&world), Some(old.event_time()));
}

#[test]
fn a_reload_into_another_call_keeps_no_clock() {
    let old = talking();
    let mut world = reload(&old, 3000, kept(&old));
    world.peer.state = "Conversation";
    world.peer.present = call_data("normal");
    world.peer.present["occCallId"] = json!("c-2");
    world.connect();
    assert_eq!(talking_since(&world), Some(world.event_time()));
    assert_eq!(since(&world), world.event_time());
}

#[test]
fn what_was_kept_may_be_anything() {
    let old = logged_in();
    for clock in [
        "",
        "{",
        "null",
        "[]",
        "{}",
        r#"{"state":1,"since":"x"}"#,
        r#"{"state":"Idle"}"#,
        r#"{"state":"Idle","since":-5}"#,
        r#"{"state":"Busy","since":5}"#,
        r#"{"state":"Idle","since":9223372036854775807}"#,
        r#"{"call":"c-1","talking":9223372036854775807}"#,
        r#"{"call":{},"talking":[]}"#,
    ] {
        let mut world = reload(&old, 3000, Some(clock.to_owned()));
        world.peer.state = "Idle";
        world.connect();
        assert_eq!(since(&world), world.event_time(), "{clock}");
        world.event("Conversation", call_data("normal"));
        assert_eq!(talking_since(&world), Some(world.event_time()), "{clock}");
    }
}

#[test]
fn another_agent_does_not_get_the_clock_of_the_one_before() {
    let mut world = talking();
    world.advance(5000);
    let mut credentials = world.session.config().credentials.clone();
    credentials.agent_number = "1002".into();
    let saved = Saved {
        routing_key: "other-key".into(),
        ..Saved::default()
    };
    world
        .handle(Input::Login(Some((credentials, saved))))
        .expect("another agent may log in");
    assert_eq!(since(&world), world.event_time());
    world.event("Conversation", call_data("normal"));
    assert_eq!(talking_since(&world), Some(world.event_time()));
}

/// The end of a call after which wrap-up lasts ten seconds.
fn ten_seconds(cause: i64) -> Value {
    let mut data = after_data(cause);
    data["agentAutoIdle"] = json!(1);
    data["agentAutoIdleTime"] = json!(10);
    data
}

#[test]
fn a_reload_in_wrap_up_still_says_what_the_call_was_and_when_it_ends() {
    let mut world = talking();
    world.advance(5000);
    world.event("After", ten_seconds(1017));
    let before = world.session.wrap_up().cloned().expect("a wrap-up");
    assert!(before.until.is_some() && before.talked.is_some());
    let kept = kept(&world);
    let mut page = reload(&world, 3000, kept);
    page.peer.state = "After";
    page.connect();
    let after = page.session.wrap_up().cloned();
    assert_eq!(after, Some(before.clone()));
    page.advance(60_000);
    assert_eq!(page.times("idle").len(), 1, "ready by itself");
}

#[test]
fn a_call_that_ended_while_the_link_was_lost_leads_to_a_wrap_up_as_long_as_the_last_one() {
    let mut world = logged_in();
    world.event("After", ten_seconds(0));
    world.advance(20_000);
    world.event("Conversation", call_data("normal"));
    world.peer.state = "After";
    world.lose();
    let returned = world.now.mono;
    world.advance(60_000);
    let idle = world.times("idle");
    assert_eq!(idle.len(), 2, "{idle:?}");
    assert!(idle[1] >= returned + 9_000, "{idle:?}");
}
