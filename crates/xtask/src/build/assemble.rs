//! Putting the package together from the templates in `pkg-config/`.
//!
//! A template names what goes where: `/*@instance*/` and `/*@shell*/` for JavaScript, and for values names such as
//! `__wasm__` that nobody defines, so that minifying cannot reckon with them.

use std::hash::{DefaultHasher, Hasher};
use std::path::Path;
use std::process::Command;

use agent::fault::CATALOGUE;
use agent::{EventName, Lang};

use super::encode::{UNABLE, encode};
use super::maps::Minified;
use super::{Glue, NAMELESS, SMALLER, apart, manifest, sri, wasm_opt};
use crate::files;
use crate::paths::Context;
use crate::sh::{self, Failure};

/// The JavaScript of `src/js/` that the script holds, in this order.
const SHELL: &[&str] = &[
    "languages.js",
    "errors.js",
    "listeners.js",
    "bound.js",
    "trusted.js",
    "alarm.js",
    "socket.js",
    "record.js",
    "lists.js",
    "commands.js",
    "utf8.js",
    "sip-message.js",
    "phone-call.js",
    "soft-phone-sdk.js",
    "phone-desk.js",
    "choices.js",
    "hooks.js",
    "history.js",
    "screen-pop.js",
    "alert.js",
    "save.js",
    "course.js",
    "keyboard.js",
    "place.js",
    "shapes.js",
    "agent-sdk.js",
    "toolbar-element.js",
];

