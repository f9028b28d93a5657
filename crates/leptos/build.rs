//! Turns the languages of the toolbar into those of `src/language.rs`.

use std::path::Path;
use std::{env, fs};

#[allow(dead_code)] // what is said in them
#[path = "../agent/languages.rs"]
mod languages;

const FOLDER: &str = "../agent/languages";

fn main() {
    println!("cargo::rerun-if-changed={FOLDER}");
    let names = languages::read(Path::new(FOLDER)).and_then(|languages| languages.names());
    match names {
        Ok(names) => {
            let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
            fs::write(Path::new(&out).join("languages.rs"), names).expect("OUT_DIR is writable");
        }
        Err(wrong) => panic!("{wrong}"),
    }
}
