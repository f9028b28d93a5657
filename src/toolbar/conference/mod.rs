//! Three parties in one talk.

use super::acts;
use super::board::Board;
use super::call::{other_party, shown};
use super::consult::consulted;
use super::dom::{El, el};
use super::icons::{self, icon};
use super::keypad;
use super::quality;
use super::shared::text::filled;
use super::words;
use crate::client::Client;
use std::rc::Rc;

/// The line: both others, that all hear all, and the way out. Whoever hangs up leaves the other two together where the call
/// is theirs to leave, so there is one button for it.
pub fn line(board: &Board, client: &Rc<Client>, mask: bool) -> Vec<El> {
    vec![
        parties(board, mask),
        quality::quality(board, client),
        el("div", "grp")
            .attr("part", "actions")
            .with(acts::mute(board, client))
            .with(keypad::keypad(board, client)),
        acts::hang_up(board, client, words::HANG_UP),
    ]
}

fn parties(board: &Board, mask: bool) -> El {
    let (hint, first, second) = (board.clone(), board.clone(), board.clone());
    let (one, other, there) = (board.clone(), board.clone(), board.clone());
    el("div", "party call")
        .attr("part", "party")
        .with(party("", move || other_party(&one, mask)))
        .with(
            party(" k5", move || third(&other, mask)).live("hidden", move || {
                third(&there, mask).is_empty().then(String::new)
            }),
        )
        .with(el("span", "meta k2 flat").say(move || hint.say(words::EVERYONE_HEARS)))
        .with(
            el("div", "stack")
                .with(el("span", "l1 num").say(move || other_party(&first, mask)))
                .with(el("span", "l2").say(move || match third(&second, mask) {
                    third if third.is_empty() => second.say(words::EVERYONE_HEARS),
                    third => filled(&second.say(words::WITH_WHOM), &third),
                })),
        )
}

fn party(class: &str, name: impl Fn() -> String + 'static) -> El {
    el("span", &["two live call flat", class].concat())
        .with(el("span", "st-i").with(icon("i", icons::STATE_CALL)))
        .with(el("span", "who num").say(name))
}

/// The third party: whom the agent brought in; nobody where the agent was brought in.
fn third(board: &Board, mask: bool) -> String {
    let whom = board.read(|p| p.call.as_ref().and_then(|call| call.consult.clone()));
    match whom {
        None => String::new(),
        Some(whom) if whom.is_empty() => shown(board, "", mask),
        Some(_) => consulted(board, mask),
    }
}
