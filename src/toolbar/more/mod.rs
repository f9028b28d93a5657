//! The end of the bar, the same in all states: callers who wait, the link, and the menu of what has no room.

pub mod menu;

use super::board::Board;
use super::dom::{El, el};
use super::icons;
use super::parts::Panel;
use super::shared::act::{Act, Face};
use super::shared::popover::{Inside, Popover, opener};
use super::{link, plain, settings, words};
use crate::client::Client;
use std::rc::Rc;

/// The name of the menu.
const MORE: &str = "more";

/// The utilities.
pub fn utilities(board: &Board, client: &Rc<Client>) -> El {
    let settings = settings::settings(board, client);
    let inside = Panel::More(board.clone(), client.clone(), settings.clone());
    let button = opener(
        board,
        Act {
            name: MORE,
            class: "ico-only tip-end",
            fold: "k0",
            face: Face {
                icon: icons::MORE,
                label: words::MORE,
            },
            request: "",
        },
        Popover {
            name: MORE,
            class: "more",
            role: "menu",
            at_end: true,
            passing: true,
            inside: Inside::Panel(Rc::new(inside)),
        },
    );
    el("div", "grp")
        .attr("part", "utilities")
        .with_live(plain::full(board, |lines| lines.utilities()))
        .with(link::link(board, client))
        .with(settings)
        .with(button)
        .with_live(plain::full(board, |lines| vec![lines.toast()]))
}
