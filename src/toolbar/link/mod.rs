//! The quality of the link: bars, and how long an answer takes.

use super::board::Board;
use super::dom::{El, el};
use super::icons::{self, icon};
use super::words;
use agent::session::Link;

/// How many bars an answer time is worth.
fn bars(latency: Option<u64>) -> &'static str {
    match latency {
        None | Some(0..100) => "4",
        Some(100..200) => "3",
        Some(200..500) => "2",
        Some(_) => "1",
    }
}

/// The indicator at the end of the bar.
pub fn link(board: &Board) -> El {
    let read = {
        let board = board.clone();
        move || board.read(|p| (p.link == Link::Up).then_some(p.latency))
    };
    let name = {
        let (board, read) = (board.clone(), read.clone());
        move || {
            let word = match read().map(bars) {
                None => words::LINK_NONE,
                Some("1") => words::LINK_POOR,
                Some("2") => words::LINK_FAIR,
                Some(_) => words::LINK_GOOD,
            };
            Some([&board.say(words::LINK), ": ", &board.say(word)].concat())
        }
    };
    let shown = move || {
        let Some(latency) = read() else {
            return vec![el("span", "st-i off").with(icon("i", icons::UNLINK))];
        };
        let mut level = el("span", "bars").attr("data-l", bars(latency));
        for _ in 0..4 {
            level = level.with(el("i", ""));
        }
        let text = latency
            .map(|ms| [&ms.to_string(), " ms"].concat())
            .unwrap_or_default();
        vec![level, el("span", "num sm k2").say(move || text.clone())]
    };
    el("div", "grp link")
        .attr("part", "utilities")
        .attr("role", "img")
        .live("aria-label", name.clone())
        .live("title", name)
        .with_live(shown)
}
