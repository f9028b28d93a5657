//! A WebSocket with one owner. Dropping it takes its listeners off first, so that nothing of it is heard any more, and
//! closes it without waiting for anyone.

use super::{Callback, callback};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{BinaryType, Event, MessageEvent, WebSocket};

/// What a socket tells.
pub enum SocketEvent {
    /// It is open.
    Opened,
    /// It received this: a string or an `ArrayBuffer`.
    Received(JsValue),
    /// It could not be opened, or something broke; `Closed` follows.
    Failed(Event),
    /// It is closed.
    Closed(Event),
}

/// See the module.
pub struct Socket {
    raw: WebSocket,
    _message: Callback<MessageEvent>,
    _other: Callback<Event>,
}

impl Socket {
    /// Opens a socket. Every event goes to `tell`.
    pub fn open(
        url: &str,
        protocols: &[&str],
        tell: impl Fn(SocketEvent) + 'static,
    ) -> Result<Self, JsValue> {
        let list: js_sys::Array = protocols.iter().map(|p| JsValue::from_str(p)).collect();
        let raw = WebSocket::new_with_str_sequence(url, &list)?;
        // Text is the rule; binary messages are read all the same.
        raw.set_binary_type(BinaryType::Arraybuffer);
        let tell = Rc::new(tell);
        let messages = tell.clone();
        // On its own, so that not each message is asked for its type first.
        let message =
            callback(move |event: MessageEvent| messages(SocketEvent::Received(event.data())));
        let other = callback(move |event: Event| {
            tell(match event.type_().as_str() {
                "open" => SocketEvent::Opened,
                "error" => SocketEvent::Failed(event),
                _ => SocketEvent::Closed(event),
            });
        });
        let function = Some(other.as_ref().unchecked_ref());
        raw.set_onopen(function);
        raw.set_onerror(function);
        raw.set_onclose(function);
        raw.set_onmessage(Some(message.as_ref().unchecked_ref()));
        Ok(Socket {
            raw,
            _message: message,
            _other: other,
        })
    }

    /// Sends a text. A socket that is closing drops it; its `Closed` is on the way then.
    pub fn send(&self, text: &str) {
        let _ = self.raw.send_with_str(text);
    }

    /// The browser's object.
    pub fn raw(&self) -> &WebSocket {
        &self.raw
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.raw.set_onopen(None);
        self.raw.set_onmessage(None);
        self.raw.set_onerror(None);
        self.raw.set_onclose(None);
        let _ = self.raw.close();
    }
}
