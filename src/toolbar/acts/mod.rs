//! What an agent does in a call: hold, mute, keys; and the button that ends it.

use super::board::Board;
use super::call::phone;
use super::dom::{El, el};
use super::icons;
use super::keypad;
use super::picture::Picture;
use super::scene::Scene;
use super::shared::act::{Act, Face, act, toggle};
use super::words::{self, Word};
use crate::client::Client;
use agent::Command;
use std::rc::Rc;

/// Hold, mute, keypad.
pub fn acts(board: &Board, client: &Rc<Client>) -> El {
    el("div", "grp")
        .attr("part", "actions")
        .with(hold(board, client))
        .with(mute(board, client))
        .with(keypad::keypad(board, client))
}

/// Hold, or resume.
pub fn hold(board: &Board, client: &Rc<Client>) -> El {
    let off = Act {
        name: "hold",
        class: "busy",
        fold: "k1",
        face: Face {
            icon: icons::PAUSE,
            label: words::HOLD,
        },
        request: "hold",
    };
    let on = Act {
        face: Face {
            icon: icons::PLAY,
            label: words::RESUME,
        },
        request: "unHold",
        ..off
    };
    let since = |picture: &Picture| {
        let call = picture.call.as_ref()?;
        call.held.then_some(call.held_at.unwrap_or(0))
    };
    let commands = [Command::UnHold, Command::Hold];
    lasting(board, client, off, on, since, commands)
}

/// Mute, or unmute.
pub fn mute(board: &Board, client: &Rc<Client>) -> El {
    let off = Act {
        name: "mute",
        class: "bad",
        fold: "k1",
        face: Face {
            icon: icons::MIC,
            label: words::MUTE,
        },
        request: "mute",
    };
    let on = Act {
        face: Face {
            icon: icons::MIC_OFF,
            label: words::UNMUTE,
        },
        request: "unmute",
        ..off
    };
    let since = |picture: &Picture| {
        let call = picture.call.as_ref()?;
        call.muted.then_some(call.muted_at.unwrap_or(0))
    };
    let commands = [Command::Unmute, Command::Mute];
    lasting(board, client, off, on, since, commands)
}

/// A condition of the call; `commands`: what ends it, and what begins it.
fn lasting(
    board: &Board,
    client: &Rc<Client>,
    off: Act,
    on: Act,
    since: fn(&Picture) -> Option<u64>,
    commands: [Command; 2],
) -> El {
    let client = client.clone();
    let press = move |wanted: bool| {
        client.click(client.command(commands[usize::from(wanted)].clone()));
    };
    toggle(board, off, on, since, press).live("hidden", switched_on(board, off.name))
}

/// What hides a control whose part the page has switched off.
pub fn switched_on(board: &Board, feature: &'static str) -> impl Fn() -> Option<String> + 'static {
    let board = board.clone();
    move || board.read(|p| p.off.contains(&feature)).then(String::new)
}

/// The button that ends the call, in these words: the last control before the utilities, whatever the call is.
pub fn hang_up(board: &Board, client: &Rc<Client>, label: Word) -> El {
    let client = client.clone();
    act(
        board,
        Act {
            name: "hangUp",
            class: "stop",
            fold: "k3",
            face: Face {
                icon: icons::PHONE_DOWN,
                label,
            },
            request: "cancelCall",
        },
        move |_| client.click(client.command(Command::CancelCall)),
    )
    .attr("part", "hangup")
}

/// A button that sends one command.
pub fn send(board: &Board, client: &Rc<Client>, button: Act, command: Command) -> El {
    let client = client.clone();
    act(board, button, move |_| {
        client.click(client.command(command.clone()));
    })
}

/// Answer, where the phone in this page rings; else what to do. `fold`: when its label folds.
pub fn answer(board: &Board, client: &Rc<Client>, class: &'static str, fold: &'static str) -> El {
    let (can, cannot) = (board.clone(), board.clone());
    let (here, there, answered) = (client.clone(), client.clone(), client.clone());
    let words_for = board.clone();
    let button = act(
        board,
        Act {
            name: "answer",
            class,
            fold,
            face: Face {
                icon: icons::PHONE,
                label: words::ANSWER,
            },
            request: "",
        },
        move |_| {
            // What goes wrong is told by the client.
            let _ = answered.answer();
        },
    )
    .attr("part", "answer")
    .live("hidden", move || {
        (!phone::can_answer(&can, &here)).then(String::new)
    });
    let hint = el("span", "sm t2 k3")
        .live("hidden", move || {
            // The phone in this page may be told a moment later than we are.
            let elsewhere = cannot.scene() == Scene::Incoming && there.login_type() != 3;
            (!elsewhere).then(String::new)
        })
        .say(move || words_for.say(words::LIFT_PHONE));
    el("div", "slot").with(hint).with(button)
}

/// Reject: where Hang up will be. `fold`: when its label folds.
pub fn reject(board: &Board, client: &Rc<Client>, class: &'static str, fold: &'static str) -> El {
    send(
        board,
        client,
        Act {
            name: "reject",
            class,
            fold,
            face: Face {
                icon: icons::PHONE_DOWN,
                label: words::REJECT,
            },
            request: "cancelCall",
        },
        Command::CancelCall,
    )
    .attr("part", "reject")
}
