//! What a message is, and bytes to messages.

mod draft;
mod judge;
mod name;
mod values;

pub use draft::Draft;
pub(crate) use draft::{fill, filled, finished, put};
pub use judge::{Verdict, judge, validate};
pub use name::Name;
pub use values::{CSeq, Lines, NameAddr, Via, param, quoted};
pub(crate) use values::{
    Pieces, cut, decimal, halves, is_all, is_no_blank, line, number, position, span, split,
    unquoted, words,
};

use std::fmt;
use values::is_token;

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

/// The first line, with nothing in what it does not have.
#[derive(Clone, Copy, Default)]
struct Start<'a> {
    /// 0: it is a request's.
    status: u16,
    method: &'a str,
    uri: &'a str,
    /// With whatever blanks follow it in a request, so that [`validate`] can refuse them.
    version: &'a str,
    reason: &'a str,
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
        let mut message = Message {
            start: Start::default(),
            fields: Vec::with_capacity(USUAL),
            body: &[],
        };
        let mut at = bytes.len() - trim_line_ends(bytes).len();
        let (mut value_at, mut folded) = (0, false);
        loop {
            let rest = text.get(at..).unwrap_or_default();
            let begun = !message.start.version.is_empty();
            let Some(feed) = position(rest, b'\n') else {
                if at == bytes.len() && !message.fields.is_empty() {
                    break;
                }
                if at == bytes.len() && !begun {
                    return wrong(at, "there is no message");
                }
                if text.len() < bytes.len() {
                    return wrong(text.len(), "the head is not UTF-8");
                }
                return wrong(bytes.len(), "the message ends within its head");
            };
            let length = match rest.as_bytes().get(..feed) {
                Some([before @ .., b'\r']) => before.len(),
                _ => feed,
            };
            let line = split(rest, length).0;
            let (here, end) = (at, at + length);
            at += feed + 1;
            if !begun {
                match start_line(line) {
                    Ok(start) => message.start = start,
                    Err(what) => return wrong(here, what),
                }
            } else if line.is_empty() {
                break;
            } else if matches!(line.as_bytes(), [b' ' | b'\t', ..]) {
                let Some(last) = message.fields.last_mut() else {
                    return wrong(here, "the first header line starts with a blank");
                };
                folded = true;
                last.raw = text.get(value_at..end).unwrap_or_default();
            } else {
                let name = line.bytes().take_while(|byte| is_token(*byte)).count();
                let (written, behind) = split(line, name);
                let behind = trim_blanks(behind);
                let (colon, value) = split(behind, 1);
                if name == 0 || colon != ":" {
                    return wrong(end - behind.len(), "a header line has no name or no colon");
                }
                value_at = end - value.len();
                message.fields.push(Field {
                    name: Name::parse(written),
                    written,
                    raw: value.trim_ascii(),
                    unfolded: None,
                });
            }
        }
        if folded {
            for field in &mut message.fields {
                field.raw = field.raw.trim_ascii();
                if position(field.raw, b'\n').is_some() {
                    field.unfolded = Some(unfolded(field.raw));
                }
            }
        }
        message.body = bytes.get(at..).unwrap_or_default();
        let length = message.header(Name::ContentLength).and_then(number);
        if let Some(body) = length.and_then(|length| message.body.get(..length as usize)) {
            message.body = body;
        }
        Ok(message)
    }

    /// The method of a request.
    pub fn method(&self) -> Option<&'a str> {
        self.is_request().then_some(self.start.method)
    }

    /// The Request-URI.
    pub fn uri(&self) -> Option<&'a str> {
        self.is_request().then_some(self.start.uri)
    }

    /// The status of a response: three digits.
    pub fn status(&self) -> Option<u16> {
        (!self.is_request()).then_some(self.start.status)
    }

    fn is_request(&self) -> bool {
        self.start.status == 0
    }

    /// What the status line of a response says behind the number.
    pub fn reason(&self) -> &'a str {
        self.start.reason
    }

    /// `SIP/2.0`, or what stands there instead.
    fn version(&self) -> &'a str {
        self.start.version
    }

    fn lines(&self, name: Name) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(move |field| field.name == name)
    }

    /// The first header line of that name: unfolded, without blanks around it.
    pub fn header(&self, name: Name) -> Option<&str> {
        self.lines(name).next().map(Field::value)
    }

    /// The same; nothing where there is none.
    pub fn text(&self, name: Name) -> &str {
        self.header(name).unwrap_or_default()
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
        self.text(Name::CallId)
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
        match self.method() {
            Some(method) => f.write_str(method)?,
            None => write!(f, "{}", self.start.status)?,
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
    let mut start = Start::default();
    let (first, rest) = halves(line, b' ');
    if is_protocol(first) {
        let (code, reason) = halves(rest, b' ');
        start.version = first;
        start.reason = reason;
        start.status = match number(code) {
            Some(status @ 100..=999) if code.len() == 3 => status as u16,
            _ => return Err("the status is not a number of three digits"),
        };
        return Ok(start);
    }
    if !is_all(first, is_token) {
        return Err("the message starts with neither a method nor a SIP version");
    }
    let words = rest.trim_ascii_end().as_bytes();
    let cut = words.iter().rposition(|byte| *byte == b' ');
    let (uri, version) = split(rest, cut.unwrap_or_default());
    start.method = first;
    start.uri = uri;
    start.version = version.get(1..).unwrap_or_default();
    if uri.is_empty() || !is_protocol(start.version) {
        return Err("the request line is not a method, a URI and a SIP version");
    }
    Ok(start)
}

/// Whether this is a version of SIP, of whatever number.
fn is_protocol(text: &str) -> bool {
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("SIP/"))
}

/// Without the line ends at the start.
pub(crate) fn trim_line_ends(mut bytes: &[u8]) -> &[u8] {
    while let [b'\r' | b'\n', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

/// Without the blanks at the start.
fn trim_blanks(text: &str) -> &str {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    split(
        text,
        text.as_bytes()
            .iter()
            .take_while(|byte| blank(byte))
            .count(),
    )
    .1
}

/// One line out of several: a line end and the blanks around it count as one blank (RFC 3261 7.3.1).
fn unfolded(raw: &str) -> Box<str> {
    let mut out = String::with_capacity(raw.len());
    for line in Lines::of(raw) {
        let line = line.trim_ascii();
        if !out.is_empty() && !line.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    out.into_boxed_str()
}
