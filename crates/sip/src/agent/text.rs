//! Small pieces of text.

use crate::message::{
    Message, Name, NameAddr, Pieces, cut, decimal, filled, halves, number, param, position, quoted,
    span,
};
use crate::uri::{Uri, is_digit};

/// An address with a name before it, where there is one.
pub(super) fn named(display: &str, address: &str) -> String {
    if display.is_empty() {
        return address.to_owned();
    }
    filled("% %", &[&quoted(display), address])
}

/// The words of status lines.
const PHRASES: &str = "100Trying,180Ringing,183Session Progress,200OK,202Accepted,400Bad Request,403Forbidden,\
    404Not Found,405Method Not Allowed,408Request Timeout,415Unsupported Media Type,416Unsupported URI Scheme,\
    420Bad Extension,422Session Interval Too Small,480Temporarily Unavailable,481Call/Transaction Does Not Exist,\
    482Loop Detected,486Busy Here,487Request Terminated,488Not Acceptable Here,489Bad Event,491Request Pending,\
    500Server Internal Error,503Service Unavailable,505Version Not Supported,600Busy Everywhere,603Decline";

/// The words of a status line.
pub(super) fn phrase(status: u16) -> &'static str {
    let code = decimal(status.into());
    let mut known = Pieces::of(PHRASES, b',');
    known
        .find_map(|one| one.strip_prefix(code.as_str()))
        .unwrap_or(match status / 100 {
            1 => "Progress",
            2 => "OK",
            3 => "Redirected",
            4 => "Refused",
            5 => "Failed",
            _ => "Declined",
        })
}

/// What a user part may hold as it is.
const USER: &[u8] = b"-_.!~*'()&=+$,;?/";
/// What nothing in a URI gives a meaning.
pub(super) const UNRESERVED: &[u8] = b"-_.!~*'()";

/// Text with all but letters, digits and `keep` as `%XX`.
pub(super) fn escape(out: &mut String, text: &str, keep: &[u8]) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || keep.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(digit), 16).unwrap_or_default();
                out.push(digit.to_ascii_uppercase());
            }
        }
    }
}

/// Text with every `%XX` read; as it is where that would be no text.
pub(super) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if let (b'%', [high, low, behind @ ..]) = (first, behind)
            && let (Some(high), Some(low)) = (digit(high), digit(low))
        {
            rest = behind;
            bytes.push((high * 16 + low) as u8);
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// `sip:user@domain`.
pub(super) fn uri_of(user: &str, domain: &str) -> String {
    let mut uri = String::from("sip:");
    escape(&mut uri, user, USER);
    uri.push('@');
    uri.push_str(domain);
    uri
}

/// The URI of a number, of `user@host`, or of what is one already.
pub(super) fn target_uri(target: &str, domain: &str) -> Option<String> {
    let target = target.trim_ascii();
    let (scheme, rest) = halves(target, b':');
    let mut number = String::new();
    if scheme.eq_ignore_ascii_case("tel") {
        // Blanks and signs in a number are for people (RFC 3966 section 3).
        for c in halves(rest, b';').0.chars() {
            if !matches!(c, '-' | '.' | '(' | ')' | ' ') {
                number.push(c);
            }
        }
    } else {
        number.push_str(target);
    }
    let uri = if scheme.eq_ignore_ascii_case("sip") || scheme.eq_ignore_ascii_case("sips") {
        number
    } else if position(&number, b'@').is_some() {
        filled("sip:%", &[&number])
    } else if number.is_empty() {
        return None;
    } else {
        uri_of(&number, domain)
    };
    Uri::parse(&uri).is_ok().then_some(uri)
}

/// The user part of a URI, else its host, for people to read.
pub(super) fn user_of(uri: &str) -> String {
    Uri::parse(uri).map_or_else(
        |_| uri.to_owned(),
        |uri| unescape(uri.user.unwrap_or(uri.host)),
    )
}

/// The first `Contact` of a message; may be empty.
pub(super) fn contact_of<'m>(message: &'m Message<'_>) -> &'m str {
    let values = message.values(Name::Contact);
    let first = values.first().and_then(|value| NameAddr::parse(value));
    first.map_or("", |first| first.uri)
}

/// The session description a message brings.
pub(super) fn sdp_of(message: &Message<'_>) -> Option<String> {
    let text = message.body_text();
    (!text.is_empty() && is_kind(message, "application/sdp")).then(|| text.to_owned())
}

/// Whether the body is of a type, whatever its parameters.
pub(super) fn is_kind(message: &Message<'_>, kind: &str) -> bool {
    first_word(message, Name::ContentType).eq_ignore_ascii_case(kind)
}

/// A header without its parameters.
pub(super) fn first_word<'m>(message: &'m Message<'_>, name: Name) -> &'m str {
    let written = message.text(name);
    cut(written, b';').0.trim_ascii()
}

/// A header that is a number, whatever follows it.
pub(super) fn number_of(message: &Message<'_>, name: Name) -> Option<u32> {
    number(span(message.header(name)?, is_digit).0)
}

/// Text that is a status.
pub(super) fn status_in(text: &str) -> Option<u16> {
    u16::try_from(number(text)?).ok()
}

/// What a `Reason` header says (RFC 3326): a SIP status where it names one, and its words.
pub(super) fn reason_of(message: &Message<'_>, otherwise: u16) -> (u16, String) {
    let mut words = String::new();
    let mut status = otherwise;
    for value in message.values(Name::Reason) {
        let (protocol, params) = cut(value, b';');
        if protocol.trim_ascii().eq_ignore_ascii_case("SIP")
            && let Some(cause) = param(params, "cause").and_then(status_in)
        {
            status = cause;
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
