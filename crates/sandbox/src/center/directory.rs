//! What every agent may look up: groups, idle colleagues, how many wait.

use agent::event::EventName;
use serde_json::{Value, json};

use super::Center;
use super::agents::AgentKey;
use super::wire::{Refusal, Request};
use crate::people::{GROUPS, Group};

impl Center {
    /// `groupInfo`: all groups.
    pub(super) fn group_info(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        let groups: Vec<Value> = GROUPS
            .iter()
            .map(|group| json!({"id": group.id, "name": group.name, "type": 0}))
            .collect();
        self.accept(agent, request);
        self.emit(
            agent,
            EventName::GroupInfo,
            request.sequence,
            json!({"groupList": groups}),
        );
        Ok(())
    }

    /// `idleAgent`: who else is idle in a group. Nobody is in a group that there is not.
    pub(super) fn idle_agent(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        let id = request.text("groupId")?.ok_or(Refusal::Field)?;
        let group = Group::find(&id);
        let agents: Vec<Value> = self
            .agents
            .keys()
            .into_iter()
            .filter(|key| *key != agent)
            .map(|key| self.agents.get(key))
            .filter(|other| other.session.is_some() && other.state == EventName::Idle)
            .map(|other| other.person)
            .filter(|person| group.is_some_and(|group| group.has(person.number)))
            .map(|person| {
                json!({
                    "agentId": person.id(),
                    "agentNumber": person.number,
                    "agentName": person.name,
                })
            })
            .collect();
        self.accept(agent, request);
        self.emit(
            agent,
            EventName::IdleAgent,
            request.sequence,
            json!({"agentList": agents}),
        );
        Ok(())
    }

    /// `groupQueueNum`: how many wait in the agent's groups.
    pub(super) fn group_queue_num(
        &mut self,
        agent: AgentKey,
        request: &Request,
    ) -> Result<(), Refusal> {
        let person = self.agents.get(agent).person;
        let waiting: usize = person.groups().map(|group| self.queues.length(group)).sum();
        self.accept(agent, request);
        self.emit(
            agent,
            EventName::GroupQueueNum,
            request.sequence,
            json!({"groupQueueNum": waiting}),
        );
        Ok(())
    }
}
