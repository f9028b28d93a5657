//! SIP URIs.

use crate::message::{ParseError, halves, number, position, span, split};

/// A URI, taken apart. Nothing is unescaped. `==` compares as SIP wants it (RFC 3261 19.1.4).
#[derive(Clone, Copy)]
pub struct Uri<'a> {
    /// `sip`, `sips`, `tel`, … as written.
    pub scheme: &'a str,
    /// What stands before the `@`, without the password.
    pub user: Option<&'a str>,
    /// What follows the first colon before the `@`.
    pub password: Option<&'a str>,
    /// The host, with its brackets where it is an IPv6 address. Of a scheme other than `sip` and `sips` everything that is neither
    /// parameters nor headers: of `tel` the number.
    pub host: &'a str,
    /// The port.
    pub port: Option<u16>,
    /// Nothing, or `;…`.
    pub params: &'a str,
    /// What follows the `?`.
    pub headers: &'a str,
}

impl<'a> Uri<'a> {
    /// Takes a URI apart, whatever its scheme.
    pub fn parse(text: &'a str) -> Result<Uri<'a>, ParseError> {
        let wrong = |rest: &str, what| {
            let offset = text.len() - rest.len();
            Err(ParseError { offset, what })
        };
        let (_, foreign) = span(text, is_visible);
        if !foreign.is_empty() {
            return wrong(foreign, "a URI has no blanks, quotes or pointed brackets");
        }
        let (scheme, rest) = span(text, is_scheme);
        let opaque = rest.strip_prefix(':').filter(|_| {
            scheme
                .bytes()
                .next()
                .is_some_and(|b| b.is_ascii_alphabetic())
        });
        let Some(opaque) = opaque else {
            return wrong(text, "a URI starts with its scheme and a colon");
        };
        let mut uri = Uri {
            scheme,
            user: None,
            password: None,
            host: opaque,
            port: None,
            params: "",
            headers: "",
        };
        let tail;
        if uri.is_sip() {
            let mut place = opaque;
            // A user may hold what elsewhere ends the host, but the first @ is never its own.
            if position(opaque, b'@').is_some() {
                let (who, behind) = halves(opaque, b'@');
                let (user, password) = span(who, is_no_colon);
                if user.is_empty() {
                    return wrong(opaque, "the user before the @ is missing");
                }
                (uri.user, uri.password, place) = (Some(user), password.get(1..), behind);
            }
            let Some((host, port, behind)) = host_port(place) else {
                return wrong(place, "this is no host with a port");
            };
            (uri.host, uri.port, tail) = (host, port, behind);
        } else {
            (uri.host, tail) = span(opaque, is_no_tail);
        }
        if !span(tail, is_no_tail).0.is_empty() {
            return wrong(tail, "neither parameters nor headers");
        }
        (uri.params, uri.headers) = halves(tail, b'?');
        Ok(uri)
    }

    /// Whether the scheme is `sip` or `sips`.
    pub fn is_sip(&self) -> bool {
        self.scheme.eq_ignore_ascii_case("sip") || self.scheme.eq_ignore_ascii_case("sips")
    }
}

fn is_visible(byte: u8) -> bool {
    byte > b' ' && !matches!(byte, b'<' | b'>' | b'"' | 0x7f)
}

fn is_scheme(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}

fn is_no_colon(byte: u8) -> bool {
    byte != b':'
}

fn is_no_tail(byte: u8) -> bool {
    !matches!(byte, b';' | b'?')
}

/// The underscore is no part of a host name, but there are hosts with one.
fn is_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

/// Three colons before an IPv4 address are tolerated as RFC 5118 4.10 asks for.
fn is_address(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.')
}

pub(crate) fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

/// Reads a host, perhaps a colon and a port, and gives what follows. Blanks round the colon are allowed as `Via` has them.
pub(crate) fn host_port(text: &str) -> Option<(&str, Option<u16>, &str)> {
    let (host, rest) = match text.strip_prefix('[') {
        Some(inside) => {
            let (address, rest) = span(inside, is_address);
            if position(address, b':').is_none() || !rest.starts_with(']') {
                return None;
            }
            split(text, address.len() + 2)
        }
        None => span(text, is_host),
    };
    if host.is_empty() {
        return None;
    }
    let Some(port) = rest.trim_ascii_start().strip_prefix(':') else {
        return Some((host, None, rest));
    };
    let (digits, rest) = span(port.trim_ascii_start(), is_digit);
    let port = u16::try_from(number(digits)?).ok()?;
    Some((host, Some(port), rest))
}

impl PartialEq for Uri<'_> {
    fn eq(&self, other: &Self) -> bool {
        let exact = |a: Option<&str>, b: Option<&str>| match (a, b) {
            (Some(a), Some(b)) => same(a, b, false),
            (a, b) => a.is_none() && b.is_none(),
        };
        self.scheme.eq_ignore_ascii_case(other.scheme)
            && exact(self.user, other.user)
            && exact(self.password, other.password)
            && same(self.host, other.host, true)
            && self.port == other.port
            && agree(self.params, other.params, ';')
            && agree(other.params, self.params, ';')
            && agree(self.headers, other.headers, '&')
            && agree(other.headers, self.headers, '&')
    }
}

/// What may not stand in one of two equal URIs alone.
const WEIGHTY: [&str; 5] = ["transport", "user", "ttl", "method", "maddr"];

