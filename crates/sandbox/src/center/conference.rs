//! Three parties in one talk.

use agent::event::EventName;
use serde_json::Value;

use super::Center;
use super::agents::AgentKey;
use super::calls::{Party, Phase, Purpose};
use super::wire::{Refusal, Request};

impl Center {
    /// `tripartiteTalk`: caller, agent and whoever is consulted talk together. A voice menu cannot.
    pub(super) fn tripartite_talk(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let call = self.hosting(agent, Purpose::Consult, &[Phase::Talks])?;
        let guest = self
            .calls
            .get_mut(call)
            .and_then(|call| call.guest.as_mut())
            .filter(|guest| guest.party != Party::Menu)
            .ok_or(Refusal::NotNow)?;
        guest.phase = Phase::Joined;
        let third = match guest.party {
            Party::Agent(third) => Some(third),
            Party::Person(_) | Party::Menu => None,
        };
        self.accept(agent, request);
        let sequence = request.sequence;
        self.tell(agent, EventName::TripartiteTalk, sequence, Value::Null);
        self.tell(agent, EventName::TripartiteTalking, sequence, Value::Null);
        if let Some(third) = third {
            self.tell(third, EventName::TripartiteTalking, 0, Value::Null);
        }
        Ok(())
    }
}
