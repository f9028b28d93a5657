//! Queues: calls that wait for an agent of a group, and what the group is told of them.

use std::collections::{BTreeMap, VecDeque};

use agent::event::EventName;
use serde_json::{Value, json};

use super::Center;
use super::calls::{CallKey, CallState};
use super::wire::Message;
use crate::people::Group;

/// All queues. The call at the head has its turn first.
#[derive(Debug, Default)]
pub(crate) struct Queues {
    waiting: BTreeMap<&'static str, VecDeque<CallKey>>,
}

impl Queues {
    /// The calls that wait for a group, the next one first.
    pub(crate) fn of(&self, group: &Group) -> impl Iterator<Item = CallKey> {
        self.waiting.get(group.id).into_iter().flatten().copied()
    }

    /// The call that has its turn next.
    pub(crate) fn first(&self, group: &Group) -> Option<CallKey> {
        self.of(group).next()
    }

    /// How many wait.
    pub(crate) fn length(&self, group: &Group) -> usize {
        self.of(group).count()
    }

    /// All calls that wait for anybody.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, CallKey)> {
        self.waiting
            .iter()
            .flat_map(|(group, calls)| calls.iter().map(move |call| (*group, *call)))
    }

    fn join(&mut self, group: &Group, call: CallKey, at_head: bool) {
        let queue = self.waiting.entry(group.id).or_default();
        if at_head {
            queue.push_front(call);
        } else {
            queue.push_back(call);
        }
    }

    /// Takes a call out. Says whether it waited.
    fn leave(&mut self, group: &Group, call: CallKey) -> bool {
        let Some(queue) = self.waiting.get_mut(group.id) else {
            return false;
        };
        let before = queue.len();
        queue.retain(|waiting| *waiting != call);
        queue.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }
}

impl Center {
    /// A call waits from now on, and the group is told.
    pub(super) fn join_queue(&mut self, call: CallKey, group: &'static Group, at_head: bool) {
        let now = self.now;
        let Some(entry) = self.calls.get_mut(call) else {
            return;
        };
        entry.state = CallState::Waiting;
        entry.group = Some(group);
        if entry.in_queue_time == 0 {
            entry.in_queue_time = now;
        }
        self.queues.join(group, call, at_head);
        self.tell_queue(group, true, "");
    }

    /// A call waits no longer, because it goes to this agent or, with an empty number, was given up. Nothing
    /// happens to a call that does not wait.
    pub(super) fn leave_queue(&mut self, call: CallKey, agent_number: &str) {
        let Some(group) = self.calls.get(call).and_then(|call| call.group) else {
            return;
        };
        if self.queues.leave(group, call) {
            self.tell_queue(group, false, agent_number);
        }
    }

    fn tell_queue(&mut self, group: &'static Group, joined: bool, agent_number: &str) {
        let waiting: Vec<Value> = self
            .queues
            .of(group)
            .filter_map(|call| self.calls.get(call))
            .map(|call| {
                json!({
                    "caller": self.principal_beside(call, None),
                    "called": call.wanted,
                    "groupID": group.id,
                    "inQueueTime": call.in_queue_time,
                })
            })
            .collect();
        for agent in self.agents.keys() {
            let entry = self.agents.get(agent);
            if entry.session.is_none() || !group.has(entry.person.number) {
                continue;
            }
            let mut message = Message::aside(EventName::QueueInfo, json!(waiting));
            let mut put = |key: &str, value: Value| {
                message.beside.insert(key.to_owned(), value);
            };
            put("groupID", json!(group.id));
            put("groupWaitNumber", json!(waiting.len()));
            put("isInQueue", json!(u8::from(joined)));
            put("handleAgentID", json!(agent_number));
            self.deliver(agent, message);
        }
    }
}
