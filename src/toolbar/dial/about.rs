//! What is known of the number that is about to be called, and whether the agent likes it.

use super::super::call;
use super::super::dom::{El, el};
use super::super::icons::{self, icon};
use super::super::shared::text::{filled, still};
use super::super::words::{self, Word};
use super::numbers;
use super::pad::Pad;
use crate::browser::clock::Interval;
use crate::browser::host::Described;
use crate::browser::page::soon;
use reactive_graph::graph::untrack;
use reactive_graph::traits::{Notify, Track};
use std::rc::Rc;

/// The page is asked when typing has rested for so long, ms.
const REST: i32 = 400;

/// A number begins to be somebody's.
const SHORTEST: usize = 3;

/// The line under the field.
pub fn about(pad: &Rc<Pad>) -> El {
    let (this, likes) = (pad.clone(), pad.clone());
    let said = el("span", "row grow")
        .attr("role", "status")
        .with_live(move || known(&this));
    el("div", "row sm t2 about")
        .with(said)
        .with_live(move || star(&likes).into_iter().collect())
}

fn known(pad: &Pad) -> Vec<El> {
    pad.chose.track();
    let board = pad.board.clone();
    if let Some(word) = pad.trouble.get() {
        return vec![el("span", "").say(move || board.say(word))];
    }
    let said = pad.said.borrow().clone();
    let name = match said.name.is_empty() {
        true => pad.target().name,
        false => said.name,
    };
    let texts = [("b", name), ("", said.place)];
    let mut shown: Vec<El> = texts
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(class, text)| still("span", class, text))
        .collect();
    let tags = said.tags.into_iter();
    shown.extend(tags.map(|text| call::tag("tag st busy", icons::STAR, text)));
    if let Some(many) = today(pad) {
        let text = filled(&board.say(words::CALLS_TODAY), &many.to_string());
        shown.push(el("span", "grow"));
        shown.push(still("span", "many", &text));
    }
    if !said.note.is_empty() {
        shown.push(still("span", "ell said", &said.note));
    }
    shown
}

/// How many calls there were today with whom is about to be called.
fn today(pad: &Pad) -> Option<usize> {
    let list = pad.list_element.borrow();
    let day: u64 = list.as_ref()?.get_attribute("data-day")?.parse().ok()?;
    let number = pad.target().number;
    let times = pad.times.borrow();
    let times = times.iter();
    let many = times.filter(|(of, at)| *of == number && *at >= day).count();
    (many > 0).then_some(many)
}

/// Nothing where there is no number, or nothing is kept.
fn star(pad: &Rc<Pad>) -> Option<El> {
    pad.chose.track();
    let target = pad.target();
    if target.number.is_empty() || !untrack(|| numbers::keeps(&pad.board)) {
        return None;
    }
    let (name, tip, this) = (pad.board.clone(), pad.board.clone(), pad.clone());
    let button = el("button", "btn ico-only star")
        .attr("type", "button")
        .attr("data-act", "favourite")
        .attr(
            "aria-pressed",
            if target.starred { "true" } else { "false" },
        )
        .live("aria-label", move || Some(name.say(words::FAVOURITE)))
        .live("data-tip", move || Some(tip.say(words::FAVOURITE)))
        .with(icon("i", icons::STAR))
        .on("click", move |_| {
            if this.board.hooks().allow("favourite") {
                let this = this.clone();
                // Not while it is still being pressed: it is drawn anew.
                soon(move || this.like());
            }
        });
    Some(button)
}

impl Pad {
    /// Makes who is about to be called a favourite, or no longer.
    fn like(&self) {
        let mut entry = self.target();
        if entry.name.is_empty() {
            entry.name.clone_from(&self.said.borrow().name);
        }
        numbers::star(&self.board, &entry);
        let chosen = self.chosen.get().is_some();
        self.read();
        let entries = self.entries.borrow();
        let at = entries
            .iter()
            .position(|one| one.number == entry.number && one.agent == entry.agent);
        self.chosen.set(at.filter(|_| chosen));
        drop(entries);
        self.anew.notify();
        self.chose.notify();
        // What was pressed is a new one now.
        self.focus("[data-act=favourite]");
    }

    /// Says why something did not work, until the next number.
    pub fn say_trouble(&self, word: Option<Word>) {
        self.trouble.set(word);
        self.chose.notify();
    }

    /// Another number is about to be called: what was said was of the one before. Asks the page when typing rests.
    pub fn ask_later(&self) {
        self.trouble.set(None);
        self.said.take();
        self.chose.notify();
        let Some(this) = self.this.upgrade() else {
            return;
        };
        let ring = move || {
            let ended = this.clone();
            // It may not end itself while it rings.
            soon(move || drop(ended.rest.take()));
            this.ask();
        };
        *self.rest.borrow_mut() = Some(Interval::new(REST, ring));
    }

    fn ask(self: &Rc<Self>) {
        let target = self.target();
        if target.agent || target.number.len() < SHORTEST {
            return;
        }
        let (this, asked) = (self.clone(), target.number.clone());
        let then = move |said: Described| {
            // Meanwhile there may be another one.
            if this.target().number == asked && *this.said.borrow() != said {
                this.said.replace(said);
                this.chose.notify();
            }
        };
        let hooks = self.client.hooks();
        hooks.describe(&target.number, Box::new(then));
    }
}
