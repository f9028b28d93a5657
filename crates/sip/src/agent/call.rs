//! One call: what is known of it, and how it ends.

use super::dialog::Dialog;
use super::sending::Answer;
use super::session_timer::SessionTimer;
use super::{CallKey, CallState, End, Event, Refusal, UserAgent, passed};
use crate::message::{Message, Name};
use crate::transaction::{PATIENCE, Phase, Purpose, Server, T1, T2};

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
    /// The next time; `None` while there is no link.
    pub(super) at: Option<u64>,
    wait: u64,
    longest: u64,
    until: u64,
    /// What the confirmation names: the number of the INVITE, or of the provisional answer.
    pub(super) number: u32,
}

impl Repeat {
    pub(super) fn new(text: String, number: u32, longest: u64, now: u64) -> Self {
        Repeat {
            text,
            at: Some(now + T1),
            wait: T1,
            longest,
            until: now + PATIENCE,
            number,
        }
    }

    /// On the new link everything begins again.
    fn resume(&mut self, now: u64) {
        self.at = Some(now + T1);
        self.wait = T1;
        self.until = now + PATIENCE;
    }
}

/// What the peer asked for by REFER.
pub(super) struct Referral {
    /// The URI, as written.
    pub(super) target: String,
    /// Who asked, for the one who is called.
    pub(super) by: Option<String>,
    /// Names the REFER where it was not the first.
    pub(super) id: Option<u32>,
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
    /// Headers of the INVITE that waits for its offer.
    pub(super) headers: Vec<(String, String)>,
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
    pub(super) turn_due: Option<u64>,
    /// The owner wants to offer.
    pub(super) reoffer: bool,
    /// What we last described ourselves with.
    pub(super) local_sdp: String,
    pub(super) timer: SessionTimer,
    /// The peer takes UPDATE.
    pub(super) update: bool,
    trickle: bool,
    /// When to tell the peer where we are now, after the link was another.
    pub(super) retarget_at: Option<u64>,
    /// Say that it still rings.
    pub(super) alert_at: Option<u64>,
    /// Stop ringing, with this status.
    pub(super) ring_until: Option<(u64, u16)>,
    /// The call that ends when this one is answered.
    pub(super) replaces: Option<u32>,
    /// The call whose peer asked for this one.
    pub(super) referrer: Option<u32>,
    pub(super) referral: Option<Referral>,
    /// REFERs that came so far.
    pub(super) referrals: u32,
    /// A REFER of ours is being done.
    pub(super) transferring: bool,
}

impl Call {
    pub(super) fn new(key: u32, outgoing: bool, dialog: Dialog) -> Self {
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
            dialog,
            forks: Vec::new(),
            headers: Vec::new(),
            inbound: None,
            reliable: false,
            unacked: None,
            provisional: None,
            pracked: None,
            turn: Turn::Wanted,
            turn_due: None,
            reoffer: false,
            local_sdp: String::new(),
            timer: SessionTimer::default(),
            update: false,
            trickle: false,
            retarget_at: None,
            alert_at: None,
            ring_until: None,
            replaces: None,
            referrer: None,
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

    pub(super) fn times(&self) -> [Option<u64>; 7] {
        [
            self.unacked.as_ref().and_then(|repeat| repeat.at),
            self.provisional.as_ref().and_then(|repeat| repeat.at),
            self.turn_due,
            self.timer.due,
            self.retarget_at,
            self.alert_at,
            self.ring_until.map(|(at, _)| at),
        ]
    }

    /// The link is gone.
    pub(super) fn pause(&mut self) {
        for repeat in [&mut self.unacked, &mut self.provisional]
            .into_iter()
            .flatten()
        {
            repeat.at = None;
        }
        self.retarget_at = None;
        // An early dialog that did not live through it is answered again under another name.
        self.forks.clear();
    }

    /// The link is back.
    pub(super) fn resume(&mut self, now: u64) {
        for repeat in [&mut self.unacked, &mut self.provisional]
            .into_iter()
            .flatten()
        {
            repeat.resume(now);
            repeat.at = Some(now);
        }
        if self.confirmed && self.state != CallState::Ended {
            self.retarget_at = Some(now + RETARGET);
        }
        // The caller may not know whether it still rings here.
        self.alert_at = self.alert_at.map(|_| now);
    }

    /// The owner is asked for an offer.
    pub(super) fn want_offer(&mut self, now: u64) {
        self.turn = Turn::Wanted;
        self.turn_due = Some(now + super::offers::OFFER);
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

    pub(super) fn expire_call(&mut self, key: u32, now: u64) {
        self.repeat(key, now);
        let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) else {
            return;
        };
        if passed(call.turn_due, now) {
            call.turn_due = None;
            if call.turn == Turn::Wanted && call.state == CallState::Established {
                self.withdraw(key, now);
            }
        }
        self.expire_ringing(key, now);
        self.expire_session(key, now);
    }

    /// Sends again what was not confirmed.
    fn repeat(&mut self, key: u32, now: u64) {
        let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) else {
            return;
        };
        let mut texts = Vec::new();
        let (mut deaf, mut unheard) = (false, false);
        for (first, repeat) in [(true, &mut call.unacked), (false, &mut call.provisional)] {
            if let Some(repeat) = repeat
                && passed(repeat.at, now)
            {
                if repeat.until <= now {
                    deaf |= first;
                    unheard |= !first;
                    repeat.at = None;
                } else {
                    repeat.wait = (repeat.wait * 2).min(repeat.longest);
                    repeat.at = Some((now + repeat.wait).min(repeat.until));
                    texts.push(repeat.text.clone());
                }
            }
        }
        for text in texts {
            self.send(key, text, now);
        }
        if deaf && self.call(CallKey(key)).is_none() {
            self.end_late(key, now);
        } else if deaf {
            // Nobody heard our answer (RFC 3261 section 13.3.1.4).
            self.bye(key, Some((408, "No ACK")), now);
            self.end(key, End::Link, 408, "No ACK", now);
        } else if unheard {
            // RFC 3262 section 3.
            self.reject(key, 504, now);
            self.end(key, End::Link, 504, "No PRACK", now);
        }
    }

