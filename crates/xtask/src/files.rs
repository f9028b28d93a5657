//! Reading and writing files, with errors that name the file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::sh::Failure;

/// The sentence for a file that could not be handled.
fn failure(what: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("cannot {what} {}: {error}", path.display()))
}

/// The text of a file.
pub fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| failure("read", path, &error))
}

/// The bytes of a file.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| failure("read", path, &error))
}

/// Writes a file, whatever it held before.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    fs::write(path, content).map_err(|error| failure("write", path, &error))
}

/// Copies a file.
pub fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::copy(from, to)
        .map(|_| ())
        .map_err(|error| failure("copy", from, &error))
}

/// Makes a folder and those above it.
pub fn make_dir(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| failure("make the folder", path, &error))
}

/// Removes a folder with all that is in it; one that is not there is fine.
pub fn remove_dir(path: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failure("remove the folder", path, &error)),
    }
}

/// The files right in a folder, sorted by name; none where the folder is not there.
pub fn list(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    entries(path, Path::is_file)
}

/// The folders right in a folder, sorted by name; none where the folder is not there.
pub fn folders(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    entries(path, Path::is_dir)
}

fn entries(path: &Path, wanted: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Failure> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failure("list", path, &error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| failure("list", path, &error))?.path();
        if wanted(&entry) {
            found.push(entry);
        }
    }
    found.sort();
    Ok(found)
}

/// The last part of a path, for messages and keys.
pub fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
