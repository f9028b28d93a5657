//! What the chip says beyond the state: for how long a reason may last, what comes next, which of a call's conditions holds.

use super::super::board::Board;
use super::super::dom::{El, el, watch};
use super::super::icons::{self, icon};
use super::super::message::is_offline;
use super::super::picture::Picture;
use super::super::scene::Scene;
use super::super::shared::text::{filled, still};
use super::super::watching;
use super::super::words::{self, Word};
use super::{Face, MENU, MINUTE, lasted, shown};
use agent::rules::Situation;
use agent::session::Next;
use agent::{EventName, State};
use reactive_graph::graph::untrack;
use std::cell::RefCell;

/// What a reason for not being ready is about, by words in its name: reasons have names only.
const REASONS: [(&str, &str); 5] = [
    (icons::MEAL, "餐 饭 lunch meal dinner"),
    (icons::COFFEE, "休 茶 break coffee tea rest"),
    (icons::USERS, "会 meeting"),
    (icons::BOOK, "训 学 train learn"),
    (icons::TASK, "单 ticket task admin"),
];

/// The icon of a reason, or that of every reason.
pub fn reason_icon(reason: &str) -> &'static str {
    let reason = reason.to_ascii_lowercase();
    let about = |words: &str| words.split(' ').any(|word| reason.contains(word));
    let known = REASONS.iter().find(|(_, words)| about(words));
    known.map_or(icons::STATE_BUSY, |(icon, _)| icon)
}

/// Colour, glyph and word where they depend on more than the scene. Without a phone an agent is out of reach, whatever the
/// state.
pub fn state(board: &Board, scene: Scene) -> Option<Face> {
    let (colour, glyph, word) = match scene {
        // Without a network there is nothing to connect to.
        Scene::Connecting { again: true } | Scene::Waiting if is_offline() => {
            ("off", icons::STATE_OFF, words::OFFLINE)
        }
        Scene::AtRest if board.phone_lost() => ("bad", icons::STATE_BAD, words::PHONE_OFF),
        Scene::AtRest => match board.read(|p| p.state.clone()) {
            State::Told(EventName::Busy) => {
                let reason = board.read(|p| p.busy_type.clone());
                let glyph = reason_icon(&reason);
                return (!reason.is_empty()).then_some(("busy", glyph, reason));
            }
            State::Told(EventName::MakeCallFail) => ("off", icons::STATE_OFF, words::CALL_FAILED),
            State::Told(EventName::CancelCall) => ("off", icons::STATE_OFF, words::CALL_ENDED),
            _ => return None,
        },
        Scene::InCall
        | Scene::Transferring
        | Scene::Consulting
        | Scene::Conference
        | Scene::Watching => board.read(in_call),
        _ => return None,
    };
    Some((colour, glyph, board.say(word)))
}

fn in_call(picture: &Picture) -> (&'static str, &'static str, Word) {
    use Situation::*;
    let muted = picture.call.as_ref().is_some_and(|call| call.muted);
    let (glyph, word) = match picture.situation {
        // The other party waits, and must not be forgotten.
        Holding => return ("busy", icons::STATE_HOLD, words::ON_HOLD),
        // Not to be heard is what an agent must not overlook.
        _ if muted => (icons::STATE_CALL, words::MUTED),
        Transferring => (icons::STATE_CALL, words::TRANSFERRING),
        ConsultRinging | Consulting => (icons::CONSULT, words::CONSULTING),
        Conference => (icons::CONFER, words::CONFERENCE),
        Watching => watching::state(picture),
        _ => (icons::STATE_CALL, words::IN_CALL),
    };
    ("call", glyph, word)
}

/// By how many minutes the present reason has lasted longer than the page lets it; the first one counts from its begin.
fn overrun(board: &Board) -> Option<u64> {
    let limit = board.read(|p| {
        let busy = p.state == State::Told(EventName::Busy);
        let mut limits = p.busy_limits.iter();
        let limit = limits.find(|(reason, _)| *reason == p.busy_type);
        limit.filter(|_| busy).map(|(_, s)| u64::from(*s) * 1000)
    })?;
    let over = lasted(board)?.checked_sub(limit)?;
    Some((over / MINUTE).max(1))
}

/// What a state chosen for later is called.
fn next_label(board: &Board, next: &Next) -> String {
    match next {
        Next::Idle => board.say(words::READY),
        Next::Busy { busy_type } => match busy_type {
            Some(reason) => reason.clone(),
            None => board.say(words::BUSY),
        },
    }
}

/// A text with a number of minutes.
fn minutes(board: &Board, count: Option<u64>, word: Word) -> Option<String> {
    Some(filled(&board.say(word), &count?.to_string()))
}

fn over(board: &Board) -> Option<String> {
    minutes(board, overrun(board), words::MINUTES_OVER)
}

/// The name counts whole minutes, so that it is not read out each second.
pub fn name(board: &Board) -> String {
    let long = lasted(board).map(|ms| ms / MINUTE);
    let next = board.read(|p| p.next.clone());
    let next = next.map(|next| [&board.say(words::THEN), " ", &next_label(board, &next)].concat());
    let parts = [
        Some(shown(board).2),
        minutes(board, long, words::MINUTES_LONG),
        over(board),
        next,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}

/// What comes next, and by how much the present reason is over.
pub fn extras(board: &Board) -> Vec<El> {
    let (later, late, text) = (board.clone(), board.clone(), board.clone());
    let next = move || match later.read(|p| p.next.clone()) {
        Some(next) => vec![
            el("span", "next k2")
                .with(icon("i xs", icons::CHEVRON_RIGHT))
                .with(still("span", "", &next_label(&later, &next))),
        ],
        None => Vec::new(),
    };
    vec![
        el("span", "slot").with_live(next),
        el("span", "over")
            .live("hidden", move || over(&late).is_none().then(String::new))
            .with(icon("i xs", icons::ALERT))
            .with(el("span", "").say(move || over(&text).unwrap_or_default())),
    ]
}

/// A state that comes closes the menu: what it offers may no longer be allowed.
pub fn close_when_told(board: &Board) {
    let board = board.clone();
    let before = RefCell::new(None);
    watch(move || {
        let now = shown(&board).2;
        let last = before.replace(Some(now.clone()));
        let popovers = board.popovers();
        untrack(|| {
            if last.is_some_and(|last| last != now) && popovers.is_open(MENU) {
                popovers.close(true);
            }
        });
    });
}
