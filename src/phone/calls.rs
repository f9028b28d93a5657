//! What the page can do with calls.

use super::driver::Phone;
use super::options::Own;
use super::talk::{Stage, Talk};
use super::telling::Facts;
use agent::Fault;
use sip::agent::{Command, Refusal};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A key for who takes none in the sound (RFC 4733), as old exchanges want it.
const KEY_INFO: &str = "application/dtmf-relay";

/// `Ok`, or why a method cannot be done.
fn allowed<T>(result: Result<T, Refusal>, request: &'static str) -> Result<T, Fault> {
    result.map_err(|refusal| match refusal {
        Refusal::NoCall => Fault::NoCall,
        Refusal::NotOpen => Fault::PhoneNotRegistered,
        Refusal::NotNow => Fault::CallNotReady { request },
        Refusal::BadTarget => match request {
            "call" => Fault::CalledEmpty,
            _ => Fault::TransferEmpty,
        },
    })
}

impl Phone {
    /// The call of this number; 0: the current one.
    fn named(&self, call: u32) -> Result<Rc<Talk>, Fault> {
        let talk = match call {
            0 => self.current(),
            _ => self.find(call),
        };
        talk.ok_or(Fault::NoCall)
    }

    /// As [`Phone::named`], where it must be established.
    fn talking(&self, call: u32, request: &'static str) -> Result<Rc<Talk>, Fault> {
        let talk = self.named(call)?;
        if talk.is(Stage::Talking) {
            Ok(talk)
        } else {
            Err(Fault::CallNotReady { request })
        }
    }

    /// Calls a number; gives the call's. Another call that goes on is held.
    pub fn call(&self, number: String, headers: Vec<(String, String)>) -> Result<u32, Fault> {
        if number.is_empty() {
            return Err(Fault::CalledEmpty);
        }
        if !self.is_registered() {
            return Err(Fault::PhoneNotRegistered);
        }
        let key = allowed(
            self.order(Command::Call {
                target: number.clone(),
                from: None,
                headers,
                replaces: None,
            }),
            "call",
        )?;
        let key = key.ok_or(Fault::NoCall)?;
        let talk = Talk::new(key, true, number, String::new(), None, None);
        self.calls.borrow_mut().push(talk);
        self.hold_others(key.0);
        self.pump();
        Ok(key.0)
    }

    /// Answers a call that rings; 0: the one that has rung longest.
    pub fn answer(&self, call: u32) -> Result<(), Fault> {
        let ringing = |talk: &Rc<Talk>| talk.is(Stage::Ringing);
        let first = self
            .all()
            .into_iter()
            .find(|talk| call == 0 && ringing(talk));
        let talk = match first {
            Some(talk) => talk,
            None => self.named(call)?,
        };
        if !ringing(&talk) {
            return Err(Fault::CallNotReady { request: "answer" });
        }
        self.pick_up(&talk);
        self.pump();
        Ok(())
    }

    /// Hangs up, takes a call back, or refuses it.
    pub fn hangup(&self, call: u32) -> Result<(), Fault> {
        let talk = self.named(call)?;
        let call = talk.key();
        allowed(self.command(Command::Hangup { call }), "hangup")?;
        Ok(())
    }

    /// Holds a call, or goes on with it; any other that goes on is held then.
    pub fn hold(&self, call: u32, on: bool) -> Result<(), Fault> {
        let request = if on { "hold" } else { "unHold" };
        let talk = match call {
            // The current one is never held while another goes on.
            0 if !on => self.all().into_iter().rfind(|talk| talk.held.get()),
            _ => None,
        };
        let talk = match talk {
            Some(talk) => talk,
            None => self.talking(call, request)?,
        };
        if !on {
            self.hold_others(talk.id);
        }
        self.set_hold(&talk, on);
        self.pump();
        Ok(())
    }

    /// Holds whatever goes on beside this call.
    pub(super) fn hold_others(&self, call: u32) {
        for other in self.all() {
            if other.id != call && other.is(Stage::Talking) {
                self.set_hold(&other, true);
            }
        }
    }

    fn set_hold(&self, talk: &Rc<Talk>, on: bool) {
        if talk.held.replace(on) == on {
            return;
        }
        if on {
            // At once, whatever the other end says to it and whenever: nothing leaves, nothing is heard.
            self.silence(talk);
        }
        if let Some(peer) = talk.peer() {
            peer.direct(super::offers::direction(talk));
        }
        let call = talk.key();
        let _ = self.order(Command::Reoffer { call });
    }

