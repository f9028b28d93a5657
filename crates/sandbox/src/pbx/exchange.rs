//! The pbx itself, without I/O: connections and accounts, the center's orders, phones' calls.
//!
//! What happens comes in with the time (ms, monotonic); what is to be done is fetched with [`Exchange::poll_output`]
//! until there is no more; [`Exchange::poll_timeout`] says when to come back.

use std::collections::{BTreeMap, VecDeque};

use sip::agent::{Command, Event, Input, Output as AgentOutput};
use sip::auth::Secret;
use sip::message::validate;
use sip::{Message, sdp};

use super::account::{self, Account, Place};
use super::line::{LineKey, Lines, Owner};
use super::plain::{PlainCalls, Timer};
use super::registrar::{Binding, Registrar, Ruling, Wish};
use super::reply::{has_to_tag, reply};
use crate::center::{PhoneNews, Random};
use crate::mixer::plan::LegId;

/// A phone whose connection fell may take so long (ms) to come back to its calls.
const PHONE_RETURNS: u64 = 30_000;
/// A phone that keeps its connection alive by empty lines does so at least each so many s.
const FLOW_TIMER: &str = "30";
/// What a phone may ask of the pbx.
const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, INFO, UPDATE, REFER, NOTIFY";
/// Two line ends ask whether the connection lives, one says so (RFC 5626 section 4.4.1).
const PING: &[u8] = b"\r\n\r\n";
const PONG: &str = "\r\n";

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Output {
    /// To send on a connection.
    Send(u64, String),
    /// To end a connection.
    Close(u64),
    /// To tell the center of an agent's phone.
    News(&'static str, PhoneNews),
    /// To ask of the mixer.
    Media(Media),
    /// To tell the mixer of the present calls.
    Plan,
}

/// What is asked of the mixer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Media {
    /// An offer for a line; [`Exchange::described`] takes it.
    Offer(LineKey, LegId),
    /// An answer to a phone's offer; [`Exchange::described`] takes it.
    Answer(LineKey, LegId, String),
    /// To take a phone's answer; [`Exchange::described`] is told if it cannot be.
    Conclude(LineKey, LegId, String),
    /// To take further candidates.
    Candidates(LegId, Vec<String>),
    /// To send keys.
    Press(LegId, String),
    /// To forget a leg.
    Remove(LegId),
}

/// The pbx.
pub(super) struct Exchange {
    pub(super) random: Random,
    registrar: Registrar,
    pub(super) accounts: Vec<Account>,
    /// Connections, and the account to which each is bound.
    links: BTreeMap<u64, Option<Place>>,
    pub(super) lines: Lines,
    pub(super) plain: PlainCalls,
    pub(super) timers: Vec<(u64, Timer)>,
    outputs: VecDeque<Output>,
}

