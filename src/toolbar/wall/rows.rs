//! The table: as many rows as there is room for, used again and again for whoever is in view. What a row shows already is not
//! written once more.

use super::super::board::clock;
use super::super::dom::{El, el, watch};
use super::super::icons::{self, icon};
use super::super::shared::text::still;
use super::super::words::{self, Word};
use super::actions;
use super::observe::observe;
use super::panel::Wall;
use super::view::Facts;
use reactive_graph::graph::untrack;
use reactive_graph::traits::{Notify, Track};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, FocusEvent, HtmlElement, KeyboardEvent, Node};

/// Names of states, what colours them, their icon, and what they are called.
#[rustfmt::skip] // a table is read by its columns
const LOOKS: &[(&str, &str, &str, Word)] = &[
    ("Idle", "ready", icons::STATE_READY, words::READY),
    ("Busy", "busy", icons::STATE_BUSY, words::BUSY),
    ("After", "wrap", icons::STATE_WRAP, words::WRAP_UP),
    ("Hold", "call", icons::STATE_HOLD, words::ON_HOLD),
    ("Mute", "call", icons::MIC_OFF, words::MUTED),
    ("AgentRinging", "call", icons::STATE_RING, words::RINGING),
    ("MakeCall AgentOriginate AgentAnswer CalledRinging", "call", icons::STATE_RING, words::CALLING),
    ("TransferCall TransferCalling", "call", icons::STATE_CALL, words::TRANSFERRING),
    ("ConsultCall ConsultCalling", "call", icons::STATE_CALL, words::CONSULTING),
    ("TripartiteTalk TripartiteTalking", "call", icons::STATE_CALL, words::CONFERENCE),
    ("Listen Listening", "call", icons::EAR, words::LISTENING),
    ("Whisper Whispering", "call", icons::WHISPER, words::WHISPERING),
    ("ForceInsert ForceInserting", "call", icons::USER_PLUS, words::BARGED_IN),
    ("Conversation Unmute UnHold TransferCallFail TransferCancel ConsultCallFail ConsultCancel TripartiteTalkFail Intercept Intercepting CalledAnswer", "call", icons::STATE_CALL, words::IN_CALL),
    ("Login", "off", icons::STATE_OFF, words::SIGNED_IN),
];

type Look = (&'static str, &'static str, Option<Word>);

/// Colour, icon and name of a state; no name: its own.
fn look(facts: &Facts) -> Look {
    if facts.gone {
        return ("off", icons::STATE_OFF, Some(words::GONE));
    }
    let found = LOOKS
        .iter()
        .find(|(names, ..)| names.split(' ').any(|name| name == facts.state));
    found.map_or(("off", icons::STATE_OFF, None), |(_, class, svg, word)| {
        (*class, *svg, Some(*word))
    })
}

/// Whether there is a call to take part in.
pub fn is_in_call(facts: &Facts) -> bool {
    look(facts).0 == "call"
}

/// Columns by which one can sort: their names for the list, and for people.
const COLUMNS: [(&str, Word); 6] = [
    ("state", words::WALL_STATE),
    ("number", words::AGENT),
    ("group", words::SKILL_GROUP),
    ("time", words::IN_STATE),
    ("party", words::OTHER_PARTY),
    ("direction", words::DIRECTION),
];

/// The texts of a row.
const STATE: usize = 0;
const NAME: usize = 1;
const NUMBER: usize = 2;
const GROUP: usize = 3;
const TIME: usize = 4;
const PARTY: usize = 5;
const DIRECTION: usize = 6;

/// Goes somewhere and draws nothing; there is an arrow's place all the same, see [`El::changing_svg`].
const NO_ARROW: &str = "M12 12";

/// What a row shows now.
#[derive(Default)]
struct Shown {
    index: Option<usize>,
    /// Whom. What is the same one is shown already.
    facts: Option<Rc<Facts>>,
    number: String,
    since: u64,
    texts: [String; 7],
    class: String,
    colour: &'static str,
    svg: &'static str,
    arrow: &'static str,
    is_stop: bool,
    in_call: bool,
}

/// A row that is used again and again.
struct Slot {
    row: HtmlElement,
    state: Element,
    svg: El,
    direction: Element,
    arrow: El,
    texts: Vec<Node>,
    end: Element,
    shown: RefCell<Shown>,
}

