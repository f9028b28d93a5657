//! Sessions in every situation, brought there by the platform's events.

use super::{World, config};
use agent::rules::Situation;
use serde_json::{Value, json};

/// The customer's number.
pub const CUSTOMER: &str = "13800138000";

/// The id of the one call of every scene.
pub const CALL: &str = "c-1";

/// What the platform says of the customer's call to the agent.
pub fn call_data(call_type: &str) -> Value {
    json!({
        "callDirection": 1, "caller": CUSTOMER, "called": "1001", "occCallId": CALL, "callType": call_type,
    })
}

/// What it says of the agent's leg to whom they consult.
pub fn consult_data() -> Value {
    json!({
        "callDirection": 2, "caller": "1001", "called": "1002", "occCallId": CALL, "callType": "consult",
    })
}

/// What it says to whom is consulted.
pub fn consulted_data() -> Value {
    json!({
        "callDirection": 1, "caller": "1002", "called": "1001", "origCaller": CUSTOMER, "occCallId": CALL,
        "callType": "consulted",
    })
}

/// What it says of a call that ended.
pub fn after_data(cause: i64) -> Value {
    json!({
        "cause": cause, "hangupDirection": 1, "agentAutoIdle": 0, "agentAutoIdleTime": 0, "occCallId": CALL,
    })
}

impl World {
    /// A supervisor who has logged in; what happened until then is forgotten.
    pub fn supervisor() -> Self {
        let mut world = World::with(config(), None, 1);
        world.peer.login["agentType"] = json!(1);
        world.login();
        world
    }

    /// A supervisor in a situation; what happened until then is forgotten.
    pub fn in_situation(situation: Situation) -> Self {
        let mut world = Self::supervisor();
        world.bring(situation);
        world.clear();
        world
    }

    /// Brings an agent who has just logged in into a situation, by what the platform tells then.
    pub fn bring(&mut self, situation: Situation) {
        use Situation::*;
        match situation {
            SignedOut => self.event("Logout", json!({})),
            Resting => {}
            Ready => self.event("Idle", json!({"loginType": "1"})),
            Busy => self.event("Busy", json!({"currentBusyType": ""})),
            WrapUp => {
                self.bring(Talking);
                self.event("After", after_data(0));
            }
            Locked => self.event("Lock", json!(null)),
            SettingUp => self.event("AgentRinging", call_data("normal")),
            Talking => self.event("Conversation", call_data("normal")),
            Holding => {
                self.bring(Talking);
                self.event("Hold", json!(null));
            }
            Transferring => {
                self.bring(Talking);
                self.event("TransferCall", json!(null));
                self.event("TransferCalling", json!({"callType": "transfer"}));
            }
            ConsultRinging => {
                self.bring(Talking);
                self.event("ConsultCall", json!(null));
                self.event("ConsultCalling", consult_data());
            }
            Consulting => {
                self.bring(ConsultRinging);
                self.event("Conversation", consult_data());
            }
            Consulted => self.event("Conversation", consulted_data()),
            Conference => {
                self.bring(Consulting);
                self.event("TripartiteTalk", json!(null));
                self.event("TripartiteTalking", json!(null));
            }
            Watching => {
                self.bring(Ready);
                self.event("Listen", json!(null));
                for name in ["AgentRinging", "AgentAnswer", "Listening"] {
                    self.event(name, call_data("listen"));
                }
            }
        }
    }
}
