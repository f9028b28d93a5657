//! How many callers wait: told group by group, and as one number.

mod world;

use agent::Input;
use agent::session::Saved;
use serde_json::{Value, json};
use world::World;
use world::scene::call_data;

/// More groups than this are not remembered.
const MOST: usize = 1000;

fn logged_in() -> World {
    let mut world = World::new();
    world.login();
    world
}

/// The platform tells of a queue; the members stand beside `data`, and `data` lists who waits.
fn beside(world: &mut World, group: Value, waiting: Value) {
    let body = world.body("QueueInfo", None, 0, json!([{"caller": "13800138000"}]));
    let mut body: Value = serde_json::from_str(&body).expect("JSON");
    body["groupID"] = group;
    body["groupWaitNumber"] = waiting;
    body["isInQueue"] = json!(1);
    body["handleAgentID"] = json!("");
    world.platform_event(&body.to_string());
}

/// The same with the members inside `data`.
fn inside(world: &mut World, group: Value, waiting: Value) {
    let data = json!({"groupID": group, "groupWaitNumber": waiting, "isInQueue": 1});
    world.tell("QueueInfo", None, 0, data);
}

fn groups(world: &World) -> Value {
    world.snapshot("queue")["groups"].clone()
}

fn waiting(world: &World) -> Value {
    world.snapshot("queue")["waiting"].clone()
}

#[test]
fn nothing_is_known_before_anything_is_told() {
    let world = logged_in();
    let queue = json!({"waiting": null, "groups": []});
    assert_eq!(world.snapshot("queue"), queue);
}

#[test]
fn a_queue_is_told_beside_the_data_or_inside_it() {
    for tell in [beside, inside] {
        let mut world = logged_in();
        tell(&mut world, json!("g1"), json!(3));
        tell(&mut world, json!("g2"), json!("1"));
        let both = json!([{"groupId": "g1", "waiting": 3}, {"groupId": "g2", "waiting": 1}]);
        assert_eq!(groups(&world), both);
        tell(&mut world, json!("g1"), json!(0));
        let both = json!([{"groupId": "g1", "waiting": 0}, {"groupId": "g2", "waiting": 1}]);
        assert_eq!(groups(&world), both);
        assert_eq!(waiting(&world), json!(null), "that is another number");
    }
}

#[test]
fn one_platform_may_tell_both_ways() {
    let mut world = logged_in();
    beside(&mut world, json!("g1"), json!(3));
    inside(&mut world, json!("g1"), json!(2));
    assert_eq!(groups(&world), json!([{"groupId": "g1", "waiting": 2}]));
    beside(&mut world, json!("g1"), json!(1));
    assert_eq!(groups(&world), json!([{"groupId": "g1", "waiting": 1}]));
    // What is absent outside is looked for inside, member by member.
    let body = world.body("QueueInfo", None, 0, json!({"groupWaitNumber": 7}));
    let mut body: Value = serde_json::from_str(&body).expect("JSON");
    body["groupID"] = json!("g1");
    world.platform_event(&body.to_string());
    assert_eq!(groups(&world), json!([{"groupId": "g1", "waiting": 7}]));
}

#[test]
fn what_names_no_group_or_no_number_is_passed_over() {
    for tell in [beside, inside] {
        let mut world = logged_in();
        for (group, number) in [
            (json!(null), json!(3)),
            (json!({"id": "g1"}), json!(3)),
            (json!("g1"), json!(null)),
            (json!("g1"), json!("many")),
            (json!("g1"), json!([3])),
        ] {
            tell(&mut world, group, number);
        }
        assert_eq!(groups(&world), json!([]));
        assert!(world.exceptions().is_empty());
    }
}

#[test]
fn a_queue_changes_neither_state_nor_call() {
    let mut world = logged_in();
    world.event("Conversation", call_data("normal"));
    let before = world.session.call().cloned();
    world.clear();
    beside(&mut world, json!("g1"), json!(3));
    inside(&mut world, json!("g1"), json!(4));
    let told = ["Message", "QueueInfo", "Message", "QueueInfo"];
    assert_eq!(world.names(), told);
    assert_eq!(world.session.state().as_str(), "Conversation");
    assert_eq!(world.session.call(), before.as_ref());
}

#[test]
fn the_number_of_all_who_wait_is_the_newest() {
    let mut world = logged_in();
    for (told, known) in [
        (json!(3), json!(3)),
        (json!("2"), json!(2)),
        (json!(null), json!(2)),
        (json!("many"), json!(2)),
        (json!(0), json!(0)),
        (json!(-1), json!(0)),
    ] {
        let data = json!({"groupQueueNum": told});
        world.tell("GroupQueueNum", None, 0, data);
        assert_eq!(waiting(&world), known, "{told}");
    }
    world.tell("GroupQueueNum", None, 0, json!(null));
    assert_eq!(waiting(&world), json!(0));
    assert_eq!(groups(&world), json!([]));
}

#[test]
fn a_thousand_groups_are_remembered_and_no_more() {
    let mut world = logged_in();
    for n in 0..MOST + 50 {
        inside(&mut world, json!(format!("g{n}")), json!(1));
    }
    let known = groups(&world);
    let known = known.as_array().expect("a list");
    assert_eq!(known.len(), MOST);
    assert_eq!(known[MOST - 1]["groupId"], json!(format!("g{}", MOST - 1)));
    // Those that are known are followed.
    inside(&mut world, json!("g999"), json!(8));
    inside(&mut world, json!("g1000"), json!(8));
    let groups = groups(&world);
    assert_eq!(groups[999], json!({"groupId": "g999", "waiting": 8}));
    assert_eq!(groups[1000], json!(null));
}

#[test]
fn another_agent_does_not_see_the_queues_of_the_one_before() {
    let mut world = logged_in();
    beside(&mut world, json!("g1"), json!(3));
    world.tell("GroupQueueNum", None, 0, json!({"groupQueueNum": 3}));
    let mut credentials = world.session.config().credentials.clone();
    credentials.agent_number = "1002".into();
    let saved = Saved {
        routing_key: "other-key".into(),
        ..Saved::default()
    };
    world
        .handle(Input::Login(Some((credentials, saved))))
        .expect("another agent may log in");
    assert!(world.session.is_login());
    let queue = json!({"waiting": null, "groups": []});
    assert_eq!(world.snapshot("queue"), queue);
}
