//! Somebody calls: who, through which group, how long they have waited; answer, reject, and a card of what else is known.

pub mod card;
mod spoken;

pub use spoken::{is_wanted, spelled};

use super::acts;
use super::board::{Board, clock};
use super::call::{self, Known};
use super::dom::{El, el};
use super::icons::{self, icon};
use super::shared::act::{Act, Face};
use super::shared::popover::{Inside, Popover, opener};
use super::shared::text::still;
use super::words;
use crate::browser::host::CallInfo;
use crate::client::Client;
use std::rc::Rc;

/// The line of a call that rings.
pub fn incoming(board: &Board, client: &Rc<Client>, known: &Known, mask: bool) -> Vec<El> {
    spoken::announce(board, mask);
    vec![
        details(board, client, known, mask),
        party(board, known, mask),
        acts::answer(board, client, "go", ""),
        acts::reject(board, client, "line bad", "k5"),
    ]
}

/// The pulse, which opens the card.
fn details(board: &Board, client: &Rc<Client>, known: &Known, mask: bool) -> El {
    opener(
        board,
        Act {
            name: "details",
            class: "ico-only ringer",
            fold: "k0",
            face: Face {
                icon: "",
                label: words::CALL_DETAILS,
            },
            request: "",
        },
        Popover {
            name: "details",
            class: "ring-card",
            role: "dialog",
            at_end: false,
            passing: true,
            inside: {
                let (board, client, known) = (board.clone(), client.clone(), known.clone());
                Inside::Here(Rc::new(move || card::card(&board, &client, &known, mask)))
            },
        },
    )
    .with(el("span", "pulse call").with(icon("i", icons::STATE_RING)))
}

fn party(board: &Board, known: &Known, mask: bool) -> El {
    let (said, who, first) = (board.clone(), board.clone(), board.clone());
    let (second, facts, keys) = (board.clone(), board.clone(), board.clone());
    let known = known.clone();
    el("div", "party call")
        .attr("part", "party")
        .attr("role", "group")
        .with(el("span", "b flat k3 rings").say(move || said.say(words::INCOMING)))
        .with(call::direction(board))
        .with(el("span", "num who flat").say(move || call::other_party(&who, mask)))
        .with_live(move || {
            let mut shown: Vec<El> = known.place("meta k3 flat").into_iter().collect();
            shown.extend(title(&facts));
            shown.extend(call::group(&facts, "tag flat"));
            shown
        })
        .with(waited(board))
        .with_live(move || path(&keys).into_iter().collect())
        .with(
            el("div", "stack")
                .with(el("span", "l1 num").say(move || call::other_party(&first, mask)))
                .with(el("span", "l2").say(move || {
                    let group = second.read(|p| p.call.as_ref().and_then(call::group_name));
                    let parts = [
                        group.unwrap_or_default(),
                        waiting(&second).unwrap_or_default(),
                    ];
                    parts.join(" ")
                })),
        )
}

/// What the page says of the call in a line.
pub fn title(board: &Board) -> Option<El> {
    let title = info(board).title;
    (!title.is_empty()).then(|| el("span", "meta k2 flat").say(move || title.clone()))
}

/// What only the page knows of the present call.
pub fn info(board: &Board) -> CallInfo {
    let given = board.hooks().given("callInfo");
    CallInfo::read(&given.unwrap_or_default())
}

/// The keys that brought the caller here.
fn path(board: &Board) -> Option<El> {
    let keys = board.read(|p| Some(p.call.as_ref()?.ivr.as_ref()?.keys.join(" › ")))?;
    let word = [&board.say(words::IVR_PATH), " "].concat();
    (!keys.is_empty()).then(|| {
        el("span", "meta k2 flat")
            .with(still("span", "t3", &word))
            .with(still("b", "num", &keys))
    })
}

/// How long the caller has waited; empty where that is not known.
fn waiting(board: &Board) -> Option<String> {
    let since = board.read(|p| p.call.as_ref().and_then(|call| call.queued_at))?;
    Some(clock(board.time().saturating_sub(since)))
}

fn waited(board: &Board) -> El {
    let (known, word, time) = (board.clone(), board.clone(), board.clone());
    el("span", "meta k3 flat")
        .live("hidden", move || match waiting(&known) {
            Some(_) => None,
            None => Some(String::new()),
        })
        .with(el("span", "t3").say(move || [&word.say(words::WAITED), " "].concat()))
        .with(el("b", "num").say(move || waiting(&time).unwrap_or_default()))
}
