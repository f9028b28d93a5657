//! Agents' browser phones (login type 3): what the pbx tells of them, and what it is asked to do.
//!
//! The pbx rings, the phone says that it rings, and only then does the agent hear of the call: the client arms its
//! answer by that event and needs the phone's call to be there.

use agent::event::EventName;
use serde_json::{Value, json};

use super::agents::{AgentKey, Session};
use super::calls::CallKey;
use super::data::{Ending, PHONE_LOST};
use super::legs::Handset;
use super::timers::Timer;
use super::{Center, Output};
use crate::mixer::plan::LegId;

/// A phone whose connection fell may take so long (ms) to register again.
const PHONE_RETURNS: u64 = 30_000;
/// Cause of a call that the phone does not take.
const REJECTED: u32 = 1021;

/// What happens at an agent's browser phone. News of a leg that is over is taken for none.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PhoneNews {
    /// It has registered, for the first time or again.
    Registered,
    /// It has taken its registration back, or that has run out.
    Unregistered,
    /// Its connection fell. It may come back.
    Lost,
    /// It is in a call that is none of the center's, or no longer.
    Busy(bool),
    /// It rings.
    Rings {
        /// Which leg.
        leg: LegId,
    },
    /// It was answered.
    Answered {
        /// Which leg.
        leg: LegId,
    },
    /// It does not take the call.
    Refused {
        /// Which leg.
        leg: LegId,
        /// Why: 1019 where nobody answered, 1021 where it was rejected.
        cause: u32,
    },
    /// It has hung up.
    HungUp {
        /// Which leg.
        leg: LegId,
    },
    /// Keys were pressed.
    Keys {
        /// Which leg.
        leg: LegId,
        /// Digits, `*` and `#`.
        keys: String,
    },
}

/// What the pbx is to do with an agent's browser phone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PhoneOrder {
    /// Call it.
    Ring {
        /// Name of the new leg, never used before.
        leg: LegId,
        /// The `occCallId`.
        call_id: String,
        /// The caller's number, any text.
        caller: String,
        /// The caller's name, empty where there is none.
        display: String,
    },
    /// Let it go, in whatever state the leg is.
    HangUp {
        /// Which leg.
        leg: LegId,
    },
    /// Somebody whom the agent hears has pressed keys.
    Press {
        /// Which leg.
        leg: LegId,
        /// Digits, `*` and `#`.
        keys: String,
    },
}

impl Center {
    /// Takes what the pbx tells of an agent's phone.
    pub(super) fn phone_news(&mut self, number: &str, news: PhoneNews) {
        let Some(agent) = self.agents.find(number) else {
            return;
        };
        match news {
            PhoneNews::Registered => self.phone_registers(agent),
            PhoneNews::Unregistered => self.phone_unregisters(agent),
            PhoneNews::Lost => self.phone_falls(agent),
            PhoneNews::Busy(busy) => {
                self.agents.get_mut(agent).browser_phone.busy = busy;
                if !busy {
                    self.serve_queues(agent);
                }
            }
            PhoneNews::Rings { leg } => {
                if let Some(call) = self.call_at_phone(agent, &leg) {
                    self.browser_phone_rings(call, agent);
                }
            }
            PhoneNews::Answered { leg } => {
                if let Some(call) = self.call_at_phone(agent, &leg) {
                    self.browser_phone_answered(call, agent);
                }
            }
            PhoneNews::Refused { leg, cause } => {
                if let Some(call) = self.call_at_phone(agent, &leg) {
                    self.browser_phone_leaves(call, agent, cause);
                }
            }
            PhoneNews::HungUp { leg } => {
                if let Some(call) = self.call_at_phone(agent, &leg) {
                    self.browser_phone_leaves(call, agent, REJECTED);
                }
            }
            PhoneNews::Keys { leg, keys } => {
                if let Some(call) = self.call_at_phone(agent, &leg) {
                    self.press(call, Some(agent), &keys);
                }
            }
        }
    }

    fn phone_registers(&mut self, agent: AgentKey) {
        let phone = &mut self.agents.get_mut(agent).browser_phone;
        phone.registered = true;
        phone.inherited = false;
        self.timers.disarm(Timer::PhoneGone(agent));
        self.serve_queues(agent);
    }

    fn phone_unregisters(&mut self, agent: AgentKey) {
        let inherited = self.agents.get(agent).browser_phone.inherited;
        if inherited {
            // The client from which the session was taken over puts its phone away; the new one brings another.
            self.phone_falls(agent);
        } else {
            self.agents.get_mut(agent).browser_phone.registered = false;
            self.phone_gone(agent);
        }
    }

    fn phone_falls(&mut self, agent: AgentKey) {
        self.agents.get_mut(agent).browser_phone.registered = false;
        if self.has_browser_phone(agent) {
            self.timers.arm(
                Timer::PhoneGone(agent),
                self.now.saturating_add(PHONE_RETURNS),
            );
        }
    }

    /// Without the phone an agent who works with one in the browser cannot go on.
    pub(super) fn phone_gone(&mut self, agent: AgentKey) {
        if self.has_browser_phone(agent) {
            self.out_of_reach(agent);
        }
    }

