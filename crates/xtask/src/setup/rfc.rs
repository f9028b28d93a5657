//! The texts of RFC 4475 and RFC 5118, whose messages the tests of `crates/sip` judge.
//!
//! Debian has them among its packages that are not free; they are fetched for the tests and given to nobody.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{debian, say};
use crate::files;
use crate::paths::Context;
use crate::sh::{self, Failure};

/// The variable that tells the tests where the texts are.
pub const VARIABLE: &str = "RFC_TEXTS";

/// Debian's package.
const PACKAGE: &str = "doc-rfc-informational";

/// Where it has the texts.
const PLACE: &str = "usr/share/doc/RFC/informational";

/// The texts that the tests read.
const TEXTS: [&str; 2] = ["rfc4475.txt", "rfc5118.txt"];

/// Where the texts are, once they have been fetched.
pub fn folder(ctx: &Context) -> PathBuf {
    ctx.cache.join("rfc")
}

/// Fetches the texts where they are missing. Where they cannot be had it says so, and the tests skip them.
pub fn ensure(ctx: &Context) {
    let folder = folder(ctx);
    if TEXTS.iter().all(|text| folder.join(text).is_file()) {
        return;
    }
    say(&format!(
        "fetching the torture messages of RFC 4475 and RFC 5118 from Debian's {PACKAGE} (114 MB, once)"
    ));
    let scratch = ctx.cache.join("rfc-scratch");
    let outcome = fetch(&folder, &scratch);
    if let Err(why) = outcome.and(files::remove_dir(&scratch)) {
        say(&format!(
            "they cannot be had: {why}. Everything else works; the tests with these messages are SKIPPED. \
             Or put {} into {}",
            TEXTS.join(" and "),
            folder.display()
        ));
    }
}

/// Fetches the package into `scratch` and takes the texts out of it.
fn fetch(folder: &Path, scratch: &Path) -> Result<(), Failure> {
    let mirror = debian::mirror()?;
    files::remove_dir(scratch)?;
    for place in ["sources", "lists/partial", "cache/archives/partial"] {
        files::make_dir(&scratch.join(place))?;
    }
    files::write(&scratch.join("sources/own.list"), mirror.source("non-free"))?;
    apt_get(scratch, &["update"])?;
    apt_get(scratch, &["download", PACKAGE])?;
    let wanted = TEXTS.map(|text| format!("./{PLACE}/{text}.gz"));
    sh::run(
        Command::new("sh")
            .current_dir(scratch)
            .args([
                "-c",
                "dpkg-deb --fsys-tarfile ./*.deb | tar -x \"$@\" && gzip -d \"$@\"",
                "sh",
            ])
            .args(&wanted),
    )?;
    files::make_dir(folder)?;
    for text in TEXTS {
        files::copy(&scratch.join(PLACE).join(text), &folder.join(text))?;
    }
    Ok(())
}

/// Runs `apt-get` with sources, lists and cache of our own: the system's stay as they are, and nobody need be root.
fn apt_get(scratch: &Path, args: &[&str]) -> Result<(), Failure> {
    let own = |option: &str, place: &str| format!("{option}={}", scratch.join(place).display());
    sh::run(
        Command::new("apt-get")
            .current_dir(scratch)
            .args(["-qq", "-o", "Dir::Etc::SourceList=/dev/null"])
            .args(["-o", &own("Dir::Etc::SourceParts", "sources")])
            .args(["-o", &own("Dir::State::lists", "lists")])
            .args(["-o", &own("Dir::Cache", "cache")])
            // The user that root's apt works as cannot write here.
            .args(["-o", "APT::Sandbox::User=root"])
            .args(args),
    )
}
