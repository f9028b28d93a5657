//! What is heard: the other party, and the ring tone; and what becomes of devices meanwhile.

use super::driver::{Due, Phone};
use super::talk::{Stage, Talk};
use super::telling::Facts;
use super::tone;
use crate::browser::media::{MediaEvent, Meter, Refused};
use crate::browser::promise::promise;
use agent::Fault;
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// How often levels are measured, ms.
const LEVEL: u64 = 250;
/// How loud it rings into a conversation.
const ASIDE: f64 = 0.2;

/// What a browser says that gives no microphone, in our words.
pub(super) fn fault(refused: Refused) -> Fault {
    match refused {
        Refused::Insecure => Fault::PhoneInsecure,
        Refused::Unsupported => Fault::PhoneUnsupported,
        Refused::Denied => Fault::MicrophoneDenied,
        Refused::Missing(message) => Fault::MicrophoneMissing { message },
        Refused::Failed(message) => Fault::MediaFailed { message },
    }
}

impl Phone {
    /// Lets the other party be heard.
    pub(super) fn voice(&self, talk: &Rc<Talk>, track: &JsValue) {
        // The page's element is for the call that was alone when it began.
        let alone = self.calls.borrow().len() == 1;
        let own = (alone && self.output.is_object()).then(|| self.output.clone());
        let before = talk.voice.borrow().clone();
        let Some(voice) = before.or_else(|| self.media.player(false, own)) else {
            return;
        };
        *talk.heard.borrow_mut() = voice.voice(track);
        voice.silence(talk.told_held.get());
        *talk.voice.borrow_mut() = Some(voice.clone());
        let blocked = self.later(talk, |phone, talk, ()| {
            phone.warn(talk, &Fault::WarnAudioBlocked, false);
        });
        self.media.play(&voice, move || blocked(()));
    }

    /// Rings for a call, softly into another one.
    pub(super) fn ring(&self, talk: &Rc<Talk>) {
        let before = self.ringer.borrow().clone();
        let Some(ringer) = before.or_else(|| self.media.player(true, None)) else {
            return;
        };
        let talking = self.all().iter().any(|one| one.is(Stage::Talking));
        ringer.volume(if talking { ASIDE } else { 1.0 });
        let first = self.ringer.replace(Some(ringer.clone())).is_none();
        if !first {
            return;
        }
        ringer.sound(self.ring.as_deref(), tone::wav);
        let blocked = self.later(talk, |phone, talk, ()| {
            let facts = phone.facts_of(&Fault::RingBlocked);
            phone.tell("RingBlocked", facts.with("call", talk.id));
        });
        self.media.play(&ringer, move || blocked(()));
    }

    /// Ends the ringing where nothing rings any more.
    pub(super) fn hush(&self) {
        if !self.all().iter().any(|talk| talk.is(Stage::Ringing)) {
            let ringer = self.ringer.take();
            drop(ringer);
        }
    }

    /// Devices came or went, or the microphone is another one.
    pub(super) fn media_event(&self, event: MediaEvent) {
        match event {
            MediaEvent::Devices => {
                let label = self.media.current().map(|one| one.label());
                self.tell("DevicesChanged", Facts::new().with("microphone", label));
            }
            MediaEvent::Lost(refused) => self.except(&fault(refused)),
            MediaEvent::Microphone(microphone) => {
                for talk in self.all() {
                    // A call on hold gets it when it goes on.
                    if let Some(peer) = talk.peer().filter(|_| !talk.told_held.get()) {
                        peer.send(microphone.track());
                        self.note(&talk, ["microphone ", &microphone.label()].concat());
                    }
                }
            }
        }
    }

    /// A promise of the list of devices.
    pub fn devices(&self) -> Promise {
        let (given, settle) = promise();
        settle.with(self.media.devices());
        given
    }

    /// Speaks into another device, at once; `None`: the system's.
    pub fn set_microphone(&self, id: Option<String>) -> Promise {
        let (given, settle) = promise();
        let me = self.me.clone();
        self.media.choose(id, move |result| {
            let phone = me.upgrade();
            settle.with(match (result, phone) {
                (Err(refused), Some(phone)) => Err(phone.error(&fault(refused))),
                _ => Ok(JsValue::UNDEFINED),
            });
        });
        given
    }

    /// Hears through another device; empty: the system's.
    pub fn set_speaker(&self, id: String) {
        self.media.choose_speaker(id);
    }

    /// Rings through another device; empty: the system's.
    pub fn set_ring_device(&self, id: String) {
        self.media.choose_ring_device(id);
    }

    /// Tells how loud it is, or no longer.
    pub fn levels(&self, on: bool) {
        self.levels.set(on);
        if on {
            self.remind(LEVEL, Due::Level);
        } else {
            self.forget(Due::Level);
            self.meter.take();
        }
    }

    /// Measures once, and comes back while there is something to measure.
    pub(super) fn measure(&self) {
        let Some(microphone) = self.media.current() else {
            return;
        };
        let heard = self.current().map(|talk| talk.heard.borrow().clone());
        let mut meter = self.meter.borrow_mut();
        if meter.is_none() {
            *meter = Meter::new();
        }
        let Some(measured) = meter.as_mut() else {
            return;
        };
        let input = measured.level(microphone.stream());
        let heard = heard.filter(JsValue::is_object);
        let output = heard.map_or(0.0, |stream| measured.level(&stream));
        drop(meter);
        self.remind(LEVEL, Due::Level);
        self.tell(
            "Level",
            Facts::new().with("input", input).with("output", output),
        );
    }
}
