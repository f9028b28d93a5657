//! What must always be true of the center's books.

use agent::event::EventName;

use super::Center;
use super::agents::{AgentKey, is_talk};
use super::calls::{Call, CallKey, CallState, Guest, Party, Phase, Purpose};
use super::legs::{Leg, Role};
use super::timers::Timer;
use crate::people::GROUPS;

impl Center {
    /// What must always be true of the books, whatever was sent before: agents and calls agree on who is in which
    /// call, everybody is in a state that fits, whoever waits is waited for by a timer or a queue, nothing is left of
    /// calls that have ended, and nobody waits while somebody could take the call.
    ///
    /// # Errors
    /// The first thing that is not so, as a sentence.
    pub fn check(&self) -> Result<(), String> {
        for agent in self.agents.keys() {
            self.check_agent(agent)
                .map_err(|why| format!("agent {}: {why}", self.agents.get(agent).person.number))?;
        }
        for (key, call) in self.calls.iter() {
            self.check_call(key, call)
                .map_err(|why| format!("call {}: {why}", call.id))?;
        }
        for timer in self.timers.iter() {
            self.check_timer(timer)
                .map_err(|why| format!("{timer:?}: {why}"))?;
        }
        for (group, call) in self.queues.iter() {
            let waits = self.calls.get(call).is_some_and(|call| {
                call.state == CallState::Waiting && call.group.map(|group| group.id) == Some(group)
            });
            that(waits, "a queue holds a call that does not wait for it")?;
        }
        for group in &GROUPS {
            let idle = self
                .longest_idle(&[group])
                .filter(|agent| self.timers.at(Timer::BackInTouch(*agent)).is_none());
            that(
                idle.is_none() || self.queues.first(group).is_none(),
                "a call waits although an agent is idle",
            )?;
        }
        Ok(())
    }

    fn check_agent(&self, agent: AgentKey) -> Result<(), String> {
        let entry = self.agents.get(agent);
        let Some(key) = entry.call else {
            that(
                entry.last_call_event.is_none(),
                "an event of a call is kept without the call",
            )?;
            let fits = match entry.state {
                EventName::Logout => entry.session.is_none(),
                EventName::Login
                | EventName::Idle
                | EventName::Busy
                | EventName::After
                | EventName::Lock => entry.session.is_some(),
                _ => false,
            };
            return that(fits, &format!("in no call but {:?}", entry.state));
        };
        that(entry.session.is_some(), "in a call but not logged in")?;
        let call = self.calls.get(key).ok_or("in a call that has ended")?;
        let legs = call.legs.iter().filter(|leg| leg.agent == agent);
        let legs: Vec<_> = legs.collect();
        let [leg] = legs.as_slice() else {
            return Err(format!("in a call with {} legs", legs.len()));
        };
        let told = entry.last_call_event.as_ref().map(|(event, _)| *event);
        if leg.is_unannounced() {
            that(told.is_none(), "told of a call that does not ring yet")?;
        } else {
            that(
                told == Some(entry.state),
                "the last event of the call told another state",
            )?;
        }
        let guest = call.guest.as_ref().filter(|guest| guest.host == agent);
        let waits = match guest {
            Some(guest) if guest.phase == Phase::Rings => Some(guest.purpose),
            _ => None,
        };
        // The host of a guest whose phone does not ring yet is told no more than that the guest is wanted.
        let looks = guest.is_some_and(|guest| match guest.party {
            Party::Agent(guest) => call.leg(guest).is_some_and(Leg::is_about_to_ring),
            Party::Person(_) | Party::Menu => false,
        });
        let rung = self.timers.at(Timer::PhoneUnanswered(key, agent)).is_some();
        let fits = match entry.state {
            state if leg.is_about_to_ring() => {
                let before = match leg.role {
                    Role::Caller => EventName::AgentOriginate,
                    Role::Called | Role::Guest => EventName::Idle,
                    Role::Watcher(watch) => watch.kind.begun(),
                };
                rung && state == before
            }
            EventName::AgentRinging => rung,
            EventName::TransferCall => looks && waits == Some(Purpose::Transfer),
            EventName::ConsultCall => looks && waits == Some(Purpose::Consult),
            EventName::AgentAnswer | EventName::CalledRinging => {
                leg.role == Role::Caller && leg.answered == 0
            }
            EventName::TransferCalling => waits == Some(Purpose::Transfer),
            EventName::ConsultCalling => waits == Some(Purpose::Consult),
            EventName::Listening | EventName::Whispering | EventName::ForceInserting => {
                matches!(leg.role, Role::Watcher(watch) if watch.kind.on() == entry.state)
            }
            EventName::Hold => leg.role.is_principal() && leg.answered > 0,
            state => is_talk(state) && leg.answered > 0 && leg.role.watched().is_none(),
        };
        that(fits, &format!("{:?} as {:?}", entry.state, leg.role))?;
        that(
            waits.is_none()
                || looks
                || matches!(
                    entry.state,
                    EventName::TransferCalling | EventName::ConsultCalling
                ),
            "not waiting although a guest is rung",
        )
    }

