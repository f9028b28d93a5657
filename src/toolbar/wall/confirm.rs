//! The question before something that cuts off a caller or an agent: whom, what happens, and the harmless answer at hand.

use super::super::board::clock;
use super::super::call::dialog;
use super::super::dom::{El, el};
use super::super::icons::{self, icon};
use super::super::shared::act::{Act, Face, act};
use super::super::shared::text::{filled, still};
use super::actions::{Deed, person};
use super::panel::Wall;
use super::view::Facts;

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
    let keep = act(board, button("keep", "line", keep, ""), move |_| {
        kept.open(None);
    });
    let go = button("go", "stop", deed.word, deed.kind.request());
    let go = act(board, go, move |_| {
        goes.open(None);
        goes.carry_out(deed, &facts);
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
        .with(el("div", "acts").with(dialog::focused(keep)).with(go))
}
