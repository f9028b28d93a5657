//! The shortcuts: whether there are any, what they are, and how the agent changes them.

use super::super::board::Board;
use super::super::diagnostics::is_off;
use super::super::dom::{El, el};
use super::super::shared::keys::shortcuts;
use super::super::shared::live::Urgency;
use super::super::shared::text::filled;
use super::super::words::{self, Word};
use super::panel::keep;
use super::rows::switch;
use crate::browser::get;
use crate::client::Client;
use agent::json::{Object, Value};
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Event, KeyboardEvent};

#[wasm_bindgen]
extern "C" {
    // Of the shell: the shortcuts that count, as JSON; see `keyboard.js`.
    #[wasm_bindgen(js_name = listShortcuts)]
    fn list_shortcuts(given: &str, chosen: &str) -> String;
}

/// The acts that have one, in the order of a shift.
const ACTS: [(&str, Word); 23] = [
    ("dial", words::NUMBER),
    ("answer", words::ANSWER),
    ("reject", words::REJECT),
    ("details", words::CALL_DETAILS),
    ("holdAndAnswer", words::HOLD_AND_ANSWER),
    ("hold", words::HOLD),
    ("mute", words::MUTE),
    ("keypad", words::KEYPAD),
    ("transfer", words::TRANSFER),
    ("consult", words::CONSULT),
    ("conference", words::CONFER),
    ("merge", words::MERGE),
    ("hangUp", words::HANG_UP),
    ("note", words::NOTE),
    ("extend", words::EXTEND),
    ("done", words::DONE),
    ("quality", words::CALL_QUALITY),
    ("link", words::DIAGNOSTICS),
    ("more", words::MORE),
    ("toast", words::TO_MESSAGE),
    ("listen", words::LISTEN),
    ("whisper", words::WHISPER),
    ("bargeIn", words::BARGE_IN),
];

const SHORTCUTS: &str = "shortcuts";

struct Inside {
    board: Board,
    client: Rc<Client>,
    /// The list can be seen.
    open: Cell<bool>,
    /// The next keys are for this act.
    waits: Cell<Option<&'static str>>,
    /// What was wrong with the last ones.
    wrong: RefCell<String>,
    changed: ArcTrigger,
}

/// What the agent does with the shortcuts. Clones are the same.
#[derive(Clone)]
struct Editor(Rc<Inside>);

impl Editor {
    /// Reads what counts: where shortcuts are heard, and the keys by act.
    fn read<T>(&self, read: impl FnOnce(Value<'_>) -> T) -> T {
        let (given, chosen) = shortcuts(&self.0.board);
        let all = list_shortcuts(&given, &chosen);
        read(Value::parse(&all).unwrap_or_default())
    }

    fn is_on(&self) -> bool {
        self.read(|all| all.get("scope").string() != "off")
    }

    fn key(&self, act: &str) -> String {
        self.read(|all| all.get("keys").get(act).string())
    }

    /// Keeps what the agent wants: where shortcuts are heard, if that is said, and keys by act as JSON.
    fn keep(&self, scope: &str, keys: &str) {
        let mut chosen = Object::new();
        if !scope.is_empty() {
            chosen.text("scope", scope);
        }
        chosen.raw("keys", keys);
        keep(&self.0.board, &self.0.client, SHORTCUTS, &chosen.finish());
    }

    /// What the agent has chosen before: where, and keys by act as JSON.
    fn chosen(&self) -> (String, String) {
        let (_, chosen) = shortcuts(&self.0.board);
        let chosen = Value::parse(&chosen).unwrap_or_default();
        let keys = chosen.get("keys");
        let keys = if keys.is_object() { keys.raw() } else { "{}" };
        (chosen.get("scope").string(), keys.to_owned())
    }

    fn turn(&self, on: bool) {
        let (given, _) = shortcuts(&self.0.board);
        let given = Value::parse(&given).unwrap_or_default();
        let scope = match (on, &*given.get("scope").string()) {
            (false, _) => "off",
            // What the page wants, unless that is none.
            (true, "off") => "toolbar",
            (true, _) => "",
        };
        self.keep(scope, &self.chosen().1);
    }

    /// Gives an act these keys, or none.
    fn give(&self, act: &str, key: &str) {
        let (scope, before) = self.chosen();
        let mut keys = Object::new();
        for (name, value) in Value::parse(&before).unwrap_or_default().members() {
            let name = name.string();
            if name != act {
                keys.raw(&name, value.raw());
            }
        }
        keys.text(act, key);
        self.keep(&scope, &keys.finish());
    }

    /// Waits for the keys of an act, or no longer.
    fn wait(&self, act: Option<&'static str>) {
        self.0.waits.set(act);
        self.0.wrong.borrow_mut().clear();
        self.0.changed.notify();
    }

    fn waits(&self) -> Option<&'static str> {
        self.0.changed.track();
        self.0.waits.get()
    }

