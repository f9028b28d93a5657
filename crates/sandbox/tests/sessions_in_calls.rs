//! What becomes of a call when its agent's client comes back, logs in elsewhere, or loses its phone.

mod world;

use sandbox::center::Control;
use serde_json::json;
use world::moment::Moment;
use world::scene::{A, B, C, S, Scene, data, ended, key};
use world::{World, event, events, names, sequences, without};

/// The others in the center.
fn others(moment: Moment) -> impl Iterator<Item = &'static str> {
    [A, B, S]
        .into_iter()
        .filter(move |number| *number != moment.who())
}

#[test]
fn a_reconnect_tells_the_state_the_call_and_the_last_event() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        let who = moment.who();
        let last = scene.world.last_told(who).expect("it was told").clone();
        let expected = ["Reconnect*", moment.state()];
        let told = scene.act(who, "reconnect", json!({}), &expected);
        let reconnect = event(&told, "Reconnect");
        assert_eq!(reconnect["nowState"], moment.state());
        let call = &reconnect["data"];
        assert_eq!(call["token"], scene.token(who).as_str());
        assert_eq!(call["loginType"], 1);
        assert_eq!(call["occCallId"], scene.call.as_str());
        for key in ["caller", "called", "origCaller"] {
            assert!(call[key].is_string(), "{moment:?}: {call}");
        }
        let rings = moment.state() == "AgentRinging";
        assert_eq!(call.get("callType").is_none(), rings, "{moment:?}: {call}");
        assert_eq!(told[2]["data"], last["data"], "{moment:?}");
        assert_ne!(told[2]["eventTime"], last["eventTime"], "{moment:?}");
        for other in others(moment) {
            scene.quiet(other);
        }
        scene.world.assert_whole();
    }
}

#[test]
fn a_reconnect_after_the_call_tells_nothing_of_it() {
    let mut scene = Scene::talking(&[]);
    scene.hang_up();
    scene.clear();
    let told = scene.act(A, "reconnect", json!({}), &["Reconnect*"]);
    assert_eq!(event(&told, "Reconnect")["nowState"], "After");
    assert!(data(&told, "Reconnect").get("caller").is_none());
}

#[test]
fn a_command_that_waits_for_its_outcome_has_it_after_a_reconnect() {
    let mut scene = Scene::talking(&[B]);
    let sequence = scene.send(A, "consultCall", json!({"consultId": B}));
    scene.send(A, "reconnect", json!({}));
    scene.take(A);
    let told = scene.until(A, "Conversation");
    assert_eq!(names(&told), ["Conversation"]);
    assert_eq!(sequences(&told), [sequence]);
}

#[test]
fn a_login_elsewhere_takes_the_call_along() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        let who = moment.who();
        let last = scene.world.last_told(who).expect("it was told").clone();
        let credentials = World::credentials(who, "elsewhere");
        let sequence = scene.world.send("", "login", credentials);
        scene.gets(who, &["Kick"]);
        let told = scene.world.take("elsewhere");
        assert_eq!(
            names(&told),
            ["login=0", "Login", "Reconnect", moment.state()]
        );
        assert_eq!(sequences(&told), [sequence, sequence, 0, 0]);
        assert_eq!(told[2]["nowState"], moment.state());
        assert_eq!(told[3]["data"], last["data"], "{moment:?}");
        for other in others(moment) {
            scene.quiet(other);
        }
        assert_eq!(scene.world.agent_state(who), moment.state());
        scene.world.assert_whole();

        // The old client has lost its say, the new one has it.
        scene.send(who, "cancelCall", json!({}));
        scene.quiet(who);
        let token = told[1]["data"]["token"].as_str().expect("a token is text");
        scene.world.send(token, "cancelCall", json!({}));
        let told = scene.world.take("elsewhere");
        assert_eq!(names(&told), ["cancelCall=0", "CancelCall", "After"]);
    }
}

#[test]
fn nobody_logs_out_of_a_call() {
    for moment in Moment::ALL {
        moment
            .scene()
            .refused(moment.who(), "logout", json!({}), 1101);
    }
}

#[test]
fn a_lost_phone_ends_the_call_and_the_session() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        let who = moment.who();
        scene.lose_phone(who);
        let told = without(scene.until(who, "Logout"), "ConsultedCancel");
        assert_eq!(names(&told), ["After", "SipError", "Logout"], "{moment:?}");
        let after = ended(&told, 1066, 0);
        assert_eq!(after["data"], "话机注销");
        assert_eq!(after["code"], -1001);
        assert_eq!(data(&told, "Logout"), &json!({"code": -1001}));
        assert_eq!(scene.world.agent_state(who), "Logout");
        scene.world.assert_whole();
    }
}

#[test]
fn those_who_are_left_are_told_of_a_lost_phone() {
    for (moment, other, event) in [
        (Moment::InConsult, B, "After"),
        (Moment::Consulting, B, "After"),
        (Moment::Transferring, B, "After"),
        (Moment::Consulted, A, "ConsultCancel"),
        (Moment::Conference, B, "Conversation"),
        (Moment::ConferenceGuest, A, "Conversation"),
    ] {
        let mut scene = moment.scene();
        scene.lose_phone(moment.who());
        let told = without(scene.until(other, event), "ConsultedCancel");
        assert_eq!(names(&told), [event], "{moment:?}");
        if event == "After" {
            assert_eq!(data(&told, "After")["hangupDirection"], 1);
        } else {
            scene.hearing(&[(other, &[C]), (C, &[other])]);
        }
    }
}

#[test]
fn a_supervisors_lost_phone_disturbs_nobody() {
    for moment in [Moment::Listening, Moment::Whispering, Moment::Inserting] {
        let mut scene = moment.scene();
        scene.lose_phone(S);
        scene.quiet(A);
        scene.hearing(&[(A, &[C]), (C, &[A])]);

        let mut scene = moment.scene();
        scene.lose_phone(A);
        assert_eq!(
            names(&scene.take(A)),
            ["After", "SipError", "Logout"],
            "{moment:?}"
        );
        ended(&scene.gets(S, &["After"]), 0, 1);
    }
}

#[test]
fn a_kick_from_outside_ends_the_part_of_who_is_kicked() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        let who = moment.who();
        let kick = Control::Kick {
            agent: who.to_owned(),
        };
        scene.world.control(kick).expect("the agent is logged in");
        let told = scene.world.take(&key(who));
        assert_eq!(names(&events(&told)), ["Kick"], "{moment:?}");
        assert_eq!(scene.world.agent_state(who), "Logout");
        scene.world.assert_whole();
    }
}

#[test]
fn nobody_in_a_call_is_locked() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        let before = scene.world.state();
        let lock = Control::Lock {
            agent: moment.who().to_owned(),
        };
        assert!(scene.world.control(lock).is_err(), "{moment:?}");
        assert_eq!(scene.world.state(), before);
    }
}
