//! What agent-sdk 1.1.65 and 1.2.9 do to their users, held against the session. `docs/weaknesses.md` lists all of it by
//! number; what needs a page stands in `tests/e2e/weaknesses-*.test.mjs`.

mod world;

use agent::command::Supervise;
use agent::rules::Situation;
use agent::session::{Saved, Watch};
use agent::{Command, Fault, Input, Lang, Secret, number, record};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use world::scene::{CUSTOMER, call_data};
use world::{ROUTING_KEY, TOKEN, World, config};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

/// For the answer to a command, ms; no configuration here says otherwise.
const TIMEOUT: u64 = 5000;

/// Heart-beats that brokers promise: none, as often as we ask for, rare ones.
const PROMISES: [(u32, u32); 3] = [(0, 0), (5000, 5000), (50_000, 50_000)];

fn logged_in() -> World {
    let mut world = World::new();
    world.login();
    world
}

fn send(world: &mut World, command: Command) -> i64 {
    let sequence = world.handle(Input::Command(command)).expect("it goes out");
    sequence.expect("a command has a number")
}

/// The bodies that were sent.
fn bodies(world: &World) -> Vec<Value> {
    let bodies = world.sent.iter().map(|s| s.body());
    let bodies = bodies.filter(|body| !body.is_empty());
    bodies
        .map(|body| serde_json::from_str(body).expect("a body is JSON"))
        .collect()
}

/// The link brings nothing any more, and nobody closes it.
fn die(world: &mut World) {
    (world.peer.beats, world.peer.answers) = (false, false);
}

// ── 2 ────────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn no_secret_is_printed_with_the_session() {
    let [passcode, password, token, phone] =
        ["broker-4711", "agent-4711", "token-4711", "phone-4711"];
    let mut config = config();
    config.connect_password = Secret::from(passcode.to_owned());
    config.credentials.password = Secret::from(password.to_owned());
    let saved = Saved {
        routing_key: ROUTING_KEY.into(),
        token: Some(Secret::from(token.to_owned())),
        clock: None,
    };
    let first_line = record::start(&config, &saved, 1, "1");

    let mut world = World::with(config, None, 1);
    world.peer.login["token"] = json!(token);
    world.peer.login["webrtcSipPassword"] = json!(phone);
    world.connect();
    let sent: String = world.sent.iter().map(|s| s.text.as_str()).collect();
    assert!(
        sent.contains(passcode) && sent.contains(password),
        "both are in use"
    );
    assert_eq!(world.tokens, [Some(token.to_owned())]);
    assert_eq!(world.session.profile().phone.password.expose(), phone);

    let printed = format!("{:?}", world.session);
    for secret in [passcode, password, token, phone] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
        assert!(!first_line.contains(secret), "{secret} in {first_line}");
    }
}

// ── 8, 9 ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_lost_link_is_tried_again_for_ever() {
    let mut world = logged_in();
    world.advance(MINUTE);
    world.clear();
    world.peer.listens = false;
    world.lose();
    world.advance(24 * HOUR);
    let last = *world.opened.last().expect("it was tried");
    assert!(
        world.now.mono - last <= 30_000,
        "the last try was at {last}"
    );
    assert!(world.tokens.is_empty(), "the token is kept");
    assert_eq!(world.count("GAVE_UP"), 0);

    world.peer.listens = true;
    world.advance(30_000);
    assert!(world.session.is_login());
    assert_eq!(world.requests()[0], "reconnect");
    assert!(world.times("login").is_empty());
}

#[test]
fn the_tries_of_many_pages_are_few_and_spread() {
    let mut thirds = BTreeSet::new();
    for page in 0..100_u64 {
        let seed = page.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut world = World::with(config(), None, seed);
        world.login();
        world.advance(MINUTE);
        world.clear();
        world.peer.listens = false;
        world.lose();
        world.advance(MINUTE);
        let tries = world.opened.len();
        assert!((5..=20).contains(&tries), "seed {seed}: {tries} tries");
        thirds.insert(world.opened[2]);
    }
    assert!(
        thirds.len() > 30,
        "100 pages try at {} moments",
        thirds.len()
    );
}

