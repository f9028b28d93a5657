//! Logging in and out, twice, elsewhere, or not at all.

mod world;

use sandbox::center::{Control, Output};
use serde_json::json;
use world::{START, World, assert_times_grow, event, keys, names, sequences};

#[test]
fn a_login_tells_all_that_a_client_needs() {
    let mut world = World::new();
    let sequence = world.send("", "login", World::credentials("1004", "k4"));
    let messages = world.take("k4");
    assert_eq!(names(&messages), ["login=0", "Login"]);
    assert_eq!(
        messages[0],
        json!({"type": "response", "response": "login", "sequence": sequence, "status": 0, "msg": "success"})
    );
    let login = event(&messages, "Login");
    assert_eq!(
        keys(login),
        [
            "type",
            "event",
            "nowState",
            "eventTime",
            "sequence",
            "companyId",
            "agentNumber",
            "agentId",
            "userdata",
            "data"
        ]
    );
    assert_eq!(login["nowState"], "Login");
    assert_eq!(login["sequence"], sequence);
    assert_eq!(login["eventTime"], START);
    assert_eq!(login["companyId"], "demo");
    assert_eq!(login["agentNumber"], "1004");
    assert_eq!(login["agentId"], "id-1004");
    let mut data = login["data"].clone();
    let token = data["token"].take();
    assert!(token.as_str().is_some_and(|token| token.len() >= 32));
    assert_eq!(
        data,
        json!({
            "domain": "sandbox.invalid",
            "sipId": "21004",
            "sipPassword": "sip-1004",
            "token": null,
            "agentType": 0,
            "groupIdList": ["g-sales", "g-support"],
            "groupInfoList": [
                {"id": "g-sales", "name": "销售组", "isMaster": true},
                {"id": "g-support", "name": "客服组", "isMaster": false},
            ],
            "ivrList": [{"id": "ivr-main", "name": "主菜单"}],
            "busyType": "小休,会议,培训",
            "currentBusyType": "",
            "agentMakeCall": 1,
            "registered": 1,
            "loginType": 1,
            "webrtcSipId": "w21004",
            "webrtcSipPassword": "sip-1004",
            "webrtcDomain": "sandbox.invalid",
            "registerSipIp": "127.0.0.1",
            "registerSipUrl": "ws://127.0.0.1:8088/sip",
            "queueNum": 0,
        })
    );
}

