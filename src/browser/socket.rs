//! A WebSocket with one owner. Dropping it takes its listeners off first, so that nothing of it is heard any more, and
//! closes it without waiting for anyone.

use super::{Callback, callback};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Event, WebSocket};

#[wasm_bindgen]
extern "C" {
    // Of the shell; see `socket.js`.
    #[wasm_bindgen(catch, js_name = openSocket)]
    fn open_socket(
        url: &str,
        protocols: &str,
        message: &JsValue,
        other: &JsValue,
    ) -> Result<WebSocket, JsValue>;
    #[wasm_bindgen(js_name = endSocket)]
    fn end_socket(socket: &WebSocket);
}

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
    _heard: [Callback; 2],
}

impl Socket {
    /// Opens a socket. Every event goes to `tell`.
    pub fn open(
        url: &str,
        protocols: [&str; 3],
        tell: impl Fn(SocketEvent) + 'static,
    ) -> Result<Self, JsValue> {
        let tell = Rc::new(tell);
        let messages = tell.clone();
        // On its own, so that not each message is asked for its type first.
        let message = callback(move |data: JsValue| messages(SocketEvent::Received(data)));
        let other = callback(move |event: Event| {
            tell(match event.type_().as_str() {
                "open" => SocketEvent::Opened,
                "error" => SocketEvent::Failed(event),
                _ => SocketEvent::Closed(event),
            });
        });
        let protocols = protocols.join(" ");
        let raw = open_socket(url, &protocols, message.as_ref(), other.as_ref())?;
        Ok(Socket {
            raw,
            _heard: [message, other],
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
        end_socket(&self.raw);
    }
}
