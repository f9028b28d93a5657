//! Looks into a SIP message for a page: what `SoftPhoneSdk.parseMessage` is made of.

use crate::browser::host::Host;
use sip::{Message, Name, NameAddr};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Takes what a message says. Texts are given by their places in it, in UTF-16 units, so that nothing is copied; one
    /// that is missing ends at 0. `status` is 0 for a request, `cseq` -1 where it is missing.
    #[wasm_bindgen(method)]
    #[allow(clippy::too_many_arguments)] // each crossing costs as much as all of these together
    pub fn summary(
        this: &Host,
        status: u32,
        method: u32,
        method_end: u32,
        call_id: u32,
        call_id_end: u32,
        cseq: i32,
        from: u32,
        from_end: u32,
        to: u32,
        to_end: u32,
        headers: u32,
        body: u32,
    );
    /// Takes why a text is no message, and where, in UTF-16 units.
    #[wasm_bindgen(method)]
    pub fn unreadable(this: &Host, offset: u32, what: &str);
}

/// Reads a message of `length` UTF-16 units; calls `summary` or `unreadable` of the host before it is back.
#[wasm_bindgen]
pub fn parse_message(host: &Host, text: &JsValue, length: u32) {
    let mut bytes = vec![0; length as usize * 3];
    let written = host.utf8(text, &mut bytes) as usize;
    bytes.truncate(written);
    let place = |at: usize| units(&bytes, at, length);
    let message = match Message::parse(&bytes) {
        Ok(message) => message,
        Err(error) => return host.unreadable(place(error.offset), error.what),
    };
    // A part of the message, which borrows from the bytes, knows where it starts.
    let stretch = |part: Option<&str>| match part {
        Some(part) => {
            let start = part.as_ptr() as usize - bytes.as_ptr() as usize;
            (place(start), place(start + part.len()))
        }
        None => (0, 0),
    };
    let address = |name| message.raw(name).and_then(NameAddr::parse).map(|a| a.uri);
    let method = stretch(message.method());
    let call_id = stretch(message.raw(Name::CallId));
    let from = stretch(address(Name::From));
    let to = stretch(address(Name::To));
    host.summary(
        message.status().map_or(0, u32::from),
        method.0,
        method.1,
        call_id.0,
        call_id.1,
        message.cseq().map_or(-1, |cseq| cseq.number as i32),
        from.0,
        from.1,
        to.0,
        to.1,
        message.count() as u32,
        message.body().len() as u32,
    );
}

/// How many UTF-16 units stand before a byte, in a text that has `length` of them.
fn units(bytes: &[u8], at: usize, length: u32) -> u32 {
    if bytes.len() == length as usize {
        return at as u32;
    }
    // A character has one byte that is no continuation; one outside the basic plane has four and takes two units.
    let before = bytes.iter().take(at);
    before
        .map(|b| u32::from(b & 0xc0 != 0x80) + u32::from(*b >= 0xf0))
        .sum()
}
