//! The dial field: type or paste a number, Enter calls; and a pad, which a narrow bar has instead of the field.

mod about;
mod agents;
pub mod caller;
mod numbers;
pub mod pad;
mod recents;

pub use numbers::keeps;

use super::board::Board;
use super::dom::{El, el};
use super::icons::{self, icon};
use super::parts::Panel;
use super::scene::Scene;
use super::shared::act::{Act, Face};
use super::shared::popover::{Inside, Popover, opener};
use super::words;
use crate::browser::get;
use crate::client::Client;
use agent::command::MakeCall;
use agent::{Command, EventName, Fault, State, number};
use reactive_graph::graph::untrack;
use reactive_graph::owner::Owner;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

#[wasm_bindgen]
extern "C" {
    // Of the shell: keeps a number in its field readable and dialable; see `keyboard.js`.
    #[wasm_bindgen(js_name = tidyNumber)]
    fn tidy(field: &Element);
}

/// The name of the field and of the pad.
const DIAL: &str = "dial";

/// What the page is told of a number that is not an agent's.
const OUTSIDE: u8 = 2;

/// The place of the field with its button, and of the round button of a narrow bar. They are built when a call can be made for
/// the first time, which nobody can before they are signed in, and then stay.
pub fn dial(board: &Board, client: &Rc<Client>) -> El {
    let place = el("div", "slot");
    let (board, client, owner) = (board.clone(), client.clone(), Owner::current());
    let (inside, field) = (place.clone(), RefCell::new(None));
    place.live("hidden", move || {
        let shown = may_call(&board, field.borrow().as_ref());
        let built = field.borrow().is_some();
        if let Some(owner) = owner.as_ref().filter(|_| shown && !built) {
            // What they watch ends with the toolbar, not when this runs again.
            let [all, round, input] = owner.with(|| untrack(|| build(&board, &client)));
            let _ = inside.clone().with(all).with(round);
            *field.borrow_mut() = Some(input);
        }
        (!shown).then(String::new)
    })
}

/// The field with its button, the round button, and what is typed into.
fn build(board: &Board, client: &Rc<Client>) -> [El; 3] {
    let hint = board.clone();
    let input = number_field(board, client)
        .attr("data-act", DIAL)
        .live("placeholder", move || Some(hint.say(words::TYPE_NUMBER)));
    let pad = |class, icon, label| opens_pad(board, client, &input, class, Face { icon, label });
    let field = el("div", "dialf")
        .attr("part", "dial-field")
        .with(icon("i s", icons::PHONE))
        .with(input.clone())
        .with(
            el("span", "num kbd")
                .attr("aria-hidden", "true")
                .attr("data-shortcut-of", DIAL),
        )
        .with(pad("ico-only", icons::KEYPAD, words::OPEN_DIAL));
    let round = pad("ico-only u3", icons::PHONE, words::CALL);
    [field, round, input]
}

/// Whether a call can be made. A number that is half typed goes with whoever typed it.
fn may_call(board: &Board, field: Option<&El>) -> bool {
    let (may, gone) = board.read(|p| {
        let gone = matches!(p.state, State::Told(EventName::Logout | EventName::Kick));
        (p.may_call && p.allows("makeCall"), gone)
    });
    if let Some(field) = field.filter(|_| gone) {
        fill(field, "");
    }
    may && board.scene() == Scene::AtRest
}

fn opens_pad(
    board: &Board,
    client: &Rc<Client>,
    input: &El,
    class: &'static str,
    face: Face,
) -> El {
    opener(
        board,
        Act {
            name: DIAL,
            class,
            fold: "k0",
            face,
            request: "makeCall",
        },
        Popover {
            name: DIAL,
            class: "dial-pad",
            role: "dialog",
            at_end: false,
            // A number that is being typed must not be lost.
            passing: false,
            inside: Inside::Panel(Rc::new(Panel::Dial(
                board.clone(),
                client.clone(),
                input.clone(),
            ))),
        },
    )
}

/// What a field holds.
fn value(field: &El) -> String {
    let field = field.element().dyn_ref::<HtmlInputElement>();
    field.map(HtmlInputElement::value).unwrap_or_default()
}

/// Puts a number into a field.
fn fill(field: &El, number: &str) {
    if let Some(input) = field.element().dyn_ref::<HtmlInputElement>() {
        input.set_value(number);
        tidy(input);
    }
}

/// A field for a number; Enter calls it.
fn number_field(board: &Board, client: &Rc<Client>) -> El {
    let (name, board, client) = (board.clone(), board.clone(), client.clone());
    let field = el("input", "")
        .attr("type", "tel")
        .attr("autocomplete", "off")
        .live("aria-label", move || Some(name.say(words::NUMBER)));
    let (typed, composed, entered) = (field.clone(), field.clone(), field.clone());
    field
        .on("input", move |event| {
            // What is being composed is touched when it is done.
            if get(&event, "isComposing").is_falsy() {
                tidy(typed.element());
            }
        })
        .on("compositionend", move |_| tidy(composed.element()))
        .on("keydown", move |event| {
            let key = event.unchecked_ref::<KeyboardEvent>();
            // Enter that ends a composition is the composition's.
            if key.key() == "Enter" && !key.is_composing() {
                event.prevent_default();
                call(&board, &client, &entered);
            }
        })
}

/// Calls the number in a field, if the page lets it, and empties the field.
fn call(board: &Board, client: &Rc<Client>, field: &El) {
    let called = number::dialable(&value(field));
    if called.is_empty() {
        client.click(Err(Fault::CalledEmpty));
        return;
    }
    let (board, caller, field) = (board.clone(), client.clone(), field.clone());
    let then = move |called: Option<String>| {
        let Some(called) = called else {
            return;
        };
        let mut asked = MakeCall::outside(number::dialable(&called));
        // Where it is chosen is in the part, too.
        asked.caller = untrack(|| board.lines()).and_then(|lines| lines.caller());
        let sent = caller.command(Command::MakeCall(asked));
        if sent.is_ok() {
            fill(&field, "");
            let popovers = board.popovers();
            if untrack(|| popovers.is_open(DIAL)) {
                popovers.close(true);
            }
        }
        caller.click(sent);
    };
    client.hooks().before_dial(&called, OUTSIDE, Box::new(then));
}
