//! What the JavaScript that started us lends: the page's listeners, an alarm in a worker, a place to draw.

use super::clock::JsAlarm;
use super::peer::JsPeer;
use agent::Lang;
use agent::json::Value;
use wasm_bindgen::prelude::*;

/// What the page adds to the toolbar, and what is kept for the agent. A gallery has one of its own that asks nobody.
pub trait Hooks {
    /// Asks the page before a call of the toolbar's is made; `kind`: 1 an agent, 2 outside. `then` gets the number to call,
    /// or `None` where the page has stopped it; at once, or within 3 s.
    fn before_dial(&self, number: &str, kind: u8, then: Box<dyn FnOnce(Option<String>)>);
    /// Asks the page what it knows of a number; at once, or within 3 s.
    fn describe(&self, number: &str, then: Box<dyn FnOnce(Described)>);
    /// Whether the page lets an act happen; tells `Action` where it does. To be asked right before the act.
    fn allow(&self, act: &str) -> bool;
    /// Keeps something for this agent, as JSON. `history` and `favourites` hold numbers: they are the tab's, or the page's.
    /// Anything else is a choice, the browser's: it must not hold a number.
    fn keep(&self, name: &str, json: &str);
    /// What was kept, as JSON; of `history` the newest call first.
    fn kept(&self, name: &str) -> Option<String>;
    /// What the page gave for an option, as JSON, a function's result for a function; `callInfo`: what it said of the
    /// present call.
    fn given(&self, option: &str) -> Option<String>;
    /// The page's own texts in a language, by key.
    fn texts(&self, lang: Lang) -> Option<JsValue>;
    /// Tells the page's listeners of an event of ours: `Note`, `Action`.
    fn tell(&self, event: &str, json: &str);
    /// Hands the log of the session to the page, or to the agent as a file. Numbers are hidden in it.
    fn save_log(&self);
}

/// What a page knows of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// Whose it is.
    pub name: String,
    /// Where it is.
    pub place: String,
    /// In a word or two each.
    pub tags: Vec<String>,
    /// A sentence.
    pub note: String,
}

impl Described {
    /// Reads what [`Hooks::describe`] was given. What is no text counts as absent.
    pub fn read(json: &str) -> Self {
        let value = Value::parse(json).unwrap_or_default();
        Described {
            name: value.get("name").string(),
            place: value.get("place").string(),
            tags: texts(value.get("tags")),
            note: value.get("note").string(),
        }
    }
}

/// What only the page knows of the present call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallInfo {
    /// It is recorded (`true`), or recording pauses (`false`).
    pub recording: Option<bool>,
    /// A line about it.
    pub title: String,
    /// In a word or two each.
    pub tags: Vec<String>,
    /// When it goes to somebody else unless it is answered, ms since 1970.
    pub moves_on_at: Option<u64>,
}

impl CallInfo {
    /// Reads what `callInfo` of [`Hooks::given`] is.
    pub fn read(json: &str) -> Self {
        let value = Value::parse(json).unwrap_or_default();
        CallInfo {
            recording: match &*value.get("recording").string() {
                "on" => Some(true),
                "paused" => Some(false),
                _ => None,
            },
            title: value.get("title").string(),
            tags: texts(value.get("tags")),
            moves_on_at: value.get("movesOnAt").unsigned(),
        }
    }
}

fn texts(list: Value<'_>) -> Vec<String> {
    list.items().map(Value::string).collect()
}

