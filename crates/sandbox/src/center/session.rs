//! Logging in and out, being ready or not, and being heard of.

use agent::event::EventName;
use serde_json::{Value, json};

use super::agents::{AgentKey, GONE_AFTER, Session};
use super::data::Ending;
use super::timers::Timer;
use super::wire::{self, Message, Refusal, Request};
use super::{Center, data};
use crate::people::{COMPANY, PASSWORD};

/// Cause for those who wanted an agent who has just logged in anew.
const NOT_READY: u32 = 1017;
/// A client that is gone while its agent talks is looked at again after this time (ms).
const GONE_WHILE_TALKING: u64 = 10_000;

impl Center {
    /// `login`: the only command without a token. The answer goes to the routing key in its body; without one
    /// nobody could be told anything.
    pub(super) fn login(&mut self, request: &Request) {
        let Ok(Some(routing_key)) = request.text("routingKey") else {
            return;
        };
        match self.check_login(request) {
            Ok((agent, login_type)) => {
                self.send(routing_key.clone(), wire::response(request, None));
                self.begin_session(agent, login_type, routing_key, request);
            }
            Err(refusal) => self.send(routing_key, wire::response(request, Some(refusal))),
        }
    }

    fn check_login(&self, request: &Request) -> Result<(AgentKey, u8), Refusal> {
        let is = |key: &str, expected: &str| matches!(request.text(key), Ok(Some(given)) if given == expected);
        if !is("companyShortName", COMPANY) || !is("password", PASSWORD) {
            return Err(Refusal::Login);
        }
        let Ok(Some(number)) = request.text("agentNumber") else {
            return Err(Refusal::Login);
        };
        let agent = self.agents.find(&number).ok_or(Refusal::Login)?;
        let login_type = match request.number("loginType")? {
            None => 1,
            Some(asked) => u8::try_from(asked)
                .ok()
                .filter(|asked| (1..=4).contains(asked))
                .ok_or(Refusal::Field)?,
        };
        Ok((agent, login_type))
    }

    fn begin_session(
        &mut self,
        agent: AgentKey,
        login_type: u8,
        routing_key: String,
        request: &Request,
    ) {
        if let Some(call) = self.agents.get(agent).call
            && self.known_call(agent).is_err()
        {
            // Who comes anew is not ready, and was told nothing of the call yet. It must not be offered to them again.
            self.agents.enter(agent, EventName::Login, self.now);
            self.leave_call(call, agent, Ending::other(NOT_READY), Some(NOT_READY));
        }
        let locked = self.agents.get(agent).locked();
        let state = self.agents.get(agent).state;
        let elsewhere = self
            .agents
            .get(agent)
            .session
            .as_ref()
            .is_some_and(|old| old.routing_key != routing_key);
        if elsewhere {
            self.emit(agent, EventName::Kick, 0, json!({}));
            self.tokens.forget(agent);
        }
        let token = self.random.token();
        self.tokens
            .add(token.clone(), agent, &routing_key, self.now);
        let session = Session {
            routing_key,
            login_type,
            began: self.now,
            last_seen: self.now,
        };
        let entry = self.agents.get_mut(agent);
        let taken_over = entry.session.replace(session.clone()).is_some();
        entry.browser_phone.inherited = taken_over && entry.browser_phone.registered;
        entry.busy_type.clear();
        if let Some(userdata) = request.userdata() {
            entry.userdata = userdata;
        }
        self.timers
            .arm(Timer::AgentGone(agent), self.now.saturating_add(GONE_AFTER));
        let data = data::login(self.agents.get(agent), &session, &token, &self.address);
        self.emit(
            agent,
            EventName::Login,
            request.sequence,
            Value::Object(data),
        );
        if self.agents.get(agent).call.is_some() {
            // The new client is told of the call as one that comes back is: its last event may not name it.
            self.agents.get_mut(agent).state = state;
            self.tell_where_it_stands(agent, &token, 0);
        } else if locked {
            // A new login does not open a lock that somebody else has put on.
            self.emit(agent, EventName::Lock, 0, Value::Null);
        }
    }

    /// `reconnect` with a token that is good.
    pub(super) fn reconnect(&mut self, agent: AgentKey, token: &str, request: &Request) {
        if self.agents.get(agent).session.is_none() {
            return;
        }
        self.accept(agent, request);
        self.tell_where_it_stands(agent, token, request.sequence);
    }

    /// `Reconnect` with the present state and call, then the call's last event once more.
    fn tell_where_it_stands(&mut self, agent: AgentKey, token: &str, sequence: i64) {
        let Some(session) = self.agents.get(agent).session.clone() else {
            return;
        };
        let entry = self.agents.get(agent);
        let state = entry.state;
        let mut data = data::login(entry, &session, token, &self.address);
        // The original loses a `Reconnect` into a ringing call unless the caller is in it; a type before the
        // answer would show it the buttons of a talk.
        let typed = !matches!(
            state,
            EventName::MakeCall
                | EventName::AgentOriginate
                | EventName::AgentRinging
                | EventName::AgentAnswer
        );
        if let Ok(call) = self.known_call(agent)
            && let Some(call) = self.calls.get(call)
            && let Some(face) = call.face(agent)
        {
            data.extend(data::call(call, &face, typed));
        }
        self.deliver(
            agent,
            Message {
                now_state: Some(state),
                ..Message::new(EventName::Reconnect, sequence, Value::Object(data))
            },
        );
        self.tell_call_again(agent);
    }

