//! Reading and writing the JSON of the wire.
//!
//! Reading borrows: a value is the slice of the text that holds it, checked against the grammar of RFC 8259 and
//! decoded when it is asked for. What a page wants as an object is made by the browser's own `JSON.parse`.

use std::borrow::Cow;

/// Arrays and objects inside each other: more is refused, so that no text can exhaust the stack.
const DEPTH: usize = 64;

/// The place, in bytes, where a text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadJson {
    /// Offset in bytes.
    pub offset: usize,
}

/// One JSON value, as it stands in the text. The default is "absent".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Value<'a>(&'a str);

impl<'a> Value<'a> {
    /// Checks a whole text.
    pub fn parse(text: &'a str) -> Result<Self, BadJson> {
        let mut reader = Reader::new(text);
        let value = reader.value()?;
        reader.end()?;
        Ok(value)
    }

    /// The text of the value as it came; empty when absent.
    pub fn raw(self) -> &'a str {
        self.0
    }

    /// Absent and `null` are the same to us.
    pub fn is_none(self) -> bool {
        self.0.is_empty() || self.0 == "null"
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.0.starts_with('{')
    }

    /// A string's content; a number or `true` counts as its text. Absent, `null`, objects and arrays give `None`.
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self.0.as_bytes().first()? {
            b'"' => Some(unescape(self.0.get(1..self.0.len() - 1)?)),
            b'{' | b'[' | b'n' => None,
            _ => Some(Cow::Borrowed(self.0)),
        }
    }

    /// A whole number, written as a number or as a string. A fraction is cut off; an exponent counts, since Java
    /// writes large doubles with one.
    pub fn number(self) -> Option<i64> {
        let text = self
            .0
            .strip_prefix('"')
            .and_then(|t| t.strip_suffix('"'))
            .unwrap_or(self.0)
            .trim();
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let digits = text.as_bytes();
        let (digits, exponent) = match digits.iter().position(|b| matches!(b, b'e' | b'E')) {
            Some(at) => (digits.get(..at)?, text.get(at + 1..)?.parse().ok()?),
            None => (digits, 0),
        };
        let point = digits.iter().position(|b| *b == b'.');
        let whole = point.unwrap_or(digits.len());
        if whole == 0 {
            return None;
        }
        // How many digits stand before the point.
        let mut left = i64::try_from(whole).ok()?.checked_add(exponent)?;
        let mut n: i64 = 0;
        for (at, b) in digits.iter().enumerate() {
            if Some(at) == point {
                continue;
            }
            if !b.is_ascii_digit() {
                return None;
            }
            if left > 0 {
                n = append(n, b - b'0')?;
                left -= 1;
            }
        }
        while left > 0 && n > 0 {
            n = append(n, 0)?;
            left -= 1;
        }
        Some(if negative { -n } else { n })
    }

    /// As [`Value::number`], of what is not negative.
    pub fn unsigned(self) -> Option<u64> {
        u64::try_from(self.number()?).ok()
    }

    /// As [`Value::text`], empty where there is none.
    pub fn string(self) -> String {
        self.text().unwrap_or_default().into_owned()
    }

    /// The members of an object; of anything else, none.
    pub fn members(self) -> Members<'a> {
        let mut reader = Reader::new(self.0);
        reader.open(b'{');
        Members(reader)
    }

    /// The member of an object with this name. Of repeated ones the last counts, as in JavaScript.
    pub fn get(self, name: &str) -> Value<'a> {
        self.members()
            .filter(|(n, _)| n.text().is_some_and(|t| t == name))
            .last()
            .map(|(_, v)| v)
            .unwrap_or_default()
    }

    /// The items of an array; of anything else, none.
    pub fn items(self) -> Items<'a> {
        let mut reader = Reader::new(self.0);
        reader.open(b'[');
        Items(reader)
    }
}

/// A number with one more digit at its end.
fn append(n: i64, digit: u8) -> Option<i64> {
    // A product that is checked as such would take 128 bits.
    if n > i64::MAX / 10 {
        return None;
    }
    (n * 10).checked_add(i64::from(digit))
}

/// Iterator over name and value of an object's members.
#[derive(Clone, Debug)]
pub struct Members<'a>(Reader<'a>);

impl<'a> Iterator for Members<'a> {
    type Item = (Value<'a>, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.member().ok().flatten()
    }
}