    /// Sends the BYE of an established call.
    pub(super) fn bye(&mut self, key: u32, cause: Option<(u16, &str)>, now: u64) {
        let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) else {
            return;
        };
        let mut request = call.dialog.next(Purpose::Bye, key);
        request.header("Reason", reason(cause));
        self.begin(request, now);
    }

    /// Refuses the INVITE or UPDATE that waits for an answer.
    pub(super) fn reject(&mut self, key: u32, status: u16, now: u64) {
        let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) else {
            return;
        };
        call.provisional = None;
        if let Some(server) = call.inbound.take() {
            let tag = call.dialog.local_tag.clone();
            self.conclude(server, key, &tag, Answer::of(status), now);
        }
    }

    pub(super) fn hang_up(&mut self, at: usize, now: u64) {
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let key = call.key;
        match call.state {
            CallState::Ended => {}
            CallState::Established if call.unacked.is_some() => {
                // A BYE has to wait for the ACK (RFC 3261 section 15). The owner need not.
                self.end(key, End::Us, 200, "", now);
            }
            CallState::Established => {
                self.bye(key, None, now);
                self.end(key, End::Us, 200, "", now);
            }
            _ if call.outgoing => {
                self.give_up(key, now);
                self.end(key, End::Us, 487, "", now);
            }
            _ => {
                self.reject(key, 480, now);
                self.end(key, End::Us, 480, "", now);
            }
        }
    }

    /// Refuses what is pending.
    pub(super) fn refuse(&mut self, at: usize, status: u16, now: u64) -> Result<(), Refusal> {
        let Some(call) = self.calls.get_mut(at) else {
            return Err(Refusal::NoCall);
        };
        let key = call.key;
        let status = status.clamp(300, 699);
        if call.state == CallState::Ringing && !call.outgoing {
            self.reject(key, status, now);
            self.end(key, End::Us, status, "", now);
        } else if call.inbound.is_some() {
            call.turn = Turn::Free;
            call.turn_due = None;
            self.reject(key, status, now);
        } else if call.turn == Turn::Wanted && call.state == CallState::Established {
            call.turn = Turn::Free;
            call.turn_due = None;
        } else if !self.report(at, status, now) {
            return Err(Refusal::NotNow);
        }
        Ok(())
    }

    /// A call is over; what is still to be said to the peer was said before.
    pub(super) fn end(&mut self, key: u32, by: End, status: u16, words: &str, now: u64) {
        // Whatever waits for an answer gets it (RFC 3261 section 15.1.2).
        self.reject(key, 487, now);
        let Some(at) = self.find(key) else {
            return;
        };
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        if call.state == CallState::Ended {
            return;
        }
        let waits = by == End::Us && call.unacked.is_some();
        call.state = CallState::Ended;
        let referrer = call.referrer.take();
        call.reoffer = false;
        call.turn_due = None;
        call.timer = SessionTimer::default();
        // Nothing of these wakes a call that only waits for its ACK.
        call.retarget_at = None;
        call.alert_at = None;
        call.ring_until = None;
        if !waits {
            self.calls.remove(at);
        }
        self.clients.retain_mut(|client| {
            let purpose = client.request.purpose;
            if client.request.call != key {
                return true;
            }
            client.given_up |= purpose.is_invite();
            client.phase != Phase::Waiting || matches!(purpose, Purpose::Bye | Purpose::Cancel)
        });
        if let Some(at) = referrer.and_then(|referrer| self.find(referrer))
            && status >= 300
        {
            self.report(at, status, now);
        }
        self.tell(Event::Ended {
            call: CallKey(key),
            by,
            status,
            reason: words.to_owned(),
        });
    }

    /// The peer confirmed the answer to a call that is over meanwhile: now it may be told.
    pub(super) fn end_late(&mut self, key: u32, now: u64) {
        self.bye(key, None, now);
        self.calls.retain(|call| call.key != key);
    }
}

/// The value of `Reason`.
pub(super) fn reason(cause: Option<(u16, &str)>) -> String {
    match cause {
        None => "Q.850;cause=16;text=\"Normal call clearing\"".to_owned(),
        Some((status, words)) => {
            let status = status.to_string();
            ["SIP;cause=", &status, ";text=\"", words, "\""].concat()
        }
    }
}

/// The pause between two sendings of a 2xx.
pub(super) const LONGEST_2XX: u64 = T2;
/// Reliable provisional answers have no such bound (RFC 3262 section 3).
pub(super) const LONGEST_PROVISIONAL: u64 = PATIENCE;
