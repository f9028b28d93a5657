//! One connection for sound with another party. Dropping it closes it.
//!
//! The bindings are our own: web-sys lacks `restartIce`, the `setLocalDescription` that makes offer or answer by itself,
//! and `canInsertDTMF`.

use super::promise::Outcome;
use super::{Callback, callback, get, set};
use js_sys::{Array, Object, Set};
use wasm_bindgen::prelude::*;
use web_sys::Event;

#[wasm_bindgen]
extern "C" {
    /// As far as it is used here.
    #[wasm_bindgen(js_name = RTCPeerConnection)]
    type Connection;
    #[wasm_bindgen(catch, constructor, js_class = "RTCPeerConnection")]
    fn new(options: &JsValue) -> Result<Connection, JsValue>;
    #[wasm_bindgen(method, catch, js_name = addTrack)]
    fn add_track(this: &Connection, track: &JsValue, stream: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = getTransceivers)]
    fn transceivers(this: &Connection) -> JsValue;
    #[wasm_bindgen(method, catch, js_name = setLocalDescription)]
    fn set_local(this: &Connection, description: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setRemoteDescription)]
    fn set_remote(this: &Connection, description: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = addIceCandidate)]
    fn add_candidate(this: &Connection, candidate: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = restartIce)]
    fn restart(this: &Connection) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = getStats)]
    fn stats(this: &Connection) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createDataChannel)]
    fn data_channel(this: &Connection, label: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &Connection);

    /// An `RTCRtpSender`.
    type Sender;
    #[wasm_bindgen(method, catch, js_name = replaceTrack)]
    fn replace(this: &Sender, track: &JsValue) -> Result<JsValue, JsValue>;

    /// An `RTCDTMFSender`.
    type Keys;
    #[wasm_bindgen(method, catch, js_name = insertDTMF)]
    fn insert(this: &Keys, keys: &str, duration: u32, gap: u32) -> Result<(), JsValue>;
}

/// How long a key sounds and how long the pause behind it is, ms: what RFC 4733 receivers and old exchanges both take.
pub const KEY: u32 = 160;
const KEY_GAP: u32 = 70;

/// What a peer tells.
pub enum PeerEvent {
    /// A way to reach us was found; `None`: there are no more.
    Candidate(Option<String>),
    /// The server at this address did not help to find one.
    Unreachable(String),
    /// The connection's ICE is in another state.
    State(String),
    /// This is what the other party says, a `MediaStreamTrack`.
    Voice(JsValue),
}

/// See the module.
pub struct Peer {
    raw: Connection,
    open: Set<JsValue>,
    _event: Callback<Event>,
}

const EVENTS: [&str; 4] = [
    "onicecandidate",
    "onicecandidateerror",
    "oniceconnectionstatechange",
    "ontrack",
];

impl Peer {
    /// A connection with nothing in it. `servers` are the page's STUN and TURN servers; `open` lists it while it lives.
    pub fn new(
        servers: &JsValue,
        open: Set<JsValue>,
        tell: impl Fn(PeerEvent) + 'static,
    ) -> Result<Self, JsValue> {
        let options = Object::new();
        set(&options, "bundlePolicy", &"max-bundle".into());
        set(&options, "rtcpMuxPolicy", &"require".into());
        if Array::is_array(servers) {
            set(&options, "iceServers", servers);
        }
        let raw = Connection::new(&options)?;
        let watched = JsValue::clone(&raw);
        let event = callback(move |event: Event| {
            tell(match event.type_().as_str() {
                "icecandidate" => {
                    let text = get(&get(&event, "candidate"), "candidate").as_string();
                    // The end is written as an empty one by some.
                    PeerEvent::Candidate(text.filter(|text| !text.is_empty()))
                }
                "icecandidateerror" => {
                    PeerEvent::Unreachable(get(&event, "url").as_string().unwrap_or_default())
                }
                "track" => PeerEvent::Voice(get(&event, "track")),
                _ => PeerEvent::State(
                    get(&watched, "iceConnectionState")
                        .as_string()
                        .unwrap_or_default(),
                ),
            });
        });
        for name in EVENTS {
            set(&raw, name, event.as_ref());
        }
        open.add(&raw);
        Ok(Peer {
            raw,
            open,
            _event: event,
        })
    }

