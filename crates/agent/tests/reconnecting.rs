//! How the link comes back: soon after the server does, with few tries, and with the login that there was.
//!
//! `RECONNECT_SEED=n cargo test -p agent --test reconnecting` replays one seed alone.

mod world;

use agent::session::Link;
use agent::{Fault, Input};
use serde_json::json;
use world::{TOKEN, World, config};

/// How long the server is gone, ms.
const OUTAGE: u64 = 60_000;

fn seeds() -> Vec<u64> {
    match std::env::var("RECONNECT_SEED") {
        Ok(seed) => vec![seed.parse().expect("RECONNECT_SEED is a number")],
        Err(_) => (0..1000).collect(),
    }
}

/// The server returns; the link must be open soon, after few tries.
fn expect_return(world: &mut World, seed: u64) {
    let returned = world.now.mono;
    assert!(
        !world.names().contains(&"Open".to_owned()),
        "RECONNECT_SEED={seed}: a link without a server"
    );
    world.peer.listens = true;
    world.advance(5000);
    assert!(
        world.session.is_connected(),
        "RECONNECT_SEED={seed}: no link 5,000 ms after {returned} ms, tries at {:?}",
        world.opened
    );
    assert!(
        world.opened.len() <= 20,
        "RECONNECT_SEED={seed}: {} tries at {:?}",
        world.opened.len(),
        world.opened
    );
}

/// A world whose working link is lost and not taken again; `lost` is when.
fn outage(max_reconnect: Option<u32>, seed: u64) -> (World, u64) {
    let mut config = config();
    config.max_reconnect = max_reconnect;
    let mut world = World::with(config, None, seed);
    world.login();
    world.advance(60_000);
    world.clear();
    world.peer.listens = false;
    world.lose();
    let lost = world.now.mono;
    (world, lost)
}

