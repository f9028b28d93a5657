//! Where the wall stands: in a sheet under the bar, or in an element that the page gave for it.

use super::super::dom::{El, el, watch};
use super::super::shared::popover;
use super::super::words;
use super::WALL;
use super::observe::observe;
use super::panel::Wall;
use crate::browser::page::{document, soon};
use crate::browser::{get, set};
use reactive_graph::owner::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

/// Puts it there; what is given back stands in the bar.
pub fn stand(wall: &Wall, drawn: El) -> El {
    let Some(opener) = wall.0.sheet.opener() else {
        return drawn;
    };
    let toolbar = opener.element().get_root_node().dyn_into().ok();
    let name = wall.board().clone();
    let section = |class: &str, role: &str| {
        el("section", class)
            .attr("role", role)
            .live("aria-label", move || Some(name.say(words::WALL)))
            .attr("data-pop", WALL)
            .with(drawn)
    };
    let given = wall.0.client.take_into();
    let given = match given.as_string() {
        Some(selector) => document().and_then(|d| d.query_selector(&selector).ok().flatten()),
        None => given.dyn_into::<Element>().ok(),
    };
    let own = given.and_then(|given| own_host(wall, &given, toolbar.as_ref()?));
    if let Some(toolbar) = toolbar {
        follow_looks(wall, &toolbar, own.clone());
    }
    match own {
        Some(own) => {
            let (lang, written) = (wall.board().clone(), wall.board().clone());
            let inside = el("div", "at docked")
                .live("lang", move || Some(lang.lang().tag().to_owned()))
                .live("dir", move || Some(written.lang().direction().to_owned()))
                .with(section("wall", "region"));
            if let Some(root) = own.shadow_root() {
                let _ = root.append_child(inside.element());
            }
            el("div", "slot")
        }
        None => {
            let section = section("pop wall", "dialog").attr("part", "popover");
            let inside = section.element().clone();
            // It must stand in the page before it can be placed.
            soon(move || popover::place(&inside, opener.element(), true));
            section
        }
    }
}

/// An element of ours in the one that the page gave, with the style of the toolbar. It goes with the wall, and the wall with it.
fn own_host(wall: &Wall, given: &Element, toolbar: &ShadowRoot) -> Option<HtmlElement> {
    let own = document()?.create_element("agent-toolbar-wall").ok()?;
    let root = own
        .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
        .ok()?;
    let style = "adoptedStyleSheets";
    set(&root, style, &get(toolbar, style));
    given.append_child(&own).ok()?;
    let kept = SendWrapper::new(own.clone());
    on_cleanup(move || kept.remove());
    let (board, sheet, there) = (wall.board().clone(), wall.0.sheet.clone(), own.clone());
    watch(move || {
        board.mono();
        if !there.is_connected() {
            let sheet = sheet.clone();
            soon(move || sheet.close());
        }
    });
    own.dyn_into().ok()
}

/// Theme, density and what the page gave of tokens are those of the toolbar's element.
fn follow_looks(wall: &Wall, toolbar: &ShadowRoot, own: Option<HtmlElement>) {
    let Ok(toolbar) = toolbar.host().dyn_into::<HtmlElement>() else {
        return;
    };
    let (followed, wall) = (toolbar.clone(), wall.clone());
    let follow = move || {
        if let Some(own) = &own {
            for name in ["theme", "density"] {
                let _ = match followed.get_attribute(name) {
                    Some(value) => own.set_attribute(name, &value),
                    None => own.remove_attribute(name),
                };
            }
            let (from, to) = (followed.style(), own.style());
            for name in (0..from.length()).map(|at| from.item(at)) {
                if name.starts_with("--") {
                    let value = from.get_property_value(&name).unwrap_or_default();
                    let _ = to.set_property(&name, &value);
                }
            }
        }
        if let Some(rows) = &*wall.0.rows.borrow() {
            rows.measure();
        }
    };
    follow();
    let attributes = js_sys::Object::new();
    set(&attributes, "attributes", &JsValue::TRUE);
    observe("MutationObserver", &toolbar, &attributes, follow);
}
