//! The browser phone that is paired with the agent's session: the page's own (`softPhoneFactory`) or ours. We make it,
//! watch it, and let it answer the agent's own calls.

use crate::browser::{Callback, callback, get, page};
use agent::json::Value;
use agent::session::PhoneProfile;
use agent::{Fault, Lang};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What every phone of a page can do.
    #[derive(Clone)]
    type PagePhone;
    #[wasm_bindgen(method, catch)]
    fn on(this: &PagePhone, name: &str, listener: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn off(this: &PagePhone, name: &str, id: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, js_name = isRegistered)]
    fn is_registered(this: &PagePhone) -> JsValue;

    /// Of the shell: calls another method of a phone, with what is given, if anything; see `phone-desk.js`.
    #[wasm_bindgen(catch, js_name = callPhone)]
    fn call_phone(phone: &PagePhone, method: &str, given: &JsValue) -> Result<JsValue, JsValue>;

    /// Of the shell: a phone of this class, with what the platform said at login; see `phone-desk.js`.
    #[wasm_bindgen(catch, js_name = makePhone)]
    #[allow(clippy::too_many_arguments)] // each crossing costs as much as all of these together
    fn make_phone(
        factory: &js_sys::Function,
        port: &JsValue,
        lang: &str,
        host: &str,
        url: &str,
        domain: &str,
        account: &str,
        password: &str,
    ) -> Result<PagePhone, JsValue>;

    /// Of the shell: what the toolbar shows of our phone, and what it lets it do; see `phone-desk.js`.
    #[derive(Clone)]
    type Desk;
    #[wasm_bindgen(js_name = phoneDesk)]
    fn phone_desk(phone: &PagePhone, changed: &JsValue) -> Desk;
    #[wasm_bindgen(method)]
    fn told(this: &Desk, what: &str) -> Option<String>;
    #[wasm_bindgen(method, catch)]
    fn act(this: &Desk, name: &str, call: u32, given: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn end(this: &Desk);
}

impl PagePhone {
    /// Has it do what it has a method for: any phone of a page can `setAutoAnswer`, `answer`, `register`, `stop` and
    /// `disconnect`, ours can `expect` and `setLang` as well.
    fn do_with(&self, method: &str, given: &JsValue) -> Result<(), JsValue> {
        call_phone(self, method, given).map(drop)
    }

    fn do_it(&self, method: &str) -> Result<(), JsValue> {
        self.do_with(method, &JsValue::UNDEFINED)
    }
}

/// What there is to show of a phone.
#[derive(Clone, Debug, Default)]
pub struct PhoneFacts {
    /// What ours told: most of the rest.
    told: String,
    /// It is ours: of another only [`PhoneFacts::registered`] and [`PhoneFacts::auto_answer`] are known, and it can only
    /// answer, register and be told whether it answers by itself.
    pub own: bool,
    /// Calls can reach it.
    pub registered: bool,
    /// The calls on it, oldest first. A second one that rings is there and nowhere else.
    pub calls: Vec<PhoneCall>,
    /// How the present call sounds.
    pub quality: Option<Quality>,
    /// What makes a call sound bad.
    pub warnings: Vec<PhoneWarning>,
    /// It answers every call by itself.
    pub auto_answer: bool,
    /// The browser lets it ring only when somebody has touched the page.
    pub ring_blocked: bool,
}

impl PartialEq for PhoneFacts {
    fn eq(&self, other: &Self) -> bool {
        let rest = |facts: &Self| (facts.own, facts.registered, facts.auto_answer);
        rest(self) == rest(other) && self.told == other.told
    }
}

