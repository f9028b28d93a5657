//! What stands in headers: lists, parameters, names with addresses.

/// The pieces of a text between separators outside of quotes and of `<…>`, without blanks around them.
pub(crate) struct Pieces<'a> {
    rest: Option<&'a str>,
    by: u8,
}

impl<'a> Pieces<'a> {
    pub(crate) fn of(text: &'a str, by: u8) -> Self {
        Pieces {
            rest: Some(text),
            by,
        }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    #[inline(never)] // many ask
    fn next(&mut self) -> Option<&'a str> {
        let (piece, rest) = cut(self.rest?, self.by);
        self.rest = rest.get(1..);
        Some(piece.trim_ascii())
    }
}

/// What stands before the first such byte outside of quotes and of `<…>`, and the rest from there on.
#[inline(never)] // many ask
pub(crate) fn cut(text: &str, wanted: u8) -> (&str, &str) {
    let (mut quoted, mut inside, mut escaped) = (false, false, false);
    let is_end = |byte| {
        if escaped {
            escaped = false;
        } else if quoted {
            escaped = byte == b'\\';
            quoted = byte != b'"';
        } else if byte == wanted && !inside {
            return true;
        } else {
            match byte {
                b'"' => quoted = true,
                b'<' => inside = true,
                b'>' => inside = false,
                _ => {}
            }
        }
        false
    };
    let end = text.bytes().position(is_end);
    split(text, end.unwrap_or(text.len()))
}

/// Where the first such byte is.
#[inline(never)] // many ask
pub(crate) fn position(text: &str, wanted: u8) -> Option<usize> {
    text.bytes().position(|byte| byte == wanted)
}

/// What stands before the first such byte, and what follows it; all and nothing where there is none.
pub(crate) fn halves(text: &str, by: u8) -> (&str, &str) {
    let (first, rest) = split(text, position(text, by).unwrap_or(text.len()));
    (first, rest.get(1..).unwrap_or_default())
}

/// The first line with its end, and the rest.
pub(crate) fn line(text: &str) -> (&str, &str) {
    split(text, position(text, b'\n').map_or(text.len(), |at| at + 1))
}

/// The lines of a text, which end in LF or in CR LF.
pub struct Lines<'a>(&'a str);

impl<'a> Lines<'a> {
    /// Begins with the first line.
    pub fn of(text: &'a str) -> Self {
        Lines(text)
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    #[inline(never)] // many ask
    fn next(&mut self) -> Option<&'a str> {
        if self.0.is_empty() {
            return None;
        }
        let (first, rest) = line(self.0);
        self.0 = rest;
        let first = first.strip_suffix('\n').unwrap_or(first);
        Some(first.strip_suffix('\r').unwrap_or(first))
    }
}

/// What stands before a place, and the rest from there on.
pub(crate) fn split(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// What a text starts with of one sort of bytes, and the rest.
#[inline(never)] // many ask
pub(crate) fn span(text: &str, good: fn(u8) -> bool) -> (&str, &str) {
    let end = text.bytes().position(|byte| !good(byte));
    split(text, end.unwrap_or(text.len()))
}

/// Whether a text is of one sort of bytes, and not empty.
pub(crate) fn is_all(text: &str, good: fn(u8) -> bool) -> bool {
    !text.is_empty() && span(text, good).1.is_empty()
}

/// The value of a parameter in text such as `;a=b;c`: without its quotes, and nothing where it is a mere word.
pub fn param<'a>(params: &'a str, name: &str) -> Option<&'a str> {
    Pieces::of(params, b';').find_map(|piece| {
        let (word, value) = halves(piece, b'=');
        let value = value.trim_ascii();
        let bare = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
        word.trim_ascii_end()
            .eq_ignore_ascii_case(name)
            .then_some(bare.unwrap_or(value))
    })
}

/// Text as a quoted string, quotes included: for display names and parameters.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// What stands between blanks.
pub(crate) fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_ascii_start();
    while !rest.is_empty() {
        let (word, behind) = span(rest, is_no_blank);
        words.push(word);
        rest = behind.trim_ascii_start();
    }
    words
}

/// Text without the quotes round it and the escapes between them, where it has quotes.
pub(crate) fn unquoted(text: &str) -> String {
    let Some(inside) = text.strip_prefix('"') else {
        return text.to_owned();
    };
    let mut out = String::new();
    let mut chars = inside.chars();
    while let Some(mut c) = chars.next() {
        match c {
            '"' => break,
            '\\' => c = chars.next().unwrap_or(c),
            _ => {}
        }
        out.push(c);
    }
    out
}

/// A decimal number and nothing else.
pub(crate) fn number(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    let mut sum = 0u32;
    for byte in text.bytes() {
        let digit = char::from(byte).to_digit(10)?;
        sum = sum.checked_mul(10)?.checked_add(digit)?;
    }
    Some(sum)
}

/// The same the other way round.
pub(crate) fn decimal(number: u64) -> String {
    let mut unit = 1;
    while number / unit >= 10 {
        unit *= 10;
    }
    let mut digits = String::new();
    while unit > 0 {
        digits.push(char::from(b'0' + (number / unit % 10) as u8));
        unit /= 10;
    }
    digits
}

