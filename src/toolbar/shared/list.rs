//! A search field over lists: what is typed narrows the list, the arrow keys choose in it, Tab changes to the next one. The focus
//! stays in the field all the while.

mod choices;

pub use choices::Choice;

use super::super::board::Board;
use super::super::call::dialog;
use super::super::dom::{El, el, watch};
use super::super::icons::{self, icon};
use super::super::words::{self, Word};
use super::live::Urgency;
use super::text::{filled, still};
use crate::browser::clock::Interval;
use crate::browser::page::soon;
use reactive_graph::graph::untrack;
use reactive_graph::owner::on_cleanup;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

/// How many options are drawn at most: who looks for more types another letter.
const MOST: usize = 100;

/// Fills the list of a tab, given what was typed.
pub type Fill = Rc<dyn Fn(usize, &str) -> Vec<Choice>>;

/// What the list is of.
pub struct Lists {
    /// The name of the field.
    pub label: Word,
    /// The name of the list.
    pub list: Word,
    /// The names of the lists; the first is shown at first.
    pub tabs: Vec<Word>,
    /// The choices of a list, all of them; the list finds what was typed among them. What is tracked in here is followed.
    pub fill: Fill,
    /// What a list says that is empty.
    pub empty: Rc<dyn Fn(usize) -> Word>,
    /// Somebody pressed Enter for what is chosen, `true`: with Shift.
    pub take: Rc<dyn Fn(bool)>,
}

struct Inside {
    lists: Lists,
    field: Element,
    tab: Cell<usize>,
    typed: RefCell<String>,
    /// What is shown of the present list.
    shown: RefCell<Vec<Choice>>,
    /// Which list that is, and what was typed for it.
    shown_for: RefCell<(usize, String)>,
    /// How many there are in each list.
    counts: RefCell<Vec<usize>>,
    /// The id of the chosen one; empty: none.
    chosen: RefCell<String>,
    /// Nothing takes the place of a choice that went away by itself.
    gone: Cell<bool>,
    drawn_anew: ArcTrigger,
    choice_changed: ArcTrigger,
    asked_anew: ArcTrigger,
}

/// A list that is shown. Clones are of the same one.
#[derive(Clone)]
pub struct ListBox(Rc<Inside>);

/// Draws the field, the tabs and the list.
pub fn list_box(board: &Board, lists: Lists) -> (ListBox, Vec<El>) {
    let label = lists.label;
    let name = board.clone();
    let input = el("input", "")
        .attr("role", "combobox")
        .attr("aria-expanded", "true")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", "choices")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .live("placeholder", {
            let board = board.clone();
            move || Some(board.say(label))
        })
        .live("aria-label", move || Some(name.say(label)));
    let tabs = lists.tabs.len();
    let this = ListBox(Rc::new(Inside {
        lists,
        field: input.element().clone(),
        tab: Cell::new(0),
        typed: RefCell::default(),
        shown: RefCell::default(),
        shown_for: RefCell::default(),
        counts: RefCell::new(vec![0; tabs]),
        chosen: RefCell::default(),
        gone: Cell::new(false),
        drawn_anew: ArcTrigger::new(),
        choice_changed: ArcTrigger::new(),
        asked_anew: ArcTrigger::new(),
    }));
    watch({
        let this = this.clone();
        move || this.read()
    });
    let list = this.clone();
    let input = input
        .live("aria-activedescendant", move || list.active())
        .on("input", {
            let (this, speak) = (this.clone(), counting(board, &this));
            move |_| {
                this.typing();
                speak();
            }
        })
        .on("keydown", {
            let this = this.clone();
            move |event| this.key(event.unchecked_ref())
        });
    let input = dialog::focused(input);
    let field = el("div", "in find")
        .with(icon("i s", icons::SEARCH))
        .with(input)
        .with(still("kbd", "kbd k5", "Esc").attr("aria-hidden", "true"));
    let drawn = vec![field, this.tabs(board), this.options(board)];
    (this, drawn)
}

/// Says how many there are when typing rests.
fn counting(board: &Board, list: &ListBox) -> impl Fn() + 'static {
    let rest: Rc<RefCell<Option<Interval>>> = Rc::default();
    let kept = SendWrapper::new(rest.clone());
    on_cleanup(move || drop(kept.take()));
    let (board, list) = (board.clone(), list.clone());
    move || {
        let (board, list, ended) = (board.clone(), list.clone(), rest.clone());
        let ring = move || {
            let text = untrack(|| list.count_text(&board));
            board.speak_of(text, Urgency::Polite);
            // It may not end itself while it rings.
            let ended = ended.clone();
            soon(move || drop(ended.take()));
        };
        *rest.borrow_mut() = Some(Interval::new(400, ring));
    }
}

