//! One phone, and a peer whose texts the test writes itself.

use super::phone::{Phone, config};
use super::text::{Sent, address, sdp};
use sip::agent::{CallKey, Command, Config, Event, Input, Output, Refusal};
use sip::{Draft, Name};

/// One phone. Its sockets open at once; the test is whatever is at the other end of them.
pub struct Solo {
    pub now: u64,
    pub phone: Phone,
    /// REGISTER and OPTIONS of the phone are answered with 200.
    pub serves: bool,
    /// Sockets can be opened.
    pub listens: bool,
    /// Where the phone can be reached.
    pub contact: String,
}

impl Solo {
    /// A registered phone; what happened until then is forgotten.
    pub fn new() -> Solo {
        Solo::with(&|_| {})
    }

    pub fn with(tune: &dyn Fn(&mut Config)) -> Solo {
        Solo::seeded(3, tune)
    }

    /// One whose chance is another's.
    pub fn seeded(seed: u64, tune: &dyn Fn(&mut Config)) -> Solo {
        let mut config = config("1001");
        tune(&mut config);
        let mut solo = Solo {
            now: 5_000,
            phone: Phone::new(config, seed),
            serves: true,
            listens: true,
            contact: String::new(),
        };
        solo.order(Command::Register);
        solo.run(100);
        solo.contact = solo.phone.last("REGISTER").contact();
        assert!(solo.phone.agent.is_registered(), "{:?}", solo.phone.told());
        solo.phone.clear();
        solo
    }

    /// The server's end of a link, which is open.
    pub fn server_end(tune: &dyn Fn(&mut Config)) -> Solo {
        let mut config = config("1001");
        config.register = false;
        let contact = "sip:1001@sandbox.invalid;transport=ws";
        config.contact = Some(contact.into());
        tune(&mut config);
        let mut solo = Solo {
            now: 5_000,
            phone: Phone::new(config, 3),
            serves: false,
            listens: true,
            contact: contact.into(),
        };
        solo.handle(Input::Opened);
        solo.phone.clear();
        solo
    }

    // ── what a test does ─────────────────────────────────────────────────────────────────────────────────────────

    pub fn command(&mut self, command: Command) -> Result<Option<CallKey>, Refusal> {
        let (done, deeds) = self.phone.command(command, self.now);
        self.perform(deeds);
        done
    }

    /// Gives a command that cannot be refused.
    pub fn order(&mut self, command: Command) -> Option<CallKey> {
        let shown = format!("{command:?}");
        self.command(command)
            .unwrap_or_else(|refusal| panic!("{shown}: {refusal:?}"))
    }

    /// A text comes.
    pub fn receive(&mut self, text: &str) {
        self.handle(Input::Received(text.as_bytes()));
    }

    /// Bytes come that may be no text.
    pub fn receive_bytes(&mut self, bytes: &[u8]) {
        self.handle(Input::Received(bytes));
    }

    /// The other end closes the socket.
    pub fn lose(&mut self) {
        self.handle(Input::Closed);
    }

    /// A server's end learns that the phone is back.
    pub fn open(&mut self) {
        self.handle(Input::Opened);
    }

    pub fn wake(&mut self) {
        self.handle(Input::Awake);
    }

    /// Lets time pass.
    pub fn run(&mut self, ms: u64) {
        let end = self.now + ms;
        let mut steps = 0;
        loop {
            let due = self.phone.agent.poll_timeout();
            let Some(at) = due.filter(|at| *at <= end) else {
                self.now = end;
                return;
            };
            steps = if at > self.now { 0 } else { steps + 1 };
            assert!(steps < 100, "time stands still at {} ms", self.now);
            self.now = self.now.max(at);
            self.handle(Input::Timeout);
        }
    }

    /// Calls `bob`; gives the call and its INVITE.
    pub fn dial(&mut self) -> (CallKey, Sent) {
        let key = self.order(Command::Call {
            target: "bob".into(),
            from: None,
            headers: Vec::new(),
            replaces: None,
        });
        (key.expect("a call has a key"), self.phone.last("INVITE"))
    }

    /// A call of ours that is answered; what happened until then is forgotten.
    pub fn calls(&mut self) -> (CallKey, Peer) {
        let (call, invite) = self.dial();
        let peer = Peer::callee(&invite, "b1");
        let answer = sdp("bob", 1, "sendrecv");
        self.receive(&peer.answer(&invite, 200, &[], Some(&answer)));
        assert_eq!(self.phone.count(&Event::Established { call }), 1);
        self.phone.clear();
        (call, peer)
    }

