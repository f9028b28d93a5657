//! The call line: who it is, which way the call goes, what one does in it, and the button that ends it.

pub mod dialog;
mod known;
pub mod phone;

pub use known::Known;

use super::acts;
use super::board::{Board, clock};
use super::dom::{El, el};
use super::icons::{self, icon};
use super::incoming;
use super::picture::Picture;
use super::quality;
use super::scene::Scene;
use super::second;
use super::shared::act::{Act, Face};
use super::shared::text::still;
use super::transfer;
use super::watching;
use super::words::{self, Word};
use crate::client::Client;
use agent::event::Direction;
use agent::rules::Situation;
use agent::session::Call;
use agent::{Command, EventName, State, number};
use std::rc::Rc;

/// The line of a call that is being set up, goes on, or is being given away.
pub fn call(
    board: &Board,
    client: &Rc<Client>,
    known: &Known,
    scene: Scene,
    mask: bool,
) -> Vec<El> {
    let party = party(board, known, scene, mask);
    match scene {
        Scene::SettingUp => vec![
            party,
            acts::answer(board, client, "go", "k5"),
            acts::hang_up(board, client, words::CANCEL_CALL),
        ],
        Scene::Transferring => vec![
            party,
            quality::quality(board, client),
            acts::send(
                board,
                client,
                Act {
                    name: "cancelTransfer",
                    class: "line",
                    fold: "k4",
                    face: Face {
                        icon: icons::CROSS,
                        label: words::CANCEL_TRANSFER,
                    },
                    request: "transferCancel",
                },
                Command::TransferCancel,
            ),
            acts::hang_up(board, client, words::HANG_UP),
        ],
        _ => {
            let mut line = vec![
                party,
                second::second(board, client, mask),
                quality::quality(board, client),
                recording(board),
                acts::acts(board, client),
                el("span", "sep k4"),
            ];
            let others = transfer::acts(board, client);
            line.push(others.into_iter().fold(el("div", "grp"), El::with));
            line.push(acts::hang_up(board, client, words::HANG_UP));
            line
        }
    }
}

/// Who it is: number, group, what lasts; in two lines where the bar is narrow.
fn party(board: &Board, known: &Known, scene: Scene, mask: bool) -> El {
    let (first, second, who) = (board.clone(), board.clone(), board.clone());
    let (noted, known) = (board.clone(), known.clone());
    el("div", "party call")
        .attr("part", "party")
        .attr("role", "group")
        .with(direction(board))
        .with(el("span", "num who flat").say(move || other_party(&who, mask)))
        .with_live(move || notes(&noted, &known, scene))
        .with(el("span", "meta k3 flat").say({
            let board = board.clone();
            move || progress(&board, scene, mask)
        }))
        .with(
            el("div", "stack")
                .with(el("span", "l1 num").say(move || other_party(&first, mask)))
                .with(el("span", "l2").say(move || lasting(&second, scene, mask))),
        )
}

/// The other party's number, hidden where numbers are.
pub fn other_party(board: &Board, mask: bool) -> String {
    let party = board.read(|p| p.call.as_ref().map(|call| call.party.clone()));
    shown(board, &party.unwrap_or_default(), mask)
}

/// A number as it is shown.
pub fn shown(board: &Board, party: &str, mask: bool) -> String {
    match (party.is_empty(), mask) {
        (true, _) => board.say(words::UNKNOWN_PARTY),
        (false, true) => number::mask(party),
        (false, false) => party.to_owned(),
    }
}

/// Which way the call goes.
pub fn direction(board: &Board) -> El {
    let board = board.clone();
    el("span", "dir flat").with_live(move || {
        let (svg, word) = match board.read(|p| p.call.as_ref().and_then(|call| call.direction)) {
            Some(Direction::Inbound) => (icons::ARROW_IN, words::INBOUND),
            Some(Direction::Outbound) => (icons::ARROW_OUT, words::OUTBOUND),
            None => return vec![icon("i s", icons::PHONE)],
        };
        let name = board.say(word);
        vec![icon("i s", svg), el("span", "vh").say(move || name.clone())]
    })
}

