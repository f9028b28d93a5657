//! The sound of all calls: phones' audio is taken in by ICE and DTLS-SRTP, mixed for each listener and sent out again.
//!
//! A [`Mixer`] is a handle on one thread with one UDP socket. A *leg* is one phone in one call; its SDP is negotiated
//! by [`offer`](Mixer::offer), [`take_offer`](Mixer::take_offer) and [`take_answer`](Mixer::take_answer). Who takes
//! part in which call, and who hears whom, is told by a [`plan`]. [`heard`](Mixer::heard) measures in the samples who
//! really heard whom.
//!
//! * `plane` is the loop: socket, deadlines, and every 20 ms a frame for each leg.
//! * `leg` is one phone: str0m, jitter buffer, keys.
//! * `call` gives each party its voice and its ears, by `tone`, `echo` and `mix`, and counts for `hearing`.

mod call;
mod echo;
pub mod g711;
mod hearing;
mod jitter;
mod keys;
mod leg;
mod mix;
pub mod plan;
mod plane;
mod sdp;
mod tone;

use std::fmt;
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex, PoisonError, mpsc as blocking};
use std::thread;

use tokio::sync::{mpsc, oneshot};

pub use plan::{CallPlan, LegId, PlanParty, Sound};
use plane::{Command, Plane, Reply};

/// So much news may wait to be read. What comes when there is no room left is lost.
const WAITING_NEWS: usize = 1024;

/// Something that happened to a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The person at the phone pressed a key (RFC 4733).
    Key {
        /// The phone's leg.
        leg: LegId,
        /// `0` to `9`, `*`, `#`, `A` to `D`.
        digit: char,
    },
    /// Audio can flow: ICE and DTLS are done.
    Connected {
        /// The phone's leg.
        leg: LegId,
    },
    /// The phone has closed the connection or has been silent for most of a minute. The leg is gone.
    Gone {
        /// The leg that was.
        leg: LegId,
    },
}

/// Who heard whom in the last 500 ms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    /// Call, ear and mouth: sound of this mouth really reached this ear.
    pub pairs: Vec<(String, String, String)>,
    /// Call and party: those who have any audio here, heard or not.
    pub audio: Vec<(String, String)>,
}

/// Why a description was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaError {
    /// There is no audio in a codec of ours.
    NoCodec,
    /// The offer that this belongs to is not, or no longer, pending.
    Pending,
    /// It cannot be read or used. The text says why.
    Unreadable(String),
    /// The mixer's thread has ended.
    Ended,
}

impl MediaError {
    /// The SIP status that says so.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NoCodec => 488,
            Self::Pending => 491,
            Self::Unreadable(_) => 400,
            Self::Ended => 500,
        }
    }
}

impl fmt::Display for MediaError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCodec => {
                formatter.write_str("no audio in PCMU or PCMA was offered: enable one of them")
            }
            Self::Pending => formatter
                .write_str("another offer of this leg came between: wait a moment and offer again"),
            Self::Unreadable(why) => write!(
                formatter,
                "the session description cannot be used ({why}): send one as WebRTC makes it"
            ),
            Self::Ended => formatter.write_str("the mixer has ended: start the sandbox again"),
        }
    }
}

impl std::error::Error for MediaError {}

/// Access to the running mixer. Cheap to clone; when the last one is gone, the mixer ends.
#[derive(Debug, Clone)]
pub struct Mixer {
    commands: mpsc::UnboundedSender<Command>,
    address: Arc<Mutex<SocketAddr>>,
}

impl Mixer {
    /// Starts a mixer on a UDP address, which phones are told as it is. Port 0 takes a free one.
    ///
    /// # Errors
    /// If the address cannot be bound, or names no single interface that phones could send to.
    pub fn start(address: SocketAddr) -> io::Result<(Self, mpsc::Receiver<News>)> {
        let socket = bind(address)?;
        let address = socket.local_addr()?;
        let (commands, work) = mpsc::unbounded_channel();
        let (news, receiver) = mpsc::channel(WAITING_NEWS);
        let (ready, started) = blocking::channel();
        thread::Builder::new()
            .name("mixer".to_owned())
            .spawn(move || run(socket, news, work, &ready))?;
        started
            .recv()
            .unwrap_or_else(|_| Err(io::Error::other("the mixer's thread ended at its start")))?;
        let mixer = Self {
            commands,
            address: Arc::new(Mutex::new(address)),
        };
        Ok((mixer, receiver))
    }

