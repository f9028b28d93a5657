//! What goes out: requests with their transactions, answers, and what waits for the link.

use super::text::phrase;
use super::trace::Way;
use super::{METHODS, Output, Refusal, UserAgent};
use crate::message::{decimal, fill, finished};
use crate::transaction::{
    Client, Expiry, NEVER, PATIENCE, Phase, Purpose, Request, Server, Session,
};

/// How many answers and ACKs are kept for a link that is down.
const HELD: usize = 64;
/// How long an INVITE that a link broke under may still be answered on the next one, ms.
const GRACE: u64 = 2_000;

/// We take candidates one by one (RFC 8840).
const RECV_INFO: &str = "Recv-Info: trickle-ice\r\n";

impl UserAgent {
    /// Whether requests go out now.
    pub(super) fn is_ready(&self) -> bool {
        self.link.is_open() && !self.registration.pending
    }

    fn transmit(&mut self, call: u32, text: String) {
        self.record(call, Way::Sent, &text);
        self.outputs.push(Output::Send(text));
    }

    /// Sends what needs no answer, or keeps it for the next link.
    pub(super) fn send(&mut self, call: u32, text: String) {
        if self.is_ready() {
            self.transmit(call, text);
        } else if self.held.len() < HELD {
            self.held.push((call, text));
        }
    }

    /// Sends a request, now or when there is a link.
    pub(super) fn begin(&mut self, request: Request) {
        let branch = self.chance.branch();
        self.add(request, branch);
    }

    fn add(&mut self, request: Request, branch: String) {
        self.clients.push(Client::new(request, branch));
        self.start(self.clients.len() - 1);
    }

    fn start(&mut self, index: usize) {
        let (ready, open) = (self.is_ready(), self.link.is_open());
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        let purpose = client.request.purpose;
        let first = matches!(purpose, Purpose::Register | Purpose::Ping);
        if !(ready || (first && open)) {
            client.phase = Phase::Waiting;
            client.due = NEVER;
            return;
        }
        client.sent(self.now);
        self.prove(index);
        let Some(client) = self.clients.get(index) else {
            return;
        };
        let request = &client.request;
        let invite = purpose.is_invite();
        let (method, to) = (purpose.method(), &request.to);
        let mut out = request.begin(method, &self.via, &client.branch, to);
        if invite || matches!(purpose, Purpose::Update | Purpose::Refer | Purpose::Notify) {
            self.put_contact(&mut out, purpose == Purpose::Invite);
        }
        out.push_str(&request.proof);
        out.push_str(&request.lines);
        let session = &request.session;
        if session.expires > 0 {
            let value = [&decimal(session.expires.into()), session.refresher];
            fill(&mut out, "Session-Expires: %%\r\n", &value);
        }
        if session.least > 0 {
            fill(&mut out, "Min-SE: %\r\n", &[&decimal(session.least.into())]);
        }
        if invite || matches!(purpose, Purpose::Register | Purpose::Update) {
            fill(&mut out, "Allow: %\r\n", &[METHODS]);
        }
        if !matches!(purpose, Purpose::Cancel | Purpose::Bye) {
            out.push_str(&self.supported);
        }
        if invite {
            out.push_str(RECV_INFO);
        }
        if !self.config.product.is_empty() {
            fill(&mut out, "User-Agent: %\r\n", &[&self.config.product]);
        }
        let (call, text) = (request.call, finished(out, &request.body));
        self.transmit(call, text);
        if self.config.register && purpose != Purpose::Ping {
            self.link.asked(self.now);
        }
    }

    /// Sends a request anew: with another number, as another transaction.
    pub(super) fn restart(&mut self, index: usize) {
        let branch = self.chance.branch();
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        let request = &mut client.request;
        // A CANCEL has number and branch of its INVITE.
        if request.purpose != Purpose::Cancel {
            client.branch = branch;
            request.cseq += 1;
            if request.purpose == Purpose::Register {
                request.cseq = self.registration.next_number();
            } else if let Some(call) = self.calls.iter_mut().find(|one| one.key == request.call) {
                // The next number in its dialog, which may be over.
                let number = request.cseq.max(call.dialog.cseq + 1);
                request.cseq = number;
                call.dialog.cseq = number;
                for fork in &mut call.forks {
                    fork.cseq = fork.cseq.max(number);
                }
            }
        }
        self.start(index);
    }

    /// Asks for the end of an INVITE, once it may be asked (RFC 3261 section 9.1).
    pub(super) fn cancel(&mut self, index: usize) {
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        client.given_up = true;
        if client.phase != Phase::Proceeding || client.cancelled {
            return;
        }
        client.cancelled = true;
        client.due = self.now + PATIENCE;
        let mut request = client.request.clone();
        request.purpose = Purpose::Cancel;
        request.session = Session::default();
        request.body.clear();
        request.lines.clear();
        request
            .lines
            .push_str("Reason: SIP;cause=487;text=\"Call given up\"\r\n");
        let branch = client.branch.clone();
        self.add(request, branch);
    }

