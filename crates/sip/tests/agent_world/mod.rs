//! Phones and the server between them on a test clock: time passes only when a test lets it, and what is on the way can
//! be held back, dropped, sent in another order or cut off.

// Each test file is a program of its own and uses only a part of this.
#![allow(dead_code, unused_imports)]

mod phone;
mod proxy;
mod solo;
mod text;

pub use phone::{DOMAIN, Media, PASSWORD, Phone, config};
pub use proxy::{Asks, PROXY, Proxy, gruu_of, record};
pub use solo::{Peer, Solo, response};
pub use text::{Sent, address, flaw, label, sdp, tag};

use sip::agent::{CallKey, Command, Config, Event, Input, Output, Refusal};

/// How long a text takes from one end of a link to the other, ms.
pub const LAG: u64 = 10;

/// More at one moment than any test needs.
const MOST_AT_ONCE: usize = 2000;

/// Which way a text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the phone.
    Up,
    /// To the phone.
    Down,
}

/// What becomes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Pass,
    Drop,
    /// Until [`World::release`].
    Hold,
}

/// Decides what becomes of a text: whose link, which way, the text.
pub type Judge = Box<dyn FnMut(usize, Way, &str) -> Fate>;

/// What becomes of a socket that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Opens,
    Refuses,
    /// Neither opens nor fails.
    Hangs,
}

/// What is on its way.
enum What {
    Opened,
    Text(String),
    Closed,
}

struct Parcel {
    at: u64,
    who: usize,
    way: Way,
    what: What,
}

/// One phone's link.
struct Link {
    door: Door,
    /// Everything gets lost, and nobody learns of it.
    dead: bool,
}

pub struct World {
    pub now: u64,
    pub phones: Vec<Phone>,
    pub proxy: Proxy,
    pub judge: Judge,
    /// What was held back, the oldest first.
    pub held: Vec<(usize, Way, String)>,
    links: Vec<Link>,
    wire: Vec<Parcel>,
}

/// Two phones, 1001 and 1002, which are registered; what happened until then is forgotten.
pub fn two() -> World {
    some(2)
}

/// So many phones from 1001 on, which are registered; what happened until then is forgotten.
pub fn some(count: usize) -> World {
    let mut world = World::new(count, &|_| {});
    world.register();
    world
}

impl World {
    /// Phones that nobody has told to register.
    pub fn new(count: usize, tune: &dyn Fn(&mut Config)) -> World {
        World::seeded(count, 7, tune)
    }

    /// The same with other chance.
    pub fn seeded(count: usize, seed: u64, tune: &dyn Fn(&mut Config)) -> World {
        let phone = |at: usize| {
            let mut config = config(&(1001 + at).to_string());
            tune(&mut config);
            Phone::new(config, seed.wrapping_mul(31) + at as u64)
        };
        let mut proxy = Proxy::new();
        proxy.lines = vec![false; count];
        let link = || Link {
            door: Door::Opens,
            dead: false,
        };
        World {
            now: 5_000,
            phones: (0..count).map(phone).collect(),
            proxy,
            judge: Box::new(|_, _, _| Fate::Pass),
            held: Vec::new(),
            links: (0..count).map(|_| link()).collect(),
            wire: Vec::new(),
        }
    }

    // ── what a test does ─────────────────────────────────────────────────────────────────────────────────────────

    /// Registers every phone, and forgets what happened until then.
    pub fn register(&mut self) {
        for who in 0..self.phones.len() {
            self.order(who, Command::Register);
        }
        self.run(1_000);
        for phone in &self.phones {
            assert!(phone.agent.is_registered(), "{:?}", phone.told());
        }
        self.clear();
    }

    /// Gives a phone a command that it cannot refuse.
    pub fn order(&mut self, who: usize, command: Command) -> Option<CallKey> {
        let shown = format!("{command:?}");
        self.command(who, command)
            .unwrap_or_else(|refusal| panic!("{shown}: {refusal:?}"))
    }

    pub fn command(&mut self, who: usize, command: Command) -> Result<Option<CallKey>, Refusal> {
        let (done, deeds) = self.phones[who].command(command, self.now);
        self.perform(who, deeds);
        done
    }

