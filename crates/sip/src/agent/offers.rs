//! Offer and answer within a call, one at a time (RFC 3264, RFC 3311, RFC 6337).

use super::call::{LONGEST_2XX, Turn};
use super::session_timer::SessionTimer;
use super::text::{number_of, phrase, sdp_of};
use super::{CallKey, CallState, End, Event, Refusal, UserAgent};
use crate::message::{Message, Name, decimal, fill};
use crate::transaction::{NEVER, Purpose, Request, Server};

/// How long the owner may take for an offer within a call, ms.
pub(super) const OFFER: u64 = 10_000;

impl UserAgent {
    /// The owner has an offer.
    pub(super) fn offer(&mut self, key: u32, sdp: &str) -> Result<(), Refusal> {
        let call = self.live(key).ok_or(Refusal::NoCall)?;
        if call.turn != Turn::Wanted {
            return Err(Refusal::NotNow);
        }
        call.turn_due = NEVER;
        if call.inbound.is_some() {
            return self.answer(key, sdp);
        }
        call.turn = Turn::Ours;
        call.described(sdp);
        let mut request;
        if call.state == CallState::Calling {
            request = call.dialog.next(Purpose::Invite, key);
            request.lines = std::mem::take(&mut call.lines);
        } else {
            request = call.dialog.next(Purpose::Reinvite, key);
        }
        self.propose(request, sdp);
        Ok(())
    }

    /// Sends an INVITE or UPDATE that the life of the session is agreed on by.
    pub(super) fn propose(&mut self, mut request: Request, sdp: &str) {
        if !sdp.is_empty() {
            request.describe("application/sdp", sdp);
        }
        self.ask_session(&mut request);
        self.begin(request);
    }

    /// The owner answers what is pending, with an offer where the peer made none.
    pub(super) fn answer(&mut self, key: u32, sdp: &str) -> Result<(), Refusal> {
        let now = self.now;
        let call = self.live(key).ok_or(Refusal::NoCall)?;
        let Some(server) = call.inbound.take() else {
            return Err(Refusal::NotNow);
        };
        let ours = call.turn == Turn::Wanted;
        call.free();
        if ours {
            call.turn = Turn::Ours;
        }
        call.provisional = None;
        call.alert_at = NEVER;
        call.ring_until = NEVER;
        call.described(sdp);
        call.timer.arm(now);
        let replaced = std::mem::take(&mut call.replaces);
        if call.state == CallState::Ringing {
            call.state = CallState::Established;
            call.since = Some(now);
        }
        let session = call.timer.lines();
        let (invite, number) = (server.method == "INVITE", server.cseq);
        let text = self.conclude(server, 200, &session, sdp);
        let repeat = self.repeated(text, number, LONGEST_2XX);
        if let Some(call) = self.find(key)
            && invite
        {
            call.unacked = Some(repeat);
        }
        self.replaced(replaced);
        Ok(())
    }

    /// The owner wants to offer, as soon as it is our turn.
    pub(super) fn reoffer(&mut self, key: u32) -> Result<(), Refusal> {
        let call = self.live(key).ok_or(Refusal::NoCall)?;
        if !call.is_answered() {
            return Err(Refusal::NotNow);
        }
        call.reoffer = true;
        Ok(())
    }

    /// The owner never gave the offer that it was asked for.
    pub(super) fn withdraw(&mut self, key: u32) {
        if let Some(call) = self.find(key) {
            call.turn = Turn::Free;
        }
        self.reject(key, 500);
    }

    fn tell_failed(&mut self, key: u32, status: u16) {
        let call = CallKey(key);
        self.tell(Event::OfferFailed { call, status });
    }

    /// What our offer in a call came to.
    fn tell_answered(&mut self, key: u32, message: &Message<'_>) {
        match sdp_of(message) {
            Some(sdp) => self.tell(Event::Answered {
                call: CallKey(key),
                sdp,
            }),
            None => self.tell_failed(key, 488),
        }
    }