/// A call on our phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneCall {
    /// Its number in this page.
    pub id: u32,
    /// The platform's id; empty where the phone was not told.
    pub call_id: String,
    /// It came in.
    pub inbound: bool,
    /// `ringing` here, `answering`, `calling`, `early` (rings there), `talking`, `ended`.
    pub state: String,
    /// Since when, ms of the clock that never goes back.
    pub since: u64,
    /// The other party's name; may be empty.
    pub name: String,
    /// The other party's number, not masked.
    pub number: String,
    /// Held from here.
    pub held: bool,
    /// Held by the other party.
    pub held_by_peer: bool,
}

/// How a call sounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// Mean opinion score, hundredths: 100 to 450.
    pub mos: u32,
    /// Lost packets, hundredths of a percent.
    pub loss: u32,
    /// ms.
    pub jitter: u32,
    /// There and back, ms.
    pub round_trip: u32,
}

/// Something that makes a call sound bad, in the phone's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneWarning {
    /// One of those that begin with `WARN_`.
    pub code: String,
    /// What it is.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

/// What the toolbar has a phone do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhoneAct {
    /// Answers the call of this number; 0: the one that has rung longest. One that goes on is held.
    Answer(u32),
    /// Hangs up, takes back or refuses the call of this number.
    HangUp(u32),
    /// Registers, with a new phone where there is none.
    Register,
    /// Answers every call by itself, or no longer. Kept for the agent.
    AutoAnswer(bool),
    /// How loud it rings, percent. Kept for the agent.
    RingVolume(u32),
    /// The microphone by its id; empty: the system's. Kept for the agent, as the next two.
    Microphone(String),
    /// Where the other party is heard.
    Speaker(String),
    /// Where it rings.
    RingDevice(String),
    /// Opens the microphone to see how loud it is (`level` of [`Pairing::told`]), or closes it.
    Listen(bool),
    /// Tries all that a call needs, and calls this number, which sends back what it hears; empty: calls nobody. What is
    /// found is `check` of [`Pairing::told`].
    Check(String),
}

impl PhoneAct {
    /// Its name, the call that it is for, what is given, and whether it is a choice that is kept for the agent.
    pub fn parts(self) -> (&'static str, u32, String, bool) {
        let none = String::new;
        let truth = |on| if on { "true" } else { "false" }.to_owned();
        match self {
            PhoneAct::Answer(call) => ("answer", call, none(), false),
            PhoneAct::HangUp(call) => ("hangup", call, none(), false),
            PhoneAct::Register => ("register", 0, none(), false),
            PhoneAct::AutoAnswer(on) => ("autoAnswer", 0, truth(on), true),
            PhoneAct::RingVolume(percent) => ("ringVolume", 0, percent.to_string(), true),
            PhoneAct::Microphone(id) => ("microphone", 0, id, true),
            PhoneAct::Speaker(id) => ("speaker", 0, id, true),
            PhoneAct::RingDevice(id) => ("ringDevice", 0, id, true),
            PhoneAct::Listen(on) => ("listen", 0, truth(on), false),
            PhoneAct::Check(echo) => ("check", 0, echo, false),
        }
    }
}

/// What an agent chooses of a phone; each is kept under the name of its act.
pub const CHOICES: [&str; 5] = [
    "autoAnswer",
    "ringVolume",
    "microphone",
    "speaker",
    "ringDevice",
];

/// What a phone tells.
pub enum News {
    /// Calls can reach it.
    Registered,
    /// They cannot any more; why, where it said so.
    Gone(Option<Fault>),
    /// An error: whatever it gave.
    Wrong(JsValue),
    /// There is something else to show of it; see [`Pairing::facts`].
    Told,
}

/// The events of a phone that concern us.
const EVENTS: [&str; 5] = [
    "Registered",
    "RegistrationFailed",
    "Disconnected",
    "Exception",
    "UnRegistered",
];

/// Told of what happens to a phone.
type Report = Rc<dyn Fn(News)>;

