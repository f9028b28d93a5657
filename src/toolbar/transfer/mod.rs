//! Giving a call to somebody else, asking somebody first, bringing somebody in: three buttons that open one panel.

mod failed;
mod found;
pub mod panel;

pub use failed::failed;
pub use found::Found;

use super::board::Board;
use super::dom::El;
use super::icons;
use super::shared::act::{Act, Face};
use super::shared::popover::{Inside, Popover, opener};
use super::words::{self, Word};
use crate::client::Client;
use agent::rules::Rule;
use reactive_graph::graph::untrack;
use std::rc::Rc;

/// What the panel was opened for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To give the call away, at once or after asking.
    Transfer,
    /// To ask somebody.
    Consult,
    /// To ask somebody, and to bring them in then.
    Confer,
}

impl Purpose {
    /// What is said while nobody is chosen, and of whoever is.
    fn says(self) -> (Word, Word) {
        match self {
            Purpose::Transfer => (words::TO_NOBODY, words::TO_TARGET),
            Purpose::Consult => (words::ASK_NOBODY, words::ASK_TARGET),
            Purpose::Confer => (words::BRING_NOBODY, words::BRING_TARGET),
        }
    }
}

/// Purpose, name, class, icon, label, and the requests whose features must be on; the first must be allowed.
type Button = (
    Purpose,
    &'static str,
    &'static str,
    &'static str,
    Word,
    &'static [&'static str],
);

const BUTTONS: [Button; 3] = [
    (
        Purpose::Transfer,
        "transfer",
        "k5",
        icons::TRANSFER,
        words::TRANSFER,
        &["transferCall"],
    ),
    (
        Purpose::Consult,
        "consult",
        "k4",
        icons::CONSULT,
        words::CONSULT,
        &["consultCall"],
    ),
    (
        Purpose::Confer,
        "conference",
        "k4",
        icons::CONFER,
        words::CONFER,
        &["consultCall", "tripartiteTalk"],
    ),
];

/// The buttons, and what became of the last transfer or consultation where it failed.
pub fn acts(board: &Board, client: &Rc<Client>) -> Vec<El> {
    let mut shown = Vec::new();
    let mut pick: Option<Rc<dyn Fn()>> = None;
    for (purpose, name, class, icon, label, requests) in BUTTONS {
        if !requests.iter().all(|request| is_on(board, request)) {
            continue;
        }
        let popover = Popover {
            name,
            class: "targets",
            role: "dialog",
            at_end: false,
            passing: false,
            inside: {
                let (board, client) = (board.clone(), client.clone());
                Inside::Here(Rc::new(move || {
                    panel::panel(&board, &client, purpose, label)
                }))
            },
        };
        let act = Act {
            name,
            class,
            fold: "k1",
            face: Face { icon, label },
            request: requests[0],
        };
        let button = opener(board, act, popover.clone());
        if pick.is_none() {
            let (popovers, button) = (board.popovers(), button.clone());
            pick = Some(Rc::new(move || popovers.open(popover.clone(), &button)));
        }
        shown.push(button);
    }
    shown.push(failed(board, pick));
    shown
}

/// Whether the page has left a request's feature on.
pub fn is_on(board: &Board, request: &str) -> bool {
    let off = untrack(|| board.read(|picture| picture.off.clone()));
    Rule::of(request).is_none_or(|rule| !off.contains(&rule.feature))
}
