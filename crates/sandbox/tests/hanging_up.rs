//! Hanging up, by either side, in every moment of a call.

mod world;

use serde_json::json;
use world::moment::Moment;
use world::scene::{A, B, S, ended};
use world::{event, names, without};

#[test]
fn an_agent_hangs_up() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        let expected = ["CancelCall*", "After"];
        let told = scene.act(moment.who(), "cancelCall", json!({}), &expected);
        let cause = match moment {
            Moment::Ringing | Moment::Dialling => 1487,
            // The customer has answered, this agent has not: either cause is right.
            Moment::ConsultRinging => event(&told, "After")["data"]["cause"]
                .as_u64()
                .and_then(|cause| u32::try_from(cause).ok())
                .filter(|cause| [0, 1487].contains(cause))
                .expect("normal or called off"),
            _ => 0,
        };
        ended(&told, cause, 0);
        assert_eq!(scene.world.agent_state(moment.who()), "After");
        scene.world.assert_whole();
        scene.world.wait(60_000);
        scene.quiet(moment.who());
        // The wrap-up ends when the agent's client says so, and not before.
        assert_eq!(scene.world.agent_state(moment.who()), "After");
        scene.world.assert_whole();
    }
}

#[test]
fn the_customer_hangs_up() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        scene.hang_up();
        let cause = match moment {
            Moment::Ringing | Moment::Dialling => 1487,
            _ => 0,
        };
        let told = scene.gets(A, &["After"]);
        ended(&told, cause, 1);
        for other in [B, S] {
            let told = without(scene.take(other), "ConsultedCancel");
            if scene.world.agent_state(other) == "Idle" {
                assert!(told.is_empty(), "{moment:?}: {other} took no part");
            } else {
                assert_eq!(names(&told), ["After"], "{moment:?}: {other}");
                assert_eq!(told[0]["data"]["hangupDirection"], 1, "{moment:?}");
            }
        }
        assert!(scene.no_calls());
        scene.world.assert_whole();
        scene.world.wait(60_000);
        for number in [A, B, S] {
            scene.quiet(number);
        }
    }
}

#[test]
fn whoever_was_in_a_call_can_be_called_again() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        let who = moment.who();
        scene.send(who, "cancelCall", json!({}));
        scene.until(who, "After");
        scene.phone(who, sandbox::center::PhoneHabit::Answers);
        scene.act(who, "idle", json!({}), &["Idle*"]);
        scene.world.call_in("13900139001", who);
        scene.gets(who, &["AgentRinging", "AgentAnswer", "Conversation"]);
        scene.world.assert_whole();
    }
}
