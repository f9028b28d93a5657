//! Runs the user agent: gives it socket and clock, and does what it says.

use super::check::Check;
use super::options::{Own, PhoneOptions};
use super::talk::{Stage, Talk};
use super::telling::Facts;
use crate::browser::clock::{self, Alarm};
use crate::browser::host::Host;
use crate::browser::media::{Media, Meter, Playing};
use crate::browser::page::{self, Awake};
use crate::browser::promise::promise;
use crate::browser::random;
use crate::browser::socket::{Socket, SocketEvent};
use agent::Lang;
use agent::session::routing_key;
use js_sys::{Promise, Uint8Array};
use sip::UserAgent;
use sip::agent::{CallKey, Command, Config, Input, Output, Refusal};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

/// What something waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// A call's description goes out with what has been found so far.
    Described(u32),
    /// A call's sound does not get through: new ways are looked for.
    Broken(u32),
    /// Statistics are read.
    Statistics,
    /// Levels are measured.
    Level,
    /// A check goes on.
    Check,
}

/// One phone. Calls are named by their numbers; 0 is the current one.
pub struct Phone {
    pub(super) agent: RefCell<UserAgent>,
    socket: RefCell<Option<Socket>>,
    alarm: RefCell<Option<Alarm>>,
    awake: RefCell<Option<Awake>>,
    dues: RefCell<Vec<(u64, Due)>>,
    /// The link was there and is lost.
    pub(super) lost: Cell<bool>,
    pub(super) media: Rc<Media>,
    pub(super) calls: RefCell<Vec<Rc<Talk>>>,
    pub(super) own: RefCell<Own>,
    pub(super) auto_answer: Cell<bool>,
    pub(super) ringer: RefCell<Option<Rc<Playing>>>,
    pub(super) meter: RefCell<Option<Meter>>,
    pub(super) levels: Cell<bool>,
    pub(super) check: RefCell<Option<Rc<Check>>>,
    url: String,
    pub(super) ice_servers: JsValue,
    pub(super) trickle: bool,
    pub(super) ring: Option<String>,
    pub(super) output: JsValue,
    pub(super) host: Host,
    pub(super) lang: Cell<Lang>,
    pub(super) me: Weak<Phone>,
}

/// Names this tab to the registrar, also after a reload: it then takes the place of what it was before.
fn instance() -> String {
    const KEY: &str = "agent-toolbar/phone";
    let storage = page::window().and_then(|w| w.session_storage().ok()?);
    let kept = storage.as_ref().and_then(|s| s.get_item(KEY).ok()?);
    kept.unwrap_or_else(|| {
        let fresh = ["urn:uuid:", &routing_key(random::bytes())].concat();
        if let Some(storage) = storage {
            let _ = storage.set_item(KEY, &fresh);
        }
        fresh
    })
}

impl Phone {
    /// A phone that has not registered yet.
    pub fn new(options: PhoneOptions, host: Host, lang: Lang) -> Rc<Phone> {
        let config = Config {
            account: options.account,
            domain: options.domain,
            display: options.display,
            password: options.password,
            authorization_user: options.authorization_user,
            instance: instance(),
            product: options.product,
            expires: 600,
            secure: options.url.starts_with("wss:"),
            register: true,
            session_expires: 1800,
            contact: None,
            reliable: true,
        };
        let mut seed = [0; 8];
        seed.copy_from_slice(&random::bytes()[..8]);
        let agent = UserAgent::new(config, u64::from_le_bytes(seed));
        let phone = Rc::new_cyclic(|me: &Weak<Phone>| {
            let told = me.clone();
            Phone {
                agent: RefCell::new(agent),
                socket: RefCell::new(None),
                alarm: RefCell::new(None),
                awake: RefCell::new(None),
                dues: RefCell::default(),
                lost: Cell::new(false),
                media: Media::new(
                    options.audio,
                    options.microphone,
                    options.speaker.unwrap_or_default(),
                    options.ring_device.unwrap_or_default(),
                    host.sockets(),
                    move |event| {
                        if let Some(phone) = told.upgrade() {
                            phone.media_event(event);
                        }
                    },
                ),
                calls: RefCell::default(),
                own: RefCell::new(Own::Nothing),
                auto_answer: Cell::new(options.auto_answer),
                ringer: RefCell::default(),
                meter: RefCell::default(),
                levels: Cell::new(false),
                check: RefCell::default(),
                url: options.url,
                ice_servers: options.ice_servers,
                trickle: options.trickle,
                ring: options.ring,
                output: options.output,
                host,
                lang: Cell::new(lang),
                me: me.clone(),
            }
        });
        let rung = phone.me.clone();
        *phone.alarm.borrow_mut() = Some(Alarm::new(
            |callback| phone.host.alarm(callback),
            move || {
                if let Some(phone) = rung.upgrade() {
                    phone.rung();
                }
            },
        ));
        let awake = phone.me.clone();
        *phone.awake.borrow_mut() = Some(Awake::new(move || {
            if let Some(phone) = awake.upgrade() {
                phone.woke();
            }
        }));
        phone
    }

