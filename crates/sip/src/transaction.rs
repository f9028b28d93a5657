//! Transactions over a transport that loses nothing while it lives (RFC 3261 section 17, RFC 6026).
//!
//! Such a transport needs no retransmissions (timers A, E, G) and no waiting for them (D, I, J, K are 0). What remains
//! is patience: B and F for an answer, L and M for whatever still belongs to a 2xx.

use crate::message::{Message, Name, Pieces, decimal, fill, filled, finished};

/// An estimate of the round trip, ms.
pub(crate) const T1: u64 = 500;
/// The longest pause between two sendings of an answer, ms.
pub(crate) const T2: u64 = 4_000;
/// Timers B, F, H, L and M, ms.
pub(crate) const PATIENCE: u64 = 64 * T1;
/// A point in time that does not come.
pub(crate) const NEVER: u64 = u64::MAX;

/// What a request is for; more than the method, as an answer means different things to different askers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Register,
    /// OPTIONS of ours, to see whether the link lives.
    Ping,
    Options,
    Message,
    /// Begins a call.
    Invite,
    /// INVITE within a call.
    Reinvite,
    Update,
    Prack,
    Cancel,
    Bye,
    Info,
    Refer,
    Notify,
}

impl Purpose {
    pub(crate) fn method(self) -> &'static str {
        match self {
            Purpose::Register => "REGISTER",
            Purpose::Ping | Purpose::Options => "OPTIONS",
            Purpose::Message => "MESSAGE",
            Purpose::Invite | Purpose::Reinvite => "INVITE",
            Purpose::Update => "UPDATE",
            Purpose::Prack => "PRACK",
            Purpose::Cancel => "CANCEL",
            Purpose::Bye => "BYE",
            Purpose::Info => "INFO",
            Purpose::Refer => "REFER",
            Purpose::Notify => "NOTIFY",
        }
    }

    pub(crate) fn is_invite(self) -> bool {
        matches!(self, Purpose::Invite | Purpose::Reinvite)
    }
}

/// A request in parts, so that it can be sent again with another number, other credentials or another route.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) purpose: Purpose,
    /// The call it belongs to; 0: none.
    pub(crate) call: u32,
    pub(crate) cseq: u32,
    pub(crate) uri: String,
    /// The lines `Route`, `From` and `Call-ID`.
    head: String,
    pub(crate) to: String,
    /// Lines that prove who we are, to all who asked.
    pub(crate) proof: String,
    /// Lines that only this request has.
    pub(crate) lines: String,
    pub(crate) body: String,
    /// What is asked for the life of the session (RFC 4028).
    pub(crate) session: Session,
}

/// `Session-Expires` and `Min-SE` of a request.
#[derive(Clone, Copy, Default)]
pub(crate) struct Session {
    /// s; 0: nothing is asked for.
    pub(crate) expires: u32,
    /// Nothing, or the parameter `refresher`.
    pub(crate) refresher: &'static str,
    /// s; 0: nothing is said.
    pub(crate) least: u32,
}

impl Request {
    /// One that says nothing yet.
    pub(crate) fn new(purpose: Purpose, call: u32, cseq: u32) -> Self {
        Request {
            purpose,
            call,
            cseq,
            uri: String::new(),
            head: String::new(),
            to: String::new(),
            proof: String::new(),
            lines: String::new(),
            body: String::new(),
            session: Session::default(),
        }
    }

    /// The way that it takes, with commas between the steps.
    pub(crate) fn route(&mut self, way: &str) {
        for step in Pieces::of(way, b',') {
            if !step.is_empty() {
                fill(&mut self.head, "Route: %\r\n", &[step]);
            }
        }
    }

    /// Who asks, and in which dialog.
    pub(crate) fn identify(&mut self, from: &str, call_id: &str) {
        fill(
            &mut self.head,
            "From: %\r\nCall-ID: %\r\n",
            &[from, call_id],
        );
    }

    pub(crate) fn describe(&mut self, kind: &str, body: &str) {
        fill(&mut self.lines, "Content-Type: %\r\n", &[kind]);
        self.body.push_str(body);
    }

