//! Agents whose phone is in the browser: the phone rings first, then the agent hears of it; what the phone does ends
//! calls, and without the phone nobody goes on.

mod world;

use sandbox::center::{Control, PhoneNews, PhoneOrder};
use sandbox::mixer::{LegId, Sound};
use serde_json::{Value, json};
use world::scene::{A, B, C, CALLED, S, Scene, consult, data, ended, key, target, transfer};
use world::{World, list, names};

/// All that is told when a phone is gone, out of a call.
const GONE: [&str; 2] = ["SipError", "Logout"];

fn rings(scene: &mut Scene, number: &str, leg: &LegId) {
    scene
        .world
        .news(number, PhoneNews::Rings { leg: leg.clone() });
}

fn answers(scene: &mut Scene, number: &str, leg: &LegId) {
    scene
        .world
        .news(number, PhoneNews::Answered { leg: leg.clone() });
}

fn hangs_up(scene: &mut Scene, number: &str, leg: &LegId) {
    scene
        .world
        .news(number, PhoneNews::HungUp { leg: leg.clone() });
}

fn refuses(scene: &mut Scene, number: &str, leg: &LegId) {
    let leg = leg.clone();
    scene
        .world
        .news(number, PhoneNews::Refused { leg, cause: 1021 });
}

/// The call that the control shows, of which there is one.
fn shown_call(scene: &mut Scene) -> Value {
    let state = scene.world.state();
    match list(&state["calls"]) {
        [call] => call.clone(),
        other => panic!("not one call but {other:?}"),
    }
}

#[test]
fn the_phone_rings_before_the_agent_hears_of_the_call() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    let call_id = scene.world.call_in(C, A);
    let orders = scene.world.take_orders();
    let [
        (
            agent,
            PhoneOrder::Ring {
                leg,
                call_id: told,
                caller,
                display,
            },
        ),
    ] = orders.as_slice()
    else {
        panic!("no phone is rung: {orders:?}");
    };
    assert_eq!([agent, told, caller, display], [A, call_id.as_str(), C, ""]);
    scene.quiet(A);
    assert_eq!(scene.world.agent_state(A), "Idle");
    assert_eq!(shown_call(&mut scene)["state"], "dialling");
    scene.world.assert_whole();

    rings(&mut scene, A, leg);
    let told = scene.gets(A, &["AgentRinging"]);
    assert_eq!(data(&told, "AgentRinging")["occCallId"], call_id);
    assert_eq!(shown_call(&mut scene)["state"], "ringing");
    scene.world.assert_whole();

    answers(&mut scene, A, leg);
    scene.gets(A, &["AgentAnswer", "Conversation"]);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn a_phone_that_is_answered_without_ringing_is_told_of_all_the_same() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    scene.world.call_in(C, A);
    let leg = scene.rung(A);
    answers(&mut scene, A, &leg);
    scene.gets(A, &CALLED);
    // A phone says some things twice.
    rings(&mut scene, A, &leg);
    answers(&mut scene, A, &leg);
    scene.quiet(A);
    scene.world.assert_whole();
}

#[test]
fn the_own_phone_rings_first_for_a_call_that_the_agent_makes() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    let fields = json!({"called": C, "callId": "outbound-1"});
    scene.act(A, "makeCall", fields, &["MakeCall*", "AgentOriginate*"]);
    let orders = scene.world.take_orders();
    let [
        (
            _,
            PhoneOrder::Ring {
                leg,
                call_id,
                caller,
                display,
            },
        ),
    ] = orders.as_slice()
    else {
        panic!("the own phone is not rung: {orders:?}");
    };
    assert_eq!(call_id, "outbound-1");
    assert_eq!((caller.as_str(), display.as_str()), (A, "林静"));
    scene.world.assert_whole();
    rings(&mut scene, A, leg);
    assert_eq!(names(&scene.take(A)), ["AgentRinging"]);
    // It rings until it is answered, not until the sandbox thinks that it should be.
    scene.world.wait(5_000);
    scene.quiet(A);
    answers(&mut scene, A, leg);
    let told = scene.until(A, "Conversation");
    assert_eq!(
        names(&told),
        [
            "AgentAnswer",
            "CalledRinging",
            "CalledAnswer",
            "Conversation"
        ]
    );
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn a_phone_that_is_not_there_or_does_not_take_the_call_fails_as_any_other() {
    // Never registered, away, rejecting before and after it rings.
    for (place, cause) in [(0, 1066), (1, 1066), (2, 1021), (3, 1021)] {
        let mut scene = Scene::empty();
        scene.join_in_browser(A);
        if place == 0 {
            let mut fields = World::credentials(B, &key(B));
            fields["loginType"] = json!(3);
            scene.world.send("", "login", fields);
        }
        let who = if place == 0 { B } else { A };
        if place == 1 {
            scene.world.news(A, PhoneNews::Lost);
        }
        if place == 0 {
            let told = scene.take(B);
            let token = data(&told, "Login")["token"].as_str().expect("it is text");
            assert_eq!(data(&told, "Login")["registered"], 0);
            scene.world.send(token, "makeCall", json!({"called": C}));
        } else {
            scene.send(A, "makeCall", json!({"called": C}));
        }
        if place >= 2 {
            let leg = scene.rung(A);
            if place == 3 {
                rings(&mut scene, A, &leg);
            }
            refuses(&mut scene, A, &leg);
            scene.let_go(A, &leg);
        }
        let told = scene.take(who);
        assert_eq!(data(&told, "MakeCallFail")["causeCode"], cause, "{place}");
        let last = names(&told).pop();
        let before = if place == 0 { "Busy" } else { "Idle" };
        assert_eq!(last.as_deref(), Some(before), "{place}");
        assert!(scene.no_calls());
        scene.world.assert_whole();
    }
}

