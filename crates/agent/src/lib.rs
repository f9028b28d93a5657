//! What an agent's workplace is, without I/O: the vocabulary and the session.
//!
//! * [`Session`] is the one state machine: link, login, agent state, call. It has no clock, no socket and no
//!   randomness; `handle(input, now)` takes what happened, `poll_output()` says what to do, `poll_timeout()` when to
//!   come back.
//! * [`event`], [`command`], [`state`], [`cause`] and [`fault`] are the words it speaks.
//! * [`backend`] translates them to and from a vendor's wire format.
//!
//! A driver is a loop of three lines; the browser's is `src/client.rs` of the toolbar, the tests' is a test clock.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // parsers are total

pub mod backend;
pub mod call;
pub mod cause;
pub mod command;
pub mod config;
pub mod event;
pub mod fault;
pub mod json;
pub mod language;
pub mod number;
pub mod record;
pub mod rules;
pub mod session;
pub mod state;

pub use command::Command;
pub use config::{Config, Credentials, Secret};
pub use event::{Event, EventName};
pub use fault::Fault;
pub use language::{Lang, Word};
pub use session::{Emit, Input, Now, Output, Session};
pub use state::State;
