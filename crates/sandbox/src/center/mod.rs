//! The contact centre itself: who is logged in, which calls there are, and what each agent is told.
//!
//! No I/O, no clock and no chance of its own. Commands and the time (Unix ms) come in with the call, what is
//! to be sent is fetched with [`Center::poll_output`] until there is no more, and [`Center::poll_timeout`]
//! says when to come back. So a test runs a whole shift in a millisecond, and every run can be repeated.

mod agents;
mod browser_phones;
mod calls;
mod check;
mod conference;
mod consult;
mod control;
mod data;
mod directory;
mod ending;
mod forcing;
mod guests;
mod hearing;
mod holding;
mod inbound;
mod ivr;
mod legs;
mod outbound;
mod outside;
mod phones;
mod queue;
mod random;
mod routing;
mod session;
mod state;
mod surveillance;
mod target;
mod timers;
mod tokens;
mod transfer;
mod watching;
mod wire;

use std::collections::VecDeque;

use agent::event::EventName;
use serde_json::Value;

pub use agents::PhoneHabit;
pub use browser_phones::{PhoneNews, PhoneOrder};
pub use control::{Control, Denied};
pub use tokens::ExpiredAnswer;

use agents::{AgentKey, Agents};
use calls::{CallKey, Calls};
use legs::WatchKind;
pub(crate) use outside::{Plan, Voice};
use queue::Queues;
pub(crate) use random::Random;
use timers::{Timer, Timers};
use tokens::Tokens;
use wire::{Envelope, Message, Refusal, Request};

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
    /// The pbx tells something of an agent's browser phone.
    Phone {
        /// The agent's number.
        agent: String,
        /// What is told.
        news: PhoneNews,
    },
}

/// What the center wants done.
#[non_exhaustive]
pub enum Output {
    /// A message for whoever listens to a routing key.
    Message {
        /// The routing key from the agent's login.
        routing_key: String,
        /// Compact JSON. It may hold a token and passwords, so it must not be logged.
        body: String,
    },
    /// Something for the pbx to do with an agent's browser phone.
    Phone {
        /// The agent's number.
        agent: String,
        /// What is to be done.
        order: PhoneOrder,
    },
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
    queues: Queues,
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
            queues: Queues::default(),
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

    /// What an outside person in a call sends, in Hz. `None` if there is no such person or the person echoes.
    #[must_use]
    pub fn tone(&self, call_id: &str, number: &str) -> Option<u32> {
        let call = self.calls.get(self.calls.find(call_id)?)?;
        call.people()
            .find(|person| person.number == number)?
            .voice
            .tone()
    }

    /// Takes what a client sent, at this time in Unix ms.
    pub fn handle(&mut self, input: Input, now_ms: u64) {
        self.handle_timeout(now_ms);
        match input {
            Input::Command { token, body } => self.command(&token, &body),
            Input::Phone { agent, news } => self.phone_news(&agent, news),
        }
        debug_assert_eq!(self.check(), Ok(()));
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
        debug_assert_eq!(self.check(), Ok(()));
    }

