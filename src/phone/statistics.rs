//! Reads what the browser counts of a call, tells it, and warns.

use super::driver::{Due, Phone};
use super::quality::{Change, Expected, Quality, Sample, Trouble, Watch};
use super::talk::{Stage, Talk};
use super::telling::Facts;
use crate::browser::get;
use crate::browser::promise::{Outcome, promise, then};
use agent::Fault;
use js_sys::{Array, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// An `RTCStatsReport`.
    type Report;
    #[wasm_bindgen(method)]
    fn values(this: &Report) -> JsValue;
    #[wasm_bindgen(method)]
    fn get(this: &Report, id: &JsValue) -> JsValue;
}

/// How often a call is looked at, ms.
pub(super) const EVERY: u64 = 2000;

/// What was read at one moment.
#[derive(Default)]
pub(super) struct Reading {
    pub sample: Sample,
    sent: f64,
    input: Option<f64>,
    output: Option<f64>,
    codec: Option<String>,
    /// Kinds of the two candidates in use, ours first.
    pair: Option<String>,
}

/// Reads a report of the browser's.
pub(super) fn read(report: &JsValue) -> Reading {
    let mut reading = Reading::default();
    let sample = &mut reading.sample;
    let report: &Report = report.unchecked_ref();
    let mut pair = JsValue::UNDEFINED;
    for one in Array::from(&report.values()).iter() {
        let number = |name| get(&one, name).as_f64();
        let count = |name| number(name).unwrap_or(0.0);
        match get(&one, "type").as_string().as_deref() {
            Some("inbound-rtp") => {
                sample.received = count("packetsReceived");
                sample.lost = count("packetsLost");
                sample.jitter = count("jitter") * 1000.0;
                sample.waited = count("jitterBufferDelay");
                sample.played = count("jitterBufferEmittedCount");
                reading.output = number("audioLevel");
                let codec = report.get(&get(&one, "codecId"));
                reading.codec = get(&codec, "mimeType").as_string();
            }
            Some("outbound-rtp") => reading.sent = count("packetsSent"),
            Some("remote-inbound-rtp") => sample.round_trip = count("roundTripTime") * 1000.0,
            Some("media-source") => {
                reading.input = number("audioLevel");
                sample.energy = number("totalAudioEnergy");
            }
            Some("candidate-pair") if get(&one, "nominated").is_truthy() => {
                pair = one.clone();
            }
            _ => {}
        }
    }
    if sample.round_trip == 0.0 {
        let seconds = get(&pair, "currentRoundTripTime").as_f64();
        sample.round_trip = seconds.unwrap_or(0.0) * 1000.0;
    }
    let end = |id| {
        let candidate = report.get(&get(&pair, id));
        get(&candidate, "candidateType").as_string()
    };
    if let (Some(ours), Some(theirs)) = (end("localCandidateId"), end("remoteCandidateId")) {
        reading.pair = Some([&ours, "/", &theirs].concat());
    }
    reading
}

/// Two decimals are enough for people.
fn short(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn facts(reading: &Reading, quality: &Quality) -> Facts {
    Facts::new()
        .with("mos", short(quality.mos))
        .with("loss", short(quality.loss))
        .with("jitter", short(quality.jitter))
        .with("roundTrip", short(quality.round_trip))
        .with("inputLevel", reading.input)
        .with("outputLevel", reading.output)
        .with("codec", reading.codec.as_deref())
        .with("pair", reading.pair.as_deref())
        .with("packetsSent", reading.sent)
        .with("packetsReceived", reading.sample.received)
        .with("packetsLost", reading.sample.lost)
}

fn fault(change: &Change) -> Fault {
    let value = change.value as u32;
    match change.trouble {
        Trouble::Loss => Fault::WarnLoss { percent: value },
        Trouble::Jitter => Fault::WarnJitter { ms: value },
        Trouble::RoundTrip => Fault::WarnRoundTrip { ms: value },
        Trouble::Mos => Fault::WarnMos,
        Trouble::NoIncoming => Fault::WarnNoIncoming,
        Trouble::NoMicrophone => Fault::WarnNoMicrophoneLevel,
    }
}

impl Phone {
    /// Looks at every call that goes on, and comes back while there is one.
    pub(super) fn read_statistics(&self) {
        for talk in self.all() {
            if !talk.is(Stage::Talking) {
                continue;
            }
            self.remind(EVERY, Due::Statistics);
            if let Some(peer) = talk.peer() {
                let told = self.later(&talk, |phone, talk, outcome: Outcome| {
                    if let Ok(report) = outcome {
                        phone.judge(talk, &read(&report));
                    }
                });
                then(peer.stats(), told);
            }
        }
    }

    fn judge(&self, talk: &Rc<Talk>, reading: &Reading) {
        let quiet = talk.held.get() || talk.held_by_peer.get();
        let expected = Expected {
            hearing: !quiet,
            speaking: !quiet && !self.media.is_muted(),
        };
        let (quality, changes) = talk.watch.borrow_mut().take(reading.sample, expected);
        talk.quality.set(Some(quality));
        let facts = facts(reading, &quality).with("call", talk.id);
        self.tell("Quality", facts);
        for change in changes {
            self.warn(talk, &fault(&change), change.over);
        }
    }

    /// A promise of a call's figures as one flat object; 0: the current call's.
    pub fn statistics(&self, call: u32) -> Promise {
        let (given, settle) = promise();
        let talk = match call {
            0 => self.current(),
            _ => self.find(call),
        };
        let peer = talk.as_ref().and_then(|talk| talk.peer());
        let (Some(talk), Some(peer)) = (talk, peer) else {
            settle.with(Err(self.error(&Fault::NoCall)));
            return given;
        };
        then(peer.stats(), move |outcome| {
            settle.with(outcome.map(|report| {
                let reading = read(&report);
                let quality = talk.quality.get().unwrap_or_else(|| {
                    let all = Expected {
                        hearing: true,
                        speaking: true,
                    };
                    Watch::default().take(reading.sample, all).0
                });
                facts(&reading, &quality).object()
            }));
        });
        given
    }
}
