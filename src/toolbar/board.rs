//! What the controls read: a picture of the session, the language, the time.

use super::picture::Picture;
use super::scene::Scene;
use super::words::Word;
use crate::browser::clock::now;
use crate::client::{Client, Watch};
use agent::{Fault, Lang, Session};
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

struct Inside {
    picture: RefCell<Picture>,
    picture_changed: ArcTrigger,
    scene: Cell<Scene>,
    scene_changed: ArcTrigger,
    lang: Cell<Lang>,
    lang_changed: ArcTrigger,
    tick: Cell<u64>,
    ticked: ArcTrigger,
    notice: RefCell<Option<Fault>>,
    notice_changed: ArcTrigger,
    /// When the set of controls changed last.
    controls_since: Cell<u64>,
}

/// Where the picture hangs. Clones show the same one. Whoever reads while an effect runs is run again on a change.
#[derive(Clone)]
pub struct Board(Rc<Inside>);

impl Board {
    /// A board for a session.
    pub fn new(session: &Session, lang: Lang) -> Self {
        let picture = Picture::of(session);
        Board(Rc::new(Inside {
            scene: Cell::new(Scene::of(&picture)),
            picture: RefCell::new(picture),
            picture_changed: ArcTrigger::new(),
            scene_changed: ArcTrigger::new(),
            lang: Cell::new(lang),
            lang_changed: ArcTrigger::new(),
            tick: Cell::new(now().mono),
            ticked: ArcTrigger::new(),
            notice: RefCell::new(None),
            notice_changed: ArcTrigger::new(),
            controls_since: Cell::new(0),
        }))
    }

    /// Shows a new picture where something changed.
    pub fn follow(&self, picture: Picture) {
        if *self.0.picture.borrow() == picture {
            return;
        }
        let scene = Scene::of(&picture);
        *self.0.picture.borrow_mut() = picture;
        self.0.tick.set(now().mono);
        if self.0.scene.replace(scene) != scene {
            self.0.controls_since.set(now().mono);
            *self.0.notice.borrow_mut() = None;
            self.0.scene_changed.notify();
        }
        self.0.picture_changed.notify();
    }

    /// Reads from the picture.
    pub fn read<T>(&self, read: impl FnOnce(&Picture) -> T) -> T {
        self.0.picture_changed.track();
        read(&self.0.picture.borrow())
    }

    /// What the bar shows.
    pub fn scene(&self) -> Scene {
        self.0.scene_changed.track();
        self.0.scene.get()
    }

    /// ms of the server's clock, moved once a second for all clocks at once.
    pub fn time(&self) -> u64 {
        self.0.ticked.track();
        let offset = self.0.picture.borrow().offset;
        self.0.tick.get().saturating_add_signed(offset)
    }

    /// ms of the clock that never goes back, moved with [`Board::time`].
    pub fn mono(&self) -> u64 {
        self.0.ticked.track();
        self.0.tick.get()
    }

    /// A second has passed.
    pub fn tick(&self) {
        self.0.tick.set(now().mono);
        self.0.ticked.notify();
    }

    /// What went wrong last, until the state changes or the agent closes it.
    pub fn notice(&self) -> Option<Fault> {
        self.0.notice_changed.track();
        self.0.notice.borrow().clone()
    }

    /// Shows what went wrong, or no longer.
    pub fn set_notice(&self, fault: Option<Fault>) {
        *self.0.notice.borrow_mut() = fault;
        self.0.notice_changed.notify();
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.0.lang_changed.track();
        self.0.lang.get()
    }

    /// Speaks another language from now on.
    pub fn set_lang(&self, lang: Lang) {
        self.0.lang.set(lang);
        self.0.lang_changed.notify();
    }

    /// A text in the present language.
    pub fn say(&self, word: Word) -> String {
        word.say(self.lang()).to_owned()
    }

    /// Whether a press is likely to be meant for a control that was here a moment ago.
    pub fn too_early(&self) -> bool {
        now().mono < self.0.controls_since.get() + 400
    }
}

impl Watch for Board {
    fn changed(&self, client: &Client) {
        // Drawing may move the focus, and a page that hears of that may call back in: the picture is taken first.
        let picture = client.with(Picture::of);
        self.follow(picture);
    }

    fn went_wrong(&self, fault: &Fault) {
        self.set_notice(Some(fault.clone()));
    }

    fn speak(&self, lang: Lang) {
        self.set_lang(lang);
    }
}

/// `mm:ss`, from an hour on `h:mm:ss`.
pub fn clock(ms: u64) -> String {
    let s = ms / 1000;
    let mut out = String::new();
    if s >= 3600 {
        out.push_str(&(s / 3600).to_string());
        out.push(':');
    }
    for (n, end) in [(s / 60 % 60, ":"), (s % 60, "")] {
        if n < 10 {
            out.push('0');
        }
        out.push_str(&n.to_string());
        out.push_str(end);
    }
    out
}
