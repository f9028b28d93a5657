//! `/sandbox/*`: JSON for demos and tests. Errors are `{"error":"sentence"}` with a status of 4xx.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Map, Value, json};

use super::{App, guard};
use crate::broker::FaultBoard;
use crate::center::{Control, Denied, ExpiredAnswer};

/// Longest number of an outside person, in bytes.
const LONGEST_NUMBER: usize = 255;
/// Tones that a person can hear, in Hz.
const TONES: std::ops::RangeInclusive<u32> = 20..=20_000;
/// Longest fault, in ms.
const LONGEST_FAULT: u64 = 3_600_000;

const KINDS: &str = "drop-sockets, refuse-connections, freeze, move-media, expire-tokens, kick, lock, unlock, phone-lost";

pub(super) fn router(app: &App) -> Router<App> {
    Router::new()
        .route("/state", get(state))
        .route("/calls", post(call_in))
        .route("/calls/{call_id}/hangup", post(hang_up))
        .route("/calls/{call_id}/keys", post(keys))
        .route("/faults", post(fault))
        .route("/reset", post(reset))
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(app.clone(), guard::check))
}

/// An error as the control answers it.
pub(super) fn error(status: StatusCode, sentence: &str) -> Response {
    json_response(status, &json!({"error": sentence}))
}

fn json_response(status: StatusCode, value: &Value) -> Response {
    (
        status,
        [(axum::http::header::CONTENT_TYPE, "application/json")],
        value.to_string(),
    )
        .into_response()
}

async fn grant(app: &App, control: Control) -> Response {
    answer(app.center.control(control).await)
}

fn answer(result: Result<Value, Denied>) -> Response {
    match result {
        Ok(value) => json_response(StatusCode::OK, &value),
        Err(Denied::NotFound(sentence)) => error(StatusCode::NOT_FOUND, &sentence),
        Err(Denied::Conflict(sentence)) => error(StatusCode::CONFLICT, &sentence),
    }
}

fn unprocessable(sentence: &str) -> Response {
    error(StatusCode::UNPROCESSABLE_ENTITY, sentence)
}

async fn unknown_path() -> Response {
    error(
        StatusCode::NOT_FOUND,
        "there is no such address: the control has state, calls, calls/{callId}/hangup, calls/{callId}/keys, \
         faults and reset",
    )
}

async fn wrong_method() -> Response {
    error(
        StatusCode::METHOD_NOT_ALLOWED,
        "this address takes another method: GET for state, POST for all others",
    )
}

async fn state(State(app): State<App>) -> Response {
    match app.center.control(Control::State).await {
        Ok(state) => answer(Ok(app.pbx.shown(state).await)),
        denied => answer(denied),
    }
}

async fn call_in(State(app): State<App>, body: Bytes) -> Response {
    let (call, tone) = match parse_call(&body) {
        Ok(parsed) => parsed,
        Err(sentence) => return unprocessable(&sentence),
    };
    let called = app.center.control(call).await;
    if let (Ok(given), Some(tone)) = (&called, tone)
        && let Some(call_id) = text_of(given.get("callId"))
    {
        // The call may have ended meanwhile, and the tone with it.
        let _ = app.center.control(Control::Tone { call_id, tone }).await;
    }
    answer(called)
}

async fn hang_up(State(app): State<App>, Path(call_id): Path<String>) -> Response {
    grant(&app, Control::HangUp { call_id }).await
}

async fn keys(State(app): State<App>, Path(call_id): Path<String>, body: Bytes) -> Response {
    match parse_keys(&body) {
        Ok(keys) => grant(&app, Control::Keys { call_id, keys }).await,
        Err(sentence) => unprocessable(&sentence),
    }
}

async fn reset(State(app): State<App>) -> Response {
    app.faults.reset();
    app.sip_faults.reset();
    app.pbx.reset();
    grant(&app, Control::Reset).await
}

async fn fault(State(app): State<App>, body: Bytes) -> Response {
    match parse_fault(&body) {
        Ok(Fault::Center(control)) => grant(&app, control).await,
        Ok(Fault::MoveMedia) => match app.pbx.move_media().await {
            Ok(()) => done(),
            Err(why) => error(
                StatusCode::CONFLICT,
                &format!("the mixer cannot move ({why}): free a UDP port of its address"),
            ),
        },
        Ok(Fault::OnSockets(path, fault)) => {
            let boards = [("/ws", &app.faults), ("/sip", &app.sip_faults)];
            for (served, board) in boards {
                if path.is_none_or(|path| path == served) {
                    fault.put_up(board);
                }
            }
            done()
        }
        Err(sentence) => unprocessable(&sentence),
    }
}