    /// The peer's answer to a re-INVITE or UPDATE of ours.
    pub(super) fn offer_answered(
        &mut self,
        request: &Request,
        status: u16,
        message: Option<&Message<'_>>,
    ) {
        let key = request.call;
        let invite = request.purpose == Purpose::Reinvite;
        let asked = message.and_then(|message| number_of(message, Name::RetryAfter));
        let (long, short) = (2_100 + self.chance.below(1_900), self.chance.below(2_000));
        let now = self.now;
        let Some(call) = self.find(key) else {
            return;
        };
        let pause = match (status, asked) {
            // The owner of the Call-ID waits longer, so that the two do not meet again (RFC 3261 section 14.1).
            (491, _) if call.outgoing => long,
            (491, _) => short,
            (500..=599, Some(s)) => u64::from(s.min(10)) * 1_000 + short / 4,
            _ => NEVER,
        };
        let refresh = call.turn == Turn::Refresh;
        if invite {
            call.turn = Turn::Free;
        }
        if let (200..=299, Some(message)) = (status, message) {
            call.dialog.retarget(message);
            self.session_agreed(key, message);
            self.learn_peer(key, message);
            if invite && !refresh {
                self.tell_answered(key, message);
            }
        } else if matches!(status, 408 | 481) {
            self.dialog_gone(key, status);
        } else if invite && !refresh {
            if pause != NEVER {
                call.turn_due = now + pause;
                call.reoffer = true;
            }
            self.tell_failed(key, status);
        }
        // What keeps the session alive is simply tried again.
    }

    /// A re-INVITE or UPDATE of the peer's.
    pub(super) fn on_offer(&mut self, mut server: Server, message: &Message<'_>) {
        let (now, expires) = (self.now, self.config.session_expires);
        let key = server.call;
        let invite = server.method == "INVITE";
        let sdp = sdp_of(message);
        let Some(call) = self.find(key) else {
            return;
        };
        if invite && call.unacked.is_some() && call.inbound.is_none() {
            // Who asks again has heard the last answer, whatever became of its ACK.
            call.unacked = None;
            if call.turn == Turn::Ours {
                call.turn = Turn::Free;
            }
            self.confirmed(key);
        }
        let late = decimal(self.chance.below(10));
        let Some(call) = self.find(key) else {
            return;
        };
        let offers = invite || sdp.is_some();
        let mut extra = String::new();
        let refusal = if offers && call.inbound.is_some() {
            fill(&mut extra, "Retry-After: %\r\n", &[&late]);
            500
        } else if offers && call.turn != Turn::Free {
            491
        } else if sdp.is_some() && call.outgoing && !call.is_answered() {
            // Early media are not negotiated twice.
            488
        } else if SessionTimer::is_too_short(message) {
            extra.push_str("Min-SE: 90\r\n");
            422
        } else {
            0
        };
        if refusal != 0 {
            self.reply(&server, refusal, &extra, "");
            return;
        }
        call.dialog.retarget(message);
        call.timer = SessionTimer::asked(message, expires);
        if !offers {
            call.timer.arm(now);
            let session = call.timer.lines();
            self.reply(&server, 200, &session, "");
            return;
        }
        if invite {
            // An answer may take a browser longer than the 200 ms of RFC 3261 section 17.2.1.
            server.last = self.reply(&server, 100, "", "");
        }
        let asked = CallKey(key);
        let Some(call) = self.find(key) else {
            return;
        };
        call.inbound = Some(server);
        match sdp {
            Some(sdp) => {
                call.turn = Turn::Theirs;
                self.tell(Event::Offered { call: asked, sdp });
            }
            None => {
                call.want_offer(now);
                self.tell(Event::OfferWanted { call: asked });
            }
        }
    }

    /// The peer confirms our 2xx.
    pub(super) fn on_ack(&mut self, server: &Server, message: &Message<'_>) {
        let key = server.call;
        let Some(call) = self.find(key) else {
            return;
        };
        let asked = call.unacked.as_ref().map(|repeat| repeat.number);
        if asked != Some(server.cseq) {
            return;
        }
        call.unacked = None;
        if call.state == CallState::Ended {
            self.end_late(key);
            return;
        }
        let first = !call.confirmed;
        if call.turn == Turn::Ours {
            call.turn = Turn::Free;
            if first && sdp_of(message).is_none() {
                self.part(key, End::Us, 488, phrase(488));
                return;
            }
            self.tell_answered(key, message);
        }
        self.confirmed(key);
    }

    /// Both ends know that the call is answered. Told once.
    pub(super) fn confirmed(&mut self, key: u32) {
        if let Some(call) = self.find(key)
            && call.state == CallState::Established
            && !call.confirmed
        {
            call.confirmed = true;
            self.tell(Event::Established { call: CallKey(key) });
        }
    }
}
