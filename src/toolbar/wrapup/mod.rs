//! Wrap-up: what the last call was, how long is left, and the way to be ready at once.

use super::board::{Board, clock};
use super::dom::{El, el};
use super::icons::{self, icon};
use super::words;
use crate::client::Client;
use agent::{Command, cause};
use std::rc::Rc;

/// The line of a call that has ended.
pub fn wrap_up(board: &Board, client: &Rc<Client>) -> Vec<El> {
    let reason = {
        let board = board.clone();
        move || {
            let Some((cause, other)) =
                board.read(|p| p.wrap_up.as_ref().map(|w| (w.cause, w.other_hung_up)))
            else {
                return String::new();
            };
            // A normal end needs no words; neither does a number that nobody can explain.
            let cause = cause.filter(|c| *c != 0);
            match cause.and_then(|c| cause::words(c, board.lang())) {
                Some(cause) => cause.to_owned(),
                None => board.say(if other {
                    words::THEY_HUNG_UP
                } else {
                    words::YOU_HUNG_UP
                }),
            }
        }
    };
    let talked = {
        let board = board.clone();
        move || match board.read(|p| p.wrap_up.as_ref().and_then(|w| w.talked)) {
            Some(ms) => [&board.say(words::TALKED), " ", &clock(ms)].concat(),
            None => String::new(),
        }
    };
    let left = {
        let board = board.clone();
        move || match board.read(|p| p.wrap_up.as_ref().and_then(|w| w.until)) {
            Some(until) => {
                let seconds = until.saturating_sub(board.time()).div_ceil(1000);
                [&seconds.to_string(), " ", &board.say(words::READY_IN)].concat()
            }
            None => String::new(),
        }
    };
    let done = {
        let client = client.clone();
        move |_| client.click(client.command(Command::Idle))
    };
    let verb = board.clone();
    let party = el("div", "party wrap")
        .attr("part", "party")
        .with(el("span", "dir").with(icon("i s", icons::PHONE_DOWN)))
        .with(el("span", "who").attr("role", "status").say(reason))
        .with(el("span", "num meta").say(talked))
        // Not live: it would be read out each second.
        .with(el("span", "num meta left").attr("role", "timer").say(left));
    let button = el("button", "btn solid")
        .attr("part", "done")
        .attr("type", "button")
        .with(icon("i s", icons::CHECK))
        .with(el("span", "").say(move || verb.say(words::DONE)))
        .on("click", done);
    vec![party, button]
}
