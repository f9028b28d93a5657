//! Calls that come to agents: from outside people, and how an agent is brought into a call.

use agent::event::EventName;

use super::Center;
use super::agents::AgentKey;
use super::calls::{BUSY_TONE, Call, CallKey, CallState};
use super::legs::{CallType, Face, Leg, Role};
use super::outside::Outside;
use super::timers::Timer;
use crate::people::{Group, IVR};

impl Center {
    /// The agent of this number if a call can be offered, else the cause that the caller gets.
    pub(super) fn reachable(&self, number: &str) -> Result<AgentKey, u32> {
        let agent = self.agents.find(number).ok_or(1003u32)?;
        self.available(agent).map(|()| agent)
    }

    /// Whether an agent can be offered a call, else the cause that the caller gets.
    pub(super) fn available(&self, agent: AgentKey) -> Result<(), u32> {
        let agent = self.agents.get(agent);
        if agent.session.is_none() {
            return Err(1066);
        }
        if agent.state != EventName::Idle || agent.call.is_some() {
            return Err(1017);
        }
        if !agent.phone_registered() || !agent.in_touch(self.now) {
            return Err(1066);
        }
        if agent.phone_busy() {
            return Err(1017);
        }
        Ok(())
    }

    /// An outside person calls the agent of this number. Where the agent cannot be had the person hears the
    /// busy tone, and no agent hears of it. Gives the call's identifier.
    pub(super) fn call_in(&mut self, from: String, number: &str) -> String {
        let (call, id) = self.person_calls(from, number);
        match self.reachable(number) {
            Ok(agent) => self.offer(call, agent),
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

    /// An outside person calls a group. Gives the call's identifier.
    pub(super) fn call_in_to_group(&mut self, from: String, group: &'static Group) -> String {
        let (call, id) = self.person_calls(from, group.id);
        self.route(call, group);
        id
    }

    /// An outside person calls the voice menu. Gives the call's identifier.
    pub(super) fn call_in_to_menu(&mut self, from: String) -> String {
        let (call, id) = self.person_calls(from, IVR.0);
        self.enter_menu(call);
        id
    }

    fn person_calls(&mut self, from: String, to: &str) -> (CallKey, String) {
        let id = self.random.uuid();
        let mut call = Call::new(id.clone(), from.clone(), to.to_owned());
        call.outside.push(Outside::calling(from));
        (self.calls.add(call), id)
    }

    /// Brings an agent into a call as the called side and has the phone rung.
    pub(super) fn offer(&mut self, call: CallKey, agent: AgentKey) {
        let Some(entry) = self.calls.get(call) else {
            return;
        };
        let caller = self.other_party(entry, agent);
        let called = if entry.group.is_some() {
            entry.wanted.clone()
        } else {
            self.agents.get(agent).person.number.to_owned()
        };
        let (orig_caller, orig_called) = if entry.call_type == CallType::Transfer {
            (entry.from.clone(), entry.to.clone())
        } else {
            (caller.clone(), called.clone())
        };
        let face = Face {
            direction: 1,
            caller,
            called,
            orig_caller,
            orig_called,
            in_queue_time: entry.in_queue_time,
            call_type: entry.call_type,
        };
        self.bring_in(call, agent, Role::Called, face);
        if let Some(entry) = self.calls.get_mut(call) {
            // Until the phone rings, which one in a browser takes a moment for.
            entry.state = CallState::Dialling;
        }
        self.ring_phone(call, agent);
    }

    /// Enters an agent in the books of a call.
    pub(super) fn bring_in(&mut self, call: CallKey, agent: AgentKey, role: Role, face: Face) {
        let state_before = self.agents.get(agent).state;
        let Some(entry) = self.calls.get_mut(call) else {
            return;
        };
        entry
            .legs
            .push(Leg::new(agent, role, face, state_before, self.now));
        self.agents.get_mut(agent).call = Some(call);
    }

    /// The number of whoever an agent of the call talks or will talk to through it: the other principal. For a
    /// guest that is whom the host has.
    pub(super) fn other_party(&self, call: &Call, agent: AgentKey) -> String {
        let near = match &call.guest {
            Some(guest) if call.leg(agent).is_some_and(|leg| leg.role == Role::Guest) => guest.host,
            _ => agent,
        };
        self.principal_beside(call, Some(near))
    }

    /// The number of a principal of the call who is not this agent.
    pub(super) fn principal_beside(&self, call: &Call, agent: Option<AgentKey>) -> String {
        let leg = call.principals().find(|leg| Some(leg.agent) != agent);
        match leg {
            Some(leg) => self.agents.get(leg.agent).person.number.to_owned(),
            None => call
                .outside
                .first()
                .map(|person| person.number.clone())
                .unwrap_or_default(),
        }
    }
}
