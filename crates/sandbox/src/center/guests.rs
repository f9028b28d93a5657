//! Guests: whom an agent brings into a call for a transfer or a consultation, while the other principal waits.

use agent::event::EventName;
use serde_json::Value;

use super::Center;
use super::agents::AgentKey;
use super::calls::{CallKey, Guest, PHONE_PATIENCE, Party, Phase, Purpose};
use super::data::{self, Ending};
use super::legs::{CallType, Face, Role};
use super::outside::Outside;
use super::target::{Reached, Target};
use super::timers::Timer;
use super::transfer::ATTENDED;

impl Center {
    /// Has somebody rung who can be had, for an agent's command of this sequence.
    pub(super) fn invite(
        &mut self,
        call: CallKey,
        host: AgentKey,
        purpose: Purpose,
        target: &Target,
        reached: Reached,
        sequence: i64,
    ) {
        let Some(entry) = self.calls.get(call) else {
            return;
        };
        let host_number = self.agents.get(host).person.number.to_owned();
        let other = self.other_party(entry, host);
        let called = target.id().to_owned();
        let (from, to) = (entry.from.clone(), entry.to.clone());
        let guest = Guest {
            host,
            purpose,
            party: match reached {
                Reached::Agent(agent) => Party::Agent(agent),
                Reached::Person { talks, .. } => Party::Person(Outside {
                    talks,
                    ..Outside::dialled(called.clone())
                }),
                Reached::Menu => Party::Menu,
            },
            phase: Phase::Rings,
            face: Face {
                direction: 2,
                caller: host_number.clone(),
                called: called.clone(),
                orig_caller: other.clone(),
                orig_called: called.clone(),
                in_queue_time: 0,
                call_type: CallType::Consult,
            },
        };
        if let Some(entry) = self.calls.get_mut(call) {
            entry.guest = Some(guest);
        }
        self.set_sequence(call, host, sequence);
        match reached {
            Reached::Agent(agent) => {
                let (caller, orig_caller, call_type) = match purpose {
                    Purpose::Transfer => (other, from, CallType::Transfer),
                    Purpose::Consult => (host_number, other, CallType::Consulted),
                };
                let face = Face {
                    direction: 1,
                    caller,
                    called,
                    orig_caller,
                    orig_called: to,
                    in_queue_time: 0,
                    call_type,
                };
                self.bring_in(call, agent, Role::Guest, face);
                self.ring_phone(call, agent);
            }
            Reached::Person { rings, .. } => {
                self.timers
                    .arm(Timer::GuestAnswers(call), self.now.saturating_add(rings));
                self.timers.arm(
                    Timer::GuestUnanswered(call),
                    self.now.saturating_add(PHONE_PATIENCE),
                );
                self.guest_rings(call);
            }
            Reached::Menu => {
                self.guest_rings(call);
                self.guest_answers(call);
            }
        }
    }

    /// The guest is rung, and the host is told.
    pub(super) fn guest_rings(&mut self, call: CallKey) {
        let Some((host, purpose)) = self
            .calls
            .get(call)
            .and_then(|call| call.guest.as_ref())
            .map(|guest| (guest.host, guest.purpose))
        else {
            return;
        };
        match purpose {
            Purpose::Transfer => {
                let sequence = self.take_sequence(call, host);
                self.tell(
                    host,
                    EventName::TransferCalling,
                    sequence,
                    data::only_type(CallType::Transfer),
                );
            }
            Purpose::Consult => self.emit_call(call, host, EventName::ConsultCalling, true),
        }
    }

