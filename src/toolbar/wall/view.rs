//! What the list tells of those who are wanted, and what is wanted: the two sides of `roster.js`.

use agent::json::{Object, Value};
use std::rc::Rc;

/// A row as the list tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The agent's number.
    pub number: String,
    /// The agent's name.
    pub name: String,
    /// The state, as the platform names it.
    pub state: String,
    /// The id of the group.
    pub group: String,
    /// Since when, ms of the server's clock.
    pub since: u64,
    /// The other party's number; empty: none.
    pub party: String,
    /// `inbound`, `outbound` or nothing.
    pub direction: String,
    /// It lasts longer than it should.
    pub late: bool,
    /// The agent is no longer there.
    pub gone: bool,
}

/// Those who are wanted: how many there are, and the rows around the view.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// All agents.
    pub total: usize,
    /// Those who are wanted.
    pub shown: usize,
    /// By kind of state: talk, ready, busy, wrap, other, late.
    pub counts: [usize; 6],
    /// Rows that would come, go or move if the order were not kept.
    pub pending: usize,
    /// The place of the agent who was asked for.
    pub focus: Option<usize>,
    /// The place of the first row.
    pub from: usize,
    /// The rows. One that is as it was is the same one.
    pub rows: Vec<Rc<Facts>>,
}

fn count(value: Value<'_>) -> usize {
    value.unsigned().unwrap_or(0) as usize
}

/// A count for people: `12,345`.
pub fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl View {
    /// Reads a view that comes after another.
    pub fn read(told: Value<'_>, before: &View) -> Self {
        let mut view = View::default();
        for (name, value) in told.members() {
            match name.raw() {
                "\"total\"" => view.total = count(value),
                "\"shown\"" => view.shown = count(value),
                "\"pending\"" => view.pending = count(value),
                "\"from\"" => view.from = count(value),
                "\"focus\"" => view.focus = value.unsigned().map(|at| at as usize),
                "\"counts\"" => {
                    for ((_, n), place) in value.members().zip(&mut view.counts) {
                        *place = count(n);
                    }
                }
                "\"rows\"" => {
                    let row = |(at, row): (usize, Value<'_>)| match row.raw() {
                        "0" => before.rows.get(at).cloned().unwrap_or_default(),
                        _ => Rc::new(facts(row)),
                    };
                    view.rows = value.items().enumerate().map(row).collect();
                }
                _ => {}
            }
        }
        view
    }

    /// How many there are, are wanted, and wait for their places.
    pub fn sizes(&self) -> [usize; 3] {
        [self.total, self.shown, self.pending]
    }

    /// The row at a place, where it is at hand.
    pub fn at(&self, index: usize) -> Option<&Rc<Facts>> {
        self.rows.get(index.checked_sub(self.from)?)
    }

    /// The row of an agent, and its place, where it is at hand.
    pub fn of(&self, number: &str) -> Option<(usize, &Facts)> {
        let found = self.rows.iter().position(|row| row.number == number)?;
        Some((self.from + found, self.rows.get(found)?))
    }
}

fn facts(row: Value<'_>) -> Facts {
    let mut cells = row.items();
    let mut next = || cells.next().unwrap_or_default();
    let mut facts = Facts {
        number: next().string(),
        name: next().string(),
        state: next().string(),
        group: next().string(),
        since: next().unsigned().unwrap_or(0),
        party: next().string(),
        direction: next().string(),
        ..Facts::default()
    };
    let mark = count(next());
    facts.late = mark == 1;
    facts.gone = mark == 2;
    facts
}

/// What is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Want {
    /// The first row in view.
    pub first: usize,
    /// How many there is room for.
    pub count: usize,
    /// The id of a group; empty: all.
    pub group: String,
    /// A kind of state, or `late`; empty: all.
    pub state: &'static str,
    /// `inbound`, `outbound`; empty: both.
    pub direction: &'static str,
    /// Part of a name or a number.
    pub search: String,
    /// A column.
    pub sort: &'static str,
    /// The other way round.
    pub down: bool,
    /// The order stays as it is.
    pub hold: bool,
    /// The agent whose place is asked for.
    pub focus: String,
}

impl Want {
    /// As a message for the list; `limits` is JSON.
    pub fn message(&self, limits: &str) -> String {
        let bool = |on| if on { "true" } else { "false" };
        let mut want = Object::new();
        want.number("first", self.first as i64)
            .number("count", self.count as i64)
            .text("group", &self.group)
            .text("state", self.state)
            .text("direction", self.direction)
            .text("search", &self.search)
            .text("sort", self.sort)
            .raw("down", bool(self.down))
            .raw("hold", bool(self.hold))
            .text("focus", &self.focus)
            .raw("limits", limits);
        ["{\"want\":", &want.finish(), "}"].concat()
    }
}