    /// The message down to its `CSeq`, or that of an ACK or CANCEL for it. `via`: without the branch.
    pub(crate) fn begin(&self, method: &str, via: &str, branch: &str, to: &str) -> String {
        let mut out = String::with_capacity(1024);
        let line = "% % SIP/2.0\r\nVia: %%\r\nMax-Forwards: 70\r\n";
        fill(&mut out, line, &[method, &self.uri, via, branch]);
        out.push_str(&self.head);
        let cseq = decimal(self.cseq.into());
        fill(&mut out, "To: %\r\nCSeq: % %\r\n", &[to, &cseq, method]);
        out
    }

    /// The ACK, which is for the number of the INVITE.
    pub(crate) fn ack(&self, via: &str, branch: &str, to: &str) -> String {
        let mut out = self.begin("ACK", via, branch, to);
        out.push_str(&self.proof);
        finished(out, "")
    }
}

/// Where a client transaction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Not sent: there is no link.
    Waiting,
    /// Sent, nothing heard.
    Calling,
    /// A provisional answer was heard.
    Proceeding,
    /// The link broke under it, and whether it arrived is not known.
    Lost,
    /// An INVITE with a 2xx: more of them may come, the same again or from other branches (RFC 6026).
    Accepted,
    /// Answered.
    Done,
}

/// What an answer is to its transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It comes too late to mean anything.
    Ignore,
    Provisional,
    /// 2xx to an INVITE: to be acknowledged.
    Accepted,
    /// The one answer; the transaction is over. Of an INVITE: to be acknowledged within the transaction.
    Final,
}

/// What it means that a transaction's time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expiry {
    /// No answer: as if it were 408.
    Unanswered,
    /// Nothing more can come.
    Over,
    /// Nothing came of a request that the link broke under: ask again.
    Again,
}

/// A client transaction.
pub(crate) struct Client {
    pub(crate) request: Request,
    pub(crate) branch: String,
    pub(crate) phase: Phase,
    pub(crate) due: u64,
    /// What was answered to a challenge in this chain of requests: a second challenge means that the password is wrong.
    pub(crate) challenged: Vec<String>,
    /// Nobody wants this INVITE to succeed any more.
    pub(crate) given_up: bool,
    /// A CANCEL is under way.
    pub(crate) cancelled: bool,
    /// The ACK to each 2xx by the tag of its `To`.
    pub(crate) acks: Vec<(String, String)>,
}

impl Client {
    pub(crate) fn new(request: Request, branch: String) -> Self {
        Client {
            request,
            branch,
            phase: Phase::Waiting,
            due: NEVER,
            challenged: Vec::new(),
            given_up: false,
            cancelled: false,
            acks: Vec::new(),
        }
    }

    /// It was sent.
    pub(crate) fn sent(&mut self, now: u64) {
        self.phase = Phase::Calling;
        self.due = now + PATIENCE;
    }

    /// An answer came.
    pub(crate) fn heard(&mut self, status: u16, now: u64) -> Step {
        let invite = self.request.purpose.is_invite();
        match (status, self.phase) {
            (_, Phase::Done) => Step::Ignore,
            (200..=299, phase) if invite => {
                if phase != Phase::Accepted {
                    self.phase = Phase::Accepted;
                    self.due = now + PATIENCE;
                }
                Step::Accepted
            }
            (_, Phase::Accepted) => Step::Ignore,
            (..=199, _) => {
                self.phase = Phase::Proceeding;
                // A callee may take its time; but a CANCEL is answered soon (RFC 3261 section 9.1).
                if invite && !self.cancelled {
                    self.due = NEVER;
                }
                Step::Provisional
            }
            _ => {
                self.phase = Phase::Done;
                self.due = NEVER;
                Step::Final
            }
        }
    }

    /// Its time has come.
    pub(crate) fn expired(&self) -> Expiry {
        match self.phase {
            Phase::Lost => Expiry::Again,
            Phase::Accepted | Phase::Done => Expiry::Over,
            _ if self.cancelled => Expiry::Over,
            _ => Expiry::Unanswered,
        }
    }
}

