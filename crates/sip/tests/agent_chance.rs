//! Three phones, a server, and chance: people call, answer, hold, transfer and hang up at random, links break, fall silent
//! and refuse, texts get lost. Whatever happened: when all is quiet both ends of a call agree or both have ended it; a call
//! that is over is not spoken of any more; in one direction one offer is open at most; and every text is well-formed. (The
//! last three are checked by the world at each step.)
//!
//! `AGENT_SEED=n cargo test -p sip --test agent_chance -- --nocapture` replays one seed alone and prints what happens in it.

mod agent_world;

use agent_world::{Door, Fate, Media, Phone, World, label};
use sip::agent::{CallKey, CallState, Command, Config};
use sip::{Message, Name};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// So many seeds are run. A build without optimisation is some ten times slower and runs a tenth.
const SEEDS: u64 = if cfg!(debug_assertions) { 60 } else { 600 };
/// Moments at which somebody does something, a seed.
const STEPS: u32 = 200;
const PHONES: usize = 3;
const SECOND: u64 = 1_000;
/// Calls at once, a phone.
const MOST_CALLS: usize = 3;

/// SplitMix64.
#[derive(Clone)]
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    fn phone(&mut self) -> usize {
        self.below(PHONES as u64) as usize
    }

    fn flip(&mut self) -> bool {
        self.below(2) == 0
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let count = all.len() as u64;
        (count > 0).then(|| all[self.below(count) as usize])
    }
}

/// What happened how often: what never came has proven nothing.
#[derive(Debug, Default)]
struct Counts {
    talks: usize,
    holds: usize,
    crossings: usize,
    losses: usize,
    transfers: usize,
    compared: usize,
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.talks += other.talks;
        self.holds += other.holds;
        self.crossings += other.crossings;
        self.losses += other.losses;
        self.transfers += other.transfers;
        self.compared += other.compared;
    }
}

struct Play {
    world: World,
    random: Random,
    loud: bool,
}

impl Play {
    fn new(seed: u64, loud: bool) -> Play {
        // Whoever is forgotten by a peer learns it from the session timer at the latest.
        let tune = |config: &mut Config| {
            config.session_expires = 90;
            config.reliable = seed.is_multiple_of(2);
        };
        let mut world = World::seeded(PHONES, seed, &tune);
        world.proxy.outbound = seed.is_multiple_of(3);
        world.proxy.gruu = seed.is_multiple_of(5);
        world.register();
        Play {
            world,
            random: Random(seed),
            loud,
        }
    }

    fn say(&self, what: &str) {
        if self.loud {
            eprintln!("{:>9} {what}", self.world.now);
        }
    }

    /// Tries something; an agent may refuse what does not fit.
    fn try_to(&mut self, who: usize, command: Command) {
        let shown = self.loud.then(|| format!("{who}: {command:?}"));
        let done = self.world.command(who, command);
        if let Some(mut shown) = shown {
            shown.truncate(100);
            self.say(&format!("{} {done:?}", shown.replace("\r\n", " ")));
        }
    }

    fn calls(&self, who: usize, wanted: &dyn Fn(CallState, bool) -> bool) -> Vec<CallKey> {
        let agent = &self.world.phones[who].agent;
        let calls = agent.calls().filter(|key| {
            let call = agent.call(*key);
            call.is_some_and(|call| wanted(call.state(), call.is_outgoing()))
        });
        calls.collect()
    }

    /// Any call of a phone's.
    fn any(&mut self, who: usize) -> Option<CallKey> {
        let calls = self.calls(who, &|_, _| true);
        self.random.one_of(&calls)
    }

    fn established(&mut self, who: usize) -> Option<CallKey> {
        let calls = self.calls(who, &|state, _| state == CallState::Established);
        self.random.one_of(&calls)
    }

