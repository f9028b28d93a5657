//! A cargo that builds for `wasm32-unknown-unknown`.
//!
//! 1. The target is installed: nothing to do.
//! 2. rustup may fetch it: `rustup target add`.
//! 3. Elsewhere Debian's compiler for this purpose is taken, with the source of exactly its standard library. That is
//!    built twice, offline: once as it is, for tests, and once for size with immediate abort, for the package.

use std::env;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{apt, say};
use crate::files;
use crate::paths::Context;
use crate::sh::{self, Failure};

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler that can build for the web.
const RUSTC: &str = "/usr/bin/rustc";

/// The clippy that goes with it.
const CLIPPY: &str = "/usr/bin/cargo-clippy";

/// How the wasm target is had on this machine.
pub struct WasmTarget {
    root: PathBuf,
    /// Where the two libraries that we built lie; `None` = the usual toolchain has the target.
    built: Option<PathBuf>,
    about: String,
}

impl WasmTarget {
    /// A cargo for the target, in the repository's root; `for_size` is what the package is built with.
    pub fn command(&self, for_size: bool) -> Command {
        let mut command = Command::new("cargo");
        command
            .current_dir(&self.root)
            .env_remove("RUSTUP_TOOLCHAIN");
        if let Some(built) = &self.built {
            let library = if for_size {
                Library::Size
            } else {
                Library::Tests
            };
            command.env("RUSTC", built.join(library.name()).join("bin/rustc"));
            if for_size {
                // Where a panic would have happened is of no use without a message, and names folders of this machine.
                command.env(
                    "RUSTFLAGS",
                    format!("{} -Zlocation-detail=none", Library::Size.rustflags()),
                );
            }
            // Debian brings a clippy of the same version; it looks for the library where this says.
            command.env("SYSROOT", built.join(library.name()));
        } else if let Some(home) = env::var_os("CARGO_HOME").or_else(|| env::var_os("HOME")) {
            // The package names no folder of the machine that built it.
            command.env(
                "RUSTFLAGS",
                format!("--remap-path-prefix={}=.", Path::new(&home).display()),
            );
        }
        command
    }

    /// Clippy for the target: `cargo clippy` without its arguments. `None` where the compiler has none.
    pub fn clippy(&self, ctx: &Context) -> Option<Command> {
        if self.built.is_none() {
            let mut command = self.command(false);
            command.arg("clippy");
            return Some(command);
        }
        // Debian's own: a clippy of another version cannot read what this compiler made. It keeps to a folder of its
        // own for the same reason.
        if !Path::new(CLIPPY).exists() {
            return None;
        }
        let mut command = Command::new(CLIPPY);
        let like = self.command(false);
        command
            .current_dir(&self.root)
            .env_remove("RUSTUP_TOOLCHAIN");
        command.envs(
            like.get_envs()
                .filter_map(|(name, value)| value.map(|value| (name, value))),
        );
        command
            .env("CARGO_TARGET_DIR", ctx.target.join("wasm-clippy"))
            .arg("clippy");
        Some(command)
    }

    /// What was found, for people.
    pub fn describe(&self) -> &str {
        &self.about
    }

    /// Whether the package gets a standard library built for size.
    pub fn std_for_size(&self) -> bool {
        self.built.is_some()
    }
}

/// Finds the target, or installs it.
pub fn ensure(ctx: &Context) -> Result<WasmTarget, Failure> {
    let plain = |about: &str| WasmTarget {
        root: ctx.root.clone(),
        built: None,
        about: about.to_owned(),
    };
    if installed(ctx) {
        return Ok(plain("the installed wasm32-unknown-unknown"));
    }
    // `0` says that rustup is not to download anything.
    let may_fetch = env::var_os("RUSTUP_AUTO_INSTALL").is_none_or(|v| v != "0");
    if may_fetch && sh::find("rustup").is_some() {
        say("adding the target wasm32-unknown-unknown with rustup");
        let mut rustup = Command::new("rustup");
        rustup
            .current_dir(&ctx.root)
            .args(["target", "add", TARGET]);
        match sh::run(&mut rustup) {
            Ok(()) => return Ok(plain("the wasm32-unknown-unknown that rustup fetched")),
            Err(failure) => say(&format!(
                "rustup could not: {failure}; taking Debian's compiler instead"
            )),
        }
    }
    debian(ctx)
}

