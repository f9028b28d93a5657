//! Runs one agent session in a page: gives it socket, clock, storage and phone, and does what it says.

use crate::browser::clock::{self, Alarm};
use crate::browser::host::{Described, Hooks, Host, Place};
use crate::browser::socket::{Socket, SocketEvent};
use crate::browser::{Callback, callback, get, set, storage};
use crate::pairing::{CHOICES, News, Pairing, PhoneAct, PhoneFacts, code, words};
use agent::event::Direction;
use agent::json::{self, Value};
use agent::session::{PARTS, Received, Saved};
use agent::{
    Command, Config, Credentials, Emit, EventName, Fault, Input, Lang, Output, Session, State,
};
use agent::{number, record};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use stomp::client::Connection;
use wasm_bindgen::prelude::*;

/// Whoever shows the session: told of every change, with no borrow of ours held.
pub trait Watch {
    /// Something may have changed.
    fn changed(&self, client: &Client);
    /// The page is looked at again, after a while in which its timers may have stood still.
    fn awake(&self) {}
    /// Something went wrong.
    fn went_wrong(&self, fault: &Fault);
    /// Another language is spoken from now on.
    fn speak(&self, lang: Lang);
    /// A message came, and the page has been told of it.
    fn heard(&self, _received: &Received) {}
    /// A request of the promise form has its outcome, whoever made it.
    fn settled(&self, _client: &Client, _sequence: i64, _result: &Result<(), Fault>) {}
    /// There is something new of the phone: see [`Client::phone_facts`] and [`Client::phone_told`].
    fn phone(&self, _client: &Client) {}
    /// The page gave something else, or another agent's choices count from now on: see [`Client::hooks`].
    fn page(&self, _client: &Client) {}
    /// The page opens a panel by its name, or closes the one that is open.
    fn panel(&self, _name: Option<&str>) {}
    /// What a notification says of the call that rings, the number hidden where numbers are; `None`: the number, hidden.
    fn ringing(&self, _client: &Client) -> Option<String> {
        None
    }
}

/// The parts of a snapshot, as they were at some time.
type Parts = RefCell<[String; 6]>;

/// How far the present call is, for whoever looks at the page from elsewhere.
#[derive(Clone, Copy, PartialEq)]
enum Course {
    /// There is none.
    Over,
    /// Somebody calls.
    Rings,
    /// It is being set up, or answered.
    Begins,
    /// Both sides have talked.
    Talks,
}

/// One agent session and what it lives on.
pub struct Client {
    session: RefCell<Session>,
    socket: RefCell<Option<Socket>>,
    alarm: RefCell<Option<Alarm>>,
    awake: RefCell<Option<Callback>>,
    phone: Pairing,
    resting: Cell<Resting>,
    watch: RefCell<Option<Rc<dyn Watch>>>,
    host: Host,
    lang: Cell<Lang>,
    /// What the browser said when a socket failed, for the listeners of `Error`.
    last_error: Cell<JsValue>,
    /// What it said when one closed, for the listeners of `Close`.
    last_close: Cell<JsValue>,
    /// What the socket received and is being told of.
    chunk: RefCell<Option<Rc<Chunk>>>,
    /// What the page listens to beside the platform's events: [`SNAPSHOT`] and [`AGENTS`].
    wanted: Cell<u32>,
    /// The snapshot that was told last.
    told: Parts,
    /// The one that was shown last.
    shown: Parts,
    /// Inputs are kept for a record.
    records: bool,
    /// Leaving the page asks first while there is a call.
    guards: bool,
    guarding: Cell<bool>,
    course: Cell<Course>,
    me: Weak<Client>,
}

/// A text with more UTF-16 units than this may hold a list that is better left out.
const LONG: u32 = 4096;

/// Whether the agent is not ready because of the phone alone.
#[derive(Clone, Copy, PartialEq)]
enum Resting {
    No,
    /// The platform was asked, by the command of this number.
    Asked(i64),
    /// It has said so.
    Yes,
}

/// The page listens to `snapshot`.
pub const SNAPSHOT: u32 = 1;
/// The page listens to `agents`.
pub const AGENTS: u32 = 2;

