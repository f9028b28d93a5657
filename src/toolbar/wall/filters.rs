//! Who is wanted: a search, a group, a kind of state with how many there are, a direction.

use super::super::dom::{El, el, watch};
use super::super::icons::{self, icon};
use super::super::shared::text::still;
use super::super::words::{self, Word};
use super::panel::Wall;
use super::view::thousands;
use agent::json::Value;
use reactive_graph::graph::untrack;
use reactive_graph::traits::Track;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Kinds of states: what the list calls them, how they look, their name. The first is all.
const STATES: [(&str, &str, &str, Word); 6] = [
    ("", "", "", words::ALL_STATES),
    ("talk", "call", icons::STATE_CALL, words::IN_CALL_SHORT),
    ("ready", "ready", icons::STATE_READY, words::READY),
    ("busy", "busy", icons::STATE_BUSY, words::BUSY),
    ("wrap", "wrap", icons::STATE_WRAP, words::WRAP_UP),
    ("late", "bad", icons::STATE_BAD, words::OVERDUE),
];

/// Directions: what the list calls them, their icon, their name.
const DIRECTIONS: [(&str, &str, Word); 3] = [
    ("", "", words::ANY_DIRECTION),
    ("inbound", icons::ARROW_IN, words::INBOUND),
    ("outbound", icons::ARROW_OUT, words::OUTBOUND),
];

/// Draws them.
pub fn filters(wall: &Wall) -> El {
    let named = wall.board().clone();
    let states = STATES.iter().fold(
        el("div", "chipset")
            .attr("role", "group")
            .live("aria-label", move || Some(named.say(words::WALL_STATE))),
        |set, state| set.with(chip(wall, state)),
    );
    let named = wall.board().clone();
    let directions = DIRECTIONS.iter().fold(
        el("div", "seg")
            .attr("role", "radiogroup")
            .live("aria-label", move || Some(named.say(words::DIRECTION))),
        |seg, direction| seg.with(radio(wall, direction)),
    );
    // Their counts change with every answer. An item of a flexbox is never laid out by itself, a block in one is.
    let states = el("div", "chips").with(states);
    el("div", "filters")
        .attr("role", "search")
        .with(search(wall))
        .with(groups(wall))
        .with(el("span", "sep"))
        .with(states)
        .with(el("span", "grow"))
        .with(directions)
}

fn search(wall: &Wall) -> El {
    let (hint, named, typed, cleared) = (
        wall.board().clone(),
        wall.board().clone(),
        wall.clone(),
        wall.clone(),
    );
    let input = el("input", "")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .live("placeholder", move || Some(hint.say(words::FIND_AGENT)))
        .live("aria-label", move || Some(named.say(words::FIND_AGENT)))
        .on("input", move |event| {
            let field = event
                .target()
                .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            let text = field.map(|field| field.value()).unwrap_or_default();
            typed.want(|want| {
                want.search = text;
                want.first = 0;
            });
        });
    let field = input.element().clone();
    let input = input.on("keydown", move |event| {
        let is_escape = event.unchecked_ref::<web_sys::KeyboardEvent>().key() == "Escape";
        if let Some(field) = field.dyn_ref::<HtmlInputElement>()
            && is_escape
            && !field.value().is_empty()
        {
            // The first one clears, the next one closes.
            event.stop_propagation();
            field.set_value("");
            cleared.want(|want| want.search.clear());
        }
    });
    el("div", "in find")
        .with(icon("i s", icons::SEARCH))
        .with(input)
        .with(still("kbd", "kbd", "/").attr("aria-hidden", "true"))
}