    /// Calls somebody.
    pub fn dial(&mut self, who: usize, target: &str) -> CallKey {
        let command = Command::Call {
            target: target.to_owned(),
            from: None,
            headers: Vec::new(),
            replaces: None,
        };
        self.order(who, command).expect("a call has a key")
    }

    /// Calls somebody, whose phone rings by then; gives both keys.
    pub fn ring(&mut self, from: usize, to: usize) -> (CallKey, CallKey) {
        let target = self.phones[to].account.clone();
        let ours = self.dial(from, &target);
        self.run(200);
        let theirs = self.phones[to].incoming();
        self.order(to, Command::Ring { call: theirs });
        self.run(100);
        (ours, theirs)
    }

    /// Calls somebody, who answers; gives both keys. What happened until then is forgotten.
    pub fn talk(&mut self, from: usize, to: usize) -> (CallKey, CallKey) {
        let (ours, theirs) = self.ring(from, to);
        self.answer(to, theirs);
        self.run(500);
        for (who, call) in [(from, ours), (to, theirs)] {
            let told = self.phones[who].count(&Event::Established { call });
            assert_eq!(told, 1, "{:?}", self.phones[who].told());
        }
        self.clear();
        (ours, theirs)
    }

    /// Answers a call that came in.
    pub fn answer(&mut self, who: usize, call: CallKey) {
        let sdp = self.phones[who].next_answer(call);
        self.order(who, Command::Answer { call, sdp });
    }

    /// Holds or resumes; the offer goes out when it is its turn.
    pub fn hold(&mut self, who: usize, call: CallKey, holds: bool) {
        self.phones[who].media_of(call).holds = holds;
        self.order(who, Command::Reoffer { call });
    }

    /// The page of a phone is visible again.
    pub fn wake(&mut self, who: usize) {
        self.handle(who, Input::Awake);
    }

    /// Lets time pass.
    pub fn run(&mut self, ms: u64) {
        let end = self.now + ms;
        let mut steps = 0;
        loop {
            let parcel = self.wire.iter().map(|parcel| parcel.at).min();
            let timers = self
                .phones
                .iter()
                .filter_map(|one| one.agent.poll_timeout());
            let next = timers.chain(parcel).min();
            let Some(at) = next.filter(|at| *at <= end) else {
                self.now = end;
                return;
            };
            steps = if at > self.now { 0 } else { steps + 1 };
            assert!(steps < MOST_AT_ONCE, "{}", self.stuck());
            self.now = self.now.max(at);
            if parcel.is_some_and(|at| at <= self.now) {
                self.deliver();
                continue;
            }
            for who in 0..self.phones.len() {
                let due = self.phones[who].agent.poll_timeout();
                if due.is_some_and(|at| at <= self.now) {
                    self.handle(who, Input::Timeout);
                }
            }
        }
    }

    /// Whose time has come again and again.
    fn stuck(&self) -> String {
        let mut text = format!("time stands still at {} ms", self.now);
        for phone in &self.phones {
            let due = phone.agent.poll_timeout();
            if due.is_some_and(|at| at <= self.now) {
                text.push_str(&format!(
                    "\n{} wants to be called at {due:?}",
                    phone.account
                ));
                for (at, event) in phone.events.iter().rev().take(5) {
                    text.push_str(&format!("\n  at {at} told {event:?}"));
                }
            }
        }
        text
    }

    /// Cuts a link: what is on the way is lost, and both ends know.
    pub fn cut(&mut self, who: usize) {
        self.wire.retain(|parcel| parcel.who != who);
        self.proxy.lines[who] = false;
        self.handle(who, Input::Closed);
    }

    /// From now on everything on a link gets lost, and nobody learns of it. The next socket works.
    pub fn silence(&mut self, who: usize) {
        self.links[who].dead = true;
        self.wire.retain(|parcel| parcel.who != who);
    }

    /// What becomes of the sockets that a phone asks for from now on.
    pub fn door(&mut self, who: usize, door: Door) {
        self.links[who].door = door;
    }

