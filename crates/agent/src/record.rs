//! Records of a session: a line of JSON for each input, and the way back from lines to a session in the same state.
//!
//! The first line says how the session began, each other one what happened when:
//! `{"m":…,"w":…,"in":"received","data":…}` with both clocks in ms (see [`Now`]). Passwords and tokens are masked before a
//! line is written, by whoever holds it; nothing here needs them.

use crate::command::Command;
use crate::config::{Config, Credentials, Secret};
use crate::json::{Object, Value};
use crate::rules::features;
use crate::session::{Input, Next, Now, Saved, Session, Watch};

/// What stands for a secret.
const MASK: &str = "***";

/// The first line: how a session began.
pub fn start(config: &Config, saved: &Saved, seed: u64, version: &str) -> String {
    let mut out = Object::new();
    out.text("record", version)
        .text("url", config.address())
        .text("host", &config.host)
        .text("connectAccount", &config.connect_account)
        .text("subscribePath", &config.subscribe_path)
        .number("pingInterval", config.ping_interval as i64)
        .number("timeout", config.timeout as i64)
        .text("seed", &hexadecimal(seed))
        .text("off", &config.off.join(","));
    if let Some(max) = config.max_reconnect {
        out.number("maxReconnect", i64::from(max));
    }
    if let Some(seconds) = config.auto_idle {
        out.number("autoIdle", seconds as i64);
    }
    if let Some(calls) = config.busy_after_missed {
        out.number("busyAfterMissed", i64::from(calls));
    }
    for (name, limits) in [
        ("queueLimits", &config.queue_limits),
        ("busyLimits", &config.busy_limits),
    ] {
        if !limits.is_empty() {
            let mut all = Object::new();
            for (of, limit) in limits {
                all.number(of, i64::from(*limit));
            }
            out.raw(name, &all.finish());
        }
    }
    for (name, there) in [("ask", config.ask), ("token", saved.token.is_some())] {
        if there {
            out.raw(name, "true");
        }
    }
    if let Some(clock) = &saved.clock {
        out.text("clock", clock);
    }
    out.raw("who", &who(&config.credentials, &saved.routing_key));
    out.finish()
}

/// With an `x` in front, so that nobody takes it for a number of JSON, which has not room for it.
fn hexadecimal(mut n: u64) -> String {
    let mut out = String::from("x");
    for _ in 0..16 {
        n = n.rotate_left(4);
        out.extend(char::from_digit(n as u32 & 15, 16));
    }
    out
}

fn who(who: &Credentials, routing_key: &str) -> String {
    let mut out = Object::new();
    out.text("company", &who.company)
        .text("agentNumber", &who.agent_number)
        .raw("loginType", &who.login_type)
        .text("routingKey", routing_key);
    if !who.password.is_empty() {
        out.raw("password", "true");
    }
    out.finish()
}

/// The kind of an input, and its data as JSON; what a socket received is data that the caller has.
pub fn describe(input: &Input<'_>) -> (&'static str, String) {
    let command = |command: &Command| {
        let mut out = Object::new();
        out.text("request", command.request());
        crate::backend::vcall::members(command, &mut out);
        out.finish()
    };
    let agent = |given: &(Credentials, Saved)| who(&given.0, &given.1.routing_key);
    let none = || "null".to_owned();
    let flag = |on: bool| if on { "true" } else { "false" }.to_owned();
    match input {
        Input::Connect => ("connect", none()),
        Input::Login(given) => ("login", given.as_ref().map_or_else(none, agent)),
        Input::Command(given) => ("command", command(given)),
        Input::Request(given) => ("request", command(given)),
        Input::Watch(None) => ("watch", none()),
        Input::Watch(Some(watch)) => {
            let filter = watch.filter.clone();
            let interval = watch.interval;
            let mut out = Object::new();
            out.number("interval", interval as i64)
                .raw("filter", &command(&Command::Surveillance { filter }));
            ("watch", out.finish())
        }
        Input::Next(next) => ("next", next.as_ref().map_or_else(none, |next| next.write())),
        Input::Extend(ms) => ("extend", ms.to_string()),
        Input::Pause(stop) => ("pause", flag(*stop)),
        Input::Queue(shown) => ("queue", flag(*shown)),
        Input::Credentials(given) => ("credentials", given.as_ref().map_or_else(none, agent)),
        Input::Break => ("break", none()),
        Input::Userdata(text) => {
            let mut json = String::new();
            crate::json::quote(&mut json, text);
            ("userdata", json)
        }
        Input::Opened => ("opened", none()),
        Input::Received(_) => ("received", none()),
        Input::Closed => ("closed", none()),
        Input::Awake => ("awake", none()),
        Input::Timeout => ("timeout", none()),
    }
}

/// A line of a record that says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadRecord {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: &'static str,
}

