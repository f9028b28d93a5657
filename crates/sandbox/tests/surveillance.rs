//! What a supervisor sees of the agents.

mod world;

use serde_json::{Value, json};
use world::moment::Moment;
use world::scene::{A, B, C, S, Scene, data};
use world::{keys, list};

/// What the supervisor sees.
#[track_caller]
fn seen(scene: &mut Scene, filter: Value) -> Vec<Value> {
    let told = scene.act(S, "surveillance", filter, &["Surveillance*"]);
    assert_eq!(keys(data(&told, "Surveillance")), ["agentList"]);
    list(&data(&told, "Surveillance")["agentList"]).to_vec()
}

/// The numbers of those whom the supervisor sees.
#[track_caller]
fn numbers(scene: &mut Scene, filter: Value) -> Vec<String> {
    let mut numbers: Vec<String> = seen(scene, filter)
        .iter()
        .filter_map(|agent| agent["agentNumber"].as_str())
        .map(str::to_owned)
        .collect();
    numbers.sort_unstable();
    numbers
}

#[track_caller]
fn of(agents: &[Value], number: &str) -> Value {
    let found = agents.iter().find(|agent| agent["agentNumber"] == number);
    found.expect("the agent is seen").clone()
}

#[test]
fn all_who_are_logged_in_are_seen() {
    let mut scene = Scene::talking(&[B, S, "1004"]);
    scene.login("1006");
    scene.world.wait(2000);
    let agents = seen(&mut scene, json!({}));
    assert_eq!(numbers(&mut scene, json!({})), [A, B, "1004", "1006"]);
    for agent in &agents {
        let mut keys = keys(agent);
        keys.sort_unstable();
        assert_eq!(
            keys,
            [
                "agentId",
                "agentName",
                "agentNumber",
                "callDirection",
                "companyId",
                "groupList",
                "loginDuration",
                "loginTime",
                "nowState",
                "operatingTime",
                "peerId"
            ]
        );
        assert_eq!(agent["companyId"], "demo");
    }
    for (number, name, state) in [
        (A, "林静", "Conversation"),
        (B, "陈浩", "Idle"),
        ("1004", "李强", "Idle"),
        ("1006", "刘洋", "Login"),
    ] {
        let agent = of(&agents, number);
        assert_eq!(agent["agentId"], format!("id-{number}").as_str());
        assert_eq!(agent["agentName"], name);
        assert_eq!(agent["nowState"], state);
    }
    assert_eq!(of(&agents, A)["callDirection"], 0);
    assert_eq!(of(&agents, A)["peerId"], C);
    assert_eq!(
        of(&agents, "1004")["groupList"],
        json!([{"id": "g-sales", "name": "销售组"}, {"id": "g-support", "name": "客服组"}])
    );
}

#[test]
fn nobody_is_an_empty_list() {
    let mut scene = Scene::idle(&[S]);
    let told = scene.act(S, "surveillance", json!({}), &["Surveillance*"]);
    assert_eq!(data(&told, "Surveillance"), &json!({"agentList": []}));
    assert_eq!(scene.world.agent_state(S), "Idle");
}

#[test]
fn every_talk_is_shown_as_a_conversation() {
    for moment in Moment::ALL {
        if moment.who() == S {
            continue;
        }
        let mut scene = moment.scene();
        let agents = seen(&mut scene, json!({}));
        let shown = if moment.talks() {
            "Conversation"
        } else {
            moment.state()
        };
        assert_eq!(of(&agents, moment.who())["nowState"], shown, "{moment:?}");
        assert_eq!(scene.world.agent_state(moment.who()), moment.state());
    }
    for (moment, request, event) in [
        (Moment::Held, "unHold", "UnHold"),
        (Moment::Muted, "unmute", "Unmute"),
        (Moment::Transferring, "transferCancel", "TransferCancel"),
        (Moment::Consulting, "consultCancel", "ConsultCancel"),
    ] {
        let mut scene = moment.scene();
        scene.send(A, request, json!({}));
        scene.until(A, event);
        let agents = seen(&mut scene, json!({}));
        assert_eq!(of(&agents, A)["nowState"], "Conversation", "{event}");
    }
}

#[test]
fn a_filter_narrows_what_is_seen() {
    let mut scene = Scene::talking(&[B, S, "1004", "1006"]);
    scene.send(B, "makeCall", json!({"called": "13800138000"}));
    scene.until(B, "Conversation");
    scene.clear();
    for (filter, expected) in [
        (json!({"groupId": "g-sales"}), vec![A, B, "1004"]),
        (json!({"groupId": "g-support"}), vec!["1004", "1006"]),
        (json!({"groupId": ""}), vec![A, B, "1004", "1006"]),
        (json!({"groupId": "g-sales", "agentNumber": B}), vec![B]),
        (json!({"groupId": "g-support", "agentNumber": B}), vec![]),
        (
            json!({"groupId": "g-sales", "agentName": "李强"}),
            vec!["1004"],
        ),
        (
            json!({"groupId": "g-sales", "agentState": "Idle"}),
            vec!["1004"],
        ),
        (
            json!({"groupId": "g-sales", "agentState": "Conversation"}),
            vec![A, B],
        ),
        (
            json!({
                "groupId": "g-sales", "agentNumber": "", "agentName": "", "agentState": "",
                "callDirection": "",
            }),
            vec![A, B, "1004"],
        ),
    ] {
        assert_eq!(numbers(&mut scene, filter.clone()), expected, "{filter}");
    }
    for (direction, there, not_there) in [(0, A, B), (1, B, A)] {
        let filter = json!({"groupId": "g-sales", "callDirection": direction});
        let seen = numbers(&mut scene, filter);
        assert!(seen.contains(&there.to_owned()), "{seen:?}");
        assert!(!seen.contains(&not_there.to_owned()), "{seen:?}");
    }
}
