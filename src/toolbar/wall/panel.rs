//! The wall itself: asks what the agents do, one question at a time, and shows what the list makes of the answers.

use super::super::board::Board;
use super::super::dom::{El, el, watch};
use super::super::icons::{self, icon};
use super::super::picture::Picture;
use super::super::scene::Scene;
use super::super::shared::act::close;
use super::super::shared::text::filled;
use super::super::watching::{self, Wish};
use super::super::words;
use super::actions::{self, Opened};
use super::rows::Rows;
use super::view::{Facts, View, Want, thousands};
use super::{Sheet, filters, stand, tiles};
use crate::browser::clock::now;
use crate::browser::{Callback, callback};
use crate::client::Client;
use agent::Command;
use agent::json::{Object, Value, quote};
use agent::session::Link;
use reactive_graph::graph::untrack;
use reactive_graph::owner::on_cleanup;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// How long an answer may take until the question is asked once more, ms.
const PATIENCE: u64 = 10_000;
/// How often each is asked where there is one group, ms. Where there are several, one of them is asked each second.
const PAUSE: u64 = 2000;
/// How often the last hour is drawn anew, ms.
const HOUR_EACH: u64 = 10_000;

/// Where the wall is with its questions.
#[derive(Default)]
struct Asking {
    /// The last question, and when it was asked, ms of the clock that never goes back.
    open: Option<(i64, u64)>,
    asked: u64,
    answered: Option<u64>,
    /// Which group is next.
    turn: usize,
    /// When the list was told the time, and whether it had heard of all groups then.
    told: Option<u64>,
    knew: bool,
}

/// What all parts of the wall share.
pub struct Inside {
    /// What is shown of the session.
    pub board: Board,
    /// To whom commands go.
    pub client: Rc<Client>,
    /// To be closed by.
    pub sheet: Sheet,
    /// The newest view.
    pub view: RefCell<View>,
    /// There is another one.
    pub viewed: ArcTrigger,
    /// In it, there are not as many of each kind as there were.
    pub counted: ArcTrigger,
    /// In it, there are not as many rows or changes as there were.
    pub sized: ArcTrigger,
    /// Another part of it is looked at.
    pub moved: ArcTrigger,
    /// What is wanted.
    pub want: RefCell<Want>,
    /// That is something else now.
    pub wanted: ArcTrigger,
    /// Ids and names of groups.
    pub groups: RefCell<Vec<(String, String)>>,
    /// There are others.
    pub grouped: ArcTrigger,
    /// The last hour, as JSON.
    pub hour: RefCell<String>,
    /// It is another one.
    pub houred: ArcTrigger,
    /// What stands over the table: a menu, a question.
    pub opened: RefCell<Option<Opened>>,
    /// Something else does.
    pub opened_changed: ArcTrigger,
    /// What can be taken back, until when.
    pub undo: RefCell<Option<actions::Undo>>,
    /// That is something else now.
    pub undo_changed: ArcTrigger,
    /// The table.
    pub rows: RefCell<Option<Rows>>,
    asking: RefCell<Asking>,
    answered: ArcTrigger,
    failed: Cell<bool>,
    /// The pointer, the focus or a question is in the table.
    hands: Cell<[bool; 3]>,
}

/// The wall. Clones are of the same one.
#[derive(Clone)]
pub struct Wall(pub Rc<Inside>);

impl Wall {
    /// The board.
    pub fn board(&self) -> &Board {
        &self.0.board
    }

    /// Wants something else from now on.
    pub fn want(&self, change: impl FnOnce(&mut Want)) {
        let before = self.0.want.borrow().clone();
        change(&mut self.0.want.borrow_mut());
        if *self.0.want.borrow() == before {
            return;
        }
        self.tell_want();
        self.0.wanted.notify();
        self.0.moved.notify();
    }

    fn tell_want(&self) {
        let limits = untrack(|| self.limits());
        let message = self.0.want.borrow().message(&limits);
        self.0.client.wall_say(&message);
    }

    /// The page's `wallLimits`, given in s by kind of state, as the list wants them, in ms.
    pub fn limits(&self) -> String {
        let given = self.board().hooks().given("wallLimits").unwrap_or_default();
        let mut limits = Object::new();
        for (name, value) in Value::parse(&given).unwrap_or_default().members() {
            if let (Some(name), Some(s)) = (name.text(), value.number()) {
                limits.number(&name, s.saturating_mul(1000));
            }
        }
        limits.finish()
    }

