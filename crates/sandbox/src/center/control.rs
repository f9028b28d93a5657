//! What tests and demos may do to the center beside the agents: outside people, and bad days.

use agent::event::EventName;
use serde_json::{Value, json};

use super::Center;
use super::agents::AgentKey;
use super::calls::CallKey;
use super::holding::are_keys;
use super::outside::Voice;
use super::timers::Timers;
use super::tokens::ExpiredAnswer;
use crate::people::{Group, IVR, SALES, SUPPORT};

/// A wish from outside the protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Control {
    /// What there is: agents, calls, queues.
    State,
    /// An outside person of this number calls an agent.
    CallIn {
        /// The person's number, any text.
        from: String,
        /// The agent's number.
        agent: String,
    },
    /// An outside person of this number calls a group.
    CallGroup {
        /// The person's number, any text.
        from: String,
        /// The group's identifier.
        group: String,
    },
    /// An outside person of this number calls a voice menu.
    CallIvr {
        /// The person's number, any text.
        from: String,
        /// The menu's identifier.
        ivr: String,
    },
    /// The outside person of a call sends this tone.
    Tone {
        /// The call's identifier.
        call_id: String,
        /// In Hz.
        tone: u32,
    },
    /// The outside person of a call presses keys. Only a voice menu listens to them.
    Keys {
        /// The call's identifier.
        call_id: String,
        /// Digits, `*` and `#`.
        keys: String,
    },
    /// The outside person of a call hangs up.
    HangUp {
        /// The call's identifier.
        call_id: String,
    },
    /// All tokens expire.
    ExpireTokens(ExpiredAnswer),
    /// An agent is thrown out, as if logged in elsewhere.
    Kick {
        /// The agent's number.
        agent: String,
    },
    /// An agent is locked: offered no calls, cannot become idle or busy.
    Lock {
        /// The agent's number.
        agent: String,
    },
    /// The lock is taken off.
    Unlock {
        /// The agent's number.
        agent: String,
    },
    /// An agent's phone is gone.
    PhoneLost {
        /// The agent's number.
        agent: String,
    },
    /// As just started.
    Reset,
}

/// Why a wish was not granted, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// There is no such agent, group, voice menu or call.
    NotFound(String),
    /// Not in the present state.
    Conflict(String),
}

impl Center {
    /// Does what is wished, at this time in Unix ms, and gives the JSON answer.
    ///
    /// # Errors
    /// If there is no such agent, group, voice menu or call, or it is not possible in the present state. Nothing
    /// has changed then.
    pub fn control(&mut self, control: Control, now_ms: u64) -> Result<Value, Denied> {
        self.handle_timeout(now_ms);
        let answer = self.grant(control);
        debug_assert_eq!(self.check(), Ok(()));
        answer
    }

    fn grant(&mut self, control: Control) -> Result<Value, Denied> {
        match control {
            Control::State => return Ok(self.state()),
            Control::CallIn { from, agent } => {
                self.known(&agent)?;
                let id = self.call_in(from, &agent);
                return Ok(json!({"callId": id}));
            }
            Control::CallGroup { from, group } => {
                let group = Group::find(&group).ok_or_else(|| no_group(&group))?;
                let id = self.call_in_to_group(from, group);
                return Ok(json!({"callId": id}));
            }
            Control::CallIvr { from, ivr } => {
                if ivr != IVR.0 {
                    return Err(no_menu(&ivr));
                }
                let id = self.call_in_to_menu(from);
                return Ok(json!({"callId": id}));
            }
            Control::Tone { call_id, tone } => self.set_tone(&call_id, tone)?,
            Control::Keys { call_id, keys } => self.press_keys(&call_id, &keys)?,
            Control::HangUp { call_id } => self.hang_up(&call_id)?,
            Control::ExpireTokens(answer) => self.tokens.expire_all(answer),
            Control::Kick { agent } => self.kick(&agent)?,
            Control::Lock { agent } => self.lock(&agent)?,
            Control::Unlock { agent } => self.unlock(&agent)?,
            Control::PhoneLost { agent } => self.phone_lost(&agent)?,
            Control::Reset => self.reset(),
        }
        Ok(json!({}))
    }

