//! One connection for sound with another party. Dropping it closes it.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The connection of `src/js/phone-peer.js`. What comes of what is asked for here is heard later.
    pub type JsPeer;
    #[wasm_bindgen(method)]
    fn describe(this: &JsPeer, holds: bool, renews: bool, at_once: bool);
    #[wasm_bindgen(method)]
    fn enough(this: &JsPeer);
    #[wasm_bindgen(method)]
    fn take(this: &JsPeer, kind: &str, sdp: &str);
    #[wasm_bindgen(method, js_name = rollBack)]
    fn roll_back(this: &JsPeer);
    #[wasm_bindgen(method)]
    fn candidate(this: &JsPeer, section: &str, candidate: &str);
    #[wasm_bindgen(method)]
    fn late(this: &JsPeer, sent: bool) -> Option<String>;
    #[wasm_bindgen(method)]
    fn sound(this: &JsPeer, on: bool);
    #[wasm_bindgen(method)]
    fn press(this: &JsPeer, key: &str) -> bool;
    #[wasm_bindgen(method)]
    fn close(this: &JsPeer);
}

/// How long a key sounds, ms; `phone-peer.js` has the same.
pub const KEY: &str = "160";

/// See the module.
pub struct Peer(pub JsPeer);

impl Peer {
    /// Makes the offer or the answer that is due, and tells it once it holds a way to reach us; `at_once`: as it is.
    /// `renews`: by new ways.
    pub fn describe(&self, holds: bool, renews: bool, at_once: bool) {
        self.0.describe(holds, renews, at_once);
    }

    /// Tells the description as it is now.
    pub fn enough(&self) {
        self.0.enough();
    }

    /// Takes the other party's description: `offer`, `pranswer` or `answer`.
    pub fn take(&self, kind: &str, sdp: &str) {
        self.0.take(kind, sdp);
    }

    /// Takes back the offer that is open, ours or theirs.
    pub fn roll_back(&self) {
        self.0.roll_back();
    }

    /// Takes a candidate of the other party's that came after its description.
    pub fn candidate(&self, section: &str, candidate: &str) {
        self.0.candidate(section, candidate);
    }

    /// Our candidates that came after our description had gone, as RFC 8840 has them; `sent`: without those of before.
    pub fn late(&self, sent: bool) -> Option<String> {
        self.0.late(sent)
    }

    /// Whether anything is sent, and heard.
    pub fn sound(&self, on: bool) {
        self.0.sound(on);
    }

    /// Presses a key as RFC 4733 has it. `false`: the other party takes none.
    pub fn press(&self, key: &str) -> bool {
        self.0.press(key)
    }

    /// Closes it before it is dropped.
    pub fn close(&self) {
        self.0.close();
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.0.close();
    }
}
