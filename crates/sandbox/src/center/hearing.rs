//! Who hears whom in a call, by the books, and what the mixer is told of it.

use agent::event::EventName;

use super::Center;
use super::agents::AgentKey;
use super::calls::{Call, CallKey, CallState, Party, Phase};
use super::legs::{Leg, Role, Watch, WatchKind};
use super::outside::Outside;
use crate::mixer::plan::{CallPlan, PlanParty, Sound};

/// Where a party stands in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Principal,
    Guest,
    /// A supervisor, with the hold that the supervisor has on an agent once the own phone is answered.
    Beside(Option<Watch>),
}

/// A party of a call.
#[derive(Debug, Clone)]
pub(crate) struct Presence {
    /// Agent number or outside number.
    pub(crate) who: String,
    agent: Option<AgentKey>,
    place: Place,
    sound: Sound,
    /// Has put the others on hold: hears nobody and is heard by nobody.
    holds: bool,
    muted: bool,
    /// Takes part in the talk in which all hear all.
    in_room: bool,
}

impl Center {
    /// All parties of a call: the caller's side first, then the other, then a guest, then supervisors.
    pub(super) fn presences(&self, call: &Call) -> Vec<Presence> {
        let agents = call
            .principals()
            .filter(|leg| !leg.is_unannounced())
            .map(|leg| self.agent_present(leg));
        let people = call
            .outside
            .iter()
            .map(|person| person_present(person, Place::Principal));
        let made_by_agent = call.legs.iter().any(|leg| leg.role == Role::Caller);
        let mut presences: Vec<Presence> = if made_by_agent {
            agents.chain(people).collect()
        } else {
            people.chain(agents).collect()
        };
        if let Some(guest) = &call.guest
            && let Party::Person(person) = &guest.party
        {
            presences.push(person_present(person, Place::Guest));
        }
        let others = call
            .legs
            .iter()
            .filter(|leg| !leg.role.is_principal() && !leg.is_unannounced());
        presences.extend(others.map(|leg| self.agent_present(leg)));
        for presence in &mut presences {
            presence.in_room = is_in_room(call, presence);
        }
        presences
    }

    /// What the mixer is to do: all parties of all calls, what each sounds like, and who hears whom.
    #[must_use]
    pub fn plan(&self) -> Vec<CallPlan> {
        self.calls
            .iter()
            .map(|(_, call)| self.call_plan(call))
            .collect()
    }

    fn call_plan(&self, call: &Call) -> CallPlan {
        let presences = self.presences(call);
        let mut pairs = Vec::new();
        for (ear, listener) in presences.iter().enumerate() {
            for (mouth, speaker) in presences.iter().enumerate() {
                if hears(&presences, listener, speaker) {
                    pairs.push((ear, mouth));
                }
            }
        }
        let parties = presences.into_iter().map(|presence| PlanParty {
            who: presence.who,
            sound: presence.sound,
        });
        CallPlan {
            call_id: call.id.clone(),
            parties: parties.collect(),
            hears: pairs,
        }
    }

    /// The agents of a call who hear this agent, or without one the outside person of the call.
    pub(super) fn who_hears(&self, call: CallKey, speaker: Option<AgentKey>) -> Vec<AgentKey> {
        let Some(call) = self.calls.get(call) else {
            return Vec::new();
        };
        let presences = self.presences(call);
        let Some(speaker) = presences.iter().find(|presence| presence.agent == speaker) else {
            return Vec::new();
        };
        presences
            .iter()
            .filter(|listener| hears(&presences, listener, speaker))
            .filter_map(|listener| listener.agent)
            .collect()
    }

    fn agent_present(&self, leg: &Leg) -> Presence {
        let agent = self.agents.get(leg.agent);
        Presence {
            who: agent.person.number.to_owned(),
            agent: Some(leg.agent),
            place: match leg.role {
                Role::Caller | Role::Called => Place::Principal,
                Role::Guest => Place::Guest,
                Role::Watcher(watch) => Place::Beside((leg.answered > 0).then_some(watch)),
            },
            sound: match &leg.handset {
                Some(handset) => Sound::Phone(handset.leg.clone()),
                None => Sound::None,
            },
            holds: agent.state == EventName::Hold,
            muted: agent.muted,
            in_room: false,
        }
    }
}

fn person_present(person: &Outside, place: Place) -> Presence {
    Presence {
        who: person.number.clone(),
        agent: None,
        place,
        sound: person.voice.sound(),
        holds: false,
        muted: false,
        in_room: false,
    }
}

fn is_in_room(call: &Call, presence: &Presence) -> bool {
    if call.state != CallState::Talking || presence.holds {
        return false;
    }
    let is_guest = presence.place == Place::Guest;
    match (presence.place, &call.guest) {
        (Place::Beside(_), _) => false,
        (Place::Principal | Place::Guest, None) => true,
        (Place::Principal | Place::Guest, Some(guest)) => match guest.phase {
            Phase::Rings => false,
            Phase::Talks => is_guest || presence.agent == Some(guest.host),
            Phase::Joined => true,
        },
    }
}

/// Whether one of the parties hears another of them.
pub(crate) fn hears(parties: &[Presence], ear: &Presence, mouth: &Presence) -> bool {
    if std::ptr::eq(ear, mouth) || mouth.muted {
        return false;
    }
    if ear.in_room && mouth.in_room {
        return true;
    }
    // A supervisor hears the agent and all whom the agent hears.
    if let Place::Beside(Some(watch)) = ear.place {
        return is_around(parties, watch.target, mouth);
    }
    if let Place::Beside(Some(watch)) = mouth.place {
        return match watch.kind {
            WatchKind::Listen | WatchKind::Intercept => false,
            WatchKind::Whisper => ear.agent == Some(watch.target) && !ear.holds,
            WatchKind::ForceInsert => is_around(parties, watch.target, ear),
        };
    }
    false
}

/// Whether a party is this agent or talks with this agent, who is not deaf to all.
fn is_around(parties: &[Presence], agent: AgentKey, party: &Presence) -> bool {
    parties
        .iter()
        .find(|presence| presence.agent == Some(agent))
        .is_some_and(|target| {
            let is_target = party.agent == Some(agent);
            !target.holds && (is_target || (target.in_room && party.in_room))
        })
}

/// Whether a party waits because another has put it on hold or talks to somebody else.
pub(crate) fn is_on_hold(call: &Call, parties: &[Presence], party: &Presence) -> bool {
    if call.state != CallState::Talking || party.place != Place::Principal {
        return false;
    }
    let held = parties
        .iter()
        .any(|other| other.place == Place::Principal && other.holds && other.agent != party.agent);
    let waits_for_host = call
        .guest
        .as_ref()
        .is_some_and(|guest| guest.phase != Phase::Joined && party.agent != Some(guest.host));
    held || waits_for_host
}
