//! One SIP user agent on one WebSocket link (RFC 7118).
//!
//! Everything that happens comes in by [`UserAgent::handle`] and [`UserAgent::command`]; everything to be done comes out
//! of [`UserAgent::poll_output`]; [`UserAgent::poll_timeout`] says when to come back without being called.
//!
//! A call outlives the link: what is asked while it is down waits, and its patience begins when it is sent.
//!
//! ```
//! use sip::agent::{Command, Config, Input, Output, UserAgent};
//! use sip::auth::Secret;
//!
//! let mut phone = UserAgent::new(
//!     Config {
//!         account: "1001".into(),
//!         domain: "example.com".into(),
//!         display: String::new(),
//!         password: Secret::new("open sesame".into()),
//!         authorization_user: None,
//!         instance: "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6".into(),
//!         product: "example".into(),
//!         expires: 600,
//!         secure: true,
//!         register: true,
//!         session_expires: 1800,
//!         contact: None,
//!         reliable: true,
//!     },
//!     1,
//! );
//! let _ = phone.command(Command::Register, 0);
//! assert_eq!(phone.poll_output(), Some(Output::Open));
//! phone.handle(Input::Opened, 20);
//! while let Some(output) = phone.poll_output() {
//!     if let Output::Send(text) = output {
//!         assert!(text.starts_with("REGISTER sip:example.com SIP/2.0\r\n"));
//!     }
//! }
//! ```

mod answers;
mod call;
mod chance;
mod credentials;
mod dialog;
mod incoming;
mod interface;
mod link;
mod offers;
mod outgoing;
mod refer;
mod registration;
mod reliable;
mod requests;
mod sending;
mod session_timer;
mod text;
mod trace;

pub use call::Call;
pub use interface::{CallKey, CallState, Command, Config, End, Event, Input, Output, Refusal};

use crate::message::{Message, validate};
use crate::transaction::{Client, Purpose, Server};
use call::Turn;
use chance::Chance;
use credentials::Credential;
use link::Link;
use registration::Registration;
use std::collections::VecDeque;
use trace::Trace;

/// What we can be asked. The order is that of the header `Allow`.
const METHODS: [&str; 11] = [
    "INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "INFO", "MESSAGE", "NOTIFY", "REFER", "UPDATE",
    "PRACK",
];

/// A user agent: one account, one link, any number of calls.
pub struct UserAgent {
    config: Config,
    chance: Chance,
    /// `SIP/2.0/WS host;branch=`.
    via: String,
    /// Our URI on this link.
    contact: String,
    /// Values of `Allow` and `Supported`.
    allow: String,
    supported: String,
    link: Link,
    registration: Registration,
    credentials: Vec<Credential>,
    clients: Vec<Client>,
    /// INVITEs that have their final answer: for those that come again, and for a late CANCEL.
    answered: Vec<Server>,
    calls: Vec<Call>,
    last_key: u32,
    /// Answers and ACKs, with their call, that wait for the link.
    held: Vec<(u32, String)>,
    traces: Vec<Trace>,
    outputs: VecDeque<Output>,
}

impl UserAgent {
    /// An agent that does nothing yet. `seed` decides over everything random in it; two agents need two seeds.
    pub fn new(config: Config, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let mut host = chance.token(12);
        host.push_str(".invalid");
        let transport = if config.secure { "WSS " } else { "WS " };
        let via = ["SIP/2.0/", transport, &host, ";branch="].concat();
        let contact = config.contact.clone().unwrap_or_else(|| {
            // A WebSocket over TLS is `ws` too (RFC 7118 section 5.2.3).
            ["sip:", &chance.token(8), "@", &host, ";transport=ws"].concat()
        });
        let mut supported = String::from("outbound, gruu, path, replaces, norefersub, trickle-ice");
        if config.session_expires > 0 {
            supported.push_str(", timer");
        }
        if config.reliable {
            supported.push_str(", 100rel");
        }
        let registration = Registration::new(&mut chance);
        UserAgent {
            config,
            chance,
            via,
            contact,
            allow: METHODS.join(", "),
            supported,
            link: Link::default(),
            registration,
            credentials: Vec::new(),
            clients: Vec::new(),
            answered: Vec::new(),
            calls: Vec::new(),
            last_key: 0,
            held: Vec::new(),
            traces: Vec::new(),
            outputs: VecDeque::new(),
        }
    }

