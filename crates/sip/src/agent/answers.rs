//! Answers to our requests, each to the one who asked.

use super::text::phrase;
use super::trace::Way;
use super::{CallKey, CallState, End, Event, UserAgent};
use crate::message::{Message, Name};
use crate::transaction::{Purpose, Request, Step};

impl UserAgent {
    pub(super) fn on_response(&mut self, message: &Message<'_>, text: &str) {
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
            if matches!(status, 200..=299) && cseq.method == "INVITE" {
                self.stray(message, cseq.number);
            }
            return;
        };
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        let step = client.heard(status, self.now);
        let call = client.request.call;
        self.record(call, Way::Received, text);
        match step {
            Step::Ignore => {}
            Step::Provisional => self.provisional(index, status, message),
            Step::Accepted => self.accepted(index, message),
            Step::Final => self.concluded(index, status, message),
        }
    }

    fn concluded(&mut self, index: usize, status: u16, message: &Message<'_>) {
        let Some(client) = self.clients.get(index) else {
            return;
        };
        let request = &client.request;
        if request.purpose.is_invite() {
            let to = message.header(Name::To).unwrap_or(&request.to);
            let ack = request.ack(&self.via, &client.branch, to);
            self.send(request.call, ack);
        }
        let again = match status {
            401 | 407 => self.authenticate(index, status, message),
            422 => self.raise_session(index, message),
            _ => false,
        };
        if again {
            self.restart(index);
        } else {
            self.over(index, status, Some(message));
        }
    }

    /// A request has its final answer, 408 where there was none in time.
    pub(super) fn over(&mut self, index: usize, status: u16, message: Option<&Message<'_>>) {
        let client = self.clients.remove(index);
        if !client.given_up {
            self.finished(&client.request, status, message);
        }
    }

    fn finished(&mut self, request: &Request, status: u16, message: Option<&Message<'_>>) {
        let key = request.call;
        match request.purpose {
            Purpose::Register => self.registered(status, message),
            Purpose::Invite => self.invite_refused(key, status, message),
            Purpose::Reinvite | Purpose::Update => self.offer_answered(request, status, message),
            Purpose::Refer => self.refer_answered(key, status, message),
            Purpose::Info if status == 481 => self.dialog_gone(key, status),
            Purpose::Notify if status >= 300 => {
                // Nobody wants to know how the transfer goes.
                if let Some(call) = self.find(key) {
                    call.referral = None;
                }
            }
            _ => {}
        }
    }

    /// The peer knows nothing of this call any more (RFC 3261 section 12.2.1.2).
    pub(super) fn dialog_gone(&mut self, key: u32, status: u16) {
        if status == 408 {
            // It may yet be there and think that the call goes on.
            self.bye(key, 408, phrase(408));
        }
        self.end(key, End::Link, status, phrase(status));
    }

    /// 2xx to an INVITE that we forgot: its sender repeats it until it is acknowledged.
    fn stray(&mut self, message: &Message<'_>, number: u32) {
        let related = self.related(message, Name::From, Name::To);
        let key = related.map_or(0, |call| call.key);
        if let Some(call) = self.find(key) {
            let request = call.dialog.request(Purpose::Reinvite, key, number);
            // What was agreed on here came too late to be of use: both sides agree anew.
            call.reoffer |= call.state == CallState::Established;
            self.acknowledge(&request);
        }
    }

    /// ACK to a 2xx: a transaction of its own (RFC 3261 section 13.2.2.4). Gives its text, for a 2xx that comes again.
    pub(super) fn acknowledge(&mut self, request: &Request) -> String {
        let branch = self.chance.branch();
        let ack = request.ack(&self.via, &branch, &request.to);
        self.send(request.call, ack.clone());
        ack
    }

    /// Tells once that the peer takes candidates one by one.
    pub(super) fn learn_peer(&mut self, key: u32, message: &Message<'_>) {
        if let Some(call) = self.find(key)
            && call.learn(message)
        {
            self.tell(Event::TrickleSupported { call: CallKey(key) });
        }
    }
}
