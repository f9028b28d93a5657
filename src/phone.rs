//! The agent's browser phone. The page brings it (`softPhoneFactory`); we register it, watch it and let it answer the
//! agent's own calls.

use crate::browser::{Callback, callback};
use agent::Fault;
use agent::session::PhoneProfile;
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
    fn stop(this: &PagePhone) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn disconnect(this: &PagePhone) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn off(this: &PagePhone, name: &str, id: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, js_name = isRegistered)]
    fn is_registered(this: &PagePhone) -> JsValue;
}

/// The events of a page's phone that concern us.
const EVENTS: [&str; 4] = [
    "RegistrationFailed",
    "Disconnected",
    "Exception",
    "UnRegistered",
];

/// What went wrong with a phone; `None`: it is only no longer registered.
type Report = Rc<dyn Fn(Option<Fault>)>;

struct Running {
    phone: PagePhone,
    profile: PhoneProfile,
    /// Name, the phone's id of the listener, and the listener.
    listeners: Vec<(&'static str, JsValue, Callback<JsValue>)>,
}

/// See the module. The page's phone may call back into us from any of its methods, so none is called while anything
/// here is borrowed.
pub struct Phone {
    factory: Option<js_sys::Function>,
    auto_answer: Option<bool>,
    port: JsValue,
    running: RefCell<Option<Running>>,
    /// The number of the `makeCall` whose ringing is ours to answer.
    own_call: Cell<Option<i64>>,
}

impl Phone {
    /// A phone that is not running; `factory` makes it, `port` is that of its socket.
    pub fn new(
        factory: Option<js_sys::Function>,
        auto_answer: Option<bool>,
        port: JsValue,
    ) -> Self {
        Phone {
            factory,
            auto_answer,
            port,
            running: RefCell::new(None),
            own_call: Cell::new(None),
        }
    }

    /// Makes the page's phone with what the platform said at login; another one that runs is stopped first. What goes
    /// wrong later is told to `report`.
    pub fn start(&self, profile: &PhoneProfile, report: Report) -> Result<(), Fault> {
        let same = self
            .running
            .borrow()
            .as_ref()
            .is_some_and(|r| r.profile == *profile);
        // The agent's link was lost and came back: the phone has its own, and perhaps a call on it.
        if same && self.is_registered() {
            return Ok(());
        }
        self.stop();
        check(profile)?;
        let factory = self.factory.as_ref().ok_or(Fault::NoSoftPhone)?;
        let options = js_sys::Object::new();
        for (name, value) in [
            ("wss", JsValue::from_str(&profile.host)),
            ("domain", JsValue::from_str(&profile.domain)),
            ("wssport", self.port.clone()),
            ("account", JsValue::from_str(&profile.account)),
            ("debug", JsValue::FALSE),
            ("password", JsValue::from_str(profile.password.expose())),
        ] {
            let _ = js_sys::Reflect::set(&options, &name.into(), &value);
        }
        let made = js_sys::Reflect::construct(factory, &js_sys::Array::of1(&options));
        let phone: PagePhone = made
            .map_err(|error| Fault::Phone {
                message: words(&error),
            })?
            .unchecked_into();
        if let Some(on) = self.auto_answer {
            let _ = phone.set_auto_answer(on);
        }
        let mut listeners = Vec::new();
        for name in EVENTS {
            let report = report.clone();
            let listener = callback(move |value: JsValue| {
                report(match name {
                    "RegistrationFailed" => Some(Fault::PhoneRegistrationFailed),
                    "Disconnected" => Some(Fault::PhoneDisconnected),
                    "UnRegistered" => None,
                    _ => Some(Fault::Phone {
                        message: words(&value),
                    }),
                });
            });
            let id = phone
                .on(name, listener.as_ref())
                .unwrap_or(JsValue::UNDEFINED);
            listeners.push((name, id, listener));
        }
        *self.running.borrow_mut() = Some(Running {
            phone,
            profile: profile.clone(),
            listeners,
        });
        Ok(())
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
        self.page_phone()
            .is_some_and(|phone| phone.is_registered().is_truthy())
    }

    fn page_phone(&self) -> Option<PagePhone> {
        self.running.borrow().as_ref().map(|r| r.phone.clone())
    }

    /// The page's own object, or undefined.
    pub fn object(&self) -> JsValue {
        self.page_phone()
            .map_or(JsValue::UNDEFINED, |phone| phone.into())
    }

    /// The agent's own call is on its way, under this number; `None`: no longer.
    pub fn expect_call(&self, sequence: Option<i64>) {
        self.own_call.set(sequence);
    }

    /// The platform rings the agent. Only the agent's own call is answered without asking; platforms that do not say
    /// which command an event belongs to send 0.
    pub fn ringing(&self, sequence: i64) {
        let own = self.own_call.get();
        if own.is_some() && (own == Some(sequence) || sequence == 0) {
            self.own_call.set(None);
            if let Some(phone) = self.page_phone()
                && self.auto_answer != Some(true)
            {
                let _ = phone.answer();
            }
        }
    }
}

/// Whether a phone can work here at all.
fn check(profile: &PhoneProfile) -> Result<(), Fault> {
    let global = js_sys::global();
    let get = |of: &JsValue, name: &str| {
        js_sys::Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
    };
    if get(&global, "isSecureContext").is_falsy() {
        return Err(Fault::PhoneInsecure);
    }
    if get(&get(&global, "navigator"), "mediaDevices").is_falsy() {
        return Err(Fault::PhoneUnsupported);
    }
    if profile.host.is_empty() || profile.account.is_empty() {
        return Err(Fault::PhoneParameters);
    }
    Ok(())
}

/// The words of an error of the page.
fn words(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into())
        .ok()
        .and_then(|m| m.as_string());
    message.or_else(|| error.as_string()).unwrap_or_default()
}
