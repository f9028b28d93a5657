//! One call: what is known of it, and how it ends.

use super::dialog::Dialog;
use super::session_timer::SessionTimer;
use super::{CallKey, CallState, End, Event, Refusal, UserAgent};
use crate::message::{Message, Name, decimal, fill};
use crate::transaction::{NEVER, PATIENCE, Phase, Purpose, Request, Server, T1, T2};

/// Whose turn it is to offer or answer media (RFC 3264 section 4).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nobody's.
    Free,
    /// The owner was asked for an offer.
    Wanted,
    /// Our offer is with the peer.
    Ours,
    /// So is the offer that changes nothing, which keeps the session alive.
    Refresh,
    /// The peer's offer is with the owner.
    Theirs,
}

/// After this long on a new link the peer is told where we are, unless a request has done so, ms.
const RETARGET: u64 = 1_000;

/// An answer that is sent until the peer confirms it.
pub(super) struct Repeat {
    text: String,
    /// The next time; [`NEVER`] while there is no link.
    at: u64,
    wait: u64,
    longest: u64,
    until: u64,
    /// What the confirmation names: the number of the INVITE, or of the provisional answer.
    pub(super) number: u32,
}

impl Repeat {
    pub(super) fn new(text: String, number: u32, longest: u64) -> Self {
        Repeat {
            text,
            at: NEVER,
            wait: T1,
            longest,
            until: NEVER,
            number,
        }
    }

    /// On a link everything begins anew. `at`: the next time.
    pub(super) fn resume(&mut self, now: u64, at: u64) {
        self.at = at;
        self.wait = T1;
        self.until = now + PATIENCE;
    }
}

/// What the peer asked for by REFER.
pub(super) struct Referral {
    /// The URI, as written.
    pub(super) target: String,
    /// Who asked, for the one who is called.
    pub(super) by: String,
    /// Names the REFER where it was not the first; else nothing.
    pub(super) id: String,
    /// The peer does not want to know.
    pub(super) silent: bool,
    /// The last thing it was told.
    pub(super) told: u16,
}

/// A call.
pub struct Call {
    pub(super) key: u32,
    pub(super) outgoing: bool,
    pub(super) state: CallState,
    pub(super) display: String,
    pub(super) number: String,
    pub(super) since: Option<u64>,
    /// Both ends know that it was answered.
    pub(super) confirmed: bool,
    pub(super) dialog: Dialog,
    /// Of an INVITE of ours: what became of it at each place that it rings.
    pub(super) forks: Vec<Dialog>,
    /// Further lines of the INVITE that waits for its offer.
    pub(super) lines: String,
    /// The peer's INVITE or UPDATE that we owe a final answer.
    pub(super) inbound: Option<Server>,
    /// That INVITE wants reliable provisional answers.
    pub(super) reliable: bool,
    /// 2xx without ACK.
    pub(super) unacked: Option<Repeat>,
    /// Reliable provisional answer without PRACK.
    pub(super) provisional: Option<Repeat>,
    /// What the PRACK names: the answer and the INVITE.
    pub(super) pracked: Option<(u32, u32)>,
    pub(super) turn: Turn,
    /// `Free`: when the owner may be asked again. `Wanted`: the end of patience with it.
    pub(super) turn_due: u64,
    /// The owner wants to offer.
    pub(super) reoffer: bool,
    /// What we last described ourselves with.
    pub(super) local_sdp: String,
    pub(super) timer: SessionTimer,
    /// The peer takes UPDATE.
    pub(super) update: bool,
    trickle: bool,
    /// When to tell the peer where we are now, after the link was another.
    pub(super) retarget_at: u64,
    /// Say that it still rings.
    pub(super) alert_at: u64,
    /// Stop ringing, with this status.
    pub(super) ring_until: u64,
    pub(super) ring_status: u16,
    /// The call that ends when this one is answered; 0: none.
    pub(super) replaces: u32,
    /// The call whose peer asked for this one; 0: none.
    pub(super) referrer: u32,
    pub(super) referral: Option<Referral>,
    /// REFERs that came so far.
    pub(super) referrals: u32,
    /// A REFER of ours is being done.
    pub(super) transferring: bool,
}

impl Call {
    #[inline(never)] // long, and there are two sorts
    pub(super) fn new(key: u32, outgoing: bool) -> Self {
        Call {
            key,
            outgoing,
            state: if outgoing {
                CallState::Calling
            } else {
                CallState::Ringing
            },
            display: String::new(),
            number: String::new(),
            since: None,
            confirmed: false,
            dialog: Dialog::default(),
            forks: Vec::new(),
            lines: String::new(),
            inbound: None,
            reliable: false,
            unacked: None,
            provisional: None,
            pracked: None,
            turn: Turn::Wanted,
            turn_due: NEVER,
            reoffer: false,
            local_sdp: String::new(),
            timer: SessionTimer::off(),
            update: false,
            trickle: false,
            retarget_at: NEVER,
            alert_at: NEVER,
            ring_until: NEVER,
            ring_status: 0,
            replaces: 0,
            referrer: 0,
            referral: None,
            referrals: 0,
            transferring: false,
        }
    }

