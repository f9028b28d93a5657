//! `cargo-deny`, which checks licences and origins of all dependencies.

use super::CargoTool;
use crate::paths::Context;
use crate::sh::{self, Failure};

/// The version that `deny.toml` is written for.
const VERSION: &str = "0.20.2";

/// Whether the right version is in the cache.
pub fn is_installed(ctx: &Context) -> bool {
    sh::version(&ctx.tool("cargo-deny"))
        .is_some_and(|found| found == format!("cargo-deny {VERSION}"))
}

/// Installs it where it is missing.
pub fn ensure(ctx: &Context) -> Result<(), Failure> {
    if is_installed(ctx) {
        return Ok(());
    }
    CargoTool {
        name: "cargo-deny",
        version: VERSION.to_owned(),
        locked: true,
        minutes: 3,
    }
    .install(ctx)
}
