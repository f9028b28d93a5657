//! What is known of the present call: what the newest events said, and nothing else.

use crate::event::{Direction, Event, EventName};
use crate::state::State;

/// A call of this agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// The call's id; empty where the platform gives none.
    pub id: String,
    /// Which way it goes, where the platform tells.
    pub direction: Option<Direction>,
    /// The other party's number, unmasked; empty until it is known. While somebody is consulted it is still the one who
    /// waits.
    pub party: String,
    /// `normal`, `consulted`, `transfer` …; empty where the platform gives none.
    pub call_type: String,
    /// When the conversation began, ms of the server's clock. It does not restart.
    pub talking_since: Option<u64>,
    /// The agent is muted.
    pub muted: bool,
    /// The other party waits.
    pub held: bool,
    /// Whom the agent consults; empty until it is known.
    pub consult: Option<String>,
    /// Three parties talk.
    pub conference: bool,
}

/// What the last call left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapUp {
    /// Since when, ms of the server's clock.
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

/// The present call and the last one.
#[derive(Debug, Default)]
pub(super) struct Calls {
    pub(super) now: Option<Call>,
    pub(super) last: Option<WrapUp>,
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

impl Call {
    fn follow(&mut self, event: &Event<'_>, before: &State, state: &State) {
        use EventName::*;
        let data = &event.data;
        let is = |name: EventName| event.known == Some(name) || *state == State::Told(name);
        let party = data.party().filter(|p| !p.is_empty());
        let call_type = data.call_type.text().filter(|t| !t.is_empty());
        // Some platforms tell `Hold` with the state of a conversation.
        self.held = is(Hold);
        self.muted = is(Mute);
        if is(TripartiteTalking) {
            self.conference = true;
        }
        if is(TripartiteTalkFail) {
            self.conference = false;
        }
        let back = is(ConsultCancel) || is(ConsultCallFail);
        let consult = call_type.as_deref() == Some("consult");
        // A conversation that names no kind is the consultation's if that was ringing.
        let alone = is(Conversation)
            && !consult
            && (call_type.is_some()
                || !matches!(before, State::Told(ConsultCall | ConsultCalling)));
        let other = call_type.is_some() && !consult && !self.conference;
        if back || alone || other {
            self.consult = None;
        } else if consult || is(ConsultCall) || is(ConsultCalling) {
            self.consult.get_or_insert_default();
        }
        if back || alone {
            self.conference = false;
        }
        if let Some(whom) = &mut self.consult {
            // What is said of parties is said of the second leg.
            if let Some(called) = data.called.text().filter(|c| !c.is_empty()) {
                *whom = called.into_owned();
            }
            return;
        }
        if let Some(direction) = data.direction() {
            self.direction = Some(direction);
        }
        if let Some(party) = party {
            self.party = party.into_owned();
        }
        // While a transfer rings, its kind is not yet that of the call.
        let settled = !self.conference && !consult && !is(TransferCall) && !is(TransferCalling);
        if let Some(call_type) = call_type.filter(|_| settled) {
            self.call_type = call_type.into_owned();
        }
    }
}
