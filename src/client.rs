//! Runs one agent session in a page: gives it socket, clock, storage and phone, and does what it says.

use crate::browser::clock::{self, Alarm};
use crate::browser::host::Host;
use crate::browser::page::Awake;
use crate::browser::socket::{Socket, SocketEvent};
use crate::browser::storage;
use crate::phone::Phone;
use agent::session::Received;
use agent::{Command, Config, Credentials, Emit, EventName, Fault, Input, Lang, Output, Session};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use stomp::client::Connection;
use wasm_bindgen::prelude::*;

/// Whoever shows the session: told of every change, with no borrow of ours held.
pub trait Watch {
    /// Something may have changed.
    fn changed(&self, client: &Client);
    /// Something went wrong.
    fn went_wrong(&self, fault: &Fault);
    /// Another language is spoken from now on.
    fn speak(&self, lang: Lang);
}

/// One agent session and what it lives on.
pub struct Client {
    session: RefCell<Session>,
    socket: RefCell<Option<Socket>>,
    alarm: RefCell<Option<Alarm>>,
    awake: RefCell<Option<Awake>>,
    phone: Phone,
    watch: RefCell<Option<Rc<dyn Watch>>>,
    host: Host,
    lang: Cell<Lang>,
    /// What the browser said when a socket failed, for the listeners of `Error`.
    last_error: RefCell<JsValue>,
    /// What it said when one closed, for the listeners of `Close`.
    last_close: RefCell<JsValue>,
    /// What the socket received and is being told of.
    chunk: RefCell<Option<Rc<Chunk>>>,
    me: Weak<Client>,
}

impl Client {
    /// A client that has not connected yet.
    pub fn new(config: Config, host: Host, phone: Phone, lang: Lang) -> Result<Rc<Self>, Fault> {
        let saved = storage::load(&config.credentials);
        let mut seed = [0; 8];
        seed.copy_from_slice(&crate::browser::random::bytes()[..8]);
        let session = Session::new(config, saved, u64::from_le_bytes(seed))?;
        let client = Rc::new_cyclic(|me: &Weak<Client>| Client {
            session: RefCell::new(session),
            socket: RefCell::new(None),
            alarm: RefCell::new(None),
            awake: RefCell::new(None),
            phone,
            watch: RefCell::new(None),
            host,
            lang: Cell::new(lang),
            last_error: RefCell::new(JsValue::UNDEFINED),
            last_close: RefCell::new(JsValue::UNDEFINED),
            chunk: RefCell::new(None),
            me: me.clone(),
        });
        let ring = client.me.clone();
        *client.alarm.borrow_mut() = Some(Alarm::new(
            |callback| client.host.alarm(callback),
            move || {
                if let Some(client) = ring.upgrade() {
                    if let Some(alarm) = client.alarm.borrow_mut().as_mut() {
                        alarm.rung();
                    }
                    let _ = client.handle(Input::Timeout);
                }
            },
        ));
        let awake = client.me.clone();
        *client.awake.borrow_mut() = Some(Awake::new(move || {
            if let Some(client) = awake.upgrade() {
                let _ = client.handle(Input::Awake);
            }
        }));
        Ok(client)
    }

    /// Lets somebody watch the session.
    pub fn set_watch(&self, watch: Rc<dyn Watch>) {
        *self.watch.borrow_mut() = Some(watch);
        self.show();
    }

    fn tell_watch(&self, tell: impl FnOnce(&dyn Watch)) {
        let watch = self.watch.borrow().clone();
        if let Some(watch) = watch {
            tell(&*watch);
        }
    }

    /// The way in for everything: methods, clicks, socket, clock.
    pub fn handle(&self, input: Input<'_>) -> Result<Option<i64>, Fault> {
        let result = self.session.borrow_mut().handle(input, clock::now());
        self.pump();
        result
    }

    /// A command of the page or the agent.
    pub fn command(&self, command: Command) -> Result<Option<i64>, Fault> {
        let own_call = matches!(command, Command::MakeCall(_));
        if own_call || command == Command::Idle {
            let phone_missing = self.login_type() == 3 && !self.phone.is_registered();
            if phone_missing && self.session.borrow().is_login() {
                self.except(&Fault::PhoneNotRegistered);
                return Err(Fault::PhoneNotRegistered);
            }
        }
        let result = self.handle(Input::Command(command));
        let expected = if own_call {
            result.as_ref().ok().copied().flatten()
        } else {
            None
        };
        self.phone.expect_call(expected);
        result
    }

