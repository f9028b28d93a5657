//! `cargo xtask test`: every check, one after the other, also after one has failed.
//!
//! The last line is `N passed, N failed`: single tests where a step has tests, else the step itself.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::build::{self, Built, WASM_TARGET};
use crate::paths::Context;
use crate::setup::browser::Browser;
use crate::setup::wasm_target::{self, WasmTarget};
use crate::setup::{self, BuildTools, asterisk, deny, rfc};
use crate::sh::{self, Failure};
use crate::{docs, files, gate, site};

/// The folders of `tests/` with tests for Node, in the order in which they are run.
const NODE_FOLDERS: [&str; 12] = [
    "wire", "e2e", "examples", "access", "visual", "wall", "site", "original", "sip", "phone",
    "rabbitmq", "soak",
];

/// How many seeds the simulation plays among the tests of the workspace, which are built for debugging.
/// The step `simulation` plays all of them, built for release.
const SIMULATION_SEEDS: &str = "50";

/// How long the database of security advisories may take to arrive.
const ADVISORIES_LIMIT: Duration = Duration::from_secs(90);

/// Runs the checks; `quick` leaves out browsers and servers.
pub fn run(ctx: &Context, quick: bool) -> Result<ExitCode, Failure> {
    let mut report = Report::default();
    if quick {
        // A machine without the target can still check everything else.
        let wasm = wasm_target::ensure(ctx);
        quick_steps(&mut report, ctx, wasm.as_ref());
    } else {
        let (tools, browser) = setup::everything(ctx)?;
        quick_steps(&mut report, ctx, Ok(&tools.wasm));
        full_steps(&mut report, ctx, &tools, &browser);
    }
    Ok(report.finish())
}