/// A request of the peer's, with all that its answers repeat.
pub(crate) struct Server {
    pub(crate) method: String,
    pub(crate) cseq: u32,
    /// The call that it belongs to; 0: none.
    pub(crate) call: u32,
    /// Our tag, where it has none yet.
    pub(crate) tag: String,
    /// The same in all that came by the same hop as the same request, and in its CANCEL (RFC 3261 section 17.2.3).
    hop: String,
    /// The same in all that are the same request, by whatever way they came (RFC 3261 section 8.2.2.2).
    origin: String,
    /// The lines `Via`, then `Record-Route`, then the others that answers repeat.
    vias: String,
    routes: String,
    ids: String,
    to: String,
    to_tag: bool,
    /// The last answer, for a request that comes again.
    pub(crate) last: String,
    /// Until when an answered INVITE is remembered; 0: it is not answered.
    pub(crate) due: u64,
}

impl Server {
    /// `None` where a request lacks what an answer needs.
    pub(crate) fn of(message: &Message<'_>) -> Option<Server> {
        let (via, cseq) = (message.top_via()?, message.cseq()?);
        let (from, to) = (message.header(Name::From)?, message.header(Name::To)?);
        let (call_id, method) = (message.call_id(), cseq.method);
        message.from()?;
        let to_tag = message.to()?.tag().is_some();
        let number = &decimal(cseq.number.into());
        let branch = via.branch.unwrap_or_default();
        let hop = [branch, via.sent_by, number, call_id];
        let origin = [method, number, call_id, message.tag(Name::From)];
        let ids = "From: %\r\nCall-ID: %\r\nCSeq: % %\r\n";
        let lines = |line, name| {
            let mut out = String::new();
            for value in message.values(name) {
                fill(&mut out, line, &[value]);
            }
            out
        };
        Some(Server {
            method: message.method()?.to_owned(),
            cseq: cseq.number,
            call: 0,
            tag: String::new(),
            hop: filled("% % % %", &hop),
            origin: filled("% % % %", &origin),
            vias: lines("Via: %\r\n", Name::Via),
            routes: lines("Record-Route: %\r\n", Name::RecordRoute),
            ids: filled(ids, &[from, call_id, number, method]),
            to: to.to_owned(),
            to_tag,
            last: String::new(),
            due: 0,
        })
    }

    /// Whether both came by the same hop as the same request, or one is the CANCEL of the other.
    pub(crate) fn matches(&self, other: &Server) -> bool {
        self.hop == other.hop
    }

    /// Whether both are the same request that came by different ways.
    pub(crate) fn is_merged(&self, other: &Server) -> bool {
        !other.to_tag && self.origin == other.origin && !self.matches(other)
    }

    /// Whether it belongs to a dialog.
    pub(crate) fn has_tag(&self) -> bool {
        self.to_tag
    }

