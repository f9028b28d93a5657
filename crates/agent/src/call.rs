//! A call of the agent, and what it leaves behind.

use crate::event::{Direction, Event, EventName};
use crate::json::Value;
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

impl WrapUp {
    /// Reads what a snapshot says of one.
    pub(crate) fn read(of: Value<'_>) -> Option<Self> {
        let number = |name| of.get(name).unsigned();
        Some(WrapUp {
            since: number("since")?,
            until: number("until"),
            cause: number("cause").and_then(|c| u32::try_from(c).ok()),
            other_hung_up: of.get("otherHungUp").raw() == "true",
            talked: number("talked"),
        })
    }
}

impl Call {
    /// Follows an event that told a state; `before` is the one before it.
    pub(crate) fn follow(&mut self, event: &Event<'_>, before: &State, state: &State) {
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