    /// Stops all sound of a call, and says that it is held.
    pub(super) fn silence(&self, talk: &Talk) {
        if let Some(peer) = talk.peer() {
            peer.send(&JsValue::NULL);
        }
        let voice = talk.voice.borrow().clone();
        if let Some(voice) = voice {
            voice.silence(true);
        }
        if !talk.told_held.replace(true) {
            self.tell_held(talk, false, true);
        }
    }

    /// Lets a call sound again, where both ends have agreed to.
    pub(super) fn unsilence(&self, talk: &Talk) {
        if let (Some(peer), Some(microphone)) = (talk.peer(), self.media.current()) {
            peer.send(microphone.track());
        }
        let voice = talk.voice.borrow().clone();
        if let Some(voice) = voice {
            voice.silence(false);
        }
        if talk.told_held.replace(false) {
            self.tell_held(talk, false, false);
        }
    }

    /// Says who holds a call, or no longer does.
    pub(super) fn tell_held(&self, talk: &Talk, by_peer: bool, on: bool) {
        let facts = Facts::new().with("call", talk.id).with("byPeer", by_peer);
        self.tell("Held", facts.with("on", on));
    }

    /// Mutes the microphone until it is unmuted, or the last call has ended.
    pub fn mute(&self, on: bool) {
        if self.media.is_muted() != on {
            self.media.mute(on);
            self.tell("Muted", Facts::new().with("on", on));
        }
    }

    /// Sends one key: within the sound, or by INFO where the other end takes none there.
    pub fn dtmf(&self, call: u32, digit: char) -> Result<(), Fault> {
        if !matches!(digit, '0'..='9' | '*' | '#' | 'A'..='D') {
            return Err(Fault::DtmfInvalid);
        }
        let talk = self.talking(call, "dtmf")?;
        if talk.peer().is_some_and(|peer| peer.press(digit)) {
            return Ok(());
        }
        let mut body = String::from("Signal=");
        body.push(digit);
        body.push_str("\r\nDuration=");
        body.push_str(&crate::browser::peer::KEY.to_string());
        body.push_str("\r\n");
        let info = Command::Info {
            call: talk.key(),
            kind: KEY_INFO.to_owned(),
            body,
        };
        allowed(self.command(info), "dtmf")?;
        Ok(())
    }

    /// Sends the other party to somebody else.
    pub fn transfer(&self, call: u32, target: &str) -> Result<(), Fault> {
        if target.is_empty() {
            return Err(Fault::TransferEmpty);
        }
        let refer = Command::Refer {
            call: self.talking(call, "transfer")?.key(),
            target: target.to_owned(),
        };
        allowed(self.command(refer), "transfer")?;
        Ok(())
    }

    /// Joins the other parties of two calls; 0 as the second: any other.
    pub fn attend(&self, call: u32, other: u32) -> Result<(), Fault> {
        const REQUEST: &str = "attendedTransfer";
        let call = self.talking(call, REQUEST)?;
        let other = match other {
            0 => self.all().into_iter().find(|talk| talk.id != call.id),
            _ => self.find(other),
        };
        let other = other.ok_or(Fault::NoCall)?;
        if other.id == call.id || !other.is(Stage::Talking) {
            return Err(Fault::CallNotReady { request: REQUEST });
        }
        let attend = Command::Attend {
            call: call.key(),
            other: other.key(),
        };
        allowed(self.command(attend), REQUEST)?;
        Ok(())
    }

    /// Which call is the page's own: it is answered, now or when it comes.
    pub fn expect(&self, own: Own) {
        *self.own.borrow_mut() = own;
        let ringing = self.all().into_iter().find(|talk| {
            talk.is(Stage::Ringing) && talk.call_id.is_some() && self.is_own(&talk.call_id)
        });
        if let Some(talk) = ringing {
            *self.own.borrow_mut() = Own::Nothing;
            self.pick_up(&talk);
            self.pump();
        }
    }

    /// Answers every call from now on, or none.
    pub fn set_auto_answer(&self, on: bool) {
        self.auto_answer.set(on);
    }
}
