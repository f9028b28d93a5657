//! What the agent sees: one line, a folder a control with its style beside it.
//!
//! The controls read the [`Board`] and send commands; the session decides what happens.

pub mod board;
mod call;
mod chip;
mod dial;
pub mod dom;
mod icons;
mod link;
mod message;
pub mod picture;
mod scene;
mod words;
mod wrapup;

pub use board::Board;
pub use scene::Scene;

use crate::browser::clock::Interval;
use crate::client::Client;
use agent::{Fault, Lang};
use dom::{El, el};
use reactive_graph::graph::untrack;
use reactive_graph::owner::Owner;
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
    let board = client.with(|session| Board::new(session, lang));
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
    let middle = {
        let (board, client) = (board.clone(), client.clone());
        move || middle(&board, &client, mask)
    };
    let class = {
        let board = board.clone();
        move || {
            Some(
                if board.scene() == Scene::Incoming {
                    "bar tint call"
                } else {
                    "bar"
                }
                .to_owned(),
            )
        }
    };
    let name = board.clone();
    el("div", "")
        .attr("part", "bar")
        .attr("role", "toolbar")
        .live("class", class)
        .live("aria-label", move || Some(name.say(words::TOOLBAR)))
        .with(chip::chip(board, client))
        .with_live(middle)
        .with(el("span", "sep k3"))
        .with(link::link(board))
}

fn middle(board: &Board, client: &Rc<Client>, mask: bool) -> Vec<El> {
    let scene = board.scene();
    match scene {
        Scene::Incoming | Scene::SettingUp | Scene::InCall => {
            return untrack(|| call::call(board, client, scene, mask));
        }
        Scene::WrapUp => return untrack(|| wrapup::wrap_up(board, client)),
        _ => {}
    }
    let notice = board.notice();
    // What stands below is built once and then follows by itself: a number being typed must not be lost.
    untrack(|| rest(board, client, scene, notice))
}

fn rest(board: &Board, client: &Rc<Client>, scene: Scene, notice: Option<Fault>) -> Vec<El> {
    // Why a sign-in failed is worth more than that one is wanted; a link that is lost explains itself.
    if (scene != Scene::SignedOut || notice.is_none())
        && let Some(message) = message::of_scene(board, client, scene)
    {
        return message;
    }
    let mut shown = Vec::new();
    if scene == Scene::AtRest {
        shown.push(dial::dial(board, client));
    }
    match notice {
        Some(fault) => shown.extend(message::of_fault(board, client, scene, fault)),
        None => shown.push(el("div", "party")),
    }
    shown
}
