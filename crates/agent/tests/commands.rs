//! What goes out, byte for byte, and what an answer or its absence leads to.

mod world;

use agent::command::MakeCall;
use agent::{Command, Fault, Input, Lang};
use serde_json::{Value, json};
use world::commands::every_command;
use world::{TOKEN, World, config};

/// The frames of a capture of the original, with their NULs.
fn capture(name: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/wire/captures");
    let path = format!("{folder}/1.1.65_{name}.txt");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let lines: Vec<&str> = text.lines().filter(|l| !l.starts_with('#')).collect();
    let text = lines.join("\n");
    let frames = text.split("^@").map(|f| f.trim_start_matches('\n'));
    frames
        .filter(|f| !f.is_empty())
        .map(|f| format!("{}\0", f.strip_prefix("> ").expect("sent by the client")))
        .collect()
}

/// The number in a captured request: the wall clock at that moment.
fn sequence(frame: &str) -> u64 {
    let (_, body) = frame.split_once("\n\n").expect("a frame has a body");
    let body: Value = serde_json::from_str(body.trim_end_matches('\0')).expect("JSON");
    body["sequence"].as_u64().expect("a request has a number")
}

fn texts(world: &World) -> Vec<String> {
    world.sent.iter().map(|s| s.text.clone()).collect()
}

/// The names of a frame's headers.
fn header_names(frame: &str) -> Vec<&str> {
    let (head, _) = frame.split_once("\n\n").expect("a frame has a head");
    let headers = head.lines().skip(1);
    headers
        .map(|line| line.split_once(':').expect("a header has a colon").0)
        .collect()
}

fn call(called: &str, called_type: &str) -> MakeCall {
    MakeCall {
        called_type: called_type.into(),
        ..MakeCall::outside(called.into())
    }
}

/// A world that is logged in and gets no further answers.
fn unanswered(timeout: u64) -> World {
    let mut config = config();
    config.timeout = timeout;
    let mut world = World::with(config, None, 1);
    world.login();
    world.peer.answers = false;
    world
}

fn send(world: &mut World, command: Command) -> i64 {
    let sequence = world.handle(Input::Command(command)).expect("it goes out");
    sequence.expect("a command has a number")
}

#[test]
fn the_start_up_is_byte_for_byte_the_captured_one() {
    let frames = capture("00_connect_subscribe_login_heartbeat");
    let [connect, subscribe, login, heartbeat] = frames.as_slice() else {
        panic!("four frames are captured: {frames:?}")
    };
    let mut world = World::new();
    world.peer.answers = false;
    world.now.wall = sequence(login);
    world.connect();
    world.now.wall = sequence(heartbeat);
    world.event("Login", world::login_data());
    let sent = texts(&world);
    assert_eq!(sent.len(), 4, "{sent:?}");
    // The versions and the heart-beats that are offered differ on purpose.
    assert_eq!(header_names(&sent[0]), header_names(connect));
    assert_eq!(&sent[1], subscribe);
    assert_eq!(&sent[2], login);
    assert_eq!(&sent[3], heartbeat, "a heart-beat has no version");
}

#[test]
fn every_command_is_byte_for_byte_the_captured_one() {
    let busy_type = |text: Option<&str>| Command::Busy {
        busy_type: text.map(str::to_owned),
    };
    let full = MakeCall {
        caller: Some("02100".into()),
        call_id: Some("cid-1".into()),
        contact_id: Some("contact-1".into()),
        ..call("1002", "1")
    };
    let mut world = World::new();
    world.login();
    for (name, command) in [
        ("01_idle", Command::Idle),
        ("02_busy", busy_type(None)),
        ("03_busy_type", busy_type(Some("小休"))),
        ("04_makeCall", Command::MakeCall(call("13800138000", "2"))),
        ("05_makeCall_full", Command::MakeCall(full)),
        ("06_cancelCall", Command::CancelCall),
        ("52_logout", Command::Logout),
    ] {
        let frames = capture(name);
        assert_eq!(frames.len(), 1, "{name}");
        world.clear();
        world.skip_to(sequence(&frames[0]));
        send(&mut world, command);
        assert_eq!(texts(&world), frames, "{name}");
    }
}

#[test]
fn a_reconnect_is_a_bare_request_with_the_token_in_the_header() {
    let mut world = World::with(config(), Some(TOKEN), 1);
    world.peer.answers = false;
    world.connect();
    let body = format!(
        "{{\"request\":\"reconnect\",\"sequence\":{}}}",
        world.now.wall
    );
    let expected = format!(
        "SEND\ntoken:tok123\nversion:1.1.65\ndestination:/exchange/ccs.request.exchange\ncontent-length:{}\n\n{body}\0",
        body.len()
    );
    assert_eq!(world.sent[2].text, expected);
}