fn done() -> Response {
    json_response(StatusCode::OK, &json!({}))
}

fn object(body: &[u8]) -> Result<Map<String, Value>, String> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("the body is JSON but no object: send one".to_owned()),
        Err(why) => Err(format!("the body is not JSON ({why}): send an object")),
    }
}

/// A field as text; numbers are taken as they are written.
fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    text_of(object.get(key))
}

fn text_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A call from outside, and what its person sends if that was said.
fn parse_call(body: &[u8]) -> Result<(Control, Option<u32>), String> {
    let body = object(body)?;
    let from = text(&body, "from")
        .filter(|from| !from.is_empty() && from.len() <= LONGEST_NUMBER)
        .ok_or(
            "the caller is missing or too long: send \"from\" with a number of the outside person",
        )?;
    let called = ["agent", "group", "ivr"].map(|key| text(&body, key));
    let call = match called {
        [Some(agent), None, None] => Control::CallIn { from, agent },
        [None, Some(group), None] => Control::CallGroup { from, group },
        [None, None, Some(ivr)] => Control::CallIvr { from, ivr },
        _ => {
            return Err("the called side is missing or not the only one: send one of \"agent\" with a number \
                 of 1000 to 1009, \"group\" with an identifier and \"ivr\" with an identifier"
                .to_owned());
        }
    };
    let tone = match body.get("tone") {
        None | Some(Value::Null) => None,
        Some(tone) => Some(
            tone.as_u64()
                .and_then(|tone| u32::try_from(tone).ok())
                .filter(|tone| TONES.contains(tone))
                .ok_or("the tone cannot be heard: send whole Hz from 20 to 20000")?,
        ),
    };
    Ok((call, tone))
}

fn parse_keys(body: &[u8]) -> Result<String, String> {
    text(&object(body)?, "keys").ok_or_else(|| {
        "the keys are missing: send \"keys\" with some of 0 to 9, * and #".to_owned()
    })
}

