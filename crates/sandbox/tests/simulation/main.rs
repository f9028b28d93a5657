//! The whole of it without a socket or a clock: agents' sessions, the contact centre, and between them a broker and a
//! network that delays, cuts, freezes, refuses, repeats and splits, while people log in, call, transfer, consult,
//! supervise, reload their pages and kick each other. Everything that happens follows from one seed.
//!
//! Whatever happened, each page has to show what the center has as soon as all that was said has arrived; requests are
//! settled exactly once, numbers of commands only grow, nothing goes out before a login, and who was kicked stays out.
//!
//! * `SIMULATION_SEEDS=n` runs so many seeds.
//! * `SIMULATION_SEED=n cargo test --release -p sandbox --test simulation -- --nocapture` replays one seed alone and
//!   prints what happens in it.

mod browser;
mod compare;
mod counts;
mod journal;
mod network;
mod person;
mod pipe;
mod promises;
mod random;
mod seeds;
mod standing;
mod trace;
mod world;

use trace::Trace;
use world::World;

/// So many seeds are run. A build without optimisation is some ten times slower and runs a tenth.
const SEEDS: u64 = if cfg!(debug_assertions) { 200 } else { 2000 };

/// What has to occur in a hundred seeds, else the other seeds prove little.
const OCCURS: &[&str] = &[
    // The network and the machines.
    "links cut, both learn",
    "links cut, only the page learns",
    "links cut, only the broker learns",
    "links cut, nobody learns",
    "links dead one way",
    "links found dead by the broker",
    "links frozen",
    "broker frozen",
    "connections refused",
    "messages twice in a row",
    "messages twice, later",
    "frames split",
    "frames joined",
    "commands overtaken",
    "machines asleep",
    "clocks set",
    // People.
    "pages opened",
    "pages reloaded",
    "wishes refused at once",
    "requests done",
    "requests failed",
    "people call agents",
    "people call groups",
    "people call the IVR",
    "people hang up",
    "people press keys",
    "tokens expire",
    // Events of the center.
    "Login",
    "Reconnect",
    "Logout",
    "Kick",
    "Lock",
    "SipError",
    "Idle",
    "Busy",
    "MakeCall",
    "MakeCallFail",
    "Conversation",
    "CancelCall",
    "After",
    "Hold",
    "UnHold",
    "Mute",
    "Unmute",
    "SendDTMF",
    "TransferCall",
    "TransferCalling",
    "TransferCallFail",
    "TransferCancel",
    "ConsultCall",
    "ConsultCalling",
    "ConsultCallFail",
    "ConsultCancel",
    "ConsultedCancel",
    "ConsultTransfer",
    "TripartiteTalk",
    "TripartiteTalking",
    "QueueInfo",
    "Listening",
    "Whispering",
    "ForceInserting",
    "Intercepting",
    "ForceBreak",
    "ForceIdle",
    "ForceBusy",
    "ForceLogout",
    "Surveillance",
    "GroupInfo",
    "IdleAgent",
    "GroupQueueNum",
    // What was proven.
    "quiet moments",
    "comparisons in a call",
    "comparisons without a call",
    "comparisons of pages that are out",
];

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} is to be a number, not {text:?}")),
    )
}

#[test]
fn every_page_shows_what_the_center_has_whatever_the_network_does() {
    if let Some(seed) = number("SIMULATION_SEED") {
        let result = seeds::run(seed, Trace::On);
        let counts = result.unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        eprintln!("seed {seed} is all right: {counts:#?}");
        return;
    }
    let seeds = number("SIMULATION_SEEDS").unwrap_or(SEEDS);
    let outcome = seeds::run_all(0..seeds);
    assert!(outcome.failures.is_empty(), "\n{}", outcome.report());
}

#[test]
fn every_kind_of_fault_and_of_call_occurs() {
    let outcome = seeds::run_all(1_000_000..1_000_100);
    assert!(outcome.failures.is_empty(), "\n{}", outcome.report());
    let missing: Vec<&str> = OCCURS
        .iter()
        .copied()
        .filter(|what| outcome.counts.of(what) == 0)
        .collect();
    assert!(
        missing.is_empty(),
        "never seen: {missing:?} in {:#?}",
        outcome.counts
    );
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let run = |seed| {
        let mut world = World::new(seed, Trace::Off);
        let result = world.run();
        (result, world.digest(), world.counts().clone())
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1).1, run(2).1, "another seed gives another run");
}

/// A world in which everybody has just logged in, and all pages show what the center has.
fn quiet_world() -> World {
    let mut world = World::new(1, Trace::Off);
    world.quiet_moment().expect("nothing goes wrong by itself");
    assert_eq!(world.compare_everybody(), Ok(true));
    world
}

/// The comparison must fail with these words.
fn expect_difference(mut world: World, words: &str) {
    let difference = world.compare_everybody().expect_err("there is one");
    assert!(difference.contains(words), "{difference}");
}

#[test]
fn a_page_that_shows_a_wrong_state_is_found() {
    let mut world = quiet_world();
    world.lie().expect("the page believes it");
    expect_difference(world, "shows Busy, and the center has Login");
}

#[test]
fn a_page_that_missed_an_event_is_found() {
    let mut world = quiet_world();
    world.lose_a_lock().expect("the center locks the agent");
    expect_difference(world, "shows Login, and the center has Lock");
}

#[test]
fn a_page_that_missed_its_kick_is_found() {
    let mut world = quiet_world();
    world
        .lose_a_kick()
        .expect("the center throws the agent out");
    expect_difference(world, "as if it were logged in");
}
