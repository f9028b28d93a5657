//! The JavaScript face: what `agent-sdk.js` beside this file builds the class `AgentSdk` on.

pub mod options;

use crate::browser::host::Host;
use crate::client::Client;
use crate::toolbar;
use agent::command::MakeCall;
use agent::{Command, EventName, Fault, Input, Session};
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
        let options = options::read(options);
        let lang = options.lang;
        let failed = |fault: &Fault, host: &Host| host.error(fault.code(), &fault.message(lang));
        let config = match options.config {
            Ok(config) => config,
            Err(fault) => return Err(failed(&fault, &host)),
        };
        if let Err(fault) = config.check() {
            return Err(failed(&fault, &host));
        }
        let client =
            Client::new(config, host, options.phone, lang).map_err(|_| JsValue::UNDEFINED)?;
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

    fn command(&self, command: Command) -> Result<Option<f64>, JsValue> {
        self.thrown(self.client.command(command))
    }

    /// Opens a link.
    pub fn connect(&self) -> Result<Option<f64>, JsValue> {
        self.thrown(self.client.handle(Input::Connect))
    }

    /// Logs in, with other credentials where some are given.
    pub fn login(&self, credentials: &JsValue) -> Result<Option<f64>, JsValue> {
        let now = self.client.with(|s| s.config().credentials.clone());
        let other = options::credentials(credentials, &now);
        self.thrown(self.client.login(other))
    }

    /// Logs out.
    pub fn logout(&self) -> Result<Option<f64>, JsValue> {
        self.command(Command::Logout)
    }

    /// Logs out and ends the link.
    #[wasm_bindgen(js_name = break)]
    pub fn end(&self) -> Result<Option<f64>, JsValue> {
        self.thrown(self.client.handle(Input::Break))
    }

    /// Places a call.
    pub fn call(
        &self,
        called: String,
        called_type: f64,
        caller: Option<String>,
        call_id: Option<String>,
        contact_id: Option<String>,
    ) -> Result<Option<f64>, JsValue> {
        if called.is_empty() {
            return Err(self.client.error(&Fault::CalledEmpty));
        }
        let call = MakeCall {
            called,
            called_type: called_type as i64,
            caller,
            call_id,
            contact_id,
        };
        self.command(Command::MakeCall(call))
    }

    /// Hangs up.
    pub fn hangup(&self) -> Result<Option<f64>, JsValue> {
        self.command(Command::CancelCall)
    }

    /// Not ready.
    pub fn busy(&self, busy_type: Option<String>) -> Result<Option<f64>, JsValue> {
        self.command(Command::Busy { busy_type })
    }

    /// Ready.
    pub fn idle(&self) -> Result<Option<f64>, JsValue> {
        self.command(Command::Idle)
    }

    /// Data for later commands; `given` is what the page gave, in words.
    pub fn userdata(&self, text: Option<String>, given: String) -> Result<Option<f64>, JsValue> {
        self.thrown(match text {
            Some(text) => self.client.handle(Input::Userdata(text)),
            None => Err(Fault::UserdataInvalid { given }),
        })
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
}
