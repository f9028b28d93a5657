//! One agent's session: link, login, state, call.
//!
//! Everything that happens comes in by [`Session::handle`]; everything to be done comes out of
//! [`Session::poll_output`]; [`Session::poll_timeout`] says when to come back without being called. The state changes
//! nowhere else.

mod call;
mod commanding;
mod hearing;
mod link;
mod linking;
mod recent;
mod timers;
mod timing;

pub use call::{Call, WrapUp};
pub use link::{Link, routing_key};

use crate::command::Command;
use crate::config::{Config, Credentials, Secret};
use crate::fault::Fault;
use crate::state::State;
use recent::Recent;
use std::collections::VecDeque;
use stomp::client::Connection;
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

    fn emit(&mut self, emit: Emit) {
        self.outputs.push_back(Output::Emit(emit));
    }

    fn except(&mut self, fault: Fault) {
        self.emit(Emit::Exception(fault));
    }
}
