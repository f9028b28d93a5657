//! Hashes by which a page says which script it means: a file that is another is not run.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use sha2::{Digest, Sha384};

use crate::files;
use crate::sh::Failure;

/// The file that has the hash of every script of the package.
pub const FILE: &str = "sri.json";

/// The hash of a file as the attribute `integrity` takes it.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// Writes the hashes of all scripts of a folder beside them.
pub fn write(folder: &Path) -> Result<(), Failure> {
    let mut hashes = Map::new();
    for path in files::list(folder)? {
        let name = files::name(&path);
        if name.ends_with(".js") || name.ends_with(".mjs") {
            hashes.insert(name, Value::from(integrity(&files::read_bytes(&path)?)));
        }
    }
    let text = serde_json::to_string_pretty(&hashes)
        .map_err(|error| Failure::new(format!("the hashes cannot be written as JSON: {error}")))?;
    files::write(&folder.join(FILE), format!("{text}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integrity_is_what_browsers_take() {
        // Of the standard's own example.
        assert_eq!(
            integrity(b"alert('Hello, world.');"),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }
}
