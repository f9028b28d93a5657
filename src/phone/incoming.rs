//! A call comes in: it rings, or is answered by itself.

use super::driver::Phone;
use super::offers;
use super::options::Own;
use super::talk::{Stage, Talk, Work};
use super::telling::Facts;
use crate::browser::set;
use js_sys::Object;
use sip::agent::{CallKey, Command};
use std::rc::Rc;

impl Phone {
    /// Somebody calls. `replaced`: the call that this one takes the place of.
    pub(super) fn incoming(
        &self,
        talk: &Rc<Talk>,
        headers: Vec<(String, String)>,
        replaced: Option<CallKey>,
    ) {
        let waits = self.all().iter().any(|other| Some(other.key()) != replaced);
        self.calls.borrow_mut().push(talk.clone());
        // First of all: the caller waits for it, and a listener may answer at once.
        let call = talk.key();
        let _ = self.order(Command::Ring { call });
        let said = Object::new();
        for (name, value) in headers {
            set(&said, &name, &value.into());
        }
        let facts = Facts::new()
            .with("call", talk.id)
            .with("number", &*talk.number)
            .with("display", &*talk.display)
            .with("callId", talk.call_id.as_deref())
            .with("waits", waits)
            .with("headers", said);
        self.tell("Invite", facts);
        if !talk.is(Stage::Ringing) {
            return;
        }
        let own = self.is_own(&talk.call_id);
        if own {
            *self.own.borrow_mut() = Own::Nothing;
        }
        if own || replaced.is_some() || (self.auto_answer.get() && !waits) {
            self.pick_up(talk);
        } else {
            self.ring(talk);
        }
    }

    /// Whether the page expects the call of this name. One that is merely on its way is known by having no name at all:
    /// a platform that names calls would have named it.
    pub(super) fn is_own(&self, call_id: &Option<String>) -> bool {
        match &*self.own.borrow() {
            Own::Nothing => false,
            Own::Pending => call_id.is_none(),
            Own::Call(id) => call_id.as_ref() == Some(id),
        }
    }

    /// Answers. Another call that goes on is held.
    pub(super) fn pick_up(&self, talk: &Rc<Talk>) {
        talk.stage.set(Stage::Answering);
        self.hush();
        self.hold_others(talk.id);
        self.tell("Answer", Facts::new().with("call", talk.id));
        // A listener may have hung up.
        if talk.is(Stage::Answering) {
            self.begin(talk, Work::Answer);
        }
    }

    /// The peer sends us to somebody else: we go, and it is told how that went.
    pub(super) fn follow(&self, talk: &Rc<Talk>, target: String) {
        let call = talk.key();
        if let Ok(Some(key)) = self.order(Command::Follow { call }) {
            let new = Talk::new(key, true, offers::user(&target), String::new(), None, None);
            self.calls.borrow_mut().push(new);
            self.hold_others(key.0);
        }
    }
}
