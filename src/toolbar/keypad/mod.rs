//! The keypad: keys that are sent into a call, for whoever asks for one at the other end.

use super::acts;
use super::board::Board;
use super::call::dialog;
use super::dom::{El, el};
use super::icons;
use super::shared::act::{Act, Face};
use super::shared::popover::{Inside, Popover, opener};
use super::words;
use crate::client::Client;
use agent::Command;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

/// The keys, and the letters on them.
const KEYS: [(&str, &str); 12] = [
    ("1", ""),
    ("2", "ABC"),
    ("3", "DEF"),
    ("4", "GHI"),
    ("5", "JKL"),
    ("6", "MNO"),
    ("7", "PQRS"),
    ("8", "TUV"),
    ("9", "WXYZ"),
    ("*", ""),
    ("0", "+"),
    ("#", ""),
];

/// The button that opens it.
pub fn keypad(board: &Board, client: &Rc<Client>) -> El {
    opener(
        board,
        Act {
            name: "keypad",
            class: "k4",
            fold: "k1",
            face: Face {
                icon: icons::KEYPAD,
                label: words::KEYPAD,
            },
            request: "sendDTMF",
        },
        Popover {
            name: "keypad",
            class: "keypad",
            role: "dialog",
            at_end: false,
            passing: true,
            inside: {
                let (board, client) = (board.clone(), client.clone());
                Inside::Here(Rc::new(move || draw(&board, &client)))
            },
        },
    )
    .live("hidden", acts::switched_on(board, "dtmf"))
}

/// What was sent, and the keys.
pub fn draw(board: &Board, client: &Rc<Client>) -> El {
    let (name, sent_word) = (board.clone(), board.clone());
    let sent = el("input", "num")
        .attr("readonly", "")
        .attr("inputmode", "none")
        .live("aria-label", move || Some(name.say(words::KEYS_SENT)));
    let keys: Rc<RefCell<String>> = Rc::default();
    let send = {
        let (client, field) = (client.clone(), sent.element().clone());
        Rc::new(move |key: &str| {
            let digits = key.to_owned();
            let result = client.command(Command::SendDtmf { digits });
            if result.is_ok() {
                let mut keys = keys.borrow_mut();
                if !keys.is_empty() {
                    keys.push(' ');
                }
                keys.push_str(key);
                if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
                    field.set_value(&keys);
                    // What was sent last is what one looks for.
                    field.set_scroll_left(field.scroll_width());
                }
            }
            client.click(result);
        })
    };
    let typed = {
        let send = send.clone();
        move |event: Event| {
            let event = event.unchecked_ref::<KeyboardEvent>();
            let key = event.key();
            let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
            if !modified && KEYS.iter().any(|(one, _)| *one == key) {
                // A digit is sent here and means nothing to the page.
                event.prevent_default();
                event.stop_propagation();
                send(&key);
            }
        }
    };
    let field = el("div", "in lg")
        .with(dialog::focused(sent))
        .with(el("span", "sm t3").say(move || sent_word.say(words::SENT)));
    let body = el("div", "body first col")
        .with(field)
        .with(pad(board, send))
        .on("keydown", typed);
    dialog::named(body, board, words::KEYPAD)
}

/// Twelve keys.
pub fn pad(board: &Board, press: Rc<dyn Fn(&str)>) -> El {
    let name = board.clone();
    let mut pad = el("div", "pad")
        .attr("role", "group")
        .live("aria-label", move || Some(name.say(words::DIAL_PAD)));
    for (key, letters) in KEYS {
        let press = press.clone();
        pad = pad.with(
            el("button", "")
                .attr("type", "button")
                .attr("data-key", key)
                .with(el("span", "").say(move || key.to_owned()))
                // Letters are not read: they say nothing that the key does not.
                .with(
                    el("small", "")
                        .attr("aria-hidden", "true")
                        .say(move || letters.to_owned()),
                )
                .on("click", move |_| press(key)),
        );
    }
    pad
}
