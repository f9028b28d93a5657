//! Popovers: one at a time, in the top layer, under the control that opened it.

use super::super::board::Board;
use super::super::dom::{El, el};
use super::super::parts::{self, Panel};
use super::super::plain;
use super::act::{Act, act};
use crate::browser::page::soon;
use crate::client::Client;
use reactive_graph::graph::untrack;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

#[wasm_bindgen]
extern "C" {
    // Of the part's script: puts it into the top layer, under or over the control, inside window and bar. From then on a
    // press or a focus elsewhere is told as the event `away`.
    #[wasm_bindgen(js_namespace = PART, js_name = placePopover)]
    pub fn place(popover: &Element, opener: &Element, at_end: bool);
}

/// What opens.
#[derive(Clone)]
pub struct Popover {
    /// Its name: that of the act that opens it.
    pub name: &'static str,
    /// Classes beside `pop`.
    pub class: &'static str,
    /// What it is for who cannot see it: `menu`, `dialog`.
    pub role: &'static str,
    /// Whether its end, not its start, stands under that of its opener.
    pub at_end: bool,
    /// Whether a change of the bar's controls closes it. What is typed into must stay.
    pub passing: bool,
    /// What is in it, drawn when it opens, and not again.
    pub inside: Inside,
}

/// What is in a popover.
#[derive(Clone)]
pub enum Inside {
    /// It is drawn by the part, of which its opener is, too.
    Here(Rc<dyn Fn() -> El>),
    /// It is drawn by the part, which has to be loaded first.
    Panel(Rc<Panel>),
}

/// One that is open.
#[derive(Clone)]
pub struct Open {
    popover: Popover,
    opener: El,
    /// The part that draws it cannot be had.
    missing: bool,
}

/// Which popover is open. Clones show the same one.
#[derive(Clone)]
pub struct Popovers(Rc<(RefCell<Option<Open>>, ArcTrigger)>);

impl Popovers {
    /// None is open.
    pub fn new() -> Self {
        Popovers(Rc::new((RefCell::new(None), ArcTrigger::new())))
    }

    /// Whether this one is open.
    pub fn is_open(&self, name: &str) -> bool {
        self.0.1.track();
        let open = self.0.0.borrow();
        open.as_ref().is_some_and(|open| open.popover.name == name)
    }

    /// Opens one, and closes what is open.
    pub fn open(&self, popover: Popover, opener: &El) {
        let (popovers, opener) = (self.clone(), opener.clone());
        match popover.inside {
            Inside::Here(_) => popovers.show(popover, opener, true),
            Inside::Panel(_) => parts::ready(move |there| popovers.show(popover, opener, there)),
        }
    }

    fn show(&self, popover: Popover, opener: El, there: bool) {
        let missing = !there;
        *self.0.0.borrow_mut() = Some(Open {
            popover,
            opener,
            missing,
        });
        self.0.1.notify();
    }

    /// Closes it; `back`: the focus goes to what opened it.
    pub fn close(&self, back: bool) {
        let closed = self.0.0.borrow_mut().take();
        let Some(Open { opener, .. }) = closed else {
            return;
        };
        self.0.1.notify();
        if back && let Some(opener) = opener.element().dyn_ref::<HtmlElement>() {
            let _ = opener.focus();
        }
    }

    /// The controls of the bar have changed: what passes with them closes.
    pub fn pass(&self) {
        let passing = self
            .0
            .0
            .borrow()
            .as_ref()
            .is_some_and(|open| open.popover.passing);
        if passing {
            self.close(false);
        }
    }

    /// The place for them: what is open, drawn by the part.
    pub fn slot(&self, board: &Board, client: &Rc<Client>, bar: El) -> El {
        let (popovers, board, client) = (self.clone(), board.clone(), client.clone());
        bar.with_live(move || {
            popovers.0.1.track();
            let open = popovers.0.0.borrow().clone();
            let Some(open) = open else {
                return Vec::new();
            };
            vec![untrack(|| {
                if open.missing {
                    let (popover, opener) = (open.popover, open.opener);
                    let popovers = popovers.clone();
                    let again = move || popovers.open(popover.clone(), &opener);
                    plain::missing(&board, &client, again)
                } else {
                    parts::draw(&Panel::Popover(popovers.clone(), open))
                }
            })]
        })
    }
}

/// Draws the one that is open, in the part.
pub fn drawn(popovers: &Popovers, open: &Open) -> El {
    let (popover, opener) = (&open.popover, &open.opener);
    let (away, escape) = (popovers.clone(), popovers.clone());
    let section = el("section", &["pop ", popover.class].concat())
        .attr("part", "popover")
        .attr("data-pop", popover.name)
        .with(match &popover.inside {
            Inside::Here(draw) => draw(),
            Inside::Panel(panel) => parts::draw(panel),
        })
        .on("away", move |_| away.close(false))
        .on("keydown", move |event: Event| {
            if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
                event.stop_propagation();
                escape.close(true);
            }
        });
    let section = match popover.role {
        // A menu brings its own role and name.
        "menu" => section,
        role => section.attr("role", role),
    };
    // It must stand in the page before it can be placed.
    let (inside, opener) = (section.element().clone(), opener.element().clone());
    let at_end = popover.at_end;
    soon(move || place(&inside, &opener, at_end));
    section
}

impl Default for Popovers {
    fn default() -> Self {
        Popovers::new()
    }
}

/// A button that opens a popover, and closes it when pressed again.
pub fn opener(board: &Board, button: Act, popover: Popover) -> El {
    let popovers = board.popovers();
    let own: Rc<RefCell<Option<El>>> = Rc::default();
    let press = {
        let (popovers, popover, own) = (popovers.clone(), popover.clone(), own.clone());
        move |_: &Event| {
            if untrack(|| popovers.is_open(popover.name)) {
                popovers.close(true);
            } else if let Some(opener) = own.borrow().as_ref() {
                popovers.open(popover.clone(), opener);
            }
        }
    };
    let name = popover.name;
    let button = act(board, button, press)
        .attr("aria-haspopup", popover.role)
        .live("aria-expanded", move || {
            Some(popovers.is_open(name).to_string())
        });
    *own.borrow_mut() = Some(button.clone());
    button
}
