//! Microphone, speakers and ring tone of one phone, and what keeps the screen awake meanwhile.
//!
//! The bindings are our own: web-sys has `setSinkId` and `wakeLock` behind an unstable flag only.

use super::promise::{Outcome, then};
use super::{Callback, callback, get, page, set};
use js_sys::{Array, Object, Set, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::Event;

#[wasm_bindgen]
extern "C" {
    /// `navigator.mediaDevices`.
    type Devices;
    #[wasm_bindgen(method, catch, js_name = getUserMedia)]
    fn capture(this: &Devices, constraints: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = enumerateDevices)]
    fn list(this: &Devices) -> Result<JsValue, JsValue>;

    /// A `MediaStream`.
    #[wasm_bindgen(js_name = MediaStream)]
    type Stream;
    #[wasm_bindgen(constructor, js_class = "MediaStream")]
    fn new(tracks: &Array) -> Stream;
    #[wasm_bindgen(method, js_name = getAudioTracks)]
    fn tracks(this: &Stream) -> JsValue;

    /// A `MediaStreamTrack`.
    type Track;
    #[wasm_bindgen(method)]
    fn stop(this: &Track);
    #[wasm_bindgen(method, js_name = getSettings)]
    fn settings(this: &Track) -> JsValue;

    /// A media element.
    type Player;
    #[wasm_bindgen(method, catch)]
    fn play(this: &Player) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn pause(this: &Player) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn remove(this: &Player);
    #[wasm_bindgen(method, catch, js_name = setSinkId)]
    fn set_sink(this: &Player, id: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = Blob)]
    type Blob;
    #[wasm_bindgen(constructor, js_class = "Blob")]
    fn new(parts: &Array, options: &JsValue) -> Blob;
    #[wasm_bindgen(js_namespace = URL, js_name = createObjectURL)]
    fn object_url(blob: &Blob) -> String;
    #[wasm_bindgen(js_namespace = URL, js_name = revokeObjectURL)]
    fn forget_url(url: &str);

    /// `navigator.wakeLock`.
    type WakeLocks;
    #[wasm_bindgen(method, catch)]
    fn request(this: &WakeLocks, kind: &str) -> Result<JsValue, JsValue>;
    /// A `WakeLockSentinel`.
    type Lock;
    #[wasm_bindgen(method, catch)]
    fn release(this: &Lock) -> Result<JsValue, JsValue>;

    /// An `AudioContext`.
    #[wasm_bindgen(js_name = AudioContext)]
    type Context;
    #[wasm_bindgen(catch, constructor, js_class = "AudioContext")]
    fn new() -> Result<Context, JsValue>;
    #[wasm_bindgen(method, js_name = createAnalyser)]
    fn analyser(this: &Context) -> Analyser;
    #[wasm_bindgen(method, catch, js_name = createMediaStreamSource)]
    fn source(this: &Context, stream: &JsValue) -> Result<Source, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn close(this: &Context) -> Result<JsValue, JsValue>;
    /// An `AnalyserNode`.
    type Analyser;
    #[wasm_bindgen(method, js_name = getByteTimeDomainData)]
    fn samples(this: &Analyser, into: &mut [u8]);
    /// A node that gives sound.
    type Source;
    #[wasm_bindgen(method)]
    fn connect(this: &Source, to: &Analyser) -> JsValue;
}

fn navigator() -> JsValue {
    get(&js_sys::global(), "navigator")
}

fn media_devices() -> Option<Devices> {
    let devices = get(&navigator(), "mediaDevices");
    devices.is_object().then(|| devices.unchecked_into())
}

/// A microphone that is open. Dropping it switches it off.
pub struct Microphone {
    stream: JsValue,
    track: JsValue,
    open: Set<JsValue>,
    _ended: Callback<Event>,
}

impl Microphone {
    /// Its `MediaStream`.
    pub fn stream(&self) -> &JsValue {
        &self.stream
    }

    /// Its `MediaStreamTrack`.
    pub fn track(&self) -> &JsValue {
        &self.track
    }

