//! The panel: whom to give the call to, or to ask. Agents who are ready, groups, voice menus, or any number.

use super::super::board::Board;
use super::super::call::dialog;
use super::super::dom::{El, el, watch};
use super::super::icons;
use super::super::scene::Scene;
use super::super::shared::act::{Act, Face, act};
use super::super::shared::list::{Choice, ListBox, Lists, list_box};
use super::super::shared::number::grouped;
use super::super::shared::text::{filled, still};
use super::super::words::{self, Word};
use super::{Purpose, is_on};
use crate::browser::page::soon;
use crate::client::Client;
use agent::session::Group;
use agent::{Command, number};
use reactive_graph::graph::untrack;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A transfer at once, as a command says it.
const BLIND: &str = "0";

/// What a button answers to.
const ENTER: &str = "Enter";
const SHIFT_ENTER: &str = "Shift+Enter";

/// What a target is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Agent,
    Group,
    Ivr,
    Outside,
}

impl Kind {
    const fn name(self) -> Word {
        match self {
            Kind::Agent => words::IDLE_AGENTS,
            Kind::Group => words::GROUPS,
            Kind::Ivr => words::IVR,
            Kind::Outside => words::OUTSIDE_NUMBER,
        }
    }

    /// As a command says it.
    const fn number(self) -> &'static str {
        match self {
            Kind::Agent => "1",
            Kind::Outside => "2",
            Kind::Group => "3",
            Kind::Ivr => "4",
        }
    }

    /// Whether there is somebody to talk to: with a queue or a menu there is not.
    const fn is_person(self) -> bool {
        matches!(self, Kind::Agent | Kind::Outside)
    }
}

/// What the panel's parts share.
#[derive(Clone)]
struct Panel {
    board: Board,
    client: Rc<Client>,
    purpose: Purpose,
    kinds: Vec<Kind>,
}

/// Draws it.
pub fn panel(board: &Board, client: &Rc<Client>, purpose: Purpose, name: Word) -> El {
    board.found().follow(client);
    close_after(board);
    let transfers = purpose == Purpose::Transfer;
    let all = [Kind::Agent, Kind::Group, Kind::Ivr, Kind::Outside];
    let kinds = all.into_iter().filter(|kind| transfers || kind.is_person());
    let this = Panel {
        board: board.clone(),
        client: client.clone(),
        purpose,
        kinds: kinds.collect(),
    };
    let footer = el("footer", "");
    let (filling, emptying, buttons) = (this.clone(), this.clone(), footer.element().clone());
    let (list, drawn) = list_box(
        board,
        Lists {
            label: if transfers {
                words::FIND_TARGET
            } else {
                words::FIND_PERSON
            },
            list: words::TARGETS,
            tabs: this.kinds.iter().map(|kind| kind.name()).collect(),
            fill: Rc::new(move |tab, typed| filling.choices(tab, typed)),
            empty: Rc::new(move |tab| match emptying.kinds.get(tab) {
                Some(Kind::Agent) => words::NOBODY_READY,
                Some(Kind::Outside) => words::NUMBER_WANTED,
                _ => words::NO_MATCH,
            }),
            take: Rc::new(move |shift| press(&buttons, shift)),
        },
    );
    let body = drawn
        .into_iter()
        .fold(el("div", "body first col"), El::with);
    let body = body.with(hints(board));
    let inside = el("div", "")
        .with(body)
        .with(footer.with_live(move || this.foot(&list)));
    dialog::named(inside, board, name)
}

/// Presses the button that Enter stands for, as the mouse does: what holds for the one holds for the other.
fn press(buttons: &Element, shift: bool) {
    let with = |key: &str| {
        let button = buttons.query_selector(&["[aria-keyshortcuts='", key, "']"].concat());
        button.ok().flatten()
    };
    // Where there is one way only, Shift makes no other of it.
    let shifted = if shift { with(SHIFT_ENTER) } else { None };
    let button = shifted.or_else(|| with(ENTER));
    if let Some(button) = button.as_ref().and_then(|b| b.dyn_ref::<HtmlElement>()) {
        button.click();
    }
}

/// Takes the panel down with the call.
fn close_after(board: &Board) {
    let board = board.clone();
    watch(move || {
        if board.scene() != Scene::InCall {
            let popovers = board.popovers();
            soon(move || popovers.close(false));
        }
    });
}

fn hints(board: &Board) -> El {
    let (choose, next, note) = (board.clone(), board.clone(), board.clone());
    let found = board.found();
    let key = |name| still("kbd", "kbd", name);
    let keys = el("span", "row k5")
        .attr("aria-hidden", "true")
        .with(key("↑"))
        .with(key("↓"))
        .with(el("span", "").say(move || choose.say(words::KEYS_CHOOSE)))
        .with(key("Tab"))
        .with(el("span", "").say(move || next.say(words::KEYS_NEXT_LIST)));
    el("div", "row sm t3 hints")
        .with(keys)
        .with(el("span", "grow"))
        .with(el("span", "").say(move || {
            note.say(match found.is_old() {
                true => words::NOT_REFRESHED,
                false => words::REFRESHES,
            })
        }))
}

impl Panel {
    fn kind(&self, tab: usize) -> Kind {
        self.kinds.get(tab).copied().unwrap_or(Kind::Agent)
    }

