//! Calls that an agent makes and that come about.

mod world;

use serde_json::json;
use world::{World, assert_times_grow, event, keys, names, sequences};

const CALL_KEYS: [&str; 12] = [
    "callDirection",
    "caller",
    "called",
    "occCallId",
    "inQueueTime",
    "userData",
    "isPredictive",
    "origCaller",
    "origCalled",
    "inputParam",
    "outputParam",
    "ivrKeyRecord",
];

#[test]
fn an_outside_number_answers_after_a_second() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    let began = world.now;
    let sequence = world.send(
        &token,
        "makeCall",
        json!({"called": "13800138000", "calledType": 2, "callId": "call-1", "userdata": "u-42"}),
    );
    let messages = world.until("k1", "Conversation");
    assert_eq!(
        names(&messages),
        [
            "makeCall=0",
            "MakeCall",
            "AgentOriginate",
            "AgentRinging",
            "AgentAnswer",
            "CalledRinging",
            "CalledAnswer",
            "Conversation"
        ]
    );
    assert_eq!(world.now, began + 1500);
    assert!(sequences(&messages).iter().all(|given| *given == sequence));
    assert_times_grow(&messages);
    for message in messages.iter().skip(1) {
        assert_eq!(message["nowState"], message["event"]);
        assert_eq!(message["userdata"], "u-42");
    }
    assert!(event(&messages, "MakeCall")["data"].is_null());
    let ringing = &event(&messages, "AgentRinging")["data"];
    assert_eq!(keys(ringing), CALL_KEYS);
    assert_eq!(ringing["callDirection"], 2);
    assert_eq!(ringing["caller"], "1001");
    assert_eq!(ringing["called"], "13800138000");
    assert_eq!(ringing["occCallId"], "call-1");
    assert_eq!(ringing["userData"], "u-42");
    for name in ["CalledRinging", "CalledAnswer", "Conversation"] {
        assert_eq!(event(&messages, name)["data"]["callType"], "normal");
    }

    let state = world.state();
    assert_eq!(
        state["calls"],
        json!([{
            "callId": "call-1",
            "from": "1001",
            "to": "13800138000",
            "state": "talking",
            "parties": [
                {"who": "1001", "hears": ["13800138000"], "heard": ["13800138000"], "onHold": false},
                {"who": "13800138000", "hears": ["1001"], "heard": ["1001"], "onHold": false},
            ],
        }])
    );
}

#[test]
fn hanging_up_in_a_talk_ends_it_normally() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.send(
        &token,
        "makeCall",
        json!({"called": "13800138000", "caller": "02100"}),
    );
    world.until("k1", "Conversation");
    world.wait(5000);
    let sequence = world.send(&token, "cancelCall", json!({}));
    let messages = world.take("k1");
    assert_eq!(names(&messages), ["cancelCall=0", "CancelCall", "After"]);
    assert_eq!(sequences(&messages), [sequence, sequence, 0]);
    let after = &event(&messages, "After")["data"];
    assert_eq!(
        keys(after),
        [
            "callDirection",
            "caller",
            "called",
            "occCallId",
            "inQueueTime",
            "callType",
            "recordPath",
            "cause",
            "data",
            "hangupDirection",
            "beginTime",
            "ringTime",
            "answerTime",
            "endTime",
            "agentAutoIdle",
            "agentAutoIdleTime"
        ]
    );
    assert_eq!(after["caller"], "02100");
    assert_eq!(after["cause"], 0);
    assert_eq!(after["data"], "正常结束");
    assert_eq!(after["hangupDirection"], 0);
    assert_eq!(after["agentAutoIdle"], 1);
    assert_eq!(after["agentAutoIdleTime"], 10);
    let time = |key: &str| after[key].as_u64().expect("times are numbers");
    assert_eq!(time("ringTime"), time("beginTime") + 500);
    assert_eq!(time("answerTime"), time("beginTime") + 1500);
    assert_eq!(time("endTime"), world.now);
    assert_eq!(world.state()["calls"], json!([]));

    world.send(&token, "idle", json!({}));
    assert_eq!(names(&world.take("k1")), ["idle=0", "Idle"]);
}

#[test]
fn an_agent_calls_another() {
    let mut world = World::new();
    let caller = world.idle("1001", "k1");
    world.idle("1002", "k2");
    let sequence = world.send(
        &caller,
        "makeCall",
        json!({"called": "1002", "calledType": "1"}),
    );
    let first = world.until("k1", "Conversation");
    assert_eq!(
        names(&first),
        [
            "makeCall=0",
            "MakeCall",
            "AgentOriginate",
            "AgentRinging",
            "AgentAnswer",
            "CalledRinging",
            "CalledAnswer",
            "Conversation"
        ]
    );
    assert!(sequences(&first).iter().all(|given| *given == sequence));
    let second = world.take("k2");
    assert_eq!(
        names(&second),
        ["AgentRinging", "AgentAnswer", "Conversation"]
    );
    assert_eq!(sequences(&second), [0, 0, 0]);
    let ringing = &event(&second, "AgentRinging")["data"];
    assert_eq!(keys(ringing), CALL_KEYS);
    assert_eq!(ringing["callDirection"], 1);
    assert_eq!(ringing["caller"], "1001");
    assert_eq!(ringing["called"], "1002");
    assert_eq!(
        ringing["occCallId"],
        event(&first, "Conversation")["data"]["occCallId"]
    );
    assert_eq!(event(&second, "Conversation")["data"]["callType"], "normal");

    world.send(&caller, "cancelCall", json!({}));
    let first = world.take("k1");
    let second = world.take("k2");
    assert_eq!(names(&second), ["After"]);
    assert_eq!(event(&first, "After")["data"]["hangupDirection"], 0);
    assert_eq!(event(&second, "After")["data"]["hangupDirection"], 1);
    assert_eq!(event(&second, "After")["data"]["cause"], 0);
}

#[test]
fn a_number_may_hang_up_by_itself() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.send(&token, "makeCall", json!({"called": "00010003"}));
    world.until("k1", "Conversation");
    let answered = world.now;
    let messages = world.until("k1", "After");
    assert_eq!(world.now, answered + 3000);
    assert_eq!(names(&messages), ["After"]);
    assert_eq!(sequences(&messages), [0]);
    let after = &event(&messages, "After")["data"];
    assert_eq!(after["cause"], 0);
    assert_eq!(after["hangupDirection"], 1);
}

#[test]
fn a_number_may_ring_long_before_it_answers() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.send(&token, "makeCall", json!({"called": "00020007"}));
    world.until("k1", "CalledRinging");
    let rang = world.now;
    world.until("k1", "Conversation");
    assert_eq!(world.now, rang + 7000);
}

#[test]
fn the_person_called_hangs_up() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.send(
        &token,
        "makeCall",
        json!({"called": "13800138000", "callId": "c"}),
    );
    world.until("k1", "Conversation");
    world
        .control(sandbox::center::Control::HangUp {
            call_id: "c".to_owned(),
        })
        .expect("the call lives");
    let messages = world.take("k1");
    assert_eq!(names(&messages), ["After"]);
    let after = &event(&messages, "After")["data"];
    assert_eq!(after["cause"], 0);
    assert_eq!(after["hangupDirection"], 1);
}
