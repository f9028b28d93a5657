//! Time, and an alarm that a hidden tab does not delay.

use super::{Callback, callback};
use agent::Now;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The alarm of `src/js/alarm.js`: it waits in a worker.
    pub type JsAlarm;
    #[wasm_bindgen(method)]
    fn set(this: &JsAlarm, delay: Option<f64>);
    #[wasm_bindgen(method)]
    fn stop(this: &JsAlarm);

    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn mono() -> f64;
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn wall() -> f64;

    #[wasm_bindgen(js_name = setInterval)]
    fn set_interval(run: &JsValue, ms: i32) -> i32;
    #[wasm_bindgen(js_name = clearInterval)]
    fn clear_interval(id: i32);
}

/// The time of both clocks.
pub fn now() -> Now {
    Now {
        mono: mono() as u64,
        wall: wall() as u64,
    }
}

/// Rings at one time.
pub struct Alarm {
    js: JsAlarm,
    _ring: Callback,
    set: Option<u64>,
}

impl Alarm {
    /// An alarm that is not set.
    pub fn new(make: impl FnOnce(&JsValue) -> JsAlarm, mut ring: impl FnMut() + 'static) -> Self {
        let ring = callback(move |_: JsValue| ring());
        Alarm {
            js: make(ring.as_ref()),
            _ring: ring,
            set: None,
        }
    }

    /// Rings at `at` (ms of the clock that never goes back) instead of whenever it was set to.
    pub fn set(&mut self, at: Option<u64>) {
        if self.set != at {
            self.set = at;
            // Browsers may ring a little early; a whole millisecond more costs nothing.
            self.js
                .set(at.map(|at| at.saturating_sub(now().mono) as f64 + 1.0));
        }
    }

    /// It has rung: the next setting counts even if it is the same.
    pub fn rung(&mut self) {
        self.set = None;
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.js.stop();
    }
}

/// Calls back again and again. For what is seen only: a hidden tab slows it down.
pub struct Interval {
    id: i32,
    _run: Callback,
}

impl Interval {
    /// Calls back each so many ms.
    pub fn new(ms: i32, mut run: impl FnMut() + 'static) -> Self {
        let run = callback(move |_: JsValue| run());
        Interval {
            id: set_interval(run.as_ref(), ms),
            _run: run,
        }
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        clear_interval(self.id);
    }
}
