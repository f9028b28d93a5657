//! Anything that can happen to a session, with any bytes from the socket, cut anywhere: no panic, it can be called on, it
//! lets time pass, its snapshot is JSON, and every request settles exactly once.
#![no_main]

use agent::json::Value;
use agent::rules::RULES;
use agent::session::{Next, Saved, Watch};
use agent::{Command, Config, Credentials, Emit, EventName, Input, Now, Output, Secret, Session};
use libfuzzer_sys::fuzz_target;

const OPEN: &[u8] = b"CONNECTED\nversion:1.2\nheart-beat:5000,5000\n\n\0\n";

/// What a supervisor is told, so that nothing is refused for want of rights.
const LOGIN: &str = r#"{"type":"event","event":"Login","nowState":"Login","eventTime":1795308100944,"data":{"token":"t","agentType":1,"groupIdList":["g1"]}}"#;

/// Members that every request finds its own among.
const MEMBERS: &str = r#"{"called":"1002","transferId":"1002","consultId":"1002","beAgentNumber":"1002","groupId":"g1","dtmf":"5"}"#;

/// Longer than any request may wait, ms.
const FOR_EVER: u64 = 200_000;

/// More calls at one moment than anything needs.
const MOST_CALLS: usize = 50;

/// What decides about a run.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> u64 {
        u64::from(self.byte().unwrap_or(0))
    }

    fn pick<T>(&mut self, of: &[T]) -> usize {
        usize::from(self.byte().unwrap_or(0)) % of.len().max(1)
    }

    fn chunk(&mut self) -> &'a [u8] {
        let size = usize::from(self.byte().unwrap_or(0)).min(self.0.len());
        let (chunk, rest) = self.0.split_at(size);
        self.0 = rest;
        chunk
    }
}

struct Driver {
    session: Session,
    now: Now,
    /// The numbers of the requests that went out.
    asked: Vec<i64>,
    /// The numbers of those that were settled.
    settled: Vec<i64>,
    wants_socket: bool,
}

impl Driver {
    fn handle(&mut self, input: Input<'_>) -> Option<i64> {
        let result = self.session.handle(input, self.now);
        while let Some(output) = self.session.poll_output() {
            match output {
                Output::OpenSocket => self.wants_socket = true,
                Output::CloseSocket => self.wants_socket = false,
                Output::Emit(Emit::Settled { sequence, .. }) => self.settled.push(sequence),
                _ => {}
            }
        }
        result.ok().flatten()
    }

    /// The platform says this.
    fn hear(&mut self, body: &str) {
        let frame = format!("MESSAGE\nsubscription:sub-0\n\n{body}\0\n");
        self.handle(Input::Received(frame.as_bytes()));
    }

    /// A socket that is wanted opens.
    fn open(&mut self) {
        if std::mem::take(&mut self.wants_socket) {
            self.handle(Input::Opened);
            self.handle(Input::Received(OPEN));
        }
    }

    fn pass(&mut self, ms: u64) {
        self.now.mono += ms;
        self.now.wall += ms;
        for _ in 0..MOST_CALLS {
            self.handle(Input::Timeout);
            let next = self.session.poll_timeout();
            if next.is_none_or(|at| at > self.now.mono) {
                return;
            }
        }
        panic!("time stands still at {} ms", self.now.mono);
    }

    fn event(&mut self, bytes: &mut Bytes<'_>) {
        let name = EventName::ALL[bytes.pick(EventName::ALL)].as_str();
        let state = EventName::ALL[bytes.pick(EventName::ALL)].as_str();
        let at = bytes.pick(&self.asked);
        let sequence = match bytes.number() % 3 {
            0 => 0,
            _ => self.asked.get(at).copied().unwrap_or(0),
        };
        let kinds = ["", "normal", "consult", "consulted", "transfer", "listen"];
        let kind = kinds[bytes.pick(&kinds)];
        let cause = bytes.number() + 1500;
        let time = 1_795_308_000_000 + bytes.number() * 1000;
        self.hear(&format!(
            r#"{{"type":"event","event":"{name}","nowState":"{state}","eventTime":{time},"sequence":{sequence},"data":{{"callType":"{kind}","cause":{cause},"caller":"1","called":"2","agentList":[{{"agentNumber":"1002","nowState":"{state}"}}]}}}}"#
        ));
    }

    fn answer(&mut self, bytes: &mut Bytes<'_>) {
        let at = bytes.pick(&self.asked);
        let sequence = self.asked.get(at).copied().unwrap_or(0);
        let status = bytes.number() % 2;
        self.hear(&format!(
            r#"{{"type":"response","response":"idle","sequence":{sequence},"status":{status},"msg":"token"}}"#
        ));
    }