/// Whether everything in one list is the same in the other. Headers have to be there, of the parameters only the weighty ones.
fn agree(one: &str, other: &str, by: char) -> bool {
    let items = |list| str::split(list, by).filter(|item| !item.is_empty());
    items(one).all(|item| {
        let (name, value) = pair(item);
        let mut known = false;
        let found = items(other).map(pair).any(|(other_name, other_value)| {
            let named = same(other_name, name, true);
            known |= named;
            named && same(other_value, value, true)
        });
        let matters = by == '&' || WEIGHTY.iter().any(|weighty| same(weighty, name, true));
        found || (!known && !matters)
    })
}

/// A name and its value, which may be missing.
fn pair(item: &str) -> (&str, &str) {
    halves(item, b'=')
}

/// Whether two texts are the same once unescaped.
fn same(one: &str, other: &str, any_case: bool) -> bool {
    let fold = |unit: u16| match u8::try_from(unit) {
        Ok(byte) if any_case => u16::from(byte.to_ascii_lowercase()),
        _ => unit,
    };
    units(one).map(fold).eq(units(other).map(fold))
}

/// The bytes of a text, unescaped. Those with a meaning of their own in URIs are something else when they are escaped:
/// they get a number that no byte has.
fn units(text: &str) -> impl Iterator<Item = u16> {
    let mut bytes = text.as_bytes();
    std::iter::from_fn(move || {
        if let [b'%', high, low, rest @ ..] = bytes
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            bytes = rest;
            let unit = high * 16 + low;
            let reserved = b";/?:@&=+$,".iter().any(|b| u16::from(*b) == unit);
            return Some(if reserved { unit + 0x100 } else { unit });
        }
        let (first, rest) = bytes.split_first()?;
        bytes = rest;
        Some(u16::from(*first))
    })
}

/// The value of a hexadecimal digit.
fn digit(byte: u8) -> Option<u16> {
    char::from(byte).to_digit(16).map(|value| value as u16)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[allow(clippy::panic)] // says which text it was
    fn uri(text: &str) -> Uri<'_> {
        Uri::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    #[test]
    fn a_uri_is_taken_apart() {
        let full = uri("sips:a;b=%40c:pass@[2001:db8::1]:5061;lr;x=1?Subject=hi&To=b");
        assert_eq!(full.scheme, "sips");
        assert_eq!(full.user, Some("a;b=%40c"));
        assert_eq!(full.password, Some("pass"));
        assert_eq!((full.host, full.port), ("[2001:db8::1]", Some(5061)));
        assert_eq!((full.params, full.headers), (";lr;x=1", "Subject=hi&To=b"));
        let bare = uri("SIP:example.com");
        assert_eq!(
            (bare.user, bare.host, bare.port),
            (None, "example.com", None)
        );
        let phone = uri("tel:+8613800138000;phone-context=+86");
        assert_eq!(phone.host, "+8613800138000");
        assert_eq!(phone.params, ";phone-context=+86");
    }

    #[test]
    fn text_that_is_no_uri_is_refused_where_it_goes_wrong() {
        for (text, offset) in [
            ("", 0),
            ("example.com", 0),
            (":x", 0),
            ("1sip:x", 0),
            ("sip:", 4),
            ("sip:@x", 4),
            ("sip:a@", 6),
            ("sip:a b@x", 5),
            ("<sip:a@x>", 0),
            ("sip:2001:db8::10", 4),
            ("sip:a@[::1", 6),
            ("sip:a@[zz]", 6),
            ("sip:a@x:", 6),
            ("sip:a@x:70000", 6),
            ("sip:a@x!", 7),
            ("sip:a@x:5060y", 12),
        ] {
            let found = Uri::parse(text).err().map(|e| e.offset);
            assert_eq!(found, Some(offset), "{text:?}");
        }
    }

    #[test]
    fn equal_uris_are_those_of_the_rfc() {
        for (one, other) in [
            (
                "sip:%61lice@example.com;transport=TCP",
                "sip:alice@EXAMPLE.com;Transport=tcp",
            ),
            ("sip:carol@example.com", "sip:carol@example.com;newparam=5"),
            (
                "sip:carol@example.com;security=on",
                "sip:carol@example.com;newparam=5",
            ),
            (
                "sip:example.com;transport=tcp?to=a&subject=b",
                "sip:example.com;transport=tcp?Subject=b&To=a",
            ),
            ("SIP:a@b;%6C%72", "sip:a@b;lr"),
        ] {
            assert!(uri(one) == uri(other), "{one} {other}");
            assert!(uri(other) == uri(one), "{other} {one}");
        }
    }

    #[test]
    fn different_uris_are_those_of_the_rfc() {
        for (one, other) in [
            ("sip:alice@example.com", "sips:alice@example.com"),
            ("sip:ALICE@example.com", "sip:alice@example.com"),
            ("sip:bob@example.com", "sip:bob@example.com:5060"),
            ("sip:bob@example.com", "sip:bob@example.com;transport=udp"),
            ("sip:bob@example.com", "sip:bob@example.com;maddr=10.0.0.1"),
            (
                "sip:carol@example.com",
                "sip:carol@example.com?Subject=next",
            ),
            (
                "sip:carol@example.com;security=on",
                "sip:carol@example.com;security=off",
            ),
            ("sip:bob@example.com", "sip:bob:secret@example.com"),
            ("sip:a%3Bb@example.com", "sip:a;b@example.com"),
            ("sip:a@b;name=value%2541", "sip:a@b;name=valueA"),
            ("sip:null-%00-null@example.com", "sip:null-@example.com"),
        ] {
            assert!(uri(one) != uri(other), "{one} {other}");
            assert!(uri(other) != uri(one), "{other} {one}");
        }
    }
}
