//! Answers to our requests, each to the one who asked.

use super::dialog::tag_of;
use super::text::phrase;
use super::trace::Way;
use super::{CallKey, CallState, End, Event, UserAgent};
use crate::message::{Message, Name};
use crate::transaction::{Purpose, Request, Step};

impl UserAgent {
    pub(super) fn on_response(&mut self, message: &Message<'_>, text: &str, now: u64) {
        let (Some(status), Some(via), Some(cseq)) =
            (message.status(), message.top_via(), message.cseq())
        else {
            return;
        };
        let branch = via.branch.unwrap_or_default();
        let found = self.clients.iter().position(|client| {
            client.branch == branch && client.request.purpose.method() == cseq.method
        });
        let Some(index) = found else {
            if (200..=299).contains(&status) && cseq.method == "INVITE" {
                self.stray(message, cseq.number, now);
            }
            return;
        };
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        let step = client.heard(status, now);
        let call = client.request.call;
        self.record(call, Way::Received, text, now);
        match step {
            Step::Ignore => {}
            Step::Provisional => self.provisional(index, status, message, now),
            Step::Accepted => self.accepted(index, message, now),
            Step::Final => self.concluded(index, status, message, now),
        }
    }

    fn concluded(&mut self, index: usize, status: u16, message: &Message<'_>, now: u64) {
        let Some(client) = self.clients.get(index) else {
            return;
        };
        if client.request.purpose.is_invite() {
            let via = [self.via.as_str(), &client.branch].concat();
            let to = message.header(Name::To).unwrap_or(&client.request.to);
            let ack = client.request.draft("ACK", &via, to).finish();
            self.send(client.request.call, ack, now);
        }
        let again = match status {
            401 | 407 => self.authenticate(index, status, message),
            422 => self.raise_session(index, message),
            _ => false,
        };
        if again {
            self.restart(index, now);
        } else {
            let client = self.clients.remove(index);
            if !client.given_up {
                self.finished(client.request, status, Some(message), now);
            }
        }
    }

    /// A request has its final answer, 408 where there was none in time.
    pub(super) fn finished(
        &mut self,
        request: Request,
        status: u16,
        message: Option<&Message<'_>>,
        now: u64,
    ) {
        let key = request.call;
        match request.purpose {
            Purpose::Register => self.registered(status, message, now),
            Purpose::Invite => self.invite_refused(key, status, message, now),
            Purpose::Reinvite | Purpose::Update => {
                self.offer_answered(&request, status, message, now);
            }
            Purpose::Refer => self.refer_answered(key, status, message, now),
            Purpose::Info if status == 481 => self.dialog_gone(key, status, now),
            Purpose::Notify if status >= 300 => {
                // Nobody wants to know how the transfer goes.
                if let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) {
                    call.referral = None;
                }
            }
            _ => {}
        }
    }

    /// The peer knows nothing of this call any more (RFC 3261 section 12.2.1.2).
    pub(super) fn dialog_gone(&mut self, key: u32, status: u16, now: u64) {
        if status == 408 {
            // It may yet be there and think that the call goes on.
            self.bye(key, Some((408, phrase(408))), now);
        }
        self.end(key, End::Link, status, phrase(status), now);
    }

    /// 2xx to an INVITE that we forgot: its sender repeats it until it is acknowledged.
    fn stray(&mut self, message: &Message<'_>, number: u32, now: u64) {
        let (ours, theirs) = (tag_of(message.from()), tag_of(message.to()));
        let known = self
            .calls
            .iter_mut()
            .find(|call| call.dialog.is(message.call_id(), &ours, &theirs));
        let Some(call) = known else {
            return;
        };
        let key = call.key;
        // What was agreed on here came too late to be of use: both sides agree anew.
        call.reoffer |= call.state == CallState::Established;
        let request = call.dialog.request(Purpose::Reinvite, key, number);
        self.acknowledge(&request, now);
    }

    /// ACK to a 2xx: a transaction of its own (RFC 3261 section 13.2.2.4). Gives its text, for a 2xx that comes again.
    pub(super) fn acknowledge(&mut self, request: &Request, now: u64) -> String {
        let via = [self.via.as_str(), &self.chance.branch()].concat();
        let mut draft = request.draft("ACK", &via, &request.to);
        for (name, value) in &request.credentials {
            draft.header(name, value);
        }
        let text = draft.finish();
        self.send(request.call, text.clone(), now);
        text
    }

    /// Tells once that the peer takes candidates one by one.
    pub(super) fn learn_peer(&mut self, at: usize, message: &Message<'_>) {
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let key = call.key;
        if call.learn(message) {
            self.tell(Event::TrickleSupported { call: CallKey(key) });
        }
    }
}
