//! What a message is, and bytes to messages.

mod draft;
mod judge;
mod name;
mod values;

pub use draft::Draft;
pub(crate) use draft::{finished, put, started};
pub use judge::{Verdict, judge, validate};
pub use name::Name;
pub use values::{CSeq, NameAddr, Via, param, quoted};
pub(crate) use values::{is_all, number, span, split};

use std::fmt;
use values::{Pieces, is_token};

/// Why bytes are no message, or text is no URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Where: bytes from the start.
    pub offset: usize,
    /// What is wrong there.
    pub what: &'static str,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (byte {})", self.what, self.offset)
    }
}

impl std::error::Error for ParseError {}

/// The first line.
#[derive(Clone, Copy)]
enum Start<'a> {
    /// `version` with whatever blanks follow it, so that [`validate`] can refuse them.
    Request {
        method: &'a str,
        uri: &'a str,
        version: &'a str,
    },
    Response {
        version: &'a str,
        status: u16,
        reason: &'a str,
    },
}

/// A header line, with the lines that continue it.
struct Field<'a> {
    name: Name,
    written: &'a str,
    /// As it came, without blanks around it.
    raw: &'a str,
    /// Only where it was continued.
    unfolded: Option<Box<str>>,
}

impl Field<'_> {
    fn value(&self) -> &str {
        self.unfolded.as_deref().unwrap_or(self.raw)
    }
}

/// A message that borrows from the bytes it was read from. Values are taken apart when they are asked for.
pub struct Message<'a> {
    start: Start<'a>,
    fields: Vec<Field<'a>>,
    body: &'a [u8],
}

/// Most messages have fewer header lines than this.
const USUAL: usize = 32;

impl<'a> Message<'a> {
    /// Reads one message out of one WebSocket message or datagram. Line ends before it are skipped (RFC 3261 7.5).
    ///
    /// Only what cannot be understood at all is refused here; [`validate`] says what else is wrong. The body is what
    /// `Content-Length` says, and everything behind the headers where that is missing, no number or too much. Lines may end
    /// in LF alone, and the empty line may be missing where no body follows: messages of RFC 4475 and 5118 are like that.
    pub fn parse(bytes: &'a [u8]) -> Result<Message<'a>, ParseError> {
        let text = readable(bytes);
        let wrong = |offset, what| Err(ParseError { offset, what });
        let mut at = bytes.len() - trim_line_ends(bytes).len();
        let mut start: Option<Start<'a>> = None;
        let mut fields: Vec<Field<'a>> = Vec::with_capacity(USUAL);
        let (mut value_at, mut folded) = (0, false);
        let (start, body_at) = loop {
            let rest = text.get(at..).unwrap_or_default();
            let Some(feed) = rest.find('\n') else {
                match start {
                    Some(start) if at == bytes.len() && !fields.is_empty() => {
                        break (start, at);
                    }
                    None if at == bytes.len() => return wrong(at, "there is no message"),
                    _ if text.len() < bytes.len() => {
                        return wrong(text.len(), "the head is not UTF-8");
                    }
                    _ => return wrong(bytes.len(), "the message ends within its head"),
                }
            };
            let next = at + feed + 1;
            let line = match rest.as_bytes().get(..feed).unwrap_or_default() {
                [line @ .., b'\r'] => line,
                line => line,
            };
            let end = at + line.len();
            match (line.first(), start) {
                (None, Some(start)) => break (start, next),
                (_, None) => {
                    let line = text.get(at..end).unwrap_or_default();
                    match start_line(line) {
                        Ok(read) => start = Some(read),
                        Err(what) => return wrong(at, what),
                    }
                }
                (Some(b' ' | b'\t'), _) => match fields.last_mut() {
                    Some(last) => {
                        folded = true;
                        last.raw = text.get(value_at..end).unwrap_or_default();
                    }
                    None => return wrong(at, "the first header line starts with a blank"),
                },
                _ => {
                    let name_length = line.iter().take_while(|b| is_token(**b)).count();
                    let behind = line.get(name_length..).unwrap_or_default();
                    let blanks = behind.len() - trim_blanks(behind).len();
                    let colon = at + name_length + blanks;
                    if name_length == 0 || bytes.get(colon) != Some(&b':') {
                        return wrong(colon, "a header line has no name or no colon");
                    }
                    value_at = colon + 1;
                    let written = text.get(at..at + name_length).unwrap_or_default();
                    fields.push(Field {
                        name: Name::parse(written),
                        written,
                        raw: text.get(value_at..end).unwrap_or_default().trim_ascii(),
                        unfolded: None,
                    });
                }
            }
            at = next;
        };
        if folded {
            for field in &mut fields {
                field.raw = field.raw.trim_ascii();
                if field.raw.contains('\n') {
                    field.unfolded = Some(unfolded(field.raw));
                }
            }
        }
        let mut message = Message {
            start,
            fields,
            body: bytes.get(body_at..).unwrap_or_default(),
        };
        let length = message.header(Name::ContentLength).and_then(number);
        if let Some(body) = length.and_then(|length| message.body.get(..length as usize)) {
            message.body = body;
        }
        Ok(message)
    }

    /// The method of a request.
    pub fn method(&self) -> Option<&'a str> {
        match self.start {
            Start::Request { method, .. } => Some(method),
            Start::Response { .. } => None,
        }
    }