#[test]
fn a_phone_that_takes_no_call_loses_it() {
    for rang in [false, true] {
        let mut scene = Scene::empty();
        scene.join_in_browser(A);
        scene.world.call_in(C, A);
        let leg = scene.rung(A);
        if rang {
            rings(&mut scene, A, &leg);
            scene.clear();
        }
        refuses(&mut scene, A, &leg);
        let told = scene.gets(A, &["After"]);
        let after = ended(&told, 1021, 0);
        assert_eq!(after["answerTime"], 0);
        assert!(scene.no_calls());

        let mut scene = Scene::empty();
        scene.join_in_browser(A);
        scene.world.call_in(C, A);
        let leg = scene.rung(A);
        if rang {
            rings(&mut scene, A, &leg);
            scene.clear();
        }
        scene.world.wait(29_999);
        scene.quiet(A);
        scene.world.wait(1);
        ended(&scene.gets(A, &["After"]), 1019, 0);
        scene.let_go(A, &leg);
        scene.world.assert_whole();
    }
}

#[test]
fn who_is_called_off_before_the_phone_rings_hears_of_nothing() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    scene.call = scene.call_group(C, "g-sales");
    let leg = scene.rung(A);
    scene.hang_up();
    scene.quiet(A);
    scene.let_go(A, &leg);
    // News of the leg that was comes too late.
    rings(&mut scene, A, &leg);
    scene.quiet(A);
    assert_eq!(scene.world.agent_state(A), "Idle");
    // The agent can be had again, for the same group as well.
    scene.world.wait(1);
    scene.call_group("13900139001", "g-sales");
    let again = scene.rung(A);
    assert_ne!(again, leg);
    rings(&mut scene, A, &again);
    scene.gets(A, &["AgentRinging"]);
    scene.world.assert_whole();
}

#[test]
fn a_call_that_waits_is_offered_when_the_one_before_was_called_off_unheard() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    scene.call = scene.call_group(C, "g-sales");
    scene.call_group("13900139001", "g-sales");
    assert_eq!(scene.waiting("g-sales"), 1);
    let first = scene.rung(A);
    scene.hang_up();
    scene.let_go(A, &first);
    scene.world.wait(1);
    scene.rung(A);
    assert_eq!(scene.waiting("g-sales"), 0);
    scene.world.assert_whole();
}

#[test]
fn before_the_phone_rings_the_agent_can_do_nothing_with_the_call() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    scene.world.call_in(C, A);
    for (request, fields) in [
        ("cancelCall", json!({})),
        ("sendDTMF", json!({"dtmf": "1"})),
        ("hold", json!({})),
        ("makeCall", json!({"called": C})),
        ("busy", json!({})),
        ("logout", json!({})),
    ] {
        scene.refused(A, request, fields, 1101);
    }
    scene.join(S);
    scene.refused(S, "forceBusy", target(A), 1101);
}

#[test]
fn a_new_login_before_the_phone_rings_comes_without_the_call() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    scene.world.call_in(C, A);
    let leg = scene.rung(A);
    scene.world.login_as(A, "other", 3);
    assert_eq!(names(&scene.take(A)), ["Kick"]);
    scene.let_go(A, &leg);
    assert!(scene.no_calls());
    assert_eq!(scene.world.agent_state(A), "Login");
    scene.world.assert_whole();
}

