//! A second call that rings while the agent talks: take it and let the first one wait, or refuse it.

use super::board::{Board, clock};
use super::call::{phone, shown};
use super::dom::{El, el, watch};
use super::icons::{self, icon};
use super::shared::act::{Act, Face, act};
use super::shared::live::Urgency;
use super::words;
use crate::client::Client;
use crate::pairing::PhoneAct;
use std::cell::Cell;
use std::rc::Rc;

/// Whoever calls: number, and when it began to ring.
struct Caller {
    party: String,
    /// ms of the server's clock.
    since: u64,
    /// The call's number on the browser phone; `None`: it rings elsewhere.
    here: Option<u32>,
}

fn caller(board: &Board) -> Option<Caller> {
    let here = board.phone(|phone| phone.and_then(phone::second).cloned());
    let told = board.read(|p| p.call.as_ref().and_then(|call| call.second.clone()));
    match (told, here) {
        (Some(told), here) => Some(Caller {
            party: told.party,
            since: told.ringing_at,
            here: here.map(|call| call.id),
        }),
        (None, Some(call)) => Some(Caller {
            party: call.number.clone(),
            since: call.since.saturating_add_signed(board.read(|p| p.offset)),
            here: Some(call.id),
        }),
        (None, None) => None,
    }
}

/// The number of the second call, where there is one.
pub fn number(board: &Board) -> Option<String> {
    caller(board).map(|call| call.party)
}

/// The second call, where there is one.
pub fn second(board: &Board, client: &Rc<Client>, mask: bool) -> El {
    announce(board, mask);
    let read = {
        let board = board.clone();
        move || caller(&board)
    };
    let (there, who, time) = (read.clone(), read.clone(), read.clone());
    let (named, clocked) = (board.clone(), board.clone());
    el("span", "two live call second")
        .attr("role", "group")
        .live("hidden", move || match there() {
            Some(_) => None,
            None => Some(String::new()),
        })
        .live("aria-label", {
            let board = board.clone();
            move || Some(board.say(words::SECOND_CALL))
        })
        .with(el("span", "pulse call k5").with(icon("i xs", icons::STATE_RING)))
        .with(el("span", "who num k5").say(move || {
            let party = who().map(|call| call.party).unwrap_or_default();
            shown(&named, &party, mask)
        }))
        .with(el("span", "num k3").say(move || {
            let since = time().map_or(0, |call| call.since);
            clock(clocked.time().saturating_sub(since))
        }))
        .with(button(
            board,
            client,
            Act {
                name: "holdAndAnswer",
                class: "",
                fold: "k2",
                face: Face {
                    icon: icons::SWAP,
                    label: words::HOLD_AND_ANSWER,
                },
                request: "",
            },
            PhoneAct::Answer,
        ))
        .with(button(
            board,
            client,
            Act {
                name: "rejectSecond",
                // It is found in the menu: what is pressed by mistake must not end a call.
                class: "more-only",
                fold: "k0",
                face: Face {
                    icon: icons::PHONE_DOWN,
                    label: words::REJECT_SECOND,
                },
                request: "",
            },
            PhoneAct::HangUp,
        ))
}

/// A button for a call on the browser phone: the phone lets the first one wait when it answers another.
fn button(board: &Board, client: &Rc<Client>, button: Act, what: fn(u32) -> PhoneAct) -> El {
    let (drawn, other, pressed) = (board.clone(), board.clone(), client.clone());
    act(board, button, move |_| {
        if let Some(call) = caller(&other).and_then(|call| call.here) {
            // What goes wrong is told by the client.
            let _ = pressed.phone_do(what(call));
        }
    })
    .live("hidden", move || {
        let here = caller(&drawn).and_then(|call| call.here);
        match here {
            Some(_) => None,
            None => Some(String::new()),
        }
    })
}

/// Has each second call read out once.
fn announce(board: &Board, mask: bool) {
    let said = Cell::new(0);
    let board = board.clone();
    watch(move || {
        let call = caller(&board);
        let since = call.as_ref().map_or(0, |call| call.since);
        if said.replace(since) == since {
            return;
        }
        if let Some(call) = call.filter(|_| super::incoming::is_wanted(&board)) {
            let number = shown(&board, &call.party, mask);
            let number = super::incoming::spelled(&number, &board.say(words::NUMBER_HIDDEN));
            let text = [&board.say(words::SECOND_CALL), ", ", &number].concat();
            board.speak_of(text, Urgency::Assertive);
        }
    });
}
