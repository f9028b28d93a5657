//! The dial field: type or paste a number, Enter calls.

use super::board::Board;
use super::dom::{El, el};
use super::icons::{self, icon};
use super::words;
use crate::client::Client;
use agent::command::MakeCall;
use agent::{Command, number};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

/// The field with its button.
pub fn dial(board: &Board, client: &Rc<Client>) -> El {
    let (name, hint, verb) = (board.clone(), board.clone(), board.clone());
    let input = el("input", "")
        .attr("type", "tel")
        .live("aria-label", move || Some(name.say(words::NUMBER)))
        .live("placeholder", move || Some(hint.say(words::TYPE_NUMBER)));
    let call = {
        let (client, field) = (client.clone(), input.element().clone());
        move || {
            let Some(field) = field.dyn_ref::<HtmlInputElement>() else {
                return;
            };
            let called = number::dialable(&field.value());
            let sent = client.command(Command::MakeCall(MakeCall::outside(called)));
            if sent.is_ok() {
                field.set_value("");
            }
            client.click(sent);
        }
    };
    let enter = {
        let call = call.clone();
        move |event: web_sys::Event| {
            if event.unchecked_ref::<KeyboardEvent>().key() == "Enter" {
                event.prevent_default();
                call();
            }
        }
    };
    let button = el("button", "btn ico-only")
        .attr("type", "button")
        .live("aria-label", move || Some(verb.say(words::CALL)))
        .with(icon("i s", icons::PHONE_OUT))
        .on("click", move |_| call());
    let may = board.clone();
    el("div", "dialf")
        .attr("part", "dial-field")
        .live("hidden", move || {
            (!may.read(|p| p.may_call && p.allows("makeCall"))).then(String::new)
        })
        .with(icon("i s", icons::PHONE))
        .with(input.on("keydown", enter))
        .with(button)
}