    /// Something happened. `now` is ms of a clock that never goes back.
    pub fn handle(&mut self, input: Input<'_>, now: u64) {
        match input {
            Input::Opened => self.opened(now),
            Input::Received(bytes) => self.received(bytes, now),
            Input::Closed => self.closed(now),
            Input::Awake => self.awake(now),
            Input::Timeout => {}
        }
        self.expire(now);
        self.settle(now);
    }

    /// The owner wants something. [`Command::Call`] and [`Command::Follow`] give the key of a new call.
    pub fn command(&mut self, command: Command, now: u64) -> Result<Option<CallKey>, Refusal> {
        let done = self.obey(command, now);
        self.settle(now);
        done
    }

    fn obey(&mut self, command: Command, now: u64) -> Result<Option<CallKey>, Refusal> {
        match command {
            Command::Register => self.register(now),
            Command::Unregister => self.unregister(now),
            Command::Stop => self.stop(now),
            Command::Call {
                target,
                from,
                headers,
                replaces,
            } => {
                return self
                    .place(&target, from, headers, replaces)
                    .map(|key| Some(CallKey(key)));
            }
            Command::Follow { call } => {
                return self
                    .follow(self.place_of(call)?)
                    .map(|key| Some(CallKey(key)));
            }
            Command::Offer { call, sdp } => self.offer(self.place_of(call)?, sdp, now)?,
            Command::Ring { call } => self.ring(self.place_of(call)?, now)?,
            Command::Answer { call, sdp } => self.answer(self.place_of(call)?, sdp, now)?,
            Command::Refuse { call, status } => self.refuse(self.place_of(call)?, status, now)?,
            Command::Hangup { call } => self.hang_up(self.place_of(call)?, now),
            Command::Reoffer { call } => self.reoffer(self.place_of(call)?)?,
            Command::Refer { call, target } => {
                let uri = text::target_uri(&target, &self.config.domain);
                let uri = uri.ok_or(Refusal::BadTarget)?;
                self.refer(self.place_of(call)?, dialog::enclosed(&uri), now)?;
            }
            Command::Attend { call, other } => {
                let (at, other) = (self.place_of(call)?, self.place_of(other)?);
                self.attend(at, other, now)?;
            }
            Command::Report { call, status } => {
                let at = self.place_of(call)?;
                if !self.report(at, status, now) {
                    return Err(Refusal::NotNow);
                }
            }
            Command::Info { call, kind, body } => {
                self.info(self.place_of(call)?, kind, body, now)?;
            }
            Command::Options => self.options(now)?,
            Command::Message { target, text } => self.message(&target, text, now)?,
            Command::Note { call, text } => self.record(call.0, trace::Way::Note, &text, now),
        }
        Ok(None)
    }

    /// What to do next; ask until there is nothing.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to come back with [`Input::Timeout`], ms of the same clock.
    pub fn poll_timeout(&self) -> Option<u64> {
        let mut times: Vec<Option<u64>> = Vec::new();
        times.extend(self.link.times());
        times.extend(self.registration.times());
        times.extend(self.clients.iter().map(|client| client.due));
        times.extend(self.answered.iter().map(|server| Some(server.due)));
        for call in &self.calls {
            times.extend(call.times());
        }
        times.into_iter().flatten().min()
    }

    /// Whether the registrar knows us and the link is up.
    pub fn is_registered(&self) -> bool {
        self.registration.is_on() && self.link.is_open()
    }