impl Client {
    /// A client that has not connected yet.
    pub fn new(
        config: Config,
        host: Host,
        phone: Pairing,
        lang: Lang,
        off: &[String],
    ) -> Result<Rc<Self>, Fault> {
        phone.adopt(host.phone());
        let saved = storage::load(&config.credentials);
        let mut seed = [0; 8];
        seed.copy_from_slice(&crate::browser::random::bytes()[..8]);
        let seed = u64::from_le_bytes(seed);
        let on = |feature: &str| !off.iter().any(|off| off == feature);
        let records = on("record");
        if records {
            let first = record::start(&config, &saved, seed, env!("CARGO_PKG_VERSION"));
            let now = clock::now();
            host.note("start", &first, now.mono as f64, now.wall as f64);
        }
        let session = Session::new(config, saved, seed)?;
        let client = Rc::new_cyclic(|me: &Weak<Client>| Client {
            session: RefCell::new(session),
            socket: RefCell::new(None),
            alarm: RefCell::new(None),
            awake: RefCell::new(None),
            phone,
            resting: Cell::new(Resting::No),
            watch: RefCell::new(None),
            host,
            lang: Cell::new(lang),
            last_error: Cell::default(),
            last_close: Cell::default(),
            chunk: RefCell::new(None),
            wanted: Cell::new(0),
            told: Parts::default(),
            shown: Parts::default(),
            records,
            guards: on("leaveWarning"),
            guarding: Cell::new(false),
            course: Cell::new(Course::Over),
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
        let awake = callback(move |_: JsValue| {
            if let Some(client) = awake.upgrade() {
                let _ = client.handle(Input::Awake);
                client.tell_watch(&|watch| watch.awake());
            }
        });
        client.host.awake(awake.as_ref());
        *client.awake.borrow_mut() = Some(awake);
        client.tell_agent();
        Ok(client)
    }

    /// Lets somebody watch the session.
    pub fn set_watch(&self, watch: Rc<dyn Watch>) {
        *self.watch.borrow_mut() = Some(watch);
        self.show();
    }

    /// Nobody watches any more.
    pub fn end_watch(&self) {
        *self.watch.borrow_mut() = None;
    }

    // Not generic: there are many to tell of.
    fn tell_watch(&self, tell: &dyn Fn(&dyn Watch)) {
        let watch = self.watch.borrow().clone();
        if let Some(watch) = watch {
            tell(&*watch);
        }
    }

    /// The way in for everything: methods, clicks, socket, clock.
    pub fn handle(&self, input: Input<'_>) -> Result<Option<i64>, Fault> {
        let result = self.take(input);
        self.pump();
        result
    }

    /// Keeps the input for a record and gives it to the session.
    fn take(&self, input: Input<'_>) -> Result<Option<i64>, Fault> {
        let now = clock::now();
        if self.records {
            let (mono, wall) = (now.mono as f64, now.wall as f64);
            match (&input, &*self.chunk.borrow()) {
                (Input::Received(_), Some(chunk)) => {
                    let data = chunk.whole.as_ref().unwrap_or(&chunk.js);
                    self.host.heard(data, mono, wall);
                }
                _ => {
                    let (kind, data) = record::describe(&input);
                    self.host.note(kind, &data, mono, wall);
                }
            }
        }
        self.session.borrow_mut().handle(input, now)
    }

    /// A command of the page or the agent.
    pub fn command(&self, command: Command) -> Result<Option<i64>, Fault> {
        self.send(command, false)
    }

    /// As [`Client::command`], in the promise form.
    pub fn request(&self, command: Command) -> Result<Option<i64>, Fault> {
        self.send(command, true)
    }

    fn send(&self, command: Command, asked: bool) -> Result<Option<i64>, Fault> {
        let own_call = matches!(command, Command::MakeCall(_));
        if matches!(command, Command::Idle | Command::Busy { .. }) {
            self.resting.set(Resting::No);
        }
        if own_call || matches!(command, Command::Idle) {
            let phone_missing = self.login_type() == 3 && !self.phone.is_registered();
            if phone_missing && self.session.borrow().is_login() {
                if !asked {
                    self.except(&Fault::PhoneNotRegistered);
                }
                return Err(Fault::PhoneNotRegistered);
            }
        }
        let result = self.handle(if asked {
            Input::Request(command)
        } else {
            Input::Command(command)
        });
        if own_call {
            self.phone
                .expect_call(result.as_ref().ok().copied().flatten());
        }
        result
    }

    /// A click: what the method would throw becomes an `Exception`, since nobody could catch it.
    pub fn click(&self, result: Result<Option<i64>, Fault>) {
        match result {
            Err(Fault::CalledEmpty) => self.except(&Fault::DialEmpty),
            Err(fault @ (Fault::InCall | Fault::FeatureOff { .. })) => self.except(&fault),
            _ => {}
        }
    }

    /// Logs in with other credentials where some are given; see [`Input::Login`].
    pub fn login(&self, other: Option<Credentials>) -> Result<Option<i64>, Fault> {
        let other = other.map(|who| self.saved_for(who));
        self.handle(Input::Login(other))
    }

    /// What the page's `credentials` gave.
    pub fn answer_credentials(&self, given: Option<Credentials>) {
        let given = given.map(|who| self.saved_for(who));
        let _ = self.handle(Input::Credentials(given));
    }

    /// What this browser keeps for who logs in next. What this tab keeps for who was logged in before is of no use then.
    fn saved_for(&self, who: Credentials) -> (Credentials, Saved) {
        let before = self.credentials();
        if (&before.company, &before.agent_number) != (&who.company, &who.agent_number) {
            storage::save_token(&before, None);
            storage::save_clock(&before, None);
        }
        let saved = storage::load(&who);
        (who, saved)
    }

    /// Tells the listeners of `Exception`, and whoever watches.
    pub fn except(&self, fault: &Fault) {
        self.tell_page(fault);
        self.tell_watch(&|watch| watch.went_wrong(fault));
    }

    /// Tells the listeners of `Exception` alone.
    pub fn tell_page(&self, fault: &Fault) {
        let error = self.error(fault);
        self.host.tell("Exception", &error);
    }

    /// A fault as an object of JavaScript.
    pub fn error(&self, fault: &Fault) -> JsValue {
        error(&self.host, self.lang.get(), fault)
    }

    /// Who logs in.
    pub fn credentials(&self) -> Credentials {
        self.session.borrow().config().credentials.clone()
    }

    /// 1 SIP phone, 2 mobile, 3 browser phone; 0 where it is none of these.
    pub fn login_type(&self) -> u32 {
        let session = self.session.borrow();
        let given = Value::parse(&session.config().credentials.login_type);
        given.unwrap_or_default().number().unwrap_or(0) as u32
    }

    /// Reads from the session.
    pub fn with<T>(&self, read: impl FnOnce(&Session) -> T) -> T {
        read(&self.session.borrow())
    }

    /// As [`Client::with`], for what is read when it is asked for.
    pub fn with_mut<T>(&self, read: impl FnOnce(&mut Session) -> T) -> T {
        read(&mut self.session.borrow_mut())
    }

    /// The browser phone, or undefined.
    pub fn phone(&self) -> JsValue {
        self.phone.object()
    }

    /// Answers the call that rings on the browser phone.
    pub fn answer(&self) -> Result<(), Fault> {
        self.phone_do(PhoneAct::Answer(0))
    }

    /// What there is to show of the browser phone; `None`: there is none.
    pub fn phone_facts(&self) -> Option<PhoneFacts> {
        self.phone.facts()
    }

    /// More of it, as JSON; see [`Pairing::told`].
    pub fn phone_told(&self, what: &str) -> Option<String> {
        self.phone.told(what)
    }

    /// Has the browser phone do something, and keeps what is a choice. What it cannot is told to the listeners of
    /// `Exception` and whoever watches, as [`Client::except`] does.
    pub fn phone_do(&self, what: PhoneAct) -> Result<(), Fault> {
        let (name, call, given, is_choice) = what.parts();
        if !is_choice && !self.phone.object().is_object() {
            // One that could not be made, for want of a microphone or a safe address, may be made now.
            if name == "register" && self.login_type() == 3 && self.with(Session::is_login) {
                self.start_phone();
                return Ok(());
            }
            self.except(&Fault::PhoneNotRegistered);
            return Err(Fault::PhoneNotRegistered);
        }
        let done = self.phone.act(name, call, &given);
        let result = done.map_err(|error| self.phone_failed(&error));
        if is_choice && result.is_ok() {
            let mut text = String::new();
            json::quote(&mut text, &given);
            self.host.keep(name, &text);
        }
        self.tell_watch(&|watch| watch.phone(self));
        result
    }

    /// Tells whom what is kept is for.
    fn tell_agent(&self) {
        let who = self.with(|session| {
            let who = &session.config().credentials;
            [who.company.as_str(), "\n", &who.agent_number].concat()
        });
        self.host.agent(&who);
        self.page_changed();
    }

    /// What the page adds, and what is kept for the agent.
    pub fn hooks(&self) -> Rc<dyn Hooks> {
        Rc::new(PageHooks(self.me.clone()))
    }

    /// The page gave something else.
    pub fn page_changed(&self) {
        self.tell_watch(&|watch| watch.page(self));
    }

    /// The page opens a panel, or closes the one that is open.
    pub fn panel(&self, name: Option<&str>) {
        self.tell_watch(&|watch| watch.panel(name));
    }

    /// Where the page wants what it opens now to stand, an element or its selector; it is asked once.
    pub fn take_into(&self) -> JsValue {
        let into = get(self.host.as_ref(), "into");
        set(self.host.as_ref(), "into", &JsValue::UNDEFINED);
        into
    }

    /// Begins to keep the list of a wall, whose messages `tell` gets; undefined: ends it.
    pub fn wall(&self, tell: &JsValue) {
        self.host.wall(tell);
    }

    /// Tells that list something, as JSON.
    pub fn wall_say(&self, message: &str) {
        self.host.wall_say(message);
    }

    /// Ends the browser phone.
    pub fn stop_phone(&self) {
        self.host.set_phone(&JsValue::UNDEFINED);
        self.phone.stop();
        self.tell_watch(&|watch| watch.phone(self));
    }

    /// What the page listens to from now on.
    pub fn want(&self, wanted: u32) {
        // Who starts to listen is not told of what was there already.
        if wanted & SNAPSHOT != 0 && self.wanted.get() & SNAPSHOT == 0 {
            self.changes(&self.told);
        }
        self.wanted.set(wanted);
    }

    /// The session as one object, as JSON.
    pub fn snapshot(&self) -> String {
        object(&self.with(Session::snapshot))
    }

    /// Where the toolbar is drawn, if at all.
    pub fn place(&self) -> Option<Place> {
        self.host.place()
    }

    /// The language of sentences.
    pub fn lang(&self) -> Lang {
        self.lang.get()
    }

    /// The language of sentences from now on.
    pub fn set_lang(&self, lang: Lang) {
        self.lang.set(lang);
        self.phone.set_lang(lang);
        self.tell_watch(&|watch| watch.speak(lang));
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
                    storage::save_token(&self.credentials(), token.as_ref());
                }
                Output::SaveClock(clock) => {
                    storage::save_clock(&self.credentials(), clock.as_deref());
                }
                Output::AskCredentials => self.host.ask_credentials(),
                Output::Emit(emit) => self.emit(emit),
            }
        }
        let next = self.session.borrow().poll_timeout();
        if let Some(alarm) = self.alarm.borrow_mut().as_mut() {
            alarm.set(next);
        }
        if self.watch.borrow().is_some() && self.changes(&self.shown) != 0 {
            self.show();
        }
        let in_call = self.guards && self.with(|s| s.call().is_some());
        if self.guarding.replace(in_call) != in_call {
            self.host.guard(in_call);
        }
        if self.wanted.get() & SNAPSHOT != 0 {
            self.tell_snapshot();
        }
        self.follow_call();
    }

    /// Tells how far the present call is where that is something else than before.
    fn follow_call(&self) {
        let before = self.course.get();
        let now = self.with(|session| match session.call() {
            // Nobody can tell what has become of a call meanwhile; but nobody can be called to it either.
            _ if !session.is_login() => match before {
                Course::Rings => Course::Begins,
                before => before,
            },
            None => Course::Over,
            Some(call) => match session.state() {
                // Nobody knows yet who is called.
                State::Told(EventName::MakeCall) if call.party.is_empty() => before,
                State::Told(EventName::AgentRinging)
                    if call.direction == Some(Direction::Inbound) =>
                {
                    Course::Rings
                }
                state if state.talking() => Course::Talks,
                _ => Course::Begins,
            },
        });
        // Set first: whoever is told may call back in here.
        if self.course.replace(now) == now {
            return;
        }
        let mut says = String::new();
        if now == Course::Rings {
            let watch = self.watch.borrow().clone();
            says = watch
                .and_then(|watch| watch.ringing(self))
                .or_else(|| self.with(|s| s.call().map(|call| number::mask(&call.party))))
                .unwrap_or_default();
        }
        let course = match now {
            Course::Over => "over",
            Course::Rings => "rings",
            Course::Begins => "begins",
            Course::Talks => "talks",
        };
        self.host.course(course, &self.snapshot(), &says);
    }

    fn tell_snapshot(&self) {
        let changed = self.changes(&self.told);
        if changed != 0 {
            let text = object(&self.told.borrow());
            self.host.changed(changed, &text);
        }
    }

    /// Which parts of the snapshot are not as they were, as bits; from now on they were.
    fn changes(&self, before: &Parts) -> u32 {
        let parts = self.with(Session::snapshot);
        let mut changed = 0;
        for (bit, (part, before)) in parts.iter().zip(&*before.borrow()).enumerate() {
            changed |= u32::from(part != before) << bit;
        }
        *before.borrow_mut() = parts;
        changed
    }

    fn show(&self) {
        self.tell_watch(&|watch| watch.changed(self));
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
            Emit::Settled { sequence, result } => {
                let error = match &result {
                    Ok(()) => JsValue::UNDEFINED,
                    Err(fault) => self.error(fault),
                };
                host.settled(sequence as f64, &error);
                self.tell_watch(&|watch| watch.settled(self, sequence, &result));
            }
        }
    }

    fn received(&self, received: &Received) {
        use EventName::*;
        self.follow_rest(received);
        if received.known == Some(Login) {
            self.tell_agent();
        }
        // Whoever is told of these may want to listen to the phone.
        if let Some(Login | Reconnect) = received.known {
            if self.login_type() == 3 {
                self.start_phone();
            } else {
                // Another login type now: nothing will ring here.
                self.stop_phone();
            }
        }
        self.tell_message(received);
        self.tell_watch(&|watch| watch.heard(received));
        match received.known {
            None if received.event.is_none() => self.phone.answered(&received.body),
            Some(Surveillance) if self.wanted.get() & AGENTS != 0 => {
                let difference = self.with_mut(Session::agents_changed);
                if let Some(difference) = difference {
                    self.host.agents(&difference);
                }
            }
            Some(Logout | Kick) => self.stop_phone(),
            Some(AgentRinging) => {
                let call = self.with(|s| s.call().map_or(String::new(), |call| call.id.clone()));
                self.phone.ringing(received.sequence, &call);
            }
            Some(Idle | Busy | After | MakeCallFail) => self.phone.over(received.sequence),
            _ => {}
        }
    }

    fn start_phone(&self) {
        let profile = self.with(|s| s.profile().phone.clone());
        let me = self.me.clone();
        let report = Rc::new(move |news: News| {
            if let Some(client) = me.upgrade() {
                client.phone_says(news);
            }
        });
        let started = self.phone.start(&profile, self.lang.get(), report);
        self.host.set_phone(&self.phone());
        match started {
            // It may have been lost or have come back while nobody could be told.
            Ok(true) => self.follow_phone(false),
            Ok(false) => self.choose_for_phone(),
            Err(fault) => self.except(&fault),
        }
        self.tell_watch(&|watch| watch.phone(self));
    }

    /// What the agent has chosen wins over what the page gave.
    fn choose_for_phone(&self) {
        for name in CHOICES {
            if let Some(kept) = self.host.kept(name) {
                let value = Value::parse(&kept).unwrap_or_default().string();
                // A phone of the page's may know nothing of it.
                let _ = self.phone.act(name, 0, &value);
            }
        }
    }

    fn phone_says(&self, news: News) {
        match news {
            News::Registered => self.follow_phone(false),
            News::Gone(fault) => {
                if let Some(fault) = &fault {
                    self.except(fault);
                }
                self.follow_phone(fault.is_some());
            }
            News::Wrong(error) => {
                self.phone_failed(&error);
                self.follow_phone(true);
            }
            News::Told => {}
        }
        self.tell_watch(&|watch| watch.phone(self));
    }

    /// Tells what a phone gave for an error.
    fn phone_failed(&self, error: &JsValue) -> Fault {
        let fault = Fault::Phone {
            code: code(error),
            message: self.with(|s| s.without_secrets(&words(error))),
        };
        // Ours gives errors with code and remedy, as they are told here.
        if get(error, "remedy").is_string() {
            self.host.tell("Exception", error);
            self.tell_watch(&|watch| watch.went_wrong(&fault));
        } else {
            self.except(&fault);
        }
        fault
    }

    /// Nobody may be offered a call that nothing will ring for: an agent whose phone is gone is not ready, and is again
    /// when it is back and nobody has changed that meanwhile. `said`: why was told already.
    fn follow_phone(&self, said: bool) {
        let registered = self.phone.is_registered();
        let (ready, linked) =
            self.with(|s| (*s.state() == State::Told(EventName::Idle), s.is_login()));
        if !registered && ready && self.resting.get() == Resting::No {
            if !said {
                self.except(&Fault::PhoneNotRegistered);
            }
            let asked = self.handle(Input::Command(Command::Busy { busy_type: None }));
            if let Ok(Some(sequence)) = asked {
                self.resting.set(Resting::Asked(sequence));
            }
        } else if registered && linked && self.resting.replace(Resting::No) != Resting::No {
            let _ = self.handle(Input::Command(Command::Idle));
        }
    }

    /// Whether a new state is still the one that the phone brought about.
    fn follow_rest(&self, received: &Received) {
        let (event, state) = (received.event.as_deref(), received.state.as_deref());
        // Events of other things repeat the state. One that is ready after a lost link was never told to rest.
        let repeated = match state {
            None => true,
            Some("Busy") => event != state,
            Some("Idle") => event != state && event != Some("Reconnect"),
            Some(_) => false,
        };
        if repeated {
            return;
        }
        self.resting.set(match self.resting.get() {
            Resting::Asked(own)
                if event == Some("Busy") && [0, own].contains(&received.sequence) =>
            {
                Resting::Yes
            }
            _ => Resting::No,
        });
    }

    /// Hands a message to the listeners: cut out of the text that the browser has anyway, where it stands in there.
    fn tell_message(&self, received: &Received) {
        let (event, event_name) = match received.known {
            Some(known) => (known as u32, None),
            None => (UNKNOWN, received.event.as_deref()),
        };
        let (state, state_name) = place_of(received.state.as_deref());
        let sequence = received.sequence as f64;
        let chunk = self.chunk.borrow().clone();
        let (text, head, body, end) = match (received.place, chunk) {
            (Some(place), Some(chunk)) if chunk.length > 0 => {
                let head = chunk.units(0, place.head);
                let body = head + chunk.units(place.head, place.body);
                // What stands behind a frame is short, the frame may be long.
                let end = chunk.length - chunk.units(place.end, chunk.bytes.len());
                (chunk.js.clone(), head, body, end)
            }
            _ => {
                let whole = [received.head.as_str(), &received.body].concat();
                let (head, end) = (units(received.head.as_bytes()), units(whole.as_bytes()));
                (JsValue::from_str(&whole), 0, head, end)
            }
        };
        self.host.received(
            &text, head, body, end, event, state, event_name, state_name, sequence,
        );
    }

    fn open_socket(&self) {
        self.drop_socket();
        let url = self.session.borrow().config().url.clone();
        let me = self.me.clone();
        let opened = Socket::open(&url, Connection::SUB_PROTOCOLS, move |event| {
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
                self.last_error.set(error);
                let _ = self.take(Input::Closed);
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
                self.last_error.set(event.into());
                return;
            }
            SocketEvent::Closed(event) => {
                self.last_close.set(event.into());
                self.drop_socket();
                Input::Closed
            }
            SocketEvent::Received(data) => {
                let units = |text: &JsValue| text.unchecked_ref::<js_sys::JsString>().length();
                // Bytes have none of these.
                let mut length = units(&data);
                let (mut js, mut whole) = (data, None);
                if length > LONG && self.wanted.get() & AGENTS == 0 {
                    let thin = self.host.thinned(&js);
                    length = units(&thin);
                    whole = Some(std::mem::replace(&mut js, thin));
                }
                let bytes = if length > 0 {
                    let mut bytes = vec![0; 3 * length as usize];
                    let written = self.host.utf8(&js, &mut bytes);
                    bytes.truncate(written as usize);
                    bytes
                } else {
                    js_sys::Uint8Array::new(&js).to_vec()
                };
                let chunk = Rc::new(Chunk {
                    whole,
                    js,
                    bytes,
                    length,
                });
                // A listener may let the next message in before this one is through.
                let outer = self.chunk.borrow_mut().replace(chunk.clone());
                let _ = self.handle(Input::Received(&chunk.bytes));
                *self.chunk.borrow_mut() = outer;
                return;
            }
        };
        let _ = self.handle(input);
    }
}

