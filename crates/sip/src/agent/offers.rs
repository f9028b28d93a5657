//! Offer and answer within a call, one at a time (RFC 3264, RFC 3311, RFC 6337).

use super::call::{LONGEST_2XX, Repeat, Turn};
use super::sending::Answer;
use super::session_timer::SessionTimer;
use super::text::{number_of, phrase, sdp_of};
use super::{CallKey, CallState, End, Event, Refusal, UserAgent};
use crate::message::{Message, Name};
use crate::transaction::{Purpose, Request, Server};

/// How long the owner may take for an offer within a call, ms.
pub(super) const OFFER: u64 = 10_000;

impl UserAgent {
    /// The owner has an offer.
    pub(super) fn offer(&mut self, at: usize, sdp: String, now: u64) -> Result<(), Refusal> {
        let Some(call) = self
            .calls
            .get_mut(at)
            .filter(|call| call.turn == Turn::Wanted)
        else {
            return Err(Refusal::NotNow);
        };
        let key = call.key;
        call.turn_due = None;
        if call.inbound.is_some() {
            return self.answer(at, sdp, now);
        }
        if call.state == CallState::Calling {
            self.invite(key, sdp, now);
            return Ok(());
        }
        call.turn = Turn::Ours;
        call.local_sdp.clone_from(&sdp);
        let timer = call.timer.clone();
        let mut request = call.dialog.next(Purpose::Reinvite, key);
        request.body = Some(("application/sdp".to_owned(), sdp));
        self.ask_session(&mut request, &timer);
        self.begin(request, now);
        Ok(())
    }

    /// The owner answers what is pending, with an offer where the peer made none.
    pub(super) fn answer(&mut self, at: usize, sdp: String, now: u64) -> Result<(), Refusal> {
        let Some(call) = self.calls.get_mut(at) else {
            return Err(Refusal::NoCall);
        };
        let Some(server) = call.inbound.take() else {
            return Err(Refusal::NotNow);
        };
        let key = call.key;
        let first = call.state == CallState::Ringing;
        call.turn = if call.turn == Turn::Wanted {
            Turn::Ours
        } else {
            Turn::Free
        };
        call.turn_due = None;
        call.provisional = None;
        call.alert_at = None;
        call.ring_until = None;
        call.local_sdp.clone_from(&sdp);
        call.timer.arm(now);
        let replaced = call.replaces.take();
        if first {
            call.state = CallState::Established;
            call.since = Some(now);
        }
        let tag = call.dialog.local_tag.clone();
        let session = call.timer.answer();
        let (invite, number) = (server.method == "INVITE", server.cseq);
        let extra = session_headers(&session);
        let answer = Answer {
            status: 200,
            extra: &extra,
            sdp: Some(&sdp),
        };
        let text = self.conclude(server, key, &tag, answer, now);
        let ready = self.is_ready();
        if let Some(call) = self.calls.get_mut(at)
            && invite
        {
            let mut repeat = Repeat::new(text, number, LONGEST_2XX, now);
            if !ready {
                repeat.at = None;
            }
            call.unacked = Some(repeat);
        }
        if let Some(old) = replaced {
            self.replaced(old, now);
        }
        Ok(())
    }

    /// The owner wants to offer, as soon as it is our turn.
    pub(super) fn reoffer(&mut self, at: usize) -> Result<(), Refusal> {
        match self.calls.get_mut(at) {
            Some(call) if call.is_answered() => {
                call.reoffer = true;
                Ok(())
            }
            _ => Err(Refusal::NotNow),
        }
    }