#[wasm_bindgen]
extern "C" {
    /// What the JavaScript around us lends.
    pub type Host;
    /// An alarm that calls back; see `alarm.js`.
    #[wasm_bindgen(method)]
    pub fn alarm(this: &Host, ring: &JsValue) -> JsAlarm;
    /// Calls back, as long as this instance lasts, when trying again is worth it: the browser is online again, or the page
    /// became visible.
    #[wasm_bindgen(method)]
    pub fn awake(this: &Host, run: &JsValue);
    /// An `AgentSdkError`; `status` is the platform's number where it refused something.
    #[wasm_bindgen(method)]
    pub fn error(
        this: &Host,
        code: &str,
        message: &str,
        remedy: &str,
        status: Option<f64>,
    ) -> JsValue;
    /// Keeps what the socket received for a record.
    #[wasm_bindgen(method)]
    pub fn heard(this: &Host, data: &JsValue, mono: f64, wall: f64);
    /// Writes a text as UTF-8; gives how many bytes that were. Three bytes a UTF-16 unit are always enough.
    #[wasm_bindgen(method)]
    pub fn utf8(this: &Host, text: &JsValue, into: &mut [u8]) -> u32;
    /// A frame without the long list in it that nobody here looks at; see `lists.js`.
    #[wasm_bindgen(method)]
    pub fn thinned(this: &Host, text: &JsValue) -> JsValue;
    /// Keeps any other input for a record; see [`agent::record`].
    #[wasm_bindgen(method)]
    pub fn note(this: &Host, kind: &str, data: &str, mono: f64, wall: f64);
    /// Tells what became of a request of the promise form; the event that says so was told just before.
    #[wasm_bindgen(method)]
    pub fn settled(this: &Host, sequence: f64, error: &JsValue);
    /// Asks the page who logs in.
    #[wasm_bindgen(method, js_name = askCredentials)]
    pub fn ask_credentials(this: &Host);
    /// Whether leaving the page asks the agent first.
    #[wasm_bindgen(method)]
    pub fn guard(this: &Host, on: bool);
    /// Tells the listeners of `snapshot`: the parts that changed, a bit each, and the whole as JSON.
    #[wasm_bindgen(method)]
    pub fn changed(this: &Host, parts: u32, snapshot: &str);
    /// Tells the listeners of `agents`.
    #[wasm_bindgen(method)]
    pub fn agents(this: &Host, difference: &str);
    /// Tells the listeners of an event that has one value.
    #[wasm_bindgen(method)]
    pub fn tell(this: &Host, name: &str, value: &JsValue);
    /// Tells the listeners of `Open`.
    #[wasm_bindgen(method)]
    pub fn opened(this: &Host, head: &str);
    /// Tells the listeners of `Message`, `StateChange` and the event itself; makes an object of the JSON only where
    /// somebody listens. `text` holds the frame: headers from `head`, body from `body` to `end`, in UTF-16 units.
    /// `event` and `state` are places in the list of event names that the faces hand out, or past its end: then the names follow.
    #[wasm_bindgen(method)]
    #[allow(clippy::too_many_arguments)] // each crossing costs as much as all of these together
    pub fn received(
        this: &Host,
        text: &JsValue,
        head: u32,
        body: u32,
        end: u32,
        event: u32,
        state: u32,
        event_name: Option<&str>,
        state_name: Option<&str>,
        sequence: f64,
    );
    /// The sockets that are open, and whatever else must end when this instance is no more.
    #[wasm_bindgen(method, getter)]
    pub fn sockets(this: &Host) -> js_sys::Set<JsValue>;
    /// The browser phone that goes on if this instance is no more; undefined: none.
    #[wasm_bindgen(method, getter)]
    pub fn phone(this: &Host) -> JsValue;
    #[wasm_bindgen(method, setter)]
    /// Keeps it there.
    pub fn set_phone(this: &Host, phone: &JsValue);
    /// The class of our own browser phone.
    #[wasm_bindgen(method, getter, js_name = softPhone)]
    pub fn soft_phone(this: &Host) -> js_sys::Function;
    /// See [`Hooks::before_dial`]; `then` is a function.
    #[wasm_bindgen(method, js_name = beforeDial)]
    pub fn before_dial(this: &Host, number: &str, kind: u32, then: &JsValue);
    /// See [`Hooks::describe`]; `then` gets JSON.
    #[wasm_bindgen(method)]
    pub fn describe(this: &Host, number: &str, then: &JsValue);
    /// See [`Hooks::allow`].
    #[wasm_bindgen(method)]
    pub fn allow(this: &Host, act: &str) -> bool;
    /// From now on what is kept is this agent's.
    #[wasm_bindgen(method)]
    pub fn agent(this: &Host, who: &str);
    /// See [`Hooks::keep`].
    #[wasm_bindgen(method)]
    pub fn keep(this: &Host, name: &str, json: &str);
    /// See [`Hooks::kept`].
    #[wasm_bindgen(method)]
    pub fn kept(this: &Host, name: &str) -> Option<String>;
    /// See [`Hooks::given`].
    #[wasm_bindgen(method)]
    pub fn given(this: &Host, option: &str) -> Option<String>;
    /// See [`Hooks::tell`].
    #[wasm_bindgen(method, js_name = tellJson)]
    pub fn tell_json(this: &Host, event: &str, json: &str);
    /// See [`Hooks::save_log`].
    #[wasm_bindgen(method, js_name = saveLog)]
    pub fn save_log(this: &Host);
    /// How far the present call is: `rings`, `begins`, `talks` or `over`, and the snapshot at that moment. `says` is what a
    /// notification says of a call that rings, without the number where numbers are hidden.
    #[wasm_bindgen(method)]
    pub fn course(this: &Host, course: &str, snapshot: &str, says: &str);
    /// Begins to keep the list of a wall, whose messages `tell` gets; undefined: ends it. See `wall.js`.
    #[wasm_bindgen(method)]
    pub fn wall(this: &Host, tell: &JsValue);
    /// Tells that list something, as JSON.
    #[wasm_bindgen(method, js_name = wallSay)]
    pub fn wall_say(this: &Host, message: &str);
    #[wasm_bindgen(method, getter)]
    /// Where the toolbar is drawn, if at all.
    pub fn place(this: &Host) -> Option<Place>;

    /// Where the toolbar is drawn.
    pub type Place;
    #[wasm_bindgen(method, getter)]
    /// The element to draw in.
    pub fn inside(this: &Place) -> web_sys::HtmlElement;

    /// What the JavaScript around a phone lends; see `soft-phone-sdk.js`.
    pub type PhoneHost;
    #[wasm_bindgen(method)]
    /// An option of the page's that is a text.
    pub fn option(this: &PhoneHost, name: &str) -> Option<String>;
    #[wasm_bindgen(method)]
    /// An error of the catalogue, to be thrown.
    pub fn fault(this: &PhoneHost, code: &str, given: &str) -> JsValue;
    #[wasm_bindgen(method)]
    /// Tells the listeners of `Exception` an error of the catalogue.
    pub fn fail(this: &PhoneHost, code: &str, given: &str);
    #[wasm_bindgen(method)]
    /// Tells the listeners of `Warning` of something that makes a call sound bad.
    pub fn warn(this: &PhoneHost, call: u32, code: &str, given: u32);
    #[wasm_bindgen(method)]
    /// Tells the listeners of an event its facts, as JSON.
    pub fn tell(this: &PhoneHost, name: &str, facts: &str);
    #[wasm_bindgen(method)]
    /// Opens the socket. `false`: the browser refuses the address outright.
    pub fn open(this: &PhoneHost) -> bool;
    #[wasm_bindgen(method)]
    /// Sends a message.
    pub fn send(this: &PhoneHost, text: &str);
    #[wasm_bindgen(method)]
    /// Closes the socket, of which nothing more is heard then.
    pub fn close(this: &PhoneHost);
    #[wasm_bindgen(method)]
    /// Rings the alarm in so many ms instead of whenever it was set to; none: not at all.
    pub fn wait(this: &PhoneHost, ms: Option<f64>);
    #[wasm_bindgen(method)]
    /// The connection of a call.
    pub fn peer(this: &PhoneHost, call: u32) -> JsPeer;
    #[wasm_bindgen(method)]
    /// Rings for a call, softly into another one.
    pub fn ring(this: &PhoneHost, call: u32, aside: bool);
    #[wasm_bindgen(method)]
    /// Ends the ringing.
    pub fn hush(this: &PhoneHost);
}