    /// A call to us that is answered; what happened until then is forgotten.
    pub fn is_called(&mut self) -> (CallKey, Peer) {
        self.is_called_with(&[])
    }

    /// The same with more headers in the INVITE.
    pub fn is_called_with(&mut self, headers: &[(&str, &str)]) -> (CallKey, Peer) {
        let mut peer = Peer::caller(&self.contact);
        let offer = sdp("bob", 1, "sendrecv");
        let invite = peer.request("INVITE", headers, Some(("application/sdp", offer.as_str())));
        self.receive(&invite);
        let call = self.phone.incoming();
        let sdp = self.phone.next_answer(call);
        self.order(Command::Answer { call, sdp });
        let answer = self.phone.last("200 INVITE");
        peer.learn(&answer);
        let ack = peer.ack(None);
        self.receive(&ack);
        assert_eq!(self.phone.count(&Event::Established { call }), 1);
        self.phone.clear();
        (call, peer)
    }

    /// The peer asks; gives the only answer.
    pub fn ask(&mut self, request: &str) -> Sent {
        let before = self.phone.sent.len();
        self.receive(request);
        let sent: Vec<&Sent> = self.phone.sent[before..].iter().collect();
        assert_eq!(sent.len(), 1, "one answer to\n{request}\n{sent:?}");
        sent[0].clone()
    }

    // ── the network ──────────────────────────────────────────────────────────────────────────────────────────────

    fn handle(&mut self, input: Input<'_>) {
        let deeds = self.phone.handle(input, self.now);
        self.perform(deeds);
    }

    fn perform(&mut self, deeds: Vec<Output>) {
        let mut todo = std::collections::VecDeque::from(deeds);
        while let Some(deed) = todo.pop_front() {
            let more = match deed {
                Output::Open if self.listens => self.phone.handle(Input::Opened, self.now),
                Output::Open => self.phone.handle(Input::Closed, self.now),
                Output::Send(text) if self.serves => match served(&text) {
                    Some(answer) => {
                        let input = Input::Received(answer.as_bytes());
                        self.phone.handle(input, self.now)
                    }
                    None => continue,
                },
                _ => continue,
            };
            todo.extend(more);
        }
    }
}

/// What a kind server answers.
fn served(text: &str) -> Option<String> {
    match text {
        "\r\n\r\n" => return Some("\r\n".to_owned()),
        "\r\n" => return None,
        _ => {}
    }
    let sent = Sent {
        at: 0,
        text: text.to_owned(),
    };
    let label = sent.label();
    let contact = sent.header(Name::Contact);
    match label.as_str() {
        "REGISTER" => Some(response(
            &sent,
            200,
            "srv",
            &[("Contact", contact.as_str())],
            None,
        )),
        "OPTIONS" => Some(response(&sent, 200, "srv", &[], None)),
        _ => None,
    }
}

/// An answer to a request of the phone's. `tag` is for a request that has none in `To`.
pub fn response(
    request: &Sent,
    status: u16,
    tag: &str,
    headers: &[(&str, &str)],
    body: Option<(&str, &str)>,
) -> String {
    let mut draft = Draft::response(status, "Said By Hand");
    for via in request.values(Name::Via) {
        draft.header("Via", &via);
    }
    let mut to = request.header(Name::To);
    if request.tag(Name::To).is_empty() && status > 100 {
        to.push_str(";tag=");
        to.push_str(tag);
    }
    draft
        .header("From", &request.header(Name::From))
        .header("To", &to)
        .header("Call-ID", &request.header(Name::CallId))
        .header("CSeq", &request.header(Name::CSeq));
    for (name, value) in headers {
        draft.header(name, value);
    }
    if let Some((kind, text)) = body {
        draft.body(kind, text);
    }
    draft.finish()
}

/// The other end of a dialog, by hand.
#[derive(Clone, Debug)]
pub struct Peer {
    pub call_id: String,
    /// Its own address, with its tag.
    pub local: String,
    /// The phone's address, with the phone's tag once it is known.
    pub remote: String,
    /// Its own tag.
    pub tag: String,
    /// The Request-URI of its requests.
    pub target: String,
    /// Where it wants to be reached.
    pub contact: String,
    /// The number of its last request.
    pub cseq: u32,
    /// The number of its last INVITE.
    pub invited: u32,
    /// `To` and Request-URI of its last request.
    asked: (String, String),
    branches: u32,
}

