//! Whom transfers and consultations are for.

use super::Center;
use super::agents::AgentKey;
use super::outside::Plan;
use super::wire::{Refusal, Request};
use crate::people::{Group, IVR};

/// Whom an agent wants, as the command says it. Whether there is such a one is another question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The agent of this number.
    Agent(String),
    /// An outside number.
    Person(String),
    /// The group with this identifier.
    Group(String),
    /// The voice menu with this identifier.
    Menu(String),
}

impl Target {
    /// Reads what `transferCall` and `consultCall` say: a kind from 1 to 4 and an identifier in this field.
    pub(crate) fn read(
        request: &Request,
        kind: Option<i64>,
        id_key: &str,
    ) -> Result<Self, Refusal> {
        let id = request.text(id_key)?.ok_or(Refusal::Field)?;
        match kind {
            Some(1) => Ok(Self::Agent(id)),
            Some(2) => Ok(Self::Person(id)),
            Some(3) => Ok(Self::Group(id)),
            Some(4) => Ok(Self::Menu(id)),
            _ => Err(Refusal::Field),
        }
    }

    /// The identifier as it was given.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Agent(id) | Self::Person(id) | Self::Group(id) | Self::Menu(id) => id,
        }
    }
}

/// Who can be had to talk to at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reached {
    /// An agent whose phone can be rung.
    Agent(AgentKey),
    /// An outside person who can be rung.
    Person { rings: u64, talks: Option<u64> },
    /// The voice menu.
    Menu,
}

/// Where a whole call can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Destination {
    /// To an agent whose phone can be rung.
    Agent(AgentKey),
    /// To an outside number, whatever happens there.
    Person(Plan),
    /// To a group, if need be to its queue.
    Group(&'static Group),
    /// To the voice menu.
    Menu,
}

impl Center {
    /// Somebody to talk to. Of a group it is whoever is idle for longest; there is no queueing.
    pub(super) fn reach(&self, target: &Target) -> Option<Reached> {
        match target {
            Target::Agent(number) => self.reachable(number).ok().map(Reached::Agent),
            Target::Person(number) => match Plan::of_number(number) {
                Plan::Answers { rings, talks } => Some(Reached::Person { rings, talks }),
                Plan::Fails(_) => None,
            },
            Target::Group(id) => self.longest_idle(&[Group::find(id)?]).map(Reached::Agent),
            Target::Menu(id) => (id == IVR.0).then_some(Reached::Menu),
        }
    }

    /// Somewhere to send a whole call.
    pub(super) fn destination(&self, target: &Target) -> Option<Destination> {
        match target {
            Target::Agent(number) => self.reachable(number).ok().map(Destination::Agent),
            Target::Person(number) => Some(Destination::Person(Plan::of_number(number))),
            Target::Group(id) => Group::find(id).map(Destination::Group),
            Target::Menu(id) => (id == IVR.0).then_some(Destination::Menu),
        }
    }
}
