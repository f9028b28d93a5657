//! The browser phone that is paired with the agent's session: the page's own (`softPhoneFactory`) or ours. We make it,
//! watch it, and let it answer the agent's own calls.

use crate::browser::{Callback, callback, get, page, set};
use agent::json::Value;
use agent::session::PhoneProfile;
use agent::{Fault, Lang};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What every phone of a page can do.
    #[derive(Clone)]
    type PagePhone;
    #[wasm_bindgen(method, catch)]
    fn on(this: &PagePhone, name: &str, listener: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setAutoAnswer)]
    fn set_auto_answer(this: &PagePhone, on: bool) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn answer(this: &PagePhone) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn register(this: &PagePhone) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn stop(this: &PagePhone) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn disconnect(this: &PagePhone) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn off(this: &PagePhone, name: &str, id: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, js_name = isRegistered)]
    fn is_registered(this: &PagePhone) -> JsValue;

    /// What ours can do beside it.
    #[wasm_bindgen(method, catch)]
    fn expect(this: &PagePhone, own: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setLang)]
    fn set_lang(this: &PagePhone, lang: &str) -> Result<JsValue, JsValue>;
}

/// What a phone tells.
pub enum News {
    /// Calls can reach it.
    Registered,
    /// They cannot any more; why, where it said so.
    Gone(Option<Fault>),
    /// An error: whatever it gave.
    Wrong(JsValue),
}

/// The events of a phone that concern us.
const EVENTS: [&str; 5] = [
    "Registered",
    "RegistrationFailed",
    "Disconnected",
    "Exception",
    "UnRegistered",
];

/// Told of what happens to a phone.
type Report = Rc<dyn Fn(News)>;

struct Running {
    phone: PagePhone,
    /// What it was made with; `None`: by an instance before this one.
    profile: Option<PhoneProfile>,
    /// Name, the phone's id of the listener, and the listener.
    listeners: Vec<(&'static str, JsValue, Callback)>,
}

/// See the module. A phone may call back into us from any of its methods, so none is called while anything here is
/// borrowed.
pub struct Pairing {
    factory: js_sys::Function,
    auto_answer: Option<bool>,
    port: JsValue,
    running: RefCell<Option<Running>>,
    /// The number of the `makeCall` whose ringing is ours to answer.
    own_call: Cell<Option<i64>>,
}

impl Pairing {
    /// A phone that is not running; `factory` makes it, `port` is that of its socket.
    pub fn new(factory: js_sys::Function, auto_answer: Option<bool>, port: JsValue) -> Self {
        Pairing {
            factory,
            auto_answer,
            port,
            running: RefCell::new(None),
            own_call: Cell::new(None),
        }
    }

    /// Takes over a phone that is left of an instance that is no more: a call may go on in it.
    pub fn adopt(&self, phone: JsValue) {
        if phone.is_object() {
            *self.running.borrow_mut() = Some(Running {
                phone: phone.unchecked_into(),
                profile: None,
                listeners: Vec::new(),
            });
        }
    }

    /// Makes a phone with what the platform said at login; another one that runs is stopped first. What happens to it
    /// later is told to `report`. Gives whether it is one that ran before.
    pub fn start(&self, profile: &PhoneProfile, lang: Lang, report: Report) -> Result<bool, Fault> {
        let same = self
            .running
            .borrow()
            .as_ref()
            .filter(|r| r.profile.as_ref().is_none_or(|made| made == profile))
            .map(|r| (r.phone.clone(), r.profile.is_none()));
        if let Some((phone, adopted)) = same {
            // The agent's link was lost and came back: the phone has its own, and perhaps a call on it. Ours comes back by
            // itself, and calls outlive its link.
            let goes_on = phone.is_registered().is_truthy()
                || (has(&phone, "expect") && phone.register().is_ok());
            if goes_on {
                if adopted {
                    self.keep(phone, profile, report);
                }
                return Ok(true);
            }
        }
        self.stop();
        environment()?;
        if (profile.host.is_empty() && profile.url.is_empty()) || profile.account.is_empty() {
            return Err(Fault::PhoneParameters);
        }
        let options = js_sys::Object::new();
        let texts = [
            ("wss", profile.host.as_str()),
            ("domain", profile.domain.as_str()),
            ("account", profile.account.as_str()),
            ("password", profile.password.expose()),
            ("lang", word(lang)),
            ("url", profile.url.as_str()),
        ];
        for (name, text) in texts {
            // An address that is not there is none, instead of an empty one.
            if name != "url" || !text.is_empty() {
                set(&options, name, &JsValue::from_str(text));
            }
        }
        set(&options, "wssport", &self.port);
        set(&options, "debug", &JsValue::FALSE);
        let made = js_sys::Reflect::construct(&self.factory, &js_sys::Array::of1(&options));
        let phone: PagePhone = made
            .map_err(|error| Fault::Phone {
                message: words(&error),
            })?
            .unchecked_into();
        if let Some(on) = self.auto_answer {
            let _ = phone.set_auto_answer(on);
        }
        self.keep(phone, profile, report);
        Ok(false)
    }

