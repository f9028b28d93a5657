//! `wasm-bindgen` and its test runner, of exactly the version of the crate in `Cargo.lock`.

use std::path::PathBuf;

use super::CargoTool;
use crate::paths::Context;
use crate::sh::{self, Failure};

/// The installed programs.
pub struct WasmBindgen {
    /// Makes the JavaScript around the wasm.
    pub program: PathBuf,
    /// Runs wasm tests in a browser.
    pub test_runner: PathBuf,
}

/// Finds the programs, or installs them: crate and tool must be of one version, else the tool refuses the wasm.
pub fn ensure(ctx: &Context) -> Result<WasmBindgen, Failure> {
    let version = ctx.locked_version("wasm-bindgen")?;
    let tools = WasmBindgen {
        program: ctx.tool("wasm-bindgen"),
        test_runner: ctx.tool("wasm-bindgen-test-runner"),
    };
    let wanted = format!("wasm-bindgen {version}");
    let there = sh::version(&tools.program).is_some_and(|found| found == wanted);
    if !there || !tools.test_runner.is_file() {
        CargoTool {
            name: "wasm-bindgen-cli",
            version,
            // Its own lock file may ask for a crate version that the registry has withdrawn.
            locked: false,
            minutes: 3,
        }
        .install(ctx)?;
    }
    Ok(tools)
}
