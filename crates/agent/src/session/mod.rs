//! One agent's session: link, login, state, call.
//!
//! Everything that happens comes in by [`Session::handle`]; everything to be done comes out of
//! [`Session::poll_output`]; [`Session::poll_timeout`] says when to come back without being called. The state changes
//! nowhere else.

mod call;
mod link;
mod recent;
mod timers;

pub use call::{Call, WrapUp};
pub use link::{Link, routing_key};

use crate::backend::vcall;
use crate::command::Command;
use crate::config::{Config, Credentials, Secret};
use crate::event::{Event, EventName, Incoming, Response};
use crate::fault::Fault;
use crate::json::Value;
use crate::state::State;
use recent::Recent;
use std::collections::VecDeque;
use stomp::client::{self, Connection};
use timers::{Timer, Timers};

/// The time, read once for each call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds of a clock that never goes back.
    pub mono: u64,
    /// Milliseconds since 1970, for sequence numbers only.
    pub wall: u64,
}

/// What outlives a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Where answers come; no secret.
    pub routing_key: String,
    /// The token of an earlier login.
    pub token: Option<Secret>,
}

/// What happened.
#[derive(Debug)]
pub enum Input<'a> {
    /// The page wants a link; where there is one, a new one.
    Connect,
    /// The page wants to log in, with other credentials where some are given.
    Login(Option<(Credentials, Saved)>),
    /// The page or the agent asks for something.
    Command(Command),
    /// The page wants to log out and end the link.
    Break,
    /// `setUserdata`: travels with every later command.
    Userdata(String),
    /// The socket opened.
    Opened,
    /// The socket received this, text as its UTF-8 bytes.
    Received(&'a [u8]),
    /// The socket closed, or could not be opened.
    Closed,
    /// The browser says that the network is back, or the page became visible: try at once.
    Awake,
    /// The time that [`Session::poll_timeout`] named has come.
    Timeout,
}

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Output {
    /// Open a socket to the configured address; an older one is gone already.
    OpenSocket,
    /// Give this to the socket.
    Send(String),
    /// Close the socket after what was sent. Nothing of it is wanted any more.
    CloseSocket,
    /// Keep this token for this tab, or forget the one that is kept.
    SaveToken(Option<Secret>),
    /// Tell the page.
    Emit(Emit),
}

/// What the page is told.
#[derive(Debug, PartialEq, Eq)]
pub enum Emit {
    /// `Open`: the broker answered; the head of its frame.
    Open(String),
    /// `Error`: the socket could not be opened.
    Error,
    /// `Close`: the link is gone.
    Close,
    /// `Disconnect`: the link was ended on purpose.
    Disconnect,
    /// `StateChange` without an event of the platform.
    StateChange(State),
    /// `Exception`.
    Exception(Fault),
    /// A message of the platform.
    Received(Received),
}

/// A message, for listeners: `Message` always, then `StateChange` and the event's own name.
#[derive(Debug, PartialEq, Eq)]
pub struct Received {
    /// The frame's headers as they came, escapes and all.
    pub head: String,
    /// The JSON.
    pub body: String,
    /// The event's name.
    pub event: Option<String>,
    /// The new state.
    pub state: Option<String>,
    /// The command that caused the event; 0 = none.
    pub sequence: i64,
    /// Where head and body stand in what the socket received, if the frame came in one piece: so that whoever has
    /// that text can cut them out of it.
    pub place: Option<Place>,
}

/// Bytes from the start of what the socket received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where the headers start; they end where the body starts.
    pub head: usize,
    /// Where the body starts.
    pub body: usize,
    /// Where it ends.
    pub end: usize,
}

impl Place {
    fn find(chunk: &[u8], frame: &stomp::Frame<'_>) -> Option<Self> {
        let start = chunk.as_ptr() as usize;
        let at = |part: &[u8]| {
            let at = (part.as_ptr() as usize).checked_sub(start)?;
            (at + part.len() <= chunk.len()).then_some(at)
        };
        let body = at(frame.body())?;
        Some(Place {
            head: at(frame.raw_head().as_bytes())?,
            body,
            end: body + frame.body().len(),
        })
    }
}

