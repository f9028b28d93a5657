//! What agents may look up: groups, colleagues who are ready, how many wait.

mod world;

use serde_json::{Value, json};
use world::moment::Moment;
use world::scene::{A, B, C, Scene, data};

/// The idle agents of a group as an agent sees them, by number.
#[track_caller]
fn idle_agents(scene: &mut Scene, number: &str, group: &str) -> Value {
    let fields = json!({"groupId": group});
    let told = scene.act(number, "idleAgent", fields, &["IdleAgent*"]);
    let mut data = data(&told, "IdleAgent").clone();
    let list = data["agentList"].as_array_mut().expect("it is a list");
    list.sort_by_key(|agent| agent["agentNumber"].to_string());
    data
}

#[test]
fn everybody_sees_all_groups() {
    for number in [A, "1006"] {
        let mut scene = Scene::idle(&[number]);
        let told = scene.act(number, "groupInfo", json!({}), &["GroupInfo*"]);
        assert_eq!(
            data(&told, "GroupInfo"),
            &json!({"groupList": [
                {"id": "g-sales", "name": "销售组", "type": 0},
                {"id": "g-support", "name": "客服组", "type": 0},
            ]})
        );
    }
}

#[test]
fn colleagues_who_are_idle_are_listed() {
    let mut scene = Scene::idle(&[A, B, "1004", "1006"]);
    scene.login("1003");
    let (b, both, support) = (
        json!({"agentId": "id-1002", "agentNumber": "1002", "agentName": "陈浩"}),
        json!({"agentId": "id-1004", "agentNumber": "1004", "agentName": "李强"}),
        json!({"agentId": "id-1006", "agentNumber": "1006", "agentName": "刘洋"}),
    );
    assert_eq!(
        idle_agents(&mut scene, A, "g-sales"),
        json!({"agentList": [b, both]})
    );
    assert_eq!(
        idle_agents(&mut scene, A, "g-support"),
        json!({"agentList": [both, support]})
    );
    scene.act(B, "busy", json!({}), &["Busy*"]);
    assert_eq!(
        idle_agents(&mut scene, A, "g-sales"),
        json!({"agentList": [both]})
    );
}

#[test]
fn nobody_is_an_empty_list() {
    let mut scene = Scene::idle(&[A]);
    assert_eq!(
        idle_agents(&mut scene, A, "g-sales"),
        json!({"agentList": []})
    );
}

#[test]
fn those_who_wait_in_the_own_groups_are_counted() {
    let mut scene = Scene::empty();
    for number in [A, "1004", "1006"] {
        scene.login(number);
    }
    for group in ["g-sales", "g-sales", "g-support"] {
        scene.call_group(C, group);
    }
    scene.clear();
    for (number, waiting) in [(A, 2), ("1004", 3), ("1006", 1)] {
        let told = scene.act(number, "groupQueueNum", json!({}), &["GroupQueueNum*"]);
        let expected = json!({"groupQueueNum": waiting});
        assert_eq!(data(&told, "GroupQueueNum"), &expected, "{number}");
    }
}

#[test]
fn looking_up_changes_nothing_in_a_call() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        let who = moment.who();
        let before = scene.world.state();
        scene.act(who, "groupInfo", json!({}), &["GroupInfo*"]);
        scene.act(who, "groupQueueNum", json!({}), &["GroupQueueNum*"]);
        idle_agents(&mut scene, who, "g-sales");
        assert_eq!(scene.world.state(), before, "{moment:?}");
        scene.world.assert_whole();
    }
}