/// A bad day, sorted by who brings it about.
#[derive(Debug, PartialEq, Eq)]
enum Fault {
    Center(Control),
    /// On the sockets of this path, or of all.
    OnSockets(Option<&'static str>, SocketFault),
    MoveMedia,
}

/// What can be wrong with sockets.
#[derive(Debug, PartialEq, Eq)]
enum SocketFault {
    Drop,
    Freeze(Duration),
    Refuse(Duration),
}

impl SocketFault {
    fn put_up(&self, board: &FaultBoard) {
        match self {
            Self::Drop => board.drop_sockets(),
            Self::Freeze(time) => board.freeze(*time),
            Self::Refuse(time) => board.refuse(*time),
        }
    }
}

fn parse_fault(body: &[u8]) -> Result<Fault, String> {
    let body = object(body)?;
    let kind = text(&body, "kind")
        .ok_or_else(|| format!("the kind of fault is missing: send \"kind\", one of {KINDS}"))?;
    let agent = || {
        text(&body, "agent").ok_or_else(|| {
            format!("{kind} needs an agent: send \"agent\" with a number of 1000 to 1009")
        })
    };
    let ms = || {
        body.get("ms")
            .and_then(Value::as_u64)
            .filter(|ms| (1..=LONGEST_FAULT).contains(ms))
            .map(Duration::from_millis)
            .ok_or_else(|| format!("{kind} needs a time: send \"ms\" from 1 to {LONGEST_FAULT}"))
    };
    let on_socket = |fault| match body.get("path") {
        None | Some(Value::Null) => Ok(Fault::OnSockets(None, fault)),
        Some(Value::String(path)) if path == "/ws" => Ok(Fault::OnSockets(Some("/ws"), fault)),
        Some(Value::String(path)) if path == "/sip" => Ok(Fault::OnSockets(Some("/sip"), fault)),
        Some(_) => Err(
            "nothing is served at this path: leave \"path\" out or send \"/ws\" or \"/sip\""
                .to_owned(),
        ),
    };
    match kind.as_str() {
        "drop-sockets" => on_socket(SocketFault::Drop),
        "freeze" => on_socket(SocketFault::Freeze(ms()?)),
        "refuse-connections" => on_socket(SocketFault::Refuse(ms()?)),
        "move-media" => Ok(Fault::MoveMedia),
        "expire-tokens" => match body.get("answer").and_then(Value::as_str) {
            None | Some("silent") => {
                Ok(Fault::Center(Control::ExpireTokens(ExpiredAnswer::Silent)))
            }
            Some("negative") => Ok(Fault::Center(Control::ExpireTokens(
                ExpiredAnswer::Negative,
            ))),
            Some(_) => {
                Err("there is no such answer: send \"answer\" silent or negative".to_owned())
            }
        },
        "kick" => Ok(Fault::Center(Control::Kick { agent: agent()? })),
        "lock" => Ok(Fault::Center(Control::Lock { agent: agent()? })),
        "unlock" => Ok(Fault::Center(Control::Unlock { agent: agent()? })),
        "phone-lost" => Ok(Fault::Center(Control::PhoneLost { agent: agent()? })),
        _ => Err(format!(
            "there is no such fault: send \"kind\", one of {KINDS}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_needs_both_sides() {
        let from = || "13800138000".to_owned();
        for (body, control, tone) in [
            (
                &br#"{"from":13800138000,"agent":"1001","tone":700}"#[..],
                Control::CallIn {
                    from: from(),
                    agent: "1001".to_owned(),
                },
                Some(700),
            ),
            (
                &br#"{"from":"13800138000","group":"g-sales"}"#[..],
                Control::CallGroup {
                    from: from(),
                    group: "g-sales".to_owned(),
                },
                None,
            ),
            (
                &br#"{"from":"13800138000","ivr":"ivr-main","tone":null}"#[..],
                Control::CallIvr {
                    from: from(),
                    ivr: "ivr-main".to_owned(),
                },
                None,
            ),
        ] {
            assert_eq!(parse_call(body), Ok((control, tone)));
        }
        for body in [
            &b"{"[..],
            b"[]",
            b"{}",
            br#"{"from":"1"}"#,
            br#"{"agent":"1001"}"#,
            br#"{"from":"","agent":"1001"}"#,
            br#"{"from":"1","agent":"1001","tone":19}"#,
            br#"{"from":"1","agent":"1001","tone":20001}"#,
            br#"{"from":"1","agent":"1001","tone":440.5}"#,
            br#"{"from":"1","agent":"1001","group":"g-sales"}"#,
        ] {
            assert!(parse_call(body).is_err());
        }
    }

    #[test]
    fn keys_are_text_or_a_number() {
        assert_eq!(parse_keys(br#"{"keys":"1#"}"#), Ok("1#".to_owned()));
        assert_eq!(parse_keys(br#"{"keys":2}"#), Ok("2".to_owned()));
        for body in [&b""[..], b"{}", br#"{"keys":null}"#, br#"{"keys":["1"]}"#] {
            assert!(parse_keys(body).is_err());
        }
    }

    #[test]
    fn faults_are_read_with_what_they_need() {
        for (body, path) in [
            (
                &br#"{"kind":"freeze","ms":5,"path":"/ws"}"#[..],
                Some("/ws"),
            ),
            (br#"{"kind":"freeze","ms":5,"path":"/sip"}"#, Some("/sip")),
            (br#"{"kind":"freeze","ms":5}"#, None),
        ] {
            let freeze = SocketFault::Freeze(Duration::from_millis(5));
            assert_eq!(parse_fault(body), Ok(Fault::OnSockets(path, freeze)));
        }
        assert_eq!(
            parse_fault(br#"{"kind":"move-media"}"#),
            Ok(Fault::MoveMedia)
        );
        assert_eq!(
            parse_fault(br#"{"kind":"expire-tokens","answer":"negative"}"#),
            Ok(Fault::Center(Control::ExpireTokens(
                ExpiredAnswer::Negative
            )))
        );
        for body in [
            &br#"{"kind":"freeze"}"#[..],
            br#"{"kind":"refuse-connections","ms":0}"#,
            br#"{"kind":"drop-sockets","path":"/nowhere"}"#,
            br#"{"kind":"expire-tokens","answer":"loud"}"#,
            br#"{"kind":"kick"}"#,
            br#"{"kind":"flood"}"#,
            b"{}",
        ] {
            assert!(parse_fault(body).is_err());
        }
    }
}
