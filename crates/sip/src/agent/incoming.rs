//! Calls that others make: the INVITE, ringing, CANCEL, BYE.

use super::call::{Call, Turn};
use super::dialog::{Dialog, tag_of};
use super::sending::Answer;
use super::session_timer::SessionTimer;
use super::text::{number_of, reason_of, sdp_of, user_of};
use super::trace::Way;
use super::{CallKey, CallState, End, Event, Refusal, UserAgent, passed};
use crate::message::{Message, Name, param};
use crate::transaction::{Phase, Purpose, Server};

/// Pause between two 180: a proxy forgets a call that is silent for longer (RFC 3261 section 13.3.1.1), ms.
const ALERT: u64 = 60_000;
/// How long a phone rings where the caller says nothing else, ms.
const RINGING: u64 = 180_000;

impl UserAgent {
    /// An INVITE outside of any dialog.
    pub(super) fn on_invite(
        &mut self,
        server: Server,
        message: &Message<'_>,
        text: &str,
        now: u64,
    ) {
        let replaces = match self.replacement(message) {
            _ if SessionTimer::is_too_short(message) => Err(422),
            found => found,
        };
        let tag = self.chance.token(10);
        let replaces = match replaces {
            Ok(replaces) => replaces,
            Err(status) => {
                self.record(0, Way::Received, text, now);
                let extra: &[(&str, &str)] = &[("Min-SE", "90")];
                let answer = Answer {
                    status,
                    extra: if status == 422 { extra } else { &[] },
                    sdp: None,
                };
                self.conclude(server, 0, &tag, answer, now);
                return;
            }
        };
        let key = self.new_key();
        self.record(key, Way::Received, text, now);
        let sdp = sdp_of(message);
        let mut call = Call::new(key, false, Dialog::asked(message, tag));
        if let Some(from) = message.from() {
            call.display = from.display();
            call.number = user_of(from.uri);
        }
        call.turn = if sdp.is_some() {
            Turn::Theirs
        } else {
            Turn::Wanted
        };
        call.reliable = message.has_token(Name::Require, "100rel");
        call.timer = SessionTimer::asked(message, self.config.session_expires);
        call.replaces = replaces;
        if self.config.register {
            let limit = number_of(message, Name::Expires).map(|s| (u64::from(s) * 1_000, 487));
            let (wait, status) = limit.unwrap_or((RINGING, 480));
            call.ring_until = Some((now + wait, status));
        }
        let event = Event::Incoming {
            call: CallKey(key),
            display: call.display.clone(),
            number: call.number.clone(),
            called: message.uri().map(user_of).unwrap_or_default(),
            call_id_header: message.other("X-Call-Id").map(str::to_owned),
            headers: message
                .all()
                .filter(|(name, _)| {
                    name.get(..2)
                        .is_some_and(|start| start.eq_ignore_ascii_case("x-"))
                })
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            sdp,
            replaces: replaces.map(CallKey),
        };
        let mut server = server;
        server.last = self.reply(&server, key, "", Answer::of(100), now);
        call.inbound = Some(server);
        self.calls.push(call);
        self.tell(event);
        self.learn_peer(self.calls.len() - 1, message);
    }

    /// The call that an INVITE is to take the place of (RFC 3891 section 3), or the status that it gets.
    fn replacement(&self, message: &Message<'_>) -> Result<Option<u32>, u16> {
        let values = message.values(Name::Replaces);
        let Some(value) = values.first() else {
            return Ok(None);
        };
        let (call_id, params) = value.split_at(value.find(';').unwrap_or(value.len()));
        let (Some(ours), Some(theirs), 1) = (
            param(params, "to-tag"),
            param(params, "from-tag"),
            values.len(),
        ) else {
            return Err(400);
        };
        let call = self
            .calls
            .iter()
            .find(|call| {
                call.dialog.is(call_id.trim(), ours, theirs)
                    || call
                        .forks
                        .iter()
                        .any(|fork| fork.is(call_id.trim(), ours, theirs))
            })
            .ok_or(481u16)?;
        match call.state {
            CallState::Established if param(params, "early-only").is_some() => Err(486),
            CallState::Ended => Err(603),
            // Somebody else's early dialog is not ours to give away.
            _ if !call.outgoing && !call.is_answered() => Err(481),
            _ => Ok(Some(call.key)),
        }
    }

