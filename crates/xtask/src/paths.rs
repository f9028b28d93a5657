//! Where this clone, what it builds and the cached tools lie.

use std::env;
use std::path::{Path, PathBuf};

use crate::files;
use crate::sh::Failure;

/// The places that every command needs.
pub struct Context {
    /// The repository's root.
    pub root: PathBuf,
    /// Where cargo writes what it builds.
    pub target: PathBuf,
    /// Tools that outlive a clone: `$XDG_CACHE_HOME/agent-toolbar`.
    pub cache: PathBuf,
}

impl Context {
    /// Finds the places from the environment that cargo gives us.
    pub fn discover() -> Result<Self, Failure> {
        // At run time first: the clone may have been moved since this program was compiled.
        let here = env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = here
            .ancestors()
            .nth(2)
            .map(Path::to_path_buf)
            .ok_or_else(|| {
                Failure::new("the repository's root was not found: start this as `cargo xtask`")
            })?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) if !dir.is_empty() => root.join(dir),
            _ => root.join("target"),
        };
        let cache = cache_home()?.join("agent-toolbar");
        Ok(Self {
            root,
            target,
            cache,
        })
    }

    /// Where `cargo install --root` puts the tools.
    pub fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// An installed tool's program.
    pub fn tool(&self, name: &str) -> PathBuf {
        self.tools()
            .join("bin")
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// The built npm package.
    pub fn pkg(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// What leads from the built package back to its sources, and is no part of it.
    pub fn maps(&self) -> PathBuf {
        self.root.join("pkg-maps")
    }

    /// The tests that run in Node.
    pub fn tests(&self) -> PathBuf {
        self.root.join("tests")
    }

    /// A program that cargo has built for release on this machine.
    pub fn release_program(&self, name: &str) -> PathBuf {
        self.target
            .join("release")
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// The version of a crate in `Cargo.lock`.
    pub fn locked_version(&self, name: &str) -> Result<String, Failure> {
        let path = self.root.join("Cargo.lock");
        let text = files::read(&path)?;
        find_locked_version(&text, name)
            .map(str::to_owned)
            .ok_or_else(|| {
                Failure::new(format!(
                    "Cargo.lock does not name the crate {name}: add it to Cargo.toml and run `cargo metadata` once"
                ))
            })
    }
}

/// `$XDG_CACHE_HOME`, by default `~/.cache`.
fn cache_home() -> Result<PathBuf, Failure> {
    // A relative path is to be ignored, says the XDG base directory specification.
    if let Some(dir) = env::var_os("XDG_CACHE_HOME").map(PathBuf::from)
        && dir.is_absolute()
    {
        return Ok(dir);
    }
    env::home_dir()
        .filter(|home| !home.as_os_str().is_empty())
        .map(|home| home.join(".cache"))
        .ok_or_else(|| {
            Failure::needs_user(
                "there is no place to cache tools: set HOME or XDG_CACHE_HOME to a folder of yours",
            )
        })
}

/// Reads a version from the text of a lock file, where it stands on the line after the name.
fn find_locked_version<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let name_line = format!("name = \"{name}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name_line)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
[[package]]
name = \"wasm-bindgen-macro\"
version = \"0.2.1\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
";

    #[test]
    fn locked_version_is_that_of_the_whole_name() {
        assert_eq!(find_locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(find_locked_version(LOCK, "wasm"), None);
    }
}