    /// A hand is in the table, or no longer: the order stays meanwhile. 0 the pointer, 1 the focus, 2 a question.
    pub fn hand(&self, which: usize, is_in: bool) {
        let mut hands = self.0.hands.get();
        if let Some(hand) = hands.get_mut(which) {
            *hand = is_in;
        }
        self.0.hands.set(hands);
        self.want(|want| want.hold = hands.contains(&true));
    }

    /// Puts the rows in order although a hand is in the table.
    fn reorder(&self) {
        self.want(|want| want.hold = false);
        let hands = self.0.hands.get();
        self.want(|want| want.hold = hands.contains(&true));
        if let Some(rows) = &*self.0.rows.borrow() {
            rows.follow_focus();
        }
    }

    /// The name of a group.
    pub fn group_name(&self, id: &str) -> String {
        let groups = self.0.groups.borrow();
        let found = groups.iter().find(|(known, _)| known == id);
        found.map_or(id, |(_, name)| name).to_owned()
    }

    /// The row of an agent as it is now.
    pub fn facts(&self, number: &str) -> Option<Facts> {
        let view = self.0.view.borrow();
        let (_, facts) = view.of(number)?;
        (!facts.gone).then(|| facts.clone())
    }

    /// The list tells something.
    fn told(&self, text: &str) {
        let told = Value::parse(text).unwrap_or_default();
        let Some((name, value)) = told.members().next() else {
            return;
        };
        match name.raw() {
            "\"v\"" => {
                let view = View::read(told, &self.0.view.borrow());
                let before = self.0.view.replace(view);
                let (counts, sizes) = {
                    let view = self.0.view.borrow();
                    (before.counts == view.counts, before.sizes() == view.sizes())
                };
                if !counts {
                    self.0.counted.notify();
                }
                if !sizes {
                    self.0.sized.notify();
                }
                self.0.viewed.notify();
            }
            "\"answered\"" => {
                let mut asking = self.0.asking.borrow_mut();
                if asking.open.map(|(number, _)| number) == value.number() {
                    asking.open = None;
                }
                asking.answered = Some(now().mono);
            }
            "\"groups\"" => {
                let pair = |one: Value<'_>| {
                    let mut texts = one.items().map(Value::string);
                    (
                        texts.next().unwrap_or_default(),
                        texts.next().unwrap_or_default(),
                    )
                };
                *self.0.groups.borrow_mut() = value.items().map(pair).collect();
                self.0.grouped.notify();
            }
            "\"series\"" => {
                *self.0.hour.borrow_mut() = value.raw().to_owned();
                self.0.houred.notify();
            }
            "\"failed\"" => {
                self.0.failed.set(true);
                self.0.answered.notify();
            }
            _ => {}
        }
    }

    /// A second has passed.
    fn tick(&self, server: u64, mono: u64) {
        let inside = &self.0;
        let groups = inside.client.with(|session| session.profile().groups.len());
        let tells = {
            let mut asking = inside.asking.borrow_mut();
            let knows = asking.open.is_none() && asking.turn >= groups.max(1);
            let tells =
                asking.told.is_none_or(|told| mono >= told + HOUR_EACH) || knows && !asking.knew;
            if tells {
                asking.knew = knows;
                asking.told = Some(mono);
            }
            tells
        };
        if tells {
            let mut message = Object::new();
            message.number("tick", server as i64);
            if let Some(waiting) = inside.board.read(|p| p.waiting) {
                message.number("queue", waiting);
            }
            inside.client.wall_say(&message.finish());
        }
        self.ask(mono);
    }

    /// Asks about the next group, unless an answer is still to come.
    fn ask(&self, mono: u64) {
        let may = |p: &Picture| p.link == Link::Up && p.allows("surveillance");
        if !self.board().read(may) {
            return;
        }
        let chosen = self.0.want.borrow().group.clone();
        let groups = self.0.client.with(|session| {
            let groups = &session.profile().groups;
            groups
                .iter()
                .map(|group| group.id.clone())
                .collect::<Vec<_>>()
        });
        let group = {
            let mut asking = self.0.asking.borrow_mut();
            let waits = asking.open.is_some_and(|(_, at)| mono < at + PATIENCE);
            let one = !chosen.is_empty() || groups.len() < 2;
            // The clock does not tick to the ms.
            if waits || (one && asking.asked > 0 && mono + 100 < asking.asked + PAUSE) {
                return;
            }
            asking.asked = mono;
            asking.turn = asking.turn.wrapping_add(1);
            let turn = asking.turn.checked_rem(groups.len()).unwrap_or(0);
            match groups.get(turn) {
                Some(group) if chosen.is_empty() => group.clone(),
                _ => chosen,
            }
        };
        let mut filter = Vec::new();
        if !group.is_empty() {
            let mut id = String::new();
            quote(&mut id, &group);
            filter.push(("groupId".to_owned(), id));
        }
        // Whoever is told of it may look at the wall.
        let asked = self.0.client.command(Command::Surveillance { filter });
        if let Ok(Some(number)) = asked {
            self.0.asking.borrow_mut().open = Some((number, mono));
            let mut message = Object::new();
            message.number("ask", number).text("group", &group);
            self.0.client.wall_say(&message.finish());
        }
    }

    /// How new the list is.
    fn live(&self) -> String {
        let board = self.board();
        self.0.answered.track();
        if self.0.failed.get() {
            return board.say(words::WALL_MISSING);
        }
        let mono = board.mono();
        let Some(answered) = self.0.asking.borrow().answered else {
            return board.say(words::CONNECTING);
        };
        let s = mono.saturating_sub(answered) / 1000;
        let word = if s > PATIENCE / 1000 {
            words::NOT_LIVE
        } else {
            words::LIVE_AGO
        };
        filled(&board.say(word), &s.to_string())
    }
}

