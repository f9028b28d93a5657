//! Which controls belong to which state.

use super::picture::Picture;
use agent::rules::Situation;
use agent::session::Link;
use agent::{EventName, State};

/// What the bar shows between the state chip and the utilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// No link, and none is being tried.
    NoLink,
    /// A try is under way; the first one, or one after a loss.
    Connecting {
        /// Not the first.
        again: bool,
    },
    /// Waiting for the next try.
    Waiting,
    /// Linked, not logged in.
    SignedOut,
    /// Logged in elsewhere.
    Kicked,
    /// Locked by the platform.
    Locked,
    /// Logged in, without a call.
    AtRest,
    /// Someone calls and the agent's phone rings.
    Incoming,
    /// A call is being set up.
    SettingUp,
    /// A call: in conversation, on hold, or consulted by somebody.
    InCall,
    /// A call that is being given to somebody who rings.
    Transferring,
    /// Somebody is consulted, or rings to be, while the other party waits.
    Consulting,
    /// Three parties talk.
    Conference,
    /// Another agent's call, as their supervisor.
    Watching,
    /// After a call.
    WrapUp,
}

impl Scene {
    /// The scene of a picture.
    pub fn of(picture: &Picture) -> Self {
        match picture.link {
            Link::Down => return Scene::NoLink,
            Link::Connecting { attempt } => {
                return Scene::Connecting {
                    again: attempt > 1 || picture.call.is_some(),
                };
            }
            Link::Waiting { .. } => return Scene::Waiting,
            Link::Up => {}
        }
        let inbound = picture
            .call
            .as_ref()
            .is_some_and(|c| c.direction == Some(agent::event::Direction::Inbound));
        match &picture.state {
            State::Closed
            | State::Disconnected
            | State::Connected
            | State::Told(EventName::Logout) => Scene::SignedOut,
            State::Told(EventName::Kick) => Scene::Kicked,
            State::Told(EventName::Lock) => Scene::Locked,
            State::Told(EventName::After) => Scene::WrapUp,
            State::Told(EventName::AgentRinging) if inbound => Scene::Incoming,
            state if state.setting_up() => Scene::SettingUp,
            state if state.talking() => match picture.situation {
                Situation::Transferring => Scene::Transferring,
                Situation::ConsultRinging | Situation::Consulting => Scene::Consulting,
                Situation::Conference => Scene::Conference,
                Situation::Watching => Scene::Watching,
                _ => Scene::InCall,
            },
            _ => Scene::AtRest,
        }
    }

    /// Whether there is more to say of it than that it is so.
    pub fn is_unusual(self) -> bool {
        use Scene::*;
        matches!(self, Connecting { again: true } | Waiting | Kicked | Locked)
    }

    /// Whether there may be calls.
    pub fn signed_in(self) -> bool {
        use Scene::*;
        !matches!(
            self,
            NoLink | Connecting { .. } | Waiting | SignedOut | Kicked | Locked
        )
    }
}
