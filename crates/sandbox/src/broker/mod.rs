//! STOMP over WebSocket, as RabbitMQ's Web STOMP plug-in speaks it.
//!
//! Commands are sent to one exchange and reach the center; whoever subscribes to a routing key of the topic
//! exchange gets what the center sends there. There are no queues: without a subscriber a message is gone.

mod connection;
mod destination;
mod faults;
mod hub;

pub use connection::serve;
pub use faults::{FaultBoard, Faults};
pub use hub::{Delivery, Hub, Subscriptions};

/// The exchange that takes commands.
pub const REQUEST_EXCHANGE: &str = "ccs.request.exchange";

/// The sub-protocols of a handshake that can be spoken.
pub const SUB_PROTOCOLS: [&str; 3] = ["v12.stomp", "v11.stomp", "v10.stomp"];