    /// Its name, as the operating system has it.
    pub fn label(&self) -> String {
        get(&self.track, "label").as_string().unwrap_or_default()
    }

    fn is_live(&self) -> bool {
        get(&self.track, "readyState") == *"live"
    }

    fn device(&self) -> Option<String> {
        let settings = self.track.unchecked_ref::<Track>().settings();
        get(&settings, "deviceId").as_string()
    }
}

impl Drop for Microphone {
    fn drop(&mut self) {
        set(&self.track, "onended", &JsValue::NULL);
        self.track.unchecked_ref::<Track>().stop();
        self.open.delete(&self.track);
    }
}

/// What a browser says when it gives no microphone.
#[derive(Clone)]
pub enum Refused {
    /// Not in a page without https.
    Insecure,
    /// Not in this browser at all.
    Unsupported,
    /// The user or a policy does not want it.
    Denied,
    /// There is none.
    Missing(String),
    /// Something else, such as one that another program holds.
    Failed(String),
}

/// `name: message` of what a browser threw.
pub fn words(error: &JsValue) -> String {
    let message = get(error, "message").as_string().unwrap_or_default();
    match get(error, "name").as_string() {
        Some(name) => [&name, ": ", &message].concat(),
        None => error.as_string().unwrap_or(message),
    }
}

fn refused(error: &JsValue) -> Refused {
    match get(error, "name").as_string().as_deref() {
        Some("NotAllowedError" | "SecurityError") => Refused::Denied,
        Some("NotFoundError" | "OverconstrainedError") => Refused::Missing(words(error)),
        _ => Refused::Failed(words(error)),
    }
}

/// Who waits for the microphone.
type Waiting = Box<dyn FnOnce(Result<Rc<Microphone>, Refused>)>;

/// What happens to devices without anybody here asking for it.
pub enum MediaEvent {
    /// Another list of devices than before.
    Devices,
    /// Another microphone is open than before: every connection must send its track.
    Microphone(Rc<Microphone>),
    /// The microphone in use is gone, and there is no other.
    Lost(Refused),
}

/// See the module.
pub struct Media {
    /// The page's wishes about sound; see `MediaTrackConstraints`.
    audio: JsValue,
    /// The microphone that was chosen, if any.
    chosen: RefCell<Option<String>>,
    speaker: RefCell<String>,
    ring_device: RefCell<String>,
    open: Set<JsValue>,
    microphone: RefCell<Option<Rc<Microphone>>>,
    waiting: RefCell<Vec<Waiting>>,
    /// Somebody wants the microphone to be open.
    needed: Cell<bool>,
    muted: Cell<bool>,
    /// Devices as they were when they were last looked at, to tell a change from a mere event.
    known: RefCell<String>,
    /// The group of the device that the system takes by default.
    default_group: RefCell<Option<String>>,
    /// Ids of what can be played through; empty: unknown.
    outputs: RefCell<Vec<String>>,
    /// Elements that play, with whether each is the ring tone.
    playing: RefCell<Vec<(Weak<Playing>, bool)>>,
    lock: RefCell<Option<Lock>>,
    locked: Cell<bool>,
    gesture: RefCell<Option<Gesture>>,
    change: RefCell<Option<Callback<Event>>>,
    tell: Box<dyn Fn(MediaEvent)>,
    me: Weak<Media>,
}

