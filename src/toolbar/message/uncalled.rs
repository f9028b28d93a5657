//! A call that was asked for here and did not come about: why, and the same call once more.

use super::super::board::Board;
use super::super::dial;
use super::super::own;
use super::super::shared::text::filled;
use super::super::words;
use crate::client::Client;
use agent::backend::vcall;
use agent::event::Incoming;
use agent::session::Received;
use agent::{Command, EventName, Fault, cause};
use std::rc::Rc;

/// The request of such a call.
const REQUEST: &str = "makeCall";

/// Somebody is busy.
const USER_BUSY: u32 = 1017;

/// Shows it where a message says that it failed.
pub fn heard(board: &Board, client: &Client, received: &Received) {
    let Some(name @ (EventName::After | EventName::MakeCallFail)) = received.known else {
        return;
    };
    if client.with(|session| session.made().is_none()) {
        return;
    }
    let Ok(Incoming::Event(event)) = vcall::read(&received.body) else {
        return;
    };
    let data = &event.data;
    let (words, number) = (data.cause.string(), data.cause.number());
    let code = number.and_then(|code| u32::try_from(code).ok());
    let failed = match code.or_else(|| cause::code(&words)) {
        _ if name == EventName::After && data.hangup_direction.number() == Some(0) => None,
        // It ended as calls do.
        Some(0) => None,
        Some(cause) => Some(Fault::CallEnded {
            request: REQUEST.to_owned(),
            cause,
        }),
        None if name == EventName::After => None,
        None => Some(Fault::CommandFailed {
            request: REQUEST.to_owned(),
            event: name.as_str().to_owned(),
            cause: words,
        }),
    };
    if failed.is_some() {
        board.set_notice(failed);
    }
}

/// Whether a fault is one of these.
pub fn is(fault: &Fault) -> bool {
    match fault {
        Fault::CallEnded { request, .. } | Fault::CommandFailed { request, .. } => {
            request == REQUEST
        }
        _ => false,
    }
}

/// Why it failed; empty: nobody knows.
pub fn why(board: &Board, fault: &Fault) -> String {
    match fault {
        Fault::CallEnded {
            cause: USER_BUSY, ..
        } => board.say(words::LINE_BUSY),
        Fault::CallEnded { cause, .. } => own::cause(board, *cause).unwrap_or_default(),
        Fault::CommandFailed { cause, .. } => cause.clone(),
        _ => String::new(),
    }
}

/// What can be done about a call to this number.
pub fn hint(board: &Board, number: &str) -> String {
    let kept = dial::keeps(board);
    let hint = match kept {
        true => words::KEPT_IN_RECENTS,
        false => words::CAN_CALL_AGAIN,
    };
    filled(&board.say(hint), &board.shown(number))
}

/// Places the same call, if the page lets it.
pub fn again(client: &Rc<Client>) {
    let Some(call) = client.with(|session| session.made().cloned()) else {
        return;
    };
    let kind = match call.called_type.trim_matches('"') {
        "1" => 1,
        _ => 2,
    };
    let (caller, called) = (client.clone(), call.called.clone());
    let then = move |answer: Option<String>| {
        // What the page made of the number is in it already.
        if answer.is_some() {
            caller.click(caller.command(Command::MakeCall(call)));
        }
    };
    client.hooks().before_dial(&called, kind, Box::new(then));
}
