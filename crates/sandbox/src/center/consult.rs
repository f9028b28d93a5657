//! Asking somebody else while the caller waits, and what becomes of it.

use agent::event::EventName;
use serde_json::Value;

use super::Center;
use super::agents::AgentKey;
use super::calls::{CallKey, Phase, Purpose};
use super::data::{self, Ending};
use super::legs::CallType;
use super::target::Target;
use super::transfer::ATTENDED;
use super::wire::{Refusal, Request};

impl Center {
    /// `consultCall`.
    pub(super) fn consult_call(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let call = self.plain_talk(agent)?;
        let kind = request.number("consultType")?.or(Some(1));
        let target = Target::read(request, kind, "consultId")?;
        self.accept(agent, request);
        self.tell(agent, EventName::ConsultCall, request.sequence, Value::Null);
        match self.reach(&target) {
            Some(reached) => self.invite(
                call,
                agent,
                Purpose::Consult,
                &target,
                reached,
                request.sequence,
            ),
            None => self.tell(
                agent,
                EventName::ConsultCallFail,
                request.sequence,
                Value::Null,
            ),
        }
        Ok(())
    }

    /// `consultCancel`, while the target rings or talks.
    pub(super) fn consult_cancel(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let call = self.hosting(agent, Purpose::Consult, &[Phase::Rings, Phase::Talks])?;
        let guest = self.take_guest(call).ok_or(Refusal::NotNow)?;
        self.accept(agent, request);
        // A consultation that is called off has no other outcome.
        self.take_sequence(call, agent);
        self.consult_over(call, agent, request.sequence);
        self.dismiss(call, &guest);
        Ok(())
    }

    /// Tells an agent that a consultation is over and the caller is there again.
    pub(super) fn consult_over(&mut self, call: CallKey, agent: AgentKey, sequence: i64) {
        self.set_type(call, agent, CallType::Normal);
        self.tell(
            agent,
            EventName::ConsultCancel,
            sequence,
            data::only_type(CallType::Normal),
        );
    }

    /// `consultTransfer`, once the target talks: the caller is handed over.
    pub(super) fn consult_transfer(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let call = self.hosting(agent, Purpose::Consult, &[Phase::Talks])?;
        self.accept(agent, request);
        self.tell(
            agent,
            EventName::ConsultTransfer,
            request.sequence,
            Value::Null,
        );
        self.leg_ends(call, agent, Ending::own(ATTENDED));
        self.guest_stays(call);
        Ok(())
    }
}
