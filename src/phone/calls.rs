//! What the page can do with the phone and its calls.

use super::driver::Phone;
use super::incoming::Own;
use super::talk::{Stage, Talk};
use crate::browser::peer::KEY;
use sip::agent::{Command, Refusal};
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
            "register" => self.command(Command::Register)?,
            "unregister" => self.command(Command::Unregister)?,
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
                let refer = Command::Refer {
                    call: self.talking(call)?.key(),
                    target: text.to_owned(),
                };
                self.command(refer).map_err(|code| match code {
                    NO_NUMBER => NO_TARGET,
                    _ => code,
                })?;
            }
            _ => {
                // Hangs up, takes back or refuses.
                let call = self.named(call)?.key();
                self.command(Command::Hangup { call })?;
            }
        }
        Ok(0)
    }

    /// Tells the user agent what to do; the code of why it cannot.
    fn command(&self, command: Command) -> Result<(), Code> {
        self.order(command).map(drop).map_err(refused)
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
        let mut lines = lines.split('\n');
        let target = lines.next().unwrap_or_default().to_owned();
        if target.is_empty() {
            return Err(NO_NUMBER);
        }
        if !self.agent.borrow().is_registered() {
            return Err("PHONE_NOT_REGISTERED");
        }
        let mut headers = Vec::new();
        for name in ["X-caller", "X-bridgeGw"] {
            let value = lines.next().unwrap_or_default();
            if !value.is_empty() {
                headers.push((name.to_owned(), value.to_owned()));
            }
        }
        let key = self.order(Command::Call {
            target: target.clone(),
            from: None,
            headers,
            replaces: None,
        });
        let key = key.map_err(refused)?.ok_or(NO_CALL)?;
        self.goes_out(key, target);
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
        let held = self
            .all()
            .into_iter()
            .rfind(|talk| call == 0 && talk.held.get());
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
        for other in self.all() {
            if other.id != call && other.is(Stage::Talking) {
                self.set_hold(&other, true);
            }
        }
    }

    fn set_hold(&self, talk: &Talk, on: bool) {
        if talk.held.replace(on) == on {
            return;
        }
        if on {
            // At once, whatever the other end says to it and whenever: nothing leaves, nothing is heard.
            self.set_sound(talk, false);
        }
        let call = talk.key();
        self.try_to(Command::Reoffer { call });
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
        self.command(Command::Info {
            call: talk.key(),
            kind: KEY_INFO.to_owned(),
            body: ["Signal=", key, "\r\nDuration=", KEY, "\r\n"].concat(),
        })
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
        self.command(Command::Attend {
            call: call.key(),
            other: other.key(),
        })
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