/// What the platform said of the agent when they logged in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// A supervisor.
    pub supervisor: bool,
    /// Reasons for not being ready.
    pub busy_types: Vec<String>,
    /// May place calls.
    pub may_call: bool,
    /// What a browser phone needs to register.
    pub phone: PhoneProfile,
}

/// What a browser phone needs to register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneProfile {
    /// Host of the SIP socket.
    pub host: String,
    /// SIP domain.
    pub domain: String,
    /// SIP user.
    pub account: String,
    /// SIP password.
    pub password: Secret,
}

/// A command whose answer has not come.
#[derive(Debug)]
struct Pending {
    sequence: i64,
    request: &'static str,
    sent: u64,
    deadline: u64,
}

/// A larger frame is dropped, bytes.
const MAX_FRAME: usize = 8 << 20;

/// See the module.
#[derive(Debug)]
pub struct Session {
    config: Config,
    saved: Saved,
    userdata: Option<String>,
    link: link::LinkState,
    connection: Option<Connection>,
    /// Log in whenever the link opens. Off after a kick, a logout and a refused login: the agent decides then.
    auto_login: bool,
    state: State,
    state_since: u64,
    busy_type: String,
    profile: Profile,
    call: Option<Call>,
    wrap_up: Option<WrapUp>,
    latency: Option<u64>,
    last_sequence: i64,
    last_event_time: i64,
    recent: Recent,
    pending: Vec<Pending>,
    beat_unanswered: bool,
    timers: Timers,
    outbox: Vec<(bool, String)>,
    outputs: VecDeque<Output>,
}

impl Session {
    /// A session that has not started; [`Input::Connect`] starts it. `seed` varies the delays between tries.
    pub fn new(config: Config, saved: Saved, seed: u64) -> Result<Self, Fault> {
        config.check()?;
        Ok(Session {
            config,
            saved,
            userdata: None,
            link: link::LinkState::new(seed),
            connection: None,
            auto_login: true,
            state: State::Closed,
            state_since: 0,
            busy_type: String::new(),
            profile: Profile {
                may_call: true,
                ..Profile::default()
            },
            call: None,
            wrap_up: None,
            latency: None,
            last_sequence: 0,
            last_event_time: 0,
            recent: Recent::default(),
            pending: Vec::new(),
            beat_unanswered: false,
            timers: Timers::default(),
            outbox: Vec::new(),
            outputs: VecDeque::new(),
        })
    }

    /// Takes what happened. A command that goes out gives its sequence number, one that cannot an error.
    pub fn handle(&mut self, input: Input<'_>, now: Now) -> Result<Option<i64>, Fault> {
        let result = match input {
            Input::Connect => self.connect(now),
            Input::Login(None) => self.login(now),
            Input::Login(Some((credentials, saved))) => self.login_as(credentials, saved, now),
            Input::Command(command) => self.command(command, now).map(Some),
            Input::Break => self.end(now),
            Input::Userdata(userdata) => {
                self.userdata = Some(userdata);
                Ok(None)
            }
            Input::Opened => self.opened(now),
            Input::Received(bytes) => self.received(bytes, now),
            Input::Closed => self.lost(now),
            Input::Awake => self.awake(now),
            Input::Timeout => self.timeout(now),
        };
        self.flush(now);
        if let Err(fault @ (Fault::NotConnected | Fault::NotLoggedIn)) = &result {
            self.except(fault.clone());
        }
        result
    }

    /// The next thing to do, or `None` until something happens.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to call [`Session::handle`] with [`Input::Timeout`], in ms of the clock that never goes back.
    pub fn poll_timeout(&self) -> Option<u64> {
        let stomp = self.connection.as_ref().and_then(Connection::poll_timeout);
        let pending = self.pending.iter().map(|p| p.deadline).min();
        let held = (!self.may_auto_idle()).then_some(Timer::AutoIdle);
        [self.timers.next(held), stomp, pending]
            .into_iter()
            .flatten()
            .min()
    }

