//! What a user agent must read and change in session descriptions (RFC 8866), line by line: there is no model of the
//! whole, so what is not understood stays as it is.
//!
//! Everything is about the first audio section; what a section does not say, the session says.

use crate::message::{Lines, fill, halves, line, words};

/// Which way audio flows, as the sender of a description sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Both ways.
    SendRecv,
    /// Only from the sender: the sender holds the call.
    SendOnly,
    /// Only to the sender: what is answered to a hold.
    RecvOnly,
    /// Neither way.
    Inactive,
}

impl Direction {
    const ALL: [Self; 4] = [
        Self::SendRecv,
        Self::SendOnly,
        Self::RecvOnly,
        Self::Inactive,
    ];

    /// The attribute that says so.
    pub fn name(self) -> &'static str {
        match self {
            Self::SendRecv => "sendrecv",
            Self::SendOnly => "sendonly",
            Self::RecvOnly => "recvonly",
            Self::Inactive => "inactive",
        }
    }

    /// The direction that a line says.
    fn read(line: &str) -> Option<Self> {
        let name = line.strip_prefix("a=")?;
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// Which way audio flows. The address 0.0.0.0 holds too (RFC 3264 section 8.4), unless ICE finds the addresses.
pub fn direction(sdp: &str) -> Direction {
    let line = find(sdp, &|line| Direction::read(line).map(|_| line));
    let said = line.and_then(Direction::read);
    let address = find(sdp, &|line| line.strip_prefix("c="));
    let nowhere = address == Some("IN IP4 0.0.0.0") && ufrag(sdp).is_none();
    match said.unwrap_or(Direction::SendRecv) {
        Direction::SendRecv if nowhere => Direction::SendOnly,
        Direction::RecvOnly if nowhere => Direction::Inactive,
        said => said,
    }
}

/// The description with another direction of the audio.
pub fn set_direction(sdp: &str, direction: Direction) -> String {
    let (before, audio, after) = parts(sdp);
    let mut out = String::from(before);
    for line in Lines::of(audio) {
        if Direction::read(line).is_none() {
            push(&mut out, &[line]);
        }
    }
    if !audio.is_empty() {
        push(&mut out, &["a=", direction.name()]);
    }
    out.push_str(after);
    out
}

/// The description with these codecs alone, in this order. Where it has none of them the section is refused instead
/// (see [`is_refused`]) and keeps its codecs: without any it could not be read.
pub fn keep_codecs(sdp: &str, names: &[&str]) -> String {
    let (before, audio, after) = parts(sdp);
    if audio.is_empty() {
        return sdp.to_owned();
    }
    let (first, attributes) = line(audio);
    let first = words(first);
    let word = |at: usize| first.get(at).copied().unwrap_or_default();
    let offered = first.get(3..).unwrap_or_default();
    let mut kept = String::new();
    for name in names {
        for kind in offered {
            if codec(attributes, kind).eq_ignore_ascii_case(name) {
                fill(&mut kept, " %", &[kind]);
            }
        }
    }
    let mut port = word(1);
    if kept.is_empty() {
        port = "0";
        for kind in offered {
            fill(&mut kept, " %", &[kind]);
        }
    }
    let mut out = String::from(before);
    fill(&mut out, "% % %%\r\n", &[word(0), port, word(2), &kept]);
    for line in Lines::of(attributes) {
        let of = ["a=rtpmap:", "a=fmtp:", "a=rtcp-fb:"]
            .iter()
            .find_map(|prefix| line.strip_prefix(prefix))
            .map(|rest| halves(rest, b' ').0);
        // `*` stands for all that are left.
        if of.is_none_or(|kind| kind == "*" || words(&kept).contains(&kind)) {
            fill(&mut out, "%\r\n", &[line]);
        }
    }
    out.push_str(after);
    out
}

/// The name of a codec: that of its `rtpmap`, else the one that its number has for ever (RFC 3551).
fn codec<'a>(attributes: &'a str, kind: &str) -> &'a str {
    let mapped = Lines::of(attributes).find_map(|line| {
        let (number, codec) = halves(line.strip_prefix("a=rtpmap:")?, b' ');
        (number == kind).then(|| halves(codec, b'/').0)
    });
    mapped.unwrap_or(match kind {
        "0" => "PCMU",
        "8" => "PCMA",
        _ => "",
    })
}

