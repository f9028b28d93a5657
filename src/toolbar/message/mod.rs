//! Messages: what happened, what to do, and one button that does it.

use super::Desk;
use super::board::Board;
use super::icons::{self, icon};
use super::scene::Scene;
use super::words::{self, Word};
use agent::session::Link;
use agent::{Fault, Input};
use leptos::prelude::*;

/// What the button of a message does.
#[derive(Clone, Copy, PartialEq)]
enum Act {
    Connect,
    TryNow,
    SignIn,
    Close,
}

/// The words of a message.
struct Message {
    class: &'static str,
    svg: Option<&'static str>,
    role: &'static str,
    title: Box<dyn Fn() -> String + Send + Sync>,
    hint: Box<dyn Fn() -> String + Send + Sync>,
    act: Option<(Word, &'static str, Act)>,
}

/// The message of a scene, if it has one.
pub fn of_scene(board: &Board, client: &Desk, scene: Scene) -> Option<AnyView> {
    let fixed = |word: Word| {
        let board = board.clone();
        Box::new(move || board.say(word).to_owned()) as Box<dyn Fn() -> String + Send + Sync>
    };
    let none = || Box::new(String::new) as Box<dyn Fn() -> String + Send + Sync>;
    let plain = |class, title, hint, act| Message {
        class,
        svg: None,
        role: "status",
        title,
        hint,
        act,
    };
    let after_loss = {
        let board = board.clone();
        move || {
            let in_call = board.picture.with(|p| p.call.is_some());
            board
                .say(if in_call {
                    words::CALL_NOT_AFFECTED
                } else {
                    words::COMES_BACK
                })
                .to_owned()
        }
    };
    let message = match scene {
        Scene::NoLink => Message {
            svg: Some(icons::UNLINK),
            ..plain(
                "off",
                fixed(words::NO_LINK),
                fixed(words::NO_LINK_HINT),
                Some((words::CONNECT, icons::REFRESH, Act::Connect)),
            )
        },
        Scene::Connecting { again: false } => plain(
            "off",
            fixed(words::REACHING),
            fixed(words::REACHING_HINT),
            None,
        ),
        Scene::Connecting { again: true } => {
            plain("busy", fixed(words::REACHING), Box::new(after_loss), None)
        }
        Scene::Waiting => {
            let board = board.clone();
            let title = move || {
                let at = board.picture.with(|p| match p.link {
                    Link::Waiting { at, .. } => at,
                    _ => 0,
                });
                let seconds = at.saturating_sub(board.tick.get()).div_ceil(1000).max(1);
                [
                    board.say(words::LOST_NEXT),
                    &seconds.to_string(),
                    board.say(words::LOST_SECONDS),
                ]
                .concat()
            };
            plain(
                "busy",
                Box::new(title),
                Box::new(after_loss),
                Some((words::TRY_NOW, icons::REFRESH, Act::TryNow)),
            )
        }
        Scene::SignedOut => plain(
            "off",
            fixed(words::SIGN_IN_HINT),
            none(),
            Some((words::SIGN_IN, icons::LOGIN, Act::SignIn)),
        ),
        Scene::Kicked => {
            let board = board.clone();
            let title = move || {
                [
                    board.say(words::KICKED),
                    &board.picture.with(|p| p.agent.clone()),
                ]
                .concat()
            };
            plain(
                "bad",
                Box::new(title),
                fixed(words::KICKED_HINT),
                Some((words::SIGN_IN_HERE, icons::LOGIN, Act::SignIn)),
            )
        }
        Scene::Locked => plain(
            "bad",
            fixed(words::LOCKED_TITLE),
            fixed(words::LOCKED_HINT),
            None,
        ),
        _ => return None,
    };
    Some(draw(board, client, message))
}

/// What went wrong, until it is closed or the state changes.
pub fn of_fault(board: &Board, client: &Desk, scene: Scene, fault: Fault) -> AnyView {
    let said = board.clone();
    let act = match scene {
        Scene::SignedOut => (words::SIGN_IN_AGAIN, icons::LOGIN, Act::SignIn),
        _ => (words::CLOSE, icons::CHECK, Act::Close),
    };
    let message = Message {
        class: "bad",
        svg: Some(icons::ALERT),
        role: "alert",
        title: Box::new(move || fault.message(said.lang.get())),
        hint: Box::new(String::new),
        act: Some(act),
    };
    draw(board, client, message)
}

fn draw(board: &Board, client: &Desk, message: Message) -> AnyView {
    let Message {
        class,
        svg,
        role,
        title,
        hint,
        act,
    } = message;
    let button = act.map(|(word, svg, act)| {
        let (client, shown, said) = (client.clone(), board.clone(), board.clone());
        let press = move |_| match act {
            Act::Connect => client.click(client.handle(Input::Connect)),
            Act::TryNow => client.click(client.handle(Input::Awake)),
            Act::SignIn => {
                shown.notice.set(None);
                client.click(client.login(None));
            }
            Act::Close => shown.notice.set(None),
        };
        let class = if act == Act::SignIn {
            "btn solid"
        } else {
            "btn line"
        };
        view! {
            <button class=class type="button" on:click=press>
                {icon("i s", svg)}
                <span>{move || said.say(word)}</span>
            </button>
        }
        .into_any()
    });
    view! {
        <div class=["msg ", class].concat() part="message" role=role>
            {svg.map(|svg| icon("i s", svg))}
            <span class="ttl">{title}</span>
            <span class="txt sm">{hint}</span>
        </div>
        {button}
    }
    .into_any()
}
