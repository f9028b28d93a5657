//! What happens to the page: the network comes back, the tab is shown.

use super::{Callback, callback};
use wasm_bindgen::prelude::*;
use web_sys::{Document, EventTarget, Window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Window;

    #[wasm_bindgen(js_name = queueMicrotask)]
    fn queue_microtask(run: &JsValue);
}

/// The window.
pub fn window() -> Window {
    WINDOW.with(Clone::clone)
}

/// The document.
pub fn document() -> Option<Document> {
    window().document()
}

/// Runs something when what is running now has ended.
pub fn soon(run: impl FnOnce() + 'static) {
    // Called with something, as every function of ours is, it needs no bindings of its own.
    queue_microtask(&Closure::once_into_js(move |_: JsValue| run()));
}

/// Calls back when trying again is worth it: the browser is online again, or the page became visible.
pub struct Awake(Callback);

impl Awake {
    /// Listens from now on.
    pub fn new(mut awake: impl FnMut() + 'static) -> Self {
        let awake = Awake(callback(move |event: web_sys::Event| {
            // A page from the back/forward cache, or one that was frozen, is shown again.
            let back = matches!(event.type_().as_str(), "online" | "pageshow" | "resume");
            if back || document().is_some_and(|d| !d.hidden()) {
                awake();
            }
        }));
        awake.listen(true);
        awake
    }

    /// Listens, or no longer.
    fn listen(&self, on: bool) {
        let run = self.0.as_ref().unchecked_ref();
        let listen = |target: &EventTarget, names: [&str; 2]| {
            for name in names {
                let _ = if on {
                    target.add_event_listener_with_callback(name, run)
                } else {
                    target.remove_event_listener_with_callback(name, run)
                };
            }
        };
        listen(&window(), ["online", "pageshow"]);
        if let Some(document) = document() {
            listen(&document, ["visibilitychange", "resume"]);
        }
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        self.listen(false);
    }
}
