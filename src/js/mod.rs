//! The JavaScript face: what `agent-sdk.js` beside this file builds the class `AgentSdk` on, and `phone` what
//! `soft-phone-sdk.js` builds the class `SoftPhoneSdk` on.

pub mod options;
pub mod phone;
pub mod sip;

use crate::browser::host::Host;
use crate::client::{Client, error};
use crate::toolbar;
use agent::json::Value;
use agent::session::{Link, Watch};
use agent::{Command, EventName, Fault, Input, Session, record};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The names of all events that we know, separated by blanks; see `Host::received`.
#[wasm_bindgen]
pub fn event_names() -> String {
    let mut out = String::new();
    for name in EventName::ALL {
        out.push_str(name.as_str());
        out.push(' ');
    }
    out
}

/// One session with its toolbar.
#[wasm_bindgen]
pub struct Core {
    client: Rc<Client>,
    // Dropped first of the two that draw: the toolbar reads from the client.
    _toolbar: Option<toolbar::Toolbar>,
}

#[wasm_bindgen]
impl Core {
    /// Reads the options; throws what is wrong with them.
    #[wasm_bindgen(constructor)]
    pub fn new(host: Host, options: &JsValue) -> Result<Core, JsValue> {
        let place = host.place();
        let options = options::read(options, host.soft_phone());
        let lang = options.lang;
        let checked = options
            .config
            .and_then(|config| config.check().map(|()| config));
        let config = checked.map_err(|fault| error(&host, lang, &fault))?;
        let client = Client::new(config, host, options.phone, lang, &options.off)
            .map_err(|_| JsValue::UNDEFINED)?;
        let toolbar =
            place.map(|place| toolbar::draw(&client, &place.inside(), lang, options.mask));
        Ok(Core {
            client,
            _toolbar: toolbar,
        })
    }

    fn thrown(&self, result: Result<Option<i64>, Fault>) -> Result<Option<f64>, JsValue> {
        result
            .map(|sequence| sequence.map(|n| n as f64))
            .map_err(|fault| self.client.error(&fault))
    }

    /// Sends a command: the request's name and its members as JSON. `ask`: in the promise form. Gives its number.
    pub fn command(&self, request: &str, members: &str, ask: bool) -> Result<Option<f64>, JsValue> {
        // Made by `JSON.stringify`, so it is JSON.
        let members = Value::parse(members).unwrap_or_default();
        let command = Command::read(request, members);
        self.thrown(if ask {
            self.client.request(command)
        } else {
            self.client.command(command)
        })
    }

    /// Asks what the agents do again and again; without a filter, no longer.
    pub fn watch(&self, filter: Option<String>, interval: f64) -> Result<Option<f64>, JsValue> {
        let filter = filter.map(|filter| {
            let members = Value::parse(&filter).unwrap_or_default();
            match Command::read("surveillance", members) {
                Command::Surveillance { filter } => filter,
                _ => Vec::new(),
            }
        });
        let interval = interval.max(1.0) as u64;
        let watch = filter.map(|filter| Watch { filter, interval });
        self.thrown(self.client.handle(Input::Watch(watch)))
    }

    /// Opens a link.
    pub fn connect(&self) -> Result<Option<f64>, JsValue> {
        self.thrown(self.client.handle(Input::Connect))
    }

    /// Logs in, with other credentials where some are given.
    pub fn login(&self, credentials: &JsValue) -> Result<Option<f64>, JsValue> {
        let now = self.client.credentials();
        let other = options::credentials(credentials, &now);
        self.thrown(self.client.login(other))
    }

    /// What the page's `credentials` gave; undefined where that failed, for the reason in `why`.
    pub fn credentials(&self, given: &JsValue, why: Option<String>) {
        let now = self.client.credentials();
        let given = options::credentials(given, &now).filter(|who| !who.password.is_empty());
        if given.is_none() {
            let message = why.unwrap_or_default();
            self.client.except(&Fault::CredentialsFailed { message });
        }
        self.client.answer_credentials(given);
    }

    /// Logs out and ends the link.
    #[wasm_bindgen(js_name = break)]
    pub fn end(&self) -> Result<Option<f64>, JsValue> {
        let ended = self.client.handle(Input::Break);
        if ended.is_ok() {
            self.client.stop_phone();
        }
        self.thrown(ended)
    }

    /// Data for later commands; `given` is what the page gave, in words.
    pub fn userdata(&self, text: Option<String>, given: String) -> Result<Option<f64>, JsValue> {
        self.thrown(match text {
            Some(text) => self.client.handle(Input::Userdata(text)),
            None => Err(Fault::UserdataInvalid { given }),
        })
    }

    /// What the page listens to, as bits: 1 `snapshot`, 2 `agents`.
    pub fn want(&self, wanted: u32) {
        self.client.want(wanted);
    }

    /// The session as one object, as JSON.
    pub fn snapshot(&self) -> String {
        self.client.snapshot()
    }

    /// The state of another agent, as far as the last answer to `surveillance` tells; `list` is its body where the session
    /// was spared it.
    pub fn agent_state(&self, number: &str, list: Option<String>) -> Option<String> {
        self.client.with_mut(|session| {
            if let Some(list) = list {
                session.keep_agents(&list);
            }
            session.agent_state(number)
        })
    }

    /// The browser phone, or undefined.
    pub fn phone(&self) -> JsValue {
        self.client.phone()
    }

    /// The language from now on.
    pub fn set_lang(&self, lang: &JsValue) {
        self.client.set_lang(options::lang(lang));
    }

    /// JSON: a number or a string, as the page or the platform gave it.
    pub fn login_type(&self) -> String {
        self.client
            .with(|s| s.config().credentials.login_type.clone())
    }

    /// Whether the link is open.
    pub fn is_connected(&self) -> bool {
        self.client.with(Session::is_connected)
    }

    /// Whether a token is there and the link is open.
    pub fn is_login(&self) -> bool {
        self.client.with(Session::is_login)
    }

    /// Whether the link is being opened.
    pub fn is_connecting(&self) -> bool {
        self.client
            .with(|s| matches!(s.link(), Link::Connecting { .. }))
    }

    /// Whether a call is there: it rings, talks or waits.
    pub fn in_call(&self) -> bool {
        self.client.with(|s| s.situation().in_call())
    }
}

/// Runs a record; gives the snapshot that it ends in, or throws which line is wrong.
#[wasm_bindgen]
pub fn replay(text: &str) -> Result<String, String> {
    match record::replay(text, |_, _, _| {}) {
        Ok(session) => Ok(crate::client::object(&session.snapshot())),
        Err(bad) => Err(["line ", &bad.line.to_string(), ": ", bad.why].concat()),
    }
}