    /// Whether the link is up.
    pub fn is_open(&self) -> bool {
        self.link.is_open()
    }

    /// A call that is not over.
    pub fn call(&self, key: CallKey) -> Option<&Call> {
        let at = self.place_of(key).ok()?;
        self.calls.get(at)
    }

    /// The calls that are not over, the oldest first.
    pub fn calls(&self) -> impl Iterator<Item = CallKey> + '_ {
        self.calls
            .iter()
            .filter(|call| call.state != CallState::Ended)
            .map(|call| CallKey(call.key))
    }

    /// The value of a `Replaces` header by which somebody else's INVITE to our peer takes our place in a call.
    pub fn replaces(&self, key: CallKey) -> Option<String> {
        Some(self.call(key)?.dialog.replaces())
    }

    /// What went over the link for a call, as a JSON array; also of the last few calls that are over. Key 0: registration,
    /// keep-alive and whatever belongs to no call. Credentials and ICE passwords are starred out.
    pub fn trace(&self, key: CallKey) -> Option<String> {
        self.traces
            .iter()
            .find(|trace| trace.key == key.0)
            .map(Trace::to_json)
    }

    fn tell(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
    }

    /// Where a call that is not over stands.
    fn place_of(&self, key: CallKey) -> Result<usize, Refusal> {
        self.calls
            .iter()
            .position(|call| call.key == key.0 && call.state != CallState::Ended)
            .ok_or(Refusal::NoCall)
    }

    fn received(&mut self, bytes: &[u8], now: u64) {
        // What comes after the loss belongs to a socket that is nobody's any more.
        if !self.link.is_open() {
            return;
        }
        self.link.heard(now);
        if bytes.iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
            self.line_ends(bytes.len());
            return;
        }
        let message = match Message::parse(bytes) {
            Ok(message) => message,
            Err(wrong) => {
                let mut note = String::from("cannot be read: ");
                note.push_str(wrong.what);
                self.record(0, trace::Way::Note, &note, now);
                return;
            }
        };
        let text = String::from_utf8_lossy(bytes);
        let fault = validate(&message).err();
        match message.method() {
            Some(method) => self.on_request(&message, method, fault, &text, now),
            None if fault.is_none() => self.on_response(&message, &text, now),
            None => {}
        }
    }

    /// Does what is due.
    fn expire(&mut self, now: u64) {
        self.expire_link(now);
        self.expire_registration(now);
        self.expire_clients(now);
        self.answered.retain(|server| server.due > now);
        // A call may end meanwhile, and then the next one has its place.
        for key in self.keys() {
            self.expire_call(key, now);
        }
    }

    fn keys(&self) -> Vec<u32> {
        self.calls.iter().map(|call| call.key).collect()
    }

    fn find(&self, key: u32) -> Option<usize> {
        self.calls.iter().position(|call| call.key == key)
    }

    /// Asks for the offers whose turn it is.
    fn settle(&mut self, now: u64) {
        let mut wanted = Vec::new();
        for call in &mut self.calls {
            if call.reoffer && call.may_offer() && call.turn_due.is_none() {
                call.reoffer = false;
                call.want_offer(now);
                wanted.push(call.key);
            }
        }
        for key in wanted {
            self.tell(Event::OfferWanted { call: CallKey(key) });
        }
        self.leave_when_done(now);
    }

    /// Whether a request of a kind is under way.
    fn is_asking(&self, purpose: Purpose) -> bool {
        self.clients
            .iter()
            .any(|client| client.request.purpose == purpose)
    }
}

/// Whether a point in time has come.
fn passed(due: Option<u64>, now: u64) -> bool {
    due.is_some_and(|due| due <= now)
}

impl Call {
    /// Whether nothing of an offer and its answer is under way.
    fn may_offer(&self) -> bool {
        self.state == CallState::Established
            && self.turn == Turn::Free
            && self.inbound.is_none()
            && self.unacked.is_none()
    }
}
