//! The phone is in the part of the package that is loaded at sign-in, and this is the only way to it; `toolbar::parts` tells
//! how the build cuts it off.

use super::driver::Phone;
use super::quality::Sample;
use crate::browser::host::PhoneHost;
use sip::agent::Input;
use wasm_bindgen::JsValue;

/// What a phone is made of.
pub struct Made {
    /// What the JavaScript around it lends.
    pub host: PhoneHost,
    /// Whether it answers every call by itself.
    pub auto_answer: bool,
    /// Whether candidates are told one by one.
    pub trickle: bool,
}

/// A phone, as its face needs it. Calls are named by their numbers, 0 is the present one.
pub trait Works {
    /// Does what a method is named for, or throws why it cannot; gives the number of a call that was made.
    fn act(&self, method: &str, call: u32, text: &str) -> Result<u32, JsValue>;
    /// Something happened to the link, or to the connection of a call.
    fn heard(&self, what: &str, call: u32, text: &str);
    /// The link received a message.
    fn received(&self, bytes: &[u8]);
    /// So much was counted of the sound of a call.
    fn measured(&self, call: u32, sample: Sample, muted: bool);
    /// The phone and its calls as JSON.
    fn state(&self) -> String;
    /// What went over the wire for a call, as JSON.
    fn trace(&self, call: u32) -> Option<String>;
}

impl Works for Phone {
    fn act(&self, method: &str, call: u32, text: &str) -> Result<u32, JsValue> {
        let done = Phone::act(self, method, call, text);
        self.pump();
        done.map_err(|code| self.host.fault(code, method))
    }

    fn heard(&self, what: &str, call: u32, text: &str) {
        Phone::heard(self, what, call, text);
    }

    fn received(&self, bytes: &[u8]) {
        self.handle(Input::Received(bytes));
    }

    fn measured(&self, call: u32, sample: Sample, muted: bool) {
        Phone::measured(self, call, sample, muted);
    }

    fn state(&self) -> String {
        Phone::state(self)
    }

    fn trace(&self, call: u32) -> Option<String> {
        Phone::trace(self, call)
    }
}

fn made(made: Made) -> Box<dyn Works> {
    Box::new(Phone::new(made.host, made.auto_answer, made.trickle))
}

#[cfg(not(feature = "split"))]
mod joined {
    use super::{Made, Works};

    /// Makes a phone, in the part. Only when it is ready.
    pub fn make(made: Made) -> Box<dyn Works> {
        super::made(made)
    }
}

#[cfg(not(feature = "split"))]
pub use joined::make;

#[cfg(feature = "split")]
mod cut {
    use super::{Made, Works};

    // The names are what the build cuts at. Both sides are ours, so that the pointers need not be those of C.
    #[allow(improper_ctypes)]
    #[link(wasm_import_module = "__wasm_split_placeholder__")]
    unsafe extern "C" {
        fn __wasm_split_00panels00_import_5f0c2be31d9a47c8a6e1b07d3c92e4f1_phone(
            made: *mut Made,
        ) -> *mut Box<dyn Works>;
    }

    #[allow(improper_ctypes_definitions)]
    #[unsafe(no_mangle)]
    extern "C" fn __wasm_split_00panels00_export_5f0c2be31d9a47c8a6e1b07d3c92e4f1_phone(
        made: *mut Made,
    ) -> *mut Box<dyn Works> {
        // SAFETY: the pointer is that of a box which [`make`] gives away.
        let made = unsafe { *Box::from_raw(made) };
        Box::into_raw(Box::new(super::made(made)))
    }

    /// Makes a phone, in the part. Only when it is ready.
    pub fn make(made: Made) -> Box<dyn Works> {
        // SAFETY: the other end is the function above, of the same build, in the same memory; it takes a box and gives one away.
        unsafe {
            *Box::from_raw(
                __wasm_split_00panels00_import_5f0c2be31d9a47c8a6e1b07d3c92e4f1_phone(
                    Box::into_raw(Box::new(made)),
                ),
            )
        }
    }
}

#[cfg(feature = "split")]
pub use cut::make;