#[test]
fn a_group_does_not_offer_its_call_to_who_logs_in_anew_instead_of_ringing() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    scene.call = scene.call_group(C, "g-sales");
    let leg = scene.rung(A);
    scene.world.login_as(A, "other", 3);
    scene.let_go(A, &leg);
    assert_eq!(scene.waiting("g-sales"), 1);
    assert_eq!(scene.world.agent_state(A), "Login");
    scene.world.assert_whole();
}

#[test]
fn hanging_the_phone_up_ends_the_call() {
    let (mut scene, leg) = Scene::talking_in_browser();
    hangs_up(&mut scene, A, &leg);
    ended(&scene.gets(A, &["After"]), 0, 0);
    assert!(scene.no_calls());
    scene.world.assert_whole();
}

#[test]
fn whoever_leaves_a_call_by_command_has_the_phone_let_go() {
    let (mut scene, leg) = Scene::talking_in_browser();
    scene.act(A, "cancelCall", json!({}), &["CancelCall*", "After"]);
    scene.let_go(A, &leg);

    let (mut scene, leg) = Scene::talking_in_browser();
    scene.hang_up();
    ended(&scene.gets(A, &["After"]), 0, 1);
    scene.let_go(A, &leg);
}

#[test]
fn hold_and_mute_are_none_of_the_phones_business() {
    let (mut scene, _) = Scene::talking_in_browser();
    for (request, event) in [
        ("hold", "Hold*"),
        ("unHold", "UnHold*"),
        ("mute", "Mute*"),
        ("unmute", "Unmute*"),
    ] {
        scene.act(A, request, json!({}), &[event]);
        assert!(scene.world.take_orders().is_empty(), "{request}");
    }
}

#[test]
fn an_agent_whose_phone_unregisters_is_logged_out() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    scene.world.news(A, PhoneNews::Unregistered);
    let told = scene.gets(A, &GONE);
    assert_eq!(data(&told, "Logout"), &json!({"code": -1001}));
    assert_eq!(scene.world.agent_state(A), "Logout");

    let (mut scene, leg) = Scene::talking_in_browser();
    scene.world.news(A, PhoneNews::Unregistered);
    let told = scene.gets(A, &["After", "SipError", "Logout"]);
    let after = ended(&told, 1066, 0);
    assert_eq!(after["data"], "话机注销");
    assert_eq!(after["code"], -1001);
    scene.let_go(A, &leg);
    scene.world.assert_whole();
}

#[test]
fn a_phone_has_half_a_minute_to_come_back() {
    let (mut scene, leg) = Scene::talking_in_browser();
    scene.world.news(A, PhoneNews::Lost);
    scene.world.wait(29_999);
    scene.quiet(A);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
    scene.world.wait(1);
    scene.gets(A, &["After", "SipError", "Logout"]);
    scene.let_go(A, &leg);

    let (mut scene, _) = Scene::talking_in_browser();
    scene.world.news(A, PhoneNews::Lost);
    scene.world.wait(29_999);
    scene.world.news(A, PhoneNews::Registered);
    scene.world.wait(29_999);
    scene.quiet(A);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
    assert!(scene.world.take_orders().is_empty());
}

#[test]
fn while_the_phone_is_away_no_call_comes() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    scene.world.news(A, PhoneNews::Lost);
    scene.call_group(C, "g-sales");
    assert_eq!(scene.waiting("g-sales"), 1);
    scene.clear();
    scene.world.news(A, PhoneNews::Registered);
    assert_eq!(scene.waiting("g-sales"), 0);
    scene.rung(A);
    scene.world.assert_whole();
}

#[test]
fn a_phone_that_the_client_before_takes_away_ends_nothing() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    scene.world.login_as(A, "other", 3);
    assert_eq!(names(&scene.take(A)), ["Kick"]);
    scene.world.news(A, PhoneNews::Unregistered);
    scene.world.wait(200);
    scene.world.news(A, PhoneNews::Registered);
    scene.world.wait(60_000);
    assert!(scene.world.take("other").is_empty());
    // From then on the phone is the new client's.
    scene.world.news(A, PhoneNews::Unregistered);
    assert_eq!(names(&scene.world.take("other")), GONE);
}

