//! What a session needs to know before it starts.

use crate::Fault;
use crate::language::expected;
use std::fmt;

/// A text that never shows: it prints as `***`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for the wire.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Secret(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Who logs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Short name of the company.
    pub company: String,
    /// The agent's number.
    pub agent_number: String,
    /// The agent's password.
    pub password: Secret,
    /// 1 SIP phone, 2 mobile, 3 browser phone; a JSON number or string, as the page or the platform gave it.
    pub login_type: String,
}

impl Default for Credentials {
    fn default() -> Self {
        Credentials {
            company: String::new(),
            agent_number: String::new(),
            password: Secret::default(),
            login_type: "1".into(),
        }
    }
}

/// One session's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address of the WebSocket.
    pub url: String,
    /// Virtual host of the broker.
    pub host: String,
    /// Account at the broker.
    pub connect_account: String,
    /// Its passcode.
    pub connect_password: Secret,
    /// Where answers come: the routing key is put behind it.
    pub subscribe_path: String,
    /// Who logs in.
    pub credentials: Credentials,
    /// Between an answered heartbeat and the next, ms.
    pub ping_interval: u64,
    /// For the answer to a command, ms.
    pub timeout: u64,
    /// Seconds of wrap-up after an `After` without data; `None` = it does not end by itself.
    pub auto_idle: Option<u64>,
    /// A password is asked for by [`crate::Output::AskCredentials`] whenever a login needs one.
    pub ask: bool,
    /// Parts that are switched off; see [`crate::rules::Rule::feature`].
    pub off: Vec<&'static str>,
    /// `None` = try for ever; 0 = never try again; else tries in a row before the page is told.
    pub max_reconnect: Option<u32>,
    /// After so many calls in a row that the agent let ring, not ready; `None` = never by itself.
    pub busy_after_missed: Option<u32>,
    /// Skill groups by id, and how many callers may wait in each before it shows.
    pub queue_limits: Vec<(String, u32)>,
    /// Reasons for not being ready, and how long each may last before it shows, s.
    pub busy_limits: Vec<(String, u32)>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            url: String::new(),
            host: String::new(),
            connect_account: String::new(),
            connect_password: Secret::default(),
            subscribe_path: String::new(),
            credentials: Credentials::default(),
            ping_interval: 10_000,
            timeout: 5000,
            auto_idle: None,
            ask: false,
            off: Vec::new(),
            max_reconnect: None,
            busy_after_missed: None,
            queue_limits: Vec::new(),
            busy_limits: Vec::new(),
        }
    }
}

impl Config {
    /// Where the socket goes, without what stands behind the question mark: that may be a secret.
    pub fn address(&self) -> &str {
        self.url.split('?').next().unwrap_or_default()
    }

    /// Names the first field that is missing or cannot work.
    pub fn check(&self) -> Result<(), Fault> {
        let required = [
            ("url", &self.url),
            ("host", &self.host),
            ("connectAccount", &self.connect_account),
            ("subscribePath", &self.subscribe_path),
        ];
        for (field, value) in required {
            if value.is_empty() {
                return Err(Fault::OptionMissing { field });
            }
        }
        if !(self.url.starts_with("ws://") || self.url.starts_with("wss://")) {
            return Err(Fault::OptionWrong {
                field: "url",
                expected: expected::ADDRESS,
            });
        }
        // No STOMP version before 1.1 can carry a line feed in a header, and `CONNECT` is never escaped.
        for (field, value) in [
            ("host", self.host.as_str()),
            ("connectAccount", &self.connect_account),
            ("connectPassword", self.connect_password.expose()),
            ("subscribePath", &self.subscribe_path),
        ] {
            if value.contains(['\n', '\r', '\0']) {
                return Err(Fault::OptionWrong {
                    field,
                    expected: expected::ONE_LINE,
                });
            }
        }
        Ok(())
    }
}
