//! What is known of a call beside its parties: where it comes from, since when each of its conditions holds, who else is
//! in it.

mod world;

use agent::command::Supervise;
use agent::rules::Situation;
use agent::session::{Call, Ivr, Saved, Watching};
use agent::{Command, Input, Now, Secret};
use serde_json::{Value, json};
use world::scene::{CUSTOMER, after_data, call_data, consult_data};
use world::{ROUTING_KEY, TOKEN, World, config};

fn agent() -> World {
    let mut world = World::new();
    world.peer.login["groupInfoList"] = json!([{"id": "g1", "name": "售后", "isMaster": true}]);
    world.login();
    world.event("Idle", json!({"loginType": "1"}));
    world
}

fn talking() -> World {
    let mut world = agent();
    world.event("Conversation", call_data("normal"));
    world
}

fn call(world: &World) -> &Call {
    world.session.call().expect("a call")
}

/// A caller leaves a queue, for this agent.
fn handed(world: &mut World, group: &str, agent: &str) {
    let body = world.body("QueueInfo", None, 0, json!([]));
    let mut body: Value = serde_json::from_str(&body).expect("JSON");
    body["groupID"] = json!(group);
    body["groupWaitNumber"] = json!(0);
    body["isInQueue"] = json!(0);
    body["handleAgentID"] = json!(agent);
    world.platform_event(&body.to_string());
}

/// Id and name of the present call's group.
fn group(world: &World) -> Option<(&str, &str)> {
    let group = call(world).group.as_ref()?;
    Some((&group.id, &group.name))
}

/// The page is loaded anew in the same tab, and the platform tells this.
fn reload(old: &World, state: &'static str, present: Value) -> World {
    let saved = Saved {
        routing_key: ROUTING_KEY.into(),
        token: Some(Secret::from(TOKEN.to_owned())),
        clock: old.clocks.last().cloned().flatten(),
    };
    let mut world = World::with_saved(config(), saved, 2);
    // The other clock starts with the page.
    world.now = Now {
        mono: 17,
        wall: old.now.wall + 3000,
    };
    world.peer.state = state;
    world.peer.present = present;
    world.connect();
    world
}

// ── where it comes from ──────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_caller_from_a_queue_has_its_group() {
    for (id, name) in [("g1", "售后"), ("g-elsewhere", "")] {
        let mut world = agent();
        handed(&mut world, id, "1001");
        world.event("AgentRinging", call_data("normal"));
        assert_eq!(group(&world), Some((id, name)));
        world.event("Conversation", call_data("normal"));
        assert_eq!(group(&world), Some((id, name)), "it stays");
        let shown = world.snapshot("call")["group"].clone();
        assert_eq!(shown, json!({"id": id, "name": name}));
        world.event("After", after_data(0));
        world.event("AgentRinging", call_data("normal"));
        assert_eq!(group(&world), None, "that was another call");
    }
}

#[test]
fn a_caller_who_dialled_the_group_has_it_too() {
    let mut world = agent();
    let mut data = call_data("normal");
    data["called"] = json!("g1");
    world.event("AgentRinging", data);
    assert_eq!(group(&world), Some(("g1", "售后")));
}

#[test]
fn somebody_elses_caller_gives_no_group() {
    let mut world = agent();
    handed(&mut world, "g1", "1002");
    handed(&mut world, "g1", "");
    world.event("AgentRinging", call_data("normal"));
    assert_eq!(group(&world), None);

    // One that never rang here.
    let mut world = agent();
    handed(&mut world, "g1", "1001");
    world.advance(60_100);
    world.event("AgentRinging", call_data("normal"));
    assert_eq!(group(&world), None);
}

#[test]
fn a_call_out_comes_through_no_group() {
    let mut world = agent();
    handed(&mut world, "g1", "1001");
    let mut data = call_data("normal");
    (data["callDirection"], data["called"]) = (json!(2), json!("g1"));
    world.event("AgentRinging", data);
    assert_eq!(group(&world), None);
}

