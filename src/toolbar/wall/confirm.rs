//! The question before something that cuts off a caller or an agent: whom, what happens, and the harmless answer at hand.

use super::super::board::clock;
use super::super::call::dialog;
use super::super::dom::{El, el};
use super::super::icons::{self, icon};
use super::super::shared::act::{Act, Face, act};
use super::super::shared::text::{filled, still, texts};
use super::super::words;
use super::actions::{Deed, person};
use super::panel::Wall;
use super::view::Facts;
use crate::browser::get;
use agent::json::Object;

/// Draws it.
pub fn confirm(wall: &Wall, deed: &'static Deed, facts: &Facts) -> El {
    let board = wall.board();
    let Some([title, effect, keep]) = deed.question else {
        return el("div", "");
    };
    let title = filled(&board.say(title), &person(facts));
    let lasted = clock(board.time().saturating_sub(facts.since));
    let about = match facts.party.as_str() {
        "" => lasted,
        party => [board.shown(party), ", ".to_owned(), lasted].concat(),
    };
    let effect = filled(&board.say(effect), &about);
    let button = |name, class, label, request| Act {
        name,
        class,
        fold: "",
        face: Face { icon: "", label },
        request,
    };
    let (kept, goes, facts) = (wall.clone(), wall.clone(), facts.clone());
    let reasons = reasons(wall);
    let chosen = reasons.as_ref().map(|(_, select)| select.clone());
    let keep = act(board, button("keep", "line", keep, ""), move |_| {
        kept.open(None);
    });
    let go = button("go", "stop", deed.word, deed.kind.request());
    let go = act(board, go, move |_| {
        let value = chosen.as_ref().map(|select| get(select.element(), "value"));
        let reason = value.and_then(|value| value.as_string());
        goes.open(None);
        if goes.carry_out(deed, &facts) {
            tell(&goes, deed, &facts.number, &reason.unwrap_or_default());
        }
    });
    el("div", "at-row confirm")
        .attr("role", "alertdialog")
        .attr("aria-label", &title)
        .with(
            el("h3", "")
                .with(icon("i s", icons::ALERT))
                .with(still("span", "", &title)),
        )
        .with(still("p", "", &effect))
        .with_live(move || reasons.iter().map(|(field, _)| field.clone()).collect())
        .with(el("div", "acts").with(dialog::focused(keep)).with(go))
}

/// The page's reasons to choose from, and the list itself; nothing where it gave none: the platform takes no reason.
fn reasons(wall: &Wall) -> Option<(El, El)> {
    let board = wall.board();
    let given = texts(&board.hooks().given("forceReasons").unwrap_or_default());
    if given.is_empty() {
        return None;
    }
    let label = board.say(words::REASON);
    let none = still("option", "", &board.say(words::NO_REASON)).attr("value", "");
    let select = given
        .iter()
        .fold(el("select", "ell").with(none), |select, reason| {
            select.with(still("option", "", reason))
        })
        .attr("aria-label", &label)
        .attr("data-choice", "reason");
    let field = el("div", "in sel")
        .with(select.clone())
        .with(icon("i s", icons::CHEVRON));
    let field = el("div", "why")
        .with(still("span", "lab", &label).attr("aria-hidden", "true"))
        .with(field);
    Some((field, select))
}

/// Tells the page what was done to whom, and why: it alone keeps that.
fn tell(wall: &Wall, deed: &Deed, number: &str, reason: &str) {
    let mut told = Object::new();
    told.text("name", deed.name)
        .text("agentNumber", number)
        .text("reason", reason);
    wall.board().hooks().tell("Forced", &told.finish());
}
