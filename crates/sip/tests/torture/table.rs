//! What RFC 4475 and RFC 5118 want of each of their messages, written from their words alone.
//!
//! The receiver is a user agent server and registrar of every domain that a message names, which knows the usual methods
//! and has no extension that a request may require. Where an RFC leaves a choice, each of its ways is listed.

use Level::{May, Must, Should};

/// How firmly the RFC wants it.
#[derive(Clone, Copy, Debug)]
pub enum Level {
    /// It says "must" or "will", or calls the message well-formed, which RFC 3261 obliges to accept.
    Must,
    /// It says "should", "would" or "ideally".
    Should,
    /// It names more than one way.
    May,
}

/// One message and what may become of it.
pub struct Row {
    /// The name that the RFC gives the message; its file in the RFC's archive.
    pub name: &'static str,
    /// The section that describes it.
    pub section: &'static str,
    /// How firmly.
    pub level: Level,
    /// The allowed verdicts, as the program `verdict` prints them.
    pub allowed: &'static [&'static str],
    /// Why.
    pub why: &'static str,
}

const fn row(
    name: &'static str,
    section: &'static str,
    level: Level,
    allowed: &'static [&'static str],
    why: &'static str,
) -> Row {
    Row {
        name,
        section,
        level,
        allowed,
        why,
    }
}

const ACCEPT: &[&str] = &["accept"];
const DROP: &[&str] = &["reject"];
const BAD: &[&str] = &["answer 400"];
const BAD_OR_LIBERAL: &[&str] = &["answer 400", "accept"];
const UNKNOWN_METHOD: &[&str] = &["answer 501"];

/// The messages of RFC 4475.
#[rustfmt::skip] // a line a message
pub const RFC_4475: [Row; 49] = [
    row("wsinv", "3.1.1.1", Should, ACCEPT, "folds, compact forms and odd spaces are all well-formed"),
    row("intmeth", "3.1.1.2", Must, UNKNOWN_METHOD, "well-formed, and an endpoint does not know the method"),
    row("esc01", "3.1.1.3", Must, ACCEPT, "escapes in URIs are well-formed"),
    row("escnull", "3.1.1.4", Must, ACCEPT, "an escaped null is a letter like others"),
    row("esc02", "3.1.1.5", Should, UNKNOWN_METHOD, "% is no escape in a method, so the method is unknown"),
    row("lwsdisp", "3.1.1.6", Should, ACCEPT, "a missing space before < is a flaw of the grammar"),
    row("longreq", "3.1.1.7", Must, ACCEPT, "long values are well-formed"),
    row("dblreq", "3.1.1.8", Must, ACCEPT, "octets after the body must be ignored"),
    row("semiuri", "3.1.1.9", Must, ACCEPT, "a semicolon may stand in the user part"),
    row("transports", "3.1.1.10", Must, ACCEPT, "unknown transports are well-formed"),
    row("mpart01", "3.1.1.11", Must, ACCEPT, "a binary body of several parts is well-formed"),
    row("unreason", "3.1.1.12", Must, ACCEPT, "a reason phrase is free text in UTF-8"),
    row("noreason", "3.1.1.13", Must, ACCEPT, "a reason phrase may be empty"),
    row("badinv01", "3.1.2.1", Should, BAD, "separators without anything between them"),
    row("clerr", "3.1.2.2", Should, BAD, "the body is shorter than its length; a frame is whole as a datagram is"),
    row("ncl", "3.1.2.3", Should, BAD, "a negative length is an error"),
    row("scalar02", "3.1.2.4", Should, BAD, "CSeq does not fit into 32 bits"),
    row("scalarlg", "3.1.2.5", Must, DROP, "a response whose CSeq does not fit into 32 bits is discarded"),
    row("quotbal", "3.1.2.6", May, BAD_OR_LIBERAL, "a quote is not closed; an end may be inferred"),
    row("ltgtruri", "3.1.2.7", May, BAD_OR_LIBERAL, "<> round the Request-URI may be ignored"),
    row("lwsruri", "3.1.2.8", May, BAD_OR_LIBERAL, "a space in the Request-URI may be ignored"),
    row("lwsstart", "3.1.2.9", May, BAD_OR_LIBERAL, "more than one space in the request line may be ignored"),
    row("trws", "3.1.2.10", May, BAD_OR_LIBERAL, "spaces after the request line may be ignored"),
    row("escruri", "3.1.2.11", May, BAD_OR_LIBERAL, "headers in the Request-URI may be ignored"),
    row("baddate", "3.1.2.12", May, BAD_OR_LIBERAL, "a zone that is not GMT matters only to who uses the date"),
    row("regbadct", "3.1.2.13", May, BAD_OR_LIBERAL, "missing <> in Contact may be inferred"),
    row("badaspec", "3.1.2.14", May, BAD_OR_LIBERAL, "spaces within <> may be ignored"),
    row("baddn", "3.1.2.15", May, BAD_OR_LIBERAL, "missing quotes round a display name may be inferred"),
    row("badvers", "3.1.2.16", Should, &["answer 505"], "a SIP version that is too high"),
    row("mismatch01", "3.1.2.17", Must, BAD, "the methods of request line and CSeq differ"),
    row("mismatch02", "3.1.2.18", May, &["answer 501", "answer 400"], "the methods differ and are unknown"),
    row("bigcode", "3.1.2.19", Should, DROP, "a response with a code beyond 699"),
    row("badbranch", "3.2.1", May, BAD_OR_LIBERAL, "a branch without an identifier may count as one of RFC 2543"),
    row("insuf", "3.3.1", Should, BAD, "Call-ID, From and To are missing"),
    row("unkscm", "3.3.2", Must, &["answer 416"], "well-formed, but the scheme of the Request-URI is unknown"),
    row("novelsc", "3.3.3", May, &["answer 416", "answer 404"], "a scheme that is known, but of no use here"),
    row("unksm2", "3.3.4", Should, BAD, "a registrar needs a SIP URI in To"),
    row("bext01", "3.3.5", Must, &["answer 420"], "extensions are required that nobody has"),
    row("invut", "3.3.6", Should, &["answer 415"], "the body's type is unknown"),
    row("regaut01", "3.3.7", May, &["accept", "answer 401"], "an unknown scheme is ignored, or challenged by who wants to know"),
    row("multi01", "3.3.8", Should, BAD, "several values where one is allowed"),
    row("mcl01", "3.3.9", Should, BAD, "two lengths are as good as none"),
    row("bcast", "3.3.10", Should, DROP, "well-formed, but a response with two Via values is not for an endpoint"),
    row("zeromf", "3.3.11", Should, ACCEPT, "Max-Forwards of zero concerns who forwards"),
    row("cparam01", "3.3.12", Should, ACCEPT, "without <> a parameter is one of the header"),
    row("cparam02", "3.3.13", Should, ACCEPT, "within <> a parameter is one of the URI"),
    row("regescrt", "3.3.14", Should, ACCEPT, "a URI in Contact may have headers"),
    row("sdp01", "3.3.15", May, &["answer 406", "answer 400"], "no answer in SDP is accepted, which each INVITE must"),
    row("inv2543", "3.4.1", May, BAD_OR_LIBERAL, "legal in RFC 2543: no branch, no From tag, no Max-Forwards"),
];