/// Whether there may be no room for it in a narrow wall. What surely fits is not to be clipped: when the text in a clip changes,
/// the browser puts all layers of the page in order anew, as if icons had other edges.
fn is_long(text: &str) -> bool {
    // Ideographs are twice as wide.
    text.chars()
        .map(|c| 1 + usize::from(c >= '\u{1100}'))
        .sum::<usize>()
        > 7
}

fn slot() -> Option<Slot> {
    let mut texts = Vec::new();
    let mut text = |class: &str| {
        // Something must stand there for there to be a node of text.
        let place = still("span", class, " ");
        texts.extend(place.element().first_child());
        place
    };
    let (framed, svg) = El::changing_svg("i");
    let (arrow_framed, arrow) = El::changing_svg("i s");
    let state = el("span", "stc")
        .attr("role", "cell")
        .with(framed)
        .with(text(""));
    let agent = el("span", "ag")
        .attr("role", "cell")
        .with(text(""))
        .with(text("num t3"));
    let group = text("t2").attr("role", "cell");
    let time = el("span", "r")
        .attr("role", "cell")
        .with(icon("i xs lt", icons::ALERT))
        .with(text("num"));
    let party = text("num").attr("role", "cell");
    let direction = el("span", "dirc no")
        .attr("role", "cell")
        .with(arrow_framed)
        .with(text(""));
    let end = el("span", "r").attr("role", "cell");
    let row = el("div", "tr")
        .attr("role", "row")
        .attr("tabindex", "-1")
        .attr("hidden", "")
        .with(state.clone())
        .with(agent)
        .with(group)
        .with(time)
        .with(party)
        .with(direction.clone())
        .with(end.clone());
    let shown = Shown {
        texts: std::array::from_fn(|_| " ".to_owned()),
        class: "tr".to_owned(),
        ..Shown::default()
    };
    Some(Slot {
        row: row.element().clone().dyn_into().ok()?,
        state: state.element().clone(),
        svg,
        direction: direction.element().clone(),
        arrow,
        texts,
        end: end.element().clone(),
        shown: RefCell::new(shown),
    })
}

impl Slot {
    fn put(&self, shown: &mut Shown, place: usize, text: &str) {
        if let (Some(before), Some(node)) = (shown.texts.get_mut(place), self.texts.get(place))
            && before != text
        {
            node.set_text_content(Some(text));
            if [STATE, NAME, GROUP].contains(&place)
                && is_long(before) != is_long(text)
                && let Some(cell) = node.parent_element()
            {
                let clipped = if is_long(text) { "ell " } else { "" };
                let own = if place == GROUP { "t2" } else { "" };
                cell.set_class_name(&[clipped, own].concat());
            }
            before.clear();
            before.push_str(text);
        }
    }

    /// How high it is, px.
    fn height(&self) -> i32 {
        let hidden = self.row.has_attribute("hidden");
        // One that is hidden has no height.
        let _ = self.row.remove_attribute("hidden");
        let height = self.row.offset_height();
        if hidden {
            let _ = self.row.set_attribute("hidden", "");
        }
        height
    }

    /// Stands so far down.
    fn stand(&self, index: usize, height: i32) {
        let top = (index as i32).saturating_mul(height).to_string();
        let moved = ["translateY(", &top, "px)"].concat();
        let _ = self.row.style().set_property("transform", &moved);
    }

