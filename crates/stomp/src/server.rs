//! The server's end of a link.

use crate::beat::{self, Beat};
use crate::{Command, DecodeError, Decoder, EncodeError, Frame, Item, Limits, Version, Writer};
use std::collections::VecDeque;

/// What a client asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// `CONNECT` or `STOMP`; answer with [`Connection::accept`] or [`Connection::error`].
    Connect(Connect),
    /// `SUBSCRIBE`.
    Subscribe {
        /// Header `id`; a client of 1.0 may leave it out, then it is the destination.
        id: String,
        /// Header `destination`.
        destination: String,
    },
    /// `UNSUBSCRIBE`.
    Unsubscribe {
        /// Header `id`.
        id: String,
    },
    /// `SEND`.
    Send {
        /// Header `destination`.
        destination: String,
        /// All headers in their order.
        headers: Vec<(String, String)>,
        /// The body.
        body: Vec<u8>,
    },
    /// `ACK`, `NACK`, `BEGIN`, `COMMIT` or `ABORT`: read, and of no effect in a server without queues.
    Other(Command),
    /// `DISCONNECT`: the client is about to close.
    Disconnect,
    /// A frame that breaks the protocol. Answer with [`Connection::error`].
    Broken(String),
}

/// What a client says of itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Connect {
    /// Header `login`.
    pub login: String,
    /// Header `passcode`. Never printed.
    pub passcode: String,
    /// Header `host`, absent with a client of 1.0.
    pub host: Option<String>,
}

impl std::fmt::Debug for Connect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Connect {{ login: {:?}, passcode: ***, host: {:?} }}",
            self.login, self.host
        )
    }
}

/// What the clock asks for; see [`Connection::handle_timeout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Send [`HEART_BEAT`].
    HeartBeat,
    /// The client has been silent for twice the agreed interval.
    Silent,
}

/// The text of a heart-beat.
pub const HEART_BEAT: &str = "\n";

/// One client's link.
#[derive(Debug)]
pub struct Connection {
    decoder: Decoder,
    version: Version,
    offered: (u32, u32),
    beat: Option<Beat>,
    connected: bool,
    requests: VecDeque<(Request, Option<String>)>,
}

impl Connection {
    /// A link whose socket has just opened.
    pub fn new(limits: Limits) -> Self {
        Connection {
            decoder: Decoder::new(limits),
            version: Version::V12,
            offered: (0, 0),
            beat: None,
            connected: false,
            requests: VecDeque::new(),
        }
    }

    /// Takes what the socket received; then call [`Connection::poll`] until it gives `None`.
    pub fn handle(&mut self, bytes: &[u8], now: u64) {
        if let Some(beat) = &mut self.beat {
            beat.heard(now);
        }
        let mut frames = self.decoder.feed(bytes);
        loop {
            let mut agreed = None;
            match frames.next() {
                None => return,
                Some(Err(e)) => self.requests.push_back((broken(e), None)),
                Some(Ok(Item::EndOfLine)) => {}
                Some(Ok(Item::Frame(frame))) => {
                    let receipt = frame.header("receipt").map(|r| r.into_owned());
                    let request = if self.connected {
                        request(&frame)
                    } else {
                        match connect(&frame) {
                            Ok((version, beat, connect)) => {
                                (self.version, self.offered, self.connected) =
                                    (version, beat, true);
                                agreed = Some(version);
                                Request::Connect(connect)
                            }
                            Err(why) => Request::Broken(why),
                        }
                    };
                    self.requests.push_back((request, receipt));
                }
            }
            if let Some(version) = agreed {
                frames.set_version(version);
            }
        }
    }

    /// The next request, and the receipt it asks for: pass that to [`Connection::receipt`] when the request is done.
    pub fn poll(&mut self) -> Option<(Request, Option<String>)> {
        self.requests.pop_front()
    }

    /// The version that the client and we speak.
    pub fn version(&self) -> Version {
        self.version
    }

