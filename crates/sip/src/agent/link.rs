//! The link: opened, watched, opened again.

use super::registration::GOODBYE;
use super::{Event, Output, UserAgent, passed};
use crate::transaction::{Purpose, Request};

/// Pause between two signs of life, ms.
const BEAT: u64 = 25_000;
/// Patience with the answer to one, ms.
const ANSWER: u64 = 10_000;
/// As [`BEAT`] while a request waits for its answer, ms: a dead link has to be known before the request is given up.
const DOUBT: u64 = 5_000;
/// Patience with a socket that opens, ms.
const OPENING: u64 = 10_000;
/// The longest pause between two tries, ms.
const PAUSE: u64 = 30_000;
/// The same while somebody talks, ms.
const PAUSE_IN_CALL: u64 = 4_000;

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Down,
    Opening,
    Open,
}

/// The state of the link.
#[derive(Default)]
pub(super) struct Link {
    state: State,
    /// Somebody wants it to be up.
    pub(super) wanted: bool,
    /// Tries since the last time that all was well.
    tries: u32,
    /// The next try, or the end of patience with this one.
    try_at: Option<u64>,
    /// The next sign of life.
    beat_at: Option<u64>,
    /// The end of patience with its answer.
    answer_by: Option<u64>,
    /// The pause that the registrar asked for (RFC 5626), ms; 0: line ends mean nothing to it.
    flow: u64,
    /// Line ends were answered with a line end.
    pong: bool,
    /// They were not.
    deaf: bool,
    /// When to close it for good.
    pub(super) leave_at: Option<u64>,
}

impl Link {
    pub(super) fn is_open(&self) -> bool {
        self.state == State::Open
    }

    pub(super) fn times(&self) -> [Option<u64>; 4] {
        [self.try_at, self.beat_at, self.answer_by, self.leave_at]
    }

    /// Something came: it lives.
    pub(super) fn heard(&mut self, now: u64) {
        self.answer_by = None;
        if self.beat_at.is_some() {
            self.beat_at = Some(now + self.pause());
        }
    }

    /// A request went out: its answer is a sign of life, and the lack of one a doubt.
    pub(super) fn asked(&mut self, now: u64) {
        self.beat_at = self.beat_at.map(|at| at.min(now + DOUBT));
    }

    fn pause(&self) -> u64 {
        if self.flow > 0 { self.flow } else { BEAT }
    }

    /// All is well: the next loss begins a new row of tries. `flow`: s after which the registrar misses us (RFC 5626).
    pub(super) fn settled(&mut self, outbound: bool, flow: Option<u32>) {
        self.tries = 0;
        if (outbound || flow.is_some()) && !self.deaf {
            let asked = flow.map_or(BEAT, |s| u64::from(s) * 800);
            self.flow = asked.clamp(1_000, BEAT);
        }
    }
}

impl UserAgent {
    /// Opens the link where it is wanted and not there.
    pub(super) fn open_link(&mut self, now: u64) {
        self.link.wanted = true;
        self.link.leave_at = None;
        if self.link.state == State::Down {
            self.link.state = State::Opening;
            self.link.try_at = Some(now + OPENING);
            self.outputs.push_back(Output::Open);
        }
    }

    pub(super) fn opened(&mut self, now: u64) {
        // A server's end is told of a new connection without being told of the end of the old one.
        if self.link.is_open() {
            self.fall(now);
        }
        self.link.state = State::Open;
        self.link.try_at = None;
        self.link.answer_by = None;
        if self.config.register {
            self.link.beat_at = Some(now + self.link.pause());
        }
        self.tell(Event::Opened);
        self.registration_opened(now);
    }

    pub(super) fn closed(&mut self, now: u64) {
        self.fall(now);
        if self.link.leave_at.is_some() {
            self.leave();
        } else if self.config.register && self.link.wanted && self.is_needed() {
            let cap = if self.calls.is_empty() {
                PAUSE
            } else {
                PAUSE_IN_CALL
            };
            let wait = match self.link.tries {
                0 => 0,
                tries => self.chance.about(cap.min(500 << tries.min(8))),
            };
            self.link.tries += 1;
            if wait == 0 {
                self.open_link(now);
            } else {
                self.link.try_at = Some(now + wait);
            }
        }
    }

    /// Whether a link is good for anything: after a password was refused it is not.
    fn is_needed(&self) -> bool {
        !self.registration.is_refused() || !self.calls.is_empty()
    }

