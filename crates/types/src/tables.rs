//! What stands in tables of the session.

use std::fmt::Write;

use agent::fault::CATALOGUE;
use agent::language::keys::TOOLBAR;
use agent::rules::RULES;
use agent::{Lang, State};

use crate::print::{comment, union};

/// Languages and texts.
pub(crate) fn texts() -> Vec<String> {
    let tags: Vec<&str> = Lang::all().map(Lang::tag).collect();
    let keys: Vec<&str> = TOOLBAR.split(' ').collect();
    vec![
        union(&line("A language that there is."), "LanguageTag", &tags),
        union(
            &line("What the toolbar says, by its key in the languages."),
            "ToolbarTextKey",
            &keys,
        ),
    ]
}

/// The agent's state.
pub(crate) fn states() -> Vec<String> {
    let words = [State::Closed, State::Connected, State::Disconnected];
    let words = words.map(|state| format!("'{}'", state.as_str()));
    let about = line(
        "The agent's state: the name of an event, a word of the link, or whatever else the platform says.",
    );
    let about = comment("", &about);
    vec![format!(
        "{about}export type AgentState = keyof PlatformEvents | {} | (string & {{}});\n",
        words.join(" | ")
    )]
}

/// Codes of errors.
pub(crate) fn errors() -> Vec<String> {
    // Where several faults share a code, it has several rows.
    let mut codes: Vec<&str> = CATALOGUE.iter().map(|entry| entry.code()).collect();
    codes.dedup();
    let about = line("Every code; see the page of errors for sentences and remedies.");
    vec![union(&about, "ErrorCode", &codes)]
}

/// Requests, and what they lead to.
pub(crate) fn requests() -> Vec<String> {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.request).collect();
    let about = line("Names of requests, as `allowed` lists them.");
    let mut out = comment("", &line("The events that say that a request was done."));
    out.push_str("export interface RequestOutcomes {\n");
    for rule in RULES {
        let quoted = |events: &[agent::EventName], mark: char| -> Vec<String> {
            let names = events.iter().map(|event| event.as_str());
            names.map(|name| format!("{mark}{name}{mark}")).collect()
        };
        let failed = quoted(rule.failed, '`');
        let about = if failed.is_empty() {
            Vec::new()
        } else {
            line(&format!("{} says that it was not.", failed.join(" or ")))
        };
        let done = quoted(rule.done, '\'');
        let done = if done.is_empty() {
            "never".to_owned()
        } else {
            done.join(" | ")
        };
        let _ = writeln!(out, "{}  {}: {done};", comment("  ", &about), rule.request);
    }
    out.push_str("}\n");
    vec![union(&about, "RequestName", &names), out]
}

/// A description of one line.
fn line(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}
