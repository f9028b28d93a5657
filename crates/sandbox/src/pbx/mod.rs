//! The pbx: phones register and call by SIP over WebSocket, and the center rings agents' phones through it.
//!
//! * `exchange` is the pbx itself, without I/O. It owns an `account` for each phone, with the user agent that is our
//!   end of its connection; the `registrar` says who may bind one; a `line` is a call between us and a phone.
//! * `orders` is what the center wants of agents' phones; `plain` are calls that phones make by themselves, and
//!   `transfer` what becomes of those that are handed over.
//! * `socket` serves one connection, and `measured` lays over the control's state what the mixer has heard.
//!
//! One task drives the exchange and carries out what it wants, one thing after the other; everybody else talks to it
//! through a [`Handle`].

mod account;
mod address;
mod exchange;
mod line;
mod measured;
mod orders;
mod plain;
mod registrar;
mod reply;
mod socket;
mod transfer;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

use crate::actor;
use crate::center::PhoneOrder;
use crate::mixer::{CallPlan, Mixer, News};
use exchange::{Described, Exchange, Media, Output};
use socket::{Connection, WAITING_MESSAGES};

pub use socket::serve;

/// The sub-protocol of SIP over WebSocket (RFC 7118 section 4).
pub const SUB_PROTOCOL: &str = "sip";

/// What the pbx is given to do.
enum Work {
    Opened(u64, mpsc::Sender<String>),
    Received(u64, Vec<u8>),
    Closed(u64),
    Order(String, PhoneOrder),
    /// What the center's calls sound like from now on.
    Plan(Vec<CallPlan>),
    /// The plain calls, for the control.
    Calls(oneshot::Sender<Vec<Value>>),
    Reset,
}

/// Access to the running pbx. Cheap to clone.
#[derive(Clone)]
pub struct Handle {
    work: mpsc::UnboundedSender<Work>,
    mixer: Mixer,
    connections: Arc<AtomicU64>,
}

impl Handle {
    /// A new connection, bound to nobody.
    fn connect(&self) -> Connection {
        let link = self.connections.fetch_add(1, Ordering::Relaxed);
        let (sender, texts) = mpsc::channel(WAITING_MESSAGES);
        self.give(Work::Opened(link, sender));
        Connection {
            pbx: self.clone(),
            link,
            texts,
        }
    }

    fn received(&self, link: u64, bytes: Vec<u8>) {
        self.give(Work::Received(link, bytes));
    }

    fn closed(&self, link: u64) {
        self.give(Work::Closed(link));
    }

    /// Has something done with an agent's phone.
    pub fn order(&self, agent: String, order: PhoneOrder) {
        self.give(Work::Order(agent, order));
    }

    /// Says what the center's calls sound like from now on.
    pub fn plan(&self, calls: Vec<CallPlan>) {
        self.give(Work::Plan(calls));
    }

    /// Ends the calls that phones have made by themselves.
    pub fn reset(&self) {
        self.give(Work::Reset);
    }

    /// Moves the mixer to another UDP port, so that no audio flows until phones look for a new way.
    ///
    /// # Errors
    /// If no other port can be had.
    pub async fn move_media(&self) -> io::Result<()> {
        self.mixer.relocate().await.map(|_| ())
    }

    /// The center's state with the calls that phones have made by themselves, and with who hears whom as the mixer
    /// has heard it.
    pub async fn shown(&self, mut state: Value) -> Value {
        let (answer, answered) = oneshot::channel();
        self.give(Work::Calls(answer));
        let plain = answered.await.unwrap_or_default();
        if let Some(calls) = state.get_mut("calls").and_then(Value::as_array_mut) {
            calls.extend(plain);
        }
        measured::as_heard(&mut state, &self.mixer.heard().await);
        state
    }

    fn give(&self, work: Work) {
        // The pbx outlives all its handles, so that this can only fail while the process ends.
        let _ = self.work.send(work);
    }
}

/// The pbx before it runs: the center has to know the handle first, and the pbx the center.
pub struct Pbx {
    exchange: Exchange,
    work: mpsc::UnboundedReceiver<Work>,
    mixer: Mixer,
    news: mpsc::Receiver<News>,
    texts: BTreeMap<u64, mpsc::Sender<String>>,
    center_plan: Vec<CallPlan>,
    started: Instant,
}

