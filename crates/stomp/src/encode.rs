//! Frames to bytes.

use crate::decode::find;
use crate::frame::{Command, Version};
use std::fmt;

/// A header that this version of the protocol cannot carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    /// The name of the header.
    pub header: String,
    /// Why it cannot be written.
    pub why: &'static str,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "header {:?} cannot be written: {}",
            self.header, self.why
        )
    }
}

impl std::error::Error for EncodeError {}

/// Writes one frame: command first, then headers, then the body.
///
/// ```
/// use stomp::{Command, Version, Writer};
/// let mut w = Writer::new(Version::V12, Command::Send);
/// w.header("destination", "/queue/a")?;
/// assert_eq!(w.finish(b"hi", true), b"SEND\ndestination:/queue/a\ncontent-length:2\n\nhi\0");
/// # Ok::<(), stomp::EncodeError>(())
/// ```
pub struct Writer {
    out: Vec<u8>,
    version: Version,
    escapes: bool,
}

impl Writer {
    /// Starts a frame in the rules of `version`.
    pub fn new(version: Version, command: Command) -> Self {
        let mut out = Vec::with_capacity(256);
        out.extend_from_slice(command.as_str().as_bytes());
        out.push(b'\n');
        Writer {
            out,
            version,
            escapes: command.escapes(version),
        }
    }

    /// Adds a header. Where the frame is not escaped (1.0, `CONNECT`, `CONNECTED`), a line feed in it, a colon in its
    /// name, and a CR at its end where lines may end in CR LF are refused: the peer would read something else.
    pub fn header(&mut self, name: &str, value: &str) -> Result<&mut Self, EncodeError> {
        let refuse = |why| {
            Err(EncodeError {
                header: name.into(),
                why,
            })
        };
        if name.is_empty() {
            return refuse("its name is empty");
        }
        if name.contains('\0') || value.contains('\0') {
            return refuse("a NUL would end the frame");
        }
        if !self.escapes {
            if name.contains(['\n', ':']) || value.contains('\n') {
                return refuse(
                    "this frame has no escapes for line feeds, nor for a colon in a name",
                );
            }
            if self.version == Version::V12 && value.ends_with('\r') {
                return refuse("a CR at the end would be read as part of the line's end");
            }
        }
        let start = self.out.len();
        self.escaped(name);
        self.out.push(b':');
        self.escaped(value);
        if self.out.len() - start > u32::MAX as usize {
            self.out.truncate(start);
            return refuse("it is over 4 GiB");
        }
        self.out.push(b'\n');
        Ok(self)
    }

    fn escaped(&mut self, text: &str) {
        if !self.escapes {
            self.out.extend_from_slice(text.as_bytes());
            return;
        }
        for b in text.bytes() {
            match b {
                b'\\' => self.out.extend_from_slice(b"\\\\"),
                b'\n' => self.out.extend_from_slice(b"\\n"),
                b':' => self.out.extend_from_slice(b"\\c"),
                // 1.1 has no escape for CR; there it is an ordinary character of a value.
                b'\r' if self.version == Version::V12 => self.out.extend_from_slice(b"\\r"),
                b => self.out.push(b),
            }
        }
    }

    /// Ends the frame with its body. `content_length` adds that header; without it the body must hold no NUL,
    /// so one that does gets the header all the same.
    pub fn finish(mut self, body: &[u8], content_length: bool) -> Vec<u8> {
        if content_length || find(0, body).is_some() {
            self.out.extend_from_slice(b"content-length:");
            self.out
                .extend_from_slice(body.len().to_string().as_bytes());
            self.out.push(b'\n');
        }
        self.out.push(b'\n');
        self.out.extend_from_slice(body);
        self.out.push(0);
        self.out
    }

    /// As [`Writer::finish`] for a body that is text, giving text: what a WebSocket text message wants.
    pub fn finish_text(self, body: &str, content_length: bool) -> String {
        // Everything written came from `str`, cut nowhere, so this never replaces a byte.
        String::from_utf8(self.finish(body.as_bytes(), content_length)).unwrap_or_default()
    }
}
