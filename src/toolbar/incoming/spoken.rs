//! What is said of a call that rings: once, when the first facts of it are there.

use super::super::board::Board;
use super::super::call;
use super::super::shared::live::Urgency;
use super::super::words;
use reactive_graph::graph::untrack;
use reactive_graph::owner::on_cleanup;
use send_wrapper::SendWrapper;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Number, group and the page's name come one after the other: what is said at the first would be said three times.
const SETTLED: i32 = 300;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(run: &JsValue, ms: i32) -> i32;
}

/// Has the call read out a moment after it began to ring, unless it is over by then.
pub fn announce(board: &Board, mask: bool) {
    let rings = Rc::new(Cell::new(true));
    let over = SendWrapper::new(rings.clone());
    on_cleanup(move || over.set(false));
    let board = board.clone();
    let say = move || {
        if rings.get() && is_wanted(&board) {
            let text = untrack(|| said(&board, mask));
            board.speak_of(text, Urgency::Assertive);
        }
    };
    set_timeout(&Closure::once_into_js(say), SETTLED);
}

/// Whether the page wants ringing to be read out.
pub fn is_wanted(board: &Board) -> bool {
    untrack(|| board.hooks().given("ringSpoken").as_deref() != Some("false"))
}

fn said(board: &Board, mask: bool) -> String {
    let mut parts = vec![board.say(words::INCOMING_CALL)];
    parts.extend(board.read(|p| p.call.as_ref().and_then(call::group_name)));
    parts.push(spelled(
        &call::other_party(board, mask),
        &board.say(words::NUMBER_HIDDEN),
    ));
    if let Some(since) = board.read(|p| p.call.as_ref().and_then(|call| call.queued_at)) {
        let seconds = board.time().saturating_sub(since) / 1000;
        parts.push(
            [
                board.say(words::WAITED_LONG),
                " ".to_owned(),
                seconds.to_string(),
                board.say(words::SECONDS_LONG),
            ]
            .concat(),
        );
    }
    parts.join(", ")
}

/// A number as it is read: digit by digit, what is hidden as that. Words stay words.
pub fn spelled(number: &str, hidden: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for c in number.chars() {
        let apart = c.is_ascii_digit() || c == '*' || before == '*';
        if c == '*' && before == '*' {
            continue;
        }
        if apart && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        if c == '*' {
            out.push_str(hidden);
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}
