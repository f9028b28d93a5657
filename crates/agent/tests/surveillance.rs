//! What supervisors see of the agents: asking again and again, for whom, and what is new.
//!
//! `ROSTER_SEED=n cargo test -p agent --test surveillance` replays one seed of the shuffled lists alone.

mod world;

use agent::rules::Situation;
use agent::session::Watch;
use agent::{Command, Fault, Input};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use world::{World, config, login_data};

/// ms between two questions.
const INTERVAL: u64 = 2000;

fn watch(filter: &[(&str, &str)]) -> Watch {
    let filter = filter.iter();
    Watch {
        filter: filter.map(|(n, v)| ((*n).into(), (*v).into())).collect(),
        interval: INTERVAL,
    }
}

fn start(world: &mut World) {
    let started = world.handle(Input::Watch(Some(watch(&[]))));
    assert_eq!(started, Ok(None));
}

/// A supervisor who watches; the question is still among what was sent.
fn watching() -> World {
    let mut world = World::supervisor();
    start(&mut world);
    world
}

/// When it was asked.
fn questions(world: &World) -> Vec<u64> {
    world.times("surveillance")
}

/// The body of the last question, without its number.
fn question(world: &World) -> Value {
    let sent = world.sent.iter().rfind(|s| s.request() == "surveillance");
    let mut body: Value = serde_json::from_str(sent.expect("a question").body()).expect("JSON");
    let members = body.as_object_mut().expect("an object");
    members.shift_remove("sequence");
    body
}

/// The platform answers with these agents.
fn answer(world: &mut World, agents: &[Value]) {
    world.tell("Surveillance", None, 0, json!({"agentList": agents}));
}

/// An agent of this number; the two durations are those of the answer.
fn watched(number: u32, state: &str, durations: u64) -> Value {
    json!({
        "companyId": "demo", "agentId": format!("id-{number}"), "agentNumber": number.to_string(),
        "agentName": format!("座席 \"{number}\""), "nowState": state, "operatingTime": durations,
        "loginTime": 1_795_308_000_000_u64, "loginDuration": durations, "peerId": "", "callDirection": "",
        "groupList": [{"id": "g1", "name": "销售组"}],
    })
}

fn company(size: u32, durations: u64) -> Vec<Value> {
    let numbers = 10_000..10_000 + size;
    numbers.map(|n| watched(n, "Idle", durations)).collect()
}

/// What is new: the items of agents who came or changed, and the numbers of those who went.
fn news(world: &mut World) -> Option<(Vec<Value>, Vec<String>)> {
    let text = world.session.agents_changed()?;
    let news: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
    let keys: Vec<&String> = news.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["changed", "removed"]);
    let changed = news["changed"].as_array().expect("a list").clone();
    let removed = news["removed"].as_array().expect("a list").iter();
    let removed = removed.map(|n| n.as_str().expect("a text").to_owned());
    Some((changed, removed.collect()))
}

fn state_of(world: &mut World, number: &str) -> Option<String> {
    world.session.agent_state(number).map(|s| s.to_string())
}

/// Numbers of a fixed row, for shuffling: xorshift64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).expect("an index")
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

// ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn who_watches_asks_at_once_and_after_each_interval() {
    let mut world = watching();
    let start = world.now.mono;
    assert_eq!(questions(&world), [start]);
    world.advance(5 * INTERVAL);
    let expected: Vec<u64> = (0..=5).map(|n| start + n * INTERVAL).collect();
    assert_eq!(questions(&world), expected);
    assert!(world.exceptions().is_empty());
}

#[test]
fn no_question_is_asked_while_one_is_not_answered() {
    let mut world = World::supervisor();
    world.peer.answers = false;
    start(&mut world);
    let start = world.now.mono;
    world.advance(14_000);
    // Each is given up after 5 s; the next one goes out when its turn comes.
    let expected = [start, start + 6000, start + 12_000];
    assert_eq!(questions(&world), expected);
    world.platform_response("surveillance", 0, "success");
    world.peer.answers = true;
    world.clear();
    let start = world.now.mono;
    world.advance(INTERVAL);
    assert_eq!(questions(&world), [start + INTERVAL], "it lives again");
}

