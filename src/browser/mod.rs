//! Thin owners of what the browser lends: dropping one stops it.

pub mod clock;
pub mod host;
pub mod page;
pub mod peer;
pub mod random;
pub mod socket;
pub mod storage;

use wasm_bindgen::prelude::*;

/// A function of ours that JavaScript calls; gone when dropped. One type for all: each costs a page its own bindings.
pub type Callback = Closure<dyn FnMut(JsValue)>;

/// A member of an object of JavaScript; undefined where there is none.
pub fn get(of: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a member of an object of JavaScript, if it can be set.
pub fn set(of: &JsValue, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(of, &JsValue::from_str(name), value);
}

/// Makes a [`Callback`] for what will be called with a `T` and nothing else.
pub fn callback<T: JsCast>(mut run: impl FnMut(T) + 'static) -> Callback {
    Closure::new(move |value: JsValue| run(value.unchecked_into()))
}
