//! What a supervisor does to an agent: at once, or after a question where a caller or the agent would be cut off.

use super::super::dom::{El, el};
use super::super::icons;
use super::super::shared::act::{Act, Face, act};
use super::super::shared::live::Urgency;
use super::super::shared::menu::{Item, Row, menu};
use super::super::shared::text::{filled, still};
use super::super::words::{self, Word};
use super::confirm;
use super::panel::Wall;
use super::rows::is_in_call;
use super::view::Facts;
use agent::Command;
use agent::command::Supervise;
use reactive_graph::graph::untrack;
use reactive_graph::traits::{Notify, Track};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// One thing to do.
pub struct Deed {
    /// Its name for the page.
    pub name: &'static str,
    /// The request.
    pub kind: Supervise,
    /// Its icon.
    pub icon: &'static str,
    /// Its name for people.
    pub word: Word,
    /// Only to somebody in a call.
    in_call: bool,
    /// What is asked first, what then happens, and what the harmless answer is.
    pub question: Option<[Word; 3]>,
    /// What takes it back, and what is said meanwhile.
    back: Option<(Supervise, Word)>,
}

const fn deed(name: &'static str, kind: Supervise, icon: &'static str, word: Word) -> Deed {
    Deed {
        name,
        kind,
        icon,
        word,
        in_call: true,
        question: None,
        back: None,
    }
}

/// All of them; the first five stand in the row of somebody in a call.
pub const DEEDS: [Deed; 8] = [
    deed("listen", Supervise::Listen, icons::EAR, words::LISTEN),
    deed(
        "whisper",
        Supervise::Whisper,
        icons::WHISPER,
        words::WHISPER,
    ),
    deed(
        "bargeIn",
        Supervise::ForceInsert,
        icons::USERS,
        words::BARGE_IN,
    ),
    Deed {
        question: Some([
            words::TAKE_OVER_OF,
            words::TAKE_OVER_EFFECT,
            words::KEEP_WATCHING,
        ]),
        ..deed(
            "takeOver",
            Supervise::Intercept,
            icons::TAKEOVER,
            words::TAKE_OVER,
        )
    },
    Deed {
        question: Some([words::HANG_UP_OF, words::HANG_UP_EFFECT, words::KEEP_CALL]),
        ..deed(
            "forceHangUp",
            Supervise::ForceBreak,
            icons::PHONE_DOWN,
            words::FORCE_HANG_UP,
        )
    },
    Deed {
        in_call: false,
        back: Some((Supervise::ForceBusy, words::MADE_READY)),
        ..deed(
            "forceReady",
            Supervise::ForceIdle,
            icons::STATE_READY,
            words::FORCE_READY,
        )
    },
    Deed {
        in_call: false,
        back: Some((Supervise::ForceIdle, words::MADE_BUSY)),
        ..deed(
            "forceBusy",
            Supervise::ForceBusy,
            icons::STATE_BUSY,
            words::FORCE_BUSY,
        )
    },
    Deed {
        in_call: false,
        question: Some([
            words::SIGN_OUT_OF,
            words::SIGN_OUT_EFFECT,
            words::KEEP_SIGNED_IN,
        ]),
        ..deed(
            "forceSignOut",
            Supervise::ForceLogout,
            icons::LOGOUT,
            words::FORCE_SIGN_OUT,
        )
    },
];

/// What stands over the table.
#[derive(Clone)]
pub enum Opened {
    /// All that can be done to an agent.
    Menu(Facts),
    /// Whether it is to be done.
    Question(&'static Deed, Facts),
}

/// What can be taken back until then, ms of the clock that never goes back.
#[derive(Clone)]
pub struct Undo {
    deed: &'static Deed,
    facts: Facts,
    until: u64,
}

/// Name and number.
pub fn person(facts: &Facts) -> String {
    [facts.name.as_str(), " ", &facts.number]
        .concat()
        .trim()
        .to_owned()
}

impl Wall {
    /// Opens something over the table, or closes it; the focus goes back to the row then.
    pub fn open(&self, opened: Option<Opened>) {
        let closed = opened.is_none();
        self.hand(2, !closed);
        *self.0.opened.borrow_mut() = opened;
        self.0.opened_changed.notify();
        if closed && let Some(rows) = &*self.0.rows.borrow() {
            rows.back();
        }
    }

