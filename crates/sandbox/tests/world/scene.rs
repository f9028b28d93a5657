//! People at work: agents, each with a client of their own, and an outside person.

use std::collections::BTreeMap;

use sandbox::center::{Control, PhoneHabit, PhoneNews, PhoneOrder};
use sandbox::mixer::LegId;
use serde_json::{Value, json};

use super::rules::cause_text;
use super::{World, event, list, names, sequences};

/// The agent who acts, or is first in the call.
pub const A: &str = "1001";
/// A second agent.
pub const B: &str = "1002";
/// The supervisor.
pub const S: &str = "1000";
/// The outside person: the customer.
pub const C: &str = "13900139000";

/// What a supervisor may do beside a talk: the request, its first event, its outcome, and its failure.
pub const WATCHES: [[&str; 4]; 3] = [
    ["listen", "Listen", "Listening", "ListenFail"],
    ["whisper", "Whisper", "Whispering", "WhisperFail"],
    [
        "forceInsert",
        "ForceInsert",
        "ForceInserting",
        "ForceInsertFail",
    ],
];

/// All that an agent who is called is told until the talk begins.
pub const CALLED: [&str; 3] = ["AgentRinging", "AgentAnswer", "Conversation"];

/// A shift in the contact centre. Every agent's messages go to a routing key made of the agent's number.
pub struct Scene {
    pub world: World,
    tokens: BTreeMap<String, String>,
    /// Identifier of the customer's call, empty while there was none.
    pub call: String,
}

/// Where the messages for an agent go.
pub fn key(number: &str) -> String {
    format!("key-{number}")
}

/// Fields of a `transferCall`: 1 agent, 2 number, 3 group, 4 voice menu; 0 blind, 1 attended.
pub fn transfer(kind: i64, target: &str, mode: i64) -> Value {
    json!({"transferType": kind, "transferId": target, "transferMode": mode})
}

/// Fields of a `consultCall`: 1 agent, 2 number, 3 group, 4 voice menu.
pub fn consult(kind: i64, target: &str) -> Value {
    json!({"consultType": kind, "consultId": target})
}

/// Fields of a supervisor's command.
pub fn target(number: &str) -> Value {
    json!({"beAgentNumber": number})
}

/// The `data` of the first event of this name.
#[track_caller]
pub fn data<'a>(messages: &'a [Value], name: &str) -> &'a Value {
    &event(messages, name)["data"]
}

/// Asserts the cause with which a call ended and the side that hung up, 0 own or 1 other; gives all data of
/// the end.
#[track_caller]
pub fn ended(messages: &[Value], cause: u32, side: u32) -> &Value {
    let after = data(messages, "After");
    assert_eq!(after["cause"], cause, "{after}");
    assert_eq!(after["hangupDirection"], side, "{after}");
    after
}

impl Scene {
    /// Nobody is there.
    pub fn empty() -> Self {
        Self {
            world: World::new(),
            tokens: BTreeMap::new(),
            call: String::new(),
        }
    }

    /// These agents are ready for calls, the first for the longest time.
    pub fn idle(numbers: &[&str]) -> Self {
        let mut scene = Self::empty();
        for number in numbers {
            scene.join(number);
        }
        scene.clear();
        scene
    }

    /// A talks to C, who has called in; the others are ready.
    pub fn talking(others: &[&str]) -> Self {
        let mut scene = Self::idle(&[A]);
        scene.call = scene.world.call_in(C, A);
        scene.until(A, "Conversation");
        for number in others {
            scene.join(number);
        }
        scene.clear();
        scene
    }

    /// A talks to C, whom A has called; the others are ready.
    pub fn calling(others: &[&str]) -> Self {
        let mut scene = Self::idle(&[A]);
        let fields = json!({"called": C, "calledType": 2, "callId": "outbound-1"});
        scene.send(A, "makeCall", fields);
        scene.until(A, "Conversation");
        scene.call = "outbound-1".to_owned();
        for number in others {
            scene.join(number);
        }
        scene.clear();
        scene
    }

    /// A and B, whom A has called, talk.
    pub fn colleagues() -> Self {
        let mut scene = Self::idle(&[A, B]);
        let fields = json!({"called": B, "calledType": 1, "callId": "inside-1"});
        scene.send(A, "makeCall", fields);
        scene.until(B, "Conversation");
        scene.call = "inside-1".to_owned();
        scene.clear();
        scene
    }

    /// Logs an agent in.
    pub fn login(&mut self, number: &str) {
        let token = self.world.login(number, &key(number));
        self.tokens.insert(number.to_owned(), token);
    }

    /// Logs an agent in, ready for calls.
    pub fn join(&mut self, number: &str) {
        self.login(number);
        self.send(number, "idle", json!({}));
        self.take(number);
        self.world.wait(10);
    }

    /// Logs an agent in whose phone is in the browser and registered, ready for calls.
    pub fn join_in_browser(&mut self, number: &str) {
        let token = self.world.login_as(number, &key(number), 3);
        self.tokens.insert(number.to_owned(), token);
        self.world.news(number, PhoneNews::Registered);
        self.send(number, "idle", json!({}));
        self.take(number);
        self.world.wait(10);
    }