    fn step(&mut self) {
        let who = self.random.phone();
        match self.random.below(100) {
            0..14 => self.dial(who),
            14..34 => self.pick_up(who),
            34..39 => {
                if let Some(call) = self.any(who) {
                    self.try_to(who, Command::Hangup { call });
                }
            }
            39..56 => {
                if let Some(call) = self.established(who) {
                    let holds = self.random.flip();
                    self.world.phones[who].media_of(call).holds = holds;
                    self.try_to(who, Command::Reoffer { call });
                }
            }
            56..60 => {
                let prompt = self.random.flip();
                self.world.phones[who].prompt = prompt;
            }
            60..70 => self.answer_offers(who),
            70..76 => {
                self.say(&format!("{who}: link cut"));
                self.world.cut(who);
            }
            76..79 => {
                self.say(&format!("{who}: link silent"));
                self.world.silence(who);
            }
            79..84 => {
                let doors = [Door::Opens, Door::Opens, Door::Refuses, Door::Hangs];
                let door = self.random.one_of(&doors).unwrap_or(Door::Opens);
                self.say(&format!("{who}: {door:?}"));
                self.world.door(who, door);
            }
            84..86 => self.world.wake(who),
            86..89 => {
                if let Some(call) = self.any(who) {
                    let (kind, body) = ("application/dtmf".into(), "5".into());
                    self.try_to(who, Command::Info { call, kind, body });
                }
            }
            89..92 => self.transfer(who),
            92..96 => {
                if let Some(call) = self.established(who) {
                    let status = 100 + 100 * self.random.below(6) as u16;
                    let command = match self.random.below(4) {
                        0 => Command::Report { call, status },
                        1 => Command::Refuse { call, status: 603 },
                        _ => Command::Follow { call },
                    };
                    self.try_to(who, command);
                }
            }
            96..98 => self.lose_some(),
            98 => self.world.proxy.forget_nonces(),
            _ => {
                let command = match self.random.below(4) {
                    0 => Command::Stop,
                    1 => Command::Unregister,
                    _ => Command::Register,
                };
                self.try_to(who, command);
            }
        }
        let pause = match self.random.below(10) {
            0..3 => 0,
            3..6 => self.random.below(50),
            6..9 => self.random.below(3 * SECOND),
            _ => self.random.below(40 * SECOND),
        };
        self.pass(pause);
    }

    fn dial(&mut self, who: usize) {
        if self.world.phones[who].agent.calls().count() >= MOST_CALLS {
            return;
        }
        let target = match self.random.below(12) {
            0 => "7777".to_owned(),
            _ => (1001 + self.random.phone()).to_string(),
        };
        let command = Command::Call {
            target,
            from: None,
            headers: Vec::new(),
            replaces: None,
        };
        self.try_to(who, command);
    }

    /// Does something with a call that rings here.
    fn pick_up(&mut self, who: usize) {
        let rings = self.calls(who, &|state, outgoing| {
            state == CallState::Ringing && !outgoing
        });
        let Some(call) = self.random.one_of(&rings) else {
            return;
        };
        let command = match self.random.below(10) {
            0..3 => Command::Ring { call },
            3 => Command::Refuse { call, status: 486 },
            _ => {
                let sdp = self.world.phones[who].next_answer(call);
                Command::Answer { call, sdp }
            }
        };
        self.try_to(who, command);
    }

    /// Time passes. An owner that takes its time gives the offers that are wanted of it, but not at once.
    fn pass(&mut self, ms: u64) {
        let end = self.world.now + ms;
        while self.world.now < end {
            let rest = end - self.world.now;
            self.world.run(rest.min(4 * SECOND));
            for who in 0..PHONES {
                self.give_offers(who);
            }
        }
    }

    fn give_offers(&mut self, who: usize) {
        for call in self.calls(who, &|_, _| true) {
            if std::mem::take(&mut self.world.phones[who].media_of(call).wanted) {
                let sdp = self.world.phones[who].next_offer(call);
                self.try_to(who, Command::Offer { call, sdp });
            }
        }
    }

    /// Answers the offers that an owner has let wait, or refuses them.
    fn answer_offers(&mut self, who: usize) {
        for call in self.calls(who, &|state, _| state == CallState::Established) {
            if self.world.phones[who].media_of(call).offered.is_none() {
                continue;
            }
            let command = if self.random.below(5) == 0 {
                Command::Refuse { call, status: 488 }
            } else {
                let sdp = self.world.phones[who].next_answer(call);
                Command::Answer { call, sdp }
            };
            self.try_to(who, command);
        }
    }

