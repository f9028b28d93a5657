//! What settings are made of: a row with a switch, or with one of several.

use super::super::board::Board;
use super::super::dom::{El, el};
use super::super::words::Word;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

/// A text that follows the language.
pub type Text = Rc<dyn Fn() -> String>;

/// A row: its name, what is said of it, and its control.
pub fn row(board: &Board, name: Word, hint: Option<Text>, control: El) -> El {
    let board = board.clone();
    let named = el("div", "grow").with(el("span", "").say(move || board.say(name)));
    let named = match hint {
        Some(hint) => named.with(el("small", "").say(move || hint())),
        None => named,
    };
    el("div", "set").with(named).with(control)
}

/// Something that is on or off; `name` is its `data-act`.
pub fn switch(
    board: &Board,
    (name, label): (&'static str, Word),
    hint: Text,
    is_on: Rc<dyn Fn() -> bool>,
    run: Rc<dyn Fn(bool)>,
) -> El {
    let (said, asked, now) = (board.clone(), board.clone(), is_on.clone());
    let control = el("button", "sw")
        .attr("type", "button")
        .attr("role", "switch")
        .attr("data-act", name)
        .live("aria-label", move || Some(said.say(label)))
        .live("aria-checked", move || Some(is_on().to_string()))
        .on("click", move |_| {
            if asked.hooks().allow(name) {
                run(!now());
            }
        });
    row(board, label, Some(hint), control)
}

/// One of several.
pub struct Choice {
    /// What is kept.
    pub value: &'static str,
    /// What it says.
    pub text: fn(&Board) -> String,
}

/// One of several is chosen; the arrow keys choose the next one. `name` is what it is kept under.
pub fn choice(
    board: &Board,
    (name, label): (&'static str, Word),
    choices: &'static [Choice],
    now: Rc<dyn Fn() -> String>,
    choose: Rc<dyn Fn(&'static str)>,
) -> El {
    let said = board.clone();
    let buttons: Vec<El> = choices
        .iter()
        .enumerate()
        .map(|(at, one)| radio(board, one, at == 0, &now, &choose))
        .collect();
    let group = buttons
        .iter()
        .fold(el("div", "seg"), |group, button| group.with(button.clone()))
        .attr("role", "radiogroup")
        .attr("data-choice", name)
        .live("aria-label", move || Some(said.say(label)))
        .on("keydown", move |event: Event| {
            let event = event.unchecked_ref::<KeyboardEvent>();
            let count = choices.len();
            let step = match &*event.key() {
                "ArrowRight" | "ArrowDown" => 1,
                "ArrowLeft" | "ArrowUp" => count - 1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            let value = now();
            let at = choices.iter().position(|one| one.value == value);
            let next = (at.unwrap_or(0) + step) % count;
            if let (Some(one), Some(button)) = (choices.get(next), buttons.get(next)) {
                choose(one.value);
                if let Some(button) = button.element().dyn_ref::<HtmlElement>() {
                    let _ = button.focus();
                }
            }
        });
    row(board, label, None, group)
}

fn radio(
    board: &Board,
    one: &'static Choice,
    first: bool,
    now: &Rc<dyn Fn() -> String>,
    choose: &Rc<dyn Fn(&'static str)>,
) -> El {
    let (said, choose) = (board.clone(), choose.clone());
    let (checked, stop) = (now.clone(), now.clone());
    el("button", "")
        .attr("type", "button")
        .attr("role", "radio")
        .attr("data-value", one.value)
        .live("aria-checked", move || {
            Some((checked() == one.value).to_string())
        })
        // One of them can be reached by Tab; of none that is chosen, the first.
        .live("tabindex", move || {
            let now = stop();
            let is_stop = now == one.value || (first && now.is_empty());
            Some(if is_stop { "0" } else { "-1" }.to_owned())
        })
        .with(el("span", "").say(move || (one.text)(&said)))
        .on("click", move |_| choose(one.value))
}
