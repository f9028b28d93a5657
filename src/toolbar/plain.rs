//! The lines of calls without the part that draws them in full: whose call it is, and what an agent cannot do without.

use super::acts;
use super::board::{Board, Lines};
use super::dom::{El, el};
use super::icons;
use super::scene::Scene;
use super::shared::act::{Act, Face, act};
use super::words::{self, Word};
use crate::client::Client;
use agent::Command;
use reactive_graph::graph::untrack;
use std::rc::Rc;

/// A button: name, class, when it folds, icon, label, request.
type Button = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Word,
    &'static str,
);

const CANCEL_TRANSFER: Button = (
    "cancelTransfer",
    "line",
    "k4",
    icons::CROSS,
    words::CANCEL_TRANSFER,
    "transferCancel",
);
const COMPLETE: Button = (
    "complete",
    "solid",
    "k4",
    icons::TRANSFER,
    words::COMPLETE,
    "consultTransfer",
);
const CANCEL_CONSULT: Button = (
    "cancelConsult",
    "line k5",
    "k1",
    icons::CROSS,
    words::CANCEL_CONSULT,
    "consultCancel",
);
const DONE: Button = ("done", "solid", "k6", icons::CHECK, words::DONE, "idle");

/// The line of a scene, if it has one.
pub fn line(board: &Board, client: &Rc<Client>, scene: Scene) -> Option<Vec<El>> {
    let send = |button: Button, command| {
        let (name, class, fold, icon, label, request) = button;
        let face = Face { icon, label };
        let act = Act {
            name,
            class,
            fold,
            face,
            request,
        };
        acts::send(board, client, act, command)
    };
    let hang_up = |label| acts::hang_up(board, client, label);
    let answer = |fold| acts::answer(board, client, "go", fold);
    let mut line = vec![party(board)];
    match scene {
        Scene::Incoming => {
            line.push(answer(""));
            line.push(acts::reject(board, client, "line bad", "k5"));
        }
        Scene::SettingUp => {
            line.push(answer("k5"));
            line.push(hang_up(words::CANCEL_CALL));
        }
        Scene::InCall => {
            line.push(acts::hold(board, client));
            line.push(acts::mute(board, client));
            line.push(hang_up(words::HANG_UP));
        }
        Scene::Transferring => {
            line.push(send(CANCEL_TRANSFER, Command::TransferCancel));
            line.push(hang_up(words::HANG_UP));
        }
        Scene::Consulting => {
            line.push(acts::mute(board, client));
            line.push(send(COMPLETE, Command::ConsultTransfer));
            line.push(send(CANCEL_CONSULT, Command::ConsultCancel));
            line.push(hang_up(words::HANG_UP));
        }
        Scene::Conference => {
            line.push(acts::mute(board, client));
            line.push(hang_up(words::HANG_UP));
        }
        Scene::Watching => line.push(hang_up(words::LEAVE_CALL)),
        Scene::WrapUp => line.push(send(DONE, Command::Idle).attr("part", "done")),
        _ => return None,
    }
    Some(line)
}

/// What stands for a panel that cannot be drawn: that it is so, a button that tries again, and what the menu of states has.
pub fn missing(board: &Board, client: &Rc<Client>, again: impl Fn() + 'static) -> El {
    let button = |name, icon, label, run: Box<dyn Fn()>| {
        let shown = Act {
            name,
            class: "line",
            fold: "",
            face: Face { icon, label },
            request: "",
        };
        let popovers = board.popovers();
        act(board, shown, move |_| {
            popovers.close(true);
            run();
        })
    };
    let said = board.clone();
    let why = el("p", "hd")
        .attr("role", "alert")
        .say(move || said.say(words::PART_MISSING));
    let again = button(
        "tryAgain",
        icons::REFRESH,
        words::TRY_AGAIN,
        Box::new(again),
    );
    let mut menu = el("div", "menu").with(why).with(again);
    let busy = Command::Busy { busy_type: None };
    for (name, icon, label, command) in [
        ("ready", icons::STATE_READY, words::READY, Command::Idle),
        ("busy", icons::STATE_BUSY, words::BUSY, busy),
        ("signOut", icons::LOGOUT, words::SIGN_OUT, Command::Logout),
    ] {
        if board.read(|p| p.allows(command.request())) {
            let client = client.clone();
            let run = move || client.click(client.command(command.clone()));
            menu = menu.with(button(name, icon, label, Box::new(run)));
        }
    }
    let close = button("close", icons::CROSS, words::CLOSE, Box::new(|| ()));
    el("section", "pop")
        .attr("part", "popover")
        .with(menu.with(close))
}

/// What the part draws in a place, once it is there.
pub fn full(board: &Board, draw: fn(&dyn Lines) -> Vec<El>) -> impl Fn() -> Vec<El> + 'static {
    let board = board.clone();
    move || match board.lines() {
        Some(lines) => untrack(|| draw(&*lines)),
        None => Vec::new(),
    }
}

/// Whose call it is, and what went wrong last.
fn party(board: &Board) -> El {
    let (who, wrong) = (board.clone(), board.clone());
    let number = move || {
        let party = who.read(|p| {
            let last = p.wrap_up.as_ref().map(|last| last.party.clone());
            p.call.as_ref().map(|call| call.party.clone()).or(last)
        });
        who.shown(&party.unwrap_or_default())
    };
    let fault = move || {
        let fault = wrong.notice();
        fault.map_or(String::new(), |fault| fault.message(wrong.lang()))
    };
    el("div", "party call")
        .attr("part", "party")
        .with(el("span", "num who").say(number))
        .with(el("span", "meta").attr("role", "alert").say(fault))
}
