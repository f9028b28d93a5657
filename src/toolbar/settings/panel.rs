//! The panel.

use super::super::board::Board;
use super::super::call::dialog;
use super::super::diagnostics::is_off;
use super::super::diagnostics::told::{Of, Told};
use super::super::dom::{El, el, watch};
use super::super::words;
use super::rows::{Choice, choice, row, switch};
use super::{devices, keys};
use crate::browser::page::soon;
use crate::browser::{get, page, set};
use crate::client::Client;
use crate::pairing::PhoneAct;
use agent::json::{self, Value};
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{Element, Event};

const THEMES: &[Choice] = &[
    Choice {
        value: "auto",
        text: |board| board.say(words::THEME_AUTO),
    },
    Choice {
        value: "light",
        text: |board| board.say(words::THEME_LIGHT),
    },
    Choice {
        value: "dark",
        text: |board| board.say(words::THEME_DARK),
    },
    Choice {
        value: "contrast",
        text: |board| board.say(words::THEME_CONTRAST),
    },
];

const DENSITIES: &[Choice] = &[
    Choice {
        value: "comfortable",
        text: |board| board.say(words::COMFORTABLE),
    },
    Choice {
        value: "compact",
        text: |board| board.say(words::COMPACT),
    },
];

/// A language says its own name.
const LANGUAGES: &[Choice] = include!(concat!(env!("OUT_DIR"), "/choices.rs"));

/// What counts, as JSON: what the agent has chosen, else what the page has given.
fn counts(board: &Board, name: &str) -> String {
    let hooks = board.hooks();
    let chosen = hooks.kept(name).or_else(|| hooks.given(name));
    chosen.unwrap_or_default()
}

/// Keeps a choice, and has everything follow that shows it.
pub fn keep(board: &Board, client: &Client, name: &str, json: &str) {
    board.hooks().keep(name, json);
    client.page_changed();
}

/// The panel.
pub fn draw(board: &Board, client: &Rc<Client>) -> El {
    let told = Told::new(client);
    let body = el("div", "body")
        .with(sound(board, client, &told))
        .with(auto_answer(board, client))
        .with(notifications(board, client))
        .with(keys::keys(board, client))
        .with(el("hr", ""))
        .with(look(board, client, ("theme", words::THEME), THEMES, "auto"))
        .with(look(
            board,
            client,
            ("density", words::DENSITY),
            DENSITIES,
            "comfortable",
        ))
        .with(language(board, client));
    let inside = el("div", "panel")
        .attr("tabindex", "-1")
        .with(dialog::head(board, words::SETTINGS))
        .with(body);
    dialog::named(dialog::focused(inside), board, words::SETTINGS)
}

/// Devices and how loud it rings; only our phone has any.
fn sound(board: &Board, client: &Rc<Client>, told: &Told) -> El {
    let there = board.clone();
    el("div", "")
        .with(devices::lists(board, client, told))
        .with(ring_volume(board, client, told))
        .with(el("hr", ""))
        .live("hidden", move || {
            let own = there.phone(|phone| phone.is_some_and(|phone| phone.own));
            (!own).then(String::new)
        })
}

fn ring_volume(board: &Board, client: &Rc<Client>, told: &Told) -> El {
    let (client, name, told) = (client.clone(), board.clone(), told.clone());
    let of = |event: &Event| {
        let slider = event.target()?;
        get(&slider, "value").as_string()?.parse::<u32>().ok()
    };
    let shown = el("span", "num sm t2");
    let follows = shown.element().clone();
    let slider = el("input", "")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", "100")
        .attr("step", "5")
        .attr("data-choice", "ringVolume")
        .live("aria-label", move || Some(name.say(words::RING_VOLUME)))
        .on("input", move |event: Event| {
            let text = of(&event).map(|percent| percent.to_string());
            follows.set_text_content(text.as_deref());
        })
        .on("change", move |event: Event| {
            if let Some(percent) = of(&event) {
                let _ = client.phone_do(PhoneAct::RingVolume(percent));
            }
        });
    let (input, text) = (slider.element().clone(), shown.element().clone());
    watch(move || {
        let percent = told.read(Of::Devices, |told| told.get("ringVolume").number());
        let percent = percent.unwrap_or(100).to_string();
        set(&input, "value", &JsValue::from_str(&percent));
        text.set_text_content(Some(&percent));
    });
    let control = el("div", "row volume").with(slider).with(shown);
    row(board, words::RING_VOLUME, None, control)
}

