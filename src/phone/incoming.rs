//! A call comes in: it rings, or is answered by itself.

use super::driver::Phone;
use super::offers;
use super::talk::{Stage, Talk, Work};
use super::telling::{Facts, of};
use agent::json::Object;
use sip::agent::CallKey;
use std::rc::Rc;

/// Which call is the page's own, to be answered without asking.
#[derive(PartialEq, Eq)]
pub enum Own {
    /// None.
    Nothing,
    /// The next one without the platform's name for it.
    Pending,
    /// The one with this name (`X-Call-Id`).
    Call(String),
}

impl Phone {
    /// Somebody calls. `replaced`: the call that this one takes the place of.
    pub(super) fn incoming(
        &self,
        talk: Rc<Talk>,
        headers: &[(String, String)],
        replaced: Option<CallKey>,
    ) {
        let waits = self.any(&|other| Some(other.key()) != replaced);
        self.calls.borrow_mut().push(talk.clone());
        // First of all: the caller waits for it, and a listener may answer at once.
        let _ = self.order(|agent| agent.ring(talk.key()));
        let mut said = Object::new();
        for (name, value) in headers {
            said.text(name, value);
        }
        let mut facts = of(talk.id);
        facts
            .text("number", &talk.number)
            .text("display", &talk.display)
            .perhaps("callId", talk.call_id.as_deref())
            .truth("waits", waits)
            .raw("headers", &said.finish());
        self.tell("Invite", facts);
        if !talk.is(Stage::Ringing) {
            return;
        }
        let own = self.is_own(&talk);
        if own {
            *self.own.borrow_mut() = Own::Nothing;
        }
        if own || replaced.is_some() || (self.auto_answer.get() && !waits) {
            self.pick_up(&talk);
        } else {
            let talking = self.any(&|one| one.is(Stage::Talking));
            self.host.ring(talk.id, talking);
        }
    }

    /// Whether the page expects this call. One that is merely on its way is known by having no name at all: a platform that
    /// names calls would have named it.
    fn is_own(&self, talk: &Talk) -> bool {
        match &*self.own.borrow() {
            Own::Nothing => false,
            Own::Pending => talk.call_id.is_none(),
            Own::Call(id) => talk.call_id.as_ref() == Some(id),
        }
    }

    /// Which call is the page's own: it is answered, now or when it comes.
    pub fn expect(&self, own: Own) {
        *self.own.borrow_mut() = own;
        let ringing = self
            .first(&|talk| talk.is(Stage::Ringing) && talk.call_id.is_some() && self.is_own(talk));
        if let Some(talk) = ringing {
            *self.own.borrow_mut() = Own::Nothing;
            self.pick_up(&talk);
        }
    }

    /// Answers. Another call that goes on is held.
    pub(super) fn pick_up(&self, talk: &Talk) {
        talk.stage.set(Stage::Answering);
        self.hush();
        self.hold_others(talk.id);
        self.tell("Answer", of(talk.id));
        // A listener may have hung up.
        if talk.is(Stage::Answering) {
            talk.work.set(Some(Work::Answer));
            match talk.offer.take() {
                Some(offer) => self.take_offer(talk, &offer),
                None => self.describe(talk),
            }
        }
    }

    /// Ends the ringing where nothing rings any more.
    pub(super) fn hush(&self) {
        if !self.any(&|talk| talk.is(Stage::Ringing)) {
            self.host.hush();
        }
    }

    /// The peer sends us to somebody else: we go, and it is told how that went.
    pub(super) fn follow(&self, talk: &Talk, target: &str) {
        if let Ok(key) = self.order(|agent| agent.follow(talk.key())) {
            self.goes_out(key, offers::user(target));
        }
    }
}