    fn known(&self, number: &str) -> Result<AgentKey, Denied> {
        self.agents.find(number).ok_or_else(|| {
            Denied::NotFound(format!(
                "there is no agent {number}: the sandbox has 1000 to 1009"
            ))
        })
    }

    fn logged_in(&self, number: &str) -> Result<AgentKey, Denied> {
        let key = self.known(number)?;
        if self.agents.get(key).session.is_some() {
            Ok(key)
        } else {
            Err(Denied::Conflict(format!(
                "agent {number} is not logged in: log in first"
            )))
        }
    }

    /// A call in which at least one outside person takes part.
    fn call_of_person(&self, call_id: &str) -> Result<CallKey, Denied> {
        let key = self.calls.find(call_id).ok_or_else(|| {
            Denied::NotFound(format!(
                "there is no call {call_id}: GET /sandbox/state lists those that live"
            ))
        })?;
        if self
            .calls
            .get(key)
            .is_some_and(|call| call.people().next().is_some())
        {
            Ok(key)
        } else {
            Err(Denied::Conflict(format!(
                "nobody outside takes part in call {call_id}: its agents hang up with cancelCall"
            )))
        }
    }

    fn hang_up(&mut self, call_id: &str) -> Result<(), Denied> {
        let key = self.call_of_person(call_id)?;
        if self
            .calls
            .get(key)
            .is_some_and(|call| call.outside.is_empty())
        {
            self.guest_gone(key);
        } else {
            self.person_hangs_up(key);
        }
        Ok(())
    }

    fn press_keys(&mut self, call_id: &str, keys: &str) -> Result<(), Denied> {
        if !are_keys(keys) {
            return Err(Denied::Conflict(
                "a telephone has no such keys: send some of 0 to 9, * and #".to_owned(),
            ));
        }
        let key = self.call_of_person(call_id)?;
        self.press(key, None, keys);
        Ok(())
    }

    fn set_tone(&mut self, call_id: &str, tone: u32) -> Result<(), Denied> {
        let key = self.call_of_person(call_id)?;
        if let Some(person) = self
            .calls
            .get_mut(key)
            .and_then(|call| call.outside.first_mut())
        {
            person.voice = Voice::Tone(tone);
        }
        Ok(())
    }

    fn kick(&mut self, number: &str) -> Result<(), Denied> {
        let agent = self.logged_in(number)?;
        self.emit(agent, EventName::Kick, 0, json!({}));
        self.end_session(agent);
        // The others in the call are told; the one who was thrown out can no longer be.
        if let Some(call) = self.agents.get(agent).call {
            self.agent_leaves(call, agent);
            self.agents.enter(agent, EventName::Logout, self.now);
        }
        Ok(())
    }

    fn lock(&mut self, number: &str) -> Result<(), Denied> {
        let agent = self.logged_in(number)?;
        if self.agents.get(agent).call.is_some() {
            return Err(Denied::Conflict(format!(
                "agent {number} is in a call: end the call first"
            )));
        }
        self.emit(agent, EventName::Lock, 0, Value::Null);
        Ok(())
    }

    fn unlock(&mut self, number: &str) -> Result<(), Denied> {
        let agent = self.logged_in(number)?;
        if !self.agents.get(agent).locked() {
            return Err(Denied::Conflict(format!("agent {number} is not locked")));
        }
        self.emit_idle(agent, 0);
        Ok(())
    }

    fn phone_lost(&mut self, number: &str) -> Result<(), Denied> {
        let agent = self.logged_in(number)?;
        self.out_of_reach(agent);
        Ok(())
    }

    fn reset(&mut self) {
        self.hang_up_all_phones();
        self.agents.reset();
        self.tokens.clear();
        self.calls.clear();
        self.queues.clear();
        self.timers = Timers::default();
    }
}

fn no_group(id: &str) -> Denied {
    Denied::NotFound(format!(
        "there is no group {id}: the sandbox has {} and {}",
        SALES.id, SUPPORT.id
    ))
}

fn no_menu(id: &str) -> Denied {
    Denied::NotFound(format!(
        "there is no voice menu {id}: the sandbox has {}",
        IVR.0
    ))
}
