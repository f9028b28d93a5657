//! RabbitMQ, the broker that the tests compare the sandbox with.

use std::path::Path;

use super::apt::Missing;
use crate::sh;

/// Where packages put it; for others than root `/usr/sbin` is often not on `PATH`.
const PLACES: [&str; 2] = [
    "/usr/sbin/rabbitmq-server",
    "/usr/lib/rabbitmq/bin/rabbitmq-server",
];

/// What is to be installed for the broker, if anything.
pub fn missing() -> Option<Missing> {
    let there = sh::find("rabbitmq-server").is_some()
        || PLACES.iter().any(|place| Path::new(place).is_file());
    (!there).then_some(Missing {
        what: "RabbitMQ",
        packages: &["rabbitmq-server"],
    })
}