    /// Whether a phone's socket is open, as the server sees it.
    pub fn is_linked(&self, who: usize) -> bool {
        self.proxy.lines[who]
    }

    /// Sends on what was held back, in this order; 0 is the oldest.
    pub fn release(&mut self, order: &[usize]) {
        let held = std::mem::take(&mut self.held);
        assert_eq!(order.len(), held.len(), "everything has to have its place");
        for at in order {
            let (who, way, text) = held[*at].clone();
            self.post(who, way, text);
        }
    }

    /// Lets everything pass again, and sends on what was held back.
    pub fn pass(&mut self) {
        self.judge = Box::new(|_, _, _| Fate::Pass);
        let order: Vec<usize> = (0..self.held.len()).collect();
        self.release(&order);
    }

    /// Forgets what happened so far.
    pub fn clear(&mut self) {
        self.phones.iter_mut().for_each(Phone::clear);
    }

    // ── what a test asks ─────────────────────────────────────────────────────────────────────────────────────────

    /// Both ends of a call have the same two descriptions, and nothing is open.
    pub fn assert_agreed(&mut self, one: (usize, CallKey), other: (usize, CallKey)) {
        let mut media = |(who, call): (usize, CallKey)| self.phones[who].media_of(call).clone();
        let (one, other) = (media(one), media(other));
        assert!(one.local.is_some() && one.remote.is_some(), "{one:?}");
        assert_eq!(one.local, other.remote);
        assert_eq!(one.remote, other.local);
        for media in [one, other] {
            assert_eq!((media.offer, media.offered), (None, None));
        }
    }

    // ── the network ──────────────────────────────────────────────────────────────────────────────────────────────

    fn handle(&mut self, who: usize, input: Input<'_>) {
        let deeds = self.phones[who].handle(input, self.now);
        self.perform(who, deeds);
    }

    fn perform(&mut self, who: usize, deeds: Vec<Output>) {
        for deed in deeds {
            match deed {
                Output::Open => {
                    self.forget(who);
                    self.links[who].dead = false;
                    let what = match self.links[who].door {
                        Door::Opens => What::Opened,
                        Door::Refuses => What::Closed,
                        Door::Hangs => continue,
                    };
                    self.wire.push(Parcel {
                        at: self.now + LAG,
                        who,
                        way: Way::Down,
                        what,
                    });
                }
                Output::Send(text) => self.submit(who, Way::Up, text),
                Output::Close => self.forget(who),
                Output::Event(_) => {}
            }
        }
    }

    /// The socket is gone: what was sent arrives yet, but nothing comes any more.
    fn forget(&mut self, who: usize) {
        self.proxy.lines[who] = false;
        self.wire
            .retain(|parcel| parcel.who != who || parcel.way == Way::Up);
    }

    /// Somebody sends: the test decides what becomes of it.
    fn submit(&mut self, who: usize, way: Way, text: String) {
        match (self.judge)(who, way, &text) {
            Fate::Pass => self.post(who, way, text),
            Fate::Drop => {}
            Fate::Hold => self.held.push((who, way, text)),
        }
    }

    fn post(&mut self, who: usize, way: Way, text: String) {
        if !self.links[who].dead {
            self.wire.push(Parcel {
                at: self.now + LAG,
                who,
                way,
                what: What::Text(text),
            });
        }
    }

    /// What is due first arrives.
    fn deliver(&mut self) {
        let first = self.wire.iter().enumerate();
        let Some((at, _)) = first.min_by_key(|(_, parcel)| parcel.at) else {
            return;
        };
        let Parcel { who, way, what, .. } = self.wire.remove(at);
        match (way, what) {
            (Way::Up, What::Text(text)) => {
                for (to, text) in self.proxy.receive(who, &text) {
                    self.submit(to, Way::Down, text);
                }
            }
            (_, What::Text(text)) => self.handle(who, Input::Received(text.as_bytes())),
            (_, What::Opened) => {
                self.proxy.lines[who] = true;
                self.handle(who, Input::Opened);
            }
            (_, What::Closed) => self.handle(who, Input::Closed),
        }
    }
}