    /// The Request-URI.
    pub fn uri(&self) -> Option<&'a str> {
        match self.start {
            Start::Request { uri, .. } => Some(uri),
            Start::Response { .. } => None,
        }
    }

    /// The status of a response: three digits.
    pub fn status(&self) -> Option<u16> {
        match self.start {
            Start::Request { .. } => None,
            Start::Response { status, .. } => Some(status),
        }
    }

    /// What the status line of a response says behind the number.
    pub fn reason(&self) -> &'a str {
        match self.start {
            Start::Request { .. } => "",
            Start::Response { reason, .. } => reason,
        }
    }

    /// `SIP/2.0`, or what stands there instead.
    fn version(&self) -> &'a str {
        match self.start {
            Start::Request { version, .. } | Start::Response { version, .. } => version,
        }
    }

    fn lines(&self, name: Name) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(move |field| field.name == name)
    }

    /// The first header line of that name: unfolded, without blanks around it.
    pub fn header(&self, name: Name) -> Option<&str> {
        self.lines(name).next().map(Field::value)
    }

    /// The first header line of that name as it came, folds included: a stretch of the bytes that were read.
    pub fn raw(&self, name: Name) -> Option<&'a str> {
        self.lines(name).next().map(|field| field.raw)
    }

    /// As [`Message::header`] for a name that is not in the table, in any case.
    pub fn other(&self, name: &str) -> Option<&str> {
        let mut all = self.fields.iter();
        all.find(|field| field.written.eq_ignore_ascii_case(name))
            .map(Field::value)
    }

    /// All values of that name, in order: of every line, and of those that are lists every item.
    pub fn values(&self, name: Name) -> Vec<&str> {
        self.items(name, false)
    }

    /// The same, perhaps with the empty ones between two commas.
    fn items(&self, name: Name, empty: bool) -> Vec<&str> {
        let mut out = Vec::new();
        for field in self.lines(name) {
            if !name.is_list() {
                out.push(field.value());
                continue;
            }
            for item in Pieces::of(field.value(), b',') {
                if empty || !item.is_empty() {
                    out.push(item);
                }
            }
        }
        out
    }

    /// Every header line: its name as written, its value.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .map(|field| (field.written, field.value()))
    }

    /// How many header lines there are.
    pub fn count(&self) -> usize {
        self.fields.len()
    }

    /// Whether a list such as `Supported` has a word, in any case.
    pub fn has_token(&self, name: Name, token: &str) -> bool {
        let mut items = self.items(name, false).into_iter();
        items.any(|item| item.eq_ignore_ascii_case(token))
    }

    /// `Call-ID`, or nothing.
    pub fn call_id(&self) -> &str {
        self.header(Name::CallId).unwrap_or_default()
    }

    /// `CSeq`, where it is well-formed.
    pub fn cseq(&self) -> Option<CSeq<'_>> {
        self.header(Name::CSeq).and_then(CSeq::parse)
    }

    /// `From`, where it is well-formed.
    pub fn from(&self) -> Option<NameAddr<'_>> {
        self.address(Name::From)
    }

    /// `To`, where it is well-formed.
    pub fn to(&self) -> Option<NameAddr<'_>> {
        self.address(Name::To)
    }

    /// The first header line of that name as an address.
    pub(crate) fn address(&self, name: Name) -> Option<NameAddr<'_>> {
        self.header(name).and_then(NameAddr::parse)
    }

    /// The tag of `From` or `To`; nothing where it has none.
    pub(crate) fn tag(&self, name: Name) -> &str {
        let address = self.address(name);
        address
            .and_then(|address| address.tag())
            .unwrap_or_default()
    }

    /// The first value of `Via`, where it is well-formed.
    pub fn top_via(&self) -> Option<Via<'_>> {
        let line = self.header(Name::Via)?;
        Pieces::of(line, b',').next().and_then(Via::parse)
    }

    /// The body.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// The body as text; nothing where it is not UTF-8.
    pub fn body_text(&self) -> &'a str {
        std::str::from_utf8(self.body).unwrap_or_default()
    }
}

