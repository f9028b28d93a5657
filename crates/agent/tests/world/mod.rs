//! One session on a test clock and the platform it talks to: time passes only when a test lets it.

// Each test file is a program of its own and uses only a part of this.
#![allow(dead_code)]

pub mod commands;
pub mod scene;
pub mod success;

use agent::session::{Received, Saved};
use agent::{Command, Config, Credentials, Emit, Fault, Input, Now, Output, Secret, Session};
use serde_json::{Value, json};
use std::collections::VecDeque;
use stomp::Limits;
use stomp::server::{Connection, Due, HEART_BEAT, Request};

/// More outputs at one moment than any scene needs.
const MOST_OUTPUTS: usize = 2000;

/// More calls at one moment than any scene needs.
const MOST_CALLS: usize = 20;

/// More moments than any scene needs.
const MOST_MOMENTS: usize = 100_000;

/// Where a session's answers come.
pub const ROUTING_KEY: &str = "6ceca7e5-81b2-4146-89c2-e59a69a92f15";

/// The token that the platform gives.
pub const TOKEN: &str = "tok123";

/// The start of time: ms of the clock that never goes back, and ms since 1970.
pub const START: Now = Now {
    mono: 50_000,
    wall: 1_795_308_000_000,
};

/// How the other side behaves; a test changes it at any time.
pub struct Peer {
    /// Connections are taken; else they are refused at once.
    pub listens: bool,
    /// `CONNECT` is answered.
    pub greets: bool,
    /// Header `heart-beat` of `CONNECTED`.
    pub heart_beat: (u32, u32),
    /// The promised heart-beats are sent.
    pub beats: bool,
    /// Every command is accepted, `login` and `reconnect` are followed by their events.
    pub answers: bool,
    /// What `Login` and `Reconnect` say of the agent.
    pub login: Value,
    /// The state that `Reconnect` tells.
    pub state: &'static str,
    /// What `Reconnect` says of the present call: more members of its data.
    pub present: Value,
    /// Events carry the number of the command that caused them; else 0.
    pub numbers: bool,
    /// Every link is closed as soon as something is subscribed to.
    pub hangs_up: bool,
}

/// Something that was given to the socket.
pub struct Sent {
    /// When.
    pub at: u64,
    /// The frame, or a line feed.
    pub text: String,
}

impl Sent {
    /// The frame's command; empty for a heart-beat.
    pub fn command(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }

    /// The frame's body.
    pub fn body(&self) -> &str {
        self.text
            .split_once("\n\n")
            .and_then(|(_, body)| body.strip_suffix('\0'))
            .unwrap_or_default()
    }

    /// The name of the request in the body; empty where there is none.
    pub fn request(&self) -> String {
        let body: Value = serde_json::from_str(self.body()).unwrap_or_default();
        body["request"].as_str().unwrap_or_default().to_owned()
    }

    /// The number of the request in the body.
    pub fn sequence(&self) -> i64 {
        let body: Value = serde_json::from_str(self.body()).expect("a body is JSON");
        body["sequence"].as_i64().expect("a request has a number")
    }
}

/// What is on its way from the socket to the session.
enum Arrival {
    Opened,
    Text(String),
    Closed,
}

pub struct World {
    pub session: Session,
    pub now: Now,
    pub peer: Peer,
    /// What the page was told, and when.
    pub emits: Vec<(u64, Emit)>,
    /// What was sent.
    pub sent: Vec<Sent>,
    /// When sockets were opened, successfully or not.
    pub opened: Vec<u64>,
    /// When sockets were closed by us.
    pub closed: Vec<u64>,
    /// The tokens that were to be kept; `None` = forget.
    pub tokens: Vec<Option<String>>,
    /// The clocks that were to be kept; `None` = forget.
    pub clocks: Vec<Option<String>>,
    /// When the page was asked for credentials.
    pub asked: Vec<u64>,
    /// The server's clock less this machine's, ms.
    pub ahead: i64,
    server: Option<Connection>,
    arriving: VecDeque<Arrival>,
    event_time: i64,
    messages: u32,
}

