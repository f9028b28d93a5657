//! A browser with an agent's page in it, and what outlives the page.

use crate::journal::Journal;
use crate::promises::Promises;
use crate::random::Random;
use crate::standing::Standing;
use agent::session::Saved;
use agent::{Config, Credentials, Now, Secret, Session};
use sandbox::people::{COMPANY, PASSWORD};

/// The start of time, in Unix ms: what the center's clock shows at 0 ms of virtual time.
pub const START: u64 = 1_800_000_000_000;

/// The clocks of a browser, which agree with nobody else's.
#[derive(Debug)]
pub struct Clocks {
    /// What the clock that never goes back shows at 0 ms of virtual time.
    origin: u64,
    /// How far the wall clock is ahead, ms.
    ahead: i64,
}

impl Clocks {
    fn new(random: &mut Random) -> Self {
        let mut clocks = Self {
            origin: 0,
            ahead: 0,
        };
        clocks.begin(random);
        clocks.set(random);
        clocks
    }

    /// A new page counts from somewhere else.
    fn begin(&mut self, random: &mut Random) {
        self.origin = random.between(10_000_000, 1_000_000_000);
    }

    /// Somebody sets the wall clock.
    pub fn set(&mut self, random: &mut Random) {
        self.ahead = random.below(7_200_000) as i64 - 3_600_000;
    }

    /// The machine slept for so many ms and its clock with it.
    pub fn stood_still(&mut self, ms: u64) {
        self.origin -= ms;
    }

    /// What the clocks show at a moment of virtual time.
    pub fn show(&self, now: u64) -> Now {
        Now {
            mono: self.origin + now,
            wall: (START + now).saturating_add_signed(self.ahead),
        }
    }

    /// The moment at which the clock that never goes back shows this.
    pub fn when(&self, mono: u64) -> u64 {
        mono.saturating_sub(self.origin)
    }
}

pub struct Browser {
    /// The agent's number and a letter.
    pub name: String,
    pub agent: &'static str,
    subscribe_path: &'static str,
    pub clocks: Clocks,
    /// What the tab keeps.
    pub kept: Saved,
    /// `None`: no page is open.
    pub session: Option<Session>,
    /// The socket of the page.
    pub link: Option<u64>,
    /// The newest link on which a command has reached the broker.
    pub heard_on: u64,
    /// When a page is opened.
    pub opens_at: Option<u64>,
    /// When the person does something next.
    pub acts_at: u64,
    /// Since when and until when the machine sleeps.
    pub sleep: Option<(u64, u64)>,
    pub journal: Journal,
    pub promises: Promises,
    pub standing: Standing,
}

impl Browser {
    /// A browser in which no page is open.
    pub fn new(agent: &'static str, letter: char, random: &mut Random) -> Self {
        Self {
            name: format!("{agent}{letter}"),
            agent,
            subscribe_path: random.pick(&["/topic", "/exchange/amq.topic"]),
            clocks: Clocks::new(random),
            kept: Saved {
                routing_key: format!("key-{agent}-{letter}"),
                ..Saved::default()
            },
            session: None,
            link: None,
            heard_on: 0,
            opens_at: None,
            acts_at: 0,
            sleep: None,
            journal: Journal::default(),
            promises: Promises::default(),
            standing: Standing::new(),
        }
    }

    /// Opens a page, with what an earlier one left.
    pub fn open(&mut self, random: &mut Random) {
        self.clocks.begin(random);
        self.opens_at = None;
        self.journal = Journal::default();
        self.promises = Promises::default();
        self.standing = Standing::new();
        let session = Session::new(self.config(), self.kept.clone(), random.number());
        self.session = Some(session.expect("the configuration is good"));
    }

    /// Closes the page; what it waited for is of no interest any more.
    pub fn close(&mut self) {
        self.session = None;
        self.link = None;
        self.promises = Promises::default();
    }

    /// When it can do something again, if it sleeps.
    pub fn awake_from(&self) -> u64 {
        self.sleep.map_or(0, |(_, until)| until)
    }

    fn config(&self) -> Config {
        Config {
            url: "ws://broker.test/ws".to_owned(),
            host: "/".to_owned(),
            connect_account: "acc".to_owned(),
            connect_password: Secret::from("pass".to_owned()),
            subscribe_path: self.subscribe_path.to_owned(),
            credentials: Credentials {
                company: COMPANY.to_owned(),
                agent_number: self.agent.to_owned(),
                password: Secret::from(PASSWORD.to_owned()),
                login_type: "1".to_owned(),
            },
            ..Config::default()
        }
    }
}