    /// Shows whoever is at this place; nobody where that is behind the end, or not known yet.
    fn show(&self, wall: &Wall, index: usize, facts: Option<&Rc<Facts>>, height: i32, now: u64) {
        let shown = &mut *self.shown.borrow_mut();
        let Some(facts) = facts else {
            if shown.index.take().is_some() {
                let _ = self.row.set_attribute("hidden", "");
                shown.number.clear();
                shown.facts = None;
            }
            return;
        };
        let same = |before: &Rc<Facts>| Rc::ptr_eq(before, facts);
        if shown.index == Some(index) && shown.facts.as_ref().is_some_and(same) {
            return;
        }
        shown.facts = Some(facts.clone());
        if shown.index != Some(index) {
            if shown.index.is_none() {
                let _ = self.row.remove_attribute("hidden");
            }
            shown.index = Some(index);
            self.stand(index, height);
            // The first row is the head.
            let _ = self
                .row
                .set_attribute("aria-rowindex", &(index + 2).to_string());
        }
        if shown.number != facts.number {
            shown.number.clone_from(&facts.number);
        }
        shown.in_call = is_in_call(facts);
        let class = match (facts.gone, facts.late) {
            (true, _) => "tr gone",
            (_, true) => "tr late",
            _ => "tr",
        };
        if shown.class != class {
            self.row.set_class_name(class);
            shown.class = class.to_owned();
        }
        let (colour, svg, word) = look(facts);
        if shown.colour != colour {
            self.state.set_class_name(&["stc ", colour].concat());
            shown.colour = colour;
        }
        if shown.svg != svg {
            self.svg.draw(svg);
            shown.svg = svg;
        }
        let board = wall.board();
        let (arrow, direction) = match facts.direction.as_str() {
            "inbound" => (icons::ARROW_IN, board.say(words::INBOUND)),
            "outbound" => (icons::ARROW_OUT, board.say(words::OUTBOUND)),
            _ => (NO_ARROW, "–".to_owned()),
        };
        if shown.arrow != arrow {
            self.arrow.draw(arrow);
            let class = if arrow == NO_ARROW { "dirc no" } else { "dirc" };
            self.direction.set_class_name(class);
            shown.arrow = arrow;
        }
        match word {
            Some(word) => self.put(shown, STATE, &board.say(word)),
            None => self.put(shown, STATE, &facts.state),
        }
        self.put(shown, NAME, &facts.name);
        self.put(shown, NUMBER, &facts.number);
        self.put(shown, GROUP, &wall.group_name(&facts.group));
        match facts.party.as_str() {
            "" => self.put(shown, PARTY, "–"),
            party => self.put(shown, PARTY, &board.shown(party)),
        }
        self.put(shown, DIRECTION, &direction);
        shown.since = facts.since;
        self.put(shown, TIME, &clock(now.saturating_sub(facts.since)));
    }
}

struct Inside {
    wall: Wall,
    table: El,
    scroller: HtmlElement,
    spacer: HtmlElement,
    strip: El,
    pool: RefCell<Vec<Slot>>,
    /// Height of a row and of the view, px.
    height: Cell<i32>,
    seen: Cell<i32>,
    tall: Cell<usize>,
    /// The agent whose row is the tab stop.
    focus: RefCell<String>,
    /// The slot that has the focus, and the one that has the buttons.
    focused: Cell<Option<usize>>,
    strip_in: Cell<Option<usize>>,
    /// The row that gets the focus as soon as it is at hand.
    to_focus: Cell<Option<usize>>,
    /// The focus goes where its agent is now.
    follows: Cell<bool>,
}

/// The rows of a wall. Clones are of the same ones.
#[derive(Clone)]
pub struct Rows(Rc<Inside>);

impl Rows {
    /// The table of a wall.
    pub fn new(wall: &Wall) -> Self {
        let spacer = el("div", "spacer");
        let scroller = el("div", "scroller")
            .attr("role", "rowgroup")
            .attr("tabindex", "-1")
            .with(spacer.clone());
        let (named, counted, empty) = (wall.board().clone(), wall.clone(), wall.clone());
        let table = el("div", "tb")
            .attr("role", "table")
            .live("aria-label", move || Some(named.say(words::AGENTS)))
            .live("aria-rowcount", move || {
                counted.0.sized.track();
                Some((counted.0.view.borrow().shown + 1).to_string())
            })
            .with(head(wall))
            .with(scroller.clone())
            .with_live(move || {
                empty.0.sized.track();
                let nobody = {
                    let view = empty.0.view.borrow();
                    view.total > 0 && view.shown == 0
                };
                match nobody {
                    true => vec![still("p", "none t3", &empty.board().say(words::NO_MATCH))],
                    false => Vec::new(),
                }
            });
        let html = |el: &El| -> HtmlElement { el.element().clone().unchecked_into() };
        let rows = Rows(Rc::new(Inside {
            wall: wall.clone(),
            table,
            scroller: html(&scroller),
            spacer: html(&spacer),
            strip: actions::strip(wall),
            pool: RefCell::default(),
            height: Cell::new(0),
            seen: Cell::new(0),
            tall: Cell::new(0),
            focus: RefCell::default(),
            focused: Cell::new(None),
            strip_in: Cell::new(None),
            to_focus: Cell::new(None),
            follows: Cell::new(false),
        }));
        rows.listen(scroller);
        rows.watch();
        rows
    }

