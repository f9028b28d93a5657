//! One SIP user agent on one WebSocket link (RFC 7118).
//!
//! Everything that happens comes in by [`UserAgent::handle`], what the owner wants by [`UserAgent::at`] or, as a value,
//! by [`UserAgent::command`]; everything to be done comes out
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
mod orders;
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
pub use orders::Orders;

use crate::message::{Message, filled, readable, trim_line_ends, validate};
use crate::transaction::{Client, NEVER, Purpose, Server};
use call::Turn;
use chance::Chance;
use credentials::Credential;
use link::Link;
use registration::Registration;
use trace::Trace;

/// What we can be asked: the value of `Allow`.
const METHODS: &str =
    "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, MESSAGE, NOTIFY, REFER, UPDATE, PRACK";

/// A user agent: one account, one link, any number of calls.
pub struct UserAgent {
    config: Config,
    chance: Chance,
    /// When that happens which is dealt with, ms.
    now: u64,
    /// `SIP/2.0/WS host;branch=`.
    via: String,
    /// Our URI on this link.
    contact: String,
    /// The line `Supported`.
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
    outputs: Vec<Output>,
}

impl UserAgent {
    /// An agent that does nothing yet. `seed` decides over everything random in it; two agents need two seeds.
    pub fn new(config: Config, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let mut host = chance.token(12);
        host.push_str(".invalid");
        let transport = if config.secure { "WSS" } else { "WS" };
        let via = filled("SIP/2.0/% %;branch=", &[transport, &host]);
        let contact = config.contact.clone().unwrap_or_else(|| {
            // A WebSocket over TLS is `ws` too (RFC 7118 section 5.2.3).
            filled("sip:%@%;transport=ws", &[&chance.token(8), &host])
        });
        let timer = if config.session_expires > 0 {
            ", timer"
        } else {
            ""
        };
        let reliable = if config.reliable { ", 100rel" } else { "" };
        let extensions = "outbound, gruu, path, replaces, norefersub, trickle-ice";
        let supported = [extensions, timer, reliable];
        let supported = filled("Supported: %%%\r\n", &supported);
        let registration = Registration::new(&mut chance);
        UserAgent {
            config,
            chance,
            now: 0,
            via,
            contact,
            supported,
            link: Link::new(),
            registration,
            credentials: Vec::new(),
            clients: Vec::new(),
            answered: Vec::new(),
            calls: Vec::new(),
            last_key: 0,
            held: Vec::new(),
            traces: Vec::new(),
            outputs: Vec::new(),
        }
    }

    /// Something happened. `now` is ms of a clock that never goes back.
    pub fn handle(&mut self, input: Input<'_>, now: u64) {
        self.now = now;
        match input {
            Input::Opened => self.opened(),
            Input::Received(bytes) => self.received(bytes),
            Input::Closed => self.closed(),
            Input::Awake => self.awake(),
            Input::Timeout => {}
        }
        self.expire();
    }

    /// What to do next; ask until there is nothing.
    pub fn poll_output(&mut self) -> Option<Output> {
        if self.outputs.is_empty() {
            self.settle();
        }
        (!self.outputs.is_empty()).then(|| self.outputs.remove(0))
    }

    /// When to come back with [`Input::Timeout`], ms of the same clock.
    pub fn poll_timeout(&self) -> Option<u64> {
        let mut due = self.link.due().min(self.registration.due);
        for client in &self.clients {
            due = due.min(client.due);
        }
        for server in &self.answered {
            due = due.min(server.due);
        }
        for call in &self.calls {
            due = due.min(call.due());
        }
        (due != NEVER).then_some(due)
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
        let mut calls = self.calls.iter();
        calls.find(|call| call.key == key.0 && call.state != CallState::Ended)
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
        self.outputs.push(Output::Event(event));
    }

    /// A call, which may be over and wait for its ACK.
    #[inline(never)] // everybody asks
    fn find(&mut self, key: u32) -> Option<&mut Call> {
        self.calls.iter_mut().find(|call| call.key == key)
    }

    /// A call that is not over.
    #[inline(never)] // everybody asks
    fn live(&mut self, key: u32) -> Option<&mut Call> {
        self.find(key).filter(|call| call.state != CallState::Ended)
    }

    fn received(&mut self, bytes: &[u8]) {
        // What comes after the loss belongs to a socket that is nobody's any more.
        if !self.link.is_open() {
            return;
        }
        self.link.heard(self.now);
        if trim_line_ends(bytes).is_empty() {
            self.line_ends(bytes.len());
            return;
        }
        let message = match Message::parse(bytes) {
            Ok(message) => message,
            Err(wrong) => {
                let note = filled("cannot be read: %", &[wrong.what]);
                self.record(0, trace::Way::Note, &note);
                return;
            }
        };
        let text = readable(bytes);
        let fault = validate(&message).err().unwrap_or_default();
        match message.method() {
            Some(method) => self.on_request(&message, method, fault, text),
            None if fault == 0 => self.on_response(&message, text),
            None => {}
        }
    }

    /// Does what is due.
    fn expire(&mut self) {
        self.expire_link();
        self.expire_registration();
        self.expire_clients();
        let now = self.now;
        while let Some(at) = self.answered.iter().position(|server| server.due <= now) {
            self.answered.remove(at);
        }
        // A call may end meanwhile, and then the next one has its place.
        for key in self.keys() {
            self.expire_call(key);
        }
    }

    fn keys(&self) -> Vec<u32> {
        let mut keys = Vec::new();
        for call in &self.calls {
            keys.push(call.key);
        }
        keys
    }

    /// Asks for the offers whose turn it is.
    fn settle(&mut self) {
        let now = self.now;
        for key in self.keys() {
            if let Some(call) = self.find(key)
                && call.reoffer
                && call.may_offer()
                && call.turn_due == NEVER
            {
                call.reoffer = false;
                call.want_offer(now);
                self.tell(Event::OfferWanted { call: CallKey(key) });
            }
        }
        self.leave_when_done();
    }

    /// A request of a kind that is under way.
    fn asking(&self, purpose: Purpose) -> Option<usize> {
        let mut clients = self.clients.iter();
        clients.position(|client| client.request.purpose == purpose)
    }
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
