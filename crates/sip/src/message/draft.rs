//! Messages to text.

use super::{decimal, is_all, is_token};

/// A message that is being written. What a peer could take for a line end of its own is left out everywhere, so that no
/// value can smuggle in a header.
///
/// ```
/// use sip::Draft;
/// let mut draft = Draft::request("OPTIONS", "sip:example.com");
/// draft.header("Call-ID", "1").header("X-Note", "a\r\nb");
/// assert_eq!(draft.finish(), "OPTIONS sip:example.com SIP/2.0\r\nCall-ID: 1\r\nX-Note: ab\r\nContent-Length: 0\r\n\r\n");
/// ```
pub struct Draft {
    out: String,
    body: String,
}

impl Draft {
    fn of(line: &str, parts: &[&str]) -> Draft {
        let mut out = String::with_capacity(1024);
        fill(&mut out, line, parts);
        let body = String::new();
        Draft { out, body }
    }

    /// Starts a request.
    pub fn request(method: &str, uri: &str) -> Draft {
        Draft::of("% % SIP/2.0\r\n", &[method, uri])
    }

    /// Starts a response.
    pub fn response(status: u16, reason: &str) -> Draft {
        Draft::of("SIP/2.0 % %\r\n", &[&decimal(status.into()), reason])
    }

    /// Adds a header line. One whose name is no token is left out.
    pub fn header(&mut self, name: &str, value: &str) -> &mut Self {
        put(&mut self.out, name, value);
        self
    }

    /// Sets the body and its `Content-Type`. Once at most.
    pub fn body(&mut self, kind: &str, text: &str) -> &mut Self {
        self.header("Content-Type", kind);
        self.body.push_str(text);
        self
    }

    /// The whole message. `Content-Length` is always there.
    pub fn finish(&mut self) -> String {
        finished(std::mem::take(&mut self.out), &self.body)
    }
}

/// Adds a header line of any name. One whose name is no token is left out.
pub(crate) fn put(out: &mut String, name: &str, value: &str) {
    if is_all(name, is_token) {
        fill(out, "%: %\r\n", &[name, value]);
    }
}

/// Ends the headers and adds the body.
pub(crate) fn finished(mut out: String, body: &str) -> String {
    let length = decimal(body.len() as u64);
    fill(&mut out, "Content-Length: %\r\n\r\n", &[&length]);
    out.push_str(body);
    out
}

/// Adds text that has a `%` for each of these parts. The line ends and NULs in them are left out.
pub(crate) fn fill(out: &mut String, text: &str, parts: &[&str]) {
    let mut parts = parts.iter();
    for c in text.chars() {
        if c != '%' {
            out.push(c);
            continue;
        }
        for c in parts.next().unwrap_or(&"").chars() {
            if !matches!(c, '\r' | '\n' | '\0') {
                out.push(c);
            }
        }
    }
}

/// The same as a text of its own.
pub(crate) fn filled(text: &str, parts: &[&str]) -> String {
    let mut out = String::new();
    fill(&mut out, text, parts);
    out
}
