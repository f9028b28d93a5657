//! What comes after a call, and what a shift adds up to: the state that was chosen, calls that were missed, the time spent
//! not ready.

mod world;

use agent::rules::Situation;
use agent::session::{Next, Saved};
use agent::{Command, Config, Fault, Input, Now, Secret};
use serde_json::{Value, json};
use world::scene::{CUSTOMER, after_data, call_data};
use world::{ROUTING_KEY, TOKEN, World, config};

fn logged_in() -> World {
    let mut world = World::new();
    world.login();
    world
}

fn talking() -> World {
    let mut world = logged_in();
    world.event("Idle", json!(null));
    world.event("Conversation", call_data("normal"));
    world.clear();
    world
}

fn lunch() -> Next {
    Next::Busy {
        busy_type: Some("午餐".into()),
    }
}

fn choose(world: &mut World, next: Option<Next>) {
    world
        .handle(Input::Next(next))
        .expect("a state may be chosen");
}

/// The end of a call after which wrap-up lasts ten seconds.
fn ten_seconds() -> Value {
    let mut data = after_data(0);
    data["agentAutoIdle"] = json!(1);
    data["agentAutoIdleTime"] = json!(10);
    data
}

/// Busy types of the requests for it, and when each went out.
fn busy(world: &World) -> Vec<(u64, Value)> {
    let sent = world.sent.iter().filter(|s| s.request() == "busy");
    sent.map(|s| {
        let body: Value = serde_json::from_str(s.body()).expect("JSON");
        (s.at, body["busyType"].clone())
    })
    .collect()
}

/// The page is loaded anew in the same tab.
fn reload(old: &World, state: &'static str) -> World {
    let saved = Saved {
        routing_key: ROUTING_KEY.into(),
        token: Some(Secret::from(TOKEN.to_owned())),
        clock: old.clocks.last().cloned().flatten(),
    };
    let mut world = World::with_saved(config(), saved, 2);
    // The other clock starts with the page.
    world.now = Now {
        mono: 17,
        wall: old.now.wall,
    };
    world.peer.state = state;
    world.connect();
    world
}

// ── the state that was chosen ────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_state_that_is_chosen_in_a_call_comes_when_wrap_up_ends() {
    let mut world = talking();
    choose(&mut world, Some(lunch()));
    assert_eq!(world.session.next(), Some(&lunch()));
    let shown = world.snapshot("agent")["next"].clone();
    assert_eq!(shown, json!({"state": "busy", "busyType": "午餐"}));
    world.event("After", ten_seconds());
    let ended = world.now.mono;
    world.advance(60_000);
    assert_eq!(busy(&world), [(ended + 10_000, json!("午餐"))]);
    assert!(world.times("idle").is_empty());
    assert_eq!(world.session.next(), None, "it is asked for");
    assert_eq!(world.snapshot("agent")["next"], json!(null));
}

#[test]
fn where_wrap_up_has_no_end_it_comes_as_soon_as_the_call_is_over() {
    for (next, request) in [(Next::Idle, "idle"), (lunch(), "busy")] {
        let mut world = talking();
        choose(&mut world, Some(next));
        world.event("After", after_data(0));
        assert_eq!(world.times(request), [world.now.mono]);
        world.advance(60_000);
        assert_eq!(world.times(request).len(), 1, "once");
    }
}

#[test]
fn where_the_platform_leaves_out_wrap_up_it_comes_all_the_same() {
    for (next, state, wanted) in [
        (lunch(), "Idle", true),
        (Next::Idle, "Idle", false),
        (lunch(), "Busy", true),
    ] {
        let mut world = talking();
        choose(&mut world, Some(next.clone()));
        world.event(state, json!({"currentBusyType": "小休"}));
        assert_eq!(busy(&world).len(), usize::from(wanted), "{next:?} {state}");
        assert!(world.times("idle").is_empty());
        assert_eq!(world.session.next(), None);
    }
}

