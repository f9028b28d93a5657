//! Another agent's call, as their supervisor: who hears whom, in which way one takes part, and the way out. And what the
//! agent whose call it is sees of that.

pub mod takeover;

pub use takeover::{Wish, carry_out};

use super::acts;
use super::board::{Board, clock};
use super::call;
use super::dom::{El, el, watch};
use super::icons::{self, icon};
use super::picture::Picture;
use super::shared::act::{Act, Face, act};
use super::shared::live::Urgency;
use super::shared::text::filled;
use super::words::{self, Word};
use crate::client::Client;
use agent::command::Supervise;
use agent::{Command, EventName, State};
use std::cell::Cell;
use std::rc::Rc;

/// A way to take part: its icon, its name, what it is called while it goes on, and who hears the supervisor.
struct Way {
    kind: Supervise,
    act: &'static str,
    icon: &'static str,
    verb: Word,
    state: Word,
    hears: Word,
}

const WAYS: [Way; 3] = [
    Way {
        kind: Supervise::Listen,
        act: "listen",
        icon: icons::EAR,
        verb: words::LISTEN,
        state: words::LISTENING,
        hears: words::NEITHER_HEARS_YOU,
    },
    Way {
        kind: Supervise::Whisper,
        act: "whisper",
        icon: icons::WHISPER,
        verb: words::WHISPER,
        state: words::WHISPERING,
        hears: words::ONLY_AGENT_HEARS_YOU,
    },
    Way {
        kind: Supervise::ForceInsert,
        act: "bargeIn",
        icon: icons::USER_PLUS,
        verb: words::BARGE_IN,
        state: words::BARGED_IN,
        hears: words::BOTH_HEAR_YOU,
    },
];

/// The way in which the supervisor takes part now.
fn present(picture: &Picture) -> &'static Way {
    let kind = match picture.state {
        State::Told(EventName::Whispering) => Supervise::Whisper,
        State::Told(EventName::ForceInserting) => Supervise::ForceInsert,
        State::Told(EventName::Listening) => Supervise::Listen,
        // What a platform says after a reload may be no more than that there is a call.
        _ => {
            let watch = picture.call.as_ref().and_then(|call| call.watch.as_ref());
            watch.map_or(Supervise::Listen, |watch| watch.kind)
        }
    };
    let [listen, ..] = &WAYS;
    WAYS.iter().find(|way| way.kind == kind).unwrap_or(listen)
}

/// The glyph and the word of the way in which the supervisor takes part now.
pub fn state(picture: &Picture) -> (&'static str, Word) {
    let way = present(picture);
    (way.icon, way.state)
}

/// The number of the agent whose call it is; empty where another page asked for it.
fn watched(picture: &Picture) -> String {
    let watch = picture.call.as_ref().and_then(|call| call.watch.as_ref());
    watch
        .map(|watch| watch.agent_number.clone())
        .unwrap_or_default()
}

/// The line of a supervisor in another agent's call.
pub fn watching(board: &Board, client: &Rc<Client>, wish: &Wish, mask: bool) -> Vec<El> {
    tell(board);
    vec![
        party(board, mask),
        ways(board, client),
        el("div", "grp").with(takeover::button(board, client, wish)),
        leave(board, client),
    ]
}

/// Agent, caller, who hears whom.
fn party(board: &Board, mask: bool) -> El {
    let (agent, who, hears) = (board.clone(), board.clone(), board.clone());
    let (first, second) = (board.clone(), board.clone());
    el("div", "party call")
        .attr("part", "party")
        .attr("role", "group")
        .with(el("span", "b flat").say(move || agent_named(&agent)))
        .with(el("span", "t3 flat k5").with(icon("i s", icons::SWAP)))
        .with(el("span", "num who flat k6").say(move || call::other_party(&who, mask)))
        .with_live(move || {
            let text = hears.say(hears.read(|p| present(p).hears));
            vec![call::tag("tag k2 flat", icons::INFO, text)]
        })
        .with(
            el("div", "stack")
                .with(el("span", "l1 num").say(move || agent_named(&first)))
                .with(el("span", "l2").say(move || {
                    let (word, since) = second.read(|p| {
                        let since = p.call.as_ref().and_then(|call| call.talking_since);
                        (present(p).state, since)
                    });
                    let time = since.map(|since| clock(second.time().saturating_sub(since)));
                    [second.say(word), time.unwrap_or_default()].join(" ")
                })),
        )
}