    // ── what the toolbar and the page ask ────────────────────────────────────────────────────────────────────────

    /// The configuration; `credentials.login_type` follows what the platform says.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The link.
    pub fn link(&self) -> Link {
        self.link.view(self.timers.get(Timer::Retry))
    }

    /// The agent's state.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Since when, ms of the clock that never goes back.
    pub fn state_since(&self) -> u64 {
        self.state_since
    }

    /// Why the agent is not ready; empty where no reason was given.
    pub fn busy_type(&self) -> &str {
        &self.busy_type
    }

    /// What the platform said at login.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The present call.
    pub fn call(&self) -> Option<&Call> {
        self.call.as_ref()
    }

    /// The wrap-up of the last call.
    pub fn wrap_up(&self) -> Option<&WrapUp> {
        self.wrap_up.as_ref()
    }

    /// How long the last answer took, ms.
    pub fn latency(&self) -> Option<u64> {
        self.latency
    }

    /// The link is open.
    pub fn is_connected(&self) -> bool {
        self.link.is_up()
    }

    /// A token is there and the link is open.
    pub fn is_login(&self) -> bool {
        self.is_connected() && self.saved.token.is_some()
    }

    // ── link ─────────────────────────────────────────────────────────────────────────────────────────────────────

    fn connect(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        if self.link.is_connecting() {
            return Ok(None);
        }
        if self.link.is_up() {
            self.close(now);
        }
        self.auto_login = true;
        self.link.begin(now.mono);
        self.attempt(now);
        Ok(None)
    }

    fn attempt(&mut self, now: Now) {
        let config = client::Config {
            login: self.config.connect_account.clone(),
            passcode: self.config.connect_password.expose().to_owned(),
            host: self.config.host.clone(),
            heart_beat: (5000, 5000),
            limits: stomp::Limits {
                frame: MAX_FRAME,
                ..stomp::Limits::default()
            },
        };
        self.connection = Some(Connection::new(config));
        self.link.attempt();
        self.timers.clear(Timer::Retry);
        self.timers
            .set(Timer::Connect, now.mono + link::CONNECT_WITHIN);
        self.outputs.push_back(Output::OpenSocket);
    }

    fn opened(&mut self, _now: Now) -> Result<Option<i64>, Fault> {
        let Some(connection) = &self.connection else {
            return Ok(None);
        };
        match connection.connect() {
            Ok(text) => self.outputs.push_back(Output::Send(text)),
            Err(_) => self.except(Fault::BadHeader),
        }
        Ok(None)
    }

    fn received(&mut self, bytes: &[u8], now: Now) -> Result<Option<i64>, Fault> {
        // The connection is out of `self` while it reads, so that what it finds can change everything else.
        let Some(mut connection) = self.connection.take() else {
            return Ok(None);
        };
        connection.handle(bytes, now.mono, |event| match event {
            client::Event::Connected(frame) => self.connected(&frame, now),
            client::Event::Message(frame) => self.message(&frame, bytes, now),
            client::Event::Error(frame) => {
                let head = frame.header("message").unwrap_or_default();
                let message = match frame.text() {
                    Ok(body) if !body.trim().is_empty() => format!("{head}: {}", body.trim()),
                    _ => head.into_owned(),
                };
                if self.link.complain(&message) {
                    self.except(Fault::Broker { message });
                }
            }
            client::Event::Broken(error) => self.except(match error.fault {
                stomp::Fault::TooLarge => Fault::FrameTooLarge,
                fault => Fault::BadFrame {
                    why: fault.as_str(),
                },
            }),
            client::Event::Receipt(_) => {}
        });
        self.connection = Some(connection);
        Ok(None)
    }

