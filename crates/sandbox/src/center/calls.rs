//! Calls and who takes part in them.
//!
//! A call is between two principals, agents or outside people. One of its agents may be host to a guest: the
//! target of a transfer, a consulted party, the third of a conference. Supervisors watch from beside.

use std::collections::BTreeMap;

use super::agents::AgentKey;
use super::ivr::Menu;
use super::legs::{CallType, Face, Leg, Role};
use super::outside::{Outside, Plan};
use crate::people::Group;

/// An outside person is rung no longer than this (ms).
pub(crate) const PERSON_PATIENCE: u64 = 60_000;
/// An agent's phone rings no longer than this (ms).
pub(crate) const PHONE_PATIENCE: u64 = 30_000;
/// An agent's phone rings no longer than this (ms) for a call to a group.
pub(crate) const GROUP_PATIENCE: u64 = 15_000;
/// The phones that the sandbox plays react after this time (ms).
pub(crate) const PHONE_REACTION: u64 = 500;
/// A person who hears the busy tone hangs up after this time (ms).
pub(crate) const BUSY_TONE: u64 = 30_000;

/// Name of a call inside the center. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CallKey(u64);

/// How far a call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallState {
    /// The caller's own phone rings, or the called side is being looked for.
    Dialling,
    /// The called side rings.
    Ringing,
    /// The caller hears the voice menu.
    Menu,
    /// The caller waits in the queue of a group.
    Waiting,
    /// Both sides talk.
    Talking,
    /// The called side cannot be reached.
    Failed,
}

impl CallState {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Dialling => "dialling",
            Self::Ringing => "ringing",
            Self::Menu => "ivr",
            Self::Waiting => "queued",
            Self::Talking => "talking",
            Self::Failed => "failed",
        }
    }
}

/// Who an agent's call goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Callee {
    /// An outside number with its behaviour.
    Person(Plan),
    /// The agent of this number, who may not exist.
    Agent(String),
}

/// What an agent wants of a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To hand the call over as soon as the guest answers.
    Transfer,
    /// To talk to the guest first.
    Consult,
}

/// How far a guest has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The guest is rung; the other principal waits.
    Rings,
    /// Host and guest talk; the other principal waits.
    Talks,
    /// All three talk.
    Joined,
}

/// Who a guest is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Party {
    /// An agent, who has a leg in the call.
    Agent(AgentKey),
    /// An outside person.
    Person(Outside),
    /// The voice menu.
    Menu,
}

/// Whom an agent of the call has brought in.
#[derive(Debug, Clone)]
pub(crate) struct Guest {
    /// The agent who brought the guest in: a principal.
    pub(crate) host: AgentKey,
    pub(crate) purpose: Purpose,
    pub(crate) party: Party,
    pub(crate) phase: Phase,
    /// What the host's events say while they are about the guest.
    pub(crate) face: Face,
}

/// A call.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// The `occCallId`, which stays the same as long as the call lives.
    pub(crate) id: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) state: CallState,
    /// Why the called side cannot be reached, once that is known.
    pub(crate) failure: u32,
    pub(crate) user_data: String,
    /// Whom the caller wants, until that is tried.
    pub(crate) callee: Option<Callee>,
    /// What the call was last sent to: a number, a group or the voice menu.
    pub(crate) wanted: String,
    /// What kind of call it is for the agents to whom it comes.
    pub(crate) call_type: CallType,
    /// The group that the call waits for or is offered to.
    pub(crate) group: Option<&'static Group>,
    /// When the caller joined a queue, Unix ms; 0 = never.
    pub(crate) in_queue_time: u64,
    /// What the voice menu has learned, once the call was there.
    pub(crate) menu: Option<Menu>,
    /// The principals who are outside people.
    pub(crate) outside: Vec<Outside>,
    /// The agents, in the order in which they came in.
    pub(crate) legs: Vec<Leg>,
    pub(crate) guest: Option<Guest>,
}

