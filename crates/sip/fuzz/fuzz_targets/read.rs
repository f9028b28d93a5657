//! Any bytes as a message, and as a URI: no panic, and all that the property tests ask.
#![no_main]

#[path = "../../tests/check/mod.rs"]
mod check;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    check::message(data);
    check::uri(&String::from_utf8_lossy(data));
});