    fn connected(&mut self, frame: &stomp::Frame<'_>, now: Now) {
        self.timers.clear(Timer::Connect);
        self.link.up(now.mono);
        self.emit(Emit::Open(frame.raw_head().to_owned()));
        self.become_state(State::Connected, now);
        self.emit(Emit::StateChange(State::Connected));
        if self.auto_login && !self.config.credentials.agent_number.is_empty() {
            let command = if self.saved.token.is_some() {
                Command::Reconnect
            } else {
                Command::Login
            };
            self.send(&command, now);
        }
    }

    /// The socket is gone without our doing: say so and see to the next.
    fn lost(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        if !self.link.is_up() && !self.link.is_connecting() {
            return Ok(None);
        }
        let was_up = self.link.is_up();
        self.drop_link();
        if was_up {
            self.link.lost(now.mono);
        } else {
            self.link.failed();
            self.emit(Emit::Error);
        }
        self.emit(Emit::Close);
        if self.state != State::Closed {
            self.become_state(State::Closed, now);
            self.emit(Emit::StateChange(State::Closed));
        }
        if !was_up && self.link.complain("") {
            self.except(Fault::ConnectFailed {
                url: self.config.url.clone(),
            });
        }
        self.retry(now);
        Ok(None)
    }

    /// Gives the socket up without waiting for its closing handshake, which may take a minute on a dead link.
    fn abandon(&mut self, why: Fault, now: Now) {
        self.outputs.push_back(Output::CloseSocket);
        if self.link.is_up() || self.link.complain("") {
            self.except(why);
        }
        let _ = self.lost(now);
    }

    fn retry(&mut self, now: Now) {
        match self.link.next_try(self.config.max_reconnect, now.mono) {
            link::Next::Never => self.link.rest(),
            link::Next::At { delay, gave_up } => {
                if let Some(attempts) = gave_up {
                    self.except(Fault::GaveUp { attempts });
                }
                if delay == 0 {
                    self.attempt(now);
                } else {
                    self.timers.set(Timer::Retry, now.mono + delay);
                }
            }
        }
    }

    fn awake(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        if self.timers.get(Timer::Retry).is_some() {
            self.attempt(now);
            return Ok(None);
        }
        self.timeout(now)
    }

    /// Ends the link on purpose.
    fn end(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        if self.state.in_call() {
            return Err(Fault::InCall);
        }
        self.close(now);
        Ok(None)
    }

    fn close(&mut self, now: Now) {
        if self.is_login() {
            self.send(&Command::Logout, now);
            self.flush(now);
        }
        if self.link.is_up()
            && let Some(connection) = &self.connection
        {
            self.outputs
                .push_back(Output::Send(connection.disconnect()));
        }
        let was = self.link.is_up() || self.link.is_connecting();
        self.drop_link();
        self.link.rest();
        self.timers.clear(Timer::Retry);
        if was {
            self.outputs.push_back(Output::CloseSocket);
        }
        self.logged_out(true);
        self.auto_login = true;
        if self.state != State::Disconnected {
            self.emit(Emit::Disconnect);
            self.become_state(State::Disconnected, now);
            self.emit(Emit::StateChange(State::Disconnected));
        }
    }

    /// What ends with the link. The call and a due wrap-up outlive it: the platform goes on.
    fn drop_link(&mut self) {
        self.connection = None;
        self.pending.clear();
        self.outbox.clear();
        self.latency = None;
        self.beat_unanswered = false;
        for timer in [Timer::Connect, Timer::Beat, Timer::BeatLate, Timer::Relogin] {
            self.timers.clear(timer);
        }
    }

    // ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────

    fn login(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        self.auto_login = true;
        self.command(Command::Login, now).map(Some)
    }

    fn login_as(
        &mut self,
        credentials: Credentials,
        saved: Saved,
        now: Now,
    ) -> Result<Option<i64>, Fault> {
        if credentials == self.config.credentials {
            return self.login(now);
        }
        self.close(now);
        self.config.credentials = credentials;
        // A token belongs to one login of one agent.
        self.saved = Saved {
            token: None,
            ..saved
        };
        self.outputs.push_back(Output::SaveToken(None));
        self.connect(now)
    }

