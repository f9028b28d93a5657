//! The phone of a page: one SIP user agent, and what it decides for each call. What the browser does for it, from the
//! microphone to the connections for sound, is in `src/js/phone-*.js`.
//!
//! * `driver` runs the user agent: link, clock, what is heard of connections; `talk` is what is kept of one call.
//! * `calls` is what the page can do with calls, `incoming` who answers one.
//! * `events` is what the user agent tells, `telling` how the page hears of it and what it can ask.
//! * `offers` makes the two ends agree on sound, `quality` judges it.
//! * `part` is the way in from the script, which does not hold all this.

#[cfg(target_arch = "wasm32")]
mod calls;
#[cfg(target_arch = "wasm32")]
mod driver;
#[cfg(target_arch = "wasm32")]
mod events;
#[cfg(target_arch = "wasm32")]
mod incoming;
#[cfg(target_arch = "wasm32")]
mod offers;
#[cfg(target_arch = "wasm32")]
pub mod part;
mod quality;
#[cfg(target_arch = "wasm32")]
mod talk;
#[cfg(target_arch = "wasm32")]
mod telling;

#[cfg(target_arch = "wasm32")]
pub use quality::Sample;
