//! Calls that do not come about, and commands that are refused.

mod world;

use sandbox::center::PhoneHabit;
use serde_json::{Value, json};
use world::{World, event, names, sequences};

/// What an agent who is idle gets when this is dialled, up to `After`.
fn dial(world: &mut World, called: &str, called_type: i64) -> Vec<Value> {
    let token = world.idle("1001", "k1");
    world.send(
        &token,
        "makeCall",
        json!({"called": called, "calledType": called_type}),
    );
    world.until("k1", "After")
}

fn assert_callee_fails(messages: &[Value], cause: i64, text: &str) {
    assert_eq!(
        names(messages),
        [
            "makeCall=0",
            "MakeCall",
            "AgentOriginate",
            "AgentRinging",
            "AgentAnswer",
            "After"
        ]
    );
    let after = event(messages, "After");
    assert_eq!(after["sequence"], 0);
    assert_eq!(after["data"]["cause"], cause);
    assert_eq!(after["data"]["data"], text);
    assert_eq!(after["data"]["hangupDirection"], 1);
    assert_eq!(after["data"]["answerTime"], 0);
    assert_eq!(after["data"]["ringTime"], 0);
}

#[test]
fn numbers_fail_with_the_cause_in_them() {
    for (called, cause, text) in [
        ("00001017", 1017, "用户忙"),
        ("00002114", 2114, "空号"),
        ("00000000", 0, "正常结束"),
        ("00009999", 9999, "未找到该错误原因"),
    ] {
        assert_callee_fails(&dial(&mut World::new(), called, 2), cause, text);
    }
}

#[test]
fn an_agent_who_is_not_idle_cannot_be_called() {
    let mut world = World::new();
    world.login("1002", "k2");
    assert_callee_fails(&dial(&mut world, "1002", 1), 1017, "用户忙");
    assert!(world.take("k2").is_empty());
}

#[test]
fn an_agent_who_is_logged_out_or_unknown_cannot_be_called() {
    assert_callee_fails(&dial(&mut World::new(), "1002", 1), 1066, "话机未注册");
    assert_callee_fails(&dial(&mut World::new(), "7777", 1), 1003, "找不到被叫");
}

#[test]
fn calling_oneself_finds_a_busy_line() {
    assert_callee_fails(&dial(&mut World::new(), "1001", 1), 1017, "用户忙");
}

#[test]
fn a_person_who_does_not_answer_is_rung_for_a_minute() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.send(&token, "makeCall", json!({"called": "00020090"}));
    world.until("k1", "CalledRinging");
    let rang = world.now;
    let messages = world.until("k1", "After");
    assert_eq!(world.now, rang + 60_000);
    let after = &event(&messages, "After")["data"];
    assert_eq!(after["cause"], 1019);
    assert_eq!(after["hangupDirection"], 1);
    assert_eq!(after["answerTime"], 0);
}

#[test]
fn a_phone_that_is_not_registered_fails_at_once() {
    let mut world = World::new();
    let token = world.login_as("1001", "k1", 3);
    world.send(&token, "idle", json!({}));
    world.take("k1");
    let sequence = world.send(&token, "makeCall", json!({"called": "13800138000"}));
    let messages = world.take("k1");
    assert_eq!(
        names(&messages),
        ["makeCall=0", "MakeCall", "MakeCallFail", "Idle"]
    );
    assert_eq!(sequences(&messages), [sequence, sequence, sequence, 0]);
    assert_eq!(
        event(&messages, "MakeCallFail")["data"],
        json!({"cause": "话机未注册", "causeCode": 1066})
    );
    assert_eq!(event(&messages, "Idle")["data"], json!({"loginType": "3"}));
    assert_eq!(world.state()["calls"], json!([]));
}

#[test]
fn after_a_failure_a_busy_agent_is_busy_as_before() {
    let mut world = World::new();
    let token = world.login_as("1001", "k1", 3);
    world.send(&token, "busy", json!({"busyType": "会议"}));
    world.take("k1");
    world.send(&token, "makeCall", json!({"called": "13800138000"}));
    let messages = world.take("k1");
    assert_eq!(
        event(&messages, "Busy")["data"],
        json!({"currentBusyType": "会议"})
    );
}