/// Iterator over an array's items.
#[derive(Clone, Debug)]
pub struct Items<'a>(Reader<'a>);

impl<'a> Iterator for Items<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.item().ok().flatten()
    }
}

/// Walks a text from left to right.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Behind an opening bracket no comma stands before the next member.
    first: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Reader {
            text,
            bytes: text.as_bytes(),
            at: 0,
            first: true,
        }
    }

    fn bad<T>(&self) -> Result<T, BadJson> {
        Err(BadJson {
            offset: self.at.min(self.bytes.len()),
        })
    }

    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    /// Steps into an object or array; on anything else it is at its end.
    pub(crate) fn open(&mut self, bracket: u8) -> bool {
        self.first = true;
        if self.peek() == Some(bracket) {
            self.at += 1;
            true
        } else {
            self.at = self.bytes.len();
            false
        }
    }

    /// Nothing but blanks may follow.
    pub(crate) fn end(&mut self) -> Result<(), BadJson> {
        if self.peek().is_some() {
            self.bad()
        } else {
            Ok(())
        }
    }

    /// The next member of the object we are in, or `None` behind its closing bracket.
    #[inline]
    pub(crate) fn member(&mut self) -> Result<Option<(Value<'a>, Value<'a>)>, BadJson> {
        let Some(name) = self.name()? else {
            return Ok(None);
        };
        let value = self.value()?;
        Ok(Some((name, value)))
    }

    /// The next member's name, with the reader in front of its value; or `None` behind the closing bracket.
    #[inline]
    pub(crate) fn name(&mut self) -> Result<Option<Value<'a>>, BadJson> {
        match self.peek() {
            Some(b'}') => {
                self.at += 1;
                self.first = false;
                return Ok(None);
            }
            Some(b',') if !self.first => {
                self.at += 1;
                if self.peek() != Some(b'"') {
                    return self.bad();
                }
            }
            Some(b'"') if self.first => {}
            _ => return self.bad(),
        }
        self.first = false;
        let from = self.at;
        self.string()?;
        let name = self.slice(from);
        if self.peek() != Some(b':') {
            return self.bad();
        }
        self.at += 1;
        Ok(Some(name))
    }

    fn item(&mut self) -> Result<Option<Value<'a>>, BadJson> {
        match self.peek() {
            Some(b']') => {
                self.at += 1;
                return Ok(None);
            }
            Some(b',') if !self.first => self.at += 1,
            Some(_) if self.first => {}
            _ => return self.bad(),
        }
        self.first = false;
        self.value().map(Some)
    }

    fn slice(&self, from: usize) -> Value<'a> {
        Value(self.text.get(from..self.at).unwrap_or_default())
    }

    /// Whether the next value starts with this byte.
    pub(crate) fn next_is(&mut self, first: u8) -> bool {
        self.peek() == Some(first)
    }

    /// The next value, checked.
    #[inline]
    pub(crate) fn value(&mut self) -> Result<Value<'a>, BadJson> {
        self.peek();
        let from = self.at;
        self.skip(0)?;
        Ok(self.slice(from))
    }

    fn skip(&mut self, depth: usize) -> Result<(), BadJson> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'{') => self.nest(depth, b'}'),
            Some(b'[') => self.nest(depth, b']'),
            Some(b't') => self.word(b"true"),
            Some(b'f') => self.word(b"false"),
            Some(b'n') => self.word(b"null"),
            Some(b'-' | b'0'..=b'9') => self.digits(),
            _ => self.bad(),
        }
    }

    fn nest(&mut self, depth: usize, close: u8) -> Result<(), BadJson> {
        if depth == DEPTH {
            return self.bad();
        }
        self.at += 1;
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(());
        }
        loop {
            if close == b'}' {
                if self.peek() != Some(b'"') {
                    return self.bad();
                }
                self.string()?;
                if self.peek() != Some(b':') {
                    return self.bad();
                }
                self.at += 1;
            }
            self.skip(depth + 1)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b) if b == close => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return self.bad(),
            }
        }
    }

    fn word(&mut self, word: &[u8]) -> Result<(), BadJson> {
        if self
            .bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            self.at += word.len();
            Ok(())
        } else {
            self.bad()
        }
    }

    fn some_digits(&mut self) -> Result<(), BadJson> {
        let from = self.at;
        while matches!(self.bytes.get(self.at), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == from { self.bad() } else { Ok(()) }
    }

    fn digits(&mut self) -> Result<(), BadJson> {
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        if self.bytes.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.some_digits()?;
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.some_digits()?;
        }
        Ok(())
    }

    /// Steps over a string; `at` is on its opening quote.
    #[inline]
    fn string(&mut self) -> Result<(), BadJson> {
        self.at += 1;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let plain = plain(rest);
            self.at += plain;
            match rest.get(plain) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => match rest.get(plain + 1) {
                    Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
                    Some(b'u')
                        if rest
                            .get(plain + 2..plain + 6)
                            .is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit)) =>
                    {
                        self.at += 6;
                    }
                    _ => return self.bad(),
                },
                _ => return self.bad(),
            }
        }
    }
}

