//! How calls end, whoever ends them, and for whom they go on.

use agent::event::EventName;
use serde_json::Value;

use super::Center;
use super::agents::AgentKey;
use super::calls::{Call, CallKey, CallState, Party, Phase, Purpose};
use super::data::Ending;
use super::legs::Role;
use super::wire::{Refusal, Request};

impl Center {
    /// `cancelCall`: the agent hangs up, in any state of a call.
    pub(super) fn cancel_call(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let call = self.known_call(agent)?;
        self.accept(agent, request);
        self.emit(agent, EventName::CancelCall, request.sequence, Value::Null);
        self.agent_leaves(call, agent);
        Ok(())
    }

    /// An agent leaves a call as one who hangs up does.
    pub(super) fn agent_leaves(&mut self, call: CallKey, agent: AgentKey) {
        let Some(leg) = self.calls.leg(call, agent) else {
            return;
        };
        let ending = Ending::own(leg.ordinary_cause());
        self.leave_call(call, agent, ending, None);
    }

    /// An agent leaves a call, which for them ends so. If it ends for others too they get this cause, or without
    /// one the ordinary.
    pub(super) fn leave_call(
        &mut self,
        call: CallKey,
        agent: AgentKey,
        ending: Ending,
        cause: Option<u32>,
    ) {
        let Some(entry) = self.calls.get(call) else {
            return;
        };
        let Some(leg) = entry.leg(agent) else {
            return;
        };
        match leg.role {
            Role::Watcher(_) => self.leg_ends(call, agent, ending),
            Role::Guest => {
                self.leg_ends(call, agent, ending);
                self.guest_gone(call);
            }
            Role::Caller | Role::Called => {
                // A browser phone may give up before it has begun to ring.
                let not_answered = leg.answered == 0
                    && matches!(entry.state, CallState::Dialling | CallState::Ringing);
                if let Some(group) = entry.group
                    && not_answered
                {
                    self.leg_ends(call, agent, ending);
                    self.route_again(call, group);
                } else if entry
                    .guest_of(agent, Purpose::Consult, &[Phase::Joined])
                    .is_some()
                {
                    self.leg_ends(call, agent, ending);
                    self.guest_stays(call);
                } else {
                    self.end_call(call, Some((agent, ending)), cause);
                }
            }
        }
    }

    /// The outside person hangs up.
    pub(super) fn person_hangs_up(&mut self, call: CallKey) {
        self.end_call(call, None, None);
    }

    /// Ends a call for all in it, first for the agent who ends it, if one does.
    pub(super) fn end_call(
        &mut self,
        call: CallKey,
        first: Option<(AgentKey, Ending)>,
        cause: Option<u32>,
    ) {
        self.leave_queue(call, "");
        let Some(entry) = self.calls.get(call) else {
            return;
        };
        // Who was consulted learns that it was not the consulting agent who went.
        let consulted = consulted_agent(entry)
            .filter(|(host, _)| cause.is_none() && first.is_none_or(|(who, _)| who != *host))
            .map(|(_, guest)| guest);
        let mut agents: Vec<AgentKey> = entry
            .legs
            .iter()
            .filter(|leg| leg.role.watched().is_none())
            .map(|leg| leg.agent)
            .collect();
        agents.sort_by_key(|agent| first.is_none_or(|(who, _)| who != *agent));
        for agent in agents {
            let ending = match first {
                Some((who, ending)) if who == agent => ending,
                _ => Ending::other(cause.unwrap_or_else(|| self.ordinary_cause(call, agent))),
            };
            if consulted == Some(agent) {
                self.tell(agent, EventName::ConsultedCancel, 0, Value::Null);
            }
            self.leg_ends(call, agent, ending);
        }
        self.timers.forget_call(call);
        self.calls.remove(call);
    }

    /// Why the call ends for an agent when nothing out of the ordinary happens.
    pub(super) fn ordinary_cause(&self, call: CallKey, agent: AgentKey) -> u32 {
        self.calls
            .leg(call, agent)
            .map_or(0, |leg| leg.ordinary_cause())
    }

    /// Ends the call for one agent, and for the supervisors who watch that agent.
    pub(super) fn leg_ends(&mut self, call: CallKey, agent: AgentKey, ending: Ending) {
        let Some(entry) = self.calls.get(call) else {
            return;
        };
        let Some(leg) = entry.leg(agent) else {
            return;
        };
        if leg.is_unannounced() && ending.by_other {
            self.withdraw(call, agent);
            return;
        }
        let data = self.after_data(entry, leg, ending);
        let watchers: Vec<AgentKey> = entry
            .legs
            .iter()
            .filter(|leg| leg.role.watched() == Some(agent))
            .map(|leg| leg.agent)
            .collect();
        self.emit(agent, EventName::After, 0, data);
        self.free(call, agent);
        for watcher in watchers {
            self.leg_ends(call, watcher, Ending::other(0));
        }
    }

    /// Takes an agent out of the books of a call, without a word.
    pub(super) fn free(&mut self, call: CallKey, agent: AgentKey) {
        self.silence(call, agent);
        self.hang_up_phone(call, agent);
        if let Some(entry) = self.calls.get_mut(call) {
            entry.legs.retain(|leg| leg.agent != agent);
        }
        let entry = self.agents.get_mut(agent);
        entry.call = None;
        entry.last_call_event = None;
    }
}

/// Host and guest of a consultation between two agents that has begun and is not a conference yet.
fn consulted_agent(call: &Call) -> Option<(AgentKey, AgentKey)> {
    let guest = call.guest.as_ref()?;
    match (guest.purpose, guest.phase, &guest.party) {
        (Purpose::Consult, Phase::Talks, Party::Agent(agent)) => Some((guest.host, *agent)),
        _ => None,
    }
}