    /// A click: what the method would throw becomes an `Exception`, since nobody could catch it.
    pub fn click(&self, result: Result<Option<i64>, Fault>) {
        if let Err(fault @ (Fault::CalledEmpty | Fault::InCall)) = result {
            self.except(&fault);
        }
    }

    /// Logs in with other credentials where some are given; see [`Input::Login`].
    pub fn login(&self, other: Option<Credentials>) -> Result<Option<i64>, Fault> {
        self.handle(Input::Login(other.map(|who| {
            let saved = storage::load(&who);
            (who, saved)
        })))
    }

    /// Tells the listeners of `Exception`.
    pub fn except(&self, fault: &Fault) {
        let error = self.error(fault);
        self.host.tell("Exception", &error);
        self.tell_watch(|watch| watch.went_wrong(fault));
    }

    /// A fault as an object of JavaScript.
    pub fn error(&self, fault: &Fault) -> JsValue {
        self.host
            .error(fault.code(), &fault.message(self.lang.get()))
    }

    /// 1 SIP phone, 2 mobile, 3 browser phone; 0 where it is none of these.
    pub fn login_type(&self) -> u32 {
        let session = self.session.borrow();
        session
            .config()
            .credentials
            .login_type
            .trim_matches('"')
            .parse()
            .unwrap_or(0)
    }

    /// Reads from the session.
    pub fn with<T>(&self, read: impl FnOnce(&Session) -> T) -> T {
        read(&self.session.borrow())
    }

    /// The language of sentences from now on.
    pub fn set_lang(&self, lang: Lang) {
        self.lang.set(lang);
        self.tell_watch(|watch| watch.speak(lang));
    }

    /// Does what the session says, one by one. No borrow is held while JavaScript runs: it may call back in here.
    fn pump(&self) {
        loop {
            let Some(output) = self.session.borrow_mut().poll_output() else {
                break;
            };
            match output {
                Output::OpenSocket => self.open_socket(),
                Output::Send(text) => {
                    if let Some(socket) = &*self.socket.borrow() {
                        socket.send(&text);
                    }
                }
                Output::CloseSocket => self.drop_socket(),
                Output::SaveToken(token) => {
                    let who = self.session.borrow().config().credentials.clone();
                    storage::save_token(&who, token.as_ref());
                }
                Output::Emit(emit) => self.emit(emit),
            }
        }
        let next = self.session.borrow().poll_timeout();
        if let Some(alarm) = self.alarm.borrow_mut().as_mut() {
            alarm.set(next);
        }
        self.show();
    }

    fn show(&self) {
        self.tell_watch(|watch| watch.changed(self));
    }

    fn emit(&self, emit: Emit) {
        let host = &self.host;
        match emit {
            Emit::Open(head) => host.opened(&head),
            Emit::Error => host.tell("Error", &self.last_error.take()),
            Emit::Close => host.tell("Close", &self.last_close.take()),
            Emit::Disconnect => host.tell("Disconnect", &JsValue::UNDEFINED),
            Emit::StateChange(state) => host.tell("StateChange", &state.as_str().into()),
            Emit::Exception(fault) => self.except(&fault),
            Emit::Received(received) => self.received(&received),
        }
    }

    fn received(&self, received: &Received) {
        self.tell_message(received);
        let Some(event) = received.event.as_deref() else {
            return;
        };
        match event {
            "Login" | "Reconnect" if self.login_type() == 3 => {
                let profile = self.with(|s| s.profile().phone.clone());
                let me = self.me.clone();
                let report = Rc::new(move |fault: Fault| {
                    if let Some(client) = me.upgrade() {
                        client.except(&fault);
                    }
                });
                let started = self.phone.start(&profile, report);
                if let Err(fault) = started {
                    self.except(&fault);
                }
            }
            "Logout" | "Kick" => self.phone.stop(),
            "AgentRinging" => self.phone.ringing(received.sequence),
            "Idle" | "After" => self.phone.expect_call(None),
            _ => {}
        }
    }

