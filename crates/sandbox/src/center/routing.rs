//! Calls to a skill group: who gets them.

use super::Center;
use super::agents::AgentKey;
use super::calls::CallKey;
use crate::people::{GROUPS, Group};

impl Center {
    /// Sends a call to a group: whoever is idle for longest is rung, and if nobody is, the call waits behind the
    /// others.
    pub(super) fn route(&mut self, call: CallKey, group: &'static Group) {
        let agent = self.longest_idle(&[group]);
        self.offer_or_queue(call, group, agent, false);
    }

    /// Sends a call back to its group because the agent who was rung did not take it. It does not lose its turn.
    pub(super) fn route_again(&mut self, call: CallKey, group: &'static Group) {
        let agent = self.longest_idle(&[group]);
        self.offer_or_queue(call, group, agent, true);
    }

    /// Sends a call to whoever is idle for longest in any group; if nobody is, it waits for this one.
    pub(super) fn route_to_anyone(&mut self, call: CallKey, group: &'static Group) {
        let agent = self.longest_idle(&GROUPS.each_ref());
        self.offer_or_queue(call, group, agent, false);
    }

    fn offer_or_queue(
        &mut self,
        call: CallKey,
        group: &'static Group,
        agent: Option<AgentKey>,
        at_head: bool,
    ) {
        match agent {
            Some(agent) => self.offer_of_group(call, group, agent),
            None => self.join_queue(call, group, at_head),
        }
    }

    /// An agent may have become free: the call that waits longest in one of the agent's groups is offered.
    pub(super) fn serve_queues(&mut self, agent: AgentKey) {
        let person = self.agents.get(agent).person;
        if person.supervisor || self.available(agent).is_err() {
            return;
        }
        let next = person
            .groups()
            .filter_map(|group| {
                let call = self.queues.first(group)?;
                let since = self.calls.get(call)?.in_queue_time;
                Some((since, group, call))
            })
            .min_by_key(|(since, ..)| *since);
        if let Some((_, group, call)) = next {
            self.leave_queue(call, person.number);
            self.offer_of_group(call, group, agent);
        }
    }

    fn offer_of_group(&mut self, call: CallKey, group: &'static Group, agent: AgentKey) {
        if let Some(entry) = self.calls.get_mut(call) {
            entry.group = Some(group);
        }
        self.offer(call, agent);
    }

    /// The agent of these groups who can be offered a call and has been idle for longest. A supervisor is
    /// called directly, never routed to.
    pub(super) fn longest_idle(&self, groups: &[&Group]) -> Option<AgentKey> {
        self.agents
            .keys()
            .into_iter()
            .filter(|key| {
                let person = self.agents.get(*key).person;
                !person.supervisor && groups.iter().any(|group| group.has(person.number))
            })
            .filter(|key| self.available(*key).is_ok())
            .min_by_key(|key| self.agents.get(*key).turn)
    }
}
