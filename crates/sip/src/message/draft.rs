//! Messages to text.

use super::is_token;

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
    fn of(line: &[&str]) -> Draft {
        Draft {
            out: started(line),
            body: String::new(),
        }
    }

    /// Starts a request.
    pub fn request(method: &str, uri: &str) -> Draft {
        Draft::of(&[method, " ", uri, " SIP/2.0"])
    }

    /// Starts a response.
    pub fn response(status: u16, reason: &str) -> Draft {
        Draft::of(&["SIP/2.0 ", &status.to_string(), " ", reason])
    }

    /// Adds a header line. One whose name is no token is left out.
    pub fn header(&mut self, name: &str, value: &str) -> &mut Self {
        put(&mut self.out, name, &[value]);
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

/// A message's first line.
pub(crate) fn started(line: &[&str]) -> String {
    let mut out = String::with_capacity(1024);
    write(&mut out, line);
    out
}

/// Adds a header line. One whose name is no token is left out.
pub(crate) fn put(out: &mut String, name: &str, value: &[&str]) {
    if !name.is_empty() && name.bytes().all(is_token) {
        out.push_str(name);
        out.push_str(": ");
        write(out, value);
    }
}

/// Ends the headers and adds the body.
pub(crate) fn finished(mut out: String, body: &str) -> String {
    put(&mut out, "Content-Length", &[&body.len().to_string()]);
    out.push_str("\r\n");
    out.push_str(body);
    out
}

/// Writes one line, without the line ends and NULs that are in its parts.
fn write(out: &mut String, parts: &[&str]) {
    for part in parts {
        for c in part.chars() {
            if !matches!(c, '\r' | '\n' | '\0') {
                out.push(c);
            }
        }
    }
    out.push_str("\r\n");
}
