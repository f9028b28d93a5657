//! Bytes to frames.

use crate::frame::{Command, Frame, Version};
use memchr::memchr2;
use std::fmt;

/// What a peer may make us hold in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a whole frame. A longer one is skipped without being kept, and reported as [`Fault::TooLarge`].
    pub frame: usize,
    /// Bytes of command and headers together.
    pub head: usize,
}

impl Default for Limits {
    /// 8 MiB a frame, of which 64 KiB head.
    fn default() -> Self {
        Limits {
            frame: 8 << 20,
            head: 64 << 10,
        }
    }
}

/// What is wrong with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The first line is no command of STOMP.
    UnknownCommand,
    /// A header line without a colon, with nothing before it, or with a NUL in it.
    BadHeader,
    /// An escape that this version does not define (spec, "Value Encoding": treat as a fatal error).
    BadEscape,
    /// Command or headers are not UTF-8.
    NotUtf8,
    /// `content-length` is no number.
    BadContentLength,
    /// No NUL stands where `content-length` says that the body ends.
    MissingNul,
    /// The frame or its head is larger than the [`Limits`].
    TooLarge,
}

impl Fault {
    /// A sentence for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Fault::UnknownCommand => "the frame starts with no STOMP command",
            Fault::BadHeader => "a header line has no name or no colon",
            Fault::BadEscape => "a header has an escape that this STOMP version does not define",
            Fault::NotUtf8 => "the head of the frame is not UTF-8",
            Fault::BadContentLength => "content-length is not a number",
            Fault::MissingNul => "the body does not end where content-length says",
            Fault::TooLarge => "the frame is larger than allowed",
        }
    }
}

/// A frame that could not be read. The decoder goes on with the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong.
    pub fault: Fault,
    /// Where: bytes since the decoder was made.
    pub offset: u64,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (byte {})", self.fault.as_str(), self.offset)
    }
}

impl std::error::Error for DecodeError {}

/// What a stream is made of.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// A frame.
    Frame(Frame<'a>),
    /// An end of line between frames: a heart-beat, or the line feed that some servers put behind a frame.
    EndOfLine,
}

/// Cuts a stream of bytes into frames. Frames that lie whole in one chunk are not copied.
#[derive(Debug)]
pub struct Decoder {
    limits: Limits,
    version: Version,
    /// The start of a frame whose end has not come yet.
    pending: Vec<u8>,
    /// Bytes of `pending` that are known to hold no end of the frame.
    searched: usize,
    skip: Skip,
    offset: u64,
}

/// What is left of a frame that is not wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Skip {
    Nothing,
    /// So many bytes, then up to the next NUL.
    Bytes(u64),
}

impl Decoder {
    /// A decoder for a new link. It reads by the rules of 1.2 until [`Decoder::set_version`]:
    /// those accept what the first frame, which nobody escapes, may look like in any version.
    pub fn new(limits: Limits) -> Self {
        Decoder {
            limits,
            version: Version::V12,
            pending: Vec::new(),
            searched: 0,
            skip: Skip::Nothing,
            offset: 0,
        }
    }

    /// From now on frames are read by the rules of this version.
    pub fn set_version(&mut self, version: Version) {
        self.version = version;
    }

    /// Takes the next chunk. Read the result to its end; what is not read is kept for the next call.
    pub fn feed<'a>(&'a mut self, chunk: &'a [u8]) -> Frames<'a> {
        let whole = self.pending.is_empty();
        if !whole {
            self.pending.extend_from_slice(chunk);
        }
        Frames {
            decoder: self,
            chunk,
            whole,
            at: 0,
        }
    }

    /// Bytes of an unfinished frame.
    pub fn buffered(&self) -> usize {
        self.pending.len()
    }
}

/// The items of one chunk; see [`Decoder::feed`].
///
/// Each item borrows from this, so it is read with `while let` and not with `for`.
#[derive(Debug)]
pub struct Frames<'a> {
    decoder: &'a mut Decoder,
    chunk: &'a [u8],
    /// The chunk is read where it lies; else it was appended to `decoder.pending`.
    whole: bool,
    at: usize,
}