    /// The leg for which an agent's browser phone, and no other, was asked to ring since the last look.
    #[track_caller]
    pub fn rung(&mut self, number: &str) -> LegId {
        let orders = self.world.take_orders();
        match orders.as_slice() {
            [(agent, PhoneOrder::Ring { leg, .. })] if agent == number => leg.clone(),
            other => panic!("{number} was not the only one to be rung: {other:?}"),
        }
    }

    /// Asserts that a browser phone, and no other, was let go since the last look.
    #[track_caller]
    pub fn let_go(&mut self, number: &str, leg: &LegId) {
        let order = PhoneOrder::HangUp { leg: leg.clone() };
        assert_eq!(self.world.take_orders(), [(number.to_owned(), order)]);
    }

    /// An agent's browser phone is asked to ring; it does so and is answered.
    #[track_caller]
    pub fn answer_in_browser(&mut self, number: &str) -> LegId {
        let leg = self.rung(number);
        for news in [
            PhoneNews::Rings { leg: leg.clone() },
            PhoneNews::Answered { leg: leg.clone() },
        ] {
            self.world.news(number, news);
        }
        leg
    }

    /// A, whose phone is in the browser, talks to C, who has called in; gives A's leg.
    pub fn talking_in_browser() -> (Self, LegId) {
        let mut scene = Self::empty();
        scene.join_in_browser(A);
        scene.call = scene.world.call_in(C, A);
        let leg = scene.answer_in_browser(A);
        scene.clear();
        (scene, leg)
    }

    /// The token of an agent who is logged in.
    pub fn token(&self, number: &str) -> String {
        self.tokens.get(number).expect("logged in").clone()
    }

    /// Decides how an agent's phone reacts when it rings.
    pub fn phone(&mut self, number: &str, habit: PhoneHabit) {
        assert!(self.world.center.set_phone(number, habit));
    }

    /// Sends a command, and gives its sequence.
    pub fn send(&mut self, number: &str, request: &str, fields: Value) -> i64 {
        let token = self.token(number);
        self.world.send(&token, request, fields)
    }

    /// Takes what an agent was told so far.
    pub fn take(&mut self, number: &str) -> Vec<Value> {
        self.world.take(&key(number))
    }

    /// Forgets all that was told so far.
    pub fn clear(&mut self) {
        self.world.take_all();
    }

    /// Lets time pass until an agent is told of this event; gives all that the agent was told up to there.
    #[track_caller]
    pub fn until(&mut self, number: &str, event: &str) -> Vec<Value> {
        self.world.until(&key(number), event)
    }

    /// Sends a command and asserts that it is accepted, and all that the agent is told until the last of these
    /// events has come. Names that end in `*` carry the command's sequence, the others are pushed with 0.
    #[track_caller]
    pub fn act(
        &mut self,
        number: &str,
        request: &str,
        fields: Value,
        expected: &[&str],
    ) -> Vec<Value> {
        let sequence = self.send(number, request, fields);
        let messages = match expected.last() {
            Some(last) => self.until(number, last.trim_end_matches('*')),
            None => self.take(number),
        };
        let mut wanted = vec![(format!("{request}=0"), sequence)];
        wanted.extend(expected.iter().map(|name| match name.strip_suffix('*') {
            Some(name) => (name.to_owned(), sequence),
            None => ((*name).to_owned(), 0),
        }));
        assert_eq!(marked(&messages), wanted);
        messages
    }

    /// Asserts all that is pushed to an agent until the last of these events has come.
    #[track_caller]
    pub fn gets(&mut self, number: &str, expected: &[&str]) -> Vec<Value> {
        let messages = match expected.last() {
            Some(last) => self.until(number, last),
            None => self.take(number),
        };
        let wanted: Vec<(String, i64)> = expected
            .iter()
            .map(|name| ((*name).to_owned(), 0))
            .collect();
        assert_eq!(marked(&messages), wanted, "pushed to {number}");
        messages
    }

    /// Asserts that an agent was told nothing.
    #[track_caller]
    pub fn quiet(&mut self, number: &str) {
        self.gets(number, &[]);
    }

    /// Asserts that a command is refused with this status, and that nothing else comes of it.
    #[track_caller]
    pub fn refused(&mut self, number: &str, request: &str, fields: Value, status: u32) {
        self.clear();
        let before = self.world.state();
        let shown = format!("{request} {fields} of {number}");
        let sequence = self.send(number, request, fields);
        let response = json!({
            "type": "response",
            "response": request,
            "sequence": sequence,
            "status": status,
            "msg": cause_text(u64::from(status)),
        });
        assert_eq!(self.world.take_all(), [(key(number), response)], "{shown}");
        assert_eq!(self.world.state(), before, "{shown}");
    }

