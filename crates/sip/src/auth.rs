//! Digest authentication, both ends (RFC 7616, RFC 8760; RFC 2069 where a server asks without `qop`).
//!
//! ```
//! use sip::auth::{Digest, Secret, choose};
//!
//! let asked = [r#"Digest realm="example.com", nonce="c60f3082", qop="auth", algorithm=MD5"#];
//! let mut digest = Digest::new(choose(&asked).ok_or("no challenge that we can answer")?);
//! let password = Secret::new("open sesame".to_owned());
//! let value = digest.answer("1001", &password, "REGISTER", "sip:example.com", b"", "0a4f113b");
//! assert!(value.contains("nc=00000001"));
//! # Ok::<(), &str>(())
//! ```

use std::fmt;

use md5::{Digest as _, Md5};
use sha2::Sha256;

/// How many nonces a server remembers; who comes with an older one is asked again.
const NONCES: usize = 1024;

/// A password. It never shows in what is printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a password.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The password itself, for who computes with it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// How the answer is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// `MD5`, also where a challenge names none.
    Md5,
    /// `MD5-sess`: the password is hashed with the first nonces of a session.
    Md5Sess,
    /// `SHA-256`.
    Sha256,
    /// `SHA-256-sess`.
    Sha256Sess,
}

impl Algorithm {
    const ALL: [Self; 4] = [Self::Md5, Self::Md5Sess, Self::Sha256, Self::Sha256Sess];

    /// As it is written in a header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Md5Sess => "MD5-sess",
            Self::Sha256 => "SHA-256",
            Self::Sha256Sess => "SHA-256-sess",
        }
    }

    fn read(text: Option<&str>) -> Option<Self> {
        let text = text.unwrap_or("MD5");
        Self::ALL
            .into_iter()
            .find(|one| one.name().eq_ignore_ascii_case(text))
    }

    fn is_session(self) -> bool {
        matches!(self, Self::Md5Sess | Self::Sha256Sess)
    }

    fn is_strong(self) -> bool {
        matches!(self, Self::Sha256 | Self::Sha256Sess)
    }

    /// The hash, as hexadecimal digits, of the parts with colons between them.
    fn hash(self, parts: &[&[u8]]) -> String {
        let bytes = parts.join(&b':');
        if self.is_strong() {
            hexadecimal(&Sha256::digest(&bytes))
        } else {
            hexadecimal(&Md5::digest(&bytes))
        }
    }
}

/// What a server asks for in `WWW-Authenticate` or `Proxy-Authenticate`.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Whose users it is about.
    pub realm: String,
    /// What goes into the hash, so that an answer is good for this challenge only.
    pub nonce: String,
    /// To be sent back as it came.
    pub opaque: Option<String>,
    /// The hash.
    pub algorithm: Algorithm,
    /// Whether answers may cover method and URI (`auth`).
    pub qop_auth: bool,
    /// Whether answers may cover the body too (`auth-int`).
    pub qop_int: bool,
    /// Whether only the nonce was out of date: the password is right, answer again.
    pub stale: bool,
}

impl Challenge {
    /// Reads what a scheme asks; `None` where we cannot answer it.
    fn read(scheme: &Scheme<'_>) -> Option<Self> {
        let qop = scheme.get("qop");
        let offers =
            |name: &str| qop.is_some_and(|all| all.split(',').any(|one| is(one.trim(), name)));
        let (qop_auth, qop_int) = (offers("auth"), offers("auth-int"));
        if !is(scheme.name, "Digest") || (qop.is_some() && !qop_auth && !qop_int) {
            return None;
        }
        Some(Self {
            realm: scheme.get("realm")?.to_owned(),
            nonce: scheme.get("nonce")?.to_owned(),
            opaque: scheme.get("opaque").map(str::to_owned),
            algorithm: Algorithm::read(scheme.get("algorithm"))?,
            qop_auth,
            qop_int,
            stale: scheme.get("stale").is_some_and(|stale| is(stale, "true")),
        })
    }
}

