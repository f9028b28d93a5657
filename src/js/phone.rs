//! The JavaScript face of the phone: what `soft-phone-sdk.js` beside this file builds the class `SoftPhoneSdk` on.

use crate::browser::host::PhoneHost;
use crate::phone::Sample;
use crate::phone::part::{self, Made, Works};
use wasm_bindgen::prelude::*;

/// One phone. Calls are named by their numbers, 0 is the present one.
#[wasm_bindgen]
pub struct SoftPhone(Box<dyn Works>);

#[wasm_bindgen]
impl SoftPhone {
    /// Reads the options; nothing happens before it is told to register. Only where the part is there.
    #[wasm_bindgen(constructor)]
    pub fn new(host: PhoneHost, auto_answer: bool, trickle: bool) -> SoftPhone {
        SoftPhone(part::make(Made {
            host,
            auto_answer,
            trickle,
        }))
    }

    /// Does what a method is named for, or throws why it cannot; gives the number of a call that was made.
    pub fn act(&self, method: &str, call: u32, text: &str) -> Result<u32, JsValue> {
        self.0.act(method, call, text)
    }

    /// Something happened to the link, or to the connection of a call.
    pub fn heard(&self, what: &str, call: u32, text: &str) {
        self.0.heard(what, call, text);
    }

    /// The link received a message.
    pub fn received(&self, bytes: &[u8]) {
        self.0.received(bytes);
    }

    /// So much was counted of the sound of a call; `energy` is not a number where the browser does not say.
    #[allow(clippy::too_many_arguments)] // numbers cross for nothing, an object does not
    pub fn measured(
        &self,
        call: u32,
        received: f64,
        lost: f64,
        jitter: f64,
        waited: f64,
        played: f64,
        round_trip: f64,
        energy: f64,
        muted: bool,
    ) {
        let sample = Sample {
            received,
            lost,
            jitter,
            waited,
            played,
            round_trip,
            energy: (!energy.is_nan()).then_some(energy),
        };
        self.0.measured(call, sample, muted);
    }

    /// The phone and its calls as JSON.
    pub fn state(&self) -> String {
        self.0.state()
    }

    /// What went over the wire for a call, as JSON; also of the last few that have ended.
    pub fn trace(&self, call: u32) -> Option<String> {
        self.0.trace(call)
    }
}
