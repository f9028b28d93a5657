//! How large the built files are, raw and over the wire.

use std::path::Path;

use brotli::enc::BrotliEncoderParams;

use crate::files;
use crate::sh::Failure;

/// The sizes of one file.
pub struct FileSize {
    /// The file's name in the package.
    pub file: String,
    /// Bytes on disk.
    pub raw: u64,
    /// Bytes as a web server sends them, compressed with brotli at its best.
    pub brotli: u64,
}

/// Measures every file of a folder.
pub fn measure(folder: &Path) -> Result<Vec<FileSize>, Failure> {
    let mut sizes = Vec::new();
    for path in files::list(folder)? {
        let bytes = files::read_bytes(&path)?;
        sizes.push(FileSize {
            file: files::name(&path),
            raw: bytes.len() as u64,
            brotli: compressed(&bytes)?,
        });
    }
    Ok(sizes)
}

/// How many bytes remain after brotli of quality 11 with a window of 4 MB.
pub fn compressed(bytes: &[u8]) -> Result<u64, Failure> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut input = bytes;
    let mut output = Vec::new();
    brotli::BrotliCompress(&mut input, &mut output, &params)
        .map_err(|error| Failure::new(format!("brotli could not compress a file: {error}")))?;
    Ok(output.len() as u64)
}
