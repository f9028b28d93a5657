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

use crate::message::{Pieces, halves, is_no_blank, span, unquoted};
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

    fn read(scheme: &Scheme<'_>) -> Option<Self> {
        let text = scheme.get("algorithm");
        let text = text.as_deref().unwrap_or("MD5");
        Self::ALL.into_iter().find(|one| is(one.name(), text))
    }

    fn is_session(self) -> bool {
        matches!(self, Self::Md5Sess | Self::Sha256Sess)
    }

    fn is_strong(self) -> bool {
        matches!(self, Self::Sha256 | Self::Sha256Sess)
    }

    /// The hash as hexadecimal digits.
    fn hash(self, text: &[u8]) -> String {
        if self.is_strong() {
            hexadecimal(&Sha256::digest(text))
        } else {
            hexadecimal(&Md5::digest(text))
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
        let offered = qop.as_deref().unwrap_or_default();
        let offers = |name| Pieces::of(offered, b',').any(|one| is(one, name));
        let (qop_auth, qop_int) = (offers("auth"), offers("auth-int"));
        if !is(scheme.name, "Digest") || (qop.is_some() && !qop_auth && !qop_int) {
            return None;
        }
        Some(Self {
            realm: scheme.get("realm")?,
            nonce: scheme.get("nonce")?,
            opaque: scheme.get("opaque"),
            algorithm: Algorithm::read(scheme)?,
            qop_auth,
            qop_int,
            stale: scheme.get("stale").is_some_and(|stale| is(&stale, "true")),
        })
    }
}

/// The strongest challenge that we can answer; of equally strong ones the first, as its sender prefers (RFC 8760).
///
/// `values` are those of all `WWW-Authenticate` or `Proxy-Authenticate` lines. It does not matter whether a line comes
/// whole or was cut at its commas.
pub fn choose(values: &[&str]) -> Option<Challenge> {
    let schemes = schemes(values);
    let first = |strong| {
        let mut all = schemes.iter().filter_map(Challenge::read);
        all.find(|one| one.algorithm.is_strong() == strong)
    };
    first(true).or_else(|| first(false))
}

/// The client's end: answers one challenge, as often as requests are sent.
pub struct Digest {
    challenge: Challenge,
    /// How many answers this nonce has had.
    count: u32,
    /// The first client nonce, which a session is bound to; may be empty.
    session: String,
}

impl Digest {
    /// Begins to answer a challenge.
    pub fn new(challenge: Challenge) -> Self {
        Self {
            challenge,
            count: 0,
            session: String::new(),
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
        if self.session.is_empty() {
            self.session.push_str(cnonce);
        }
        let cnonce = if session { &self.session } else { cnonce };
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
        let algorithm = Algorithm::read(scheme)?;
        if !self.algorithms.contains(&algorithm) {
            return None;
        }
        let qop = match scheme.get("qop") {
            None => None,
            Some(qop) if is(&qop, "auth") => Some("auth"),
            Some(qop) if is(&qop, "auth-int") => Some("auth-int"),
            Some(_) => return None,
        };
        let nc = scheme.get("nc").unwrap_or_default();
        let count = match qop {
            // Eight digits, as it is hashed.
            Some(_) if nc.len() == 8 => u32::from_str_radix(&nc, 16).ok()?,
            Some(_) => return None,
            // The one and only.
            None => u32::MAX,
        };
        let cnonce = match scheme.get("cnonce") {
            Some(cnonce) => cnonce,
            None if qop.is_none() && !algorithm.is_session() => String::new(),
            None => return None,
        };
        let nonce = scheme.get("nonce")?;
        let known = self.nonces.iter_mut().find(|one| one.text == nonce);
        let session = known.as_ref().and_then(|one| one.session.as_deref());
        let expected = Proof {
            algorithm,
            user: &user,
            realm: &realm,
            nonce: &nonce,
            session: session.unwrap_or(&cnonce),
            method,
            uri: &scheme.get("uri")?,
            body,
            qop,
            nc: &nc,
            cnonce: &cnonce,
        }
        .response(&password_of(&user)?);
        if !is(&expected, &scheme.get("response")?) {
            return None;
        }
        Some(match known {
            Some(known) if count > known.count => {
                known.count = count;
                known.session.get_or_insert(cnonce);
                Check::Granted { user }
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
        // With colons between the parts.
        let hashed = |parts: &[&str]| self.algorithm.hash(parts.join(":").as_bytes());
        let mut secret = hashed(&[self.user, self.realm, password.expose()]);
        if self.algorithm.is_session() {
            secret = hashed(&[&secret, self.nonce, self.session]);
        }
        let request = if self.qop == Some("auth-int") {
            let body = self.algorithm.hash(self.body);
            hashed(&[self.method, self.uri, &body])
        } else {
            hashed(&[self.method, self.uri])
        };
        match self.qop {
            Some(qop) => hashed(&[&secret, self.nonce, self.nc, self.cnonce, qop, &request]),
            None => hashed(&[&secret, self.nonce, &request]),
        }
    }
}

/// A scheme with its parameters, as they are written.
struct Scheme<'a> {
    name: &'a str,
    parameters: Vec<(&'a str, &'a str)>,
}

impl Scheme<'_> {
    /// A value, without quotes and escapes.
    fn get(&self, name: &str) -> Option<String> {
        let mut all = self.parameters.iter();
        let (_, value) = all.find(|(one, _)| is(one, name))?;
        Some(unquoted(value))
    }
}

/// Reads header values. A word before a parameter begins a scheme, so what was cut at commas comes together again, and
/// what somebody joined with commas comes apart.
fn schemes<'a>(values: &[&'a str]) -> Vec<Scheme<'a>> {
    let mut all: Vec<Scheme<'a>> = Vec::new();
    for value in values {
        for piece in Pieces::of(value, b',') {
            if piece.is_empty() {
                continue;
            }
            let (head, value) = halves(piece, b'=');
            let (mut scheme, mut name) = span(head.trim_ascii_end(), is_no_blank);
            if name.is_empty() && head.len() < piece.len() {
                (scheme, name) = ("", scheme);
            }
            if !scheme.is_empty() {
                all.push(Scheme {
                    name: scheme,
                    parameters: Vec::new(),
                });
            }
            if let Some(last) = all.last_mut() {
                let parameter = (name.trim_ascii_start(), value.trim_ascii_start());
                last.parameters.push(parameter);
            }
        }
    }
    all
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