impl Peer {
    /// Somebody who will call the phone.
    pub fn caller(target: &str) -> Peer {
        Peer {
            call_id: "by-hand-1".into(),
            local: "\"Bob\" <sip:bob@example.com>;tag=b1".into(),
            remote: format!("<{target}>"),
            tag: "b1".into(),
            target: target.to_owned(),
            contact: "sip:bob@peer.invalid;transport=ws".into(),
            cseq: 100,
            invited: 0,
            asked: Default::default(),
            branches: 0,
        }
    }

    /// The same, in another dialog.
    pub fn another(target: &str, call_id: &str) -> Peer {
        Peer {
            call_id: call_id.to_owned(),
            ..Peer::caller(target)
        }
    }

    /// Somebody whom the phone calls by this INVITE.
    pub fn callee(invite: &Sent, tag: &str) -> Peer {
        Peer {
            call_id: invite.header(Name::CallId),
            local: format!("{};tag={tag}", invite.header(Name::To)),
            remote: invite.header(Name::From),
            tag: tag.to_owned(),
            target: invite.contact(),
            contact: format!("sip:{tag}@peer.invalid;transport=ws"),
            cseq: 500,
            invited: 0,
            asked: Default::default(),
            branches: 0,
        }
    }

    /// Takes tag and target from the phone's answer.
    pub fn learn(&mut self, answer: &Sent) {
        self.remote = answer.header(Name::To);
        if answer.has(Name::Contact) {
            self.target = address(&answer.header(Name::Contact));
        }
    }

    /// The next request.
    pub fn request(
        &mut self,
        method: &str,
        headers: &[(&str, &str)],
        body: Option<(&str, &str)>,
    ) -> String {
        self.cseq += 1;
        if method == "INVITE" {
            self.invited = self.cseq;
        }
        self.branches += 1;
        self.asked = (self.remote.clone(), self.target.clone());
        let branch = self.branch();
        self.written(method, self.cseq, &branch, headers, body)
    }

    /// What names the last request.
    fn branch(&self) -> String {
        format!("z9hG4bKhand{}{}{}", self.call_id, self.tag, self.branches)
    }

    /// The CANCEL of the last request, which names whom that named.
    pub fn cancel(&self) -> String {
        let (remote, target) = self.asked.clone();
        let then = Peer {
            remote,
            target,
            ..self.clone()
        };
        then.written("CANCEL", self.cseq, &self.branch(), &[], None)
    }

    /// The ACK to the 200 of the last INVITE.
    pub fn ack(&mut self, body: Option<&str>) -> String {
        self.branches += 1;
        let body = body.map(|text| ("application/sdp", text));
        self.written("ACK", self.invited, &self.branch(), &[], body)
    }

    /// A request of any number and branch.
    pub fn written(
        &self,
        method: &str,
        cseq: u32,
        branch: &str,
        headers: &[(&str, &str)],
        body: Option<(&str, &str)>,
    ) -> String {
        let mut draft = Draft::request(method, &self.target);
        draft
            .header("Via", &format!("SIP/2.0/WSS peer.invalid;branch={branch}"))
            .header("Max-Forwards", "70")
            .header("From", &self.local)
            .header("To", &self.remote)
            .header("Call-ID", &self.call_id)
            .header("CSeq", &format!("{cseq} {method}"));
        if !matches!(method, "ACK" | "CANCEL" | "BYE" | "PRACK" | "INFO") {
            draft.header("Contact", &format!("<{}>", self.contact));
        }
        for (name, value) in headers {
            draft.header(name, value);
        }
        if let Some((kind, text)) = body {
            draft.body(kind, text);
        }
        draft.finish()
    }

    /// Its answer to a request of the phone's, with its `Contact` and perhaps a description.
    pub fn answer(
        &self,
        request: &Sent,
        status: u16,
        headers: &[(&str, &str)],
        description: Option<&str>,
    ) -> String {
        let contact = format!("<{}>", self.contact);
        let mut all = vec![("Contact", contact.as_str())];
        all.extend_from_slice(headers);
        let body = description.map(|text| ("application/sdp", text));
        response(request, status, &self.tag, &all, body)
    }
}