/// The strongest challenge that we can answer; of equally strong ones the first, as its sender prefers (RFC 8760).
///
/// `values` are those of all `WWW-Authenticate` or `Proxy-Authenticate` lines. It does not matter whether a line comes
/// whole or was cut at its commas.
pub fn choose(values: &[&str]) -> Option<Challenge> {
    let mut best: Option<Challenge> = None;
    for scheme in schemes(values) {
        if let Some(challenge) = Challenge::read(&scheme)
            && best
                .as_ref()
                .is_none_or(|best| challenge.algorithm.is_strong() && !best.algorithm.is_strong())
        {
            best = Some(challenge);
        }
    }
    best
}

/// The client's end: answers one challenge, as often as requests are sent.
pub struct Digest {
    challenge: Challenge,
    /// How many answers this nonce has had.
    count: u32,
    /// The first client nonce, which a session is bound to.
    session: Option<String>,
}

impl Digest {
    /// Begins to answer a challenge.
    pub fn new(challenge: Challenge) -> Self {
        Self {
            challenge,
            count: 0,
            session: None,
        }
    }

    /// What is answered.
    pub fn challenge(&self) -> &Challenge {
        &self.challenge
    }

    /// The value of `Authorization` or `Proxy-Authorization` for a request; `cnonce` is random text of the caller's.
    pub fn answer(
        &mut self,
        user: &str,
        password: &Secret,
        method: &str,
        uri: &str,
        body: &[u8],
        cnonce: &str,
    ) -> String {
        let asked = &self.challenge;
        let session = asked.algorithm.is_session();
        // Within a session the first one stays: then it is right for servers that hash it once, and for those that
        // take the one of each request.
        let cnonce = if session {
            self.session
                .get_or_insert_with(|| cnonce.to_owned())
                .as_str()
        } else {
            cnonce
        };
        self.count = self.count.saturating_add(1);
        let nc = hexadecimal(&self.count.to_be_bytes());
        let qop = match asked {
            Challenge { qop_auth: true, .. } => Some("auth"),
            Challenge { qop_int: true, .. } => Some("auth-int"),
            _ => None,
        };
        let response = Proof {
            algorithm: asked.algorithm,
            user,
            realm: &asked.realm,
            nonce: &asked.nonce,
            session: cnonce,
            method,
            uri,
            body,
            qop,
            nc: &nc,
            cnonce,
        }
        .response(password);

        let mut value = String::from("Digest algorithm=");
        value.push_str(asked.algorithm.name());
        put(&mut value, "username", user);
        put(&mut value, "realm", &asked.realm);
        put(&mut value, "nonce", &asked.nonce);
        put(&mut value, "uri", uri);
        put(&mut value, "response", &response);
        if let Some(opaque) = &asked.opaque {
            put(&mut value, "opaque", opaque);
        }
        if qop.is_some() || session {
            put(&mut value, "cnonce", cnonce);
        }
        if let Some(qop) = qop {
            value.push_str(", qop=");
            value.push_str(qop);
            value.push_str(", nc=");
            value.push_str(&nc);
        }
        value
    }
}

/// The server's end: asks and checks.
pub struct Authority {
    realm: String,
    algorithms: Vec<Algorithm>,
    /// The oldest first.
    nonces: Vec<Nonce>,
}

/// A nonce that was given out.
struct Nonce {
    text: String,
    /// The highest count that an answer had.
    count: u32,
    /// The client nonce of the first answer, which a session is bound to.
    session: Option<String>,
}

/// What credentials are worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// They are right.
    Granted {
        /// Whose they are.
        user: String,
    },
    /// The password is right, but the nonce is not one of ours any more or was used before: ask again with `stale`.
    Stale,
    /// They are wrong, cannot be read, or are no answer to what was asked.
    Denied,
}