/// Whether the compiler in use has the target's library.
fn installed(ctx: &Context) -> bool {
    let mut rustc = Command::new("rustc");
    rustc
        .current_dir(&ctx.root)
        .env_remove("RUSTUP_TOOLCHAIN")
        .args(["--print", "sysroot"]);
    sh::capture(&mut rustc).is_ok_and(|sysroot| {
        Path::new(sysroot.trim())
            .join("lib/rustlib")
            .join(TARGET)
            .join("lib")
            .is_dir()
    })
}

/// The two libraries that we build.
#[derive(Clone, Copy)]
enum Library {
    /// With panic messages and the test harness.
    Tests,
    /// Small, and a panic is one instruction.
    Size,
}

impl Library {
    fn name(self) -> &'static str {
        match self {
            Library::Tests => "tests",
            // Another name than before its code could be optimised together with ours: caches may hold that one.
            Library::Size => "size-lto",
        }
    }

    fn rustflags(self) -> &'static str {
        match self {
            Library::Tests => "",
            // With bitcode the library's code is optimised together with ours.
            Library::Size => "-Zunstable-options -Cpanic=immediate-abort -Cembed-bitcode=yes",
        }
    }

    fn cargo_flags(self) -> &'static [&'static str] {
        match self {
            Library::Tests => &["-Zbuild-std=std,panic_abort,test"],
            Library::Size => &[
                "-Zbuild-std=std,panic_abort",
                "-Zbuild-std-features=optimize_for_size",
            ],
        }
    }

    fn opt_level(self) -> &'static str {
        match self {
            Library::Tests => "3",
            Library::Size => "\"z\"",
        }
    }
}

fn debian(ctx: &Context) -> Result<WasmTarget, Failure> {
    if !Path::new("/usr/bin/apt-get").exists() {
        return Err(Failure::needs_user(
            "the target wasm32-unknown-unknown is missing and this is no Debian; run: rustup target add wasm32-unknown-unknown",
        ));
    }
    let source = "/usr/lib/rustlib/src/rust/library/Cargo.lock";
    if [RUSTC, CLIPPY, source]
        .iter()
        .any(|file| !Path::new(file).exists())
    {
        apt::ensure(&[apt::Missing {
            what: "a compiler for WebAssembly",
            packages: &["rustc-web", "rust-web-src", "rust-web-clippy"],
        }])?;
    }
    let version = sh::capture(Command::new(RUSTC).arg("-vV"))?;
    let word = |name: &str| {
        let line = version.lines().find_map(|l| l.strip_prefix(name));
        line.map(|l| l.trim().to_owned()).ok_or_else(|| {
            Failure::new(format!(
                "{RUSTC} -vV names no {name:?}; reinstall the package rustc-web"
            ))
        })
    };
    let (commit, release, host) = (word("commit-hash:")?, word("release:")?, word("host:")?);
    // Another compiler makes another folder: libraries of two versions never meet.
    let built = ctx.cache.join(format!(
        "wasm-std-{release}-{}",
        commit.get(..9).unwrap_or(&commit)
    ));
    for library in [Library::Tests, Library::Size] {
        if !built.join(library.name()).join("complete").exists() {
            say(&format!(
                "building the standard library for {TARGET} ({}, about 30 s, once)",
                library.name()
            ));
            build(ctx, library, &built, &host)?;
        }
    }
    Ok(WasmTarget {
        root: ctx.root.clone(),
        built: Some(built),
        about: format!("Debian's rustc {release} with a standard library built here for size"),
    })
}

