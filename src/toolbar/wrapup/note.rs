//! The note of a call: written in wrap-up, kept over a lost link, and handed to the page, which alone knows where it belongs.

use super::super::board::Board;
use super::super::call::dialog;
use super::super::dom::{El, el, watch};
use super::super::icons::{self, icon};
use super::super::scene::Scene;
use super::super::shared::act::{Act, Face, act};
use super::super::shared::live::Urgency;
use super::super::shared::popover::{Inside, Popover, opener};
use super::super::shared::text::{still, texts};
use super::super::words;
use super::{done, extend, finish, left};
use crate::browser::page::soon;
use crate::client::Client;
use agent::Input;
use agent::json::{Object, quote};
use reactive_graph::owner::on_cleanup;
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Event, KeyboardEvent};

#[wasm_bindgen]
extern "C" {
    /// A field of several lines.
    type TextArea;
    #[wasm_bindgen(method, getter)]
    fn value(this: &TextArea) -> String;
    #[wasm_bindgen(method, setter)]
    fn set_value(this: &TextArea, text: &str);
}

#[derive(Default)]
struct Sheet {
    call_id: String,
    text: String,
    /// The chosen tags as JSON; empty: none.
    tags: String,
}

/// What is written and not handed over yet, and of which call.
#[derive(Clone, Default)]
pub struct Draft(Rc<RefCell<Sheet>>);

impl Draft {
    /// Takes what is written or chosen. It stays with the call that it was begun for.
    fn write(&self, call_id: String, change: impl FnOnce(&mut Sheet)) {
        let mut inside = self.0.borrow_mut();
        if inside.text.is_empty() && inside.tags.is_empty() {
            inside.call_id = call_id;
        }
        change(&mut inside);
    }

    /// The chosen tags.
    fn tags(&self) -> Vec<String> {
        texts(&self.0.borrow().tags)
    }

    fn text(&self) -> String {
        self.0.borrow().text.clone()
    }

    /// Gives it to the page, if there is anything; then it is no longer ours. Gives whether there was.
    pub fn hand_over(&self, client: &Client) -> bool {
        let Sheet {
            call_id,
            text,
            tags,
        } = self.0.take();
        let text = text.trim();
        if text.is_empty() && tags.is_empty() {
            return false;
        }
        let mut note = Object::new();
        note.text("callId", &call_id)
            .text("text", text)
            .raw("tags", if tags.is_empty() { "[]" } else { &tags });
        client.hooks().tell("Note", &note.finish());
        true
    }
}

/// Hands over what is written when wrap-up is over and nobody writes any more. To be called once, where it lasts.
pub fn hand_over_late(board: &Board, client: &Rc<Client>, draft: &Draft) {
    let (board, client, draft) = (board.clone(), client.clone(), draft.clone());
    watch(move || {
        // Without a link nobody knows yet whether it is over.
        let over = matches!(
            board.scene(),
            Scene::AtRest | Scene::Incoming | Scene::SettingUp | Scene::InCall | Scene::SignedOut
        );
        if over && !board.popovers().is_open(NAME) {
            let (client, draft) = (client.clone(), draft.clone());
            // Not while what is shown follows: the page may call back in.
            soon(move || {
                draft.hand_over(&client);
            });
        }
    });
}

const NAME: &str = "note";

/// The button that opens it.
pub fn note(board: &Board, client: &Rc<Client>, draft: &Draft) -> El {
    opener(
        board,
        Act {
            name: NAME,
            class: "soft",
            fold: "k3",
            face: Face {
                icon: icons::PENCIL,
                label: words::NOTE,
            },
            request: "",
        },
        Popover {
            name: NAME,
            class: "note",
            role: "dialog",
            at_end: false,
            // What is being written stays whatever happens to the bar.
            passing: false,
            inside: {
                let (board, client, draft) = (board.clone(), client.clone(), draft.clone());
                Inside::Here(Rc::new(move || draw(&board, &client, &draft)))
            },
        },
    )
}

