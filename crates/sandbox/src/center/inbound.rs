//! Calls that reach an agent: whether one can be had, and how one is rung.

use agent::event::EventName;

use super::Center;
use super::agents::AgentKey;
use super::calls::{BUSY_TONE, Call, CallKey, CallState, Leg, Outside, Role};
use super::timers::Timer;

impl Center {
    /// The agent of this number if a call can be offered, else the cause that the caller gets.
    pub(super) fn reachable(&self, number: &str) -> Result<AgentKey, u32> {
        let key = self.agents.find(number).ok_or(1003u32)?;
        let agent = self.agents.get(key);
        if agent.session.is_none() {
            return Err(1066);
        }
        if agent.state != EventName::Idle || agent.call.is_some() {
            return Err(1017);
        }
        if !agent.phone_registered() || !agent.in_touch(self.now) {
            return Err(1066);
        }
        Ok(key)
    }

    /// An outside person calls the agent of this number. Where the agent cannot be had the person hears the
    /// busy tone, and no agent hears of it. Gives the call's identifier.
    pub(super) fn call_in(&mut self, from: String, number: &str) -> String {
        let reachable = self.reachable(number);
        let id = self.random.uuid();
        let call = self.calls.add(Call {
            id: id.clone(),
            from: from.clone(),
            to: number.to_owned(),
            state: CallState::Ringing,
            failure: 0,
            user_data: String::new(),
            outside: Some(Outside {
                number: from.clone(),
                talks: None,
            }),
            legs: Vec::new(),
        });
        match reachable {
            Ok(agent) => self.offer(call, agent, from),
            Err(cause) => {
                if let Some(call) = self.calls.get_mut(call) {
                    call.state = CallState::Failed;
                    call.failure = cause;
                }
                self.timers.arm(
                    Timer::PersonHangsUp(call),
                    self.now.saturating_add(BUSY_TONE),
                );
            }
        }
        id
    }

    /// Brings an agent into a call and lets the phone ring.
    pub(super) fn offer(&mut self, call: CallKey, agent: AgentKey, caller: String) {
        let now = self.now;
        let entry = self.agents.get(agent);
        let called = entry.person.number.to_owned();
        let state_before = entry.state;
        let Some(call_entry) = self.calls.get_mut(call) else {
            return;
        };
        call_entry.legs.push(Leg {
            agent,
            role: Role::Called,
            direction: 1,
            caller,
            called,
            call_type: "normal",
            sequence: 0,
            state_before,
            began: now,
            rang: now,
            answered: 0,
        });
        self.agents.get_mut(agent).call = Some(call);
        self.ring_phone(call, agent);
    }
}
