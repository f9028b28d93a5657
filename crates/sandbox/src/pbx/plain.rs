//! Plain SIP calls: a phone calls an outside number or another phone. The center takes no part in them; for it the
//! phone is busy meanwhile.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sip::agent::Command;

use super::account::{self, Place};
use super::exchange::{Exchange, Media};
use super::line::{LineKey, Owner};
use crate::center::{Plan, Voice};
use crate::mixer::plan::{CallPlan, LegId, PlanParty, Sound};

/// Somebody who is called is rung no longer than this (ms).
const PATIENCE: u64 = 60_000;
/// The network needs so long (ms) to find out that somebody cannot be reached.
const NETWORK: u64 = 500;

/// Name of a plain call. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PlainKey(u64);

/// What may become due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timer {
    /// The phone of this account has not come back.
    PhoneGone(Place),
    /// Whoever is called picks up.
    PickedUp(PlainKey),
    /// Whoever is called cannot be had; with the SIP status that says so.
    Unreachable(PlainKey, u16),
    /// The outside person in the call hangs up.
    PersonHangsUp(PlainKey),
    /// A phone that has handed its call over has had the time to hang up itself.
    Leaves(LineKey),
}

/// Who takes part in a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Talker {
    /// Agent number, account or outside number.
    pub(super) who: String,
    pub(super) end: End,
}

/// Where somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// At a phone.
    Phone(LineKey),
    /// Outside; hangs up so long (ms) after answering, if at all.
    Person(Voice, Option<u64>),
}

/// Who is being called.
#[derive(Debug, Clone)]
pub(super) struct Called {
    pub(super) who: Talker,
    /// The phone that hands the call over to whoever is called.
    pub(super) instead_of: Option<LineKey>,
}

/// A call.
#[derive(Debug, Clone)]
pub(super) struct PlainCall {
    /// The `Call-ID` of the phone that has made it.
    pub(super) id: String,
    pub(super) from: String,
    pub(super) to: String,
    /// The caller's INVITE waits for an answer: with an offer or without.
    waiting: Option<Option<String>>,
    pub(super) talkers: Vec<Talker>,
    pub(super) called: Option<Called>,
}

impl PlainCall {
    fn plan(&self, lines: &super::line::Lines) -> CallPlan {
        let parties = self.talkers.iter().map(|talker| PlanParty {
            who: talker.who.clone(),
            sound: match talker.end {
                End::Phone(key) => lines
                    .get(key)
                    .map_or(Sound::None, |line| Sound::Phone(line.leg.clone())),
                End::Person(voice, _) => voice.sound(),
            },
        });
        let hears = match self.talkers.len() {
            2 => vec![(0, 1), (1, 0)],
            _ => Vec::new(),
        };
        CallPlan {
            call_id: self.id.clone(),
            parties: parties.collect(),
            hears,
        }
    }

    /// As the control shows it, by the books.
    fn state(&self) -> Value {
        let parties: Vec<Value> = self
            .talkers
            .iter()
            .map(|talker| {
                let others = self.talkers.iter().filter(|other| *other != talker);
                let others: Vec<&str> = others.map(|other| other.who.as_str()).collect();
                json!({"who": talker.who, "hears": others, "heard": others, "onHold": false})
            })
            .collect();
        let state = if self.talkers.len() == 2 {
            "talking"
        } else {
            "ringing"
        };
        json!({
            "callId": self.id,
            "from": self.from,
            "to": self.to,
            "state": state,
            "parties": parties,
        })
    }
}

/// All plain calls that live.
#[derive(Default)]
pub(super) struct PlainCalls {
    list: BTreeMap<PlainKey, PlainCall>,
    last: u64,
    legs: u64,
}

impl PlainCalls {
    pub(super) fn get_mut(&mut self, key: PlainKey) -> Option<&mut PlainCall> {
        self.list.get_mut(&key)
    }

    pub(super) fn get(&self, key: PlainKey) -> Option<&PlainCall> {
        self.list.get(&key)
    }

    pub(super) fn keys(&self) -> Vec<PlainKey> {
        self.list.keys().copied().collect()
    }

