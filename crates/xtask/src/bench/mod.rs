//! `cargo xtask bench`: our figures and the peers', taken in the same run on the same machine.

mod comparison;
mod native;
pub mod page;
mod plot;

use std::process::Command;

use comparison::{Comparison, figure};
use serde_json::Value;

use crate::paths::Context;
use crate::sh::{self, Failure};
use crate::table;
use crate::{build, docs, setup};

/// What runs inside Chromium; each line of results names its own goal.
const BROWSER_SCRIPTS: [&str; 9] = [
    "bench/sizes.mjs",
    "bench/start.mjs",
    "bench/load.mjs",
    "bench/browser.mjs",
    "bench/beside-original.mjs",
    "bench/memory.mjs",
    "bench/sip-parsers.mjs",
    "bench/call-setup.mjs",
    "bench/wall.mjs",
];

/// Rounds that count outside a browser; one more before them warms both sides up.
const ROUNDS: usize = 7;

/// Rounds with `--quick`, everywhere.
const QUICK_ROUNDS: usize = 3;

/// Runs all benchmarks, ends with one table of all comparisons and writes them into the documentation; not so with `quick`, whose
/// figures are too rough to be kept.
pub fn run(ctx: &Context, quick: bool) -> Result<(), Failure> {
    let (tools, browser) = setup::for_bench(ctx)?;
    build::build(ctx, &tools)?;
    build::sandbox(ctx)?;
    for package in ["stomp", "agent", "sip"] {
        let mut bench = sh::cargo(ctx);
        bench.args(["bench", "--locked", "--package", package, "--bench", "*"]);
        if quick {
            bench.args(["--", "--quick"]);
        }
        sh::run(&mut bench)?;
    }
    let rounds = if quick { QUICK_ROUNDS } else { ROUNDS };
    let mut comparisons = native::compare(ctx, rounds)?;
    for name in BROWSER_SCRIPTS {
        let mut script = Command::new("node");
        script
            .current_dir(ctx.tests())
            .arg(name)
            .env("PKG_DIR", ctx.pkg())
            .env("SANDBOX_BIN", ctx.release_program("sandbox"))
            .env("CHROMIUM", &browser.chromium);
        if quick {
            script.arg(QUICK_ROUNDS.to_string());
        }
        comparisons.extend(in_browser(&mut script)?);
    }
    println!();
    print_comparisons(&comparisons);
    if !quick {
        page::keep(ctx, &comparisons)?;
        docs::write(ctx)?;
        println!("\nwritten into docs/bench.md, its translations and README.md");
    }
    Ok(())
}

/// Prints the final table.
fn print_comparisons(comparisons: &[Comparison]) {
    let rows: Vec<Vec<String>> = comparisons
        .iter()
        .map(|one| {
            vec![
                format!("{}: {}, {}", one.group, one.what("en"), one.unit),
                figure(one.ours),
                format!("{} {}", one.peer, figure(one.theirs)),
                one.times(),
                one.verdict("met", "missed"),
            ]
        })
        .collect();
    table::print(&["what", "ours", "peer", "ratio", "goal"], &rows);
}

/// Runs comparisons in the browser; what it prints besides its results is shown.
fn in_browser(script: &mut Command) -> Result<Vec<Comparison>, Failure> {
    let mut comparisons = Vec::new();
    let status = sh::stream(script, |line| {
        let told = serde_json::from_str::<Value>(line).ok();
        match told.as_ref().and_then(Comparison::read) {
            Some(result) => comparisons.push(result),
            None => println!("{line}"),
        }
    })?;
    sh::expect_success(script, status)?;
    Ok(comparisons)
}
