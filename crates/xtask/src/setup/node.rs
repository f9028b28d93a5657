//! Node.js and the packages that build and tests use.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use super::say;
use crate::paths::Context;
use crate::sh::{self, Failure};

/// The oldest Node.js that has the test runner we use.
const OLDEST: u32 = 20;

/// Checks that Node.js and npm are there, and installs the packages that the lock file names.
pub fn ensure(ctx: &Context) -> Result<(), Failure> {
    check_node()?;
    let tests = ctx.tests();
    let lock = tests.join("package-lock.json");
    let Some(wanted) = changed(&lock) else {
        return Err(Failure::new(
            "tests/package-lock.json is missing: bring it back with `git checkout tests/package-lock.json`",
        ));
    };
    // npm writes this file last, so it tells a finished installation from an interrupted one.
    let installed = changed(&tests.join("node_modules").join(".package-lock.json"));
    if installed.is_some_and(|installed| installed >= wanted) {
        return Ok(());
    }
    say("installing the npm packages of tests/package-lock.json with npm (under a minute)");
    // No package may run code of its own on this machine at installation.
    sh::run(
        Command::new("npm")
            .current_dir(&tests)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
    )
    .map_err(|failure| {
        Failure::new(format!(
            "the npm packages could not be installed: {failure}; check that the npm registry can be reached and try again"
        ))
    })
}

/// Fails where Node.js or npm is missing or too old.
fn check_node() -> Result<(), Failure> {
    let remedy = format!(
        "install Node.js {OLDEST} or newer with npm, on Debian as root:\n\
         apt-get install -y --no-install-recommends nodejs npm"
    );
    let Some(version) = sh::version(Path::new("node")) else {
        return Err(Failure::needs_user(format!(
            "Node.js, which makes the wasm smaller and runs tests, cannot be found: {remedy}"
        )));
    };
    if major(&version).is_none_or(|major| major < OLDEST) {
        return Err(Failure::needs_user(format!(
            "Node.js {version} is too old: {remedy}"
        )));
    }
    if sh::find("npm").is_none() {
        return Err(Failure::needs_user(format!(
            "npm, which comes with Node.js, cannot be found: {remedy}"
        )));
    }
    Ok(())
}

/// The first number of a version such as `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version
        .strip_prefix('v')
        .unwrap_or(version)
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// When a file was last written; `None` where it is not there.
fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn major_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("22.1.0"), Some(22));
        assert_eq!(major("nonsense"), None);
    }
}
