//! `cargo xtask docs`: the pages of the documentation that are made from tables of the code, so that they cannot be
//! out of step with it.

use std::fmt::Write;

use agent::Lang;
use agent::fault::CATALOGUE;
use agent::rules::{RULES, Situation};

use crate::files;
use crate::paths::Context;
use crate::sh::Failure;

/// Makes a page.
type Make = fn() -> String;

/// The pages: name in `docs/`, and what makes it.
const PAGES: [(&str, Make); 2] = [("errors.md", errors), ("allowed.md", allowed)];

/// What else is made from tables: its path, and what makes it.
const FILES: [(&str, Make); 2] = [
    ("pkg-config/index.d.ts", types::declarations),
    ("pkg-config/api-report.md", api_report),
];

/// Writes all pages.
pub fn write(ctx: &Context) -> Result<(), Failure> {
    for (path, make) in FILES {
        files::write(&ctx.root.join(path), make())?;
    }
    let docs = ctx.root.join("docs");
    files::make_dir(&docs)?;
    for (name, make) in PAGES {
        files::write(&docs.join(name), make())?;
    }
    Ok(())
}

/// Fails where a page is not what its table says.
pub fn check(ctx: &Context) -> Result<(), Failure> {
    for (path, make) in FILES {
        if files::read(&ctx.root.join(path))? != make() {
            return Err(Failure::new(format!(
                "{path} is out of date: run `cargo xtask docs`"
            )));
        }
    }
    for (name, make) in PAGES {
        let path = ctx.root.join("docs").join(name);
        if files::read(&path)? != make() {
            return Err(Failure::new(format!(
                "docs/{name} is out of date: run `cargo xtask docs`"
            )));
        }
    }
    Ok(())
}

fn api_report() -> String {
    types::report::report(&types::declarations())
}

fn errors() -> String {
    let mut out = String::from(
        "# Errors\n\n\
         Made by `cargo xtask docs` from the catalogue in `crates/agent/src/fault.rs` and `crates/agent/languages`.\n\n\
         Everything that the SDK throws, rejects with or tells by `Exception` is an `AgentSdkError`: an `Error` with \
         `code`, `message`, `remedy`, `version`, and `cause` where there is one (for a refusal of the platform \
         `{ status }`, its number). `{name}` in a sentence stands for what a case fills in.\n\n\
",
    );
    let mut head = vec!["code"];
    head.extend(Lang::all().map(Lang::name));
    head.extend(Lang::all().map(|lang| lang.heads().1));
    heads(&mut out, &head);
    for entry in CATALOGUE {
        let code = format!("`{}`", entry.code());
        let mut cells = vec![code.as_str()];
        cells.extend(Lang::all().map(|lang| entry.sentence(lang)));
        cells.extend(Lang::all().map(|lang| entry.remedy(lang)));
        row(&mut out, &cells);
    }
    out
}

/// The head of a table.
fn heads(out: &mut String, cells: &[&str]) {
    row(out, cells);
    let _ = writeln!(out, "{}|", "|---".repeat(cells.len()));
}

/// A row of a table.
fn row(out: &mut String, cells: &[&str]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn allowed() -> String {
    let mut out = String::from(
        "# What is allowed when\n\n\
         Made by `cargo xtask docs` from the table in `crates/agent/src/rules.rs`.\n\n\
         The promise form (`sdk.request`) refuses at once what does not stand here, `sdk.snapshot().allowed` lists what \
         is allowed now. The plain methods send as those of the original SDK do and leave a refusal to the platform.\n\n\
",
    );
    let mut head = vec!["situation"];
    head.extend(Lang::all().map(|lang| lang.heads().0));
    heads(&mut out, &head);
    for situation in Situation::ALL {
        let code = format!("`{}`", situation.as_str());
        let mut cells = vec![code.as_str()];
        cells.extend(Lang::all().map(|lang| situation.words().say(lang)));
        row(&mut out, &cells);
    }
    out.push_str(
        "\n| request | allowed in | supervisor | switched off by | done when | failed when |\n\
         |---|---|---|---|---|---|\n",
    );
    for rule in RULES {
        let all = rule.situations().count() == Situation::ALL.len();
        let situations: Vec<&str> = rule.situations().map(Situation::as_str).collect();
        let names = |events: &[agent::EventName]| {
            let names: Vec<&str> = events.iter().map(|event| event.as_str()).collect();
            names.join(", ")
        };
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {} | {} | {} |",
            rule.request,
            if all {
                "every situation".to_owned()
            } else {
                situations.join(", ")
            },
            if rule.supervisor { "yes" } else { "" },
            if rule.feature.is_empty() {
                String::new()
            } else {
                format!("`features.{}`", rule.feature)
            },
            names(rule.done),
            names(rule.failed),
        );
    }
    out
}
