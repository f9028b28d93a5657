//! The session's named timers.

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timer {
    /// The next try to connect.
    Retry,
    /// The end of patience with a try.
    Connect,
    /// The next application heartbeat.
    Beat,
    /// The end of patience with its answer.
    BeatLate,
    /// Log in again after no answer.
    Relogin,
    /// The end of wrap-up.
    AutoIdle,
    /// The next question what the agents do.
    Watch,
}

/// When each timer is due, ms of the clock that never goes back.
#[derive(Debug, Default)]
pub(super) struct Timers([Option<u64>; 7]);

impl Timers {
    fn slot(&mut self, timer: Timer) -> Option<&mut Option<u64>> {
        self.0.get_mut(timer as usize)
    }

    pub(super) fn set(&mut self, timer: Timer, at: u64) {
        if let Some(slot) = self.slot(timer) {
            *slot = Some(at);
        }
    }

    pub(super) fn clear(&mut self, timer: Timer) {
        if let Some(slot) = self.slot(timer) {
            *slot = None;
        }
    }

    pub(super) fn get(&self, timer: Timer) -> Option<u64> {
        self.0.get(timer as usize).copied().flatten()
    }

    /// Clears a timer that is due.
    pub(super) fn take(&mut self, timer: Timer, now: u64) -> bool {
        let due = self.get(timer).is_some_and(|at| at <= now);
        if due {
            self.clear(timer);
        }
        due
    }

    /// The first that is due, without one that waits for something else than time.
    pub(super) fn next(&self, held: Option<Timer>) -> Option<u64> {
        let held = held.map(|timer| timer as usize);
        let others = self
            .0
            .iter()
            .enumerate()
            .filter(|(at, _)| Some(*at) != held);
        others.filter_map(|(_, due)| *due).min()
    }
}
