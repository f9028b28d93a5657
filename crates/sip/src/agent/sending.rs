//! What goes out: requests with their transactions, answers, and what waits for the link.

use super::text::phrase;
use super::trace::Way;
use super::{Output, Refusal, UserAgent, passed};
use crate::transaction::{Client, Expiry, PATIENCE, Phase, Purpose, Request, Server};

/// How many answers and ACKs are kept for a link that is down.
const HELD: usize = 64;
/// How long an INVITE that a link broke under may still be answered on the next one, ms.
const GRACE: u64 = 2_000;

/// What an answer says beside what every answer says.
#[derive(Clone, Copy)]
pub(super) struct Answer<'a> {
    pub(super) status: u16,
    pub(super) extra: &'a [(&'a str, &'a str)],
    pub(super) sdp: Option<&'a str>,
}

impl Answer<'_> {
    /// A status and nothing more.
    pub(super) fn of(status: u16) -> Self {
        Answer {
            status,
            extra: &[],
            sdp: None,
        }
    }
}

impl UserAgent {
    /// Whether requests go out now.
    pub(super) fn is_ready(&self) -> bool {
        self.link.is_open() && !self.registration.pending
    }

    fn put(&mut self, call: u32, text: String, now: u64) {
        self.record(call, Way::Sent, &text, now);
        self.outputs.push_back(Output::Send(text));
    }

    /// Sends what needs no answer, or keeps it for the next link.
    pub(super) fn send(&mut self, call: u32, text: String, now: u64) {
        if self.is_ready() {
            self.put(call, text, now);
        } else if self.held.len() < HELD {
            self.held.push((call, text));
        }
    }

    /// Sends a request, now or when there is a link.
    pub(super) fn begin(&mut self, request: Request, now: u64) {
        let branch = self.chance.branch();
        self.clients.push(Client::new(request, branch));
        self.start(self.clients.len() - 1, now);
    }

    fn start(&mut self, index: usize, now: u64) {
        let (ready, open) = (self.is_ready(), self.link.is_open());
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        let first = matches!(client.request.purpose, Purpose::Register | Purpose::Ping);
        if !(ready || (first && open)) {
            client.phase = Phase::Waiting;
            client.due = None;
            return;
        }
        client.sent(now);
        self.prove(index);
        let Some(client) = self.clients.get(index) else {
            return;
        };
        let request = &client.request;
        let purpose = request.purpose;
        let via = [self.via.as_str(), &client.branch].concat();
        let mut draft = request.draft(purpose.method(), &via, &request.to);
        if purpose.is_invite()
            || matches!(purpose, Purpose::Update | Purpose::Refer | Purpose::Notify)
        {
            draft.header("Contact", &self.contact_value(purpose == Purpose::Invite));
        }
        for (name, value) in &request.credentials {
            draft.header(name, value);
        }
        for (name, value) in &request.headers {
            draft.header(name, value);
        }
        if purpose.is_invite() || matches!(purpose, Purpose::Register | Purpose::Update) {
            draft.header("Allow", &self.allow);
        }
        if !matches!(purpose, Purpose::Cancel | Purpose::Bye) {
            draft.header("Supported", &self.supported);
        }
        if purpose.is_invite() {
            draft.header("Recv-Info", "trickle-ice");
        }
        if !self.config.product.is_empty() {
            draft.header("User-Agent", &self.config.product);
        }
        if let Some((kind, text)) = &request.body {
            draft.body(kind, text);
        }
        let (call, text) = (request.call, draft.finish());
        self.put(call, text, now);
        if self.config.register && purpose != Purpose::Ping {
            self.link.asked(now);
        }
    }

    /// Sends a request anew: with another number, as another transaction.
    pub(super) fn restart(&mut self, index: usize, now: u64) {
        let branch = self.chance.branch();
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        // A CANCEL has number and branch of its INVITE.
        if client.request.purpose != Purpose::Cancel {
            client.branch = branch;
            let call = client.request.call;
            let number = if client.request.purpose == Purpose::Register {
                self.next_registration()
            } else {
                self.next_number(call, index)
            };
            if let Some(client) = self.clients.get_mut(index) {
                client.request.cseq = number;
            }
        }
        self.start(index, now);
    }

    /// The next number in the dialog that a request belongs to, which may be over.
    fn next_number(&mut self, call: u32, index: usize) -> u32 {
        let Some(request) = self.clients.get(index).map(|client| &client.request) else {
            return 1;
        };
        let mut number = request.cseq + 1;
        let call = self.calls.iter_mut().find(|one| one.key == call);
        if let Some(call) = call
            && call.dialog.call_id == request.call_id
        {
            number = number.max(call.dialog.cseq + 1);
            call.dialog.cseq = number;
            for fork in &mut call.forks {
                fork.cseq = fork.cseq.max(number);
            }
        }
        number
    }

    /// Asks for the end of an INVITE, once it may be asked (RFC 3261 section 9.1).
    pub(super) fn cancel(&mut self, index: usize, now: u64) {
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        client.given_up = true;
        match client.phase {
            Phase::Proceeding if !client.cancelled => {}
            _ => return,
        }
        client.cancelled = true;
        client.due = Some(now + PATIENCE);
        let mut request = client.request.clone();
        request.purpose = Purpose::Cancel;
        request.headers.clear();
        request.body = None;
        request.header("Reason", "SIP;cause=487;text=\"Call given up\"".to_owned());
        let branch = client.branch.clone();
        self.clients.push(Client::new(request, branch));
        self.start(self.clients.len() - 1, now);
    }

