//! Makes the two ends of a call agree on sound: offers and answers, the ways to reach each other, hold and renewal.
//!
//! The browser's own descriptions are never changed before it takes them; what leaves is cut down to the codecs that
//! are for telephones, and so is what comes, so that both ends and the browser know the same.

use super::driver::{Phone, now};
use super::talk::{NEVER, Stage, Talk, Work};
use super::telling::{Facts, of};
use sip::sdp::{self, Direction};

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
/// The browser could not make a connection.
const FAILED: &str = "MEDIA_FAILED";
/// Sound no longer gets through.
const LOST: &str = "WARN_MEDIA_LOST";

/// The user of a SIP URI, or all of what is no such URI.
pub(super) fn user(uri: &str) -> String {
    let found = sip::Uri::parse(uri).ok().and_then(|uri| uri.user);
    found.unwrap_or(uri).to_owned()
}

impl Phone {
    /// The connection of a call has news.
    pub(super) fn connection(&self, talk: &Talk, what: &str, text: &str) {
        match what {
            "note" => self.note(talk, text),
            // It is there; ways to reach us are still being looked for.
            "gathering" => talk.described_at.set(now() + LOOK),
            "described" => self.described(talk, text),
            "undescribed" if talk.is(Stage::Talking) => self.unfit(talk, text),
            "undescribed" => self.fail(talk, text),
            // No microphone, or no connection at all; the page knows why.
            "denied" => self.give_up(talk),
            "offer" if talk.work.get() == Some(Work::Answer) => self.describe(talk),
            "bad offer" => self.unfit(talk, text),
            "answer" => self.agreed(talk, sdp::direction(text)),
            "bad answer" if talk.is(Stage::Talking) => {
                self.note(talk, text);
                self.offer_failed(talk, 488);
            }
            "bad answer" => self.fail(talk, text),
            "late" => self.send_late(talk),
            "ice" => self.ice_state(talk, text),
            // Early media are a courtesy.
            _ => {}
        }
    }

    /// Takes the peer's offer, then answers it.
    pub(super) fn take_offer(&self, talk: &Talk, offer: &str) {
        let offer = sdp::keep_codecs(offer, &CODECS);
        if sdp::is_refused(&offer) {
            self.refuse(talk);
        } else {
            talk.peer.take("offer", &offer);
        }
    }

    /// Refuses what the peer offers; a call that does not go on yet ends by it.
    fn refuse(&self, talk: &Talk) {
        talk.work.set(None);
        talk.peer.roll_back();
        // It may be over.
        let _ = self.order(|agent| agent.refuse(talk.key(), 488));
    }

    /// The browser can do nothing with what is offered.
    fn unfit(&self, talk: &Talk, why: &str) {
        self.note(talk, why);
        self.refuse(talk);
    }

    /// Lets the browser make our description.
    pub(super) fn describe(&self, talk: &Talk) {
        let renews = talk.work.get() == Some(Work::Offer) && talk.renews.take();
        // A peer's offer during our hold is answered from this too.
        talk.peer
            .describe(talk.held.get(), renews, talk.trickles.get());
    }

    /// Our description holds a way to reach us, or has waited long enough for one.
    fn described(&self, talk: &Talk, ours: &str) {
        talk.described_at.set(NEVER);
        let sdp = sdp::keep_codecs(ours, &CODECS);
        let work = talk.work.take();
        let sent = self.order(|agent| match work? {
            Work::Offer => agent.offer(talk.key(), &sdp).ok(),
            Work::Answer => agent.answer(talk.key(), &sdp).ok(),
        });
        if sent.is_none() {
            // What it was for is over: the peer gave up, or the call has ended.
            talk.peer.roll_back();
        }
    }

    /// The peer wants something else within the call.
    pub(super) fn offered(&self, talk: &Talk, offer: &str) {
        if talk.work.get().is_some() {
            // The peer may have given up.
            let _ = self.order(|agent| agent.refuse(talk.key(), 491));
            return;
        }
        talk.work.set(Some(Work::Answer));
        self.take_offer(talk, offer);
        self.holds(talk, sdp::direction(offer));
    }

    /// The peer's description came: final, or of what is heard before.
    pub(super) fn answered(&self, talk: &Talk, kind: &str, answer: &str) {
        if sdp::is_refused(answer) && !talk.is(Stage::Talking) {
            self.fail(talk, "m=audio 0");
        } else {
            talk.peer.take(kind, answer);
        }
    }

