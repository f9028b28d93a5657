//! The center's table of named timers.
//!
//! A name is armed at most once; arming it again moves it. Nothing in the center ever waits: whoever
//! drives it asks for the next time and comes back then.

use std::collections::BTreeMap;

use super::agents::AgentKey;
use super::calls::CallKey;

/// What may become due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// Nothing was heard of the agent's client for so long that it counts as logged out.
    AgentGone(AgentKey),
    /// The agent's client was silent for long and has been heard of again.
    BackInTouch(AgentKey),
    /// The agent's browser phone has lost its connection and not registered again.
    PhoneGone(AgentKey),
    /// The agent's phone, which the sandbox plays, is answered or rejected.
    PhoneReacts(CallKey, AgentKey),
    /// The agent's phone has rung long enough.
    PhoneUnanswered(CallKey, AgentKey),
    /// The called side cannot be reached, and the caller gets to know.
    CalledFails(CallKey),
    /// The outside person picks up.
    PersonAnswers(CallKey),
    /// The outside person was rung long enough.
    PersonUnanswered(CallKey),
    /// The outside person hangs up by itself.
    PersonHangsUp(CallKey),
    /// The guest, an outside person, picks up.
    GuestAnswers(CallKey),
    /// The guest, an outside person, was rung long enough.
    GuestUnanswered(CallKey),
    /// The guest, an outside person, hangs up by itself.
    GuestHangsUp(CallKey),
    /// The voice menu has waited long enough for a key.
    MenuUnanswered(CallKey),
}

impl Timer {
    /// The call that it belongs to.
    pub(crate) fn call(self) -> Option<CallKey> {
        match self {
            Self::AgentGone(_) | Self::BackInTouch(_) | Self::PhoneGone(_) => None,
            Self::PhoneReacts(call, _)
            | Self::PhoneUnanswered(call, _)
            | Self::CalledFails(call)
            | Self::PersonAnswers(call)
            | Self::PersonUnanswered(call)
            | Self::PersonHangsUp(call)
            | Self::GuestAnswers(call)
            | Self::GuestUnanswered(call)
            | Self::GuestHangsUp(call)
            | Self::MenuUnanswered(call) => Some(call),
        }
    }
}

/// Armed timers with the time, in Unix ms, at which each is due.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    due: BTreeMap<Timer, u64>,
}

impl Timers {
    pub(crate) fn arm(&mut self, timer: Timer, at: u64) {
        self.due.insert(timer, at);
    }

    /// Arms it, or moves it if it would otherwise be due later.
    pub(crate) fn arm_no_later(&mut self, timer: Timer, at: u64) {
        let due = self.due.entry(timer).or_insert(at);
        *due = at.min(*due);
    }

    /// When it is due, if it is armed.
    pub(crate) fn at(&self, timer: Timer) -> Option<u64> {
        self.due.get(&timer).copied()
    }

    /// All that are armed.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Timer> {
        self.due.keys().copied()
    }

    pub(crate) fn disarm(&mut self, timer: Timer) {
        self.due.remove(&timer);
    }

    /// Disarms all that belongs to a call.
    pub(crate) fn forget_call(&mut self, call: CallKey) {
        self.due.retain(|timer, _| timer.call() != Some(call));
    }

    /// When the earliest timer is due.
    pub(crate) fn next(&self) -> Option<u64> {
        self.due.values().min().copied()
    }

    /// Takes the earliest timer that is due by `now`.
    pub(crate) fn pop(&mut self, now: u64) -> Option<(Timer, u64)> {
        let (timer, at) = self
            .due
            .iter()
            .min_by_key(|&(timer, at)| (*at, *timer))
            .map(|(timer, at)| (*timer, *at))?;
        if at > now {
            return None;
        }
        self.due.remove(&timer);
        Some((timer, at))
    }
}
