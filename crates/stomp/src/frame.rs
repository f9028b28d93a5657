//! What a frame is: a command, headers in the order they came, a body.

use std::borrow::Cow;
use std::fmt;

/// A version of the protocol. What differs: escapes in headers, CR before LF, heart-beats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// STOMP 1.0: headers are not escaped, no heart-beats.
    V10,
    /// STOMP 1.1: `\n`, `\c` and `\\` in headers.
    V11,
    /// STOMP 1.2: also `\r`, and lines may end in CR LF.
    V12,
}

impl Version {
    /// The text used in `version` and `accept-version`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Version::V10 => "1.0",
            Version::V11 => "1.1",
            Version::V12 => "1.2",
        }
    }

    /// The name that a WebSocket offers as its sub-protocol.
    pub const fn sub_protocol(self) -> &'static str {
        match self {
            Version::V10 => "v10.stomp",
            Version::V11 => "v11.stomp",
            Version::V12 => "v12.stomp",
        }
    }

    /// Reads one version; text that names none gives `None`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "1.0" => Some(Version::V10),
            "1.1" => Some(Version::V11),
            "1.2" => Some(Version::V12),
            _ => None,
        }
    }
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The command of a frame.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command { $($(#[$doc])* $name,)* }

        impl Command {
            /// Every command of the three versions.
            pub const ALL: &[Command] = &[$(Command::$name,)*];

            /// The command as it stands on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Command::$name => $text,)* }
            }

            pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
                Self::ALL.iter().copied().find(|command| command.as_str().as_bytes() == bytes)
            }
        }
    };
}

// The commands that a client reads most come first: they are compared in this order.
commands! {
    /// A message for a subscription.
    Message = "MESSAGE",
    /// A message to a destination.
    Send = "SEND",
    /// The server has processed a frame that asked for a receipt.
    Receipt = "RECEIPT",
    /// The server refuses; it closes the link after this frame.
    Error = "ERROR",
    /// The answer to `CONNECT`.
    Connected = "CONNECTED",
    /// Opens a session.
    Connect = "CONNECT",
    /// `CONNECT` under the name that 1.1 added.
    Stomp = "STOMP",
    /// Asks for the messages of a destination.
    Subscribe = "SUBSCRIBE",
    /// Ends a subscription.
    Unsubscribe = "UNSUBSCRIBE",
    /// A message was consumed.
    Ack = "ACK",
    /// A message was not consumed.
    Nack = "NACK",
    /// Starts a transaction.
    Begin = "BEGIN",
    /// Ends a transaction.
    Commit = "COMMIT",
    /// Rolls a transaction back.
    Abort = "ABORT",
    /// Ends a session.
    Disconnect = "DISCONNECT",
}

impl Command {
    /// `CONNECT` and `CONNECTED` are never escaped, so that 1.0 peers can read them (spec, "Value Encoding").
    pub(crate) const fn escapes(self, version: Version) -> bool {
        !matches!(
            (self, version),
            (Command::Connect | Command::Connected, _) | (_, Version::V10)
        )
    }
}

/// A frame that borrows from the bytes it was read from. Headers are decoded when they are asked for.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub(crate) command: Command,
    pub(crate) version: Version,
    pub(crate) head: &'a str,
    pub(crate) body: &'a [u8],
}

impl<'a> Frame<'a> {
    /// The command.
    pub fn command(&self) -> Command {
        self.command
    }

    /// The body: every byte of it, NULs included where there was a `content-length`.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// The headers as they came: a line each, with their escapes.
    pub fn raw_head(&self) -> &'a str {
        self.head
    }

    /// The body as text, or the offset of the first byte that is not UTF-8.
    pub fn text(&self) -> Result<&'a str, usize> {
        std::str::from_utf8(self.body).map_err(|e| e.valid_up_to())
    }

    /// The headers in the order they came, repeated ones included.
    pub fn headers(&self) -> Headers<'a> {
        Headers {
            rest: self.head,
            escapes: self.command.escapes(self.version),
            strip_cr: self.version == Version::V12,
        }
    }

    /// The value of a header. Of repeated ones the first counts (spec, "Repeated Header Entries").
    pub fn header(&self, name: &str) -> Option<Cow<'a, str>> {
        self.headers().find(|(n, _)| n == name).map(|(_, v)| v)
    }
}

impl fmt::Debug for Frame<'_> {
    /// Prints command and header names only: values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[", self.command.as_str())?;
        for (i, (name, _)) in self.headers().enumerate() {
            write!(f, "{}{name}", if i == 0 { "" } else { " " })?;
        }
        write!(f, "] {} B", self.body.len())
    }
}

/// Iterator over the headers of a frame: names and values, unescaped.
#[derive(Clone)]
pub struct Headers<'a> {
    rest: &'a str,
    escapes: bool,
    strip_cr: bool,
}

impl<'a> Iterator for Headers<'a> {
    type Item = (Cow<'a, str>, Cow<'a, str>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        let line = if self.strip_cr {
            line.strip_suffix('\r').unwrap_or(line)
        } else {
            line
        };
        // The decoder has made sure that there is a colon.
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        Some(if self.escapes {
            (unescape(name), unescape(value))
        } else {
            (name.into(), value.into())
        })
    }
}

/// Undoes `\r`, `\n`, `\c` and `\\`. The decoder has refused every other escape before.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        if c == '\\' && !escaped {
            escaped = true;
            continue;
        }
        out.push(match c {
            'r' if escaped => '\r',
            'n' if escaped => '\n',
            'c' if escaped => ':',
            c => c,
        });
        escaped = false;
    }
    if escaped {
        out.push('\\');
    }
    Cow::Owned(out)
}