    /// The table's element.
    pub fn table(&self) -> El {
        self.0.table.clone()
    }

    fn listen(&self, scroller: El) {
        let this = Rc::downgrade(&self.0);
        let on = move |run: fn(&Rows, &Event)| {
            let this = this.clone();
            move |event: Event| {
                if let Some(inside) = this.upgrade() {
                    untrack(|| run(&Rows(inside), &event));
                }
            }
        };
        type Listens = (&'static str, fn(&Rows, &Event));
        let listens: [Listens; 7] = [
            ("scroll", |rows, _| rows.scrolled()),
            ("pointerenter", |rows, _| rows.0.wall.hand(0, true)),
            ("pointerleave", |rows, _| rows.0.wall.hand(0, false)),
            ("pointerover", |rows, event| rows.hover(event)),
            ("focusin", |rows, event| rows.focus_in(event)),
            ("focusout", |rows, event| rows.focus_out(event)),
            ("keydown", |rows, event| rows.key(event.unchecked_ref())),
        ];
        listens
            .into_iter()
            .fold(scroller, |scroller, (event, run)| {
                scroller.on(event, on(run))
            });
    }

    fn watch(&self) {
        let wall = &self.0.wall;
        let sized = Rc::downgrade(&self.0);
        observe(
            "ResizeObserver",
            &self.0.scroller,
            &JsValue::UNDEFINED,
            move || {
                if let Some(inside) = sized.upgrade() {
                    untrack(|| Rows(inside).measure());
                }
            },
        );
        let (this, viewed) = (Rc::downgrade(&self.0), wall.clone());
        watch(move || {
            viewed.0.viewed.track();
            if let Some(inside) = this.upgrade() {
                untrack(|| Rows(inside).follow());
            }
        });
        let (this, named) = (Rc::downgrade(&self.0), wall.clone());
        watch(move || {
            named.0.grouped.track();
            named.board().lang();
            if let Some(inside) = this.upgrade() {
                untrack(|| Rows(inside).name());
            }
        });
        let (this, board) = (Rc::downgrade(&self.0), wall.board().clone());
        watch(move || {
            let now = board.time();
            if let Some(inside) = this.upgrade() {
                untrack(|| Rows(inside).tick(now));
            }
        });
    }

    /// How much room there is, and how high a row is: either may be other than before.
    pub fn measure(&self) {
        let this = &self.0;
        let seen = this.scroller.client_height();
        if seen <= 0 {
            return;
        }
        if this.pool.borrow().is_empty() {
            this.fill(1);
        }
        let height = this.pool.borrow().first().map_or(0, Slot::height);
        let before = this.height.replace(height);
        if height <= 0 || this.seen.replace(seen) == seen && height == before {
            return;
        }
        let first = this.wall.0.want.borrow().first;
        let count = seen / height + 1;
        this.fill(count as usize + 2);
        this.wall.want(|want| want.count = count as usize);
        if before > 0 && height != before {
            for slot in this.pool.borrow().iter() {
                if let Some(index) = slot.shown.borrow().index {
                    slot.stand(index, height);
                }
            }
            // What is looked at stays where it is.
            let top = (first as i32).saturating_mul(height);
            this.scroller.set_scroll_top(top);
        }
        match this.index_of_focus() {
            Some(index) => self.go(index),
            None => self.scrolled(),
        }
        self.draw();
    }

    /// A scroll shows what is at hand at once, and asks for more before it comes to an end.
    fn scrolled(&self) {
        let height = self.0.height.get();
        if height <= 0 {
            return;
        }
        let first = (self.0.scroller.scroll_top() / height).max(0) as usize;
        let wall = &self.0.wall;
        let before = wall.0.want.borrow().first;
        if first == before {
            return;
        }
        let enough = {
            let (view, want) = (wall.0.view.borrow(), wall.0.want.borrow());
            let end = view.from + view.rows.len();
            (view.from == 0 || first >= view.from + 20)
                && (end >= view.shown || first + want.count + 20 <= end)
        };
        if enough {
            // It need not be told yet.
            wall.0.want.borrow_mut().first = first;
            wall.0.moved.notify();
        } else {
            wall.want(|want| want.first = first);
        }
        self.draw();
    }

    /// There is another view.
    fn follow(&self) {
        let this = &self.0;
        let (shown, focus) = {
            let view = this.wall.0.view.borrow();
            (view.shown, view.focus)
        };
        let height = this.height.get();
        if this.tall.replace(shown) != shown || height == 0 {
            let tall = (shown as i32).saturating_mul(height).to_string();
            let _ = this
                .spacer
                .style()
                .set_property("height", &[&tall, "px"].concat());
        }
        self.draw();
        if let Some(index) = focus
            && this.follows.replace(false)
        {
            self.go(index);
        }
    }

    /// The same facts have other names now.
    fn name(&self) {
        for slot in self.0.pool.borrow().iter() {
            slot.shown.borrow_mut().facts = None;
        }
        self.draw();
    }

    fn draw(&self) {
        let this = &self.0;
        let (wall, height) = (&this.wall, this.height.get());
        let now = wall.board().time();
        let first = wall.0.want.borrow().first.saturating_sub(1);
        {
            let (pool, view) = (this.pool.borrow(), wall.0.view.borrow());
            let stop = this.focus.borrow().clone();
            let stop = match view.of(&stop) {
                Some(_) => stop,
                None => view.at(first).map(|f| f.number.clone()).unwrap_or_default(),
            };
            for index in first..first + pool.len() {
                let place = index % pool.len();
                let Some(slot) = pool.get(place) else {
                    continue;
                };
                let before = slot.shown.borrow().number.clone();
                slot.show(wall, index, view.at(index), height, now);
                let shown = &mut *slot.shown.borrow_mut();
                let is_stop = shown.number == stop && !stop.is_empty();
                if shown.is_stop != is_stop {
                    shown.is_stop = is_stop;
                    let _ = slot
                        .row
                        .set_attribute("tabindex", if is_stop { "0" } else { "-1" });
                }
                if this.strip_in.get() == Some(place) {
                    this.dress(shown.in_call);
                }
                if before != shown.number && this.focused.get() == Some(place) {
                    // Keys must not mean somebody else all of a sudden.
                    this.focused.set(None);
                    this.to_focus.set(this.to_focus.get().or(Some(usize::MAX)));
                }
            }
        }
        self.take_focus();
    }

    /// The focus goes to the row that it was meant for, where that is drawn by now.
    fn take_focus(&self) {
        let Some(index) = self.0.to_focus.get() else {
            return;
        };
        let to = {
            let pool = self.0.pool.borrow();
            let at = |slot: &&Slot| slot.shown.borrow().index == Some(index);
            pool.iter().find(at).map(|slot| slot.row.clone())
        };
        match to {
            Some(row) => {
                self.0.to_focus.set(None);
                let _ = row.focus();
            }
            None if index == usize::MAX => {
                self.0.to_focus.set(None);
                let _ = self.0.scroller.focus();
            }
            None => {}
        }
    }

    fn tick(&self, now: u64) {
        for slot in self.0.pool.borrow().iter() {
            let shown = &mut *slot.shown.borrow_mut();
            if shown.index.is_some() {
                let time = clock(now.saturating_sub(shown.since));
                slot.put(shown, TIME, &time);
            }
        }
    }

    /// The slot that an event is about.
    fn slot_of(&self, event: &Event) -> Option<usize> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let row = target.closest(".tr").ok().flatten()?;
        let pool = self.0.pool.borrow();
        pool.iter()
            .position(|slot| *slot.row.unchecked_ref::<Element>() == row)
    }