#[test]
fn a_refused_question_is_told_and_asked_again() {
    let mut world = World::supervisor();
    world.peer.answers = false;
    start(&mut world);
    world.platform_response("surveillance", 1065, "不是班长");
    assert_eq!(world.count("REFUSED"), 1);
    world.clear();
    world.advance(INTERVAL);
    assert_eq!(questions(&world), [world.now.mono]);
}

#[test]
fn a_second_start_while_it_runs_changes_nothing() {
    let mut world = watching();
    let start = world.now.mono;
    world.advance(500);
    let other = Watch {
        filter: vec![("agentName".into(), "\"x\"".into())],
        interval: 100,
    };
    assert_eq!(world.handle(Input::Watch(Some(other))), Ok(None));
    world.advance(2 * INTERVAL);
    let expected = [start, start + INTERVAL, start + 2 * INTERVAL];
    assert_eq!(questions(&world), expected);
    assert_eq!(question(&world)["agentName"], json!(null));
}

#[test]
fn the_filter_goes_with_every_question() {
    let mut world = World::supervisor();
    let filter = [("agentState", "\"Idle\""), ("callDirection", "0")];
    let started = world.handle(Input::Watch(Some(watch(&filter))));
    assert_eq!(started, Ok(None));
    for _ in 0..3 {
        let expected = json!({
            "request": "surveillance", "agentState": "Idle", "callDirection": 0, "groupId": "g1",
        });
        assert_eq!(question(&world), expected);
        world.clear();
        world.advance(INTERVAL);
    }
}

#[test]
fn watching_goes_on_when_the_link_comes_back() {
    let mut world = watching();
    world.advance(500);
    world.clear();
    world.lose();
    let back = world.now.mono;
    assert_eq!(
        world.requests(),
        ["reconnect", "heartbeat", "surveillance"],
        "at once"
    );
    world.advance(2 * INTERVAL);
    let expected = [back, back + INTERVAL, back + 2 * INTERVAL];
    assert_eq!(questions(&world), expected);
}

#[test]
fn nothing_is_asked_while_there_is_no_link() {
    let mut world = watching();
    world.peer.listens = false;
    world.lose();
    world.clear();
    world.advance(60_000);
    assert!(questions(&world).is_empty());
    assert!(!world.names().contains(&"Exception(NOT_CONNECTED)".into()));
    world.peer.listens = true;
    world.advance(10_000);
    assert!(!questions(&world).is_empty());
}

#[test]
fn watching_ends_when_the_page_wants_no_more() {
    let mut world = watching();
    world.advance(500);
    assert_eq!(world.handle(Input::Watch(None)), Ok(None));
    assert_eq!(world.handle(Input::Watch(None)), Ok(None), "nor then");
    world.clear();
    world.advance(60_000);
    assert!(questions(&world).is_empty());
    start(&mut world);
    assert_eq!(questions(&world), [world.now.mono]);
}

#[test]
fn watching_ends_with_the_login() {
    for event in ["Logout", "Kick"] {
        let mut world = watching();
        world.event(event, json!({}));
        world.clear();
        world.advance(60_000);
        assert!(questions(&world).is_empty(), "{event}");
        world
            .handle(Input::Login(None))
            .expect("a supervisor may log in");
        world.advance(60_000);
        assert!(questions(&world).is_empty(), "nobody asked for it again");
    }
    let mut world = watching();
    world.handle(Input::Break).expect("there is no call");
    world.clear();
    world.connect();
    world.advance(60_000);
    assert!(world.session.is_login());
    assert!(questions(&world).is_empty());
}