fn gaps(times: &[u64]) -> Vec<u64> {
    times.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[test]
fn a_server_that_starts_late_is_found_within_five_seconds_by_at_most_twenty_tries() {
    for seed in seeds() {
        let mut world = World::with(config(), None, seed);
        world.peer.listens = false;
        world.connect();
        world.advance(OUTAGE);
        expect_return(&mut world, seed);
    }
}

#[test]
fn a_lost_server_is_found_again_within_five_seconds_by_at_most_twenty_tries() {
    for seed in seeds() {
        let (mut world, _) = outage(None, seed);
        world.advance(OUTAGE);
        expect_return(&mut world, seed);
        assert!(world.session.is_login(), "RECONNECT_SEED={seed}");
    }
}

#[test]
fn pauses_grow_to_five_seconds_and_are_spread() {
    const PAUSES: [u64; 7] = [0, 500, 1000, 2000, 4000, 5000, 5000];
    let mut firsts = Vec::new();
    for seed in 0..100 {
        let (mut world, lost) = outage(None, seed);
        world.advance(20_000);
        let mut times = vec![lost];
        times.extend(&world.opened);
        let gaps = gaps(&times);
        assert!(gaps.len() >= PAUSES.len(), "seed {seed}: {gaps:?}");
        for (gap, pause) in gaps.iter().zip(PAUSES) {
            assert!(
                (pause * 8 / 10..=pause).contains(gap),
                "seed {seed}: {gap} ms instead of {pause} ms in {gaps:?}"
            );
        }
        firsts.push(gaps[1]);
    }
    firsts.sort_unstable();
    firsts.dedup();
    assert!(firsts.len() > 10, "the tries of many pages coincide");
}

#[test]
fn after_five_minutes_tries_are_thirty_seconds_apart() {
    for seed in 0..50 {
        let (mut world, lost) = outage(None, seed);
        world.advance(20 * 60_000);
        let mut rare = 0;
        for pair in world.opened.windows(2) {
            let gap = pair[1] - pair[0];
            if pair[0] < lost + 300_000 {
                assert!(gap <= 5000, "seed {seed}: {gap} ms");
            } else {
                assert!((24_000..=30_000).contains(&gap), "seed {seed}: {gap} ms");
                rare += 1;
            }
        }
        assert!(rare >= 25, "seed {seed}: {rare} tries in 15 minutes");
    }
}

#[test]
fn a_page_that_awakes_tries_at_once() {
    let (mut world, _) = outage(None, 1);
    world.advance(10 * 60_000);
    world.advance(100);
    assert!(matches!(world.session.link(), Link::Waiting { .. }));
    world.clear();
    world.peer.listens = true;
    world.handle(Input::Awake).expect("a page may awake");
    assert_eq!(world.opened, [world.now.mono]);
    assert_eq!(world.session.link(), Link::Up);
    world.handle(Input::Awake).expect("a page may awake");
    assert_eq!(world.opened.len(), 1, "an open link is kept");
}

#[test]
fn a_try_that_the_broker_does_not_answer_is_given_up_after_five_seconds() {
    let mut world = World::new();
    world.peer.greets = false;
    world.connect();
    let start = world.now.mono;
    world.advance(4999);
    assert!(world.closed.is_empty());
    world.advance(1);
    assert_eq!(world.closed, [start + 5000]);
    world.advance(500);
    assert_eq!(world.opened.len(), 2, "the next try follows");
    world.advance(60_000);
    assert_eq!(world.count("CONNECT_TIMEOUT"), 1, "told once an outage");
    assert_eq!(world.count("CONNECT_FAILED"), 0);
}

#[test]
fn without_a_limit_the_session_never_gives_up() {
    let (mut world, _) = outage(None, 1);
    world.advance(60 * 60_000);
    assert_eq!(world.count("GAVE_UP"), 0);
    assert!(matches!(world.session.link(), Link::Waiting { .. }));
}

#[test]
fn after_the_allowed_failures_the_page_is_told_once_and_tries_become_rare() {
    let (mut lost, _) = outage(Some(3), 1);
    lost.advance(10 * 60_000);
    let mut late = {
        let mut config = config();
        config.max_reconnect = Some(3);
        World::with(config, None, 2)
    };
    late.peer.listens = false;
    late.connect();
    late.advance(10 * 60_000);
    for mut world in [lost, late] {
        let gave_up: Vec<u64> = world
            .emits
            .iter()
            .filter(|(_, e)| *e == agent::Emit::Exception(Fault::GaveUp { attempts: 3 }))
            .map(|(at, _)| *at)
            .collect();
        assert_eq!(gave_up, [world.opened[2]], "at the third failure");
        assert_eq!(world.count("GAVE_UP"), 1);
        let rare = gaps(&world.opened[2..]);
        assert!(rare.len() >= 18, "{rare:?}");
        assert!(
            rare.iter().all(|gap| (24_000..=30_000).contains(gap)),
            "{rare:?}"
        );
        world.peer.listens = true;
        world.advance(30_000);
        assert!(world.session.is_connected());
    }
}

#[test]
fn with_no_tries_allowed_the_session_stays_down() {
    let (mut world, _) = outage(Some(0), 1);
    world.advance(60 * 60_000);
    assert!(world.opened.is_empty());
    assert_eq!(world.session.link(), Link::Down);
    world.peer.listens = true;
    world.connect();
    assert!(world.session.is_connected(), "the page may still ask");

    let mut config = config();
    config.max_reconnect = Some(0);
    let mut world = World::with(config, None, 1);
    world.peer.listens = false;
    world.connect();
    world.advance(60 * 60_000);
    assert_eq!(world.opened.len(), 1);
    assert_eq!(world.session.poll_timeout(), None);
}

#[test]
fn a_failed_connection_is_told_once_an_outage() {
    let mut world = World::new();
    world.peer.listens = false;
    world.connect();
    world.advance(OUTAGE);
    let url = "ws://broker.test/ws".to_owned();
    assert_eq!(world.exceptions(), [&Fault::ConnectFailed { url }]);
    world.peer.listens = true;
    world.advance(60_000);
    assert!(world.session.is_connected());
    world.peer.listens = false;
    world.lose();
    world.advance(OUTAGE);
    assert_eq!(world.count("CONNECT_FAILED"), 2, "once more for the second");
}

#[test]
fn what_the_broker_says_of_a_refused_connection_is_told_instead() {
    let mut world = World::new();
    world.peer.greets = false;
    world.connect();
    world.broker_error("Bad CONNECT", "Access refused for user 'acc'");
    let message = "Bad CONNECT: Access refused for user 'acc'".to_owned();
    assert_eq!(world.exceptions(), [&Fault::Broker { message }]);
}

#[test]
fn a_broker_that_closes_every_new_link_is_asked_with_growing_pauses() {
    let mut world = World::new();
    world.peer.hangs_up = true;
    world.connect();
    world.advance(OUTAGE);
    assert!(world.opened.len() >= 5, "{:?}", world.opened);
    assert!(world.opened.len() <= 20, "{:?}", world.opened);
}

#[test]
fn with_a_token_the_session_reconnects() {
    let mut world = World::with(config(), Some(TOKEN), 1);
    world.connect();
    let frames: Vec<&str> = world.sent.iter().map(|s| s.command()).collect();
    assert_eq!(frames, ["CONNECT", "SUBSCRIBE", "SEND", "SEND"]);
    assert_eq!(world.requests(), ["reconnect", "heartbeat"]);
    assert!(world.session.is_login());
}

#[test]
fn without_a_token_the_session_logs_in() {
    let mut world = World::new();
    world.connect();
    assert_eq!(world.requests(), ["login", "heartbeat"]);
    assert_eq!(world.tokens, [Some(TOKEN.to_owned())]);
}

#[test]
fn a_lost_link_is_opened_again_with_the_token_of_the_login() {
    let mut world = World::new();
    world.login();
    world.advance(60_000);
    world.clear();
    world.lose();
    assert_eq!(world.opened, [world.now.mono], "at once");
    assert_eq!(world.requests(), ["reconnect", "heartbeat"]);
    assert_eq!(
        world.names(),
        [
            "Close",
            "StateChange(closed)",
            "Open",
            "StateChange(connected)",
            "Message",
            "Message",
            "StateChange(Idle)",
            "Reconnect",
            "Message"
        ]
    );
}

/// The link is lost and comes back; nothing is sent until the agent logs in.
fn expect_no_login(world: &mut World) {
    world.clear();
    world.lose();
    world.advance(60_000);
    assert!(world.session.is_connected());
    assert!(world.requests().is_empty(), "{:?}", world.requests());
    world.peer.answers = true;
    world
        .handle(Input::Login(None))
        .expect("an agent may log in");
    assert_eq!(world.requests(), ["login", "heartbeat"]);
}

#[test]
fn after_a_kick_the_link_comes_back_without_a_login() {
    let mut world = World::new();
    world.login();
    world.event("Kick", json!({}));
    assert_eq!(world.tokens, [None::<String>]);
    expect_no_login(&mut world);
}

#[test]
fn after_a_logout_the_link_comes_back_without_a_login() {
    for data in [json!({}), json!(null)] {
        let mut world = World::new();
        world.login();
        world.event("Logout", data);
        assert_eq!(world.tokens, [None::<String>]);
        expect_no_login(&mut world);
    }
}

#[test]
fn after_a_refused_login_the_link_comes_back_without_a_login() {
    let mut world = World::new();
    world.peer.answers = false;
    world.connect();
    world.platform_response("login", 1, "工号或密码错误");
    let message = "工号或密码错误".to_owned();
    let status = 1;
    assert_eq!(world.exceptions(), [&Fault::Refused { message, status }]);
    expect_no_login(&mut world);
}
