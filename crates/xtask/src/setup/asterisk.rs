//! Asterisk, a second real server for the tests of the phone. Debian has had none since bullseye: that release's is
//! taken, in a folder that is its root when it runs.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::apt::{self, Missing};
use super::{debian, say};
use crate::files;
use crate::paths::Context;
use crate::sh::{self, Failure};

/// The variable that names the root to the tests; it may be set to one that is there already.
pub const VARIABLE: &str = "ASTERISK_ROOT";

/// The last release that has it.
const RELEASE: &str = "bullseye";

/// Its packages; they bring what they need.
const PACKAGES: &str = "asterisk,asterisk-modules,asterisk-opus,asterisk-config";

/// The root folder, where Asterisk is in it.
pub fn root(ctx: &Context) -> Option<PathBuf> {
    let folder = match env::var_os(VARIABLE) {
        Some(folder) if !folder.is_empty() => PathBuf::from(folder),
        _ => own(ctx),
    };
    folder.join("usr/sbin/asterisk").is_file().then_some(folder)
}

/// The root folder that we make.
fn own(ctx: &Context) -> PathBuf {
    ctx.cache.join(format!("asterisk-{RELEASE}"))
}

/// What is to be installed to get it, if anything: only root can make and use a root folder.
pub fn missing(ctx: &Context) -> Option<Missing> {
    let wanted = root(ctx).is_none() && apt::is_root() && !apt::has_program("mmdebstrap");
    wanted.then_some(Missing {
        what: "mmdebstrap, which fetches Asterisk from an older Debian,",
        packages: &["mmdebstrap"],
    })
}

/// Fetches it where it is missing. Where it cannot be had it says so, and the tests with it are skipped.
pub fn ensure(ctx: &Context) {
    if root(ctx).is_some() {
        return;
    }
    let scratch = ctx.cache.join("asterisk-scratch");
    if let Err(why) = extract(&scratch, &own(ctx)) {
        say(&format!(
            "Asterisk cannot be had: {why}. Everything else works; the tests with it are SKIPPED. \
             Or name a root folder that has it in {VARIABLE}"
        ));
    }
}

/// Makes the root folder, under another name until it is whole.
fn extract(scratch: &Path, root: &Path) -> Result<(), Failure> {
    if !apt::is_root() {
        return Err(Failure::new(
            "it needs a root folder, which only root can use",
        ));
    }
    let mirror = debian::mirror()?;
    say(&format!(
        "fetching Asterisk from Debian {RELEASE} with mmdebstrap (under a minute, 240 MB, once)"
    ));
    files::remove_dir(scratch)?;
    files::remove_dir(root)?;
    sh::run(
        Command::new("mmdebstrap")
            .args(["--quiet", "--variant=extract"])
            .arg(format!("--include={PACKAGES}"))
            .arg(RELEASE)
            .arg(scratch)
            .arg(&mirror.address),
    )
    .map_err(|failure| {
        Failure::new(format!(
            "{failure}; perhaps {} has no {RELEASE} any more",
            mirror.address
        ))
    })?;
    fs::rename(scratch, root).map_err(|error| {
        Failure::new(format!(
            "cannot rename {} to {}: {error}",
            scratch.display(),
            root.display()
        ))
    })
}
