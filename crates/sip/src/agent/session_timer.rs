//! Session timers (RFC 4028): a call whose other end vanished without a word comes to an end.

use super::call::Turn;
use super::text::number_of;
use super::{CallState, End, UserAgent};
use crate::message::{Lines, Message, Name, decimal, fill, param};
use crate::transaction::{NEVER, Purpose, Request};

/// The shortest interval that anybody may ask for, s.
const LEAST: u32 = 90;
/// Pause before the next try where a refresh cannot be sent now, ms.
const LATER: u64 = 5_000;

/// How a call is kept alive.
pub(super) struct SessionTimer {
    /// s; 0: not at all.
    expires: u32,
    /// We refresh.
    ours: bool,
    /// The peer knows of it.
    known: bool,
    /// The shortest interval that somebody on the way takes, s.
    least: u32,
    /// The next refresh, or the end.
    pub(super) due: u64,
}

impl SessionTimer {
    /// None.
    pub(super) fn off() -> SessionTimer {
        SessionTimer {
            expires: 0,
            ours: false,
            known: false,
            least: 0,
            due: NEVER,
        }
    }

    /// What the peer's INVITE or UPDATE asks for, as we answer it.
    pub(super) fn asked(message: &Message<'_>, ours: u32) -> SessionTimer {
        let mut timer = SessionTimer::off();
        timer.known = message.has_token(Name::Supported, "timer");
        timer.ours = match refresher(message) {
            "" => !timer.known,
            who => who.eq_ignore_ascii_case("uas"),
        };
        if ours > 0 {
            timer.expires = match number_of(message, Name::SessionExpires) {
                Some(theirs) => theirs,
                None if timer.known => ours.max(number_of(message, Name::MinSe).unwrap_or(LEAST)),
                None => 0,
            };
        }
        timer
    }

    /// Whether the peer asks for what we refuse.
    pub(super) fn is_too_short(message: &Message<'_>) -> bool {
        message.has_token(Name::Supported, "timer")
            && number_of(message, Name::SessionExpires).is_some_and(|s| s < LEAST)
    }

    /// What our 2xx says.
    pub(super) fn lines(&self) -> String {
        let mut lines = String::new();
        if self.expires > 0 {
            let who = if self.ours { "uas" } else { "uac" };
            let line = "Session-Expires: %;refresher=%\r\n";
            fill(&mut lines, line, &[&decimal(self.expires.into()), who]);
            if self.known && !self.ours {
                // The peer has to know of it.
                lines.push_str("Require: timer\r\n");
            }
        }
        lines
    }

    /// The session lives from now on.
    pub(super) fn arm(&mut self, now: u64) {
        let s = u64::from(self.expires);
        let margin = if self.ours { s / 2 } else { (s / 3).min(32) };
        self.due = if s > 0 {
            now + (s - margin) * 1_000
        } else {
            NEVER
        };
    }
}

/// Who refreshes, where a message says so.
fn refresher<'m>(message: &'m Message<'_>) -> &'m str {
    let value = message.text(Name::SessionExpires);
    param(value, "refresher").unwrap_or_default()
}

impl UserAgent {
    /// Adds what our INVITE or UPDATE asks for.
    pub(super) fn ask_session(&mut self, request: &mut Request) {
        let ours = self.config.session_expires;
        let Some(call) = self.find(request.call).filter(|_| ours > 0) else {
            return;
        };
        let timer = &call.timer;
        let session = &mut request.session;
        session.expires = ours.max(LEAST).max(timer.least);
        if request.purpose != Purpose::Invite && timer.expires > 0 {
            // Who refreshes stays the same, seen from the one who asks now.
            session.refresher = if timer.ours {
                ";refresher=uac"
            } else {
                ";refresher=uas"
            };
        }
        if timer.least > LEAST {
            session.least = timer.least;
        }
    }

    /// Takes what a 2xx to our INVITE or UPDATE says.
    pub(super) fn session_agreed(&mut self, key: u32, message: &Message<'_>) {
        let (now, on) = (self.now, self.config.session_expires > 0);
        let Some(call) = self.find(key) else {
            return;
        };
        let timer = &mut call.timer;
        let expires = number_of(message, Name::SessionExpires);
        timer.expires = expires.filter(|_| on).unwrap_or_default();
        timer.ours = !refresher(message).eq_ignore_ascii_case("uas");
        timer.arm(now);
    }

    /// 422: asks again for as long as was wanted. `false`: that was done already.
    pub(super) fn raise_session(&mut self, index: usize, message: &Message<'_>) -> bool {
        let least = number_of(message, Name::MinSe).unwrap_or_default();
        let Some(client) = self.clients.get_mut(index) else {
            return false;
        };
        let session = &mut client.request.session;
        if least == 0 || session.expires == 0 || session.least > 0 || client.given_up {
            return false;
        }
        session.expires = session.expires.max(least);
        session.least = least;
        let key = client.request.call;
        if let Some(call) = self.find(key) {
            call.timer.least = least;
        }
        true
    }

    pub(super) fn expire_session(&mut self, key: u32) {
        let (now, ready) = (self.now, self.is_ready());
        let Some(call) = self.live(key) else {
            return;
        };
        if call.state != CallState::Established {
            return;
        }
        if call.retarget_at <= now {
            // What the peer sends goes to the old link until a request comes by the new one.
            call.retarget_at = NEVER;
            if call.turn == Turn::Free {
                self.refresh_session(key);
            }
        } else if call.timer.due > now {
        } else if !ready {
            // Nothing can be heard without a link, so silence says nothing.
            call.timer.due = now + 32_000;
        } else if call.timer.ours {
            self.refresh_session(key);
        } else {
            self.part(key, End::Link, 408, "Session expired");
        }
    }

    fn refresh_session(&mut self, key: u32) {
        let now = self.now;
        let Some(call) = self.find(key) else {
            return;
        };
        if call.timer.ours && call.timer.due != NEVER {
            // A try that fails for a reason of the moment is made again well before the end.
            call.timer.due = now + LATER.max(u64::from(call.timer.expires) * 1_000 / 8);
        }
        let mut sdp = String::new();
        let request = if call.update {
            call.dialog.next(Purpose::Update, key)
        } else if call.may_offer() && !call.local_sdp.is_empty() {
            call.turn = Turn::Refresh;
            // Who answered offers now, and leaves the choice again (RFC 8842 section 5.5).
            for line in Lines::of(&call.local_sdp) {
                sdp.push_str(match line {
                    "a=setup:active" | "a=setup:passive" => "a=setup:actpass",
                    _ => line,
                });
                sdp.push_str("\r\n");
            }
            call.dialog.next(Purpose::Reinvite, key)
        } else {
            // An offer is under way, which does the same.
            return;
        };
        self.propose(request, &sdp);
    }
}
