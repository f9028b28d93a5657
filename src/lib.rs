//! The agent toolbar: an agent's workplace in any page.
//!
//! * `js` is the JavaScript API, `toolbar` what the agent sees: two faces of the same session.
//! * `client` runs one [`agent::Session`] with what `browser` lends: socket, clock, storage. `phone` runs one SIP user
//!   agent with microphone and peer connections, and `pairing` joins the two where the agent talks in the browser.
//!
//! All of it exists for `wasm32` only, but for the phone's arithmetic, which is tested anywhere; `cargo xtask build` makes
//! the package.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod client;
#[cfg(target_arch = "wasm32")]
mod js;
#[cfg(target_arch = "wasm32")]
mod pairing;
#[cfg(any(test, target_arch = "wasm32"))]
mod phone;
#[cfg(target_arch = "wasm32")]
mod toolbar;

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;