    // -- the user agent ------------------------------------------------------

    fn handle(&self, input: Input<'_>) {
        let now = clock::now().mono;
        self.agent.borrow_mut().handle(input, now);
        self.pump();
    }

    /// Tells the user agent what to do, and does what follows from it.
    pub(super) fn command(&self, command: Command) -> Result<Option<CallKey>, Refusal> {
        let result = self.order(command);
        self.pump();
        result
    }

    /// As [`Phone::command`], for who has something to do before anything follows.
    pub(super) fn order(&self, command: Command) -> Result<Option<CallKey>, Refusal> {
        let now = clock::now().mono;
        self.agent.borrow_mut().command(command, now)
    }

    /// Does what the user agent says, one by one. Nothing is borrowed while JavaScript runs: it may call back in here.
    pub(super) fn pump(&self) {
        loop {
            let Some(output) = self.agent.borrow_mut().poll_output() else {
                break;
            };
            match output {
                Output::Open => self.open_socket(),
                Output::Send(text) => {
                    if let Some(socket) = &*self.socket.borrow() {
                        socket.send(&text);
                    }
                }
                Output::Close => self.drop_socket(),
                Output::Event(event) => self.event(event),
            }
        }
        self.set_alarm();
    }

    fn open_socket(&self) {
        self.drop_socket();
        let me = self.me.clone();
        let opened = Socket::open(&self.url, &["sip"], move |event| {
            if let Some(phone) = me.upgrade() {
                phone.socket_event(event);
            }
        });
        match opened {
            Ok(socket) => {
                self.host.sockets().add(socket.raw());
                *self.socket.borrow_mut() = Some(socket);
            }
            // An address that the browser refuses outright. Whoever asked for it is still at work: next time round.
            Err(_) => {
                let now = clock::now().mono;
                self.agent.borrow_mut().handle(Input::Closed, now);
            }
        }
        // Last: a listener may stop it all.
        if self.lost.get() {
            self.tell("Reconnecting", Facts::new());
        }
    }

    fn drop_socket(&self) {
        let socket = self.socket.take();
        if let Some(socket) = socket {
            self.host.sockets().delete(socket.raw());
        }
    }

    fn socket_event(&self, event: SocketEvent) {
        match event {
            SocketEvent::Opened => self.handle(Input::Opened),
            SocketEvent::Failed(_) => {}
            SocketEvent::Closed(_) => {
                self.drop_socket();
                self.handle(Input::Closed);
            }
            SocketEvent::Received(data) => {
                let bytes = if data.is_string() {
                    let length = data.unchecked_ref::<js_sys::JsString>().length();
                    let mut bytes = vec![0; 3 * length as usize];
                    let written = self.host.utf8(&data, &mut bytes);
                    bytes.truncate(written as usize);
                    bytes
                } else {
                    Uint8Array::new(&data).to_vec()
                };
                self.handle(Input::Received(&bytes));
            }
        }
    }

    // -- the clock -----------------------------------------------------------

    /// Comes back to something in so many ms, instead of whenever it was due.
    pub(super) fn remind(&self, delay: u64, due: Due) {
        self.forget(due);
        let at = clock::now().mono + delay;
        self.dues.borrow_mut().push((at, due));
        self.set_alarm();
    }

    /// Does not come back to it.
    pub(super) fn forget(&self, due: Due) {
        self.dues.borrow_mut().retain(|(_, one)| *one != due);
    }

    fn set_alarm(&self) {
        let ours = self.dues.borrow().iter().map(|(at, _)| *at).min();
        let next = self.agent.borrow().poll_timeout();
        let first = match (ours, next) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        if let Some(alarm) = self.alarm.borrow_mut().as_mut() {
            alarm.set(first);
        }
    }