/// The checks that need neither browser nor server.
fn quick_steps(report: &mut Report, ctx: &Context, wasm: Result<&WasmTarget, &Failure>) {
    report.check("format", || {
        sh::run(sh::cargo(ctx).args(["fmt", "--all", "--check"]))
    });
    report.check("clippy", || {
        sh::run(sh::cargo(ctx).args([
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    });
    report.step("clippy for wasm32", || clippy_for_wasm(ctx, wasm));
    report.step("tests of the workspace", || {
        count_cargo_tests(
            sh::cargo(ctx)
                .env("SIMULATION_SEEDS", SIMULATION_SEEDS)
                .env(rfc::VARIABLE, rfc::folder(ctx))
                .args(["test", "--locked", "--workspace", "--no-fail-fast"]),
        )
    });
    report.check("pages made from tables", || docs::check(ctx));
    report.check("documentation site", || site::check(ctx));
    report.check("documentation", || {
        sh::run(sh::cargo(ctx).env("RUSTDOCFLAGS", "-D warnings").args([
            "doc",
            "--locked",
            "--no-deps",
            "--workspace",
        ]))
    });
    report.step("licences and origins", || licences(ctx));
    report.step("security advisories", || advisories(ctx));
}

/// The checks that need the built package, a browser or a server.
fn full_steps(report: &mut Report, ctx: &Context, tools: &BuildTools, browser: &Browser) {
    let mut built: Option<Built> = None;
    report.check("package", || {
        let package = build::build(ctx, tools)?;
        package.print_sizes();
        built = Some(package);
        Ok(())
    });
    report.check("size gate", || match &built {
        Some(built) => gate::check(ctx, built),
        None => Err(Failure::new("not run, because the package was not built")),
    });
    let sandbox = report.check("sandbox", || build::sandbox(ctx));
    report.check("example for Leptos", || leptos_example(ctx, tools));
    report.step("simulation", || {
        count_cargo_tests(sh::cargo(ctx).args([
            "test",
            "--locked",
            "--release",
            "--package",
            "sandbox",
            "--test",
            "simulation",
        ]))
    });
    report.step("tests in the browser, wasm", || {
        count_cargo_tests(
            tools
                .wasm
                .command(false)
                .current_dir(&ctx.root)
                .env(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                    &tools.bindgen.test_runner,
                )
                .env("CHROMEDRIVER", &browser.driver)
                .env("WASM_BINDGEN_TEST_TIMEOUT", "60")
                .args([
                    "test",
                    "--locked",
                    "--no-fail-fast",
                    "--target",
                    WASM_TARGET,
                ])
                .args(["--package", "agent-toolbar", "--lib"]),
        )
    });
    for folder in NODE_FOLDERS {
        let files = match test_files(ctx, folder) {
            Ok(files) => files,
            Err(failure) => {
                report.check(&format!("tests/{folder}"), || Err(failure));
                continue;
            }
        };
        if files.is_empty() {
            println!("test: tests/{folder} has no tests");
        }
        for file in files {
            report.step(&format!("tests/{folder}/{}", files::name(&file)), || {
                if built.is_none() || !sandbox {
                    return Err(Failure::new(
                        "not run, because the package or the sandbox was not built",
                    ));
                }
                node_tests(ctx, browser, &file)
            });
        }
    }
}

/// Builds the example app of `crates/leptos` as its README says; a test opens it.
fn leptos_example(ctx: &Context, tools: &BuildTools) -> Result<(), Failure> {
    sh::run(
        tools
            .wasm
            .command(false)
            .args(["build", "--locked", "--target", WASM_TARGET])
            .args(["--package", "agent-toolbar-leptos", "--example", "crm"])
            .args(["--features", "csr"]),
    )?;
    let compiled = ctx.target.join(WASM_TARGET).join("debug/examples/crm.wasm");
    sh::run(
        Command::new(&tools.bindgen.program)
            .args(["--target", "web", "--no-typescript", "--out-dir"])
            .arg(leptos_crm(ctx))
            .arg(compiled),
    )?;
    let page = files::read(&ctx.root.join("crates/leptos/examples/crm/index.html"))?;
    files::write(&leptos_crm(ctx).join("index.html"), page)
}

/// Where that app is built.
fn leptos_crm(ctx: &Context) -> PathBuf {
    ctx.target.join("leptos-crm")
}

/// Clippy for the code that exists only in the browser, where this machine's compiler for wasm has a clippy.
fn clippy_for_wasm(ctx: &Context, wasm: Result<&WasmTarget, &Failure>) -> Result<Outcome, Failure> {
    let wasm = match wasm {
        Ok(wasm) => wasm,
        Err(failure) => return Ok(Outcome::Skipped(failure.to_string())),
    };
    let Some(mut clippy) = wasm.clippy(ctx) else {
        return Ok(Outcome::Skipped(
            "the compiler for wasm32 has no clippy on this machine".to_owned(),
        ));
    };
    clippy
        .args(["--locked", "--target", WASM_TARGET])
        .args(["--package", "agent-toolbar", "--all-targets", "--"])
        .args(["-D", "warnings"]);
    sh::run(&mut clippy)?;
    Ok(Outcome::Passed)
}

/// `cargo-deny`, as `deny.toml` configures it.
fn cargo_deny(ctx: &Context) -> Command {
    let mut command = Command::new(ctx.tool("cargo-deny"));
    command
        .current_dir(&ctx.root)
        .env_remove("RUSTUP_TOOLCHAIN")
        .args(["--locked", "--workspace", "check"]);
    command
}

/// Checks the licences and origins of all dependencies.
fn licences(ctx: &Context) -> Result<Outcome, Failure> {
    if !deny::is_installed(ctx) {
        return Ok(no_cargo_deny());
    }
    sh::run(cargo_deny(ctx).args(["licenses", "bans", "sources"]))?;
    Ok(Outcome::Passed)
}

/// Checks all dependencies for known security problems, where the database of them can be fetched.
fn advisories(ctx: &Context) -> Result<Outcome, Failure> {
    if !deny::is_installed(ctx) {
        return Ok(no_cargo_deny());
    }
    let log = ctx.target.join("xtask").join("advisories.txt");
    let mut command = cargo_deny(ctx);
    command.env("GIT_TERMINAL_PROMPT", "0").arg("advisories");
    let unreachable = || Outcome::Skipped("the advisory database cannot be fetched".to_owned());
    let Some(status) = sh::run_limited(&mut command, ADVISORIES_LIMIT, &log)? else {
        return Ok(unreachable());
    };
    if status.success() {
        return Ok(Outcome::Passed);
    }
    // Not as text at once: git may quote bytes that are no UTF-8.
    let said = String::from_utf8_lossy(&files::read_bytes(&log)?).into_owned();
    if said.contains("failed to fetch advisory database") {
        return Ok(unreachable());
    }
    print!("{said}");
    Err(Failure::new(
        "a dependency has a known security problem; update it or name it with the reason in deny.toml",
    ))
}

/// What is said where `cargo-deny` is missing, which only happens with `--quick`.
fn no_cargo_deny() -> Outcome {
    Outcome::Skipped("cargo-deny is not installed; `cargo xtask setup` does".to_owned())
}

/// Runs `cargo test` and counts the single tests.
fn count_cargo_tests(command: &mut Command) -> Result<Outcome, Failure> {
    let mut tally = Tally::default();
    let status = sh::stream(command, |line| {
        println!("{line}");
        if let Some(summary) = cargo_summary(line) {
            tally.add(summary);
        }
    })?;
    Ok(Outcome::Counted(tally.ended(status.success())))
}

/// Reads `test result: ok. 3 passed; 0 failed; …`.
fn cargo_summary(line: &str) -> Option<Tally> {
    let (_, counts) = line
        .trim()
        .strip_prefix("test result: ")?
        .split_once(". ")?;
    let count = |word: &str| {
        counts
            .split(';')
            .find_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u64>().ok())
    };
    Some(Tally {
        passed: count("passed")?,
        failed: count("failed")?,
    })
}

/// The test files of a folder of `tests/`.
fn test_files(ctx: &Context, folder: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut found = files::list(&ctx.tests().join(folder))?;
    found.retain(|path| files::name(path).ends_with(".test.mjs"));
    Ok(found)
}

/// Runs one test file in Node, shows what fails and counts the single tests.
fn node_tests(ctx: &Context, browser: &Browser, file: &Path) -> Result<Outcome, Failure> {
    let mut tap = Tap::default();
    let status = sh::stream(
        Command::new("node")
            .current_dir(ctx.tests())
            .env("SANDBOX_BIN", ctx.release_program("sandbox"))
            .env("PKG_DIR", ctx.pkg())
            .env("LEPTOS_CRM", leptos_crm(ctx))
            .env("CHROMIUM", &browser.chromium)
            .env("CHROMEDRIVER", &browser.driver)
            .envs(asterisk::root(ctx).map(|root| (asterisk::VARIABLE, root)))
            .envs(
                std::env::current_exe()
                    .ok()
                    .map(|xtask| ("XTASK_BIN", xtask)),
            )
            .args(["--test", "--test-concurrency=1", "--test-reporter=tap"])
            .arg(file),
        |line| {
            for shown in tap.read(line) {
                println!("{shown}");
            }
        },
    )?;
    let tally = tap.tally.ended(status.success());
    if tally.failed > 0 {
        for line in &tap.comments {
            println!("{line}");
        }
    }
    Ok(Outcome::Counted(tally))
}

/// Reads what Node's test runner writes as TAP.
#[derive(Default)]
struct Tap {
    /// The counts of the summary at the end.
    tally: Tally,
    /// What tests have written since the last result; shown only when they fail.
    comments: Vec<String>,
    /// Whether the lines are the details of a failed test.
    in_failure: bool,
}

impl Tap {
    /// Takes a line, gives those to show.
    fn read(&mut self, line: &str) -> Vec<String> {
        let text = line.trim_start();
        if self.in_failure {
            self.in_failure = text != "...";
            return vec![line.to_owned()];
        }
        if text.starts_with("not ok ") && !text.contains("# TODO") {
            self.in_failure = true;
            let mut shown = std::mem::take(&mut self.comments);
            shown.push(line.to_owned());
            return shown;
        }
        // What could not be checked here is said, else it would pass for checked.
        if text.starts_with("ok ") && text.contains(" # SKIP") {
            self.comments.clear();
            return vec![line.to_owned()];
        }
        if text.starts_with("ok ") || text.starts_with("not ok ") {
            self.comments.clear();
        } else if let Some(comment) = text.strip_prefix("# ")
            && !self.read_summary(comment)
            && !comment.starts_with("Subtest: ")
        {
            self.comments.push(line.to_owned());
        }
        Vec::new()
    }

    /// Takes a comment that counts; says whether it was one.
    fn read_summary(&mut self, comment: &str) -> bool {
        let Some((word, count)) = comment.split_once(' ') else {
            return false;
        };
        let Ok(count) = count.trim().parse::<u64>() else {
            // The duration is a fraction and concerns nobody here.
            return word == "duration_ms";
        };
        match word {
            "pass" => self.tally.passed = count,
            // The order of the summary is fixed: what was cancelled comes after what failed.
            "fail" => self.tally.failed = count,
            "cancelled" => self.tally.failed += count,
            "tests" | "suites" | "skipped" | "todo" => {}
            _ => return false,
        }
        true
    }
}

/// Single tests, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    /// Adds the counts of another.
    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// What counts once the process has ended: one that failed before its tests could is a failure too.
    fn ended(self, well: bool) -> Self {
        if well || self.failed > 0 {
            self
        } else {
            Self { failed: 1, ..self }
        }
    }
}

/// How a step ended.
enum Outcome {
    /// It is one check, and holds.
    Passed,
    /// It consists of tests.
    Counted(Tally),
    /// It cannot be run here, and why.
    Skipped(String),
}

/// What has been run so far.
#[derive(Default)]
struct Report {
    tally: Tally,
    failed_steps: Vec<String>,
}

impl Report {
    /// Runs a step that is one check; says whether it held.
    fn check(&mut self, name: &str, body: impl FnOnce() -> Result<(), Failure>) -> bool {
        self.step(name, || body().map(|()| Outcome::Passed))
    }

    /// Runs a step and says how it ended and how long it took; gives whether nothing failed.
    fn step(&mut self, name: &str, body: impl FnOnce() -> Result<Outcome, Failure>) -> bool {
        println!("test: {name} …");
        let started = Instant::now();
        let outcome = body();
        let seconds = started.elapsed().as_secs_f64();
        let well = match outcome {
            Ok(Outcome::Passed) => {
                self.tally.passed += 1;
                println!("test: {name}: ok ({seconds:.1} s)");
                true
            }
            Ok(Outcome::Counted(tally)) => {
                self.tally.add(tally);
                let word = if tally.failed == 0 { "ok" } else { "FAILED" };
                println!(
                    "test: {name}: {word}, {} passed, {} failed ({seconds:.1} s)",
                    tally.passed, tally.failed
                );
                tally.failed == 0
            }
            Ok(Outcome::Skipped(why)) => {
                println!("test: {name}: LEFT OUT, {why} ({seconds:.1} s)");
                true
            }
            Err(failure) => {
                self.tally.failed += 1;
                println!("test: {name}: FAILED, {failure} ({seconds:.1} s)");
                false
            }
        };
        if !well {
            self.failed_steps.push(name.to_owned());
        }
        well
    }

    /// Names the failed steps and ends with the line that counts.
    fn finish(self) -> ExitCode {
        if !self.failed_steps.is_empty() {
            println!("test: failed: {}", self.failed_steps.join(", "));
        }
        println!("{} passed, {} failed", self.tally.passed, self.tally.failed);
        if self.tally.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_summaries_are_read() {
        assert_eq!(
            cargo_summary(
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s"
            ),
            Some(Tally {
                passed: 12,
                failed: 0
            })
        );
        assert_eq!(
            cargo_summary("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out"),
            Some(Tally {
                passed: 3,
                failed: 2
            })
        );
        assert_eq!(cargo_summary("test a::b ... ok"), None);
    }

    #[test]
    fn a_process_that_fails_without_tests_counts_once() {
        let none = Tally::default();
        assert_eq!(
            none.ended(false),
            Tally {
                passed: 0,
                failed: 1
            }
        );
        assert_eq!(none.ended(true), none);
        let some = Tally {
            passed: 1,
            failed: 2,
        };
        assert_eq!(some.ended(false), some);
    }

    fn read(text: &str) -> (Tap, Vec<String>) {
        let mut tap = Tap::default();
        let shown = text.lines().flat_map(|line| tap.read(line)).collect();
        (tap, shown)
    }

    #[test]
    fn only_failures_are_shown_with_what_led_to_them() {
        let (tap, shown) = read(
            "\
TAP version 13
# chatter
# Subtest: good
ok 1 - good
  ---
  duration_ms: 1
  ...
# a clue
# Subtest: bad
not ok 2 - bad
  ---
  error: 'no'
  ...
1..2
# tests 2
# pass 1
# fail 1
# cancelled 2
# skipped 0
# todo 0
# duration_ms 82.4
",
        );
        assert_eq!(
            tap.tally,
            Tally {
                passed: 1,
                failed: 3
            }
        );
        assert_eq!(
            shown,
            [
                "# a clue",
                "not ok 2 - bad",
                "  ---",
                "  error: 'no'",
                "  ..."
            ]
        );
        assert!(tap.comments.is_empty());
    }

    #[test]
    fn a_test_that_was_skipped_is_shown_with_its_reason() {
        let (tap, shown) = read("ok 1 - with a server # SKIP it is not installed\n# pass 0\n");
        assert_eq!(shown, ["ok 1 - with a server # SKIP it is not installed"]);
        assert_eq!(tap.tally, Tally::default());
    }

    #[test]
    fn a_test_yet_to_do_is_no_failure() {
        let (_, shown) = read("not ok 1 - later # TODO\n  ---\n  ...\n");
        assert!(shown.is_empty());
    }
}