/// What the page adds to the toolbar of a client. It does not keep the client.
struct PageHooks(Weak<Client>);

impl PageHooks {
    fn with<T: Default>(&self, ask: impl FnOnce(&Client) -> T) -> T {
        self.0
            .upgrade()
            .map_or_else(T::default, |client| ask(&client))
    }
}

/// A function that takes one value, once.
fn once(then: Box<dyn FnOnce(JsValue)>) -> JsValue {
    Closure::once_into_js(then)
}

impl Hooks for PageHooks {
    fn before_dial(&self, number: &str, kind: u8, then: Box<dyn FnOnce(Option<String>)>) {
        let then = once(Box::new(move |answer: JsValue| then(answer.as_string())));
        self.with(|c| c.host.before_dial(number, u32::from(kind), &then));
    }

    fn describe(&self, number: &str, then: Box<dyn FnOnce(Described)>) {
        let then = once(Box::new(move |found: JsValue| {
            then(Described::read(&found.as_string().unwrap_or_default()));
        }));
        self.with(|c| c.host.describe(number, &then));
    }

    fn allow(&self, act: &str) -> bool {
        self.with(|c| c.host.allow(act))
    }

    fn keep(&self, name: &str, json: &str) {
        self.with(|c| c.host.keep(name, json));
    }

