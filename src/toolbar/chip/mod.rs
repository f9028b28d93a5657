//! The state chip: what the agent is doing and since when, and the menu to change it.

use super::Desk;
use super::board::{Board, Picture, clock};
use super::icons::{self, icon};
use super::scene::Scene;
use super::words;
use agent::{Command, EventName, State};
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Colour, glyph and word of a picture: any two of them tell the state without the third.
fn face(picture: &Picture, board: &Board) -> (&'static str, &'static str, String) {
    use EventName::*;
    let say = |word| board.say(word).to_owned();
    match Scene::of(picture) {
        Scene::NoLink => ("off", icons::STATE_OFF, say(words::OFFLINE)),
        Scene::Connecting { again: false } => ("off", icons::SPIN, say(words::CONNECTING)),
        Scene::Connecting { again: true } | Scene::Waiting => {
            ("busy", icons::SPIN, say(words::RECONNECTING))
        }
        Scene::SignedOut => ("off", icons::STATE_OFF, say(words::SIGNED_OUT)),
        Scene::Kicked => ("bad", icons::STATE_BAD, say(words::USED_ELSEWHERE)),
        Scene::Locked => ("bad", icons::STATE_LOCK, say(words::LOCKED)),
        Scene::Incoming => ("call", icons::STATE_RING, say(words::RINGING)),
        Scene::SettingUp => ("call", icons::STATE_RING, say(words::CALLING)),
        Scene::InCall => match picture.state {
            State::Told(Hold) => ("call", icons::STATE_HOLD, say(words::ON_HOLD)),
            State::Told(Mute) => ("call", icons::STATE_CALL, say(words::MUTED)),
            _ => ("call", icons::STATE_CALL, say(words::IN_CALL)),
        },
        Scene::WrapUp => ("wrap", icons::STATE_WRAP, say(words::WRAP_UP)),
        Scene::AtRest => match &picture.state {
            State::Told(Idle) => ("ready", icons::STATE_READY, say(words::READY)),
            State::Told(Busy) if picture.busy_type.is_empty() => {
                ("busy", icons::STATE_BUSY, say(words::BUSY))
            }
            State::Told(Busy) => ("busy", icons::STATE_BUSY, picture.busy_type.clone()),
            State::Told(Login) => ("off", icons::STATE_OFF, say(words::SIGNED_IN)),
            State::Told(MakeCallFail) => ("off", icons::STATE_OFF, say(words::CALL_FAILED)),
            State::Told(CancelCall) => ("off", icons::STATE_OFF, say(words::CALL_ENDED)),
            // A word that we do not know is still better than none.
            other => ("off", icons::STATE_OFF, other.as_str().to_owned()),
        },
    }
}

/// Whether the agent can choose another state now.
fn has_menu(picture: &Picture) -> bool {
    matches!(Scene::of(picture), Scene::AtRest | Scene::WrapUp)
}

/// Since when the chip counts: a call from its answer, everything else from the state's begin.
fn since(picture: &Picture) -> Option<u64> {
    match Scene::of(picture) {
        Scene::AtRest | Scene::WrapUp | Scene::Incoming | Scene::SettingUp => Some(picture.since),
        Scene::InCall => picture.call.as_ref().and_then(|c| c.talking_since),
        _ => None,
    }
}

/// The chip and its menu.
pub fn chip(board: &Board, client: &Desk) -> AnyView {
    let open = ArcRwSignal::new(false);
    let picture = board.picture.clone();
    let look = {
        let board = board.clone();
        ArcMemo::new(move |_| board.picture.with(|p| face(p, &board)))
    };
    let menu = ArcMemo::new({
        let picture = picture.clone();
        move |_| picture.with(has_menu)
    });
    // A state that came meanwhile closes the menu: what it offers may no longer be allowed.
    Effect::new({
        let (menu, look, open) = (menu.clone(), look.clone(), open.clone());
        move |_| {
            menu.track();
            look.track();
            open.set(false);
        }
    });
    let time = {
        let board = board.clone();
        move || {
            board
                .picture
                .with(since)
                .map(|since| clock(board.tick.get().saturating_sub(since)))
        }
    };
    let class = {
        let (look, menu) = (look.clone(), menu.clone());
        move || {
            [
                "chip ",
                look.get().0,
                if menu.get() { "" } else { " static" },
            ]
            .concat()
        }
    };
    let glyph = {
        let look = look.clone();
        move || {
            let svg = look.get().1;
            icon(if svg == icons::SPIN { "i spin" } else { "i" }, svg)
        }
    };
    let label = {
        let look = look.clone();
        move || look.get().2
    };
    // The clock is not part of the name, so that it is not read out each second.
    let name = {
        let (look, board) = (look.clone(), board.clone());
        move || [board.say(words::STATE), ": ", &look.get().2].concat()
    };
    let toggle = {
        let (open, menu) = (open.clone(), menu.clone());
        move || {
            if menu.get_untracked() {
                open.update(|o| *o = !*o);
            }
        }
    };
    let on_key = {
        let (open, menu) = (open.clone(), menu.clone());
        move |event: KeyboardEvent| {
            if event.key() == "ArrowDown" && menu.get_untracked() {
                event.prevent_default();
                open.set(true);
            }
        }
    };
    let expanded = {
        let (open, menu) = (open.clone(), menu.clone());
        move || {
            menu.get()
                .then(|| if open.get() { "true" } else { "false" })
        }
    };
    let popup = {
        let menu = menu.clone();
        move || menu.get().then_some("menu")
    };
    let items = {
        let (open, board, client) = (open.clone(), board.clone(), client.clone());
        move || open.get().then(|| menu_of(&board, &client, &open))
    };
    // Wherever the focus goes, out of chip and menu means away.
    let on_leave = {
        let open = open.clone();
        move |event: FocusEvent| {
            let inside = event
                .current_target()
                .and_then(|t| t.dyn_into::<web_sys::Node>().ok());
            let to = event
                .related_target()
                .and_then(|t| t.dyn_into::<web_sys::Node>().ok());
            if !inside.is_some_and(|i| i.contains(to.as_ref())) {
                open.set(false);
            }
        }
    };
    view! {
        <div class="state" on:focusout=on_leave>
            <button class=class part="chip" type="button" aria-label=name aria-haspopup=popup aria-expanded=expanded
                on:click=move |_| toggle() on:keydown=on_key>
                {glyph}
                <span class="lbl">{label}</span>
                <span class="num clk">{time}</span>
                {move || menu.get().then(|| icon("i xs chev", icons::CHEVRON))}
            </button>
            {items}
        </div>
    }
    .into_any()
}