    fn hover(&self, event: &Event) {
        if let Some(place) = self.slot_of(event) {
            self.put_strip(place);
        }
    }

    /// The buttons stand in the row that is looked at.
    fn put_strip(&self, place: usize) {
        let this = &self.0;
        if this.strip_in.replace(Some(place)) == Some(place) {
            return;
        }
        if let Some(slot) = this.pool.borrow().get(place) {
            this.dress(slot.shown.borrow().in_call);
            let _ = slot.end.append_child(this.strip.element());
        }
    }

    fn focus_in(&self, event: &Event) {
        let this = &self.0;
        if let Some(place) = self.slot_of(event) {
            this.focused.set(Some(place));
            self.put_strip(place);
            if let Some(slot) = this.pool.borrow().get(place) {
                this.focus
                    .borrow_mut()
                    .clone_from(&slot.shown.borrow().number);
            }
        }
        this.wall.hand(1, true);
    }

    fn focus_out(&self, event: &Event) {
        let this = &self.0;
        this.focused.set(None);
        let to = event.unchecked_ref::<FocusEvent>().related_target();
        let to = to.and_then(|to| to.dyn_into::<Node>().ok());
        if !this.scroller.contains(to.as_ref()) {
            this.wall.hand(1, false);
        }
    }

    /// The agent in whose row the buttons stand.
    pub fn under_hand(&self) -> Option<Facts> {
        let number = {
            let pool = self.0.pool.borrow();
            let slot = pool.get(self.0.strip_in.get()?)?;
            slot.shown.borrow().number.clone()
        };
        self.0.wall.facts(&number)
    }