/// Draws it.
pub fn panel(board: &Board, client: &Rc<Client>, sheet: &Sheet) -> El {
    let wall = Wall(Rc::new(Inside {
        board: board.clone(),
        client: client.clone(),
        sheet: sheet.clone(),
        view: RefCell::default(),
        viewed: ArcTrigger::new(),
        counted: ArcTrigger::new(),
        sized: ArcTrigger::new(),
        moved: ArcTrigger::new(),
        want: RefCell::new(Want {
            sort: "number",
            ..Want::default()
        }),
        wanted: ArcTrigger::new(),
        groups: RefCell::default(),
        grouped: ArcTrigger::new(),
        hour: RefCell::default(),
        houred: ArcTrigger::new(),
        opened: RefCell::new(None),
        opened_changed: ArcTrigger::new(),
        undo: RefCell::new(None),
        undo_changed: ArcTrigger::new(),
        rows: RefCell::new(None),
        asking: RefCell::default(),
        answered: ArcTrigger::new(),
        failed: Cell::new(false),
        hands: Cell::default(),
    }));
    begin(&wall);
    let rows = Rows::new(&wall);
    let table = rows.table();
    *wall.0.rows.borrow_mut() = Some(rows);
    let drawn = el("div", "wallp")
        .with(top(&wall))
        .with(tiles::tiles(&wall))
        .with(filters::filters(&wall))
        .with(table)
        .with_live(own_call(&wall))
        .with(foot(&wall))
        .with_live(actions::over(&wall));
    let (keys, pressed) = (wall.clone(), wall.clone());
    let drawn = drawn
        .on("keydown", move |event| key(&keys, event.unchecked_ref()))
        .on("pointerdown", move |event| {
            actions::elsewhere(&pressed, &event)
        });
    stand::stand(&wall, drawn)
}

/// Keeps the list and asks, until the wall is closed.
fn begin(wall: &Wall) {
    // The list outlives nobody, and must not keep the wall.
    let weak: Weak<Inside> = Rc::downgrade(&wall.0);
    let tell: Callback = callback(move |text: JsValue| {
        if let (Some(inside), Some(text)) = (weak.upgrade(), text.as_string()) {
            untrack(|| Wall(inside).told(&text));
        }
    });
    let client = &wall.0.client;
    client.wall(tell.as_ref());
    let kept = SendWrapper::new((wall.clone(), tell));
    on_cleanup(move || {
        let (wall, _) = &*kept;
        wall.0.client.wall(&JsValue::UNDEFINED);
        // Each of them holds the other.
        drop(wall.0.rows.take());
    });
    let ticks = Rc::downgrade(&wall.0);
    let board = wall.board().clone();
    watch(move || {
        let (server, mono) = (board.time(), board.mono());
        if let Some(inside) = ticks.upgrade() {
            untrack(|| Wall(inside).tick(server, mono));
        }
    });
    untrack(|| wall.tell_want());
}

