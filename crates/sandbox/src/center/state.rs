//! The center as `/sandbox/state` shows it.

use serde_json::{Value, json};

use super::Center;
use super::agents::AgentKey;
use super::calls::Call;
use super::hearing::{hears, is_on_hold};
use crate::people::GROUPS;

impl Center {
    /// All agents, all calls that live, all queues.
    pub(super) fn state(&self) -> Value {
        let agents: Vec<Value> = self
            .agents
            .keys()
            .into_iter()
            .map(|key| self.agent_state(key))
            .collect();
        let calls: Vec<Value> = self
            .calls
            .iter()
            .map(|(_, call)| self.call_state(call))
            .collect();
        let queues: Vec<Value> = GROUPS
            .iter()
            .map(|group| json!({"groupId": group.id, "waiting": self.queues.length(group)}))
            .collect();
        json!({"agents": agents, "calls": calls, "queues": queues})
    }

    fn agent_state(&self, key: AgentKey) -> Value {
        let agent = self.agents.get(key);
        let call = self.known_call(key).ok();
        let call = call.and_then(|call| self.calls.get(call));
        let call_type = call
            .and_then(|call| call.face(key))
            .map(|face| face.call_type.as_str());
        json!({
            "agentNumber": agent.person.number,
            "nowState": agent.state.as_str(),
            "loginType": agent.session.as_ref().map(|session| session.login_type),
            "callId": call.map(|call| call.id.as_str()),
            "callType": call_type,
        })
    }

    fn call_state(&self, call: &Call) -> Value {
        let parties = self.presences(call);
        let party_states: Vec<Value> = parties
            .iter()
            .map(|party| {
                let hears_these: Vec<&str> = parties
                    .iter()
                    .filter(|other| hears(&parties, party, other))
                    .map(|other| other.who.as_str())
                    .collect();
                let heard_by: Vec<&str> = parties
                    .iter()
                    .filter(|other| hears(&parties, other, party))
                    .map(|other| other.who.as_str())
                    .collect();
                json!({
                    "who": party.who,
                    "hears": hears_these,
                    "heard": heard_by,
                    "onHold": is_on_hold(call, &parties, party),
                })
            })
            .collect();
        json!({
            "callId": call.id,
            "from": call.from,
            "to": call.to,
            "state": call.state.as_str(),
            "parties": party_states,
        })
    }
}
