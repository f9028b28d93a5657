//! How calls end, whoever ends them.

use agent::event::EventName;
use serde_json::Value;

use super::Center;
use super::agents::AgentKey;
use super::calls::{Call, CallKey, CallState, Leg};
use super::data::Ending;
use super::wire::{Refusal, Request};

impl Center {
    /// `cancelCall`: the agent hangs up, in any state of a call.
    pub(super) fn cancel_call(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let call = self.agents.get(agent).call.ok_or(Refusal::NotNow)?;
        self.accept(agent, request);
        self.emit(agent, EventName::CancelCall, request.sequence, Value::Null);
        self.agent_leaves(call, agent);
        Ok(())
    }

    /// The call ends because an agent leaves it.
    pub(super) fn agent_leaves(&mut self, call: CallKey, agent: AgentKey) {
        let cause = self.ordinary_cause(call);
        self.end_call(call, Some(agent), |leg| {
            if leg.agent == agent {
                Ending::own(cause)
            } else {
                Ending::other(cause)
            }
        });
    }

    /// The call ends because the agent's phone is gone.
    pub(super) fn phone_leaves(&mut self, call: CallKey, agent: AgentKey) {
        let cause = self.ordinary_cause(call);
        self.end_call(call, Some(agent), |leg| {
            if leg.agent == agent {
                Ending::phone_lost()
            } else {
                Ending::other(cause)
            }
        });
    }

    /// The outside person hangs up.
    pub(super) fn person_hangs_up(&mut self, call: CallKey) {
        let cause = self.ordinary_cause(call);
        self.end_call(call, None, |_| Ending::other(cause));
    }

    /// Ended normally if the two sides had talked, else called off.
    fn ordinary_cause(&self, call: CallKey) -> u32 {
        match self.calls.get(call) {
            Some(Call {
                state: CallState::Talking,
                ..
            }) => 0,
            _ => 1487,
        }
    }

    /// Ends a call for all its agents, `first` before the others.
    pub(super) fn end_call(
        &mut self,
        call: CallKey,
        first: Option<AgentKey>,
        ending: impl Fn(&Leg) -> Ending,
    ) {
        self.timers.forget_call(call);
        let Some(call) = self.calls.remove(call) else {
            return;
        };
        let (acting, others): (Vec<&Leg>, Vec<&Leg>) =
            call.legs.iter().partition(|leg| Some(leg.agent) == first);
        for leg in acting.into_iter().chain(others) {
            let data = self.after_data(&call, leg, ending(leg));
            let entry = self.agents.get_mut(leg.agent);
            entry.call = None;
            entry.last_call_event = None;
            self.emit(leg.agent, EventName::After, 0, data);
        }
    }
}
