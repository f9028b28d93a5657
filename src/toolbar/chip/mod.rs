//! The state chip: what the agent is doing and since when, and the menu to change it.

use super::board::{Board, clock};
use super::dom::{El, el};
use super::icons::{self, icon};
use super::picture::Picture;
use super::scene::Scene;
use super::words::{self, Word};
use crate::client::Client;
use agent::rules::Situation;
use agent::{Command, EventName, State};
use reactive_graph::graph::untrack;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// A word of ours, or one that the platform gave.
enum Label {
    Ours(Word),
    Theirs(String),
}

/// Colour, glyph and word of a picture: any two of them tell the state without the third.
fn face(scene: Scene, picture: &Picture) -> (&'static str, &'static str, Label) {
    use EventName::*;
    use Label::{Ours, Theirs};
    match scene {
        Scene::NoLink => ("off", icons::STATE_OFF, Ours(words::OFFLINE)),
        Scene::Connecting { again: false } => ("off", icons::SPIN, Ours(words::CONNECTING)),
        Scene::Connecting { again: true } | Scene::Waiting => {
            ("busy", icons::SPIN, Ours(words::RECONNECTING))
        }
        Scene::SignedOut => ("off", icons::STATE_OFF, Ours(words::SIGNED_OUT)),
        Scene::Kicked => ("bad", icons::STATE_BAD, Ours(words::USED_ELSEWHERE)),
        Scene::Locked => ("bad", icons::STATE_LOCK, Ours(words::LOCKED)),
        Scene::Incoming => ("call", icons::STATE_RING, Ours(words::RINGING)),
        Scene::SettingUp => ("call", icons::STATE_RING, Ours(words::CALLING)),
        Scene::InCall => {
            let muted = picture.call.as_ref().is_some_and(|call| call.muted);
            let word = match (picture.situation, &picture.state) {
                (Situation::Holding, _) => {
                    return ("call", icons::STATE_HOLD, Ours(words::ON_HOLD));
                }
                // Not to be heard is what an agent must not overlook.
                _ if muted => words::MUTED,
                (Situation::Transferring, _) => words::TRANSFERRING,
                (Situation::ConsultRinging | Situation::Consulting, _) => words::CONSULTING,
                (Situation::Conference, _) => words::CONFERENCE,
                (Situation::Watching, State::Told(ForceInserting)) => words::BARGED_IN,
                (Situation::Watching, State::Told(Whispering)) => words::WHISPERING,
                (Situation::Watching, _) => words::LISTENING,
                _ => words::IN_CALL,
            };
            ("call", icons::STATE_CALL, Ours(word))
        }
        Scene::WrapUp => ("wrap", icons::STATE_WRAP, Ours(words::WRAP_UP)),
        Scene::AtRest => match &picture.state {
            State::Told(Idle) => ("ready", icons::STATE_READY, Ours(words::READY)),
            State::Told(Busy) if picture.busy_type.is_empty() => {
                ("busy", icons::STATE_BUSY, Ours(words::BUSY))
            }
            State::Told(Busy) => ("busy", icons::STATE_BUSY, Theirs(picture.busy_type.clone())),
            State::Told(Login) => ("off", icons::STATE_OFF, Ours(words::SIGNED_IN)),
            State::Told(MakeCallFail) => ("off", icons::STATE_OFF, Ours(words::CALL_FAILED)),
            State::Told(CancelCall) => ("off", icons::STATE_OFF, Ours(words::CALL_ENDED)),
            // A word that we do not know is still better than none.
            other => ("off", icons::STATE_OFF, Theirs(other.as_str().to_owned())),
        },
    }
}

/// Whether the agent can choose another state now.
fn has_menu(board: &Board) -> bool {
    board.read(|picture| picture.allows("idle"))
}

/// Since when the chip counts: a call from its answer, everything else from the state's begin.
fn since(scene: Scene, picture: &Picture) -> Option<u64> {
    match scene {
        Scene::AtRest | Scene::WrapUp | Scene::Incoming | Scene::SettingUp => Some(picture.since),
        Scene::InCall => picture.call.as_ref().and_then(|c| c.talking_since),
        _ => None,
    }
}