/// Name, how new it is, the way out.
fn top(wall: &Wall) -> El {
    let (named, live, closed) = (wall.board().clone(), wall.clone(), wall.0.sheet.clone());
    el("div", "top")
        .with(icon("i", icons::WALL))
        .with(el("h2", "").say(move || named.say(words::WALL)))
        .with(el("span", "livetag num").say(move || live.live()))
        .with(close(wall.board(), move |_| closed.close()))
}

/// The supervisor's own part in a call, where there is one.
fn own_call(wall: &Wall) -> impl Fn() -> Vec<El> + 'static {
    let (board, client) = (wall.board().clone(), wall.0.client.clone());
    let wish = Wish::default();
    watching::carry_out(&board, &client, &wish);
    move || {
        if board.scene() != Scene::Watching {
            return Vec::new();
        }
        untrack(|| {
            let parts = watching::watching(&board, &client, &wish, board.masks());
            let way = board.clone();
            let bar = el("div", "own call stacked")
                .with_live(move || vec![icon("i st-i", way.read(watching::state).0)]);
            vec![parts.into_iter().fold(bar, El::with)]
        })
    }
}

/// Where in the list one is, what waits, what the keys do.
fn foot(wall: &Wall) -> El {
    let (place, waits) = (wall.clone(), wall.clone());
    let range = move || {
        place.0.sized.track();
        place.0.moved.track();
        let (shown, first, count) = {
            let (view, want) = (place.0.view.borrow(), place.0.want.borrow());
            (view.shown, want.first, want.count)
        };
        let last = (first + count).min(shown);
        let range = [
            thousands((first + 1).min(shown)),
            "–".to_owned(),
            thousands(last),
            " / ".to_owned(),
            thousands(shown),
        ]
        .concat();
        filled(&place.board().say(words::PEOPLE), &range)
    };
    let changes = move || {
        waits.0.sized.track();
        let pending = waits.0.view.borrow().pending;
        if pending == 0 {
            return Vec::new();
        }
        let text = filled(&waits.board().say(words::CHANGES), &thousands(pending));
        let wall = waits.clone();
        vec![
            el("button", "fc")
                .attr("type", "button")
                .attr("data-act", "applyChanges")
                .with(icon("i s", icons::REFRESH))
                .with(super::super::shared::text::still("span", "num", &text))
                .on("click", move |_| wall.reorder()),
        ]
    };
    let key = |keys: &[&str], word| {
        let board = wall.board().clone();
        let row = keys.iter().fold(el("span", "row k2"), |row, key| {
            row.with(super::super::shared::text::still("kbd", "kbd", key))
        });
        row.with(el("span", "").say(move || board.say(word)))
    };
    el("div", "foot")
        .with(el("span", "num").say(range))
        .with_live(changes)
        .with_live(actions::undo(wall))
        .with(el("span", "grow"))
        .with(key(&["↑", "↓"], words::KEYS_ROW))
        .with(key(&["Enter"], words::KEYS_ACTIONS))
        .with(key(&["L", "W", "B"], words::KEYS_TAKE_PART))
}

/// Keys of the wall that belong to no part of it.
fn key(wall: &Wall, event: &KeyboardEvent) {
    let typed = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target.tag_name() == "INPUT" || target.tag_name() == "SELECT");
    let plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key();
    match event.key().as_str() {
        "/" if plain && !typed => {
            event.prevent_default();
            event.stop_propagation();
            let sheet = event.current_target();
            let sheet = sheet.and_then(|sheet| sheet.dyn_into::<Element>().ok());
            let field = sheet.and_then(|s| s.query_selector("input").ok().flatten());
            if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                let _ = field.focus();
            }
        }
        "Escape" => {
            event.stop_propagation();
            // In the page it covers nothing.
            let sheet = event.current_target();
            let sheet = sheet.and_then(|sheet| sheet.dyn_into::<Element>().ok());
            if sheet.is_some_and(|sheet| sheet.closest(".pop").ok().flatten().is_some()) {
                wall.0.sheet.close();
            }
        }
        // In the bar they would mean whoever is under the pointer.
        "l" | "w" | "b" | "L" | "W" | "B" => event.stop_propagation(),
        _ => {}
    }
}
