//! What is wrong with a message that can be read, and which answer it deserves.

use super::values::{Pieces, is_all, is_display, is_no_blank, is_params, number, span};
use super::{Message, Name, NameAddr, Via};
use crate::uri::{Uri, host_port};
use std::fmt;

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is handled.
    Accept,
    /// It is dropped: nobody can read it, or nobody could be answered.
    Reject,
    /// It is answered with this status.
    Answer(u16),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Accept => f.write_str("accept"),
            Verdict::Reject => f.write_str("reject"),
            Verdict::Answer(status) => write!(f, "answer {status}"),
        }
    }
}

/// The methods that have a meaning, as far as they are registered.
const METHODS: [&str; 14] = [
    "INVITE",
    "ACK",
    "BYE",
    "CANCEL",
    "REGISTER",
    "OPTIONS",
    "PRACK",
    "SUBSCRIBE",
    "NOTIFY",
    "PUBLISH",
    "INFO",
    "REFER",
    "MESSAGE",
    "UPDATE",
];

/// The extensions that a request may require of us.
const EXTENSIONS: [&str; 9] = [
    "100rel",
    "gruu",
    "ice",
    "norefersub",
    "outbound",
    "path",
    "replaces",
    "timer",
    "trickle-ice",
];

/// What a server has to do with a message that knows nothing but this message, takes itself for the user agent and the
/// registrar of every domain named in it, and does what a phone does.
pub fn judge(bytes: &[u8]) -> Verdict {
    let Ok(message) = Message::parse(bytes) else {
        return Verdict::Reject;
    };
    match (message.method(), owed(&message)) {
        (_, Ok(())) => Verdict::Accept,
        (Some(method), Err(status)) if method != "ACK" && message.top_via().is_some() => {
            Verdict::Answer(status)
        }
        _ => Verdict::Reject,
    }
}

fn owed(message: &Message<'_>) -> Result<(), u16> {
    let Some(method) = message.method() else {
        return validate(message);
    };
    // Before the rest: what else a method that nobody knows demands, nobody knows (RFC 3261 8.2.1).
    version(message)?;
    if !METHODS.contains(&method) {
        return Err(501);
    }
    validate(message)?;
    let mut required = message.values(Name::Require).into_iter();
    let known = |option: &str| {
        EXTENSIONS
            .iter()
            .any(|own| own.eq_ignore_ascii_case(option))
    };
    if !matches!(method, "ACK" | "CANCEL") && !required.all(known) {
        return Err(420);
    }
    if matches!(method, "INVITE" | "UPDATE" | "PRACK") && !body_is_understood(message) {
        return Err(415);
    }
    if method == "INVITE" && !description_is_accepted(message) {
        return Err(406);
    }
    Ok(())
}

/// The value without its parameters.
fn bare(value: &str) -> &str {
    Pieces::of(value, b';').next().unwrap_or_default()
}

/// Whether the body is a session description, perhaps beside other parts, or may be left aside.
fn body_is_understood(message: &Message<'_>) -> bool {
    let kind = bare(message.text(Name::ContentType)).to_ascii_lowercase();
    let encoding = message.header(Name::ContentEncoding).unwrap_or("identity");
    let disposition = message.text(Name::ContentDisposition);
    message.body().is_empty()
        || super::param(disposition, "handling") == Some("optional")
        || (encoding.eq_ignore_ascii_case("identity")
            && (kind == "application/sdp" || kind.starts_with("multipart/")))
}

/// Whether the answer may hold a session description.
fn description_is_accepted(message: &Message<'_>) -> bool {
    message.header(Name::Accept).is_none()
        || message.values(Name::Accept).into_iter().any(|range| {
            ["application/sdp", "application/*", "*/*"]
                .iter()
                .any(|good| good.eq_ignore_ascii_case(bare(range)))
        })
}

fn version(message: &Message<'_>) -> Result<(), u16> {
    let version = message.version().trim_ascii_end();
    if version.eq_ignore_ascii_case("SIP/2.0") {
        Ok(())
    } else {
        Err(505)
    }
}