impl Media {
    /// Listens to the devices from now on. `open` lists what is open while it is.
    pub fn new(
        audio: JsValue,
        chosen: Option<String>,
        speaker: String,
        ring_device: String,
        open: Set<JsValue>,
        tell: impl Fn(MediaEvent) + 'static,
    ) -> Rc<Self> {
        let media = Rc::new_cyclic(|me: &Weak<Media>| Media {
            audio,
            chosen: RefCell::new(chosen),
            speaker: RefCell::new(speaker),
            ring_device: RefCell::new(ring_device),
            open,
            microphone: RefCell::default(),
            waiting: RefCell::default(),
            needed: Cell::new(false),
            muted: Cell::new(false),
            known: RefCell::default(),
            default_group: RefCell::default(),
            outputs: RefCell::default(),
            playing: RefCell::default(),
            lock: RefCell::new(None),
            locked: Cell::new(false),
            gesture: RefCell::new(None),
            change: RefCell::new(None),
            tell: Box::new(tell),
            me: me.clone(),
        });
        if let Some(devices) = media_devices() {
            let me = media.me.clone();
            let change = callback(move |_: Event| {
                if let Some(media) = me.upgrade() {
                    media.look();
                }
            });
            // Not by `ondevicechange`, which is the page's.
            let target: &web_sys::EventTarget = devices.unchecked_ref();
            let function = change.as_ref().unchecked_ref();
            let _ = target.add_event_listener_with_callback("devicechange", function);
            *media.change.borrow_mut() = Some(change);
            media.look();
        }
        media
    }

    /// Gives the microphone: the one that is open, or one that is opened.
    pub fn microphone(&self, done: impl FnOnce(Result<Rc<Microphone>, Refused>) + 'static) {
        self.needed.set(true);
        match self.current().filter(|one| one.is_live()) {
            Some(microphone) => done(Ok(microphone)),
            None => self.ask(Box::new(done)),
        }
    }

    /// The microphone that is open.
    pub fn current(&self) -> Option<Rc<Microphone>> {
        self.microphone.borrow().clone()
    }

    /// Opens a microphone, in place of any other that is open. Who asks while one is being opened gets the same one.
    fn ask(&self, done: Waiting) {
        self.waiting.borrow_mut().push(done);
        if self.waiting.borrow().len() > 1 {
            return;
        }
        let Some(devices) = media_devices() else {
            let secure = get(&js_sys::global(), "isSecureContext").is_truthy();
            return self.settle(Err(if secure {
                Refused::Unsupported
            } else {
                Refused::Insecure
            }));
        };
        let me = self.me.clone();
        then(devices.capture(&self.constraints()), move |outcome| {
            let Some(media) = me.upgrade() else {
                // Nobody is left who would switch it off.
                if let Ok(stream) = outcome {
                    let track = get(&stream.unchecked_into::<Stream>().tracks(), "0");
                    track.unchecked_ref::<Track>().stop();
                }
                return;
            };
            media.settle(match outcome {
                Ok(stream) => Ok(media.opened(stream)),
                Err(error) => Err(refused(&error)),
            });
        });
    }

    fn constraints(&self) -> JsValue {
        let audio = Object::new();
        for name in ["echoCancellation", "noiseSuppression", "autoGainControl"] {
            set(&audio, name, &JsValue::TRUE);
        }
        if self.audio.is_object() {
            Object::assign(&audio, self.audio.unchecked_ref());
        }
        if let Some(id) = &*self.chosen.borrow() {
            // Wished for, not demanded: one that was unplugged must not end the agent's calls.
            set(&audio, "deviceId", &JsValue::from_str(id));
        }
        let constraints = Object::new();
        set(&constraints, "audio", &audio);
        constraints.into()
    }

    fn opened(&self, stream: JsValue) -> Rc<Microphone> {
        let track = get(&stream.unchecked_ref::<Stream>().tracks(), "0");
        // What was muted stays muted, whatever device it is.
        set(&track, "enabled", &(!self.muted.get()).into());
        let me = self.me.clone();
        let ended = callback(move |_: Event| {
            if let Some(media) = me.upgrade() {
                media.renew();
            }
        });
        set(&track, "onended", ended.as_ref());
        self.open.add(&track);
        let microphone = Rc::new(Microphone {
            stream,
            track,
            open: self.open.clone(),
            _ended: ended,
        });
        let before = self.microphone.replace(Some(microphone.clone()));
        if before.is_some() {
            (self.tell)(MediaEvent::Microphone(microphone.clone()));
        }
        // Names and ids are shown only now, and some browsers tell of no change.
        self.look();
        microphone
    }

