//! What the user agent tells, and what the page is told of it.

use super::driver::{Due, Phone};
use super::talk::{Stage, Talk};
use super::telling::Facts;
use crate::browser::clock;
use sip::agent::{End, Event};
use std::rc::Rc;

impl Phone {
    /// One thing that the user agent tells.
    pub(super) fn event(&self, event: Event) {
        match event {
            Event::Opened => {
                self.lost.set(false);
                self.tell("Connected", Facts::new());
                self.check_goes_on(false);
            }
            Event::Lost => {
                self.lost.set(true);
                self.tell("Disconnected", Facts::new());
            }
            Event::Registered { expires } => {
                self.tell("Registered", Facts::new().with("expires", expires));
                self.renew_broken();
                self.check_goes_on(false);
            }
            Event::Unregistered { status } => {
                self.tell("UnRegistered", Facts::new().with("status", status));
            }
            Event::RegistrationFailed { status, reason } => {
                let facts = Facts::new().with("status", status);
                self.tell("RegistrationFailed", facts.with("reason", reason));
            }
            Event::Message { from, text } => {
                self.tell(
                    "Message",
                    Facts::new().with("from", from).with("text", text),
                );
            }
            Event::Incoming {
                call,
                display,
                number,
                call_id_header,
                headers,
                sdp,
                replaces,
                ..
            } => {
                let talk = Talk::new(call, false, number, display, call_id_header, sdp);
                self.incoming(&talk, headers, replaces);
            }
            Event::OfferWanted { call } => self.with(call.0, Phone::offer_wanted),
            Event::Progress { call, status, sdp } => self.with(call.0, |phone, talk| {
                phone.progress(talk, status);
                if let Some(sdp) = sdp {
                    phone.answered(talk, "pranswer", sdp);
                }
            }),
            Event::Answered { call, sdp } => {
                self.with(call.0, |phone, talk| phone.answered(talk, "answer", sdp));
            }
            Event::Established { call } => self.with(call.0, Phone::established),
            Event::Offered { call, sdp } => {
                self.with(call.0, |phone, talk| phone.offered(talk, &sdp));
            }
            Event::OfferFailed { call, status } => {
                self.with(call.0, |phone, talk| phone.offer_failed(talk, status));
            }
            Event::Transferring { call, status } => {
                let facts = Facts::new().with("call", call.0);
                self.tell("Transferring", facts.with("status", status));
            }
            Event::Referred { call, target, .. } => {
                self.with(call.0, |phone, talk| phone.follow(talk, target));
            }
            Event::Dtmf {
                call,
                digit,
                duration,
            } => {
                let facts = Facts::new().with("call", call.0);
                let facts = facts.with("digit", String::from(digit));
                self.tell("Dtmf", facts.with("duration", duration));
            }
            Event::Info { call, kind, body } => {
                self.with(call.0, |phone, talk| phone.informed(talk, kind, body));
            }
            Event::TrickleSupported { call } => self.with(call.0, |phone, talk| {
                talk.trickles.set(phone.trickle);
                phone.send_late(talk);
            }),
            Event::Ended {
                call,
                by,
                status,
                reason,
            } => self.with(call.0, |phone, talk| {
                let by = match by {
                    End::Us => "us",
                    End::Them => "them",
                    End::Link => "link",
                };
                phone.ended(talk, by, status, &reason);
            }),
        }
    }

    /// The page knows of every call that goes out before it knows what became of it.
    fn tried(&self, talk: &Talk) {
        if talk.outgoing && !talk.tried.replace(true) {
            let facts = Facts::new().with("call", talk.id);
            self.tell("Try", facts.with("number", &*talk.number));
        }
    }

    fn progress(&self, talk: &Rc<Talk>, status: u16) {
        self.tried(talk);
        if status >= 180 && !talk.is(Stage::Talking) {
            talk.stage.set(Stage::Early);
            let facts = Facts::new().with("call", talk.id);
            self.tell("Ringing", facts.with("status", status));
        }
    }

    fn established(&self, talk: &Rc<Talk>) {
        self.tried(talk);
        talk.stage.set(Stage::Talking);
        talk.since.set(clock::now().wall);
        self.media.keep_awake(true);
        self.remind(super::statistics::EVERY, Due::Statistics);
        self.levels(self.levels.get());
        self.send_late(talk);
        self.tell("Accepted", Facts::new().with("call", talk.id));
        self.check_goes_on(false);
    }

    /// A call is over: nothing of it stays but its trace.
    pub(super) fn ended(&self, talk: &Rc<Talk>, by: &str, status: u16, reason: &str) {
        self.tried(talk);
        let was = talk.stage.replace(Stage::Ended);
        self.calls.borrow_mut().retain(|one| one.id != talk.id);
        let (peer, voice) = (talk.peer.take(), talk.voice.take());
        drop((peer, voice));
        for due in [Due::Described(talk.id), Due::Broken(talk.id)] {
            self.forget(due);
        }
        self.hush();
        self.rest();
        if self.calls.borrow().is_empty() {
            // Nobody begins the next call unheard.
            self.mute(false);
        }
        let facts = || {
            let facts = Facts::new().with("call", talk.id).with("by", by);
            facts.with("status", status).with("reason", reason)
        };
        if was != Stage::Talking {
            let name = if talk.outgoing {
                "CallFailed"
            } else {
                "AnswerFailed"
            };
            self.tell(name, facts());
        }
        let facts = facts()
            .with("number", &*talk.number)
            .with("direction", talk.direction())
            .with("callId", talk.call_id.as_deref());
        self.tell("Terminated", facts);
        self.check_goes_on(false);
    }
}
