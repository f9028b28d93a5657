//! The panels, each drawn by its control. Nothing else may call what is called here, or it is not cut off.

use super::dom::{El, el};
use super::parts::Panel;
use super::shared::popover;
use super::{chip, diagnostics, dial, lines, more, settings};

/// Draws a panel.
pub fn draw(panel: &Panel) -> El {
    match panel {
        Panel::Dial(board, client, field) => dial::pad::draw(board, client, field),
        Panel::Lines(board, client, mask) => {
            lines::begin(board, client, *mask);
            el("div", "")
        }
        Panel::Diagnostics(board, client) => diagnostics::draw(board, client),
        Panel::More(board, client, bar) => more::menu::draw(board, client, bar),
        Panel::Popover(popovers, open) => popover::drawn(popovers, open),
        Panel::Settings(board, client) => settings::panel::draw(board, client),
        Panel::States(board, client, later) => chip::menu::states(board, client, *later),
    }
}