    fn due(&mut self, timer: Timer) {
        match timer {
            Timer::AgentGone(agent) => self.agent_gone(agent),
            Timer::BackInTouch(agent) => self.serve_queues(agent),
            Timer::PhoneGone(agent) => self.phone_gone(agent),
            Timer::PhoneReacts(call, agent) => self.phone_reacts(call, agent),
            Timer::PhoneUnanswered(call, agent) => self.phone_not_taken(call, agent, 1019),
            Timer::CalledFails(call) => self.called_fails(call),
            Timer::PersonAnswers(call) => self.person_answers(call),
            Timer::PersonUnanswered(call) => self.person_unanswered(call),
            Timer::PersonHangsUp(call) => self.person_hangs_up(call),
            Timer::GuestAnswers(call) => self.guest_answers(call),
            Timer::GuestUnanswered(call) | Timer::GuestHangsUp(call) => self.guest_gone(call),
            Timer::MenuUnanswered(call) => self.menu_chooses(call, None),
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
        let agent = known.agent;
        self.seen(agent);
        if let Some(userdata) = request.userdata() {
            self.agents.get_mut(agent).userdata = userdata;
        }
        if let Err(refusal) = self.carry_out(agent, token, &request) {
            self.send(known.routing_key, wire::response(&request, Some(refusal)));
        }
    }

    /// Does what an agent's command asks for, or says why not. Nothing has changed then.
    fn carry_out(
        &mut self,
        agent: AgentKey,
        token: &str,
        request: &Request,
    ) -> Result<(), Refusal> {
        match request.name.as_str() {
            "reconnect" => {
                self.reconnect(agent, token, request);
                Ok(())
            }
            "heartbeat" => {
                self.accept(agent, request);
                Ok(())
            }
            "logout" => self.logout(agent, request),
            "idle" => self.idle(agent, request),
            "busy" => self.busy(agent, request),
            "makeCall" => self.make_call(agent, request),
            "cancelCall" => self.cancel_call(agent, request),
            "hold" => self.hold(agent, request),
            "unHold" => self.un_hold(agent, request),
            "mute" => self.mute(agent, request),
            "unmute" => self.unmute(agent, request),
            "sendDTMF" => self.send_dtmf(agent, request),
            "transferCall" => self.transfer_call(agent, request),
            "transferCancel" => self.transfer_cancel(agent, request),
            "consultCall" => self.consult_call(agent, request),
            "consultCancel" => self.consult_cancel(agent, request),
            "consultTransfer" => self.consult_transfer(agent, request),
            "tripartiteTalk" => self.tripartite_talk(agent, request),
            "listen" => self.watch(agent, request, WatchKind::Listen),
            "whisper" => self.watch(agent, request, WatchKind::Whisper),
            "forceInsert" => self.watch(agent, request, WatchKind::ForceInsert),
            "intercept" => self.watch(agent, request, WatchKind::Intercept),
            "forceBreak" => self.force_break(agent, request),
            "forceIdle" => self.force_idle(agent, request),
            "forceBusy" => self.force_busy(agent, request),
            "forceLogout" => self.force_logout(agent, request),
            "surveillance" => self.surveillance(agent, request),
            "groupInfo" => self.group_info(agent, request),
            "idleAgent" => self.idle_agent(agent, request),
            "groupQueueNum" => self.group_queue_num(agent, request),
            "" => Err(Refusal::Field),
            _ => Err(Refusal::UnknownRequest),
        }
    }

    /// Sends the response that has to go before all events of an accepted command.
    fn accept(&mut self, agent: AgentKey, request: &Request) {
        if let Some(session) = &self.agents.get(agent).session {
            let routing_key = session.routing_key.clone();
            self.send(routing_key, wire::response(request, None));
        }
    }

    /// Sends an event in its usual form.
    fn emit(&mut self, agent: AgentKey, event: EventName, sequence: i64, data: Value) {
        self.deliver(agent, Message::new(event, sequence, data));
    }

    /// Sends an event that tells how the agent's present call stands, which a client that reconnects is told
    /// again.
    fn tell(&mut self, agent: AgentKey, event: EventName, sequence: i64, data: Value) {
        self.agents.get_mut(agent).last_call_event = Some((event, data.clone()));
        self.emit(agent, event, sequence, data);
    }

    /// Tells an agent what there is to know of the present call, with its type or without.
    fn emit_call(&mut self, call: CallKey, agent: AgentKey, event: EventName, typed: bool) {
        let Some((sequence, data)) = self.calls.get(call).and_then(|call| {
            let leg = call.leg(agent)?;
            let face = call.face(agent)?;
            Some((leg.sequence, data::call(call, &face, typed)))
        }) else {
            return;
        };
        self.tell(agent, event, sequence, Value::Object(data));
    }

    /// Puts the agent into the state that an event tells, if it tells one, and sends it.
    fn deliver(&mut self, agent: AgentKey, message: Message) {
        let now = self.now;
        if let Some(state) = message.now_state {
            self.agents.enter(agent, state, now);
        }
        let ivr_param = self.ivr_param(agent, message.event);
        let entry = self.agents.get_mut(agent);
        let Some(routing_key) = entry
            .session
            .as_ref()
            .map(|session| session.routing_key.clone())
        else {
            return;
        };
        let envelope = Envelope {
            event_time: entry.event_time(now),
            person: entry.person,
            userdata: &entry.userdata,
            ivr_param,
        };
        let body = wire::event(&envelope, message);
        self.send(routing_key, body);
    }

    fn send(&mut self, routing_key: String, body: String) {
        self.outputs
            .push_back(Output::Message { routing_key, body });
    }
}