    fn command(&mut self, command: Command, now: Now) -> Result<i64, Fault> {
        if !self.link.is_up() {
            return Err(Fault::NotConnected);
        }
        if command.needs_login() && self.saved.token.is_none() {
            return Err(Fault::NotLoggedIn);
        }
        if let Command::MakeCall(call) = &command
            && call.called.is_empty()
        {
            return Err(Fault::CalledEmpty);
        }
        Ok(self.send(&command, now))
    }

    fn send(&mut self, command: &Command, now: Now) -> i64 {
        let wall = i64::try_from(now.wall).unwrap_or(i64::MAX);
        let sequence = wall.max(self.last_sequence + 1);
        self.last_sequence = sequence;
        let body = vcall::write(
            command,
            sequence,
            &self.config.credentials,
            &self.saved.routing_key,
            self.userdata.as_deref(),
        );
        let beat = *command == Command::Heartbeat;
        self.outbox.push((!beat, body));
        if beat {
            self.timers
                .set(Timer::Beat, now.mono + self.config.ping_interval);
            if !self.beat_unanswered {
                self.beat_unanswered = true;
                self.timers
                    .set(Timer::BeatLate, now.mono + 2 * self.config.ping_interval);
            }
        }
        let deadline = if beat {
            u64::MAX
        } else {
            now.mono + self.config.timeout
        };
        if beat {
            // Only the newest beat is waited for.
            self.pending.retain(|p| p.request != "heartbeat");
        }
        self.pending.push(Pending {
            sequence,
            request: command.request(),
            sent: now.mono,
            deadline,
        });
        sequence
    }

    /// Turns what is to be sent into frames. Not before: the token may have changed meanwhile.
    fn flush(&mut self, now: Now) {
        let Some(connection) = &mut self.connection else {
            return;
        };
        if !self.link.is_up() {
            return;
        }
        let mut texts = Vec::new();
        if self.link.take_subscribe() {
            let destination = format!("{}/{}", self.config.subscribe_path, self.saved.routing_key);
            texts.push(connection.subscribe("sub-0", &destination));
        }
        let token = self
            .saved
            .token
            .as_ref()
            .map(Secret::expose)
            .unwrap_or_default();
        for (versioned, body) in self.outbox.drain(..) {
            let headers = [("token", token), ("version", vcall::COMPATIBLE)];
            let headers = headers
                .get(..if versioned { 2 } else { 1 })
                .unwrap_or_default();
            texts.push(connection.send(headers, vcall::DESTINATION, &body));
        }
        if !texts.is_empty() {
            connection.sent(now.mono);
        }
        for text in texts {
            match text {
                Ok(text) => self.outputs.push_back(Output::Send(text)),
                Err(_) => self.except(Fault::BadHeader),
            }
        }
    }

    // ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────

    fn message(&mut self, frame: &stomp::Frame<'_>, chunk: &[u8], now: Now) {
        let read = frame.text().map_err(|offset| Fault::NotJson { offset });
        let read = read.and_then(|body| {
            let incoming = vcall::read(body).map_err(|e| Fault::NotJson { offset: e.offset })?;
            Ok((body, incoming))
        });
        let (body, incoming) = match read {
            Ok(read) => read,
            Err(fault) => return self.except(fault),
        };
        let mut received = Received {
            head: frame.raw_head().to_owned(),
            body: body.to_owned(),
            event: None,
            state: None,
            sequence: 0,
            place: Place::find(chunk, frame),
        };
        match incoming {
            Incoming::Event(event) => {
                if self.recent.seen(body) {
                    return;
                }
                let (event_name, state) = self.apply(&event, now);
                (received.event, received.state) = (Some(event_name), state);
                received.sequence = event.sequence;
                let missing =
                    event.known.is_some_and(EventName::tells_state) && event.now_state.is_none();
                self.emit(Emit::Received(received));
                if missing {
                    self.except(Fault::NoState {
                        event: event.name.into_owned(),
                    });
                }
                self.follow_up(event.known, now);
            }
            Incoming::Response(response) => {
                self.emit(Emit::Received(received));
                self.answered(&response, now);
            }
            Incoming::Other => self.emit(Emit::Received(received)),
        }
    }

