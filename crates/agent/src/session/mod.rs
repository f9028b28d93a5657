//! One agent's session: link, login, state, call.
//!
//! Everything that happens comes in by [`Session::handle`]; everything to be done comes out of
//! [`Session::poll_output`]; [`Session::poll_timeout`] says when to come back without being called. The state changes
//! nowhere else.

mod call;
mod clock;
mod commanding;
mod hearing;
mod link;
mod linking;
mod profile;
mod queue;
mod recent;
mod requests;
mod roster;
mod shift;
mod snapshot;
mod timers;
mod timing;
mod wrapping;

pub use crate::call::{Call, Ivr, Second, Watching, WrapUp};
pub use link::{Link, routing_key};
pub use profile::{Group, PhoneProfile, Profile};
pub use queue::Queue;
pub use shift::{Next, Used};
pub use snapshot::PARTS;

use crate::command::{Command, MakeCall};
use crate::config::{Config, Credentials, Secret};
use crate::event::EventName;
use crate::fault::Fault;
use crate::rules::{self, Situation};
use crate::state::State;
use recent::Recent;
use std::collections::VecDeque;
use stomp::client::Connection;
use timers::{NEVER, Timer, Timers};

/// The time, read once for each call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds of a clock that never goes back.
    pub mono: u64,
    /// Milliseconds since 1970 by this machine, for sequence numbers and for noticing its sleep.
    pub wall: u64,
}

/// What outlives a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Where answers come; no secret.
    pub routing_key: String,
    /// The token of an earlier login.
    pub token: Option<Secret>,
    /// What [`Output::SaveClock`] gave to an earlier page of this tab.
    pub clock: Option<String>,
}

/// What happened.
#[derive(Debug)]
pub enum Input<'a> {
    /// The page wants a link; where there is one, a new one.
    Connect,
    /// The page wants to log in, with other credentials where some are given.
    Login(Option<(Credentials, Saved)>),
    /// The page or the agent asks for something. The platform judges it.
    Command(Command),
    /// As [`Input::Command`], but what is not allowed now is refused at once, and what becomes of the rest is told by one
    /// [`Emit::Settled`].
    Request(Command),
    /// Ask what the agents do again and again, `None`: no longer.
    Watch(Option<Watch>),
    /// What the agent wants to be when the present call and its wrap-up are over; `None`: whatever comes by itself. Where
    /// wrap-up has no end of its own it is asked for as soon as the call is over, without a call at once.
    Next(Option<Next>),
    /// The present wrap-up lasts so many ms longer; refused outside one.
    Extend(u64),
    /// The clock of the present wrap-up stops, or goes on. It goes on by itself after five minutes. To stop it outside a
    /// wrap-up is refused.
    Pause(bool),
    /// Somebody wants to see how many callers wait, or no longer: a platform that does not tell by itself is asked again
    /// and again meanwhile.
    Queue(bool),
    /// What the page's `credentials` gave; `None` where that failed.
    Credentials(Option<(Credentials, Saved)>),
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

/// How to ask what the agents do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Name and JSON value of what narrows the list.
    pub filter: Vec<(String, String)>,
    /// ms between two questions.
    pub interval: u64,
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
    /// Keep this for this tab, so that a reload does not restart the clocks; or forget it.
    SaveClock(Option<String>),
    /// Ask the page's `credentials`; [`Input::Credentials`] brings the answer.
    AskCredentials,
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
    /// What became of an [`Input::Request`]. Where an event says so it was told just before.
    Settled {
        /// The command's number.
        sequence: i64,
        /// Done, or why not.
        result: Result<(), Fault>,
    },
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
    /// The event, if we know its name.
    pub known: Option<EventName>,
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

/// A command whose answer has not come.
#[derive(Debug)]
struct Pending {
    sequence: i64,
    request: String,
    /// Which of this session's tokens it went out with.
    token: u32,
    sent: u64,
    deadline: u64,
}

