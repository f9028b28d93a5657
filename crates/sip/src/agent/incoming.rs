//! Calls that others make: the INVITE, ringing, CANCEL, BYE.

use super::call::{Call, Turn};
use super::dialog::Dialog;
use super::session_timer::SessionTimer;
use super::text::{number_of, reason_of, sdp_of, user_of};
use super::trace::Way;
use super::{CallKey, CallState, End, Event, Refusal, UserAgent};
use crate::message::{Message, Name, cut, param};
use crate::transaction::{Phase, Purpose, Server};

/// Pause between two 180: a proxy forgets a call that is silent for longer (RFC 3261 section 13.3.1.1), ms.
const ALERT: u64 = 60_000;
/// How long a phone rings where the caller says nothing else, ms.
const RINGING: u64 = 180_000;

impl UserAgent {
    /// An INVITE outside of any dialog.
    pub(super) fn on_invite(&mut self, mut server: Server, message: &Message<'_>, text: &str) {
        let (replaces, fault) = match self.replacement(message) {
            _ if SessionTimer::is_too_short(message) => (0, 422),
            Ok(replaces) => (replaces, 0),
            Err(status) => (0, status),
        };
        if fault == 0 {
            server.call = self.new_key();
        }
        let key = server.call;
        self.record(key, Way::Received, text);
        if fault != 0 {
            let extra = if fault == 422 { "Min-SE: 90\r\n" } else { "" };
            self.conclude(server, fault, extra, "");
            return;
        }
        let sdp = sdp_of(message);
        let mut call = Call::new(key, false);
        call.dialog = Dialog::asked(message, &server);
        if let Some(from) = message.from() {
            call.display = from.display();
            call.number = user_of(from.uri);
        }
        if sdp.is_some() {
            call.turn = Turn::Theirs;
        }
        call.reliable = message.has_token(Name::Require, "100rel");
        call.timer = SessionTimer::asked(message, self.config.session_expires);
        call.replaces = replaces;
        if self.config.register {
            let limit = number_of(message, Name::Expires).map(|s| (u64::from(s) * 1_000, 487));
            let (wait, status) = limit.unwrap_or((RINGING, 480));
            call.ring_until = self.now + wait;
            call.ring_status = status;
        }
        let mut headers = Vec::new();
        let mut call_id_header = None;
        for (name, value) in message.all() {
            if call_id_header.is_none() && name.eq_ignore_ascii_case("X-Call-Id") {
                call_id_header = Some(value.to_owned());
            }
            if let [b'x' | b'X', b'-', ..] = name.as_bytes() {
                headers.push((name.to_owned(), value.to_owned()));
            }
        }
        let event = Event::Incoming {
            call: CallKey(key),
            display: call.display.clone(),
            number: call.number.clone(),
            called: message.uri().map(user_of).unwrap_or_default(),
            call_id_header,
            headers,
            sdp,
            replaces: (replaces > 0).then_some(CallKey(replaces)),
        };
        server.last = self.reply(&server, 100, "", "");
        call.inbound = Some(server);
        self.calls.push(call);
        self.tell(event);
        self.learn_peer(key, message);
    }

    /// The call that an INVITE is to take the place of (RFC 3891 section 3), 0 for none; or the status that it gets.
    fn replacement(&self, message: &Message<'_>) -> Result<u32, u16> {
        let values = message.values(Name::Replaces);
        let Some(value) = values.first() else {
            return Ok(0);
        };
        let (call_id, params) = cut(value, b';');
        let (Some(ours), Some(theirs), 1) = (
            param(params, "to-tag"),
            param(params, "from-tag"),
            values.len(),
        ) else {
            return Err(400);
        };
        let call = self
            .belonging(call_id.trim_ascii(), ours, theirs)
            .ok_or(481u16)?;
        match call.state {
            CallState::Established if param(params, "early-only").is_some() => Err(486),
            CallState::Ended => Err(603),
            // Somebody else's early dialog is not ours to give away.
            _ if !call.outgoing && !call.is_answered() => Err(481),
            _ => Ok(call.key),
        }
    }

