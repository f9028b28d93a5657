//! The card of a call that rings: everything that is known of it. What callers and pages send is text.

use super::super::acts::{answer, reject};
use super::super::board::Board;
use super::super::call::{self, Known, dialog};
use super::super::dom::{El, el};
use super::super::icons::{self, icon};
use super::super::shared::text::filled;
use super::super::words;
use super::{info, waiting};
use crate::client::Client;
use agent::json::Value;
use std::borrow::Cow;
use std::rc::Rc;

/// What an IVR says to machines: its own id, and keys that stand above it.
const NOT_SAID: [&str; 2] = ["ivrId", "keys"];

/// The card. The focus stays where it was: whoever types is not interrupted.
pub fn card(board: &Board, client: &Rc<Client>, known: &Known, mask: bool) -> El {
    let (who, title, says) = (board.clone(), board.clone(), known.clone());
    let (tags, noted) = (known.clone(), known.clone());
    let (time, waits, word) = (board.clone(), board.clone(), board.clone());
    let facts = board.clone();
    let head = el("div", "row top")
        .with(
            el("div", "grow")
                .with(
                    el("div", "row")
                        .with(el("span", "big num").say(move || call::other_party(&who, mask)))
                        .with_live(move || tags.tags()),
                )
                .with(el("div", "t2").say(move || {
                    let said = says.read();
                    let parts = [said.name, said.place];
                    let parts = parts.iter().filter(|part| !part.is_empty());
                    parts.map(String::as_str).collect::<Vec<_>>().join(" · ")
                }))
                .with_live(move || about(&title)),
        )
        .with(
            el("div", "waits")
                .live("hidden", move || match waiting(&waits) {
                    Some(_) => None,
                    None => Some(String::new()),
                })
                .with(el("div", "big num").say(move || waiting(&time).unwrap_or_default()))
                .with(el("div", "sm t3").say(move || word.say(words::WAITED_LONG))),
        );
    let card = el("div", "")
        .with(
            el("div", "body first col")
                .with(head)
                .with(el("dl", "facts").with_live(move || rows(&facts)))
                .with(el("div", "said t2").say(move || noted.read().note))
                // The page's own: what it knows of the customer.
                .with(el("slot", "").attr("name", "customer-card")),
        )
        .with(
            el("footer", "wr")
                .with(moves_on(board))
                .with(answer(board, client, "go fill5", ""))
                .with(reject(board, client, "line bad fill5", "")),
        );
    dialog::named(card, board, words::INCOMING_CALL)
}

/// What the page says of the call.
fn about(board: &Board) -> Vec<El> {
    let said = info(board);
    let mut shown = Vec::new();
    if !said.title.is_empty() {
        shown.push(el("div", "t2").say(move || said.title.clone()));
    }
    for text in said.tags {
        let tag = el("span", "").say(move || text.clone());
        shown.push(el("span", "tag").with(tag));
    }
    shown
}

fn rows(board: &Board) -> Vec<El> {
    let Some(call) = board.read(|p| p.call.clone()) else {
        return Vec::new();
    };
    let ivr = call.ivr.clone().unwrap_or_default();
    let learned = [&ivr.param, &ivr.input, &ivr.output].map(|text| pairs(text));
    let learned: Vec<String> = learned
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let facts = [
        (
            words::SKILL_GROUP,
            said(call::group_name(&call).unwrap_or_default()),
        ),
        (
            words::IVR_PATH,
            (!ivr.keys.is_empty()).then(|| path(ivr.keys)),
        ),
        (words::IVR_DATA, said(learned.join("\n"))),
        (words::CALL_DATA, said(call.user_data)),
    ];
    let mut rows = Vec::new();
    for (word, value) in facts {
        if let Some(value) = value {
            let name = board.say(word);
            rows.push(el("dt", "").say(move || name.clone()));
            rows.push(el("dd", "").with(value));
        }
    }
    rows
}

/// A text, if there is one.
fn said(text: String) -> Option<El> {
    (!text.is_empty()).then(|| el("span", "said").say(move || text.clone()))
}

/// What is a JSON object, as pairs; any other text as it is.
fn pairs(text: &str) -> String {
    let value = Value::parse(text).unwrap_or_default();
    if !value.is_object() {
        return text.to_owned();
    }
    let mut pairs = Vec::new();
    for (name, value) in value.members() {
        let name = name.string();
        if !NOT_SAID.contains(&name.as_str()) {
            let value = value.text().map_or(value.raw().to_owned(), Cow::into_owned);
            pairs.push([&name, "=", &value].concat());
        }
    }
    pairs.join("  ")
}

fn path(keys: Vec<String>) -> El {
    let mut path = el("span", "path");
    for (at, key) in keys.into_iter().enumerate() {
        if at > 0 {
            path = path.with(icon("i xs", icons::CHEVRON_RIGHT));
        }
        path = path.with(el("span", "key").say(move || key.clone()));
    }
    path
}

/// When somebody else is asked, where the page knows that.
fn moves_on(board: &Board) -> El {
    let board = board.clone();
    el("span", "sm t3 grow").say(move || match info(&board).moves_on_at {
        Some(at) => {
            let left = at.saturating_sub(board.time()).div_ceil(1000);
            filled(&board.say(words::MOVES_ON_IN), &left.to_string())
        }
        None => String::new(),
    })
}
