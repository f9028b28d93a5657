//! Texts that the page puts in place of the toolbar's: those of faults and causes, and which cannot be shown. The board reads the others.

use super::board::Board;
use crate::client::Client;
use agent::json::Value;
use agent::language::{expected, keys};
use agent::{Fault, Lang, cause};

/// The code of a fault; of one that the phone has told, the phone's own.
pub fn code(fault: &Fault) -> &str {
    match fault {
        Fault::Phone { code, .. } if !code.is_empty() => code,
        _ => fault.code(),
    }
}

/// What went wrong.
pub fn sentence(board: &Board, fault: &Fault) -> String {
    let lang = board.lang();
    match board.own(&["errors.", code(fault)].concat()) {
        Some(own) => fault.filled_in(&own, lang),
        None => fault.message(lang),
    }
}

/// What to do then.
pub fn remedy(board: &Board, fault: &Fault) -> String {
    let lang = board.lang();
    let own = board.own(&["errors.", code(fault), ".remedy"].concat());
    own.unwrap_or_else(|| fault.remedy(lang).to_owned())
}

/// Why a call ended; `None`: nobody can explain this number.
pub fn cause(board: &Board, number: u32) -> Option<String> {
    let lang = board.lang();
    let own = board.own(&["causes.", &number.to_string()].concat());
    own.or_else(|| cause::words(number, lang).map(str::to_owned))
}

/// Tells the listeners of `Exception`; the toolbar goes on with what it says by itself, and the agent is not bothered.
pub fn check(board: &Board, client: &Client) {
    let given = board.hooks().given("texts").unwrap_or_default();
    for name in wrong(Value::parse(&given).unwrap_or_default()) {
        client.tell_page(&Fault::OptionWrong {
            // A fault is of the program's own words; these few stay as long as it does.
            field: name.leak(),
            expected: expected::OWN_TEXT,
        });
    }
}

/// The names of what cannot be shown, such as `texts.en.REDAY`.
fn wrong(texts: Value<'_>) -> Vec<String> {
    if !texts.is_object() {
        return match texts.is_none() {
            true => Vec::new(),
            false => vec!["texts".to_owned()],
        };
    }
    let mut names = Vec::new();
    for (tag, own) in texts.members() {
        let tag = tag.string();
        let is_spoken = Lang::all().any(|lang| lang.tag() == tag);
        if !is_spoken || !own.is_object() {
            names.push(["texts.", &tag].concat());
            continue;
        }
        for (key, text) in own.members() {
            let key = key.string();
            let is_text = text.raw().starts_with('"') && !text.string().is_empty();
            if !keys::is_known(&key) || !is_text {
                names.push(["texts.", &tag, ".", &key].concat());
            }
        }
    }
    names
}
