//! `cargo xtask build`: from the crate to the npm package in `pkg/`.
//!
//! cargo → wasm-bindgen → wasm-opt → assembled files, whose templates are in `pkg-config/`.

mod apart;
mod assemble;
mod descriptions;
mod encode;
mod manifest;
mod maps;
mod names;
mod sizes;
mod split;
mod sri;

use std::path::{Path, PathBuf};
use std::process::Command;

use sizes::FileSize;

use crate::files;
use crate::paths::Context;
use crate::setup::BuildTools;
use crate::setup::wasm_bindgen::WasmBindgen;
use crate::setup::wasm_target::WasmTarget;
use crate::sh::{self, Failure};
use crate::site;

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
const SMALLER: [&str; 3] = [
    "-Oz",
    // No address that something is added to is near the end of the memory, so what is added may stand in the access.
    "--low-memory-unused",
    "--converge",
];

/// How it drops what only people read.
const NAMELESS: [&str; 2] = ["--strip-debug", "--strip-producers"];

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
    /// Prints the sizes of all files, and when each is loaded.
    pub fn print_sizes(&self) {
        sizes::print(&self.sizes);
    }
}

/// Builds the package and the documentation site anew.
pub fn build(ctx: &Context, tools: &BuildTools) -> Result<Built, Failure> {
    println!("build: {}", tools.wasm.describe());
    let compiled = compile(ctx, &tools.wasm)?;
    let glue = bind(ctx, &tools.bindgen, &compiled)?;
    optimize(ctx, &glue)?;
    assemble::assemble(ctx, &glue)?;
    site::build(ctx)?;
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
    /// The panels' wasm as it was cut off.
    panels: PathBuf,
    /// The same as small as can be.
    optimized_panels: PathBuf,
    /// A folder for files on their way.
    scratch: PathBuf,
}

/// Compiles the crate; gives the wasm file.
fn compile(ctx: &Context, wasm: &WasmTarget) -> Result<PathBuf, Failure> {
    let mut cargo = wasm.command(true);
    cargo
        .current_dir(&ctx.root)
        .args(["rustc", "--locked", "--target", WASM_TARGET])
        .args(["--profile", PROFILE, "--package", "agent-toolbar", "--lib"])
        // What is cut off afterwards is found by the linker's notes on what needs what.
        .args(["--features", "split", "--", "-Clink-args=--emit-relocs"]);
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
    let halves = split::cut(compiled, &scratch)?;
    sh::run(
        Command::new(&bindgen.program)
            .args(["--target", "no-modules", "--no-typescript"])
            // Some of them are lent to the panels.
            .arg("--keep-lld-exports")
            .args(["--out-name", "agent-toolbar", "--out-dir"])
            .arg(&scratch)
            .arg(&halves.main),
    )?;
    let script = scratch.join("agent-toolbar.js");
    let bindings = files::read(&script)?;
    let bound = scratch.join("agent-toolbar_bg.wasm");
    files::write(&bound, descriptions::forget(&files::read_bytes(&bound)?)?)?;
    let panels = files::read_bytes(&halves.panels)?;
    files::write(&script, split::lend(&bindings, LOADER, &panels)?)?;
    Ok(Glue {
        script,
        bound,
        optimized: scratch.join("agent-toolbar.wasm"),
        panels: halves.panels,
        optimized_panels: scratch.join("agent-toolbar-panels.wasm"),
        scratch,
    })
}

/// What wasm-bindgen's script gives: with it goes a loader that nobody calls here.
const LOADER: &str = "Object.assign(__wbg_init, { initSync }, exports)";

/// wasm-opt from one file to another.
fn wasm_opt(ctx: &Context, from: &Path, to: &Path) -> Command {
    let mut command = Command::new("node");
    command
        .arg(ctx.tests().join("node_modules/.bin/wasm-opt"))
        .args(WASM_FEATURES)
        .arg(from)
        .arg("-o")
        .arg(to);
    command
}

/// Makes the wasm smaller, and shortens the names between it and its JavaScript.
fn optimize(ctx: &Context, glue: &Glue) -> Result<(), Failure> {
    let Glue { optimized, .. } = glue;
    // A browser says of an error in which function it was by number; what those are called is written beside the maps.
    let maps = ctx.maps();
    files::remove_dir(&maps)?;
    files::make_dir(&maps)?;
    for (from, to) in [
        (&glue.bound, optimized),
        (&glue.panels, &glue.optimized_panels),
    ] {
        let names = maps.join(format!("{}.names", files::name(to)));
        sh::run(
            wasm_opt(ctx, from, to)
                .args(SMALLER)
                .arg(format!("--symbolmap={}", names.display()))
                .args(NAMELESS),
        )?;
    }
    let named = sh::capture(wasm_opt(ctx, optimized, optimized).arg(SHORTER_NAMES))?;
    let script = names::shorten(&files::read(&glue.script)?, &named)?;
    files::write(&glue.script, script)?;
    for wasm in [optimized, &glue.optimized_panels] {
        let aligned = apart::align(&files::read_bytes(wasm)?)?;
        files::write(wasm, aligned)?;
    }
    Ok(())
}
