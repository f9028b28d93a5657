//! How a dead link is noticed, and how we show that we live.

mod world;

use agent::{Command, Fault, Input};
use world::{World, config};

fn with_ping_interval(ms: u64) -> World {
    let mut config = config();
    config.ping_interval = ms;
    World::with(config, None, 1)
}

/// When heart-beats of STOMP were sent.
fn line_feeds(world: &World) -> Vec<u64> {
    let beats = world.sent.iter().filter(|s| s.text == "\n");
    beats.map(|s| s.at).collect()
}

#[test]
fn a_server_that_falls_silent_is_abandoned_after_ten_seconds_and_tried_at_once() {
    let mut world = World::new();
    world.login();
    let heard = world.now.mono;
    (world.peer.beats, world.peer.answers) = (false, false);
    world.advance(9999);
    assert!(world.closed.is_empty());
    world.advance(1);
    assert_eq!(world.closed, [heard + 10_000]);
    assert_eq!(world.opened, [heard + 10_000]);
    assert_eq!(
        world.names(),
        [
            "Exception(LINK_SILENT)",
            "Close",
            "StateChange(closed)",
            "Open",
            "StateChange(connected)"
        ]
    );
}

#[test]
fn a_server_that_beats_is_kept() {
    let mut world = World::new();
    world.login();
    world.advance(60 * 60_000);
    assert!(world.closed.is_empty());
    assert!(world.exceptions().is_empty());
}

#[test]
fn without_beats_of_the_server_an_unanswered_beat_of_ours_abandons_the_socket() {
    let mut world = with_ping_interval(4000);
    world.peer.heart_beat = (0, 0);
    world.login();
    let start = world.now.mono;
    world.peer.answers = false;
    world.advance(11_999);
    assert!(world.closed.is_empty());
    assert_eq!(world.times("heartbeat"), [start + 4000, start + 8000]);
    world.advance(1);
    assert_eq!(world.closed, [start + 12_000], "twice after the first");
    assert_eq!(world.opened, [start + 12_000]);
    assert_eq!(world.exceptions(), [&Fault::Silent]);
}

#[test]
fn with_beats_of_the_server_an_unanswered_beat_of_ours_is_told_and_the_socket_kept() {
    let mut world = with_ping_interval(4000);
    world.login();
    world.peer.answers = false;
    world.advance(60_000);
    assert!(world.closed.is_empty());
    let request = "heartbeat".to_owned();
    assert_eq!(world.exceptions(), [&Fault::CommandTimeout { request }]);
}

#[test]
fn answered_beats_are_a_ping_interval_apart() {
    for heart_beat in [(0, 0), (5000, 5000)] {
        let mut world = with_ping_interval(7000);
        world.peer.heart_beat = heart_beat;
        world.login();
        let start = world.now.mono;
        world.advance(70_000);
        let expected: Vec<u64> = (1..=10).map(|n| start + n * 7000).collect();
        assert_eq!(world.times("heartbeat"), expected);
        assert!(world.closed.is_empty());
    }
}

#[test]
fn the_session_sends_the_beats_that_it_promised() {
    for (wanted, every) in [(5000, 5000), (8000, 8000), (1000, 5000)] {
        let mut world = with_ping_interval(1_000_000);
        world.peer.heart_beat = (0, wanted);
        world.login();
        let start = world.now.mono;
        world.advance(6 * every);
        let expected: Vec<u64> = (1..=6).map(|n| start + n * every).collect();
        assert_eq!(line_feeds(&world), expected, "the server wants {wanted}");
    }
}

#[test]
fn a_command_counts_as_a_beat() {
    let mut world = with_ping_interval(1_000_000);
    world.login();
    let start = world.now.mono;
    world.advance(3000);
    world
        .handle(Input::Command(Command::Idle))
        .expect("an agent may be ready");
    world.advance(5000);
    assert_eq!(line_feeds(&world), [start + 8000]);
}

#[test]
fn without_an_agreement_no_beats_are_sent() {
    let mut world = with_ping_interval(1_000_000);
    world.peer.heart_beat = (0, 0);
    world.login();
    world.advance(60_000);
    assert!(world.sent.is_empty());
}

#[test]
fn a_link_without_beats_on_which_nobody_answers_a_login_is_abandoned() {
    let mut world = World::new();
    world.peer.heart_beat = (0, 0);
    world.peer.answers = false;
    world.connect();
    let start = world.now.mono;
    world.advance(5000);
    assert_eq!(world.closed, [start + 5000]);
    assert_eq!(world.count("COMMAND_TIMEOUT"), 1);
    assert!(world.opened.len() > 1, "the next try is made");
}
