//! A contact centre on a test clock: time passes only when a test lets it.

// Each test file is a program of its own and uses only a part of this.
#![allow(dead_code)]

pub mod moment;
mod rules;
pub mod scene;

use std::collections::VecDeque;

use sandbox::center::{Center, Control, Denied, Input, Output, PhoneNews, PhoneOrder};
use serde_json::{Value, json};

use rules::Rules;

/// More steps of the clock than any scene needs.
const MOST_STEPS: usize = 100;

/// The start of time, in Unix ms.
pub const START: u64 = 1_800_000_000_000;

pub struct World {
    pub center: Center,
    pub now: u64,
    inbox: VecDeque<(String, Value)>,
    /// What browser phones are to do: the agent's number, and the order.
    orders: Vec<(String, PhoneOrder)>,
    rules: Rules,
    sequence: i64,
}

impl World {
    pub fn new() -> Self {
        Self {
            center: Center::new(42),
            now: START,
            inbox: VecDeque::new(),
            orders: Vec::new(),
            rules: Rules::default(),
            sequence: 100,
        }
    }

    fn fetch(&mut self) {
        while let Some(output) = self.center.poll_output() {
            let (routing_key, body) = match output {
                Output::Message { routing_key, body } => (routing_key, body),
                Output::Phone { agent, order } => {
                    self.orders.push((agent, order));
                    continue;
                }
                _ => panic!("the center wants something that the tests do not know"),
            };
            let message: Value = serde_json::from_str(&body).expect("messages are JSON");
            self.rules.check(&body, &message);
            self.inbox.push_back((routing_key, message));
        }
    }

    /// Tells the center of an agent's browser phone.
    pub fn news(&mut self, agent: &str, news: PhoneNews) {
        let input = Input::Phone {
            agent: agent.to_owned(),
            news,
        };
        self.center.handle(input, self.now);
        self.fetch();
    }

    /// Takes what the center wanted of browser phones so far.
    pub fn take_orders(&mut self) -> Vec<(String, PhoneOrder)> {
        std::mem::take(&mut self.orders)
    }

    /// Sends a body as it is.
    pub fn send_raw(&mut self, token: &str, body: &str) {
        let input = Input::Command {
            token: token.to_owned(),
            body: body.to_owned(),
        };
        self.center.handle(input, self.now);
        self.fetch();
    }

    /// Sends a command with further fields, and gives its sequence.
    pub fn send(&mut self, token: &str, request: &str, fields: Value) -> i64 {
        self.sequence += 1;
        let mut body = json!({"request": request, "sequence": self.sequence});
        if let (Some(body), Value::Object(fields)) = (body.as_object_mut(), fields) {
            body.extend(fields);
        }
        self.send_raw(token, &body.to_string());
        self.sequence
    }

    /// The fields of a good login.
    pub fn credentials(number: &str, routing_key: &str) -> Value {
        json!({
            "agentNumber": number,
            "password": "123456",
            "companyShortName": "demo",
            "loginType": 1,
            "routingKey": routing_key,
        })
    }

    /// Logs in with a phone that the sandbox plays, and gives the token.
    pub fn login(&mut self, number: &str, routing_key: &str) -> String {
        self.login_as(number, routing_key, 1)
    }

    pub fn login_as(&mut self, number: &str, routing_key: &str, login_type: i64) -> String {
        let mut fields = Self::credentials(number, routing_key);
        fields["loginType"] = json!(login_type);
        self.send("", "login", fields);
        let messages = self.take(routing_key);
        let login = messages
            .iter()
            .find(|message| message["event"] == "Login")
            .expect("a good login is accepted");
        login["data"]["token"]
            .as_str()
            .expect("a login gives a token")
            .to_owned()
    }

    /// Logs in and becomes ready for calls.
    pub fn idle(&mut self, number: &str, routing_key: &str) -> String {
        let token = self.login(number, routing_key);
        self.send(&token, "idle", json!({}));
        self.take(routing_key);
        token
    }

    pub fn control(&mut self, control: Control) -> Result<Value, Denied> {
        let result = self.center.control(control, self.now);
        self.fetch();
        result
    }

    /// An outside person calls an agent; gives the call's identifier.
    pub fn call_in(&mut self, from: &str, agent: &str) -> String {
        let answer = self
            .control(Control::CallIn {
                from: from.to_owned(),
                agent: agent.to_owned(),
            })
            .expect("there is such an agent");
        answer["callId"]
            .as_str()
            .expect("a call has an identifier")
            .to_owned()
    }

    pub fn state(&mut self) -> Value {
        self.control(Control::State).expect("state is always given")
    }

