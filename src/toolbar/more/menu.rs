//! The menu of what the bar has no room for, and of what has no control there.

use super::super::board::Board;
use super::super::dom::El;
use super::super::icons;
use super::super::scene::Scene;
use super::super::settings;
use super::super::shared::menu::{Item, Row, menu};
use super::super::words::{self, Word};
use crate::client::Client;
use agent::Command;
use reactive_graph::graph::untrack;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

#[wasm_bindgen]
extern "C" {
    // Of the part's script: puts what the bar has folded away before everything else in the menu; see `folded.js`.
    #[wasm_bindgen(js_namespace = PART, js_name = listFolded)]
    fn list_folded(menu: &Element, bar: &Element);
}

/// Draws it; `settings`: the control that opens them.
pub fn draw(board: &Board, client: &Rc<Client>, settings: &El) -> El {
    let item = |name, icon, label: Word, run: Rc<dyn Fn()>| {
        Row::Item(Item {
            name,
            class: "",
            icon,
            label: board.say(label),
            end: String::new(),
            checked: None,
            run,
        })
    };
    let opener = settings.element().clone();
    let open = move || {
        if let Some(opener) = opener.dyn_ref::<HtmlElement>() {
            opener.click();
        }
    };
    let mut rows = vec![item(
        settings::SETTINGS,
        icons::SLIDERS,
        words::SETTINGS,
        Rc::new(open),
    )];
    let signs = client.clone();
    if untrack(|| board.read(|p| p.allows("logout"))) {
        let run = move || signs.click(signs.command(Command::Logout));
        rows.push(item(
            "signOut",
            icons::LOGOUT,
            words::SIGN_OUT,
            Rc::new(run),
        ));
    } else if untrack(|| board.scene()) == Scene::SignedOut {
        let run = move || signs.click(signs.login(None));
        rows.push(item("signIn", icons::LOGIN, words::SIGN_IN, Rc::new(run)));
    }
    let popovers = board.popovers();
    let chosen: Rc<dyn Fn()> = Rc::new(move || popovers.close(true));
    let close = chosen.clone();
    let list = menu(&board.say(words::MORE), rows, chosen).on("chosen", move |_| close());
    // The bar is where the controls stand; the first item gets the focus when they are there.
    if let Ok(Some(bar)) = settings.element().closest("[part=bar]") {
        list_folded(list.element(), &bar);
    }
    list
}
