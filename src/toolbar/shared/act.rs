//! One button for every act: what it shows, when it may be pressed, and why not.

use super::super::board::{Board, clock};
use super::super::dom::{El, el};
use super::super::icons;
use super::super::picture::Picture;
use super::super::words::{self, Word};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, UiEvent};

/// What a button shows.
#[derive(Clone, Copy)]
pub struct Face {
    /// Paths of its icon; empty: none.
    pub icon: &'static str,
    /// Its name, which stands beside the icon unless it is folded.
    pub label: Word,
}

/// A button of the bar or of a popover.
#[derive(Clone, Copy)]
pub struct Act {
    /// Its name for tests, shortcuts and the page's hooks; `data-act` of the element.
    pub name: &'static str,
    /// Classes beside `btn`.
    pub class: &'static str,
    /// Class of the label, which says when it folds: `k0` always, `k1` below 1400 px … empty: never.
    pub fold: &'static str,
    /// What it shows.
    pub face: Face,
    /// The request that must be allowed; empty: none.
    pub request: &'static str,
}

/// A button that does one thing.
pub fn act(board: &Board, act: Act, run: impl Fn(&Event) + 'static) -> El {
    button(board, Rc::new(move || act), Rc::new(run))
}

/// The way out of what stands over the page.
pub fn close(board: &Board, run: impl Fn(&Event) + 'static) -> El {
    let close = Act {
        name: "close",
        class: "ico-only tip-end",
        fold: "k0",
        face: Face {
            icon: icons::CROSS,
            label: words::CLOSE,
        },
        request: "",
    };
    act(board, close, run)
}

/// A button for a condition that lasts: pressed it is the act that ends it, and shows since when it holds.
pub fn toggle(
    board: &Board,
    off: Act,
    on: Act,
    since: fn(&Picture) -> Option<u64>,
    run: impl Fn(bool) + 'static,
) -> El {
    let pressed = {
        let board = board.clone();
        move || board.read(since).is_some()
    };
    let now = {
        let pressed = pressed.clone();
        move || if pressed() { on } else { off }
    };
    let press = {
        let pressed = pressed.clone();
        move |_: &Event| run(!pressed())
    };
    let time = {
        let board = board.clone();
        move || {
            // Since when is not always known; then it counts nothing.
            let since = board.read(since).filter(|since| *since > 0);
            since
                .map(|since| clock(board.time().saturating_sub(since)))
                .unwrap_or_default()
        }
    };
    button(board, Rc::new(now), Rc::new(press))
        .live("aria-pressed", move || Some(pressed().to_string()))
        .with(el("span", "num").attr("aria-hidden", "true").say(time))
}

/// `now` may give another act with time, but the same name, classes and folding.
fn button(board: &Board, now: Rc<dyn Fn() -> Act>, run: Rc<dyn Fn(&Event)>) -> El {
    let act = now();
    let refusal = {
        let (board, now) = (board.clone(), now.clone());
        move || match now().request {
            "" => None,
            request => board.read(|picture| picture.refusal(request)),
        }
    };
    let name = {
        let (board, now) = (board.clone(), now.clone());
        move || board.say(now().face.label)
    };
    let tip = {
        let (board, name, refusal) = (board.clone(), name.clone(), refusal.clone());
        move || {
            Some(match refusal() {
                Some(why) => board.sentence(&why),
                None => name(),
            })
        }
    };
    let glyph = move || ("i", now().face.icon);
    let press = {
        let (board, refusal) = (board.clone(), refusal.clone());
        move |event: Event| {
            // A press of the pointer may have been meant for what was here before; one of the keyboard follows the focus.
            let pointed = event
                .dyn_ref::<UiEvent>()
                .is_some_and(|event| event.detail() > 0);
            let meant = refusal().is_none() && !(pointed && board.too_early());
            if meant && board.hooks().allow(act.name) {
                run(&event);
            }
        }
    };
    el("button", &["btn ", act.class].concat())
        .attr("type", "button")
        .attr("data-act", act.name)
        .live("aria-label", {
            let name = name.clone();
            move || Some(name())
        })
        .live("data-tip", tip)
        .live("aria-disabled", move || {
            refusal().map(|_| "true".to_owned())
        })
        .with_icon(glyph)
        .with(el("span", act.fold).say(name))
        .on("click", press)
}
