//! A menu: items, one of which may be the present choice, moved among by the keyboard.

use super::super::dom::{El, el};
use super::super::icons::{self, icon};
use super::text::still;
use crate::browser::page::soon;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    // Of the part's script: the arrow keys, Home, End, first letters and Alt with a digit move the focus among the items; the first,
    // or the one that is checked, has it now.
    #[wasm_bindgen(js_namespace = PART, js_name = roveMenu)]
    fn rove(menu: &Element);
}

/// A row of a menu.
pub enum Row {
    /// Something to choose.
    Item(Item),
    /// A line between groups.
    Line,
    /// A heading.
    Head(String),
}

/// Something to choose.
pub struct Item {
    /// Its name for tests and hooks; `data-act` of the element.
    pub name: &'static str,
    /// Classes beside `mi`.
    pub class: &'static str,
    /// Paths of its icon.
    pub icon: &'static str,
    /// What it says.
    pub label: String,
    /// What stands at its end: minutes, a number; and after a tab its shortcut.
    pub end: String,
    /// Whether it is the present choice among several; None: there is no choice.
    pub checked: Option<bool>,
    /// What it does; the menu is closed by then.
    pub run: Rc<dyn Fn()>,
}

/// A menu with this name. `chosen` closes it.
pub fn menu(name: &str, rows: Vec<Row>, chosen: Rc<dyn Fn()>) -> El {
    let mut list = el("div", "menu")
        .attr("role", "menu")
        .attr("aria-label", name);
    for row in rows {
        list = list.with(match row {
            Row::Item(item) => drawn(item, chosen.clone()),
            Row::Line => el("hr", ""),
            Row::Head(text) => still("div", "hd", &text),
        });
    }
    let inside = list.element().clone();
    soon(move || rove(&inside));
    list
}

fn drawn(item: Item, chosen: Rc<dyn Fn()>) -> El {
    let Item {
        label, end, run, ..
    } = item;
    let role = match item.checked {
        Some(_) => "menuitemradio",
        None => "menuitem",
    };
    let button = el("button", &["mi ", item.class].concat())
        .attr("type", "button")
        .attr("tabindex", "-1")
        .attr("role", role)
        .attr("data-act", item.name)
        .with(icon("i", item.icon))
        .with(still("span", "", &label))
        .on("click", move |_| {
            chosen();
            run();
        });
    let button = match item.checked {
        Some(checked) => button.attr("aria-checked", if checked { "true" } else { "false" }),
        None => button,
    };
    let (end, key) = end.split_once('\t').unwrap_or((&end, ""));
    let mut at_end = el("span", "end num").with(still("span", "", end));
    if !key.is_empty() {
        at_end = at_end.with(still("kbd", "kbd", key).attr("aria-hidden", "true"));
    }
    if item.checked == Some(true) {
        at_end = at_end.with(icon("i s", icons::CHECK));
    }
    button.with(at_end)
}
