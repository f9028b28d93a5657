//! A record, played again, ends in the same state as what was recorded.

mod world;

use agent::command::{MakeCall, Supervise};
use agent::json::quote;
use agent::record::{self, BadRecord};
use agent::session::{Next, Saved, Watch};
use agent::{Command, Config, Input, Now, Secret, Session};
use serde_json::json;
use world::{ROUTING_KEY, config, login_data};

/// A session, and what it was given so far, line by line.
struct Recorded {
    session: Session,
    lines: Vec<String>,
    now: Now,
}

impl Recorded {
    fn new(config: Config, saved: Saved, seed: u64) -> Self {
        let lines = vec![record::start(&config, &saved, seed, "0.0.0")];
        let session = Session::new(config, saved, seed).expect("complete");
        Recorded {
            session,
            lines,
            now: world::START,
        }
    }

    fn take(&mut self, input: Input<'_>) {
        let (kind, mut data) = record::describe(&input);
        if let Input::Received(bytes) = &input {
            data.clear();
            quote(&mut data, &String::from_utf8_lossy(bytes));
        }
        let Now { mono, wall } = self.now;
        self.lines.push(format!(
            "{{\"m\":{mono},\"w\":{wall},\"in\":\"{kind}\",\"data\":{data}}}"
        ));
        // What is thrown changes nothing.
        let _ = self.session.handle(input, self.now);
        while self.session.poll_output().is_some() {}
    }

    fn event(&mut self, name: &str, data: &serde_json::Value, sequence: i64) {
        let body = json!({
            "type": "event", "event": name, "nowState": name, "sequence": sequence,
            "eventTime": self.now.wall, "agentNumber": "1001", "data": data,
        });
        self.take(Input::Received(
            format!("MESSAGE\nsubscription:sub-0\n\n{body}\0\n").as_bytes(),
        ));
    }

    fn advance(&mut self, ms: u64) {
        self.now.mono += ms;
        self.now.wall += ms;
    }

    fn link(&mut self) {
        self.take(Input::Opened);
        self.take(Input::Received(
            b"CONNECTED\nversion:1.2\nheart-beat:5000,5000\n\n\0\n",
        ));
    }

    fn expect_same(&self, why: &str) {
        let replayed = record::replay(&self.lines.join("\n"), |_, _, _| {});
        let replayed = replayed.unwrap_or_else(|bad| panic!("{why}: {bad:?}"));
        assert_eq!(replayed.snapshot(), self.session.snapshot(), "{why}");
    }
}

fn saved() -> Saved {
    Saved {
        routing_key: ROUTING_KEY.into(),
        ..Saved::default()
    }
}

/// xorshift64.
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

const EVENTS: [&str; 14] = [
    "Idle",
    "Busy",
    "AgentRinging",
    "Conversation",
    "Hold",
    "Mute",
    "ConsultCalling",
    "TripartiteTalking",
    "After",
    "Logout",
    "Kick",
    "QueueInfo",
    "Lock",
    "SomethingNew",
];

fn one_of_all_inputs(recorded: &mut Recorded, seed: &mut u64) {
    let pick = next(seed);
    recorded.advance(next(seed) % 4000);
    let kind = ["normal", "consult", "transfer"][(pick >> 8) as usize % 3];
    let call = json!({
        "caller": "13800138000", "called": "1001", "occCallId": format!("c-{}", pick % 3), "callDirection": 1,
        "callType": kind,
        "agentAutoIdle": 1, "agentAutoIdleTime": 10, "cause": 1017,
    });
    match pick % 20 {
        0 => recorded.take(Input::Timeout),
        1 => recorded.take(Input::Closed),
        2 => recorded.link(),
        3 => recorded.take(Input::Awake),
        4 => recorded.take(Input::Request(Command::Hold)),
        5 => recorded.take(Input::Command(Command::MakeCall(MakeCall::outside(
            "138 \"0013\" 8000".into(),
        )))),
        6 => recorded.take(Input::Command(Command::Supervise(
            Supervise::Listen,
            "1002".into(),
        ))),
        7 => recorded.take(Input::Watch((pick & 16 != 0).then(|| Watch {
            filter: vec![("agentState".into(), "\"Idle\"".into())],
            interval: 2000,
        }))),
        8 => recorded.take(Input::Userdata("中文 \"quoted\"".into())),
        9 => recorded.event("Login", &login_data(), 0),
        10 => recorded.event("Reconnect", &login_data(), 0),
        // The machine sleeps.
        11 => recorded.now.wall += next(seed) % 60_000,
        12 => recorded.take(Input::Next(match (pick >> 8) % 3 {
            0 => None,
            1 => Some(Next::Idle),
            _ => Some(Next::Busy {
                busy_type: (pick & 16 != 0).then(|| "午餐 \"1\"".into()),
            }),
        })),
        13 => recorded.take(Input::Extend((pick >> 8) % 60_000)),
        14 => recorded.take(Input::Pause(pick & 32 != 0)),
        15 => recorded.take(Input::Queue(pick & 32 != 0)),
        _ => recorded.event(EVENTS[(pick >> 4) as usize % EVENTS.len()], &call, 0),
    }
}

#[test]
fn any_record_ends_in_the_same_state() {
    let seeds = match std::env::var("RECORDING_SEED") {
        Ok(seed) => {
            let seed: u64 = seed.parse().expect("RECORDING_SEED is a number");
            seed..seed + 1
        }
        Err(_) => 1..400,
    };
    for seed in seeds {
        let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut recorded = Recorded::new(config(), saved(), seed);
        recorded.take(Input::Connect);
        recorded.link();
        recorded.event("Login", &login_data(), 0);
        for _ in 0..120 {
            one_of_all_inputs(&mut recorded, &mut random);
        }
        recorded.expect_same(&format!("RECORDING_SEED={seed}"));
    }
}

