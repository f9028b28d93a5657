//! What the page can do with the phone and its calls.

use super::driver::Phone;
use super::incoming::Own;
use super::talk::{Stage, Talk};
use crate::browser::peer::KEY;
use sip::agent::Refusal;
use std::rc::Rc;

/// A key for who takes none in the sound (RFC 4733), as old exchanges want it.
const KEY_INFO: &str = "application/dtmf-relay";

const NO_CALL: &str = "NO_CALL";
const NOT_READY: &str = "CALL_NOT_READY";
const NO_NUMBER: &str = "CALLED_EMPTY";
const NO_TARGET: &str = "TRANSFER_EMPTY";

/// The code of what stands against it.
type Code = &'static str;

impl Phone {
    /// Does what a method of the page's is named for; gives the number of a call that was made. `call`: the call's number,
    /// 0 the current one; or whether something is on.
    pub fn act(&self, method: &str, call: u32, text: &str) -> Result<u32, Code> {
        match method {
            "register" => self.order(|agent| agent.register()),
            "unregister" => self.order(|agent| agent.unregister()),
            "stop" => self.stop(),
            "autoAnswer" => self.auto_answer.set(call != 0),
            "expect" => self.expect(match text {
                _ if call != 0 => Own::Pending,
                "" => Own::Nothing,
                id => Own::Call(id.to_owned()),
            }),
            "call" => return self.make(text),
            "answer" => self.answer(call)?,
            "hold" => self.set_hold(&*self.talking(call)?, true),
            "unHold" => self.resume(call)?,
            "dtmf" => self.dtmf(call, text)?,
            "attendedTransfer" => self.attend(call, text)?,
            "transfer" => {
                if text.is_empty() {
                    return Err(NO_TARGET);
                }
                let call = self.talking(call)?.key();
                let done = self.order(|agent| agent.refer(call, text));
                done.map_err(|refusal| match refusal {
                    Refusal::BadTarget => NO_TARGET,
                    _ => refused(refusal),
                })?;
            }
            _ => {
                // Hangs up, takes back or refuses.
                let call = self.named(call)?.key();
                let done = self.order(|agent| agent.hang_up(call));
                done.map_err(refused)?;
            }
        }
        Ok(0)
    }

    /// The call of this number; 0: the current one.
    fn named(&self, call: u32) -> Result<Rc<Talk>, Code> {
        let talk = match call {
            0 => self.current(),
            _ => self.find(call),
        };
        talk.ok_or(NO_CALL)
    }

    /// As [`Phone::named`], where it must be established.
    fn talking(&self, call: u32) -> Result<Rc<Talk>, Code> {
        let talk = self.named(call)?;
        if talk.is(Stage::Talking) {
            Ok(talk)
        } else {
            Err(NOT_READY)
        }
    }

    /// Calls: number, caller and gateway, a line each. Another call that goes on is held.
    fn make(&self, lines: &str) -> Result<u32, Code> {
        let mut lines = sip::Lines::of(lines);
        let target = lines.next().unwrap_or_default();
        if target.is_empty() {
            return Err(NO_NUMBER);
        }
        if !self.agent.borrow().is_registered() {
            return Err("PHONE_NOT_REGISTERED");
        }
        let headers = [
            ("X-caller", lines.next().unwrap_or_default()),
            ("X-bridgeGw", lines.next().unwrap_or_default()),
        ];
        let key = self.order(|agent| agent.call(target, &headers));
        let key = key.map_err(refused)?;
        self.goes_out(key, target.to_owned());
        Ok(key.0)
    }

    /// Answers a call that rings; 0: the one that has rung longest.
    fn answer(&self, call: u32) -> Result<(), Code> {
        let first = self.first(&|talk| call == 0 && talk.is(Stage::Ringing));
        let talk = match first {
            Some(talk) => talk,
            None => self.named(call)?,
        };
        if !talk.is(Stage::Ringing) {
            return Err(NOT_READY);
        }
        self.pick_up(&talk);
        Ok(())
    }

    /// Goes on with a call that is held; any other that goes on is held then.
    fn resume(&self, call: u32) -> Result<(), Code> {
        // The current one is never held while another goes on.
        let mut held = None;
        if call == 0 {
            let calls = self.calls.borrow();
            held = calls.iter().rfind(|talk| talk.held.get()).cloned();
        }
        let talk = match held {
            Some(talk) => talk,
            None => self.talking(call)?,
        };
        self.hold_others(talk.id);
        self.set_hold(&talk, false);
        Ok(())
    }

    /// Holds whatever goes on beside this call.
    pub(super) fn hold_others(&self, call: u32) {
        self.each(&|other| {
            if other.id != call && other.is(Stage::Talking) {
                self.set_hold(other, true);
            }
        });
    }

    fn set_hold(&self, talk: &Talk, on: bool) {
        if talk.held.replace(on) == on {
            return;
        }
        if on {
            // At once, whatever the other end says to it and whenever: nothing leaves, nothing is heard.
            self.set_sound(talk, false);
        }
        // It may be over.
        let _ = self.order(|agent| agent.reoffer(talk.key()));
    }

    /// Sends one key: within the sound, or by INFO where the other end takes none there.
    fn dtmf(&self, call: u32, key: &str) -> Result<(), Code> {
        if !matches!(key.as_bytes(), [b'0'..=b'9' | b'*' | b'#']) {
            return Err("DTMF_INVALID");
        }
        let talk = self.talking(call)?;
        if talk.peer.press(key) {
            return Ok(());
        }
        let body = ["Signal=", key, "\r\nDuration=", KEY, "\r\n"].concat();
        let done = self.order(|agent| agent.info(talk.key(), KEY_INFO, &body));
        done.map_err(refused)
    }

    /// Joins the other parties of two calls; 0 as the second: any other.
    fn attend(&self, call: u32, other: &str) -> Result<(), Code> {
        let call = self.talking(call)?;
        // What is no number names no call.
        let other = match other.parse() {
            Ok(0) => self.first(&|talk| talk.id != call.id),
            number => self.find(number.unwrap_or(0)),
        };
        let other = other.ok_or(NO_CALL)?;
        if other.id == call.id || !other.is(Stage::Talking) {
            return Err(NOT_READY);
        }
        let done = self.order(|agent| agent.attend(call.key(), other.key()));
        done.map_err(refused)
    }
}

fn refused(refusal: Refusal) -> Code {
    match refusal {
        Refusal::NoCall => NO_CALL,
        Refusal::NotOpen => "PHONE_NOT_REGISTERED",
        Refusal::NotNow => NOT_READY,
        Refusal::BadTarget => NO_NUMBER,
    }
}
