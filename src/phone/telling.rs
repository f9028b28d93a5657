//! What the page can ask the phone, and how it is told things.

use super::driver::Phone;
use super::quality::{Expected, Sample};
use super::talk::Talk;
use agent::json::Object;
use sip::agent::CallKey;

/// More that an object of facts can say.
pub(super) trait Facts {
    /// Whether something is so.
    fn truth(&mut self, name: &str, is: bool) -> &mut Self;
    /// A text, or `null`.
    fn perhaps(&mut self, name: &str, text: Option<&str>) -> &mut Self;
}

impl Facts for Object {
    fn truth(&mut self, name: &str, is: bool) -> &mut Self {
        self.raw(name, if is { "true" } else { "false" })
    }

    fn perhaps(&mut self, name: &str, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(name, text),
            None => self.raw(name, "null"),
        }
    }
}

/// The facts of an event: first the number of the call that it is of; 0: of none.
pub(super) fn of(call: u32) -> Object {
    let mut facts = Object::new();
    if call != 0 {
        facts.number("call", call.into());
    }
    facts
}

impl Phone {
    /// The phone and its calls, as JSON.
    pub fn state(&self) -> String {
        let current = self.current().map_or(0, |talk| talk.id);
        let agent = self.agent.borrow();
        let mut calls = String::from("[");
        for talk in &*self.calls.borrow() {
            if calls.len() > 1 {
                calls.push(',');
            }
            let mut one = Object::new();
            one.number("id", talk.id.into())
                .text("direction", talk.direction())
                .text("state", talk.stage.get().name())
                .text("number", &talk.number)
                .text("display", &talk.display)
                .truth("held", talk.told_held.get())
                .truth("heldByPeer", talk.held_by_peer.get())
                .perhaps("callId", talk.call_id.as_deref());
            match talk.since.get() {
                0 => one.raw("since", "null"),
                since => one.number("since", since as i64),
            };
            if let Some(call) = agent.call(talk.key()) {
                one.text("sipCallId", call.call_id());
            }
            calls.push_str(&one.finish());
        }
        calls.push(']');
        let mut out = Object::new();
        out.truth("registered", agent.is_registered())
            .truth("connected", agent.is_open())
            .number("current", current.into())
            .raw("calls", &calls);
        out.finish()
    }

    /// What went over the wire for a call, as JSON; also of the last few that have ended. 0: the registration.
    pub fn trace(&self, call: u32) -> Option<String> {
        self.agent.borrow().trace(CallKey(call))
    }

    /// An entry of ours in the trace of a call.
    pub(super) fn note(&self, talk: &Talk, text: &str) {
        self.order(|agent| agent.note(talk.key(), text));
    }

    /// Tells the listeners of an event.
    pub(super) fn tell(&self, name: &str, facts: Object) {
        self.host.tell(name, &facts.finish());
    }

    /// Tells that what was warned of is over.
    pub(super) fn relieve(&self, talk: &Talk, code: &str) {
        let mut facts = of(talk.id);
        facts.text("code", code).truth("over", true);
        self.tell("Warning", facts);
    }

    /// Judges how a call sounds by what was counted of it, and warns.
    pub fn measured(&self, call: u32, sample: Sample, muted: bool) {
        let Some(talk) = self.find(call) else { return };
        let loud = !talk.held.get() && !talk.held_by_peer.get();
        let expected = Expected {
            hearing: loud,
            speaking: loud && !muted,
        };
        let mut changes = Vec::new();
        let mut changed = |change| changes.push(change);
        let mut watch = talk.watch.borrow_mut();
        let quality = watch.take(&sample, expected, &mut changed);
        drop(watch);
        // In hundredths, which are enough for people.
        let mut facts = of(call);
        facts
            .number("mos", hundredths(quality.mos))
            .number("loss", hundredths(quality.loss));
        self.tell("Quality", facts);
        for change in changes {
            if change.over {
                self.relieve(&talk, change.code);
            } else {
                self.host.warn(call, change.code, change.value as u32);
            }
        }
    }
}

fn hundredths(value: f64) -> i64 {
    (value * 100.0 + 0.5) as i64
}
