//! What tests and demos may do to the center beside the agents: outside people, and bad days.

use agent::event::EventName;
use serde_json::{Value, json};

use super::Center;
use super::agents::AgentKey;
use super::tokens::ExpiredAnswer;

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
    /// There is no such agent or call.
    NotFound(String),
    /// Not in the present state.
    Conflict(String),
}

impl Center {
    /// Does what is wished, at this time in Unix ms, and gives the JSON answer.
    ///
    /// # Errors
    /// If there is no such agent or call, or it is not possible in the present state. Nothing has changed then.
    pub fn control(&mut self, control: Control, now_ms: u64) -> Result<Value, Denied> {
        self.handle_timeout(now_ms);
        match control {
            Control::State => return Ok(self.state()),
            Control::CallIn { from, agent } => {
                self.known(&agent)?;
                let id = self.call_in(from, &agent);
                return Ok(json!({"callId": id}));
            }
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

    fn hang_up(&mut self, call_id: &str) -> Result<(), Denied> {
        let key = self.calls.find(call_id).ok_or_else(|| {
            Denied::NotFound(format!(
                "there is no call {call_id}: GET /sandbox/state lists those that live"
            ))
        })?;
        if self
            .calls
            .get(key)
            .is_none_or(|call| call.outside.is_none())
        {
            return Err(Denied::Conflict(format!(
                "nobody outside takes part in call {call_id}: its agents hang up with cancelCall"
            )));
        }
        self.person_hangs_up(key);
        Ok(())
    }

    fn kick(&mut self, number: &str) -> Result<(), Denied> {
        let agent = self.logged_in(number)?;
        self.emit(agent, EventName::Kick, 0, json!({}));
        self.end_session(agent);
        // The others in the call are told; the one who was thrown out can no longer be.
        if let Some(call) = self.agents.get(agent).call {
            self.agent_leaves(call, agent);
            self.agents.get_mut(agent).state = EventName::Logout;
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
        if let Some(call) = self.agents.get(agent).call {
            self.phone_leaves(call, agent);
        }
        self.emit(agent, EventName::SipError, 0, Value::Null);
        self.emit(
            agent,
            EventName::Logout,
            0,
            json!({"code": super::data::PHONE_LOST}),
        );
        self.end_session(agent);
        Ok(())
    }

    fn reset(&mut self) {
        self.agents.reset();
        self.tokens.clear();
        self.calls.clear();
        self.timers = super::timers::Timers::default();
    }
}
