//! The number to call from, where the page has given several.

use super::super::board::Board;
use super::super::dom::{El, el};
use super::super::icons::{self, icon};
use super::super::shared::text::still;
use super::super::words;
use crate::browser::get;
use agent::json::{Value, quote};
use web_sys::Event;

/// What the choice is kept under.
const CALLER: &str = "callerId";

/// Numbers with their names.
fn given(board: &Board) -> Vec<(String, String)> {
    let json = board.hooks().given("callerIds").unwrap_or_default();
    let list = Value::parse(&json).unwrap_or_default();
    let numbers = list.items().map(|one| match one.is_object() {
        true => (one.get("number").string(), one.get("name").string()),
        false => (one.string(), String::new()),
    });
    numbers.filter(|(number, _)| !number.is_empty()).collect()
}

/// The number that was chosen; `None`: the platform chooses.
pub fn chosen(board: &Board) -> Option<String> {
    let json = board.hooks().kept(CALLER)?;
    let chosen = Value::parse(&json).unwrap_or_default().string();
    // The page may have taken it back.
    let mut given = given(board).into_iter();
    given.any(|(number, _)| number == chosen).then_some(chosen)
}

/// The list to choose from; nothing where there is no choice.
pub fn choice(board: &Board) -> Option<El> {
    let given = given(board);
    if given.is_empty() {
        return None;
    }
    let now = chosen(board).unwrap_or_default();
    let (name, asked, label) = (board.clone(), board.clone(), board.clone());
    let select = el("select", "ell")
        .attr("data-choice", CALLER)
        .live("aria-label", move || Some(name.say(words::CALL_FROM)))
        .on("change", move |event: Event| {
            let Some(select) = event.target() else { return };
            let number = get(&select, "value").as_string().unwrap_or_default();
            let mut json = String::new();
            quote(&mut json, &number);
            asked.hooks().keep(CALLER, &json);
        });
    let platform = (String::new(), board.say(words::CALL_FROM_ANY));
    let select = std::iter::once(platform)
        .chain(given)
        .fold(select, |select, (number, name)| {
            let shown = board.shown(&number);
            let text = [&*name, if name.is_empty() { "" } else { " " }, &shown].concat();
            let option = still("option", "", &text).attr("value", &number);
            select.with(match number == now {
                true => option.attr("selected", ""),
                false => option,
            })
        });
    Some(
        el("span", "row from")
            .with(el("span", "sm t2 k6").say(move || label.say(words::CALL_FROM)))
            .with(
                el("div", "in sel")
                    .with(select)
                    .with(icon("i s", icons::CHEVRON)),
            ),
    )
}
