//! Runs the user agent: gives it link and clock, does what it says, and hears what becomes of connections.

use super::incoming::Own;
use super::talk::{NEVER, Stage, Talk};
use crate::browser::clock;
use crate::browser::host::PhoneHost;
use crate::browser::peer::Peer;
use crate::browser::random;
use sip::UserAgent;
use sip::agent::{CallKey, Config, Input, Orders, Output};
use sip::auth::Secret;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// One phone. Calls are named by their numbers; 0 is the current one.
pub struct Phone {
    pub(super) agent: RefCell<UserAgent>,
    pub(super) calls: RefCell<Vec<Rc<Talk>>>,
    pub(super) own: RefCell<Own>,
    pub(super) auto_answer: Cell<bool>,
    pub(super) trickle: bool,
    /// The link was there and is lost.
    pub(super) lost: Cell<bool>,
    /// What the alarm is set to, ms.
    alarm: Cell<u64>,
    /// What the JavaScript around it lends.
    pub host: PhoneHost,
}

/// The time, ms.
pub(super) fn now() -> u64 {
    clock::now().mono
}

impl Phone {
    /// A phone that has not registered yet.
    pub fn new(host: PhoneHost, auto_answer: bool, trickle: bool) -> Phone {
        let text = |name| host.option(name).unwrap_or_default();
        let account = text("account");
        let config = Config {
            display: host.option("display").unwrap_or_else(|| account.clone()),
            account,
            domain: text("domain"),
            password: Secret::new(text("password")),
            authorization_user: host.option("authorizationUser"),
            instance: text("instance"),
            product: concat!("SoftPhoneSdk/", env!("CARGO_PKG_VERSION")).to_owned(),
            expires: 600,
            secure: text("url").starts_with("wss:"),
            register: true,
            session_expires: 1800,
            contact: None,
            reliable: true,
        };
        let mut seed = [0; 8];
        seed.copy_from_slice(&random::bytes()[..8]);
        Phone {
            agent: RefCell::new(UserAgent::new(config, u64::from_le_bytes(seed))),
            calls: RefCell::default(),
            own: RefCell::new(Own::Nothing),
            auto_answer: Cell::new(auto_answer),
            trickle,
            lost: Cell::new(false),
            alarm: Cell::new(NEVER),
            host,
        }
    }

    // -- the user agent ------------------------------------------------------

    /// Something happened outside of calls.
    pub fn handle(&self, input: Input<'_>) {
        self.agent.borrow_mut().handle(input, now());
        self.pump();
    }

    /// Tells the user agent what to do; [`Phone::pump`] does what follows.
    pub(super) fn order<T>(&self, order: impl FnOnce(Orders<'_>) -> T) -> T {
        order(self.agent.borrow_mut().at(now()))
    }

    /// Does what the user agent says, one by one. Nothing is borrowed while JavaScript runs: it may call back in here.
    pub fn pump(&self) {
        loop {
            let output = self.agent.borrow_mut().poll_output();
            match output {
                None => break,
                Some(Output::Open) => self.open(),
                Some(Output::Send(text)) => self.host.send(&text),
                Some(Output::Close) => self.host.close(),
                Some(Output::Event(event)) => self.event(&event),
            }
        }
        self.set_alarm();
    }

    fn open(&self) {
        if !self.host.open() {
            // Whoever asked for it is still at work: next time round.
            self.agent.borrow_mut().handle(Input::Closed, now());
        }
        // Last: a listener may stop it all.
        if self.lost.get() {
            self.tell("Reconnecting", super::telling::of(0));
        }
    }

    // -- the clock -----------------------------------------------------------

    fn set_alarm(&self) {
        let mut first = self.agent.borrow().poll_timeout().unwrap_or(NEVER);
        for talk in &*self.calls.borrow() {
            first = first
                .min(talk.described_at.get())
                .min(talk.renewed_at.get());
        }
        if self.alarm.replace(first) != first {
            // Browsers may ring a little early; a whole millisecond more costs nothing.
            let delay = first.saturating_sub(now()) as f64 + 1.0;
            self.host.wait((first != NEVER).then_some(delay));
        }
    }

    fn rung(&self) {
        // The next setting counts even if it is the same.
        self.alarm.set(NEVER);
        let now = now();
        self.each(&|talk| {
            if talk.described_at.get() <= now {
                talk.described_at.set(NEVER);
                talk.peer.enough();
            }
            if talk.renewed_at.get() <= now {
                talk.renewed_at.set(NEVER);
                self.renew(talk);
            }
        });
        self.handle(Input::Timeout);
    }

    // -- what is heard ---------------------------------------------------------

    /// Something happened outside: to the link, or to the connection of a call.
    pub fn heard(&self, what: &str, call: u32, text: &str) {
        match what {
            "open" => self.handle(Input::Opened),
            "closed" => self.handle(Input::Closed),
            "alarm" => self.rung(),
            "awake" => {
                self.handle(Input::Awake);
                self.renew_broken();
            }
            _ => {
                if let Some(talk) = self.find(call) {
                    self.connection(&talk, what, text);
                }
            }
        }
        self.pump();
    }

    /// Ends registration, calls and link, and lets go of everything.
    pub fn stop(&self) {
        self.order(|agent| agent.stop());
        self.pump();
        // Whatever could not be told any more over a link that is down.
        self.each(&|talk| self.ended(talk, "us", 487, ""));
    }

    // -- calls by number -----------------------------------------------------

    /// A call that goes out now.
    pub(super) fn goes_out(&self, key: CallKey, number: String) {
        let peer = Peer(self.host.peer(key.0));
        let talk = Talk::new(key.0, peer, true, number, String::new(), None, None);
        self.calls.borrow_mut().push(talk);
        self.hold_others(key.0);
    }

    /// The oldest call that is so.
    pub(super) fn first(&self, is_so: &dyn Fn(&Talk) -> bool) -> Option<Rc<Talk>> {
        let calls = self.calls.borrow();
        calls.iter().find(|talk| is_so(talk)).cloned()
    }

    /// Whether any call is so.
    pub(super) fn any(&self, is_so: &dyn Fn(&Talk) -> bool) -> bool {
        self.first(is_so).is_some()
    }

    /// The call of this number, while it is there.
    pub(super) fn find(&self, call: u32) -> Option<Rc<Talk>> {
        self.first(&|talk| talk.id == call)
    }

    /// Does this to each of the calls that are there now.
    pub(super) fn each(&self, run: &dyn Fn(&Talk)) {
        let calls = self.calls.borrow().clone();
        for talk in &calls {
            run(talk);
        }
    }

    /// The current call: the one that goes on, else the newest.
    pub(super) fn current(&self) -> Option<Rc<Talk>> {
        let goes_on = self.first(&|talk| talk.is(Stage::Talking) && !talk.told_held.get());
        goes_on.or_else(|| self.calls.borrow().last().cloned())
    }
}