#[test]
fn the_own_phone_rejects_or_is_not_answered() {
    for (habit, cause, text, after) in [
        (PhoneHabit::Rejects, 1021, "拒绝应答", 500),
        (PhoneHabit::Ignores, 1019, "久叫不应", 30_000),
    ] {
        let mut world = World::new();
        assert!(world.center.set_phone("1001", habit));
        let token = world.idle("1001", "k1");
        let began = world.now;
        let sequence = world.send(&token, "makeCall", json!({"called": "13800138000"}));
        let messages = world.until("k1", "Idle");
        assert_eq!(
            names(&messages),
            [
                "makeCall=0",
                "MakeCall",
                "AgentOriginate",
                "AgentRinging",
                "MakeCallFail",
                "Idle"
            ]
        );
        assert_eq!(world.now, began + after);
        let fail = event(&messages, "MakeCallFail");
        assert_eq!(fail["sequence"], sequence);
        assert_eq!(fail["data"], json!({"cause": text, "causeCode": cause}));
    }
}

#[test]
fn the_called_agents_phone_rejects_or_is_not_answered() {
    for (habit, cause) in [(PhoneHabit::Rejects, 1021), (PhoneHabit::Ignores, 1019)] {
        let mut world = World::new();
        world.center.set_phone("1002", habit);
        world.idle("1002", "k2");
        let first = dial(&mut world, "1002", 1);
        let second = world.take("k2");
        assert_eq!(names(&second), ["AgentRinging", "After"]);
        assert_eq!(event(&first, "After")["data"]["cause"], cause);
        assert_eq!(event(&first, "After")["data"]["hangupDirection"], 1);
        assert_eq!(event(&second, "After")["data"]["cause"], cause);
        assert_eq!(event(&second, "After")["data"]["hangupDirection"], 0);
        assert_eq!(event(&second, "After")["data"]["answerTime"], 0);
    }
}

#[test]
fn hanging_up_before_the_answer_calls_the_call_off() {
    for reached in ["AgentRinging", "AgentAnswer", "CalledRinging"] {
        let mut world = World::new();
        let token = world.idle("1001", "k1");
        world.send(&token, "makeCall", json!({"called": "13800138000"}));
        world.until("k1", reached);
        let sequence = world.send(&token, "cancelCall", json!({}));
        let messages = world.take("k1");
        assert_eq!(names(&messages), ["cancelCall=0", "CancelCall", "After"]);
        assert_eq!(sequences(&messages), [sequence, sequence, 0]);
        assert_eq!(event(&messages, "After")["data"]["cause"], 1487);
        assert_eq!(event(&messages, "After")["data"]["data"], "呼叫取消");
        world.wait(120_000);
        assert!(world.take("k1").is_empty(), "nothing of the call is left");
    }
}

#[test]
fn commands_are_refused_by_number_and_text() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    for (request, fields, status, text) in [
        ("cancelCall", json!({}), 1101, "消息与呼叫状态不兼容"),
        ("anything", json!({}), 1097, "无法识别的消息类型"),
        ("makeCall", json!({}), 1096, "消息不完整"),
        (
            "makeCall",
            json!({"called": "1", "calledType": 9}),
            1096,
            "消息不完整",
        ),
        ("makeCall", json!({"called": {}}), 1096, "消息不完整"),
    ] {
        let sequence = world.send(&token, request, fields);
        assert_eq!(
            world.take("k1"),
            [json!({
                "type": "response",
                "response": request,
                "sequence": sequence,
                "status": status,
                "msg": text,
            })]
        );
    }
    assert_eq!(world.agent_state("1001"), "Idle");
}

#[test]
fn in_a_call_an_agent_cannot_call_be_idle_be_busy_or_log_out() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.send(&token, "makeCall", json!({"called": "13800138000"}));
    world.until("k1", "Conversation");
    for (request, fields) in [
        ("makeCall", json!({"called": "10086"})),
        ("idle", json!({})),
        ("busy", json!({})),
        ("logout", json!({})),
    ] {
        world.send(&token, request, fields);
        assert_eq!(names(&world.take("k1")), [format!("{request}=1101")]);
    }
    assert_eq!(world.agent_state("1001"), "Conversation");
}

#[test]
fn nonsense_does_no_harm() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    for body in ["", "{", "[]", "null", "7", "\"login\"", "{\"sequence\":{}}"] {
        world.send_raw(&token, body);
        assert_eq!(names(&world.take("k1")), ["=1096"], "{body}");
        world.send_raw("", body);
        world.send_raw("unknown", body);
        assert!(world.take("k1").is_empty());
    }
}