#[test]
fn phones_of_other_kinds_are_not_missed() {
    let mut scene = Scene::idle(&[A]);
    scene.world.news(A, PhoneNews::Registered);
    scene.world.news(A, PhoneNews::Lost);
    scene.world.wait(30_000);
    scene.world.news(A, PhoneNews::Unregistered);
    scene.world.call_in(C, A);
    scene.gets(A, &CALLED);
    assert!(scene.world.take_orders().is_empty());
}

#[test]
fn a_phone_in_a_call_of_its_own_is_busy() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    scene.world.news(A, PhoneNews::Busy(true));
    assert_eq!(scene.world.agent_state(A), "Idle");
    scene.quiet(A);
    let call = scene.world.call_in("13900139001", A);
    assert_eq!(shown_call(&mut scene)["state"], "failed");
    scene.hang_up_call(&call);
    scene.call_group(C, "g-sales");
    assert_eq!(scene.waiting("g-sales"), 1);
    assert!(scene.world.take_orders().is_empty());
    scene.world.assert_whole();
    scene.world.news(A, PhoneNews::Busy(false));
    scene.rung(A);
    assert_eq!(scene.waiting("g-sales"), 0);
}

#[test]
fn keys_reach_the_phones_of_those_who_hear_them() {
    let mut scene = Scene::empty();
    scene.join_in_browser(A);
    scene.join_in_browser(B);
    let fields = json!({"called": B, "calledType": 1, "callId": "inside-1"});
    scene.send(A, "makeCall", fields);
    let near = scene.answer_in_browser(A);
    let far = scene.answer_in_browser(B);
    scene.clear();
    let press = |agent: &str, leg: &LegId, keys: &str| {
        let (leg, keys) = (leg.clone(), keys.to_owned());
        (agent.to_owned(), PhoneOrder::Press { leg, keys })
    };
    let keys = PhoneNews::Keys {
        leg: near.clone(),
        keys: "5".to_owned(),
    };
    scene.world.news(A, keys);
    assert_eq!(scene.world.take_orders(), [press(B, &far, "5")]);
    scene.quiet(A);
    scene.send(B, "sendDTMF", json!({"dtmf": "1#"}));
    assert_eq!(scene.world.take_orders(), [press(A, &near, "1#")]);
    scene.send(A, "hold", json!({}));
    scene.send(B, "sendDTMF", json!({"dtmf": "2"}));
    assert!(scene.world.take_orders().is_empty(), "on hold nobody hears");

    let (mut scene, leg) = Scene::talking_in_browser();
    let call = scene.call.clone();
    scene.press(&call, "9");
    assert_eq!(scene.world.take_orders(), [press(A, &leg, "9")]);
}

