//! The package's TypeScript: `index.d.ts`, and the report of its interface.
//!
//! * What stands in a table of the session is taken from there: events, requests and what they lead to, situations, errors,
//!   languages, keys of texts, defaults.
//! * What else crosses into a page as JSON or is read from a page is described here as Rust types, from which `ts-rs` makes
//!   those of TypeScript: [`options`], [`platform`], [`snapshot`], [`phone`], and [`numbers`] for what is counted.
//! * The classes are JavaScript, so they stand as they are in `classes.d.ts`, with a line `//@part` where the rest goes.
//!
//! Nothing of this is in the package itself: only `cargo xtask docs` and tests use it.

pub mod numbers;
pub mod options;
pub mod phone;
pub mod platform;
mod print;
pub mod report;
pub mod snapshot;
#[cfg(test)]
mod sources;
mod tables;

/// The classes, and where the rest goes.
const CLASSES: &str = include_str!("classes.d.ts");

/// All of `index.d.ts`.
///
/// # Panics
/// Where something has no description, or no place in `classes.d.ts`.
pub fn declarations() -> String {
    let mut out = CLASSES.to_owned();
    for (part, declared) in [
        ("options", options::declare()),
        ("texts", tables::texts()),
        ("platform", platform::declare()),
        ("states", tables::states()),
        ("snapshot", snapshot::declare()),
        ("errors", tables::errors()),
        ("requests", tables::requests()),
        ("numbers", numbers::declare()),
        ("phone", phone::declare()),
    ] {
        let marker = format!("//@{part}\n");
        let (before, after) = out
            .split_once(&marker)
            .unwrap_or_else(|| panic!("classes.d.ts has no place for {part}"));
        out = [before, &declared.join("\n"), after].concat();
    }
    assert!(!out.contains("//@"), "a part of classes.d.ts is not made");
    out
}