struct Running {
    phone: PagePhone,
    /// What it was made with; `None`: by an instance before this one.
    profile: Option<PhoneProfile>,
    /// Name, the phone's id of the listener, and the listener.
    listeners: Vec<(&'static str, JsValue, Callback)>,
    /// Of ours, with what it calls back.
    desk: Option<(Desk, Callback)>,
}

/// See the module. A phone may call back into us from any of its methods, so none is called while anything here is
/// borrowed.
pub struct Pairing {
    factory: js_sys::Function,
    /// What the page wants, or the agent has chosen since.
    auto_answer: Cell<Option<bool>>,
    port: JsValue,
    running: RefCell<Option<Running>>,
    /// The number of the `makeCall` whose ringing is ours to answer.
    own_call: Cell<Option<i64>>,
}

impl Pairing {
    /// A phone that is not running; `factory` makes it, `port` is that of its socket.
    pub fn new(factory: js_sys::Function, auto_answer: Option<bool>, port: JsValue) -> Self {
        Pairing {
            factory,
            auto_answer: Cell::new(auto_answer),
            port,
            running: RefCell::new(None),
            own_call: Cell::new(None),
        }
    }

    /// Takes over a phone that is left of an instance that is no more: a call may go on in it.
    pub fn adopt(&self, phone: JsValue) {
        if phone.is_object() {
            *self.running.borrow_mut() = Some(Running {
                phone: phone.unchecked_into(),
                profile: None,
                listeners: Vec::new(),
                desk: None,
            });
        }
    }

    /// Makes a phone with what the platform said at login; another one that runs is stopped first. What happens to it
    /// later is told to `report`. Gives whether it is one that ran before.
    pub fn start(&self, profile: &PhoneProfile, lang: Lang, report: Report) -> Result<bool, Fault> {
        let same = self
            .running
            .borrow()
            .as_ref()
            .filter(|r| r.profile.as_ref().is_none_or(|made| made == profile))
            .map(|r| (r.phone.clone(), r.profile.is_none()));
        if let Some((phone, adopted)) = same {
            // The agent's link was lost and came back: the phone has its own, and perhaps a call on it. Ours comes back by
            // itself, and calls outlive its link.
            let goes_on = phone.is_registered().is_truthy()
                || (has(&phone, "expect") && phone.do_it("register").is_ok());
            if goes_on {
                if adopted {
                    self.keep(phone, profile, report);
                }
                return Ok(true);
            }
        }
        self.stop();
        environment()?;
        if (profile.host.is_empty() && profile.url.is_empty()) || profile.account.is_empty() {
            return Err(Fault::PhoneParameters);
        }
        let PhoneProfile {
            host,
            url,
            domain,
            account,
            password,
        } = profile;
        let (factory, port, lang) = (&self.factory, &self.port, lang.tag());
        let made = make_phone(
            factory,
            port,
            lang,
            host,
            url,
            domain,
            account,
            password.expose(),
        );
        let phone = made.map_err(|error| Fault::Phone {
            code: code(&error),
            message: words(&error),
        })?;
        if let Some(on) = self.auto_answer.get() {
            let _ = phone.do_with("setAutoAnswer", &on.into());
        }
        self.keep(phone, profile, report);
        Ok(false)
    }

    /// Listens to a phone from now on.
    fn keep(&self, phone: PagePhone, profile: &PhoneProfile, report: Report) {
        let mut listeners = Vec::new();
        // Ours alone has all that the toolbar shows.
        let desk = has(&phone, "tryMicrophone").then(|| {
            let report = report.clone();
            let changed = callback(move |error: JsValue| {
                report(if error.is_object() {
                    News::Wrong(error)
                } else {
                    News::Told
                });
            });
            (phone_desk(&phone, changed.as_ref()), changed)
        });
        for name in EVENTS {
            let report = report.clone();
            let listener = callback(move |value: JsValue| {
                report(match name {
                    "Registered" => News::Registered,
                    "RegistrationFailed" => News::Gone(Some(Fault::PhoneRegistrationFailed)),
                    "Disconnected" => News::Gone(Some(Fault::PhoneDisconnected)),
                    "UnRegistered" => News::Gone(None),
                    _ => News::Wrong(value),
                });
            });
            let id = phone
                .on(name, listener.as_ref())
                .unwrap_or(JsValue::UNDEFINED);
            listeners.push((name, id, listener));
        }
        *self.running.borrow_mut() = Some(Running {
            phone,
            profile: Some(profile.clone()),
            listeners,
            desk,
        });
    }