impl Authority {
    /// Guards a realm with these algorithms, the preferred one first.
    pub fn new(realm: &str, algorithms: &[Algorithm]) -> Self {
        Self {
            realm: realm.to_owned(),
            algorithms: algorithms.to_vec(),
            nonces: Vec::new(),
        }
    }

    /// The values of a challenge, one for each algorithm in the order of preference. `nonce` is random text of the
    /// caller's, which nobody could guess.
    pub fn challenge(&mut self, nonce: &str, stale: bool) -> Vec<String> {
        if self.nonces.len() >= NONCES {
            self.nonces.remove(0);
        }
        self.nonces.push(Nonce {
            text: nonce.to_owned(),
            count: 0,
            session: None,
        });
        let mut values = Vec::new();
        for algorithm in &self.algorithms {
            let mut value = String::from("Digest algorithm=");
            value.push_str(algorithm.name());
            put(&mut value, "realm", &self.realm);
            put(&mut value, "nonce", nonce);
            value.push_str(", qop=\"auth,auth-int\"");
            if stale {
                value.push_str(", stale=true");
            }
            values.push(value);
        }
        values
    }

    /// Checks the value of an `Authorization` header. `password_of` gives the password of a user who exists.
    ///
    /// An answer without `qop` is taken once for each nonce: nothing else would keep others from sending it again.
    pub fn check(
        &mut self,
        value: &str,
        method: &str,
        body: &[u8],
        password_of: &dyn Fn(&str) -> Option<Secret>,
    ) -> Check {
        self.judge(value, method, body, password_of)
            .unwrap_or(Check::Denied)
    }

    /// `None` for what is denied.
    fn judge(
        &mut self,
        value: &str,
        method: &str,
        body: &[u8],
        password_of: &dyn Fn(&str) -> Option<Secret>,
    ) -> Option<Check> {
        let schemes = schemes(&[value]);
        let scheme = schemes.first().filter(|one| is(one.name, "Digest"))?;
        let user = scheme.get("username")?;
        let realm = scheme.get("realm").filter(|realm| *realm == self.realm)?;
        let algorithm = Algorithm::read(scheme.get("algorithm"))?;
        if !self.algorithms.contains(&algorithm) {
            return None;
        }
        let qop = match scheme.get("qop") {
            None => None,
            Some(qop) if is(qop, "auth") => Some("auth"),
            Some(qop) if is(qop, "auth-int") => Some("auth-int"),
            Some(_) => return None,
        };
        let nc = scheme.get("nc").unwrap_or_default();
        let count = match qop {
            // Eight digits, as it is hashed.
            Some(_) if nc.len() == 8 => u32::from_str_radix(nc, 16).ok()?,
            Some(_) => return None,
            // The one and only.
            None => u32::MAX,
        };
        let cnonce = match scheme.get("cnonce") {
            Some(cnonce) => cnonce,
            None if qop.is_none() && !algorithm.is_session() => "",
            None => return None,
        };
        let nonce = scheme.get("nonce")?;
        let known = self.nonces.iter_mut().find(|one| one.text == nonce);
        let session = known.as_ref().and_then(|one| one.session.as_deref());
        let expected = Proof {
            algorithm,
            user,
            realm,
            nonce,
            session: session.unwrap_or(cnonce),
            method,
            uri: scheme.get("uri")?,
            body,
            qop,
            nc,
            cnonce,
        }
        .response(&password_of(user)?);
        if !is(&expected, scheme.get("response")?) {
            return None;
        }
        Some(match known {
            Some(known) if count > known.count => {
                known.count = count;
                known.session.get_or_insert_with(|| cnonce.to_owned());
                Check::Granted {
                    user: user.to_owned(),
                }
            }
            _ => Check::Stale,
        })
    }
}

