//! Outside people who call an agent.

mod world;

use sandbox::center::{Control, Denied, PhoneHabit};
use serde_json::json;
use world::{World, assert_times_grow, event, names, sequences};

#[test]
fn an_idle_agent_is_rung_and_answers() {
    let mut world = World::new();
    world.idle("1004", "k4");
    let began = world.now;
    let id = world.call_in("13900139000", "1004");
    let messages = world.until("k4", "Conversation");
    assert_eq!(
        names(&messages),
        ["AgentRinging", "AgentAnswer", "Conversation"]
    );
    assert_eq!(sequences(&messages), [0, 0, 0]);
    assert_times_grow(&messages);
    assert_eq!(world.now, began + 500);
    let ringing = &event(&messages, "AgentRinging")["data"];
    assert_eq!(ringing["callDirection"], 1);
    assert_eq!(ringing["caller"], "13900139000");
    assert_eq!(ringing["called"], "1004");
    assert_eq!(ringing["occCallId"], id.as_str());
    assert!(ringing.get("callType").is_none());
    assert_eq!(
        event(&messages, "Conversation")["data"]["callType"],
        "normal"
    );

    let parties = world.state()["calls"][0]["parties"].clone();
    assert_eq!(parties[0]["who"], "13900139000");
    assert_eq!(parties[0]["hears"], json!(["1004"]));
    assert_eq!(parties[1]["heard"], json!(["13900139000"]));
}

#[test]
fn the_person_hangs_up_before_and_after_the_answer() {
    for (reached, cause) in [("AgentRinging", 1487), ("Conversation", 0)] {
        let mut world = World::new();
        world.idle("1004", "k4");
        let call_id = world.call_in("13900139000", "1004");
        world.until("k4", reached);
        world
            .control(Control::HangUp { call_id })
            .expect("the call lives");
        let messages = world.take("k4");
        assert_eq!(names(&messages), ["After"]);
        let after = &event(&messages, "After")["data"];
        assert_eq!(after["cause"], cause);
        assert_eq!(after["hangupDirection"], 1);
        // The main group of this agent is sales.
        assert_eq!(after["agentAutoIdle"], 1);
    }
}

#[test]
fn wrap_up_without_auto_idle() {
    let mut world = World::new();
    let token = world.idle("1006", "k6");
    world.call_in("13900139000", "1006");
    world.until("k6", "Conversation");
    world.send(&token, "cancelCall", json!({}));
    let messages = world.take("k6");
    let after = &event(&messages, "After")["data"];
    assert_eq!(after["agentAutoIdle"], 0);
    assert_eq!(after["agentAutoIdleTime"], 0);
    world.wait(60_000);
    assert_eq!(world.agent_state("1006"), "After");
}

#[test]
fn a_phone_that_is_not_answered_stops_after_thirty_seconds() {
    let mut world = World::new();
    world.center.set_phone("1001", PhoneHabit::Ignores);
    world.idle("1001", "k1");
    let began = world.now;
    world.call_in("13900139000", "1001");
    let messages = world.until("k1", "After");
    assert_eq!(world.now, began + 30_000);
    assert_eq!(names(&messages), ["AgentRinging", "After"]);
    let after = &event(&messages, "After")["data"];
    assert_eq!(after["cause"], 1019);
    assert_eq!(after["data"], "久叫不应");
    assert_eq!(after["hangupDirection"], 0);
    assert_eq!(after["answerTime"], 0);
    assert_eq!(world.state()["calls"], json!([]));
}

#[test]
fn who_is_not_ready_hears_of_no_call() {
    let mut world = World::new();
    world.login("1001", "k1");
    let browser_phone = world.login_as("1002", "k2", 3);
    world.send(&browser_phone, "idle", json!({}));
    world.take("k2");
    for agent in ["1001", "1002", "1003"] {
        let id = world.call_in("13900139000", agent);
        let state = world.state();
        assert_eq!(state["calls"][0]["callId"], id.as_str());
        assert_eq!(state["calls"][0]["state"], "failed");
        world
            .control(Control::HangUp { call_id: id })
            .expect("the person still hears the tone");
    }
    assert!(world.take("k1").is_empty());
    assert!(world.take("k2").is_empty());
}

#[test]
fn a_person_does_not_listen_to_the_busy_tone_for_ever() {
    let mut world = World::new();
    world.call_in("13900139000", "1001");
    world.wait(30_000);
    assert_eq!(world.state()["calls"], json!([]));
}

#[test]
fn a_client_that_is_silent_for_a_minute_is_offered_no_call() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.wait(59_999);
    world.send(&token, "heartbeat", json!({}));
    world.take("k1");
    world.wait(59_999);
    world.call_in("13900139000", "1001");
    assert_eq!(names(&world.take("k1")), ["AgentRinging"]);

    let mut world = World::new();
    world.idle("1001", "k1");
    world.wait(60_000);
    world.call_in("13900139000", "1001");
    assert!(world.take("k1").is_empty());
    assert_eq!(world.agent_state("1001"), "Idle");
}

#[test]
fn unknown_agents_and_calls_are_named() {
    let mut world = World::new();
    let denied = world.control(Control::CallIn {
        from: "1".to_owned(),
        agent: "2000".to_owned(),
    });
    assert!(matches!(denied, Err(Denied::NotFound(sentence)) if sentence.contains("2000")));
    let denied = world.control(Control::HangUp {
        call_id: "none".to_owned(),
    });
    assert!(matches!(denied, Err(Denied::NotFound(_))));
}