    /// Ends the phone.
    pub fn stop(&self) {
        let ended = self.running.take();
        if let Some(Running {
            phone,
            listeners,
            desk,
            ..
        }) = ended
        {
            if let Some((desk, _)) = &desk {
                desk.end();
            }
            for (name, id, _) in &listeners {
                let _ = phone.off(name, id);
            }
            let _ = phone.do_it("stop");
            let _ = phone.do_it("disconnect");
        }
    }

    /// Whether calls can reach it.
    pub fn is_registered(&self) -> bool {
        self.phone()
            .is_some_and(|phone| phone.is_registered().is_truthy())
    }

    fn phone(&self) -> Option<PagePhone> {
        self.running.borrow().as_ref().map(|r| r.phone.clone())
    }

    fn desk(&self) -> Option<Desk> {
        let running = self.running.borrow();
        let (desk, _) = running.as_ref()?.desk.as_ref()?;
        Some(desk.clone())
    }

    /// What there is to show of the phone; `None`: there is none.
    pub fn facts(&self) -> Option<PhoneFacts> {
        let phone = self.phone()?;
        let registered = phone.is_registered().is_truthy();
        let text = self.told("facts");
        let told = Value::parse(text.as_deref().unwrap_or_default()).unwrap_or_default();
        let small = |of: Value<'_>, name| of.get(name).number().unwrap_or(0) as u32;
        let mut calls = Vec::new();
        for call in told.get("calls").items() {
            calls.push(PhoneCall {
                id: small(call, "id"),
                call_id: call.get("callId").string(),
                inbound: call.get("direction").string() == "inbound",
                state: call.get("state").string(),
                since: call.get("at").unsigned().unwrap_or(0),
                name: call.get("displayName").string(),
                number: call.get("number").string(),
                held: is(call, "held"),
                held_by_peer: is(call, "heldByPeer"),
            });
        }
        let mut warnings = Vec::new();
        for warning in told.get("warnings").items() {
            warnings.push(PhoneWarning {
                code: warning.get("code").string(),
                message: warning.get("message").string(),
                remedy: warning.get("remedy").string(),
            });
        }
        let quality = told.get("quality");
        Some(PhoneFacts {
            own: text.is_some(),
            registered,
            calls,
            quality: quality.is_object().then(|| Quality {
                mos: small(quality, "mos"),
                loss: small(quality, "loss"),
                jitter: small(quality, "jitter"),
                round_trip: small(quality, "roundTrip"),
            }),
            warnings,
            auto_answer: self.auto_answer.get() == Some(true),
            ring_blocked: is(told, "blocked"),
            told: text.unwrap_or_default(),
        })
    }

    /// More that our phone tells, as JSON; see `phone-desk.js`. `devices`: all devices, those chosen, and how loud it rings;
    /// `level`: how loud microphone and other party are, percent; `check`: what the last check found. `None`: nothing yet.
    pub fn told(&self, what: &str) -> Option<String> {
        self.desk()?.told(what)
    }

    /// Has the phone do something; see [`PhoneAct::parts`]. What a phone of the page's cannot do is not done. An error is
    /// whatever the phone threw.
    pub fn act(&self, name: &str, call: u32, given: &str) -> Result<(), JsValue> {
        if name == "autoAnswer" {
            self.auto_answer.set(Some(given == "true"));
        }
        let Some(phone) = self.phone() else {
            return Ok(());
        };
        match (name, self.desk()) {
            ("autoAnswer", _) => {
                // Not every phone of a page can.
                let _ = phone.do_with("setAutoAnswer", &(given == "true").into());
            }
            (_, Some(desk)) => desk.act(name, call, given)?,
            ("answer" | "register", None) => phone.do_it(name)?,
            _ => {}
        }
        Ok(())
    }