    fn has_browser_phone(&self, agent: AgentKey) -> bool {
        let session = self.agents.get(agent).session.as_ref();
        session.is_some_and(Session::in_browser)
    }

    /// An agent's phone is gone, and with it the call and the session.
    pub(super) fn out_of_reach(&mut self, agent: AgentKey) {
        if let Some(call) = self.agents.get(agent).call {
            self.leave_call(call, agent, Ending::phone_lost(), None);
        }
        self.emit(agent, EventName::SipError, 0, Value::Null);
        self.emit(agent, EventName::Logout, 0, json!({"code": PHONE_LOST}));
        self.end_session(agent);
    }

    /// The call in which an agent has this leg.
    fn call_at_phone(&self, agent: AgentKey, leg: &LegId) -> Option<CallKey> {
        let call = self.agents.get(agent).call?;
        let handset = self.calls.leg(call, agent)?.handset.as_ref()?;
        (handset.leg == *leg).then_some(call)
    }

    /// Has the phone in an agent's browser rung.
    pub(super) fn ring_browser_phone(&mut self, call: CallKey, agent: AgentKey) {
        let number = self.agents.get(agent).person.number;
        let turn = self.calls.next_leg();
        let Some((call_id, caller)) = self.calls.get(call).and_then(|entry| {
            let leg = entry.leg(agent)?;
            Some((entry.id.clone(), leg.face.caller.clone()))
        }) else {
            return;
        };
        let display = self
            .agents
            .find(&caller)
            .map(|caller| self.agents.get(caller).person.name.to_owned())
            .unwrap_or_default();
        let leg = LegId(format!("{call_id}/{number}/{turn}"));
        if let Some(entry) = self.calls.leg_mut(call, agent) {
            entry.handset = Some(Handset {
                leg: leg.clone(),
                rang: false,
                answered: false,
            });
        }
        self.order(
            agent,
            PhoneOrder::Ring {
                leg,
                call_id,
                caller,
                display,
            },
        );
    }

    fn browser_phone_rings(&mut self, call: CallKey, agent: AgentKey) {
        if let Some(handset) = self.handset(call, agent)
            && !handset.rang
        {
            handset.rang = true;
            self.phone_rings(call, agent);
        }
    }

    /// A phone may be answered without a word that it rings; the agent still hears of the call first.
    fn browser_phone_answered(&mut self, call: CallKey, agent: AgentKey) {
        self.browser_phone_rings(call, agent);
        if let Some(handset) = self.handset(call, agent)
            && !handset.answered
        {
            handset.answered = true;
            self.phone_answered(call, agent);
        }
    }

    /// A phone hangs up, or with this cause does not take the call.
    fn browser_phone_leaves(&mut self, call: CallKey, agent: AgentKey, cause: u32) {
        if self
            .handset(call, agent)
            .is_some_and(|handset| handset.answered)
        {
            self.leave_call(call, agent, Ending::own(0), None);
        } else {
            self.phone_not_taken(call, agent, cause);
        }
    }

    fn handset(&mut self, call: CallKey, agent: AgentKey) -> Option<&mut Handset> {
        self.calls.leg_mut(call, agent)?.handset.as_mut()
    }

    /// An agent who has not been told of the call yet is let go without a word, and may be had for another one the
    /// next moment, not this one, in which books are being changed.
    pub(super) fn withdraw(&mut self, call: CallKey, agent: AgentKey) {
        self.free(call, agent);
        if self.agents.get(agent).session.is_some() {
            self.timers
                .arm(Timer::BackInTouch(agent), self.now.saturating_add(1));
        }
    }

    /// Lets the phone of an agent who leaves a call go.
    pub(super) fn hang_up_phone(&mut self, call: CallKey, agent: AgentKey) {
        let handset = self
            .calls
            .leg(call, agent)
            .and_then(|leg| leg.handset.as_ref());
        if let Some(leg) = handset.map(|handset| handset.leg.clone()) {
            self.order(agent, PhoneOrder::HangUp { leg });
        }
    }

    /// Lets all phones go.
    pub(super) fn hang_up_all_phones(&mut self) {
        for agent in self.agents.keys() {
            if let Some(call) = self.agents.get(agent).call {
                self.hang_up_phone(call, agent);
            }
        }
    }

    /// Has keys sound in the phones of all who hear the one who pressed them: an agent, or the outside person.
    pub(super) fn pass_keys_on(&mut self, call: CallKey, by: Option<AgentKey>, keys: &str) {
        for agent in self.who_hears(call, by) {
            let handset = self
                .calls
                .leg(call, agent)
                .and_then(|leg| leg.handset.as_ref());
            if let Some(leg) = handset.map(|handset| handset.leg.clone()) {
                let keys = keys.to_owned();
                self.order(agent, PhoneOrder::Press { leg, keys });
            }
        }
    }

    fn order(&mut self, agent: AgentKey, order: PhoneOrder) {
        let agent = self.agents.get(agent).person.number.to_owned();
        self.outputs.push_back(Output::Phone { agent, order });
    }
}
