//! Makes the two ends of a call agree on sound: offers and answers, the ways to reach each other, hold and renewal.
//!
//! The browser's own descriptions are never changed before it takes them; what leaves is cut down to the codecs that
//! are for telephones, and so is what comes, so that both ends and the browser know the same.

use super::driver::{Due, Phone};
use super::talk::{Stage, Talk, Work};
use super::telling::Facts;
use crate::browser::media::{Microphone, Refused, words};
use crate::browser::peer::{Peer, PeerEvent};
use crate::browser::promise::{Outcome, then};
use crate::browser::{clock, get};
use agent::Fault;
use sip::agent::Command;
use sip::sdp::{self, Direction};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// What we speak, best first.
const CODECS: [&str; 4] = ["opus", "PCMU", "PCMA", "telephone-event"];
/// How long ways to reach us are looked for before the description goes out without them, ms.
const LOOK: u64 = 500;
/// How long sound may be away before new ways are looked for, ms.
const BROKEN: u64 = 2000;
/// And how long after a try that came to nothing.
const AGAIN: u64 = 4000;
/// What an INFO with candidates is (RFC 8840).
const FRAGMENT: &str = "application/trickle-ice-sdpfrag";

/// Which way sound of a call may flow as far as we are concerned. A peer's offer during our hold is answered from this.
pub(super) fn direction(talk: &Talk) -> &'static str {
    let held = talk.held.get();
    let direction = if held {
        Direction::SendOnly
    } else {
        Direction::SendRecv
    };
    direction.name()
}

/// The user of a SIP URI, or all of what is no such URI.
pub(super) fn user(uri: &str) -> String {
    let found = sip::Uri::parse(uri).ok().and_then(|uri| uri.user);
    found.unwrap_or(uri).to_owned()
}

/// Whether a candidate is worth waiting for: one of UDP, and where there are servers one that they helped to find.
fn suffices(candidate: &str, servers: bool) -> bool {
    let mut words = candidate.split_ascii_whitespace();
    let udp = words.nth(2).is_some_and(|w| w.eq_ignore_ascii_case("udp"));
    let far = words.nth(4).is_some_and(|kind| kind != "host");
    udp && far >= servers
}

impl Phone {
    /// Describes our end for the first time, or again.
    pub(super) fn begin(&self, talk: &Rc<Talk>, work: Work) {
        talk.work.set(Some(work));
        talk.described.set(false);
        if talk.peer().is_some() {
            return self.describe(talk);
        }
        let heard = self.me.clone();
        let call = talk.id;
        let made = Peer::new(&self.ice_servers, self.host.sockets(), move |event| {
            if let Some(phone) = heard.upgrade() {
                phone.with(call, |phone, talk| phone.peer_event(talk, event));
                phone.pump();
            }
        });
        match made {
            Ok(peer) => *talk.peer.borrow_mut() = Some(Rc::new(peer)),
            Err(error) => return self.fail(talk, &failed(&error)),
        }
        type Given = Result<Rc<Microphone>, Refused>;
        let ready = self.later(talk, |phone, talk, result: Given| match result {
            Err(refused) => phone.fail(talk, &super::sound::fault(refused)),
            Ok(_) => {
                let offer = talk.offer.take();
                match offer {
                    Some(offer) => phone.take_offer(talk, &offer),
                    None => phone.describe(talk),
                }
            }
        });
        let me = self.me.clone();
        self.media.microphone(move |result| {
            ready(result);
            // The call may have ended meanwhile.
            if let Some(phone) = me.upgrade() {
                phone.rest();
            }
        });
    }

    /// Takes the peer's offer, then answers it.
    fn take_offer(&self, talk: &Rc<Talk>, offer: &str) {
        let Some(peer) = talk.peer() else { return };
        let offer = sdp::keep_codecs(offer, &CODECS);
        if sdp::is_refused(&offer) {
            return self.refuse(talk, 488);
        }
        let taken = self.later(talk, |phone, talk, outcome: Outcome| match outcome {
            Ok(_) => phone.describe(talk),
            Err(error) => {
                phone.note(talk, words(&error));
                phone.refuse(talk, 488);
            }
        });
        then(peer.take("offer", &offer), taken);
    }

    /// Refuses what the peer offers; a call that does not go on yet ends by it.
    pub(super) fn refuse(&self, talk: &Talk, status: u16) {
        talk.work.set(None);
        if let Some(peer) = talk.peer() {
            peer.roll_back();
        }
        let call = talk.key();
        let _ = self.order(Command::Refuse { call, status });
    }

