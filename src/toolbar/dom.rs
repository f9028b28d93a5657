//! Elements of the toolbar, live where a closure stands instead of a value.
//!
//! Leptos' reactive graph decides what runs again; the elements are built here and not by its templates, because a
//! template is a type of its own, and every type costs the page a kilobyte or two. Here all elements are one type.

use crate::browser::callback;
use crate::browser::page::document;
use reactive_graph::effect::ImmediateEffect;
use reactive_graph::graph::{Subscriber, ToAnySubscriber};
use reactive_graph::owner::on_cleanup;
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event};

const SVG: &str = "http://www.w3.org/2000/svg";

#[wasm_bindgen]
extern "C" {
    // Of the shell; see `shapes.js`.
    #[wasm_bindgen(js_name = putShapes)]
    fn put_shapes(svg: &Element, shapes: &str);
}

/// An element being built. All text in it is text: there is no way to put markup in.
#[derive(Clone)]
pub struct El(Element);

/// A new element.
pub fn el(tag: &str, class: &str) -> El {
    make(document().and_then(|d| d.create_element(tag).ok()), class)
}

fn make(element: Option<Element>, class: &str) -> El {
    // Every tag here is a constant of ours, so the browser can make it; a page without a document draws nothing.
    let element = element.unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into());
    El(element).attr("class", class)
}

/// Runs now, and again whenever something that it read changes, until what it belongs to is taken down.
pub fn watch(run: impl Fn() + 'static) {
    watch_boxed(Box::new(run));
}

fn watch_boxed(run: Box<dyn Fn()>) {
    // The graph is made for threads, too; here there is one.
    let run = SendWrapper::new(run);
    let effect = ImmediateEffect::new(move || (*run)());
    let subscriber = effect.to_any_subscriber();
    on_cleanup(move || {
        // What it read goes on naming it otherwise, and what never changes, such as the language, for ever.
        subscriber.clear_sources(&subscriber);
        drop(effect);
    });
}

impl El {
    /// An icon of these shapes; see [`El::draw`].
    pub fn svg(class: &str, paths: &str) -> El {
        let svg = make(
            document().and_then(|d| d.create_element_ns(Some(SVG), "svg").ok()),
            class,
        )
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true");
        svg.draw(paths);
        svg
    }

    /// An icon that becomes another again and again, and what to draw it into. A browser puts all layers of a page in order anew
    /// when what it paints has other edges than before; a frame that nobody sees keeps them where they are.
    pub fn changing_svg(class: &str) -> (El, El) {
        let svg = El::svg(
            class,
            "<rect width='24' height='24' fill='none' stroke='none'/><g/>",
        );
        let inner = svg.0.last_element_child().map_or(svg.clone(), El);
        (svg, inner)
    }

    /// Puts shapes, or one path, into an icon, in place of what it shows.
    pub fn draw(&self, shapes: &str) {
        put_shapes(&self.0, shapes);
    }

    /// An attribute; an empty class is left out.
    pub fn attr(self, name: &str, value: &str) -> El {
        if !value.is_empty() || name != "class" {
            let _ = self.0.set_attribute(name, value);
        }
        self
    }

    /// A live attribute; `None` takes it off.
    pub fn live(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> El {
        self.live_boxed(name, Box::new(value))
    }

    fn live_boxed(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> El {
        let element = self.0.clone();
        watch(move || {
            let value = value();
            // Who watches for changes of it would see one.
            if element.get_attribute(name) != value {
                let _ = match value {
                    Some(value) => element.set_attribute(name, &value),
                    None => element.remove_attribute(name),
                };
            }
        });
        self
    }

    /// Live text, and nothing else inside.
    pub fn say(self, text: impl Fn() -> String + 'static) -> El {
        self.say_boxed(Box::new(text))
    }

    fn say_boxed(self, text: Box<dyn Fn() -> String>) -> El {
        let element = self.0.clone();
        let before = RefCell::new(String::new());
        watch(move || {
            let text = text();
            // Who listens to it would hear the same once more.
            if *before.borrow() != text {
                match element.first_child() {
                    // Where the node stays, the browser has nothing to match styles against anew.
                    Some(node) => node.set_node_value(Some(&text)),
                    None => element.set_text_content(Some(&text)),
                }
                *before.borrow_mut() = text;
            }
        });
        self
    }

    /// A child at the end.
    pub fn with(self, child: El) -> El {
        let _ = self.0.append_child(&child.0);
        self
    }

    /// Live children, in a box that has no box of its own. What they watch ends when they are replaced.
    pub fn with_live(self, children: impl Fn() -> Vec<El> + 'static) -> El {
        self.with_live_boxed(Box::new(children))
    }

    fn with_live_boxed(self, children: Box<dyn Fn() -> Vec<El>>) -> El {
        let place = el("div", "slot");
        let inside = place.0.clone();
        watch(move || {
            let new = children();
            inside.set_text_content(None);
            for child in new {
                let _ = inside.append_child(&child.0);
            }
        });
        self.with(place)
    }

    /// A live icon, by its class and paths; without paths there is none. It is drawn anew only where it is another one.
    pub fn with_icon(self, look: impl Fn() -> (&'static str, &'static str) + 'static) -> El {
        self.with_icon_boxed(Box::new(look))
    }

    fn with_icon_boxed(self, look: Box<dyn Fn() -> (&'static str, &'static str)>) -> El {
        let place = el("div", "slot");
        let inside = place.0.clone();
        let before = Cell::new(("", ""));
        watch(move || {
            let (class, paths) = look();
            if before.replace((class, paths)) != (class, paths) {
                inside.set_text_content(None);
                if !paths.is_empty() {
                    let _ = inside.append_child(&El::svg(class, paths).0);
                }
            }
        });
        self.with(place)
    }

    /// Listens to an event of the browser until it is taken down.
    pub fn on(self, event: &'static str, run: impl FnMut(Event) + 'static) -> El {
        self.on_boxed(event, Box::new(run))
    }

    fn on_boxed(self, event: &'static str, mut run: Box<dyn FnMut(Event)>) -> El {
        let run = callback(move |event: Event| run(event));
        let _ = self
            .0
            .add_event_listener_with_callback(event, run.as_ref().unchecked_ref());
        let kept = SendWrapper::new((self.0.clone(), run));
        on_cleanup(move || {
            let (element, run) = &*kept;
            let _ =
                element.remove_event_listener_with_callback(event, run.as_ref().unchecked_ref());
        });
        self
    }

    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.0
    }
}
