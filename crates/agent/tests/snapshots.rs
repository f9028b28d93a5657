//! The session as one object: always the same keys, always JSON, never a secret.

mod world;

use agent::rules::Situation;
use agent::session::{Link, PARTS};
use agent::{Config, Credentials, Input, Secret};
use serde_json::{Value, json};
use world::scene::{CUSTOMER, after_data, call_data};
use world::{START, World, config};

/// The keys of each part, in their order.
const KEYS: [(&str, &[&str]); 5] = [
    (
        "agent",
        &[
            "number",
            "company",
            "state",
            "situation",
            "since",
            "busyType",
            "loginType",
            "loggedIn",
            "supervisor",
            "mayCall",
            "phoneLost",
            "busyTypes",
            "groups",
            "ivrs",
            "next",
            "missed",
            "used",
        ],
    ),
    (
        "call",
        &[
            "id",
            "direction",
            "party",
            "callType",
            "since",
            "muted",
            "held",
            "conference",
            "consult",
            "heldAt",
            "mutedAt",
            "consultAt",
            "ringingAt",
            "queuedAt",
            "group",
            "ivr",
            "userData",
            "transfer",
            "watch",
            "joinedBy",
            "second",
        ],
    ),
    (
        "wrapUp",
        &[
            "since",
            "until",
            "cause",
            "otherHungUp",
            "talked",
            "callId",
            "party",
            "direction",
            "paused",
        ],
    ),
    ("queue", &["waiting", "groups"]),
    (
        "link",
        &["state", "attempt", "latency", "retryAt", "upSince"],
    ),
];

const SECRETS: [&str; 6] = [
    "Broker-Passcode-7",
    "Agent-Password-7",
    "Token-7",
    "Sip-Password-7",
    "Webrtc-Password-7",
    "Userdata-7",
];

/// A session whose every secret is one of [`SECRETS`].
fn secretive() -> World {
    let [passcode, password, token, sip, webrtc, userdata] = SECRETS.map(str::to_owned);
    let mut config = config();
    config.connect_password = Secret::from(passcode);
    config.credentials.password = Secret::from(password);
    let mut world = World::with(config, None, 1);
    let login = &mut world.peer.login;
    login["token"] = json!(token);
    login["agentType"] = json!(1);
    login["sipId"] = json!("21001");
    login["sipPassword"] = json!(sip);
    login["webrtcSipId"] = json!("w21001");
    login["webrtcSipPassword"] = json!(webrtc);
    login["webrtcDomain"] = json!("sandbox.invalid");
    login["registerSipIp"] = json!("127.0.0.1");
    login["groupInfoList"] = json!([{"id": "g1", "name": "销售组 \"A\"\n", "isMaster": true}]);
    login["ivrList"] = json!([{"id": "ivr-main", "name": "主菜单"}]);
    world
        .handle(Input::Userdata(userdata))
        .expect("any text will do");
    world.login();
    world
}

fn keys(value: &Value) -> Vec<&str> {
    let members = value.as_object().expect("an object");
    members.keys().map(String::as_str).collect()
}

/// Every part is JSON with exactly its keys, and holds no secret.
fn expect_good(world: &World, when: &str) {
    let parts = world.session.snapshot();
    for (name, text) in PARTS.iter().zip(&parts) {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{name} {when}: {text}");
        }
        let value = world.snapshot(name);
        assert_eq!(&value.to_string(), text, "{name} {when}: it is compact");
        let Some((_, expected)) = KEYS.iter().find(|(part, _)| part == name) else {
            let allowed = value.as_array().expect("a list");
            assert!(allowed.iter().all(Value::is_string), "{when}: {text}");
            continue;
        };
        let absent = match *name {
            "call" => world.session.call().is_none(),
            "wrapUp" => world.session.wrap_up().is_none(),
            _ => false,
        };
        if absent {
            assert_eq!(value, json!(null), "{name} {when}");
        } else {
            assert_eq!(keys(&value), *expected, "{name} {when}");
        }
    }
}

#[test]
fn the_parts_have_their_names_and_order() {
    let parts = ["agent", "call", "wrapUp", "queue", "link", "allowed"];
    assert_eq!(PARTS, parts);
}

#[test]
fn every_part_is_json_with_its_keys_and_without_secrets_in_every_situation() {
    for situation in Situation::ALL {
        let mut world = secretive();
        world.bring(*situation);
        expect_good(&world, situation.as_str());
        let agent = world.snapshot("agent");
        assert_eq!(agent["situation"], json!(situation.as_str()));
        let has_call = world.snapshot("call").is_object();
        assert_eq!(has_call, situation.in_call(), "{situation:?}");
        let has_wrap_up = world.snapshot("wrapUp").is_object();
        assert_eq!(has_wrap_up, *situation == Situation::WrapUp);
    }
}