#[test]
fn watching_without_a_login_is_refused_and_does_not_begin_by_itself() {
    let mut world = World::new();
    world.peer.login["agentType"] = json!(1);
    let refused = world.handle(Input::Watch(Some(watch(&[]))));
    assert_eq!(refused, Err(Fault::NotConnected));
    world.peer.answers = false;
    world.connect();
    let refused = world.handle(Input::Watch(Some(watch(&[]))));
    assert_eq!(refused, Err(Fault::NotLoggedIn));
    world.event("Login", login_data());
    world.advance(60_000);
    assert!(questions(&world).is_empty());
}

#[test]
fn a_part_that_is_switched_off_does_not_watch() {
    let mut config = config();
    config.off = vec!["supervisor"];
    let mut world = World::with(config, None, 1);
    world.login();
    let feature = "supervisor";
    let refused = world.handle(Input::Watch(Some(watch(&[]))));
    assert_eq!(refused, Err(Fault::FeatureOff { feature }));
    world.advance(60_000);
    assert!(questions(&world).is_empty());
}

#[test]
fn no_interval_makes_the_session_ask_without_end() {
    for interval in [0, 1, u64::MAX] {
        let mut world = World::supervisor();
        let filter = Vec::new();
        let watch = Watch { filter, interval };
        assert_eq!(world.handle(Input::Watch(Some(watch))), Ok(None));
        world.advance(1000);
        let asked = questions(&world).len();
        assert!((1..=1001).contains(&asked), "{interval} ms: {asked}");
    }
}

// ── for whom ─────────────────────────────────────────────────────────────────────────────────────────────────────

/// What goes out for a filter of the page, where the agent is in these groups.
fn sent_for(groups: Value, filter: &[(&str, &str)]) -> Result<Value, Fault> {
    let mut world = World::new();
    world.peer.login["agentType"] = json!(1);
    world.peer.login["groupIdList"] = groups;
    world.login();
    let filter = watch(filter).filter;
    let by_method = world.handle(Input::Command(Command::Surveillance {
        filter: filter.clone(),
    }));
    let sent = by_method.map(|_| question(&world));
    world.clear();
    let by_promise = world.request(Command::Surveillance { filter });
    let sent_too = by_promise.map(|_| question(&world));
    assert_eq!(sent, sent_too);
    if sent.is_err() {
        assert!(world.sent.is_empty());
    }
    sent
}

/// The names in the order in which they stand on the wire.
fn names(body: &Value) -> Vec<&str> {
    let members = body.as_object().expect("an object");
    members.keys().map(String::as_str).collect()
}

#[test]
fn without_a_filter_the_first_group_is_asked_for() {
    let sent = sent_for(json!(["g2", "g1"]), &[]);
    assert_eq!(
        sent,
        Ok(json!({"request": "surveillance", "groupId": "g2"}))
    );
    let sent = sent_for(json!([]), &[]);
    assert_eq!(sent, Ok(json!({"request": "surveillance"})));
}

#[test]
fn the_first_group_is_the_first_of_the_ids_and_not_of_the_names() {
    let mut world = World::new();
    world.peer.login["agentType"] = json!(1);
    world.peer.login["groupIdList"] = json!(["g\"2", "g1"]);
    world.peer.login["groupInfoList"] = json!([
        {"id": "g1", "name": "一", "isMaster": "1"}, {"id": "g\"2", "name": "二"}, {"id": "g3", "name": "三"},
    ]);
    world.login();
    start(&mut world);
    assert_eq!(question(&world)["groupId"], json!("g\"2"));
    let groups = world.snapshot("agent")["groups"].clone();
    let expected = json!([
        {"id": "g\"2", "name": "二", "main": false},
        {"id": "g1", "name": "一", "main": true},
        {"id": "g3", "name": "三", "main": false},
    ]);
    assert_eq!(groups, expected);
}

