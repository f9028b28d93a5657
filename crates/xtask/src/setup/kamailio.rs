//! Kamailio, the SIP server that the tests of the phone run through.

use std::env::consts::ARCH;
use std::path::Path;

use super::apt::{self, Missing};

/// What is to be installed for it, if anything.
pub fn missing() -> Option<Missing> {
    let modules = format!("/usr/lib/{ARCH}-linux-gnu/kamailio/modules");
    let there = apt::has_program("kamailio")
        && ["websocket.so", "outbound.so"]
            .iter()
            .all(|module| Path::new(&modules).join(module).is_file());
    (!there).then_some(Missing {
        what: "Kamailio",
        packages: &[
            "kamailio",
            "kamailio-websocket-modules",
            "kamailio-outbound-modules",
        ],
    })
}