/// See the module.
#[derive(Debug)]
pub struct Session {
    config: Config,
    saved: Saved,
    /// How often the token has changed.
    tokens: u32,
    userdata: Option<String>,
    link: link::LinkState,
    connection: Option<Connection>,
    /// Log in whenever the link opens. Off after a kick, a logout and a refused login: the agent decides then.
    auto_login: bool,
    /// The try by which the link came.
    came_by: u32,
    clock: clock::Clock,
    state: State,
    state_since: u64,
    /// What the platform told last, and since when it holds.
    told: Option<(State, u64)>,
    /// How long wrap-up lasted last, s.
    usual_wrap_up: Option<u64>,
    busy_type: String,
    phone_lost: bool,
    profile: Profile,
    calls: call::Calls,
    queues: queue::Queues,
    queue_shown: bool,
    shift: shift::Shift,
    roster: roster::Roster,
    watch: Option<Watch>,
    latency: Option<u64>,
    /// When the link brought something last, ms of the clock that never goes back.
    heard: u64,
    last_sequence: i64,
    last_event_time: i64,
    recent: Recent,
    pending: Vec<Pending>,
    waiting: Vec<requests::Waiting>,
    asking_credentials: bool,
    /// When the first heartbeat went out that has no answer yet, ms of the clock that never goes back.
    beat_unanswered: Option<u64>,
    timers: Timers,
    outbox: Vec<(bool, String)>,
    outputs: VecDeque<Output>,
}

impl Session {
    /// A session that has not started; [`Input::Connect`] starts it. `seed` varies the delays between tries.
    pub fn new(config: Config, saved: Saved, seed: u64) -> Result<Self, Fault> {
        config.check()?;
        let mut session = Session {
            config,
            saved,
            tokens: 0,
            userdata: None,
            link: link::LinkState::new(seed),
            connection: None,
            auto_login: true,
            came_by: 1,
            clock: clock::Clock::default(),
            state: State::Closed,
            state_since: 0,
            told: None,
            usual_wrap_up: None,
            busy_type: String::new(),
            phone_lost: false,
            profile: Profile::default(),
            calls: call::Calls::default(),
            queues: queue::Queues::default(),
            queue_shown: false,
            shift: shift::Shift::default(),
            roster: roster::Roster::default(),
            watch: None,
            latency: None,
            heard: 0,
            last_sequence: 0,
            last_event_time: 0,
            recent: Recent::default(),
            pending: Vec::new(),
            waiting: Vec::new(),
            asking_credentials: false,
            beat_unanswered: None,
            timers: Timers::default(),
            outbox: Vec::new(),
            outputs: VecDeque::new(),
        };
        session.read_clock();
        Ok(session)
    }