/// Whether a message is well-formed: a request that is not deserves the status given, a response that is not is dropped.
/// An `ACK` is never answered, and a request without a readable `Via` cannot be.
///
/// Where the RFC allows both, what is not needed is ignored (`Date`, `Max-Forwards`, `Expires`), and what would have to be
/// guessed is refused.
pub fn validate(message: &Message<'_>) -> Result<(), u16> {
    version(message)?;
    if let Some(uri) = message.uri() {
        match Uri::parse(uri) {
            Ok(uri) if !uri.is_sip() => return Err(416),
            Ok(uri) if uri.headers.is_empty() => {}
            _ => return Err(400),
        }
    }
    let good = message.version().len() == "SIP/2.0".len()
        && head_is_complete(message)
        && length_is_true(message)
        && addresses_are_good(message)
        && match (message.method(), message.status()) {
            (Some(method), _) => request_is_good(message, method),
            // More than one Via: meant for somebody else (RFC 3261 8.1.3.3).
            (None, status) => {
                status.is_some_and(|status| status < 700)
                    && message.items(Name::Via, true).len() == 1
            }
        };
    if good { Ok(()) } else { Err(400) }
}

/// How many lines of that name there are.
fn count(message: &Message<'_>, name: Name) -> usize {
    message.lines(name).count()
}

/// What has to be there once is there once; the method is the same in both places.
fn head_is_complete(message: &Message<'_>) -> bool {
    [Name::CallId, Name::CSeq, Name::From, Name::To]
        .iter()
        .all(|name| count(message, *name) == 1)
        && [Name::ContentLength, Name::ContentType, Name::MaxForwards]
            .iter()
            .all(|name| count(message, *name) < 2)
        && is_all(message.call_id(), is_no_blank)
        && message
            .cseq()
            .is_some_and(|cseq| message.method().is_none_or(|method| cseq.method == method))
}

/// The body is as long as it says. Where it is only a little shorter somebody has edited it and not counted again, as in the
/// example of RFC 5118 4.6; where it is much shorter something was cut off.
fn length_is_true(message: &Message<'_>) -> bool {
    let most = message.body().len() + message.body().len() / 8;
    message
        .header(Name::ContentLength)
        .is_none_or(|length| number(length).is_some_and(|length| length as usize <= most))
}

/// Whether everything in a list is good, with nothing left out between two commas.
fn all(message: &Message<'_>, name: Name, good: fn(&str) -> bool) -> bool {
    message.items(name, true).into_iter().all(good)
}

fn addresses_are_good(message: &Message<'_>) -> bool {
    let good = |name| message.header(name).is_some_and(is_address);
    good(Name::From)
        && good(Name::To)
        // What a contact of `*` means only a registrar knows.
        && (message.text(Name::Contact) == "*"
            || all(message, Name::Contact, is_address))
        && all(message, Name::Route, is_address)
        && all(message, Name::RecordRoute, is_address)
        && all(message, Name::Via, is_hop)
}

/// Whether a value is one address, with nothing in it that has to be guessed.
fn is_address(value: &str) -> bool {
    NameAddr::parse(value).is_some_and(|address| {
        is_display(address.name)
            && is_params(address.params)
            // Without <…> nobody could say whose they are (RFC 3261 20).
            && (address.enclosed || span(address.uri, is_no_separator).1.is_empty())
            && Uri::parse(address.uri).is_ok()
    })
}

fn is_no_separator(byte: u8) -> bool {
    !matches!(byte, b',' | b'?')
}

/// Whether a value of `Via` is one hop. A branch of the magic cookie alone names no transaction (RFC 3261 8.1.1.7).
fn is_hop(value: &str) -> bool {
    Via::parse(value).is_some_and(|via| {
        is_params(via.params)
            && via.branch != Some("z9hG4bK")
            && host_port(via.sent_by).is_some_and(|(_, _, rest)| rest.trim_ascii().is_empty())
    })
}

fn request_is_good(message: &Message<'_>, method: &str) -> bool {
    let all = message.text(Name::Contact) == "*";
    if method != "REGISTER" {
        return !all && message.header(Name::Via).is_some();
    }
    // What is registered is a SIP address, and all contacts at once can only be removed (RFC 3261 10.3).
    let who = message.to().and_then(|to| Uri::parse(to.uri).ok());
    let removes = message.header(Name::Expires).and_then(number) == Some(0)
        && count(message, Name::Contact) == 1;
    message.header(Name::Via).is_some() && who.is_some_and(|who| who.is_sip()) && (!all || removes)
}