    /// Where it stands.
    pub fn state(&self) -> CallState {
        self.state
    }

    /// Whether we called.
    pub fn is_outgoing(&self) -> bool {
        self.outgoing
    }

    /// The peer's display name; may be empty.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// The peer's number: the user part of its URI.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The value of `Call-ID`.
    pub fn call_id(&self) -> &str {
        &self.dialog.call_id
    }

    /// When it was answered, ms of the clock that the agent is given.
    pub fn since(&self) -> Option<u64> {
        self.since
    }

    /// Whether it was answered.
    pub fn is_answered(&self) -> bool {
        self.since.is_some()
    }

    /// When something is to be done.
    pub(super) fn due(&self) -> u64 {
        let mut due = self.turn_due.min(self.timer.due).min(self.retarget_at);
        due = due.min(self.alert_at).min(self.ring_until);
        if let Some(repeat) = &self.unacked {
            due = due.min(repeat.at);
        }
        if let Some(repeat) = &self.provisional {
            due = due.min(repeat.at);
        }
        due
    }

    /// The link is gone.
    pub(super) fn pause(&mut self) {
        if let Some(repeat) = &mut self.unacked {
            repeat.at = NEVER;
        }
        if let Some(repeat) = &mut self.provisional {
            repeat.at = NEVER;
        }
        self.retarget_at = NEVER;
        // An early dialog that did not live through it is answered again under another name.
        self.forks.clear();
    }

    /// The link is back.
    pub(super) fn resume(&mut self, now: u64) {
        if let Some(repeat) = &mut self.unacked {
            repeat.resume(now, now);
        }
        if let Some(repeat) = &mut self.provisional {
            repeat.resume(now, now);
        }
        if self.confirmed && self.state != CallState::Ended {
            self.retarget_at = now + RETARGET;
        }
        // The caller may not know whether it still rings here.
        if self.alert_at != NEVER {
            self.alert_at = now;
        }
    }

    /// The early dialog of that tag.
    pub(super) fn fork(&mut self, tag: &str) -> Option<&mut Dialog> {
        self.forks.iter_mut().find(|fork| fork.remote_tag == tag)
    }

    /// This is what we describe ourselves with now.
    pub(super) fn described(&mut self, sdp: &str) {
        self.local_sdp.clear();
        self.local_sdp.push_str(sdp);
    }

    /// Nobody offers.
    pub(super) fn free(&mut self) {
        self.turn = Turn::Free;
        self.turn_due = NEVER;
    }

    /// The owner is asked for an offer.
    pub(super) fn want_offer(&mut self, now: u64) {
        self.turn = Turn::Wanted;
        self.turn_due = now + super::offers::OFFER;
    }

    /// The peer's capabilities; `true` where it is the first time that it takes candidates one by one.
    pub(super) fn learn(&mut self, message: &Message<'_>) -> bool {
        if message.header(Name::Allow).is_some() {
            self.update = message.has_token(Name::Allow, "UPDATE");
        }
        let trickle = message.has_token(Name::Supported, "trickle-ice")
            || message.has_token(Name::RecvInfo, "trickle-ice");
        let news = trickle && !self.trickle;
        self.trickle |= trickle;
        news
    }
}

impl UserAgent {
    /// A key that no call had.
    pub(super) fn new_key(&mut self) -> u32 {
        self.last_key += 1;
        self.last_key
    }

    pub(super) fn expire_call(&mut self, key: u32) {
        self.repeat(key, true);
        self.repeat(key, false);
        let now = self.now;
        if let Some(call) = self.find(key)
            && call.turn_due <= now
        {
            call.turn_due = NEVER;
            if call.turn == Turn::Wanted && call.state == CallState::Established {
                self.withdraw(key);
            }
        }
        self.expire_ringing(key);
        self.expire_session(key);
    }

    /// Sends again what was not confirmed: a 2xx, or a provisional answer.
    fn repeat(&mut self, key: u32, accepted: bool) {
        let now = self.now;
        let Some(call) = self.find(key) else {
            return;
        };
        let over = call.state == CallState::Ended;
        let repeat = if accepted {
            &mut call.unacked
        } else {
            &mut call.provisional
        };
        let Some(repeat) = repeat.as_mut().filter(|repeat| repeat.at <= now) else {
            return;
        };
        if repeat.until > now {
            repeat.wait = (repeat.wait * 2).min(repeat.longest);
            repeat.at = (now + repeat.wait).min(repeat.until);
            let text = repeat.text.clone();
            self.send(key, text);
            return;
        }
        repeat.at = NEVER;
        if !accepted {
            // RFC 3262 section 3.
            self.reject(key, 504);
            self.end(key, End::Link, 504, "No PRACK");
        } else if over {
            self.end_late(key);
        } else {
            // Nobody heard our answer (RFC 3261 section 13.3.1.4).
            self.part(key, End::Link, 408, "No ACK");
        }
    }

