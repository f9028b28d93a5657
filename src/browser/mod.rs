//! Thin owners of what the browser lends: dropping one stops it.

pub mod clock;
pub mod host;
pub mod page;
pub mod peer;
pub mod random;
pub mod socket;
pub mod storage;

use wasm_bindgen::prelude::*;

/// A function of the page or of ours that JavaScript calls; gone when dropped.
pub type Callback<T> = Closure<dyn FnMut(T)>;

/// A member of an object of JavaScript; undefined where there is none.
pub fn get(of: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a member of an object of JavaScript, if it can be set.
pub fn set(of: &JsValue, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(of, &JsValue::from_str(name), value);
}

/// Makes a [`Callback`].
pub fn callback<T: wasm_bindgen::convert::FromWasmAbi + 'static>(
    run: impl FnMut(T) + 'static,
) -> Callback<T> {
    Closure::new(run)
}