    /// Takes what happened. A command that goes out gives its sequence number, one that cannot an error.
    pub fn handle(&mut self, input: Input<'_>, now: Now) -> Result<Option<i64>, Fault> {
        let slept = self.clock.tick(now);
        // What a promise tells its caller is nobody else's business.
        let quiet = matches!(input, Input::Request(_));
        let result = match input {
            Input::Connect => self.connect(now),
            Input::Login(None) => self.login(now),
            Input::Login(Some((credentials, saved))) => self.login_as(credentials, saved, now),
            Input::Command(command) => self.command(command, now).map(Some),
            Input::Request(command) => self.request(command, now).map(Some),
            Input::Watch(watch) => self.watch(watch, now),
            Input::Next(next) => self.choose_next(next, now),
            Input::Extend(ms) => self.extend(ms),
            Input::Pause(stop) => self.pause(stop, now),
            Input::Queue(shown) => {
                self.show_queue(shown, now);
                Ok(None)
            }
            Input::Credentials(given) => self.credentials(given, now),
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
        if slept {
            self.probe(now);
        }
        self.flush(now);
        match &result {
            Err(Fault::NotConnected) if !quiet => self.except(Fault::NotConnected),
            Err(Fault::NotLoggedIn) if !quiet => self.except(Fault::NotLoggedIn),
            _ => {}
        }
        result
    }

    /// The next thing to do, or `None` until something happens.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to call [`Session::handle`] with [`Input::Timeout`], in ms of the clock that never goes back.
    pub fn poll_timeout(&self) -> Option<u64> {
        let held = (!self.may_auto_idle()).then_some(Timer::AutoIdle);
        let mut first = self.timers.next(held);
        let stomp = self.connection.as_ref().and_then(Connection::poll_timeout);
        first = first.min(stomp.unwrap_or(NEVER));
        for pending in &self.pending {
            first = first.min(pending.deadline);
        }
        for waiting in &self.waiting {
            first = first.min(waiting.deadline);
        }
        (first < NEVER).then_some(first)
    }

    /// The configuration; `credentials.login_type` follows what the platform says.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The link.
    pub fn link(&self) -> Link {
        self.link.view(self.timers.get(Timer::Retry))
    }

    /// The link is open, but the login that belongs to it is still under way by itself: the try by which the link came.
    pub fn signing_in(&self) -> Option<u32> {
        (self.timers.is_set(Timer::SignIn) && self.state == State::Connected)
            .then_some(self.came_by)
    }

    /// Since when the link is open, ms of the server's clock.
    pub fn up_since(&self) -> Option<u64> {
        self.link.up_since().map(|mono| self.clock.at(mono))
    }

    /// The agent's state.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Since when, ms of the server's clock.
    pub fn state_since(&self) -> u64 {
        self.state_since
    }

    /// The server's time, ms since 1970, at a moment of the clock that never goes back.
    pub fn server_time(&self, mono: u64) -> u64 {
        self.clock.at(mono)
    }

    /// Somebody else's words without the secrets that they may repeat.
    pub fn without_secrets(&self, words: &str) -> String {
        let (config, phone) = (&self.config, &self.profile.phone);
        let mut secrets = vec![
            &config.connect_password,
            &config.credentials.password,
            &phone.password,
        ];
        secrets.extend(&self.saved.token);
        let mut words = words.to_owned();
        for secret in secrets {
            // A shorter one is likely to stand there by chance.
            if secret.expose().len() > 3 {
                words = masked(&words, secret.expose());
            }
        }
        words
    }

    /// The server's clock less the one that never goes back, ms.
    pub fn server_offset(&self) -> i64 {
        self.clock.offset()
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
        self.calls.now.as_ref()
    }

    /// The call that was asked for here last, where nobody has talked in it and there was none since.
    pub fn made(&self) -> Option<&MakeCall> {
        self.calls.made()
    }

    /// The wrap-up of the last call.
    pub fn wrap_up(&self) -> Option<&WrapUp> {
        self.calls.last.as_ref()
    }

    /// What the agent wants to be when the call is over.
    pub fn next(&self) -> Option<&Next> {
        self.shift.next.as_ref()
    }

    /// Calls in a row that rang until they ended, since the agent talked or chose a state.
    pub fn missed(&self) -> u32 {
        self.shift.missed
    }

    /// How long the agent was not ready in this shift, by reason.
    pub fn used(&self) -> &[Used] {
        &self.shift.used
    }

    /// What the agent is doing, as far as commands are concerned.
    pub fn situation(&self) -> Situation {
        if self.is_login() {
            Situation::of(&self.state, self.call())
        } else {
            Situation::SignedOut
        }
    }

    /// Whether a request is allowed now, and if not, why; see [`rules::RULES`].
    pub fn allowed(&self, request: &str) -> Result<(), Fault> {
        self.check_feature(request)?;
        let (situation, call) = (self.situation(), self.call());
        rules::check(request, situation, call, self.profile.supervisor)
    }

    /// Why a request is not allowed now; `None`: it is.
    pub fn refusal(&self, request: &str) -> Option<Fault> {
        self.allowed(request).err()
    }

    fn check_feature(&self, request: &str) -> Result<(), Fault> {
        rules::check_feature(request, &self.config.off)
    }

    /// Takes the body of an answer to `surveillance` whose list was left out where it was received.
    pub fn keep_agents(&mut self, body: &str) {
        self.roster.keep(body);
    }

    /// The state of another agent, as far as the last `Surveillance` tells.
    pub fn agent_state(&self, number: &str) -> Option<String> {
        self.roster.state(number)
    }

    /// What is new of the agents since the last call: `{"changed":[…],"removed":[…]}`.
    pub fn agents_changed(&mut self) -> Option<String> {
        self.roster.difference()
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

/// A text with `***` wherever a secret stands in it.
fn masked(text: &str, secret: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = (0..=rest.len()).find_map(|at| {
        let behind = rest.get(at..)?.strip_prefix(secret)?;
        Some((rest.get(..at)?, behind))
    }) {
        out.push_str(before);
        out.push_str("***");
        rest = behind;
    }
    out.push_str(rest);
    out
}