    /// Sends the BYE of an established call. `status` and `words` say why; 0: it was simply over.
    pub(super) fn bye(&mut self, key: u32, status: u16, words: &str) {
        if let Some(call) = self.find(key) {
            let mut request = call.dialog.next(Purpose::Bye, key);
            say_why(&mut request, status, words);
            self.begin(request);
        }
    }

    /// Ends an established call for a reason.
    pub(super) fn part(&mut self, key: u32, by: End, status: u16, words: &str) {
        self.bye(key, status, words);
        self.end(key, by, status, words);
    }

    /// Refuses the INVITE or UPDATE that waits for an answer.
    pub(super) fn reject(&mut self, key: u32, status: u16) {
        let Some(call) = self.find(key) else {
            return;
        };
        call.provisional = None;
        if let Some(server) = call.inbound.take() {
            self.conclude(server, status, "", "");
        }
    }

    pub(super) fn hang_up(&mut self, key: u32) -> Result<(), Refusal> {
        let call = self.live(key).ok_or(Refusal::NoCall)?;
        let status = if call.state == CallState::Established {
            // A BYE has to wait for the ACK (RFC 3261 section 15). The owner need not.
            if call.unacked.is_none() {
                self.bye(key, 0, "");
            }
            200
        } else if call.outgoing {
            self.give_up(key);
            487
        } else {
            self.reject(key, 480);
            480
        };
        self.end(key, End::Us, status, "");
        Ok(())
    }

    /// Refuses what is pending.
    pub(super) fn refuse(&mut self, key: u32, status: u16) -> Result<(), Refusal> {
        let call = self.live(key).ok_or(Refusal::NoCall)?;
        let status = status.clamp(300, 699);
        if call.state == CallState::Ringing && !call.outgoing {
            self.reject(key, status);
            self.end(key, End::Us, status, "");
        } else if call.inbound.is_some() {
            call.free();
            self.reject(key, status);
        } else if call.turn == Turn::Wanted && call.state == CallState::Established {
            call.free();
        } else {
            return self.report(key, status);
        }
        Ok(())
    }

    /// A call is over; what is still to be said to the peer was said before.
    pub(super) fn end(&mut self, key: u32, by: End, status: u16, words: &str) {
        // Whatever waits for an answer gets it (RFC 3261 section 15.1.2).
        self.reject(key, 487);
        let Some(call) = self.live(key) else {
            return;
        };
        let waits = by == End::Us && call.unacked.is_some();
        call.state = CallState::Ended;
        let referrer = std::mem::take(&mut call.referrer);
        call.reoffer = false;
        call.turn_due = NEVER;
        call.timer = SessionTimer::off();
        // Nothing of these wakes a call that only waits for its ACK.
        call.retarget_at = NEVER;
        call.alert_at = NEVER;
        call.ring_until = NEVER;
        if !waits {
            self.forget(key);
        }
        let mut index = 0;
        while let Some(client) = self.clients.get_mut(index) {
            let purpose = client.request.purpose;
            let ours = client.request.call == key;
            client.given_up |= ours && purpose.is_invite();
            if ours
                && client.phase == Phase::Waiting
                && !matches!(purpose, Purpose::Bye | Purpose::Cancel)
            {
                self.clients.remove(index);
            } else {
                index += 1;
            }
        }
        if status >= 300 {
            // The one who asked for it may be gone too.
            let _ = self.report(referrer, status);
        }
        self.tell(Event::Ended {
            call: CallKey(key),
            by,
            status,
            reason: words.to_owned(),
        });
    }

    /// The peer confirmed the answer to a call that is over meanwhile: now it may be told.
    pub(super) fn end_late(&mut self, key: u32) {
        self.bye(key, 0, "");
        self.forget(key);
    }

    pub(super) fn forget(&mut self, key: u32) {
        if let Some(at) = self.calls.iter().position(|call| call.key == key) {
            self.calls.remove(at);
        }
    }
}

/// Adds `Reason` (RFC 3326).
pub(super) fn say_why(request: &mut Request, status: u16, words: &str) {
    let line = match status {
        0 => "Reason: Q.850;cause=16;text=\"Normal call clearing\"\r\n",
        _ => "Reason: SIP;cause=%;text=\"%\"\r\n",
    };
    fill(&mut request.lines, line, &[&decimal(status.into()), words]);
}

/// The pause between two sendings of a 2xx.
pub(super) const LONGEST_2XX: u64 = T2;
/// Reliable provisional answers have no such bound (RFC 3262 section 3).
pub(super) const LONGEST_PROVISIONAL: u64 = PATIENCE;