    fn check(&self) {
        for part in self.session.snapshot() {
            assert!(Value::parse(&part).is_ok(), "{part}");
        }
    }
}

fn command(bytes: &mut Bytes<'_>) -> Command {
    let members = Value::parse(MEMBERS).expect("JSON");
    match RULES.get(bytes.pick(RULES)) {
        Some(rule) if bytes.number() % 32 != 0 => Command::read(rule.request, members),
        _ => Command::read("anything", members),
    }
}

fn agent(bytes: &mut Bytes<'_>) -> (Credentials, Saved) {
    let credentials = Credentials {
        agent_number: format!("{}", 1001 + bytes.number() % 2),
        password: Secret::from("p".to_owned()),
        login_type: "1".into(),
        ..Credentials::default()
    };
    let saved = Saved {
        routing_key: "key".into(),
        ..Saved::default()
    };
    (credentials, saved)
}

fuzz_target!(|data: &[u8]| {
    let mut bytes = Bytes(data);
    let Some(options) = bytes.byte() else { return };
    let mut config = Config {
        url: "ws://broker.test/ws".into(),
        host: "/".into(),
        connect_account: "acc".into(),
        subscribe_path: "/topic".into(),
        ask: options & 1 != 0,
        off: if options & 2 != 0 {
            vec!["hold"]
        } else {
            Vec::new()
        },
        auto_idle: (options & 4 != 0).then_some(10),
        busy_after_missed: (options & 16 != 0).then_some(1),
        ..Config::default()
    };
    config.credentials.agent_number = "1001".into();
    let saved = Saved {
        routing_key: "key".into(),
        clock: (options & 8 != 0).then(|| String::from_utf8_lossy(bytes.chunk()).into_owned()),
        ..Saved::default()
    };
    let session = Session::new(config, saved, 1).expect("a good configuration");
    let now = Now {
        mono: 1000,
        wall: 1_795_308_100_944,
    };
    let mut driver = Driver {
        session,
        now,
        asked: Vec::new(),
        settled: Vec::new(),
        wants_socket: false,
    };
    driver.handle(Input::Connect);
    driver.open();
    driver.hear(LOGIN);
    assert!(driver.session.is_login());
    while let Some(what) = bytes.byte() {
        match what % 21 {
            0..=3 => {
                driver.handle(Input::Received(bytes.chunk()));
            }
            4..=6 => {
                let asked = driver.handle(Input::Request(command(&mut bytes)));
                driver.asked.extend(asked);
            }
            7 => {
                driver.handle(Input::Command(command(&mut bytes)));
            }
            8 | 9 => driver.event(&mut bytes),
            10 => driver.answer(&mut bytes),
            11 => driver.pass(bytes.number() * 100),
            12 => {
                driver.now.wall += bytes.number() * 10_000;
                driver.handle(Input::Timeout);
            }
            13 => {
                driver.handle(Input::Closed);
            }
            14 => driver.open(),
            15 => driver.hear(LOGIN),
            16 => {
                let other = (bytes.number() % 2 == 0).then(|| agent(&mut bytes));
                driver.handle(Input::Login(other));
            }
            17 => {
                let watch = (bytes.number() % 4 != 0).then(|| Watch {
                    filter: Vec::new(),
                    interval: bytes.number() * 20,
                });
                driver.handle(Input::Watch(watch));
            }
            18 => {
                let given = (bytes.number() % 2 == 0).then(|| agent(&mut bytes));
                driver.handle(Input::Credentials(given));
            }
            19 => {
                driver.handle(match bytes.number() % 6 {
                    0 => Input::Next(None),
                    1 => Input::Next(Some(Next::Idle)),
                    2 => Input::Next(Some(Next::Busy { busy_type: None })),
                    3 => Input::Extend(bytes.number() * 1000),
                    4 => Input::Pause(bytes.number() % 2 == 0),
                    _ => Input::Queue(bytes.number() % 2 == 0),
                });
            }
            _ => {
                driver.handle(match bytes.number() % 4 {
                    0 => Input::Connect,
                    1 => Input::Break,
                    2 => Input::Awake,
                    _ => Input::Userdata(String::from_utf8_lossy(bytes.chunk()).into_owned()),
                });
            }
        }
        driver.check();
    }
    driver.pass(FOR_EVER);
    driver.settled.sort_unstable();
    assert_eq!(driver.settled, driver.asked);
});