/// Builds a library and puts a compiler beside it that uses it.
fn build(ctx: &Context, library: Library, built: &Path, host: &str) -> Result<(), Failure> {
    let scratch = ctx.cache.join("wasm-std-scratch");
    files::remove_dir(&scratch)?;
    files::make_dir(&scratch.join("src"))?;
    files::make_dir(&scratch.join(".cargo"))?;
    let sysroot = sh::capture(Command::new(RUSTC).args(["--print", "sysroot"]))?;
    let debian = Path::new(sysroot.trim()).join("lib/rustlib");
    let manifest = format!(
        "[package]\nname = \"nothing\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[profile.release]\nopt-level = {}\n\n[workspace]\n",
        library.opt_level()
    );
    // The library's own dependencies come with its source.
    let config = format!(
        "[source.crates-io]\nreplace-with = \"vendored\"\n\n[source.vendored]\ndirectory = \"{}\"\n",
        debian.join("src/rust/library/vendor").display()
    );
    put(&scratch.join("Cargo.toml"), &manifest)?;
    put(&scratch.join(".cargo/config.toml"), &config)?;
    put(&scratch.join("src/lib.rs"), "#![no_std]\n")?;
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(&scratch)
        .env_remove("RUSTUP_TOOLCHAIN")
        .env("RUSTC", RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", library.rustflags())
        .env("CARGO_TARGET_DIR", scratch.join("target"))
        .args([
            "build",
            "--quiet",
            "--offline",
            "--release",
            "--target",
            TARGET,
        ])
        .args(library.cargo_flags());
    sh::run(&mut cargo)?;

    let home = built.join(library.name());
    files::remove_dir(&home)?;
    let rustlib = home.join("lib/rustlib");
    let lib = rustlib.join(TARGET).join("lib");
    files::make_dir(&lib)?;
    files::make_dir(&rustlib.join(host))?;
    files::make_dir(&home.join("bin"))?;
    let deps = scratch.join("target").join(TARGET).join("release/deps");
    for file in fs::read_dir(&deps)
        .map_err(|e| trouble(&deps, &e))?
        .flatten()
    {
        let name = file.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libnothing") {
            fs::copy(file.path(), lib.join(&name)).map_err(|e| trouble(&file.path(), &e))?;
        }
    }
    // Build scripts and macros use Debian's own library, linking uses the usual toolchain's linker.
    let usual = sh::capture(
        Command::new("rustc")
            .current_dir(&ctx.root)
            .env_remove("RUSTUP_TOOLCHAIN")
            .args(["--print", "sysroot"]),
    )?;
    link(
        &debian.join(host).join("lib"),
        &rustlib.join(host).join("lib"),
    )?;
    link(
        &Path::new(usual.trim())
            .join("lib/rustlib")
            .join(host)
            .join("bin"),
        &rustlib.join(host).join("bin"),
    )?;
    // A link to the compiler would find Debian's library again; and only what is built for the web may use flags
    // that are not stable, else build scripts take this for a nightly compiler.
    let wrapper = format!(
        "#!/bin/sh\ncase \"$*\" in *panic=immediate-abort*) export RUSTC_BOOTSTRAP=1 ;; esac\nexec {RUSTC} --sysroot '{}' \"$@\"\n",
        home.display()
    );
    let rustc = home.join("bin/rustc");
    put(&rustc, &wrapper)?;
    fs::set_permissions(&rustc, fs::Permissions::from_mode(0o755))
        .map_err(|e| trouble(&rustc, &e))?;
    put(&home.join("complete"), "")?;
    files::remove_dir(&scratch)
}

fn put(file: &Path, text: &str) -> Result<(), Failure> {
    fs::write(file, text).map_err(|e| trouble(file, &e))
}

fn link(to: &Path, at: &Path) -> Result<(), Failure> {
    symlink(to, at).map_err(|e| trouble(at, &e))
}

fn trouble(file: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!(
        "cannot write {}: {error}; check free space and rights",
        file.display()
    ))
}
