//! What the controls read: a picture of the session, the language, the time.

use super::chip::Face;
use super::dom::El;
use super::parts;
use super::picture::Picture;
use super::scene::Scene;
use super::shared::live::Urgency;
use super::shared::popover::Popovers;
use super::transfer::Found;
use super::words::{self, Word};
use crate::browser::clock::now;
use crate::browser::get;
use crate::browser::host::Hooks;
use crate::browser::page::soon;
use crate::client::{Client, Watch};
use crate::pairing::PhoneFacts;
use agent::session::Received;
use agent::{Fault, Lang, number};
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

struct Inside {
    picture: RefCell<Picture>,
    picture_changed: ArcTrigger,
    scene: Cell<Scene>,
    scene_changed: ArcTrigger,
    lang: Cell<Lang>,
    lang_changed: ArcTrigger,
    /// The page's own texts in this language, by their keys.
    texts: RefCell<Option<JsValue>>,
    tick: Cell<u64>,
    ticked: ArcTrigger,
    notice: RefCell<Option<Fault>>,
    notice_changed: ArcTrigger,
    /// It came with what is being followed, and is not to go with it.
    notice_is_new: Cell<bool>,
    /// What the page adds.
    hooks: Rc<dyn Hooks>,
    page_changed: ArcTrigger,
    phone: RefCell<Option<PhoneFacts>>,
    phone_changed: ArcTrigger,
    /// Numbers are shown with their middle hidden.
    mask: bool,
    /// The bar, once it is drawn.
    bar: RefCell<Option<Element>>,
    /// When the set of controls changed last; none has yet: 0.
    controls_since: Cell<u64>,
    /// When the toolbar was drawn.
    drawn: u64,
    popovers: Popovers,
    found: Found,
    /// What is spoken politely, and at once.
    spoken: RefCell<[String; 2]>,
    spoken_changed: ArcTrigger,
    lines: RefCell<Option<Rc<dyn Lines>>>,
    lines_changed: ArcTrigger,
}

/// What the part draws in the bar, once it is there.
pub trait Lines {
    /// The line of a scene, if it has one.
    fn line(&self, scene: Scene) -> Option<Vec<El>>;
    /// The message of a scene, if it has one.
    fn message(&self, scene: Scene) -> Option<Vec<El>>;
    /// What went wrong, in the words of an agent.
    fn fault(&self, scene: Scene, fault: Fault) -> Vec<El>;
    /// What went wrong, in the page's words where it has some.
    fn sentence(&self, fault: &Fault) -> String;
    /// What the chip shows where that depends on more than the scene.
    fn state(&self, scene: Scene) -> Option<Face>;
    /// What the chip is called.
    fn chip_name(&self) -> String;
    /// What stands in the chip beside the state.
    fn chip(&self) -> Vec<El>;
    /// How many callers wait, and the wall.
    fn utilities(&self) -> Vec<El>;
    /// The number to call from, where the agent has chosen one.
    fn caller(&self) -> Option<String>;
    /// What went wrong while the bar has no room to say it.
    fn toast(&self) -> El;
    /// A message has come.
    fn heard(&self, received: &Received);
    /// A request has its outcome.
    fn settled(&self, client: &Client, sequence: i64, result: &Result<(), Fault>);
}

/// Where the picture hangs. Clones show the same one. Whoever reads while an effect runs is run again on a change.
#[derive(Clone)]
pub struct Board(Rc<Inside>);

