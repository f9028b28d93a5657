//! Clients that come back with a token.

mod world;

use sandbox::center::{Control, ExpiredAnswer};
use serde_json::json;
use world::{World, assert_times_grow, event, names, sequences};

#[test]
fn a_reconnect_tells_the_present_state() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.send(&token, "busy", json!({"busyType": "小休"}));
    world.take("k1");
    let sequence = world.send(&token, "reconnect", json!({}));
    let messages = world.take("k1");
    assert_eq!(names(&messages), ["reconnect=0", "Reconnect"]);
    let reconnect = event(&messages, "Reconnect");
    assert_eq!(reconnect["nowState"], "Busy");
    assert_eq!(reconnect["sequence"], sequence);
    assert_eq!(reconnect["data"]["token"], token.as_str());
    assert_eq!(reconnect["data"]["queueNum"], 0);
    assert_eq!(reconnect["data"]["currentBusyType"], "小休");
    assert!(reconnect["data"].get("caller").is_none());
}

#[test]
fn a_reconnect_into_a_call_tells_the_last_event_again() {
    for reached in [
        "AgentRinging",
        "AgentAnswer",
        "CalledRinging",
        "Conversation",
    ] {
        let mut world = World::new();
        let token = world.idle("1001", "k1");
        world.send(&token, "makeCall", json!({"called": "13800138000"}));
        let before = world.until("k1", reached);
        let last = before.last().expect("something came").clone();
        let sequence = world.send(&token, "reconnect", json!({}));
        let messages = world.take("k1");
        let name = last["event"].as_str().expect("the last is an event");
        assert_eq!(names(&messages), ["reconnect=0", "Reconnect", name]);
        assert_eq!(sequences(&messages), [sequence, sequence, 0]);
        let reconnect = event(&messages, "Reconnect");
        assert_eq!(reconnect["nowState"], last["nowState"]);
        assert_eq!(reconnect["data"]["token"], token.as_str());
        assert_eq!(reconnect["data"]["caller"], "1001");
        assert_eq!(reconnect["data"]["occCallId"], last["data"]["occCallId"]);
        assert_eq!(messages[2]["data"], last["data"]);
        assert_times_grow(&[last, messages[1].clone(), messages[2].clone()]);

        // The call goes on, and ends, as if nothing had been.
        world.send(&token, "cancelCall", json!({}));
        assert_eq!(
            names(&world.take("k1")),
            ["cancelCall=0", "CancelCall", "After"]
        );
    }
}

#[test]
fn the_command_still_gets_its_outcome_after_a_reconnect() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    let sequence = world.send(&token, "makeCall", json!({"called": "13800138000"}));
    world.until("k1", "CalledRinging");
    world.send(&token, "reconnect", json!({}));
    world.take("k1");
    let messages = world.until("k1", "Conversation");
    assert_eq!(names(&messages), ["CalledAnswer", "Conversation"]);
    assert_eq!(sequences(&messages), [sequence, sequence]);
}

#[test]
fn an_unknown_token_is_met_with_silence() {
    let mut world = World::new();
    world.idle("1001", "k1");
    for request in ["reconnect", "idle", "heartbeat"] {
        world.send("unknown", request, json!({}));
        world.send("", request, json!({}));
    }
    assert!(world.take("k1").is_empty());
}

#[test]
fn a_token_expires_after_a_day() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    for _ in 0..(24 * 60 - 1) {
        world.wait(60_000);
        world.send(&token, "heartbeat", json!({}));
    }
    world.take("k1");
    world.send(&token, "reconnect", json!({}));
    assert_eq!(names(&world.take("k1")), ["reconnect=0", "Reconnect"]);
    world.wait(60_000);
    world.send(&token, "reconnect", json!({}));
    assert!(world.take("k1").is_empty());
    world.send(&token, "idle", json!({}));
    let messages = world.take("k1");
    assert_eq!(names(&messages), ["idle=1"]);
    assert_eq!(messages[0]["msg"], "token已失效");
}

#[test]
fn expired_tokens_are_answered_as_the_fault_says() {
    for (answer, expected) in [
        (ExpiredAnswer::Silent, Vec::new()),
        (ExpiredAnswer::Negative, vec!["reconnect=1"]),
    ] {
        let mut world = World::new();
        let token = world.idle("1001", "k1");
        world
            .control(Control::ExpireTokens(answer))
            .expect("it always works");
        world.send(&token, "reconnect", json!({}));
        assert_eq!(names(&world.take("k1")), expected);
        world.send(&token, "heartbeat", json!({}));
        assert_eq!(names(&world.take("k1")), ["heartbeat=1"]);
        assert_eq!(world.agent_state("1001"), "Idle");
        let token = world.login("1001", "k1");
        world.send(&token, "reconnect", json!({}));
        assert_eq!(names(&world.take("k1")), ["reconnect=0", "Reconnect"]);
    }
}

#[test]
fn a_lost_link_changes_nothing() {
    let mut world = World::new();
    let token = world.idle("1001", "k1");
    world.send(
        &token,
        "makeCall",
        json!({"called": "00010120", "callId": "c"}),
    );
    world.until("k1", "Conversation");
    world.wait(90_000);
    assert_eq!(world.agent_state("1001"), "Conversation");
    world.send(&token, "reconnect", json!({}));
    let messages = world.take("k1");
    assert_eq!(
        names(&messages),
        ["reconnect=0", "Reconnect", "Conversation"]
    );
    let after = world.until("k1", "After");
    assert_eq!(event(&after, "After")["data"]["hangupDirection"], 1);
}