    /// The agent whose row has the focus.
    fn focused(&self) -> Option<Facts> {
        self.0.focused.get()?;
        let number = self.0.focus.borrow().clone();
        self.0.wall.facts(&number)
    }

    /// Gives the focus to the row at a place.
    fn go(&self, index: usize) {
        let this = &self.0;
        let height = this.height.get();
        let top = (index as i32).saturating_mul(height);
        let (scrolled, seen) = (this.scroller.scroll_top(), this.scroller.client_height());
        if top < scrolled {
            this.scroller.set_scroll_top(top);
        } else if top + height > scrolled + seen {
            this.scroller.set_scroll_top(top + height - seen);
        }
        this.to_focus.set(Some(index));
        self.scrolled();
        self.take_focus();
    }

    /// Gives the focus back to the row that had it last.
    pub fn back(&self) {
        let focus = self.0.focus.borrow().clone();
        let at = self.0.wall.0.view.borrow().of(&focus).map(|(at, _)| at);
        if let Some(at) = at {
            self.go(at);
        }
    }

    /// The focus goes with its agent when the rows are put in order.
    pub fn follow_focus(&self) {
        let focus = self.0.focus.borrow().clone();
        self.0.follows.set(!focus.is_empty());
        self.0.wall.want(|want| want.focus = focus);
    }

    /// How far below the head of the table the row of an agent begins and ends, px.
    pub fn place_of(&self, number: &str) -> (i32, i32) {
        let this = &self.0;
        let at = this.wall.0.view.borrow().of(number).map_or(0, |(at, _)| at);
        let height = this.height.get();
        let top = (at as i32).saturating_mul(height) - this.scroller.scroll_top();
        let top = this.scroller.offset_top() + self.table_top() + top;
        (top, top + height)
    }

    fn table_top(&self) -> i32 {
        let table = self.0.table.element().dyn_ref::<HtmlElement>();
        table.map_or(0, HtmlElement::offset_top)
    }

    fn key(&self, event: &KeyboardEvent) {
        let this = &self.0;
        let key = event.key();
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let page = this.wall.0.want.borrow().count.saturating_sub(2).max(1);
        let (last, at, first) = {
            let view = this.wall.0.view.borrow();
            let at = view.of(&this.focus.borrow()).map(|(at, _)| at);
            (
                view.shown.saturating_sub(1),
                at,
                this.wall.0.want.borrow().first,
            )
        };
        let from = at.unwrap_or(first);
        let to = match key.as_str() {
            "ArrowDown" => from + usize::from(at.is_some()),
            "ArrowUp" => from.saturating_sub(1),
            "PageDown" => from + page,
            "PageUp" => from.saturating_sub(page),
            "Home" => 0,
            "End" => last,
            _ => {
                let Some(facts) = self.focused() else { return };
                // A button in the row answers to Enter itself.
                let in_row = event
                    .target()
                    .and_then(|target| target.dyn_into::<Element>().ok())
                    .is_some_and(|target| target.tag_name() == "BUTTON");
                if in_row || !actions::key(&this.wall, &key, &facts) {
                    return;
                }
                event.prevent_default();
                event.stop_propagation();
                return;
            }
        };
        event.prevent_default();
        event.stop_propagation();
        self.go(to.min(last));
    }
}