    /// The owner never gave the offer that it was asked for.
    pub(super) fn withdraw(&mut self, key: u32, now: u64) {
        if let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) {
            call.turn = Turn::Free;
        }
        self.reject(key, 500, now);
    }

    /// The peer's answer to a re-INVITE or UPDATE of ours.
    pub(super) fn offer_answered(
        &mut self,
        request: &Request,
        status: u16,
        message: Option<&Message<'_>>,
        now: u64,
    ) {
        let key = request.call;
        let invite = request.purpose == Purpose::Reinvite;
        let Some(at) = self.find(key) else {
            return;
        };
        let outgoing = self.calls.get(at).is_some_and(|call| call.outgoing);
        let pause = match (status, message) {
            // The owner of the Call-ID waits longer, so that the two do not meet again (RFC 3261 section 14.1).
            (491, _) if outgoing => Some(2_100 + self.chance.below(1_900)),
            (491, _) => Some(self.chance.below(2_000)),
            (500..=599, Some(message)) => number_of(message, Name::RetryAfter)
                .map(|s| u64::from(s.min(10)) * 1_000 + self.chance.below(500)),
            _ => None,
        };
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let refresh = call.turn == Turn::Refresh;
        if invite {
            call.turn = Turn::Free;
        }
        match status {
            200..=299 => {
                let Some(message) = message else {
                    return;
                };
                call.dialog.retarget(message);
                self.session_agreed(key, message, now);
                self.learn_peer(at, message);
                if invite && !refresh {
                    let call = CallKey(key);
                    match sdp_of(message) {
                        Some(sdp) => self.tell(Event::Answered { call, sdp }),
                        None => self.tell(Event::OfferFailed { call, status: 488 }),
                    }
                }
            }
            408 | 481 => self.dialog_gone(key, status, now),
            // What keeps the session alive is simply tried again.
            _ if !invite || refresh => {}
            _ => {
                if let Some(pause) = pause {
                    call.turn_due = Some(now + pause);
                    call.reoffer = true;
                }
                self.tell(Event::OfferFailed {
                    call: CallKey(key),
                    status,
                });
            }
        }
    }

    /// A re-INVITE or UPDATE of the peer's.
    pub(super) fn on_offer(&mut self, at: usize, server: Server, message: &Message<'_>, now: u64) {
        let expires = self.config.session_expires;
        let late = self.chance.below(10).to_string();
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let key = call.key;
        let tag = call.dialog.local_tag.clone();
        let invite = server.method == "INVITE";
        let sdp = sdp_of(message);
        if invite && call.unacked.is_some() && call.inbound.is_none() {
            // Who asks again has heard the last answer, whatever became of its ACK.
            call.unacked = None;
            if call.turn == Turn::Ours {
                call.turn = Turn::Free;
            }
            self.confirmed(at);
        }
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let offers = invite || sdp.is_some();
        let refusal = if offers && call.inbound.is_some() {
            500
        } else if offers && call.turn != Turn::Free {
            491
        } else if sdp.is_some() && call.outgoing && !call.is_answered() {
            // Early media are not negotiated twice.
            488
        } else if SessionTimer::is_too_short(message) {
            422
        } else {
            0
        };
        if refusal != 0 {
            let extra = match refusal {
                500 => vec![("Retry-After", late.as_str())],
                422 => vec![("Min-SE", "90")],
                _ => Vec::new(),
            };
            let answer = Answer {
                status: refusal,
                extra: &extra,
                sdp: None,
            };
            self.reply(&server, key, &tag, answer, now);
            return;
        }
        call.dialog.retarget(message);
        call.timer = SessionTimer::asked(message, expires);
        if !offers {
            call.timer.arm(now);
            let session = call.timer.answer();
            let extra = session_headers(&session);
            let answer = Answer {
                status: 200,
                extra: &extra,
                sdp: None,
            };
            self.reply(&server, key, &tag, answer, now);
            return;
        }
        let mut server = server;
        if invite {
            // An answer may take a browser longer than the 200 ms of RFC 3261 section 17.2.1.
            server.last = self.reply(&server, key, "", Answer::of(100), now);
        }
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        call.inbound = Some(server);
        match sdp {
            Some(sdp) => {
                call.turn = Turn::Theirs;
                self.tell(Event::Offered {
                    call: CallKey(key),
                    sdp,
                });
            }
            None => {
                call.want_offer(now);
                self.tell(Event::OfferWanted { call: CallKey(key) });
            }
        }
    }

    /// The peer confirms our 2xx.
    pub(super) fn on_ack(&mut self, at: usize, number: u32, message: &Message<'_>, now: u64) {
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let key = call.key;
        if call
            .unacked
            .as_ref()
            .is_none_or(|repeat| repeat.number != number)
        {
            return;
        }
        call.unacked = None;
        if call.state == CallState::Ended {
            self.end_late(key, now);
            return;
        }
        let first = !call.confirmed;
        if call.turn == Turn::Ours {
            call.turn = Turn::Free;
            let key = CallKey(key);
            match sdp_of(message) {
                Some(sdp) => self.tell(Event::Answered { call: key, sdp }),
                None if first => {
                    self.bye(key.0, Some((488, phrase(488))), now);
                    self.end(key.0, End::Us, 488, phrase(488), now);
                    return;
                }
                None => self.tell(Event::OfferFailed {
                    call: key,
                    status: 488,
                }),
            }
        }
        self.confirmed(at);
    }

    /// Both ends know that the call is answered. Told once.
    pub(super) fn confirmed(&mut self, at: usize) {
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let key = CallKey(call.key);
        if call.state == CallState::Established && !call.confirmed {
            call.confirmed = true;
            self.tell(Event::Established { call: key });
        }
    }
}

/// What a 2xx says of the session's life.
fn session_headers(session: &Option<(String, bool)>) -> Vec<(&str, &str)> {
    let mut extra = Vec::new();
    if let Some((value, required)) = session {
        extra.push(("Session-Expires", value.as_str()));
        if *required {
            extra.push(("Require", "timer"));
        }
    }
    extra
}