    /// Another call took the place of this one.
    pub(super) fn replaced(&mut self, key: u32, now: u64) {
        let Some(at) = self.find(key) else {
            return;
        };
        if let Some(call) = self.calls.get(at) {
            if call.state == CallState::Established {
                self.bye(key, Some((200, "Replaced")), now);
            } else {
                self.give_up(key, now);
            }
            self.end(key, End::Them, 200, "Replaced", now);
        }
    }

    /// Nobody wants an INVITE of ours any more.
    pub(super) fn give_up(&mut self, key: u32, now: u64) {
        let mut index = 0;
        while let Some(client) = self.clients.get(index) {
            if client.request.call == key && client.request.purpose == Purpose::Invite {
                if client.phase == Phase::Waiting {
                    self.clients.remove(index);
                    continue;
                }
                self.cancel(index, now);
            }
            index += 1;
        }
    }

    /// 180 to the caller.
    pub(super) fn ring(&mut self, at: usize, now: u64) -> Result<(), Refusal> {
        let Some(call) = self.calls.get_mut(at) else {
            return Err(Refusal::NoCall);
        };
        if call.outgoing || call.state != CallState::Ringing || call.provisional.is_some() {
            return Err(Refusal::NotNow);
        }
        let Some(mut server) = call.inbound.take() else {
            return Err(Refusal::NotNow);
        };
        let (key, tag) = (call.key, call.dialog.local_tag.clone());
        call.alert_at = Some(now + ALERT);
        if !call.reliable {
            server.last = self.reply(&server, key, &tag, Answer::of(180), now);
        } else if call.turn == Turn::Theirs && call.pracked.is_none() {
            server.last = self.ring_reliably(key, &server, &tag, now);
        }
        // Without an offer in the INVITE a reliable answer had to bring one (RFC 3262 section 5): then there is none.
        if let Some(call) = self.calls.get_mut(at) {
            call.inbound = Some(server);
        }
        Ok(())
    }

    pub(super) fn expire_ringing(&mut self, key: u32, now: u64) {
        let ready = self.is_ready();
        let Some(at) = self.find(key) else {
            return;
        };
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let over = call.ring_until.filter(|(until, _)| *until <= now);
        if let Some((_, status)) = over {
            self.reject(key, status, now);
            self.end(key, End::Us, status, "", now);
        } else if passed(call.alert_at, now) {
            call.alert_at = Some(now + ALERT);
            if ready {
                // Where it cannot be said again it was said for good.
                let _ = self.ring(at, now);
            }
        }
    }

    /// The caller gives up.
    pub(super) fn on_cancel(&mut self, server: &Server, message: &Message<'_>, now: u64) {
        let found = self.calls.iter().position(|call| {
            call.inbound
                .as_ref()
                .is_some_and(|asked| asked.method == "INVITE" && asked.matches(server))
        });
        let Some(call) = found.and_then(|at| self.calls.get_mut(at)) else {
            let known = self
                .answered
                .iter()
                .any(|asked| asked.method == "INVITE" && asked.matches(server));
            let tag = self.chance.token(10);
            let status = if known { 200 } else { 481 };
            self.reply(server, 0, &tag, Answer::of(status), now);
            return;
        };
        let (key, tag) = (call.key, call.dialog.local_tag.clone());
        let ringing = call.state == CallState::Ringing;
        if !ringing {
            call.turn = Turn::Free;
            call.turn_due = None;
        }
        self.reply(server, key, &tag, Answer::of(200), now);
        self.reject(key, 487, now);
        if ringing {
            let (status, words) = reason_of(message);
            self.end(key, End::Them, status.unwrap_or(487), &words, now);
        } else {
            self.tell(Event::OfferFailed {
                call: CallKey(key),
                status: 487,
            });
        }
    }

    /// The peer ends the call, or the early dialog with this tag.
    pub(super) fn on_bye(&mut self, at: usize, server: &Server, message: &Message<'_>, now: u64) {
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let (key, tag) = (call.key, call.dialog.local_tag.clone());
        let early = call.outgoing && !call.is_answered();
        if early {
            let theirs = tag_of(message.from());
            call.forks.retain(|fork| fork.remote_tag != theirs);
        }
        let over = call.state == CallState::Ended;
        self.reply(server, key, &tag, Answer::of(200), now);
        if over {
            self.calls.retain(|call| call.key != key);
        } else if !early {
            if let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) {
                call.unacked = None;
            }
            let (status, words) = reason_of(message);
            self.end(key, End::Them, status.unwrap_or(200), &words, now);
        }
    }
}