enum Step<'b> {
    Item {
        item: Item<'b>,
        used: usize,
    },
    Bad {
        fault: Fault,
        at: usize,
        used: usize,
        skip: u64,
    },
    More {
        searched: usize,
    },
}

impl Frames<'_> {
    /// The version agreed on in a frame just read counts for the rest of the chunk, too.
    pub fn set_version(&mut self, version: Version) {
        self.decoder.version = version;
    }

    /// The next item, a frame that could not be read, or `None` when the chunk is used up.
    #[allow(clippy::should_implement_trait)] // items borrow from the iterator
    pub fn next(&mut self) -> Option<Result<Item<'_>, DecodeError>> {
        self.pass_over();
        let d = &mut *self.decoder;
        let buf = if self.whole {
            self.chunk
        } else {
            d.pending.as_slice()
        };
        let rest = buf.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return None;
        }
        let start = d.offset + self.at as u64;
        match step(rest, d.version, d.limits, d.searched) {
            Step::Item { item, used } => {
                d.searched = 0;
                self.at += used;
                Some(Ok(item))
            }
            Step::Bad {
                fault,
                at,
                used,
                skip,
            } => {
                d.searched = 0;
                d.skip = Skip::Bytes(skip);
                self.at += used;
                Some(Err(DecodeError {
                    fault,
                    offset: start + at as u64,
                }))
            }
            Step::More { searched } => {
                d.searched = searched;
                None
            }
        }
    }

    /// Steps over the rest of a frame that was refused.
    fn pass_over(&mut self) {
        let d = &mut *self.decoder;
        let Skip::Bytes(count) = d.skip else { return };
        let buf = if self.whole {
            self.chunk
        } else {
            d.pending.as_slice()
        };
        let rest = buf.get(self.at..).unwrap_or_default();
        let jump = usize::try_from(count).unwrap_or(usize::MAX).min(rest.len());
        let behind = rest.get(jump..).unwrap_or_default();
        match find(0, behind) {
            Some(nul) => {
                self.at += jump + nul + 1;
                d.skip = Skip::Nothing;
            }
            None => {
                self.at += rest.len();
                d.skip = Skip::Bytes(count - jump as u64);
            }
        }
    }
}

impl Drop for Frames<'_> {
    fn drop(&mut self) {
        let d = &mut *self.decoder;
        d.offset += self.at as u64;
        if self.whole {
            d.pending
                .extend_from_slice(self.chunk.get(self.at..).unwrap_or_default());
        } else {
            d.pending.drain(..self.at.min(d.pending.len()));
        }
        if d.pending.is_empty() && d.pending.capacity() > 1 << 16 {
            d.pending = Vec::new();
        }
    }
}