impl Pbx {
    /// A pbx at which nobody is registered, with the mixer that makes its calls sound. The seed decides identifiers and
    /// the challenges of the registrar.
    #[must_use]
    pub fn new(seed: u64, mixer: Mixer, news: mpsc::Receiver<News>) -> (Self, Handle) {
        let (sender, work) = mpsc::unbounded_channel();
        let handle = Handle {
            work: sender,
            mixer: mixer.clone(),
            connections: Arc::default(),
        };
        let pbx = Self {
            exchange: Exchange::new(seed),
            work,
            mixer,
            news,
            texts: BTreeMap::new(),
            center_plan: Vec::new(),
            started: Instant::now(),
        };
        (pbx, handle)
    }

    /// Runs until the last handle is gone.
    pub async fn run(mut self, center: actor::Handle) {
        loop {
            let due = self.exchange.poll_timeout();
            tokio::select! {
                work = self.work.recv() => match work {
                    Some(work) => self.take(work),
                    None => return,
                },
                Some(news) = self.news.recv() => self.take_news(&news),
                () = until(self.started, due) => {
                    let now = self.now();
                    self.exchange.handle_timeout(now);
                }
            }
            while let Some(output) = self.exchange.poll_output() {
                self.carry_out(output, &center).await;
            }
        }
    }

    /// ms since the start: the clock that the exchange is given.
    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn take(&mut self, work: Work) {
        let now = self.now();
        match work {
            Work::Opened(link, sender) => {
                self.texts.insert(link, sender);
                self.exchange.opened(link);
            }
            Work::Received(link, bytes) => self.exchange.received(link, &bytes, now),
            Work::Closed(link) => {
                self.texts.remove(&link);
                self.exchange.closed(link, now);
            }
            Work::Order(agent, order) => self.exchange.order(&agent, order, now),
            Work::Plan(calls) => {
                self.center_plan = calls;
                self.tell_mixer();
            }
            Work::Calls(answer) => {
                // Whoever asked may have gone away meanwhile.
                let _ = answer.send(self.exchange.calls());
            }
            Work::Reset => self.exchange.reset(now),
        }
    }

    fn take_news(&mut self, news: &News) {
        let now = self.now();
        match news {
            News::Key { leg, digit } => self.exchange.key(leg, *digit, now),
            News::Gone { leg } => self.exchange.silent(leg, now),
            News::Connected { .. } => {}
        }
    }

    async fn carry_out(&mut self, output: Output, center: &actor::Handle) {
        match output {
            Output::Send(link, text) => {
                let sent = self
                    .texts
                    .get(&link)
                    .is_some_and(|texts| texts.try_send(text).is_ok());
                if !sent {
                    // Too slow, or gone already: without its sender the connection ends.
                    self.texts.remove(&link);
                }
            }
            Output::Close(link) => {
                self.texts.remove(&link);
            }
            Output::News(agent, news) => center.phone(agent.to_owned(), news).await,
            Output::Media(media) => self.ask_mixer(media).await,
            Output::Plan => self.tell_mixer(),
        }
    }

    fn tell_mixer(&self) {
        let mut calls = self.center_plan.clone();
        calls.extend(self.exchange.plans());
        self.mixer.plan(calls);
    }

    async fn ask_mixer(&mut self, media: Media) {
        let (key, result) = match media {
            Media::Offer(key, leg) => {
                let offer = self.mixer.offer(leg).await;
                (key, offer.map(Described::Offer))
            }
            Media::Answer(key, leg, sdp) => {
                let answer = self.mixer.take_offer(leg, sdp).await;
                (key, answer.map(Described::Answer))
            }
            Media::Conclude(key, leg, sdp) => {
                let taken = self.mixer.take_answer(leg, sdp).await;
                (key, taken.map(|()| Described::Taken))
            }
            Media::Candidates(leg, candidates) => {
                self.mixer.add_candidates(leg, candidates);
                return;
            }
            Media::Press(leg, keys) => {
                self.mixer.press(leg, &keys);
                return;
            }
            Media::Remove(leg) => {
                self.mixer.remove(leg);
                return;
            }
        };
        if let Err(why) = &result {
            eprintln!("sandbox: a phone's audio cannot be set up: {why}");
        }
        let now = self.now();
        self.exchange
            .described(key, result.map_err(|why| why.status()), now);
    }
}

/// Waits until so many ms after the start; for ever without a time.
async fn until(started: Instant, due: Option<u64>) {
    match due {
        Some(due) => sleep_until(started + Duration::from_millis(due)).await,
        None => std::future::pending().await,
    }
}