    /// `CONNECTED`. `heart_beat` is what we can send and what we want, in ms; the header is always there, because
    /// clients exist that fail without it.
    pub fn accept(
        &mut self,
        session: &str,
        server: &str,
        heart_beat: (u32, u32),
        now: u64,
    ) -> Result<String, EncodeError> {
        self.beat = Some(Beat::agree(heart_beat, self.offered, now));
        let mut w = Writer::new(self.version, Command::Connected);
        w.header("version", self.version.as_str())?
            .header("heart-beat", &format!("{},{}", heart_beat.0, heart_beat.1))?
            .header("session", session)?
            .header("server", server)?;
        Ok(ended(w.finish_text("", false)))
    }

    /// `MESSAGE` for a subscription, with further headers.
    pub fn message(
        &self,
        subscription: &str,
        destination: &str,
        message_id: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<String, EncodeError> {
        let mut w = Writer::new(self.version, Command::Message);
        w.header("subscription", subscription)?
            .header("destination", destination)?
            .header("message-id", message_id)?;
        for (name, value) in headers {
            w.header(name, value)?;
        }
        Ok(ended(w.finish_text(body, true)))
    }

    /// `RECEIPT`.
    pub fn receipt(&self, id: &str) -> Result<String, EncodeError> {
        let mut w = Writer::new(self.version, Command::Receipt);
        w.header("receipt-id", id)?;
        Ok(ended(w.finish_text("", false)))
    }

    /// `ERROR`. Close the link after it (spec, "ERROR").
    pub fn error(&self, message: &str, body: &str) -> Result<String, EncodeError> {
        let mut w = Writer::new(self.version, Command::Error);
        w.header("message", message)?
            .header("content-type", "text/plain")?
            .header("version", "1.0,1.1,1.2")?;
        Ok(ended(w.finish_text(body, true)))
    }

    /// Something was given to the socket: the next heart-beat can wait.
    pub fn sent(&mut self, now: u64) {
        if let Some(beat) = &mut self.beat {
            beat.sent(now);
        }
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

/// The line feed that RabbitMQ puts behind the NUL: clients exist that cut two characters off a frame's end.
fn ended(mut text: String) -> String {
    text.push('\n');
    text
}

fn broken(e: DecodeError) -> Request {
    Request::Broken(e.to_string())
}

type Hello = (Version, (u32, u32), Connect);

fn connect(frame: &Frame<'_>) -> Result<Hello, String> {
    if !matches!(frame.command(), Command::Connect | Command::Stomp) {
        return Err(format!("{} before CONNECT", frame.command().as_str()));
    }
    let text = |name| frame.header(name).map(|v| v.into_owned());
    let version = match frame.header("accept-version") {
        None => Version::V10,
        Some(offer) => offer
            .split(',')
            .filter_map(Version::parse)
            .max()
            .ok_or_else(|| "Supported protocol versions are 1.0,1.1,1.2".to_owned())?,
    };
    Ok((
        version,
        beat::parse(frame.header("heart-beat").as_deref()),
        Connect {
            login: text("login").unwrap_or_default(),
            passcode: text("passcode").unwrap_or_default(),
            host: text("host"),
        },
    ))
}

fn request(frame: &Frame<'_>) -> Request {
    let need = |name: &str| {
        frame.header(name).map(|v| v.into_owned()).ok_or_else(|| {
            Request::Broken(format!(
                "{} without header {name}",
                frame.command().as_str()
            ))
        })
    };
    let read = || {
        Ok(match frame.command() {
            Command::Subscribe => {
                let destination = need("destination")?;
                Request::Subscribe {
                    id: need("id").unwrap_or_else(|_| destination.clone()),
                    destination,
                }
            }
            Command::Unsubscribe => Request::Unsubscribe {
                id: need("id").or_else(|_| need("destination"))?,
            },
            Command::Send => Request::Send {
                destination: need("destination")?,
                headers: frame
                    .headers()
                    .map(|(n, v)| (n.into_owned(), v.into_owned()))
                    .collect(),
                body: frame.body().to_vec(),
            },
            Command::Disconnect => Request::Disconnect,
            c @ (Command::Ack
            | Command::Nack
            | Command::Begin
            | Command::Commit
            | Command::Abort) => Request::Other(c),
            c => {
                return Err(Request::Broken(format!(
                    "a client may not send {} here",
                    c.as_str()
                )));
            }
        })
    };
    read().unwrap_or_else(|broken| broken)
}
