//! Wrap-up: what the last call was, how long is left, a note of it, and the way to be ready at once.

pub mod note;

pub use note::{Draft, hand_over_late};

use super::board::{Board, clock};
use super::call;
use super::dom::{El, el, watch};
use super::icons::{self, icon};
use super::own;
use super::shared::act::{Act, Face, act};
use super::shared::live::Urgency;
use super::words;
use crate::client::Client;
use agent::event::Direction;
use agent::{Command, Input};
use std::cell::Cell;
use std::rc::Rc;

/// By how much the agent can put off the end, ms.
const MORE: u64 = 30_000;

/// Seconds before the end at which it is said.
const SAID_AT: [u64; 2] = [30, 10];

/// The line of a call that has ended.
pub fn wrap_up(board: &Board, client: &Rc<Client>, draft: &Draft, mask: bool) -> Vec<El> {
    tell(board);
    vec![
        party(board, mask),
        el("div", "grp")
            .with(note::note(board, client, draft))
            .with(extend(board, client)),
        done(board, client, draft),
    ]
}

fn party(board: &Board, mask: bool) -> El {
    let (way, who) = (board.clone(), board.clone());
    let (cause, talk) = (board.clone(), board.clone());
    el("div", "party wrap")
        .attr("part", "party")
        .attr("role", "group")
        .with(el("span", "dir k4").with_live(move || {
            let direction = way.read(|p| p.wrap_up.as_ref().and_then(|last| last.direction));
            vec![icon(
                "i s",
                match direction {
                    Some(Direction::Inbound) => icons::ARROW_IN,
                    Some(Direction::Outbound) => icons::ARROW_OUT,
                    None => icons::PHONE_DOWN,
                },
            )]
        }))
        .with(el("span", "num who k5").say(move || {
            let party = who.read(|p| p.wrap_up.as_ref().map(|last| last.party.clone()));
            call::shown(&who, &party.unwrap_or_default(), mask)
        }))
        .with(el("span", "meta k3").say(move || talked(&talk)))
        .with(
            el("span", "meta k2")
                .attr("role", "status")
                .say(move || why(&cause)),
        )
        .with(left(board))
}

/// Why it ended.
fn why(board: &Board) -> String {
    let last = board.read(|p| p.wrap_up.as_ref().map(|w| (w.cause, w.other_hung_up)));
    let Some((cause, other)) = last else {
        return String::new();
    };
    // A normal end needs no words; neither does a number that nobody can explain.
    let cause = cause.filter(|c| *c != 0);
    match cause.and_then(|c| own::cause(board, c)) {
        Some(cause) => cause,
        None => board.say(if other {
            words::THEY_HUNG_UP
        } else {
            words::YOU_HUNG_UP
        }),
    }
}

fn talked(board: &Board) -> String {
    match board.read(|p| p.wrap_up.as_ref().and_then(|w| w.talked)) {
        Some(ms) => [&board.say(words::TALKED), " ", &clock(ms)].concat(),
        None => String::new(),
    }
}

/// How much is left, ms, and of how much; `None`: it does not end by itself.
fn rest(board: &Board) -> Option<(u64, u64)> {
    let (since, until, paused) =
        board.read(|p| p.wrap_up.as_ref().map(|w| (w.since, w.until, w.paused)))?;
    let left = match (paused, until) {
        (Some(left), _) => left,
        (None, until) => until?.saturating_sub(board.time()),
    };
    Some((left, left + board.time().saturating_sub(since)))
}

/// The ring of what is left, and the seconds in words.
pub fn left(board: &Board) -> El {
    let (there, arc) = (board.clone(), board.clone());
    let (text, word) = (board.clone(), board.clone());
    // Two circles of a hundred parts each; the second follows.
    let ring = El::svg(
        "ringt s",
        "<circle cx='12' cy='12' r='9.5' pathLength='100'/><circle cx='12' cy='12' r='9.5' pathLength='100'/>",
    )
    .live("stroke-dasharray", move || {
        let (left, all) = rest(&arc)?;
        Some([&(left * 100 / all.max(1)).to_string(), " 100"].concat())
    });
    el("span", "row sm t2 left")
        .live("hidden", move || match rest(&there) {
            Some(_) => None,
            None => Some(String::new()),
        })
        .with(ring)
        // Not live: it would be read out each second.
        .with(
            el("span", "num")
                .attr("role", "timer")
                .say(move || match rest(&text) {
                    Some((left, _)) => left.div_ceil(1000).to_string(),
                    None => String::new(),
                }),
        )
        .with(el("span", "k3").say(move || {
            let paused =
                word.read(|p| p.wrap_up.as_ref().is_some_and(|last| last.paused.is_some()));
            word.say(if paused {
                words::CLOCK_PAUSED
            } else {
                words::READY_IN
            })
        }))
}

fn in_words(board: &Board, seconds: u64) -> String {
    [&seconds.to_string(), " ", &board.say(words::READY_IN)].concat()
}

/// Has it said shortly before the end, for who does not look.
fn tell(board: &Board) {
    let before = Cell::new(0);
    let board = board.clone();
    watch(move || {
        let Some((left, _)) = rest(&board) else {
            return;
        };
        let seconds = left.div_ceil(1000);
        let before = before.replace(seconds);
        if SAID_AT.iter().any(|at| before > *at && seconds <= *at) {
            board.speak_of(in_words(&board, seconds), Urgency::Polite);
        }
    });
}

/// Puts the end off.
fn extend(board: &Board, client: &Rc<Client>) -> El {
    let (there, client) = (board.clone(), client.clone());
    act(
        board,
        Act {
            name: "extend",
            class: "soft",
            fold: "k4",
            face: Face {
                icon: icons::PLUS,
                label: words::EXTEND,
            },
            request: "",
        },
        move |_| client.click(client.handle(Input::Extend(MORE))),
    )
    .live("hidden", move || match rest(&there) {
        Some(_) => None,
        None => Some(String::new()),
    })
}

/// Hands the note over and is ready.
fn done(board: &Board, client: &Rc<Client>, draft: &Draft) -> El {
    let (ended, client, draft) = (board.clone(), client.clone(), draft.clone());
    act(
        board,
        Act {
            name: "done",
            class: "solid",
            fold: "k6",
            face: Face {
                icon: icons::CHECK,
                label: words::DONE,
            },
            request: "idle",
        },
        move |_| finish(&ended, &client, &draft),
    )
    .attr("part", "done")
}

fn finish(board: &Board, client: &Client, draft: &Draft) {
    draft.hand_over(client);
    board.popovers().close(false);
    client.click(client.command(Command::Idle));
}