fn agent_named(board: &Board) -> String {
    let number = board.read(watched);
    if number.is_empty() {
        return board.say(words::AGENT);
    }
    [board.say(words::AGENT), " ".to_owned(), number].concat()
}

/// Listen, whisper, barge in: one of them goes on.
fn ways(board: &Board, client: &Rc<Client>) -> El {
    let name = board.clone();
    WAYS.iter().fold(
        el("div", "seg k4")
            .attr("role", "radiogroup")
            .live("aria-label", move || {
                Some(name.say(words::HOW_YOU_TAKE_PART))
            }),
        |seg, way| seg.with(radio(board, client, way)),
    )
}

fn radio(board: &Board, client: &Rc<Client>, way: &'static Way) -> El {
    let (shown, asked, client) = (board.clone(), board.clone(), client.clone());
    act(
        board,
        Act {
            name: way.act,
            class: "",
            fold: "k1",
            face: Face {
                icon: way.icon,
                label: way.verb,
            },
            request: way.kind.request(),
        },
        move |_| {
            let (number, now) = asked.read(|p| (watched(p), present(p).kind));
            // Whose call it is where another page asked for it nobody here can say.
            if now != way.kind && !number.is_empty() {
                client.click(client.command(Command::Supervise(way.kind, number)));
            }
        },
    )
    .attr("role", "radio")
    .live("aria-checked", move || {
        Some(shown.read(|p| present(p).kind == way.kind).to_string())
    })
}

/// The supervisor's own hang-up: the agent and the caller go on.
fn leave(board: &Board, client: &Rc<Client>) -> El {
    let (shown, client) = (board.clone(), client.clone());
    let place = el("div", "slot");
    place.with_live(move || {
        let listens = shown.read(|p| present(p).kind == Supervise::Listen);
        let word = if listens {
            words::STOP_LISTENING
        } else {
            words::LEAVE_CALL
        };
        vec![acts::hang_up(&shown, &client, word)]
    })
}

/// Has it said who hears the supervisor, whenever that changes.
fn tell(board: &Board) {
    let said = Cell::new(None);
    let board = board.clone();
    watch(move || {
        let way = board.read(present);
        if said.replace(Some(way.kind)) != Some(way.kind) {
            board.speak_of(board.say(way.hears), Urgency::Polite);
        }
    });
}

/// At the agent whose call it is: a supervisor speaks, and who hears that. Nothing tells of one who only listens.
pub fn joined(board: &Board) -> Option<El> {
    let (kind, number) = board.read(|p| {
        let joined = p.call.as_ref()?.joined_by.as_ref()?;
        Some((joined.kind, joined.agent_number.clone()))
    })?;
    let (svg, word) = match kind {
        Supervise::Whisper => (icons::WHISPER, words::SUPERVISOR_WHISPERS),
        _ => (icons::USER_PLUS, words::SUPERVISOR_JOINED),
    };
    let text = match (number.is_empty(), kind) {
        (true, _) => board.say(word),
        (false, Supervise::Whisper) => filled(&board.say(words::WHISPERS_WHO), &number),
        (false, _) => filled(&board.say(words::JOINED_WHO), &number),
    };
    Some(call::tag("tag st call flat", svg, text))
}

/// The same in two words, for a narrow bar.
pub fn joined_short(picture: &Picture) -> Option<Word> {
    let joined = picture.call.as_ref()?.joined_by.as_ref()?;
    Some(match joined.kind {
        Supervise::Whisper => words::WHISPERS_SHORT,
        _ => words::JOINED_SHORT,
    })
}

/// Has it said at the agent when a supervisor begins to speak, and to whom.
pub fn tell_joined(board: &Board) {
    let said = Cell::new(None);
    let board = board.clone();
    watch(move || {
        let kind = board.read(|p| Some(p.call.as_ref()?.joined_by.as_ref()?.kind));
        if said.replace(kind) == kind {
            return;
        }
        if let Some(kind) = kind {
            let whispers = kind == Supervise::Whisper;
            board.speak_of(
                board.say(if whispers {
                    words::SUPERVISOR_WHISPERS
                } else {
                    words::SUPERVISOR_JOINED
                }),
                Urgency::Polite,
            );
        }
    });
}
