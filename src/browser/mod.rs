//! Thin owners of what the browser lends: dropping one stops it.

pub mod clock;
pub mod host;
pub mod page;
pub mod random;
pub mod socket;
pub mod storage;

use wasm_bindgen::prelude::*;

/// A function of the page or of ours that JavaScript calls; gone when dropped.
pub type Callback<T> = Closure<dyn FnMut(T)>;

/// Makes a [`Callback`].
pub fn callback<T: wasm_bindgen::convert::FromWasmAbi + 'static>(
    run: impl FnMut(T) + 'static,
) -> Callback<T> {
    Closure::new(run)
}
