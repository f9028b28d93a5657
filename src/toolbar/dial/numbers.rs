//! Numbers to call again: those that the agent likes, and those of the last calls. They are kept by the page, or by the tab.

use super::super::board::Board;
use super::super::shared::number::grouped;
use agent::json::{Object, Value};

/// So many are offered beside the favourites.
const MOST: usize = 20;

/// So many colleagues are known by name.
const COLLEAGUES: usize = 50;

/// The names that they are kept under.
const HISTORY: &str = "history";
const FAVOURITES: &str = "favourites";
const AGENTS: &str = "agents";

/// The last call with a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// When it ended, ms since 1970.
    pub at: u64,
    /// They called.
    pub inbound: bool,
    /// Somebody talked.
    pub answered: bool,
}

/// A number that can be called.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// As it is dialled.
    pub number: String,
    /// Whose it is, as far as that is known.
    pub name: String,
    /// It is a colleague's, and no telephone number.
    pub agent: bool,
    /// The agent likes it.
    pub starred: bool,
    /// The last call with it.
    pub last: Option<Past>,
}

impl Entry {
    /// The number as it is shown.
    pub fn shown(&self, board: &Board) -> String {
        match (self.agent, board.masks()) {
            (true, _) => self.number.clone(),
            (false, true) => board.shown(&self.number),
            (false, false) => grouped(&self.number),
        }
    }

    fn same(&self, other: &Entry) -> bool {
        self.number == other.number && self.agent == other.agent
    }

    fn write(&self) -> String {
        let mut out = Object::new();
        out.text("number", &self.number)
            .text("name", &self.name)
            .raw("type", if self.agent { "1" } else { "2" });
        out.finish()
    }
}

/// Reads a list that is kept.
fn kept(board: &Board, name: &str) -> Vec<Entry> {
    let json = board.hooks().kept(name).unwrap_or_default();
    let list = Value::parse(&json).unwrap_or_default();
    let entries = list.items().map(|one| Entry {
        number: one.get("number").string(),
        name: one.get("name").string(),
        agent: one.get("type").number() == Some(1),
        starred: false,
        last: one.get("at").unsigned().map(|at| Past {
            at,
            inbound: one.get("direction").string() == "inbound",
            answered: one.get("answered").raw() == "true",
        }),
    });
    entries.filter(|entry| !entry.number.is_empty()).collect()
}

fn keep(board: &Board, name: &str, entries: &[Entry]) {
    let list: Vec<String> = entries.iter().map(Entry::write).collect();
    board
        .hooks()
        .keep(name, &["[", &list.join(","), "]"].concat());
}

/// All that can be called again: favourites first, then those of the last calls, each once; and when there was a call.
pub fn all(board: &Board) -> (Vec<Entry>, Vec<(String, u64)>) {
    let colleagues = kept(board, AGENTS);
    let mut past = kept(board, HISTORY);
    for call in &mut past {
        // A call does not say whose number it was.
        if let Some(one) = colleagues.iter().find(|one| one.number == call.number) {
            call.agent = true;
            call.name.clone_from(&one.name);
        }
    }
    let mut entries = kept(board, FAVOURITES);
    for entry in &mut entries {
        entry.starred = true;
        let last = past.iter().find(|call| call.same(entry));
        entry.last = last.and_then(|call| call.last);
    }
    let most = entries.len() + MOST;
    for call in &past {
        if entries.len() < most && !entries.iter().any(|known| known.same(call)) {
            entries.push(call.clone());
        }
    }
    let times = past.into_iter();
    let times = times.filter_map(|call| Some((call.number, call.last?.at)));
    (entries, times.collect())
}

/// Whether favourites are kept at all: the page may have switched that off.
pub fn keeps(board: &Board) -> bool {
    board.hooks().kept(FAVOURITES).is_some()
}

/// Makes a number a favourite, or no longer.
pub fn star(board: &Board, entry: &Entry) {
    let mut favourites = kept(board, FAVOURITES);
    let before = favourites.len();
    favourites.retain(|known| !known.same(entry));
    if favourites.len() == before {
        favourites.push(entry.clone());
    }
    keep(board, FAVOURITES, &favourites);
}

/// Remembers that a number is a colleague's.
pub fn remember(board: &Board, colleague: &Entry) {
    let mut agents = kept(board, AGENTS);
    agents.retain(|known| !known.same(colleague));
    agents.insert(0, colleague.clone());
    agents.truncate(COLLEAGUES);
    keep(board, AGENTS, &agents);
}
