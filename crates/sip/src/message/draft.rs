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
    fn started(line: &[&str]) -> Draft {
        let mut draft = Draft {
            out: String::with_capacity(1024),
            body: String::new(),
        };
        line.iter().for_each(|part| draft.write(part));
        draft.out.push_str("\r\n");
        draft
    }

    /// Starts a request.
    pub fn request(method: &str, uri: &str) -> Draft {
        Draft::started(&[method, " ", uri, " SIP/2.0"])
    }

    /// Starts a response.
    pub fn response(status: u16, reason: &str) -> Draft {
        Draft::started(&["SIP/2.0 ", &status.to_string(), " ", reason])
    }

    /// Writes text without line ends and NULs.
    fn write(&mut self, text: &str) {
        self.out
            .extend(text.chars().filter(|c| !matches!(c, '\r' | '\n' | '\0')));
    }

    /// Adds a header line. One whose name is no token is left out.
    pub fn header(&mut self, name: &str, value: &str) -> &mut Self {
        if !name.is_empty() && name.bytes().all(is_token) {
            self.out.push_str(name);
            self.out.push_str(": ");
            self.write(value);
            self.out.push_str("\r\n");
        }
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
        let length = self.body.len().to_string();
        self.header("Content-Length", &length);
        self.out.push_str("\r\n");
        self.out.push_str(&self.body);
        std::mem::take(&mut self.out)
    }
}
