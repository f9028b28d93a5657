//! What happens to the page: the network comes back, the tab is shown.

use super::{Callback, callback};
use wasm_bindgen::prelude::*;
use web_sys::{Document, EventTarget, Window};

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// Runs something when what is running now has ended.
pub fn soon(run: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        window.queue_microtask(Closure::once_into_js(run).unchecked_ref());
    }
}

/// Calls back when trying again is worth it: the browser is online again, or the page became visible.
pub struct Awake {
    run: Callback<web_sys::Event>,
    targets: Vec<(EventTarget, &'static str)>,
}

impl Awake {
    /// Listens from now on.
    pub fn new(mut awake: impl FnMut() + 'static) -> Self {
        let run = callback(move |event: web_sys::Event| {
            // A page from the back/forward cache, or one that was frozen, is shown again.
            let back = matches!(event.type_().as_str(), "online" | "pageshow" | "resume");
            if back || document().is_some_and(|d| !d.hidden()) {
                awake();
            }
        });
        let mut targets: Vec<(EventTarget, &'static str)> = Vec::new();
        if let Some(window) = window() {
            targets.push((window.clone().into(), "online"));
            targets.push((window.into(), "pageshow"));
        }
        if let Some(document) = document() {
            targets.push((document.clone().into(), "visibilitychange"));
            targets.push((document.into(), "resume"));
        }
        for (target, name) in &targets {
            let _ = target.add_event_listener_with_callback(name, run.as_ref().unchecked_ref());
        }
        Awake { run, targets }
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        for (target, name) in &self.targets {
            let _ =
                target.remove_event_listener_with_callback(name, self.run.as_ref().unchecked_ref());
        }
    }
}