    /// Sends this track from now on, as soon as the other party knows of it.
    pub fn add(&self, track: &JsValue, stream: &JsValue) -> Outcome {
        self.raw.add_track(track, stream)
    }

    fn transceiver(&self) -> JsValue {
        get(&self.raw.transceivers(), "0")
    }

    fn sender(&self) -> JsValue {
        get(&self.transceiver(), "sender")
    }

    /// Sends another track in place of the present one; null: not one packet leaves.
    pub fn send(&self, track: &JsValue) {
        let sender = self.sender();
        if sender.is_object() {
            let replaced = sender.unchecked_ref::<Sender>().replace(track);
            // It fails only where the connection is closed already.
            super::promise::then(replaced, |_| {});
        }
    }

    /// Which way audio may flow, as every later offer and answer says it.
    pub fn direct(&self, direction: &str) {
        let transceiver = self.transceiver();
        if transceiver.is_object() {
            set(&transceiver, "direction", &direction.into());
        }
    }

    /// Makes the offer or the answer that is due.
    pub fn describe(&self) -> Outcome {
        self.raw.set_local(&JsValue::UNDEFINED)
    }

    /// Makes something to describe where there is no sound to send: a look for ways.
    pub fn probe(&self) {
        let _ = self.raw.data_channel("");
    }

    /// Takes back the offer that is open, ours or theirs.
    pub fn roll_back(&self) {
        let description = Object::new();
        set(&description, "type", &"rollback".into());
        let taken = if get(&self.raw, "signalingState") == *"have-remote-offer" {
            self.raw.set_remote(&description)
        } else {
            self.raw.set_local(&description)
        };
        // There may be none.
        super::promise::then(taken, |_| {});
    }

    /// Takes the other party's description: `offer`, `pranswer` or `answer`.
    pub fn take(&self, kind: &str, sdp: &str) -> Outcome {
        let description = Object::new();
        set(&description, "type", &kind.into());
        set(&description, "sdp", &sdp.into());
        self.raw.set_remote(&description)
    }

    /// Takes a candidate of the other party's that came after its description.
    pub fn candidate(&self, section: &str, candidate: &str) {
        let init = Object::new();
        set(&init, "sdpMid", &section.into());
        set(&init, "candidate", &candidate.into());
        // One that cannot be used is one way less, no more.
        super::promise::then(self.raw.add_candidate(&init), |_| {});
    }

    /// The next offer looks for new ways.
    pub fn restart(&self) {
        let _ = self.raw.restart();
    }

    /// Our description as it is now, with the candidates found so far.
    pub fn sdp(&self) -> String {
        get(&get(&self.raw, "localDescription"), "sdp")
            .as_string()
            .unwrap_or_default()
    }

    /// Whether all ways to reach us that there are have been found.
    pub fn has_all_candidates(&self) -> bool {
        get(&self.raw, "iceGatheringState") == *"complete"
    }

    /// Whether sound has ceased to get through, as ICE sees it.
    pub fn is_broken(&self) -> bool {
        let state = get(&self.raw, "iceConnectionState");
        state == *"disconnected" || state == *"failed"
    }

    /// Its statistics: a promise of an `RTCStatsReport`.
    pub fn stats(&self) -> Outcome {
        self.raw.stats()
    }

    /// Presses a key as RFC 4733 has it, behind those that are still sounding. `false`: the other party takes none.
    pub fn press(&self, key: char) -> bool {
        let keys = get(&self.sender(), "dtmf");
        if !keys.is_object() || get(&keys, "canInsertDTMF").is_falsy() {
            return false;
        }
        let mut all = get(&keys, "toneBuffer").as_string().unwrap_or_default();
        all.push(key);
        keys.unchecked_ref::<Keys>()
            .insert(&all, KEY, KEY_GAP)
            .is_ok()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        for name in EVENTS {
            set(&self.raw, name, &JsValue::NULL);
        }
        self.raw.close();
        self.open.delete(&self.raw);
    }
}
