//! The supervisor's wall: what all agents do, in a sheet under the bar, or in an element of the page, that stays until it is closed.

mod actions;
mod confirm;
mod filters;
mod observe;
pub mod panel;
mod rows;
mod stand;
mod tiles;
mod view;

use super::board::Board;
use super::dom::{El, el, watch};
use super::icons;
use super::picture::Picture;
use super::shared::act::{Act, Face, act};
use super::words;
use crate::client::Client;
use reactive_graph::graph::untrack;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The name of the button and of the sheet.
const WALL: &str = "wall";

/// Whether the wall is open. Clones are of the same one.
#[derive(Clone)]
pub struct Sheet(Rc<Inside>);

struct Inside {
    open: Cell<bool>,
    changed: ArcTrigger,
    opener: RefCell<Option<El>>,
}

impl Sheet {
    fn set(&self, open: bool) {
        if self.0.open.replace(open) != open {
            self.0.changed.notify();
        }
    }

    fn is_open(&self) -> bool {
        self.0.changed.track();
        self.0.open.get()
    }

    /// What opened it.
    pub fn opener(&self) -> Option<El> {
        self.0.opener.borrow().clone()
    }

    /// Closes it; the focus goes to the button.
    pub fn close(&self) {
        self.set(false);
        if let Some(opener) = self.opener()
            && let Some(opener) = opener.element().dyn_ref::<HtmlElement>()
        {
            let _ = opener.focus();
        }
    }
}

/// Whether there is a wall for this agent.
fn has_wall(picture: &Picture) -> bool {
    let off = |name: &str| picture.off.contains(&name);
    picture.supervisor && !off("supervisor") && !off(WALL)
}

/// The button, and the place of the sheet where it is under the bar.
pub fn wall(board: &Board, client: &Rc<Client>) -> El {
    let sheet = Sheet(Rc::new(Inside {
        open: Cell::new(false),
        changed: ArcTrigger::new(),
        opener: RefCell::new(None),
    }));
    let (pressed, known, shown) = (sheet.clone(), board.clone(), sheet.clone());
    let press = move |_: &web_sys::Event| {
        if untrack(|| pressed.is_open()) {
            pressed.close();
        } else {
            pressed.set(true);
        }
    };
    let button = act(
        board,
        Act {
            name: WALL,
            class: "k3 ico-only tip-end",
            fold: "k0",
            face: Face {
                icon: icons::WALL,
                label: words::WALL,
            },
            request: "",
        },
        press,
    )
    .attr("aria-haspopup", "dialog")
    .live("aria-expanded", move || Some(shown.is_open().to_string()))
    .live("hidden", move || (!known.read(has_wall)).then(String::new));
    *sheet.0.opener.borrow_mut() = Some(button.clone());
    // Who is somebody else now does not see what the supervisor saw.
    let (ended, follows) = (board.clone(), sheet.clone());
    watch(move || {
        if !ended.read(has_wall) {
            follows.set(false);
        }
    });
    let (board, client) = (board.clone(), client.clone());
    el("div", "slot").with(button).with_live(move || {
        if !sheet.is_open() {
            return Vec::new();
        }
        vec![untrack(|| panel::panel(&board, &client, &sheet))]
    })
}