    pub(super) fn remove(&mut self, key: PlainKey) -> Option<PlainCall> {
        self.list.remove(&key)
    }

    fn add(&mut self, call: PlainCall) -> PlainKey {
        self.last += 1;
        let key = PlainKey(self.last);
        self.list.insert(key, call);
        key
    }

    /// A name for a leg, never given twice.
    pub(super) fn leg(&mut self, id: &str, account: &str) -> LegId {
        self.legs += 1;
        LegId(format!("{id}/{account}/p{}", self.legs))
    }
}

impl Exchange {
    /// What the mixer is to do for plain calls.
    pub(super) fn plans(&self) -> Vec<CallPlan> {
        let calls = self.plain.list.values();
        calls.map(|call| call.plan(&self.lines)).collect()
    }

    /// Plain calls as the control shows them, by the books.
    pub(super) fn calls(&self) -> Vec<Value> {
        self.plain.list.values().map(PlainCall::state).collect()
    }

    /// A phone calls somebody.
    pub(super) fn dialled(
        &mut self,
        key: LineKey,
        called: &str,
        sdp: Option<String>,
        replaces: Option<LineKey>,
        now: u64,
    ) {
        let account = &self.accounts[key.account];
        let (from, name) = (account.number().to_owned(), account.name.clone());
        let id = match account.agent.call(key.call) {
            Some(call) => call.call_id().to_owned(),
            None => return,
        };
        let to = called.to_owned();
        let leg = self.plain.leg(&id, &name);
        let caller = Talker {
            who: from.clone(),
            end: End::Phone(key),
        };
        if let Some(old) = replaces {
            self.lines.add(key, Owner::Nobody, leg);
            self.replace(old, caller, sdp, now);
            return;
        }
        let call = self.plain.add(PlainCall {
            id,
            from,
            to: to.clone(),
            waiting: Some(sdp),
            talkers: vec![caller],
            called: None,
        });
        self.lines.add(key, Owner::Plain(call), leg);
        self.replan();
        if let Err(status) = self.dial(call, &to, None, now) {
            self.end_plain(call, status, now);
        }
    }

    /// Has somebody called for a plain call. The error is the SIP status of one who cannot be called.
    pub(super) fn dial(
        &mut self,
        call: PlainKey,
        to: &str,
        instead_of: Option<LineKey>,
        now: u64,
    ) -> Result<(), u16> {
        if to.is_empty() {
            return Err(404);
        }
        if let Some(place) = self.phone(to) {
            return self.dial_phone(call, place, instead_of, now);
        }
        let (rings, talks) = match Plan::of_number(to) {
            Plan::Answers { rings, talks } => (Some(rings), talks),
            Plan::Fails(cause) => {
                self.arm(Timer::Unreachable(call, status_of(cause)), now + NETWORK);
                (None, None)
            }
        };
        let who = Talker {
            who: to.to_owned(),
            end: End::Person(Voice::of_number(to), talks),
        };
        self.set_called(call, who, instead_of);
        if let Some(rings) = rings {
            self.arm(Timer::PickedUp(call), now + rings);
            self.arm(Timer::Unreachable(call, 480), now + PATIENCE);
            self.tell_ringing(call, now);
        }
        Ok(())
    }

    /// The phone of an agent number or an account; of an agent's two the one that can be reached.
    fn phone(&self, number: &str) -> Option<Place> {
        let own = account::named(&self.accounts, number);
        own.or_else(|| {
            let browser = account::of_agent(&self.accounts, number)?;
            let desk = account::named(&self.accounts, &self.accounts[browser].person.sip_id());
            [Some(browser), desk]
                .into_iter()
                .flatten()
                .find(|place| self.accounts[*place].reachable().is_some())
                .or(Some(browser))
        })
    }

