//! A contact centre in one process: enough of one that anybody can try the agent toolbar on one machine.
//!
//! * [`center`] is the contact centre itself: agents, calls, events. It has no I/O and no clock.
//! * [`broker`] speaks STOMP over WebSocket to the agents' browsers, as RabbitMQ's Web STOMP plug-in does;
//!   [`amqp`] instead puts the center behind a real RabbitMQ.
//! * [`pbx`] speaks SIP over WebSocket to the agents' browser phones, and [`mixer`] makes their calls sound.
//! * [`http`] serves the demo page, the WebSockets and the JSON control for tests.
//! * [`people`] says who works here.
//!
//! Everything is kept in memory and forgotten at the end.

pub mod actor;
pub mod amqp;
pub mod arguments;
pub mod broker;
pub mod center;
pub mod http;
pub mod mixer;
pub mod pbx;
pub mod people;
mod start;

pub use start::{Options, Sandbox, StartError, start};
