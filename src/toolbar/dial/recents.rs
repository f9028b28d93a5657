//! The list of numbers to call again, in which the arrow keys choose while the focus stays in the field.

use super::super::dom::{El, el};
use super::super::icons;
use super::super::shared::list::Choice;
use super::super::shared::text::{filled, still};
use super::super::words;
use super::numbers::Entry;
use super::pad::Pad;
use crate::browser::page::soon;
use reactive_graph::traits::{Notify, Track};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event};

#[wasm_bindgen]
extern "C" {
    // Of the part's script: writes when something was, where an element has that as `data-at`, and keeps when the day began
    // as `data-day`; see `past.js`.
    #[wasm_bindgen(js_namespace = PART, js_name = tellTimes)]
    fn tell_times(list: &Element);
}

/// Draws it, with its name.
pub fn recents(pad: &Rc<Pad>) -> Vec<El> {
    let (label, name) = (pad.board.clone(), pad.board.clone());
    let (this, role, pressed) = (pad.clone(), pad.clone(), pad.clone());
    let list = el("div", "list")
        .attr("id", "numbers")
        // What says that there is none is no list of options.
        .live("role", move || {
            role.anew.track();
            let none = role.entries.borrow().is_empty();
            Some(if none { "group" } else { "listbox" }.to_owned())
        })
        .live("aria-label", move || Some(name.say(words::RECENT)))
        .on("mousedown", |event: Event| event.prevent_default())
        .on("click", move |event: Event| {
            let target = event.target();
            let target = target.as_ref().and_then(|at| at.dyn_ref::<Element>());
            let row = target.and_then(|at| at.closest("[role=option]").ok().flatten());
            let at = row.and_then(|row| row.get_attribute("data-row"));
            if let Some(at) = at.and_then(|at| at.parse().ok()) {
                pressed.choose(Some(at));
            }
        });
    let element = list.element().clone();
    *pad.list_element.borrow_mut() = Some(element.clone());
    tell_times(&element);
    let list = list.with_live(move || {
        let rows = rows(&this);
        let element = element.clone();
        soon(move || tell_times(&element));
        rows
    });
    vec![el("div", "lab").say(move || label.say(words::RECENT)), list]
}

fn rows(pad: &Rc<Pad>) -> Vec<El> {
    pad.anew.track();
    let entries = pad.entries.borrow();
    if entries.is_empty() {
        let board = pad.board.clone();
        return vec![el("div", "none sm t3").say(move || board.say(words::NO_RECENT))];
    }
    let entries = entries.iter().enumerate();
    entries.map(|(at, entry)| row(pad, at, entry)).collect()
}

fn row(pad: &Rc<Pad>, at: usize, entry: &Entry) -> El {
    let shown = entry.shown(&pad.board);
    let missed = entry.last.is_some_and(|last| !last.answered);
    let icon = match entry.last {
        _ if entry.starred => icons::STAR,
        _ if entry.agent => icons::HEADSET,
        Some(last) if last.inbound => icons::ARROW_IN,
        _ => icons::ARROW_OUT,
    };
    let class = match (entry.starred, missed) {
        (true, _) => "starred",
        (false, true) => "bad",
        (false, false) => "call",
    };
    let named = !entry.name.is_empty();
    let missed = missed.then(|| pad.board.say(words::NOT_ANSWERED));
    let choice = Choice {
        id: String::new(),
        name: if named {
            entry.name.clone()
        } else {
            shown.clone()
        },
        number: if named { shown } else { String::new() },
        end: missed.into_iter().collect(),
        icon,
        class,
        made: true,
    };
    let row = choice
        .row("")
        .attr("id", &id(at))
        .attr("data-row", &at.to_string());
    let row = match entry.last {
        Some(last) => {
            row.with(still("span", "num when t3", "").attr("data-at", &last.at.to_string()))
        }
        None => row,
    };
    let (this, scrolled) = (pad.clone(), row.element().clone());
    row.live("aria-selected", move || {
        this.chose.track();
        let chosen = this.chosen.get() == Some(at);
        if chosen {
            super::super::shared::list::into_view(&scrolled);
        }
        Some(chosen.to_string())
    })
}

/// The id of the element of a row.
pub fn id(at: usize) -> String {
    ["number-", &at.to_string()].concat()
}

/// How many there are, in words.
pub fn count(pad: &Pad) -> String {
    match pad.entries.borrow().len() {
        0 => String::new(),
        many => filled(&pad.board.say(words::RECENT_COUNT), &many.to_string()),
    }
}

impl Pad {
    /// Chooses a number; `None`: what is typed counts.
    pub fn choose(&self, at: Option<usize>) {
        if self.chosen.replace(at) != at {
            self.chose.notify();
            self.ask_later();
        }
    }

    /// Chooses the next one, or the one before; beyond the ends is what is typed.
    pub fn step(&self, back: bool) {
        let many = self.entries.borrow().len();
        let at = match (self.chosen.get(), back) {
            (None, false) => Some(0),
            (None, true) => many.checked_sub(1),
            (Some(at), false) => Some(at + 1),
            (Some(at), true) => at.checked_sub(1),
        };
        self.choose(at.filter(|at| *at < many));
    }
}
