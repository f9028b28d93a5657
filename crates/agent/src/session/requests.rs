//! The promise form: each request settles once, whatever happens.

use super::{Emit, Session};
use crate::event::{Event, EventName};
use crate::fault::Fault;
use crate::rules::{Bound, Rule};
use EventName::*;

/// After the answer, what follows at once has this long, ms.
pub(super) const SOON: u64 = 10_000;

/// What has to be answered by a person has this long, ms: two phones may ring, each a minute at most.
const RINGS: u64 = 150_000;

/// A request whose outcome is awaited.
#[derive(Debug)]
pub(super) struct Waiting {
    sequence: i64,
    request: String,
    rule: Option<&'static Rule>,
    pub(super) deadline: u64,
}

impl Waiting {
    pub(super) fn new(sequence: i64, request: &str, timeout: u64, now: u64) -> Self {
        let rule = Rule::of(request);
        let more = match rule.map(|r| r.bound) {
            Some(Bound::Rings) => RINGS,
            _ => SOON,
        };
        Waiting {
            sequence,
            request: request.to_owned(),
            rule,
            deadline: now + timeout + more,
        }
    }

    /// What an event means for it; `had_call`: there was a call before the event.
    fn outcome(&self, event: &Event<'_>, had_call: bool) -> Option<Result<(), Fault>> {
        let known = event.known?;
        // Of what we do not know the answer is all that can be waited for.
        let rule = self.rule?;
        let data = &event.data;
        // Called off by another command, whose number the event bears.
        let called_off = rule.request == "consultCall" && known == ConsultCancel;
        // Platforms that do not say which command an event belongs to send 0.
        if called_off || event.sequence == self.sequence || event.sequence == 0 {
            // A consultation is answered by a conversation of its own kind.
            let call_type = data.call_type.text();
            let other = rule.request == "consultCall" && call_type.is_some_and(|t| t != "consult");
            if rule.done.contains(&known) && !other {
                return Some(Ok(()));
            }
            if called_off || rule.failed.contains(&known) {
                return Some(Err(Fault::CommandFailed {
                    request: self.request.clone(),
                    event: event.name.clone().into_owned(),
                    cause: data.cause.string(),
                }));
            }
        }
        if known == After && had_call && rule.of_call() {
            let cause = data.cause.number().unwrap_or(0);
            // A transfer that is done ends the call for the one who gave it away (1600 to 1605).
            let gives_away = matches!(rule.request, "transferCall" | "consultTransfer");
            if gives_away && (1600..=1605).contains(&cause) {
                return Some(Ok(()));
            }
            return Some(Err(Fault::CallEnded {
                request: self.request.clone(),
                cause: u32::try_from(cause).unwrap_or(0),
            }));
        }
        (matches!(known, Logout | Kick) && !matches!(rule.request, "login" | "reconnect"))
            .then_some(Err(Fault::NotLoggedIn))
    }
}

impl Session {
    /// Settles what an event decides. One event is the outcome of one command: the oldest that waits for it.
    pub(super) fn settle_by(&mut self, event: &Event<'_>, had_call: bool) {
        let mut done = false;
        let mut at = 0;
        while let Some(waiting) = self.waiting.get(at) {
            match waiting.outcome(event, had_call) {
                Some(result) if result.is_err() || !done => {
                    done |= result.is_ok();
                    let sequence = self.waiting.remove(at).sequence;
                    self.settled(sequence, result);
                }
                _ => at += 1,
            }
        }
    }

    /// Settles a request by its answer, or by the lack of one.
    pub(super) fn settle(&mut self, sequence: i64, result: Result<(), Fault>) {
        if let Some(at) = self.waiting.iter().position(|w| w.sequence == sequence) {
            self.waiting.remove(at);
            self.settled(sequence, result);
        }
    }

    /// A positive answer is all that can come to some requests.
    pub(super) fn settle_by_answer(&mut self, sequence: i64) {
        let last = |w: &Waiting| w.rule.is_none_or(|rule| rule.done.is_empty());
        if self
            .waiting
            .iter()
            .any(|w| w.sequence == sequence && last(w))
        {
            self.settle(sequence, Ok(()));
        }
    }

    /// The link is gone: nobody can say any more what became of them.
    pub(super) fn settle_all_lost(&mut self) {
        for waiting in std::mem::take(&mut self.waiting) {
            let request = waiting.request;
            self.settled(waiting.sequence, Err(Fault::LinkLost { request }));
        }
    }

    /// Gives up what has waited long enough.
    pub(super) fn settle_late(&mut self, now: u64) {
        while let Some(at) = self.waiting.iter().position(|w| w.deadline <= now) {
            let Waiting {
                sequence, request, ..
            } = self.waiting.remove(at);
            self.settled(sequence, Err(Fault::NoOutcome { request }));
        }
    }

    fn settled(&mut self, sequence: i64, result: Result<(), Fault>) {
        self.emit(Emit::Settled { sequence, result });
    }
}
