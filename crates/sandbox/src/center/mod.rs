//! The contact centre itself: who is logged in, which calls there are, and what each agent is told.
//!
//! No I/O, no clock and no chance of its own. Commands and the time (Unix ms) come in with the call, what is
//! to be sent is fetched with [`Center::poll_output`] until there is no more, and [`Center::poll_timeout`]
//! says when to come back. So a test runs a whole shift in a millisecond, and every run can be repeated.

mod agents;
mod calls;
mod control;
mod data;
mod ending;
mod inbound;
mod outbound;
mod random;
mod session;
mod state;
mod timers;
mod tokens;
mod wire;

use std::collections::VecDeque;

use agent::event::EventName;
use serde_json::Value;

pub use agents::PhoneHabit;
pub use control::{Control, Denied};
pub use tokens::ExpiredAnswer;

use agents::{AgentKey, Agents};
use calls::{CallKey, Calls};
use random::Random;
use timers::{Timer, Timers};
use tokens::Tokens;
use wire::{Envelope, Refusal, Request};

/// What a client sent.
#[non_exhaustive]
pub enum Input {
    /// A command: the `token` header, empty where there was none, and the body.
    Command {
        /// Header `token`.
        token: String,
        /// The JSON text.
        body: String,
    },
}

/// A message for whoever listens to a routing key.
pub struct Output {
    /// The routing key from the agent's login.
    pub routing_key: String,
    /// Compact JSON. It may hold a token and passwords, so it must not be logged.
    pub body: String,
}

/// Where the sandbox can be reached, told to clients in the data of their login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Host of the SIP server (`registerSipIp`).
    pub host: String,
    /// Whole WebSocket URL of the SIP server (`registerSipUrl`).
    pub sip_url: String,
}

impl Default for Address {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            sip_url: "ws://127.0.0.1:8088/sip".to_owned(),
        }
    }
}

/// The contact centre.
pub struct Center {
    now: u64,
    random: Random,
    address: Address,
    agents: Agents,
    tokens: Tokens,
    calls: Calls,
    timers: Timers,
    outputs: VecDeque<Output>,
}