#[test]
fn a_pause_of_wrap_up_puts_it_off() {
    let mut world = talking();
    choose(&mut world, Some(lunch()));
    world.event("After", ten_seconds());
    world.handle(Input::Pause(true)).expect("it is wrap-up");
    world.tell("QueueInfo", None, 0, json!(null));
    world.advance(60_000);
    assert_eq!(busy(&world), []);
    world.handle(Input::Pause(false)).expect("it is wrap-up");
    world.advance(10_000);
    assert_eq!(busy(&world).len(), 1);
}

#[test]
fn a_pause_of_the_wrap_up_before_puts_nothing_off() {
    let mut world = talking();
    world.event("After", ten_seconds());
    world.handle(Input::Pause(true)).expect("it is wrap-up");
    world.event("Conversation", call_data("normal"));
    choose(&mut world, Some(lunch()));
    world.event("After", after_data(0));
    assert_eq!(busy(&world), [(world.now.mono, json!("午餐"))]);
}

#[test]
fn the_newest_choice_counts() {
    let mut world = talking();
    choose(&mut world, Some(lunch()));
    choose(&mut world, Some(Next::Idle));
    choose(&mut world, None);
    choose(&mut world, Some(Next::Busy { busy_type: None }));
    world.event("After", after_data(0));
    assert_eq!(busy(&world), [(world.now.mono, json!(null))]);

    let mut world = talking();
    choose(&mut world, Some(lunch()));
    choose(&mut world, None);
    world.event("After", ten_seconds());
    world.advance(10_000);
    assert_eq!((busy(&world).len(), world.times("idle").len()), (0, 1));
}

#[test]
fn what_the_agent_asks_for_meanwhile_counts_instead() {
    for command in [Command::Idle, Command::Busy { busy_type: None }] {
        let mut world = talking();
        choose(&mut world, Some(lunch()));
        world.event("After", ten_seconds());
        let state = match command {
            Command::Idle => "Idle",
            _ => "Busy",
        };
        world.request(command).expect("allowed");
        assert_eq!(world.session.next(), None);
        world.event(state, json!(null));
        world.advance(60_000);
        assert_eq!(
            world
                .requests()
                .iter()
                .filter(|r| *r == "busy" || *r == "idle")
                .count(),
            1
        );
    }
}

#[test]
fn a_command_that_no_call_allows_takes_no_choice_back() {
    let mut world = talking();
    choose(&mut world, Some(lunch()));
    world
        .handle(Input::Command(Command::Idle))
        .expect("the platform judges it");
    assert_eq!(world.session.next(), Some(&lunch()));
}

#[test]
fn without_a_call_it_is_asked_for_at_once() {
    let mut world = World::in_situation(Situation::Ready);
    choose(&mut world, Some(lunch()));
    assert_eq!(busy(&world), [(world.now.mono, json!("午餐"))]);
    assert_eq!(world.session.next(), None);
    // In wrap-up it waits for its end.
    let mut world = talking();
    world.event("After", ten_seconds());
    choose(&mut world, Some(lunch()));
    assert_eq!(busy(&world), []);
    world.advance(10_000);
    assert_eq!(busy(&world).len(), 1);
    // Nobody is there to ask.
    let mut world = World::new();
    let refused = world.handle(Input::Next(Some(lunch())));
    assert_eq!(refused, Err(Fault::NotConnected));
}

#[test]
fn a_choice_outlasts_a_lost_link_and_a_reload() {
    let mut world = talking();
    choose(&mut world, Some(lunch()));
    let page = reload(&world, "Conversation");
    assert_eq!(page.session.next(), Some(&lunch()));
    world.peer.state = "After";
    world.lose();
    assert_eq!(busy(&world).len(), 1, "the call ended meanwhile");
}

#[test]
fn a_choice_ends_with_the_login() {
    for event in ["Logout", "Kick"] {
        let mut world = talking();
        choose(&mut world, Some(lunch()));
        world.event(event, json!({}));
        assert_eq!(world.session.next(), None, "{event}");
    }
}

// ── calls that were missed ───────────────────────────────────────────────────────────────────────────────────────

fn careful() -> World {
    let config = Config {
        busy_after_missed: Some(2),
        ..config()
    };
    let mut world = World::with(config, None, 1);
    world.login();
    world.event("Idle", json!(null));
    world.clear();
    world
}