    /// The last event of the present call once more, so that a new client knows where it stands.
    fn tell_call_again(&mut self, agent: AgentKey) {
        let entry = self.agents.get(agent);
        if entry.call.is_some()
            && let Some((event, data)) = entry.last_call_event.clone()
        {
            self.emit(agent, event, 0, data);
        }
    }

    /// `logout`, not in a call.
    pub(super) fn logout(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        if self.agents.get(agent).call.is_some() {
            return Err(Refusal::NotNow);
        }
        self.accept(agent, request);
        self.emit(agent, EventName::Logout, request.sequence, json!({}));
        self.end_session(agent);
        Ok(())
    }

    /// Forgets the agent's session and tokens. What the client is told comes before.
    pub(super) fn end_session(&mut self, agent: AgentKey) {
        self.tokens.forget(agent);
        self.forget_session(agent);
    }

    fn forget_session(&mut self, agent: AgentKey) {
        self.timers.disarm(Timer::AgentGone(agent));
        self.timers.disarm(Timer::BackInTouch(agent));
        self.timers.disarm(Timer::PhoneGone(agent));
        self.agents.enter(agent, EventName::Logout, self.now);
        let entry = self.agents.get_mut(agent);
        entry.session = None;
        entry.busy_type.clear();
    }

    /// `idle`: ready for calls.
    pub(super) fn idle(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        self.check_free(agent)?;
        self.accept(agent, request);
        self.emit_idle(agent, request.sequence);
        Ok(())
    }

    /// `busy`: at work, but not ready for calls.
    pub(super) fn busy(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        self.check_free(agent)?;
        let busy_type = request.text("busyType")?.unwrap_or_default();
        self.accept(agent, request);
        self.emit_busy(agent, busy_type, request.sequence);
        Ok(())
    }

    fn check_free(&self, agent: AgentKey) -> Result<(), Refusal> {
        let entry = self.agents.get(agent);
        let free = matches!(
            entry.state,
            EventName::Login
                | EventName::Idle
                | EventName::Busy
                | EventName::After
                | EventName::CancelCall
                | EventName::MakeCallFail
        );
        if free && entry.call.is_none() {
            Ok(())
        } else {
            Err(Refusal::NotNow)
        }
    }

    /// The agent is ready, and gets a call at once if one waits.
    pub(super) fn emit_idle(&mut self, agent: AgentKey, sequence: i64) {
        let entry = self.agents.get_mut(agent);
        entry.busy_type.clear();
        let login_type = entry
            .session
            .as_ref()
            .map_or(1, |session| session.login_type);
        self.emit(
            agent,
            EventName::Idle,
            sequence,
            json!({"loginType": login_type.to_string()}),
        );
        self.serve_queues(agent);
    }

    pub(super) fn emit_busy(&mut self, agent: AgentKey, busy_type: String, sequence: i64) {
        let data = json!({"currentBusyType": busy_type});
        self.agents.get_mut(agent).busy_type = busy_type;
        self.emit(agent, EventName::Busy, sequence, data);
    }

    /// Brings back the state before a call that failed at the agent's own phone, so that nobody is left in a
    /// state without buttons. Who was not ready stays not ready.
    pub(super) fn back_to(&mut self, agent: AgentKey, state_before: EventName) {
        if state_before == EventName::Idle {
            self.emit_idle(agent, 0);
        } else {
            let busy_type = self.agents.get(agent).busy_type.clone();
            self.emit_busy(agent, busy_type, 0);
        }
    }

    /// Notes that the agent's client lives. As long as it was silent no call was offered; the next moment one may
    /// be, not this one, in which a command may have to be refused without any effect.
    pub(super) fn seen(&mut self, agent: AgentKey) {
        let now = self.now;
        let was_quiet = !self.agents.get(agent).in_touch(now);
        if let Some(session) = &mut self.agents.get_mut(agent).session {
            session.last_seen = now;
            self.timers
                .arm(Timer::AgentGone(agent), now.saturating_add(GONE_AFTER));
            if was_quiet {
                self.timers
                    .arm(Timer::BackInTouch(agent), now.saturating_add(1));
            }
        }
    }

    /// Nothing was heard for ten minutes: logged out, and nobody there to be told. The tokens stay known as
    /// expired, so that a client that comes back is answered. A call is not cut; its end is waited for.
    pub(super) fn agent_gone(&mut self, agent: AgentKey) {
        if self.agents.get(agent).call.is_some() {
            self.timers.arm(
                Timer::AgentGone(agent),
                self.now.saturating_add(GONE_WHILE_TALKING),
            );
            return;
        }
        self.tokens.expire(agent);
        self.forget_session(agent);
    }
}