    /// The phone itself, or undefined.
    pub fn object(&self) -> JsValue {
        self.phone()
            .map_or(JsValue::UNDEFINED, |phone| phone.into())
    }

    /// The language of its sentences from now on.
    pub fn set_lang(&self, lang: Lang) {
        if let Some(phone) = self.phone() {
            let _ = phone.do_with("setLang", &lang.tag().into());
        }
    }

    /// The agent's own call is on its way, under this number; `None`: no longer.
    pub fn expect_call(&self, sequence: Option<i64>) {
        let before = self.own_call.replace(sequence);
        if sequence.is_some() || before.is_some() {
            self.tell_own(&JsValue::from_bool(sequence.is_some()));
        }
    }

    /// The agent has no call any more, by an event that this command caused (0: by none).
    pub fn over(&self, sequence: i64) {
        // What was asked for before the call says nothing of it.
        if !(self.own_call.get()).is_some_and(|own| sequence != 0 && sequence < own) {
            self.expect_call(None);
        }
    }

    /// The platform answered a command, in these words: a call that it refuses rings nowhere.
    pub fn answered(&self, body: &str) {
        let Some(own) = self.own_call.get() else {
            return;
        };
        let answer = Value::parse(body).unwrap_or_default();
        let status = answer.get("status").number();
        if answer.get("sequence").number() == Some(own) && status.is_some_and(|s| s != 0) {
            self.expect_call(None);
        }
    }

    /// The platform rings the agent with the call of this id. Only the agent's own is answered without asking; platforms
    /// that do not say which command an event belongs to send 0.
    pub fn ringing(&self, sequence: i64, call: &str) {
        let own = self.own_call.get();
        if own.is_none() || (own != Some(sequence) && sequence != 0) {
            return;
        }
        let Some(phone) = self.phone() else {
            return;
        };
        if has(&phone, "expect") {
            // It takes the call of this id, whenever it comes; without one it takes the next, as it was told before.
            if !call.is_empty() {
                self.own_call.set(None);
                self.tell_own(&JsValue::from_str(call));
            }
        } else {
            self.own_call.set(None);
            if self.auto_answer.get() != Some(true) {
                let _ = phone.do_it("answer");
            }
        }
    }

    /// Tells a phone that can be told which call is the agent's own: `true` for one that has no id yet.
    fn tell_own(&self, own: &JsValue) {
        if let Some(phone) = self.phone()
            && has(&phone, "expect")
        {
            let _ = phone.do_with("expect", own);
        }
    }
}

impl Drop for Pairing {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Whether a phone of a page can work here at all.
pub fn environment() -> Result<(), Fault> {
    let window = page::window();
    let navigator = get(&window, "navigator");
    if get(&window, "isSecureContext").is_falsy() {
        return Err(Fault::PhoneInsecure);
    }
    if get(&navigator, "mediaDevices").is_falsy() {
        return Err(Fault::PhoneUnsupported);
    }
    Ok(())
}

/// Whether a member of what the desk tells is so.
fn is(of: Value<'_>, name: &str) -> bool {
    of.get(name).raw() == "true"
}

fn has(phone: &PagePhone, method: &str) -> bool {
    get(phone, method).is_function()
}

/// The code of an error of the page, where it has one.
pub fn code(error: &JsValue) -> String {
    get(error, "code").as_string().unwrap_or_default()
}

/// The words of an error of the page.
pub fn words(error: &JsValue) -> String {
    let message = get(error, "message").as_string();
    message.or_else(|| error.as_string()).unwrap_or_default()
}