#[test]
fn a_group_of_the_pages_own_is_kept_where_it_stands() {
    let filter = [
        ("groupId", "\"g9\""),
        ("agentNumber", "\"1002\""),
        ("callDirection", "0"),
        ("agentName", "\"\""),
    ];
    for groups in [json!(["g1"]), json!([])] {
        let sent = sent_for(groups, &filter).expect("it goes out");
        assert_eq!(
            names(&sent),
            [
                "request",
                "groupId",
                "agentNumber",
                "callDirection",
                "agentName"
            ]
        );
        let expected = json!({
            "request": "surveillance", "groupId": "g9", "agentNumber": "1002", "callDirection": 0, "agentName": "",
        });
        assert_eq!(sent, expected);
    }
}

#[test]
fn an_empty_group_becomes_the_first_where_it_stands() {
    for empty in ["\"\"", "null"] {
        let filter = [("groupId", empty), ("agentName", "\"李\"")];
        let sent = sent_for(json!(["g1"]), &filter).expect("it goes out");
        assert_eq!(names(&sent), ["request", "groupId", "agentName"]);
        assert_eq!(sent["groupId"], json!("g1"));
    }
}

#[test]
fn a_filter_without_a_group_gets_the_first_at_its_end() {
    let filter = [("agentName", "\"李\""), ("agentState", "\"Idle\"")];
    let sent = sent_for(json!(["g1"]), &filter).expect("it goes out");
    assert_eq!(
        names(&sent),
        ["request", "agentName", "agentState", "groupId"]
    );
    assert_eq!(sent["groupId"], json!("g1"));
}

#[test]
fn a_filter_of_an_agent_without_groups_needs_one() {
    for filter in [
        vec![("agentName", "\"x\"")],
        vec![("groupId", "\"\"")],
        vec![("groupId", "null"), ("agentName", "\"x\"")],
    ] {
        let sent = sent_for(json!([]), &filter);
        assert_eq!(sent, Err(Fault::FilterNeedsGroup), "{filter:?}");
    }
}

// ── what is new ──────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn first_all_ten_thousand_agents_are_new_then_only_those_who_changed() {
    let mut world = watching();
    assert_eq!(news(&mut world), None);
    let mut list = company(10_000, 1);
    answer(&mut world, &list);
    assert_eq!(news(&mut world), Some((list.clone(), Vec::new())));
    assert_eq!(news(&mut world), None, "it is told once");

    list = company(10_000, 2001);
    answer(&mut world, &list);
    assert_eq!(news(&mut world), None, "only the durations grew");

    list = company(10_000, 4001);
    list[3] = watched(10_003, "Conversation", 0);
    list[9_999] = watched(19_999, "Busy", 0);
    answer(&mut world, &list);
    let changed = vec![list[3].clone(), list[9_999].clone()];
    assert_eq!(news(&mut world), Some((changed, Vec::new())));

    let gone = list.remove(5000);
    list.push(watched(20_000, "Login", 0));
    answer(&mut world, &list);
    let (changed, removed) = news(&mut world).expect("one came and one went");
    assert_eq!(changed, [watched(20_000, "Login", 0)]);
    assert_eq!(json!(removed), json!([gone["agentNumber"]]));

    Chance(1).shuffle(&mut list);
    answer(&mut world, &list);
    assert_eq!(news(&mut world), None, "the order says nothing");

    answer(&mut world, &[]);
    let (changed, removed) = news(&mut world).expect("all went");
    assert!(changed.is_empty());
    assert_eq!(removed.len(), 10_000);
}

fn seeds() -> Vec<u64> {
    match std::env::var("ROSTER_SEED") {
        Ok(seed) => vec![seed.parse().expect("ROSTER_SEED is a number")],
        Err(_) => (1..=300).collect(),
    }
}

