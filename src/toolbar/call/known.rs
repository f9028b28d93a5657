//! What the page knows of whoever is in the call: asked for once a number.

use super::super::board::Board;
use super::super::dom::{El, el, watch};
use super::super::icons;
use super::tag;
use crate::browser::host::Described;
use crate::browser::page::soon;
use crate::client::Client;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::RefCell;
use std::rc::Rc;

struct Inside {
    number: RefCell<String>,
    said: RefCell<Described>,
    changed: ArcTrigger,
}

/// See the module. Clones are of the same one.
#[derive(Clone)]
pub struct Known(Rc<Inside>);

impl Known {
    /// Follows the calls of a board. To be made once, where it lasts.
    pub fn new(board: &Board, client: &Rc<Client>) -> Self {
        let known = Known(Rc::new(Inside {
            number: RefCell::default(),
            said: RefCell::default(),
            changed: ArcTrigger::new(),
        }));
        let (of, board, client) = (known.clone(), board.clone(), client.clone());
        watch(move || {
            let party = board.read(|p| p.call.as_ref().map(|call| call.party.clone()));
            let party = party.unwrap_or_default();
            if *of.0.number.borrow() == party {
                return;
            }
            of.0.number.replace(party.clone());
            of.take(Described::default());
            if !party.is_empty() {
                let (of, client) = (of.clone(), client.clone());
                // Not while what is shown follows: the page may call back in.
                soon(move || of.ask(&client, party));
            }
        });
        known
    }

    fn ask(&self, client: &Client, number: String) {
        let (of, asked) = (self.clone(), number.clone());
        let then = move |said| {
            // Meanwhile there may be another one.
            if *of.0.number.borrow() == asked {
                of.take(said);
            }
        };
        client.hooks().describe(&number, Box::new(then));
    }

    fn take(&self, said: Described) {
        let new = *self.0.said.borrow() != said;
        if new {
            self.0.said.replace(said);
            self.0.changed.notify();
        }
    }

    /// What it is. Whoever reads while an effect runs is run again when the page has said something else.
    pub fn read(&self) -> Described {
        self.0.changed.track();
        self.0.said.borrow().clone()
    }

    /// Where the number is, for a line; `class` says when it folds.
    pub fn place(&self, class: &str) -> Option<El> {
        let place = self.read().place;
        (!place.is_empty()).then(|| el("span", class).say(move || place.clone()))
    }

    /// What is to be seen at once of who it is.
    pub fn tags(&self) -> Vec<El> {
        let tags = self.read().tags.into_iter();
        tags.map(|text| tag("tag st busy", icons::STAR, text))
            .collect()
    }
}
