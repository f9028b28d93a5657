//! What the agent sees: one line, a folder a control with its style beside it.
//!
//! The controls read the [`Board`] and send commands; the session decides what happens.

mod acts;
pub mod board;
mod call;
mod chip;
mod conference;
mod consult;
mod diagnostics;
mod dial;
pub mod dom;
mod figures;
mod icons;
mod incoming;
mod keypad;
mod lines;
mod link;
mod message;
mod more;
mod own;
mod panels;
mod parts;
pub mod picture;
mod plain;
mod quality;
mod queue;
mod scene;
mod second;
mod settings;
mod shared;
mod transfer;
mod wall;
mod watching;
mod words;
mod wrapup;

pub use board::Board;
pub use scene::Scene;

use crate::browser::clock::Interval;
use crate::browser::page::soon;
use crate::client::Client;
use agent::{Fault, Lang};
use board::Lines;
use dom::{El, el, watch};
use parts::Panel;
use reactive_graph::graph::untrack;
use reactive_graph::owner::{Owner, on_cleanup};
use send_wrapper::SendWrapper;
use std::cell::Cell;
use std::rc::Rc;

/// A toolbar on the page; dropping it takes down everything that it watches.
pub struct Toolbar {
    owner: Owner,
    _tick: Interval,
}

impl Drop for Toolbar {
    fn drop(&mut self) {
        self.owner.cleanup();
    }
}

/// Draws the toolbar of a client into an element.
pub fn draw(client: &Rc<Client>, parent: &web_sys::Element, lang: Lang, mask: bool) -> Toolbar {
    let board = Board::new(
        client.with(picture::Picture::of),
        client.hooks(),
        client.phone_facts(),
        lang,
        mask,
    );
    client.set_watch(Rc::new(board.clone()));
    let owner = Owner::new();
    owner.with(|| {
        let _ = parent.append_child(bar(&board, client, mask).element());
    });
    Toolbar {
        owner,
        _tick: Interval::new(1000, move || board.tick()),
    }
}

fn bar(board: &Board, client: &Rc<Client>, mask: bool) -> El {
    fill_out(board, client, mask);
    let middle = {
        let (board, client) = (board.clone(), client.clone());
        move || middle(&board, &client)
    };
    let class = {
        let board = board.clone();
        move || Some(class(&board).to_owned())
    };
    let name = board.clone();
    let bar = el("div", "")
        .attr("part", "bar")
        .attr("role", "toolbar")
        .live("class", class)
        .live("aria-label", move || Some(name.say(words::TOOLBAR)))
        .with(chip::chip(board, client))
        // Beside what comes and goes: a number that is half typed stays.
        .with(dial::dial(board, client))
        .with_live(middle)
        .with(el("span", "sep k3"))
        .with(more::utilities(board, client));
    board.set_bar(bar.element());
    shared::keys::attend(board, &bar);
    let spoken = shared::live::regions(board);
    board
        .popovers()
        .slot(board, client, spoken.into_iter().fold(bar, El::with))
}

/// How the bar looks, and when what it says of the call stacks into two lines: sooner where more has to be told.
fn class(board: &Board) -> &'static str {
    match board.scene() {
        Scene::Incoming => "bar tint call stacked",
        Scene::Consulting => "bar stacked s9",
        Scene::Conference => "bar stacked s7",
        Scene::InCall => {
            let more = board.read(|p| {
                let call = p.call.as_ref();
                call.is_some_and(|call| {
                    call.held || call.muted || call.second.is_some() || call.joined_by.is_some()
                })
            });
            if more {
                "bar stacked s9"
            } else {
                "bar stacked"
            }
        }
        Scene::SettingUp | Scene::Transferring | Scene::Watching => "bar stacked",
        _ => "bar",
    }
}

/// Has the lines drawn in full as soon as there may be calls, or something went wrong, and the part is there that draws them.
fn fill_out(board: &Board, client: &Rc<Client>, mask: bool) {
    let gone = Rc::new(Cell::new(false));
    let (ended, taken_down) = (
        SendWrapper::new(gone.clone()),
        SendWrapper::new(board.clone()),
    );
    on_cleanup(move || {
        ended.set(true);
        taken_down.drop_lines();
    });
    let (board, client) = (board.clone(), client.clone());
    let (owner, asked) = (Owner::current(), Rc::new(Cell::new(false)));
    watch(move || {
        let scene = board.scene();
        // A panel that has opened brought the part.
        let _ = board.popovers().is_open("");
        let wanted = scene.signed_in() || scene.is_unusual() || board.notice().is_some();
        if !wanted || asked.replace(true) {
            return;
        }
        let (board, client, owner) = (board.clone(), client.clone(), owner.clone());
        let (gone, asked) = (gone.clone(), asked.clone());
        let begin = move |there: bool| {
            asked.set(there);
            if let Some(owner) = owner.filter(|_| there && !gone.get()) {
                owner.with(|| parts::draw(&Panel::Lines(board, client, mask)));
            }
        };
        // Not while what is shown follows.
        soon(move || parts::ready(begin));
    });
}

fn middle(board: &Board, client: &Rc<Client>) -> Vec<El> {
    let (scene, lines) = (board.scene(), board.lines());
    // What stands below is built once and then follows by itself: a number being typed must not be lost.
    let built = untrack(|| match &lines {
        Some(lines) => lines.line(scene),
        None => plain::line(board, client, scene),
    });
    if let Some(built) = built {
        return built;
    }
    let notice = board.notice();
    if notice.is_none() && board.is_patient(scene) {
        return vec![el("div", "party")];
    }
    untrack(|| rest(board, client, scene, notice, lines.as_deref()))
}

fn rest(
    board: &Board,
    client: &Rc<Client>,
    scene: Scene,
    notice: Option<Fault>,
    lines: Option<&dyn Lines>,
) -> Vec<El> {
    // Why a sign-in failed is worth more than that one is wanted; a link that is lost explains itself.
    if (scene != Scene::SignedOut || notice.is_none())
        && let Some(message) = match lines {
            Some(lines) => lines.message(scene),
            None => message::of_plain_scene(board, client, scene),
        }
    {
        return message;
    }
    match notice {
        Some(fault) => match lines {
            Some(lines) => lines.fault(scene, fault),
            None => message::of_plain_fault(board, client, scene, fault),
        },
        None => vec![el("div", "party")],
    }
}
