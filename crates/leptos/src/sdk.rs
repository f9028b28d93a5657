//! The session behind a toolbar, for what the app does itself.

use std::fmt::{self, Display};

use js_sys::{Array, Function, Promise, Reflect};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use crate::event::from_json;
use crate::snapshot::Snapshot;

/// What went wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// For programs.
    pub code: String,
    /// For people, in the toolbar's language.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

impl Fault {
    /// What an error says.
    pub(crate) fn of(error: &JsValue) -> Self {
        let text = |name| member(error, name).as_string().unwrap_or_default();
        Self {
            code: text("code"),
            message: text("message"),
            remedy: text("remedy"),
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.message, self.remedy)
    }
}

impl std::error::Error for Fault {}

/// The session of a toolbar: `AgentSdk` of the package.
#[derive(Clone, Debug)]
pub struct AgentSdk(JsValue);

impl AgentSdk {
    /// The session that a toolbar shows. `None`: it has not started.
    pub fn of(element: &HtmlElement) -> Option<Self> {
        let sdk = member(element, "sdk");
        sdk.is_object().then_some(Self(sdk))
    }

    /// The session as one object. `None`: it has not started.
    pub fn snapshot(&self) -> Option<Snapshot> {
        let snapshot = self.call("snapshot", &[]).ok()?;
        from_json(&snapshot).ok()
    }

    /// Calls a method by its name, such as `openPanel`.
    ///
    /// # Errors
    /// What the method throws.
    pub fn call(&self, method: &str, values: &[JsValue]) -> Result<JsValue, Fault> {
        call(&self.0, method, values)
    }

    /// Gives a command, such as `idle`, and gives the event that says that it was done.
    ///
    /// # Errors
    /// Why it was not: what is not possible now is said at once, and nothing is sent.
    pub async fn request<T: DeserializeOwned>(
        &self,
        command: &str,
        values: &[JsValue],
    ) -> Result<T, Fault> {
        let begun = call(&member(&self.0, "request"), command, values)?;
        let event = JsFuture::from(Promise::resolve(&begun)).await;
        let event = event.map_err(|error| Fault::of(&error))?;
        from_json(&event).map_err(|message| Fault {
            message,
            ..Fault::default()
        })
    }

    /// Signs out and ends the link; during a call, when that is over.
    pub(crate) fn end(&self) {
        if self.call("break", &[]).is_err() {
            let sdk = self.clone();
            let over = move || {
                // Refused once more it is somebody else's call by now: the platform keeps the agent.
                let _ = sdk.call("break", &[]);
            };
            let over = wasm_bindgen::closure::Closure::once_into_js(over);
            let _ = self.call("once", &[JsValue::from_str("After"), over]);
        }
    }
}

/// A member of an object; undefined where there is none.
pub(crate) fn member(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or_default()
}

fn call(of: &JsValue, method: &str, values: &[JsValue]) -> Result<JsValue, Fault> {
    let Ok(function) = member(of, method).dyn_into::<Function>() else {
        return Err(Fault {
            message: format!("AgentSdk has no {method}."),
            ..Fault::default()
        });
    };
    let values: Array = values.iter().collect();
    function
        .apply(of, &values)
        .map_err(|error| Fault::of(&error))
}
