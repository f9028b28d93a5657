//! What may be wrong: the link, the phone's registration, the microphone and the devices, and a test of all that a call needs.

mod microphone;
mod report;
mod test;
pub mod told;

use super::board::{Board, clock};
use super::call::dialog;
use super::dom::{El, el};
use super::icons::{self, icon};
use super::link;
use super::settings::devices;
use super::shared::act::{Act, Face, act};
use super::words::{self, Word};
use crate::client::Client;
use crate::pairing::PhoneAct;
use agent::session::Link;
pub use report::is_off;
use std::rc::Rc;
use told::Told;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What has the focus when the panel opens.
const PANEL: &str = ".panel";

/// One thing that is looked at.
struct Check {
    name: Word,
    /// `ready`, `busy`, `bad`, or `off` where nothing is known.
    class: Rc<dyn Fn() -> &'static str>,
    end: El,
    /// What it means, and what to do; may be empty.
    small: Rc<dyn Fn() -> String>,
}

/// The sign of a class.
fn sign(class: &str) -> &'static str {
    match class {
        "ready" => icons::STATE_READY,
        "busy" => icons::STATE_BUSY,
        "bad" => icons::STATE_BAD,
        _ => icons::STATE_OFF,
    }
}

impl Check {
    fn drawn(self, board: &Board) -> El {
        let (
            said,
            Check {
                name,
                class,
                end,
                small,
            },
        ) = (board.clone(), self);
        let glyph = class.clone();
        el("div", "")
            .live("class", move || Some(["check ", class()].concat()))
            .with_live(move || vec![icon("i", sign(glyph()))])
            .with(el("span", "").say(move || said.say(name)))
            .with(end)
            .with(el("small", "").say(move || small()))
    }
}

/// Whether the phone is ours: of another nothing is known of its sound.
fn is_own(board: &Board) -> bool {
    board.phone(|phone| phone.is_some_and(|phone| phone.own))
}

/// Leaves something out where the phone is not ours.
fn of_own_phone(board: &Board, part: El) -> El {
    let board = board.clone();
    part.live("hidden", move || (!is_own(&board)).then(String::new))
}

/// The panel.
pub fn draw(board: &Board, client: &Rc<Client>) -> El {
    let told = Told::new(client);
    let test = test::Test::new(board, client, &told);
    let heading = board.clone();
    let checks = el("div", "")
        .with(service(board))
        .with(registration(board, client))
        .with(of_own_phone(
            board,
            microphone::microphone(board, client, &told),
        ));
    let devices = el("div", "col")
        .with(el("div", "lab").say(move || heading.say(words::DEVICES)))
        .with(devices::lists(board, client, &told));
    let body = el("div", "body col")
        .with(checks)
        .with(of_own_phone(board, test.found()))
        .with(of_own_phone(board, devices));
    let footer = el("footer", "")
        .with(of_own_phone(board, test.button()))
        .with(report::copied(board, client, &told));
    let inside = el("div", "panel")
        .attr("tabindex", "-1")
        .with(dialog::head(board, words::DIAGNOSTICS))
        .with(body)
        .with(footer);
    dialog::named(dialog::focused(inside), board, words::DIAGNOSTICS)
}

/// How the link is, as a class.
fn link_class(board: &Board) -> &'static str {
    match link::word(board) {
        words::LINK_GOOD => "ready",
        words::LINK_FAIR => "busy",
        _ => "bad",
    }
}

/// Since when the link is there, or when it is tried again.
fn link_time(board: &Board) -> String {
    let (word, time) = match board.read(|p| (p.link, p.up_since)) {
        (Link::Waiting { at, .. }, _) => {
            let seconds = at.saturating_sub(board.mono()).div_ceil(1000);
            (words::LINK_NEXT_TRY, [&seconds.to_string(), " s"].concat())
        }
        (Link::Up, Some(since)) => {
            let time = clock(board.time().saturating_sub(since));
            (words::LINK_UP_FOR, time)
        }
        _ => return String::new(),
    };
    [&board.say(word), " ", &time].concat()
}

/// How the link is, and its time.
fn link_small(board: &Board) -> String {
    let (word, time) = (board.say(link::word(board)), link_time(board));
    if time.is_empty() {
        return word;
    }
    [&word, " · ", &time].concat()
}

fn service(board: &Board) -> El {
    let (class, ms, small) = (board.clone(), board.clone(), board.clone());
    Check {
        name: words::SERVICE_LINK,
        class: Rc::new(move || link_class(&class)),
        end: el("span", "end num").say(move || link::latency(&ms)),
        small: Rc::new(move || link_small(&small)),
    }
    .drawn(board)
    .attr("data-check", "link")
}

fn is_registered(board: &Board) -> bool {
    board.phone(|phone| phone.is_some_and(|phone| phone.registered))
}

/// In a word.
fn registration_word(board: &Board) -> String {
    board.say(match is_registered(board) {
        true => words::REGISTERED,
        false => words::NOT_REGISTERED,
    })
}

/// Where a control that has the focus goes away, the panel has it: otherwise its keys are lost.
fn hand_on_focus(control: &Element) {
    let focused = control.closest(":focus").ok().flatten();
    let panel = focused.and_then(|at| at.closest(PANEL).ok().flatten());
    if let Some(panel) = panel.as_ref().and_then(|at| at.dyn_ref::<HtmlElement>()) {
        let _ = panel.focus();
    }
}

/// Whether this agent works with a browser phone at all.
fn has_phone(board: &Board, client: &Client) -> bool {
    board.phone(|phone| phone.is_some()) || client.login_type() == 3
}

fn registration(board: &Board, client: &Rc<Client>) -> El {
    let (class, word, there) = (board.clone(), board.clone(), board.clone());
    let (registered, small, run, asked) =
        (board.clone(), board.clone(), client.clone(), client.clone());
    let register = act(
        board,
        Act {
            name: "register",
            class: "soft",
            fold: "",
            face: Face {
                icon: icons::REFRESH,
                label: words::REGISTER,
            },
            request: "",
        },
        move |_| {
            // What it cannot is said where all of that is said.
            let _ = run.phone_do(PhoneAct::Register);
        },
    );
    let at = register.element().clone();
    let register = register.live("hidden", move || {
        let done = is_registered(&registered);
        if done {
            hand_on_focus(&at);
        }
        done.then(String::new)
    });
    let end = el("span", "end")
        .with(el("span", "").say(move || registration_word(&word)))
        .with(register);
    Check {
        name: words::PHONE_REGISTRATION,
        class: Rc::new(move || {
            if is_registered(&class) {
                "ready"
            } else {
                "bad"
            }
        }),
        end,
        small: Rc::new(move || match is_registered(&small) {
            true => String::new(),
            false => small.say(words::PHONE_LOST),
        }),
    }
    .drawn(board)
    .attr("data-check", "registration")
    .live("hidden", move || {
        (!has_phone(&there, &asked)).then(String::new)
    })
}