impl ListBox {
    /// Reads the choices once more.
    fn again(&self) {
        self.0.asked_anew.notify();
    }

    /// The list that is shown.
    pub fn tab(&self) -> usize {
        self.0.choice_changed.track();
        self.0.tab.get()
    }

    /// What is chosen.
    pub fn chosen(&self) -> Option<Choice> {
        self.0.choice_changed.track();
        let chosen = self.0.chosen.borrow();
        let shown = self.0.shown.borrow();
        shown.iter().find(|choice| choice.id == *chosen).cloned()
    }

    fn count_text(&self, board: &Board) -> String {
        match self.0.shown.borrow().len() {
            0 => board.say(words::NO_MATCH),
            n => filled(&board.say(words::MATCHES), &n.to_string()),
        }
    }

    /// Reads all lists; follows whatever they are made of.
    fn read(&self) {
        let this = &self.0;
        this.asked_anew.track();
        let typed = this.typed.borrow().clone();
        let mut counts = Vec::new();
        let mut shown = Vec::new();
        for tab in 0..this.lists.tabs.len() {
            let found = (this.lists.fill)(tab, &typed);
            let found: Vec<Choice> = found.into_iter().filter(|c| c.fits(&typed)).collect();
            counts.push(found.len());
            if tab == this.tab.get() {
                shown = found;
            }
        }
        let mut chosen = this.chosen.borrow().clone();
        if !shown.iter().any(|choice| choice.id == chosen) {
            // Whoever is about to press Enter must not get somebody else for it.
            this.gone.set(this.gone.get() || !chosen.is_empty());
            let first = shown.first().filter(|_| !this.gone.get());
            chosen = first.map(|c| c.id.clone()).unwrap_or_default();
        }
        let what = (this.tab.get(), typed);
        // What stays is not drawn anew: a press that goes on would be lost.
        let same = *this.shown_for.borrow() == what
            && *this.shown.borrow() == shown
            && *this.counts.borrow() == counts;
        let other = this.chosen.replace(chosen) != *this.chosen.borrow();
        if !same {
            *this.shown_for.borrow_mut() = what;
            *this.shown.borrow_mut() = shown;
            *this.counts.borrow_mut() = counts;
            this.drawn_anew.notify();
        }
        if !same || other {
            this.choice_changed.notify();
        }
    }

    /// The list is another one now: the first that is in it is chosen.
    fn anew(&self) {
        self.0.chosen.borrow_mut().clear();
        self.0.gone.set(false);
        self.again();
    }

    /// What is typed.
    pub fn typed(&self) -> String {
        self.0.typed.borrow().clone()
    }

    /// Types something else instead.
    pub fn put(&self, text: &str) {
        if let Some(field) = self.0.field.dyn_ref::<HtmlInputElement>() {
            field.set_value(text);
        }
        self.typing();
    }

    fn typing(&self) {
        if let Some(field) = self.0.field.dyn_ref::<HtmlInputElement>() {
            *self.0.typed.borrow_mut() = field.value();
        }
        self.anew();
    }

