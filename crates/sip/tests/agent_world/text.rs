//! SIP as text: what tests read of it, and what every text has to be.

use sip::{Message, Name, NameAddr, validate};

/// A text that went over a link.
#[derive(Clone, Debug)]
pub struct Sent {
    /// When.
    pub at: u64,
    /// The whole of it.
    pub text: String,
}

impl Sent {
    pub fn read(&self) -> Message<'_> {
        Message::parse(self.text.as_bytes())
            .unwrap_or_else(|wrong| panic!("{wrong}:\n{}", self.text))
    }

    /// `INVITE`, `200 INVITE`, or `line ends`.
    pub fn label(&self) -> String {
        label(&self.text)
    }

    /// The first header line of a name; empty where there is none.
    pub fn header(&self, name: Name) -> String {
        self.read().header(name).unwrap_or_default().to_owned()
    }

    /// The first header line of a name that the crate does not know; empty where there is none.
    pub fn other(&self, name: &str) -> String {
        self.read().other(name).unwrap_or_default().to_owned()
    }

    pub fn values(&self, name: Name) -> Vec<String> {
        let message = self.read();
        let values = message.values(name);
        values.into_iter().map(str::to_owned).collect()
    }

    pub fn has(&self, name: Name) -> bool {
        self.read().header(name).is_some()
    }

    /// Whether a list such as `Supported` has a word.
    pub fn names(&self, name: Name, token: &str) -> bool {
        self.read().has_token(name, token)
    }

    /// The Request-URI.
    pub fn uri(&self) -> String {
        self.read().uri().expect("a request").to_owned()
    }

    /// The number in `CSeq`.
    pub fn number(&self) -> u32 {
        self.read().cseq().expect("a CSeq").number
    }

    /// The transaction's key.
    pub fn branch(&self) -> String {
        let message = self.read();
        let via = message.top_via().expect("a Via");
        via.branch.expect("a branch").to_owned()
    }

    /// The tag of `From` or `To`; empty where there is none.
    pub fn tag(&self, name: Name) -> String {
        tag(&self.header(name))
    }

    /// The URI of the first `Contact`.
    pub fn contact(&self) -> String {
        address(&self.header(Name::Contact))
    }

    pub fn body(&self) -> &str {
        self.read().body_text()
    }
}

/// The URI in a value such as that of `Contact`.
pub fn address(value: &str) -> String {
    let address = NameAddr::parse(value).unwrap_or_else(|| panic!("no address: {value:?}"));
    address.uri.to_owned()
}

/// The tag in a value of `From` or `To`; empty where there is none.
pub fn tag(value: &str) -> String {
    let address = NameAddr::parse(value).and_then(|address| address.tag());
    address.unwrap_or_default().to_owned()
}

/// `INVITE`, `200 INVITE`, or `line ends`.
pub fn label(text: &str) -> String {
    if text.trim().is_empty() {
        return "line ends".to_owned();
    }
    let message =
        Message::parse(text.as_bytes()).unwrap_or_else(|wrong| panic!("{wrong}:\n{text}"));
    let method = message.cseq().map_or("?", |cseq| cseq.method);
    match message.status() {
        Some(status) => format!("{status} {method}"),
        None => message.method().unwrap_or_default().to_owned(),
    }
}

/// What every text has to be that a user agent sends (RFC 3261 sections 7, 8.1.1 and 20.14, RFC 7118 section 5).
pub fn flaw(text: &str) -> Option<String> {
    if matches!(text, "\r\n" | "\r\n\r\n") {
        return None;
    }
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return Some("its head has no end".to_owned());
    };
    for line in head.split("\r\n") {
        if line.contains(['\r', '\n', '\0']) {
            return Some(format!("a line holds half a line end: {line:?}"));
        }
    }
    for line in head.split("\r\n").skip(1) {
        let Some((name, _)) = line.split_once(": ") else {
            return Some(format!("no header line: {line:?}"));
        };
        if name.is_empty() || name.contains(' ') {
            return Some(format!("no header name: {line:?}"));
        }
    }
    let message = match Message::parse(text.as_bytes()) {
        Ok(message) => message,
        Err(wrong) => return Some(wrong.to_string()),
    };
    let length = message.header(Name::ContentLength);
    if length != Some(body.len().to_string().as_str()) {
        return Some(format!(
            "Content-Length {length:?}, and the body has {}",
            body.len()
        ));
    }
    if body.is_empty() == message.header(Name::ContentType).is_some() {
        return Some("a Content-Type without a body, or a body without one".to_owned());
    }
    for name in [Name::Via, Name::From, Name::To, Name::CallId, Name::CSeq] {
        if message.header(name).is_none() {
            return Some(format!("no {}", name.as_str()));
        }
    }
    // Of an answer nothing more is asked.
    let method = message.method()?;
    if let Err(status) = validate(&message) {
        return Some(format!("a server would answer {status}"));
    }
    let branch = message.top_via().and_then(|via| via.branch);
    if branch.is_none_or(|branch| branch.len() < 12 || !branch.starts_with("z9hG4bK")) {
        return Some(format!("branch {branch:?}"));
    }
    if message.header(Name::MaxForwards).is_none() {
        return Some("no Max-Forwards".to_owned());
    }
    if message.from().and_then(|from| from.tag()).is_none() {
        return Some("no tag in From".to_owned());
    }
    // Who begins or moves a dialog says where he is (RFC 3261 section 8.1.1.8, RFC 3311 section 5.1, RFC 3515 section 2.2).
    let needs = matches!(
        method,
        "INVITE" | "UPDATE" | "REFER" | "NOTIFY" | "REGISTER"
    );
    if needs && message.values(Name::Contact).len() != 1 {
        return Some("it needs one Contact".to_owned());
    }
    None
}

/// A session description whose origin says whose it is and the how many-th, as Chromium writes it where there are no
/// candidates yet.
pub fn sdp(who: &str, version: u32, direction: &str) -> String {
    let lines = [
        "v=0".to_owned(),
        format!("o={who} 1 {version} IN IP4 127.0.0.1"),
        "s=-".to_owned(),
        "t=0 0".to_owned(),
        "m=audio 9 UDP/TLS/RTP/SAVPF 8".to_owned(),
        "c=IN IP4 0.0.0.0".to_owned(),
        "a=rtpmap:8 PCMA/8000".to_owned(),
        format!("a=ice-ufrag:{who}{version}"),
        format!("a=ice-pwd:hush{version}hushhushhushhushhush"),
        format!("a={direction}"),
    ];
    lines.iter().map(|line| format!("{line}\r\n")).collect()
}
