//! What the center knows of each employee: session, state, clock of events.

use agent::State;
use agent::event::EventName;
use serde_json::Value;

use super::calls::CallKey;
use crate::people::{PEOPLE, Person};

/// A client of which nothing was heard for this long (ms) is offered no new call.
pub(crate) const QUIET_AFTER: u64 = 60_000;
/// A client of which nothing was heard for this long (ms) is logged out, without an event.
pub(crate) const GONE_AFTER: u64 = 600_000;

/// Place of an employee in [`Agents`]. Made only by looking an employee up, so it is always good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AgentKey(usize);

/// Whether a state means talking in a call, whatever led to it.
pub(crate) fn is_talk(state: EventName) -> bool {
    matches!(
        state,
        EventName::Conversation
            | EventName::Mute
            | EventName::Unmute
            | EventName::UnHold
            | EventName::TransferCallFail
            | EventName::TransferCancel
            | EventName::ConsultCallFail
            | EventName::ConsultCancel
            | EventName::TripartiteTalking
    )
}

/// How the phone that the sandbox plays for login types 1 and 2 reacts when it rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PhoneHabit {
    /// It is answered 500 ms after it began to ring.
    #[default]
    Answers,
    /// The call is rejected 500 ms after it began to ring.
    Rejects,
    /// Nobody picks up.
    Ignores,
}

/// An agent's browser phone, as the pbx last told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct BrowserPhone {
    /// Registered, with a connection over which it can be rung.
    pub(crate) registered: bool,
    /// In a call of its own that is none of the center's.
    pub(crate) busy: bool,
    /// Registered before the session began, by the client from which the session was taken over. That client will
    /// take it away, and the new one bring its own.
    pub(crate) inherited: bool,
}

/// An agent who is logged in.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// Where the client listens.
    pub(crate) routing_key: String,
    /// 1 desk phone, 2 mobile, 3 browser phone, 4 SIM module.
    pub(crate) login_type: u8,
    /// Unix ms of the login.
    pub(crate) began: u64,
    /// Unix ms of the last frame from the client.
    pub(crate) last_seen: u64,
}

impl Session {
    /// Whether the agent's phone is the one in the browser.
    pub(crate) fn in_browser(&self) -> bool {
        self.login_type == 3
    }
}

/// One employee and all that the center knows of them.
#[derive(Debug)]
pub(crate) struct Agent {
    pub(crate) person: Person,
    pub(crate) session: Option<Session>,
    /// The newest `nowState`; meaningless while there is no session.
    pub(crate) state: EventName,
    /// Unix ms since when the state lasts.
    pub(crate) state_since: u64,
    /// Place in the order in which agents came into their states: who is longest in a state has the lowest.
    pub(crate) turn: u64,
    pub(crate) busy_type: String,
    pub(crate) userdata: String,
    pub(crate) phone: PhoneHabit,
    pub(crate) browser_phone: BrowserPhone,
    /// Nobody hears the agent, until they end it or the call ends.
    pub(crate) muted: bool,
    pub(crate) call: Option<CallKey>,
    /// The last event of the present call that told a state, to be told again after a reconnect.
    pub(crate) last_call_event: Option<(EventName, Value)>,
    last_event_time: u64,
}

impl Agent {
    fn new(person: Person) -> Self {
        Self {
            person,
            session: None,
            state: EventName::Logout,
            state_since: 0,
            turn: 0,
            busy_type: String::new(),
            userdata: String::new(),
            phone: PhoneHabit::default(),
            browser_phone: BrowserPhone::default(),
            muted: false,
            call: None,
            last_call_event: None,
            last_event_time: 0,
        }
    }

    /// The time to put on the next event: `now`, or 1 ms after the last event where the clock did not move.
    pub(crate) fn event_time(&mut self, now: u64) -> u64 {
        self.last_event_time = now.max(self.last_event_time.saturating_add(1));
        self.last_event_time
    }

    pub(crate) fn locked(&self) -> bool {
        self.state == EventName::Lock
    }

    /// Whether the agent is in a call and talking: the states in which a call can be worked with.
    pub(crate) fn talks(&self) -> bool {
        self.call.is_some() && is_talk(self.state)
    }

    /// Whether the agent's phone can be rung: the sandbox plays phones of types 1 and 2, those in the browser
    /// register, and of SIM modules there is none.
    pub(crate) fn phone_registered(&self) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| match session.login_type {
                1 | 2 => true,
                3 => self.browser_phone.registered,
                _ => false,
            })
    }

    /// Whether the agent's phone is in a call of its own, beside the center.
    pub(crate) fn phone_busy(&self) -> bool {
        self.browser_phone.busy && self.session.as_ref().is_some_and(Session::in_browser)
    }

    /// Whether the client was heard of lately enough to be offered a call.
    pub(crate) fn in_touch(&self, now: u64) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| now.saturating_sub(session.last_seen) < QUIET_AFTER)
    }
}

/// All employees.
#[derive(Debug)]
pub(crate) struct Agents {
    list: Vec<Agent>,
    turns: u64,
}

impl Agents {
    pub(crate) fn new() -> Self {
        Self {
            list: PEOPLE.into_iter().map(Agent::new).collect(),
            turns: 0,
        }
    }

    /// Everybody logged out and forgotten, but with event times that go on from the last one: a client that
    /// outlives the reset must not take new events for old ones. Of the browser phones the pbx tells.
    pub(crate) fn reset(&mut self) {
        for agent in &mut self.list {
            *agent = Agent {
                browser_phone: agent.browser_phone,
                last_event_time: agent.last_event_time,
                ..Agent::new(agent.person)
            };
        }
    }

    pub(crate) fn find(&self, number: &str) -> Option<AgentKey> {
        self.list
            .iter()
            .position(|agent| agent.person.number == number)
            .map(AgentKey)
    }

    pub(crate) fn get(&self, key: AgentKey) -> &Agent {
        &self.list[key.0]
    }

    pub(crate) fn get_mut(&mut self, key: AgentKey) -> &mut Agent {
        &mut self.list[key.0]
    }

    /// All employees, by number.
    pub(crate) fn keys(&self) -> Vec<AgentKey> {
        (0..self.list.len()).map(AgentKey).collect()
    }

    /// Puts an agent into a state. One who is in it already has been so for as long as before.
    pub(crate) fn enter(&mut self, key: AgentKey, state: EventName, now: u64) {
        self.turns += 1;
        let turn = self.turns;
        let agent = self.get_mut(key);
        agent.muted = match state {
            EventName::Mute => true,
            EventName::Unmute => false,
            _ => agent.muted && State::Told(state).talking(),
        };
        if agent.state != state {
            agent.state = state;
            agent.state_since = now;
            agent.turn = turn;
        }
    }
}