    /// The link is gone; what was under way on it is not.
    fn fall(&mut self, now: u64) {
        let open = self.link.is_open();
        self.link.state = State::Down;
        self.link.try_at = None;
        self.link.beat_at = None;
        self.link.answer_by = None;
        if open {
            self.tell(Event::Lost);
            self.registration_lost();
            self.suspend(now);
        }
    }

    /// Closes a socket that does not do its work, and opens another.
    fn abandon(&mut self, now: u64) {
        self.outputs.push_back(Output::Close);
        self.closed(now);
    }

    pub(super) fn awake(&mut self, now: u64) {
        if self.link.is_open() {
            if self.link.beat_at.is_some() && self.link.answer_by.is_none() {
                self.link.beat_at = Some(now);
            }
        } else if self.config.register
            && self.link.wanted
            && self.link.state == State::Down
            && self.is_needed()
        {
            self.open_link(now);
        }
    }

    pub(super) fn expire_link(&mut self, now: u64) {
        if passed(self.link.leave_at, now) {
            self.leave();
        }
        if passed(self.link.try_at, now) {
            self.link.try_at = None;
            if self.link.state == State::Opening {
                self.abandon(now);
            } else {
                self.open_link(now);
            }
        }
        if passed(self.link.answer_by, now) {
            self.link.answer_by = None;
            if self.link.flow > 0 && !self.link.pong {
                // It never answered a line end, so that says nothing.
                self.link.flow = 0;
                self.link.deaf = true;
                self.link.beat_at = Some(now);
            } else {
                self.abandon(now);
            }
        }
        if passed(self.link.beat_at, now) {
            self.link.beat_at = Some(now + self.link.pause());
            if self.link.answer_by.is_none() {
                self.link.answer_by = Some(now + ANSWER);
                if self.link.flow > 0 {
                    self.outputs.push_back(Output::Send("\r\n\r\n".to_owned()));
                } else if !self.is_asking(Purpose::Ping) {
                    let ping = self.outside(Purpose::Ping, self.home());
                    self.begin(ping, now);
                }
            }
        }
    }

    /// Line ends alone: a sign of life, which four of them want answered (RFC 5626 section 3.5.1).
    pub(super) fn line_ends(&mut self, count: usize) {
        if count >= 4 {
            self.outputs.push_back(Output::Send("\r\n".to_owned()));
        } else {
            self.link.pong = true;
        }
    }

    /// `sip:domain`.
    pub(super) fn home(&self) -> String {
        ["sip:", &self.config.domain].concat()
    }

    /// A request outside of any dialog, from our account.
    pub(super) fn outside(&mut self, purpose: Purpose, uri: String) -> Request {
        let mut from = self.address();
        from.push_str(";tag=");
        from.push_str(&self.chance.token(10));
        Request {
            purpose,
            call: 0,
            routes: self.registration.routes.clone(),
            from,
            to: super::dialog::enclosed(&uri),
            uri,
            call_id: self.chance.token(22),
            cseq: 1,
            headers: Vec::new(),
            body: None,
            credentials: Vec::new(),
        }
    }

    /// Ends registration, calls and link.
    pub(super) fn stop(&mut self, now: u64) {
        for key in self.keys() {
            if let Some(at) = self.find(key) {
                self.hang_up(at, now);
            }
        }
        self.unregister(now);
        self.link.wanted = false;
        // What was asked gets a moment to be answered.
        self.link.leave_at = Some(now + GOODBYE);
        if !self.link.is_open() {
            self.leave();
        }
    }

    /// Leaves at once when nothing is under way any more.
    pub(super) fn leave_when_done(&mut self, now: u64) {
        let busy = self.clients.iter().any(|client| {
            !matches!(
                client.request.purpose,
                Purpose::Ping | Purpose::Invite | Purpose::Reinvite
            )
        });
        if self.link.leave_at.is_some_and(|at| at > now) && !busy && self.calls.is_empty() {
            self.leave();
        }
    }

    fn leave(&mut self) {
        self.link.leave_at = None;
        if self.config.register && self.link.state != State::Down {
            self.outputs.push_back(Output::Close);
        }
        self.link.state = State::Down;
        self.link.try_at = None;
        self.link.beat_at = None;
        self.link.answer_by = None;
        self.registration_lost();
        self.clients.clear();
        self.calls.clear();
        self.held.clear();
    }
}
