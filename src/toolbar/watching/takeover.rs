//! Taking over the call that one watches. The platform lets a supervisor do that only without a call of their own, so it
//! takes two steps: leave, and then ask for the call.

use super::super::board::Board;
use super::super::call::dialog;
use super::super::dom::{El, el, watch};
use super::super::icons::{self, icon};
use super::super::scene::Scene;
use super::super::shared::act::{Act, Face, act};
use super::super::shared::popover::{Inside, Popover, opener};
use super::super::words;
use super::watched;
use crate::browser::page::soon;
use crate::client::Client;
use agent::Command;
use agent::command::Supervise;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Whose call is to be taken over as soon as that is possible.
pub type Wish = Rc<RefCell<Option<String>>>;

/// The button, which asks first.
pub fn button(board: &Board, client: &Rc<Client>, wish: &Wish) -> El {
    let known = board.clone();
    opener(
        board,
        Act {
            name: "takeOver",
            class: "k4",
            fold: "k1",
            face: Face {
                icon: icons::TAKEOVER,
                label: words::TAKE_OVER,
            },
            request: "",
        },
        Popover {
            name: "takeOver",
            class: "confirm",
            role: "dialog",
            at_end: true,
            passing: true,
            inside: {
                let (board, client, wish) = (board.clone(), client.clone(), wish.clone());
                Inside::Here(Rc::new(move || confirm(&board, &client, &wish)))
            },
        },
    )
    .live("hidden", move || {
        known.read(watched).is_empty().then(String::new)
    })
}

/// Whose call, what happens; the harmless button has the focus.
pub fn confirm(board: &Board, client: &Rc<Client>, wish: &Wish) -> El {
    let (title, hint, popovers) = (board.clone(), board.clone(), board.popovers());
    let keep = act(
        board,
        Act {
            name: "keepWatching",
            class: "line",
            fold: "",
            face: Face {
                icon: "",
                label: words::KEEP_WATCHING,
            },
            request: "",
        },
        move |_| popovers.close(true),
    );
    let (asked, client, wish) = (board.clone(), client.clone(), wish.clone());
    let go = act(
        board,
        Act {
            name: "takeOverNow",
            class: "solid",
            fold: "",
            face: Face {
                icon: "",
                label: words::TAKE_OVER,
            },
            request: "cancelCall",
        },
        move |_| {
            asked.popovers().close(false);
            *wish.borrow_mut() = Some(asked.read(watched));
            let left = client.command(Command::CancelCall);
            if left.is_err() {
                *wish.borrow_mut() = None;
            }
            client.click(left);
        },
    );
    let text = el("div", "body first")
        .with(
            el("h3", "row")
                .with(icon("i s", icons::ALERT))
                .with(el("span", "").say(move || {
                    [title.say(words::TAKE_OVER_TITLE), title.read(watched)].concat()
                })),
        )
        .with(el("p", "t2").say(move || hint.say(words::TAKE_OVER_HINT)))
        .with(el("div", "acts").with(dialog::focused(keep)).with(go));
    dialog::named(text, board, words::TAKE_OVER)
}

/// Asks for the call once the supervisor has none any more. To be called once, where it lasts.
pub fn carry_out(board: &Board, client: &Rc<Client>, wish: &Wish) {
    let (board, client, wish) = (board.clone(), client.clone(), wish.clone());
    let rests = Cell::new(false);
    watch(move || {
        let scene = board.scene();
        let free = board.read(|p| p.allows("intercept"));
        let wanted = wish.borrow().clone();
        let Some(number) = wanted else { return };
        let next = match scene {
            Scene::Watching => {
                rests.set(false);
                return;
            }
            // Nobody wraps up a call that was only listened to; and nobody is to call in between.
            Scene::WrapUp if !rests.replace(true) => Command::Busy { busy_type: None },
            Scene::AtRest if free => {
                *wish.borrow_mut() = None;
                Command::Supervise(Supervise::Intercept, number)
            }
            Scene::WrapUp | Scene::AtRest => return,
            // Another call, or no link: the moment is over.
            _ => {
                *wish.borrow_mut() = None;
                return;
            }
        };
        let client = client.clone();
        // Not while what is shown follows.
        soon(move || client.click(client.command(next)));
    });
}