    fn dial_phone(
        &mut self,
        call: PlainKey,
        place: Place,
        instead_of: Option<LineKey>,
        now: u64,
    ) -> Result<(), u16> {
        let Some(entry) = self.plain.get(call) else {
            return Err(480);
        };
        // Whoever stays is shown to whoever is called.
        let stays = entry
            .talkers
            .iter()
            .find(|talker| Some(talker.end) != instead_of.map(End::Phone))
            .ok_or(480u16)?;
        let (number, id) = (stays.who.clone(), entry.id.clone());
        let own = matches!(stays.end, End::Phone(key) if key.account == place);
        if own {
            return Err(486);
        }
        let display = account::of_agent(&self.accounts, &number)
            .map_or("", |place| self.accounts[place].person.name);
        let who = self.accounts[place].number().to_owned();
        let leg = self.plain.leg(&id, &self.accounts[place].name);
        let key = self
            .call_phone(
                place,
                (display, number.as_str()),
                Vec::new(),
                Owner::Plain(call),
                leg,
                now,
            )
            .ok_or(480u16)?;
        self.arm(Timer::Unreachable(call, 480), now + PATIENCE);
        let end = End::Phone(key);
        self.set_called(call, Talker { who, end }, instead_of);
        Ok(())
    }

    fn set_called(&mut self, call: PlainKey, who: Talker, instead_of: Option<LineKey>) {
        if let Some(entry) = self.plain.get_mut(call) {
            entry.called = Some(Called { who, instead_of });
        }
    }

    /// The phone that is called rings.
    pub(super) fn plain_rings(&mut self, call: PlainKey, key: LineKey, now: u64) {
        let called = self.plain.get(call).and_then(|call| call.called.as_ref());
        if called.is_some_and(|called| called.who.end == End::Phone(key)) {
            self.tell_ringing(call, now);
        }
    }

    /// Whoever waits for the called side is told that it rings.
    fn tell_ringing(&mut self, call: PlainKey, now: u64) {
        let Some(entry) = self.plain.get(call) else {
            return;
        };
        let waiting = entry.called.as_ref().and_then(|called| called.instead_of);
        match (waiting, entry.talkers.first()) {
            (Some(key), _) => self.report(key, 180, now),
            (None, Some(caller)) if entry.waiting.is_some() => {
                if let End::Phone(key) = caller.end {
                    let call = key.call;
                    self.accounts[key.account].command(Command::Ring { call }, now);
                }
            }
            (None, _) => {}
        }
    }

    /// A line of the call is answered: the called phone's, or the caller's as we wanted.
    pub(super) fn plain_answered(&mut self, call: PlainKey, key: LineKey, now: u64) {
        let called = self.plain.get(call).and_then(|call| call.called.as_ref());
        if called.is_some_and(|called| called.who.end == End::Phone(key)) {
            self.taken(call, now);
        }
    }

    /// Whoever was called has picked up.
    fn taken(&mut self, call: PlainKey, now: u64) {
        self.stop_waiting(call);
        let Some(entry) = self.plain.get_mut(call) else {
            return;
        };
        let Some(called) = entry.called.take() else {
            return;
        };
        if let Some(gone) = called.instead_of {
            entry
                .talkers
                .retain(|talker| talker.end != End::Phone(gone));
        }
        if let End::Person(_, Some(talks)) = called.who.end {
            self.timers.push((now + talks, Timer::PersonHangsUp(call)));
        }
        entry.talkers.push(called.who);
        let caller = entry.talkers.first().map(|talker| talker.end);
        if let (Some(offer), Some(End::Phone(key))) = (entry.waiting.take(), caller) {
            self.answer(key, offer);
        }
        if let Some(gone) = called.instead_of {
            self.handed_over(gone, now);
        }
        self.replan();
    }

    /// Answers a phone that has called with this offer, or without one.
    pub(super) fn answer(&mut self, key: LineKey, offer: Option<String>) {
        self.negotiate(key, |key, leg| match offer {
            Some(sdp) => Media::Answer(key, leg, sdp),
            None => Media::Offer(key, leg),
        });
    }

    /// The called side is not waited for any more.
    fn stop_waiting(&mut self, call: PlainKey) {
        self.timers.retain(|(_, timer)| match timer {
            Timer::PickedUp(of) | Timer::Unreachable(of, _) => *of != call,
            Timer::PhoneGone(_) | Timer::PersonHangsUp(_) | Timer::Leaves(_) => true,
        });
    }

