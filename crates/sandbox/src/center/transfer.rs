//! Handing a call over: at once (mode 0), or as soon as the target answers (mode 1).

use agent::event::EventName;
use serde_json::Value;

use super::Center;
use super::agents::AgentKey;
use super::calls::{CallKey, Phase, Purpose};
use super::data::Ending;
use super::legs::CallType;
use super::outside::Outside;
use super::target::{Destination, Target};
use super::wire::{Refusal, Request};

/// `cause` of the agent's `After` where the call was handed over at once.
const BLIND: u32 = 1600;
/// `cause` of the agent's `After` where the target had been asked first.
pub(crate) const ATTENDED: u32 = 1601;

impl Center {
    /// `transferCall`.
    pub(super) fn transfer_call(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let call = self.plain_talk(agent)?;
        let target = Target::read(request, request.number("transferType")?, "transferId")?;
        let ask_first = match request.number("transferMode")? {
            Some(0) => false,
            None | Some(1) => true,
            Some(_) => return Err(Refusal::Field),
        };
        self.accept(agent, request);
        self.tell(
            agent,
            EventName::TransferCall,
            request.sequence,
            Value::Null,
        );
        // A voice menu cannot be asked.
        let begun = match &target {
            Target::Menu(_) if ask_first => self.hand_over(call, agent, &target, ATTENDED),
            _ if ask_first => self.ask_to_take(call, agent, &target, request.sequence),
            _ => self.hand_over(call, agent, &target, BLIND),
        };
        if begun.is_none() {
            self.tell(
                agent,
                EventName::TransferCallFail,
                request.sequence,
                Value::Null,
            );
        }
        Ok(())
    }

    fn ask_to_take(
        &mut self,
        call: CallKey,
        agent: AgentKey,
        target: &Target,
        sequence: i64,
    ) -> Option<()> {
        let reached = self.reach(target)?;
        self.invite(call, agent, Purpose::Transfer, target, reached, sequence);
        Some(())
    }

    /// The agent leaves, and the call goes on to the target.
    fn hand_over(
        &mut self,
        call: CallKey,
        agent: AgentKey,
        target: &Target,
        cause: u32,
    ) -> Option<()> {
        let destination = self.destination(target)?;
        self.set_type(call, agent, CallType::Normal);
        self.leg_ends(call, agent, Ending::own(cause));
        if let Some(entry) = self.calls.get_mut(call) {
            entry.call_type = CallType::Transfer;
            target.id().clone_into(&mut entry.wanted);
            entry.in_queue_time = 0;
            if matches!(destination, Destination::Person(_)) {
                entry.outside.push(Outside::dialled(target.id().to_owned()));
            }
        }
        match destination {
            Destination::Agent(other) => self.offer(call, other),
            Destination::Person(plan) => self.call_person(call, plan),
            Destination::Group(group) => self.route(call, group),
            Destination::Menu => self.enter_menu(call),
        }
        Some(())
    }

    /// `transferCancel`, while the target rings.
    pub(super) fn transfer_cancel(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let call = self.hosting(agent, Purpose::Transfer, &[Phase::Rings])?;
        let guest = self.take_guest(call).ok_or(Refusal::NotNow)?;
        self.accept(agent, request);
        self.tell(
            agent,
            EventName::TransferCancel,
            request.sequence,
            Value::Null,
        );
        self.dismiss(call, &guest);
        Ok(())
    }

    /// The call in which an agent has a guest for this purpose who has come so far.
    pub(super) fn hosting(
        &self,
        agent: AgentKey,
        purpose: Purpose,
        phases: &[Phase],
    ) -> Result<CallKey, Refusal> {
        let call = self.agents.get(agent).call.ok_or(Refusal::NotNow)?;
        self.calls
            .get(call)
            .and_then(|call| call.guest_of(agent, purpose, phases))
            .map(|_| call)
            .ok_or(Refusal::NotNow)
    }
}
