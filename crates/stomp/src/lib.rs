//! STOMP 1.0, 1.1 and 1.2 for clients and servers, without I/O.
//!
//! Bytes come in, frames go out; there is no socket, no clock and no randomness in here.
//! Whoever owns the socket passes what it received together with the time, and writes what it is given.
//!
//! * [`Decoder`] cuts a stream of bytes, however it is split, into [`Frame`]s that borrow from it.
//! * [`Writer`] turns frames into bytes.
//! * [`client::Connection`] and [`server::Connection`] know the two ends of a link:
//!   version, heart-beats, receipts, errors.
//!
//! ```
//! let mut decoder = stomp::Decoder::new(stomp::Limits::default());
//! let mut frames = decoder.feed(b"MESSAGE\nsubscription:sub-0\n\nhello\0\n");
//! while let Some(item) = frames.next() {
//!     if let Ok(stomp::Item::Frame(frame)) = item {
//!         assert_eq!(frame.header("subscription").as_deref(), Some("sub-0"));
//!         assert_eq!(frame.body(), b"hello");
//!     }
//! }
//! ```
//!
//! Sources: the specifications STOMP 1.0, 1.1 and 1.2 of stomp.github.io; "spec" below means 1.2.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // parsers are total

mod beat;
mod decode;
mod encode;
mod frame;

pub mod client;
pub mod server;

pub use decode::{DecodeError, Decoder, Fault, Frames, Item, Limits};
pub use encode::{EncodeError, Writer};
pub use frame::{Command, Frame, Headers, Version};
