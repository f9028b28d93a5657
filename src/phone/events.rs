//! What the user agent tells, and what the page is told of it.

use super::driver::Phone;
use super::talk::{NEVER, Stage, Talk, Work};
use super::telling::{Facts, of};
use crate::browser::clock;
use crate::browser::peer::Peer;
use sip::agent::{End, Event};

impl Phone {
    /// One thing that the user agent tells.
    pub(super) fn event(&self, event: &Event) {
        match event {
            Event::Opened => {
                self.lost.set(false);
                self.tell("Connected", of(0));
            }
            Event::Lost => {
                self.lost.set(true);
                self.tell("Disconnected", of(0));
            }
            Event::Registered { expires } => {
                let mut facts = of(0);
                facts.number("expires", (*expires).into());
                self.tell("Registered", facts);
                self.renew_broken();
            }
            Event::Unregistered { status } => self.tell_status("UnRegistered", 0, *status),
            Event::RegistrationFailed { status, reason } => {
                let mut facts = of(0);
                facts
                    .number("status", (*status).into())
                    .text("reason", reason);
                self.tell("RegistrationFailed", facts);
            }
            Event::Message { from, text } => {
                let mut facts = of(0);
                facts.text("from", from).text("text", text);
                self.tell("Message", facts);
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
                let peer = Peer(self.host.peer(call.0));
                let talk = Talk::new(
                    call.0,
                    peer,
                    false,
                    number.clone(),
                    display.clone(),
                    call_id_header.clone(),
                    sdp.clone(),
                );
                self.incoming(talk, headers, *replaces);
            }
            Event::OfferWanted { call } => {
                if let Some(talk) = self.find(call.0)
                    && talk.work.get().is_none()
                {
                    talk.work.set(Some(Work::Offer));
                    self.describe(&talk);
                }
            }
            Event::Progress { call, status, sdp } => {
                if let Some(talk) = self.find(call.0) {
                    self.progress(&talk, *status);
                    if let Some(sdp) = sdp {
                        self.answered(&talk, "pranswer", sdp);
                    }
                }
            }
            Event::Answered { call, sdp } => {
                if let Some(talk) = self.find(call.0) {
                    self.answered(&talk, "answer", sdp);
                }
            }
            Event::Established { call } => {
                if let Some(talk) = self.find(call.0) {
                    self.established(&talk);
                }
            }
            Event::Offered { call, sdp } => {
                if let Some(talk) = self.find(call.0) {
                    self.offered(&talk, sdp);
                }
            }
            Event::OfferFailed { call, status } => {
                if let Some(talk) = self.find(call.0) {
                    self.offer_failed(&talk, *status);
                }
            }
            Event::Transferring { call, status } => {
                self.tell_status("Transferring", call.0, *status);
            }
            Event::Referred { call, target, .. } => {
                if let Some(talk) = self.find(call.0) {
                    self.follow(&talk, target);
                }
            }
            Event::Dtmf {
                call,
                digit,
                duration,
            } => {
                let mut facts = of(call.0);
                facts
                    .text("digit", digit.encode_utf8(&mut [0; 4]))
                    .number("duration", (*duration).into());
                self.tell("Dtmf", facts);
            }
            Event::Info { call, kind, body } => {
                if let Some(talk) = self.find(call.0) {
                    self.informed(&talk, kind, body);
                }
            }
            Event::TrickleSupported { call } => {
                if let Some(talk) = self.find(call.0) {
                    talk.trickles.set(self.trickle);
                    self.send_late(&talk);
                }
            }
            Event::Ended {
                call,
                by,
                status,
                reason,
            } => {
                let by = match by {
                    End::Us => "us",
                    End::Them => "them",
                    End::Link => "link",
                };
                if let Some(talk) = self.find(call.0) {
                    self.ended(&talk, by, *status, reason);
                }
            }
        }
    }

    fn tell_status(&self, name: &str, call: u32, status: u16) {
        let mut facts = of(call);
        facts.number("status", status.into());
        self.tell(name, facts);
    }

    /// The page knows of every call that goes out before it knows what became of it.
    fn tried(&self, talk: &Talk) {
        if talk.outgoing && !talk.tried.replace(true) {
            let mut facts = of(talk.id);
            facts.text("number", &talk.number);
            self.tell("Try", facts);
        }
    }

    fn progress(&self, talk: &Talk, status: u16) {
        self.tried(talk);
        if status >= 180 && !talk.is(Stage::Talking) {
            talk.stage.set(Stage::Early);
            self.tell_status("Ringing", talk.id, status);
        }
    }

    fn established(&self, talk: &Talk) {
        self.tried(talk);
        talk.stage.set(Stage::Talking);
        talk.since.set(clock::now().wall);
        self.send_late(talk);
        self.tell("Accepted", of(talk.id));
    }

    /// A call is over: nothing of it stays but its trace.
    pub(super) fn ended(&self, talk: &Talk, by: &str, status: u16, reason: &str) {
        self.tried(talk);
        let was = talk.stage.replace(Stage::Ended);
        self.calls.borrow_mut().retain(|one| one.id != talk.id);
        talk.described_at.set(NEVER);
        talk.peer.close();
        self.hush();
        let facts = || {
            let mut facts = of(talk.id);
            facts
                .text("by", by)
                .number("status", status.into())
                .text("reason", reason);
            facts
        };
        if was != Stage::Talking {
            let name = if talk.outgoing {
                "CallFailed"
            } else {
                "AnswerFailed"
            };
            self.tell(name, facts());
        }
        let mut facts = facts();
        facts
            .text("number", &talk.number)
            .text("direction", talk.direction())
            .perhaps("callId", talk.call_id.as_deref());
        self.tell("Terminated", facts);
    }
}