#[test]
fn a_first_connection_that_fails_is_tried_again() {
    let mut world = World::new();
    world.peer.listens = false;
    world.connect();
    world.advance(10 * MINUTE);
    assert!(world.opened.len() > 10, "{:?}", world.opened);
    world.peer.listens = true;
    world.advance(30_000);
    assert!(world.session.is_login());
}

// ── 10 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_dead_link_is_left_in_half_a_minute_whatever_the_broker_promised() {
    for heart_beat in PROMISES {
        let mut world = World::new();
        world.peer.heart_beat = heart_beat;
        world.login();
        world.advance(MINUTE);
        assert!(world.closed.is_empty(), "{heart_beat:?}: a good link");
        world.clear();
        die(&mut world);
        world.advance(30_000);
        let left = world.closed.first();
        let left = left.unwrap_or_else(|| panic!("{heart_beat:?}: {:?}", world.names()));
        assert_eq!(world.opened[0], *left, "{heart_beat:?}: tried at once");
        assert!(world.count("LINK_SILENT") >= 1, "{heart_beat:?}");
    }
}

#[test]
fn a_link_that_died_while_the_machine_slept_is_left_within_the_timeout() {
    for heart_beat in PROMISES {
        let mut world = World::new();
        world.peer.heart_beat = heart_beat;
        world.login();
        world.advance(1000);
        world.clear();
        die(&mut world);
        world.sleep(2 * HOUR);
        world.handle(Input::Awake).expect("a page may awake");
        assert_eq!(world.requests(), ["heartbeat"], "{heart_beat:?}: at once");
        let awake = world.now.mono;
        world.advance(TIMEOUT);
        assert_eq!(world.closed, [awake + TIMEOUT], "{heart_beat:?}");
    }
}

// ── 11 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_refused_reconnect_leads_to_a_login() {
    let mut world = World::with(config(), Some(TOKEN), 1);
    world.peer.answers = false;
    world.connect();
    assert_eq!(world.requests(), ["reconnect"]);
    world.peer.answers = true;
    world.platform_response("reconnect", 1, "token已失效");
    assert_eq!(world.requests(), ["reconnect", "login", "heartbeat"]);
    assert!(world.session.is_login());
}

#[test]
fn a_logout_without_data_forgets_the_token() {
    let mut world = logged_in();
    world.event("Logout", json!(null));
    assert!(!world.session.is_login());
    assert_eq!(world.tokens, [None::<String>]);
}

// ── 12 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn no_two_commands_have_the_same_number() {
    let mut world = logged_in();
    let numbers: BTreeSet<i64> = (0..100)
        .map(|_| send(&mut world, Command::GroupInfo))
        .collect();
    assert_eq!(numbers.len(), 100, "all in one millisecond");
}

// ── 13 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_refusal_does_not_cost_what_comes_in_the_same_chunk() {
    let mut world = logged_in();
    world.peer.answers = false;
    let sequence = send(&mut world, Command::Busy { busy_type: None });
    world.clear();
    let refusal = json!({
        "type": "response", "response": "busy", "sequence": sequence, "status": 1101, "msg": "refused",
    });
    let refusal = world.frame(&refusal.to_string());
    let idle = world.event_body("Idle", "Idle", json!(null));
    let idle = world.frame(&idle);
    world.receive([refusal, idle].concat().as_bytes());
    assert_eq!(
        world.names(),
        [
            "Message",
            "Exception(REFUSED)",
            "Message",
            "StateChange(Idle)",
            "Idle"
        ]
    );
}

// ── 14 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_broker_that_says_nothing_of_heart_beats_is_talked_to() {
    let mut world = World::new();
    world.peer.greets = false;
    world.connect();
    world.receive(b"CONNECTED\nversion:1.1\n\n\0\n");
    assert_eq!(world.requests(), ["login", "heartbeat"]);
    assert!(world.session.is_login());
}

#[test]
fn what_a_broker_says_is_told_and_the_link_closes_once() {
    let mut world = logged_in();
    world.peer.greets = false;
    world.broker_error("access_refused", "no access to the exchange");
    assert_eq!(
        world.names(),
        ["Exception(BROKER_ERROR)", "Close", "StateChange(closed)"]
    );
    let message = world.exceptions()[0].message(Lang::of("en"));
    assert!(message.contains("no access to the exchange"), "{message}");
}

