//! The loop of the mixer's thread: datagrams, deadlines, commands, and a frame every 20 ms.

use std::collections::HashMap;
use std::io;
use std::net::{SocketAddr, UdpSocket as PlainSocket};
use std::time::{Duration, Instant};

use str0m::net::{Protocol, Receive, Transmit};
use str0m::{Candidate, Input};
use tokio::net::UdpSocket;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep_until;

use super::call::Call;
use super::leg::Leg;
use super::mix::SILENCE;
use super::plan::{CallPlan, LegId};
use super::{Heard, MediaError, News};

/// How long a frame is.
const TICK: Duration = Duration::from_millis(20);
/// Frames that are later than this are left out, as after the machine has slept.
const TOO_LATE: Duration = Duration::from_secs(1);
/// How long is waited where there is nothing to wait for.
const IDLE: Duration = Duration::from_secs(3_600);
/// The longest datagram that is read.
const DATAGRAM: usize = 2_000;
/// So many datagrams are read before frames are looked after again.
const DATAGRAMS: usize = 256;

/// Where the result of a command goes.
pub(super) type Reply<T> = oneshot::Sender<Result<T, MediaError>>;

/// What the handle asks of the thread.
#[derive(Debug)]
pub(super) enum Command {
    Offer(LegId, Reply<String>),
    TakeOffer(LegId, String, Reply<String>),
    TakeAnswer(LegId, String, Reply<()>),
    AddCandidates(LegId, Vec<String>),
    Remove(LegId),
    Plan(Vec<CallPlan>),
    Heard(oneshot::Sender<Heard>),
    Relocate(PlainSocket, oneshot::Sender<io::Result<SocketAddr>>),
    Press(LegId, String),
}

/// What a leg sends to.
pub(super) struct Wire {
    socket: UdpSocket,
    candidate: Candidate,
    news: mpsc::Sender<News>,
}

impl Wire {
    fn new(socket: PlainSocket, news: mpsc::Sender<News>) -> io::Result<Self> {
        let address = socket.local_addr()?;
        let candidate = Candidate::host(address, "udp").map_err(|why| {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                format!(
                    "phones cannot be told to send to {address} ({why}): name one address of this machine"
                ),
            )
        })?;
        Ok(Self {
            socket: UdpSocket::from_std(socket)?,
            candidate,
            news,
        })
    }

    fn address(&self) -> SocketAddr {
        self.candidate.addr()
    }

    /// The address as phones are told.
    pub(super) fn candidate(&self) -> Candidate {
        self.candidate.clone()
    }

    /// Sends a datagram. Whether it has left: what is meant for the way from a closed address does not, and what
    /// finds the socket full is lost as on any network.
    pub(super) fn send(&self, transmit: &Transmit) -> bool {
        transmit.source == self.address()
            && self
                .socket
                .try_send_to(&transmit.contents, transmit.destination)
                .is_ok()
    }

    /// Tells whoever started the mixer.
    pub(super) fn tell(&self, news: News) {
        if let Err(mpsc::error::TrySendError::Full(news)) = self.news.try_send(news) {
            eprintln!("sandbox: nobody reads what the mixer tells, so that {news:?} was lost");
        }
    }
}

/// All legs and calls.
pub(super) struct Plane {
    wire: Wire,
    legs: HashMap<LegId, Leg>,
    /// From where each leg's datagrams have come.
    sources: HashMap<SocketAddr, LegId>,
    calls: Vec<Call>,
    /// No leg has anything to do before.
    due: Instant,
    /// When the next frame begins.
    tick: Instant,
}

impl Plane {
    /// Makes a plane without legs. Needs a runtime.
    pub(super) fn new(socket: PlainSocket, news: mpsc::Sender<News>) -> io::Result<Self> {
        let now = Instant::now();
        Ok(Self {
            wire: Wire::new(socket, news)?,
            legs: HashMap::new(),
            sources: HashMap::new(),
            calls: Vec::new(),
            due: now + IDLE,
            tick: now + TICK,
        })
    }

    /// Runs until all handles are gone.
    pub(super) async fn run(mut self, mut work: mpsc::UnboundedReceiver<Command>) {
        loop {
            let wake = if self.is_idle() {
                self.due
            } else {
                self.due.min(self.tick)
            };
            let command = tokio::select! {
                command = work.recv() => match command {
                    Some(command) => Some(command),
                    None => return,
                },
                _ = self.wire.socket.readable() => None,
                () = sleep_until(wake.into()) => None,
            };
            let was_idle = self.is_idle();
            if let Some(command) = command {
                self.obey(command);
            }
            self.receive();
            self.expire();
            if was_idle {
                self.tick = Instant::now() + TICK;
            } else {
                self.mix();
            }
        }
    }

    fn is_idle(&self) -> bool {
        self.legs.is_empty() && self.calls.is_empty()
    }

    fn obey(&mut self, command: Command) {
        let now = Instant::now();
        match command {
            Command::Offer(id, reply) => {
                let result = self.negotiate(id, now, |leg, wire| leg.offer(wire, now));
                answer(reply, result);
            }
            Command::TakeOffer(id, sdp, reply) => {
                let result = self.negotiate(id, now, |leg, wire| leg.take_offer(&sdp, wire, now));
                answer(reply, result);
            }
            Command::TakeAnswer(id, sdp, reply) => {
                let result = match self.legs.get_mut(&id) {
                    Some(leg) => leg.take_answer(&sdp, &self.wire, now),
                    None => Err(MediaError::Pending),
                };
                answer(reply, result);
            }
            Command::AddCandidates(id, candidates) => {
                if let Some(leg) = self.legs.get_mut(&id) {
                    leg.add_candidates(&candidates, &self.wire, now);
                }
            }
            Command::Remove(id) => self.remove(&id, now),
            Command::Plan(plans) => self.plan(plans),
            Command::Heard(reply) => answer(reply, self.heard()),
            Command::Relocate(socket, reply) => answer(reply, self.relocate(socket)),
            Command::Press(id, keys) => {
                if let Some(leg) = self.legs.get_mut(&id) {
                    leg.press(&keys);
                }
            }
        }
        self.look_after_deadlines(now);
    }

