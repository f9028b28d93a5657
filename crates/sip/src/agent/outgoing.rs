//! Calls that we make: the INVITE, where it rings, who answers.

use super::call::{Call, Turn, reason};
use super::dialog::{Dialog, enclosed, tag_of};
use super::reliable::{Order, acknowledged};
use super::text::{named, reason_of, sdp_of, target_uri, user_of};
use super::{CallKey, CallState, End, Event, Refusal, UserAgent};
use crate::message::Message;
use crate::transaction::{Purpose, Request};

impl UserAgent {
    /// Makes a call; the INVITE goes out with its offer. Gives its key.
    pub(super) fn place(
        &mut self,
        target: &str,
        from: Option<(String, String)>,
        headers: Vec<(String, String)>,
        replaces: Option<String>,
    ) -> Result<u32, Refusal> {
        self.need_link()?;
        let uri = target_uri(target, &self.config.domain).ok_or(Refusal::BadTarget)?;
        let tag = self.chance.token(10);
        let mut local = match from {
            None => self.address(),
            Some((display, uri)) => named(&display, &enclosed(&uri)),
        };
        local.push_str(";tag=");
        local.push_str(&tag);
        let key = self.new_key();
        let dialog = Dialog {
            call_id: self.chance.token(22),
            local,
            local_tag: tag,
            remote: enclosed(&uri),
            routes: self.registration.routes.clone(),
            cseq: self.chance.below(9_000) as u32,
            ..Dialog::default()
        };
        let mut call = Call::new(key, true, dialog);
        call.number = user_of(&uri);
        call.dialog.target = uri;
        call.headers = headers;
        if let Some(replaces) = replaces {
            call.headers.push(("Replaces".to_owned(), replaces));
            call.headers
                .push(("Require".to_owned(), "replaces".to_owned()));
        }
        self.calls.push(call);
        self.tell(Event::OfferWanted { call: CallKey(key) });
        Ok(key)
    }

