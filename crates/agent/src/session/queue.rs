//! How many callers wait.

use crate::event::{Event, EventName};

/// More groups than this are not remembered: no company has so many, and a page must not grow without bound.
const MOST: usize = 1000;

/// Callers that wait, by group and in all groups of the agent.
#[derive(Debug, Default)]
pub(super) struct Queues {
    pub(super) groups: Vec<(String, i64)>,
    pub(super) total: Option<i64>,
}

impl Queues {
    pub(super) fn follow(&mut self, event: &Event<'_>) {
        let data = &event.data;
        match event.known {
            Some(EventName::GroupQueueNum) => {
                self.total = data.group_queue_num.number().or(self.total);
            }
            Some(EventName::QueueInfo) => {
                // The members stand beside `data` or inside it.
                let or = |outside: crate::json::Value<'_>, inside: crate::json::Value<'_>| {
                    if outside.is_none() {
                        inside.number()
                    } else {
                        outside.number()
                    }
                };
                let group = event.group_id.text().or_else(|| data.group_id.text());
                let waiting = or(event.group_wait_number, data.group_wait_number);
                let (Some(group), Some(waiting)) = (group, waiting) else {
                    return;
                };
                let room = self.groups.len() < MOST;
                match self.groups.iter_mut().find(|(id, _)| *id == group) {
                    Some(known) => known.1 = waiting,
                    None if room => {
                        self.groups.push((group.into_owned(), waiting));
                    }
                    None => {}
                }
            }
            _ => {}
        }
    }
}
