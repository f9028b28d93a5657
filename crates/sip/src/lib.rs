//! SIP for user agents, over WebSocket, without I/O.
//!
//! Bytes and the time come in, text and events go out; there is no socket, no clock and no chance in here.
//!
//! * [`message`] reads and prints messages, and says what a server owes for a bad one.
//! * [`uri`] takes SIP URIs apart and compares them.
//! * [`auth`] is digest authentication, both ends.
//! * [`sdp`] changes session descriptions line by line.
//! * [`agent`] is one user agent on one link: registration, calls, transfer, keep-alive.
//!
//! ```
//! use sip::{Message, Name};
//! let text = b"OPTIONS sip:desk@example.com SIP/2.0\r\nv: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\ns: two\r\n words\r\n\r\n";
//! let message = Message::parse(text)?;
//! assert_eq!(message.method(), Some("OPTIONS"));
//! assert_eq!(message.header(Name::Subject), Some("two words"));
//! # Ok::<(), sip::ParseError>(())
//! ```
//!
//! Sources: RFC 3261 and those that extend it; each place names its section.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // parsers are total

pub mod agent;
pub mod auth;
pub mod message;
pub mod sdp;
mod transaction;
pub mod uri;

pub use agent::UserAgent;
pub use message::{
    CSeq, Draft, Lines, Message, Name, NameAddr, ParseError, Verdict, Via, judge, param, quoted,
    validate,
};
pub use uri::Uri;