/// All that goes into a response, beside the password.
struct Proof<'a> {
    algorithm: Algorithm,
    user: &'a str,
    realm: &'a str,
    nonce: &'a str,
    /// The client nonce that a session is bound to.
    session: &'a str,
    method: &'a str,
    uri: &'a str,
    body: &'a [u8],
    qop: Option<&'a str>,
    nc: &'a str,
    cnonce: &'a str,
}

impl Proof<'_> {
    /// RFC 7616 section 3.4.1.
    fn response(&self, password: &Secret) -> String {
        let hash = |parts: &[&[u8]]| self.algorithm.hash(parts);
        let nonce = self.nonce.as_bytes();
        let mut secret = hash(&[
            self.user.as_bytes(),
            self.realm.as_bytes(),
            password.expose().as_bytes(),
        ]);
        if self.algorithm.is_session() {
            secret = hash(&[secret.as_bytes(), nonce, self.session.as_bytes()]);
        }
        let body;
        let mut request = vec![self.method.as_bytes(), self.uri.as_bytes()];
        if self.qop == Some("auth-int") {
            body = hash(&[self.body]);
            request.push(body.as_bytes());
        }
        let request = hash(&request);
        let mut whole = vec![secret.as_bytes(), nonce];
        if let Some(qop) = self.qop {
            whole.extend([self.nc.as_bytes(), self.cnonce.as_bytes(), qop.as_bytes()]);
        }
        whole.push(request.as_bytes());
        hash(&whole)
    }
}

/// A scheme with its parameters.
struct Scheme<'a> {
    name: &'a str,
    parameters: Vec<(&'a str, String)>,
}

impl Scheme<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(one, _)| is(one, name))
            .map(|(_, value)| value.as_str())
    }
}

/// Reads header values. A word before a parameter begins a scheme, so what was cut at commas comes together again, and
/// what somebody joined with commas comes apart.
fn schemes<'a>(values: &[&'a str]) -> Vec<Scheme<'a>> {
    let mut all: Vec<Scheme<'a>> = Vec::new();
    for value in values {
        let mut rest = *value;
        loop {
            rest = rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
            if rest.is_empty() {
                break;
            }
            let end = rest.find([',', '=']).unwrap_or(rest.len());
            let (head, tail) = rest.split_at(end);
            let head = head.trim_end();
            let (scheme, name) = match (head.split_once([' ', '\t']), tail.strip_prefix('=')) {
                (Some((scheme, name)), _) => (Some(scheme), name.trim_start()),
                (None, Some(_)) => (None, head),
                (None, None) => (Some(head), ""),
            };
            if let Some(name) = scheme {
                all.push(Scheme {
                    name,
                    parameters: Vec::new(),
                });
            }
            let value = match tail.strip_prefix('=') {
                Some(tail) => {
                    let (value, after) = read_value(tail.trim_start());
                    rest = after;
                    value
                }
                None => {
                    rest = tail;
                    String::new()
                }
            };
            if let Some(scheme) = all.last_mut() {
                scheme.parameters.push((name, value));
            }
        }
    }
    all
}

/// A value, without quotes and escapes, and what follows it.
fn read_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, rest) = text.split_at(text.find(',').unwrap_or(text.len()));
        return (value.trim_end().to_owned(), rest);
    };
    let mut value = String::new();
    let mut letters = quoted.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => value.extend(letters.next()),
            other => value.push(other),
        }
    }
    (value, letters.as_str())
}

/// Adds `, name="value"`. Line ends are dropped: nobody adds a header by a strange name.
fn put(out: &mut String, name: &str, value: &str) {
    out.push_str(", ");
    out.push_str(name);
    out.push_str("=\"");
    for letter in value.chars() {
        match letter {
            '\r' | '\n' | '\0' => continue,
            '"' | '\\' => out.push('\\'),
            _ => {}
        }
        out.push(letter);
    }
    out.push('"');
}

/// Lower-case hexadecimal digits.
fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    text
}

/// Words of headers are compared without regard to case.
fn is(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}