/// How many bytes from the start need no thought: no quote, no backslash, no control character.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);
    let mut at = 0;
    for chunk in bytes.as_chunks::<8>().0 {
        let word = u64::from_le_bytes(*chunk);
        // The usual test for a zero byte, of the word with each wanted byte made zero; then one for bytes below 0x20.
        let zero = |w: u64| w.wrapping_sub(ONES) & !w & HIGHS;
        let hits = zero(word ^ (ONES * b'"' as u64))
            | zero(word ^ (ONES * b'\\' as u64))
            | (word.wrapping_sub(ONES * 0x20) & !word & HIGHS);
        if hits != 0 {
            // A borrow can only mark bytes above the first true hit.
            return at + (hits.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let tail = bytes.get(at..).unwrap_or_default();
    at + tail
        .iter()
        .position(|b| matches!(b, b'"' | b'\\' | 0..0x20))
        .unwrap_or(tail.len())
}

/// The content of a string whose escapes are known to be well formed.
fn unescape(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'\\', text.as_bytes()) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(text.get(..first).unwrap_or_default());
    let mut rest = text.get(first..).unwrap_or_default();
    while let Some(c) = rest.chars().next() {
        let mut used = c.len_utf8();
        if c == '\\' {
            used = 2;
            match rest.as_bytes().get(1) {
                Some(b'u') => {
                    let (decoded, length) = unicode(rest);
                    out.push(decoded);
                    used = length;
                }
                Some(b'b') => out.push('\u{8}'),
                Some(b'f') => out.push('\u{c}'),
                Some(b'n') => out.push('\n'),
                Some(b'r') => out.push('\r'),
                Some(b't') => out.push('\t'),
                Some(other) => out.push(char::from(*other)),
                None => used = 1,
            }
        } else {
            out.push(c);
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    Cow::Owned(out)
}

/// `\uXXXX`, or a surrogate pair of two; a lone surrogate becomes U+FFFD, as text in Rust cannot hold it.
fn unicode(text: &str) -> (char, usize) {
    let unit = |at: usize| {
        text.get(at..at + 4)
            .and_then(|h| u32::from_str_radix(h, 16).ok())
    };
    let Some(high) = unit(2) else {
        return (char::REPLACEMENT_CHARACTER, text.len());
    };
    if (0xd800..0xdc00).contains(&high)
        && text.get(6..8) == Some("\\u")
        && let Some(low @ 0xdc00..0xe000) = unit(8)
    {
        let joined = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        return (
            char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER),
            12,
        );
    }
    (
        char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER),
        6,
    )
}

/// Writes one object, member by member, compactly.
#[derive(Debug)]
pub struct Object(String);

impl Default for Object {
    fn default() -> Self {
        Self::new()
    }
}

impl Object {
    /// An object without members.
    pub fn new() -> Self {
        Object(String::from("{"))
    }

    fn name(&mut self, name: &str) -> &mut Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        quote(&mut self.0, name);
        self.0.push(':');
        self
    }

    /// Adds a string.
    pub fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.name(name);
        quote(&mut self.0, value);
        self
    }

    /// Adds a whole number.
    pub fn number(&mut self, name: &str, value: i64) -> &mut Self {
        let digits = value.to_string();
        self.raw(name, &digits)
    }

    /// Adds a value that is JSON already.
    pub fn raw(&mut self, name: &str, json: &str) -> &mut Self {
        self.name(name);
        self.0.push_str(json);
        self
    }

    /// The text of the object.
    pub fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// Appends a JSON string.
pub fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' => {
                out.push_str("\\u00");
                for digit in [c as u32 >> 4, c as u32 & 15] {
                    out.push(char::from_digit(digit, 16).unwrap_or('0'));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
