//! Putting the package together from the templates in `pkg-config/`.
//!
//! A template names what goes where: `/*@instance*/` and `/*@shell*/` for JavaScript, and for values names such as
//! `__wasm__` that nobody defines, so that minifying cannot reckon with them.

use std::path::Path;
use std::process::Command;

use agent::fault::{CATALOGUE, Entry};

use super::encode::{UNABLE, encode};
use super::{Glue, apart};
use crate::files;
use crate::paths::Context;
use crate::sh::{self, Failure};

/// The JavaScript of `src/js/` that both the script and the module hold, in this order.
const SHELL: &[&str] = &[
    "errors.js",
    "listeners.js",
    "bound.js",
    "alarm.js",
    "record.js",
    "lists.js",
    "commands.js",
    "utf8.js",
    "sip-message.js",
    "phone-call.js",
    "phone-link.js",
    "phone-tone.js",
    "phone-media.js",
    "phone-peer.js",
    "phone-check.js",
    "soft-phone-sdk.js",
    "agent-sdk.js",
];

/// Errors that both the session and the shell make.
const FAULTS: &[&str] = &[
    "NOT_CONNECTED",
    "NO_OUTCOME",
    "CALLED_EMPTY",
    "TRANSFER_EMPTY",
    "PHONE_NOT_REGISTERED",
    "PHONE_DISCONNECTED",
    "PHONE_PARAMETERS",
    "PHONE_INSECURE",
    "PHONE_UNSUPPORTED",
];

/// Makes instances of the wasm; the bindings that wasm-bindgen generates go inside it.
const INSTANCE: &str = "instance.js";

/// What wasm-bindgen's script gives: with it goes a loader that nobody calls here.
const LOADER: &str = "Object.assign(__wbg_init, { initSync }, exports)";

/// The heart-beat worker of `src/js/`, a file of its own in the package.
const WORKER: &str = "worker.js";

/// What the package takes from `pkg-config/` as it is, save for the version.
const PAPERS: [&str; 4] = ["LICENSE", "README.md", "index.d.ts", "package.json"];

/// Writes `pkg/` anew.
pub fn assemble(ctx: &Context, glue: &Glue) -> Result<(), Failure> {
    let config = ctx.root.join("pkg-config");
    let pkg = ctx.pkg();
    let version = ctx.locked_version("agent-toolbar")?;
    let wasm = files::read_bytes(&glue.optimized)?;
    let parts = apart::take_apart(&wasm)?;
    let lengths: Vec<usize> = parts.iter().map(Vec::len).collect();
    let before: usize = lengths[..apart::TAIL].iter().sum();
    let encoded = encode(&parts.concat(), before..before + lengths[apart::TAIL]);
    let bindings = files::read(&glue.script)?;
    let shell = shell(ctx)?;
    let instance = files::read(&ctx.root.join("src/js").join(INSTANCE))?;
    let bindings = put_code(
        "the bindings",
        &bindings,
        LOADER,
        "Object.assign(exports, { initSync })",
    )?;
    let instance = put_code(INSTANCE, &instance, "/*@glue*/", &bindings)?;
    let css = css(ctx, &glue.scratch)?;

    files::remove_dir(&pkg)?;
    files::make_dir(&pkg)?;
    for (template, output) in [
        ("script.js", "agent-toolbar.js"),
        ("module.mjs", "agent-toolbar.mjs"),
    ] {
        let text = files::read(&config.join(template))?;
        let text = put_code(template, &text, "/*@instance*/", &instance)?;
        let text = put_code(template, &text, "/*@shell*/", &shell)?;
        // The values go in last: minifying them would take long and gain nothing.
        let text = minify(ctx, &glue.scratch, template, &text)?;
        let text = put_value(&text, "__version__", &format!("\"{version}\""));
        let text = put_large_value(template, &text, "__css__", &css)?;
        let text = put_large_value(template, &text, "__faults__", &faults()?)?;
        let text = put_value(&text, "__length__", &wasm.len().to_string());
        let text = put_value(&text, "__spare__", &encoded.spare);
        let text = put_value(&text, "__unable__", &format!("{UNABLE:?}"));
        let text = put_value(&text, "__parts__", &format!("{lengths:?}"));
        let text = put_value(
            &text,
            "__alignments__",
            &format!("\"{}\"", apart::alignments()),
        );
        let follows = format!("\"{}\"", apart::follows_table());
        let text = put_large_value(template, &text, "__follows__", &follows)?;
        let text = put_large_value(template, &text, "__wasm__", &encoded.literal)?;
        files::write(&pkg.join(output), text)?;
    }
    files::copy(&glue.optimized, &pkg.join("agent-toolbar.wasm"))?;
    files::copy(
        &ctx.root.join("src/js").join(WORKER),
        &pkg.join("agent-toolbar-worker.js"),
    )?;
    for paper in PAPERS {
        let text = files::read(&config.join(paper))?;
        files::write(&pkg.join(paper), put_value(&text, "__version__", &version))?;
    }
    Ok(())
}