    /// Something of a plain call is due.
    pub(super) fn plain_due(&mut self, timer: Timer, now: u64) {
        match timer {
            Timer::PickedUp(call) => self.taken(call, now),
            Timer::Unreachable(call, status) => self.not_taken(call, status, now),
            Timer::PersonHangsUp(call) => self.end_plain(call, 480, now),
            Timer::Leaves(key) => self.hang_up(key, now),
            Timer::PhoneGone(_) => {}
        }
    }

    /// Whoever was called cannot be had. A call that was to be handed over goes on; any other ends.
    fn not_taken(&mut self, call: PlainKey, status: u16, now: u64) {
        self.stop_waiting(call);
        let Some(entry) = self.plain.get_mut(call) else {
            return;
        };
        let Some(called) = entry.called.take() else {
            return;
        };
        if let End::Phone(key) = called.who.end {
            self.let_go(key, now);
        }
        match called.instead_of {
            Some(key) => self.report(key, status, now),
            None => self.end_plain(call, status, now),
        }
    }

    /// A line of the call has ended.
    pub(super) fn plain_line_ended(&mut self, call: PlainKey, key: LineKey, status: u16, now: u64) {
        let end = End::Phone(key);
        let Some(entry) = self.plain.get_mut(call) else {
            return;
        };
        if let Some(called) = &mut entry.called {
            if called.who.end == end {
                let status = if status >= 300 { status } else { 480 };
                self.not_taken(call, status, now);
                return;
            }
            if called.instead_of == Some(key) {
                // Some phones hang up as soon as somebody else is being called for them.
                called.instead_of = None;
                entry.talkers.retain(|talker| talker.end != end);
                self.replan();
                return;
            }
        }
        self.end_plain(call, 480, now);
    }

    /// Ends a call for all in it; a caller who was not answered yet is told this status.
    pub(super) fn end_plain(&mut self, call: PlainKey, status: u16, now: u64) {
        self.stop_waiting(call);
        self.timers
            .retain(|(_, timer)| *timer != Timer::PersonHangsUp(call));
        let Some(entry) = self.plain.remove(call) else {
            return;
        };
        let mut ends = entry.talkers.iter().map(|talker| talker.end);
        if entry.waiting.is_some()
            && let Some(End::Phone(key)) = ends.next()
        {
            let call = key.call;
            self.disown(key);
            self.accounts[key.account].command(Command::Refuse { call, status }, now);
        }
        let called = entry.called.iter().map(|called| called.who.end);
        for end in ends.chain(called) {
            if let End::Phone(key) = end {
                self.let_go(key, now);
            }
        }
        self.replan();
    }

    /// Hangs a line up that belongs to nothing any more.
    pub(super) fn let_go(&mut self, key: LineKey, now: u64) {
        self.disown(key);
        self.hang_up(key, now);
    }

    /// A line belongs to nothing any more, so that its end is nobody's.
    pub(super) fn disown(&mut self, key: LineKey) {
        if let Some(line) = self.lines.get_mut(key) {
            line.owner = Owner::Nobody;
        }
    }

    /// Keys were pressed at a phone of the call: a phone at the other end is sent them.
    pub(super) fn plain_pressed(&mut self, call: PlainKey, key: LineKey, digit: char) {
        let Some(entry) = self.plain.get(call) else {
            return;
        };
        let others: Vec<LegId> = entry
            .talkers
            .iter()
            .filter_map(|talker| match talker.end {
                End::Phone(other) if other != key => self.lines.get(other),
                End::Phone(_) | End::Person(..) => None,
            })
            .map(|line| line.leg.clone())
            .collect();
        for leg in others {
            self.media(Media::Press(leg, digit.to_string()));
        }
    }
}

/// The SIP status that tells a phone why somebody cannot be reached.
fn status_of(cause: u32) -> u16 {
    match cause {
        1017 => 486,
        1021 => 603,
        1003 | 2114 => 404,
        _ => 480,
    }
}
