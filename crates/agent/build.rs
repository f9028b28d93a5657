//! Turns `cause-codes.csv` into the tables of `src/cause.rs`.

#![allow(clippy::expect_used, clippy::panic)] // a build that cannot go on stops here

use std::path::Path;
use std::{env, fs};

/// Splits one line of CSV (RFC 4180): fields by comma, quotes around fields that hold one.
fn fields(line: &str) -> Vec<String> {
    let (mut out, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    out.push(field);
    out
}

fn main() {
    println!("cargo::rerun-if-changed=cause-codes.csv");
    let csv = fs::read_to_string("cause-codes.csv").expect("cause-codes.csv is beside this file");
    let (mut rows, mut words) = (String::new(), String::new());
    let mut known = Vec::new();
    for (n, line) in csv.lines().enumerate().skip(1) {
        let row = fields(line);
        let [name, code, zh, en] = row.as_slice() else {
            panic!("cause-codes.csv line {}: 4 fields wanted", n + 1)
        };
        let code: u32 = code
            .parse()
            .unwrap_or_else(|_| panic!("cause-codes.csv line {}: code is a number", n + 1));
        rows += &format!("    Cause {{ name: {name:?}, code: {code}, zh: {zh:?}, en: {en:?} }},\n");
        if !known.contains(&code) {
            known.push(code);
            words += &format!("{code}\t{zh}\t{en}\n");
        }
    }
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = Path::new(&out);
    fs::write(out.join("causes.rs"), format!("&[\n{rows}]\n")).expect("OUT_DIR is writable");
    fs::write(out.join("causes.txt"), words).expect("OUT_DIR is writable");
}