#[test]
fn news_added_up_are_the_list_however_it_is_ordered() {
    const STATES: [&str; 4] = ["Idle", "Busy", "Conversation", "After"];
    for seed in seeds() {
        let mut chance = Chance(seed);
        let mut world = watching();
        let mut known: BTreeMap<String, Value> = BTreeMap::new();
        let mut before: BTreeMap<String, Value> = BTreeMap::new();
        for round in 0..12_u64 {
            // Not every answer is looked at.
            for _ in 0..=chance.below(2) {
                let mut list: Vec<Value> = Vec::new();
                for number in 1..=12 {
                    if chance.below(4) > 0 {
                        let state = STATES[chance.below(if seed % 2 == 0 { 4 } else { 2 })];
                        list.push(watched(number, state, round));
                    }
                }
                if chance.below(3) > 0 {
                    chance.shuffle(&mut list);
                }
                answer(&mut world, &list);
                before = list
                    .into_iter()
                    .map(|item| {
                        let number = item["agentNumber"].as_str().expect("a text").to_owned();
                        (number, item)
                    })
                    .collect();
            }
            let (changed, removed) = news(&mut world).unwrap_or_default();
            let mut named = BTreeSet::new();
            for item in changed {
                let number = item["agentNumber"].as_str().expect("a text").to_owned();
                let old = known.insert(number.clone(), item.clone());
                let news = old.is_none_or(|old| old["nowState"] != item["nowState"]);
                assert!(news, "ROSTER_SEED={seed}: {number} is as before");
                assert!(named.insert(number), "ROSTER_SEED={seed}: told twice");
            }
            for number in removed {
                let was_known = known.remove(&number).is_some();
                assert!(was_known, "ROSTER_SEED={seed}: {number} was not there");
                assert!(named.insert(number), "ROSTER_SEED={seed}: told twice");
            }
            let states = |list: &BTreeMap<String, Value>| -> Vec<(String, Value)> {
                let agents = list.iter();
                agents
                    .map(|(number, item)| (number.clone(), item["nowState"].clone()))
                    .collect()
            };
            assert_eq!(states(&known), states(&before), "ROSTER_SEED={seed}");
        }
    }
}

#[test]
fn every_member_but_the_durations_is_news() {
    let base = watched(1, "Idle", 7);
    for (name, value) in base.as_object().expect("an object") {
        if name == "agentNumber" {
            continue;
        }
        let mut world = watching();
        answer(&mut world, std::slice::from_ref(&base));
        assert!(news(&mut world).is_some());
        let mut other = base.clone();
        other[name.as_str()] = json!([value, "more"]);
        answer(&mut world, std::slice::from_ref(&other));
        let grows = matches!(name.as_str(), "operatingTime" | "loginDuration");
        let expected = (!grows).then(|| (vec![other], Vec::new()));
        assert_eq!(news(&mut world), expected, "{name}");
    }
}

#[test]
fn the_list_may_have_the_name_that_the_documents_give_it() {
    let mut world = watching();
    let list = [watched(1, "Idle", 0), watched(2, "Busy", 0)];
    world.tell("Surveillance", None, 0, json!({"infoList": list}));
    assert_eq!(news(&mut world), Some((list.to_vec(), Vec::new())));
    assert_eq!(state_of(&mut world, "2").as_deref(), Some("Busy"));
}

#[test]
fn a_list_that_was_left_out_may_be_brought_afterwards() {
    let mut world = watching();
    let list = [watched(1, "Idle", 0)];
    answer(&mut world, &list);
    assert!(news(&mut world).is_some());
    for left_out in [json!(null), json!({}), json!({"agentList": null})] {
        world.tell("Surveillance", None, 0, left_out);
        assert_eq!(news(&mut world), None);
        assert_eq!(state_of(&mut world, "1").as_deref(), Some("Idle"));
    }
    let list = [watched(1, "Busy", 0)];
    let body = world.body("Surveillance", None, 0, json!({"agentList": list}));
    world.session.keep_agents(&body);
    assert_eq!(news(&mut world), Some((list.to_vec(), Vec::new())));
}

