//! The menu of states: those to be in now or, during a call, when it ends.

use super::super::board::Board;
use super::super::dom::El;
use super::super::icons;
use super::super::shared::menu::{Item, Row, menu};
use super::super::shared::text::filled;
use super::super::words;
use super::MINUTE;
use super::full::reason_icon;
use crate::client::Client;
use agent::session::Next;
use agent::{Command, EventName, Input, State};
use std::rc::Rc;

/// What the agent is in now, or has chosen for later, in the words of what can be chosen.
fn chosen(board: &Board, later: bool) -> Option<Next> {
    board.read(|p| match &p.state {
        _ if later => p.next.clone(),
        State::Told(EventName::Idle) => Some(Next::Idle),
        State::Told(EventName::Busy) => Some(Next::Busy {
            busy_type: Some(p.busy_type.clone()).filter(|reason| !reason.is_empty()),
        }),
        _ => None,
    })
}

/// How many minutes of this shift went to a reason, the present time included.
fn used(board: &Board, reason: &str) -> u64 {
    let now = board.time();
    let ms = board.read(|p| {
        let busy = p.state == State::Told(EventName::Busy) && p.busy_type == reason;
        let present = if busy { now.saturating_sub(p.since) } else { 0 };
        let before = p.used.iter().find(|used| used.busy_type == reason);
        present.saturating_add(before.map_or(0, |used| used.ms))
    });
    ms / MINUTE
}

/// The states to choose from; `later`: for when the call ends, where the one that is chosen is taken back by choosing it again.
pub fn states(board: &Board, client: &Rc<Client>, later: bool) -> El {
    let now = chosen(board, later);
    // Items that Alt and a digit choose.
    let mut count = 0;
    let mut item = |name, class, icon, label: &str, used: u64, what: Next| {
        let checked = now.as_ref() == Some(&what);
        count += 1;
        let minutes = match used {
            0 => String::new(),
            used => filled(&board.say(words::MINUTES_USED), &used.to_string()),
        };
        let key = match count {
            1..10 => ["\tAlt ", &count.to_string()].concat(),
            _ => String::new(),
        };
        let client = client.clone();
        Row::Item(Item {
            name,
            class,
            icon,
            label: label.to_owned(),
            end: minutes + &key,
            checked: Some(checked),
            run: Rc::new(move || {
                client.click(if later {
                    let next = (!checked).then(|| what.clone());
                    client.handle(Input::Next(next))
                } else {
                    client.command(what.command())
                });
            }),
        })
    };
    let mut rows = Vec::new();
    if later {
        rows.push(Row::Head(board.say(words::WHEN_CALL_ENDS)));
    }
    let ready = board.say(words::READY);
    rows.push(item(
        "ready",
        "st ready",
        icons::STATE_READY,
        &ready,
        0,
        Next::Idle,
    ));
    let reasons = board.read(|p| p.busy_types.clone());
    if !later {
        rows.push(Row::Line);
        if !reasons.is_empty() {
            rows.push(Row::Head(board.say(words::BUSY_BECAUSE)));
        }
    }
    let mut busy = |label: &str, used: u64, busy_type: Option<String>| {
        let icon = busy_type.as_deref().map_or(icons::STATE_BUSY, reason_icon);
        let class = if icon == icons::STATE_BUSY {
            "st busy"
        } else {
            ""
        };
        rows.push(item(
            "busy",
            class,
            icon,
            label,
            used,
            Next::Busy { busy_type },
        ));
    };
    if reasons.is_empty() {
        busy(&board.say(words::BUSY), used(board, ""), None);
    }
    for reason in reasons {
        busy(&reason, used(board, &reason), Some(reason.clone()));
    }
    if !later {
        rows.push(Row::Line);
        let client = client.clone();
        rows.push(Row::Item(Item {
            name: "signOut",
            class: "",
            icon: icons::LOGOUT,
            label: board.say(words::SIGN_OUT),
            end: String::new(),
            checked: None,
            run: Rc::new(move || client.click(client.command(Command::Logout))),
        }));
    }
    let popovers = board.popovers();
    menu(
        &board.say(words::STATE),
        rows,
        Rc::new(move || popovers.close(true)),
    )
}
