//! The JavaScript face of the phone: what `soft-phone-sdk.js` beside this file builds the class `SoftPhoneSdk` on.

use super::options::{self, text};
use crate::browser::get;
use crate::browser::host::Host;
use crate::pairing::environment;
use crate::phone::{Own, Phone, PhoneOptions};
use agent::Fault;
use js_sys::Promise;
use sip::auth::Secret;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// One phone. Calls are named by their numbers, 0 is the present one.
#[wasm_bindgen]
pub struct SoftPhone {
    phone: Rc<Phone>,
    /// Whether address, account and password were given.
    complete: bool,
}

#[wasm_bindgen]
impl SoftPhone {
    /// Reads the options; nothing happens before [`SoftPhone::register`].
    #[wasm_bindgen(constructor)]
    pub fn new(host: Host, given: &JsValue) -> SoftPhone {
        let or_empty = |name| text(given, name).unwrap_or_default();
        let (url, account) = (or_empty("url"), or_empty("account"));
        let password = or_empty("password");
        let complete = !url.is_empty() && !account.is_empty() && !password.is_empty();
        let options = PhoneOptions {
            display: text(given, "display").unwrap_or_else(|| account.clone()),
            url,
            account,
            password: Secret::new(password),
            domain: or_empty("domain"),
            authorization_user: text(given, "authorizationUser"),
            auto_answer: get(given, "autoAnswer").as_bool().unwrap_or(false),
            ice_servers: get(given, "iceServers"),
            audio: get(given, "audio"),
            trickle: get(given, "trickle").is_truthy(),
            ring: text(given, "ring").filter(|ring| !ring.is_empty()),
            ring_device: text(given, "ringDevice"),
            microphone: text(given, "microphone"),
            speaker: text(given, "speaker"),
            output: get(given, "outputVideo"),
            product: concat!("SoftPhoneSdk/", env!("CARGO_PKG_VERSION")).to_owned(),
        };
        SoftPhone {
            phone: Phone::new(options, host, options::lang(&get(given, "lang"))),
            complete,
        }
    }

    fn thrown<T>(&self, result: Result<T, Fault>) -> Result<T, JsValue> {
        result.map_err(|fault| self.phone.error(&fault))
    }

    /// Throws what stands against registering.
    pub fn ready(&self) -> Result<(), JsValue> {
        self.thrown(environment())?;
        self.thrown(if self.complete {
            Ok(())
        } else {
            Err(Fault::PhoneParameters)
        })
    }

    /// Asks for the microphone; gives whether it may be used.
    pub fn prepare(&self) -> Promise {
        self.phone.prepare()
    }

    /// Opens the link and registers; where that has been done, makes sure of it.
    pub fn register(&self) {
        self.phone.register();
    }

    /// Ends the registration.
    pub fn unregister(&self) {
        self.phone.unregister();
    }

    /// Ends registration, calls and link.
    pub fn stop(&self) {
        self.phone.stop();
    }

    /// Calls a number; `caller` and `gateway` go along where they are not empty. Gives the call's number.
    pub fn call(&self, number: String, caller: String, gateway: String) -> Result<u32, JsValue> {
        let headers = [("X-caller", caller), ("X-bridgeGw", gateway)];
        let headers = headers.into_iter().filter(|(_, value)| !value.is_empty());
        let headers = headers.map(|(name, value)| (name.to_owned(), value));
        self.thrown(self.phone.call(number, headers.collect()))
    }

    /// Answers.
    pub fn answer(&self, call: u32) -> Result<(), JsValue> {
        self.thrown(self.phone.answer(call))
    }

    /// Hangs up, takes back or refuses.
    pub fn hangup(&self, call: u32) -> Result<(), JsValue> {
        self.thrown(self.phone.hangup(call))
    }

    /// Holds, or goes on.
    pub fn hold(&self, call: u32, on: bool) -> Result<(), JsValue> {
        self.thrown(self.phone.hold(call, on))
    }

    /// Whether nothing of the microphone is sent.
    pub fn mute(&self, on: bool) {
        self.phone.mute(on);
    }

    /// Sends one key.
    pub fn dtmf(&self, call: u32, key: &str) -> Result<(), JsValue> {
        let mut keys = key.chars();
        self.thrown(match (keys.next(), keys.next()) {
            (Some(key @ ('0'..='9' | '*' | '#')), None) => self.phone.dtmf(call, key),
            _ => Err(Fault::DtmfInvalid),
        })
    }

    /// Sends the other party to somebody else.
    pub fn transfer(&self, call: u32, target: &str) -> Result<(), JsValue> {
        self.thrown(self.phone.transfer(call, target))
    }

    /// Joins the other parties of two calls.
    pub fn attend(&self, call: u32, other: u32) -> Result<(), JsValue> {
        self.thrown(self.phone.attend(call, other))
    }

    /// Which call is the page's own: that of the id, or the next that has none.
    pub fn expect(&self, next: bool, call_id: Option<String>) {
        self.phone.expect(match call_id {
            _ if next => Own::Pending,
            Some(id) => Own::Call(id),
            None => Own::Nothing,
        });
    }

    /// Whether every call is answered by itself.
    pub fn set_auto_answer(&self, on: bool) {
        self.phone.set_auto_answer(on);
    }

    /// The language of sentences from now on.
    pub fn set_lang(&self, lang: &JsValue) {
        self.phone.set_language(options::lang(lang));
    }

    /// Whether the page wants to know how loud it is.
    pub fn levels(&self, on: bool) {
        self.phone.levels(on);
    }

    /// Another microphone, also for the call that goes on; none: the browser's choice.
    pub fn set_microphone(&self, id: Option<String>) -> Promise {
        self.phone.set_microphone(id)
    }

    /// Where the other party is heard.
    pub fn set_speaker(&self, id: String) {
        self.phone.set_speaker(id);
    }

    /// Where it rings.
    pub fn set_ring_device(&self, id: String) {
        self.phone.set_ring_device(id);
    }

    /// Whether calls can reach it.
    pub fn is_registered(&self) -> bool {
        self.phone.is_registered()
    }

    /// The phone and its calls as JSON.
    pub fn state(&self) -> String {
        self.phone.state()
    }

    /// What went over the wire for a call, as JSON; also of the last few that have ended.
    pub fn trace(&self, call: u32) -> Option<String> {
        self.phone.trace(call)
    }

    /// What a call says of its sound.
    pub fn statistics(&self, call: u32) -> Promise {
        self.phone.statistics(call)
    }

    /// Tries what a call needs.
    pub fn check(&self, options: &JsValue) -> Promise {
        self.phone.check(options)
    }
}