    /// The offer is there: the INVITE goes out.
    pub(super) fn invite(&mut self, key: u32, sdp: String, now: u64) {
        let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) else {
            return;
        };
        call.turn = Turn::Ours;
        call.local_sdp.clone_from(&sdp);
        let mut request = call.dialog.next(Purpose::Invite, key);
        request.headers = std::mem::take(&mut call.headers);
        request.body = Some(("application/sdp".to_owned(), sdp));
        let timer = call.timer.clone();
        self.ask_session(&mut request, &timer);
        self.begin(request, now);
    }

    /// 100 to 199.
    pub(super) fn provisional(
        &mut self,
        index: usize,
        status: u16,
        message: &Message<'_>,
        now: u64,
    ) {
        let Some(client) = self.clients.get(index) else {
            return;
        };
        if client.request.purpose != Purpose::Invite {
            return;
        }
        if client.given_up {
            self.cancel(index, now);
            return;
        }
        let request = client.request.clone();
        let key = request.call;
        let sdp = sdp_of(message);
        let tag = tag_of(message.to());
        let Some(at) = self.find(key) else {
            return;
        };
        if status > 100 && !tag.is_empty() && !self.fork(at, &request, &tag, message, now) {
            // The same reliable answer again, or one before its turn.
            return;
        }
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        if status > 100 {
            call.state = CallState::Ringing;
        }
        let referrer = call.referrer;
        let fork = call.forks.iter_mut().find(|fork| fork.remote_tag == tag);
        if let (Some(fork), Some(sdp)) = (fork, &sdp) {
            fork.early = Some(sdp.clone());
        }
        self.tell(Event::Progress {
            call: CallKey(key),
            status,
            sdp,
        });
        if status > 100 {
            self.learn_peer(at, message);
        }
        if let Some(at) = referrer.and_then(|referrer| self.find(referrer)) {
            self.report(at, status, now);
        }
    }

    /// Keeps the early dialog that a provisional answer makes, and acknowledges the answer where it wants that.
    /// `false`: it means nothing.
    fn fork(
        &mut self,
        at: usize,
        request: &Request,
        tag: &str,
        message: &Message<'_>,
        now: u64,
    ) -> bool {
        let Some(call) = self.calls.get_mut(at) else {
            return false;
        };
        if !call.forks.iter().any(|fork| fork.remote_tag == tag) {
            let local = &call.dialog.local_tag;
            let fork = Dialog::answered(request, local, message);
            call.forks.push(fork);
        }
        let Some(fork) = call.forks.iter_mut().find(|fork| fork.remote_tag == tag) else {
            return false;
        };
        fork.retarget(message);
        match acknowledged(fork, request, message) {
            Order::Unreliable => true,
            Order::Again => false,
            Order::Prack(prack) => {
                self.begin(*prack, now);
                true
            }
        }
    }

    /// 2xx to an INVITE of ours, the first or another.
    pub(super) fn accepted(&mut self, index: usize, message: &Message<'_>, now: u64) {
        let Some(client) = self.clients.get(index) else {
            return;
        };
        let request = client.request.clone();
        let (key, given_up) = (request.call, client.given_up);
        let tag = tag_of(message.to());
        if let Some((_, ack)) = client.acks.iter().find(|(known, _)| *known == tag) {
            let ack = ack.clone();
            self.send(key, ack, now);
            return;
        }
        let initial = request.purpose == Purpose::Invite;
        let local_tag = tag_of(message.from());
        let at = self.find(key);
        let live = at.and_then(|at| self.calls.get_mut(at));
        let mut dialog = Dialog::answered(&request, &local_tag, message);
        if let Some(call) = live {
            if !initial {
                call.dialog.retarget(message);
                dialog = call.dialog.clone();
            } else if let Some(fork) = call.forks.iter().find(|fork| fork.remote_tag == tag) {
                dialog.cseq = fork.cseq.max(call.dialog.cseq);
                dialog.remote_cseq = fork.remote_cseq;
                dialog.early.clone_from(&fork.early);
            }
        }
        let mut ack = dialog.request(request.purpose, key, request.cseq);
        ack.credentials.clone_from(&request.credentials);
        let text = self.acknowledge(&ack, now);
        if let Some(client) = self.clients.get_mut(index) {
            client.acks.push((tag, text));
        }
        let wanted = at.filter(|_| !given_up);
        if !initial {
            if wanted.is_some() {
                self.offer_answered(&request, 200, Some(message), now);
            }
            return;
        }
        let first = wanted.filter(|at| {
            self.calls
                .get(*at)
                .is_some_and(|call| !call.is_answered() && call.state != CallState::Ended)
        });
        match first {
            Some(at) => self.connected(at, dialog, message, now),
            None => {
                // Somebody else was quicker, or it was given up (RFC 3261 section 13.2.2.4).
                let mut bye = dialog.next(Purpose::Bye, key);
                bye.header("Reason", reason(Some((487, "Call completed elsewhere"))));
                self.begin(bye, now);
            }
        }
    }

    /// The call is answered.
    fn connected(&mut self, at: usize, mut dialog: Dialog, message: &Message<'_>, now: u64) {
        let sdp = sdp_of(message).or_else(|| dialog.early.take());
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let key = call.key;
        call.dialog = dialog;
        call.forks.clear();
        call.state = CallState::Established;
        call.since = Some(now);
        call.turn = Turn::Free;
        let referrer = call.referrer.take();
        let Some(sdp) = sdp else {
            // An answer without media is none.
            self.bye(key, Some((488, "No session description")), now);
            self.end(key, End::Us, 488, "No session description", now);
            return;
        };
        self.session_agreed(key, message, now);
        self.tell(Event::Answered {
            call: CallKey(key),
            sdp,
        });
        self.learn_peer(at, message);
        self.confirmed(at);
        if let Some(at) = referrer.and_then(|referrer| self.find(referrer)) {
            self.report(at, 200, now);
        }
    }

    /// A final answer that is no success.
    pub(super) fn invite_refused(
        &mut self,
        key: u32,
        status: u16,
        message: Option<&Message<'_>>,
        now: u64,
    ) {
        let mut words = String::new();
        if let Some(message) = message {
            words = reason_of(message).1;
            if words.is_empty() {
                words.push_str(message.reason());
            }
        }
        let by = if message.is_some() {
            End::Them
        } else {
            End::Link
        };
        self.end(key, by, status, &words, now);
    }

    /// MESSAGE outside of calls.
    pub(super) fn message(&mut self, target: &str, text: String, now: u64) -> Result<(), Refusal> {
        self.need_link()?;
        let uri = target_uri(target, &self.config.domain).ok_or(Refusal::BadTarget)?;
        let mut request = self.outside(Purpose::Message, uri);
        request.body = Some(("text/plain;charset=utf-8".to_owned(), text));
        self.begin(request, now);
        Ok(())
    }

    /// INFO within a call.
    pub(super) fn info(
        &mut self,
        at: usize,
        kind: String,
        body: String,
        now: u64,
    ) -> Result<(), Refusal> {
        let Some(call) = self.calls.get_mut(at) else {
            return Err(Refusal::NoCall);
        };
        let key = call.key;
        // Before the answer there may be several early dialogs; the youngest is the one whose media are heard.
        let early = call.outgoing && !call.is_answered();
        let dialog = match call.forks.last_mut() {
            Some(fork) if early => fork,
            None if early => return Err(Refusal::NotNow),
            _ => &mut call.dialog,
        };
        let mut request = dialog.next(Purpose::Info, key);
        if kind.starts_with("application/trickle-ice-sdpfrag") {
            request.header("Info-Package", "trickle-ice".to_owned());
            request.header("Content-Disposition", "Info-Package".to_owned());
        }
        request.body = Some((kind, body));
        self.begin(request, now);
        Ok(())
    }
}
