//! The panel: whom to call, outside or a colleague; a field, numbers to call again, twelve keys, and the button that calls.

use super::super::board::Board;
use super::super::call::dialog;
use super::super::dom::{El, el};
use super::super::icons::{self, icon};
use super::super::keypad;
use super::super::shared::act::{Act, Face, act};
use super::super::shared::list::ListBox;
use super::super::shared::live::Urgency;
use super::super::shared::text::still;
use super::super::words::{self, Word};
use super::numbers::{self, Entry};
use super::{DIAL, about, agents, caller, fill, recents, tidy, value};
use crate::browser::clock::Interval;
use crate::browser::get;
use crate::browser::host::Described;
use crate::browser::page::soon;
use crate::client::Client;
use agent::command::MakeCall;
use agent::{Command, Fault, number};
use reactive_graph::graph::untrack;
use reactive_graph::owner::on_cleanup;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

#[wasm_bindgen]
extern "C" {
    // Of the part's script: puts what is on the clipboard into a field, and tells it `unpasted` where it may not; see `past.js`.
    #[wasm_bindgen(js_namespace = PART, js_name = pasteInto)]
    fn paste_into(field: &Element);
}

/// What the panel's parts share.
pub struct Pad {
    /// The board.
    pub board: Board,
    /// The client.
    pub client: Rc<Client>,
    in_bar: El,
    field: El,
    root: El,
    /// A colleague is called, and nobody outside.
    colleague: Cell<bool>,
    kind_changed: ArcTrigger,
    /// The list of colleagues while it is shown.
    list: RefCell<Option<ListBox>>,
    /// What can be called again.
    pub entries: RefCell<Vec<Entry>>,
    /// They were read anew.
    pub anew: ArcTrigger,
    /// When there was a call with a number.
    pub times: RefCell<Vec<(String, u64)>>,
    /// Which of them is chosen; none: what is typed.
    pub chosen: Cell<Option<usize>>,
    /// That is another one now, or something else is known of it.
    pub chose: ArcTrigger,
    /// What the page knows of it.
    pub said: RefCell<Described>,
    /// What did not work.
    pub trouble: Cell<Option<Word>>,
    /// Rings when typing has rested.
    pub rest: RefCell<Option<Interval>>,
    /// The list of what can be called again.
    pub list_element: RefCell<Option<Element>>,
    /// Itself.
    pub this: Weak<Pad>,
}

/// What is typed here stands in the bar's field as well, and the other way round.
pub fn draw(board: &Board, client: &Rc<Client>, in_bar: &El) -> El {
    let pad = Rc::new_cyclic(|this| Pad {
        board: board.clone(),
        client: client.clone(),
        in_bar: in_bar.clone(),
        field: el("input", "num"),
        root: el("div", ""),
        colleague: Cell::new(false),
        kind_changed: ArcTrigger::new(),
        list: RefCell::default(),
        entries: RefCell::default(),
        anew: ArcTrigger::new(),
        times: RefCell::default(),
        chosen: Cell::new(None),
        chose: ArcTrigger::new(),
        said: RefCell::default(),
        trouble: Cell::new(None),
        rest: RefCell::default(),
        list_element: RefCell::default(),
        this: this.clone(),
    });
    let kept = SendWrapper::new(pad.clone());
    on_cleanup(move || {
        let pad = kept.take();
        // They hold each other.
        pad.list.take();
        pad.rest.take();
    });
    pad.read();
    number_field(&pad);
    fill(&pad.field, &value(in_bar));
    pad.ask_later();
    board.speak_of(recents::count(&pad), Urgency::Polite);
    let (side, pressed, typed) = (pad.clone(), pad.clone(), pad.clone());
    let left = el("div", "col").with(kinds(&pad)).with_live(move || {
        side.kind_changed.track();
        untrack(|| inside(&side))
    });
    let keys = keypad::pad(board, Rc::new(move |key: &str| pressed.press(key)));
    let body = pad
        .root
        .clone()
        .with(
            el("div", "body first cols")
                .with(left)
                .with(el("div", "col pad-col").with(keys)),
        )
        .with(footer(&pad))
        .on("keydown", move |event| typed.typed(event.unchecked_ref()));
    dialog::named(body, board, words::CALL)
}

