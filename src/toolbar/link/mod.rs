//! The quality of the link: bars and how long an answer takes. It opens the diagnostics.

use super::board::Board;
use super::dom::{El, el};
use super::icons::{self, icon};
use super::parts::Panel;
use super::shared::act::{Act, Face};
use super::shared::popover::{Inside, Popover, opener};
use super::words::{self, Word};
use crate::client::Client;
use agent::session::Link;
use std::rc::Rc;

/// The name of the indicator and of its popover.
const LINK: &str = "link";

/// How many bars an answer time is worth.
fn bars(latency: Option<u64>) -> &'static str {
    match latency {
        None | Some(0..100) => "4",
        Some(100..200) => "3",
        Some(200..500) => "2",
        Some(_) => "1",
    }
}

/// How good the link is, in a word.
pub fn word(board: &Board) -> Word {
    match board.read(|p| (p.link == Link::Up).then_some(bars(p.latency))) {
        None => words::LINK_NONE,
        Some("1") => words::LINK_POOR,
        Some("2") => words::LINK_FAIR,
        Some(_) => words::LINK_GOOD,
    }
}

/// ms of the last answer, as a text.
pub fn latency(board: &Board) -> String {
    let latency = board.read(|p| p.latency.filter(|_| p.link == Link::Up));
    latency
        .map(|ms| [&ms.to_string(), " ms"].concat())
        .unwrap_or_default()
}

/// The indicator: a button, whose name says the word, and not the ms that change all the time.
pub fn link(board: &Board, client: &Rc<Client>) -> El {
    let (shown, name, ms) = (board.clone(), board.clone(), board.clone());
    let inside = Panel::Diagnostics(board.clone(), client.clone());
    let level = move || shown.read(|p| (p.link == Link::Up).then(|| bars(p.latency).to_owned()));
    let sign = el("span", "bars").live("data-l", level);
    opener(
        board,
        Act {
            name: LINK,
            class: "link k4",
            fold: "k0",
            face: Face {
                icon: "",
                label: words::LINK,
            },
            request: "",
        },
        Popover {
            name: LINK,
            class: "diagnostics",
            role: "dialog",
            at_end: true,
            passing: false,
            inside: Inside::Panel(Rc::new(inside)),
        },
    )
    .live("aria-label", move || {
        // The word says of what it is.
        Some(name.say(word(&name)))
    })
    .with((0..4).fold(sign, |sign, _| sign.with(el("i", ""))))
    .with(el("span", "st-i off").with(icon("i", icons::UNLINK)))
    .with(
        el("span", "num sm k2")
            .attr("aria-hidden", "true")
            .say(move || latency(&ms)),
    )
}