/// Whether the menu is open.
#[derive(Clone)]
struct Open(Rc<Cell<bool>>, ArcTrigger);

impl Open {
    fn get(&self) -> bool {
        self.1.track();
        self.0.get()
    }

    fn set(&self, open: bool) {
        if self.0.replace(open) != open {
            self.1.notify();
        }
    }
}

/// The chip and its menu.
pub fn chip(board: &Board, client: &Rc<Client>) -> El {
    let open = Open(Rc::new(Cell::new(false)), ArcTrigger::new());
    let label = {
        let board = board.clone();
        move || match board.read(|p| face(board.scene(), p).2) {
            Label::Ours(word) => board.say(word),
            Label::Theirs(text) => text,
        }
    };
    // A state that came meanwhile closes the menu: what it offers may no longer be allowed.
    super::dom::watch({
        let (label, open) = (label.clone(), open.clone());
        move || {
            let _ = label();
            open.set(false);
        }
    });
    let glyph = {
        let board = board.clone();
        move || {
            let svg = board.read(|p| face(board.scene(), p).1);
            vec![icon(if svg == icons::SPIN { "i spin" } else { "i" }, svg)]
        }
    };
    let class = {
        let board = board.clone();
        move || {
            let scene = board.scene();
            let colour = board.read(|p| face(scene, p).0);
            Some(
                [
                    "chip ",
                    colour,
                    if has_menu(&board) { "" } else { " static" },
                ]
                .concat(),
            )
        }
    };
    // The clock is not part of the name, so that it is not read out each second.
    let name = {
        let (label, board) = (label.clone(), board.clone());
        move || Some([&board.say(words::STATE), ": ", &label()].concat())
    };
    let time = {
        let board = board.clone();
        move || {
            let since = board.read(|p| since(board.scene(), p));
            since
                .map(|since| clock(board.time().saturating_sub(since)))
                .unwrap_or_default()
        }
    };
    let popup = {
        let board = board.clone();
        move || has_menu(&board).then(|| "menu".to_owned())
    };
    let expanded = {
        let (board, open) = (board.clone(), open.clone());
        move || has_menu(&board).then(|| open.get().to_string())
    };
    let chevron = {
        let board = board.clone();
        move || {
            if has_menu(&board) {
                vec![icon("i xs chev", icons::CHEVRON)]
            } else {
                Vec::new()
            }
        }
    };
    let toggle = {
        let (board, open) = (board.clone(), open.clone());
        move |_| open.set(has_menu(&board) && !open.0.get())
    };
    let down = {
        let (board, open) = (board.clone(), open.clone());
        move |event: web_sys::Event| {
            if key(&event) == "ArrowDown" && has_menu(&board) {
                event.prevent_default();
                open.set(true);
            }
        }
    };
    let button = el("button", "")
        .attr("part", "chip")
        .attr("type", "button")
        .live("class", class)
        .live("aria-label", name)
        .live("aria-haspopup", popup)
        .live("aria-expanded", expanded)
        .on("click", toggle)
        .on("keydown", down)
        .with_live(glyph)
        .with(el("span", "lbl").say(label))
        .with(el("span", "num clk").say(time))
        .with_live(chevron);
    let items = {
        let (open, board, client, chip) =
            (open.clone(), board.clone(), client.clone(), button.clone());
        move || {
            // The menu stays as it was opened; what would change it closes it.
            if open.get() {
                vec![untrack(|| menu(&board, &client, &open, &chip))]
            } else {
                Vec::new()
            }
        }
    };
    // Wherever the focus goes, out of chip and menu means away.
    let leave = move |event: web_sys::Event| {
        let inside = event
            .current_target()
            .and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        let to = event
            .unchecked_ref::<web_sys::FocusEvent>()
            .related_target();
        let to = to.and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        if to.is_some() && !inside.is_some_and(|i| i.contains(to.as_ref())) {
            open.set(false);
        }
    };
    el("div", "state")
        .on("focusout", leave)
        .with(button)
        .with_live(items)
}

