//! Wrap-up: what the last call was, how long is left, and the way to be ready at once.

use super::Desk;
use super::board::{Board, clock};
use super::icons::{self, icon};
use super::words;
use agent::{Command, Lang, cause};
use leptos::prelude::*;

/// The line of a call that has ended.
pub fn wrap_up(board: &Board, client: &Desk) -> AnyView {
    let wrap = board.picture.with_untracked(|p| p.wrap_up.clone());
    let (talked, who, why) = match &wrap {
        Some(w) => {
            let who = if w.other_hung_up {
                words::THEY_HUNG_UP
            } else {
                words::YOU_HUNG_UP
            };
            // A normal end needs no words; neither does a number that nobody can explain.
            let why = w.cause.filter(|c| *c != 0).and_then(cause::by_code);
            (w.talked, Some(who), why)
        }
        None => (None, None, None),
    };
    let said = board.clone();
    let reason = move || match why {
        Some(cause) => match said.lang.get() {
            Lang::Zh => cause.zh,
            Lang::En => cause.en,
        },
        None => who.map(|w| said.say(w)).unwrap_or_default(),
    };
    let label = board.clone();
    let talk = talked.map(|ms| {
        view! { <span class="meta">{move || label.say(words::TALKED)}" "<b class="num">{clock(ms)}</b></span> }.into_any()
    });
    let until = wrap.and_then(|w| w.until);
    let left = until.map(|until| {
        let board = board.clone();
        let text = move || {
            let seconds = until.saturating_sub(board.tick.get()).div_ceil(1000);
            let gap = if board.lang.get() == Lang::Zh {
                " "
            } else {
                " "
            };
            [&seconds.to_string(), gap, board.say(words::READY_IN)].concat()
        };
        // Not live: it would be read out each second.
        view! { <span class="meta num left" role="timer" aria-live="off">{text}</span> }.into_any()
    });
    let done = {
        let client = client.clone();
        move |_| client.click(client.command(Command::Idle))
    };
    let verb = board.clone();
    view! {
        <div class="party wrap" part="party" role="status">
            <span class="dir">{icon("i s", icons::PHONE_DOWN)}</span>
            <span class="who">{reason}</span>
            {talk}
            {left}
        </div>
        <button class="btn solid" part="done" type="button" on:click=done>
            {icon("i s", icons::CHECK)}
            <span>{move || verb.say(words::DONE)}</span>
        </button>
    }
    .into_any()
}