    fn rung(&self) {
        if let Some(alarm) = self.alarm.borrow_mut().as_mut() {
            alarm.rung();
        }
        let now = clock::now().mono;
        let mut due = Vec::new();
        self.dues.borrow_mut().retain(|(at, what)| {
            let is_due = *at <= now;
            if is_due {
                due.push(*what);
            }
            !is_due
        });
        for what in due {
            match what {
                Due::Described(call) => {
                    self.with(call, |phone, talk| phone.send_description(talk, true))
                }
                Due::Broken(call) => self.with(call, |phone, talk| phone.renew(talk)),
                Due::Statistics => self.read_statistics(),
                Due::Level => self.measure(),
                Due::Check => self.check_goes_on(true),
            }
        }
        self.handle(Input::Timeout);
    }

    fn woke(&self) {
        if self.media.keeps_awake() {
            self.media.keep_awake(true);
        }
        self.handle(Input::Awake);
        self.renew_broken();
    }

    // -- the page ------------------------------------------------------------

    /// Registers, and stays registered.
    pub fn register(&self) {
        let _ = self.command(Command::Register);
    }

    /// Ends the registration; the link stays.
    pub fn unregister(&self) {
        let _ = self.command(Command::Unregister);
    }

    /// Ends registration, calls and link, and lets go of everything.
    pub fn stop(&self) {
        let _ = self.command(Command::Stop);
        // Whatever could not be told any more over a link that is down.
        let left = self.calls.borrow().clone();
        for talk in left {
            self.ended(&talk, "us", 487, "");
        }
        self.end_check();
        self.dues.borrow_mut().clear();
        self.set_alarm();
    }

    /// Asks for the microphone and switches it off again: gives whether it may be used. What stands against it is told.
    pub fn prepare(&self) -> Promise {
        let (given, settle) = promise();
        let me = self.me.clone();
        self.media.microphone(move |result| {
            let granted = result.is_ok();
            if let Some(phone) = me.upgrade() {
                if let Err(refused) = result {
                    phone.except(&super::sound::fault(refused));
                }
                phone.rest();
            }
            settle.with(Ok(granted.into()));
        });
        given
    }

    /// Lets go of what only calls need, where there is none.
    pub(super) fn rest(&self) {
        if self.calls.borrow().is_empty() && self.check.borrow().is_none() {
            self.media.release();
            self.media.keep_awake(false);
            self.meter.take();
        }
    }

    /// The language of sentences from now on.
    pub fn set_language(&self, lang: Lang) {
        self.lang.set(lang);
    }

    /// Whether calls can reach it.
    pub fn is_registered(&self) -> bool {
        self.agent.borrow().is_registered()
    }

    // -- calls by number -----------------------------------------------------

    /// The call of this number, while it is there.
    pub(super) fn find(&self, call: u32) -> Option<Rc<Talk>> {
        let calls = self.calls.borrow();
        calls.iter().find(|talk| talk.id == call).cloned()
    }

    /// Does something with a call, if it is there.
    pub(super) fn with(&self, call: u32, run: impl FnOnce(&Phone, &Rc<Talk>)) {
        if let Some(talk) = self.find(call) {
            run(self, &talk);
        }
    }

    /// Later: does something with a call, if both are still there.
    pub(super) fn later<T, F>(&self, talk: &Talk, run: F) -> impl FnOnce(T) + use<T, F>
    where
        F: FnOnce(&Phone, &Rc<Talk>, T),
    {
        let (me, call) = (self.me.clone(), talk.id);
        move |value| {
            if let Some(phone) = me.upgrade() {
                phone.with(call, |phone, talk| run(phone, talk, value));
                phone.pump();
            }
        }
    }

    /// The calls that are there.
    pub(super) fn all(&self) -> Vec<Rc<Talk>> {
        self.calls.borrow().clone()
    }

    /// The current call: the one that goes on, else the newest.
    pub(super) fn current(&self) -> Option<Rc<Talk>> {
        let calls = self.calls.borrow();
        let goes_on = |talk: &&Rc<Talk>| talk.is(Stage::Talking) && !talk.told_held.get();
        calls.iter().find(goes_on).or(calls.last()).cloned()
    }
}