#[test]
fn sequence_numbers_increase_in_the_same_millisecond_and_when_the_clock_goes_back() {
    let mut world = World::new();
    world.login();
    let mut last = send(&mut world, Command::Idle);
    for back in [0, 0, 0, 1, 60_000, 86_400_000] {
        world.now.wall -= back;
        let next = send(&mut world, Command::Idle);
        assert!(next > last, "{next} after {last}");
        assert_eq!(world.sent.last().map(|s| s.sequence()), Some(next));
        last = next;
    }
    world.now.wall += 172_800_000;
    let now = i64::try_from(world.now.wall).expect("a time");
    assert_eq!(send(&mut world, Command::Idle), now);
}

#[test]
fn a_command_without_an_answer_is_told_after_the_timeout() {
    let mut world = unanswered(3000);
    send(&mut world, Command::Idle);
    world.advance(2999);
    assert!(world.exceptions().is_empty());
    world.advance(1);
    let texts: Vec<String> = world
        .exceptions()
        .iter()
        .map(|f| f.message(Lang::of("zh-CN")))
        .collect();
    assert_eq!(texts, ["指令响应超时: idle"]);
    world.advance(60_000);
    assert_eq!(world.times("idle").len(), 1, "it is not sent again");
}

#[test]
fn an_answered_command_is_not_told() {
    let mut world = unanswered(3000);
    send(&mut world, Command::Idle);
    world.advance(2999);
    world.platform_response("idle", 0, "success");
    world.advance(5000);
    assert!(world.exceptions().is_empty());
    assert_eq!(world.session.latency(), Some(2999));
}

#[test]
fn a_login_without_an_answer_is_told_and_tried_again() {
    let mut world = World::new();
    world.peer.answers = false;
    world.connect();
    let start = world.now.mono;
    world.advance(12_000);
    let request = "login".to_owned();
    assert_eq!(world.exceptions(), [&Fault::CommandTimeout { request }]);
    assert_eq!(world.times("login"), [start, start + 10_000]);
}

#[test]
fn a_reconnect_without_an_answer_becomes_a_login() {
    let mut world = World::with(config(), Some(TOKEN), 1);
    world.peer.answers = false;
    world.connect();
    world.advance(4999);
    assert_eq!(world.requests(), ["reconnect"]);
    world.advance(1);
    assert_eq!(world.requests(), ["reconnect", "login"]);
    assert!(world.exceptions().is_empty(), "nobody needs to know");
}

#[test]
fn a_refused_reconnect_becomes_a_login_without_the_token() {
    let mut world = World::with(config(), Some(TOKEN), 1);
    world.peer.answers = false;
    world.connect();
    world.platform_response("reconnect", 1, "token已失效");
    assert_eq!(world.requests(), ["reconnect", "login"]);
    let login = &world.sent.last().expect("a login").text;
    assert!(login.starts_with("SEND\ntoken:\nversion:"), "{login:?}");
    assert_eq!(world.tokens, [None::<String>]);
}

#[test]
fn a_sign_in_by_itself_is_under_way_until_its_event() {
    let mut world = World::with(config(), None, 1);
    world.peer.answers = false;
    world.connect();
    assert_eq!(world.session.signing_in(), Some(1));
    world.platform_response("login", 0, "success");
    assert_eq!(world.session.signing_in(), Some(1), "the event is to come");
    world.event("Login", world::login_data());
    assert_eq!(world.session.signing_in(), None);
}

#[test]
fn a_sign_in_that_is_granted_and_never_told_is_under_way_no_longer() {
    let mut world = World::with(config(), None, 1);
    world.peer.answers = false;
    world.connect();
    world.platform_response("login", 0, "success");
    world.advance(15_000);
    assert!(world.session.is_connected());
    assert_eq!(world.session.signing_in(), None);
}

#[test]
fn a_sign_in_is_under_way_also_when_the_token_is_refused() {
    let mut world = World::with(config(), Some(TOKEN), 1);
    world.peer.answers = false;
    world.connect();
    world.platform_response("reconnect", 1, "token已失效");
    assert_eq!(world.session.signing_in(), Some(1));
    world.platform_response("login", 1, "工号或密码错误");
    assert_eq!(world.session.signing_in(), None, "nothing more is tried");
}

#[test]
fn a_sign_in_without_an_answer_is_under_way_no_longer() {
    let mut world = World::with(config(), None, 1);
    world.peer.answers = false;
    world.connect();
    world.advance(5000);
    assert_eq!(world.count("COMMAND_TIMEOUT"), 1);
    assert_eq!(world.session.signing_in(), None);
}

#[test]
fn without_an_agent_no_sign_in_is_under_way() {
    let mut config = config();
    config.credentials.agent_number = String::new();
    let mut world = World::with(config, None, 1);
    world.connect();
    assert!(world.session.is_connected());
    assert_eq!(world.session.signing_in(), None);
}

#[test]
fn a_sign_in_after_a_loss_belongs_to_the_try_that_came_through() {
    let mut world = World::new();
    world.login();
    world.peer.listens = false;
    world.peer.answers = false;
    world.lose();
    world.advance(10);
    world.peer.listens = true;
    for _ in 0..500 {
        if !world.session.is_connected() {
            world.advance(10);
        }
    }
    assert_eq!(world.session.signing_in(), Some(world.opened.len() as u32));
    assert!(world.opened.len() > 1);
}

