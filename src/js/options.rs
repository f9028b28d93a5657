//! What a page gives to `new AgentSdk(options)`.

use crate::browser::{get, page};
use crate::pairing::Pairing;
use agent::language::expected;
use agent::rules::features;
use agent::{Config, Credentials, Fault, json};
use wasm_bindgen::prelude::*;

/// All options, read.
pub struct Options {
    /// For the session, or what is wrong.
    pub config: Result<Config, Fault>,
    /// The browser phone.
    pub phone: Pairing,
    /// Whether numbers are hidden.
    pub mask: bool,
    /// Names of the parts that are switched off.
    pub off: Vec<String>,
}

/// Text, or a number as text; anything else counts as absent.
pub(super) fn text(object: &JsValue, name: &str) -> Option<String> {
    let value = get(object, name);
    // Agent numbers are often written as numbers; a fraction in one means nothing.
    value
        .as_string()
        .or_else(|| value.as_f64().map(|n| (n as i64).to_string()))
}

/// A positive number of ms; anything else, a string too, gives the default.
fn ms(object: &JsValue, name: &str, default: u64) -> u64 {
    get(object, name)
        .as_f64()
        .filter(|n| *n >= 1.0)
        .map_or(default, |n| n as u64)
}

/// Names whose value is `false`.
fn features_off(features: &JsValue) -> Vec<String> {
    let mut off = Vec::new();
    if features.is_object() {
        for name in js_sys::Object::keys(features.unchecked_ref::<js_sys::Object>()) {
            let name = name.as_string().unwrap_or_default();
            if get(features, &name).as_bool() == Some(false) {
                off.push(name);
            }
        }
    }
    off
}

/// Limits by name; what is no positive number is none.
fn limits(limits: &JsValue) -> Vec<(String, u32)> {
    let mut all = Vec::new();
    if limits.is_object() {
        for name in js_sys::Object::keys(limits.unchecked_ref::<js_sys::Object>()) {
            let name = name.as_string().unwrap_or_default();
            let limit = get(limits, &name).as_f64().filter(|n| *n >= 1.0);
            all.extend(limit.map(|limit| (name, limit as u32)));
        }
    }
    all
}

/// Seconds of wrap-up after an `After` without data, where the page wants it to end by itself.
fn auto_idle(options: &JsValue) -> Option<u64> {
    let wanted = get(options, "agentAutoIdle").is_truthy();
    let seconds = get(options, "agentAutoIdleTime");
    let text = seconds.as_string();
    let seconds = text.map_or(seconds, |text| js_sys::Number::parse_float(&text).into());
    wanted.then(|| seconds.as_f64().unwrap_or(0.0) as u64)
}

/// Reads every option; `own` is the class of the phone where the page gives none here.
pub fn read(options: &JsValue, own: js_sys::Function) -> Options {
    let default = Config::default();
    // A required one that is there but is no text is worth another sentence than one that is absent.
    let mut wrong = None;
    let mut required = |field: &'static str| {
        let value = get(options, field);
        if !value.is_falsy() && !value.is_string() {
            wrong.get_or_insert(Fault::OptionWrong {
                field,
                expected: expected::TEXT,
            });
        }
        value.as_string().unwrap_or_default()
    };
    let (url, host) = (required("url"), required("host"));
    let (connect_account, subscribe_path) = (required("connectAccount"), required("subscribePath"));
    let off = features_off(&get(options, "features"));
    let config = Config {
        auto_idle: auto_idle(options),
        ask: get(options, "credentials").is_function(),
        off: features(&|feature| off.iter().any(|off| off == feature)),
        url,
        host,
        connect_account,
        subscribe_path,
        // Absent is empty: there is no passcode that would be right everywhere.
        connect_password: text(options, "connectPassword").unwrap_or_default().into(),
        credentials: credentials(options, &default.credentials).unwrap_or_default(),
        ping_interval: ms(options, "pingInterval", default.ping_interval),
        timeout: ms(options, "timeout", default.timeout),
        max_reconnect: get(options, "maxReconnect")
            .as_f64()
            .filter(|n| *n >= 0.0)
            .map(|n| n as u32),
        busy_after_missed: get(options, "busyAfterMissed")
            .as_f64()
            .filter(|n| *n >= 1.0)
            .map(|n| n as u32),
        queue_limits: limits(&get(options, "queueLimits")),
        busy_limits: limits(&get(options, "busyLimits")),
    };
    let window = page::window();
    let factory = get(options, "softPhoneFactory").dyn_into().unwrap_or(own);
    // A page with `config` but without the port in it means the default.
    let place = get(&window, "config");
    let place = if place.is_object() {
        place
    } else {
        window.into()
    };
    let port = Some(get(&place, "SOFTPHONE_WSS_PROT"))
        .filter(|p| !p.is_falsy())
        .unwrap_or_else(|| 8443.into());
    Options {
        config: wrong.map_or(Ok(config), Err),
        phone: Pairing::new(factory, get(options, "autoAnswer").as_bool(), port),
        mask: get(options, "phoneEncryption").as_bool().unwrap_or(true),
        off,
    }
}

/// Who logs in: what is given, and for the rest what was given before. `None` where nothing is given.
pub fn credentials(given: &JsValue, before: &Credentials) -> Option<Credentials> {
    if !given.is_object() {
        return None;
    }
    let or = |value: Option<String>, before: &str| value.unwrap_or_else(|| before.to_owned());
    let login_type = get(given, "loginType");
    let login_type = match (login_type.as_string(), login_type.as_f64()) {
        (Some(text), _) if !text.is_empty() => {
            let mut quoted = String::new();
            json::quote(&mut quoted, &text);
            quoted
        }
        (_, Some(number)) if number >= 1.0 => (number as u32).to_string(),
        _ => before.login_type.clone(),
    };
    Some(Credentials {
        company: or(text(given, "companyShortName"), &before.company),
        agent_number: or(text(given, "agentNumber"), &before.agent_number),
        // Both spellings are in use.
        password: text(given, "agentPassword")
            .or_else(|| text(given, "password"))
            .map_or_else(|| before.password.clone(), Into::into),
        login_type,
    })
}