/// A phone of the page's can be told, too, as far as it can.
fn auto_answer(board: &Board, client: &Rc<Client>) -> El {
    let (hint, now, there, client) = (board.clone(), board.clone(), board.clone(), client.clone());
    switch(
        board,
        ("autoAnswer", words::AUTO_ANSWER),
        Rc::new(move || hint.say(words::AUTO_ANSWER_HINT)),
        Rc::new(move || now.phone(|phone| phone.is_some_and(|phone| phone.auto_answer))),
        Rc::new(move |on| {
            let _ = client.phone_do(PhoneAct::AutoAnswer(on));
        }),
    )
    .live("hidden", move || {
        let there_is = there.phone(|phone| phone.is_some()) && !is_off(&there, "autoAnswer");
        (!there_is).then(String::new)
    })
}

fn notifications(board: &Board, client: &Rc<Client>) -> El {
    let (hint, now, off) = (board.clone(), board.clone(), board.clone());
    let (keeps, client) = (board.clone(), client.clone());
    let is_on = move |board: &Board| counts(board, NOTIFICATIONS) == "true";
    switch(
        board,
        (NOTIFICATIONS, words::NOTIFICATIONS),
        Rc::new(move || {
            let permission = get(&get(&page::window(), "Notification"), "permission");
            hint.say(match permission.as_string().as_deref() {
                Some("denied") if is_on(&hint) => words::NOTIFICATIONS_BLOCKED,
                _ => words::NOTIFICATIONS_HINT,
            })
        }),
        Rc::new(move || is_on(&now)),
        Rc::new(move |on| {
            keep(&keeps, &client, NOTIFICATIONS, &on.to_string());
        }),
    )
    .live("hidden", move || {
        is_off(&off, NOTIFICATIONS).then(String::new)
    })
}

const NOTIFICATIONS: &str = "notifications";

/// What the page has put on the element itself, around all that this stands in.
fn on_element(at: &Element, name: &str) -> String {
    let mut at = JsValue::from(at);
    while !at.is_falsy() {
        let attributes = get(&get(&at, "host"), "attributes");
        let value = get(&get(&attributes, name), "value");
        if let Some(value) = value.as_string() {
            return value;
        }
        at = get(&at, "parentNode");
    }
    String::new()
}

/// Something of how it looks; `usual` counts where nobody has said anything.
fn look(
    board: &Board,
    client: &Rc<Client>,
    name: (&'static str, words::Word),
    choices: &'static [Choice],
    usual: &'static str,
) -> El {
    let (keeps, client, read) = (board.clone(), client.clone(), board.clone());
    let place = el("div", "");
    let (at, placed) = (place.element().clone(), ArcTrigger::new());
    let stands = placed.clone();
    // The element is found when this stands in it.
    soon(move || stands.notify());
    place.with(choice(
        board,
        name,
        choices,
        Rc::new(move || {
            placed.track();
            let now = counts(&read, name.0);
            let now = Value::parse(&now).unwrap_or_default().string();
            let said = [now, on_element(&at, name.0)];
            let said = said.into_iter().find(|said| !said.is_empty());
            said.unwrap_or_else(|| usual.to_owned())
        }),
        Rc::new(move |value| keep_text(&keeps, &client, name.0, value)),
    ))
}

fn language(board: &Board, client: &Rc<Client>) -> El {
    let (keeps, client, read) = (board.clone(), client.clone(), board.clone());
    choice(
        board,
        ("lang", words::LANGUAGE),
        LANGUAGES,
        Rc::new(move || read.lang().tag().to_owned()),
        Rc::new(move |value| keep_text(&keeps, &client, "lang", value)),
    )
}

fn keep_text(board: &Board, client: &Client, name: &str, value: &str) {
    let mut text = String::new();
    json::quote(&mut text, value);
    keep(board, client, name, &text);
}
