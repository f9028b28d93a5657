//! Supervisors who decide about other agents: cutting calls, changing states, logging out.

use agent::event::EventName;
use serde_json::{Value, json};

use super::Center;
use super::agents::AgentKey;
use super::data::Ending;
use super::wire::{Refusal, Request};

/// `cause` where a supervisor cuts a call.
const CUT: u32 = 1503;

impl Center {
    /// `forceBreak`: the call in which an agent talks ends for all.
    pub(super) fn force_break(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let target = self.supervised(agent, request)?;
        self.check_at_desk(agent)?;
        let call = self.talk_of(target)?;
        self.accept(agent, request);
        self.emit(agent, EventName::ForceBreak, request.sequence, Value::Null);
        self.end_call(call, Some((target, Ending::other(CUT))), Some(CUT));
        Ok(())
    }

    /// `forceIdle`: an agent who is not in a call becomes ready, and unlocked.
    pub(super) fn force_idle(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        let target = self.supervised(agent, request)?;
        self.check_at_desk(agent)?;
        self.check_at_rest(target)?;
        self.accept(agent, request);
        self.emit_forced(agent, EventName::ForceIdle, request.sequence, target);
        self.emit_idle(target, 0);
        Ok(())
    }

    /// `forceBusy`: an agent who is not in a call becomes not ready, and unlocked.
    pub(super) fn force_busy(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        let target = self.supervised(agent, request)?;
        self.check_at_desk(agent)?;
        let entry = self.agents.get(target);
        if entry.state != EventName::Idle || entry.call.is_some() {
            self.check_at_rest(target)?;
        }
        self.accept(agent, request);
        self.emit_forced(agent, EventName::ForceBusy, request.sequence, target);
        self.emit_busy(target, String::new(), 0);
        Ok(())
    }

    /// `forceLogout`: an agent is logged out, out of a call if need be.
    pub(super) fn force_logout(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let target = self.supervised(agent, request)?;
        self.check_at_desk(agent)?;
        if self.agents.get(target).session.is_none() {
            return Err(Refusal::NotNow);
        }
        self.accept(agent, request);
        self.emit_forced(agent, EventName::ForceLogout, request.sequence, target);
        if let Some(call) = self.agents.get(target).call {
            self.leave_call(call, target, Ending::other(CUT), None);
        }
        self.emit(target, EventName::Logout, 0, json!({}));
        self.end_session(target);
        Ok(())
    }

    /// Whether an agent is logged in, in no call and not idle.
    fn check_at_rest(&self, agent: AgentKey) -> Result<(), Refusal> {
        let entry = self.agents.get(agent);
        let at_rest = matches!(
            entry.state,
            EventName::Busy
                | EventName::Login
                | EventName::After
                | EventName::MakeCallFail
                | EventName::Lock
        );
        if at_rest && entry.call.is_none() {
            Ok(())
        } else {
            Err(Refusal::NotNow)
        }
    }

    /// The original's list of agents is drawn anew on an event with the command's sequence.
    fn emit_forced(
        &mut self,
        supervisor: AgentKey,
        event: EventName,
        sequence: i64,
        target: AgentKey,
    ) {
        let number = self.agents.get(target).person.number;
        self.emit(
            supervisor,
            event,
            sequence,
            json!({"beAgentNumber": number}),
        );
    }
}
