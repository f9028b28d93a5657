//! Requests as they come from a client, and the texts that go back: responses and events.
//!
//! Clients differ in what they write as a number and what as a string (`loginType` becomes a string after
//! the original's first login), so reading is lenient; writing is exact and keeps the order of the keys.

use agent::event::EventName;
use agent::{Lang, cause};
use serde_json::{Map, Value, json};

use crate::people::{COMPANY, Person};

/// Longest text taken for a number, an identifier or a routing key, in bytes. AMQP allows a routing key no more.
const LONGEST_FIELD: usize = 255;

/// A command of a client.
pub(crate) struct Request {
    pub(crate) name: String,
    /// Repeated in the response and in the events that the command causes; 0 where the client sent none.
    pub(crate) sequence: i64,
    fields: Map<String, Value>,
}

impl Request {
    /// Reads a body. `None` if it is not a JSON object.
    pub(crate) fn parse(body: &str) -> Option<Self> {
        let Ok(Value::Object(fields)) = serde_json::from_str(body) else {
            return None;
        };
        Some(Self {
            name: fields.get("request").and_then(as_text).unwrap_or_default(),
            sequence: fields.get("sequence").and_then(as_number).unwrap_or(0),
            fields,
        })
    }

    /// A field as text, with numbers written out. `Ok(None)` if it is absent, null or empty; an error if it is
    /// of another kind or too long.
    pub(crate) fn text(&self, key: &str) -> Result<Option<String>, Refusal> {
        match self.fields.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match as_text(value) {
                Some(text) if text.len() > LONGEST_FIELD => Err(Refusal::Field),
                Some(text) if text.is_empty() => Ok(None),
                Some(text) => Ok(Some(text)),
                None => Err(Refusal::Field),
            },
        }
    }

    /// A field as a number, whether written as one or as digits. `Ok(None)` if it is absent, null or empty.
    pub(crate) fn number(&self, key: &str) -> Result<Option<i64>, Refusal> {
        match self.fields.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(value) => as_number(value).map(Some).ok_or(Refusal::Field),
        }
    }

    /// The last `setUserdata` of the client, of any length, if the command carries it.
    pub(crate) fn userdata(&self) -> Option<String> {
        self.fields.get("userdata").and_then(as_text)
    }
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn as_number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            let float = number.as_f64()?;
            // Whole numbers up to 2^53 are exact in JavaScript, where they may be written as 1.0.
            (float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0).then_some(float as i64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Why a command is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Not in the present state.
    NotNow,
    /// A request that the center does not know.
    UnknownRequest,
    /// A field is missing or wrong.
    Field,
    /// Only supervisors may do this.
    NotSupervisor,
    /// There is no such agent.
    UnknownAgent,
    /// Company, number or password do not fit.
    Login,
    /// The token has expired.
    Token,
}

impl Refusal {
    fn status(self) -> u32 {
        match self {
            Self::NotNow => 1101,
            Self::UnknownRequest => 1097,
            Self::Field => 1096,
            Self::NotSupervisor => 1065,
            Self::UnknownAgent => 1003,
            Self::Login | Self::Token => 1,
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Login => "工号或密码错误",
            Self::Token => "token已失效",
            Self::NotNow
            | Self::UnknownRequest
            | Self::Field
            | Self::NotSupervisor
            | Self::UnknownAgent => cause_text(self.status()),
        }
    }
}

/// The text of a cause in the platform's language; that of 8888 where the table has none.
pub(crate) fn cause_text(code: u32) -> &'static str {
    cause::by_code(code)
        .or_else(|| cause::by_code(8888))
        .map_or("", |cause| cause.text.say(Lang::default()))
}

/// The response to a command, as compact JSON.
pub(crate) fn response(request: &Request, refusal: Option<Refusal>) -> String {
    let (status, message) = refusal.map_or((0, "success"), |refusal| {
        (refusal.status(), refusal.message())
    });
    json!({
        "type": "response",
        "response": request.name,
        "sequence": request.sequence,
        "status": status,
        "msg": message,
    })
    .to_string()
}

/// The response to a body that is no command at all.
pub(crate) fn response_to_unreadable() -> String {
    let nameless = Request {
        name: String::new(),
        sequence: 0,
        fields: Map::new(),
    };
    response(&nameless, Some(Refusal::Field))
}

/// Whether an event changes what the acting agent's client shows. The others carry no `nowState`, because any
/// makes the original redraw and close what the user has open. Two of those do tell a state to the one who acts.
pub(crate) fn carries_state(event: EventName) -> bool {
    event.tells_state() || matches!(event, EventName::ForceInserting | EventName::Whispering)
}

/// An event, without what only depends on whom it is for.
pub(crate) struct Message {
    pub(crate) event: EventName,
    pub(crate) now_state: Option<EventName>,
    pub(crate) sequence: i64,
    /// Keys beside `event` that only this kind of event has.
    pub(crate) beside: Map<String, Value>,
    pub(crate) data: Value,
}

impl Message {
    /// The usual event: it tells the state of its own name, if events of this name tell one.
    pub(crate) fn new(event: EventName, sequence: i64, data: Value) -> Self {
        Self {
            event,
            now_state: carries_state(event).then_some(event),
            sequence,
            beside: Map::new(),
            data,
        }
    }

    /// An event that leaves the state alone and answers no command.
    pub(crate) fn aside(event: EventName, data: Value) -> Self {
        Self {
            now_state: None,
            ..Self::new(event, 0, data)
        }
    }
}

/// What an event says of the agent whom it is for.
pub(crate) struct Envelope<'a> {
    pub(crate) event_time: u64,
    pub(crate) person: Person,
    pub(crate) userdata: &'a str,
    /// What the voice menu has learned, where the event tells it.
    pub(crate) ivr_param: Option<String>,
}

/// An event as compact JSON.
pub(crate) fn event(envelope: &Envelope<'_>, message: Message) -> String {
    let mut object = Map::new();
    object.insert("type".to_owned(), json!("event"));
    object.insert("event".to_owned(), json!(message.event.as_str()));
    if let Some(state) = message.now_state {
        object.insert("nowState".to_owned(), json!(state.as_str()));
    }
    object.insert("eventTime".to_owned(), json!(envelope.event_time));
    object.insert("sequence".to_owned(), json!(message.sequence));
    object.insert("companyId".to_owned(), json!(COMPANY));
    object.insert("agentNumber".to_owned(), json!(envelope.person.number));
    object.insert("agentId".to_owned(), json!(envelope.person.id()));
    object.insert("userdata".to_owned(), json!(envelope.userdata));
    if let Some(ivr_param) = &envelope.ivr_param {
        object.insert("ivrParam".to_owned(), json!(ivr_param));
    }
    object.extend(message.beside);
    object.insert("data".to_owned(), message.data);
    Value::Object(object).to_string()
}
