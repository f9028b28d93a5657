//! What happens to the page: the network comes back, the tab is shown.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Window};

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
    soon_boxed(Box::new(run));
}

fn soon_boxed(run: Box<dyn FnOnce()>) {
    // Called with something, as every function of ours is, it needs no bindings of its own.
    queue_microtask(&Closure::once_into_js(move |_: JsValue| run()));
}