impl Center {
    /// A center in which nobody is logged in. The seed decides its tokens and call identifiers.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            now: 0,
            random: Random::new(seed),
            address: Address::default(),
            agents: Agents::new(),
            tokens: Tokens::default(),
            calls: Calls::default(),
            timers: Timers::default(),
            outputs: VecDeque::new(),
        }
    }

    /// Says where the sandbox can be reached, for logins from now on.
    pub fn set_address(&mut self, address: Address) {
        self.address = address;
    }

    /// Decides how the phone of an agent with login type 1 or 2 reacts when it rings. Says whether there is
    /// such an agent.
    pub fn set_phone(&mut self, agent_number: &str, habit: PhoneHabit) -> bool {
        let Some(key) = self.agents.find(agent_number) else {
            return false;
        };
        self.agents.get_mut(key).phone = habit;
        true
    }

    /// Takes what a client sent, at this time in Unix ms.
    pub fn handle(&mut self, input: Input, now_ms: u64) {
        self.handle_timeout(now_ms);
        match input {
            Input::Command { token, body } => self.command(&token, &body),
        }
    }

    /// The next message to send, or `None` when all was fetched.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When, in Unix ms, [`Center::handle_timeout`] has something to do; `None` if nothing is awaited.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<u64> {
        self.timers.next()
    }

    /// Does all that is due by this time in Unix ms, each thing at the very time it was due.
    pub fn handle_timeout(&mut self, now_ms: u64) {
        while let Some((timer, at)) = self.timers.pop(now_ms) {
            self.now = self.now.max(at);
            self.due(timer);
        }
        self.now = self.now.max(now_ms);
    }

    fn due(&mut self, timer: Timer) {
        match timer {
            Timer::AgentGone(agent) => self.agent_gone(agent),
            Timer::PhoneReacts(call, agent) => self.phone_reacts(call, agent),
            Timer::PhoneUnanswered(call, agent) => self.phone_not_taken(call, agent, 1019),
            Timer::CalledFails(call) => self.called_fails(call),
            Timer::PersonAnswers(call) => self.person_answers(call),
            Timer::PersonUnanswered(call) => self.person_unanswered(call),
            Timer::PersonHangsUp(call) => self.person_hangs_up(call),
        }
    }

    /// Decides by token and request what a command means.
    fn command(&mut self, token: &str, body: &str) {
        let request = Request::parse(body);
        if let Some(request) = &request
            && request.name == "login"
        {
            // The header may still hold the token of an earlier login or of another agent.
            self.login(request);
            return;
        }
        // Nobody knows where to answer a token that was never given out.
        let Some(known) = self.tokens.get(token).cloned() else {
            return;
        };
        let Some(request) = request else {
            self.send(known.routing_key, wire::response_to_unreadable());
            return;
        };
        if let Some(answer) = known.expired(self.now) {
            if request.name != "reconnect" || answer == ExpiredAnswer::Negative {
                self.send(
                    known.routing_key,
                    wire::response(&request, Some(Refusal::Token)),
                );
            }
            return;
        }
        self.seen(known.agent);
        if let Some(userdata) = request.userdata() {
            self.agents.get_mut(known.agent).userdata = userdata;
        }
        let agent = known.agent;
        let done = match request.name.as_str() {
            "reconnect" => {
                self.reconnect(agent, token, &request);
                Ok(())
            }
            "heartbeat" => {
                self.accept(agent, &request);
                Ok(())
            }
            "logout" => self.logout(agent, &request),
            "idle" => self.idle(agent, &request),
            "busy" => self.busy(agent, &request),
            "makeCall" => self.make_call(agent, &request),
            "cancelCall" => self.cancel_call(agent, &request),
            "" => Err(Refusal::Field),
            _ => Err(Refusal::UnknownRequest),
        };
        if let Err(refusal) = done {
            self.send(known.routing_key, wire::response(&request, Some(refusal)));
        }
    }

    /// Sends the response that has to go before all events of an accepted command.
    fn accept(&mut self, agent: AgentKey, request: &Request) {
        if let Some(session) = &self.agents.get(agent).session {
            let routing_key = session.routing_key.clone();
            self.send(routing_key, wire::response(request, None));
        }
    }

    /// Sends an event and, where the event carries one, moves the agent to its state.
    fn emit(&mut self, agent: AgentKey, event: EventName, sequence: i64, data: Value) {
        let state = wire::carries_state(event).then_some(event);
        if let Some(state) = state {
            self.agents.get_mut(agent).state = state;
        }
        self.send_event(agent, event, state, sequence, data);
    }

    /// Sends an event of the agent's present call, which a reconnecting client is told again.
    fn emit_call(&mut self, call: CallKey, agent: AgentKey, event: EventName, with_type: bool) {
        let Some((sequence, data)) = self.calls.get(call).and_then(|call| {
            let leg = call.leg(agent)?;
            Some((leg.sequence, data::call(call, leg, with_type)))
        }) else {
            return;
        };
        let data = Value::Object(data);
        self.agents.get_mut(agent).last_call_event = Some((event, data.clone()));
        self.emit(agent, event, sequence, data);
    }

    fn send_event(
        &mut self,
        agent: AgentKey,
        event: EventName,
        now_state: Option<EventName>,
        sequence: i64,
        data: Value,
    ) {
        let now = self.now;
        let agent = self.agents.get_mut(agent);
        let Some(routing_key) = agent
            .session
            .as_ref()
            .map(|session| session.routing_key.clone())
        else {
            return;
        };
        let event_time = agent.event_time(now);
        let body = wire::event(
            &Envelope {
                event,
                now_state,
                event_time,
                sequence,
                person: agent.person,
                userdata: &agent.userdata,
            },
            data,
        );
        self.send(routing_key, body);
    }

    fn send(&mut self, routing_key: String, body: String) {
        self.outputs.push_back(Output { routing_key, body });
    }
}