// ── 15 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_frame_counts_whatever_stands_behind_its_nul() {
    let mut world = logged_in();
    for end in ["\0", "\0\n", "\0\r\n", "\0\n\n\n"] {
        world.clear();
        let body = world.body("GroupQueueNum", None, 0, json!({"groupQueueNum": 3}));
        let frame = world.frame(&body);
        let frame = frame.trim_end_matches(['\0', '\n']);
        world.receive([frame, end].concat().as_bytes());
        assert_eq!(world.names(), ["Message", "GroupQueueNum"], "{end:?}");
    }
}

#[test]
fn chinese_text_survives_wherever_it_is_cut() {
    let mut world = logged_in();
    let body = world.event_body("Busy", "Busy", json!({"currentBusyType": "小休"}));
    let frame = world.frame(&body);
    for byte in frame.as_bytes().chunks(1) {
        world.receive(byte);
    }
    assert_eq!(world.session.busy_type(), "小休");
    assert_eq!(world.received()[0].body, body);
}

// ── 16 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_filter_keeps_the_group_that_it_names() {
    let mut world = World::supervisor();
    let filter = vec![("groupId".to_owned(), "\"g9\"".to_owned())];
    send(&mut world, Command::Surveillance { filter });
    assert_eq!(bodies(&world)[0]["groupId"], "g9");
    let filter = vec![("agentName".to_owned(), "\"x\"".to_owned())];
    send(&mut world, Command::Surveillance { filter });
    assert_eq!(bodies(&world)[1]["groupId"], "g1", "the agent's first");
}

#[test]
fn an_agent_number_with_a_hyphen_stays_whole() {
    let mut world = World::in_situation(Situation::Ready);
    let agents = json!({"agentList": [
        {"agentNumber": "1", "nowState": "Idle"},
        {"agentNumber": "1-3", "nowState": "Conversation"},
    ]});
    world.tell("Surveillance", None, 0, agents);
    assert_eq!(
        world.session.agent_state("1-3"),
        Some("Conversation".to_owned())
    );
    let listen = |agent: &str| Command::Supervise(Supervise::Listen, agent.to_owned());
    assert_eq!(world.request(listen("1")), Err(Fault::NotInConversation));
    world.request(listen("1-3")).expect("this one talks");
    assert_eq!(bodies(&world)[0]["beAgentNumber"], "1-3");
}

// ── 21 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_the_state_does_not_allow_is_refused_before_it_is_sent() {
    let mut world = World::in_situation(Situation::Talking);
    for command in [
        Command::Idle,
        Command::Logout,
        Command::UnHold,
        Command::TripartiteTalk,
    ] {
        let refused = world.request(command);
        assert!(
            matches!(refused, Err(Fault::NotAllowed { .. })),
            "{refused:?}"
        );
    }
    assert_eq!(world.handle(Input::Break), Err(Fault::InCall));
    assert!(world.sent.is_empty());
    assert!(world.session.is_login());
}

// ── 25 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_clock_of_a_conversation_runs_on_until_its_end() {
    let mut world = World::in_situation(Situation::Talking);
    let since = |world: &World| world.session.call().and_then(|call| call.talking_since);
    let began = since(&world);
    assert!(began.is_some());
    for name in [
        "Hold",
        "UnHold",
        "Mute",
        "Unmute",
        "TransferCall",
        "TransferCallFail",
    ] {
        world.advance(10_000);
        world.event(name, json!({"callType": "normal"}));
        assert_eq!(since(&world), began, "{name}");
    }
    world.advance(10_000);
    world.event("After", json!({"cause": 0}));
    let talked = world.session.wrap_up().and_then(|last| last.talked);
    let talked = talked.expect("there was a conversation");
    // No two events are of the same millisecond.
    assert!((69_990..=70_000).contains(&talked), "{talked} ms");
}

#[test]
fn who_listens_to_a_call_can_hang_up() {
    let mut world = World::in_situation(Situation::Watching);
    assert_eq!(world.session.allowed("cancelCall"), Ok(()));
    world.request(Command::CancelCall).expect("it is allowed");
    assert_eq!(world.requests(), ["cancelCall"]);
}

// ── 26 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn nothing_is_asked_that_nobody_wants_to_know() {
    for queue_num in [json!(0), json!(7), json!(null)] {
        let mut world = World::new();
        world.peer.login["queueNum"] = queue_num;
        world.login();
        world.advance(HOUR);
        let asked: BTreeSet<String> = world.requests().into_iter().collect();
        assert_eq!(asked, BTreeSet::from(["heartbeat".to_owned()]));
    }
}