#[test]
fn agents_without_a_number_are_passed_over_and_numbers_may_be_numbers() {
    let mut world = watching();
    let numbered = json!({"agentNumber": 7, "nowState": "Idle"});
    let list = [
        json!({"nowState": "Idle"}),
        json!(null),
        json!(7),
        numbered.clone(),
    ];
    answer(&mut world, &list);
    assert_eq!(news(&mut world), Some((vec![numbered], Vec::new())));
    assert_eq!(state_of(&mut world, "7").as_deref(), Some("Idle"));
    answer(&mut world, &[]);
    assert_eq!(news(&mut world), Some((Vec::new(), vec!["7".into()])));
}

#[test]
fn the_state_of_an_agent_is_that_of_the_newest_answer() {
    let mut world = watching();
    assert_eq!(state_of(&mut world, "1"), None);
    answer(&mut world, &[watched(1, "Idle", 0), watched(2, "Busy", 0)]);
    assert_eq!(state_of(&mut world, "1").as_deref(), Some("Idle"));
    assert_eq!(state_of(&mut world, "2").as_deref(), Some("Busy"));
    assert_eq!(state_of(&mut world, "3"), None);
    assert_eq!(state_of(&mut world, ""), None);
    answer(&mut world, &[watched(2, "After", 0)]);
    assert_eq!(state_of(&mut world, "1"), None);
    assert_eq!(state_of(&mut world, "2").as_deref(), Some("After"));
}

#[test]
fn to_ask_for_one_agents_state_takes_no_news_away() {
    let mut world = watching();
    let list = [watched(1, "Idle", 0), watched(2, "Busy", 0)];
    answer(&mut world, &list);
    assert_eq!(state_of(&mut world, "1").as_deref(), Some("Idle"));
    assert_eq!(news(&mut world), Some((list.to_vec(), Vec::new())));
    let list = [watched(1, "Conversation", 0), watched(2, "Busy", 0)];
    answer(&mut world, &list);
    // A request looks at the state of its target.
    world.bring(Situation::Ready);
    let listen = agent::command::Supervise::Listen;
    let asked = world.request(Command::Supervise(listen, "1".into()));
    assert!(asked.is_ok(), "{asked:?}");
    assert_eq!(news(&mut world), Some((vec![list[0].clone()], Vec::new())));
}

#[test]
fn what_was_watched_is_forgotten_with_the_login() {
    for event in ["Logout", "Kick"] {
        let mut world = watching();
        answer(&mut world, &[watched(1, "Idle", 0)]);
        assert!(news(&mut world).is_some());
        world.event(event, json!({}));
        assert_eq!(state_of(&mut world, "1"), None, "{event}");
        world
            .handle(Input::Login(None))
            .expect("a supervisor may log in");
        start(&mut world);
        answer(&mut world, &[watched(1, "Idle", 0)]);
        let all = Some((vec![watched(1, "Idle", 0)], Vec::new()));
        assert_eq!(news(&mut world), all, "{event}: all are new again");
    }
}

#[test]
fn a_lost_link_forgets_nobody() {
    let mut world = watching();
    answer(&mut world, &[watched(1, "Idle", 0)]);
    assert!(news(&mut world).is_some());
    world.lose();
    assert_eq!(state_of(&mut world, "1").as_deref(), Some("Idle"));
    answer(&mut world, &[watched(1, "Idle", 5)]);
    assert_eq!(news(&mut world), None);
}

#[test]
fn an_answer_changes_neither_state_nor_call() {
    let mut world = watching();
    world.bring(Situation::Talking);
    let before = world.session.call().cloned();
    let body = world.event_body("Surveillance", "Idle", json!({"agentList": []}));
    world.platform_event(&body);
    assert_eq!(world.session.situation(), Situation::Talking);
    assert_eq!(world.session.call(), before.as_ref());
}