/// A caller who gives up, or is given up: the call rings and ends with this cause.
fn ring(world: &mut World, cause: i64) {
    world.event("AgentRinging", call_data("normal"));
    world.advance(15_000);
    let mut data = ten_seconds();
    data["cause"] = json!(cause);
    world.event("After", data);
}

/// Two minutes go by; the platform does what it is asked.
fn wait(world: &mut World) {
    world.advance(10_000);
    let last = world
        .requests()
        .into_iter()
        .rfind(|r| r == "idle" || r == "busy");
    match last.as_deref() {
        Some("busy") => world.event("Busy", json!({"currentBusyType": ""})),
        _ => world.event("Idle", json!(null)),
    }
}

#[test]
fn after_so_many_missed_calls_the_agent_is_not_ready() {
    let mut world = careful();
    ring(&mut world, 1019);
    assert_eq!(world.snapshot("agent")["missed"], json!(1));
    wait(&mut world);
    assert!(world.exceptions().is_empty());
    assert_eq!(world.session.state().as_str(), "Idle");
    world.clear();
    ring(&mut world, 1487);
    assert_eq!(world.exceptions(), [&Fault::MissedCalls { count: 2 }]);
    let names = world.names();
    let told = |name: &str| names.iter().rposition(|n| n == name);
    assert!(told("Exception(MISSED_CALLS)") > told("After"), "{names:?}");
    assert_eq!(world.session.next(), Some(&Next::Busy { busy_type: None }));
    wait(&mut world);
    assert_eq!(world.session.state().as_str(), "Busy");
    // Whoever is back begins anew.
    world.request(Command::Idle).expect("allowed");
    assert_eq!(world.session.missed(), 0);
}

#[test]
fn a_page_that_does_not_want_it_has_the_number_alone() {
    for most in [None, Some(0)] {
        let config = Config {
            busy_after_missed: most,
            ..config()
        };
        let mut world = World::with(config, None, 1);
        world.login();
        for n in 1..5 {
            ring(&mut world, 1019);
            assert_eq!(world.session.missed(), n);
            wait(&mut world);
        }
        assert!(world.exceptions().is_empty());
        assert_eq!(busy(&world), []);
    }
}

#[test]
fn whoever_talks_has_missed_nothing() {
    let mut world = careful();
    ring(&mut world, 1019);
    world.event("AgentRinging", call_data("normal"));
    world.event("Conversation", call_data("normal"));
    assert_eq!(world.session.missed(), 0);
    world.event("After", ten_seconds());
    ring(&mut world, 1019);
    assert_eq!(world.session.missed(), 1);
}

#[test]
fn what_the_agent_refuses_or_calls_is_not_missed() {
    let mut world = careful();
    // Refused in the page.
    world.event("AgentRinging", call_data("normal"));
    world.event("CancelCall", json!(null));
    world.event("After", after_data(1487));
    // Refused on the phone.
    ring(&mut world, 1021);
    // Taken, and then something failed.
    world.event("AgentRinging", call_data("normal"));
    world.event("AgentAnswer", call_data("normal"));
    world.event("After", after_data(0));
    // The agent's own call.
    let mut data = call_data("normal");
    data["callDirection"] = json!(2);
    world.event("AgentRinging", data);
    world.event("After", after_data(1019));
    // One of a supervisor's, who rings their own phone.
    world.event("Listen", json!(null));
    world.event("AgentRinging", call_data("listen"));
    world.event("After", after_data(1019));
    assert_eq!(world.session.missed(), 0);
    assert!(world.exceptions().is_empty());
}

#[test]
fn missed_calls_outlast_a_reload_and_end_with_the_login() {
    let mut world = careful();
    ring(&mut world, 1019);
    let page = reload(&world, "After");
    assert_eq!(page.session.missed(), 1);
    world.event("Logout", json!({}));
    assert_eq!(world.session.missed(), 0);
}

// ── the time spent not ready ─────────────────────────────────────────────────────────────────────────────────────

