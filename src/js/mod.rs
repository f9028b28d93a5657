//! The JavaScript face: what `agent-sdk.js` beside this file builds the class `AgentSdk` on, and `phone` what
//! `soft-phone-sdk.js` builds the class `SoftPhoneSdk` on.

pub mod options;
pub mod phone;
pub mod sip;

use crate::browser::host::Host;
use crate::client::{Client, error};
use crate::pairing::PhoneAct;
use crate::toolbar;
use agent::json::Value;
use agent::session::Link;
use agent::{EventName, Fault, Input, Lang, record};
use std::cell::RefCell;
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
    toolbar: RefCell<Option<toolbar::Toolbar>>,
    /// Whether numbers are hidden.
    mask: bool,
}

#[wasm_bindgen]
impl Core {
    /// Reads the options; throws what is wrong with them. A language is told by its place.
    #[wasm_bindgen(constructor)]
    pub fn new(host: Host, options: &JsValue, lang: usize) -> Result<Core, JsValue> {
        let options = options::read(options, host.soft_phone());
        let lang = Lang::at(lang);
        let checked = options
            .config
            .and_then(|config| config.check().map(|()| config));
        let config = checked.map_err(|fault| error(&host, lang, &fault))?;
        let client = Client::new(config, host, options.phone, lang, &options.off)
            .map_err(|_| JsValue::UNDEFINED)?;
        let core = Core {
            client,
            toolbar: RefCell::new(None),
            mask: options.mask,
        };
        core.draw();
        Ok(core)
    }

    /// Draws the toolbar where it is to be now, and no longer where it was.
    pub fn draw(&self) {
        let before = self.toolbar.take();
        drop(before);
        self.client.end_watch();
        let drawn = self.client.place().map(|place| {
            toolbar::draw(&self.client, &place.inside(), self.client.lang(), self.mask)
        });
        *self.toolbar.borrow_mut() = drawn;
    }

    fn thrown(&self, result: Result<Option<i64>, Fault>) -> Result<Option<f64>, JsValue> {
        result
            .map(|sequence| sequence.map(|n| n as f64))
            .map_err(|fault| self.client.error(&fault))
    }

    /// What the page wants, by its kind and as the JSON that a record has for it. Gives a command's number.
    pub fn input(&self, kind: &str, data: &str) -> Result<Option<f64>, JsValue> {
        // Made by `JSON.stringify`, so it is JSON.
        let data = Value::parse(data).unwrap_or_default();
        self.thrown(match record::read(kind, data) {
            Some(Input::Command(command)) => self.client.command(command),
            Some(Input::Request(command)) => self.client.request(command),
            Some(input) => {
                let ends = matches!(input, Input::Break);
                let done = self.client.handle(input);
                if ends && done.is_ok() {
                    self.client.stop_phone();
                }
                done
            }
            // Of all that the shell gives only this can be wrong: then it is a list of what it is in words.
            None => Err(Fault::UserdataInvalid {
                given: data.items().map(Value::string).collect(),
            }),
        })
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

    /// The browser phone answers every call by itself, or no longer.
    pub fn set_auto_answer(&self, on: bool) {
        // What it cannot is told to the listeners of `Exception`.
        let _ = self.client.phone_do(PhoneAct::AutoAnswer(on));
    }

    /// The page gave something else than before.
    pub fn page_changed(&self) {
        self.client.page_changed();
    }

    /// Opens a panel of the toolbar by its name, or closes the one that is open.
    pub fn panel(&self, name: Option<String>) {
        self.client.panel(name.as_deref());
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
    pub fn set_lang(&self, lang: usize) {
        self.client.set_lang(Lang::at(lang));
    }

    /// JSON: a number or a string, as the page or the platform gave it.
    pub fn login_type(&self) -> String {
        self.client
            .with(|s| s.config().credentials.login_type.clone())
    }

    /// What is so, as bits: 1 the link is open, 2 it is being opened, 4 a token is there and the link is open, 8 there is a
    /// call, which rings, talks or waits.
    pub fn now(&self) -> u32 {
        self.client.with(|session| {
            let connecting = matches!(session.link(), Link::Connecting { .. });
            let truths = [
                session.is_connected(),
                connecting,
                session.is_login(),
                session.situation().in_call(),
            ];
            let bits = truths.into_iter().rev();
            bits.fold(0, |bits, is| bits << 1 | u32::from(is))
        })
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
