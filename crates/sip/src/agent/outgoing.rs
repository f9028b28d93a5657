//! Calls that we make: the INVITE, where it rings, who answers.

use super::call::{Call, Turn, say_why};
use super::dialog::Dialog;
use super::reliable::acknowledged;
use super::text::{reason_of, sdp_of, target_uri, user_of};
use super::{CallKey, CallState, End, Event, Refusal, UserAgent};
use crate::message::{Message, Name, fill};
use crate::transaction::Purpose;

impl UserAgent {
    /// Makes a call; the INVITE goes out with its offer and with these lines. Gives its key. `from`: an address, where
    /// it is not the account's.
    pub(super) fn place(
        &mut self,
        target: &str,
        from: &str,
        lines: String,
    ) -> Result<CallKey, Refusal> {
        let uri = self.target(target)?;
        let key = self.new_key();
        let mut call = Call::new(key, true);
        call.number = user_of(&uri);
        call.lines = lines;
        let dialog = &mut call.dialog;
        dialog.call_id = self.chance.token(22);
        dialog.local_tag = self.chance.token(10);
        let own = self.address();
        let local = if from.is_empty() { &own } else { from };
        fill(&mut dialog.local, "%;tag=%", &[local, &dialog.local_tag]);
        fill(&mut dialog.remote, "<%>", &[&uri]);
        dialog.target = uri;
        dialog.routes.push_str(&self.registration.routes);
        dialog.cseq = self.chance.below(9_000) as u32;
        self.calls.push(call);
        let call = CallKey(key);
        self.tell(Event::OfferWanted { call });
        Ok(call)
    }

    /// The URI to send a request to, where one may be sent.
    fn target(&self, target: &str) -> Result<String, Refusal> {
        self.need_link()?;
        target_uri(target, &self.config.domain).ok_or(Refusal::BadTarget)
    }

    /// 100 to 199.
    pub(super) fn provisional(&mut self, index: usize, status: u16, message: &Message<'_>) {
        let Some(client) = self.clients.get(index) else {
            return;
        };
        if client.request.purpose != Purpose::Invite {
            return;
        }
        if client.given_up {
            self.cancel(index);
            return;
        }
        let key = client.request.call;
        let sdp = sdp_of(message);
        let tag = message.tag(Name::To);
        let Some(call) = self.calls.iter_mut().find(|call| call.key == key) else {
            return;
        };
        let mut prack = None;
        if status > 100 {
            if !tag.is_empty() {
                // The early dialog that the answer makes is kept.
                if call.fork(tag).is_none() {
                    call.forks.push(Dialog::answered(&client.request, message));
                }
                let Some(fork) = call.fork(tag) else {
                    return;
                };
                fork.retarget(message);
                let Ok(order) = acknowledged(fork, &client.request, message) else {
                    // The same reliable answer again, or one before its turn.
                    return;
                };
                prack = order;
                if let Some(sdp) = &sdp {
                    fork.early.clone_from(sdp);
                }
            }
            call.state = CallState::Ringing;
        }
        let referrer = call.referrer;
        if let Some(prack) = prack {
            self.begin(prack);
        }
        self.tell(Event::Progress {
            call: CallKey(key),
            status,
            sdp,
        });
        if status > 100 {
            self.learn_peer(key, message);
        }
        // Not every call was asked for.
        let _ = self.report(referrer, status);
    }

