//! The size gate: a built file may not grow unnoticed.
//!
//! `pkg-config/sizes.json` holds the accepted size of each file that a page downloads, compressed with brotli.

use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::build::{self, Built};
use crate::files;
use crate::paths::Context;
use crate::setup;
use crate::sh::Failure;

/// The most that the script may take, whatever was accepted before: 123,217 before the toolbar was drawn in full, 25,000 for
/// that, less 34,000 for the phone, which is in a part now. The goal is 98,594, the size of the original.
const SCRIPT_LIMIT: u64 = 114_217;

/// The file under that limit.
const SCRIPT: &str = "agent-toolbar.js";

/// How to let a file grow on purpose.
const REMEDY: &str = "run `cargo xtask gate --accept` and name the growth in the commit message";

/// `cargo xtask gate`: builds, then compares the sizes or accepts them.
pub fn run(ctx: &Context, accept: bool) -> Result<(), Failure> {
    let tools = setup::for_build(ctx)?;
    let built = build::build(ctx, &tools)?;
    built.print_sizes();
    if accept {
        write_accepted(ctx, &built)
    } else {
        check(ctx, &built)
    }
}

/// Fails when a built file is larger than accepted, naming each such file and by how much it grew.
pub fn check(ctx: &Context, built: &Built) -> Result<(), Failure> {
    let path = accepted_path(ctx);
    let text = files::read(&path).map_err(|failure| {
        Failure::new(format!("{failure}; `cargo xtask gate --accept` writes it"))
    })?;
    let accepted: Map<String, Value> = serde_json::from_str(&text).map_err(|error| {
        Failure::new(format!(
            "{} is no list of sizes: {error}; `cargo xtask gate --accept` writes it anew",
            path.display()
        ))
    })?;
    let sizes: Vec<(String, u64)> = downloads(built);
    if !built.std_for_size {
        println!(
            "gate: the standard library was not built for size on this machine, so files may be up to 25 % larger than accepted, and the limit is not checked"
        );
    }
    let complaints = complaints(&sizes, &accepted, !built.std_for_size);
    if complaints.is_empty() {
        println!("gate: no file is larger than accepted");
        Ok(())
    } else {
        Err(Failure::new(complaints.join("; ")))
    }
}

/// Makes the sizes of this build the accepted ones.
fn write_accepted(ctx: &Context, built: &Built) -> Result<(), Failure> {
    if !built.std_for_size {
        println!(
            "gate: careful, the standard library was not built for size on this machine: these sizes are larger than they need be"
        );
    }
    let sizes = downloads(built);
    let accepted: Map<String, Value> = sizes
        .iter()
        .map(|(file, size)| (file.clone(), Value::from(*size)))
        .collect();
    let text = serde_json::to_string_pretty(&accepted)
        .map_err(|error| Failure::new(format!("the sizes cannot be written as JSON: {error}")))?;
    let path = accepted_path(ctx);
    files::write(&path, format!("{text}\n"))?;
    println!("gate: accepted, see pkg-config/sizes.json");
    over_limit(&sizes).map_or(Ok(()), |complaint| Err(Failure::new(complaint)))
}

/// Where the accepted sizes are kept.
fn accepted_path(ctx: &Context) -> PathBuf {
    ctx.root.join("pkg-config").join("sizes.json")
}

/// The files that a page downloads, with their size over the wire; types and papers do not count.
fn downloads(built: &Built) -> Vec<(String, u64)> {
    built
        .sizes
        .iter()
        .filter(|size| {
            [".js", ".mjs", ".wasm"]
                .iter()
                .any(|ending| size.file.ends_with(ending))
        })
        .map(|size| (size.file.clone(), size.brotli))
        .collect()
}

/// A sentence when the script is over its limit.
fn over_limit(sizes: &[(String, u64)]) -> Option<String> {
    sizes
        .iter()
        .find(|(file, size)| file == SCRIPT && *size > SCRIPT_LIMIT)
        .map(|(_, size)| {
            format!(
                "{SCRIPT} takes {size} bytes with brotli, {} over its limit of {SCRIPT_LIMIT}: make it smaller",
                size - SCRIPT_LIMIT
            )
        })
}

/// A sentence for every file that is too large or has no accepted size yet.
fn complaints(
    sizes: &[(String, u64)],
    accepted: &Map<String, Value>,
    lenient: bool,
) -> Vec<String> {
    let mut complaints = Vec::new();
    for (file, size) in sizes {
        let Some(limit) = accepted.get(file).and_then(Value::as_u64) else {
            complaints.push(format!("{file} has no accepted size: {REMEDY}"));
            continue;
        };
        let allowed = if lenient { limit + limit / 4 } else { limit };
        if *size > allowed {
            complaints.push(format!(
                "{file} grew by {} bytes, from {limit} to {size}: {REMEDY}",
                size - limit
            ));
        }
    }
    // A library that was not built for size alone takes a sixth more: that says nothing about our own growth.
    if !lenient {
        complaints.extend(over_limit(sizes));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(size: u64) -> Map<String, Value> {
        Map::from_iter([(SCRIPT.to_owned(), Value::from(size))])
    }

    fn built(size: u64) -> Vec<(String, u64)> {
        vec![(SCRIPT.to_owned(), size)]
    }

    #[test]
    fn growth_by_one_byte_is_named() {
        let found = complaints(&built(5_001), &accepted(5_000), false);
        assert_eq!(found.len(), 1);
        assert!(found.iter().all(|text| text.contains("grew by 1 bytes")));
    }

    #[test]
    fn shrinking_is_fine() {
        assert!(complaints(&built(4_000), &accepted(5_000), false).is_empty());
    }

    #[test]
    fn a_quarter_more_is_allowed_where_std_is_not_built_for_size() {
        assert!(complaints(&built(6_250), &accepted(5_000), true).is_empty());
        assert_eq!(complaints(&built(6_251), &accepted(5_000), true).len(), 1);
        assert!(complaints(&built(117_000), &accepted(100_000), true).is_empty());
    }

    #[test]
    fn the_limit_holds_even_when_accepted() {
        let found = complaints(&built(SCRIPT_LIMIT + 1), &accepted(200_000), false);
        assert!(found.iter().any(|text| text.contains("1 over its limit")));
    }

    #[test]
    fn a_new_file_has_to_be_accepted() {
        assert_eq!(complaints(&built(1), &Map::new(), false).len(), 1);
    }
}