/// The shell sources one after the other.
fn shell(ctx: &Context) -> Result<String, Failure> {
    let folder = ctx.root.join("src/js");
    let forgotten = files::list(&folder)?
        .iter()
        .map(|path| files::name(path))
        .find(|name| {
            name.ends_with(".js")
                && name != WORKER
                && name != INSTANCE
                && !SHELL.contains(&name.as_str())
        });
    if let Some(name) = forgotten {
        return Err(Failure::new(format!(
            "src/js/{name} would not be in the package: add it to SHELL in crates/xtask/src/build/assemble.rs"
        )));
    }
    let mut text = String::new();
    for name in SHELL {
        text.push_str(&files::read(&folder.join(name))?);
        text.push('\n');
    }
    Ok(text)
}

/// Sentence and remedy of the errors that the shell makes, both in Chinese and English, by their code.
fn faults() -> Result<String, Failure> {
    let known = |code: &str| CATALOGUE.iter().any(|entry| entry.code == code);
    if let Some(code) = FAULTS.iter().find(|code| !known(code)) {
        return Err(Failure::new(format!("the catalogue has no {code}")));
    }
    let mut rows = serde_json::Map::new();
    for Entry {
        code,
        sentence: [zh, en],
        remedy: [zh_remedy, en_remedy],
        shell,
    } in CATALOGUE
    {
        if *shell || FAULTS.contains(code) {
            let row = serde_json::json!([zh, en, zh_remedy, en_remedy]);
            rows.insert((*code).to_owned(), row);
        }
    }
    Ok(serde_json::Value::Object(rows).to_string())
}

/// The stylesheet of the toolbar as a JavaScript string: the tokens, then each control's own.
fn css(ctx: &Context, scratch: &Path) -> Result<String, Failure> {
    let folder = ctx.root.join("src/toolbar");
    let mut sheets = vec![folder.join("tokens.css"), folder.join("ground.css")];
    for control in files::folders(&folder)? {
        sheets.push(control.join("style.css"));
    }
    let mut text = String::new();
    for sheet in sheets {
        text.push_str(&files::read(&sheet)?);
    }
    let text = minify(ctx, scratch, "toolbar.css", &text)?;
    // JSON is JavaScript, but for a quote style of its own.
    serde_json::to_string(text.trim())
        .map_err(|error| Failure::new(format!("the stylesheet cannot be quoted: {error}")))
}

/// Puts code in place of a marker that stands exactly once in a template.
fn put_code(template: &str, text: &str, marker: &str, code: &str) -> Result<String, Failure> {
    match text.split_once(marker) {
        Some((before, after)) if !after.contains(marker) => Ok(format!("{before}{code}{after}")),
        _ => Err(Failure::new(format!(
            "{template} must hold {marker} exactly once"
        ))),
    }
}

/// Puts a value in place of every marker.
fn put_value(text: &str, marker: &str, value: &str) -> String {
    text.replace(marker, value)
}

/// Puts a large value in place of its marker, which may stand at most once: minifying must not have doubled it.
fn put_large_value(
    template: &str,
    text: &str,
    marker: &str,
    value: &str,
) -> Result<String, Failure> {
    if text.matches(marker).count() > 1 {
        return Err(Failure::new(format!(
            "{marker} of {template} must stand once after minifying: give it to one variable and use that"
        )));
    }
    Ok(put_value(text, marker, value))
}

/// Minifies JavaScript with terser, which drops what nobody calls, and CSS with esbuild.
fn minify(ctx: &Context, scratch: &Path, template: &str, text: &str) -> Result<String, Failure> {
    let from = scratch.join(format!("assembled-{template}"));
    let to = scratch.join(format!("minified-{template}"));
    files::write(&from, text)?;
    let program = |name: &str| ctx.tests().join("node_modules/.bin").join(name);
    if template.ends_with(".css") {
        // Started by its own name: installed with scripts it is a program, without them a script of Node's.
        sh::run(
            Command::new(program("esbuild"))
                .args(["--minify", "--charset=utf8", "--log-level=warning"])
                .arg(format!("--outfile={}", to.display()))
                .arg(&from),
        )?;
    } else {
        let mut terser = Command::new("node");
        terser
            .arg(program("terser"))
            .arg(&from)
            // The oldest that has private members and top-level await; container queries need newer browsers still.
            .args(["--ecma", "2022"])
            .args(["--compress", "passes=3", "--mangle", "--output"])
            .arg(&to);
        if template.ends_with(".mjs") {
            terser.arg("--module");
        }
        sh::run(&mut terser)?;
    }
    files::read(&to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_replaces_its_marker_once() {
        assert_eq!(
            put_code("t", "a /*@glue*/ b", "/*@glue*/", "code").ok(),
            Some("a code b".to_owned())
        );
        assert!(put_code("t", "a b", "/*@glue*/", "code").is_err());
        assert!(put_code("t", "/*@glue*/ /*@glue*/", "/*@glue*/", "code").is_err());
    }

    #[test]
    fn a_value_replaces_its_marker() {
        assert_eq!(
            put_value("f(__length__,__version__)", "__length__", "7"),
            "f(7,__version__)"
        );
    }

    #[test]
    fn a_doubled_large_value_is_refused() {
        assert!(put_large_value("t", "f(__wasm__,__wasm__)", "__wasm__", "x").is_err());
        assert_eq!(
            put_large_value("t", "no marker", "__wasm__", "x").ok(),
            Some("no marker".to_owned())
        );
    }
}
