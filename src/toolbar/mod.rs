//! What the agent sees: one line, a folder a control with its style beside it.
//!
//! The controls read the [`Board`] and send commands; the session decides what happens.

mod board;
mod call;
mod chip;
mod dial;
mod icons;
mod link;
mod message;
mod scene;
mod words;
mod wrapup;

pub use board::Board;

use crate::browser::clock::{Interval, now};
use crate::client::Client;
use agent::Lang;
use leptos::prelude::*;
use scene::Scene;
use send_wrapper::SendWrapper;
use std::any::Any;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;

/// The client, as closures of a view hold it: they have to promise that they could change threads, and never do.
type Desk = SendWrapper<Rc<Client>>;

/// A toolbar on the page; dropping it takes it off.
pub struct Toolbar {
    _mounted: Box<dyn Any>,
    _tick: Interval,
}

/// Draws the toolbar of a client into an element.
pub fn draw(client: &Rc<Client>, parent: web_sys::HtmlElement, lang: Lang, mask: bool) -> Toolbar {
    let board = client.with(|session| Board::new(session, lang, now().mono));
    client.set_board(board.clone());
    let tick = board.tick.clone();
    let weak = Rc::downgrade(client);
    let mounted =
        leptos::mount::mount_to(parent.unchecked_into(), move || bar(&board, &weak, mask));
    Toolbar {
        _mounted: Box::new(mounted),
        _tick: Interval::new(1000, move || tick.set(now().mono)),
    }
}

fn bar(board: &Board, client: &Weak<Client>, mask: bool) -> AnyView {
    // The view lives no longer than the client that it belongs to.
    let Some(client) = client.upgrade().map(SendWrapper::new) else {
        return ().into_any();
    };
    let scene = {
        let board = board.clone();
        ArcMemo::new(move |_| board.picture.with(Scene::of))
    };
    let notice = board.notice.clone();
    let may_call = {
        let board = board.clone();
        ArcMemo::new(move |_| board.picture.with(|p| p.may_call))
    };
    let middle = {
        let (board, client, scene) = (board.clone(), client.clone(), scene.clone());
        move || {
            let scene = scene.get();
            match scene {
                Scene::Incoming | Scene::SettingUp | Scene::InCall => {
                    return call::call(&board, &client, scene, mask);
                }
                Scene::WrapUp => return wrapup::wrap_up(&board, &client),
                _ => {}
            }
            if let Some(message) = message::of_scene(&board, &client, scene).filter(|_| {
                // Why a sign-in failed is worth more than that one is wanted; a link that is lost explains itself.
                scene != Scene::SignedOut || notice.get().is_none()
            }) {
                return message;
            }
            let rest = match notice.get() {
                Some(fault) => message::of_fault(&board, &client, scene, fault),
                None => view! { <div class="party"></div> }.into_any(),
            };
            let dial =
                (scene == Scene::AtRest && may_call.get()).then(|| dial::dial(&board, &client));
            view! { {dial}{rest} }.into_any()
        }
    };
    let class = {
        let scene = scene.clone();
        move || {
            if scene.get() == Scene::Incoming {
                "bar tint call"
            } else {
                "bar"
            }
        }
    };
    let name = board.clone();
    view! {
        <div class=class part="bar" role="toolbar" aria-label=move || name.say(words::TOOLBAR)>
            {chip::chip(board, &client)}
            {middle}
            <span class="sep k3"></span>
            {link::link(board)}
        </div>
    }
    .into_any()
}
