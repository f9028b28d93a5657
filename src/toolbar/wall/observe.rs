//! What the browser watches for us: it calls when an element has another size, or other attributes.

use crate::browser::{Callback, callback, get};
use js_sys::{Array, Function, Reflect, global};
use reactive_graph::owner::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// Calls with a watcher of this class of the browser's whenever the element changes, until it is taken down. Where the browser has
/// none nothing is watched.
pub fn observe(class: &str, element: &Element, options: &JsValue, mut run: impl FnMut() + 'static) {
    let run: Callback = callback(move |_: JsValue| run());
    let Ok(class) = get(&global(), class).dyn_into::<Function>() else {
        return;
    };
    let Ok(observer) = Reflect::construct(&class, &Array::of1(run.as_ref())) else {
        return;
    };
    let call = |method: &str, given: &Array| {
        if let Ok(method) = get(&observer, method).dyn_into::<Function>() {
            let _ = method.apply(&observer, given);
        }
    };
    call("observe", &Array::of2(element, options));
    let kept = SendWrapper::new((observer, run));
    on_cleanup(move || {
        if let Ok(end) = get(&kept.0, "disconnect").dyn_into::<Function>() {
            let _ = end.call0(&kept.0);
        }
    });
}
