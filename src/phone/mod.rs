//! The phone of a page: one SIP user agent with a microphone, speakers and a connection for the sound of each call.
//!
//! * `driver` runs the user agent: link, clock, events; `talk` is what is kept of one call.
//! * `calls` is what the page can do with calls, `incoming` who answers one.
//! * `events` is what the user agent tells, `telling` how the page hears of it and what it can ask.
//! * `offers` makes the two ends agree on sound, `sound` lets it be heard.
//! * `quality` judges it by what `statistics` reads, `check` tries everything before a call does.

#[cfg(target_arch = "wasm32")]
mod calls;
#[cfg(target_arch = "wasm32")]
mod check;
#[cfg(target_arch = "wasm32")]
mod driver;
#[cfg(target_arch = "wasm32")]
mod events;
#[cfg(target_arch = "wasm32")]
mod incoming;
#[cfg(target_arch = "wasm32")]
mod offers;
#[cfg(target_arch = "wasm32")]
mod options;
mod quality;
#[cfg(target_arch = "wasm32")]
mod sound;
#[cfg(target_arch = "wasm32")]
mod statistics;
#[cfg(target_arch = "wasm32")]
mod talk;
#[cfg(target_arch = "wasm32")]
mod telling;
mod tone;

#[cfg(target_arch = "wasm32")]
pub use driver::Phone;
#[cfg(target_arch = "wasm32")]
pub use options::{Own, PhoneOptions};
