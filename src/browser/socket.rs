//! A WebSocket with one owner. Dropping it takes its listeners off first, so that nothing of it is heard any more, and
//! closes it without waiting for anyone.

use super::{Callback, callback, set};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, WebSocket};

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
    message: Callback,
    other: Callback,
}

impl Socket {
    /// Opens a socket. Every event goes to `tell`.
    pub fn open(
        url: &str,
        protocols: [&str; 3],
        tell: impl Fn(SocketEvent) + 'static,
    ) -> Result<Self, JsValue> {
        let [first, second, third] = protocols.map(JsValue::from_str);
        let list = js_sys::Array::of3(&first, &second, &third);
        let raw = WebSocket::new_with_str_sequence(url, &list)?;
        // Text is the rule; binary messages are read all the same.
        set(&raw, "binaryType", &JsValue::from_str("arraybuffer"));
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
        let socket = Socket {
            raw,
            message,
            other,
        };
        socket.listen(true);
        Ok(socket)
    }

    /// Listens, or no longer.
    fn listen(&self, on: bool) {
        for name in ["onmessage", "onopen", "onerror", "onclose"] {
            let run = match name {
                _ if !on => &JsValue::NULL,
                "onmessage" => self.message.as_ref(),
                _ => self.other.as_ref(),
            };
            set(&self.raw, name, run);
        }
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
        self.listen(false);
        let _ = self.raw.close();
    }
}