/// What a token is made of (RFC 3261 25.1).
pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.' | b'!' | b'%' | b'*' | b'_' | b'+' | b'`' | b'\'' | b'~'
        )
}

/// What words are made of.
pub(crate) fn is_no_blank(byte: u8) -> bool {
    !byte.is_ascii_whitespace()
}

/// Whether this may stand before the `<` of an address: nothing, one quoted string, or words. Words in other scripts than ours
/// belong into quotes, but there is no doubt what is meant.
pub(super) fn is_display(name: &str) -> bool {
    let Some(inside) = name.strip_prefix('"') else {
        return name
            .bytes()
            .all(|b| is_token(b) || b.is_ascii_whitespace() || !b.is_ascii());
    };
    let mut escaped = false;
    let end = inside.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.is_some_and(|end| end + 1 == inside.len())
}

/// Whether this is nothing, or `;name` or `;name=value` again and again.
pub(super) fn is_params(params: &str) -> bool {
    Pieces::of(params, b';')
        .skip(1)
        .all(|piece| is_all(halves(piece, b'=').0.trim_ascii_end(), is_token))
}

/// What `From`, `To`, `Contact`, `Route`, `Refer-To` and their like hold: perhaps a name, an address, parameters.
#[derive(Clone, Copy)]
pub struct NameAddr<'a> {
    /// As written: with its quotes where it has some.
    pub(super) name: &'a str,
    /// The address stands in `<…>`.
    pub(super) enclosed: bool,
    /// The address.
    pub uri: &'a str,
    /// What follows the address: nothing, or `;…`.
    pub params: &'a str,
}

impl<'a> NameAddr<'a> {
    /// Reads one value. Without `<…>` whatever follows the first semicolon belongs to the header and not to the address
    /// (RFC 3261 20).
    pub fn parse(value: &'a str) -> Option<NameAddr<'a>> {
        let value = value.trim_ascii();
        // The `<` of the address is the first one outside of quotes.
        let (name, rest) = cut(value, b'<');
        let enclosed = !rest.is_empty();
        let (uri, params) = if enclosed {
            let (uri, params) = split(rest, position(rest, b'>')?);
            (uri.get(1..)?, params.get(1..)?)
        } else {
            cut(value, b';')
        };
        let (uri, params) = if enclosed {
            (uri, params.trim_ascii_start())
        } else {
            (uri.trim_ascii_end(), params)
        };
        let good = !uri.is_empty()
            && (params.is_empty() || params.starts_with(';'))
            && (enclosed || position(uri, b'"').is_none());
        good.then_some(NameAddr {
            name: if enclosed { name.trim_ascii_end() } else { "" },
            enclosed,
            uri,
            params,
        })
    }

    /// The name to show, without quotes and escapes; may be empty.
    pub fn display(&self) -> String {
        unquoted(self.name)
    }

    /// The value of a parameter of the header (not of the address).
    pub fn param(&self, name: &str) -> Option<&'a str> {
        param(self.params, name)
    }

    /// The parameter `tag`.
    pub fn tag(&self) -> Option<&'a str> {
        self.param("tag")
    }
}

/// One value of `Via`: a hop that the message came over.
#[derive(Clone, Copy)]
pub struct Via<'a> {
    /// `WSS`, `UDP` and so on, as written.
    pub transport: &'a str,
    /// Host, and perhaps a port.
    pub sent_by: &'a str,
    /// The transaction's key.
    pub branch: Option<&'a str>,
    /// What follows the host: nothing, or `;…`.
    pub params: &'a str,
}

impl<'a> Via<'a> {
    /// Reads one value.
    pub fn parse(value: &'a str) -> Option<Via<'a>> {
        let (hop, params) = cut(value, b';');
        let (protocol, rest) = halves(hop, b'/');
        let (version, rest) = halves(rest, b'/');
        let (transport, sent_by) = span(rest.trim_ascii(), is_no_blank);
        let sent_by = sent_by.trim_ascii_start();
        let good = is_all(protocol.trim_ascii(), is_token)
            && is_all(version.trim_ascii(), is_token)
            && is_all(transport, is_token)
            && !sent_by.is_empty();
        good.then_some(Via {
            transport,
            sent_by,
            branch: param(params, "branch"),
            params,
        })
    }
}

/// The number of a request in its dialog, and its method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CSeq<'a> {
    /// The number.
    pub number: u32,
    /// The method.
    pub method: &'a str,
}

impl<'a> CSeq<'a> {
    /// Reads the value. The number has to be below 2^31 (RFC 3261 8.1.1.5).
    pub fn parse(value: &'a str) -> Option<CSeq<'a>> {
        let (digits, method) = span(value, is_no_blank);
        let method = method.trim_ascii();
        let number = number(digits).filter(|number| *number < 1 << 31)?;
        is_all(method, is_token).then_some(CSeq { number, method })
    }
}
