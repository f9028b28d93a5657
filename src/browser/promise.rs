//! Promises with a closure each: an executor for futures would be more than the page needs to load.

use super::get;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A promise that is never rejected.
    type Settled;
    #[wasm_bindgen(js_namespace = Promise, js_name = allSettled)]
    fn all_settled(promises: &Array) -> Settled;
    #[wasm_bindgen(method)]
    fn then(this: &Settled, run: &JsValue) -> JsValue;

    /// What a promise is settled by.
    type Settler;
    #[wasm_bindgen(method, catch)]
    fn call(this: &Settler, me: &JsValue, value: &JsValue) -> Result<JsValue, JsValue>;
}

/// What became of a promise, or of the call that should have given one.
pub type Outcome = Result<JsValue, JsValue>;

/// Runs `done` when the promise is settled, never before this returns.
pub fn then(promise: Outcome, done: impl FnOnce(Outcome) + 'static) {
    wait(promise, Box::new(done));
}

fn wait(promise: Outcome, done: Box<dyn FnOnce(Outcome)>) {
    let promise = promise.unwrap_or_else(|error| Promise::reject(&error).into());
    // One closure for both ends, so that it is always called and freed.
    let run = Closure::<dyn FnMut(JsValue)>::once_into_js(move |all: JsValue| {
        let one = get(&all, "0");
        done(if get(&one, "status") == *"fulfilled" {
            Ok(get(&one, "value"))
        } else {
            Err(get(&one, "reason"))
        });
    });
    all_settled(&Array::of1(&promise)).then(&run);
}

/// Settles a promise of ours.
pub struct Settle(Option<(Settler, Settler)>);

impl Settle {
    /// Fulfils or rejects it.
    pub fn with(self, outcome: Outcome) {
        let Some((resolve, reject)) = self.0 else {
            return;
        };
        let _ = match outcome {
            Ok(value) => resolve.call(&JsValue::UNDEFINED, &value),
            Err(error) => reject.call(&JsValue::UNDEFINED, &error),
        };
    }
}

/// A promise for the page, and what settles it.
pub fn promise() -> (Promise, Settle) {
    let mut parts = None;
    let promise = Promise::new(&mut |resolve, reject| {
        parts = Some((resolve.unchecked_into(), reject.unchecked_into()));
    });
    (promise, Settle(parts))
}