    /// Takes what was pressed while it waits.
    fn take(&self, event: &KeyboardEvent) {
        let Some(act) = self.0.waits.get() else {
            return;
        };
        let key = event.key();
        // Whoever goes on does not want it any more.
        if key == "Tab" {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        match &*key {
            "Escape" => return self.wait(None),
            "Backspace" | "Delete" => {
                self.wait(None);
                return self.give(act, "");
            }
            _ => {}
        }
        let Some(spelt) = spelt(event) else { return };
        let other = ACTS
            .iter()
            .find(|(name, _)| *name != act && self.key(name).eq_ignore_ascii_case(&spelt));
        if let Some((_, label)) = other {
            let board = &self.0.board;
            let text = filled(&board.say(words::KEYS_TAKEN), &board.say(*label));
            *self.0.wrong.borrow_mut() = text.clone();
            self.0.changed.notify();
            board.speak_of(text, Urgency::Polite);
            return;
        }
        self.wait(None);
        self.give(act, &spelt);
    }
}

/// How keys are written: what is held, then the key. None: they cannot be a shortcut.
fn spelt(event: &KeyboardEvent) -> Option<String> {
    let mut key = event.key();
    let held = [event.ctrl_key(), event.alt_key(), event.meta_key()];
    let sign = key.chars().count() == 1;
    if sign {
        let code = get(event, "code").as_string().unwrap_or_default();
        // With Alt some keyboards write something else than the letter on the key.
        if let Some(letter) = code.strip_prefix("Key").filter(|_| event.alt_key()) {
            key = letter.to_owned();
        }
        key = key.to_uppercase();
        // A blank presses what has the focus.
        if key == " " {
            return None;
        }
    } else {
        let of_function = key.len() <= 3 && key.starts_with('F');
        let alone = [
            "Control", "Alt", "AltGraph", "Shift", "Meta", "Dead", "Process",
        ];
        if alone.contains(&&*key) || !(of_function || held.contains(&true)) {
            return None;
        }
    }
    // Some keyboards need Shift for a sign.
    let shift = event.shift_key() && (!sign || key.chars().all(char::is_alphabetic));
    let mut spelt = String::new();
    for (name, is_held) in ["Ctrl+", "Alt+", "Meta+"].into_iter().zip(held) {
        if is_held {
            spelt.push_str(name);
        }
    }
    if shift {
        spelt.push_str("Shift+");
    }
    spelt.push_str(&key);
    Some(spelt)
}

/// The switch, and the list that opens under it.
pub fn keys(board: &Board, client: &Rc<Client>) -> El {
    let editor = Editor(Rc::new(Inside {
        board: board.clone(),
        client: client.clone(),
        open: Cell::new(false),
        waits: Cell::new(None),
        wrong: RefCell::default(),
        changed: ArcTrigger::new(),
    }));
    let (hint, now, turn, off) = (
        editor.clone(),
        editor.clone(),
        editor.clone(),
        board.clone(),
    );
    let whole = switch(
        board,
        (SHORTCUTS, words::SHORTCUTS),
        Rc::new(move || {
            let scope = hint.read(|all| all.get("scope").string());
            hint.0.board.say(match &*scope {
                "page" => words::SHORTCUTS_ANYWHERE,
                _ => words::SHORTCUTS_HERE,
            })
        }),
        Rc::new(move || now.is_on()),
        Rc::new(move |on| turn.turn(on)),
    );
    let shown = editor.clone();
    el("div", "")
        .with(whole)
        .with(
            el("div", "")
                .with(opens(&editor))
                .with(list(&editor))
                .live("hidden", move || (!shown.is_on()).then(String::new)),
        )
        .live("hidden", move || is_off(&off, SHORTCUTS).then(String::new))
}

/// The button that opens the list.
fn opens(editor: &Editor) -> El {
    let (said, press, open) = (editor.clone(), editor.clone(), editor.clone());
    el("button", "btn soft")
        .attr("type", "button")
        .attr("data-act", "changeShortcuts")
        .live("aria-expanded", move || {
            open.0.changed.track();
            Some(open.0.open.get().to_string())
        })
        .with(el("span", "").say(move || said.0.board.say(words::CHANGE_KEYS)))
        .on("click", move |_| {
            press.0.open.set(!press.0.open.get());
            press.wait(None);
        })
}

fn list(editor: &Editor) -> El {
    let (hint, wrong, shown) = (editor.clone(), editor.clone(), editor.clone());
    let (taken, restore, said) = (editor.clone(), editor.clone(), editor.clone());
    let list = el("div", "keys")
        .live("hidden", move || {
            shown.0.changed.track();
            (!shown.0.open.get()).then(String::new)
        })
        .with(el("p", "sm t3").say(move || hint.0.board.say(words::KEYS_HINT)))
        .with(el("p", "sm wrong").say(move || {
            wrong.0.changed.track();
            wrong.0.wrong.borrow().clone()
        }))
        .on("keydown", move |event: Event| {
            taken.take(event.unchecked_ref::<KeyboardEvent>());
        });
    ACTS.iter()
        .fold(list, |list, act| list.with(key_row(editor, act)))
        .with(
            el("button", "btn soft")
                .attr("type", "button")
                .attr("data-act", "restoreShortcuts")
                .with(el("span", "").say(move || said.0.board.say(words::RESTORE_KEYS)))
                .on("click", move |_| {
                    restore.wait(None);
                    restore.keep(&restore.chosen().0, "{}");
                }),
        )
}

fn key_row(editor: &Editor, (act, label): &'static (&'static str, Word)) -> El {
    let (said, named, shown) = (editor.clone(), editor.clone(), editor.clone());
    let (press, left) = (editor.clone(), editor.clone());
    let text = move |editor: &Editor| {
        let board = &editor.0.board;
        if editor.waits() == Some(*act) {
            return board.say(words::PRESS_KEYS);
        }
        let key = editor.key(act);
        match key.is_empty() {
            true => board.say(words::NO_KEYS),
            false => key,
        }
    };
    el("div", "set")
        .with(el("span", "grow").say(move || said.0.board.say(*label)))
        .with(
            el("button", "btn soft")
                .attr("type", "button")
                .attr("data-key", act)
                .live("aria-label", move || {
                    let name = named.0.board.say(*label);
                    Some([&*name, ": ", &text(&named)].concat())
                })
                .with(el("kbd", "kbd").say(move || text(&shown)))
                .on("click", move |_| press.wait(Some(*act)))
                .on("focusout", move |_| {
                    if left.0.waits.get() == Some(*act) {
                        left.wait(None);
                    }
                }),
        )
}