/// Outside or a colleague.
fn kinds(pad: &Rc<Pad>) -> El {
    let name = pad.board.clone();
    let group = el("div", "seg")
        .attr("role", "radiogroup")
        .live("aria-label", move || Some(name.say(words::WHOM_TO_CALL)));
    let kinds = [
        (false, icons::GLOBE, words::OUTSIDE_CALL),
        (true, icons::HEADSET, words::AGENT),
    ];
    let switched = pad.clone();
    kinds
        .into_iter()
        .fold(group, |group, (colleague, paths, word)| {
            let (said, checked, stop) = (pad.board.clone(), pad.clone(), pad.clone());
            let chosen = pad.clone();
            group.with(
                el("button", "")
                    .attr("type", "button")
                    .attr("role", "radio")
                    .live("aria-checked", move || {
                        Some((checked.is_colleague() == colleague).to_string())
                    })
                    .live("tabindex", move || {
                        let is_stop = stop.is_colleague() == colleague;
                        Some(if is_stop { "0" } else { "-1" }.to_owned())
                    })
                    .with(icon("i s", paths))
                    .with(el("span", "").say(move || said.say(word)))
                    .on("click", move |event: Event| {
                        // Not every press brings the focus along, and the field that has it goes away.
                        let at = event.current_target();
                        if let Some(at) = at.as_ref().and_then(|at| at.dyn_ref::<HtmlElement>()) {
                            let _ = at.focus();
                        }
                        chosen.turn_to(colleague);
                    }),
            )
        })
        .on("keydown", move |event: Event| {
            let key = event.unchecked_ref::<KeyboardEvent>().key();
            if key.starts_with("Arrow") {
                event.prevent_default();
                event.stop_propagation();
                switched.turn_to(!switched.colleague.get());
            }
        })
}

/// Field and list of the present kind.
fn inside(pad: &Rc<Pad>) -> Vec<El> {
    if pad.colleague.get() {
        let (list, drawn) = agents::agents(pad);
        *pad.list.borrow_mut() = Some(list);
        return drawn;
    }
    pad.list.take();
    let field = dialog::focused(pad.field.clone());
    let (clearing, pasting) = (pad.clone(), pad.clone());
    let clear = button(
        &pad.board,
        ("clear", "ico-only", "k0", ""),
        (icons::CROSS, words::CLEAR),
        move || clearing.put(""),
    );
    let paste = button(
        &pad.board,
        ("paste", "ico-only", "k0", ""),
        (icons::PASTE, words::PASTE),
        move || paste_into(pasting.field.element()),
    );
    let field = el("div", "in lg").with(field).with(clear).with(paste);
    let mut shown = vec![field, about::about(pad)];
    shown.extend(recents::recents(pad));
    shown
}