    /// Another call took the place of this one.
    pub(super) fn replaced(&mut self, key: u32) {
        let Some(call) = self.find(key) else {
            return;
        };
        if call.state == CallState::Established {
            self.bye(key, 200, "Replaced");
        } else {
            self.give_up(key);
        }
        self.end(key, End::Them, 200, "Replaced");
    }

    /// Nobody wants an INVITE of ours any more.
    pub(super) fn give_up(&mut self, key: u32) {
        let mut index = 0;
        while let Some(client) = self.clients.get(index) {
            if client.request.call == key && client.request.purpose == Purpose::Invite {
                if client.phase == Phase::Waiting {
                    self.clients.remove(index);
                    continue;
                }
                self.cancel(index);
            }
            index += 1;
        }
    }

    /// 180 to the caller.
    pub(super) fn ring(&mut self, key: u32) -> Result<(), Refusal> {
        let now = self.now;
        let call = self.live(key).ok_or(Refusal::NoCall)?;
        if call.outgoing || call.state != CallState::Ringing || call.provisional.is_some() {
            return Err(Refusal::NotNow);
        }
        let Some(mut server) = call.inbound.take() else {
            return Err(Refusal::NotNow);
        };
        call.alert_at = now + ALERT;
        if !call.reliable {
            server.last = self.reply(&server, 180, "", "");
        } else if call.turn == Turn::Theirs && call.pracked.is_none() {
            server.last = self.ring_reliably(key, &server);
        }
        // Without an offer in the INVITE a reliable answer had to bring one (RFC 3262 section 5): then there is none.
        if let Some(call) = self.find(key) {
            call.inbound = Some(server);
        }
        Ok(())
    }

    pub(super) fn expire_ringing(&mut self, key: u32) {
        let (now, ready) = (self.now, self.is_ready());
        let Some(call) = self.find(key) else {
            return;
        };
        if call.ring_until <= now {
            let status = call.ring_status;
            self.reject(key, status);
            self.end(key, End::Us, status, "");
        } else if call.alert_at <= now {
            call.alert_at = now + ALERT;
            if ready {
                // Where it cannot be said again it was said for good.
                let _ = self.ring(key);
            }
        }
    }

    /// The caller gives up.
    pub(super) fn on_cancel(&mut self, mut server: Server, message: &Message<'_>) {
        let Some(asked) = self.known(&server, "INVITE") else {
            self.reply(&server, 481, "", "");
            return;
        };
        let (key, answered) = (asked.call, asked.due > 0);
        server.call = key;
        server.tag = asked.tag.clone();
        self.reply(&server, 200, "", "");
        let Some(call) = self.find(key).filter(|_| !answered) else {
            return;
        };
        let ringing = call.state == CallState::Ringing;
        if !ringing {
            call.free();
        }
        self.reject(key, 487);
        if ringing {
            let (status, words) = reason_of(message, 487);
            self.end(key, End::Them, status, &words);
        } else {
            self.tell(Event::OfferFailed {
                call: CallKey(key),
                status: 487,
            });
        }
    }

    /// The peer ends the call, or the early dialog with this tag.
    pub(super) fn on_bye(&mut self, server: &Server, message: &Message<'_>) {
        let key = server.call;
        self.reply(server, 200, "", "");
        let Some(call) = self.find(key) else {
            return;
        };
        if call.state == CallState::Ended {
            self.forget(key);
        } else if call.outgoing && !call.is_answered() {
            let theirs = message.tag(Name::From);
            if let Some(at) = call.forks.iter().position(|fork| fork.remote_tag == theirs) {
                call.forks.remove(at);
            }
        } else {
            call.unacked = None;
            let (status, words) = reason_of(message, 200);
            self.end(key, End::Them, status, &words);
        }
    }
}