    /// Where phones send to, as session descriptions say.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        *self.address.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes an offer: the first of a new leg, or another of an old one.
    ///
    /// After [`relocate`](Self::relocate) the offer of an old leg restarts ICE at the new address.
    ///
    /// # Errors
    /// [`MediaError::Pending`] while the leg's first offer waits for its answer.
    pub async fn offer(&self, leg: LegId) -> Result<String, MediaError> {
        self.ask(|reply| Command::Offer(leg, reply)).await
    }

    /// Takes the offer of a phone, for a new leg or an old one, and gives the answer.
    ///
    /// It wins over an offer of ours that waits for its answer, as long as that was not the leg's first.
    ///
    /// # Errors
    /// [`MediaError::NoCodec`], [`MediaError::Unreadable`]; [`MediaError::Pending`] while the leg's first offer waits
    /// for its answer. The leg stays as it was.
    pub async fn take_offer(&self, leg: LegId, sdp: String) -> Result<String, MediaError> {
        self.ask(|reply| Command::TakeOffer(leg, sdp, reply)).await
    }

    /// Takes the phone's answer to the leg's newest offer.
    ///
    /// # Errors
    /// [`MediaError::NoCodec`], [`MediaError::Unreadable`]; [`MediaError::Pending`] where no offer waits for it.
    pub async fn take_answer(&self, leg: LegId, sdp: String) -> Result<(), MediaError> {
        self.ask(|reply| Command::TakeAnswer(leg, sdp, reply)).await
    }

    /// Adds candidates that a phone sent after its description, each `candidate:…`. Those that cannot be used, such
    /// as host names, are left out: the phone is found by its own checks then.
    pub fn add_candidates(&self, leg: LegId, candidates: Vec<String>) {
        self.tell(Command::AddCandidates(leg, candidates));
    }

    /// Ends a leg. Its name must not be used again.
    pub fn remove(&self, leg: LegId) {
        self.tell(Command::Remove(leg));
    }

    /// Says which calls there are. Voices of parties that were there before go on where they are.
    pub fn plan(&self, calls: Vec<CallPlan>) {
        self.tell(Command::Plan(calls));
    }

    /// Who heard whom in the last 500 ms, measured in the samples.
    pub async fn heard(&self) -> Heard {
        let (reply, answer) = oneshot::channel();
        self.tell(Command::Heard(reply));
        answer.await.unwrap_or_default()
    }

    /// Moves to another UDP port and closes the old one: no audio flows until phones restart ICE.
    ///
    /// # Errors
    /// If no other port can be bound; nothing has moved then.
    pub async fn relocate(&self) -> io::Result<SocketAddr> {
        let mut address = self.address();
        address.set_port(0);
        let socket = bind(address)?;
        let (reply, answer) = oneshot::channel();
        self.tell(Command::Relocate(socket, reply));
        let moved = answer
            .await
            .unwrap_or_else(|_| Err(io::Error::other(MediaError::Ended)))?;
        *self.address.lock().unwrap_or_else(PoisonError::into_inner) = moved;
        Ok(moved)
    }

    /// Sends keys to a phone (RFC 4733), one after the other. What is no key is left out.
    pub fn press(&self, leg: LegId, keys: &str) {
        self.tell(Command::Press(leg, keys.to_owned()));
    }

    fn tell(&self, command: Command) {
        // The mixer outlives all its handles, so that this can only fail while the process ends.
        let _ = self.commands.send(command);
    }

    async fn ask<T>(&self, command: impl FnOnce(Reply<T>) -> Command) -> Result<T, MediaError> {
        let (reply, answer) = oneshot::channel();
        self.tell(command(reply));
        answer.await.unwrap_or(Err(MediaError::Ended))
    }
}

/// Binds a socket for use by a runtime.
fn bind(address: SocketAddr) -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind(address)?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// The mixer's thread. It has a runtime of its own, so that a busy server never makes a frame late.
fn run(
    socket: UdpSocket,
    news: mpsc::Sender<News>,
    work: mpsc::UnboundedReceiver<Command>,
    ready: &blocking::Sender<io::Result<()>>,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(why) => {
            // Whoever started the mixer waits for this.
            let _ = ready.send(Err(why));
            return;
        }
    };
    runtime.block_on(async {
        match Plane::new(socket, news) {
            Ok(plane) => {
                let _ = ready.send(Ok(()));
                plane.run(work).await;
            }
            Err(why) => {
                let _ = ready.send(Err(why));
            }
        }
    });
}