impl Exchange {
    /// A pbx at which nobody is registered.
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        Self {
            registrar: Registrar::new(),
            accounts: account::all(|| random.next()),
            random,
            links: BTreeMap::new(),
            lines: Lines::default(),
            plain: PlainCalls::default(),
            timers: Vec::new(),
            outputs: VecDeque::new(),
        }
    }

    /// The next thing to do, or `None` when all was fetched.
    pub(super) fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When, in ms, [`Exchange::handle_timeout`] has something to do.
    pub(super) fn poll_timeout(&self) -> Option<u64> {
        let agents = self
            .accounts
            .iter()
            .filter_map(|account| account.agent.poll_timeout());
        let registrations = self
            .accounts
            .iter()
            .filter(|account| account.contact.is_some())
            .map(|account| account.expires_at);
        let timers = self.timers.iter().map(|(at, _)| *at);
        agents.chain(registrations).chain(timers).min()
    }

    /// Does all that is due by now.
    pub(super) fn handle_timeout(&mut self, now: u64) {
        for place in 0..self.accounts.len() {
            let account = &mut self.accounts[place];
            if account.agent.poll_timeout().is_some_and(|at| at <= now) {
                account.agent.handle(Input::Timeout, now);
            }
            if account.contact.is_some() && account.expires_at <= now {
                self.unregister(place);
            }
        }
        while let Some(at) = self.timers.iter().position(|(at, _)| *at <= now) {
            let (_, timer) = self.timers.remove(at);
            match timer {
                Timer::PhoneGone(place) => self.phone_gone(place, now),
                other => self.plain_due(other, now),
            }
        }
        self.settle(now);
    }

    /// A connection was opened.
    pub(super) fn opened(&mut self, link: u64) {
        self.links.insert(link, None);
    }

    /// A connection is gone.
    pub(super) fn closed(&mut self, link: u64, now: u64) {
        if let Some(Some(place)) = self.links.remove(&link) {
            let account = &mut self.accounts[place];
            account.disconnect(now);
            if account.contact.is_some() {
                self.tell(place, PhoneNews::Lost);
            }
            self.arm(Timer::PhoneGone(place), now + PHONE_RETURNS);
        }
        self.settle(now);
    }

    /// A message came on a connection.
    pub(super) fn received(&mut self, link: u64, bytes: &[u8], now: u64) {
        if bytes == PING {
            self.send(link, PONG.to_owned());
            return;
        }
        // What cannot be read cannot be answered either.
        let Ok(message) = Message::parse(bytes) else {
            return;
        };
        let bound = self.links.get(&link).copied().flatten();
        match message.method() {
            Some("REGISTER") => self.register(link, &message, now),
            Some("OPTIONS") if !has_to_tag(&message) => {
                let allow = [("Allow", ALLOW.to_owned())];
                self.reply(link, &message, 200, "OK", &allow);
            }
            method => match bound {
                Some(place) => self.accounts[place]
                    .agent
                    .handle(Input::Received(bytes), now),
                // An answer has nothing to answer, nor has ACK.
                None if method.is_some_and(|method| method != "ACK") => {
                    self.reply(link, &message, 403, "Register first", &[]);
                }
                None => {}
            },
        }
        self.settle(now);
    }

    fn register(&mut self, link: u64, request: &Message<'_>, now: u64) {
        if let Err(status) = validate(request) {
            self.reply(link, request, status, "Cannot be taken", &[]);
            return;
        }
        let nonce = self.random.token();
        let accounts = &self.accounts;
        let password_of = |user: &str| {
            let place = account::named(accounts, user)?;
            Some(Secret::new(accounts[place].person.sip_password()))
        };
        match self.registrar.judge(request, &nonce, &password_of) {
            Ruling::Refused(status, reason, challenges) => {
                let challenges: Vec<(&str, String)> = challenges
                    .into_iter()
                    .map(|challenge| ("WWW-Authenticate", challenge))
                    .collect();
                self.reply(link, request, status, reason, &challenges);
            }
            Ruling::Granted { account, wish } => {
                let Some(place) = account::named(&self.accounts, &account) else {
                    return;
                };
                let other = self.links.get(&link).copied().flatten();
                if other.is_some_and(|other| other != place) {
                    self.reply(link, request, 403, "This connection is another's", &[]);
                } else {
                    self.register_as(link, place, wish, request, now);
                }
            }
        }
    }

    /// Does what somebody wants of their registration.
    fn register_as(
        &mut self,
        link: u64,
        place: Place,
        wish: Wish,
        request: &Message<'_>,
        now: u64,
    ) {
        match wish {
            Wish::Bind(binding) => {
                let contact = format!("{};expires={}", binding.contact, binding.life);
                let mut headers = vec![("Contact", contact)];
                if binding.outbound {
                    headers.push(("Require", "outbound".to_owned()));
                    headers.push(("Flow-Timer", FLOW_TIMER.to_owned()));
                }
                // The center knows before the phone does, and the phone before anything that waits for the connection
                // goes out.
                self.bind(link, place, binding, now);
                self.reply(link, request, 200, "OK", &headers);
            }
            Wish::End => {
                // Whoever registered elsewhere since stays registered.
                if self.accounts[place].link == Some(link) {
                    self.unregister(place);
                }
                self.reply(link, request, 200, "OK", &[]);
            }
            Wish::Ask => {
                let account = &self.accounts[place];
                let left = account.expires_at.saturating_sub(now) / 1000;
                let contact = account.contact.is_some().then(|| {
                    (
                        "Contact",
                        format!("{};expires={left}", account.shown_contact),
                    )
                });
                self.reply(link, request, 200, "OK", contact.as_slice());
            }
        }
    }

    fn bind(&mut self, link: u64, place: Place, binding: Binding, now: u64) {
        let account = &mut self.accounts[place];
        let before = account.link;
        let known = before == Some(link) && account.contact.is_some();
        account.contact = Some(binding.uri);
        account.shown_contact = binding.contact;
        account.expires_at = now + u64::from(binding.life) * 1000;
        if before != Some(link) {
            account.connect(link, now);
            if let Some(before) = before {
                self.links.insert(before, None);
            }
            self.links.insert(link, Some(place));
        }
        self.timers
            .retain(|(_, timer)| *timer != Timer::PhoneGone(place));
        if !known {
            self.tell(place, PhoneNews::Registered);
        }
    }

    fn unregister(&mut self, place: Place) {
        if self.accounts[place].contact.take().is_some() {
            self.tell(place, PhoneNews::Unregistered);
        }
    }

    /// Has all calls that are none of the center's end.
    pub(super) fn reset(&mut self, now: u64) {
        for key in self.plain.keys() {
            self.end_plain(key, 480, now);
        }
        self.settle(now);
    }

    /// The mixer has done what it was asked for a line, or says by a SIP status why not.
    pub(super) fn described(&mut self, key: LineKey, result: Result<Described, u16>, now: u64) {
        let call = key.call;
        let account = &mut self.accounts[key.account];
        match result {
            Ok(Described::Taken) => {}
            Ok(Described::Answer(sdp)) => {
                account.command(Command::Answer { call, sdp }, now);
            }
            Ok(Described::Offer(sdp)) => {
                // To a phone that called without an offer ours is the answer.
                let offer = Command::Offer {
                    call,
                    sdp: sdp.clone(),
                };
                if account.command(offer, now).is_none() {
                    account.command(Command::Answer { call, sdp }, now);
                }
            }
            Err(status) => {
                if account
                    .command(Command::Refuse { call, status }, now)
                    .is_none()
                {
                    account.command(Command::Hangup { call }, now);
                }
            }
        }
        self.settle(now);
    }

    /// A key was pressed at a phone (RFC 4733).
    pub(super) fn key(&mut self, leg: &LegId, digit: char, now: u64) {
        if let Some(line) = self.lines.of_leg(leg) {
            let key = line.key;
            self.pressed(key, digit);
        }
        self.settle(now);
    }

    /// The audio of a phone is gone for good.
    pub(super) fn silent(&mut self, leg: &LegId, now: u64) {
        let line = self.lines.of_leg(leg).filter(|line| line.answered);
        if let Some(key) = line.map(|line| line.key) {
            self.hang_up(key, now);
        }
        self.settle(now);
    }

    /// Takes what the user agents want done, until they want no more.
    pub(super) fn settle(&mut self, now: u64) {
        while let Some((place, output)) = self.next_of_agents() {
            match output {
                AgentOutput::Open => {}
                AgentOutput::Send(text) => {
                    if let Some(link) = self.accounts[place].link {
                        self.send(link, text);
                    }
                }
                AgentOutput::Close => {
                    if let Some(link) = self.accounts[place].link {
                        self.outputs.push_back(Output::Close(link));
                    }
                }
                AgentOutput::Event(event) => self.happened(place, event, now),
            }
        }
        self.tell_who_is_busy();
    }

    fn next_of_agents(&mut self) -> Option<(Place, AgentOutput)> {
        self.accounts
            .iter_mut()
            .enumerate()
            .find_map(|(place, account)| Some((place, account.agent.poll_output()?)))
    }

    fn happened(&mut self, account: Place, event: Event, now: u64) {
        let line = |call| LineKey { account, call };
        match event {
            Event::Incoming {
                call,
                called,
                sdp,
                replaces,
                ..
            } => self.dialled(line(call), &called, sdp, replaces.map(line), now),
            Event::OfferWanted { call } => self.negotiate(line(call), Media::Offer),
            Event::Offered { call, sdp } => {
                self.negotiate(line(call), |key, leg| Media::Answer(key, leg, sdp));
            }
            Event::Answered { call, sdp } => {
                self.negotiate(line(call), |key, leg| Media::Conclude(key, leg, sdp));
            }
            Event::Progress { call, status, .. } if status >= 180 => {
                self.line_rings(line(call), now);
            }
            Event::Established { call } => self.line_answered(line(call), now),
            Event::Referred { call, target, .. } => self.referred(line(call), &target, now),
            Event::Dtmf { call, digit, .. } => self.pressed(line(call), digit),
            Event::Info { call, kind, body } => self.informed(line(call), &kind, &body),
            Event::Ended { call, status, .. } => self.line_ended(line(call), status, now),
            // Of the rest nothing follows: a transfer is never asked of a phone, and texts go nowhere.
            _ => {}
        }
    }

    /// Asks something of the mixer for a line that sounds.
    pub(super) fn negotiate(&mut self, key: LineKey, wish: impl FnOnce(LineKey, LegId) -> Media) {
        if let Some(line) = self.lines.get(key).filter(|line| line.sounds) {
            let wish = wish(key, line.leg.clone());
            self.media(wish);
        }
    }

    /// A phone that is called rings.
    fn line_rings(&mut self, key: LineKey, now: u64) {
        let Some(line) = self.lines.get(key) else {
            return;
        };
        match line.owner {
            Owner::Center => {
                let leg = line.leg.clone();
                self.tell(key.account, PhoneNews::Rings { leg });
            }
            Owner::Plain(call) => self.plain_rings(call, key, now),
            Owner::Nobody => {}
        }
    }

    /// A line is answered, whoever called.
    fn line_answered(&mut self, key: LineKey, now: u64) {
        let Some(line) = self.lines.get_mut(key) else {
            return;
        };
        if std::mem::replace(&mut line.answered, true) {
            return;
        }
        match line.owner {
            Owner::Center => {
                let leg = line.leg.clone();
                self.tell(key.account, PhoneNews::Answered { leg });
            }
            Owner::Plain(call) => self.plain_answered(call, key, now),
            Owner::Nobody => {}
        }
    }

    /// A line has ended, whoever ended it.
    fn line_ended(&mut self, key: LineKey, status: u16, now: u64) {
        let Some(line) = self.lines.remove(key) else {
            return;
        };
        if line.sounds {
            self.media(Media::Remove(line.leg.clone()));
        }
        match line.owner {
            Owner::Center => {
                let leg = line.leg;
                let news = match (line.answered, status) {
                    (true, _) => PhoneNews::HungUp { leg },
                    (false, 408) => PhoneNews::Refused { leg, cause: 1019 },
                    (false, _) => PhoneNews::Refused { leg, cause: 1021 },
                };
                self.tell(key.account, news);
            }
            Owner::Plain(call) => self.plain_line_ended(call, key, status, now),
            Owner::Nobody => {}
        }
    }

    /// Lets a phone go. Its audio ends at once, whenever it gets to know.
    pub(super) fn hang_up(&mut self, key: LineKey, now: u64) {
        let Some(line) = self.lines.get_mut(key) else {
            return;
        };
        if std::mem::take(&mut line.sounds) {
            let leg = line.leg.clone();
            self.media(Media::Remove(leg));
        }
        let call = key.call;
        if self.accounts[key.account]
            .command(Command::Hangup { call }, now)
            .is_none()
        {
            self.line_ended(key, 487, now);
        }
    }

    /// Keys were pressed at a phone.
    fn pressed(&mut self, key: LineKey, digit: char) {
        let Some(line) = self.lines.get(key).filter(|line| line.answered) else {
            return;
        };
        match line.owner {
            // `A` to `D` are on no phone, and no menu knows them.
            Owner::Center if digit.is_ascii_digit() || matches!(digit, '*' | '#') => {
                let leg = line.leg.clone();
                let keys = digit.to_string();
                self.tell(key.account, PhoneNews::Keys { leg, keys });
            }
            Owner::Plain(call) => self.plain_pressed(call, key, digit),
            Owner::Center | Owner::Nobody => {}
        }
    }

    /// An INFO of another kind than keys: candidates that a phone found late (RFC 8840).
    fn informed(&mut self, key: LineKey, kind: &str, body: &str) {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/trickle-ice-sdpfrag") {
            return;
        }
        let candidates: Vec<String> = sdp::read_fragment(body)
            .into_iter()
            .map(|(_, candidate)| candidate.to_owned())
            .collect();
        self.negotiate(key, |_, leg| Media::Candidates(leg, candidates));
    }

    /// A phone has not come back: what the center has with it the center ends, and we the rest.
    fn phone_gone(&mut self, place: Place, now: u64) {
        let keys: Vec<LineKey> = self
            .lines
            .of_account(place)
            .filter(|line| line.owner != Owner::Center)
            .map(|line| line.key)
            .collect();
        for key in keys {
            self.hang_up(key, now);
            self.line_ended(key, 408, now);
        }
    }

    /// Tells the center which browser phones are in calls that are none of its own.
    fn tell_who_is_busy(&mut self) {
        for place in 0..self.accounts.len() {
            let busy = self
                .lines
                .of_account(place)
                .any(|line| line.owner != Owner::Center && line.sounds);
            if self.accounts[place].told_busy != busy {
                self.accounts[place].told_busy = busy;
                self.tell(place, PhoneNews::Busy(busy));
            }
        }
    }

    /// Tells the center of a phone, if it is one that the center knows of.
    pub(super) fn tell(&mut self, place: Place, news: PhoneNews) {
        let account = &self.accounts[place];
        if account.in_browser {
            let agent = account.person.number;
            self.outputs.push_back(Output::News(agent, news));
        }
    }

    pub(super) fn media(&mut self, media: Media) {
        self.outputs.push_back(Output::Media(media));
    }

    pub(super) fn replan(&mut self) {
        self.outputs.push_back(Output::Plan);
    }

    pub(super) fn arm(&mut self, timer: Timer, at: u64) {
        self.timers.push((at, timer));
    }

    fn send(&mut self, link: u64, text: String) {
        self.outputs.push_back(Output::Send(link, text));
    }

    fn reply(
        &mut self,
        link: u64,
        request: &Message<'_>,
        status: u16,
        reason: &str,
        headers: &[(&str, String)],
    ) {
        let tag = self.random.token();
        let text = reply(request, status, reason, &tag, headers);
        self.send(link, text);
    }
}

/// What the mixer has done for a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Described {
    /// An offer of ours.
    Offer(String),
    /// Our answer to the phone's offer.
    Answer(String),
    /// The phone's answer was taken.
    Taken,
}
