//! `ip`, with which the tests of the phone make a network of their own.

use super::apt::{self, Missing};

/// What is to be installed for it, if anything: only root can make a network, others skip those tests.
pub fn missing() -> Option<Missing> {
    (apt::is_root() && !apt::has_program("ip")).then_some(Missing {
        what: "the command ip",
        packages: &["iproute2"],
    })
}
