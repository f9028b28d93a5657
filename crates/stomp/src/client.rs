//! The client's end of a link.

use crate::beat::{self, Beat};
use crate::{Command, DecodeError, Decoder, EncodeError, Frame, Item, Limits, Version, Writer};
use std::fmt;

/// What a client says of itself in `CONNECT`.
#[derive(Clone)]
pub struct Config {
    /// Header `login`.
    pub login: String,
    /// Header `passcode`. Never printed.
    pub passcode: String,
    /// Header `host`: the virtual host.
    pub host: String,
    /// Heart-beats offered, in ms: what we can send, what we want to receive.
    pub heart_beat: (u32, u32),
    /// What the peer may make us hold.
    pub limits: Limits,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("login", &self.login)
            .field("passcode", &"***")
            .field("host", &self.host)
            .field("heart_beat", &self.heart_beat)
            .finish_non_exhaustive()
    }
}

/// What came from the server.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// The session is open.
    Connected(Frame<'a>),
    /// A message for one of our subscriptions.
    Message(Frame<'a>),
    /// The server has processed a frame that carried `receipt`; the frame's `receipt-id` says which.
    Receipt(Frame<'a>),
    /// The server refuses and will close the link. Its words are in the header `message` and in the body.
    Error(Frame<'a>),
    /// A frame that could not be read, or one that no server may send. The link goes on.
    Broken(DecodeError),
}

/// What the clock asks for; see [`Connection::handle_timeout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Send [`HEART_BEAT`].
    HeartBeat,
    /// Nothing came for twice the agreed interval: abandon the socket, do not wait for its closing handshake.
    Silent,
}

/// The text of a heart-beat.
pub const HEART_BEAT: &str = "\n";

/// One link, from the socket's opening to its end. Make a new one for the next socket.
#[derive(Debug)]
pub struct Connection {
    config: Config,
    decoder: Decoder,
    version: Version,
    beat: Option<Beat>,
}

impl Connection {
    /// The sub-protocols to offer with the WebSocket, best first.
    pub const SUB_PROTOCOLS: [&'static str; 3] = ["v12.stomp", "v11.stomp", "v10.stomp"];

    /// A link whose socket is about to open.
    pub fn new(config: Config) -> Self {
        let decoder = Decoder::new(config.limits);
        Connection {
            config,
            decoder,
            version: Version::V12,
            beat: None,
        }
    }

    /// The first frame: `CONNECT` with login, passcode, host, accept-version and heart-beat, in this order.
    pub fn connect(&self) -> Result<String, EncodeError> {
        let (send, want) = self.config.heart_beat;
        let mut w = Writer::new(Version::V12, Command::Connect);
        w.header("login", &self.config.login)?
            .header("passcode", &self.config.passcode)?
            .header("host", &self.config.host)?
            .header("accept-version", "1.2,1.1,1.0")?
            .header(
                "heart-beat",
                &[send.to_string(), want.to_string()].join(","),
            )?;
        Ok(w.finish_text("", false))
    }

    /// Takes what the socket received (text as its UTF-8 bytes, or binary) and hands each event to `sink`.
    pub fn handle(&mut self, bytes: &[u8], now: u64, mut sink: impl FnMut(Event<'_>)) {
        if let Some(beat) = &mut self.beat {
            beat.heard(now);
        }
        let mut frames = self.decoder.feed(bytes);
        loop {
            let mut agreed = None;
            match frames.next() {
                None => return,
                Some(Err(e)) => sink(Event::Broken(e)),
                Some(Ok(Item::EndOfLine)) => {}
                Some(Ok(Item::Frame(frame))) => match frame.command() {
                    Command::Message => sink(Event::Message(frame)),
                    Command::Receipt => sink(Event::Receipt(frame)),
                    Command::Error => sink(Event::Error(frame)),
                    Command::Connected => {
                        // No `version`: a server of 1.0 (spec, "Protocol Negotiation").
                        let version = frame
                            .header("version")
                            .and_then(|v| Version::parse(&v))
                            .unwrap_or(Version::V10);
                        let theirs = beat::parse(frame.header("heart-beat").as_deref());
                        self.version = version;
                        self.beat = Some(Beat::agree(self.config.heart_beat, theirs, now));
                        agreed = Some(version);
                        sink(Event::Connected(frame));
                    }
                    // Frames that only clients send: nothing to do with them.
                    _ => {}
                },
            }
            if let Some(version) = agreed {
                frames.set_version(version);
            }
        }
    }

    /// `SUBSCRIBE`.
    pub fn subscribe(&self, id: &str, destination: &str) -> Result<String, EncodeError> {
        let mut w = Writer::new(self.version, Command::Subscribe);
        w.header("id", id)?.header("destination", destination)?;
        Ok(w.finish_text("", false))
    }

    /// `SEND` with the given headers in their order, then `destination` and `content-length`.
    pub fn send(
        &self,
        headers: &[(&str, &str)],
        destination: &str,
        body: &str,
    ) -> Result<String, EncodeError> {
        let mut w = Writer::new(self.version, Command::Send);
        for (name, value) in headers {
            w.header(name, value)?;
        }
        w.header("destination", destination)?;
        Ok(w.finish_text(body, true))
    }

    /// `DISCONNECT`, without a receipt.
    pub fn disconnect(&self) -> String {
        Writer::new(self.version, Command::Disconnect).finish_text("", false)
    }

    /// Something was given to the socket: the next heart-beat can wait.
    pub fn sent(&mut self, now: u64) {
        if let Some(beat) = &mut self.beat {
            beat.sent(now);
        }
    }

    /// Whether the server promised heart-beats: if not, silence means nothing.
    pub fn expects_beats(&self) -> bool {
        self.beat.is_some_and(|b| b.expected() > 0)
    }

    /// When to call [`Connection::handle_timeout`] next, in ms of the caller's clock.
    pub fn poll_timeout(&self) -> Option<u64> {
        self.beat.as_ref()?.timeout()
    }

    /// What is due now. A heart-beat counts as sent with this call.
    pub fn handle_timeout(&mut self, now: u64) -> Option<Due> {
        let beat = self.beat.as_mut()?;
        Some(match beat.due(now)? {
            beat::Due::Silent => Due::Silent,
            beat::Due::Send => {
                beat.sent(now);
                Due::HeartBeat
            }
        })
    }
}