#[test]
fn what_the_ivr_and_the_caller_left_is_kept_for_the_whole_call() {
    let mut world = agent();
    let mut data = call_data("normal");
    data["inQueueTime"] = json!("1795307990000");
    data["userData"] = json!("{\"order\":42}");
    data["ivrKeyRecord"] = json!(["1", "*"]);
    data["inputParam"] = json!("in");
    data["outputParam"] = json!("out");
    let body = world.event_body("AgentRinging", "AgentRinging", data);
    let mut body: Value = serde_json::from_str(&body).expect("JSON");
    body["ivrParam"] = json!("{\"ivrId\":\"ivr-main\"}");
    world.platform_event(&body.to_string());
    let expected = Ivr {
        keys: vec!["1".into(), "*".into()],
        param: "{\"ivrId\":\"ivr-main\"}".into(),
        input: "in".into(),
        output: "out".into(),
    };
    // Later events say nothing of it.
    for (name, data) in [("Conversation", call_data("normal")), ("Hold", json!(null))] {
        world.event(name, data);
        assert_eq!(call(&world).ivr, Some(expected.clone()), "{name}");
        assert_eq!(call(&world).user_data, "{\"order\":42}", "{name}");
        assert_eq!(call(&world).queued_at, Some(1_795_307_990_000), "{name}");
    }
    let shown = world.snapshot("call");
    let ivr = json!({
        "keys": ["1", "*"], "param": "{\"ivrId\":\"ivr-main\"}", "input": "in", "output": "out",
    });
    assert_eq!(shown["ivr"], ivr);
    assert_eq!(shown["userData"], json!("{\"order\":42}"));
    assert_eq!(shown["queuedAt"], json!(1_795_307_990_000_u64));
}

#[test]
fn a_call_that_came_straight_says_so() {
    let mut world = agent();
    let mut data = call_data("normal");
    data["inQueueTime"] = json!(0);
    data["userData"] = json!("");
    data["ivrKeyRecord"] = json!([]);
    data["inputParam"] = json!("");
    world.event("AgentRinging", data);
    assert_eq!(call(&world).ivr, None);
    assert_eq!(call(&world).queued_at, None);
    assert_eq!(call(&world).user_data, "");
}

#[test]
fn user_data_that_is_an_object_is_kept_as_it_came() {
    let mut world = agent();
    let mut data = call_data("normal");
    data["userData"] = json!({"order": [42]});
    world.event("AgentRinging", data);
    assert_eq!(call(&world).user_data, "{\"order\":[42]}");
}

// ── since when ───────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn each_condition_has_its_own_clock() {
    let mut world = agent();
    world.event("AgentRinging", call_data("normal"));
    let ringing = world.event_time();
    for name in ["AgentRinging", "AgentAnswer", "Conversation"] {
        world.advance(1000);
        world.event(name, call_data("normal"));
        assert_eq!(call(&world).ringing_at, Some(ringing), "{name}");
    }
    world.advance(1000);
    world.event("Hold", json!(null));
    let held = world.event_time();
    world.advance(1000);
    world.event("Hold", json!(null));
    assert_eq!(call(&world).held_at, Some(held), "it was held before");
    world.event("UnHold", json!({"callType": "normal"}));
    assert_eq!(call(&world).held_at, None);
    world.advance(1000);
    world.event("ConsultCall", json!(null));
    let consult = world.event_time();
    for name in ["ConsultCalling", "Conversation"] {
        world.advance(1000);
        world.event(name, consult_data());
        assert_eq!(call(&world).consult_at, Some(consult), "{name}");
    }
    world.event("ConsultCancel", json!({"callType": "normal"}));
    assert_eq!(call(&world).consult_at, None);
    world.advance(1000);
    world.event("ConsultCall", json!(null));
    assert_eq!(call(&world).consult_at, Some(world.event_time()));
}