impl Call {
    /// A call in which nobody takes part yet.
    pub(crate) fn new(id: String, from: String, to: String) -> Self {
        Self {
            id,
            from,
            wanted: to.clone(),
            to,
            state: CallState::Dialling,
            failure: 0,
            user_data: String::new(),
            callee: None,
            call_type: CallType::Normal,
            group: None,
            in_queue_time: 0,
            menu: None,
            outside: Vec::new(),
            legs: Vec::new(),
            guest: None,
        }
    }

    pub(crate) fn leg(&self, agent: AgentKey) -> Option<&Leg> {
        self.legs.iter().find(|leg| leg.agent == agent)
    }

    pub(crate) fn leg_mut(&mut self, agent: AgentKey) -> Option<&mut Leg> {
        self.legs.iter_mut().find(|leg| leg.agent == agent)
    }

    /// The agents whom the call is between.
    pub(crate) fn principals(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter().filter(|leg| leg.role.is_principal())
    }

    /// The outside people in the call: those whom it is between, then one whom an agent has brought in.
    pub(crate) fn people(&self) -> impl Iterator<Item = &Outside> {
        let guest = self.guest.as_ref().and_then(|guest| match &guest.party {
            Party::Person(person) => Some(person),
            Party::Agent(_) | Party::Menu => None,
        });
        self.outside.iter().chain(guest)
    }

    /// The agent who made the call, as long as nobody has answered it.
    pub(crate) fn waiting_caller(&mut self) -> Option<&mut Leg> {
        self.legs
            .iter_mut()
            .find(|leg| leg.role == Role::Caller && leg.answered == 0)
    }

    /// What an agent's events say of the call at present.
    pub(crate) fn face(&self, agent: AgentKey) -> Option<Face> {
        let mut face = self.leg(agent)?.face.clone();
        if let Some(guest) = &self.guest
            && guest.host == agent
        {
            match (guest.purpose, guest.phase) {
                (Purpose::Transfer, _) => face.call_type = CallType::Transfer,
                // In a conference the host may do no more than a consulted agent.
                (Purpose::Consult, Phase::Joined) => face.call_type = CallType::Consulted,
                (Purpose::Consult, Phase::Rings | Phase::Talks) => face = guest.face.clone(),
            }
        }
        Some(face)
    }

    /// The guest of this host, for this purpose and so far.
    pub(crate) fn guest_of(
        &self,
        host: AgentKey,
        purpose: Purpose,
        phases: &[Phase],
    ) -> Option<&Guest> {
        self.guest.as_ref().filter(|guest| {
            guest.host == host && guest.purpose == purpose && phases.contains(&guest.phase)
        })
    }
}

/// All calls that live.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    list: BTreeMap<CallKey, Call>,
    last: u64,
    legs: u64,
}

impl Calls {
    pub(crate) fn add(&mut self, call: Call) -> CallKey {
        self.last += 1;
        let key = CallKey(self.last);
        self.list.insert(key, call);
        key
    }

    /// A number for a leg of a browser phone, never given twice.
    pub(crate) fn next_leg(&mut self) -> u64 {
        self.legs += 1;
        self.legs
    }

    pub(crate) fn get(&self, key: CallKey) -> Option<&Call> {
        self.list.get(&key)
    }

    pub(crate) fn get_mut(&mut self, key: CallKey) -> Option<&mut Call> {
        self.list.get_mut(&key)
    }

    pub(crate) fn leg(&self, key: CallKey, agent: AgentKey) -> Option<&Leg> {
        self.get(key)?.leg(agent)
    }

    pub(crate) fn leg_mut(&mut self, key: CallKey, agent: AgentKey) -> Option<&mut Leg> {
        self.get_mut(key)?.leg_mut(agent)
    }

    pub(crate) fn remove(&mut self, key: CallKey) {
        self.list.remove(&key);
    }

    pub(crate) fn find(&self, id: &str) -> Option<CallKey> {
        self.iter()
            .find(|(_, call)| call.id == id)
            .map(|(key, _)| key)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (CallKey, &Call)> {
        self.list.iter().map(|(key, call)| (*key, call))
    }

    /// Ends all calls without a word. Keys are still never used twice.
    pub(crate) fn clear(&mut self) {
        self.list.clear();
    }
}
