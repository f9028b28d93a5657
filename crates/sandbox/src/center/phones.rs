//! Agents' phones: rung, ringing, answered, not taken. What kind of phone it is matters to nobody else.

use agent::event::EventName;

use super::Center;
use super::agents::{AgentKey, PhoneHabit, Session};
use super::calls::{CallKey, GROUP_PATIENCE, PHONE_PATIENCE, PHONE_REACTION};
use super::data::Ending;
use super::legs::Role;
use super::timers::Timer;

impl Center {
    /// Has the phone of an agent who is in the call rung.
    pub(super) fn ring_phone(&mut self, call: CallKey, agent: AgentKey) {
        let Some((entry, role)) = self.calls.get(call).zip(self.role(call, agent)) else {
            return;
        };
        let patience = if role == Role::Called && entry.group.is_some() {
            GROUP_PATIENCE
        } else {
            PHONE_PATIENCE
        };
        self.timers.arm(
            Timer::PhoneUnanswered(call, agent),
            self.now.saturating_add(patience),
        );
        let session = self.agents.get(agent).session.as_ref();
        if session.is_some_and(Session::in_browser) {
            self.ring_browser_phone(call, agent);
            return;
        }
        // The phones that the sandbox plays react by their habit, and ring at once.
        if self.agents.get(agent).phone != PhoneHabit::Ignores {
            self.timers.arm(
                Timer::PhoneReacts(call, agent),
                self.now.saturating_add(PHONE_REACTION),
            );
        }
        self.phone_rings(call, agent);
    }

    /// An agent's phone rings from now on.
    pub(super) fn phone_rings(&mut self, call: CallKey, agent: AgentKey) {
        let now = self.now;
        let Some(leg) = self.calls.leg_mut(call, agent) else {
            return;
        };
        let role = leg.role;
        // For a caller it is the called side's ringing that counts.
        if role != Role::Caller {
            leg.rang = now;
        }
        if role == Role::Guest {
            self.guest_rings(call);
        }
        let typed = role.watched().is_some();
        self.emit_call(call, agent, EventName::AgentRinging, typed);
        if role == Role::Called {
            self.callee_rings(call);
        }
    }

    /// The phone that the sandbox plays is answered or rejected.
    pub(super) fn phone_reacts(&mut self, call: CallKey, agent: AgentKey) {
        match self.agents.get(agent).phone {
            PhoneHabit::Answers => self.phone_answered(call, agent),
            PhoneHabit::Rejects => self.phone_not_taken(call, agent, 1021),
            PhoneHabit::Ignores => {}
        }
    }

    pub(super) fn phone_answered(&mut self, call: CallKey, agent: AgentKey) {
        self.silence(call, agent);
        let Some(role) = self.role(call, agent) else {
            return;
        };
        let typed = role.watched().is_some();
        self.emit_call(call, agent, EventName::AgentAnswer, typed);
        match role {
            Role::Caller => self.call_callee(call),
            Role::Called => self.called_answers(call, Some(agent)),
            Role::Guest => self.guest_answers(call),
            Role::Watcher(watch) => self.watching_begins(call, agent, watch),
        }
    }

    /// An agent's phone was rejected (cause 1021) or not answered in time (1019).
    pub(super) fn phone_not_taken(&mut self, call: CallKey, agent: AgentKey, cause: u32) {
        match self.role(call, agent) {
            None => {}
            Some(Role::Caller) => self.own_phone_fails(call, agent, cause),
            Some(Role::Watcher(watch)) => self.watching_fails(call, agent, watch.kind),
            Some(Role::Called | Role::Guest) => {
                self.leave_call(call, agent, Ending::own(cause), Some(cause));
            }
        }
    }

    /// An agent's phone is not waited for any more.
    pub(super) fn silence(&mut self, call: CallKey, agent: AgentKey) {
        self.timers.disarm(Timer::PhoneReacts(call, agent));
        self.timers.disarm(Timer::PhoneUnanswered(call, agent));
    }

    fn role(&self, call: CallKey, agent: AgentKey) -> Option<Role> {
        self.calls.leg(call, agent).map(|leg| leg.role)
    }

    /// Notes the sequence of a command whose outcome is still to come.
    pub(super) fn set_sequence(&mut self, call: CallKey, agent: AgentKey, sequence: i64) {
        if let Some(leg) = self.calls.leg_mut(call, agent) {
            leg.sequence = sequence;
        }
    }

    /// Takes the sequence of the command whose outcome is told now, or will never come.
    pub(super) fn take_sequence(&mut self, call: CallKey, agent: AgentKey) -> i64 {
        self.calls
            .leg_mut(call, agent)
            .map_or(0, |leg| std::mem::take(&mut leg.sequence))
    }
}