#[test]
fn every_part_is_json_whatever_becomes_of_the_link() {
    let mut world = World::new();
    expect_good(&world, "before the start");
    assert_eq!(
        world.snapshot("link"),
        json!({"state": "down", "attempt": 0, "latency": null, "retryAt": null, "upSince": null})
    );
    world.peer.listens = false;
    world.connect();
    expect_good(&world, "while there is no server");
    assert_eq!(world.snapshot("link")["state"], json!("waiting"));
    let first = world.snapshot("link")["attempt"].as_u64();
    assert!(first >= Some(1), "{first:?}");
    world.advance(20_000);
    let attempt = world.snapshot("link")["attempt"].as_u64();
    assert!(attempt > first, "{attempt:?} after {first:?}");
    world.peer.listens = true;
    world.peer.greets = false;
    world.handle(Input::Awake).expect("a page may awake");
    expect_good(&world, "while the broker is silent");
    assert_eq!(world.snapshot("link")["state"], json!("connecting"));
    world.peer.greets = true;
    world.advance(20_000);
    expect_good(&world, "when it is up");
    assert_eq!(world.snapshot("link")["state"], json!("up"));
    assert_eq!(world.snapshot("link")["attempt"], json!(0));
    world.handle(Input::Break).expect("there is no call");
    expect_good(&world, "when it was ended");
    assert_eq!(world.snapshot("link")["state"], json!("down"));
    assert_eq!(world.snapshot("agent")["state"], json!("disconnect"));
}

#[test]
fn the_agent_is_who_the_platform_says() {
    let mut world = secretive();
    world.event("Busy", json!({"currentBusyType": "小休"}));
    let expected = json!({
        "number": "1001", "company": "demo", "state": "Busy", "situation": "busy", "since": world.event_time(),
        "busyType": "小休", "loginType": 1, "loggedIn": true, "supervisor": true, "mayCall": true,
        "phoneLost": false, "busyTypes": ["小休", "会议", "培训"],
        "groups": [{"id": "g1", "name": "销售组 \"A\"\n", "main": true}],
        "ivrs": [{"id": "ivr-main", "name": "主菜单", "main": false}],
        "next": null, "missed": 0, "used": [],
    });
    assert_eq!(world.snapshot("agent"), expected);
}

#[test]
fn the_agent_before_a_login_is_who_the_page_says() {
    let world = World::new();
    let agent = world.snapshot("agent");
    for (key, expected) in [
        ("number", json!("1001")),
        ("company", json!("demo")),
        ("state", json!("closed")),
        ("situation", json!("signedOut")),
        ("loginType", json!(1)),
        ("loggedIn", json!(false)),
        ("supervisor", json!(false)),
        ("groups", json!([])),
    ] {
        assert_eq!(agent[key], json!(expected), "{key}");
    }
    assert_eq!(world.snapshot("allowed"), json!(["login", "reconnect"]));
}

#[test]
fn a_page_that_names_nobody_has_a_snapshot_too() {
    let config = Config {
        credentials: Credentials::default(),
        ..config()
    };
    let world = World::with(config, None, 1);
    expect_good(&world, "without an agent");
    let agent = world.snapshot("agent");
    assert_eq!(
        (&agent["number"], &agent["company"]),
        (&json!(""), &json!(""))
    );
}

#[test]
fn the_login_type_stays_what_it_is_in_json() {
    for told in [json!(3), json!("3"), json!("a\"b")] {
        let mut world = World::new();
        world.peer.login["loginType"] = told.clone();
        world.login();
        assert_eq!(world.snapshot("agent")["loginType"], told);
    }
}

#[test]
fn a_phone_that_is_lost_shows_until_the_next_login() {
    let after = |world: &mut World| {
        let mut data = after_data(1066);
        data["code"] = json!(-1001);
        data["data"] = json!("话机注销");
        world.event("After", data);
    };
    let error = |world: &mut World| world.tell("SipError", None, 0, json!(null));
    let logout = |world: &mut World| world.event("Logout", json!({"code": -1001}));
    let ways: [&dyn Fn(&mut World); 3] = [&after, &error, &logout];
    for way in ways {
        let mut world = secretive();
        assert_eq!(world.snapshot("agent")["phoneLost"], json!(false));
        way(&mut world);
        assert_eq!(world.snapshot("agent")["phoneLost"], json!(true));
        world
            .handle(Input::Login(None))
            .expect("an agent may log in");
        assert_eq!(world.snapshot("agent")["phoneLost"], json!(false));
    }
}