    /// `nowState` of an agent as the control shows it.
    pub fn agent_state(&mut self, number: &str) -> String {
        let state = self.state();
        let agents = state["agents"].as_array().expect("agents are listed");
        agents
            .iter()
            .find(|agent| agent["agentNumber"] == number)
            .and_then(|agent| agent["nowState"].as_str())
            .expect("all agents are listed")
            .to_owned()
    }

    /// Lets time pass.
    pub fn wait(&mut self, ms: u64) {
        self.now += ms;
        self.center.handle_timeout(self.now);
        self.fetch();
    }

    /// Takes all messages for a routing key that have come so far.
    pub fn take(&mut self, routing_key: &str) -> Vec<Value> {
        let (taken, left): (VecDeque<_>, VecDeque<_>) = self
            .inbox
            .drain(..)
            .partition(|(key, _)| key == routing_key);
        self.inbox = left;
        taken.into_iter().map(|(_, message)| message).collect()
    }

    /// Takes all messages that have come so far, each with its routing key.
    pub fn take_all(&mut self) -> Vec<(String, Value)> {
        self.inbox.drain(..).collect()
    }

    /// The last event that told an agent a state, if one did.
    pub fn last_told(&self, number: &str) -> Option<&Value> {
        self.rules.told(number)
    }

    /// Asserts that the center is whole, and that what it shows agrees with itself and with what the agents
    /// were told.
    #[track_caller]
    pub fn assert_whole(&mut self) {
        assert_eq!(self.center.check(), Ok(()));
        let state = self.state();
        rules::assert_calls_agree(&state);
        for agent in list(&state["agents"]) {
            if !agent["loginType"].is_null() {
                let number = agent["agentNumber"].as_str().expect("a number is text");
                let told = self
                    .last_told(number)
                    .expect("who is logged in was told so");
                assert_eq!(agent["nowState"], told["nowState"], "{number}: {state}");
            }
        }
    }

    /// Lets time pass from timer to timer until an event has come for a routing key; gives all messages for that
    /// key up to there.
    #[track_caller]
    pub fn until(&mut self, routing_key: &str, event: &str) -> Vec<Value> {
        let mut seen = Vec::new();
        for _ in 0..MOST_STEPS {
            seen.extend(self.take(routing_key));
            if seen.iter().any(|message| message["event"] == event) {
                return seen;
            }
            let Some(next) = self.center.poll_timeout() else {
                break;
            };
            self.now = self.now.max(next);
            self.center.handle_timeout(self.now);
            self.fetch();
        }
        panic!("{event} never came; what came is {:?}", names(&seen));
    }
}

/// The elements of a list.
#[track_caller]
pub fn list(value: &Value) -> &[Value] {
    value.as_array().expect("it is a list")
}

/// Responses as `name=status`, events by their name.
pub fn names(messages: &[Value]) -> Vec<String> {
    messages
        .iter()
        .map(|message| match message["type"].as_str() {
            Some("response") => format!(
                "{}={}",
                message["response"].as_str().unwrap_or("?"),
                message["status"]
            ),
            _ => message["event"].as_str().unwrap_or("?").to_owned(),
        })
        .collect()
}

/// The events among messages.
pub fn events(messages: &[Value]) -> Vec<Value> {
    messages
        .iter()
        .filter(|message| message["type"] == "event")
        .cloned()
        .collect()
}

/// All messages but the events of this name.
pub fn without(messages: Vec<Value>, name: &str) -> Vec<Value> {
    messages
        .into_iter()
        .filter(|message| message["event"] != name)
        .collect()
}

/// The first event of this name.
#[track_caller]
pub fn event<'a>(messages: &'a [Value], name: &str) -> &'a Value {
    messages
        .iter()
        .find(|message| message["event"] == name)
        .unwrap_or_else(|| panic!("no {name} among {:?}", names(messages)))
}

/// The keys of an object in their order.
pub fn keys(object: &Value) -> Vec<&str> {
    object
        .as_object()
        .map(|object| object.keys().map(String::as_str).collect())
        .unwrap_or_default()
}

/// Sequences of messages in their order.
pub fn sequences(messages: &[Value]) -> Vec<i64> {
    messages
        .iter()
        .map(|message| message["sequence"].as_i64().unwrap_or(-1))
        .collect()
}

/// Asserts that event times of one agent only ever grow.
pub fn assert_times_grow(messages: &[Value]) {
    let times: Vec<u64> = events(messages)
        .iter()
        .map(|event| event["eventTime"].as_u64().expect("events have a time"))
        .collect();
    assert!(
        times.is_sorted_by(|earlier, later| earlier < later),
        "{times:?}"
    );
}