    fn choices(&self, tab: usize, typed: &str) -> Vec<Choice> {
        let kind = self.kind(tab);
        let profile = || self.client.with(|session| session.profile().clone());
        match kind {
            Kind::Agent => self.ready(&profile().groups),
            Kind::Group => {
                let groups = self.board.found().groups();
                let groups = groups.unwrap_or_else(|| profile().groups);
                self.named(groups, icons::USERS)
            }
            Kind::Ivr => self.named(profile().ivrs, icons::IVR),
            Kind::Outside => {
                let number = number::dialable(typed);
                if number.is_empty() {
                    return Vec::new();
                }
                vec![Choice {
                    name: grouped(&number),
                    id: number,
                    end: vec![self.board.say(words::OUTSIDE_CALL)],
                    icon: icons::PHONE_OUT,
                    made: true,
                    ..Choice::default()
                }]
            }
        }
    }

    /// Agents who are ready, and in which group.
    fn ready(&self, groups: &[Group]) -> Vec<Choice> {
        let own = self.board.read(|picture| picture.agent.clone());
        let ready = self.board.found().ready().into_iter();
        let group = |id: &String| groups.iter().find(|group| group.id == *id).map(title);
        ready
            .filter(|agent| agent.number != own)
            .map(|agent| Choice {
                end: agent.groups.iter().filter_map(group).take(1).collect(),
                id: agent.number.clone(),
                name: agent.name,
                number: agent.number,
                icon: icons::STATE_READY,
                class: "ready",
                ..Choice::default()
            })
            .collect()
    }

    fn named(&self, groups: Vec<Group>, icon: &'static str) -> Vec<Choice> {
        let groups = groups.into_iter();
        groups
            .map(|group| Choice {
                name: title(&group),
                id: group.id,
                icon,
                ..Choice::default()
            })
            .collect()
    }

    /// Whether somebody of this kind can be asked first.
    fn asks(&self, kind: Kind) -> bool {
        kind.is_person() && is_on(&self.board, "consultCall")
    }

    /// Gives the call away, or asks first.
    fn send(&self, kind: Kind, choice: &Choice, asks: bool) {
        let (this, title) = (self.clone(), choice.title());
        let then = move |target: Option<String>| {
            if let Some(target) = target {
                this.begin(kind, target, &title, asks);
            }
        };
        match kind {
            Kind::Outside => self
                .client
                .hooks()
                .before_dial(&choice.id, 2, Box::new(then)),
            _ => then(Some(choice.id.clone())),
        }
    }

    fn begin(&self, kind: Kind, target: String, title: &str, asks: bool) {
        let target_type = kind.number().to_owned();
        // A number is told from whoever it belongs to: it may have to be hidden.
        let title = if kind == Kind::Outside { "" } else { title };
        let aimed = target.clone();
        let command = if asks {
            Command::ConsultCall {
                target,
                target_type: Some(target_type),
            }
        } else {
            Command::TransferCall {
                target,
                target_type,
                mode: BLIND.to_owned(),
            }
        };
        // The page may have taken its time.
        if !untrack(|| self.board.read(|picture| picture.allows(command.request()))) {
            return;
        }
        self.board.found().aim(&aimed, title, asks);
        let sent = self.client.command(command);
        if sent.is_ok() {
            self.board.popovers().close(true);
        }
        self.client.click(sent);
    }

    /// Who gets the call, and the buttons that give it.
    fn foot(&self, list: &ListBox) -> Vec<El> {
        let kind = self.kind(list.tab());
        let Some(choice) = list.chosen() else {
            let (board, (nobody, _)) = (self.board.clone(), self.purpose.says());
            return vec![el("span", "grow sm t2").say(move || board.say(nobody))];
        };
        untrack(|| self.buttons(kind, &choice))
    }

    fn buttons(&self, kind: Kind, choice: &Choice) -> Vec<El> {
        let (board, title) = (self.board.clone(), choice.title());
        let (_, whom) = self.purpose.says();
        let mut shown =
            vec![el("span", "ell grow sm t2 k5").say(move || filled(&board.say(whom), &title))];
        let button = |name, class, label, asks: bool, key, key_name| {
            let (this, choice) = (self.clone(), choice.clone());
            let face = match asks {
                true => (icons::CONSULT, "consultCall"),
                false if key == ENTER => (icons::TRANSFER, "transferCall"),
                false => ("", "transferCall"),
            };
            let button = Act {
                name,
                class,
                fold: "",
                face: Face {
                    icon: face.0,
                    label,
                },
                request: face.1,
            };
            act(&self.board, button, move |_| this.send(kind, &choice, asks))
                .attr("aria-keyshortcuts", key)
                .with(still("kbd", "kbd k5", key_name).attr("aria-hidden", "true"))
        };
        let (solid, asks) = ("solid fill5", self.asks(kind));
        if asks && self.purpose == Purpose::Transfer {
            shown.push(button(
                "blindTransfer",
                "line fill5",
                words::BLIND,
                false,
                SHIFT_ENTER,
                "Shift Enter",
            ));
        }
        shown.push(match asks {
            true => button(
                "consultFirst",
                solid,
                match self.purpose {
                    // Nothing comes after it.
                    Purpose::Consult => words::CONSULT,
                    _ => words::CONSULT_FIRST,
                },
                true,
                ENTER,
                ENTER,
            ),
            false => button("transferTo", solid, words::TRANSFER, false, ENTER, ENTER),
        });
        shown
    }
}

/// The name of a group or a menu; where it has none, its id.
fn title(group: &Group) -> String {
    match group.name.is_empty() {
        true => group.id.clone(),
        false => group.name.clone(),
    }
}