    fn check_call(&self, key: CallKey, call: &Call) -> Result<(), String> {
        for leg in &call.legs {
            that(
                self.agents.get(leg.agent).call == Some(key),
                "an agent does not know of it",
            )?;
            if let Some(target) = leg.role.watched() {
                let there = call
                    .leg(target)
                    .is_some_and(|leg| leg.role.watched().is_none());
                that(there, "a supervisor watches nobody")?;
            }
        }
        let principals = call.principals().count() + call.outside.len();
        let fits = match call.state {
            CallState::Talking | CallState::Ringing => principals == 2,
            CallState::Menu | CallState::Waiting => principals == 1,
            CallState::Dialling | CallState::Failed => (1..=2).contains(&principals),
        };
        that(
            fits,
            &format!("{principals} principals in {:?}", call.state),
        )?;
        let guests = call.legs.iter().filter(|leg| leg.role == Role::Guest);
        let guests: Vec<AgentKey> = guests.map(|leg| leg.agent).collect();
        match &call.guest {
            Some(guest) => check_guest(call, guest, &guests)?,
            None => that(guests.is_empty(), "a guest whom nobody has invited")?,
        }
        let waits = self.queues.iter().filter(|(_, call)| *call == key).count();
        that(
            waits == usize::from(call.state == CallState::Waiting),
            "waits in no queue, or twice, or without need",
        )?;
        that(
            call.group.is_none()
                || matches!(
                    call.state,
                    CallState::Waiting | CallState::Dialling | CallState::Ringing
                ),
            "for a group although it is answered",
        )?;
        let in_menu = self.timers.at(Timer::MenuUnanswered(key)).is_some();
        that(
            in_menu == (call.state == CallState::Menu),
            "the menu waits without end, or for nobody",
        )
    }

    fn check_timer(&self, timer: Timer) -> Result<(), String> {
        let Some(key) = timer.call() else {
            return Ok(());
        };
        let call = self.calls.get(key).ok_or("of a call that has ended")?;
        let rings = |agent: AgentKey| {
            call.leg(agent).is_some_and(|leg| {
                leg.is_about_to_ring() || self.agents.get(agent).state == EventName::AgentRinging
            })
        };
        let person = call
            .guest
            .as_ref()
            .filter(|guest| matches!(guest.party, Party::Person(_)));
        let fits = match timer {
            Timer::AgentGone(_) | Timer::BackInTouch(_) | Timer::PhoneGone(_) => true,
            Timer::PhoneReacts(_, agent) | Timer::PhoneUnanswered(_, agent) => rings(agent),
            Timer::CalledFails(_) => call.state == CallState::Failed,
            Timer::PersonAnswers(_) | Timer::PersonUnanswered(_) => {
                call.state == CallState::Ringing && !call.outside.is_empty()
            }
            Timer::PersonHangsUp(_) => !call.outside.is_empty(),
            Timer::GuestAnswers(_) | Timer::GuestUnanswered(_) => {
                person.is_some_and(|guest| guest.phase == Phase::Rings)
            }
            Timer::GuestHangsUp(_) => person.is_some_and(|guest| guest.phase != Phase::Rings),
            Timer::MenuUnanswered(_) => call.state == CallState::Menu,
        };
        that(fits, "nothing of the kind is awaited")
    }
}

fn check_guest(call: &Call, guest: &Guest, guests: &[AgentKey]) -> Result<(), String> {
    that(call.state == CallState::Talking, "a guest without a talk")?;
    let hosted = call
        .leg(guest.host)
        .is_some_and(|leg| leg.role.is_principal());
    that(hosted, "a guest without a host")?;
    let fits = match &guest.party {
        Party::Agent(agent) => guests == [*agent],
        Party::Person(_) | Party::Menu => guests.is_empty(),
    };
    that(fits, "the guest is another")?;
    that(
        guest.purpose == Purpose::Consult || guest.phase == Phase::Rings,
        "the target of a transfer has answered and is still a guest",
    )
}

fn that(holds: bool, otherwise: &str) -> Result<(), String> {
    if holds {
        Ok(())
    } else {
        Err(otherwise.to_owned())
    }
}