    fn settle(&self, result: Result<Rc<Microphone>, Refused>) {
        for done in self.waiting.take() {
            done(result.clone());
        }
        // Whoever wanted it has gone meanwhile.
        if !self.needed.get() {
            self.release();
        }
    }

    /// Opens the microphone that is the right one now, in place of the one in use.
    fn renew(&self) {
        let me = self.me.clone();
        self.ask(Box::new(move |result| {
            if let (Err(refused), Some(media)) = (result, me.upgrade()) {
                (media.tell)(MediaEvent::Lost(refused));
            }
        }));
    }

    /// Nobody speaks any more: the microphone is switched off.
    pub fn release(&self) {
        self.needed.set(false);
        let microphone = self.microphone.take();
        drop(microphone);
    }

    /// Whether the microphone is muted.
    pub fn is_muted(&self) -> bool {
        self.muted.get()
    }

    /// Mutes the microphone, this one and every one that takes its place.
    pub fn mute(&self, on: bool) {
        self.muted.set(on);
        if let Some(microphone) = self.current() {
            set(&microphone.track, "enabled", &(!on).into());
        }
    }

    /// Takes another microphone, at once where one is in use; `None`: the system's.
    pub fn choose(&self, id: Option<String>, done: impl FnOnce(Result<(), Refused>) + 'static) {
        *self.chosen.borrow_mut() = id;
        if self.current().is_some() {
            self.ask(Box::new(move |result| done(result.map(drop))));
        } else {
            done(Ok(()));
        }
    }

    /// Plays voices through another device; empty: the system's.
    pub fn choose_speaker(&self, id: String) {
        *self.speaker.borrow_mut() = id;
        self.direct_all();
    }

    /// Rings through another device.
    pub fn choose_ring_device(&self, id: String) {
        *self.ring_device.borrow_mut() = id;
        self.direct_all();
    }

    /// A promise of the browser's list of devices.
    pub fn devices(&self) -> Outcome {
        media_devices().map_or(Ok(Array::new().into()), |devices| devices.list())
    }

    /// Looks whether the devices are others than before, and takes the right ones. Browsers tell of one change several
    /// times, or not at all.
    fn look(&self) {
        let me = self.me.clone();
        then(self.devices(), move |list| {
            if let (Some(media), Ok(list)) = (me.upgrade(), list) {
                media.compare(&Array::from(&list));
            }
        });
    }

    fn compare(&self, list: &Array) {
        let mut all = String::new();
        let (mut chosen_there, mut default_group) = (false, None);
        let mut outputs = Vec::new();
        let chosen = self.chosen.borrow().clone();
        for device in list.iter() {
            let part = |name| get(&device, name).as_string().unwrap_or_default();
            let (kind, id, group) = (part("kind"), part("deviceId"), part("groupId"));
            if kind == "audioinput" {
                chosen_there |= Some(&id) == chosen.as_ref();
                if id == "default" {
                    default_group = Some(group.clone());
                }
            } else if kind == "audiooutput" {
                outputs.push(id.clone());
            }
            for part in [kind, id, group, part("label")] {
                all.push_str(&part);
                all.push('\n');
            }
        }
        *self.outputs.borrow_mut() = outputs;
        let before = self.known.replace(all.clone());
        if before == all {
            return;
        }
        let group_before = self.default_group.replace(default_group.clone());
        if before.is_empty() {
            return;
        }
        if let Some(microphone) = self.current() {
            let other_default = group_before.is_some() && group_before != default_group;
            let came_back = chosen_there && microphone.device() != chosen;
            if !microphone.is_live() || came_back || (chosen.is_none() && other_default) {
                self.renew();
            }
        }
        self.direct_all();
        (self.tell)(MediaEvent::Devices);
    }

