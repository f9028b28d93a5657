//! What is known of the present call: what the newest events said, and nothing else.

use crate::call::{Call, WrapUp};
use crate::event::{Event, EventName};
use crate::state::State;

/// The present call and the last one.
#[derive(Debug, Default)]
pub(super) struct Calls {
    pub(super) now: Option<Call>,
    pub(super) last: Option<WrapUp>,
    /// The wrap-up that an earlier page of this tab was in.
    pub(super) kept: Option<WrapUp>,
    /// Id and start of the conversation that an earlier page of this tab was in.
    pub(super) earlier: Option<(String, u64)>,
}

impl Calls {
    /// Forgets both.
    pub(super) fn clear(&mut self) {
        (self.now, self.last) = (None, None);
    }

    /// Whether an event speaks of the call that is known, or of none.
    pub(super) fn is_same(&self, event: &Event<'_>) -> bool {
        let id = event.data.occ_call_id.text().unwrap_or_default();
        let known = match (&self.now, &self.earlier) {
            (Some(call), _) => call.id.as_str(),
            (None, Some((id, _))) => id,
            (None, None) => "",
        };
        id.is_empty() || id == known
    }

    /// Follows an event that told a state; `before` is the one before it, `at` the time that it tells.
    pub(super) fn follow(&mut self, event: &Event<'_>, before: &State, state: &State, at: u64) {
        use EventName::*;
        match state {
            State::Told(After) => self.ended(event, at),
            // Until `After` comes the call is still the one that ends.
            State::Told(CancelCall | ConsultTransfer | ConsultedCancel) => {}
            // A word that we do not know ends nothing.
            State::Unknown(_) if self.now.is_some() => {}
            state if !state.in_call() => self.clear(),
            _ => {
                self.last = None;
                self.goes_on(event, before, state, at);
            }
        }
    }

    fn ended(&mut self, event: &Event<'_>, at: u64) {
        let data = &event.data;
        let ended = self.now.take();
        let kept = self.kept.take();
        if event.known == Some(EventName::Reconnect) && ended.is_none() && self.last.is_none() {
            self.last = kept;
        }
        // Said again after a reconnect: the first word holds.
        if self.last.is_none() || ended.is_some() {
            self.last = Some(WrapUp {
                since: at,
                until: None,
                cause: data.cause.number().and_then(|c| u32::try_from(c).ok()),
                other_hung_up: data.hangup_direction.number() == Some(1),
                talked: ended
                    .and_then(|c| c.talking_since)
                    .map(|t| at.saturating_sub(t)),
            });
        }
    }

    fn goes_on(&mut self, event: &Event<'_>, before: &State, state: &State, at: u64) {
        let data = &event.data;
        let id = data.occ_call_id.text().unwrap_or_default();
        if self
            .now
            .as_ref()
            .is_some_and(|c| !c.id.is_empty() && !id.is_empty() && c.id != id)
        {
            self.now = None;
        }
        let call = self.now.get_or_insert_default();
        if !id.is_empty() {
            call.id = id.into_owned();
        }
        call.follow(event, before, state);
        if state.talking() && call.talking_since.is_none() {
            let earlier = self.earlier.take_if(|(id, _)| *id == call.id);
            call.talking_since = Some(earlier.map_or(at, |(_, since)| since.min(at)));
        }
    }
}