#[test]
fn a_platform_that_does_not_answer_is_asked_one_question_at_a_time() {
    let mut world = World::supervisor();
    world.peer.answers = false;
    let watch = Watch {
        filter: Vec::new(),
        interval: 2000,
    };
    world
        .handle(Input::Watch(Some(watch)))
        .expect("a supervisor may watch");
    world.advance(MINUTE);
    let times = world.times("surveillance");
    assert!(times.len() >= 5, "{times:?}");
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= TIMEOUT, "{times:?}");
    }
}

// ── 27 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_is_known_of_queues_has_a_bound() {
    let mut world = logged_in();
    for n in 0..3000 {
        world.platform_event(&format!(
            r#"{{"type":"event","event":"QueueInfo","groupID":"g{n}","groupWaitNumber":1}}"#
        ));
    }
    assert_eq!(world.received().len(), 3000, "the page is told of each");
    let queue = world.snapshot("queue");
    let groups = queue["groups"].as_array().expect("a list");
    assert_eq!(groups.len(), 1000);
}

// ── 31 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_number_is_masked_however_it_is_written() {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    for text in [
        CUSTOMER,
        "1234567",
        "+86 138 0013 8000",
        "0571-8888 6210",
        "(010) 1234 5678",
        "13800138000 13900139000",
    ] {
        let shown = number::mask(text);
        assert!(shown.contains("****"), "{shown}");
        assert!(digits(&shown) + 3 <= digits(text), "{text} as {shown}");
    }
}

#[test]
fn a_ringing_without_a_caller_is_told_like_any_other() {
    let mut data = call_data("normal");
    data.as_object_mut().expect("an object").remove("caller");
    for data in [data, json!({}), json!(null)] {
        let mut world = logged_in();
        world.event("AgentRinging", data);
        assert_eq!(
            world.names(),
            ["Message", "StateChange(AgentRinging)", "AgentRinging"]
        );
        assert!(world.session.call().is_some());
    }
}

// ── all ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A file of the repository.
fn file(path: &str) -> String {
    let path = format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The names of all tests that are about weaknesses.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in file("crates/agent/tests/weaknesses.rs").lines() {
        let name = line
            .strip_prefix("fn ")
            .and_then(|l| l.strip_suffix("() {"));
        names.extend(name.map(str::to_owned));
    }
    for group in ["security", "reliability", "api"] {
        names.extend(tests_of(&format!("tests/e2e/weaknesses-{group}.test.mjs")));
    }
    names
}

/// The names of the tests in a file of the browser's.
fn tests_of(path: &str) -> Vec<String> {
    let text = file(path);
    let lines = text.lines().map(str::trim_start);
    let names = lines.filter_map(|l| l.strip_prefix("test('")?.split_once("',"));
    names.map(|(name, _)| name.replace("\\'", "'")).collect()
}

/// The names of all tests of the phone: some of them are about weaknesses.
fn phone_tests() -> BTreeSet<String> {
    let folder = format!("{}/../../tests/phone", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{folder}: {e}"));
    let names = files.map(|entry| entry.expect("readable").file_name());
    names
        .filter_map(|name| name.into_string().ok())
        .filter(|name| name.ends_with(".test.mjs"))
        .flat_map(|name| tests_of(&format!("tests/phone/{name}")))
        .collect()
}

#[test]
fn every_weakness_is_listed_with_tests_that_exist() {
    let (mut numbers, mut listed) = (Vec::new(), BTreeSet::new());
    for line in file("docs/weaknesses.md").lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, number, _, _, tests, _] = cells.as_slice() else {
            continue;
        };
        let Ok(number) = number.parse::<u32>() else {
            continue;
        };
        let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "weakness {number} has no test");
        numbers.push(number);
        listed.extend(names.into_iter().map(str::to_owned));
    }
    assert_eq!(numbers, (1..=32).collect::<Vec<u32>>());
    let mut there = tests();
    assert!(there.remove("every_weakness_is_listed_with_tests_that_exist"));
    there.extend(listed.intersection(&phone_tests()).cloned());
    assert_eq!(listed, there);
}