    /// Makes a sound. `own`: the page's element to do it with.
    pub fn player(&self, rings: bool, own: Option<JsValue>) -> Option<Rc<Playing>> {
        let ours = own.is_none();
        let element = match own {
            Some(element) => element,
            None => {
                let document = page::document()?;
                let element = document.create_element("audio").ok()?;
                // Some browsers play only what is in the page.
                let _ = document.document_element()?.append_child(&element);
                element.into()
            }
        };
        self.open.add(&element);
        let playing = Rc::new(Playing {
            player: element.unchecked_into(),
            ours,
            url: RefCell::new(None),
            open: self.open.clone(),
        });
        let mut all = self.playing.borrow_mut();
        all.retain(|(one, _)| one.strong_count() > 0);
        all.push((Rc::downgrade(&playing), rings));
        drop(all);
        self.direct(&playing, rings);
        Some(playing)
    }

    fn direct(&self, playing: &Playing, rings: bool) {
        let device = if rings {
            &self.ring_device
        } else {
            &self.speaker
        };
        let mut device = device.borrow().clone();
        // Unplugged: the system's is better than none.
        let outputs = self.outputs.borrow();
        if outputs.iter().any(|id| !id.is_empty()) && !outputs.contains(&device) {
            device.clear();
        }
        drop(outputs);
        if get(&playing.player, "setSinkId").is_function()
            && get(&playing.player, "sinkId") != *device.as_str()
        {
            then(playing.player.set_sink(&device), |_| {});
        }
    }

    fn all_playing(&self) -> Vec<(Rc<Playing>, bool)> {
        let all = self.playing.borrow();
        all.iter()
            .filter_map(|(one, rings)| Some((one.upgrade()?, *rings)))
            .collect()
    }

    fn direct_all(&self) {
        for (playing, rings) in self.all_playing() {
            self.direct(&playing, rings);
        }
    }

    /// Plays, now or after the next gesture where the browser wants one first; then `blocked` is told at once.
    pub fn play(&self, playing: &Playing, blocked: impl FnOnce() + 'static) {
        let me = self.me.clone();
        then(playing.player.play(), move |outcome| {
            let Err(error) = outcome else { return };
            // Ended before it began.
            if get(&error, "name") == *"AbortError" {
                return;
            }
            if let Some(media) = me.upgrade() {
                media.wait_for_gesture();
                blocked();
            }
        });
    }

    fn wait_for_gesture(&self) {
        let me = self.me.clone();
        let gesture = Gesture::new(move || {
            if let Some(media) = me.upgrade() {
                media.gesture.take();
                for (playing, _) in media.all_playing() {
                    media.play(&playing, || {});
                }
            }
        });
        *self.gesture.borrow_mut() = Some(gesture);
    }

    /// Keeps the screen awake, or lets it sleep. Browsers forget it when the page is hidden: then it is asked for again.
    pub fn keep_awake(&self, on: bool) {
        self.locked.set(on);
        if !on {
            if let Some(lock) = self.lock.take() {
                self.open.delete(&lock);
                then(lock.release(), |_| {});
            }
            return;
        }
        let held = self
            .lock
            .borrow()
            .as_ref()
            .is_some_and(|lock| get(lock, "released").is_falsy());
        let locks = get(&navigator(), "wakeLock");
        if held || !locks.is_object() {
            return;
        }
        let me = self.me.clone();
        let asked = locks.unchecked_ref::<WakeLocks>().request("screen");
        then(asked, move |outcome| {
            let Ok(lock) = outcome else { return };
            let lock: Lock = lock.unchecked_into();
            let wanted = me.upgrade().filter(|media| media.locked.get());
            let Some(media) = wanted else {
                then(lock.release(), |_| {});
                return;
            };
            media.open.add(&lock);
            let before = media.lock.replace(Some(lock));
            if let Some(before) = before {
                media.open.delete(&before);
                then(before.release(), |_| {});
            }
        });
    }

    /// Whether the screen should be awake.
    pub fn keeps_awake(&self) -> bool {
        self.locked.get()
    }
}

impl Drop for Media {
    fn drop(&mut self) {
        self.keep_awake(false);
        if let (Some(devices), Some(change)) = (media_devices(), self.change.take()) {
            let target: &web_sys::EventTarget = devices.unchecked_ref();
            let function = change.as_ref().unchecked_ref();
            let _ = target.remove_event_listener_with_callback("devicechange", function);
        }
    }
}