impl Board {
    /// A board for a client's session. `mask`: numbers are shown with their middle hidden.
    pub fn new(
        picture: Picture,
        hooks: Rc<dyn Hooks>,
        phone: Option<PhoneFacts>,
        lang: Lang,
        mask: bool,
    ) -> Self {
        Board(Rc::new(Inside {
            scene: Cell::new(Scene::of(&picture)),
            picture: RefCell::new(picture),
            picture_changed: ArcTrigger::new(),
            scene_changed: ArcTrigger::new(),
            texts: RefCell::new(hooks.texts(lang)),
            lang: Cell::new(lang),
            lang_changed: ArcTrigger::new(),
            tick: Cell::new(now().mono),
            ticked: ArcTrigger::new(),
            notice: RefCell::new(None),
            notice_changed: ArcTrigger::new(),
            notice_is_new: Cell::new(false),
            hooks,
            page_changed: ArcTrigger::new(),
            phone: RefCell::new(phone),
            phone_changed: ArcTrigger::new(),
            mask,
            bar: RefCell::new(None),
            controls_since: Cell::new(0),
            drawn: now().mono,
            popovers: Popovers::new(),
            found: Found::default(),
            spoken: RefCell::default(),
            spoken_changed: ArcTrigger::new(),
            lines: RefCell::default(),
            lines_changed: ArcTrigger::new(),
        }))
    }

    /// Shows a new picture.
    pub fn follow(&self, picture: Picture) {
        let scene = Scene::of(&picture);
        *self.0.picture.borrow_mut() = picture;
        if self.0.scene.replace(scene) != scene {
            // The clocks of one scene move all at once, and not whenever some message comes.
            self.0.tick.set(now().mono);
            self.0.controls_since.set(now().mono);
            // That no call arrives is so in other states, too.
            let phone = self.0.phone.borrow().is_some() && scene != Scene::SignedOut;
            let stays = self.0.notice_is_new.get() || (phone && self.phone_lost());
            if !stays {
                *self.0.notice.borrow_mut() = None;
            }
            self.0.popovers.pass();
            self.0.scene_changed.notify();
        }
        self.0.picture_changed.notify();
        self.0.notice_is_new.set(false);
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
        self.0.notice_is_new.set(fault.is_some());
        *self.0.notice.borrow_mut() = fault;
        self.0.notice_changed.notify();
    }

    /// Whether the browser phone is known to be out of reach.
    pub fn phone_lost(&self) -> bool {
        use Fault::{PhoneDisconnected, PhoneNotRegistered, PhoneRegistrationFailed};
        let told = matches!(
            self.notice(),
            Some(PhoneDisconnected | PhoneNotRegistered | PhoneRegistrationFailed)
        );
        told && self.phone(|phone| phone.is_none_or(|phone| !phone.registered))
    }

    /// What the page adds; whoever asks while an effect runs is run again when the page gives something else.
    pub fn hooks(&self) -> Rc<dyn Hooks> {
        self.0.page_changed.track();
        self.0.hooks.clone()
    }

    /// Reads what there is to show of the browser phone.
    pub fn phone<T>(&self, read: impl FnOnce(Option<&PhoneFacts>) -> T) -> T {
        self.0.phone_changed.track();
        read(self.0.phone.borrow().as_ref())
    }

    /// A number as it is shown.
    pub fn shown(&self, number: &str) -> String {
        if self.0.mask {
            number::mask(number)
        } else {
            number.to_owned()
        }
    }

    /// What draws the lines of calls in full, where the part is there.
    pub fn lines(&self) -> Option<Rc<dyn Lines>> {
        self.0.lines_changed.track();
        self.0.lines.borrow().clone()
    }

    /// The part is there. Only the part may call this: the compiler sees what is given here, and where that can be
    /// reached from elsewhere it is not cut off.
    pub fn set_lines(&self, lines: Rc<dyn Lines>) {
        *self.0.lines.borrow_mut() = Some(lines);
        self.0.lines_changed.notify();
    }

    /// The toolbar is taken down.
    pub fn drop_lines(&self) {
        *self.0.lines.borrow_mut() = None;
    }

    /// Whether numbers are shown with their middle hidden.
    pub fn masks(&self) -> bool {
        self.0.mask
    }

    /// The bar is drawn.
    pub fn set_bar(&self, bar: &Element) {
        *self.0.bar.borrow_mut() = Some(bar.clone());
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.0.lang_changed.track();
        self.0.lang.get()
    }

    /// Speaks another language from now on.
    pub fn set_lang(&self, lang: Lang) {
        self.0.lang.set(lang);
        *self.0.texts.borrow_mut() = self.0.hooks.texts(lang);
        self.0.lang_changed.notify();
    }

