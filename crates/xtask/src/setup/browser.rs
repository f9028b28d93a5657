//! Chromium and its driver, for the tests that run in a browser.

use std::env;
use std::path::PathBuf;

use super::apt::Missing;
use crate::sh::{self, Failure};

/// A browser and the program that steers it.
pub struct Browser {
    /// Chromium itself.
    pub chromium: PathBuf,
    /// `chromedriver`, of the same version.
    pub driver: PathBuf,
}

/// The packages; the fonts are for Chinese text in screenshots.
const MISSING: Missing = Missing {
    what: "Chromium with its driver (CHROMIUM and CHROMEDRIVER may name them)",
    packages: &["chromium", "chromium-driver", "fonts-noto-cjk"],
};

/// What is to be installed for a browser, if anything.
pub fn missing() -> Result<Option<Missing>, Failure> {
    Ok(look()?.is_none().then_some(MISSING))
}

/// The browser, which [`missing`] has said is there.
pub fn find() -> Result<Browser, Failure> {
    look()?.ok_or_else(|| {
        Failure::new(
            "Chromium and chromedriver were installed and are still not on PATH: name them in CHROMIUM and CHROMEDRIVER",
        )
    })
}

/// Looks for both programs.
fn look() -> Result<Option<Browser>, Failure> {
    let chromium = program(
        "CHROMIUM",
        &["chromium", "chromium-browser", "google-chrome"],
    )?;
    let driver = program("CHROMEDRIVER", &["chromedriver"])?;
    Ok(chromium
        .zip(driver)
        .map(|(chromium, driver)| Browser { chromium, driver }))
}

/// The program that the environment names, else the first of `names` on `PATH`.
fn program(variable: &str, names: &[&str]) -> Result<Option<PathBuf>, Failure> {
    if let Some(value) = env::var_os(variable).filter(|value| !value.is_empty()) {
        let path = PathBuf::from(value);
        if path.is_file() {
            return Ok(Some(path));
        }
        return Err(Failure::needs_user(format!(
            "{variable} names {}, which is no file: correct it or unset it",
            path.display()
        )));
    }
    Ok(names.iter().find_map(|name| sh::find(name)))
}
