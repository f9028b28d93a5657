//! What agents are in a call, and what their events say of it.

use agent::event::EventName;

use super::agents::AgentKey;
use crate::mixer::plan::LegId;

/// What kind of call it is for an agent (`callType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallType {
    Normal,
    Transfer,
    Consult,
    Consulted,
    Listen,
    Whisper,
    ForceInsert,
    Intercept,
}

impl CallType {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Transfer => "transfer",
            Self::Consult => "consult",
            Self::Consulted => "consulted",
            Self::Listen => "listen",
            Self::Whisper => "whisper",
            Self::ForceInsert => "forceInsert",
            Self::Intercept => "intercept",
        }
    }
}

/// What an agent's events say of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Face {
    /// 1 inbound, 2 outbound.
    pub(crate) direction: u8,
    pub(crate) caller: String,
    pub(crate) called: String,
    /// Caller and called side before the call was passed on.
    pub(crate) orig_caller: String,
    pub(crate) orig_called: String,
    /// When the caller joined a queue, Unix ms; 0 = never.
    pub(crate) in_queue_time: u64,
    pub(crate) call_type: CallType,
}

impl Face {
    /// The other party's number.
    pub(crate) fn peer(&self) -> &str {
        if self.direction == 1 {
            &self.caller
        } else {
            &self.called
        }
    }
}

/// How a supervisor takes part in another agent's call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WatchKind {
    Listen,
    Whisper,
    ForceInsert,
    Intercept,
}

impl WatchKind {
    /// The event that says that it was begun.
    pub(crate) fn begun(self) -> EventName {
        match self {
            Self::Listen => EventName::Listen,
            Self::Whisper => EventName::Whisper,
            Self::ForceInsert => EventName::ForceInsert,
            Self::Intercept => EventName::Intercept,
        }
    }

    /// The event that says that it is on.
    pub(crate) fn on(self) -> EventName {
        match self {
            Self::Listen => EventName::Listening,
            Self::Whisper => EventName::Whispering,
            Self::ForceInsert => EventName::ForceInserting,
            Self::Intercept => EventName::Intercepting,
        }
    }

    /// The event that says that it came to nothing.
    pub(crate) fn failed(self) -> EventName {
        match self {
            Self::Listen => EventName::ListenFail,
            Self::Whisper => EventName::WhisperFail,
            Self::ForceInsert => EventName::ForceInsertFail,
            Self::Intercept => EventName::InterceptFail,
        }
    }

    pub(crate) fn call_type(self) -> CallType {
        match self {
            Self::Listen => CallType::Listen,
            Self::Whisper => CallType::Whisper,
            Self::ForceInsert => CallType::ForceInsert,
            Self::Intercept => CallType::Intercept,
        }
    }
}

/// A supervisor's hold on an agent's part of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Watch {
    pub(crate) kind: WatchKind,
    pub(crate) target: AgentKey,
}

/// What an agent is in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// One of the two that the call is between: who made it.
    Caller,
    /// One of the two that the call is between: who was called, or came in by a transfer.
    Called,
    /// Brought in by an agent of the call: rung for a transfer, consulted, or the third of a conference.
    Guest,
    /// A supervisor who watches an agent of the call. The others do not depend on it.
    Watcher(Watch),
}

impl Role {
    /// Whether the call is between this agent and somebody else.
    pub(crate) fn is_principal(self) -> bool {
        matches!(self, Self::Caller | Self::Called)
    }

    /// Whom a watcher watches.
    pub(crate) fn watched(self) -> Option<AgentKey> {
        match self {
            Self::Watcher(watch) => Some(watch.target),
            Self::Caller | Self::Called | Self::Guest => None,
        }
    }
}

/// An agent's browser phone in a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handset {
    pub(crate) leg: LegId,
    /// It has rung, and the agent knows of the call.
    pub(crate) rang: bool,
    pub(crate) answered: bool,
}

/// An agent's part in a call.
#[derive(Debug, Clone)]
pub(crate) struct Leg {
    pub(crate) agent: AgentKey,
    pub(crate) role: Role,
    pub(crate) face: Face,
    /// Sequence of the command whose outcome is still due, else 0.
    pub(crate) sequence: i64,
    /// State before the call, for calls that fail at the own phone.
    pub(crate) state_before: EventName,
    /// Unix ms; 0 = did not happen. For a caller `rang` and `answered` are those of the called side.
    pub(crate) began: u64,
    pub(crate) rang: u64,
    pub(crate) answered: u64,
    /// The phone in the browser, once it is rung. Phones that the sandbox plays need none.
    pub(crate) handset: Option<Handset>,
}

impl Leg {
    /// The part of an agent whose phone has not rung yet.
    pub(crate) fn new(
        agent: AgentKey,
        role: Role,
        face: Face,
        state_before: EventName,
        now: u64,
    ) -> Self {
        Self {
            agent,
            role,
            face,
            sequence: 0,
            state_before,
            began: now,
            rang: 0,
            answered: 0,
            handset: None,
        }
    }

    /// Whether the agent's phone is asked to ring and does not yet.
    pub(crate) fn is_about_to_ring(&self) -> bool {
        self.handset.as_ref().is_some_and(|handset| !handset.rang)
    }

    /// Whether the agent has been told nothing of the call, because the phone does not ring yet. Who makes a call or
    /// watches one knows of it all the same.
    pub(crate) fn is_unannounced(&self) -> bool {
        self.is_about_to_ring() && matches!(self.role, Role::Called | Role::Guest)
    }

    /// Why the call ends for this agent when nothing out of the ordinary happens: normally after a talk, else
    /// called off. What a supervisor watched had been a talk in any case.
    pub(crate) fn ordinary_cause(&self) -> u32 {
        if self.answered > 0 || self.role.watched().is_some() {
            0
        } else {
            1487
        }
    }
}
