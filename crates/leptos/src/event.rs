//! What the app is told.

use std::fmt::Display;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};

use crate::data::{Action, AfterData, AgentEvent, CallData, Note};
use crate::sdk::Fault;
use crate::snapshot::Snapshot;

/// A kind of event, and how what it says is read.
pub struct Kind<T> {
    name: &'static str,
    read: fn(&JsValue) -> Result<T, String>,
    of: PhantomData<fn() -> T>,
}

impl<T> Kind<T> {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: DeserializeOwned> Kind<T> {
    /// An event that is not in the table below, or one of the table that is to be read in another way.
    pub const fn named(name: &'static str) -> Self {
        Self {
            name,
            read: from_json,
            of: PhantomData,
        }
    }
}

macro_rules! events {
    ($($name:ident $text:literal: $of:ty;)*) => {
        $(
            #[doc = concat!("The event `", $text, "`.")]
            pub const $name: Kind<$of> = Kind::named($text);
        )*
    };
}

events! {
    LOGIN "Login": AgentEvent;
    LOGOUT "Logout": AgentEvent;
    RECONNECT "Reconnect": AgentEvent;
    KICK "Kick": AgentEvent;
    IDLE "Idle": AgentEvent;
    BUSY "Busy": AgentEvent;
    LOCK "Lock": AgentEvent;
    MAKE_CALL "MakeCall": AgentEvent;
    MAKE_CALL_FAIL "MakeCallFail": AgentEvent;
    AGENT_ORIGINATE "AgentOriginate": AgentEvent<CallData>;
    AGENT_RINGING "AgentRinging": AgentEvent<CallData>;
    AGENT_ANSWER "AgentAnswer": AgentEvent<CallData>;
    CALLED_RINGING "CalledRinging": AgentEvent<CallData>;
    CALLED_ANSWER "CalledAnswer": AgentEvent<CallData>;
    CONVERSATION "Conversation": AgentEvent<CallData>;
    CANCEL_CALL "CancelCall": AgentEvent;
    AFTER "After": AgentEvent<AfterData>;
    QUEUE_INFO "QueueInfo": AgentEvent;
    STATE_CHANGE "StateChange": String;
    SNAPSHOT "snapshot": Snapshot;
    MISSED "Missed": Value;
    NOTE "Note": Note;
    ACTION "Action": Action;
}

/// The event `Exception`.
pub const EXCEPTION: Kind<Fault> = Kind {
    name: "Exception",
    read: |detail| Ok(Fault::of(detail)),
    of: PhantomData,
};

/// The event `SaveLog`: a record as a file, for the app to send or not.
pub const SAVE_LOG: Kind<web_sys::Blob> = Kind {
    name: "SaveLog",
    read: |detail| {
        let blob: Option<&web_sys::Blob> = detail.dyn_ref();
        blob.cloned().ok_or_else(|| "no Blob".to_owned())
    },
    of: PhantomData,
};

/// The event `ScreenPop`: a handler may set its `url` to another address, or to null.
pub const SCREEN_POP: Kind<js_sys::Object> = Kind {
    name: "ScreenPop",
    read: |detail| {
        let pop: Option<&js_sys::Object> = detail.dyn_ref();
        pop.cloned().ok_or_else(|| "no object".to_owned())
    },
    of: PhantomData,
};

/// What is done with an event's detail.
pub(crate) type Handle = Box<dyn Fn(&JsValue)>;

/// The app's handlers.
///
/// ```
/// use agent_toolbar_leptos::{Handlers, event};
///
/// let on = Handlers::new()
///     .on(event::AGENT_RINGING, |ringing| leptos::logging::log!("{} calls", ringing.data.caller))
///     .on(event::NOTE, |note| leptos::logging::log!("{}: {}", note.call_id, note.text));
/// # let _ = on;
/// ```
#[derive(Default)]
pub struct Handlers(pub(crate) Vec<(&'static str, Handle)>);

impl Handlers {
    /// Nobody is told anything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells one more function. What cannot be read is said on the console, with the reason.
    #[must_use]
    pub fn on<T: 'static>(mut self, kind: Kind<T>, tell: impl Fn(T) + 'static) -> Self {
        let Kind { name, read, .. } = kind;
        let handle = move |detail: &JsValue| match read(detail) {
            Ok(said) => tell(said),
            Err(why) => unread(name, why),
        };
        self.0.push((name, Box::new(handle)));
        self
    }
}

fn unread(name: &str, why: impl Display) {
    leptos::logging::warn!("agent-toolbar: {name} cannot be read as its type says: {why}");
}

/// Reads what JavaScript has as what its JSON says.
pub(crate) fn from_json<T: DeserializeOwned>(value: &JsValue) -> Result<T, String> {
    let json = js_sys::JSON::stringify(value).ok();
    // What has no JSON at all is nothing.
    let json = json.and_then(|json| json.as_string());
    serde_json::from_str(json.as_deref().unwrap_or("null")).map_err(|error| error.to_string())
}
