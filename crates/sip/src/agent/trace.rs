//! What went over the link, for people who look for a fault.

use super::UserAgent;
use crate::message::{self, Lines, Message, Name, decimal, halves, position, split};
use crate::sdp;

/// Entries kept of one call.
const ENTRIES: usize = 200;
/// Calls kept that are over.
const CALLS: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Sent,
    Received,
    Note,
}

struct Entry {
    at: u64,
    way: Way,
    text: String,
}

/// The trace of one call.
pub(super) struct Trace {
    pub(super) key: u32,
    entries: Vec<Entry>,
}

impl Trace {
    pub(super) fn to_json(&self) -> String {
        let mut out = String::from("[");
        for entry in &self.entries {
            if out.len() > 1 {
                out.push(',');
            }
            entry.write(&mut out);
        }
        out.push(']');
        out
    }
}

impl Entry {
    fn write(&self, out: &mut String) {
        out.push_str("{\"at\":");
        out.push_str(&decimal(self.at));
        let way = match self.way {
            Way::Sent => "sent",
            Way::Received => "received",
            Way::Note => "note",
        };
        field(out, "way", way);
        if self.way == Way::Note {
            field(out, "line", &self.text);
        } else {
            field(
                out,
                "line",
                Lines::of(&self.text).next().unwrap_or_default(),
            );
            if let Ok(message) = Message::parse(self.text.as_bytes()) {
                self.describe(&message, out);
            }
            field(out, "text", &self.text);
        }
        out.push('}');
    }

    fn describe(&self, message: &Message<'_>, out: &mut String) {
        if let Some(cseq) = message.header(Name::CSeq) {
            field(out, "cseq", cseq);
        }
        if let Some(status) = message.status() {
            out.push_str(",\"status\":");
            out.push_str(&decimal(status.into()));
        }
        if let Some(sdp) = super::text::sdp_of(message) {
            if let Some(ufrag) = sdp::ufrag(&sdp) {
                field(out, "ufrag", ufrag);
            }
            field(out, "direction", sdp::direction(&sdp).name());
        }
    }
}

/// `,"name":"value"`.
fn field(out: &mut String, name: &str, value: &str) {
    out.push_str(",\"");
    out.push_str(name);
    out.push_str("\":\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\r' => out.push_str("\\r"),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => {
                out.push_str("\\u00");
                for digit in [c as u32 >> 4, c as u32 & 15] {
                    out.push(char::from_digit(digit, 16).unwrap_or_default());
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// A message without what nobody else may know. Its length stays, as its header says it.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut secret = false;
    let mut rest = text;
    while !rest.is_empty() {
        let (line, behind) = message::line(rest);
        rest = behind;
        let goes_on = matches!(line.as_bytes(), [b' ' | b'\t', ..]);
        if !goes_on {
            let name = halves(line, b':').0.trim_ascii();
            let proof = name.len().saturating_sub("authorization".len());
            let proof = name.get(proof..).unwrap_or_default();
            secret = matches!(name, "a=ice-pwd" | "a=crypto")
                || proof.eq_ignore_ascii_case("authorization");
        }
        let shown = match position(line, b':') {
            _ if secret && goes_on => 0,
            Some(colon) if secret => colon + 1,
            _ => line.len(),
        };
        let (head, tail) = split(line, shown);
        out.push_str(head);
        for byte in tail.bytes() {
            out.push(match byte {
                b'\r' | b'\n' | b' ' | b'\t' => char::from(byte),
                _ => '*',
            });
        }
    }
    out
}

impl UserAgent {
    pub(super) fn record(&mut self, call: u32, way: Way, text: &str) {
        let entry = Entry {
            at: self.now,
            way,
            text: masked(text),
        };
        if let Some(trace) = self.traces.iter_mut().find(|trace| trace.key == call) {
            if trace.entries.len() >= ENTRIES {
                trace.entries.remove(0);
            }
            trace.entries.push(entry);
            return;
        }
        let entries = vec![entry];
        self.traces.push(Trace { key: call, entries });
        // Those of the calls that go on stay, and of the last that are over.
        let live = self.keys();
        let mut over = 0;
        for at in (0..self.traces.len()).rev() {
            let Some(trace) = self.traces.get(at) else {
                continue;
            };
            if trace.key != 0 && !live.contains(&trace.key) {
                over += 1;
                if over > CALLS {
                    self.traces.remove(at);
                }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn credentials_and_ice_passwords_are_starred_and_the_length_stays() {
        let text = "INVITE sip:b@c SIP/2.0\r\nProxy-Authorization: Digest response=\"beef\"\r\nCSeq: 1 INVITE\r\n\r\na=ice-pwd:hush ü\r\n";
        let shown = masked(text);
        assert_eq!(shown.len(), text.len());
        assert!(!shown.contains("beef") && !shown.contains("hush"));
        assert!(shown.contains("CSeq: 1 INVITE\r\n"));
        assert!(shown.ends_with("a=ice-pwd:**** **\r\n"));
    }

    #[test]
    fn an_entry_says_what_the_message_is() {
        let text = "SIP/2.0 200 OK\r\nCSeq: 4 INVITE\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm=audio 9 RTP/AVP 0\r\na=sendonly\r\na=ice-ufrag:x\"y\r\n";
        let entry = Entry {
            at: 7,
            way: Way::Received,
            text: masked(text),
        };
        let mut out = String::new();
        entry.write(&mut out);
        assert!(out.starts_with(
            "{\"at\":7,\"way\":\"received\",\"line\":\"SIP/2.0 200 OK\",\"cseq\":\"4 INVITE\",\"status\":200,\"ufrag\":\"x\\\"y\",\"direction\":\"sendonly\",\"text\":\"SIP/2.0 200 OK\\r\\n"
        ), "{out}");
    }
}