impl Inside {
    /// Has so many slots. Each that still shows somebody who is looked at goes on, so that the focus and the pointer stay where
    /// they are: it has another place among the others now.
    fn fill(&self, count: usize) {
        let mut before = self.pool.take();
        let held = self.focused.take();
        let held = held.and_then(|at| before.get(at).map(|slot| slot.row.clone()));
        let has_focus = |slot: &Slot| held.as_ref() == Some(&slot.row);
        // Where two want the same place it is the one's with the focus.
        before.sort_by_key(|slot| !has_focus(slot));
        let mut places: Vec<Option<Slot>> = std::iter::repeat_with(|| None).take(count).collect();
        let mut spare = Vec::new();
        for slot in before {
            let index = slot.shown.borrow().index;
            let place = index.and_then(|index| places.get_mut(index % count));
            match place.filter(|place| place.is_none()) {
                Some(place) => *place = Some(slot),
                None => spare.push(slot),
            }
        }
        let anew = || slot().inspect(|slot| drop(self.spacer.append_child(&slot.row)));
        let pool: Vec<Slot> = places
            .into_iter()
            .filter_map(|place| place.or_else(|| spare.pop()).or_else(anew))
            .collect();
        for slot in spare {
            slot.row.remove();
        }
        self.focused.set(pool.iter().position(has_focus));
        let strip = self.strip.element();
        let dressed = |slot: &Slot| slot.end.contains(Some(strip));
        self.strip_in.set(pool.iter().position(dressed));
        *self.pool.borrow_mut() = pool;
        let shown = self.wall.0.view.borrow().shown;
        self.tall.set(shown);
        let tall = (shown as i32).saturating_mul(self.height.get()).to_string();
        let tall = [&tall, "px"].concat();
        let _ = self.spacer.style().set_property("height", &tall);
    }

    /// The place of the row that has the focus.
    fn index_of_focus(&self) -> Option<usize> {
        let pool = self.pool.borrow();
        pool.get(self.focused.get()?)?.shown.borrow().index
    }

    /// The buttons are those for somebody in a call, or not.
    fn dress(&self, in_call: bool) {
        let class = if in_call { "ra" } else { "ra quiet" };
        if self.strip.element().class_name() != class {
            self.strip.element().set_class_name(class);
        }
    }
}

/// The names of the columns, by which one sorts.
fn head(wall: &Wall) -> El {
    let mut row = el("div", "tr th")
        .attr("role", "row")
        .attr("aria-rowindex", "1");
    for (column, word) in COLUMNS {
        let (named, sorted, pressed) = (wall.board().clone(), wall.clone(), wall.clone());
        let button = el("button", "")
            .attr("type", "button")
            .with(el("span", "").say(move || named.say(word)))
            .with(icon("i xs", icons::SORT))
            .on("click", move |_| {
                pressed.want(|want| {
                    want.down = want.sort == column && !want.down;
                    want.sort = column;
                    want.first = 0;
                });
                if let Some(rows) = &*pressed.0.rows.borrow() {
                    rows.0.scroller.set_scroll_top(0);
                }
            });
        let class = if column == "time" { "r" } else { "" };
        row = row.with(
            el("span", class)
                .attr("role", "columnheader")
                .live("aria-sort", move || {
                    sorted.0.wanted.track();
                    let want = sorted.0.want.borrow();
                    let order = match want.down {
                        true => "descending",
                        false => "ascending",
                    };
                    (want.sort == column).then(|| order.to_owned())
                })
                .with(button),
        );
    }
    let named = wall.board().clone();
    let acts = el("span", "r t3")
        .attr("role", "columnheader")
        .say(move || named.say(words::ACTIONS));
    el("div", "heads")
        .attr("role", "rowgroup")
        .with(row.with(acts))
}
