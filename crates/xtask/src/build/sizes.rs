//! How large the built files are, raw and over the wire.

use std::path::Path;

use brotli::enc::BrotliEncoderParams;

use crate::files;
use crate::sh::Failure;
use crate::table::{self, grouped};

/// When a page loads which file.
const LOADED: [(&str, &str); 11] = [
    (SCRIPT, "at the start, by a script tag"),
    ("agent-toolbar-inline.mjs", "at the start, in a bundle"),
    (STREAM, "at the start, by a page that streams the wasm"),
    ("agent-toolbar.wasm", "at the start, with the one before"),
    ("agent-toolbar-panels.js", "at sign-in, by the script"),
    ("agent-toolbar-panels.mjs", "at sign-in, in a bundle"),
    (
        "agent-toolbar-panels.wasm",
        "at sign-in, by a page that streams the wasm",
    ),
    ("element.js", "at the start, in a bundle"),
    ("agent-toolbar-roster.js", "with the supervisor's wall"),
    ("agent-toolbar-worker.js", "with the link, for its clock"),
    (
        "agent-toolbar-telemetry.mjs",
        "at the start, where the page gives telemetry",
    ),
];

/// The one-file script.
const SCRIPT: &str = "agent-toolbar.js";

/// The same JavaScript and style, without the wasm.
const STREAM: &str = "agent-toolbar.mjs";

/// How the style begins, as a string of JavaScript.
const STYLE: &str = "\":host{";

/// The sizes of one file.
pub struct FileSize {
    /// The file's name in the package.
    pub file: String,
    /// Bytes on disk.
    pub raw: u64,
    /// Bytes as a web server sends them, compressed with brotli at its best.
    pub brotli: u64,
    /// How many of those the toolbar's style takes; known of the module without a wasm alone.
    style: u64,
}

/// Prints every file with when it is loaded, and what the script consists of.
pub fn print(sizes: &[FileSize]) {
    let loaded = |file: &str| LOADED.iter().find(|(name, _)| *name == file);
    let rows: Vec<Vec<String>> = sizes
        .iter()
        .map(
            |FileSize {
                 file, raw, brotli, ..
             }| {
                let when = loaded(file).map_or("", |(_, when)| when);
                vec![
                    file.clone(),
                    grouped(*raw),
                    grouped(*brotli),
                    when.to_owned(),
                ]
            },
        )
        .collect();
    table::print(&["file in pkg/", "bytes", "brotli", "loaded"], &rows);
    let of = |name: &str| sizes.iter().find(|size| size.file == name);
    if let (Some(script), Some(module)) = (of(SCRIPT), of(STREAM)) {
        println!(
            "of {SCRIPT}, with brotli: wasm {}, JavaScript {}, style {}",
            grouped(script.brotli.saturating_sub(module.brotli)),
            grouped(module.brotli.saturating_sub(module.style)),
            grouped(module.style),
        );
    }
}

/// A script without the string that is its style.
fn without_style(text: &str) -> String {
    let Some((before, style)) = text.split_once(STYLE) else {
        return text.to_owned();
    };
    // The string ends at the first quotation mark that has no backslash before it.
    let mut escaped = false;
    let end = style.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    match end.and_then(|end| style.get(end + 1..)) {
        Some(after) => format!("{before}\"\"{after}"),
        None => text.to_owned(),
    }
}

/// Measures every file of a folder.
pub fn measure(folder: &Path) -> Result<Vec<FileSize>, Failure> {
    let mut sizes = Vec::new();
    for path in files::list(folder)? {
        let bytes = files::read_bytes(&path)?;
        let file = files::name(&path);
        let brotli = compressed(&bytes)?;
        let style = if file == STREAM {
            let plain = without_style(&String::from_utf8_lossy(&bytes));
            brotli.saturating_sub(compressed(plain.as_bytes())?)
        } else {
            0
        };
        sizes.push(FileSize {
            file,
            raw: bytes.len() as u64,
            brotli,
            style,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_is_told_from_the_script() {
        let script = r#"const a="b",s=":host{--x:\"y\";content:'\\\\'}",c="d";"#;
        assert_eq!(without_style(script), r#"const a="b",s="",c="d";"#);
        assert_eq!(without_style("const a=1;"), "const a=1;");
    }
}
