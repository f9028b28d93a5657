//! The keyboard of the bar: one tab stop, arrow keys among the controls, a shortcut for each act.

use super::super::board::Board;
use super::super::dom::{El, watch};
use crate::browser::page::soon;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    // Of the shell; see `keyboard.js`.
    #[wasm_bindgen(js_name = attendKeys)]
    fn attend_keys(bar: &Element, given: &str, chosen: &str);
}

/// What the page has given and what the agent has chosen of shortcuts, as JSON; empty where there is nothing.
pub fn shortcuts(board: &Board) -> (String, String) {
    let hooks = board.hooks();
    let [given, chosen] = [hooks.given("shortcuts"), hooks.kept("shortcuts")];
    (given.unwrap_or_default(), chosen.unwrap_or_default())
}

/// Has the keyboard move among the controls of the bar, by the shortcuts that count.
pub fn attend(board: &Board, bar: &El) {
    let (board, bar) = (board.clone(), bar.element().clone());
    let before = RefCell::new(None);
    watch(move || {
        let now = shortcuts(&board);
        if before.borrow().as_ref() == Some(&now) {
            return;
        }
        *before.borrow_mut() = Some(now.clone());
        let bar = bar.clone();
        // It must stand in the page before its controls have a place.
        soon(move || attend_keys(&bar, &now.0, &now.1));
    });
}