/// How far a call is that is not a conversation yet, or no longer.
fn progress(board: &Board, scene: Scene, mask: bool) -> String {
    match scene {
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
        Scene::Transferring => {
            let to = board.read(|p| p.call.as_ref().and_then(|call| call.transfer.clone()));
            match to {
                Some(to) => {
                    let title = board.found().title(&to);
                    let named = if title.is_empty() {
                        shown(board, &to, mask)
                    } else {
                        title
                    };
                    [board.say(words::TRANSFERRING_TO), named].concat()
                }
                None => board.say(words::TRANSFERRING),
            }
        }
        _ => String::new(),
    }
}

/// What an agent must know of a conversation beside who it is: who hears whom, who listens in, the group it came through.
fn notes(board: &Board, known: &Known, scene: Scene) -> Vec<El> {
    if scene == Scene::SettingUp {
        return known.place("meta k2 flat").into_iter().collect();
    }
    let mut shown: Vec<El> = watching::joined(board).into_iter().collect();
    let joined = !shown.is_empty();
    let (held, muted) = board.read(|p| {
        p.call
            .as_ref()
            .map_or((false, false), |call| (call.held, call.muted))
    });
    if muted {
        shown.push(tag(
            "tag st bad k2 flat",
            icons::MIC_OFF,
            board.say(words::CANNOT_HEAR_YOU),
        ));
    }
    if held {
        let music = board.say(words::HEARS_MUSIC);
        shown.push(el("span", "meta k2 flat").say(move || music.clone()));
    } else if !muted && !joined {
        shown.extend(known.place("meta k2 flat"));
        shown.extend(incoming::title(board));
        shown.extend(group(board, "tag k2 flat"));
    }
    shown
}

/// The skill group that the call came through.
pub fn group(board: &Board, class: &str) -> Option<El> {
    let name = board.read(|p| p.call.as_ref().and_then(group_name))?;
    Some(tag(class, icons::USERS, name))
}

/// Its name; where it has none, its id.
pub fn group_name(call: &Call) -> Option<String> {
    let group = call.group.as_ref()?;
    Some(if group.name.is_empty() {
        group.id.clone()
    } else {
        group.name.clone()
    })
}

/// A few words with an icon.
pub fn tag(class: &str, svg: &str, text: String) -> El {
    el("span", class)
        .with(icon("i xs", svg))
        .with(el("span", "").say(move || text.clone()))
}

/// The second line of a narrow bar: what lasts, and how long.
fn lasting(board: &Board, scene: Scene, mask: bool) -> String {
    if matches!(scene, Scene::SettingUp | Scene::Transferring) {
        return progress(board, scene, mask);
    }
    if let Some(party) = second::number(board) {
        return [board.say(words::SECOND_SHORT), shown(board, &party, mask)].concat();
    }
    let (word, since) = board.read(condition);
    match since.filter(|since| *since > 0) {
        Some(since) => [
            board.say(word),
            " ".to_owned(),
            clock(board.time().saturating_sub(since)),
        ]
        .concat(),
        None => board.say(word),
    }
}

fn condition(picture: &Picture) -> (Word, Option<u64>) {
    let Some(call) = &picture.call else {
        return (words::IN_CALL, None);
    };
    match (picture.situation, call.muted) {
        (Situation::Holding, _) => (words::ON_HOLD, call.held_at),
        (_, true) => (words::MUTED, call.talking_since),
        _ => (
            watching::joined_short(picture).unwrap_or(words::IN_CALL),
            call.talking_since,
        ),
    }
}

/// Whether the call is recorded, where the page says so: the platform does not.
fn recording(board: &Board) -> El {
    let board = board.clone();
    el("div", "slot").with_live(move || {
        let Some(on) = incoming::info(&board).recording else {
            return Vec::new();
        };
        let (class, word, short) = if on {
            ("rec k5", words::RECORDING, words::RECORDING_SHORT)
        } else {
            (
                "rec paused k5",
                words::RECORDING_PAUSED,
                words::RECORDING_PAUSED_SHORT,
            )
        };
        vec![
            el("span", class)
                .attr("role", "img")
                .attr("aria-label", &board.say(word))
                .with(still("span", "k2", &board.say(short))),
        ]
    })
}