    /// Answers a request with further lines and a description, where there are such; gives the text, for requests that
    /// come again.
    pub(super) fn reply(&mut self, server: &Server, status: u16, extra: &str, sdp: &str) -> String {
        let mut out = server.begin(status, phrase(status));
        let method = server.method.as_str();
        let contacts = matches!(method, "INVITE" | "UPDATE" | "REFER" | "OPTIONS");
        if matches!(status, 101..=299) && contacts {
            self.put_contact(&mut out, false);
            fill(&mut out, "Allow: %\r\n", &[METHODS]);
            out.push_str(&self.supported);
            if method == "INVITE" {
                out.push_str(RECV_INFO);
            }
        }
        if status == 405 {
            fill(&mut out, "Allow: %\r\n", &[METHODS]);
        }
        if status == 489 {
            out.push_str("Allow-Events: refer\r\n");
        }
        if status == 415 || (status == 200 && method == "OPTIONS") {
            out.push_str(if method == "MESSAGE" {
                "Accept: text/plain\r\n"
            } else {
                "Accept: application/sdp\r\n"
            });
        }
        out.push_str(extra);
        if !sdp.is_empty() {
            out.push_str("Content-Type: application/sdp\r\n");
        }
        let text = finished(out, sdp);
        self.send(server.call, text.clone());
        text
    }

    /// Gives an INVITE or UPDATE its final answer, and remembers it for those that come again.
    pub(super) fn conclude(
        &mut self,
        mut server: Server,
        status: u16,
        extra: &str,
        sdp: &str,
    ) -> String {
        let text = self.reply(&server, status, extra, sdp);
        server.last.clone_from(&text);
        server.due = self.now + PATIENCE;
        self.answered.push(server);
        text
    }

    /// The link broke: what was sent and not answered has to be thought of again.
    pub(super) fn suspend(&mut self) {
        let mut index = 0;
        while let Some(client) = self.clients.get_mut(index) {
            let sent = matches!(client.phase, Phase::Calling | Phase::Proceeding);
            match client.request.purpose {
                Purpose::Register | Purpose::Ping => {
                    self.clients.remove(index);
                    continue;
                }
                // Asked a second time they would be done a second time.
                Purpose::Info
                | Purpose::Refer
                | Purpose::Message
                | Purpose::Options
                | Purpose::Prack
                    if sent =>
                {
                    self.over(index, 408, None);
                    continue;
                }
                _ => {}
            }
            if sent {
                client.phase = Phase::Lost;
            }
            if client.phase == Phase::Lost {
                client.due = NEVER;
            }
            index += 1;
        }
        for call in &mut self.calls {
            call.pause();
        }
    }

    /// There is a way again: everything that waited goes out.
    pub(super) fn flow(&mut self) {
        if !self.is_ready() {
            return;
        }
        for (call, text) in std::mem::take(&mut self.held) {
            self.transmit(call, text);
        }
        for index in 0..self.clients.len() {
            let Some(client) = self.clients.get_mut(index) else {
                continue;
            };
            match client.phase {
                Phase::Waiting => self.start(index),
                Phase::Lost if client.request.purpose.is_invite() => {
                    client.due = self.now + GRACE;
                }
                Phase::Lost => self.restart(index),
                _ => {}
            }
        }
        for call in &mut self.calls {
            call.resume(self.now);
        }
    }

    pub(super) fn expire_clients(&mut self) {
        let now = self.now;
        while let Some(index) = self.clients.iter().position(|client| client.due <= now) {
            let Some(client) = self.clients.get_mut(index) else {
                return;
            };
            client.due = NEVER;
            match client.expired() {
                Expiry::Over => {
                    self.clients.remove(index);
                }
                Expiry::Unanswered => self.over(index, 408, None),
                Expiry::Again => self.again(index),
            }
        }
    }

    /// An INVITE was under way when the link broke, and nothing came of it on the next one.
    fn again(&mut self, index: usize) {
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        if client.request.purpose == Purpose::Reinvite && !client.given_up {
            self.restart(index);
            return;
        }
        if client.cancelled {
            self.clients.remove(index);
            return;
        }
        // It may ring where it went to: it must not do so twice.
        client.phase = Phase::Proceeding;
        let fresh = (!client.given_up).then(|| client.request.clone());
        self.cancel(index);
        if let Some(request) = fresh {
            self.clients.push(Client::new(request, String::new()));
            self.restart(self.clients.len() - 1);
        }
    }

    /// OPTIONS of the owner's.
    pub(super) fn options(&mut self) -> Result<(), Refusal> {
        self.need_link()?;
        let request = self.outside(Purpose::Options, "");
        self.begin(request);
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