    /// Lets the browser make our description.
    fn describe(&self, talk: &Rc<Talk>) {
        let Some(peer) = talk.peer() else { return };
        if talk.speaks.get() {
            peer.direct(direction(talk));
        } else if let Some(microphone) = self.media.current() {
            talk.speaks.set(true);
            if let Err(error) = peer.add(microphone.track(), microphone.stream()) {
                return self.fail(talk, &failed(&error));
            }
        }
        if talk.work.get() == Some(Work::Offer) && talk.renews.take() {
            peer.restart();
            self.note(talk, "ice restart".into());
        }
        self.note(talk, "gathering begins".into());
        let began = clock::now().mono;
        talk.described_at.set(began);
        let described = self.later(talk, move |phone, talk, outcome: Outcome| {
            match outcome {
                // Given up meanwhile.
                _ if talk.described_at.get() != began => {}
                Ok(_) => {
                    talk.described.set(true);
                    phone.remind(LOOK, Due::Described(talk.id));
                    phone.send_description(talk, false);
                }
                Err(error) if talk.is(Stage::Talking) => {
                    phone.note(talk, words(&error));
                    phone.refuse(talk, 488);
                }
                Err(error) => phone.fail(talk, &failed(&error)),
            }
        });
        then(peer.describe(), described);
    }

    /// Sends our description once it holds a way to reach us. `late`: whatever it holds.
    pub(super) fn send_description(&self, talk: &Rc<Talk>, late: bool) {
        let (Some(work), Some(peer)) = (talk.work.get(), talk.peer()) else {
            return;
        };
        if !talk.described.get() {
            return;
        }
        let ours = peer.sdp();
        let found = sdp::candidates(&ours);
        let servers = get(&self.ice_servers, "0").is_object();
        let enough = found.iter().any(|one| suffices(one, servers))
            || (peer.has_all_candidates() && !found.is_empty());
        if !(late || enough || talk.trickles.get()) {
            return;
        }
        talk.work.set(None);
        self.forget(Due::Described(talk.id));
        let took = clock::now().mono - talk.described_at.get();
        let found = found.len().to_string();
        let took = took.to_string();
        let note = ["gathering ends: ", &found, " candidates, ", &took, " ms"];
        self.note(talk, note.concat());
        let sdp = sdp::keep_codecs(&ours, &CODECS);
        let call = talk.key();
        let sent = self.order(match work {
            Work::Offer => Command::Offer { call, sdp },
            Work::Answer => Command::Answer { call, sdp },
        });
        if sent.is_err() {
            // What it was for is over: the peer gave up, or the call has ended.
            peer.roll_back();
        }
    }

    /// The user agent asks for an offer.
    pub(super) fn offer_wanted(&self, talk: &Rc<Talk>) {
        if talk.work.get().is_none() {
            self.begin(talk, Work::Offer);
        }
    }

    /// The peer wants something else within the call.
    pub(super) fn offered(&self, talk: &Rc<Talk>, offer: &str) {
        if talk.work.get().is_some() {
            let call = talk.key();
            let _ = self.order(Command::Refuse { call, status: 491 });
            return;
        }
        talk.work.set(Some(Work::Answer));
        talk.described.set(false);
        self.take_offer(talk, offer);
        self.holds(talk, sdp::direction(offer));
    }

    /// The peer's description came: final, or of what is heard before.
    pub(super) fn answered(&self, talk: &Rc<Talk>, kind: &'static str, answer: String) {
        let Some(peer) = talk.peer() else { return };
        if sdp::is_refused(&answer) && !talk.is(Stage::Talking) {
            let message = String::from("m=audio 0");
            return self.fail(talk, &Fault::MediaFailed { message });
        }
        let taking = peer.take(kind, &answer);
        let taken = self.later(talk, move |phone, talk, outcome: Outcome| {
            match outcome {
                // Early media are a courtesy.
                _ if kind != "answer" => {}
                Ok(_) => phone.agreed(talk, sdp::direction(&answer)),
                Err(error) if talk.is(Stage::Talking) => {
                    phone.note(talk, words(&error));
                    phone.offer_failed(talk, 488);
                }
                Err(error) => phone.fail(talk, &failed(&error)),
            }
        });
        then(taking, taken);
    }

    /// Both ends have agreed on an offer of ours.
    fn agreed(&self, talk: &Rc<Talk>, theirs: Direction) {
        if talk.held.get() {
            return;
        }
        self.holds(talk, theirs);
        if talk.told_held.get() {
            self.unsilence(talk);
        }
    }

