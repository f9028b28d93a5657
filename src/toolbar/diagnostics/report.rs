//! What the panel shows, as text for whoever helps, and the log. Numbers are hidden in both, and no secret is in either.

use super::super::board::Board;
use super::super::dom::{El, el};
use super::super::icons;
use super::super::link;
use super::super::settings::devices;
use super::super::shared::act::{Act, Face, act};
use super::super::shared::live::Urgency;
use super::super::words::{self, Word};
use super::test;
use super::told::{Of, Told};
use super::{has_phone, is_own, link_time, registration_word};
use crate::browser::{get, page};
use crate::client::Client;
use agent::json::Value;
use agent::number;
use reactive_graph::graph::untrack;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    // Of the shell: puts a text on the clipboard, and tells the element `copied` or `uncopied`; see `save.js`.
    #[wasm_bindgen(js_namespace = PART, js_name = copyText)]
    fn copy_text(text: &str, teller: &Element);
}

/// All that is known, a line each.
fn report(board: &Board, client: &Client, told: &Told) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            lines.push([name, ": ", value].concat());
        }
    };
    line("agent-toolbar", env!("CARGO_PKG_VERSION"));
    let browser = get(&get(&page::window(), "navigator"), "userAgent");
    line("browser", &browser.as_string().unwrap_or_default());
    let ms = link::latency(board);
    let state = [
        &*board.say(link::word(board)),
        " ",
        &ms,
        " ",
        &link_time(board),
    ]
    .concat();
    line(&board.say(words::SERVICE_LINK), state.trim());
    let call = board.read(|p| p.call.as_ref().map(|c| (c.id.clone(), c.party.clone())));
    if let Some((id, party)) = call {
        let text = [&*id, " ", &number::mask(&party)].concat();
        line(&board.say(words::CALL), text.trim());
    }
    if has_phone(board, client) {
        line(
            &board.say(words::PHONE_REGISTRATION),
            &registration_word(board),
        );
    }
    if is_own(board) {
        for (name, device) in devices::chosen(board, told) {
            line(&name, &device);
        }
        let warnings = board.phone(|phone| phone.map(|p| p.warnings.clone()));
        for warning in warnings.unwrap_or_default() {
            line(&warning.code, &warning.message);
        }
        told.read(Of::Check, |found| {
            if let Some((_, text)) = test::verdict(board, found) {
                line(&board.say(words::TEST_CALL), &text);
            }
            for part in found.get("parts").items() {
                let name = test::part_name(board, &part.get("name").string());
                let ms = part.get("ms").unsigned().unwrap_or(0).to_string();
                let [code, text] = [part.get("code").string(), test::part_text(part)];
                let fine = if test::is_fine(part) { "ok" } else { "--" };
                let text = [fine, " ", &ms, " ms ", &*code, " ", &*text].concat();
                line(&name, text.trim());
            }
        });
    }
    lines.join("\n")
}

/// What is written at the end, and what became of it.
pub fn copied(board: &Board, client: &Rc<Client>, told: &Told) -> El {
    let place = el("div", "row grow report");
    let outcome: Rc<(Cell<Option<Word>>, ArcTrigger)> = Rc::default();
    let tell = |board: &Board, word: Word| {
        let (outcome, board) = (outcome.clone(), board.clone());
        move |_| {
            outcome.0.set(Some(word));
            outcome.1.notify();
            board.speak_of(board.say(word), Urgency::Polite);
        }
    };
    let place = place
        .on("copied", tell(board, words::COPIED))
        .on("uncopied", tell(board, words::COPY_FAILED));
    let copy = {
        let (shown, client, told) = (board.clone(), client.clone(), told.clone());
        let teller = place.element().clone();
        act(
            board,
            face("copyReport", icons::COPY, words::COPY_REPORT),
            move |_| copy_text(&untrack(|| report(&shown, &client, &told)), &teller),
        )
    };
    let (shown, saves, off) = (board.clone(), board.clone(), board.clone());
    let save = act(
        board,
        face("saveLog", icons::DOWNLOAD, words::SAVE_LOG),
        move |_| saves.hooks().save_log(),
    )
    .live("hidden", move || is_off(&off, "record").then(String::new));
    place
        .with(el("span", "grow sm t2").say(move || {
            outcome.1.track();
            outcome
                .0
                .get()
                .map_or(String::new(), |word| shown.say(word))
        }))
        .with(copy)
        .with(save)
}

fn face(name: &'static str, icon: &'static str, label: Word) -> Act {
    Act {
        name,
        class: "ico-only tip-end",
        fold: "k0",
        face: Face { icon, label },
        request: "",
    }
}

/// Whether the page has switched a part off.
pub fn is_off(board: &Board, feature: &str) -> bool {
    let features = board.hooks().given("features").unwrap_or_default();
    let features = Value::parse(&features).unwrap_or_default();
    features.get(feature).raw() == "false"
}
