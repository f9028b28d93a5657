//! What the page can ask the phone, and how it is told things.

use super::driver::Phone;
use super::talk::Talk;
use crate::browser::set;
use agent::{Fault, json};
use js_sys::Object;
use sip::agent::{CallKey, Command};
use wasm_bindgen::prelude::*;

impl Phone {
    /// The phone and its calls, as JSON.
    pub fn state(&self) -> String {
        let agent = self.agent.borrow();
        let mut calls = String::from("[");
        for talk in &*self.calls.borrow() {
            if calls.len() > 1 {
                calls.push(',');
            }
            let mut one = json::Object::new();
            one.number("id", talk.id.into())
                .text("direction", talk.direction())
                .text("state", talk.stage.get().name())
                .text("number", &talk.number)
                .text("display", &talk.display)
                .raw("held", truth(talk.told_held.get()))
                .raw("heldByPeer", truth(talk.held_by_peer.get()));
            match talk.since.get() {
                0 => one.raw("since", "null"),
                since => one.number("since", since as i64),
            };
            match &talk.call_id {
                Some(id) => one.text("callId", id),
                None => one.raw("callId", "null"),
            };
            if let Some(call) = agent.call(talk.key()) {
                one.text("sipCallId", call.call_id());
            }
            calls.push_str(&one.finish());
        }
        calls.push(']');
        let mut out = json::Object::new();
        out.raw("registered", truth(agent.is_registered()))
            .raw("connected", truth(agent.is_open()))
            .raw("muted", truth(self.media.is_muted()));
        match self.media.current() {
            Some(microphone) => out.text("microphone", &microphone.label()),
            None => out.raw("microphone", "null"),
        };
        out.number("current", self.current().map_or(0, |talk| talk.id.into()))
            .raw("calls", &calls);
        out.finish()
    }

    /// What went over the wire for a call, as JSON; also of the last few that have ended. 0: the registration.
    pub fn trace(&self, call: u32) -> Option<String> {
        self.agent.borrow().trace(CallKey(call))
    }

    /// An entry of ours in the trace of a call.
    pub(super) fn note(&self, talk: &Talk, text: String) {
        let call = talk.key();
        let _ = self.order(Command::Note { call, text });
    }

    /// Tells the listeners of an event.
    pub(super) fn tell(&self, name: &str, facts: Facts) {
        self.host.tell(name, &facts.0);
    }

    /// A fault as an object of JavaScript.
    pub fn error(&self, fault: &Fault) -> JsValue {
        let lang = self.lang.get();
        let (message, remedy) = (fault.message(lang), fault.remedy(lang));
        self.host.error(fault.code(), &message, remedy, None)
    }

    /// Tells the listeners of `Exception`.
    pub(super) fn except(&self, fault: &Fault) {
        let error = self.error(fault);
        self.host.tell("Exception", &error);
    }

    /// The facts of a fault that is no exception.
    pub(super) fn facts_of(&self, fault: &Fault) -> Facts {
        let lang = self.lang.get();
        Facts::new()
            .with("code", fault.code())
            .with("message", fault.message(lang))
            .with("remedy", fault.remedy(lang))
    }

    /// Tells of something that makes a call sound bad, or that it no longer does.
    pub(super) fn warn(&self, talk: &Talk, fault: &Fault, over: bool) {
        let facts = if over {
            Facts::new().with("code", fault.code()).with("over", true)
        } else {
            self.facts_of(fault)
                .with("cause", fault.message(self.lang.get()))
        };
        self.tell("Warning", facts.with("call", talk.id));
    }
}

fn truth(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

/// Members of the value of an event.
pub(super) struct Facts(Object);

impl Facts {
    /// None.
    pub fn new() -> Self {
        Facts(Object::new())
    }

    /// One more.
    pub fn with(self, name: &str, value: impl Into<JsValue>) -> Self {
        set(&self.0, name, &value.into());
        self
    }

    /// As an object of JavaScript.
    pub fn object(self) -> JsValue {
        self.0.into()
    }
}