/// A good configuration.
pub fn config() -> Config {
    Config {
        url: "ws://broker.test/ws".into(),
        host: "/".into(),
        connect_account: "acc".into(),
        connect_password: Secret::from("pass".to_owned()),
        subscribe_path: "/topic".into(),
        credentials: Credentials {
            company: "demo".into(),
            agent_number: "1001".into(),
            password: Secret::from("secret".to_owned()),
            login_type: "1".into(),
        },
        ..Config::default()
    }
}

/// What the platform says of an agent.
pub fn login_data() -> Value {
    json!({
        "token": TOKEN,
        "agentType": 0,
        "busyType": "小休,会议,培训",
        "agentMakeCall": 1,
        "loginType": 1,
        "groupIdList": ["g1"],
        "queueNum": 0,
    })
}

impl World {
    /// A session without a token.
    pub fn new() -> Self {
        Self::with(config(), None, 1)
    }

    pub fn with(config: Config, token: Option<&str>, seed: u64) -> Self {
        let saved = Saved {
            routing_key: ROUTING_KEY.into(),
            token: token.map(|t| Secret::from(t.to_owned())),
            clock: None,
        };
        Self::with_saved(config, saved, seed)
    }

    /// A session of a page that is reloaded.
    pub fn with_saved(config: Config, saved: Saved, seed: u64) -> Self {
        World {
            session: Session::new(config, saved, seed).expect("a good configuration"),
            now: START,
            peer: Peer {
                listens: true,
                greets: true,
                heart_beat: (5000, 5000),
                beats: true,
                answers: true,
                login: login_data(),
                state: "Idle",
                present: json!({}),
                numbers: true,
                hangs_up: false,
            },
            emits: Vec::new(),
            sent: Vec::new(),
            opened: Vec::new(),
            closed: Vec::new(),
            tokens: Vec::new(),
            clocks: Vec::new(),
            asked: Vec::new(),
            ahead: 0,
            server: None,
            arriving: VecDeque::new(),
            event_time: 0,
            messages: 0,
        }
    }

    // ── what a test does ─────────────────────────────────────────────────────────────────────────────────────────

    /// Tells the session what happened, and does what it asks for until it asks for nothing more.
    pub fn handle(&mut self, input: Input<'_>) -> Result<Option<i64>, Fault> {
        let result = self.session.handle(input, self.now);
        self.perform();
        result
    }

    /// The page asks for a link.
    pub fn connect(&mut self) {
        self.handle(Input::Connect).expect("a link may be wanted");
    }

    /// The page asks by the promise form.
    pub fn request(&mut self, command: Command) -> Result<i64, Fault> {
        let sequence = self.handle(Input::Request(command))?;
        Ok(sequence.expect("a request has a number"))
    }

    /// Connects and logs in; what happened until then is forgotten.
    pub fn login(&mut self) {
        self.connect();
        assert!(self.session.is_login(), "no login: {:?}", self.names());
        self.clear();
    }

    /// The network loses the link.
    pub fn lose(&mut self) {
        self.drop_socket();
        self.handle(Input::Closed).expect("sockets may close");
    }