/// The name of the ICE session: another one than before is an ICE restart.
pub fn ufrag(sdp: &str) -> Option<&str> {
    attribute(sdp, "ice-ufrag")
}

/// Whether candidates may follow later (RFC 8838).
pub fn has_trickle(sdp: &str) -> bool {
    attribute(sdp, "ice-options").is_some_and(|options| words(options).contains(&"trickle"))
}

/// Whether the audio was refused: port 0, or no audio at all.
pub fn is_refused(sdp: &str) -> bool {
    let (_, audio, _) = parts(sdp);
    words(audio).get(1).is_none_or(|port| *port == "0")
}

/// The candidates, each beginning with `candidate:` as browsers want them.
pub fn candidates(sdp: &str) -> Vec<&str> {
    Lines::of(parts(sdp).1).filter_map(candidate).collect()
}

/// The description with one more candidate, with or without `a=` before it.
pub fn with_candidate(sdp: &str, candidate: &str) -> String {
    let (before, audio, after) = parts(sdp);
    let mut out = String::from(before);
    for line in Lines::of(audio) {
        push(&mut out, &[line]);
    }
    push_candidate(&mut out, candidate);
    out.push_str(after);
    out
}

/// Late candidates as `application/trickle-ice-sdpfrag` (RFC 8840); `end`: no more will follow.
pub fn fragment(sdp: &str, candidates: &[&str], end: bool) -> String {
    let mut out = String::new();
    for name in ["ice-ufrag", "ice-pwd"] {
        if let Some(value) = attribute(sdp, name) {
            push(&mut out, &["a=", name, ":", value]);
        }
    }
    push(&mut out, &["m=audio 9 RTP/AVP 0"]);
    if let Some(mid) = attribute(sdp, "mid") {
        push(&mut out, &["a=mid:", mid]);
    }
    for candidate in candidates {
        push_candidate(&mut out, candidate);
    }
    if end {
        push(&mut out, &["a=end-of-candidates"]);
    }
    out
}

/// The candidates of an `application/trickle-ice-sdpfrag`, each with the `mid` of its section. [`ufrag`] says which ICE
/// session they are for.
pub fn read_fragment(text: &str) -> Vec<(&str, &str)> {
    let mut mid = "";
    let mut found = Vec::new();
    for line in Lines::of(text) {
        if line.starts_with("m=") {
            mid = "";
        } else if let Some(name) = line.strip_prefix("a=mid:") {
            mid = name;
        } else if let Some(candidate) = candidate(line) {
            found.push((mid, candidate));
        }
    }
    found
}

/// The value of an attribute.
pub fn attribute<'a>(sdp: &'a str, name: &str) -> Option<&'a str> {
    find(sdp, &|line| {
        line.strip_prefix("a=")?
            .strip_prefix(name)?
            .strip_prefix(':')
    })
}

/// What a line is asked for, first in the audio section, then in what is said for all sections.
fn find<'a>(sdp: &'a str, ask: &dyn Fn(&'a str) -> Option<&'a str>) -> Option<&'a str> {
    let (_, audio, _) = parts(sdp);
    let session = sdp.split_at(place(sdp, "m=")).0;
    Lines::of(audio).chain(Lines::of(session)).find_map(ask)
}

/// The candidate that a line brings.
fn candidate(line: &str) -> Option<&str> {
    line.strip_prefix("a=")
        .filter(|rest| rest.starts_with("candidate:"))
}

/// What is before the first audio section, the section, and what is after it.
fn parts(sdp: &str) -> (&str, &str, &str) {
    let (before, rest) = sdp.split_at(place(sdp, "m=audio"));
    let (first, behind) = line(rest);
    let end = first.len() + place(behind, "m=");
    let (audio, after) = rest.split_at(end);
    (before, audio, after)
}

/// Where the first line is that begins so; the end of the text where there is none.
fn place(text: &str, prefix: &str) -> usize {
    let mut rest = text;
    while !rest.is_empty() && !rest.starts_with(prefix) {
        rest = line(rest).1;
    }
    text.len() - rest.len()
}

/// Adds a line.
fn push(out: &mut String, pieces: &[&str]) {
    for piece in pieces {
        out.push_str(piece);
    }
    out.push_str("\r\n");
}

/// Adds a candidate's line.
fn push_candidate(out: &mut String, candidate: &str) {
    push(
        out,
        &["a=", candidate.strip_prefix("a=").unwrap_or(candidate)],
    );
}