#[test]
fn a_reload_keeps_what_the_platform_does_not_repeat() {
    let mut old = agent();
    handed(&mut old, "g1", "1001");
    old.event("AgentRinging", call_data("normal"));
    let ringing = old.event_time();
    old.event("Conversation", call_data("normal"));
    let talking = old.event_time();
    old.tell("Whispering", None, 0, json!({"agentNumber": "1000"}));
    old.advance(1000);
    old.event("Mute", json!({"callType": "normal"}));
    let muted = old.event_time();
    old.advance(1000);
    old.event("Hold", json!(null));
    let held = old.event_time();
    let kept = old.clocks.last().cloned().flatten().expect("it is kept");
    assert!(!kept.contains(CUSTOMER), "{kept}");

    let world = reload(&old, "Hold", call_data("normal"));
    let call = call(&world);
    assert!(call.held && call.muted);
    assert_eq!((call.held_at, call.muted_at), (Some(held), Some(muted)));
    assert_eq!(call.ringing_at, Some(ringing));
    assert_eq!(call.talking_since, Some(talking));
    assert_eq!(group(&world), Some(("g1", "售后")));
    let joined = Watching {
        kind: Supervise::Whisper,
        agent_number: "1000".into(),
    };
    assert_eq!(call.joined_by, Some(joined));
}

#[test]
fn a_reload_does_not_hide_who_has_just_joined() {
    let mut old = talking();
    old.tell("ForceInserting", None, 0, json!({"agentNumber": "1000"}));
    let world = reload(&old, "Conversation", call_data("normal"));
    let joined = call(&world).joined_by.as_ref().expect("somebody joined");
    assert_eq!(joined.kind, Supervise::ForceInsert);
}

#[test]
fn a_reload_into_another_call_takes_nothing_over() {
    let mut old = talking();
    old.event("Mute", json!({"callType": "normal"}));
    let mut present = call_data("normal");
    present["occCallId"] = json!("c-2");
    let world = reload(&old, "Conversation", present);
    assert!(!call(&world).muted);
    assert_eq!(call(&world).muted_at, None);
}

#[test]
fn a_condition_that_ended_while_the_page_was_loaded_has_ended() {
    let mut old = talking();
    old.event("Hold", json!(null));
    let world = reload(&old, "UnHold", call_data("normal"));
    assert!(!call(&world).held);
    assert_eq!(call(&world).held_at, None);
    let mut old = talking();
    old.event("Mute", json!({"callType": "normal"}));
    let world = reload(&old, "Unmute", call_data("normal"));
    assert!(!call(&world).muted);
    assert_eq!(call(&world).muted_at, None);
}

// ── who else ─────────────────────────────────────────────────────────────────────────────────────────────────────

fn transfer(world: &mut World) {
    let command = Command::TransferCall {
        target: "1002".into(),
        target_type: "1".into(),
        mode: "1".into(),
    };
    world.request(command).expect("allowed");
}

#[test]
fn the_target_of_a_transfer_is_known_while_it_rings() {
    for end in ["TransferCallFail", "TransferCancel"] {
        let mut world = talking();
        transfer(&mut world);
        assert_eq!(call(&world).transfer, None, "it has not begun");
        for (name, data) in [
            ("TransferCall", json!(null)),
            ("TransferCalling", json!({"callType": "transfer"})),
        ] {
            world.event(name, data);
            assert_eq!(call(&world).transfer.as_deref(), Some("1002"), "{name}");
        }
        assert_eq!(world.snapshot("call")["transfer"], json!("1002"));
        world.event(end, json!(null));
        assert_eq!(call(&world).transfer, None, "{end}");
        // Somebody else's is not known.
        world.event("TransferCall", json!(null));
        assert_eq!(call(&world).transfer, None);
    }
}

#[test]
fn a_transfer_that_was_refused_names_nobody_later() {
    let mut world = talking();
    transfer(&mut world);
    world.platform_response("transferCall", 1101, "当前状态不允许");
    world.event("Hold", json!(null));
    world.event("UnHold", json!({"callType": "normal"}));
    world.event("TransferCall", json!(null));
    assert_eq!(call(&world).transfer, None);
}

