//! What the agent can choose: sound, how calls are answered, how the toolbar looks and speaks, and its keys.

pub mod devices;
mod keys;
pub mod panel;
mod rows;

use super::board::Board;
use super::dom::El;
use super::parts::Panel;
use super::shared::act::{Act, Face};
use super::shared::popover::{Inside, Popover, opener};
use super::words;
use crate::client::Client;
use std::rc::Rc;

/// The name of the panel and of what opens it.
pub const SETTINGS: &str = "settings";

/// What opens the panel. It is not seen: an item of the menu presses it, and the page.
pub fn settings(board: &Board, client: &Rc<Client>) -> El {
    opener(
        board,
        Act {
            name: SETTINGS,
            class: "",
            fold: "",
            face: Face {
                icon: "",
                label: words::SETTINGS,
            },
            request: "",
        },
        Popover {
            name: SETTINGS,
            class: SETTINGS,
            role: "dialog",
            at_end: true,
            passing: false,
            inside: Inside::Panel(Rc::new(Panel::Settings(board.clone(), client.clone()))),
        },
    )
    .attr("hidden", "")
}
