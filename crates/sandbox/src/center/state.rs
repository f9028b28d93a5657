//! The center as `/sandbox/state` shows it.

use serde_json::{Value, json};

use super::Center;
use super::calls::{Call, CallState};
use crate::people::GROUPS;

impl Center {
    /// All agents, all calls that live, all queues.
    pub(super) fn state(&self) -> Value {
        json!({
            "agents": self.agents_state(),
            "calls": self.calls.iter().map(|call| self.call_state(call)).collect::<Vec<_>>(),
            // Calls reach agents directly: nobody waits in a group.
            "queues": GROUPS
                .iter()
                .map(|group| json!({"groupId": group.id, "waiting": 0}))
                .collect::<Vec<_>>(),
        })
    }

    fn agents_state(&self) -> Vec<Value> {
        self.agents
            .iter()
            .map(|agent| {
                let call = agent
                    .call
                    .and_then(|call| self.calls.get(call))
                    .map(|call| call.id.as_str());
                match &agent.session {
                    Some(session) => json!({
                        "agentNumber": agent.person.number,
                        "nowState": agent.state.as_str(),
                        "loginType": session.login_type,
                        "callId": call,
                    }),
                    None => json!({
                        "agentNumber": agent.person.number,
                        "nowState": "Logout",
                        "loginType": null,
                        "callId": null,
                    }),
                }
            })
            .collect()
    }

    fn call_state(&self, call: &Call) -> Value {
        let parties = self.parties(call);
        let talking = call.state == CallState::Talking;
        // Who hears whom is kept by the books: in a talk of two, each the other.
        let parties: Vec<Value> = parties
            .iter()
            .enumerate()
            .map(|(place, who)| {
                let others: Vec<&String> = parties
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| talking && *other != place)
                    .map(|(_, other)| other)
                    .collect();
                json!({"who": who, "hears": others, "heard": others, "onHold": false})
            })
            .collect();
        json!({
            "callId": call.id,
            "from": call.from,
            "to": call.to,
            "state": call.state.as_str(),
            "parties": parties,
        })
    }

    /// Agents' and outside numbers, the caller first.
    fn parties(&self, call: &Call) -> Vec<String> {
        let mut parties: Vec<String> = call
            .legs
            .iter()
            .map(|leg| self.agents.get(leg.agent).person.number.to_owned())
            .collect();
        if let Some(outside) = &call.outside {
            let place = if call.caller_leg().is_some() {
                parties.len()
            } else {
                0
            };
            parties.insert(place, outside.number.clone());
        }
        parties
    }
}