/// Runs a record; `after` is told of each line when it has been taken. Gives the session in the state that the record
/// ends in.
pub fn replay(
    text: &str,
    mut after: impl FnMut(&str, Now, &Session),
) -> Result<Session, BadRecord> {
    let mut lines = text
        .split('\n')
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty());
    let bad = |line: usize, why| BadRecord { line, why };
    let (_, first) = lines.next().ok_or(bad(1, "the record is empty"))?;
    let first = Value::parse(first).map_err(|_| bad(1, "not JSON"))?;
    if first.get("record").is_none() {
        return Err(bad(1, "not the first line of a record"));
    }
    let mut session = begin(first).ok_or(bad(1, "nothing to connect to"))?;
    // The start of a long record is given up; it goes on with a link that opens.
    let mut cut = !first.get("cut").is_none();
    for (at, line) in lines {
        let line_number = at + 1;
        let line = Value::parse(line).map_err(|_| bad(line_number, "not JSON"))?;
        let time = |name| {
            let n = line.get(name).unsigned();
            n.ok_or(bad(line_number, "no time"))
        };
        let now = Now {
            mono: time("m")?,
            wall: time("w")?,
        };
        let kind = line.get("in").text().unwrap_or_default();
        if std::mem::take(&mut cut) {
            take(&mut session, Input::Connect, now);
        }
        let data = line.get("data");
        let text = data.text().unwrap_or_default();
        match &*kind {
            "received" => take(&mut session, Input::Received(text.as_bytes()), now),
            "bytes" => {
                // A byte a character.
                let bytes: Vec<u8> = text.chars().map(|c| c as u32 as u8).collect();
                take(&mut session, Input::Received(&bytes), now);
            }
            kind => {
                let input = read(kind, data).ok_or(bad(line_number, "an unknown input"))?;
                take(&mut session, input, now);
            }
        }
        after(&kind, now, &session);
    }
    Ok(session)
}

fn take(session: &mut Session, input: Input<'_>, now: Now) {
    // What was thrown then is thrown again, and nobody is there to hear it.
    let _ = session.handle(input, now);
    while session.poll_output().is_some() {}
}

fn begin(first: Value<'_>) -> Option<Session> {
    let text = |name| first.get(name).string();
    let number = |name| first.get(name).unsigned();
    let (credentials, saved) = read_who(first.get("who"));
    let default = Config::default();
    let off = text("off");
    let config = Config {
        url: text("url"),
        host: text("host"),
        connect_account: text("connectAccount"),
        connect_password: Secret::default(),
        subscribe_path: text("subscribePath"),
        credentials,
        ping_interval: number("pingInterval").unwrap_or(default.ping_interval),
        timeout: number("timeout").unwrap_or(default.timeout),
        auto_idle: number("autoIdle"),
        ask: !first.get("ask").is_none(),
        off: features(&|feature| off.split(',').any(|off| off == feature)),
        max_reconnect: small(first.get("maxReconnect")),
        busy_after_missed: small(first.get("busyAfterMissed")),
        queue_limits: limits(first.get("queueLimits")),
        busy_limits: limits(first.get("busyLimits")),
    };
    let saved = Saved {
        token: (!first.get("token").is_none()).then(|| Secret::from(MASK.to_owned())),
        clock: first.get("clock").text().map(|t| t.into_owned()),
        ..saved
    };
    let seed = u64::from_str_radix(text("seed").trim_start_matches('x'), 16).unwrap_or(0);
    Session::new(config, saved, seed).ok()
}

fn small(of: Value<'_>) -> Option<u32> {
    of.number().and_then(|n| u32::try_from(n).ok())
}

fn limits(of: Value<'_>) -> Vec<(String, u32)> {
    of.members()
        .filter_map(|(name, limit)| Some((name.string(), small(limit)?)))
        .collect()
}

fn read_who(of: Value<'_>) -> (Credentials, Saved) {
    let text = |name| of.get(name).string();
    let password = if of.get("password").is_none() {
        Secret::default()
    } else {
        Secret::from(MASK.to_owned())
    };
    let credentials = Credentials {
        company: text("company"),
        agent_number: text("agentNumber"),
        password,
        login_type: match of.get("loginType").raw() {
            "" => "1".to_owned(),
            raw => raw.to_owned(),
        },
    };
    let saved = Saved {
        routing_key: text("routingKey"),
        ..Saved::default()
    };
    (credentials, saved)
}

/// The input of a kind and its data, as [`describe`] gives them; `None`: there is none. What was received is not read here.
pub fn read(kind: &str, data: Value<'_>) -> Option<Input<'static>> {
    let command = |data: Value<'_>| {
        let request = data.get("request").text().unwrap_or_default();
        Command::read(&request, data)
    };
    let agent = || (!data.is_none()).then(|| read_who(data));
    Some(match kind {
        "connect" => Input::Connect,
        "login" => Input::Login(agent()),
        "command" => Input::Command(command(data)),
        "request" => Input::Request(command(data)),
        "watch" => Input::Watch(match command(data.get("filter")) {
            Command::Surveillance { filter } if !data.is_none() => Some(Watch {
                filter,
                interval: data.get("interval").unsigned()?,
            }),
            _ => None,
        }),
        "next" => Input::Next(Next::read(data)),
        "extend" => Input::Extend(data.unsigned()?),
        "pause" => Input::Pause(data.raw() == "true"),
        "queue" => Input::Queue(data.raw() == "true"),
        "credentials" => Input::Credentials(agent()),
        "break" => Input::Break,
        "userdata" => Input::Userdata(data.text()?.into_owned()),
        "opened" => Input::Opened,
        "closed" => Input::Closed,
        "awake" => Input::Awake,
        "timeout" => Input::Timeout,
        _ => return None,
    })
}
