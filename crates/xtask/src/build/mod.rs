//! `cargo xtask build`: from the crate to the npm package in `pkg/`.
//!
//! cargo → wasm-bindgen → wasm-opt → assembled files, whose templates are in `pkg-config/`.

mod apart;
mod assemble;
mod encode;
mod names;
mod sizes;

use std::path::{Path, PathBuf};
use std::process::Command;

use sizes::FileSize;

use crate::files;
use crate::paths::Context;
use crate::setup::BuildTools;
use crate::setup::wasm_bindgen::WasmBindgen;
use crate::setup::wasm_target::WasmTarget;
use crate::sh::{self, Failure};
use crate::table::{self, grouped};

/// The WebAssembly target everything is built for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The cargo profile of the shipped wasm.
const PROFILE: &str = "wasm-release";

/// The features that today's browsers all have and the compiler uses. Never `--all-features`:
/// wasm-opt would then use what a browser may lack.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How wasm-opt makes the wasm smaller.
const SMALLER: [&str; 5] = [
    "-Oz",
    // No address that something is added to is near the end of the memory, so what is added may stand in the access.
    "--low-memory-unused",
    "--strip-debug",
    "--strip-producers",
    "--converge",
];

/// How wasm-opt shortens names. In a run of its own: it tells the names on standard output, once for each pass.
const SHORTER_NAMES: &str = "--minify-imports-and-exports-and-modules";

/// A finished package.
pub struct Built {
    /// Every file of the package, sorted by name.
    pub sizes: Vec<FileSize>,
    /// Whether the wasm holds a standard library that was itself built for size.
    pub std_for_size: bool,
}

impl Built {
    /// Prints the sizes of all files.
    pub fn print_sizes(&self) {
        let rows: Vec<Vec<String>> = self
            .sizes
            .iter()
            .map(|size| vec![size.file.clone(), grouped(size.raw), grouped(size.brotli)])
            .collect();
        table::print(&["file in pkg/", "bytes", "brotli"], &rows);
    }
}

/// Builds the package anew.
pub fn build(ctx: &Context, tools: &BuildTools) -> Result<Built, Failure> {
    println!("build: {}", tools.wasm.describe());
    let compiled = compile(ctx, &tools.wasm)?;
    let glue = bind(ctx, &tools.bindgen, &compiled)?;
    optimize(ctx, &glue)?;
    assemble::assemble(ctx, &glue)?;
    Ok(Built {
        sizes: sizes::measure(&ctx.pkg())?,
        std_for_size: tools.wasm.std_for_size(),
    })
}

/// Builds the sandbox for release.
pub fn sandbox(ctx: &Context) -> Result<(), Failure> {
    sh::run(sh::cargo(ctx).args(["build", "--locked", "--release", "--package", "sandbox"]))
}

/// What wasm-bindgen and wasm-opt leave for the assembly.
pub struct Glue {
    /// The JavaScript between page and wasm.
    script: PathBuf,
    /// The wasm as wasm-bindgen leaves it.
    bound: PathBuf,
    /// The wasm as small as wasm-opt can make it.
    optimized: PathBuf,
    /// A folder for files on their way.
    scratch: PathBuf,
}

/// Compiles the crate; gives the wasm file.
fn compile(ctx: &Context, wasm: &WasmTarget) -> Result<PathBuf, Failure> {
    let mut cargo = wasm.command(true);
    cargo.current_dir(&ctx.root).args([
        "build",
        "--locked",
        "--target",
        WASM_TARGET,
        "--profile",
        PROFILE,
        "--package",
        "agent-toolbar",
        "--lib",
    ]);
    sh::run(&mut cargo)?;
    Ok(ctx
        .target
        .join(WASM_TARGET)
        .join(PROFILE)
        .join("agent_toolbar.wasm"))
}

/// Makes the JavaScript around the wasm.
fn bind(ctx: &Context, bindgen: &WasmBindgen, compiled: &Path) -> Result<Glue, Failure> {
    let scratch = ctx.target.join("bindgen");
    files::remove_dir(&scratch)?;
    files::make_dir(&scratch)?;
    sh::run(
        Command::new(&bindgen.program)
            .args(["--target", "no-modules", "--no-typescript"])
            .args(["--out-name", "agent-toolbar", "--out-dir"])
            .arg(&scratch)
            .arg(compiled),
    )?;
    Ok(Glue {
        script: scratch.join("agent-toolbar.js"),
        bound: scratch.join("agent-toolbar_bg.wasm"),
        optimized: scratch.join("agent-toolbar.wasm"),
        scratch,
    })
}

/// Makes the wasm smaller, and shortens the names between it and its JavaScript.
fn optimize(ctx: &Context, glue: &Glue) -> Result<(), Failure> {
    let wasm_opt = |from: &Path| {
        let mut command = Command::new("node");
        command
            .arg(ctx.tests().join("node_modules/.bin/wasm-opt"))
            .args(WASM_FEATURES)
            .arg(from)
            .arg("-o")
            .arg(&glue.optimized);
        command
    };
    sh::run(wasm_opt(&glue.bound).args(SMALLER))?;
    let named = sh::capture(wasm_opt(&glue.optimized).arg(SHORTER_NAMES))?;
    let script = names::shorten(&files::read(&glue.script)?, &named)?;
    files::write(&glue.script, script)?;
    let wasm = files::read_bytes(&glue.optimized)?;
    files::write(&glue.optimized, apart::align(&wasm)?)
}
