//! How many callers wait: told group by group, and as one number.

mod world;

use agent::session::Saved;
use agent::{Config, Input};
use serde_json::{Value, json};
use world::scene::call_data;
use world::{World, config};

/// More groups than this are not remembered.
const MOST: usize = 1000;

fn logged_in() -> World {
    let mut world = World::new();
    world.login();
    world
}

/// The platform tells of a queue; the members stand beside `data`, and `data` lists who waits.
fn beside(world: &mut World, group: Value, waiting: Value) {
    listing(world, group, waiting, json!([{"caller": "13800138000"}]));
}

/// The same with this list.
fn listing(world: &mut World, group: Value, waiting: Value, callers: Value) {
    let body = world.body("QueueInfo", None, 0, callers);
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

/// Id and number of each group.
fn groups(world: &World) -> Value {
    let groups = world.snapshot("queue")["groups"].clone();
    let groups = groups.as_array().expect("a list").iter();
    groups
        .map(|group| json!({"groupId": group["groupId"], "waiting": group["waiting"]}))
        .collect()
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

#[test]
fn a_group_has_its_name_its_limit_and_who_waits_longest() {
    let config = Config {
        queue_limits: vec![("g1".into(), 5)],
        ..config()
    };
    let mut world = World::with(config, None, 1);
    world.peer.login["groupInfoList"] = json!([{"id": "g1", "name": "售后", "isMaster": true}]);
    world.login();
    let callers = json!([
        {"groupID": "g1", "inQueueTime": 1_795_308_000_500_u64},
        {"groupID": "g1", "inQueueTime": "1795308000100"},
        {"groupID": "g2", "inQueueTime": 1},
        {"groupID": "g1", "inQueueTime": 0},
        {"inQueueTime": 1_795_308_000_300_u64},
    ]);
    listing(&mut world, json!("g1"), json!(4), callers.clone());
    let queue = |world: &World| world.snapshot("queue")["groups"][0].clone();
    let expected = json!({
        "groupId": "g1", "name": "售后", "waiting": 4, "longestAt": 1_795_308_000_100_u64, "limit": 5,
    });
    assert_eq!(queue(&world), expected);
    listing(&mut world, json!("g1"), json!(0), json!([]));
    assert_eq!(queue(&world)["longestAt"], json!(null));
    listing(&mut world, json!("g9"), json!(1), json!({"not": "a list"}));
    let other = world.snapshot("queue")["groups"][1].clone();
    let expected = json!({
        "groupId": "g9", "name": "", "waiting": 1, "longestAt": null, "limit": null,
    });
    assert_eq!(other, expected);
}

#[test]
fn the_number_of_all_who_wait_follows_the_groups_that_are_told() {
    let mut world = logged_in();
    beside(&mut world, json!("g1"), json!(3));
    world.tell("GroupQueueNum", None, 0, json!({"groupQueueNum": 5}));
    beside(&mut world, json!("g1"), json!(4));
    assert_eq!(waiting(&world), json!(6));
    beside(&mut world, json!("g1"), json!(0));
    assert_eq!(waiting(&world), json!(2));
    // Of the two one was among those before.
    beside(&mut world, json!("g2"), json!(2));
    assert_eq!(waiting(&world), json!(3));
    let data = json!({"groupID": "g3", "groupWaitNumber": 0, "isInQueue": 0});
    world.tell("QueueInfo", None, 0, data);
    assert_eq!(waiting(&world), json!(2), "one has left");
    let data = json!({"groupID": "g4", "groupWaitNumber": 1});
    world.tell("QueueInfo", None, 0, data);
    assert_eq!(waiting(&world), json!(2), "nobody says which way");
}

/// Logged in at a platform that wants to be asked again and again.
fn counted() -> World {
    let mut world = World::new();
    world.peer.login["queueNum"] = json!(1);
    world.login();
    world
}

#[test]
fn a_platform_that_wants_no_counter_is_asked_once() {
    let mut world = logged_in();
    show(&mut world, true);
    world.advance(120_000);
    assert_eq!(asked(&world), 1);
    world.lose();
    world.advance(120_000);
    assert_eq!(asked(&world), 2, "and again when the link is back");
}

fn show(world: &mut World, shown: bool) {
    world
        .handle(Input::Queue(shown))
        .expect("a counter may be shown");
}

fn asked(world: &World) -> usize {
    world.times("groupQueueNum").len()
}

#[test]
fn a_platform_is_asked_each_three_seconds_while_a_counter_is_shown() {
    let mut world = counted();
    world.advance(60_000);
    assert_eq!(asked(&world), 0, "nobody looks");
    show(&mut world, true);
    assert_eq!(asked(&world), 1);
    show(&mut world, true);
    assert_eq!(asked(&world), 1, "it is shown already");
    world.advance(3000 * 4);
    assert_eq!(asked(&world), 5);
    show(&mut world, false);
    world.advance(60_000);
    assert_eq!(asked(&world), 5);
}

#[test]
fn a_platform_that_tells_by_itself_is_asked_when_it_has_not_for_half_a_minute() {
    let mut world = counted();
    show(&mut world, true);
    world.tell("GroupQueueNum", None, 0, json!({"groupQueueNum": 0}));
    let first = world.now.mono;
    beside(&mut world, json!("g1"), json!(1));
    world.advance(20_000);
    beside(&mut world, json!("g1"), json!(2));
    world.advance(29_999);
    assert_eq!(asked(&world), 1);
    world.advance(1);
    assert_eq!(asked(&world), 2);
    assert_eq!(world.times("groupQueueNum")[1], first + 50_000);
}

#[test]
fn a_counter_is_asked_for_again_when_the_link_is_back() {
    let mut world = counted();
    show(&mut world, true);
    world.peer.listens = false;
    world.lose();
    world.advance(20_000);
    assert_eq!(asked(&world), 1, "there is nobody to ask");
    world.peer.listens = true;
    world.advance(10_000);
    assert!(world.session.is_login());
    assert!(asked(&world) >= 2, "{}", asked(&world));
    world.handle(Input::Break).expect("there is no call");
    let count = asked(&world);
    world.advance(30_000);
    assert_eq!(asked(&world), count, "nobody is logged in");
}

#[test]
fn a_platform_that_does_not_say_how_many_wait_is_left_in_peace() {
    let mut world = counted();
    world.peer.answers = false;
    show(&mut world, true);
    world.platform_response("groupQueueNum", 1097, "未知请求");
    world.peer.answers = true;
    world.advance(60_000);
    assert_eq!((asked(&world), world.count("REFUSED")), (1, 0));

    let mut world = counted();
    world.peer.answers = false;
    show(&mut world, true);
    world.advance(5000);
    world.peer.answers = true;
    world.advance(60_000);
    assert_eq!((asked(&world), world.count("COMMAND_TIMEOUT")), (1, 0));
}

#[test]
fn a_page_that_asks_itself_hears_of_a_refusal() {
    let mut world = counted();
    world.peer.answers = false;
    world
        .handle(Input::Command(agent::Command::GroupQueueNum))
        .expect("the platform judges it");
    world.platform_response("groupQueueNum", 1097, "未知请求");
    assert_eq!(world.count("REFUSED"), 1);
}
