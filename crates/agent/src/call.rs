//! A call of the agent, and what it leaves behind.

use crate::command::Supervise;
use crate::event::{Data, Direction, Event, EventName};
use crate::json::Value;
use crate::session::Group;
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
    /// Since when the other party waits, ms of the server's clock; `None` = it does not.
    pub held_at: Option<u64>,
    /// Since when the agent is muted; `None` = is not.
    pub muted_at: Option<u64>,
    /// When the consultation that goes on was started.
    pub consult_at: Option<u64>,
    /// When the agent's phone began to ring; `None` = that was not heard.
    pub ringing_at: Option<u64>,
    /// When the caller joined a queue; `None` = in none.
    pub queued_at: Option<u64>,
    /// The skill group that the call came through.
    pub group: Option<Group>,
    /// What the IVR learned, where the call came through one.
    pub ivr: Option<Ivr>,
    /// What the page or the platform sent along with the call: a text, which may be JSON; empty where nothing was.
    pub user_data: String,
    /// To whom the agent is giving the call, while that rings: number, group id or IVR id, as this page asked for it.
    pub transfer: Option<String>,
    /// Whose call the agent is in as a supervisor; no number where another page asked for it.
    pub watch: Option<Watching>,
    /// Which supervisor speaks into the call. Nothing tells when they leave, so it stays until the call ends.
    pub joined_by: Option<Watching>,
    /// Another call that rings beside this one.
    pub second: Option<Second>,
}

/// What an IVR learned from a caller. Not masked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ivr {
    /// The keys that the caller pressed, one after the other.
    pub keys: Vec<String>,
    /// `ivrParam`: a text, JSON as a rule.
    pub param: String,
    /// What the IVR was given.
    pub input: String,
    /// What it gives.
    pub output: String,
}

/// A supervisor's hold on a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watching {
    /// In which way.
    pub kind: Supervise,
    /// Of the other one: whose call it is, or who joined it. Empty until it is known.
    pub agent_number: String,
}

/// A call that rings while the agent is in another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Second {
    /// Its id.
    pub id: String,
    /// The caller's number, unmasked; empty where the platform gives none.
    pub party: String,
    /// Since when it rings, ms of the server's clock.
    pub ringing_at: u64,
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
    /// The call's id; empty where the platform gives none.
    pub call_id: String,
    /// The other party's number, unmasked; empty where it is not known.
    pub party: String,
    /// Which way the call went, where the platform tells.
    pub direction: Option<Direction>,
    /// The agent stopped the clock: ms that are left when it goes on. There is no end meanwhile.
    pub paused: Option<u64>,
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
            call_id: of.get("callId").string(),
            party: of.get("party").string(),
            direction: match of.get("direction").raw() {
                "\"inbound\"" => Some(Direction::Inbound),
                "\"outbound\"" => Some(Direction::Outbound),
                _ => None,
            },
            paused: number("paused"),
        })
    }
}

impl Call {
    /// Follows an event that told a state; `before` is the one before it, `at` the time that it tells.
    pub(crate) fn follow(&mut self, event: &Event<'_>, before: &State, state: &State, at: u64) {
        self.learn(event);
        self.change(event, before, state);
        if *state == State::Told(EventName::AgentRinging) {
            self.ringing_at.get_or_insert(at);
        }
        let consults = self.consult.is_some();
        for (lasts, since) in [
            (self.held, &mut self.held_at),
            (self.muted, &mut self.muted_at),
            (consults, &mut self.consult_at),
        ] {
            *since = lasts.then(|| since.unwrap_or(at));
        }
    }

    /// Keeps what an event says of where the call comes from. Events that say nothing of it take nothing back.
    fn learn(&mut self, event: &Event<'_>) {
        let data = &event.data;
        if let Some(at) = data.in_queue_time.unsigned().filter(|at| *at > 0) {
            self.queued_at = Some(at);
        }
        if let Some(text) = words(data.user_data) {
            self.user_data = text;
        }
        if let Some(ivr) = Ivr::read(event.ivr_param, data) {
            self.ivr = Some(ivr);
        }
    }

    fn change(&mut self, event: &Event<'_>, before: &State, state: &State) {
        use EventName::*;
        let data = &event.data;
        let is = |name: EventName| event.known == Some(name) || *state == State::Told(name);
        let party = data.party().filter(|p| !p.is_empty());
        let call_type = data.call_type.text().filter(|t| !t.is_empty());
        // Some platforms tell `Hold` with the state of a conversation.
        self.held = is(Hold);
        // A hold or a consultation ends no mute: who is shown as heard while nobody hears them talks to nobody.
        self.muted = !is(Unmute) && (self.muted || is(Mute));
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

impl Ivr {
    /// What an event says of one; `None`: nothing.
    fn read(param: Value<'_>, data: &Data<'_>) -> Option<Self> {
        let keys = data.ivr_key_record.items().filter_map(Value::text);
        let ivr = Ivr {
            keys: keys.map(|key| key.into_owned()).collect(),
            param: words(param).unwrap_or_default(),
            input: words(data.input_param).unwrap_or_default(),
            output: words(data.output_param).unwrap_or_default(),
        };
        (ivr != Ivr::default()).then_some(ivr)
    }
}

/// A text that says something, or the JSON of a list or an object.
fn words(value: Value<'_>) -> Option<String> {
    let raw = value.raw();
    if raw.starts_with(['{', '[']) {
        return Some(raw.to_owned());
    }
    value
        .text()
        .filter(|t| !t.is_empty())
        .map(|t| t.into_owned())
}