#[test]
fn options_and_what_an_earlier_page_kept_are_part_of_it() {
    let config = Config {
        max_reconnect: Some(3),
        auto_idle: Some(7),
        ask: true,
        off: vec!["transfer", "hold"],
        timeout: 700,
        ping_interval: 1234,
        busy_after_missed: Some(1),
        queue_limits: vec![("g1".into(), 3), ("g \"2\"".into(), 0)],
        busy_limits: vec![("小休".into(), 600)],
        ..config()
    };
    let saved = Saved {
        token: Some(Secret::from("tok".to_owned())),
        clock: Some("{\"state\":\"Idle\",\"since\":5}".into()),
        ..saved()
    };
    let mut recorded = Recorded::new(config, saved, u64::MAX);
    recorded.take(Input::Connect);
    recorded.link();
    recorded.event("Reconnect", &login_data(), 0);
    let call = json!({"callDirection": 1, "caller": "13800138000", "occCallId": "c-1"});
    recorded.event("AgentRinging", &call, 0);
    recorded.advance(1000);
    recorded.event("After", &json!(null), 0);
    let queue = json!({"groupID": "g1", "groupWaitNumber": 4});
    recorded.event("QueueInfo", &queue, 0);
    assert_eq!(recorded.session.missed(), 1);
    assert_eq!(recorded.session.queues()[0].limit, Some(3));
    recorded.advance(8000);
    recorded.take(Input::Timeout);
    recorded.expect_same("with options");
}

#[test]
fn what_an_agent_chose_for_after_the_call_is_part_of_it() {
    let mut recorded = Recorded::new(config(), saved(), 1);
    recorded.take(Input::Connect);
    recorded.link();
    recorded.event("Login", &login_data(), 0);
    let busy = Next::Busy {
        busy_type: Some("午餐".into()),
    };
    recorded.event("Conversation", &json!({"occCallId": "c-1"}), 0);
    recorded.take(Input::Next(Some(busy.clone())));
    let data = json!({"agentAutoIdle": 1, "agentAutoIdleTime": 10, "cause": 0});
    recorded.event("After", &data, 0);
    recorded.take(Input::Queue(true));
    recorded.take(Input::Extend(7000));
    recorded.take(Input::Pause(true));
    let snapshot = recorded.session.snapshot();
    assert!(snapshot[2].contains("\"paused\":17000"), "{}", snapshot[2]);
    assert_eq!(recorded.session.next(), Some(&busy));
    recorded.expect_same("in a pause");
    recorded.take(Input::Pause(false));
    recorded.take(Input::Next(None));
    recorded.take(Input::Queue(false));
    assert_eq!(recorded.session.next(), None);
    recorded.expect_same("after it");
}

#[test]
fn no_password_and_no_token_is_in_what_the_session_writes() {
    let mut config = config();
    config.url = "ws://127.0.0.1/ws?token=in-the-address".into();
    config.connect_password = Secret::from("of-the-broker".to_owned());
    config.credentials.password = Secret::from("of-the-agent".to_owned());
    let saved = Saved {
        token: Some(Secret::from("of-the-tab".to_owned())),
        ..saved()
    };
    let other = agent::Credentials {
        agent_number: "1002".into(),
        password: Secret::from("of-another".to_owned()),
        ..config.credentials.clone()
    };
    let mut recorded = Recorded::new(config, saved.clone(), 1);
    recorded.take(Input::Login(Some((other.clone(), saved.clone()))));
    recorded.take(Input::Credentials(Some((other, saved))));
    recorded.take(Input::Command(Command::Login));
    let text = recorded.lines.join("\n");
    for secret in [
        "in-the-address",
        "of-the-broker",
        "of-the-agent",
        "of-the-tab",
        "of-another",
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    recorded.expect_same("without secrets");
}

#[test]
fn a_record_whose_start_was_given_up_goes_on_from_the_link() {
    let mut recorded = Recorded::new(config(), saved(), 1);
    recorded.take(Input::Connect);
    recorded.link();
    recorded.event("Login", &login_data(), 0);
    recorded.event("Idle", &json!({}), 0);
    let first = recorded.lines[0].strip_suffix('}').expect("an object");
    let first = format!("{first},\"cut\":true}}");
    let lines = [vec![first], recorded.lines[2..].to_vec()].concat();
    let replayed = record::replay(&lines.join("\n"), |_, _, _| {}).expect("a record");
    assert_eq!(replayed.snapshot(), recorded.session.snapshot());
}

#[test]
fn what_is_no_record_is_said_with_its_line() {
    let good = record::start(&config(), &saved(), 1, "0.0.0");
    let bad = |text: &str| {
        record::replay(text, |_, _, _| {})
            .map(|_| ())
            .expect_err(text)
    };
    assert_eq!(bad("").line, 1);
    assert_eq!(bad("not json").line, 1);
    assert_eq!(bad("{\"m\":1}").line, 1);
    for line in [
        "{",
        "{\"in\":\"opened\"}",
        "{\"m\":1,\"w\":1,\"in\":\"dreamt\"}",
    ] {
        let BadRecord { line: at, why } = bad(&format!("{good}\n\n{line}"));
        assert_eq!(at, 3, "{line}");
        assert!(!why.is_empty());
    }
}
