//! The call line: who it is, which way the call goes, and the button that ends it.

use super::board::Board;
use super::dom::{El, el};
use super::icons::{self, icon};
use super::scene::Scene;
use super::words;
use crate::client::Client;
use agent::event::Direction;
use agent::{Command, EventName, State, number};
use std::rc::Rc;

/// Party, clock, hang-up.
pub fn call(board: &Board, client: &Rc<Client>, scene: Scene, mask: bool) -> Vec<El> {
    let who = {
        let board = board.clone();
        move || {
            let number =
                board.read(|p| p.call.as_ref().map(|c| c.party.clone()).unwrap_or_default());
            match (number.is_empty(), mask) {
                (true, _) => board.say(words::UNKNOWN_PARTY),
                (false, true) => number::mask(&number),
                (false, false) => number,
            }
        }
    };
    let direction = {
        let board = board.clone();
        move || {
            let (svg, word) = match board.read(|p| p.call.as_ref().and_then(|c| c.direction)) {
                Some(Direction::Inbound) => (icons::PHONE_IN, words::INBOUND),
                Some(Direction::Outbound) => (icons::PHONE_OUT, words::OUTBOUND),
                None => return vec![icon("i s", icons::PHONE)],
            };
            let name = board.say(word);
            vec![icon("i s", svg), el("span", "vh").say(move || name.clone())]
        }
    };
    // How long it lasts stands in the state chip.
    let progress = {
        let board = board.clone();
        move || match scene {
            Scene::SettingUp => {
                let far = board.read(|p| {
                    matches!(
                        p.state,
                        State::Told(EventName::CalledRinging | EventName::CalledAnswer)
                    )
                });
                board.say(if far {
                    words::FAR_END_RINGS
                } else {
                    words::OWN_PHONE_RINGS
                })
            }
            Scene::Incoming => board.say(words::OWN_PHONE_RINGS),
            _ => String::new(),
        }
    };
    let end = {
        let (client, board) = (client.clone(), board.clone());
        move |_| {
            // The press may have been meant for what was here before.
            if !board.too_early() {
                client.click(client.command(Command::CancelCall));
            }
        }
    };
    let verb = {
        let board = board.clone();
        move || {
            board.say(match scene {
                Scene::Incoming => words::REJECT,
                Scene::SettingUp => words::CANCEL_CALL,
                _ => words::HANG_UP,
            })
        }
    };
    let party = el("div", "party call")
        .attr("part", "party")
        // An incoming call is announced once; the rest would be read again with every change.
        .attr(
            "role",
            if scene == Scene::Incoming {
                "alert"
            } else {
                "group"
            },
        )
        .with(el("span", "dir").with_live(direction))
        .with(el("span", "num who").say(who))
        .with(el("span", "num meta").say(progress));
    let may = board.clone();
    let button = el("button", "btn stop")
        .attr("part", "hangup")
        .attr("type", "button")
        .live("disabled", move || {
            (!may.read(|p| p.allows("cancelCall"))).then(String::new)
        })
        .with(icon("i", icons::PHONE_DOWN))
        .with(el("span", "k5").say(verb))
        .on("click", end);
    vec![party, button]
}
