//! What supervisors see of the agents.

use agent::event::EventName;
use serde_json::{Value, json};

use super::Center;
use super::agents::{Agent, AgentKey, is_talk};
use super::wire::{Refusal, Request};
use crate::people::{COMPANY, Group};

/// Which agents are wanted; what is absent does not matter.
struct Filter {
    group: Option<String>,
    number: Option<String>,
    name: Option<String>,
    state: Option<String>,
    direction: Option<i64>,
}

impl Filter {
    fn read(request: &Request) -> Result<Self, Refusal> {
        let direction = request.number("callDirection")?;
        if direction.is_some_and(|direction| !(0..=1).contains(&direction)) {
            return Err(Refusal::Field);
        }
        Ok(Self {
            group: request.text("groupId")?,
            number: request.text("agentNumber")?,
            name: request.text("agentName")?,
            state: request.text("agentState")?,
            direction,
        })
    }

    fn takes(&self, agent: &Agent, direction: Option<i64>) -> bool {
        let wanted = |want: &Option<String>, given: &str| {
            want.as_ref().is_none_or(|want| want.as_str() == given)
        };
        wanted(&self.number, agent.person.number)
            && wanted(&self.state, reported(agent.state).as_str())
            && self
                .name
                .as_ref()
                .is_none_or(|name| agent.person.name.contains(name.as_str()))
            && self
                .direction
                .is_none_or(|wanted| direction == Some(wanted))
    }
}

/// All that means talking is one word here: supervisors' toolbars act on that word alone.
fn reported(state: EventName) -> EventName {
    if is_talk(state) {
        EventName::Conversation
    } else {
        state
    }
}

impl Center {
    /// `surveillance`: agents who are logged in, in the supervisor's groups or in the one that is named.
    pub(super) fn surveillance(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let person = self.agents.get(agent).person;
        if !person.supervisor {
            return Err(Refusal::NotSupervisor);
        }
        let filter = Filter::read(request)?;
        let groups: Vec<&Group> = person
            .groups()
            .filter(|group| {
                filter
                    .group
                    .as_ref()
                    .is_none_or(|wanted| wanted == group.id)
            })
            .collect();
        let list: Vec<Value> = self
            .agents
            .keys()
            .into_iter()
            .filter_map(|key| self.observed(key, &groups, &filter))
            .collect();
        self.accept(agent, request);
        self.emit(
            agent,
            EventName::Surveillance,
            request.sequence,
            json!({"agentList": list}),
        );
        Ok(())
    }

    /// How an agent is seen, if logged in and wanted. Supervisors do not see each other.
    fn observed(&self, key: AgentKey, groups: &[&Group], filter: &Filter) -> Option<Value> {
        let agent = self.agents.get(key);
        let session = agent.session.as_ref()?;
        let person = agent.person;
        let face = agent
            .call
            .and_then(|call| self.calls.get(call))
            .and_then(|call| call.face(key));
        // Counted from 0 here, from 1 in all other events.
        let direction = face.as_ref().map(|face| i64::from(face.direction) - 1);
        let in_group = groups.iter().any(|group| group.has(person.number));
        if person.supervisor || !in_group || !filter.takes(agent, direction) {
            return None;
        }
        let group_list: Vec<Value> = person
            .groups()
            .map(|group| json!({"id": group.id, "name": group.name}))
            .collect();
        Some(json!({
            "companyId": COMPANY,
            "agentId": person.id(),
            "agentNumber": person.number,
            "agentName": person.name,
            "nowState": reported(agent.state).as_str(),
            "operatingTime": self.now.saturating_sub(agent.state_since),
            "loginTime": session.began,
            "loginDuration": self.now.saturating_sub(session.began),
            "peerId": face.as_ref().map_or("", |face| face.peer()),
            "callDirection": direction,
            "groupList": group_list,
        }))
    }
}