    /// The peer says which way it wants sound to flow.
    fn holds(&self, talk: &Talk, theirs: Direction) {
        // While we hold, an answer says nothing of what the peer wants.
        let on = matches!(theirs, Direction::SendOnly | Direction::Inactive);
        if talk.held_by_peer.replace(on) != on {
            self.tell_held(talk, true, on);
        }
    }

    /// An offer within the call came to nothing.
    pub(super) fn offer_failed(&self, talk: &Rc<Talk>, status: u16) {
        let work = talk.work.replace(None);
        talk.described_at.set(0);
        self.forget(Due::Described(talk.id));
        if let Some(peer) = talk.peer() {
            peer.roll_back();
        }
        // It was the peer's, or the user agent asks for another by itself.
        if work == Some(Work::Answer) || status == 491 {
            return;
        }
        if talk.told_held.get() && !talk.held.replace(true) {
            if let Some(peer) = talk.peer() {
                peer.direct(direction(talk));
            }
            self.except(&Fault::HoldRefused { status });
        }
        self.remind(AGAIN, Due::Broken(talk.id));
    }

    /// The connection of a call has news.
    fn peer_event(&self, talk: &Rc<Talk>, event: PeerEvent) {
        match event {
            PeerEvent::Voice(track) => self.voice(talk, &track),
            PeerEvent::Unreachable(url) => self.note(talk, ["no answer from ", &url].concat()),
            PeerEvent::State(state) => self.ice_state(talk, &state),
            PeerEvent::Candidate(candidate) => {
                if talk.work.get().is_some() {
                    return self.send_description(talk, false);
                }
                if let Some(candidate) = candidate {
                    talk.late.borrow_mut().push(candidate);
                    self.send_late(talk);
                }
            }
        }
    }

    /// Sends what was found after our description had gone, to who takes it.
    pub(super) fn send_late(&self, talk: &Talk) {
        let Some(peer) = talk.peer().filter(|_| talk.trickles.get()) else {
            return;
        };
        let late = talk.late.take();
        if late.is_empty() {
            return;
        }
        let lines: Vec<&str> = late.iter().map(String::as_str).collect();
        let body = sdp::fragment(&peer.sdp(), &lines, peer.has_all_candidates());
        let sent = self.order(Command::Info {
            call: talk.key(),
            kind: FRAGMENT.to_owned(),
            body,
        });
        if sent.is_err() {
            *talk.late.borrow_mut() = late;
        }
    }

    /// The peer sent an INFO.
    pub(super) fn informed(&self, talk: &Rc<Talk>, kind: String, body: String) {
        let Some(peer) = talk.peer().filter(|_| kind.starts_with(FRAGMENT)) else {
            let facts = Facts::new().with("call", talk.id);
            return self.tell("Info", facts.with("kind", kind).with("body", body));
        };
        for (section, candidate) in sdp::read_fragment(&body) {
            peer.candidate(section, candidate);
        }
    }

    fn ice_state(&self, talk: &Rc<Talk>, state: &str) {
        self.note(talk, ["ice ", state].concat());
        match state {
            "connected" | "completed" => {
                self.forget(Due::Broken(talk.id));
                if talk.broken.take() {
                    self.warn(talk, &Fault::WarnNoMedia, true);
                }
            }
            // It often comes back by itself.
            "disconnected" => self.remind(BROKEN, Due::Broken(talk.id)),
            "failed" => self.renew(talk),
            _ => {}
        }
        let facts = Facts::new().with("call", talk.id).with("state", state);
        self.tell("Media", facts);
    }

    /// Looks for new ways where sound no longer gets through: now, or as soon as the link is there to say so.
    pub(super) fn renew(&self, talk: &Rc<Talk>) {
        if !talk.is(Stage::Talking) || !talk.peer().is_some_and(|peer| peer.is_broken()) {
            return;
        }
        if !talk.broken.replace(true) {
            self.warn(talk, &Fault::WarnNoMedia, false);
        }
        if self.is_registered() {
            talk.renews.set(true);
            let call = talk.key();
            let _ = self.order(Command::Reoffer { call });
        }
    }

    /// The link or the network is back.
    pub(super) fn renew_broken(&self) {
        for talk in self.all() {
            self.renew(&talk);
        }
        self.pump();
    }

    /// A call cannot go on.
    pub(super) fn fail(&self, talk: &Rc<Talk>, fault: &Fault) {
        self.except(fault);
        let call = talk.key();
        let _ = self.order(if talk.is(Stage::Answering) {
            Command::Refuse { call, status: 480 }
        } else {
            Command::Hangup { call }
        });
    }
}

fn failed(error: &JsValue) -> Fault {
    Fault::MediaFailed {
        message: words(error),
    }
}
