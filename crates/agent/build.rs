//! Turns `languages/` and `cause-codes.csv` into what this crate says.

#![allow(clippy::expect_used, clippy::panic)] // a build that cannot go on stops here

use std::path::Path;
use std::{env, fs};

#[allow(dead_code)] // the toolbar's part of it
mod languages;

fn main() {
    println!("cargo::rerun-if-changed=cause-codes.csv");
    println!("cargo::rerun-if-changed=languages");
    if let Err(wrong) = write() {
        panic!("{wrong}");
    }
}

fn write() -> Result<(), String> {
    let languages = languages::read(Path::new("languages"))?;
    let table = fs::read_to_string("cause-codes.csv").expect("cause-codes.csv is beside this file");
    let (causes, words) = languages.causes(&table)?;
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    for (name, text) in [
        ("languages.rs", languages.themselves()?),
        ("situations.rs", languages.constants("situations")?),
        ("expected.rs", languages.constants("expected")?),
        ("errors.rs", languages.errors()?),
        ("keys.rs", languages.listed("TOOLBAR", "toolbar")),
        ("causes.rs", causes),
        ("causes.txt", words),
    ] {
        fs::write(Path::new(&out).join(name), text).expect("OUT_DIR is writable");
    }
    Ok(())
}