/// One thing to choose.
struct Choice {
    class: &'static str,
    svg: &'static str,
    text: String,
    checked: bool,
    command: Command,
}

fn menu_of(board: &Board, client: &Desk, open: &ArcRwSignal<bool>) -> AnyView {
    let picture = board.picture.get_untracked();
    let busy = picture.state == State::Told(EventName::Busy);
    let reasons = if picture.busy_types.is_empty() {
        vec![String::new()]
    } else {
        picture.busy_types.clone()
    };
    let mut choices = vec![Choice {
        class: "mi st ready",
        svg: icons::STATE_READY,
        text: board.say(words::READY).to_owned(),
        checked: picture.state == State::Told(EventName::Idle),
        command: Command::Idle,
    }];
    for reason in reasons {
        let named = !reason.is_empty();
        choices.push(Choice {
            class: "mi st busy",
            svg: if named {
                icons::COFFEE
            } else {
                icons::STATE_BUSY
            },
            text: if named {
                reason.clone()
            } else {
                board.say(words::BUSY).to_owned()
            },
            checked: busy && picture.busy_type == reason,
            command: Command::Busy {
                busy_type: named.then_some(reason),
            },
        });
    }
    choices.push(Choice {
        class: "mi",
        svg: icons::LOGOUT,
        text: board.say(words::SIGN_OUT).to_owned(),
        checked: false,
        command: Command::Logout,
    });
    let last = choices.len() - 1;
    let rows: Vec<AnyView> = choices
        .into_iter()
        .enumerate()
        .map(|(place, choice)| {
            let (client, open) = (client.clone(), open.clone());
            let command = choice.command;
            let press = move |_| {
                open.set(false);
                client.click(client.command(command.clone()));
            };
            let check = choice.checked.then(|| icon("i s", icons::CHECK));
            let before = match place {
                1 => Some(view! { <hr/><div class="hd">{board.say(words::BUSY_BECAUSE)}</div> }.into_any()),
                p if p == last => Some(view! { <hr/> }.into_any()),
                _ => None,
            };
            let (role, checked) = if place == last {
                ("menuitem", None)
            } else {
                ("menuitemradio", Some(if choice.checked { "true" } else { "false" }))
            };
            view! {
                {before}
                <button class=choice.class role=role aria-checked=checked tabindex="-1" type="button" on:click=press>
                    {icon("i", choice.svg)}
                    <span>{choice.text}</span>
                    <span class="end">{check}</span>
                </button>
            }
            .into_any()
        })
        .collect();
    let menu = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(menu) = menu.get() {
            focus(&menu, 0);
        }
    });
    let open = open.clone();
    let on_key = move |event: KeyboardEvent| {
        let Some(menu) = menu.get_untracked() else {
            return;
        };
        match event.key().as_str() {
            "Escape" => {
                open.set(false);
                let chip = menu
                    .parent_element()
                    .and_then(|e| e.parent_element())
                    .and_then(|e| e.query_selector(".chip").ok()?);
                if let Some(chip) = chip.and_then(|c| c.dyn_into::<web_sys::HtmlElement>().ok()) {
                    let _ = chip.focus();
                }
            }
            "ArrowDown" => focus(&menu, 1),
            "ArrowUp" => focus(&menu, -1),
            _ => return,
        }
        event.prevent_default();
    };
    let name = board.say(words::STATE);
    view! {
        <section class="pop state-menu" part="popover">
            <div class="menu" role="menu" aria-label=name node_ref=menu on:keydown=on_key>{rows}</div>
        </section>
    }
    .into_any()
}

/// Moves the focus among the items, around at the ends; 0 goes to the first.
fn focus(menu: &web_sys::Element, step: i32) {
    let Ok(items) = menu.query_selector_all("button") else {
        return;
    };
    let count = items.length() as i32;
    let item = |n: i32| {
        items
            .item(n.rem_euclid(count.max(1)) as u32)
            .and_then(|i| i.dyn_into::<web_sys::HtmlElement>().ok())
    };
    let now = (0..count).find(|n| item(*n).is_some_and(|i| i.matches(":focus").unwrap_or(false)));
    let next = match (now, step) {
        (_, 0) | (None, _) => 0,
        (Some(now), step) => now + step,
    };
    if let Some(next) = item(next) {
        let _ = next.focus();
    }
}