    /// The page's own text under this key, in the present language: whoever is to be run again asks for that, too.
    pub fn own(&self, key: &str) -> Option<String> {
        // Not borrowed while it is read: a page's getter may call back in here.
        let texts = self.0.texts.borrow().clone()?;
        let text = get(&texts, key).as_string()?;
        // No button may be without a name.
        (!text.is_empty()).then_some(text)
    }

    /// A text in the present language.
    pub fn say(&self, word: Word) -> String {
        let lang = self.lang();
        let own = self.own(word.key());
        own.unwrap_or_else(|| word.say(lang).to_owned())
    }

    /// What went wrong, in the present language.
    pub fn sentence(&self, fault: &Fault) -> String {
        match self.lines() {
            Some(lines) => lines.sentence(fault),
            None => fault.message(self.lang()),
        }
    }

    /// Who a call can be given to.
    pub fn found(&self) -> Found {
        self.0.found.clone()
    }

    /// The popovers of the bar.
    pub fn popovers(&self) -> Popovers {
        self.0.popovers.clone()
    }

    /// Has something read out; what was said before in the same way is over.
    pub fn speak_of(&self, text: String, urgency: Urgency) {
        self.0.spoken.borrow_mut()[urgency as usize] = text;
        self.0.spoken_changed.notify();
    }

    /// What is being read out.
    pub fn spoken(&self, urgency: Urgency) -> String {
        self.0.spoken_changed.track();
        self.0.spoken.borrow()[urgency as usize].clone()
    }

    /// Whether it is too soon to say of a link that it is not there yet: mostly it comes within a moment, and what says so would
    /// only flash. Whoever asks while an effect runs is run again until it is not.
    pub fn is_patient(&self, scene: Scene) -> bool {
        let since = self.0.controls_since.get();
        let begins = match scene {
            // Where nothing was tried yet.
            Scene::NoLink => since == 0,
            scene => scene == Scene::Connecting { again: false },
        };
        begins && self.mono() < since.max(self.0.drawn) + 500
    }

    /// Presses a control of the bar; `false`: there is none.
    fn press(&self, selector: &str) -> bool {
        let bar = self.0.bar.borrow().clone();
        let found = bar.and_then(|bar| bar.query_selector(selector).ok().flatten());
        let control = found.and_then(|found| found.dyn_into::<HtmlElement>().ok());
        control.inspect(HtmlElement::click).is_some()
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

    fn awake(&self) {
        self.tick();
    }

    fn went_wrong(&self, fault: &Fault) {
        self.set_notice(Some(fault.clone()));
    }

    fn speak(&self, lang: Lang) {
        self.set_lang(lang);
    }

    fn heard(&self, received: &Received) {
        let lines = self.0.lines.borrow().clone();
        if let Some(lines) = lines {
            lines.heard(received);
        }
    }

    fn settled(&self, client: &Client, sequence: i64, result: &Result<(), Fault>) {
        let lines = self.0.lines.borrow().clone();
        if let Some(lines) = lines {
            lines.settled(client, sequence, result);
        }
    }

    fn phone(&self, client: &Client) {
        let facts = client.phone_facts();
        if *self.0.phone.borrow() != facts {
            *self.0.phone.borrow_mut() = facts;
            self.0.phone_changed.notify();
        }
    }

    fn page(&self, _client: &Client) {
        self.0.page_changed.notify();
    }

    fn panel(&self, name: Option<&str>) {
        let opens = name.is_some();
        let name = name.unwrap_or_else(|| {
            self.0.popovers.close(true);
            // The wall is none of these; its button closes it.
            "wall'][aria-expanded='true"
        });
        let opener = ["[data-act='", name, "']"].concat();
        if !self.press(&opener) && opens {
            // The part may still have to draw it.
            let board = self.clone();
            parts::ready(move |_| {
                soon(move || {
                    board.press(&opener);
                });
            });
        }
    }

    fn ringing(&self, client: &Client) -> Option<String> {
        let number = client.with(|session| session.call().map(|call| self.shown(&call.party)))?;
        Some([&self.say(words::RINGING), " ", &number].concat())
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