/// Something that sounds. Dropping it ends the sound.
pub struct Playing {
    player: Player,
    /// The element is ours, not the page's.
    ours: bool,
    url: RefCell<Option<String>>,
    open: Set<JsValue>,
}

impl Playing {
    /// Plays what another party says.
    pub fn voice(&self, track: &JsValue) -> JsValue {
        let stream = JsValue::from(Stream::new(&Array::of1(track)));
        set(&self.player, "srcObject", &stream);
        stream
    }

    /// Plays a sound again and again: one of the page's, or the bytes of a WAV file.
    pub fn sound(&self, url: Option<&str>, bytes: impl FnOnce() -> Vec<u8>) {
        set(&self.player, "loop", &JsValue::TRUE);
        if let Some(url) = url {
            return set(&self.player, "src", &url.into());
        }
        let options = Object::new();
        set(&options, "type", &"audio/wav".into());
        let bytes = JsValue::from(Uint8Array::from(&*bytes()));
        let made = object_url(&Blob::new(&Array::of1(&bytes), &options));
        set(&self.player, "src", &made.as_str().into());
        *self.url.borrow_mut() = Some(made);
    }

    /// Lets it be heard or not, without ending it.
    pub fn silence(&self, on: bool) {
        set(&self.player, "muted", &on.into());
    }

    /// 0 to 1.
    pub fn volume(&self, volume: f64) {
        set(&self.player, "volume", &volume.into());
    }
}

impl Drop for Playing {
    fn drop(&mut self) {
        let _ = self.player.pause();
        set(&self.player, "srcObject", &JsValue::NULL);
        self.open.delete(&self.player);
        if let Some(url) = self.url.take() {
            forget_url(&url);
        }
        if self.ours {
            self.player.remove();
        }
    }
}

const GESTURES: [&str; 2] = ["pointerdown", "keydown"];

/// Calls back at the first gesture, after which browsers let pages play.
struct Gesture(Callback<Event>);

impl Gesture {
    fn new(mut run: impl FnMut() + 'static) -> Self {
        let run = callback(move |_: Event| run());
        if let Some(document) = page::document() {
            for name in GESTURES {
                // Before the page's own listeners, which may keep it from others.
                let _ = document.add_event_listener_with_callback_and_bool(
                    name,
                    run.as_ref().unchecked_ref(),
                    true,
                );
            }
        }
        Gesture(run)
    }
}

impl Drop for Gesture {
    fn drop(&mut self) {
        if let Some(document) = page::document() {
            for name in GESTURES {
                let _ = document.remove_event_listener_with_callback_and_bool(
                    name,
                    self.0.as_ref().unchecked_ref(),
                    true,
                );
            }
        }
    }
}

/// Measures how loud streams are. Dropping it ends that.
pub struct Meter {
    context: Context,
    /// A source ends when nobody knows it any more.
    streams: Vec<(JsValue, Source, Analyser)>,
}

impl Meter {
    /// A meter; `None` where the browser has none.
    pub fn new() -> Option<Self> {
        Some(Meter {
            context: Context::new().ok()?,
            streams: Vec::new(),
        })
    }

    /// The peak of the last few ms, 0 to 1.
    pub fn level(&mut self, stream: &JsValue) -> f64 {
        let known = self.streams.iter().position(|(one, ..)| one == stream);
        let at = match known {
            Some(at) => at,
            None => {
                let analyser = self.context.analyser();
                let Ok(source) = self.context.source(stream) else {
                    return 0.0;
                };
                source.connect(&analyser);
                self.streams.push((stream.clone(), source, analyser));
                self.streams.len() - 1
            }
        };
        let mut samples = [128; 1024];
        self.streams[at].2.samples(&mut samples);
        let peak = samples.iter().map(|s| s.abs_diff(128)).max();
        f64::from(peak.unwrap_or(0)) / 128.0
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        then(self.context.close(), |_| {});
    }
}