    fn key(&self, event: &KeyboardEvent) {
        // What a writing system is still composing is not yet typed, and what is held with these is a shortcut.
        if event.is_composing() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => self.step(1),
            "ArrowUp" => self.step(-1),
            // Where there is one list only, Tab goes on to what comes after it.
            "Tab" if self.0.lists.tabs.len() > 1 => self.next_tab(event.shift_key()),
            "Enter" => (self.0.lists.take)(event.shift_key()),
            // The popover closes.
            "Escape" => return,
            // The rest belongs to the text, and not to the bar around it.
            _ => return event.stop_propagation(),
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn step(&self, by: isize) {
        let shown = self.0.shown.borrow();
        let many = shown.len().min(MOST) as isize;
        if many == 0 {
            return;
        }
        let chosen = self.0.chosen.borrow().clone();
        let now = shown.iter().position(|choice| choice.id == chosen);
        let to = match now {
            Some(at) => (at as isize + by + many) % many,
            None if by < 0 => many - 1,
            None => 0,
        };
        let id = shown.get(to as usize).map(|choice| choice.id.clone());
        drop(shown);
        self.choose(id.unwrap_or_default());
    }

    fn choose(&self, id: String) {
        *self.0.chosen.borrow_mut() = id;
        self.0.gone.set(false);
        self.0.choice_changed.notify();
    }

    fn next_tab(&self, back: bool) {
        let many = self.0.lists.tabs.len();
        let by = if back { many - 1 } else { 1 };
        self.show((self.0.tab.get() + by) % many);
    }

    fn show(&self, tab: usize) {
        self.0.tab.set(tab);
        self.anew();
    }

    /// The id of the element of what is chosen.
    fn active(&self) -> Option<String> {
        self.0.choice_changed.track();
        let chosen = self.0.chosen.borrow();
        let shown = self.0.shown.borrow();
        let at = shown.iter().position(|choice| choice.id == *chosen)?;
        (at < MOST).then(|| option_id(at))
    }

    fn tabs(&self, board: &Board) -> El {
        let mut tabs = el("div", "seg").attr("role", "tablist");
        for (at, word) in self.0.lists.tabs.iter().copied().enumerate() {
            let (name, counted, chosen, shown) =
                (board.clone(), self.clone(), self.clone(), self.clone());
            let tab = el("button", "")
                .attr("type", "button")
                .attr("role", "tab")
                .attr("tabindex", "-1")
                .attr("aria-controls", "choices")
                .live("aria-selected", move || {
                    Some((chosen.tab() == at).to_string())
                })
                .with(el("span", "").say(move || name.say(word)))
                .with(el("span", "num n").say(move || counted.count(at)))
                // The focus stays in the field.
                .on("pointerdown", |event: Event| event.prevent_default())
                .on("mousedown", |event: Event| event.prevent_default())
                .on("click", move |_| shown.show(at));
            tabs = tabs.with(tab);
        }
        tabs
    }

    fn count(&self, tab: usize) -> String {
        self.0.drawn_anew.track();
        let count = self.0.counts.borrow().get(tab).copied().unwrap_or(0);
        if count == 0 {
            String::new()
        } else {
            count.to_string()
        }
    }

    fn options(&self, board: &Board) -> El {
        let (this, said, pressed, name) =
            (self.clone(), board.clone(), self.clone(), board.clone());
        let (list, full) = (self.0.lists.list, self.clone());
        el("div", "list")
            // What says that there is none is no list of options.
            .live("role", move || {
                full.0.drawn_anew.track();
                let none = full.0.shown.borrow().is_empty();
                Some(if none { "group" } else { "listbox" }.to_owned())
            })
            .attr("id", "choices")
            .live("aria-label", move || Some(name.say(list)))
            .with_live(move || this.rows(&said))
            .on("mousedown", |event: Event| event.prevent_default())
            .on("click", move |event: Event| {
                let target = event.target();
                let target = target.as_ref().and_then(|t| t.dyn_ref::<Element>());
                let row = target.and_then(|t| t.closest("[role=option]").ok().flatten());
                if let Some(id) = row.and_then(|row| row.get_attribute("data-id")) {
                    pressed.choose(id);
                }
            })
    }

    fn rows(&self, board: &Board) -> Vec<El> {
        self.0.drawn_anew.track();
        let (tab, typed) = self.0.shown_for.borrow().clone();
        let shown = self.0.shown.borrow();
        if shown.is_empty() {
            let word = match typed.is_empty() {
                true => (self.0.lists.empty)(tab),
                false => words::NO_MATCH,
            };
            let board = board.clone();
            return vec![el("div", "none sm t3").say(move || board.say(word))];
        }
        let rows = shown.iter().take(MOST).enumerate();
        rows.map(|(at, choice)| self.row(at, choice, &typed))
            .collect()
    }

    fn row(&self, at: usize, choice: &Choice, typed: &str) -> El {
        let (this, id) = (self.clone(), choice.id.clone());
        let row = choice
            .row(typed)
            .attr("id", &option_id(at))
            .attr("data-id", &choice.id);
        let scrolled = row.element().clone();
        row.live("aria-selected", move || {
            this.0.choice_changed.track();
            let chosen = *this.0.chosen.borrow() == id;
            if chosen {
                into_view(&scrolled);
            }
            Some(chosen.to_string())
        })
    }
}

fn option_id(at: usize) -> String {
    ["choice-", &at.to_string()].concat()
}

/// Scrolls the list alone, not the page.
pub fn into_view(row: &Element) {
    let Some(row) = row.dyn_ref::<web_sys::HtmlElement>() else {
        return;
    };
    let Some(list) = row.closest(".list").ok().flatten() else {
        return;
    };
    let (top, height) = (row.offset_top(), row.offset_height());
    let seen = list.client_height();
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if top + height > list.scroll_top() + seen {
        list.set_scroll_top(top + height - seen);
    }
}
