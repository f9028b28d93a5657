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
    /// The end of a pause of wrap-up.
    Pause,
    /// The next question how many callers wait.
    Queue,
    /// The end of patience with a sign-in by itself.
    SignIn,
}

/// The time of what is not due at all.
pub(super) const NEVER: u64 = u64::MAX;

/// When each timer is due, ms of the clock that never goes back.
#[derive(Debug)]
pub(super) struct Timers([u64; 10]);

impl Default for Timers {
    fn default() -> Self {
        Timers([NEVER; 10])
    }
}

impl Timers {
    pub(super) fn set(&mut self, timer: Timer, at: u64) {
        if let Some(slot) = self.0.get_mut(timer as usize) {
            *slot = at;
        }
    }

    pub(super) fn clear(&mut self, timer: Timer) {
        self.set(timer, NEVER);
    }

    fn due(&self, timer: Timer) -> u64 {
        self.0.get(timer as usize).copied().unwrap_or(NEVER)
    }

    pub(super) fn is_set(&self, timer: Timer) -> bool {
        self.due(timer) < NEVER
    }

    pub(super) fn get(&self, timer: Timer) -> Option<u64> {
        self.is_set(timer).then_some(self.due(timer))
    }

    /// Clears a timer that is due.
    pub(super) fn take(&mut self, timer: Timer, now: u64) -> bool {
        let due = self.due(timer) <= now;
        if due {
            self.clear(timer);
        }
        due
    }

    /// The first that is due, without one that waits for something else than time; or [`NEVER`].
    pub(super) fn next(&self, held: Option<Timer>) -> u64 {
        let held = held.map(|timer| timer as usize);
        let mut first = NEVER;
        for (at, due) in self.0.iter().enumerate() {
            if Some(at) != held {
                first = first.min(*due);
            }
        }
        first
    }
}
