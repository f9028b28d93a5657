//! The microphone: how loud it is, and what to do about that. It is opened by the agent, and closed with the panel.

use super::super::board::Board;
use super::super::dom::{El, el};
use super::super::shared::act::{Act, Face, act};
use super::super::shared::meter::{Loudness, meter};
use super::super::words::{self, Word};
use super::Check;
use super::told::{Of, Told};
use crate::browser::page::soon;
use crate::client::Client;
use crate::pairing::PhoneAct;
use reactive_graph::owner::on_cleanup;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// So far back a peak counts, ms: nobody speaks without a pause.
const MEMORY: u64 = 3000;

struct Trial {
    board: Board,
    told: Told,
    on: Cell<bool>,
    changed: ArcTrigger,
    /// How loud it was, and when.
    peaks: RefCell<Vec<(u64, u32)>>,
}

impl Trial {
    fn is_on(&self) -> bool {
        self.changed.track();
        self.on.get()
    }

    fn set(&self, client: &Client, on: bool) {
        self.on.set(on);
        self.peaks.borrow_mut().clear();
        // What it cannot is said where all of that is said.
        let _ = client.phone_do(PhoneAct::Listen(on));
        self.told.look();
        self.changed.notify();
    }

    /// How loud it is now, percent; none until the microphone is open.
    fn level(&self) -> Option<u32> {
        let level = self.told.read(Of::Level, |told| told.get("input").number());
        level.map(|level| level as u32).filter(|_| self.is_on())
    }

    /// The loudest of late.
    fn peak(&self) -> Option<u32> {
        let level = self.level()?;
        // What stays the same is not told again.
        let now = self.board.mono();
        let mut peaks = self.peaks.borrow_mut();
        peaks.retain(|(at, _)| at + MEMORY >= now);
        peaks.push((now, level));
        peaks.iter().map(|(_, level)| *level).max()
    }

    /// Class and words for how loud it is.
    fn verdict(&self) -> (&'static str, Option<Word>) {
        if !self.is_on() {
            return ("off", None);
        }
        match self.peak() {
            None => ("off", Some(words::MIC_WAITS)),
            Some(0..2) => ("bad", Some(words::MIC_SILENT)),
            Some(2..15) => ("busy", Some(words::MIC_QUIET)),
            Some(98..) => ("busy", Some(words::MIC_LOUD)),
            Some(_) => ("ready", Some(words::MIC_FINE)),
        }
    }

    fn loudness(&self) -> Loudness {
        Loudness {
            level: self.level().unwrap_or(0),
            wrong: self.verdict().0 != "ready",
        }
    }
}

/// The row.
pub fn microphone(board: &Board, client: &Rc<Client>, told: &Told) -> El {
    let trial = Rc::new(Trial {
        board: board.clone(),
        told: told.clone(),
        on: Cell::new(false),
        changed: ArcTrigger::new(),
        peaks: RefCell::default(),
    });
    close_with_panel(&trial, client);
    let (class, small, lights, shown) =
        (trial.clone(), trial.clone(), trial.clone(), trial.clone());
    let said = board.clone();
    let lights = meter(board, words::MIC_LEVEL, Rc::new(move || lights.loudness()))
        .live("hidden", move || (!shown.is_on()).then(String::new));
    let end = el("span", "end")
        .with(lights)
        .with(switch(board, client, &trial));
    Check {
        name: words::MICROPHONE,
        class: Rc::new(move || class.verdict().0),
        end,
        small: Rc::new(move || {
            small
                .verdict()
                .1
                .map_or(String::new(), |word| said.say(word))
        }),
    }
    .drawn(board)
    .attr("data-check", "microphone")
}

/// The button that opens it, and closes it.
fn switch(board: &Board, client: &Rc<Client>, trial: &Rc<Trial>) -> El {
    let (run, shown, client) = (trial.clone(), trial.clone(), client.clone());
    act(
        board,
        Act {
            name: "tryMicrophone",
            class: "soft",
            fold: "",
            face: Face {
                icon: "",
                label: words::TRY_MIC,
            },
            request: "",
        },
        move |_| run.set(&client, !run.on.get()),
    )
    .live("aria-pressed", move || Some(shown.is_on().to_string()))
}

fn close_with_panel(trial: &Rc<Trial>, client: &Rc<Client>) {
    let kept = SendWrapper::new((trial.clone(), client.clone()));
    on_cleanup(move || {
        let (trial, client) = kept.take();
        // When what is shown has followed.
        soon(move || {
            if trial.on.get() && client.phone_facts().is_some() {
                let _ = client.phone_do(PhoneAct::Listen(false));
            }
        });
    });
}