    /// Hands a message to the listeners: cut out of the text that the browser has anyway, where it stands in there.
    fn tell_message(&self, received: &Received) {
        let (event, event_name) = place_of(received.event.as_deref());
        let (state, state_name) = place_of(received.state.as_deref());
        let chunk = self.chunk.borrow().clone();
        let (text, head, body, end) = match (received.place, chunk) {
            (Some(place), Some(chunk)) => {
                let head = chunk.units(0, place.head);
                let body = head + chunk.units(place.head, place.body);
                // What stands behind a frame is short, the frame may be long.
                let end = chunk.length - chunk.units(place.end, chunk.text.len());
                (chunk.js.clone(), head, body, end)
            }
            _ => {
                let (head, body) = (&received.head, &received.body);
                let (head, body) = (
                    js_sys::JsString::from(head.as_str()),
                    js_sys::JsString::from(body.as_str()),
                );
                (
                    head.concat(&body).into(),
                    0,
                    head.length(),
                    head.length() + body.length(),
                )
            }
        };
        self.host
            .received(&text, head, body, end, event, state, event_name, state_name);
    }

    fn open_socket(&self) {
        self.drop_socket();
        let url = self.session.borrow().config().url.clone();
        let me = self.me.clone();
        let opened = Socket::open(&url, &Connection::SUB_PROTOCOLS, move |event| {
            if let Some(client) = me.upgrade() {
                client.socket_event(event);
            }
        });
        match opened {
            Ok(socket) => {
                self.host.sockets().add(socket.raw());
                *self.socket.borrow_mut() = Some(socket);
            }
            // An address that the browser refuses outright, such as `ws:` in a page that came by `https:`.
            Err(error) => {
                *self.last_error.borrow_mut() = error;
                let _ = self
                    .session
                    .borrow_mut()
                    .handle(Input::Closed, clock::now());
            }
        }
    }

    fn drop_socket(&self) {
        if let Some(socket) = self.socket.borrow_mut().take() {
            self.host.sockets().delete(socket.raw());
        }
    }

    fn socket_event(&self, event: SocketEvent) {
        let input = match event {
            SocketEvent::Opened => Input::Opened,
            SocketEvent::Failed(event) => {
                *self.last_error.borrow_mut() = event.into();
                return;
            }
            SocketEvent::Closed(event) => {
                *self.last_close.borrow_mut() = event.into();
                self.drop_socket();
                Input::Closed
            }
            SocketEvent::Received(data) => {
                match data.as_string() {
                    Some(text) => {
                        let length = data.unchecked_ref::<js_sys::JsString>().length();
                        let chunk = Rc::new(Chunk {
                            js: data,
                            text,
                            length,
                        });
                        // A listener may let the next message in before this one is through.
                        let outer = self.chunk.borrow_mut().replace(chunk.clone());
                        let _ = self.handle(Input::Received(chunk.text.as_bytes()));
                        *self.chunk.borrow_mut() = outer;
                    }
                    None => {
                        let bytes = js_sys::Uint8Array::new(&data).to_vec();
                        let outer = self.chunk.borrow_mut().take();
                        let _ = self.handle(Input::Received(&bytes));
                        *self.chunk.borrow_mut() = outer;
                    }
                }
                return;
            }
        };
        let _ = self.handle(input);
    }
}

/// No place in the list of event names.
const UNKNOWN: u32 = u32::MAX;

/// The place of a name in the list of event names, or the name.
fn place_of(name: Option<&str>) -> (u32, Option<&str>) {
    match name.map(EventName::parse) {
        Some(Some(known)) => (known as u32, None),
        _ => (UNKNOWN, name),
    }
}

/// What the socket received last, as the browser has it and as we do.
struct Chunk {
    js: JsValue,
    text: String,
    /// In UTF-16 units.
    length: u32,
}

impl Chunk {
    /// How many UTF-16 units a stretch of bytes is.
    fn units(&self, from: usize, to: usize) -> u32 {
        if self.text.len() == self.length as usize {
            return (to - from) as u32;
        }
        let bytes = self.text.as_bytes().get(from..to).unwrap_or_default();
        // A character has one byte that is no continuation; one outside the basic plane has four and takes two units.
        bytes
            .iter()
            .map(|b| u32::from(b & 0xc0 != 0x80) + u32::from(*b >= 0xf0))
            .sum()
    }
}