/// The messages of RFC 5118.
#[rustfmt::skip] // a line a message
pub const RFC_5118: [Row; 12] = [
    row("ipv6-good", "4.1", Must, ACCEPT, "references in brackets are well-formed"),
    row("ipv6-bad", "4.2", Should, BAD, "the Request-URI lacks the brackets"),
    row("port-ambiguous", "4.3", Must, ACCEPT, "well-formed, though not what its sender meant"),
    row("port-unambiguous", "4.4", Must, ACCEPT, "a port follows the brackets"),
    row("via-received-param-with-delim", "4.5", Must, ACCEPT, "brackets in received are against the grammar, yet must be read"),
    row("via-received-param-no-delim", "4.5", Must, ACCEPT, "received has no brackets"),
    row("ipv6-in-sdp", "4.6", May, BAD_OR_LIBERAL, "well-formed but for its Content-Length of 268, which is more than there is (RFC 4475, 3.1.2.2)"),
    row("mult-ip-in-header", "4.7", Must, ACCEPT, "addresses of both kinds in Via are well-formed"),
    row("mult-ip-in-sdp", "4.8", Must, ACCEPT, "addresses of both kinds in the body are well-formed"),
    row("ipv4-mapped-ipv6", "4.9", Must, ACCEPT, "an IPv4 address within an IPv6 one is well-formed"),
    row("ipv6-bug-abnf-3-colons", "4.10", Must, ACCEPT, "a colon too many, which the grammar of RFC 3261 makes, must be tolerated"),
    row("ipv6-correct-abnf-2-colons", "4.10", Must, ACCEPT, "the same without it is correct"),
];
