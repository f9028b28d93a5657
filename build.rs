//! Turns the languages into the constants of `src/toolbar/words.rs`.

use std::path::Path;
use std::{env, fs};

#[allow(dead_code)] // the session's part of it
#[path = "crates/agent/languages.rs"]
mod languages;

const FOLDER: &str = "crates/agent/languages";

fn main() {
    println!("cargo::rerun-if-changed={FOLDER}");
    if let Err(wrong) = write() {
        panic!("{wrong}");
    }
}

fn write() -> Result<(), String> {
    let languages = languages::read(Path::new(FOLDER))?;
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    for (name, text) in [
        ("words.rs", languages.keyed_constants("toolbar")?),
        ("choices.rs", languages.choices()?),
    ] {
        fs::write(Path::new(&out).join(name), text).expect("OUT_DIR is writable");
    }
    Ok(())
}