    /// Both ends have agreed on an offer of ours.
    fn agreed(&self, talk: &Talk, theirs: Direction) {
        // While we hold, an answer says nothing of what the peer wants.
        if talk.held.get() {
            return;
        }
        self.holds(talk, theirs);
        if talk.told_held.get() {
            self.set_sound(talk, true);
        }
    }

    /// The peer says which way it wants sound to flow.
    fn holds(&self, talk: &Talk, theirs: Direction) {
        let on = matches!(theirs, Direction::SendOnly | Direction::Inactive);
        if talk.held_by_peer.replace(on) != on {
            self.tell_held(talk, true, on);
        }
    }

    /// Whether anything is sent and heard; says so.
    pub(super) fn set_sound(&self, talk: &Talk, on: bool) {
        talk.peer.sound(on);
        if talk.told_held.replace(!on) == on {
            self.tell_held(talk, false, !on);
        }
    }

    /// Says who holds a call, or no longer does.
    fn tell_held(&self, talk: &Talk, by_peer: bool, on: bool) {
        let mut facts = of(talk.id);
        facts.truth("byPeer", by_peer).truth("on", on);
        self.tell("Held", facts);
    }

    /// An offer within the call came to nothing.
    pub(super) fn offer_failed(&self, talk: &Talk, status: u16) {
        let work = talk.work.take();
        talk.described_at.set(NEVER);
        talk.peer.roll_back();
        // It was the peer's, or the user agent asks for another by itself.
        if work == Some(Work::Answer) || status == 491 {
            return;
        }
        if talk.told_held.get() && !talk.held.replace(true) {
            self.host.fail("HOLD_REFUSED", &status.to_string());
        }
        talk.renewed_at.set(now() + AGAIN);
    }

    /// Sends what was found after our description had gone, to who takes it.
    pub(super) fn send_late(&self, talk: &Talk) {
        if !talk.trickles.get() {
            return;
        }
        if let Some(body) = talk.peer.late(false) {
            let sent = self.order(|agent| agent.info(talk.key(), FRAGMENT, &body));
            if sent.is_ok() {
                talk.peer.late(true);
            }
        }
    }

    /// The peer sent an INFO.
    pub(super) fn informed(&self, talk: &Talk, kind: &str, body: &str) {
        if !kind.starts_with(FRAGMENT) {
            let mut facts = of(talk.id);
            facts.text("kind", kind).text("body", body);
            return self.tell("Info", facts);
        }
        for (section, candidate) in sdp::read_fragment(body) {
            talk.peer.candidate(section, candidate);
        }
    }

    fn ice_state(&self, talk: &Talk, state: &str) {
        self.note(talk, &["ice ", state].concat());
        talk.broken.set(matches!(state, "disconnected" | "failed"));
        match state {
            "connected" | "completed" => {
                talk.renewed_at.set(NEVER);
                if talk.told_broken.take() {
                    self.relieve(talk, LOST);
                }
            }
            // It often comes back by itself.
            "disconnected" => talk.renewed_at.set(now() + BROKEN),
            "failed" => self.renew(talk),
            _ => {}
        }
        let mut facts = of(talk.id);
        facts.text("state", state);
        self.tell("Media", facts);
    }

    /// Looks for new ways where sound no longer gets through: now, or as soon as the link is there to say so.
    pub(super) fn renew(&self, talk: &Talk) {
        if !talk.is(Stage::Talking) || !talk.broken.get() {
            return;
        }
        if !talk.told_broken.replace(true) {
            self.host.warn(talk.id, LOST, 0);
        }
        if self.agent.borrow().is_registered() {
            talk.renews.set(true);
            // It may be over.
            let _ = self.order(|agent| agent.reoffer(talk.key()));
        }
    }

    /// The link or the network is back.
    pub(super) fn renew_broken(&self) {
        self.each(&|talk| self.renew(talk));
    }

    /// The browser says why a call cannot go on.
    fn fail(&self, talk: &Talk, why: &str) {
        self.host.fail(FAILED, why);
        self.give_up(talk);
    }

    /// A call cannot go on.
    fn give_up(&self, talk: &Talk) {
        // It may be over.
        let _ = self.order(|agent| match talk.stage.get() {
            Stage::Answering => agent.refuse(talk.key(), 480),
            _ => agent.hang_up(talk.key()),
        });
    }
}
