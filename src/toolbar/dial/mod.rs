//! The dial field: type or paste a number, Enter calls.

use super::Desk;
use super::board::Board;
use super::icons::{self, icon};
use super::words;
use agent::command::MakeCall;
use agent::{Command, number};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The field with its button.
pub fn dial(board: &Board, client: &Desk) -> AnyView {
    let input = NodeRef::<leptos::html::Input>::new();
    let call = {
        let client = client.clone();
        move || {
            let Some(input) = input.get_untracked() else {
                return;
            };
            let called = number::dialable(&input.value());
            let sent = client.command(Command::MakeCall(MakeCall {
                called,
                called_type: 2,
                caller: None,
                call_id: None,
                contact_id: None,
            }));
            if sent.is_ok() {
                input.set_value("");
            }
            client.click(sent);
        }
    };
    let on_key = {
        let call = call.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                call();
            }
        }
    };
    let (name, hint, verb) = (board.clone(), board.clone(), board.clone());
    view! {
        <label class="dialf" part="dial-field">
            {icon("i s", icons::PHONE)}
            <input type="tel" node_ref=input aria-label=move || name.say(words::NUMBER)
                placeholder=move || hint.say(words::TYPE_NUMBER) on:keydown=on_key/>
            <button class="btn ico-only" type="button" aria-label=move || verb.say(words::CALL) on:click=move |_| call()>
                {icon("i s", icons::PHONE_OUT)}
            </button>
        </label>
    }
    .into_any()
}