/// The JavaScript that only panels, lines in full and the phone need, in this order.
const PART: &[&str] = &[
    "phone-link.js",
    "phone-tone.js",
    "phone-media.js",
    "phone-peer.js",
    "phone-check.js",
    "phone-host.js",
    "menu.js",
    "popover.js",
    "copy.js",
    "past.js",
    "wall.js",
    "part.js",
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

/// The heart-beat worker of `src/js/`, a file of its own in the package.
const WORKER: &str = "worker.js";

/// The worker that keeps a wall's list of agents.
const ROSTER: &str = "roster.js";

/// What tells a collector what a session does: a module, of the script as well.
const TELEMETRY: &str = "telemetry.mjs";

/// What puts a wasm together again in the page.
const TOGETHER: &str = "together.wat";

/// The templates that hold the toolbar, with what is made of each.
const TEMPLATES: [(&str, &str); 3] = [
    ("script.js", "agent-toolbar.js"),
    ("inline.mjs", "agent-toolbar-inline.mjs"),
    ("module.mjs", "agent-toolbar.mjs"),
];

/// The templates that hold the panels, which the script and the module load, with what is made of each.
const PANELS: [(&str, &str); 2] = [
    ("panels.js", "agent-toolbar-panels.js"),
    ("panels.mjs", "agent-toolbar-panels.mjs"),
];

/// What several templates have in common, where they name it.
const SHARED: [(&str, &str); 3] = [
    ("/*@server*/", "server.js"),
    ("/*@asset*/", "asset.js"),
    ("/*@together*/", "together.js"),
];

/// The module that stands for the element.
const ELEMENT: &str = "element.js";

/// What the package takes from `pkg-config/` as it is, save for the version.
const PAPERS: [&str; 5] = [
    "LICENSE",
    "README.md",
    "agent-toolbar.d.ts",
    "index.d.ts",
    "package.json",
];

/// The ways in for React and Vue, which hold the names of all events.
const WRAPPERS: [&str; 5] = ["mount.mjs", "react.js", "react.d.ts", "vue.js", "vue.d.ts"];

/// Writes `pkg/` anew.
pub fn assemble(ctx: &Context, glue: &Glue) -> Result<(), Failure> {
    let config = ctx.root.join("pkg-config");
    let pkg = ctx.pkg();
    let version = ctx.locked_version("agent-toolbar")?;
    let wasm = files::read_bytes(&glue.optimized)?;
    let build = format!("\"{}\"", fingerprint(&wasm));
    let bindings = files::read(&glue.script)?;
    let shell = sources(ctx, SHELL)?;
    let part = sources(ctx, PART)?;
    let instance = files::read(&ctx.root.join("src/js").join(INSTANCE))?;
    let instance = put_code(INSTANCE, &instance, "/*@glue*/", &bindings)?;
    let common = ["tokens.css", "ground.css", "fold.css"];
    let style = css(ctx, &glue.scratch, &common, "style.css")?;
    let panels_style = css(ctx, &glue.scratch, &["panels.css"], "panel.css")?;

    let together = together(ctx, &glue.scratch)?;

    files::remove_dir(&pkg)?;
    files::make_dir(&pkg)?;
    let shared = |text: &str| -> Result<String, Failure> {
        let mut text = text.to_owned();
        for (marker, file) in SHARED {
            text = text.replace(marker, &files::read(&config.join(file))?);
        }
        // A module whose panels have no JavaScript of their own has it with it.
        Ok(text.replace("/*@part*/", &part))
    };
    // In a page it must leave no names behind.
    let roster = files::read(&ctx.root.join("src/js").join(ROSTER))?;
    let roster = minify(
        ctx,
        &glue.scratch,
        ROSTER,
        &format!("(()=>{{{roster}}})();"),
    )?;
    let panels = files::read_bytes(&glue.optimized_panels)?;
    for (template, output) in PANELS {
        let text = shared(&files::read(&config.join(template))?)?;
        let mut text = minify_mapped(ctx, &glue.scratch, template, &text)?;
        text.put("__build__", &build);
        text.put_large(template, "__panels_css__", &panels_style)?;
        text.put_large(template, "__roster__", &quoted(&roster)?)?;
        put_wasm(template, &mut text, &panels)?;
        text.write(&pkg, &ctx.maps(), output)?;
    }
    files::write(&pkg.join("agent-toolbar-roster.js"), roster)?;
    let panels_integrity = sri::integrity(&files::read_bytes(&pkg.join(PANELS[0].1))?);
    for (template, output) in TEMPLATES {
        let text = shared(&files::read(&config.join(template))?)?;
        let text = put_code(template, &text, "/*@instance*/", &instance)?;
        let text = put_code(template, &text, "/*@shell*/", &shell)?;
        // The values go in last: minifying them would take long and gain nothing.
        let mut text = minify_mapped(ctx, &glue.scratch, template, &text)?;
        text.put("__version__", &format!("\"{version}\""));
        text.put_large(template, "__css__", &style)?;
        text.put_large(template, "__panels_css__", &panels_style)?;
        text.put_large(template, "__faults__", &faults()?)?;
        let (tags, directions) = (each(Lang::tag), each(Lang::direction));
        text.put_large(template, "__languages__", &format!("{tags:?}"))?;
        text.put_large(template, "__directions__", &format!("{directions:?}"))?;
        text.put("__build__", &build);
        text.put("__integrity__", &quoted(&panels_integrity)?);
        text.put("__unable__", &format!("{UNABLE:?}"));
        text.put_large(template, "__together__", &together)?;
        put_wasm(template, &mut text, &wasm)?;
        text.write(&pkg, &ctx.maps(), output)?;
    }
    files::copy(
        &glue.optimized_panels,
        &pkg.join("agent-toolbar-panels.wasm"),
    )?;
    files::copy(&glue.optimized, &pkg.join("agent-toolbar.wasm"))?;
    files::copy(
        &ctx.root.join("src/js").join(WORKER),
        &pkg.join("agent-toolbar-worker.js"),
    )?;
    files::copy(&config.join(ELEMENT), &pkg.join(ELEMENT))?;
    let telemetry = files::read(&ctx.root.join("src/js").join(TELEMETRY))?;
    let telemetry = minify(ctx, &glue.scratch, TELEMETRY, &telemetry)?;
    files::write(&pkg.join("agent-toolbar-telemetry.mjs"), telemetry)?;
    let events: Vec<&str> = EventName::ALL.iter().map(|name| name.as_str()).collect();
    for wrapper in WRAPPERS {
        let text = files::read(&config.join(wrapper))?;
        let text = put_value(&text, "__events__", &format!("{events:?}"));
        files::write(&pkg.join(wrapper), text)?;
    }
    sri::write(&pkg)?;
    let script_integrity = sri::integrity(&files::read_bytes(&pkg.join(TEMPLATES[0].1))?);
    for paper in PAPERS {
        let text = files::read(&config.join(paper))?;
        let text = put_value(&text, "__integrity__", &script_integrity);
        let text = put_value(&text, "__version__", &version);
        files::write(&pkg.join(paper), text)?;
    }
    let template = files::read(&config.join(manifest::NAME))?;
    let template = put_value(&template, "__language__", &each(Lang::tag).join("' | '"));
    let tokens = files::read(&ctx.root.join("src/toolbar/tokens.css"))?;
    files::write(
        &pkg.join(manifest::NAME),
        manifest::manifest(&template, &tokens)?,
    )?;
    Ok(())
}

/// Puts a wasm in place of the four markers of one.
fn put_wasm(template: &str, text: &mut Minified, wasm: &[u8]) -> Result<(), Failure> {
    let parts = apart::take_apart(wasm)?;
    let lengths: Vec<usize> = parts.iter().map(Vec::len).collect();
    let before: usize = lengths[..apart::TAIL].iter().sum();
    let encoded = encode(&parts.concat(), before..before + lengths[apart::TAIL]);
    text.put("__length__", &wasm.len().to_string());
    text.put("__spare__", &encoded.spare);
    text.put("__parts__", &format!("{lengths:?}"));
    text.put_large(template, "__wasm__", &encoded.literal)
}

/// What puts a wasm together again, compiled, as a JavaScript string of a character for each byte.
fn together(ctx: &Context, scratch: &Path) -> Result<String, Failure> {
    let text = files::read(&ctx.root.join("pkg-config").join(TOGETHER))?;
    let text = put_value(&text, "__alignments__", &apart::alignments());
    let text = put_value(&text, "__follows__", &apart::follows_table());
    let (from, to) = (scratch.join(TOGETHER), scratch.join("together.wasm"));
    files::write(&from, text)?;
    sh::run(wasm_opt(ctx, &from, &to).args(SMALLER).args(NAMELESS))?;
    // In ASCII, which every charset reads alike.
    Ok(format!("\"{}\"", files::read_bytes(&to)?.escape_ascii()))
}

/// What tells one build from another: files of two do not go together.
fn fingerprint(wasm: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(wasm);
    format!("{:x}", hasher.finish())
}

/// Sources of the shell one after the other.
fn sources(ctx: &Context, names: &[&str]) -> Result<String, Failure> {
    let folder = ctx.root.join("src/js");
    let forgotten = files::list(&folder)?
        .iter()
        .map(|path| files::name(path))
        .find(|name| {
            name.ends_with(".js")
                && name != WORKER
                && name != ROSTER
                && name != INSTANCE
                && !SHELL.contains(&name.as_str())
                && !PART.contains(&name.as_str())
        });
    if let Some(name) = forgotten {
        return Err(Failure::new(format!(
            "src/js/{name} would not be in the package: add it to SHELL or PART in crates/xtask/src/build/assemble.rs"
        )));
    }
    let mut text = String::new();
    for name in names {
        text.push_str(&files::read(&folder.join(name))?);
        text.push('\n');
    }
    Ok(text)
}

/// Something of each language.
fn each(what: fn(Lang) -> &'static str) -> Vec<&'static str> {
    Lang::all().map(what).collect()
}

/// Sentences and remedies of the errors that the shell makes, in every language, by their code.
fn faults() -> Result<String, Failure> {
    let known = |code: &str| CATALOGUE.iter().any(|entry| entry.code() == code);
    if let Some(code) = FAULTS.iter().find(|code| !known(code)) {
        return Err(Failure::new(format!("the catalogue has no {code}")));
    }
    let mut rows = serde_json::Map::new();
    for entry in CATALOGUE {
        if entry.shell || FAULTS.contains(&entry.code()) {
            let sentences = Lang::all().map(|lang| entry.sentence(lang));
            let remedies = Lang::all().map(|lang| entry.remedy(lang));
            let row: Vec<&str> = sentences.chain(remedies).collect();
            rows.insert(entry.code().to_owned(), row.into());
        }
    }
    Ok(serde_json::Value::Object(rows).to_string())
}

/// A stylesheet of the toolbar as a JavaScript string: what is common, then each control's own by this name.
fn css(ctx: &Context, scratch: &Path, common: &[&str], own: &str) -> Result<String, Failure> {
    let folder = ctx.root.join("src/toolbar");
    let mut sheets: Vec<_> = common.iter().map(|sheet| folder.join(sheet)).collect();
    for control in files::folders(&folder)? {
        sheets.extend(Some(control.join(own)).filter(|sheet| sheet.exists()));
    }
    let mut text = String::new();
    for sheet in sheets {
        text.push_str(&files::read(&sheet)?);
    }
    quoted(&minify(ctx, scratch, own, &text)?)
}

/// A text as a JavaScript string.
fn quoted(text: &str) -> Result<String, Failure> {
    // JSON is JavaScript, but for a quote style of its own.
    serde_json::to_string(text.trim())
        .map_err(|error| Failure::new(format!("a text cannot be quoted: {error}")))
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

/// Minifies JavaScript, and keeps what leads back from it.
fn minify_mapped(
    ctx: &Context,
    scratch: &Path,
    template: &str,
    text: &str,
) -> Result<Minified, Failure> {
    let text = minify(ctx, scratch, template, text)?;
    let map = files::read(&scratch.join(format!("minified-{template}.map")))?;
    Minified::new(text, &map)
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
            .args(["--compress", "passes=3", "--mangle"])
            // What tells a browser how to compile.
            .args(["--comments", "/^# allFunctions/"])
            .args(["--source-map", "includeSources", "--output"])
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
}
