//! Messages: what happened, what to do, and one button that does it.

use super::board::Board;
use super::dom::{El, el};
use super::icons::{self, icon};
use super::scene::Scene;
use super::words::{self, Word};
use crate::client::Client;
use agent::session::Link;
use agent::{Fault, Input};
use std::rc::Rc;

/// What the button of a message does.
#[derive(Clone, Copy, PartialEq)]
enum Act {
    Connect,
    TryNow,
    SignIn,
    Close,
}

type Text = Box<dyn Fn() -> String>;

/// The message of a scene, if it has one.
pub fn of_scene(board: &Board, client: &Rc<Client>, scene: Scene) -> Option<Vec<El>> {
    let fixed = |word: Word| -> Text {
        let board = board.clone();
        Box::new(move || board.say(word))
    };
    let after_loss = || -> Text {
        let board = board.clone();
        Box::new(move || {
            let in_call = board.read(|p| p.call.is_some());
            board.say(if in_call {
                words::CALL_NOT_AFFECTED
            } else {
                words::COMES_BACK
            })
        })
    };
    let live = board.clone();
    let (class, title, hint, act): (_, Text, Text, _) = match scene {
        Scene::NoLink => {
            let act = (words::CONNECT, icons::REFRESH, Act::Connect);
            (
                "off",
                fixed(words::NO_LINK),
                fixed(words::NO_LINK_HINT),
                Some(act),
            )
        }
        Scene::Connecting { again: false } => (
            "off",
            fixed(words::REACHING),
            fixed(words::REACHING_HINT),
            None,
        ),
        Scene::Connecting { again: true } => ("busy", fixed(words::REACHING), after_loss(), None),
        Scene::Waiting => {
            let title = move || {
                let at = live.read(|p| match p.link {
                    Link::Waiting { at, .. } => at,
                    _ => 0,
                });
                let seconds = at.saturating_sub(live.mono()).div_ceil(1000).max(1);
                [
                    &live.say(words::LOST_NEXT),
                    seconds.to_string().as_str(),
                    &live.say(words::LOST_SECONDS),
                ]
                .concat()
            };
            let act = (words::TRY_NOW, icons::REFRESH, Act::TryNow);
            ("busy", Box::new(title), after_loss(), Some(act))
        }
        Scene::SignedOut => {
            let act = (words::SIGN_IN, icons::LOGIN, Act::SignIn);
            (
                "off",
                fixed(words::SIGN_IN_HINT),
                Box::new(String::new),
                Some(act),
            )
        }
        Scene::Kicked => {
            let title = move || [live.say(words::KICKED), live.read(|p| p.agent.clone())].concat();
            let act = (words::SIGN_IN_HERE, icons::LOGIN, Act::SignIn);
            ("bad", Box::new(title), fixed(words::KICKED_HINT), Some(act))
        }
        Scene::Locked => (
            "bad",
            fixed(words::LOCKED_TITLE),
            fixed(words::LOCKED_HINT),
            None,
        ),
        _ => return None,
    };
    Some(draw(board, client, class, title, hint, act))
}

/// What went wrong, until it is closed or the state changes.
pub fn of_fault(board: &Board, client: &Rc<Client>, scene: Scene, fault: Fault) -> Vec<El> {
    let said = board.clone();
    let act = match scene {
        Scene::SignedOut => (words::SIGN_IN_AGAIN, icons::LOGIN, Act::SignIn),
        _ => (words::CLOSE, icons::CHECK, Act::Close),
    };
    let title = Box::new(move || fault.message(said.lang()));
    draw(
        board,
        client,
        "bad",
        title,
        Box::new(String::new),
        Some(act),
    )
}

fn draw(
    board: &Board,
    client: &Rc<Client>,
    class: &str,
    title: Text,
    hint: Text,
    act: Option<(Word, &'static str, Act)>,
) -> Vec<El> {
    let message = el("div", &["msg ", class].concat())
        .attr("part", "message")
        .attr("role", if class == "bad" { "alert" } else { "status" })
        .with(if class == "bad" {
            icon("i s", icons::ALERT)
        } else {
            icon("i s", icons::UNLINK)
        })
        .with(el("span", "ttl").say(title))
        .with(el("span", "txt sm").say(hint));
    let Some((word, svg, act)) = act else {
        return vec![message];
    };
    let (client, shown, said) = (client.clone(), board.clone(), board.clone());
    let press = move |_| match act {
        Act::Connect => client.click(client.handle(Input::Connect)),
        Act::TryNow => client.click(client.handle(Input::Awake)),
        Act::SignIn => {
            shown.set_notice(None);
            client.click(client.login(None));
        }
        Act::Close => shown.set_notice(None),
    };
    let button = el(
        "button",
        if act == Act::SignIn {
            "btn solid"
        } else {
            "btn line"
        },
    )
    .attr("type", "button")
    .with(icon("i s", svg))
    .with(el("span", "").say(move || said.say(word)))
    .on("click", press);
    vec![message, button]
}
