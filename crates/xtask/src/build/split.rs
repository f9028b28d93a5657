//! Cuts off what only panels and the phone need, before the bindings are made: it becomes a file that is loaded at sign-in, or
//! when the first of them is wanted. What both sides need stays in the main file, and is lent to the other.

use std::path::{Path, PathBuf};

use wasm_split_cli_support::{Options, transform};

use crate::files;
use crate::sh::Failure;

/// The two sides.
pub struct Halves {
    /// What stands in the script.
    pub main: PathBuf,
    /// What is loaded later.
    pub panels: PathBuf,
}

/// Where what is lent comes from, for the other side.
const LENT: &str = "__wasm_split";

/// Cuts a compiled wasm in two.
pub fn cut(compiled: &Path, folder: &Path) -> Result<Halves, Failure> {
    let wasm = files::read_bytes(compiled)?;
    let main = folder.join("agent_toolbar.wasm");
    let mut options = Options::new(&wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    let cut = transform(options)
        .map_err(|error| Failure::new(format!("the panels cannot be cut off: {error:?}")))?;
    let [panels] = cut.split_modules.as_slice() else {
        return Err(Failure::new(format!(
            "one part was to be cut off, and these were: {:?}",
            cut.split_modules
        )));
    };
    let panels = panels.clone();
    Ok(Halves { main, panels })
}

/// The bindings that lend the main side's exports to the panels: as `shared()`, beside what they had.
pub fn lend(bindings: &str, loader: &str, panels: &[u8]) -> Result<String, Failure> {
    let names = lent(panels)?;
    let lends: Vec<String> = names
        .iter()
        .map(|name| format!("{name}: wasm.{name}"))
        .collect();
    let gives = format!(
        "Object.assign(exports, {{ initSync, shared: () => ({{ {} }}) }})",
        lends.join(", ")
    );
    match bindings.matches(loader).count() {
        1 => Ok(bindings.replace(loader, &gives)),
        _ => Err(Failure::new(format!(
            "wasm-bindgen writes its script in another way than before: it must hold {loader} once"
        ))),
    }
}

/// The names that the panels import; all must be lent by the main side.
fn lent(panels: &[u8]) -> Result<Vec<String>, Failure> {
    let damaged = |error: wasmparser::BinaryReaderError| {
        Failure::new(format!("what was cut off is no wasm: {error}"))
    };
    let mut names = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(panels) {
        let wasmparser::Payload::ImportSection(section) = payload.map_err(damaged)? else {
            continue;
        };
        for import in section.into_imports() {
            let import = import.map_err(damaged)?;
            if import.module != LENT {
                return Err(Failure::new(format!(
                    "the panels import {}.{}: nobody lends that",
                    import.module, import.name
                )));
            }
            names.push(import.name.to_owned());
        }
    }
    if names.is_empty() {
        return Err(Failure::new(
            "the panels share nothing: nothing was cut off",
        ));
    }
    Ok(names)
}