    fn kept(&self, name: &str) -> Option<String> {
        self.with(|c| c.host.kept(name))
    }

    fn given(&self, option: &str) -> Option<String> {
        self.with(|c| c.host.given(option))
    }

    fn texts(&self, lang: Lang) -> Option<JsValue> {
        self.with(|c| {
            let all = get(c.host.as_ref(), "texts");
            Some(get(&all, lang.tag())).filter(JsValue::is_object)
        })
    }

    fn tell(&self, event: &str, json: &str) {
        self.with(|c| c.host.tell_json(event, json));
    }

    fn save_log(&self) {
        self.with(|c| c.host.save_log());
    }
}

/// A fault as an object of JavaScript.
pub fn error(host: &Host, lang: Lang, fault: &Fault) -> JsValue {
    let status = match fault {
        Fault::Refused { status, .. } | Fault::RefusedSilently { status } => Some(*status as f64),
        _ => None,
    };
    let (message, remedy) = (fault.message(lang), fault.remedy(lang));
    host.error(fault.code(), &message, remedy, status)
}

/// The parts of a snapshot as one JSON object.
pub fn object(parts: &[String; 6]) -> String {
    let mut out = agent::json::Object::new();
    for (name, part) in PARTS.iter().zip(parts) {
        out.raw(name, part);
    }
    out.finish()
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
    /// Where something was left out: with everything in it.
    whole: Option<JsValue>,
    js: JsValue,
    /// Of a text, as UTF-8.
    bytes: Vec<u8>,
    /// Of a text, in UTF-16 units; of bytes 0: no places in a text can be given then.
    length: u32,
}

impl Chunk {
    /// How many UTF-16 units a stretch of bytes is.
    fn units(&self, from: usize, to: usize) -> u32 {
        if self.bytes.len() == self.length as usize {
            return (to - from) as u32;
        }
        units(self.bytes.get(from..to).unwrap_or_default())
    }
}

/// How many UTF-16 units a text is that is given as UTF-8.
fn units(bytes: &[u8]) -> u32 {
    // A character has one byte that is no continuation; one outside the basic plane has four and takes two units.
    bytes
        .iter()
        .map(|b| u32::from(b & 0xc0 != 0x80) + u32::from(*b >= 0xf0))
        .sum()
}
