//! Small pieces of text.

use crate::message::{Message, Name, NameAddr, param, quoted};
use crate::uri::Uri;

/// An address with a name before it, where there is one.
pub(super) fn named(display: &str, address: &str) -> String {
    if display.is_empty() {
        return address.to_owned();
    }
    let mut text = quoted(display);
    text.push(' ');
    text.push_str(address);
    text
}

/// The words of a status line.
pub(super) fn phrase(status: u16) -> &'static str {
    match status {
        100 => "Trying",
        180 => "Ringing",
        183 => "Session Progress",
        200 => "OK",
        202 => "Accepted",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        415 => "Unsupported Media Type",
        416 => "Unsupported URI Scheme",
        420 => "Bad Extension",
        422 => "Session Interval Too Small",
        480 => "Temporarily Unavailable",
        481 => "Call/Transaction Does Not Exist",
        482 => "Loop Detected",
        486 => "Busy Here",
        487 => "Request Terminated",
        488 => "Not Acceptable Here",
        489 => "Bad Event",
        491 => "Request Pending",
        500 => "Server Internal Error",
        503 => "Service Unavailable",
        505 => "Version Not Supported",
        600 => "Busy Everywhere",
        603 => "Decline",
        _ => match status / 100 {
            1 => "Progress",
            2 => "OK",
            3 => "Redirected",
            4 => "Refused",
            5 => "Failed",
            _ => "Declined",
        },
    }
}

/// Text with all but letters, digits and `keep` as `%XX`.
pub(super) fn escape(out: &mut String, text: &str, keep: &[u8]) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || keep.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.extend(char::from_digit(u32::from(digit), 16).map(|c| c.to_ascii_uppercase()));
            }
        }
    }
}

/// Text with every `%XX` read.
pub(super) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = match code {
            Some(_) => behind.get(2..).unwrap_or_default(),
            None => behind,
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The URI of a number, of `user@host`, or of what is one already.
pub(super) fn target_uri(target: &str, domain: &str) -> Option<String> {
    let target = target.trim();
    let scheme = |name: &str| {
        let start = target.get(..name.len())?;
        start.eq_ignore_ascii_case(name).then_some(())
    };
    let number = if scheme("tel:").is_some() {
        // Blanks and signs in a number are for people (RFC 3966 section 3).
        let number = target.get(4..)?.split(';').next()?;
        number.replace(['-', '.', '(', ')', ' '], "")
    } else {
        target.to_owned()
    };
    let mut uri = String::new();
    if scheme("sip:").is_some() || scheme("sips:").is_some() {
        uri.push_str(target);
    } else if number.contains('@') {
        uri.push_str("sip:");
        uri.push_str(&number);
    } else if !number.is_empty() {
        uri.push_str("sip:");
        escape(&mut uri, &number, b"-_.!~*'()&=+$,;?/");
        uri.push('@');
        uri.push_str(domain);
    }
    let safe = !uri.is_empty()
        && uri
            .bytes()
            .all(|b| b > b' ' && b != 127 && !matches!(b, b'<' | b'>' | b'"'));
    (safe && Uri::parse(&uri).is_ok()).then_some(uri)
}

/// The user part of a URI, else its host, for people to read.
pub(super) fn user_of(uri: &str) -> String {
    Uri::parse(uri).map_or_else(
        |_| uri.to_owned(),
        |uri| unescape(uri.user.unwrap_or(uri.host)),
    )
}

/// The first `Contact` of a message.
pub(super) fn contact_of(message: &Message<'_>) -> Option<String> {
    let values = message.values(Name::Contact);
    let first = values.first().and_then(|value| NameAddr::parse(value))?;
    Some(first.uri.to_owned())
}

/// The session description a message brings.
pub(super) fn sdp_of(message: &Message<'_>) -> Option<String> {
    let text = message.body_text();
    (!text.is_empty() && is_kind(message, "application/sdp")).then(|| text.to_owned())
}

/// Whether the body is of a type, whatever its parameters.
pub(super) fn is_kind(message: &Message<'_>, kind: &str) -> bool {
    let written = message.header(Name::ContentType).unwrap_or_default();
    let bare = written.split(';').next().unwrap_or_default().trim();
    bare.eq_ignore_ascii_case(kind)
}

/// A header that is a number, whatever follows it.
pub(super) fn number_of(message: &Message<'_>, name: Name) -> Option<u32> {
    let value = message.header(name)?;
    let end = value.find(|c: char| !c.is_ascii_digit());
    value.get(..end.unwrap_or(value.len()))?.parse().ok()
}

/// What a `Reason` header says (RFC 3326): a SIP status where it names one, and its words.
pub(super) fn reason_of(message: &Message<'_>) -> (Option<u16>, String) {
    let mut words = String::new();
    let mut status = None;
    for value in message.values(Name::Reason) {
        let (protocol, params) = value.split_at(value.find(';').unwrap_or(value.len()));
        if protocol.trim().eq_ignore_ascii_case("SIP") {
            status = param(params, "cause").and_then(|cause| cause.parse().ok());
        }
        if words.is_empty() {
            words.push_str(param(params, "text").unwrap_or_default());
        }
    }
    (status, words)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_number_becomes_a_uri_of_the_domain_and_a_uri_stays_one() {
        let uri = |target| target_uri(target, "example.com");
        assert_eq!(uri("10086").as_deref(), Some("sip:10086@example.com"));
        assert_eq!(uri("*55#").as_deref(), Some("sip:*55%23@example.com"));
        assert_eq!(
            uri("tel:+86-10 1234").as_deref(),
            Some("sip:+86101234@example.com")
        );
        assert_eq!(uri("a@b.example").as_deref(), Some("sip:a@b.example"));
        assert_eq!(
            uri("sip:a@b.example;x=1").as_deref(),
            Some("sip:a@b.example;x=1")
        );
        assert_eq!(uri(""), None);
        assert_eq!(uri("sip:a@b>\r\nX: 1"), None);
    }

    #[test]
    fn escapes_are_read_as_they_are_written() {
        let mut out = String::new();
        escape(&mut out, "a@b;x=1 ü%", b"");
        assert_eq!(out, "a%40b%3Bx%3D1%20%C3%BC%25");
        assert_eq!(unescape(&out), "a@b;x=1 ü%");
        assert_eq!(unescape("100%"), "100%");
        assert_eq!(unescape("%zz%4"), "%zz%4");
    }
}