    /// Negotiates for a leg, which is made where there is none yet and it comes to an agreement.
    fn negotiate<T>(
        &mut self,
        id: LegId,
        now: Instant,
        work: impl FnOnce(&mut Leg, &Wire) -> Result<T, MediaError>,
    ) -> Result<T, MediaError> {
        if let Some(leg) = self.legs.get_mut(&id) {
            return work(leg, &self.wire);
        }
        let mut leg = Leg::new(id.clone(), &self.wire, now);
        let result = work(&mut leg, &self.wire)?;
        self.legs.insert(id, leg);
        Ok(result)
    }

    fn remove(&mut self, id: &LegId, now: Instant) {
        if let Some(mut leg) = self.legs.remove(id) {
            leg.close(&self.wire, now);
            self.sources.retain(|_, leg| leg != id);
        }
    }

    fn plan(&mut self, plans: Vec<CallPlan>) {
        let mut old = std::mem::take(&mut self.calls);
        for plan in plans {
            let call = match old.iter().position(|call| call.id() == plan.call_id) {
                Some(place) => {
                    let mut call = old.swap_remove(place);
                    call.change(plan);
                    call
                }
                None => Call::new(plan),
            };
            self.calls.push(call);
        }
    }

    fn heard(&self) -> Heard {
        let mut heard = Heard::default();
        for call in &self.calls {
            let id = call.id();
            let pairs = call
                .heard()
                .map(|(ear, mouth)| (id.to_owned(), ear.to_owned(), mouth.to_owned()));
            heard.pairs.extend(pairs);
            let audio = call.audible().map(|who| (id.to_owned(), who.to_owned()));
            heard.audio.extend(audio);
        }
        heard
    }

    fn relocate(&mut self, socket: PlainSocket) -> io::Result<SocketAddr> {
        // The old socket is closed by this.
        self.wire = Wire::new(socket, self.wire.news.clone())?;
        Ok(self.wire.address())
    }

    /// Reads what has come. Each datagram goes to the leg that its source is known for, else to the one that knows it
    /// by ICE.
    fn receive(&mut self) {
        let mut buffer = [0; DATAGRAM];
        for _ in 0..DATAGRAMS {
            let Ok((length, source)) = self.wire.socket.try_recv_from(&mut buffer) else {
                return;
            };
            let now = Instant::now();
            let address = self.wire.address();
            let datagram = &buffer[..length];
            let Ok(received) = Receive::new(Protocol::Udp, source, address, datagram) else {
                continue;
            };
            let input = Input::Receive(now, received);
            let known = self
                .sources
                .get(&source)
                .filter(|id| self.legs.get(*id).is_some_and(|leg| leg.accepts(&input)));
            let id = match known {
                Some(id) => id.clone(),
                None => match self.legs.iter().find(|(_, leg)| leg.accepts(&input)) {
                    Some((id, _)) => {
                        self.sources.insert(source, id.clone());
                        id.clone()
                    }
                    None => continue,
                },
            };
            if let Some(leg) = self.legs.get_mut(&id) {
                leg.handle(input, &self.wire, now);
                self.due = self.due.min(leg.due());
            }
        }
    }

    /// Lets legs do what is due.
    fn expire(&mut self) {
        let now = Instant::now();
        if now < self.due {
            return;
        }
        for leg in self.legs.values_mut() {
            if leg.due() <= now {
                leg.handle(Input::Timeout(now), &self.wire, now);
            }
        }
        self.look_after_deadlines(now);
    }

    /// Makes the frames whose time has come. A loop that was kept waiting makes up for it, so that nobody's clock
    /// falls behind.
    fn mix(&mut self) {
        let now = Instant::now();
        if now.saturating_duration_since(self.tick) > TOO_LATE {
            self.tick = now;
        }
        while self.tick <= now {
            self.frame(self.tick, now);
            self.tick += TICK;
        }
        self.look_after_deadlines(now);
    }

    /// Makes one frame.
    fn frame(&mut self, due: Instant, now: Instant) {
        let legs = &mut self.legs;
        for leg in legs.values_mut() {
            leg.begin();
        }
        for call in &mut self.calls {
            call.speak(|id| legs.get(id).map_or(SILENCE, Leg::said));
            call.listen(|id, frame| {
                if let Some(leg) = legs.get_mut(id) {
                    leg.hear(frame);
                }
            });
        }
        for leg in legs.values_mut() {
            leg.send(due, &self.wire, now);
        }
        for call in &mut self.calls {
            call.record(|id| legs.get(id).is_some_and(Leg::reached));
        }
        for leg in legs.values_mut() {
            leg.end();
        }
    }

    /// Removes legs whose phones have gone, and finds the next deadline of the others.
    fn look_after_deadlines(&mut self, now: Instant) {
        let gone: Vec<LegId> = self
            .legs
            .iter()
            .filter(|(_, leg)| leg.is_over(now))
            .map(|(id, _)| id.clone())
            .collect();
        for id in gone {
            self.remove(&id, now);
            self.wire.tell(News::Gone { leg: id });
        }
        let idle = now + IDLE;
        self.due = self.legs.values().map(Leg::due).fold(idle, Instant::min);
    }
}

/// Sends a result back. Whoever asked may have gone away meanwhile.
fn answer<T>(reply: oneshot::Sender<T>, result: T) {
    let _ = reply.send(result);
}