    fn transfer(&mut self, who: usize) {
        let calls = self.calls(who, &|state, _| state == CallState::Established);
        let (Some(call), Some(other)) = (self.random.one_of(&calls), self.random.one_of(&calls))
        else {
            return;
        };
        let command = if self.random.flip() {
            Command::Attend { call, other }
        } else {
            let target = (1001 + self.random.phone()).to_string();
            Command::Refer { call, target }
        };
        self.try_to(who, command);
    }

    /// From now on the server loses some texts on the way, or none any more.
    fn lose_some(&mut self) {
        let percent = [0, 0, 10, 30][self.random.below(4) as usize];
        self.say(&format!("{percent} of 100 texts get lost"));
        self.world.proxy.keeps = percent == 0;
        let mut random = self.random.clone();
        self.world.judge = Box::new(move |_, _, _| {
            if random.below(100) < percent {
                Fate::Drop
            } else {
                Fate::Pass
            }
        });
    }

    /// Everybody does what is asked, every link works, and time passes.
    fn quiet(&mut self) {
        self.say("quiet");
        self.world.pass();
        self.world.proxy.keeps = true;
        for who in 0..PHONES {
            self.world.door(who, Door::Opens);
            self.world.phones[who].prompt = true;
            self.try_to(who, Command::Register);
            self.give_offers(who);
            self.answer_offers(who);
        }
        self.world.run(200 * SECOND);
        for who in 0..PHONES {
            for call in self.calls(who, &|state, _| state != CallState::Established) {
                self.try_to(who, Command::Hangup { call });
            }
        }
        self.world.run(200 * SECOND);
    }

    /// Each call that goes on has one other end, which knows the same.
    fn compare(&mut self) -> usize {
        let mut ends: Vec<(usize, CallKey, String, Media)> = Vec::new();
        for who in 0..PHONES {
            assert!(self.world.phones[who].agent.is_registered(), "phone {who}");
            for call in self.calls(who, &|_, _| true) {
                let known = self.world.phones[who].agent.call(call).expect("a call");
                assert_eq!(
                    known.state(),
                    CallState::Established,
                    "phone {who} {call:?}"
                );
                let id = known.call_id().to_owned();
                let media = self.world.phones[who].media_of(call).clone();
                ends.push((who, call, id, media));
            }
        }
        for (who, call, id, media) in &ends {
            let mut others = ends
                .iter()
                .filter(|(other, key, other_id, _)| id == other_id && (who, call) != (other, key));
            let (_, _, _, theirs) = others
                .next()
                .unwrap_or_else(|| panic!("phone {who} {call:?} talks to nobody"));
            assert!(others.next().is_none(), "a call with three ends");
            assert!(media.local.is_some() && media.remote.is_some(), "{media:?}");
            assert_eq!(media.local, theirs.remote, "phone {who} {call:?}");
            assert_eq!((&media.offer, &media.offered), (&None, &None));
        }
        ends.len()
    }

    fn count(&self, compared: usize) -> Counts {
        let sent = |wanted: &str| -> usize {
            let all = self.world.phones.iter().flat_map(|phone| &phone.sent);
            all.filter(|sent| sent.label() == wanted).count()
        };
        let within = self.world.phones.iter().flat_map(|phone| &phone.sent);
        let within =
            within.filter(|sent| sent.label() == "INVITE" && !sent.tag(Name::To).is_empty());
        Counts {
            talks: sent("200 INVITE"),
            holds: within.count(),
            crossings: sent("491 INVITE"),
            losses: self
                .world
                .phones
                .iter()
                .map(|phone| phone.opens.len())
                .sum(),
            transfers: sent("REFER"),
            compared,
        }
    }
}

/// An offer on the wire that has no final answer yet.
struct Open {
    call_id: String,
    from_tag: String,
    number: u32,
    body: String,
}

fn tag_of(message: &Message<'_>) -> String {
    let tag = message.from().and_then(|from| from.tag());
    tag.unwrap_or_default().to_owned()
}

