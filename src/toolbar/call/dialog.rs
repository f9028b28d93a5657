//! What a popover of the call line is made of.

use super::super::board::Board;
use super::super::dom::{El, el};
use super::super::shared::act::close;
use super::super::words::Word;
use crate::browser::page::soon;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Gives the popover that this is in its name, once it is there.
pub fn named(inside: El, board: &Board, name: Word) -> El {
    let (at, board) = (inside.element().clone(), board.clone());
    soon(move || {
        if let Ok(Some(popover)) = at.closest("[part=popover]") {
            let _ = popover.set_attribute("aria-label", &board.say(name));
        }
    });
    inside
}

/// Gives it the focus when it stands in the top layer.
pub fn focused(control: El) -> El {
    let at = control.element().clone();
    // It is put there when what is running now has ended.
    soon(move || {
        soon(move || {
            if let Some(at) = at.dyn_ref::<HtmlElement>() {
                let _ = at.focus();
            }
        });
    });
    control
}

/// The head of a popover: its name, and the way out.
pub fn head(board: &Board, name: Word) -> El {
    let (said, popovers) = (board.clone(), board.popovers());
    el("header", "")
        .with(el("h3", "").say(move || said.say(name)))
        .with(close(board, move |_| popovers.close(true)))
}