    fn answered(&mut self, response: &Response<'_>, now: Now) {
        let found = self
            .pending
            .iter()
            .position(|p| p.sequence == response.sequence);
        let request = found.map(|at| self.pending.swap_remove(at)).map(|pending| {
            self.latency = Some(now.mono.saturating_sub(pending.sent));
            pending.request
        });
        if response.request == "heartbeat" {
            self.beat_unanswered = false;
            self.timers.clear(Timer::BeatLate);
        }
        if response.ok {
            return;
        }
        let message = response.message.as_deref().unwrap_or_default();
        self.except(Fault::Refused {
            message: message.to_owned(),
        });
        match request {
            // Asking again with the same password would only lock the account.
            Some("login") => self.auto_login = false,
            Some("reconnect") => self.login_anew(now),
            _ if vcall::token_refused(message) && self.auto_login => self.login_anew(now),
            _ => {}
        }
    }

    fn login_anew(&mut self, now: Now) {
        self.set_token(None);
        self.send(&Command::Login, now);
    }

    fn set_token(&mut self, token: Option<Secret>) {
        if self.saved.token != token {
            self.saved.token.clone_from(&token);
            self.outputs.push_back(Output::SaveToken(token));
        }
    }

    /// Applies an event; gives its name and the state it tells.
    fn apply(&mut self, event: &Event<'_>, now: Now) -> (String, Option<String>) {
        use EventName::*;
        match event.known {
            Some(Login | Reconnect) => self.logged_in(event),
            Some(Logout) => {
                self.logged_out(!vcall::keeps_token(&event.data));
                self.auto_login = false;
            }
            Some(Kick) => {
                self.logged_out(true);
                self.auto_login = false;
            }
            _ => {}
        }
        let state = vcall::state(event);
        let own = event
            .agent_number
            .text()
            .is_none_or(|n| n == self.config.credentials.agent_number);
        let time = event.event_time.unwrap_or(i64::MAX);
        let stale =
            own && state.is_some() && time < self.last_event_time && event.known != Some(Login);
        if stale {
            return (event.name.clone().into_owned(), None);
        }
        if own && state.is_some() && event.event_time.is_some() {
            self.last_event_time = time;
        }
        if let Some(text) = event.data.current_busy_type.text() {
            self.busy_type = text.into_owned();
        }
        if let Some(state) = &state {
            call::follow(&mut self.call, &mut self.wrap_up, event, state, now.mono);
            if *state != State::Told(Busy) {
                self.busy_type.clear();
            }
            if *state != State::Told(After) {
                self.timers.clear(Timer::AutoIdle);
            } else if let Some(seconds) = vcall::auto_idle_seconds(&event.data) {
                let until = now.mono + seconds * 1000;
                self.timers.set(Timer::AutoIdle, until);
                if let Some(wrap_up) = &mut self.wrap_up {
                    wrap_up.until = Some(until);
                }
            }
            self.become_state(state.clone(), now);
        }
        (
            event.name.clone().into_owned(),
            state.map(|s| s.as_str().to_owned()),
        )
    }

    /// What an event makes us send, after the page has been told of it.
    fn follow_up(&mut self, event: Option<EventName>, now: Now) {
        if matches!(event, Some(EventName::Login | EventName::Reconnect)) {
            self.timers.clear(Timer::Relogin);
            self.beat_unanswered = false;
            self.send(&Command::Heartbeat, now);
        }
    }

