//! What is drawn by a part of the package that is loaded at sign-in or when the first panel opens, and the only way to it; the
//! phone is in there too, `phone::part` is the way to that.
//!
//! The crate is compiled as one; with the feature `split` the build then cuts off what only [`panels::draw`] needs. That goes
//! into a file of its own, which shares memory and functions with the rest: both must come from the same build.

use super::board::Board;
use super::dom::El;
use super::shared::popover::{Open, Popovers};
use crate::client::Client;
use std::rc::Rc;

/// What the part draws, with what it is drawn from.
pub enum Panel {
    /// Field and keys to dial with, and the field in the bar.
    Dial(Board, Rc<Client>, El),
    /// No panel: the lines of calls in full, from now on; and whether numbers are hidden.
    Lines(Board, Rc<Client>, bool),
    /// What may be wrong with link, phone and devices.
    Diagnostics(Board, Rc<Client>),
    /// The menu of what has no room in the bar.
    More(Board, Rc<Client>, El),
    /// A popover around one of these.
    Popover(Popovers, Open),
    /// What the agent can choose.
    Settings(Board, Rc<Client>),
    /// The states to choose from; whether for when the call ends.
    States(Board, Rc<Client>, bool),
}

#[cfg(not(feature = "split"))]
mod joined {
    use super::{El, Panel};
    use crate::toolbar::panels;

    /// Calls back when panels can be drawn, or with `false` where the part cannot be had.
    pub fn ready(then: impl FnOnce(bool) + 'static) {
        then(true);
    }

    /// Draws a panel, in the part. Only when it is ready.
    pub fn draw(panel: &Panel) -> El {
        panels::draw(panel)
    }
}

#[cfg(not(feature = "split"))]
pub use joined::{draw, ready};

#[cfg(feature = "split")]
mod cut {
    use super::{El, Panel};
    use crate::toolbar::panels;
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        // Of the shell: loads the part where it is not there yet, then calls back with whether it is.
        #[wasm_bindgen(js_name = wantPanels)]
        fn want_panels(then: &JsValue);
    }

    /// Calls back when panels can be drawn, or with `false` where the part cannot be had.
    pub fn ready(then: impl FnOnce(bool) + 'static) {
        ready_boxed(Box::new(then));
    }

    fn ready_boxed(then: Box<dyn FnOnce(bool)>) {
        want_panels(&Closure::once_into_js(move |there: JsValue| {
            then(there.is_truthy());
        }));
    }

    // The names are what the build cuts at. Both sides are ours, so that the pointers need not be those of C.
    #[allow(improper_ctypes)]
    #[link(wasm_import_module = "__wasm_split_placeholder__")]
    unsafe extern "C" {
        fn __wasm_split_00panels00_import_f3b354ff885194f7c9165197e302d54b_draw(
            panel: *const Panel,
        ) -> *mut El;
    }

    #[allow(improper_ctypes_definitions)]
    #[unsafe(no_mangle)]
    extern "C" fn __wasm_split_00panels00_export_f3b354ff885194f7c9165197e302d54b_draw(
        panel: *const Panel,
    ) -> *mut El {
        // SAFETY: the pointer is that of a reference which [`draw`] keeps until this is done.
        let panel = unsafe { &*panel };
        Box::into_raw(Box::new(panels::draw(panel)))
    }

    /// Draws a panel, in the part. Only when it is ready.
    pub fn draw(panel: &Panel) -> El {
        // SAFETY: the other end is the function above, of the same build, in the same memory; it gives a box away.
        unsafe {
            *Box::from_raw(
                __wasm_split_00panels00_import_f3b354ff885194f7c9165197e302d54b_draw(panel),
            )
        }
    }
}

#[cfg(feature = "split")]
pub use cut::{draw, ready};
