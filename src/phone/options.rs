//! What the page says of its phone.

use sip::auth::Secret;
use wasm_bindgen::prelude::*;

/// What the page says of its phone.
pub struct PhoneOptions {
    /// Whole address of the SIP server's WebSocket.
    pub url: String,
    /// Account, and user of the digest where `authorization_user` is `None`.
    pub account: String,
    /// Its password.
    pub password: Secret,
    /// SIP domain.
    pub domain: String,
    /// Name that others see; may be empty.
    pub display: String,
    /// User of the digest.
    pub authorization_user: Option<String>,
    /// Answer every call.
    pub auto_answer: bool,
    /// STUN and TURN servers, as `RTCConfiguration.iceServers` has them; undefined: none.
    pub ice_servers: JsValue,
    /// Wishes about sound, as `MediaTrackConstraints`; undefined: the phone's own.
    pub audio: JsValue,
    /// Send ways to reach us as they are found, where the other end takes them so.
    pub trickle: bool,
    /// Address of another ring tone.
    pub ring: Option<String>,
    /// Device to ring through.
    pub ring_device: Option<String>,
    /// Device to speak into.
    pub microphone: Option<String>,
    /// Device to hear through.
    pub speaker: Option<String>,
    /// The page's media element to hear through; undefined: one of ours.
    pub output: JsValue,
    /// `User-Agent`.
    pub product: String,
}

/// Which call is the page's own, to be answered without asking.
#[derive(Clone, PartialEq, Eq)]
pub enum Own {
    /// None.
    Nothing,
    /// The next one without the platform's name for it.
    Pending,
    /// The one with this name (`X-Call-Id`).
    Call(String),
}
