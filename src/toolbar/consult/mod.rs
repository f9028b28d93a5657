//! A consultation: who waits, who is asked, and the three ways it can end.

use super::acts;
use super::board::{Board, clock};
use super::call::{other_party, shown};
use super::dom::{El, el, watch};
use super::icons::{self, icon};
use super::keypad;
use super::shared::act::{Act, Face, act};
use super::shared::live::Urgency;
use super::transfer::{failed, is_on};
use super::words::{self, Word};
use crate::browser::page::soon;
use crate::client::Client;
use agent::Command;
use agent::rules::Situation;
use reactive_graph::graph::untrack;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The line: the party that waits, the one that is asked, and what can be done.
pub fn line(board: &Board, client: &Rc<Client>, mask: bool) -> Vec<El> {
    let mut together = el("div", "grp")
        .attr("part", "actions")
        .with(acts::mute(board, client))
        // Two parties need the room.
        .with(el("span", "slot k2").with(keypad::keypad(board, client)));
    if is_on(board, "tripartiteTalk") {
        together = together.with(acts::send(
            board,
            client,
            button(
                "merge",
                "k2",
                "k1",
                icons::MERGE,
                words::MERGE,
                "tripartiteTalk",
            ),
            Command::TripartiteTalk,
        ));
    }
    let complete = acts::send(
        board,
        client,
        button(
            "complete",
            "solid",
            "k4",
            icons::TRANSFER,
            words::COMPLETE,
            "consultTransfer",
        ),
        Command::ConsultTransfer,
    );
    let complete = focused(board, complete);
    let (ending, found) = (client.clone(), board.found());
    let cancel = act(
        board,
        button(
            "cancelConsult",
            "line k5",
            "k1",
            icons::CROSS,
            words::CANCEL_CONSULT,
            "consultCancel",
        ),
        move |_| {
            found.call_off();
            ending.click(ending.command(Command::ConsultCancel));
        },
    );
    vec![
        parties(board, mask),
        failed(board, None),
        together,
        complete,
        cancel,
        acts::hang_up(board, client, words::HANG_UP),
    ]
}

fn button(
    name: &'static str,
    class: &'static str,
    fold: &'static str,
    icon: &'static str,
    label: Word,
    request: &'static str,
) -> Act {
    Act {
        name,
        class,
        fold,
        face: Face { icon, label },
        request,
    }
}

/// Whoever began the consultation here goes on with Enter as soon as the other side has answered.
fn focused(board: &Board, complete: El) -> El {
    if board.found().take_focus() {
        let at = complete.element().clone();
        soon(move || {
            if let Some(at) = at.dyn_ref::<HtmlElement>() {
                let _ = at.focus();
            }
        });
    }
    complete
}

/// Who waits, and who is talked to; in two lines where the bar is narrow.
fn parties(board: &Board, mask: bool) -> El {
    let (waits, since, asked, state) = (board.clone(), board.clone(), board.clone(), board.clone());
    let (first, second, name) = (board.clone(), board.clone(), board.clone());
    let held = el("span", "two k5 flat")
        .attr("role", "group")
        .live("aria-label", move || {
            let party = other_party(&name, mask);
            Some([&party, ", ", &name.say(words::WAITS)].concat())
        })
        .with(el("span", "st-i busy").with(icon("i", icons::STATE_HOLD)))
        .with(el("span", "who num").say(move || other_party(&waits, mask)))
        .with(word(board, words::WAITS))
        .with(el("span", "num k1").say(move || lasted(&since)));
    let name = board.clone();
    let live = el("span", "two live call flat")
        .attr("role", "group")
        .live("aria-label", move || {
            Some([&consulted(&name, mask), ", ", &progress(&name)].concat())
        })
        .with(el("span", "st-i").with(icon("i", icons::STATE_CALL)))
        .with(el("span", "who num").say(move || consulted(&asked, mask)))
        .with(el("span", "k1").say(move || progress(&state)))
        .with(el("span", "num").say({
            let board = board.clone();
            move || lasted(&board)
        }));
    tell_answer(board, mask);
    el("div", "party call")
        .attr("part", "party")
        .with(held)
        .with(live)
        .with(
            el("div", "stack")
                .with(el("span", "l1 num").say(move || consulted(&first, mask)))
                .with(
                    el("span", "l2")
                        .say(move || [&progress(&second), " ", &lasted(&second)].concat()),
                ),
        )
}

/// Says that the other side has answered: whoever waits for it does not look.
fn tell_answer(board: &Board, mask: bool) {
    let (board, talked) = (board.clone(), Cell::new(talks(board)));
    watch(move || {
        let now = talks(&board);
        if now && !talked.replace(now) {
            let text = untrack(|| [&consulted(&board, mask), ", ", &progress(&board)].concat());
            board.speak_of(text, Urgency::Polite);
        }
    });
}

fn word(board: &Board, word: Word) -> El {
    let board = board.clone();
    el("span", "k1").say(move || board.say(word))
}

/// Whom the agent consults: by name where they were chosen by it here.
pub fn consulted(board: &Board, mask: bool) -> String {
    let whom = board.read(|p| p.call.as_ref().and_then(|call| call.consult.clone()));
    let whom = whom.unwrap_or_default();
    let found = board.found();
    let title = match whom.is_empty() {
        true => found.last_title(),
        false => found.title(&whom),
    };
    match title.is_empty() {
        true => shown(board, &whom, mask),
        false => title,
    }
}

fn talks(board: &Board) -> bool {
    board.read(|p| p.situation == Situation::Consulting)
}

fn progress(board: &Board) -> String {
    board.say(match talks(board) {
        true => words::CONSULTING,
        false => words::TARGET_RINGS,
    })
}

/// How long the consultation lasts.
fn lasted(board: &Board) -> String {
    let since = board.read(|p| p.call.as_ref().and_then(|call| call.consult_at));
    since
        .map(|since| clock(board.time().saturating_sub(since)))
        .unwrap_or_default()
}
