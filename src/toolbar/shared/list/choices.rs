//! One choice of a list, and what of it was typed.

use super::super::super::dom::{El, el};
use super::super::super::icons::icon;
use super::super::text::still;

/// One choice.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What tells it from the others.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its number, as it is shown.
    pub number: String,
    /// What stands at its end.
    pub end: Vec<String>,
    /// Paths of its icon.
    pub icon: &'static str,
    /// The colour of the icon: a state, or nothing.
    pub class: &'static str,
    /// It is made of what was typed, and fits whatever that is.
    pub made: bool,
}

impl Choice {
    /// Name and number, as one says them.
    pub fn title(&self) -> String {
        match (self.name.is_empty(), self.number.is_empty()) {
            (true, _) => self.number.clone(),
            (_, true) => self.name.clone(),
            _ => [&self.name, " ", &self.number].concat(),
        }
    }

    /// Whether it is what was typed, or part of it.
    pub fn fits(&self, typed: &str) -> bool {
        let typed = typed.trim();
        self.made
            || typed.is_empty()
            || place(&self.name, typed).is_some()
            || place(&self.number, typed).is_some()
    }

    /// As an option of the list.
    pub fn row(&self, typed: &str) -> El {
        let typed = if self.made { "" } else { typed.trim() };
        let mut end = el("span", "end");
        for text in &self.end {
            end = end.with(still("span", "k5", text));
        }
        el("div", "li")
            .attr("role", "option")
            .with(el("span", &["st-i ", self.class].concat()).with(icon("i", self.icon)))
            .with(marked("nm", &self.name, typed))
            .with(marked("num t3", &self.number, typed))
            .with(end)
    }
}

/// A text with what was typed of it marked.
fn marked(class: &str, text: &str, typed: &str) -> El {
    let Some((from, to)) = place(text, typed).filter(|(from, to)| from < to) else {
        return still("span", class, text);
    };
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    el("span", class)
        .with(still("span", "", part(0, from)))
        .with(still("mark", "", part(from, to)))
        .with(still("span", "", part(to, text.len())))
}

/// Where in a text something stands, small and capital letters alike, as bytes.
fn place(text: &str, what: &str) -> Option<(usize, usize)> {
    let mut starts = text.char_indices().map(|(at, _)| at);
    starts.find_map(|at| Some((at, at + prefix(&text[at..], what)?)))
}

/// How many bytes of a text are what it is to begin with; `None`: it does not.
fn prefix(text: &str, what: &str) -> Option<usize> {
    let mut rest = text.chars();
    for wanted in what.chars() {
        let same = rest.next()?.to_lowercase().eq(wanted.to_lowercase());
        if !same {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}
