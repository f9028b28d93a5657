//! The quality of the link: bars, and how long an answer takes.

use super::board::Board;
use super::icons::{self, icon};
use super::words;
use agent::session::Link;
use leptos::prelude::*;

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
pub fn link(board: &Board) -> AnyView {
    let up = {
        let board = board.clone();
        ArcMemo::new(move |_| board.picture.with(|p| p.link == Link::Up))
    };
    let latency = {
        let board = board.clone();
        ArcMemo::new(move |_| board.picture.with(|p| p.latency))
    };
    let name = {
        let (board, up, latency) = (board.clone(), up.clone(), latency.clone());
        move || {
            let word = match (up.get(), bars(latency.get())) {
                (false, _) => words::LINK_NONE,
                (_, "1") => words::LINK_POOR,
                (_, "2") => words::LINK_FAIR,
                _ => words::LINK_GOOD,
            };
            [board.say(words::LINK), ": ", board.say(word)].concat()
        }
    };
    let shown = move || {
        if !up.get() {
            return view! { <span class="st-i off">{icon("i", icons::UNLINK)}</span> }.into_any();
        }
        let (level, text) = (latency.clone(), latency.clone());
        view! {
            <span class="bars" data-l=move || bars(level.get())><i></i><i></i><i></i><i></i></span>
            <span class="num sm k2">{move || text.get().map(|ms| [&ms.to_string(), " ms"].concat())}</span>
        }
        .into_any()
    };
    let title = name.clone();
    view! { <div class="grp link" part="utilities" role="img" aria-label=name title=title>{shown}</div> }.into_any()
}
