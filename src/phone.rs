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
    #[wasm_bindgen(method, getter, js_name = isRegistered)]
    fn is_registered(this: &PagePhone) -> JsValue;
}

/// The events of a page's phone that concern us.
const EVENTS: [&str; 3] = ["RegistrationFailed", "Disconnected", "Exception"];

/// See the module. The page's phone may call back into us from any of its methods, so none is called while anything
/// here is borrowed.
pub struct Phone {
    factory: Option<js_sys::Function>,
    auto_answer: Option<bool>,
    port: JsValue,
    running: RefCell<Option<(PagePhone, Vec<Callback<JsValue>>)>>,
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

    /// Makes the page's phone with what the platform said at login; one that runs is stopped first. What goes wrong
    /// later is told to `report`.
    pub fn start(&self, profile: &PhoneProfile, report: Rc<dyn Fn(Fault)>) -> Result<(), Fault> {
        self.stop();
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
        let mut callbacks = Vec::new();
        for name in EVENTS {
            let report = report.clone();
            let listener = callback(move |value: JsValue| {
                report(match name {
                    "RegistrationFailed" => Fault::PhoneRegistrationFailed,
                    "Disconnected" => Fault::PhoneDisconnected,
                    _ => Fault::Phone {
                        message: words(&value),
                    },
                });
            });
            let _ = phone.on(name, listener.as_ref());
            callbacks.push(listener);
        }
        *self.running.borrow_mut() = Some((phone, callbacks));
        Ok(())
    }

    /// Ends the phone.
    pub fn stop(&self) {
        let ended = self.running.take();
        if let Some((phone, _)) = ended {
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
        self.running
            .borrow()
            .as_ref()
            .map(|(phone, _)| phone.clone())
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

/// The words of an error of the page.
fn words(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into())
        .ok()
        .and_then(|m| m.as_string());
    message.or_else(|| error.as_string()).unwrap_or_default()
}
