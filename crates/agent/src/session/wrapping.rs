//! How long wrap-up lasts. It is the client that ends it, so the client may put that off.

use super::timers::Timer;
use super::{Now, Session};
use crate::event::Event;
use crate::fault::Fault;

/// A pause ends by itself after so many ms: nobody is to be out of the queue for good by a note that was left open.
const LONGEST_PAUSE: u64 = 5 * 60_000;

/// Nobody needs more than so many ms at once, and clocks do not run over.
const LONGEST_EXTENSION: u64 = 86_400_000;

impl Session {
    /// Wrap-up lasts so many ms longer. One that does not end by itself stays as it is.
    pub(super) fn extend(&mut self, ms: u64) -> Result<Option<i64>, Fault> {
        self.check_wrap_up("extendWrapUp")?;
        let ms = ms.min(LONGEST_EXTENSION);
        let Some(last) = &mut self.calls.last else {
            return Ok(None);
        };
        if let Some(left) = &mut last.paused {
            *left = left.saturating_add(ms);
        } else if let Some(due) = self.timers.get(Timer::AutoIdle) {
            self.timers.set(Timer::AutoIdle, due.saturating_add(ms));
            last.until = last.until.map(|until| until.saturating_add(ms));
        }
        self.save_clock();
        Ok(None)
    }

    /// The clock of wrap-up stops, or goes on.
    pub(super) fn pause(&mut self, stop: bool, now: Now) -> Result<Option<i64>, Fault> {
        if !stop {
            self.resume(now);
            return Ok(None);
        }
        self.check_wrap_up("pauseWrapUp")?;
        if let (Some(last), Some(due)) = (&mut self.calls.last, self.timers.get(Timer::AutoIdle)) {
            last.paused = Some(due.saturating_sub(now.mono));
            last.until = None;
            self.timers.clear(Timer::AutoIdle);
            self.timers
                .set(Timer::Pause, now.mono.saturating_add(LONGEST_PAUSE));
            self.save_clock();
        }
        Ok(None)
    }

    /// A pause is over.
    pub(super) fn resume(&mut self, now: Now) {
        self.timers.clear(Timer::Pause);
        let present = self.clock.at(now.mono);
        if let Some(last) = &mut self.calls.last
            && let Some(left) = last.paused.take()
        {
            self.timers
                .set(Timer::AutoIdle, now.mono.saturating_add(left));
            last.until = Some(present.saturating_add(left));
            self.save_clock();
        }
    }

    fn check_wrap_up(&self, request: &str) -> Result<(), Fault> {
        if self.calls.last.is_some() {
            return Ok(());
        }
        Err(Fault::NotAllowed {
            request: request.to_owned(),
            doing: self.situation().words(),
        })
    }

    /// Sets the end of a wrap-up that the platform told of at this time, if it ends by itself.
    pub(super) fn begin_wrap_up(&mut self, event: &Event<'_>, present: u64, now: Now) {
        let Some(until) = self.wrap_up_end(event, present) else {
            return;
        };
        let left = until.saturating_sub(present);
        self.timers
            .set(Timer::AutoIdle, now.mono.saturating_add(left));
        self.timers.clear(Timer::Pause);
        if let Some(last) = &mut self.calls.last {
            (last.until, last.paused) = (Some(until), None);
        }
    }
}
