//! The promise form: whatever happens to a session, in whatever order, every request settles exactly once.

mod world;

use agent::session::{Next, Saved, Watch};
use agent::{EventName, Input};
use proptest::prelude::*;
use serde_json::json;
use world::commands::every_command;
use world::scene::call_data;
use world::{ROUTING_KEY, World, config};

/// Longer than any request may wait, ms.
const FOR_EVER: u64 = 200_000;

/// Something that happens to a session.
#[derive(Clone, Debug)]
enum Happens {
    /// A request of [`every_command`].
    Request(usize),
    /// The same by the old form.
    Command(usize),
    /// An event of a command: which name, which kind of call, which of the requests so far, and whether it tells a state.
    Event(usize, usize, usize, bool),
    /// The last of the requests is answered with this status.
    Answer(i64),
    /// From now on commands are answered, or not.
    Answers(bool),
    Lose,
    Break,
    Connect,
    Login,
    Awake,
    Watch(bool),
    /// The agent chooses to be ready, or not, or nothing.
    Next(Option<bool>),
    Extend(u64),
    Pause(bool),
    Queue(bool),
    /// The page gives its password, or nothing.
    Credentials(bool),
    Userdata,
    /// Bytes that are no frame, or only the start of one.
    Noise(Vec<u8>),
    Wait(u64),
    Sleep(u64),
}

fn happens() -> impl Strategy<Value = Happens> {
    let commands = every_command().len();
    prop_oneof![
        8 => (0..commands).prop_map(Happens::Request),
        2 => (0..commands).prop_map(Happens::Command),
        8 => (0..EventName::ALL.len(), 0..5usize, 0..4usize, any::<bool>())
            .prop_map(|(name, kind, of, tells)| Happens::Event(name, kind, of, tells)),
        2 => prop::sample::select(vec![0, 1, 1101]).prop_map(Happens::Answer),
        2 => any::<bool>().prop_map(Happens::Answers),
        1 => Just(Happens::Lose),
        1 => Just(Happens::Break),
        1 => Just(Happens::Connect),
        2 => Just(Happens::Login),
        1 => Just(Happens::Awake),
        1 => any::<bool>().prop_map(Happens::Watch),
        1 => any::<Option<bool>>().prop_map(Happens::Next),
        1 => any::<u64>().prop_map(Happens::Extend),
        1 => any::<bool>().prop_map(Happens::Pause),
        1 => any::<bool>().prop_map(Happens::Queue),
        1 => any::<bool>().prop_map(Happens::Credentials),
        1 => Just(Happens::Userdata),
        1 => prop::collection::vec(any::<u8>(), 1..20).prop_map(Happens::Noise),
        3 => (0..20_000u64).prop_map(Happens::Wait),
        1 => (0..600_000u64).prop_map(Happens::Sleep),
    ]
}

/// Lets one thing happen; `asked` are the numbers of the requests so far.
fn let_happen(world: &mut World, what: Happens, asked: &mut Vec<i64>) {
    let nth = |at: usize| every_command().swap_remove(at);
    match what {
        Happens::Request(at) => asked.extend(world.request(nth(at)).ok()),
        Happens::Command(at) => {
            let _ = world.handle(Input::Command(nth(at)));
        }
        Happens::Event(name, kind, of, tells) => {
            if world.is_linked() {
                let name = EventName::ALL[name].as_str();
                let kind = ["normal", "consult", "consulted", "transfer", "listen"][kind];
                // 0 = of no command.
                let sequence = of.checked_sub(1).and_then(|at| asked.iter().rev().nth(at));
                let mut data = call_data(kind);
                data["cause"] = json!(1600);
                let state = tells.then_some(name);
                world.tell(name, state, sequence.copied().unwrap_or(0), data);
            }
        }
        Happens::Answer(status) => {
            if let (Some(sequence), true) = (asked.last(), world.is_linked()) {
                let body = json!({
                    "type": "response", "response": "anything", "sequence": sequence, "status": status, "msg": "m",
                });
                world.platform_event(&body.to_string());
            }
        }
        Happens::Answers(answers) => world.peer.answers = answers,
        Happens::Lose => world.lose(),
        Happens::Break => {
            let _ = world.handle(Input::Break);
        }
        Happens::Connect => world.connect(),
        Happens::Login => {
            let _ = world.handle(Input::Login(None));
        }
        Happens::Awake => {
            let _ = world.handle(Input::Awake);
        }
        Happens::Watch(on) => {
            let watch = on.then(|| Watch {
                filter: Vec::new(),
                interval: 2000,
            });
            let _ = world.handle(Input::Watch(watch));
        }
        Happens::Next(next) => {
            let next = next.map(|ready| match ready {
                true => Next::Idle,
                false => Next::Busy { busy_type: None },
            });
            let _ = world.handle(Input::Next(next));
        }
        Happens::Extend(ms) => {
            let _ = world.handle(Input::Extend(ms));
        }
        Happens::Pause(stop) => {
            let _ = world.handle(Input::Pause(stop));
        }
        Happens::Queue(shown) => {
            let _ = world.handle(Input::Queue(shown));
        }
        Happens::Credentials(given) => {
            let saved = Saved {
                routing_key: ROUTING_KEY.into(),
                ..Saved::default()
            };
            let given = given.then(|| (config().credentials, saved));
            let _ = world.handle(Input::Credentials(given));
        }
        Happens::Userdata => {
            let _ = world.handle(Input::Userdata("u-42".into()));
        }
        Happens::Noise(bytes) => world.receive(&bytes),
        Happens::Wait(ms) => world.advance(ms),
        Happens::Sleep(ms) => {
            world.sleep(ms);
            let _ = world.handle(Input::Timeout);
        }
    }
}

proptest! {
    #[test]
    fn whatever_happens_every_request_settles_exactly_once(
        happens in prop::collection::vec(happens(), 1..40),
        ask in any::<bool>(),
    ) {
        let mut config = config();
        config.ask = ask;
        config.busy_after_missed = Some(1);
        let mut world = World::with(config, None, 1);
        world.peer.login["agentType"] = json!(1);
        world.login();
        let mut asked = Vec::new();
        for what in happens {
            let_happen(&mut world, what, &mut asked);
        }
        world.advance(FOR_EVER);
        let mut settled: Vec<i64> = world.settled().into_iter().map(|(at, _)| at).collect();
        settled.sort_unstable();
        prop_assert_eq!(settled, asked);
    }
}