fn key(event: &web_sys::Event) -> String {
    event.unchecked_ref::<KeyboardEvent>().key()
}

fn menu(board: &Board, client: &Rc<Client>, open: &Open, chip: &El) -> El {
    let (ready, now, reasons) = board.read(|p| {
        let now = (p.state == State::Told(EventName::Busy)).then(|| p.busy_type.clone());
        (
            p.state == State::Told(EventName::Idle),
            now,
            p.busy_types.clone(),
        )
    });
    let list = el("div", "menu")
        .attr("role", "menu")
        .attr("aria-label", &board.say(words::STATE));
    let choice = |class: &str, svg, text: &str, checked: Option<bool>, command: Command| {
        let (client, open) = (client.clone(), open.clone());
        let press = move |_| {
            open.set(false);
            client.click(client.command(command.clone()));
        };
        let item = el("button", class)
            .attr("type", "button")
            .attr("tabindex", "-1")
            .attr(
                "role",
                if checked.is_some() {
                    "menuitemradio"
                } else {
                    "menuitem"
                },
            )
            .with(icon("i", svg))
            .with(el("span", "").say({
                let text = text.to_owned();
                move || text.clone()
            }))
            .on("click", press);
        match checked {
            Some(true) => item
                .attr("aria-checked", "true")
                .with(el("span", "end").with(icon("i s", icons::CHECK))),
            Some(false) => item.attr("aria-checked", "false"),
            None => item,
        }
    };
    let mut list = list
        .with(choice(
            "mi st ready",
            icons::STATE_READY,
            &board.say(words::READY),
            Some(ready),
            Command::Idle,
        ))
        .with(el("hr", ""));
    if reasons.is_empty() {
        let busy = Command::Busy { busy_type: None };
        list = list.with(choice(
            "mi st busy",
            icons::STATE_BUSY,
            &board.say(words::BUSY),
            Some(now.is_some()),
            busy,
        ));
    } else {
        let head = board.say(words::BUSY_BECAUSE);
        list = list.with(el("div", "hd").say(move || head.clone()));
    }
    for reason in reasons {
        let checked = Some(now.as_ref() == Some(&reason));
        let busy = Command::Busy {
            busy_type: Some(reason.clone()),
        };
        list = list.with(choice("mi st busy", icons::COFFEE, &reason, checked, busy));
    }
    let list = list.with(el("hr", "")).with(choice(
        "mi",
        icons::LOGOUT,
        &board.say(words::SIGN_OUT),
        None,
        Command::Logout,
    ));

    let (items, open, chip) = (list.element().clone(), open.clone(), chip.element().clone());
    let keys = move |event: web_sys::Event| {
        match key(&event).as_str() {
            "Escape" => {
                open.set(false);
                if let Some(chip) = chip.dyn_ref::<HtmlElement>() {
                    let _ = chip.focus();
                }
            }
            "ArrowDown" => focus(&items, 1),
            "ArrowUp" => focus(&items, -1),
            _ => return,
        }
        event.prevent_default();
    };
    // The first item gets the focus once the menu is in the page.
    let first = list.element().clone();
    crate::browser::page::soon(move || focus(&first, 0));
    el("section", "pop state-menu")
        .attr("part", "popover")
        .with(list.on("keydown", keys))
}

/// Moves the focus among the items, around at the ends; 0 goes to the first.
fn focus(menu: &Element, step: i32) {
    let Ok(items) = menu.query_selector_all("button") else {
        return;
    };
    let count = i32::try_from(items.length()).unwrap_or(0);
    let item = |n: i32| {
        let item = items.item(u32::try_from(n.rem_euclid(count.max(1))).unwrap_or(0));
        item.and_then(|i| i.dyn_into::<HtmlElement>().ok())
    };
    let now = (0..count).find(|n| item(*n).is_some_and(|i| i.matches(":focus").unwrap_or(false)));
    if let Some(next) = item(now.filter(|_| step != 0).map_or(0, |now| now + step)) {
        let _ = next.focus();
    }
}