    /// Listens to a phone from now on.
    fn keep(&self, phone: PagePhone, profile: &PhoneProfile, report: Report) {
        let mut listeners = Vec::new();
        for name in EVENTS {
            let report = report.clone();
            let listener = callback(move |value: JsValue| {
                report(match name {
                    "Registered" => News::Registered,
                    "RegistrationFailed" => News::Gone(Some(Fault::PhoneRegistrationFailed)),
                    "Disconnected" => News::Gone(Some(Fault::PhoneDisconnected)),
                    "UnRegistered" => News::Gone(None),
                    _ => News::Wrong(value),
                });
            });
            let id = phone
                .on(name, listener.as_ref())
                .unwrap_or(JsValue::UNDEFINED);
            listeners.push((name, id, listener));
        }
        *self.running.borrow_mut() = Some(Running {
            phone,
            profile: Some(profile.clone()),
            listeners,
        });
    }

    /// Ends the phone.
    pub fn stop(&self) {
        let ended = self.running.take();
        if let Some(Running {
            phone, listeners, ..
        }) = ended
        {
            for (name, id, _) in &listeners {
                let _ = phone.off(name, id);
            }
            let _ = phone.stop();
            let _ = phone.disconnect();
        }
    }

    /// Whether calls can reach it.
    pub fn is_registered(&self) -> bool {
        self.phone()
            .is_some_and(|phone| phone.is_registered().is_truthy())
    }

    fn phone(&self) -> Option<PagePhone> {
        self.running.borrow().as_ref().map(|r| r.phone.clone())
    }

    /// The phone itself, or undefined.
    pub fn object(&self) -> JsValue {
        self.phone()
            .map_or(JsValue::UNDEFINED, |phone| phone.into())
    }

    /// The language of its sentences from now on.
    pub fn set_lang(&self, lang: Lang) {
        if let Some(phone) = self.phone() {
            let _ = phone.set_lang(word(lang));
        }
    }

    /// The agent's own call is on its way, under this number; `None`: no longer.
    pub fn expect_call(&self, sequence: Option<i64>) {
        let before = self.own_call.replace(sequence);
        if sequence.is_some() || before.is_some() {
            self.tell_own(&JsValue::from_bool(sequence.is_some()));
        }
    }

    /// The agent has no call any more, by an event that this command caused (0: by none).
    pub fn over(&self, sequence: i64) {
        // What was asked for before the call says nothing of it.
        if !(self.own_call.get()).is_some_and(|own| sequence != 0 && sequence < own) {
            self.expect_call(None);
        }
    }

    /// The platform answered a command, in these words: a call that it refuses rings nowhere.
    pub fn answered(&self, body: &str) {
        let Some(own) = self.own_call.get() else {
            return;
        };
        let answer = Value::parse(body).unwrap_or_default();
        let status = answer.get("status").number();
        if answer.get("sequence").number() == Some(own) && status.is_some_and(|s| s != 0) {
            self.expect_call(None);
        }
    }

    /// The platform rings the agent with the call of this id. Only the agent's own is answered without asking; platforms
    /// that do not say which command an event belongs to send 0.
    pub fn ringing(&self, sequence: i64, call: &str) {
        let own = self.own_call.get();
        if own.is_none() || (own != Some(sequence) && sequence != 0) {
            return;
        }
        let Some(phone) = self.phone() else {
            return;
        };
        if has(&phone, "expect") {
            // It takes the call of this id, whenever it comes; without one it takes the next, as it was told before.
            if !call.is_empty() {
                self.own_call.set(None);
                self.tell_own(&JsValue::from_str(call));
            }
        } else {
            self.own_call.set(None);
            if self.auto_answer != Some(true) {
                let _ = phone.answer();
            }
        }
    }

    /// Tells a phone that can be told which call is the agent's own: `true` for one that has no id yet.
    fn tell_own(&self, own: &JsValue) {
        if let Some(phone) = self.phone()
            && has(&phone, "expect")
        {
            let _ = phone.expect(own);
        }
    }
}

impl Drop for Pairing {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Whether a phone of a page can work here at all.
pub fn environment() -> Result<(), Fault> {
    let window = page::window();
    let navigator = get(&window, "navigator");
    if get(&window, "isSecureContext").is_falsy() {
        return Err(Fault::PhoneInsecure);
    }
    if get(&navigator, "mediaDevices").is_falsy() {
        return Err(Fault::PhoneUnsupported);
    }
    Ok(())
}

fn has(phone: &PagePhone, method: &str) -> bool {
    get(phone, method).is_function()
}

/// A language as options name it.
fn word(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

/// The words of an error of the page.
pub fn words(error: &JsValue) -> String {
    let message = get(error, "message").as_string();
    message.or_else(|| error.as_string()).unwrap_or_default()
}