fn groups(wall: &Wall) -> El {
    let (named, listed, chosen) = (wall.board().clone(), wall.clone(), wall.clone());
    let select = el("select", "ell")
        .live("aria-label", move || Some(named.say(words::SKILL_GROUP)))
        .with_live_options(listed)
        .on("change", move |event| {
            // A select has a value as a field has.
            let id = event.target().map(|target| {
                crate::browser::get(&target, "value")
                    .as_string()
                    .unwrap_or_default()
            });
            chosen.want(|want| {
                want.group = id.unwrap_or_default();
                want.first = 0;
            });
        });
    el("div", "in sel")
        .with(select)
        .with(icon("i s", icons::CHEVRON))
}

impl El {
    /// The groups to choose from. They stand in the select itself: no other element may.
    fn with_live_options(self, wall: Wall) -> El {
        let select = self.element().clone();
        watch(move || {
            wall.0.grouped.track();
            let all = wall.board().say(words::ALL_GROUPS);
            let chosen = untrack(|| wall.0.want.borrow().group.clone());
            let groups = wall.0.groups.borrow().clone();
            select.set_text_content(None);
            let all = std::iter::once((String::new(), all));
            for (id, name) in all.chain(groups) {
                let option = still("option", "", &name).attr("value", &id);
                let option = match id == chosen {
                    true => option.attr("selected", ""),
                    false => option,
                };
                let _ = select.append_child(option.element());
            }
        });
        self
    }
}

/// A kind of state, and how many there are if it did not matter.
fn chip(wall: &Wall, state: &'static (&'static str, &'static str, &'static str, Word)) -> El {
    let (kind, class, svg, word) = *state;
    let (named, counted, pressed, run, limited) = (
        wall.board().clone(),
        wall.clone(),
        wall.clone(),
        wall.clone(),
        wall.clone(),
    );
    let mut button = el("button", &["fc ", class].concat())
        .attr("type", "button")
        .attr("data-state", kind)
        .live("aria-pressed", move || {
            pressed.0.wanted.track();
            Some((pressed.0.want.borrow().state == kind).to_string())
        })
        .on("click", move |_| {
            run.want(|want| {
                want.state = if want.state == kind { "" } else { kind };
                want.first = 0;
            });
        });
    if kind == "late" {
        // Without limits nobody is overdue.
        button = button.live("hidden", move || {
            let limits = limited.limits();
            let none = Value::parse(&limits)
                .unwrap_or_default()
                .members()
                .next()
                .is_none();
            none.then(String::new)
        });
    }
    if !svg.is_empty() {
        button = button.with(icon("i", svg));
    }
    button
        .with(el("span", "").say(move || named.say(word)))
        .with(number(move || {
            counted.0.counted.track();
            let [talk, ready, busy, wrap, other, late] = counted.0.view.borrow().counts;
            match kind {
                "talk" => talk,
                "ready" => ready,
                "busy" => busy,
                "wrap" => wrap,
                "late" => late,
                _ => talk + ready + busy + wrap + other,
            }
        }))
}

/// A number that is written only when it is another: several may change with each answer.
fn number(count: impl Fn() -> usize + 'static) -> El {
    let place = still("span", "num", " ");
    let (text, before) = (place.element().first_child(), Cell::new(usize::MAX));
    watch(move || {
        let count = count();
        if before.replace(count) != count
            && let Some(text) = &text
        {
            text.set_text_content(Some(&thousands(count)));
        }
    });
    place
}

fn radio(wall: &Wall, direction: &'static (&'static str, &'static str, Word)) -> El {
    let (kind, svg, word) = *direction;
    let (named, checked, run) = (wall.board().clone(), wall.clone(), wall.clone());
    let mut button = el("button", "")
        .attr("type", "button")
        .attr("role", "radio")
        .live("aria-checked", move || {
            checked.0.wanted.track();
            Some((checked.0.want.borrow().direction == kind).to_string())
        })
        .on("click", move |_| {
            run.want(|want| {
                want.direction = kind;
                want.first = 0;
            });
        });
    if !svg.is_empty() {
        button = button.with(icon("i s", svg));
    }
    button.with(el("span", "").say(move || named.say(word)))
}