#[test]
fn messages_are_compact() {
    let mut world = World::new();
    world.center.handle(
        sandbox::center::Input::Command {
            token: String::new(),
            body: json!({
                "request": "login", "sequence": 1, "agentNumber": "1001", "password": "123456",
                "companyShortName": "demo", "loginType": "1", "routingKey": "k1",
            })
            .to_string(),
        },
        START,
    );
    world.center.poll_output();
    let Some(Output::Message { body, .. }) = world.center.poll_output() else {
        panic!("there is no event");
    };
    assert!(body.starts_with(r#"{"type":"event","event":"Login","nowState":"Login","eventTime":"#));
}

#[test]
fn the_supervisor_is_one() {
    let mut world = World::new();
    world.send("", "login", World::credentials("1000", "k0"));
    assert_eq!(event(&world.take("k0"), "Login")["data"]["agentType"], 1);
}

#[test]
fn wrong_credentials_are_refused() {
    let mut world = World::new();
    for (field, value) in [
        ("agentNumber", json!("1010")),
        ("agentNumber", json!(null)),
        ("password", json!("wrong")),
        ("password", json!(null)),
        ("companyShortName", json!("other")),
    ] {
        let mut fields = World::credentials("1001", "k1");
        fields[field] = value;
        world.send("", "login", fields);
        let messages = world.take("k1");
        assert_eq!(names(&messages), ["login=1"]);
        assert_eq!(messages[0]["msg"], "工号或密码错误");
    }
    let mut fields = World::credentials("1001", "k1");
    fields["loginType"] = json!("seven");
    world.send("", "login", fields);
    assert_eq!(names(&world.take("k1")), ["login=1096"]);
    assert_eq!(world.agent_state("1001"), "Logout");
}

#[test]
fn an_old_token_does_not_disturb_a_login() {
    let mut world = World::new();
    world.send("stale", "login", World::credentials("1001", "k1"));
    assert_eq!(names(&world.take("k1")), ["login=0", "Login"]);
}

#[test]
fn a_login_elsewhere_kicks_the_first() {
    let mut world = World::new();
    let first = world.idle("1001", "old");
    let sequence = world.send("", "login", World::credentials("1001", "new"));
    let old = world.take("old");
    assert_eq!(names(&old), ["Kick"]);
    assert_eq!(old[0]["nowState"], "Kick");
    assert_eq!(old[0]["data"], json!({}));
    assert_eq!(old[0]["sequence"], 0);
    let new = world.take("new");
    assert_eq!(names(&new), ["login=0", "Login"]);
    assert_eq!(sequences(&new), [sequence, sequence]);
    assert_times_grow(&[old[0].clone(), new[1].clone()]);

    world.send(&first, "idle", json!({}));
    world.send(&first, "reconnect", json!({}));
    assert!(world.take("old").is_empty(), "the old token is dead");
    assert!(world.take("new").is_empty());
}

#[test]
fn a_second_tab_does_not() {
    let mut world = World::new();
    let first = world.idle("1001", "k1");
    let second = world.login("1001", "k1");
    assert_ne!(first, second);
    for token in [&first, &second] {
        world.send(token, "idle", json!({}));
        assert_eq!(names(&world.take("k1")), ["idle=0", "Idle"]);
    }
}

#[test]
fn a_call_outlives_a_login_elsewhere() {
    let mut world = World::new();
    let first = world.idle("1001", "old");
    world.send(&first, "makeCall", json!({"called": "13800138000"}));
    let talk = world.until("old", "Conversation");
    world.send("", "login", World::credentials("1001", "new"));
    let new = world.take("new");
    assert_eq!(
        names(&new),
        ["login=0", "Login", "Reconnect", "Conversation"]
    );
    assert_eq!(
        event(&new, "Conversation")["data"],
        event(&talk, "Conversation")["data"]
    );
    assert_eq!(event(&new, "Conversation")["sequence"], 0);
    assert_eq!(world.agent_state("1001"), "Conversation");
}

#[test]
fn idle_and_busy_as_often_as_one_likes() {
    let mut world = World::new();
    let token = world.login("1001", "k1");
    for (request, fields, event_name, data) in [
        ("idle", json!({}), "Idle", json!({"loginType": "1"})),
        ("idle", json!({}), "Idle", json!({"loginType": "1"})),
        (
            "busy",
            json!({"busyType": "会议"}),
            "Busy",
            json!({"currentBusyType": "会议"}),
        ),
        (
            "busy",
            json!({"busyType": "anything"}),
            "Busy",
            json!({"currentBusyType": "anything"}),
        ),
        ("busy", json!({}), "Busy", json!({"currentBusyType": ""})),
        ("idle", json!({}), "Idle", json!({"loginType": "1"})),
    ] {
        let sequence = world.send(&token, request, fields);
        let messages = world.take("k1");
        assert_eq!(
            names(&messages),
            [format!("{request}=0"), event_name.to_owned()]
        );
        assert_eq!(sequences(&messages), [sequence, sequence]);
        assert_eq!(event(&messages, event_name)["data"], data);
    }
}

#[test]
fn logging_out_ends_the_token() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.send(&token, "logout", json!({}));
    let messages = world.take("k1");
    assert_eq!(names(&messages), ["logout=0", "Logout"]);
    assert_eq!(event(&messages, "Logout")["data"], json!({}));
    world.send(&token, "idle", json!({}));
    assert!(world.take("k1").is_empty());
    assert_eq!(world.agent_state("1001"), "Logout");
}

#[test]
fn a_heart_beat_gets_a_response_and_nothing_else() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.send(&token, "heartbeat", json!({}));
    assert_eq!(names(&world.take("k1")), ["heartbeat=0"]);
}

