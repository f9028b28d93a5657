//! The agent's state: always the newest that the platform told.

use crate::EventName;
use EventName::*;

/// The agent's state, or that of the link where the platform has not told one yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// No link.
    Closed,
    /// The link was ended on purpose.
    Disconnected,
    /// Linked, not logged in.
    Connected,
    /// What the platform said.
    Told(EventName),
    /// What the platform said, in a word that we do not know.
    Unknown(String),
}

impl State {
    /// The word that `StateChange` carries.
    pub fn as_str(&self) -> &str {
        match self {
            State::Closed => "closed",
            State::Disconnected => "disconnect",
            State::Connected => "connected",
            State::Told(name) => name.as_str(),
            State::Unknown(text) => text,
        }
    }

    pub(crate) fn told(text: &str) -> Self {
        EventName::parse(text).map_or_else(|| State::Unknown(text.to_owned()), State::Told)
    }

    /// Talking, in whatever form; see [`State::in_call`].
    pub fn talking(&self) -> bool {
        matches!(
            self,
            State::Told(
                Conversation
                    | Mute
                    | Unmute
                    | UnHold
                    | Hold
                    | TransferCall
                    | TransferCalling
                    | TransferCallFail
                    | TransferCancel
                    | ConsultCall
                    | ConsultCalling
                    | ConsultCallFail
                    | ConsultCancel
                    | TripartiteTalk
                    | TripartiteTalking
                    | TripartiteTalkFail
                    | Listening
                    | Whispering
                    | ForceInserting
            )
        )
    }

    /// Setting a call up: something rings or is about to.
    pub fn setting_up(&self) -> bool {
        matches!(
            self,
            State::Told(
                MakeCall
                    | AgentOriginate
                    | AgentRinging
                    | AgentAnswer
                    | CalledRinging
                    | CalledAnswer
                    | Listen
                    | Whisper
                    | ForceInsert
                    | Intercept
                    | Intercepting
            )
        )
    }

    /// A call is there: it rings, talks or waits.
    pub fn in_call(&self) -> bool {
        self.talking() || self.setting_up()
    }

    /// The agent is logged in, as far as the state tells.
    pub fn logged_in(&self) -> bool {
        !matches!(
            self,
            State::Closed | State::Disconnected | State::Connected | State::Told(Logout | Kick)
        )
    }
}
