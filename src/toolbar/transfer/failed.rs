//! What became of a transfer, a consultation or a conference that did not come about: what still works, and what to do.

use super::super::board::Board;
use super::super::dom::{El, el, watch};
use super::super::icons::{self, icon};
use super::super::shared::act::{Act, Face, act};
use super::super::shared::text::filled;
use super::super::words::{self, Word};
use agent::{EventName, State};
use reactive_graph::graph::untrack;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What happened.
#[derive(Clone, Copy)]
struct Failure {
    title: Word,
    /// What still works; where it is known whom the call was for, [`words::NOT_REACHED`] instead.
    hint: Word,
    /// Nobody was reached.
    unreached: bool,
    class: &'static str,
}

fn of(state: &State, consults: bool) -> Option<Failure> {
    let State::Told(name) = state else {
        return None;
    };
    let (title, hint, unreached, class) = match name {
        EventName::TransferCallFail => (words::TRANSFER_FAILED, words::STILL_HERE, true, "bad"),
        EventName::ConsultCallFail => (words::CONSULT_FAILED, words::STILL_HERE, true, "bad"),
        EventName::TripartiteTalkFail => {
            (words::CONFER_FAILED, words::STILL_CONSULTING, false, "bad")
        }
        EventName::ConsultCancel if consults => {
            (words::CONSULT_OVER, words::STILL_HERE, false, "busy")
        }
        _ => return None,
    };
    Some(Failure {
        title,
        hint,
        unreached,
        class,
    })
}

/// The message, under the bar, until it is closed or the controls change. `pick` opens the panel again.
pub fn failed(board: &Board, pick: Option<Rc<dyn Fn()>>) -> El {
    let found = board.found();
    let shown: Rc<Cell<Option<Failure>>> = Rc::default();
    let changed = ArcTrigger::new();
    let before: RefCell<Option<(State, u64)>> = RefCell::default();
    watch({
        let (board, shown, changed) = (board.clone(), shown.clone(), changed.clone());
        let found = found.clone();
        move || {
            let now = board.read(|picture| (picture.state.clone(), picture.since));
            // Whatever else changes in the picture says nothing new of it.
            if before.replace(Some(now.clone())).as_ref() == Some(&now) {
                return;
            }
            if let Some(failure) = of(&now.0, found.consults()) {
                shown.set(Some(failure));
                changed.notify();
            }
        }
    });
    let board = board.clone();
    el("div", "slot").with_live(move || {
        changed.track();
        let Some(failure) = shown.get() else {
            return Vec::new();
        };
        let close: Rc<dyn Fn()> = {
            let (shown, changed) = (shown.clone(), changed.clone());
            Rc::new(move || {
                shown.set(None);
                changed.notify();
            })
        };
        let who = found.last_title();
        vec![untrack(|| drawn(&board, failure, who, close, pick.clone()))]
    })
}

fn drawn(
    board: &Board,
    failure: Failure,
    who: String,
    close: Rc<dyn Fn()>,
    pick: Option<Rc<dyn Fn()>>,
) -> El {
    let (title, hint) = (board.clone(), board.clone());
    let text = move || match failure.unreached && !who.is_empty() {
        true => filled(&hint.say(words::NOT_REACHED), &who),
        false => hint.say(failure.hint),
    };
    let button = |name, class, label, run: Rc<dyn Fn()>| {
        let face = Face { icon: "", label };
        let (fold, request) = ("", "");
        let button = Act {
            name,
            class,
            fold,
            face,
            request,
        };
        act(board, button, move |_| run())
    };
    let mut acts = el("div", "acts");
    if let Some(pick) = pick.filter(|_| failure.unreached) {
        let closing = close.clone();
        let again = move || {
            closing();
            pick();
        };
        acts = acts.with(button("pickElse", "soft", words::PICK_ELSE, Rc::new(again)));
    }
    acts = acts.with(button("backToCall", "", words::BACK_TO_CALL, close));
    let role = if failure.class == "bad" {
        "alert"
    } else {
        "status"
    };
    el("div", &["toast ", failure.class].concat())
        .attr("role", role)
        .attr("part", "message")
        // Where its shortcut leads.
        .attr("data-act", "toast")
        .attr("tabindex", "-1")
        .with(icon("i", icons::STATE_BAD))
        .with(
            el("div", "grow")
                .with(el("div", "ttl").say(move || title.say(failure.title)))
                .with(el("p", "").say(text))
                .with(acts),
        )
}