    fn logged_in(&mut self, event: &Event<'_>) {
        let data = &event.data;
        self.auto_login = true;
        self.last_event_time = 0;
        if let Some(token) = data.token.text().filter(|t| !t.is_empty()) {
            self.set_token(Some(Secret::from(token.into_owned())));
        }
        let text = |value: Value<'_>, other: Value<'_>| {
            value
                .text()
                .filter(|t| !t.is_empty())
                .or_else(|| other.text())
                .unwrap_or_default()
                .into_owned()
        };
        self.profile = Profile {
            supervisor: data.agent_type.number() == Some(1),
            busy_types: vcall::busy_types(&data.busy_type.text().unwrap_or_default()),
            may_call: data.agent_make_call.number() != Some(0),
            phone: PhoneProfile {
                host: text(data.register_sip_ip, Value::default()),
                domain: text(data.webrtc_domain, data.domain),
                account: text(data.webrtc_sip_id, data.sip_id),
                password: text(data.webrtc_sip_password, data.sip_password).into(),
            },
        };
        if !data.login_type.is_none() {
            data.login_type
                .raw()
                .clone_into(&mut self.config.credentials.login_type);
        }
    }

    fn logged_out(&mut self, forget: bool) {
        if forget {
            self.set_token(None);
        }
        self.call = None;
        self.wrap_up = None;
        for timer in [
            Timer::Beat,
            Timer::BeatLate,
            Timer::AutoIdle,
            Timer::Relogin,
        ] {
            self.timers.clear(timer);
        }
        self.pending.retain(|p| p.request != "heartbeat");
        self.beat_unanswered = false;
    }

    fn become_state(&mut self, state: State, now: Now) {
        if self.state != state {
            self.state = state;
            self.state_since = now.mono;
        }
    }

    // ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────

    fn timeout(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        if self.timers.take(Timer::Connect, now.mono) {
            self.abandon(
                Fault::ConnectTimeout {
                    url: self.config.url.clone(),
                },
                now,
            );
        }
        if self.timers.take(Timer::Retry, now.mono) {
            self.attempt(now);
        }
        match self
            .connection
            .as_mut()
            .and_then(|c| c.handle_timeout(now.mono))
        {
            Some(client::Due::HeartBeat) => self
                .outputs
                .push_back(Output::Send(client::HEART_BEAT.into())),
            Some(client::Due::Silent) => self.abandon(Fault::Silent, now),
            None => {}
        }
        if self.timers.take(Timer::BeatLate, now.mono) {
            // Where the broker shows that it lives, the silence is the platform's: another socket would not help.
            if self
                .connection
                .as_ref()
                .is_some_and(Connection::expects_beats)
            {
                self.except(Fault::CommandTimeout {
                    request: "heartbeat",
                });
            } else {
                self.abandon(Fault::Silent, now);
            }
        }
        if self.timers.take(Timer::Beat, now.mono) && self.is_login() {
            self.send(&Command::Heartbeat, now);
        }
        if self.may_auto_idle() && self.timers.take(Timer::AutoIdle, now.mono) {
            self.send(&Command::Idle, now);
        }
        if self.timers.take(Timer::Relogin, now.mono) && self.link.is_up() {
            self.send(&Command::Login, now);
        }
        while let Some(at) = self.pending.iter().position(|p| p.deadline <= now.mono) {
            let late = self.pending.swap_remove(at);
            match late.request {
                // A token that nobody knows any more is met with silence.
                "reconnect" => {
                    self.send(&Command::Login, now);
                }
                request => {
                    self.except(Fault::CommandTimeout { request });
                    if request == "login" && self.auto_login {
                        self.timers
                            .set(Timer::Relogin, now.mono + self.config.timeout);
                    }
                }
            }
        }
        Ok(None)
    }

    /// Wrap-up ends by itself only while the platform says that it is wrap-up; after an outage it is asked first.
    fn may_auto_idle(&self) -> bool {
        self.is_login() && self.state == State::Told(EventName::After)
    }

    fn emit(&mut self, emit: Emit) {
        self.outputs.push_back(Output::Emit(emit));
    }

    fn except(&mut self, fault: Fault) {
        self.emit(Emit::Exception(fault));
    }
}