#[test]
fn a_command_that_is_refused_for_its_token_leads_to_a_login() {
    let mut world = unanswered(5000);
    send(&mut world, Command::Idle);
    world.platform_response("idle", 1, "token已失效");
    assert_eq!(world.requests(), ["idle", "login"]);
    assert_eq!(world.tokens, [None::<String>]);
}

#[test]
fn a_refused_command_is_told_in_the_words_of_the_platform() {
    let mut world = unanswered(5000);
    send(&mut world, Command::Idle);
    world.platform_response("idle", 1101, "当前状态不允许");
    send(&mut world, Command::Idle);
    world.platform_response("idle", 1101, "");
    let texts: Vec<String> = world
        .exceptions()
        .iter()
        .map(|f| f.message(Lang::of("zh-CN")))
        .collect();
    assert_eq!(texts, ["当前状态不允许", "操作异常"]);
    world.advance(5000);
    assert_eq!(world.exceptions().len(), 2, "refused is answered");
    assert_eq!(world.requests(), ["idle", "idle"]);
}

#[test]
fn success_has_several_spellings_and_absence_is_none_of_them() {
    for (status, refused) in [
        (r#","status":0"#, false),
        (r#","status":"0""#, false),
        (r#","status":"0000""#, false),
        (r#","status":1"#, true),
        (r#","status":"1101""#, true),
        (r#","status":null"#, true),
        ("", true),
    ] {
        let mut world = unanswered(5000);
        let sequence = send(&mut world, Command::Idle);
        world.platform_event(&format!(
            r#"{{"type":"response","response":"idle","sequence":{sequence}{status}}}"#
        ));
        assert_eq!(world.count("REFUSED") == 1, refused, "{status}");
    }
}

#[test]
fn without_a_link_commands_are_refused_and_told() {
    let mut world = World::new();
    for command in every_command() {
        world.clear();
        let result = world.handle(Input::Command(command));
        assert_eq!(result, Err(Fault::NotConnected));
        assert_eq!(world.names(), ["Exception(NOT_CONNECTED)"]);
        assert!(world.sent.is_empty());
    }
}

#[test]
fn without_a_login_commands_are_refused_and_told() {
    let mut world = World::new();
    world.peer.answers = false;
    world.connect();
    for command in every_command() {
        world.clear();
        let free = matches!(command, Command::Login | Command::Reconnect);
        let result = world.handle(Input::Command(command));
        if free {
            assert!(result.is_ok(), "{result:?}");
            assert!(world.exceptions().is_empty());
        } else {
            assert_eq!(result, Err(Fault::NotLoggedIn));
            assert_eq!(world.names(), ["Exception(NOT_LOGGED_IN)"]);
            assert!(world.sent.is_empty());
        }
    }
}

#[test]
fn a_call_to_nobody_is_refused() {
    let mut world = World::new();
    world.login();
    let result = world.handle(Input::Command(Command::MakeCall(call("", "2"))));
    assert_eq!(result, Err(Fault::CalledEmpty));
    assert!(world.sent.is_empty());
}

#[test]
fn userdata_ends_every_command_but_the_heart_beat() {
    let mut world = World::new();
    world
        .handle(Input::Userdata("u-\"42\"".into()))
        .expect("any text will do");
    world.login();
    for command in every_command() {
        let beat = command == Command::Heartbeat;
        world.clear();
        send(&mut world, command);
        let body = world.sent[0].body();
        assert_eq!(
            body.ends_with(r#","userdata":"u-\"42\""}"#),
            !beat,
            "{body}"
        );
        assert_eq!(body.contains("userdata"), !beat, "{body}");
    }
}

#[test]
fn the_link_cannot_be_ended_during_a_call() {
    let mut world = World::new();
    world.login();
    world.event("AgentRinging", json!({"caller": "13800138000"}));
    world.clear();
    assert_eq!(world.handle(Input::Break), Err(Fault::InCall));
    assert!(world.sent.is_empty());
    assert!(world.session.is_login());
    world.event("After", json!({}));
    assert_eq!(world.handle(Input::Break), Ok(None));
    assert!(!world.session.is_connected());
}

#[test]
fn a_break_logs_out_and_disconnects_for_good() {
    let mut world = World::new();
    world.login();
    world.handle(Input::Break).expect("there is no call");
    assert_eq!(world.requests(), ["logout"]);
    let logout = &world.sent[0].text;
    assert!(logout.starts_with("SEND\ntoken:tok123\n"), "{logout:?}");
    assert_eq!(world.sent[1].text, "DISCONNECT\n\n\0");
    assert_eq!(world.sent.len(), 2);
    assert_eq!(world.closed, [world.now.mono]);
    assert_eq!(world.tokens, [None::<String>]);
    assert_eq!(world.names(), ["Disconnect", "StateChange(disconnect)"]);
    world.advance(60 * 60_000);
    assert!(world.opened.is_empty());
}