/// Reads one item from the start of `buf`. `searched` bytes of it are known to hold no end of the frame.
fn step(buf: &[u8], version: Version, limits: Limits, searched: usize) -> Step<'_> {
    match buf {
        [b'\n', ..] => {
            return Step::Item {
                item: Item::EndOfLine,
                used: 1,
            };
        }
        [b'\r', b'\n', ..] => {
            return Step::Item {
                item: Item::EndOfLine,
                used: 2,
            };
        }
        [b'\r'] => return Step::More { searched: 0 },
        _ => {}
    }
    let (mut at, mut command, mut length, mut head_start) = (0, None, None, 0);
    let mut escapes = false;
    let bad = |fault, at, used| Step::Bad {
        fault,
        at,
        used,
        skip: 0,
    };
    // Lines up to the empty one.
    let head_end = loop {
        let rest = buf.get(at..).unwrap_or_default();
        let end = memchr2(b'\n', 0, rest);
        if at + end.unwrap_or(rest.len()) > limits.head {
            return bad(Fault::TooLarge, at, at);
        }
        let Some(lf) = end else {
            return Step::More { searched: 0 };
        };
        // A NUL always ends a frame, so one in the head means that the head was cut off.
        if rest.get(lf) == Some(&0) {
            let fault = if command.is_some() {
                Fault::BadHeader
            } else {
                Fault::UnknownCommand
            };
            return bad(fault, at, at);
        }
        let mut line = rest.get(..lf).unwrap_or_default();
        if version == Version::V12
            && let [l @ .., b'\r'] = line
        {
            line = l;
        }
        match command {
            None => {
                let Some(c) = Command::parse(line) else {
                    return bad(Fault::UnknownCommand, at, at);
                };
                command = Some(c);
                escapes = c.escapes(version);
                head_start = at + lf + 1;
            }
            Some(_) if line.is_empty() => break at,
            Some(_) => {
                match find(b':', line) {
                    None | Some(0) => return bad(Fault::BadHeader, at, at),
                    Some(_) => {}
                }
                if length.is_none()
                    && let Some(digits) = line.strip_prefix(b"content-length:")
                {
                    let Some(n) = number(digits) else {
                        return bad(Fault::BadContentLength, at, at);
                    };
                    length = Some(n);
                }
                if escapes && let Some(wrong) = bad_escape(line, version) {
                    return bad(Fault::BadEscape, at + wrong, at);
                }
            }
        }
        at += lf + 1;
    };
    let Some(command) = command else {
        return bad(Fault::UnknownCommand, 0, 0);
    };
    let crlf = buf.get(head_end) == Some(&b'\r');
    let body_start = head_end + if crlf { 2 } else { 1 };
    let rest = buf.get(body_start..).unwrap_or_default();
    let body = match length {
        Some(length) => {
            if body_start as u64 + length >= limits.frame as u64 {
                return Step::Bad {
                    fault: Fault::TooLarge,
                    at: 0,
                    used: body_start,
                    skip: length,
                };
            }
            let length = length as usize;
            match rest.get(length) {
                Some(0) => rest.get(..length).unwrap_or_default(),
                Some(_) => return bad(Fault::MissingNul, body_start + length, body_start),
                None => return Step::More { searched: 0 },
            }
        }
        None => {
            let from = searched.saturating_sub(body_start).min(rest.len());
            match find(0, rest.get(from..).unwrap_or_default()) {
                Some(nul) => rest.get(..from + nul).unwrap_or_default(),
                None if buf.len() > limits.frame => return bad(Fault::TooLarge, 0, buf.len()),
                None => {
                    return Step::More {
                        searched: buf.len(),
                    };
                }
            }
        }
    };
    let used = body_start + body.len() + 1;
    if used > limits.frame {
        return Step::Bad {
            fault: Fault::TooLarge,
            at: 0,
            used: used - 1,
            skip: 0,
        };
    }
    let head = buf.get(head_start..head_end).unwrap_or_default();
    match std::str::from_utf8(head) {
        Ok(head) => Step::Item {
            item: Item::Frame(Frame {
                command,
                version,
                head,
                body,
            }),
            used,
        },
        Err(e) => bad(Fault::NotUtf8, head_start + e.valid_up_to(), used - 1),
    }
}

/// A decimal number, blanks around it allowed. Over 2^63 it counts as none.
fn number(bytes: &[u8]) -> Option<u64> {
    let digits = bytes.trim_ascii();
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    digits.iter().try_fold(0, |n, b| {
        b.is_ascii_digit().then(|| n * 10 + u64::from(b - b'0'))
    })
}

/// The place of the first escape that this version does not know.
fn bad_escape(line: &[u8], version: Version) -> Option<usize> {
    let mut at = find(b'\\', line)?;
    loop {
        match line.get(at + 1) {
            Some(b'n' | b'c' | b'\\') => {}
            Some(b'r') if version == Version::V12 => {}
            _ => return Some(at),
        }
        at += 2;
        at += find(b'\\', line.get(at..)?)?;
    }
}

/// Where a byte stands first. Not inlined: the search is long, and many places use it.
#[inline(never)]
pub(crate) fn find(byte: u8, bytes: &[u8]) -> Option<usize> {
    memchr::memchr(byte, bytes)
}