    /// All messages so far, whoever they are for, as `number name`.
    pub fn transcript(&mut self) -> Vec<String> {
        self.world
            .take_all()
            .iter()
            .map(|(key, message)| {
                let number = key.trim_start_matches("key-");
                format!("{number} {}", names(std::slice::from_ref(message)).concat())
            })
            .collect()
    }

    /// C calls a group; gives the call's identifier.
    pub fn call_group(&mut self, from: &str, group: &str) -> String {
        self.call_by(Control::CallGroup {
            from: from.to_owned(),
            group: group.to_owned(),
        })
    }

    /// C calls the voice menu; gives the call's identifier.
    pub fn call_menu(&mut self, from: &str) -> String {
        self.call_by(Control::CallIvr {
            from: from.to_owned(),
            ivr: "ivr-main".to_owned(),
        })
    }

    fn call_by(&mut self, control: Control) -> String {
        let answer = self.world.control(control).expect("there is such a place");
        let id = answer["callId"].as_str();
        id.expect("a call has an identifier").to_owned()
    }

    /// The outside person of a call presses keys.
    #[track_caller]
    pub fn press(&mut self, call_id: &str, keys: &str) {
        let control = Control::Keys {
            call_id: call_id.to_owned(),
            keys: keys.to_owned(),
        };
        self.world.control(control).expect("the call lives");
    }

    /// C hangs up.
    #[track_caller]
    pub fn hang_up(&mut self) {
        let call = self.call.clone();
        self.hang_up_call(&call);
    }

    /// The outside person of a call hangs up.
    #[track_caller]
    pub fn hang_up_call(&mut self, call_id: &str) {
        let control = Control::HangUp {
            call_id: call_id.to_owned(),
        };
        self.world.control(control).expect("the call lives");
    }

    /// An agent's phone is gone.
    #[track_caller]
    pub fn lose_phone(&mut self, number: &str) {
        let control = Control::PhoneLost {
            agent: number.to_owned(),
        };
        self.world.control(control).expect("the agent is logged in");
    }

    /// How many wait for a group.
    pub fn waiting(&mut self, group: &str) -> Value {
        let state = self.world.state();
        let queues = list(&state["queues"]).iter();
        let mut found = queues.filter(|queue| queue["groupId"] == group);
        found.next().expect("all groups are listed")["waiting"].clone()
    }

    /// Whether no call is left.
    pub fn no_calls(&mut self) -> bool {
        self.world.state()["calls"] == json!([])
    }

    /// Asserts who hears whom in all calls together; who is not named takes part in none.
    #[track_caller]
    pub fn hearing(&mut self, expected: &[(&str, &[&str])]) {
        let state = self.world.state();
        let mut shown = BTreeMap::new();
        for call in list(&state["calls"]) {
            for party in list(&call["parties"]) {
                let who = party["who"].as_str().expect("who is text");
                let mut hears: Vec<&str> = list(&party["hears"])
                    .iter()
                    .filter_map(Value::as_str)
                    .collect();
                hears.sort_unstable();
                shown.insert(who, hears);
            }
        }
        let expected: BTreeMap<&str, Vec<&str>> = expected
            .iter()
            .map(|(who, hears)| {
                let mut hears = hears.to_vec();
                hears.sort_unstable();
                (*who, hears)
            })
            .collect();
        assert_eq!(shown, expected, "{state}");
        self.world.assert_whole();
    }

    /// Asserts that of all who take part in calls only these are on hold.
    #[track_caller]
    pub fn on_hold(&mut self, expected: &[&str]) {
        let state = self.world.state();
        let held: Vec<&str> = list(&state["calls"])
            .iter()
            .flat_map(|call| list(&call["parties"]))
            .filter(|party| party["onHold"] == true)
            .filter_map(|party| party["who"].as_str())
            .collect();
        assert_eq!(held, expected, "{state}");
    }

    /// From a talk of A with C to a consultation of A with B.
    pub fn open_consult(&mut self) {
        self.send(A, "consultCall", consult(1, B));
        self.until(B, "Conversation");
        self.clear();
    }

    /// From a talk of A with C to a conference of A, B and C.
    pub fn open_conference(&mut self) {
        self.open_consult();
        self.send(A, "tripartiteTalk", json!({}));
        self.until(B, "TripartiteTalking");
        self.clear();
    }

    /// The supervisor takes up one of [`WATCHES`] beside A.
    pub fn watch(&mut self, watch: [&str; 4]) {
        let [request, _, outcome, _] = watch;
        self.send(S, request, target(A));
        self.until(S, outcome);
        self.clear();
    }

    /// From a talk of A with C to one of S with C.
    pub fn open_intercept(&mut self) {
        self.send(S, "intercept", target(A));
        self.until(S, "Conversation");
        self.clear();
    }

    /// From a talk of A with C to one of B with C.
    pub fn open_transfer(&mut self) {
        self.send(A, "transferCall", transfer(1, B, 0));
        self.until(B, "Conversation");
        self.clear();
    }
}

/// Names with sequences.
fn marked(messages: &[Value]) -> Vec<(String, i64)> {
    names(messages)
        .into_iter()
        .zip(sequences(messages))
        .collect()
}
