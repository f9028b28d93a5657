//! A fault while the bar has no room for a message: under the bar, until it is closed or the controls change.

use super::super::board::Board;
use super::super::dom::{El, el};
use super::super::icons::{self, icon};
use super::super::scene::Scene;
use super::super::shared::act::{Act, Face, act};
use super::super::words;
use super::fault::{Deed, Known};
use super::{button, fault, uncalled};
use crate::client::Client;
use agent::Fault;
use reactive_graph::graph::untrack;
use std::rc::Rc;

/// Whether the bar shows faults of this scene itself, or tells of a link that explains itself.
fn has_room(scene: Scene) -> bool {
    use Scene::*;
    matches!(
        scene,
        NoLink | Connecting { .. } | Waiting | SignedOut | AtRest
    )
}

/// What became of somebody who was asked to take a call is said where that was asked for.
fn is_said_elsewhere(fault: &Fault) -> bool {
    match fault {
        Fault::CommandFailed { request, .. } => {
            ["transferCall", "consultCall", "tripartiteTalk"].contains(&request.as_str())
        }
        _ => false,
    }
}

/// The place for it.
pub fn toast(board: &Board, client: &Rc<Client>) -> El {
    let (board, client) = (board.clone(), client.clone());
    el("div", "slot").with_live(move || {
        let notice = board.notice().filter(|fault| !is_said_elsewhere(fault));
        let scene = board.scene();
        match notice {
            Some(fault) if uncalled::is(&fault) || !has_room(scene) => {
                vec![untrack(|| drawn(&board, &client, scene, fault))]
            }
            _ => Vec::new(),
        }
    })
}

fn drawn(board: &Board, client: &Rc<Client>, scene: Scene, fault: Fault) -> El {
    // Who was signed out elsewhere signs in as anybody does, by the button of the bar.
    let scene = match scene {
        Scene::Kicked => Scene::SignedOut,
        scene => scene,
    };
    let known = fault::known(client, &fault);
    if known.as_ref().is_some_and(Known::is_of_registration) {
        fault::close_when_registered(board, client);
    }
    let press = known
        .as_ref()
        .filter(|known| known.deed != Deed::Close && scene != Scene::SignedOut);
    let press = press.map(|known| fault::press(board, client, Some(known)));
    let shown = board.clone();
    let say: super::Say = Rc::new(move || fault::said(&shown, scene, &fault, known.as_ref()));
    let (title, hint) = (say.clone(), say.clone());
    let mut text = el("div", "grow")
        .with(el("div", "ttl").say(move || title().title))
        .with(el("p", "").say(move || hint().hint));
    // It has a cross to be closed by.
    if let Some(press) = press {
        // It has room at any width.
        text = text.with(el("div", "acts").with(button(board, press, &say, "")));
    }
    let closing = board.clone();
    let cross = Act {
        name: "closeToast",
        class: "ico-only tip-end",
        fold: "k0",
        face: Face {
            icon: icons::CROSS,
            label: words::CLOSE,
        },
        request: "",
    };
    el("div", "toast bad")
        .attr("part", "message")
        .attr("role", "alert")
        // Where its shortcut leads.
        .attr("data-act", "toast")
        .attr("tabindex", "-1")
        .with(icon("i", icons::STATE_BAD))
        .with(text)
        .with(act(board, cross, move |_| closing.set_notice(None)))
}
