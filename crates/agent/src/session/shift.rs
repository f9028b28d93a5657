//! What an agent's shift adds up to, and what comes after a call: the state that was chosen, calls that were missed, the
//! time spent not ready. A shift lasts from a login to the logout, over reloads of the page.

use super::timers::Timer;
use super::{Now, Session};
use crate::backend::vcall;
use crate::call::Call;
use crate::command::Command;
use crate::event::{Direction, Event, EventName};
use crate::fault::Fault;
use crate::json::{Object, Value};
use crate::rules::Situation;
use crate::state::State;

/// More reasons for not being ready than this are not added up: no company has so many, and a page must not grow without
/// bound.
const MOST: usize = 100;

/// What an agent wants to be when the present call is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ready for calls.
    Idle,
    /// Not ready.
    Busy {
        /// Why.
        busy_type: Option<String>,
    },
}

impl Next {
    /// What brings it about.
    pub fn command(&self) -> Command {
        match self {
            Next::Idle => Command::Idle,
            Next::Busy { busy_type } => Command::Busy {
                busy_type: busy_type.clone(),
            },
        }
    }

    /// As the snapshot says it: `{"state":"busy","busyType":"…"}`.
    pub(crate) fn write(&self) -> String {
        let mut out = Object::new();
        match self {
            Next::Idle => out.text("state", "idle").text("busyType", ""),
            Next::Busy { busy_type } => out
                .text("state", "busy")
                .text("busyType", busy_type.as_deref().unwrap_or_default()),
        };
        out.finish()
    }

    /// Reads what [`Next::write`] wrote.
    pub(crate) fn read(of: Value<'_>) -> Option<Self> {
        match of.get("state").raw() {
            "\"idle\"" => Some(Next::Idle),
            "\"busy\"" => Some(Next::Busy {
                busy_type: Some(of.get("busyType").string()).filter(|t| !t.is_empty()),
            }),
            _ => None,
        }
    }
}

/// How long an agent was not ready for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// The reason; empty where none was given.
    pub busy_type: String,
    /// ms of the times that are over. The present one is not among them: it is as old as the state.
    pub ms: u64,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Shift {
    pub(super) next: Option<Next>,
    /// Calls in a row that rang until they ended.
    pub(super) missed: u32,
    pub(super) used: Vec<Used>,
}

impl Shift {
    /// A time of not being ready is over.
    pub(super) fn add(&mut self, busy_type: &str, ms: u64) {
        let room = self.used.len() < MOST;
        match self
            .used
            .iter_mut()
            .find(|used| used.busy_type == busy_type)
        {
            Some(used) => used.ms = used.ms.saturating_add(ms),
            None if room => self.used.push(Used {
                busy_type: busy_type.to_owned(),
                ms,
            }),
            None => {}
        }
    }

    /// What is kept for a page that is reloaded.
    pub(super) fn write(&self, out: &mut Object) {
        if let Some(next) = &self.next {
            out.raw("next", &next.write());
        }
        if self.missed > 0 {
            out.number("missed", i64::from(self.missed));
        }
        if !self.used.is_empty() {
            out.raw("used", &self.write_used());
        }
    }

    /// As the snapshot says it: `[{"busyType":"…","ms":…}]`.
    pub(super) fn write_used(&self) -> String {
        super::snapshot::array(&self.used, |out, used| {
            let mut item = Object::new();
            item.text("busyType", &used.busy_type)
                .number("ms", used.ms as i64);
            out.push_str(&item.finish());
        })
    }

    /// Reads what an earlier page kept.
    pub(super) fn read(kept: Value<'_>) -> Self {
        let mut shift = Shift {
            next: Next::read(kept.get("next")),
            missed: kept
                .get("missed")
                .unsigned()
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(0),
            used: Vec::new(),
        };
        for item in kept.get("used").items() {
            let ms = item.get("ms").unsigned().unwrap_or(0);
            shift.add(&item.get("busyType").string(), ms);
        }
        shift
    }
}

/// Whether a call that rang and ended was one that somebody else made to reach the agent.
fn was_missed(call: &Call, event: &Event<'_>) -> bool {
    call.direction == Some(Direction::Inbound)
        // A supervisor's own phone rings as well.
        && call.watch.is_none()
        && event.data.cause.number() != Some(vcall::REJECTED)
}

impl Session {
    /// The agent chooses what to be when the call is over; without a call it is asked for at once.
    pub(super) fn choose_next(
        &mut self,
        next: Option<Next>,
        now: Now,
    ) -> Result<Option<i64>, Fault> {
        if let Some(next) = &next
            && !self.situation().in_call()
            && self.situation() != Situation::WrapUp
            && self.calls.now.is_none()
        {
            let command = next.command();
            return self.command(command, now).map(Some);
        }
        self.shift.next = next;
        self.save_clock();
        Ok(self.serve_next(now))
    }

    /// Asks for the state that was chosen, where the time for it has come.
    pub(super) fn serve_next(&mut self, now: Now) -> Option<i64> {
        let next = self.shift.next.as_ref().filter(|_| self.is_login())?;
        let there = match (&self.state, next) {
            // Where wrap-up ends by itself, this comes then.
            (State::Told(EventName::After), _) if self.wrap_up_lasts() => return None,
            (State::Told(EventName::After), _) => false,
            (State::Told(EventName::Idle), Next::Idle) => true,
            (State::Told(EventName::Busy), Next::Busy { busy_type }) => busy_type
                .as_ref()
                .is_none_or(|wanted| *wanted == self.busy_type),
            (State::Told(EventName::Idle | EventName::Busy), _) => false,
            _ => return None,
        };
        let command = next.command();
        self.shift.next = None;
        self.save_clock();
        (!there).then(|| self.send(&command, now))
    }

    /// Wrap-up has an end that has not come.
    pub(super) fn wrap_up_lasts(&self) -> bool {
        self.timers.is_set(Timer::AutoIdle) || self.timers.is_set(Timer::Pause)
    }

    /// Follows a state that is about to be taken, told at this time; `reason` was the one for not being ready before. Says
    /// whether the state's clock starts anew although the state does not change.
    pub(super) fn follow_shift(
        &mut self,
        event: &Event<'_>,
        state: &State,
        reason: &str,
        at: u64,
    ) -> bool {
        let Some((before, since)) = self.told.as_ref().filter(|_| state.logged_in()) else {
            return false;
        };
        let other_reason = state == before
            && event.known == Some(EventName::Busy)
            && *state == State::Told(EventName::Busy)
            && self.busy_type != reason;
        if *before == State::Told(EventName::Busy) && (state != before || other_reason) {
            self.shift.add(reason, at.saturating_sub(*since));
        }
        let call = self.calls.now.as_ref();
        if state.talking() {
            self.shift.missed = 0;
        } else if *before == State::Told(EventName::AgentRinging)
            && !state.in_call()
            && *state != State::Told(EventName::CancelCall)
            && call.is_some_and(|call| was_missed(call, event))
        {
            self.shift.missed = self.shift.missed.saturating_add(1);
            if self.missed_enough() {
                let next = Next::Busy { busy_type: None };
                self.shift.next.get_or_insert(next);
            }
        }
        other_reason
    }

    fn missed_enough(&self) -> bool {
        let most = self.config.busy_after_missed;
        most.is_some_and(|most| most > 0 && self.shift.missed >= most)
    }

    /// Tells of calls that were missed, where one more was than before and that makes the agent not ready.
    pub(super) fn tell_missed(&mut self, before: u32) {
        let count = self.shift.missed;
        if count > before && self.missed_enough() {
            self.except(Fault::MissedCalls { count });
        }
    }
}
