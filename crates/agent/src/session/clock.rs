//! The server's time: what clocks of states and calls go by, so that neither a late message, nor a laptop's sleep, nor a
//! wrong clock of this machine shows.

use super::Now;

/// Clocks of the machine that went apart by more than this in one step, ms: it slept, or somebody set its clock.
const ASLEEP: i64 = 5000;

/// An estimate of the server's clock.
#[derive(Debug, Default)]
pub(super) struct Clock {
    /// The server's ms since 1970, less ours of the clock that never goes back.
    offset: i64,
    /// It comes from the server and not from this machine.
    learnt: bool,
    last: Option<Now>,
}

impl Clock {
    /// Time passes. Says whether the machine slept since the last call: the clock that never goes back stands still then
    /// on most systems, the other one does not.
    pub(super) fn tick(&mut self, now: Now) -> bool {
        let apart = |now: Now| (now.wall as i64).wrapping_sub(now.mono as i64);
        let Some(last) = self.last.replace(now) else {
            self.offset = apart(now);
            return false;
        };
        let slept = apart(now).wrapping_sub(apart(last));
        if slept.unsigned_abs() < ASLEEP.unsigned_abs() {
            return false;
        }
        // Until the server says more, sleep is the likelier reason.
        self.offset = self.offset.saturating_add(slept.max(0));
        self.learnt = false;
        slept > 0
    }

    /// An event carried this time. A message can only be late, so the largest difference is the truest; the answer to a
    /// login starts the estimate anew.
    pub(super) fn learn(&mut self, event_time: i64, now: Now, anew: bool) {
        let offset = event_time.saturating_sub(now.mono as i64);
        if anew || !self.learnt || offset > self.offset {
            self.offset = offset;
            self.learnt = true;
        }
    }

    pub(super) fn offset(&self) -> i64 {
        self.offset
    }

    /// The server's time at a moment of the clock that never goes back, ms since 1970.
    pub(super) fn at(&self, mono: u64) -> u64 {
        u64::try_from((mono as i64).saturating_add(self.offset)).unwrap_or(0)
    }
}