    /// An answer, as far as all answers are alike.
    pub(crate) fn begin(&self, status: u16, reason: &str) -> String {
        let mut out = String::with_capacity(1024);
        fill(
            &mut out,
            "SIP/2.0 % %\r\n",
            &[&decimal(status.into()), reason],
        );
        out.push_str(&self.vias);
        if matches!(status, 101..=299) {
            out.push_str(&self.routes);
        }
        out.push_str(&self.ids);
        let bare = self.to_tag || status == 100;
        let line = if bare { "To: %\r\n" } else { "To: %;tag=%\r\n" };
        fill(&mut out, line, &[&self.to, &self.tag]);
        out
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn client(purpose: Purpose) -> Client {
        let mut request = Request::new(purpose, 1, 7);
        request.uri.push_str("sip:b@example.com");
        request.to.push_str("<sip:b@example.com>");
        request.route("<sip:p.example.com;lr>");
        request.identify("<sip:a@example.com>;tag=a", "c");
        let mut client = Client::new(request, "z9hG4bK1".into());
        client.sent(0);
        client
    }

    #[test]
    fn an_invite_without_any_answer_is_given_up_after_32_seconds() {
        let client = client(Purpose::Invite);
        assert_eq!(client.due, 32_000);
        assert_eq!(client.expired(), Expiry::Unanswered);
    }

    #[test]
    fn a_callee_may_ring_for_ever_but_another_request_may_not() {
        let mut invite = client(Purpose::Invite);
        assert_eq!(invite.heard(180, 5), Step::Provisional);
        assert_eq!(invite.due, NEVER);
        let mut bye = client(Purpose::Bye);
        assert_eq!(bye.heard(100, 5), Step::Provisional);
        assert_eq!(bye.due, 32_000);
        assert_eq!(bye.expired(), Expiry::Unanswered);
    }

    #[test]
    fn an_accepted_invite_takes_every_further_2xx_for_32_seconds_and_nothing_else() {
        let mut invite = client(Purpose::Invite);
        assert_eq!(invite.heard(200, 10), Step::Accepted);
        assert_eq!(invite.heard(200, 500), Step::Accepted);
        assert_eq!(invite.heard(180, 600), Step::Ignore);
        assert_eq!(invite.heard(486, 600), Step::Ignore);
        assert_eq!(invite.due, 32_010);
        assert_eq!(invite.expired(), Expiry::Over);
    }

    #[test]
    fn one_final_answer_ends_every_other_transaction() {
        for (purpose, status) in [
            (Purpose::Invite, 486),
            (Purpose::Bye, 200),
            (Purpose::Register, 401),
        ] {
            let mut client = client(purpose);
            assert_eq!(client.heard(status, 1), Step::Final);
            assert_eq!(client.heard(status, 2), Step::Ignore);
        }
    }

    #[test]
    fn a_cancelled_invite_that_rings_on_is_forgotten_after_its_time() {
        let mut invite = client(Purpose::Invite);
        invite.heard(180, 1);
        invite.cancelled = true;
        invite.due = 40_000;
        invite.heard(180, 2);
        assert_eq!(invite.due, 40_000);
        assert_eq!(invite.expired(), Expiry::Over);
    }

    #[test]
    fn the_ack_of_a_refusal_has_branch_route_and_number_of_the_invite() {
        let invite = client(Purpose::Invite);
        let (via, to) = ("SIP/2.0/WS a.invalid;branch=", "<sip:b@example.com>;tag=b");
        let text = invite.request.ack(via, &invite.branch, to);
        assert!(text.starts_with("ACK sip:b@example.com SIP/2.0\r\n"));
        let ack = Message::parse(text.as_bytes()).unwrap();
        assert_eq!(ack.top_via().unwrap().branch, Some("z9hG4bK1"));
        assert_eq!(ack.header(Name::Route), Some("<sip:p.example.com;lr>"));
        assert_eq!(ack.cseq().unwrap().number, 7);
        assert_eq!(ack.to().unwrap().tag(), Some("b"));
    }

    fn server(branch: &str, method: &str) -> Server {
        let text = format!(
            "{method} sip:b@example.com SIP/2.0\r\nVia: SIP/2.0/WS p.invalid;branch={branch}, SIP/2.0/WS a.invalid;branch=z9hG4bKa\r\n\
             Record-Route: <sip:p2;lr>\r\nRecord-Route: <sip:p1;lr>\r\nFrom: <sip:a@example.com>;tag=a\r\nTo: <sip:b@example.com>\r\n\
             Call-ID: c\r\nCSeq: 1 {method}\r\n\r\n"
        );
        let message = Message::parse(text.as_bytes()).unwrap();
        Server::of(&message).unwrap()
    }

    #[test]
    fn a_cancel_belongs_to_the_invite_of_its_branch_and_a_fork_of_that_is_merged() {
        let invite = server("z9hG4bK1", "INVITE");
        assert!(invite.matches(&server("z9hG4bK1", "CANCEL")));
        assert!(!invite.matches(&server("z9hG4bK2", "CANCEL")));
        assert!(invite.is_merged(&server("z9hG4bK2", "INVITE")));
        assert!(!invite.is_merged(&server("z9hG4bK1", "INVITE")));
    }

    #[test]
    fn an_answer_repeats_the_way_back_and_has_our_tag_but_not_in_a_100() {
        let mut invite = server("z9hG4bK1", "INVITE");
        invite.tag = "mine".into();
        let text = finished(invite.begin(180, "Ringing"), "");
        let answer = Message::parse(text.as_bytes()).unwrap();
        assert_eq!(answer.values(Name::Via).len(), 2);
        assert_eq!(
            answer.values(Name::RecordRoute),
            ["<sip:p2;lr>", "<sip:p1;lr>"]
        );
        assert_eq!(answer.to().unwrap().tag(), Some("mine"));
        let text = finished(invite.begin(100, "Trying"), "");
        let answer = Message::parse(text.as_bytes()).unwrap();
        assert_eq!(answer.to().unwrap().tag(), None);
        assert!(answer.values(Name::RecordRoute).is_empty());
    }
}