impl fmt::Debug for Message<'_> {
    /// Prints the kind and the names of the headers only: values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.start {
            Start::Request { method, .. } => f.write_str(method)?,
            Start::Response { status, .. } => write!(f, "{status}")?,
        }
        for field in &self.fields {
            write!(f, " {}", field.written)?;
        }
        write!(f, " {} B", self.body.len())
    }
}

/// What comes before the first byte that is not UTF-8. A body may be anything, so what counts is whether the head is in it.
pub(crate) fn readable(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(bad) => bytes
            .get(..bad.valid_up_to())
            .and_then(|good| std::str::from_utf8(good).ok())
            .unwrap_or_default(),
    }
}

/// Takes the first line apart. Blanks too many stay where they are, so that [`validate`] can refuse them.
fn start_line(line: &str) -> Result<Start<'_>, &'static str> {
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    if is_protocol(first) {
        let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
        return match number(code) {
            Some(status @ 100..=999) if code.len() == 3 => Ok(Start::Response {
                version: first,
                status: status as u16,
                reason,
            }),
            _ => Err("the status is not a number of three digits"),
        };
    }
    if !is_all(first, is_token) {
        return Err("the message starts with neither a method nor a SIP version");
    }
    let cut = rest.trim_ascii_end().rfind(' ').unwrap_or_default();
    let uri = rest.get(..cut).unwrap_or_default();
    let version = rest.get(cut + 1..).unwrap_or_default();
    if uri.is_empty() || !is_protocol(version) {
        return Err("the request line is not a method, a URI and a SIP version");
    }
    Ok(Start::Request {
        method: first,
        uri,
        version,
    })
}

/// Whether this is a version of SIP, of whatever number.
fn is_protocol(text: &str) -> bool {
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("SIP/"))
}

/// Without the line ends at the start.
fn trim_line_ends(mut bytes: &[u8]) -> &[u8] {
    while let [b'\r' | b'\n', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

/// Without the blanks at the start.
fn trim_blanks(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

/// One line out of several: a line end and the blanks around it count as one blank (RFC 3261 7.3.1).
fn unfolded(raw: &str) -> Box<str> {
    let mut out = String::with_capacity(raw.len());
    for line in raw.split('\n') {
        let line = line.trim_ascii();
        if !out.is_empty() && !line.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    out.into_boxed_str()
}