    /// 2xx to an INVITE of ours, the first or another.
    pub(super) fn accepted(&mut self, index: usize, message: &Message<'_>) {
        let Some(client) = self.clients.get(index) else {
            return;
        };
        let (key, given_up) = (client.request.call, client.given_up);
        let tag = message.tag(Name::To);
        if let Some((_, ack)) = client.acks.iter().find(|(known, _)| known == tag) {
            let ack = ack.clone();
            self.send(key, ack);
            return;
        }
        let request = client.request.clone();
        let (purpose, cseq) = (request.purpose, request.cseq);
        let mut dialog = Dialog::answered(&request, message);
        // Where the call is gone the way is still that of the request.
        let mut ack = request.clone();
        let live = self.find(key);
        let wanted = live.is_some() && !given_up;
        let initial = purpose == Purpose::Invite;
        let mut first = false;
        if initial {
            if let Some(call) = live {
                first = wanted && !call.is_answered() && call.state != CallState::Ended;
                let number = call.dialog.cseq;
                if let Some(fork) = call.fork(tag) {
                    dialog.cseq = fork.cseq.max(number);
                    dialog.remote_cseq = fork.remote_cseq;
                    dialog.early = std::mem::take(&mut fork.early);
                }
            }
            ack = dialog.request(purpose, key, cseq);
        } else if let Some(call) = live {
            call.dialog.retarget(message);
            ack = call.dialog.request(purpose, key, cseq);
        }
        ack.proof.clone_from(&request.proof);
        let text = self.acknowledge(&ack);
        if let Some(client) = self.clients.get_mut(index) {
            client.acks.push((tag.to_owned(), text));
        }
        if first {
            self.connected(key, dialog, message);
        } else if initial {
            // Somebody else was quicker, or it was given up (RFC 3261 section 13.2.2.4).
            let mut bye = dialog.next(Purpose::Bye, key);
            say_why(&mut bye, 487, "Call completed elsewhere");
            self.begin(bye);
        } else if wanted {
            self.offer_answered(&request, 200, Some(message));
        }
    }

    /// The call is answered.
    fn connected(&mut self, key: u32, mut dialog: Dialog, message: &Message<'_>) {
        let now = self.now;
        let Some(call) = self.find(key) else {
            return;
        };
        let early = std::mem::take(&mut dialog.early);
        let sdp = sdp_of(message).unwrap_or(early);
        call.dialog = dialog;
        call.forks.clear();
        call.state = CallState::Established;
        call.since = Some(now);
        call.turn = Turn::Free;
        let referrer = std::mem::take(&mut call.referrer);
        if sdp.is_empty() {
            // An answer without media is none.
            self.part(key, End::Us, 488, "No session description");
            return;
        }
        self.session_agreed(key, message);
        self.tell(Event::Answered {
            call: CallKey(key),
            sdp,
        });
        self.learn_peer(key, message);
        self.confirmed(key);
        // Not every call was asked for.
        let _ = self.report(referrer, 200);
    }

    /// A final answer that is no success.
    pub(super) fn invite_refused(&mut self, key: u32, status: u16, message: Option<&Message<'_>>) {
        let Some(message) = message else {
            self.end(key, End::Link, status, "");
            return;
        };
        let mut words = reason_of(message, status).1;
        if words.is_empty() {
            words.push_str(message.reason());
        }
        self.end(key, End::Them, status, &words);
    }

    /// MESSAGE outside of calls.
    pub(super) fn message(&mut self, target: &str, text: &str) -> Result<(), Refusal> {
        let uri = self.target(target)?;
        let mut request = self.outside(Purpose::Message, &uri);
        request.describe("text/plain;charset=utf-8", text);
        self.begin(request);
        Ok(())
    }

    /// INFO within a call.
    pub(super) fn info(&mut self, key: u32, kind: &str, body: &str) -> Result<(), Refusal> {
        let call = self.live(key).ok_or(Refusal::NoCall)?;
        // Before the answer there may be several early dialogs; the youngest is the one whose media are heard.
        let early = call.outgoing && !call.is_answered();
        let dialog = match call.forks.last_mut() {
            Some(fork) if early => fork,
            None if early => return Err(Refusal::NotNow),
            _ => &mut call.dialog,
        };
        let mut request = dialog.next(Purpose::Info, key);
        if kind.starts_with("application/trickle-ice-sdpfrag") {
            let lines = "Info-Package: trickle-ice\r\nContent-Disposition: Info-Package\r\n";
            request.lines.push_str(lines);
        }
        request.describe(kind, body);
        self.begin(request);
        Ok(())
    }
}