    /// Answers a request; gives the text, for requests that come again.
    pub(super) fn reply(
        &mut self,
        server: &Server,
        call: u32,
        tag: &str,
        answer: Answer<'_>,
        now: u64,
    ) -> String {
        let status = answer.status;
        let mut draft = server.draft(status, phrase(status), tag);
        let method = server.method.as_str();
        if (101..=299).contains(&status)
            && matches!(method, "INVITE" | "UPDATE" | "REFER" | "OPTIONS")
        {
            draft
                .header("Contact", &self.contact_value(false))
                .header("Allow", &self.allow)
                .header("Supported", &self.supported);
            if method == "INVITE" {
                draft.header("Recv-Info", "trickle-ice");
            }
        }
        match status {
            405 => {
                draft.header("Allow", &self.allow);
            }
            489 => {
                draft.header("Allow-Events", "refer");
            }
            _ => {}
        }
        if status == 415 || (status == 200 && method == "OPTIONS") {
            let kind = match method {
                "MESSAGE" => "text/plain",
                _ => "application/sdp",
            };
            draft.header("Accept", kind);
        }
        for (name, value) in answer.extra {
            draft.header(name, value);
        }
        if let Some(sdp) = answer.sdp {
            draft.body("application/sdp", sdp);
        }
        let text = draft.finish();
        self.send(call, text.clone(), now);
        text
    }

    /// Gives an INVITE or UPDATE its final answer, and remembers it for those that come again.
    pub(super) fn conclude(
        &mut self,
        mut server: Server,
        call: u32,
        tag: &str,
        answer: Answer<'_>,
        now: u64,
    ) -> String {
        let text = self.reply(&server, call, tag, answer, now);
        server.last.clone_from(&text);
        server.due = now + PATIENCE;
        self.answered.push(server);
        text
    }

    /// The link broke: what was sent and not answered has to be thought of again.
    pub(super) fn suspend(&mut self, now: u64) {
        let mut lost = Vec::new();
        self.clients.retain_mut(|client| {
            let sent = matches!(client.phase, Phase::Calling | Phase::Proceeding);
            match client.request.purpose {
                Purpose::Register | Purpose::Ping => return false,
                Purpose::Invite | Purpose::Reinvite => {
                    if sent {
                        client.phase = Phase::Lost;
                    }
                    if client.phase == Phase::Lost {
                        client.due = None;
                    }
                }
                // Asked a second time they would be done a second time.
                Purpose::Info
                | Purpose::Refer
                | Purpose::Message
                | Purpose::Options
                | Purpose::Prack
                    if sent =>
                {
                    lost.push(client.request.clone());
                    return false;
                }
                _ => {
                    if sent {
                        client.phase = Phase::Lost;
                        client.due = None;
                    }
                }
            }
            true
        });
        for request in lost {
            self.finished(request, 408, None, now);
        }
        for call in &mut self.calls {
            call.pause();
        }
    }

    /// There is a way again: everything that waited goes out.
    pub(super) fn flow(&mut self, now: u64) {
        if !self.is_ready() {
            return;
        }
        for (call, text) in std::mem::take(&mut self.held) {
            self.put(call, text, now);
        }
        for index in 0..self.clients.len() {
            let Some(client) = self.clients.get_mut(index) else {
                continue;
            };
            match client.phase {
                Phase::Waiting => self.start(index, now),
                Phase::Lost if client.request.purpose.is_invite() => {
                    client.due = Some(now + GRACE);
                }
                Phase::Lost => self.restart(index, now),
                _ => {}
            }
        }
        for call in &mut self.calls {
            call.resume(now);
        }
    }

    pub(super) fn expire_clients(&mut self, now: u64) {
        while let Some(index) = self
            .clients
            .iter()
            .position(|client| passed(client.due, now))
        {
            let Some(client) = self.clients.get_mut(index) else {
                return;
            };
            client.due = None;
            match client.expired() {
                Expiry::Over => {
                    self.clients.remove(index);
                }
                Expiry::Unanswered => {
                    let client = self.clients.remove(index);
                    if !client.given_up {
                        self.finished(client.request, 408, None, now);
                    }
                }
                Expiry::Again => self.again(index, now),
            }
        }
    }

    /// An INVITE was under way when the link broke, and nothing came of it on the next one.
    fn again(&mut self, index: usize, now: u64) {
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        if client.request.purpose == Purpose::Reinvite && !client.given_up {
            self.restart(index, now);
            return;
        }
        if client.cancelled {
            self.clients.remove(index);
            return;
        }
        // It may ring where it went to: it must not do so twice.
        client.phase = Phase::Proceeding;
        let fresh = (!client.given_up).then(|| client.request.clone());
        self.cancel(index, now);
        if let Some(request) = fresh {
            let branch = self.chance.branch();
            self.clients.push(Client::new(request, branch));
            self.restart(self.clients.len() - 1, now);
        }
    }

    /// OPTIONS of the owner's.
    pub(super) fn options(&mut self, now: u64) -> Result<(), Refusal> {
        self.need_link()?;
        let request = self.outside(Purpose::Options, self.home());
        self.begin(request, now);
        Ok(())
    }

    /// Somebody has to have asked for a link.
    pub(super) fn need_link(&self) -> Result<(), Refusal> {
        if self.link.wanted || !self.config.register {
            Ok(())
        } else {
            Err(Refusal::NotOpen)
        }
    }
}
