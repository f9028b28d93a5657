//! What the agent has done today: calls answered, calls made, how long they talk. It is counted from the calls that are kept, so
//! that there is nothing of a kind of which none is, and nothing at all where the page has switched that off.

use super::board::{Board, clock};
use super::dom::{El, el, watch};
use super::words::{self, Word};
use crate::browser::page::soon;
use agent::json::Value;
use reactive_graph::graph::untrack;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    // Of the part's script: when the present day began where the agent sits, ms since 1970; see `past.js`.
    #[wasm_bindgen(js_namespace = PART, js_name = dayBegan)]
    fn day_began() -> f64;
}

/// A call that is kept.
struct Call {
    /// When it ended, ms since 1970.
    at: u64,
    inbound: bool,
    /// How long both sides talked, ms.
    talked: Option<u64>,
}

/// What a day adds up to.
#[derive(Clone, Copy, Default, PartialEq)]
struct Day {
    answered: u64,
    made: u64,
    /// How long a call lasts, ms; 0: nobody has talked.
    average: u64,
}

impl Day {
    fn of(calls: &[Call], began: u64) -> Self {
        let today = || calls.iter().filter(|call| call.at >= began);
        let talks = || today().filter_map(|call| call.talked);
        let answered = |call: &&Call| call.inbound && call.talked.is_some();
        let many = talks().count() as u64;
        Day {
            answered: today().filter(answered).count() as u64,
            made: today().filter(|call| !call.inbound).count() as u64,
            average: talks().sum::<u64>() / many.max(1),
        }
    }
}

#[derive(Default)]
struct Inside {
    calls: RefCell<Vec<Call>>,
    day: Cell<Day>,
    changed: ArcTrigger,
}

impl Inside {
    fn read(&self, board: &Board) {
        let json = board.hooks().kept("history").unwrap_or_default();
        let list = Value::parse(&json).unwrap_or_default();
        let call = |one: Value<'_>| {
            Some(Call {
                at: one.get("at").unsigned()?,
                inbound: one.get("direction").raw() == "\"inbound\"",
                talked: one.get("talked").unsigned(),
            })
        };
        *self.calls.borrow_mut() = list.items().filter_map(call).collect();
        self.count();
    }

    fn count(&self) {
        let day = Day::of(&self.calls.borrow(), day_began() as u64);
        if self.day.replace(day) != day {
            self.changed.notify();
        }
    }
}

/// Draws it.
pub fn figures(board: &Board) -> El {
    let inside = Rc::new(Inside::default());
    let (reads, asked) = (inside.clone(), board.clone());
    watch(move || {
        // The page may have brought calls of before.
        let _ = asked.hooks();
        let (reads, asked) = (reads.clone(), asked.clone());
        // The call that has just ended is kept when what is shown has followed.
        soon(move || untrack(|| reads.read(&asked)));
    });
    let (counts, ticks) = (inside.clone(), board.clone());
    watch(move || {
        // A day ends while nobody calls.
        ticks.mono();
        untrack(|| counts.count());
    });
    let figure = |class, word: Word, shown: fn(Day) -> String| {
        let (name, of) = (board.clone(), inside.clone());
        let value = move || {
            of.changed.track();
            shown(of.day.get())
        };
        let none = value.clone();
        el("span", class)
            .live("hidden", move || none().is_empty().then(String::new))
            .with(el("span", "t3").say(move || [&name.say(word), " "].concat()))
            .with(el("b", "num").say(value))
    };
    el("div", "party")
        .with(figure("meta k2", words::ANSWERED_TODAY, |day| {
            some(day.answered)
        }))
        .with(figure("meta k2", words::MADE_TODAY, |day| some(day.made)))
        .with(figure("meta k1", words::AVERAGE_TALK, |day| {
            match day.average {
                0 => String::new(),
                average => clock(average),
            }
        }))
}

fn some(count: u64) -> String {
    match count {
        0 => String::new(),
        count => count.to_string(),
    }
}
