//! Installing what a command lacks. Nothing is done twice, and nothing without saying so first.
//!
//! Tools go to a cache outside the clone. What only root may install is never asked for with `sudo`:
//! the line to run is printed and the command ends with exit code 2.

pub mod apt;
pub mod asterisk;
pub mod browser;
pub mod debian;
pub mod deny;
pub mod kamailio;
pub mod network;
pub mod node;
pub mod rabbitmq;
pub mod rfc;
pub mod wasm_bindgen;
pub mod wasm_target;

use browser::Browser;
use wasm_bindgen::WasmBindgen;
use wasm_target::WasmTarget;

use crate::files;
use crate::paths::Context;
use crate::sh::{self, Failure};

/// What building the package needs.
pub struct BuildTools {
    /// A cargo that builds for `wasm32-unknown-unknown`.
    pub wasm: WasmTarget,
    /// The generator of the JavaScript around the wasm, and its test runner.
    pub bindgen: WasmBindgen,
}

/// Says what set-up is about to do.
pub fn say(text: &str) {
    println!("setup: {text}");
}

/// Sets up what `build` and `demo` need; no root and no browser.
pub fn for_build(ctx: &Context) -> Result<BuildTools, Failure> {
    // What the user may have to do comes before what takes minutes.
    node::ensure(ctx)?;
    let wasm = wasm_target::ensure(ctx)?;
    let bindgen = wasm_bindgen::ensure(ctx)?;
    Ok(BuildTools { wasm, bindgen })
}

/// Sets up what `bench` needs: a build and a browser.
pub fn for_bench(ctx: &Context) -> Result<(BuildTools, Browser), Failure> {
    apt::ensure(browser::missing()?.as_slice())?;
    let tools = for_build(ctx)?;
    Ok((tools, browser::find()?))
}

/// Sets up what the whole of `test` needs, which is all there is.
pub fn everything(ctx: &Context) -> Result<(BuildTools, Browser), Failure> {
    let missing: Vec<_> = browser::missing()?
        .into_iter()
        .chain(rabbitmq::missing())
        .chain(kamailio::missing())
        .chain(asterisk::missing(ctx))
        .chain(network::missing())
        .collect();
    apt::ensure(&missing)?;
    let tools = for_build(ctx)?;
    deny::ensure(ctx)?;
    rfc::ensure(ctx);
    asterisk::ensure(ctx);
    Ok((tools, browser::find()?))
}

/// A program that `cargo install` provides.
struct CargoTool {
    /// The crate's name.
    name: &'static str,
    /// Exactly this version.
    version: String,
    /// Whether to build with the lock file that the crate brings.
    locked: bool,
    /// How long it takes, for the announcement.
    minutes: u32,
}

impl CargoTool {
    /// Installs the tool into the cache, over whatever other version is there.
    fn install(&self, ctx: &Context) -> Result<(), Failure> {
        say(&format!(
            "installing {} {} with cargo (about {} minutes, once)",
            self.name, self.version, self.minutes
        ));
        files::make_dir(&ctx.cache)?;
        let scratch = ctx.cache.join("install-target");
        let mut command = sh::cargo(ctx);
        command
            // Outside the clone, so that its cargo configuration stays out of it.
            .current_dir(&ctx.cache)
            .env("CARGO_TARGET_DIR", &scratch)
            .args(["install", "--quiet", "--force", "--root"])
            .arg(ctx.tools())
            .args([self.name, "--version", &self.version]);
        if self.locked {
            command.arg("--locked");
        }
        let outcome = sh::run(&mut command);
        files::remove_dir(&scratch)?;
        outcome.map_err(|failure| {
            Failure::new(format!(
                "{} {} could not be installed: {failure}; check that the crate registry can be reached and try again",
                self.name, self.version
            ))
        })
    }
}
