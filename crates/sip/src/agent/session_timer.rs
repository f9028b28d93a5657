//! Session timers (RFC 4028): a call whose other end vanished without a word comes to an end.

use super::call::Turn;
use super::text::number_of;
use super::{CallState, End, UserAgent, passed};
use crate::message::{Message, Name, param};
use crate::transaction::{Purpose, Request};

/// The shortest interval that anybody may ask for, s.
const LEAST: u32 = 90;
/// Pause before the next try where a refresh cannot be sent now, ms.
const LATER: u64 = 5_000;

/// How a call is kept alive.
#[derive(Clone, Default)]
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
    pub(super) due: Option<u64>,
}

impl SessionTimer {
    /// What the peer's INVITE or UPDATE asks for, as we answer it.
    pub(super) fn asked(message: &Message<'_>, ours: u32) -> SessionTimer {
        let value = message.header(Name::SessionExpires);
        let known = message.has_token(Name::Supported, "timer");
        let expires = match number_of(message, Name::SessionExpires) {
            _ if ours == 0 => 0,
            Some(theirs) => theirs,
            None if known => ours.max(number_of(message, Name::MinSe).unwrap_or(LEAST)),
            None => 0,
        };
        let refresher = value.and_then(|value| param(value, "refresher"));
        SessionTimer {
            expires,
            ours: refresher.map_or(!known, |who| who.eq_ignore_ascii_case("uas")),
            known,
            least: 0,
            due: None,
        }
    }

    /// Whether the peer asks for what we refuse.
    pub(super) fn is_too_short(message: &Message<'_>) -> bool {
        message.has_token(Name::Supported, "timer")
            && number_of(message, Name::SessionExpires).is_some_and(|s| s < LEAST)
    }

    /// What our 2xx says: the value of `Session-Expires`, and whether the peer has to know of it.
    pub(super) fn answer(&self) -> Option<(String, bool)> {
        if self.expires == 0 {
            return None;
        }
        let mut value = self.expires.to_string();
        value.push_str(if self.ours {
            ";refresher=uas"
        } else {
            ";refresher=uac"
        });
        Some((value, self.known && !self.ours))
    }

    /// The session lives from now on.
    pub(super) fn arm(&mut self, now: u64) {
        let s = u64::from(self.expires);
        self.due = (s > 0).then(|| {
            let margin = if self.ours { s / 2 } else { (s / 3).min(32) };
            now + (s - margin) * 1_000
        });
    }
}

impl UserAgent {
    /// Adds what our INVITE or UPDATE asks for.
    pub(super) fn ask_session(&self, request: &mut Request, timer: &SessionTimer) {
        if self.config.session_expires == 0 {
            return;
        }
        let mut value = self
            .config
            .session_expires
            .max(LEAST)
            .max(timer.least)
            .to_string();
        if request.purpose != Purpose::Invite && timer.expires > 0 {
            // Who refreshes stays the same, seen from the one who asks now.
            value.push_str(if timer.ours {
                ";refresher=uac"
            } else {
                ";refresher=uas"
            });
        }
        request.header("Session-Expires", value);
        if timer.least > LEAST {
            request.header("Min-SE", timer.least.to_string());
        }
    }

    /// Takes what a 2xx to our INVITE or UPDATE says.
    pub(super) fn session_agreed(&mut self, key: u32, message: &Message<'_>, now: u64) {
        let on = self.config.session_expires > 0;
        let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) else {
            return;
        };
        let timer = &mut call.timer;
        let value = message.header(Name::SessionExpires).unwrap_or_default();
        timer.expires = number_of(message, Name::SessionExpires)
            .filter(|_| on)
            .unwrap_or_default();
        timer.ours = param(value, "refresher").is_none_or(|who| !who.eq_ignore_ascii_case("uas"));
        timer.arm(now);
    }

    /// 422: asks again for as long as was wanted. `false`: that was done already.
    pub(super) fn raise_session(&mut self, index: usize, message: &Message<'_>) -> bool {
        let Some(least) = number_of(message, Name::MinSe) else {
            return false;
        };
        let Some(client) = self.clients.get_mut(index) else {
            return false;
        };
        let headers = &mut client.request.headers;
        let asked = headers.iter().any(|(name, _)| name == "Session-Expires");
        let raised = headers.iter().any(|(name, _)| name == "Min-SE");
        if !asked || raised || client.given_up {
            return false;
        }
        for (name, value) in headers.iter_mut() {
            if name == "Session-Expires" {
                let end = value.find(';').unwrap_or(value.len());
                let longer: u32 = value.get(..end).and_then(|s| s.parse().ok()).unwrap_or(0);
                let mut text = longer.max(least).to_string();
                text.push_str(value.get(end..).unwrap_or_default());
                *value = text;
            }
        }
        client.request.header("Min-SE", least.to_string());
        let key = client.request.call;
        if let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) {
            call.timer.least = least;
        }
        true
    }

    pub(super) fn expire_session(&mut self, key: u32, now: u64) {
        let ready = self.is_ready();
        let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) else {
            return;
        };
        if call.state != CallState::Established {
            return;
        }
        if passed(call.retarget_at, now) {
            // What the peer sends goes to the old link until a request comes by the new one.
            call.retarget_at = None;
            if call.turn == Turn::Free {
                self.refresh_session(key, now);
            }
            return;
        }
        if !passed(call.timer.due, now) {
            return;
        }
        if !ready {
            // Nothing can be heard without a link, so silence says nothing.
            call.timer.due = Some(now + 32_000);
        } else if !call.timer.ours {
            let words = "Session expired";
            self.bye(key, Some((408, words)), now);
            self.end(key, End::Link, 408, words, now);
        } else {
            self.refresh_session(key, now);
        }
    }

    fn refresh_session(&mut self, key: u32, now: u64) {
        let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) else {
            return;
        };
        let free = call.may_offer();
        if call.timer.ours && call.timer.due.is_some() {
            // A try that fails for a reason of the moment is made again well before the end.
            call.timer.due = Some(now + LATER.max(u64::from(call.timer.expires) * 1_000 / 8));
        }
        let timer = call.timer.clone();
        let mut request = if call.update {
            call.dialog.next(Purpose::Update, key)
        } else if free && !call.local_sdp.is_empty() {
            call.turn = Turn::Refresh;
            let mut request = call.dialog.next(Purpose::Reinvite, key);
            // Who answered offers now, and leaves the choice again (RFC 8842 section 5.5).
            let sdp = call
                .local_sdp
                .replace("a=setup:active", "a=setup:actpass")
                .replace("a=setup:passive", "a=setup:actpass");
            request.body = Some(("application/sdp".to_owned(), sdp));
            request
        } else {
            // An offer is under way, which does the same.
            return;
        };
        self.ask_session(&mut request, &timer);
        self.begin(request, now);
    }
}