    /// Does it, or asks first.
    fn begin(&self, deed: &'static Deed, facts: Facts) {
        match deed.question {
            Some(_) => self.open(Some(Opened::Question(deed, facts))),
            None => self.carry_out(deed, &facts),
        }
    }

    /// Does it.
    pub fn carry_out(&self, deed: &'static Deed, facts: &Facts) {
        let client = &self.0.client;
        let number = facts.number.clone();
        let done = client.command(Command::Supervise(deed.kind, number));
        if done.is_ok()
            && let Some((_, said)) = deed.back
        {
            let until = untrack(|| self.board().mono()) + 6000;
            let text = filled(&self.board().say(said), &person(facts));
            self.board().speak_of(text, Urgency::Polite);
            *self.0.undo.borrow_mut() = Some(Undo {
                deed,
                facts: facts.clone(),
                until,
            });
            self.0.undo_changed.notify();
        }
        client.click(done);
    }

    /// As [`Wall::begin`], from a key or a menu: says why not where it is not allowed now.
    fn try_to(&self, deed: &'static Deed, facts: &Facts) {
        let board = self.board();
        let refused = untrack(|| board.read(|p| p.refusal(deed.kind.request())));
        if let Some(why) = refused {
            let why = untrack(|| board.sentence(&why));
            return board.speak_of(why, Urgency::Assertive);
        }
        if deed.in_call && !is_in_call(facts) {
            return;
        }
        if untrack(|| board.hooks()).allow(deed.name) {
            self.begin(deed, facts.clone());
        }
    }
}

fn face(deed: &Deed) -> Act {
    Act {
        name: deed.name,
        class: "ico-only tip-end",
        fold: "k0",
        face: Face {
            icon: deed.icon,
            label: deed.word,
        },
        request: deed.kind.request(),
    }
}

/// The buttons that stand in the row that is looked at.
pub fn strip(wall: &Wall) -> El {
    let buttons = DEEDS.iter().take(5).fold(el("span", "ra"), |strip, deed| {
        let wall = wall.clone();
        let button = act(wall.clone().board(), face(deed), move |_| {
            if let Some(facts) = under_hand(&wall) {
                wall.begin(deed, facts);
            }
        });
        strip.with(button.attr("tabindex", "-1"))
    });
    let opened = wall.clone();
    let more = act(
        wall.board(),
        Act {
            name: "rowActions",
            class: "ico-only tip-end always",
            fold: "k0",
            face: Face {
                icon: icons::MORE,
                label: words::MORE,
            },
            request: "",
        },
        move |_| {
            if let Some(facts) = under_hand(&opened) {
                opened.open(Some(Opened::Menu(facts)));
            }
        },
    );
    // A press leaves the focus where it is: the buttons are for the pointer, and go with it.
    let strip = buttons.with(more.attr("tabindex", "-1"));
    strip.on("mousedown", |event| event.prevent_default())
}

fn under_hand(wall: &Wall) -> Option<Facts> {
    wall.0.rows.borrow().as_ref()?.under_hand()
}

/// A key in the row that has the focus; `true`: it meant something.
pub fn key(wall: &Wall, key: &str, facts: &Facts) -> bool {
    let name = match key {
        "Enter" | " " => {
            wall.open(Some(Opened::Menu(facts.clone())));
            return true;
        }
        "l" | "L" => "listen",
        "w" | "W" => "whisper",
        "b" | "B" => "bargeIn",
        _ => return false,
    };
    if let Some(deed) = DEEDS.iter().find(|deed| deed.name == name) {
        wall.try_to(deed, facts);
    }
    true
}

/// What stands over the table, at the row that it is about.
pub fn over(wall: &Wall) -> impl Fn() -> Vec<El> + 'static {
    let wall = wall.clone();
    move || {
        wall.0.opened_changed.track();
        let opened = wall.0.opened.borrow().clone();
        let Some(opened) = opened else {
            return Vec::new();
        };
        untrack(|| {
            let (drawn, facts) = match opened {
                Opened::Menu(facts) => (all(&wall, &facts), facts),
                Opened::Question(deed, facts) => (confirm::confirm(&wall, deed, &facts), facts),
            };
            let closes = wall.clone();
            let drawn = drawn
                .attr("data-over", "")
                .on("keydown", move |event: Event| {
                    let event = event.unchecked_ref::<web_sys::KeyboardEvent>();
                    // What is typed here is for nobody else.
                    event.stop_propagation();
                    if event.key() == "Escape" {
                        closes.open(None);
                    }
                });
            place(&wall, &drawn, &facts);
            vec![drawn]
        })
    }
}