#[test]
fn a_call_is_told_with_everything_that_is_known_of_it() {
    let mut world = secretive();
    world.bring(Situation::Talking);
    let since = world.event_time();
    let mut expected = json!({
        "id": "c-1", "direction": "inbound", "party": CUSTOMER, "callType": "normal", "since": since,
        "muted": false, "held": false, "conference": false, "consult": null, "heldAt": null, "mutedAt": null,
        "consultAt": null, "ringingAt": null, "queuedAt": null, "group": null, "ivr": null, "userData": "",
        "transfer": null, "watch": null, "joinedBy": null, "second": null,
    });
    assert_eq!(world.snapshot("call"), expected);
    world.event("Mute", json!({"callType": "normal"}));
    expected["muted"] = json!(true);
    expected["mutedAt"] = json!(world.event_time());
    assert_eq!(world.snapshot("call"), expected);
    world.event("Hold", json!(null));
    expected["held"] = json!(true);
    expected["heldAt"] = json!(world.event_time());
    assert_eq!(world.snapshot("call"), expected);

    let mut world = secretive();
    world.bring(Situation::Conference);
    expect_good(&world, "in a conference");
    let call = world.snapshot("call");
    assert_eq!(call["conference"], json!(true));
    assert_eq!(call["party"], json!(CUSTOMER));

    let mut world = secretive();
    world.bring(Situation::Consulting);
    assert_eq!(world.snapshot("call")["consult"], json!("1002"));

    let mut world = secretive();
    let mut data = call_data("normal");
    data["callDirection"] = json!(2);
    world.event("AgentRinging", data);
    let call = world.snapshot("call");
    assert_eq!(call["direction"], json!("outbound"));
    assert_eq!(call["since"], json!(null));
    world.event("Idle", json!(null));
    world.event("MakeCall", json!(null));
    assert_eq!(world.snapshot("call")["direction"], json!(null));
}

#[test]
fn a_wrap_up_is_told_with_its_end() {
    let mut world = secretive();
    world.bring(Situation::Talking);
    let start = world.event_time();
    world.advance(5000);
    let mut data = after_data(1017);
    data["agentAutoIdle"] = json!(1);
    data["agentAutoIdleTime"] = json!(10);
    world.event("After", data);
    let since = world.event_time();
    let expected = json!({
        "since": since, "until": world.told_time() + 10_000, "cause": 1017, "otherHungUp": true,
        "talked": since - start, "callId": "c-1", "party": CUSTOMER, "direction": "inbound", "paused": null,
    });
    assert_eq!(world.snapshot("wrapUp"), expected);

    let mut world = secretive();
    world.event("After", json!({}));
    let wrap_up = world.snapshot("wrapUp");
    for key in ["until", "cause", "talked", "direction", "paused"] {
        assert_eq!(wrap_up[key], json!(null), "{key}");
    }
    for key in ["callId", "party"] {
        assert_eq!(wrap_up[key], json!(""), "{key}");
    }
}

#[test]
fn the_link_tells_since_when_it_is_up_and_when_the_next_try_comes() {
    let mut world = World::new();
    world.ahead = 3_600_000;
    world.login();
    let up = world.server_time();
    world.advance(7000);
    let link = world.snapshot("link");
    assert_eq!(link["upSince"], json!(up));
    assert_eq!(link["retryAt"], json!(null));
    world.peer.listens = false;
    world.lose();
    world.advance(20_000);
    let link = world.snapshot("link");
    assert_eq!(link["upSince"], json!(null));
    let Link::Waiting { at, .. } = world.session.link() else {
        panic!("{:?}", world.session.link());
    };
    let retry = world.session.server_time(at);
    assert_eq!(link["retryAt"], json!(retry));
    assert!(retry >= world.told_time(), "it is still to come");
}

#[test]
fn times_are_the_servers() {
    let mut world = World::new();
    world.ahead = 86_400_000;
    world.login();
    world.event("Conversation", call_data("normal"));
    for part in ["agent", "call"] {
        let since = world.snapshot(part)["since"].as_u64();
        assert_eq!(since, Some(world.event_time()), "{part}");
        assert!(since > Some(START.wall + 80_000_000), "{part}");
    }
}

#[test]
fn the_latency_is_that_of_the_last_answer() {
    let mut world = World::new();
    world.login();
    world.peer.answers = false;
    world
        .handle(Input::Command(agent::Command::Idle))
        .expect("an agent may be ready");
    world.advance(321);
    world.platform_response("idle", 0, "success");
    assert_eq!(world.snapshot("link")["latency"], json!(321));
}

#[test]
fn whatever_texts_the_platform_sends_the_parts_stay_json() {
    let odd = "\"},{\\ \u{0}\u{1f}\n\r\t😀中\u{2028}</script>";
    let mut world = World::new();
    for key in ["busyType", "agentNumber"] {
        world.peer.login[key] = json!(odd);
    }
    world.peer.login["groupIdList"] = json!([odd]);
    world.peer.login["ivrList"] = json!([{"id": odd, "name": odd}]);
    world.login();
    world.tell("Odd", Some(odd), 0, json!({"currentBusyType": odd}));
    expect_good(&world, "in an odd state");
    assert_eq!(world.snapshot("agent")["state"], json!(odd));
    let data = json!({
        "caller": odd, "called": odd, "occCallId": odd, "callType": odd, "callDirection": 1,
    });
    world.event("Conversation", data);
    world.tell(
        "QueueInfo",
        None,
        0,
        json!({"groupID": odd, "groupWaitNumber": 1}),
    );
    expect_good(&world, "in an odd call");
    assert_eq!(world.snapshot("call")["party"], json!(odd));
    assert_eq!(world.snapshot("queue")["groups"][0]["groupId"], json!(odd));
}
