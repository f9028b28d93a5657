//! What is known of the present call: what the newest events said, and nothing else.

use crate::event::{Direction, Event, EventName};
use crate::state::State;

/// A call of this agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The call's id; empty where the platform gives none.
    pub id: String,
    /// Which way it goes, where the platform tells.
    pub direction: Option<Direction>,
    /// The other party's number, unmasked; empty until it is known.
    pub party: String,
    /// `normal`, `consult`, `transfer` …; empty where the platform gives none.
    pub call_type: String,
    /// When the conversation began, ms of the clock that never goes back. It does not restart.
    pub talking_since: Option<u64>,
}

/// What the last call left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapUp {
    /// Since when, ms of the clock that never goes back.
    pub since: u64,
    /// When the agent becomes ready without doing anything.
    pub until: Option<u64>,
    /// Number of the cause.
    pub cause: Option<u32>,
    /// Whether the other party hung up.
    pub other_hung_up: bool,
    /// How long the conversation was, ms; `None` = there was none.
    pub talked: Option<u64>,
}

/// Follows an event that told a state.
pub(super) fn follow(
    call: &mut Option<Call>,
    wrap_up: &mut Option<WrapUp>,
    event: &Event<'_>,
    state: &State,
    now: u64,
) {
    use EventName::*;
    let data = &event.data;
    match state {
        State::Told(After) => {
            let ended = call.take();
            // Said again after a reconnect: the first word holds.
            if wrap_up.is_none() || ended.is_some() {
                *wrap_up = Some(WrapUp {
                    since: now,
                    until: None,
                    cause: data.cause.number().and_then(|c| u32::try_from(c).ok()),
                    other_hung_up: data.hangup_direction.number() == Some(1),
                    talked: ended
                        .and_then(|c| c.talking_since)
                        .map(|t| now.saturating_sub(t)),
                });
            }
            return;
        }
        // Between `CancelCall` and `After` the call is still the one that ends.
        State::Told(CancelCall) => return,
        state if !state.in_call() => {
            *call = None;
            *wrap_up = None;
            return;
        }
        _ => *wrap_up = None,
    }
    let id = data.occ_call_id.text().unwrap_or_default();
    if call
        .as_ref()
        .is_some_and(|c| !c.id.is_empty() && !id.is_empty() && c.id != id)
    {
        *call = None;
    }
    let call = call.get_or_insert_with(|| Call {
        id: String::new(),
        direction: None,
        party: String::new(),
        call_type: String::new(),
        talking_since: None,
    });
    if !id.is_empty() {
        call.id = id.into_owned();
    }
    if let Some(direction) = data.direction() {
        call.direction = Some(direction);
    }
    if let Some(party) = data.party().filter(|p| !p.is_empty()) {
        call.party = party.into_owned();
    }
    if let Some(call_type) = data.call_type.text() {
        call.call_type = call_type.into_owned();
    }
    if state.talking() && call.talking_since.is_none() {
        call.talking_since = Some(now);
    }
}