/// Under the row, or above it where there is no room.
fn place(wall: &Wall, drawn: &El, facts: &Facts) {
    let places = wall.0.rows.borrow();
    let Some((top, bottom)) = places.as_ref().map(|rows| rows.place_of(&facts.number)) else {
        return;
    };
    let Ok(box_of) = drawn.element().clone().dyn_into::<HtmlElement>() else {
        return;
    };
    // It has a height when it stands in the page.
    crate::browser::page::soon(move || {
        let room = box_of
            .parent_element()
            .and_then(|slot| slot.parent_element());
        let room = room.map_or(0, |wall| wall.client_height());
        let height = box_of.offset_height();
        let below = bottom + 4;
        let top = if below + height > room - 8 {
            (top - 4 - height).max(8)
        } else {
            below
        };
        let top = [&top.to_string(), "px"].concat();
        let _ = box_of.style().set_property("top", &top);
    });
}

/// All that can be done to an agent.
fn all(wall: &Wall, facts: &Facts) -> El {
    let in_call = is_in_call(facts);
    let rows = DEEDS
        .iter()
        .filter(|deed| in_call || !deed.in_call)
        .map(|deed| {
            let (wall, facts) = (wall.clone(), facts.clone());
            let key = match deed.name {
                "listen" => "\tL",
                "whisper" => "\tW",
                "bargeIn" => "\tB",
                _ => "",
            };
            Row::Item(Item {
                name: deed.name,
                class: if deed.question.is_some() { "bad" } else { "" },
                icon: deed.icon,
                label: wall.board().say(deed.word),
                end: key.to_owned(),
                checked: None,
                run: Rc::new(move || wall.try_to(deed, &facts)),
            })
        })
        .collect();
    let closes = wall.clone();
    let list = menu(&person(facts), rows, Rc::new(move || closes.open(None)));
    el("div", "at-row").with(list)
}

/// A press elsewhere closes a menu. A question waits for its answer.
pub fn elsewhere(wall: &Wall, event: &Event) {
    let is_menu = matches!(&*wall.0.opened.borrow(), Some(Opened::Menu(_)));
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let inside = target.and_then(|t| t.closest("[data-over]").ok().flatten());
    if is_menu && inside.is_none() {
        wall.open(None);
    }
}

/// What was done last, and the way back.
pub fn undo(wall: &Wall) -> impl Fn() -> Vec<El> + 'static {
    let wall = wall.clone();
    super::super::dom::watch({
        let wall = wall.clone();
        move || {
            let now = wall.board().mono();
            let over = |undo: &Undo| now >= undo.until;
            if wall.0.undo.borrow().as_ref().is_some_and(over) {
                *wall.0.undo.borrow_mut() = None;
                wall.0.undo_changed.notify();
            }
        }
    });
    move || {
        wall.0.undo_changed.track();
        let undo = wall.0.undo.borrow().clone();
        let Some(Undo { deed, facts, .. }) = undo else {
            return Vec::new();
        };
        let Some((back, said)) = deed.back else {
            return Vec::new();
        };
        let text = filled(&wall.board().say(said), &person(&facts));
        let (pressed, number) = (wall.clone(), facts.number);
        let button = untrack(|| {
            act(
                wall.board(),
                Act {
                    name: "undo",
                    class: "line",
                    fold: "",
                    face: Face {
                        icon: "",
                        label: words::UNDO,
                    },
                    request: back.request(),
                },
                move |_| {
                    *pressed.0.undo.borrow_mut() = None;
                    let client = &pressed.0.client;
                    client.click(client.command(Command::Supervise(back, number.clone())));
                    pressed.0.undo_changed.notify();
                },
            )
        });
        vec![still("span", "t2", &text), button]
    }
}