#[test]
fn ten_silent_minutes_log_out_without_a_word() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.wait(599_999);
    assert_eq!(world.agent_state("1001"), "Idle");
    world.wait(1);
    assert_eq!(world.agent_state("1001"), "Logout");
    assert!(world.take("k1").is_empty());
    world.send(&token, "reconnect", json!({}));
    assert!(world.take("k1").is_empty());
    world.send(&token, "idle", json!({}));
    assert_eq!(names(&world.take("k1")), ["idle=1"]);
}

#[test]
fn a_lock_holds_until_it_is_taken_off() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    let agent = || "1001".to_owned();
    assert!(world.control(Control::Unlock { agent: agent() }).is_err());
    world
        .control(Control::Lock { agent: agent() })
        .expect("the agent is logged in");
    let messages = world.take("k1");
    assert_eq!(names(&messages), ["Lock"]);
    assert!(messages[0]["data"].is_null());
    for request in ["idle", "busy"] {
        world.send(&token, request, json!({}));
        assert_eq!(names(&world.take("k1")), [format!("{request}=1101")]);
    }
    world.call_in("13900139000", "1001");
    assert!(world.take("k1").is_empty(), "no calls are offered");
    world
        .control(Control::Unlock { agent: agent() })
        .expect("the agent is locked");
    assert_eq!(names(&world.take("k1")), ["Idle"]);
}

#[test]
fn a_kick_from_outside_ends_the_session() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.idle("1002", "k2");
    world.send(
        &token,
        "makeCall",
        json!({"called": "1002", "calledType": 1}),
    );
    world.until("k2", "Conversation");
    world.take("k1");
    world
        .control(Control::Kick {
            agent: "1001".to_owned(),
        })
        .expect("the agent is logged in");
    assert_eq!(names(&world.take("k1")), ["Kick"]);
    assert_eq!(names(&world.take("k2")), ["After"]);
    assert_eq!(world.agent_state("1001"), "Logout");
}

#[test]
fn a_lost_phone_logs_out() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    let lose = || Control::PhoneLost {
        agent: "1001".to_owned(),
    };
    world.send(&token, "makeCall", json!({"called": "13800138000"}));
    world.until("k1", "Conversation");
    world.control(lose()).expect("the agent is logged in");
    let messages = world.take("k1");
    assert_eq!(names(&messages), ["After", "SipError", "Logout"]);
    let after = &event(&messages, "After")["data"];
    assert_eq!(after["cause"], 1066);
    assert_eq!(after["data"], "话机注销");
    assert_eq!(after["code"], -1001);
    assert_eq!(after["hangupDirection"], 0);
    let error = event(&messages, "SipError");
    assert!(error.get("nowState").is_none());
    assert!(error["data"].is_null());
    assert_eq!(event(&messages, "Logout")["data"], json!({"code": -1001}));
    assert!(world.control(lose()).is_err(), "nobody is left");
}

#[test]
fn a_reset_is_like_a_start_but_time_goes_on() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.call_in("13900139000", "1001");
    let before = world.until("k1", "Conversation");
    world.control(Control::Reset).expect("it always works");
    assert!(world.take("k1").is_empty());
    let state = world.state();
    assert_eq!(state["calls"], json!([]));
    assert_eq!(
        state["queues"],
        json!([{"groupId": "g-sales", "waiting": 0}, {"groupId": "g-support", "waiting": 0}])
    );
    let agents = state["agents"].as_array().expect("agents are listed");
    assert_eq!(agents.len(), 10);
    assert_eq!(
        agents[1],
        json!({"agentNumber": "1001", "nowState": "Logout", "loginType": null, "callId": null, "callType": null})
    );
    world.send(&token, "idle", json!({}));
    assert!(world.take("k1").is_empty());
    world.send("", "login", World::credentials("1001", "k1"));
    let login = event(&world.take("k1"), "Login").clone();
    assert_times_grow(&[event(&before, "Conversation").clone(), login]);
}