    /// The socket receives these bytes.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.input(Input::Received(bytes));
        self.perform();
    }

    /// The text of a MESSAGE with this body.
    pub fn frame(&mut self, body: &str) -> String {
        let server = self.server.take().expect("there is a link");
        let frame = self.wrap(&server, body);
        self.server = Some(server);
        frame
    }

    /// The platform sends a message with this body.
    pub fn platform_event(&mut self, body: &str) {
        let frame = self.frame(body);
        self.receive(frame.as_bytes());
    }

    /// The platform sends an event that tells the state of its name.
    pub fn event(&mut self, name: &str, data: Value) {
        let body = self.event_body(name, name, data);
        self.platform_event(&body);
    }

    /// The platform sends an event of a command; without a state it leaves the agent's alone.
    pub fn tell(&mut self, name: &str, now_state: Option<&str>, sequence: i64, data: Value) {
        let body = self.body(name, now_state, sequence, data);
        self.platform_event(&body);
    }

    /// The platform answers the last request of this name.
    pub fn platform_response(&mut self, request: &str, status: i64, msg: &str) {
        let sent = self.sent.iter().rfind(|s| s.request() == request);
        let sequence = sent.expect("that was requested").sequence();
        let body = json!({
            "type": "response", "response": request, "sequence": sequence, "status": status, "msg": msg,
        });
        self.platform_event(&body.to_string());
    }

    /// The broker refuses and closes the link.
    pub fn broker_error(&mut self, message: &str, body: &str) {
        let server = self.server.as_ref().expect("there is a link");
        let frame = server.error(message, body).expect("writable");
        self.receive(frame.as_bytes());
        self.lose();
    }

    /// Lets time pass, from one moment at which somebody wants to be called to the next.
    pub fn advance(&mut self, ms: u64) {
        let end = self.now.mono + ms;
        let mut calls = 0;
        for _ in 0..MOST_MOMENTS {
            let server = self.server.as_ref().and_then(Connection::poll_timeout);
            let wanted = [self.session.poll_timeout(), server];
            let next = wanted.into_iter().flatten().min();
            let Some(at) = next.filter(|at| *at <= end) else {
                self.pass(end - self.now.mono);
                return;
            };
            calls = if at > self.now.mono { 0 } else { calls + 1 };
            assert!(
                calls < MOST_CALLS,
                "poll_timeout() stays at {at} ms, called at {} ms",
                self.now.mono
            );
            self.pass(at.saturating_sub(self.now.mono));
            self.server_timeout();
            if self
                .session
                .poll_timeout()
                .is_some_and(|at| at <= self.now.mono)
            {
                self.handle(Input::Timeout).expect("time may pass");
            }
        }
        panic!("too many moments until {} ms", self.now.mono);
    }

    /// The machine sleeps: the clock that never goes back stands still, everybody else's time passes.
    pub fn sleep(&mut self, ms: u64) {
        self.now.wall += ms;
    }

    /// Somebody sets this machine's clock; negative: back.
    pub fn set_clock(&mut self, ms: i64) {
        self.now.wall = self.now.wall.saturating_add_signed(ms);
        self.ahead -= ms;
    }

    /// Time passes until this machine's clock shows so much, and nobody is called meanwhile.
    pub fn skip_to(&mut self, wall: u64) {
        self.pass(wall - self.now.wall);
    }

    /// Forgets what happened so far.
    pub fn clear(&mut self) {
        self.emits.clear();
        self.sent.clear();
        self.opened.clear();
        self.closed.clear();
        self.tokens.clear();
        self.clocks.clear();
        self.asked.clear();
    }

    // ── what a test asks ─────────────────────────────────────────────────────────────────────────────────────────

    /// What the page was told, as names.
    pub fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (_, emit) in &self.emits {
            match emit {
                Emit::Open(_) => names.push("Open".to_owned()),
                Emit::Error => names.push("Error".to_owned()),
                Emit::Close => names.push("Close".to_owned()),
                Emit::Disconnect => names.push("Disconnect".to_owned()),
                Emit::StateChange(state) => names.push(format!("StateChange({})", state.as_str())),
                Emit::Exception(fault) => names.push(format!("Exception({})", fault.code())),
                Emit::Received(received) => {
                    names.push("Message".to_owned());
                    names.extend(received.state.iter().map(|s| format!("StateChange({s})")));
                    names.extend(received.event.clone());
                }
                Emit::Settled { result: Ok(()), .. } => names.push("Settled".to_owned()),
                Emit::Settled {
                    result: Err(fault), ..
                } => names.push(format!("Settled({})", fault.code())),
            }
        }
        names
    }

    /// What went wrong, as the page was told.
    pub fn exceptions(&self) -> Vec<&Fault> {
        let faults = self.emits.iter().filter_map(|(_, emit)| match emit {
            Emit::Exception(fault) => Some(fault),
            _ => None,
        });
        faults.collect()
    }

    /// How often the page was told of a fault with this code.
    pub fn count(&self, code: &str) -> usize {
        let faults = self.exceptions();
        faults.into_iter().filter(|f| f.code() == code).count()
    }

    /// What became of requests, in the order in which it was told.
    pub fn settled(&self) -> Vec<(i64, Result<(), Fault>)> {
        let settled = self.emits.iter().filter_map(|(_, emit)| match emit {
            Emit::Settled { sequence, result } => Some((*sequence, result.clone())),
            _ => None,
        });
        settled.collect()
    }

    /// The messages that the page was told of.
    pub fn received(&self) -> Vec<&Received> {
        let received = self.emits.iter().filter_map(|(_, emit)| match emit {
            Emit::Received(received) => Some(received),
            _ => None,
        });
        received.collect()
    }

    /// The names of the requests that were sent.
    pub fn requests(&self) -> Vec<String> {
        let requests = self.sent.iter().map(Sent::request);
        requests.filter(|r| !r.is_empty()).collect()
    }

    /// When requests of this name were sent.
    pub fn times(&self, request: &str) -> Vec<u64> {
        let sent = self.sent.iter().filter(|s| s.request() == request);
        sent.map(|s| s.at).collect()
    }

    /// The body of an event that no command caused.
    pub fn event_body(&mut self, name: &str, now_state: &str, data: Value) -> String {
        self.body(name, Some(now_state), 0, data)
    }

    /// The body of an event of this moment; no two are of the same ms.
    pub fn body(
        &mut self,
        name: &str,
        now_state: Option<&str>,
        sequence: i64,
        data: Value,
    ) -> String {
        let present = i64::try_from(self.server_time()).expect("a time");
        self.event_time = present.max(self.event_time + 1);
        let agent_number = &self.session.config().credentials.agent_number;
        let mut body = json!({
            "type": "event", "event": name, "eventTime": self.event_time, "sequence": sequence,
            "companyId": "demo", "agentNumber": agent_number, "data": data,
        });
        if let Some(state) = now_state {
            body["nowState"] = json!(state);
        }
        body.to_string()
    }

    /// The time of the newest event.
    pub fn event_time(&self) -> u64 {
        u64::try_from(self.event_time).expect("a time")
    }

    /// The server's time, which the session can only guess.
    pub fn server_time(&self) -> u64 {
        self.now.wall.saturating_add_signed(self.ahead)
    }

    /// The time that the session takes for the server's.
    pub fn told_time(&self) -> u64 {
        self.session.server_time(self.now.mono)
    }

    /// Whether there is a socket to send messages through.
    pub fn is_linked(&self) -> bool {
        self.server.is_some()
    }

    /// One part of the snapshot, all of which is as its description says: nothing is missing or too much.
    pub fn snapshot(&self, part: &str) -> Value {
        let parts = agent::session::PARTS.iter().zip(self.session.snapshot());
        let parts: Vec<String> = parts
            .map(|(name, json)| format!("\"{name}\":{json}"))
            .collect();
        let text = format!("{{{}}}", parts.join(","));
        let described: types::snapshot::Snapshot =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
        let described = serde_json::to_value(described).expect("JSON");
        assert_eq!(
            Some(described),
            serde_json::from_str(&text).ok(),
            "crates/types/src/snapshot.rs"
        );
        let at = agent::session::PARTS.iter().position(|name| *name == part);
        let text = &self.session.snapshot()[at.expect("there is such a part")];
        serde_json::from_str(text).unwrap_or_else(|e| panic!("{part}: {e}: {text}"))
    }

    // ── the other side ───────────────────────────────────────────────────────────────────────────────────────────

    fn pass(&mut self, ms: u64) {
        self.now.mono += ms;
        self.now.wall += ms;
    }

    /// What is no command always succeeds.
    fn input(&mut self, input: Input<'_>) {
        let result = self.session.handle(input, self.now);
        result.expect("only commands are refused");
    }

    fn perform(&mut self) {
        for _ in 0..MOST_OUTPUTS {
            // A driver does all that it is asked for before it hears of its sockets again.
            if let Some(output) = self.session.poll_output() {
                self.follow(output);
            } else if let Some(arrival) = self.arriving.pop_front() {
                match arrival {
                    Arrival::Opened => self.input(Input::Opened),
                    Arrival::Text(text) => self.input(Input::Received(text.as_bytes())),
                    Arrival::Closed => self.input(Input::Closed),
                }
            } else {
                return;
            }
        }
        panic!("the session wants more and more at {} ms", self.now.mono);
    }

    fn follow(&mut self, output: Output) {
        match output {
            Output::OpenSocket => self.open(),
            Output::Send(text) => self.server_reads(text),
            Output::CloseSocket => {
                self.closed.push(self.now.mono);
                self.drop_socket();
            }
            Output::SaveToken(token) => self.tokens.push(token.map(|t| t.expose().to_owned())),
            Output::SaveClock(clock) => self.clocks.push(clock),
            Output::AskCredentials => self.asked.push(self.now.mono),
            Output::Emit(emit) => self.emits.push((self.now.mono, emit)),
        }
    }

    fn open(&mut self) {
        self.drop_socket();
        self.opened.push(self.now.mono);
        if self.peer.listens {
            self.server = Some(Connection::new(Limits::default()));
            self.arriving.push_back(Arrival::Opened);
        } else {
            self.arriving.push_back(Arrival::Closed);
        }
    }

    fn drop_socket(&mut self) {
        self.server = None;
        self.arriving.clear();
    }

    fn server_reads(&mut self, text: String) {
        // The link may have gone while the frame was on its way.
        let Some(mut server) = self.server.take() else {
            return;
        };
        server.handle(text.as_bytes(), self.now.mono);
        self.sent.push(Sent {
            at: self.now.mono,
            text,
        });
        let mut hang_up = false;
        while let Some((request, _)) = server.poll() {
            match request {
                Request::Connect(_) if self.peer.greets => {
                    let accepted =
                        server.accept("s-1", "test/1", self.peer.heart_beat, self.now.mono);
                    let accepted = accepted.expect("writable");
                    self.arriving.push_back(Arrival::Text(accepted));
                }
                Request::Subscribe { .. } => hang_up = self.peer.hangs_up,
                Request::Send { body, .. } if self.peer.answers => {
                    for reply in self.replies(&body) {
                        let frame = self.wrap(&server, &reply);
                        self.arriving.push_back(Arrival::Text(frame));
                    }
                }
                Request::Broken(why) => panic!("the server cannot read: {why}"),
                _ => {}
            }
        }
        if hang_up {
            self.arriving.push_back(Arrival::Closed);
        } else {
            self.server = Some(server);
        }
    }

    /// The bodies that answer a command.
    fn replies(&mut self, body: &[u8]) -> Vec<String> {
        let command: Value = serde_json::from_slice(body).expect("commands are JSON");
        let response = json!({
            "type": "response", "response": command["request"], "sequence": command["sequence"],
            "status": 0, "msg": "success",
        });
        let mut replies = vec![response.to_string()];
        let sequence = if self.peer.numbers {
            command["sequence"].as_i64().expect("a number")
        } else {
            0
        };
        let mut data = self.peer.login.clone();
        match command["request"].as_str() {
            Some("login") => replies.push(self.body("Login", Some("Login"), sequence, data)),
            Some("reconnect") => {
                if let (Value::Object(data), Value::Object(call)) = (&mut data, &self.peer.present)
                {
                    data.extend(call.clone());
                }
                let state = self.peer.state;
                replies.push(self.body("Reconnect", Some(state), sequence, data));
            }
            _ => {}
        }
        replies
    }

    fn wrap(&mut self, server: &Connection, body: &str) -> String {
        self.messages += 1;
        let destination = format!("/topic/{ROUTING_KEY}");
        let id = format!("m-{}", self.messages);
        let frame = server.message("sub-0", &destination, &id, &[], body);
        frame.expect("writable")
    }

    fn server_timeout(&mut self) {
        let now = self.now.mono;
        match self.server.as_mut().and_then(|s| s.handle_timeout(now)) {
            Some(Due::HeartBeat) if self.peer.beats => self.receive(HEART_BEAT.as_bytes()),
            Some(Due::Silent) => panic!("no heart-beat came from the session until {now} ms"),
            _ => {}
        }
    }
}