fn rest(world: &mut World, busy_type: &str, ms: u64) -> u64 {
    world.event("Busy", json!({"currentBusyType": busy_type}));
    let from = world.event_time();
    world.advance(ms);
    from
}

fn used(world: &World) -> Value {
    world.snapshot("agent")["used"].clone()
}

#[test]
fn the_time_of_each_reason_adds_up_when_it_is_over() {
    let mut world = logged_in();
    let first = rest(&mut world, "小休", 60_000);
    assert_eq!(used(&world), json!([]), "it is not over");
    let second = rest(&mut world, "会议", 5000);
    assert_eq!(
        world.session.state_since(),
        second,
        "another reason, another time"
    );
    let rested = second - first;
    assert_eq!(used(&world), json!([{"busyType": "小休", "ms": rested}]));
    let third = rest(&mut world, "小休", 1000);
    world.event("Idle", json!(null));
    let over = world.event_time();
    let all = json!([
        {"busyType": "小休", "ms": rested + (over - third)}, {"busyType": "会议", "ms": third - second},
    ]);
    assert_eq!(used(&world), all);
    world.advance(60_000);
    world.event("Busy", json!({"currentBusyType": "小休"}));
    assert_eq!(used(&world), all, "the time between does not count");
}

#[test]
fn the_same_reason_told_again_goes_on() {
    let mut world = logged_in();
    let first = rest(&mut world, "小休", 60_000);
    rest(&mut world, "小休", 60_000);
    assert_eq!(world.session.state_since(), first);
    world.event("Idle", json!(null));
    let ms = world.event_time() - first;
    assert_eq!(used(&world), json!([{"busyType": "小休", "ms": ms}]));
}

#[test]
fn an_outage_and_a_reload_count_as_the_same_time() {
    let mut world = logged_in();
    let first = rest(&mut world, "小休", 60_000);
    world.peer.state = "Busy";
    world.lose();
    world.advance(1000);
    assert_eq!(used(&world), json!([]));
    let mut page = reload(&world, "Busy");
    assert_eq!(page.session.busy_type(), "小休");
    page.advance(1000);
    page.event("Idle", json!(null));
    let ms = page.event_time() - first;
    let once = json!([{"busyType": "小休", "ms": ms}]);
    assert_eq!(used(&page), once);
    let page = reload(&page, "Idle");
    assert_eq!(used(&page), once, "it is kept");
}

#[test]
fn a_shift_ends_with_the_login() {
    for event in ["Logout", "Kick"] {
        let mut world = logged_in();
        rest(&mut world, "小休", 60_000);
        rest(&mut world, "会议", 60_000);
        world.event(event, json!({}));
        assert_eq!(used(&world), json!([]), "{event}");
    }
}

#[test]
fn any_text_may_be_a_reason_but_not_any_number_of_them() {
    let mut world = logged_in();
    for n in 0..150 {
        rest(&mut world, &format!("\"{n}\" 中"), 10);
    }
    let used = used(&world);
    let used = used.as_array().expect("a list");
    assert_eq!(used.len(), 100);
    assert_eq!(used[7]["busyType"], json!("\"7\" 中"));
}

#[test]
fn what_was_kept_of_a_shift_may_be_anything() {
    for kept in [
        r#""next":7,"missed":-1,"used":{}"#,
        r#""next":{"state":"busy"},"missed":99999999999,"used":[7,{"busyType":{},"ms":"x"}]"#,
        r#""call":7,"group":[],"watch":{"kind":"x"},"joined":"y""#,
    ] {
        let saved = Saved {
            routing_key: ROUTING_KEY.into(),
            token: Some(Secret::from(TOKEN.to_owned())),
            clock: Some(format!(r#"{{"state":"Idle","since":5,{kept}}}"#)),
        };
        let mut world = World::with_saved(config(), saved, 2);
        world.connect();
        assert_eq!(world.session.missed(), 0, "{kept}");
        world.event("Conversation", call_data("normal"));
        let call = world.session.call().expect("a call");
        assert_eq!(call.party, CUSTOMER);
        assert_eq!((call.group.as_ref(), call.joined_by.as_ref()), (None, None));
        assert!(world.snapshot("agent").is_object());
    }
}
