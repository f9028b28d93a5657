//! The link: opened, watched, opened again.

use super::registration::GOODBYE;
use super::{Event, Output, UserAgent};
use crate::message::{fill, filled};
use crate::transaction::{NEVER, Purpose, Request};

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

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Down,
    Opening,
    Open,
}

/// The state of the link.
pub(super) struct Link {
    state: State,
    /// Somebody wants it to be up.
    pub(super) wanted: bool,
    /// Tries since the last time that all was well.
    tries: u32,
    /// The next try, or the end of patience with this one.
    try_at: u64,
    /// The next sign of life.
    beat_at: u64,
    /// The end of patience with its answer.
    answer_by: u64,
    /// The pause that the registrar asked for (RFC 5626), ms; 0: line ends mean nothing to it.
    flow: u64,
    /// Line ends were answered with a line end.
    pong: bool,
    /// They were not.
    deaf: bool,
    /// When to close it for good.
    pub(super) leave_at: u64,
}

impl Link {
    pub(super) fn new() -> Self {
        Link {
            state: State::Down,
            wanted: false,
            tries: 0,
            try_at: NEVER,
            beat_at: NEVER,
            answer_by: NEVER,
            flow: 0,
            pong: false,
            deaf: false,
            leave_at: NEVER,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// When something is to be done.
    pub(super) fn due(&self) -> u64 {
        let connecting = self.try_at.min(self.leave_at);
        connecting.min(self.beat_at).min(self.answer_by)
    }

    /// There is none any more.
    fn down(&mut self) {
        self.state = State::Down;
        self.try_at = NEVER;
        self.beat_at = NEVER;
        self.answer_by = NEVER;
    }

    /// Something came: it lives.
    pub(super) fn heard(&mut self, now: u64) {
        self.answer_by = NEVER;
        if self.beat_at != NEVER {
            self.beat_at = now + self.pause();
        }
    }

    /// A request went out: its answer is a sign of life, and the lack of one a doubt.
    pub(super) fn asked(&mut self, now: u64) {
        if self.beat_at != NEVER {
            self.beat_at = self.beat_at.min(now + DOUBT);
        }
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
    pub(super) fn open_link(&mut self) {
        self.link.wanted = true;
        self.link.leave_at = NEVER;
        if self.link.state == State::Down {
            self.link.state = State::Opening;
            self.link.try_at = self.now + OPENING;
            self.outputs.push(Output::Open);
        }
    }

    pub(super) fn opened(&mut self) {
        // A server's end is told of a new connection without being told of the end of the old one.
        if self.link.is_open() {
            self.fall();
        }
        self.link.state = State::Open;
        self.link.try_at = NEVER;
        self.link.answer_by = NEVER;
        if self.config.register {
            self.link.beat_at = self.now + self.link.pause();
        }
        self.tell(Event::Opened);
        self.registration_opened();
    }

    pub(super) fn closed(&mut self) {
        self.fall();
        if self.link.leave_at != NEVER {
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
                self.open_link();
            } else {
                self.link.try_at = self.now + wait;
            }
        }
    }

    /// Whether a link is good for anything: after a password was refused it is not.
    fn is_needed(&self) -> bool {
        !self.registration.is_refused() || !self.calls.is_empty()
    }

    /// The link is gone; what was under way on it is not.
    fn fall(&mut self) {
        let open = self.link.is_open();
        self.link.down();
        if open {
            self.tell(Event::Lost);
            self.registration_lost();
            self.suspend();
        }
    }

    /// Closes a socket that does not do its work, and opens another.
    fn abandon(&mut self) {
        self.outputs.push(Output::Close);
        self.closed();
    }

    pub(super) fn awake(&mut self) {
        if self.link.is_open() {
            if self.link.beat_at != NEVER && self.link.answer_by == NEVER {
                self.link.beat_at = self.now;
            }
        } else if self.config.register
            && self.link.wanted
            && self.link.state == State::Down
            && self.is_needed()
        {
            self.open_link();
        }
    }

    pub(super) fn expire_link(&mut self) {
        if self.link.leave_at <= self.now {
            self.leave();
        }
        if self.link.try_at <= self.now {
            self.link.try_at = NEVER;
            if self.link.state == State::Opening {
                self.abandon();
            } else {
                self.open_link();
            }
        }
        if self.link.answer_by <= self.now {
            self.link.answer_by = NEVER;
            if self.link.flow > 0 && !self.link.pong {
                // It never answered a line end, so that says nothing.
                self.link.flow = 0;
                self.link.deaf = true;
                self.link.beat_at = self.now;
            } else {
                self.abandon();
            }
        }
        if self.link.beat_at <= self.now {
            self.link.beat_at = self.now + self.link.pause();
            if self.link.answer_by == NEVER {
                self.link.answer_by = self.now + ANSWER;
                if self.link.flow > 0 {
                    self.outputs.push(Output::Send("\r\n\r\n".to_owned()));
                } else if self.asking(Purpose::Ping).is_none() {
                    let ping = self.outside(Purpose::Ping, "");
                    self.begin(ping);
                }
            }
        }
    }

    /// Line ends alone: a sign of life, which four of them want answered (RFC 5626 section 3.5.1).
    pub(super) fn line_ends(&mut self, count: usize) {
        if count >= 4 {
            self.outputs.push(Output::Send("\r\n".to_owned()));
        } else {
            self.link.pong = true;
        }
    }

    /// Adds `sip:domain`.
    pub(super) fn home(&self, out: &mut String) {
        fill(out, "sip:%", &[&self.config.domain]);
    }

    /// A request outside of any dialog, from our account; to our registrar where nobody else is named.
    pub(super) fn outside(&mut self, purpose: Purpose, uri: &str) -> Request {
        let mut request = Request::new(purpose, 0, 1);
        request.uri.push_str(uri);
        if uri.is_empty() {
            self.home(&mut request.uri);
        }
        fill(&mut request.to, "<%>", &[&request.uri]);
        request.route(&self.registration.routes);
        let (tag, call_id) = (self.chance.token(10), self.chance.token(22));
        let from = filled("%;tag=%", &[&self.address(), &tag]);
        request.identify(&from, &call_id);
        request
    }

    /// Ends registration, calls and link.
    pub(super) fn stop(&mut self) {
        for key in self.keys() {
            // One that is over already is over.
            let _ = self.hang_up(key);
        }
        self.unregister();
        self.link.wanted = false;
        // What was asked gets a moment to be answered.
        self.link.leave_at = self.now + GOODBYE;
        if !self.link.is_open() {
            self.leave();
        }
    }

    /// Leaves at once when nothing is under way any more.
    pub(super) fn leave_when_done(&mut self) {
        let busy = self.clients.iter().any(|client| {
            !matches!(
                client.request.purpose,
                Purpose::Ping | Purpose::Invite | Purpose::Reinvite
            )
        });
        let leaving = self.link.leave_at != NEVER && self.link.leave_at > self.now;
        if leaving && !busy && self.calls.is_empty() {
            self.leave();
        }
    }

    fn leave(&mut self) {
        self.link.leave_at = NEVER;
        if self.config.register && self.link.state != State::Down {
            self.outputs.push(Output::Close);
        }
        self.link.down();
        self.registration_lost();
        self.clients.clear();
        self.calls.clear();
        self.held.clear();
    }
}
