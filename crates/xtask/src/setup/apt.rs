//! Packages of the system, by `apt-get` and only as root.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::say;
use crate::files;
use crate::sh::{self, Failure};

/// Something that the system lacks.
pub struct Missing {
    /// Its name in a sentence.
    pub what: &'static str,
    /// The Debian packages that bring it.
    pub packages: &'static [&'static str],
}

/// Installs what is missing, or says how: one line for all of it.
pub fn ensure(missing: &[Missing]) -> Result<(), Failure> {
    if missing.is_empty() {
        return Ok(());
    }
    let what = missing
        .iter()
        .map(|one| one.what)
        .collect::<Vec<_>>()
        .join(" and ");
    let packages: Vec<&str> = missing
        .iter()
        .flat_map(|one| one.packages.iter().copied())
        .collect();
    if sh::find("apt-get").is_none() {
        return Err(Failure::needs_user(format!(
            "{what} cannot be found and this system has no apt-get: install it in the system's own way"
        )));
    }
    if !is_root() {
        return Err(Failure::needs_user(format!(
            "{what} cannot be found and only root may install it; run as root:\n\
             apt-get install -y --no-install-recommends {}",
            packages.join(" ")
        )));
    }
    say(&format!(
        "installing {} with apt-get (about a minute, once)",
        packages.join(" ")
    ));
    let _quiet = NoServices::begin()?;
    apt_get(&["update", "-q"])?;
    let mut install = vec!["install", "-q", "-y", "--no-install-recommends"];
    install.extend(packages);
    apt_get(&install)
}

/// Whether we are root, as `id` sees it.
pub fn is_root() -> bool {
    sh::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Whether a program is on `PATH`, or in the folder that for others than root often is not.
pub fn has_program(name: &str) -> bool {
    sh::find(name).is_some() || Path::new("/usr/sbin").join(name).is_file()
}

/// Runs `apt-get` without questions.
fn apt_get(args: &[&str]) -> Result<(), Failure> {
    sh::run(
        Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(args),
    )
}

/// What Debian asks before it starts a service of a package just installed.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// Marks a policy as ours, so that one left behind by an interrupted run is known and removed.
const MARK: &str = "# temporary, by cargo xtask";

/// While it lives, packages are installed without starting their services: the tests start their own.
struct NoServices {
    /// The policy to remove at the end; none where the system has one of its own.
    ours: Option<PathBuf>,
}

impl NoServices {
    /// Writes the policy, unless there is one that is not ours.
    fn begin() -> Result<Self, Failure> {
        let path = Path::new(POLICY);
        let foreign =
            path.exists() && !fs::read_to_string(path).is_ok_and(|text| text.contains(MARK));
        if foreign {
            return Ok(Self { ours: None });
        }
        files::write(path, format!("#!/bin/sh\n{MARK}\nexit 101\n"))?;
        let guard = Self {
            ours: Some(path.to_path_buf()),
        };
        sh::run(Command::new("chmod").arg("755").arg(path))?;
        Ok(guard)
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if let Some(path) = &self.ours
            && let Err(error) = fs::remove_file(path)
        {
            eprintln!(
                "setup: cannot remove {}: {error}; remove it by hand, else no service starts when installed",
                path.display()
            );
        }
    }
}