/// In one dialog a phone has at most one offer out; the same one again after a loss is no other.
fn assert_one_offer_at_a_time(phone: &Phone) {
    let mut open: Vec<Open> = Vec::new();
    let mut heard = phone.heard.iter().peekable();
    for (at, sent) in phone.sent.iter().enumerate() {
        while let Some((_, text)) = heard.next_if(|(before, _)| *before <= at) {
            close(&mut open, text);
        }
        let label = sent.label();
        if label == "BYE" {
            let id = sent.header(Name::CallId);
            open.retain(|offer| offer.call_id != id);
        }
        let within = matches!(label.as_str(), "INVITE" | "UPDATE")
            && !sent.body().is_empty()
            && !sent.tag(Name::To).is_empty();
        if !within {
            continue;
        }
        let offer = Open {
            call_id: sent.header(Name::CallId),
            from_tag: sent.tag(Name::From),
            number: sent.number(),
            body: sent.body().to_owned(),
        };
        open.retain(|other| {
            let same = other.call_id == offer.call_id && other.from_tag == offer.from_tag;
            assert!(
                !same || other.body == offer.body,
                "{} has two offers out at {} ms:\n{}",
                phone.account,
                sent.at,
                sent.text
            );
            !same
        });
        open.push(offer);
    }
}

/// Takes away what this text answers.
fn close(open: &mut Vec<Open>, text: &str) {
    let Ok(message) = Message::parse(text.as_bytes()) else {
        return;
    };
    let final_answer = message.status().is_some_and(|status| status >= 200);
    let Some(cseq) = message.cseq().filter(|_| final_answer) else {
        return;
    };
    let tag = tag_of(&message);
    open.retain(|offer| {
        offer.call_id != message.call_id() || offer.from_tag != tag || offer.number != cseq.number
    });
}

fn run(seed: u64, loud: bool) -> Counts {
    let mut play = Play::new(seed, loud);
    for _ in 0..STEPS {
        play.step();
    }
    play.quiet();
    if loud {
        for phone in &play.world.phones {
            for sent in &phone.sent {
                eprintln!("{:>9} {} {}", sent.at, phone.account, label(&sent.text));
            }
        }
    }
    for phone in &play.world.phones {
        assert_one_offer_at_a_time(phone);
    }
    let compared = play.compare();
    play.count(compared)
}

#[test]
fn whatever_people_and_links_do_both_ends_agree_in_the_end() {
    if let Ok(seed) = std::env::var("AGENT_SEED") {
        let seed = seed.parse().expect("AGENT_SEED is to be a number");
        let counts = run(seed, true);
        eprintln!("seed {seed} is all right: {counts:?}");
        return;
    }
    let mut counts = Counts::default();
    for seed in 0..SEEDS {
        match catch_unwind(AssertUnwindSafe(|| run(seed, false))) {
            Ok(more) => counts.add(&more),
            Err(_) => panic!(
                "seed {seed}; replay it alone: AGENT_SEED={seed} cargo test -p sip --test agent_chance -- --nocapture"
            ),
        }
    }
    let seeds = SEEDS as usize;
    assert!(counts.talks > 5 * seeds, "{counts:?}");
    assert!(counts.holds > 5 * seeds, "{counts:?}");
    assert!(counts.losses > 5 * seeds, "{counts:?}");
    assert!(counts.crossings > 0 && counts.transfers > 0, "{counts:?}");
    assert!(counts.compared > seeds / 4, "{counts:?}");
}

#[test]
fn the_same_seed_is_the_same_play() {
    let texts = |seed: u64| {
        let mut play = Play::new(seed, false);
        for _ in 0..STEPS / 4 {
            play.step();
        }
        let sent = play.world.phones.into_iter().flat_map(|phone| phone.sent);
        sent.map(|sent| sent.text).collect::<Vec<String>>()
    };
    assert_eq!(texts(5), texts(5));
    assert_ne!(texts(5), texts(6));
}

#[test]
fn two_offers_at_once_would_be_found() {
    let mut world = agent_world::two();
    let (ours, _) = world.talk(0, 1);
    world.hold(0, ours, true);
    let mut again = world.phones[0].last("INVITE");
    again.text = again.text.replace("a=sendonly", "a=inactive");
    world.phones[0].sent.push(again);
    let found = catch_unwind(AssertUnwindSafe(|| {
        assert_one_offer_at_a_time(&world.phones[0]);
    }));
    assert!(found.is_err());
    world.phones[0].sent.pop();
    world.run(SECOND);
    assert_one_offer_at_a_time(&world.phones[0]);
}