#[test]
fn a_consulted_phone_rings_before_anybody_hears_of_it() {
    let mut scene = Scene::talking(&[]);
    scene.join_in_browser(B);
    scene.act(A, "consultCall", consult(1, B), &["ConsultCall*"]);
    let leg = scene.rung(B);
    scene.quiet(B);
    scene.on_hold(&[C]);
    scene.world.assert_whole();
    rings(&mut scene, B, &leg);
    assert_eq!(names(&scene.take(A)), ["ConsultCalling"]);
    scene.gets(B, &["AgentRinging"]);
    answers(&mut scene, B, &leg);
    scene.until(A, "Conversation");
    scene.hearing(&[(A, &[B]), (B, &[A]), (C, &[])]);
    // The phone hangs up as the agent would by command.
    scene.clear();
    hangs_up(&mut scene, B, &leg);
    ended(&scene.gets(B, &["After"]), 0, 0);
    scene.gets(A, &["ConsultCancel"]);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn who_is_called_off_or_refuses_before_ringing_leaves_the_host_with_the_customer() {
    for (ask, fields, cancel, outcome) in [
        (
            "consultCall",
            consult(1, B),
            "consultCancel",
            "ConsultCancel*",
        ),
        (
            "transferCall",
            transfer(1, B, 1),
            "transferCancel",
            "TransferCancel*",
        ),
    ] {
        let mut scene = Scene::talking(&[]);
        scene.join_in_browser(B);
        scene.send(A, ask, fields.clone());
        let leg = scene.rung(B);
        scene.clear();
        scene.act(A, cancel, json!({}), &[outcome]);
        scene.quiet(B);
        scene.let_go(B, &leg);
        scene.hearing(&[(A, &[C]), (C, &[A])]);

        let mut scene = Scene::talking(&[]);
        scene.join_in_browser(B);
        scene.send(A, ask, fields);
        let leg = scene.rung(B);
        scene.clear();
        refuses(&mut scene, B, &leg);
        let failed = format!("{}Fail", ask[..1].to_uppercase() + &ask[1..]);
        assert_eq!(names(&scene.take(A)), [failed]);
        ended(&scene.gets(B, &["After"]), 1021, 0);
        scene.hearing(&[(A, &[C]), (C, &[A])]);
    }
}

#[test]
fn a_call_is_handed_to_a_phone_in_a_browser() {
    let mut scene = Scene::talking(&[]);
    scene.join_in_browser(B);
    scene.act(
        A,
        "transferCall",
        transfer(1, B, 0),
        &["TransferCall*", "After"],
    );
    scene.quiet(B);
    scene.answer_in_browser(B);
    scene.gets(B, &CALLED);
    scene.hearing(&[(B, &[C]), (C, &[B])]);
}

#[test]
fn a_supervisors_phone_rings_before_the_supervisor_hears_anything() {
    let mut scene = Scene::talking(&[]);
    scene.join_in_browser(S);
    scene.act(S, "listen", target(A), &["Listen*"]);
    let leg = scene.rung(S);
    scene.hearing(&[(A, &[C]), (C, &[A]), (S, &[])]);
    rings(&mut scene, S, &leg);
    answers(&mut scene, S, &leg);
    let told = scene.until(S, "Listening");
    assert_eq!(names(&told), ["AgentRinging", "AgentAnswer", "Listening"]);
    scene.hearing(&[(A, &[C]), (C, &[A]), (S, &[A, C])]);
    scene.quiet(A);
    hangs_up(&mut scene, S, &leg);
    ended(&scene.gets(S, &["After"]), 0, 0);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn the_mixer_is_told_what_everybody_sounds_like() {
    let (mut scene, leg) = Scene::talking_in_browser();
    let plan = scene.world.center.plan();
    let [call] = plan.as_slice() else {
        panic!("one call has one plan: {plan:?}");
    };
    assert_eq!(call.call_id, scene.call);
    let sound_of = |who: &str| {
        let mut parties = call.parties.iter();
        let found = parties.find(|party| party.who == who);
        found.expect("takes part").sound.clone()
    };
    assert_eq!(sound_of(A), Sound::Phone(leg));
    assert_eq!(sound_of(C), Sound::Tone(440));
    assert_eq!(call.hears, [(0, 1), (1, 0)]);

    let tone = Control::Tone {
        call_id: scene.call.clone(),
        tone: 700,
    };
    scene.world.control(tone).expect("the person is there");
    scene.send(A, "mute", json!({}));
    let plan = scene.world.center.plan();
    let who = |place: usize| plan[0].parties[place].who.as_str();
    let hears: Vec<(&str, &str)> = plan[0]
        .hears
        .iter()
        .map(|(ear, mouth)| (who(*ear), who(*mouth)))
        .collect();
    assert_eq!(hears, [(A, C)], "C hears nothing of who is muted");
    assert!(
        plan[0]
            .parties
            .iter()
            .any(|party| party.sound == Sound::Tone(700))
    );
}

#[test]
fn echoing_people_and_phones_on_desks_are_told_apart() {
    let mut scene = Scene::idle(&[A]);
    scene.send(A, "makeCall", json!({"called": "00030002"}));
    scene.until(A, "Conversation");
    let plan = scene.world.center.plan();
    let sounds: Vec<&Sound> = plan[0].parties.iter().map(|party| &party.sound).collect();
    assert_eq!(sounds, [&Sound::None, &Sound::Echo(2)]);
}

#[test]
fn a_reset_lets_all_phones_go_but_they_stay_registered() {
    let (mut scene, leg) = Scene::talking_in_browser();
    scene.world.control(Control::Reset).expect("always");
    scene.let_go(A, &leg);
    assert!(scene.no_calls());
    let token = scene.world.login_as(A, &key(A), 3);
    scene.world.send(&token, "idle", json!({}));
    scene.world.call_in(C, A);
    scene.rung(A);
}

#[test]
fn a_leg_is_never_named_twice() {
    let (mut scene, first) = Scene::talking_in_browser();
    scene.join(B);
    scene.send(A, "transferCall", transfer(1, B, 0));
    scene.until(B, "Conversation");
    scene.let_go(A, &first);
    scene.send(A, "idle", json!({}));
    scene.send(B, "transferCall", transfer(1, A, 0));
    let second = scene.rung(A);
    assert_ne!(first, second);
    // What is told of the old leg is not of the new one, though the call is the same.
    hangs_up(&mut scene, A, &first);
    answers(&mut scene, A, &second);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}
