//! How long wrap-up lasts: as the platform says, longer where the agent wants it, and not while they write.

mod world;

use agent::rules::Situation;
use agent::session::{Saved, WrapUp};
use agent::{Fault, Input, Now, Secret};
use serde_json::{Value, json};
use world::scene::{after_data, call_data};
use world::{ROUTING_KEY, TOKEN, World, config};

/// The end of a call after which wrap-up lasts ten seconds.
fn ten_seconds() -> Value {
    let mut data = after_data(0);
    data["agentAutoIdle"] = json!(1);
    data["agentAutoIdleTime"] = json!(10);
    data
}

/// An agent in a wrap-up of ten seconds.
fn wrapping() -> World {
    let mut world = World::new();
    world.login();
    world.event("Conversation", call_data("normal"));
    world.event("After", ten_seconds());
    world.clear();
    world
}

fn wrap_up(world: &World) -> &WrapUp {
    world.session.wrap_up().expect("a wrap-up")
}

fn extend(world: &mut World, ms: u64) {
    world.handle(Input::Extend(ms)).expect("it is wrap-up");
}

fn pause(world: &mut World, stop: bool) {
    world.handle(Input::Pause(stop)).expect("it is wrap-up");
}

/// How many ms from now on the agent becomes ready.
fn ready_in(world: &mut World) -> u64 {
    let from = world.now.mono;
    world.advance(3_600_000);
    let idle = world.times("idle");
    assert_eq!(idle.len(), 1, "{idle:?}");
    idle[0] - from
}

#[test]
fn an_extended_wrap_up_lasts_so_much_longer() {
    let mut world = wrapping();
    let until = wrap_up(&world).until.expect("it ends");
    extend(&mut world, 30_000);
    extend(&mut world, 5000);
    assert_eq!(wrap_up(&world).until, Some(until + 35_000));
    assert_eq!(ready_in(&mut world), 45_000);
}

#[test]
fn an_extended_wrap_up_survives_a_lost_link_and_a_reload() {
    let mut world = wrapping();
    extend(&mut world, 30_000);
    world.peer.state = "After";
    world.lose();
    let saved = Saved {
        routing_key: ROUTING_KEY.into(),
        token: Some(Secret::from(TOKEN.to_owned())),
        clock: world.clocks.last().cloned().flatten(),
    };
    assert_eq!(ready_in(&mut world), 40_000);

    let mut page = World::with_saved(config(), saved, 2);
    page.now = Now {
        mono: 17,
        wall: world::START.wall,
    };
    page.peer.state = "After";
    page.connect();
    assert!(ready_in(&mut page) >= 39_000);
}

#[test]
fn a_paused_wrap_up_has_no_end_until_it_goes_on() {
    let mut world = wrapping();
    world.advance(4000);
    pause(&mut world, true);
    assert_eq!(wrap_up(&world).paused, Some(6000));
    assert_eq!(wrap_up(&world).until, None);
    assert_eq!(world.snapshot("wrapUp")["paused"], json!(6000));
    world.advance(60_000);
    pause(&mut world, true);
    assert_eq!(wrap_up(&world).paused, Some(6000), "it is paused already");
    assert!(world.times("idle").is_empty());
    pause(&mut world, false);
    assert_eq!(wrap_up(&world).paused, None);
    assert_eq!(wrap_up(&world).until, Some(world.told_time() + 6000));
    assert_eq!(ready_in(&mut world), 6000);
}

#[test]
fn a_pause_ends_by_itself_after_five_minutes() {
    let mut world = wrapping();
    pause(&mut world, true);
    world.advance(200_000);
    // That does not begin another one.
    pause(&mut world, true);
    assert_eq!(ready_in(&mut world), 110_000);
}

#[test]
fn a_paused_wrap_up_may_be_extended() {
    let mut world = wrapping();
    pause(&mut world, true);
    extend(&mut world, 30_000);
    assert_eq!(wrap_up(&world).paused, Some(40_000));
    pause(&mut world, false);
    assert_eq!(ready_in(&mut world), 40_000);
}

#[test]
fn a_pause_outlasts_a_lost_link_but_not_its_page() {
    let mut world = wrapping();
    world.advance(4000);
    pause(&mut world, true);
    let kept = world.clocks.last().cloned().flatten();
    world.peer.state = "After";
    world.lose();
    assert!(world.session.is_login());
    assert_eq!(wrap_up(&world).paused, Some(6000));
    world.advance(60_000);
    assert!(world.times("idle").is_empty());

    let saved = Saved {
        routing_key: ROUTING_KEY.into(),
        token: Some(Secret::from(TOKEN.to_owned())),
        clock: kept,
    };
    let mut page = World::with_saved(config(), saved, 2);
    page.now = world.now;
    page.peer.state = "After";
    page.connect();
    assert_eq!(wrap_up(&page).paused, None, "nobody writes any more");
    assert_eq!(ready_in(&mut page), 6000);
}

#[test]
fn a_pause_ends_with_its_wrap_up() {
    for (state, data) in [
        ("Idle", json!(null)),
        ("AgentRinging", call_data("normal")),
        ("Logout", json!({})),
    ] {
        let mut world = wrapping();
        pause(&mut world, true);
        world.event(state, data);
        assert_eq!(world.session.wrap_up(), None, "{state}");
        world.advance(3_600_000);
        assert!(world.times("idle").is_empty(), "{state}");
    }
    // The next wrap-up is its own.
    let mut world = wrapping();
    pause(&mut world, true);
    world.event("Conversation", call_data("normal"));
    world.event("After", ten_seconds());
    assert_eq!(wrap_up(&world).paused, None);
    assert_eq!(ready_in(&mut world), 10_000);
}

#[test]
fn a_wrap_up_without_an_end_needs_neither() {
    let mut world = World::new();
    world.login();
    world.event("After", after_data(0));
    world.clear();
    extend(&mut world, 30_000);
    pause(&mut world, true);
    pause(&mut world, false);
    assert_eq!(
        (wrap_up(&world).until, wrap_up(&world).paused),
        (None, None)
    );
    world.advance(3_600_000);
    assert!(world.times("idle").is_empty());
}

#[test]
fn without_a_wrap_up_there_is_nothing_to_extend() {
    let mut world = World::in_situation(Situation::Talking);
    for (input, request) in [
        (Input::Extend(1), "extendWrapUp"),
        (Input::Pause(true), "pauseWrapUp"),
    ] {
        let refused = world.handle(input).expect_err("there is no wrap-up");
        let expected = Fault::NotAllowed {
            request: request.into(),
            doing: Situation::Talking.words(),
        };
        assert_eq!(refused, expected);
    }
    // Whoever stops writing need not know.
    world.handle(Input::Pause(false)).expect("nothing to do");
    assert!(world.emits.is_empty());
}

#[test]
fn no_length_breaks_anything() {
    let mut world = wrapping();
    extend(&mut world, u64::MAX);
    extend(&mut world, u64::MAX);
    world.advance(1000);
    let until = world.snapshot("wrapUp")["until"].as_u64();
    assert!(until > Some(world.told_time()), "{until:?}");
    pause(&mut world, true);
    extend(&mut world, u64::MAX);
    pause(&mut world, false);
    let until = world.snapshot("wrapUp")["until"].as_u64();
    assert!(until > Some(world.told_time()), "{until:?}");
    assert_eq!(world.session.situation(), Situation::WrapUp);
}