    /// The guest answers.
    pub(super) fn guest_answers(&mut self, call: CallKey) {
        self.timers.disarm(Timer::GuestUnanswered(call));
        let now = self.now;
        let Some(entry) = self.calls.get_mut(call) else {
            return;
        };
        let Some(guest) = &mut entry.guest else {
            return;
        };
        guest.phase = Phase::Talks;
        let (host, purpose) = (guest.host, guest.purpose);
        let (agent, talks) = match &guest.party {
            Party::Agent(agent) => (Some(*agent), None),
            Party::Person(person) => (None, person.talks),
            Party::Menu => (None, None),
        };
        if let Some(agent) = agent
            && let Some(leg) = entry.leg_mut(agent)
        {
            leg.answered = now;
        }
        if let Some(talks) = talks {
            self.timers
                .arm(Timer::GuestHangsUp(call), now.saturating_add(talks));
        }
        match purpose {
            Purpose::Transfer => {
                self.leg_ends(call, host, Ending::own(ATTENDED));
                self.guest_stays(call);
            }
            Purpose::Consult => {
                self.emit_call(call, host, EventName::Conversation, true);
                self.take_sequence(call, host);
                if let Some(agent) = agent {
                    self.emit_call(call, agent, EventName::Conversation, true);
                }
            }
        }
    }

    /// The guest is not in the call any more, or never was: the host talks to the other principal again.
    pub(super) fn guest_gone(&mut self, call: CallKey) {
        let Some(guest) = self.take_guest(call) else {
            return;
        };
        let host = guest.host;
        let sequence = self.take_sequence(call, host);
        match (guest.purpose, guest.phase) {
            (Purpose::Transfer, _) => {
                self.tell(host, EventName::TransferCallFail, sequence, Value::Null);
            }
            (Purpose::Consult, Phase::Rings) => {
                self.tell(host, EventName::ConsultCallFail, sequence, Value::Null);
            }
            (Purpose::Consult, Phase::Talks) => self.consult_over(call, host, 0),
            (Purpose::Consult, Phase::Joined) => {
                self.set_type(call, host, CallType::Normal);
                self.emit_call(call, host, EventName::Conversation, true);
            }
        }
    }

    /// The host has left, and the guest takes the host's place.
    pub(super) fn guest_stays(&mut self, call: CallKey) {
        let hangs_up = self.timers.at(Timer::GuestHangsUp(call));
        let Some(guest) = self.take_guest(call) else {
            return;
        };
        if let Some(entry) = self.calls.get_mut(call) {
            entry.call_type = CallType::Transfer;
        }
        match guest.party {
            Party::Agent(agent) => {
                if let Some(leg) = self.calls.leg_mut(call, agent) {
                    leg.role = Role::Called;
                }
                let other = self
                    .calls
                    .get(call)
                    .map(|entry| self.other_party(entry, agent))
                    .unwrap_or_default();
                if let Some(leg) = self.calls.leg_mut(call, agent) {
                    leg.face.caller = other;
                    leg.face.call_type = CallType::Transfer;
                }
                self.emit_call(call, agent, EventName::Conversation, true);
            }
            Party::Person(person) => {
                if let Some(entry) = self.calls.get_mut(call) {
                    entry.outside.push(person);
                }
                if let Some(at) = hangs_up {
                    self.timers.arm_no_later(Timer::PersonHangsUp(call), at);
                }
            }
            Party::Menu => self.enter_menu(call),
        }
    }

    /// Takes the guest out of the books and leaves it to the caller to tell anybody.
    pub(super) fn take_guest(&mut self, call: CallKey) -> Option<Guest> {
        for timer in [
            Timer::GuestAnswers(call),
            Timer::GuestUnanswered(call),
            Timer::GuestHangsUp(call),
        ] {
            self.timers.disarm(timer);
        }
        self.calls.get_mut(call)?.guest.take()
    }

    /// A guest who was taken out of the books because nobody wants them any more is told so.
    pub(super) fn dismiss(&mut self, call: CallKey, guest: &Guest) {
        let Party::Agent(agent) = guest.party else {
            return;
        };
        if guest.purpose == Purpose::Consult && guest.phase == Phase::Talks {
            self.tell(agent, EventName::ConsultedCancel, 0, Value::Null);
        }
        let cause = self.ordinary_cause(call, agent);
        self.leg_ends(call, agent, Ending::other(cause));
    }

    /// Decides what kind of call it is for an agent from now on.
    pub(super) fn set_type(&mut self, call: CallKey, agent: AgentKey, call_type: CallType) {
        if let Some(leg) = self.calls.leg_mut(call, agent) {
            leg.face.call_type = call_type;
        }
    }
}