/// The field; the arrow keys choose among the numbers below, Enter calls.
fn number_field(pad: &Rc<Pad>) {
    let (name, hint, active) = (pad.board.clone(), pad.board.clone(), pad.clone());
    let (typing, composed, keys, refused) = (pad.clone(), pad.clone(), pad.clone(), pad.clone());
    let field = pad.field.clone();
    field
        .attr("type", "tel")
        .attr("autocomplete", "off")
        .attr("role", "combobox")
        .attr("aria-expanded", "true")
        .attr("aria-controls", "numbers")
        .live("aria-label", move || Some(name.say(words::NUMBER)))
        .live("placeholder", move || Some(hint.say(words::TYPE_NUMBER)))
        .live("aria-activedescendant", move || {
            active.chose.track();
            active.chosen.get().map(recents::id)
        })
        .on("input", move |event| {
            // What is being composed is touched when it is done.
            if get(&event, "isComposing").is_falsy() {
                typing.changed();
            }
        })
        .on("compositionend", move |_| composed.changed())
        .on("unpasted", move |_| {
            refused.say_trouble(Some(words::PASTE_REFUSED));
        })
        .on("keydown", move |event| {
            let key = event.unchecked_ref::<KeyboardEvent>();
            let modified = key.ctrl_key() || key.alt_key() || key.meta_key();
            // Enter that ends a composition is the composition's.
            if key.is_composing() || modified {
                return;
            }
            match &*key.key() {
                "Enter" => keys.call(),
                "ArrowDown" => keys.step(false),
                "ArrowUp" => keys.step(true),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        });
}

fn footer(pad: &Rc<Pad>) -> El {
    let (from, call) = (pad.clone(), pad.clone());
    let go = button(
        &pad.board,
        ("call", "go", "", "makeCall"),
        (icons::PHONE, words::CALL),
        move || call.call(),
    );
    el("footer", "")
        .with_live(move || {
            let colleague = from.is_colleague();
            // A colleague knows who calls.
            let choice = untrack(|| caller::choice(&from.board)).filter(|_| !colleague);
            choice.into_iter().collect()
        })
        .with(el("span", "grow"))
        .with(still("kbd", "kbd k5", "Enter"))
        .with(go)
}

fn button(
    board: &Board,
    (name, class, fold, request): (&'static str, &'static str, &'static str, &'static str),
    (icon, label): (&'static str, Word),
    run: impl Fn() + 'static,
) -> El {
    let face = Face { icon, label };
    let button = Act {
        name,
        class,
        fold,
        face,
        request,
    };
    act(board, button, move |_| run())
}

impl Pad {
    /// Reads what can be called again.
    pub fn read(&self) {
        let (entries, times) = numbers::all(&self.board);
        self.entries.replace(entries);
        self.times.replace(times);
    }

    fn is_colleague(&self) -> bool {
        self.kind_changed.track();
        self.colleague.get()
    }

    fn turn_to(&self, colleague: bool) {
        if self.colleague.replace(colleague) != colleague {
            self.kind_changed.notify();
        }
    }

    /// Somebody has typed or pasted: what was chosen is not meant any more.
    fn changed(&self) {
        tidy(self.field.element());
        fill(&self.in_bar, &value(&self.field));
        self.chosen.set(None);
        self.ask_later();
    }

    fn put(&self, number: &str) {
        fill(&self.field, number);
        self.changed();
    }

    /// A key of the pad.
    fn press(&self, key: &str) {
        let list = self.list.borrow().clone();
        match list {
            Some(list) => list.put(&[&list.typed(), key].concat()),
            None => self.put(&[&value(&self.field), key].concat()),
        }
    }

    /// A digit counts wherever the focus is.
    fn typed(&self, event: &KeyboardEvent) {
        let in_field = event
            .target()
            .is_some_and(|at| at.is_instance_of::<HtmlInputElement>());
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
        let key = event.key();
        let is_digit = key.len() == 1 && key.contains(|c: char| "0123456789+*#".contains(c));
        if !in_field && !modified && is_digit {
            event.prevent_default();
            event.stop_propagation();
            self.press(&key);
        }
    }

    /// Who is about to be called.
    pub fn target(&self) -> Entry {
        let list = self.list.borrow().clone();
        if let Some(list) = list {
            return list.chosen().map(agents::entry).unwrap_or_default();
        }
        let entries = self.entries.borrow();
        let chosen = self.chosen.get().and_then(|at| entries.get(at));
        let number = number::dialable(&value(&self.field));
        let mut starred = entries.iter().filter(|entry| entry.starred && !entry.agent);
        let known = chosen.or_else(|| starred.find(|entry| entry.number == number));
        known.cloned().unwrap_or(Entry {
            number,
            ..Entry::default()
        })
    }

    /// Calls, if the page lets it.
    pub fn call(&self) {
        let target = untrack(|| self.target());
        if target.number.is_empty() {
            self.client.click(Err(Fault::CalledEmpty));
            return;
        }
        let Some(this) = self.this.upgrade() else {
            return;
        };
        let (asked, kind) = (target.number.clone(), if target.agent { 1 } else { 2 });
        let then = move |answer: Option<String>| {
            if let Some(answer) = answer {
                this.place(&target, answer);
            }
        };
        let hooks = self.client.hooks();
        hooks.before_dial(&asked, kind, Box::new(then));
    }

    fn place(&self, target: &Entry, answer: String) {
        let mut call = MakeCall::outside(answer);
        if target.agent {
            call.called_type = "1".to_owned();
        } else {
            call.called = number::dialable(&call.called);
            call.caller = caller::chosen(&self.board);
        }
        let sent = self.client.command(Command::MakeCall(call));
        if sent.is_ok() {
            if target.agent {
                numbers::remember(&self.board, target);
            } else if number::dialable(&value(&self.in_bar)) == target.number {
                fill(&self.in_bar, "");
            }
            let popovers = self.board.popovers();
            if untrack(|| popovers.is_open(DIAL)) {
                popovers.close(true);
            }
        }
        self.client.click(sent);
    }

    /// Gives something in here the focus, once it stands there.
    pub fn focus(&self, selector: &'static str) {
        let root = self.root.element().clone();
        soon(move || {
            let found = root.query_selector(selector).ok().flatten();
            if let Some(one) = found.as_ref().and_then(|one| one.dyn_ref::<HtmlElement>()) {
                let _ = one.focus();
            }
        });
    }
}
