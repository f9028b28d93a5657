//! `cargo xtask replay FILE`: what happened in a record, and the state that it ends in.

use std::path::Path;
use std::process::ExitCode;

use agent::Session;
use agent::record;
use agent::session::PARTS;

use crate::files;
use crate::sh::Failure;

/// Prints a line for each input that changed something, then the snapshot.
pub fn run(file: &Path) -> Result<ExitCode, Failure> {
    let text = files::read(file)?;
    let mut started = None;
    let mut shown = String::new();
    let session = record::replay(&text, |kind, now, session| {
        let started = *started.get_or_insert(now.mono);
        let present = summary(session);
        if present != shown {
            let seconds = now.mono.saturating_sub(started) as f64 / 1000.0;
            println!("{seconds:>10.3} s  {kind:<11} {present}");
            shown = present;
        }
    })
    .map_err(|bad| {
        Failure::needs_user(format!(
            "{} line {}: {}; it must be what sdk.record() gave",
            file.display(),
            bad.line,
            bad.why
        ))
    })?;
    let mut all = serde_json::Map::new();
    for (name, part) in PARTS.iter().zip(session.snapshot()) {
        let part = serde_json::from_str(&part)
            .map_err(|error| Failure::new(format!("the snapshot's {name} is not JSON: {error}")))?;
        all.insert((*name).to_owned(), part);
    }
    println!("{:#}", serde_json::Value::Object(all));
    Ok(ExitCode::SUCCESS)
}

/// Link, state and call in a line.
fn summary(session: &Session) -> String {
    let link = if session.is_connected() {
        "linked"
    } else {
        "no link"
    };
    let call = session
        .call()
        .map(|call| format!("  call {} {}", call.id, call.party))
        .unwrap_or_default();
    format!(
        "{link:<8} {:<16} {}{call}",
        session.state().as_str(),
        session.situation().as_str()
    )
}