/// The field and what goes with it.
pub fn draw(board: &Board, client: &Rc<Client>, draft: &Draft) -> El {
    let (name, hint, goes) = (board.clone(), board.clone(), board.clone());
    let area = el("textarea", "")
        .live("aria-label", move || Some(name.say(words::CALL_NOTE)))
        .live("placeholder", move || Some(hint.say(words::NOTE_HINT)));
    area.element()
        .unchecked_ref::<TextArea>()
        .set_value(&draft.text());
    let written = {
        let (board, client, draft) = (board.clone(), client.clone(), draft.clone());
        move |event: Event| {
            let Some(area) = event.target() else { return };
            let stopped = board.read(|p| {
                let last = p.wrap_up.as_ref();
                last.is_some_and(|last| last.paused.is_some())
            });
            let text = area.unchecked_ref::<TextArea>().value();
            draft.write(call_id(&board), |sheet| sheet.text = text);
            if !stopped {
                let _ = client.handle(Input::Pause(true));
            }
        }
    };
    let keys = {
        let (board, client, draft) = (board.clone(), client.clone(), draft.clone());
        move |event: Event| {
            let event = event.unchecked_ref::<KeyboardEvent>();
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                finish(&board, &client, &draft);
            }
        }
    };
    let over = SendWrapper::new(client.clone());
    // Nobody writes any more: the clock goes on, when what is shown has followed.
    on_cleanup(move || {
        let client = over.take();
        soon(move || {
            let _ = client.handle(Input::Pause(false));
        });
    });
    let (asked, page, text) = (board.clone(), client.clone(), draft.clone());
    let give = act(
        board,
        Act {
            name: "handOver",
            class: "soft",
            fold: "",
            face: Face {
                icon: "",
                label: words::HAND_OVER,
            },
            request: "",
        },
        move |_| hand_over(&asked, &page, &text),
    );
    let inside = el("div", "")
        .with(dialog::head(board, words::CALL_NOTE))
        .with(
            tags(board, draft)
                .into_iter()
                .fold(el("div", "body col"), El::with)
                .with(el("div", "in area").with(dialog::focused(
                    area.on("input", written).on("keydown", keys),
                )))
                .with(el("div", "sm t3").say(move || goes.say(words::NOTE_GOES))),
        )
        .with(
            el("footer", "wr")
                .with(el("span", "row grow").with(left(board)))
                .with(extend(board, client))
                .with(give)
                .with(done(board, client, draft)),
        );
    dialog::named(inside, board, words::CALL_NOTE)
}

/// The call that wraps up.
fn call_id(board: &Board) -> String {
    let id = board.read(|p| p.wrap_up.as_ref().map(|last| last.call_id.clone()));
    id.unwrap_or_default()
}

/// The page's tags, each of which is on or off.
fn tags(board: &Board, draft: &Draft) -> Option<El> {
    let all = texts(&board.hooks().given("noteTags").unwrap_or_default());
    if all.is_empty() {
        return None;
    }
    let name = board.clone();
    let row = el("div", "row tags")
        .attr("role", "group")
        .live("aria-label", move || Some(name.say(words::NOTE_TAGS)));
    let tags = all.into_iter().map(|text| tag(board, draft, text));
    Some(tags.fold(row, El::with))
}

fn tag(board: &Board, draft: &Draft, text: String) -> El {
    let on = draft.tags().contains(&text);
    let chip = el("button", "fc")
        .attr("type", "button")
        .attr("aria-pressed", if on { "true" } else { "false" })
        .with(icon("i s", icons::CHECK))
        .with(still("span", "", &text));
    let (board, draft, pressed) = (board.clone(), draft.clone(), chip.element().clone());
    chip.on("click", move |_| {
        let mut tags = draft.tags();
        let before = tags.len();
        tags.retain(|tag| *tag != text);
        let on = tags.len() == before;
        if on {
            tags.push(text.clone());
        }
        draft.write(call_id(&board), |sheet| sheet.tags = list(&tags));
        let _ = pressed.set_attribute("aria-pressed", if on { "true" } else { "false" });
    })
}

/// As JSON; nothing for none.
fn list(tags: &[String]) -> String {
    if tags.is_empty() {
        return String::new();
    }
    let mut out = String::from("[");
    for tag in tags {
        if out.len() > 1 {
            out.push(',');
        }
        quote(&mut out, tag);
    }
    out.push(']');
    out
}

fn hand_over(board: &Board, client: &Rc<Client>, draft: &Draft) {
    if draft.hand_over(client) {
        board.speak_of(board.say(words::NOTE_HANDED), Urgency::Polite);
    }
    board.popovers().close(true);
}
