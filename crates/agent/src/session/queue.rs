//! How many callers wait.

use super::timers::Timer;
use super::{Now, Session};
use crate::command::Command;
use crate::event::{Event, EventName};
use crate::json::Value;

/// More groups than this are not remembered: no company has so many, and a page must not grow without bound.
const MOST: usize = 1000;

/// Between two questions how many callers wait, of a platform that wants to be asked again and again, ms.
const EACH: u64 = 3000;

/// A platform that tells of queues by itself is not asked for so long after it did, ms.
const TOLD: u64 = 30_000;

/// The queue of a skill group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// The group's id.
    pub group_id: String,
    /// Its name; empty where the platform gives none.
    pub name: String,
    /// Callers that wait.
    pub waiting: i64,
    /// Since when the one waits who waits longest, ms of the server's clock, where the platform tells.
    pub longest_at: Option<u64>,
    /// So many may wait before it shows, where the page says so.
    pub limit: Option<u32>,
}

/// Callers that wait, by group and in all groups of the agent.
#[derive(Debug, Default)]
pub(super) struct Queues {
    pub(super) groups: Vec<Queue>,
    pub(super) total: Option<i64>,
    /// When the platform told of one by itself last, ms of the clock that never goes back.
    told: Option<u64>,
    /// The number of the question that nobody but the counter has asked.
    asked: Option<i64>,
}

impl Queues {
    /// Follows an event; `now`: ms of the clock that never goes back.
    pub(super) fn follow(&mut self, event: &Event<'_>, now: u64) {
        let data = &event.data;
        match event.known {
            Some(EventName::GroupQueueNum) => {
                self.total = data.group_queue_num.number().or(self.total);
            }
            Some(EventName::QueueInfo) => {
                // The members stand beside `data` or inside it.
                let or = |outside: Value<'_>, inside: Value<'_>| {
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
                self.told = Some(now);
                // Of a group that is new the number before is not known.
                let step = match or(event.is_in_queue, data.is_in_queue) {
                    Some(1) => 1,
                    Some(0) => -1,
                    _ => 0,
                };
                let longest_at = longest(event.callers, &group).filter(|_| waiting > 0);
                let room = self.groups.len() < MOST;
                match self.groups.iter_mut().find(|known| known.group_id == group) {
                    Some(known) => {
                        let more = waiting.saturating_sub(known.waiting);
                        (known.waiting, known.longest_at) = (waiting, longest_at);
                        self.add(more);
                    }
                    None if room => {
                        self.groups.push(Queue {
                            group_id: group.into_owned(),
                            waiting,
                            longest_at,
                            ..Queue::default()
                        });
                        self.add(step);
                    }
                    None => {}
                }
            }
            _ => {}
        }
    }

    /// So many more wait than when the number of all was told.
    fn add(&mut self, more: i64) {
        self.total = self.total.map(|total| total.saturating_add(more).max(0));
    }
}

/// When the first of those joined a group's queue who wait in it.
fn longest(callers: Value<'_>, group: &str) -> Option<u64> {
    let here = callers.items().filter(|caller| {
        let of = caller.get("groupID").text();
        of.is_none_or(|of| of == group)
    });
    let times = here.filter_map(|caller| caller.get("inQueueTime").unsigned());
    times.filter(|at| *at > 0).min()
}

impl Session {
    /// Callers that wait, by group, as the platform told last.
    pub fn queues(&self) -> Vec<Queue> {
        let name = |id: &str| {
            let known = self.profile.groups.iter().find(|group| group.id == id);
            known.map(|group| group.name.clone()).unwrap_or_default()
        };
        let limit = |id: &str| {
            let mut limits = self.config.queue_limits.iter();
            limits.find(|(of, _)| of == id).map(|(_, limit)| *limit)
        };
        let queues = self.queues.groups.iter().map(|queue| Queue {
            name: name(&queue.group_id),
            limit: limit(&queue.group_id),
            ..queue.clone()
        });
        queues.collect()
    }

    /// Callers that wait in all of the agent's groups, as the platform told last.
    pub fn waiting(&self) -> Option<i64> {
        self.queues.total
    }

    /// Somebody wants to see how many callers wait, or no longer.
    pub(super) fn show_queue(&mut self, shown: bool, now: Now) {
        if std::mem::replace(&mut self.queue_shown, shown) == shown {
            return;
        }
        self.timers.clear(Timer::Queue);
        self.ask_queue(now);
    }

    /// Asks how many callers wait, if somebody wants to know and the platform does not tell by itself.
    pub(super) fn ask_queue(&mut self, now: Now) {
        if !self.queue_shown || !self.is_login() {
            return;
        }
        let told = self.queues.told.filter(|_| self.queues.total.is_some());
        let next = told.map_or(0, |told| told.saturating_add(TOLD));
        if next > now.mono {
            self.timers.set(Timer::Queue, next);
            return;
        }
        if self.profile.queue_counter {
            self.timers.set(Timer::Queue, now.mono.saturating_add(EACH));
        }
        // One question at a time: a slow platform is not helped by more of them.
        if self.pending.iter().all(|p| p.request != "groupQueueNum") {
            self.queues.asked = Some(self.send(&Command::GroupQueueNum, now));
        }
    }

    /// A platform that refuses to say how many wait, or does not answer, is not asked again before the next login. Whether
    /// it was the counter's own question: nobody else is to hear of that.
    pub(super) fn queue_unheard(&mut self, sequence: i64) -> bool {
        let own = self.queues.asked == Some(sequence);
        if own {
            self.timers.clear(Timer::Queue);
        }
        own
    }
}