#[test]
fn a_supervisor_sees_whose_call_it_is_and_in_which_way() {
    let mut world = World::in_situation(Situation::Ready);
    let watch = |world: &World| call(world).watch.clone();
    let expected = |kind| {
        Some(Watching {
            kind,
            agent_number: "1002".into(),
        })
    };
    world
        .request(Command::Supervise(Supervise::Listen, "1002".into()))
        .expect("allowed");
    world.event("Listen", json!(null));
    assert_eq!(watch(&world), expected(Supervise::Listen));
    for name in ["AgentRinging", "AgentAnswer", "Listening"] {
        world.event(name, call_data("listen"));
        assert_eq!(watch(&world), expected(Supervise::Listen), "{name}");
    }
    world
        .request(Command::Supervise(Supervise::Whisper, "1002".into()))
        .expect("allowed");
    world.event("Whisper", json!(null));
    world.event("Whispering", call_data("whisper"));
    assert_eq!(watch(&world), expected(Supervise::Whisper));
    let shown = world.snapshot("call")["watch"].clone();
    assert_eq!(shown, json!({"kind": "whisper", "agentNumber": "1002"}));
    world.event("Mute", json!({"callType": "whisper"}));
    assert_eq!(watch(&world), expected(Supervise::Whisper));
    let mut page = reload(&world, "Mute", call_data("whisper"));
    assert_eq!(watch(&page), expected(Supervise::Whisper));
    page.event("After", after_data(0));
    page.event("Conversation", call_data("normal"));
    assert_eq!(watch(&page), None);
}

#[test]
fn who_takes_a_call_over_watches_until_it_is_theirs() {
    let mut world = World::in_situation(Situation::Ready);
    world
        .request(Command::Supervise(Supervise::Intercept, "1002".into()))
        .expect("allowed");
    world.event("Intercept", json!(null));
    for name in ["AgentRinging", "AgentAnswer", "Intercepting"] {
        world.event(name, call_data("intercept"));
        let watch = call(&world).watch.as_ref().expect("somebody's call");
        assert_eq!(watch.kind, Supervise::Intercept, "{name}");
        assert_eq!(watch.agent_number, "1002", "{name}");
    }
    world.event("Conversation", call_data("intercept"));
    assert_eq!(call(&world).watch, None);
}

#[test]
fn a_supervisor_whose_own_page_did_not_ask_is_told_the_way_alone() {
    let mut world = World::in_situation(Situation::Ready);
    world.event("Listening", call_data("listen"));
    let watch = call(&world).watch.clone().expect("somebody's call");
    assert_eq!(watch.kind, Supervise::Listen);
    assert_eq!(watch.agent_number, "");
    assert_eq!(call(&world).joined_by, None);
}

// ── what is left ─────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_wrap_up_says_which_call_it_was() {
    let mut world = talking();
    world.event("After", json!({"cause": 0}));
    let wrap_up = world.session.wrap_up().expect("a wrap-up");
    assert_eq!(
        (wrap_up.call_id.as_str(), wrap_up.party.as_str()),
        ("c-1", CUSTOMER)
    );
    let old = world;
    let world = reload(&old, "After", json!({}));
    assert_eq!(world.session.wrap_up(), old.session.wrap_up());

    // Of a call that nobody heard of the end tells.
    let mut world = agent();
    let mut data = call_data("normal");
    data["callDirection"] = json!(2);
    world.event("After", data);
    let shown = world.snapshot("wrapUp");
    assert_eq!(shown["callId"], json!("c-1"));
    assert_eq!(shown["direction"], json!("outbound"));
    assert_eq!(shown["party"], json!("1001"), "whom it called");
}

#[test]
fn a_refusal_says_why() {
    let mut world = talking();
    assert_eq!(world.session.refusal("hold"), None);
    let refusal = world.session.refusal("unHold").expect("nothing is held");
    assert_eq!(refusal.code(), "NOT_ALLOWED");
    world.handle(Input::Awake).expect("a page may awake");
    assert_eq!(
        world
            .session
            .refusal("listen")
            .expect("no supervisor")
            .code(),
        "NOT_SUPERVISOR"
    );
}
