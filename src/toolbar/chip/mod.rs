//! The state chip: what the agent is doing and since when, and what comes next.

pub mod full;
pub mod menu;

use super::board::{Board, clock};
use super::dom::{El, el};
use super::icons;
use super::parts::Panel;
use super::picture::Picture;
use super::plain;
use super::scene::Scene;
use super::shared::popover::{Inside, Popover};
use super::words;
use crate::client::Client;
use agent::rules::Situation;
use agent::{EventName, State};
use reactive_graph::graph::untrack;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// The name of the chip and of its menu.
const MENU: &str = "state";

/// ms.
const MINUTE: u64 = 60_000;

/// Colour, glyph and word: any two of them tell the state without the third.
pub type Face = (&'static str, &'static str, String);

/// What the chip shows.
fn shown(board: &Board) -> Face {
    let scene = board.scene();
    if let Some(face) = board.lines().and_then(|lines| lines.state(scene)) {
        return face;
    }
    let (colour, glyph, word) = match scene {
        Scene::NoLink => ("off", icons::STATE_OFF, words::OFFLINE),
        Scene::Connecting { again: false } => ("off", icons::SPIN, words::CONNECTING),
        Scene::Connecting { again: true } | Scene::Waiting => {
            ("busy", icons::SPIN, words::RECONNECTING)
        }
        Scene::SignedOut => ("off", icons::STATE_OFF, words::SIGNED_OUT),
        Scene::Kicked => ("bad", icons::STATE_BAD, words::USED_ELSEWHERE),
        Scene::Locked => ("bad", icons::STATE_LOCK, words::LOCKED),
        Scene::Incoming => ("call", icons::STATE_RING, words::RINGING),
        Scene::SettingUp => ("call", icons::STATE_RING, words::CALLING),
        Scene::WrapUp => ("wrap", icons::STATE_WRAP, words::WRAP_UP),
        Scene::AtRest => match board.read(|p| p.state.clone()) {
            State::Told(EventName::Idle) => ("ready", icons::STATE_READY, words::READY),
            State::Told(EventName::Busy) => ("busy", icons::STATE_BUSY, words::BUSY),
            State::Told(EventName::Login) => ("off", icons::STATE_OFF, words::SIGNED_IN),
            // A word that we do not know is still better than none.
            other => return ("off", icons::STATE_OFF, other.as_str().to_owned()),
        },
        // Whatever else is a call.
        _ => ("call", icons::STATE_CALL, words::IN_CALL),
    };
    (colour, glyph, board.say(word))
}

/// What can be chosen: another state now, one for after the call, or nothing.
#[derive(Clone, Copy, PartialEq)]
enum Choice {
    Now,
    AfterCall,
    None,
}

fn choice(picture: &Picture) -> Choice {
    if picture.allows("idle") {
        Choice::Now
    } else if picture.situation.in_call() && picture.situation != Situation::Watching {
        Choice::AfterCall
    } else {
        Choice::None
    }
}

/// Since when the chip counts: a call from its answer, everything else from the state's begin.
fn since(scene: Scene, picture: &Picture) -> Option<u64> {
    match scene {
        Scene::AtRest | Scene::WrapUp | Scene::Incoming | Scene::SettingUp => Some(picture.since),
        _ if picture.situation.in_call() => picture.call.as_ref().and_then(|c| c.talking_since),
        _ => None,
    }
}

/// How long the present state has lasted, ms.
fn lasted(board: &Board) -> Option<u64> {
    let scene = board.scene();
    let since = board.read(|p| since(scene, p))?;
    Some(board.time().saturating_sub(since))
}

/// The chip with its menu.
pub fn chip(board: &Board, client: &Rc<Client>) -> El {
    let [look, name, glyph, fold, label, clocked, chosen] = [(); 7].map(|()| board.clone());
    let button = el("button", "")
        .attr("part", "chip")
        .attr("type", "button")
        .attr("data-act", MENU)
        .live("class", move || {
            let still = match look.read(choice) {
                Choice::None => " static",
                _ => "",
            };
            Some(["chip ", shown(&look).0, still].concat())
        })
        .live("aria-label", move || {
            Some(match name.lines() {
                Some(lines) => lines.chip_name(),
                None => shown(&name).2,
            })
        })
        .live("aria-haspopup", menu_only(board, |_| "menu".to_owned()))
        .live(
            "aria-expanded",
            menu_only(board, |board| board.popovers().is_open(MENU).to_string()),
        )
        .with_icon(move || {
            let paths = shown(&glyph).1;
            let class = if paths == icons::SPIN { "i spin" } else { "i" };
            (class, paths)
        })
        .with(
            el("span", "")
                // Where something else says the same a narrow bar shows the glyph alone.
                .live("class", move || {
                    let plain = fold.scene() == Scene::AtRest;
                    Some(if plain { "lbl" } else { "lbl fold" }.to_owned())
                })
                .say(move || shown(&label).2),
        )
        .with_live(plain::full(board, |lines| lines.chip()))
        .with(
            el("span", "num clk")
                .attr("aria-hidden", "true")
                .say(move || lasted(&clocked).map(clock).unwrap_or_default()),
        )
        .with_icon(move || match chosen.read(choice) {
            Choice::None => ("", ""),
            _ => ("i xs chev", icons::CHEVRON),
        });
    opens(board, client, button)
}

/// A live attribute of a chip that has a menu.
fn menu_only(board: &Board, value: fn(&Board) -> String) -> impl Fn() -> Option<String> + 'static {
    let board = board.clone();
    move || (board.read(choice) != Choice::None).then(|| value(&board))
}

/// Has the chip open its menu.
fn opens(board: &Board, client: &Rc<Client>, chip: El) -> El {
    let popovers = board.popovers();
    let open = {
        let (board, client, chip) = (board.clone(), client.clone(), chip.clone());
        move || {
            let choice = untrack(|| board.read(choice));
            if choice == Choice::None {
                return;
            }
            let later = choice == Choice::AfterCall;
            let popover = Popover {
                name: MENU,
                class: "state-menu",
                role: "menu",
                at_end: false,
                passing: true,
                inside: Inside::Panel(Rc::new(Panel::States(board.clone(), client.clone(), later))),
            };
            board.popovers().open(popover, &chip);
        }
    };
    let down = open.clone();
    chip.on("click", move |_| {
        if untrack(|| popovers.is_open(MENU)) {
            popovers.close(true);
        } else {
            open();
        }
    })
    .on("keydown", move |event| {
        if event.unchecked_ref::<KeyboardEvent>().key() == "ArrowDown" {
            event.prevent_default();
            down();
        }
    })
}
