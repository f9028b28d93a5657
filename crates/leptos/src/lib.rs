//! The agent toolbar as a component for [Leptos](https://leptos.dev) 0.8.
//!
//! It is the element `<agent-toolbar>` of the npm package `agent-toolbar`, with types. The page loads that package itself, by
//! a script tag or a bundler; the component waits until the element is defined:
//!
//! ```html
//! <script charset="utf-8" src="/pkg/agent-toolbar.js"></script>
//! ```
//!
//! So the toolbar has a wasm of its own: should it fail, it starts anew and the app goes on, and the other way round.
//!
//! ```
//! use agent_toolbar_leptos::{AgentToolbar, Handlers, Lang, LoginType, Options, event};
//! use leptos::prelude::*;
//!
//! #[component]
//! fn Crm() -> impl IntoView {
//!     let caller = RwSignal::new(String::new());
//!     let snapshot = RwSignal::new(None);
//!     let options = Options {
//!         url: "wss://cc.example.com/ws".into(),
//!         host: "/".into(),
//!         connect_account: "agent".into(),
//!         subscribe_path: "/topic".into(),
//!         company_short_name: Some("demo".into()),
//!         agent_number: Some("1001".into()),
//!         login_type: LoginType::Browser,
//!         ..Options::default()
//!     };
//!     let on = Handlers::new().on(event::AGENT_RINGING, move |ringing| caller.set(ringing.data.caller));
//!     view! {
//!         <AgentToolbar options on snapshot=snapshot.write_only() lang=Lang::En>
//!             <p>"Record of " {caller}</p>
//!         </AgentToolbar>
//!         <p>{move || snapshot.with(|now| now.as_ref().map(|now| now.agent.state.clone()))}</p>
//!     }
//! }
//! ```
//!
//! On a server it draws the empty element. Choose a feature as for Leptos: `csr`, `hydrate` or `ssr`.

/// The example of the README is one that compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod data;
pub mod event;
mod language;
mod options;
pub mod sdk;
pub mod snapshot;

use std::rc::Rc;

use js_sys::{JSON, Object, Reflect};
use leptos::html::{Custom, custom};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, HtmlElement};

pub use event::Handlers;
pub use language::Lang;
pub use options::{CallerId, Features, LoginType, Options, Scope, Shortcuts};
pub use sdk::{AgentSdk, Fault};
pub use snapshot::Snapshot;

/// The element's name.
const TAG: &str = "agent-toolbar";

/// How the toolbar looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Black on white, with strong edges.
    Contrast,
}

/// How high the toolbar is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// 44 px.
    #[default]
    Comfortable,
    /// 36 px.
    Compact,
}

impl Theme {
    fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}

impl Density {
    fn name(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }
}

/// A function that adds to the options before a session starts with them.
#[derive(Clone)]
pub struct Prepare(Rc<dyn Fn(&Object)>);

impl<F: Fn(&Object) + 'static> From<F> for Prepare {
    fn from(add: F) -> Self {
        Self(Rc::new(add))
    }
}

/// Where a toolbar stands, for [`AgentSdk::of`].
pub type ToolbarRef = NodeRef<Custom<&'static str>>;

/// The toolbar, and the session that it shows: that starts with the options, starts anew when they change, and ends when the
/// component does. During a call it ends with the call.
///
/// Children are what the app shows of a customer; they stand in the toolbar's slot `customer-card`.
#[component]
pub fn AgentToolbar(
    /// What the session starts with.
    #[prop(into)]
    options: Signal<Options>,
    /// Who is told what happens.
    #[prop(optional)]
    on: Handlers,
    /// Holds the session as it is now, from its start on.
    #[prop(optional)]
    snapshot: Option<WriteSignal<Option<Snapshot>>>,
    /// How it looks. What the agent has chosen wins, here and for the two that follow.
    #[prop(optional, into)]
    theme: MaybeProp<Theme>,
    /// How high it is.
    #[prop(optional, into)]
    density: MaybeProp<Density>,
    /// How it speaks.
    #[prop(optional, into)]
    lang: MaybeProp<Lang>,
    /// Adds what is no data to the options, such as a function `credentials`: it is given the object that they became.
    #[prop(optional, into)]
    prepare: Option<Prepare>,
    /// Where the toolbar stands.
    #[prop(optional)]
    node_ref: ToolbarRef,
    /// What the app shows of a customer.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let on = match snapshot {
        Some(snapshot) => on.on(event::SNAPSHOT, move |now| snapshot.set(Some(now))),
        None => on,
    };
    let shown = RwSignal::new_local(None::<Shown>);
    let mut on = Some(on);
    // Neither of these runs on a server.
    Effect::new(move |_| {
        if let Some(element) = node_ref.get()
            && let Some(on) = on.take()
        {
            leptos::task::spawn_local(async move {
                if defined().await.is_ok() && !shown.is_disposed() {
                    shown.set(Some(Shown::new(element, on)));
                }
            });
        }
    });
    Effect::new(move |_| {
        let options = options.get();
        shown.with(|shown| {
            if let Some(shown) = shown {
                shown.start(&options, prepare.as_ref());
            }
        });
    });
    on_cleanup(move || {
        shown.try_update_untracked(Option::take);
    });
    let card = children.map(|children| view! { <div slot="customer-card">{children()}</div> });
    custom(TAG)
        .attr("theme", move || theme.get().map(Theme::name))
        .attr("density", move || density.get().map(Density::name))
        .attr("lang", move || lang.get().map(Lang::tag))
        .node_ref(node_ref)
        .child(card)
}

/// When the package is there.
async fn defined() -> Result<JsValue, JsValue> {
    let promise = window().custom_elements().when_defined(TAG)?;
    wasm_bindgen_futures::JsFuture::from(promise).await
}

/// What an element calls when something happens.
type Heard = Closure<dyn Fn(CustomEvent)>;

/// An element with the app's handlers. They go with it, and so does its session.
struct Shown {
    element: HtmlElement,
    listeners: Vec<(String, Heard)>,
}

impl Shown {
    fn new(element: HtmlElement, on: Handlers) -> Self {
        let listen = |(name, handle): (&str, event::Handle)| {
            let name = format!("agent-{name}");
            let heard = Heard::new(move |event: CustomEvent| handle(&event.detail()));
            let listener = heard.as_ref().unchecked_ref();
            // Fails for what is no function alone.
            let _ = element.add_event_listener_with_callback(&name, listener);
            (name, heard)
        };
        let listeners = on.0.into_iter().map(listen).collect();
        Self { element, listeners }
    }

    fn start(&self, options: &Options, prepare: Option<&Prepare>) {
        let Ok(given) = JSON::parse(&options.json()) else {
            return;
        };
        let given: Object = given.unchecked_into();
        if let Some(Prepare(add)) = prepare {
            add(&given);
        }
        // A wrong option is thrown where it is given.
        if let Err(error) = Reflect::set(&self.element, &JsValue::from_str("options"), &given) {
            leptos::logging::error!("agent-toolbar: {}", Fault::of(&error));
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        for (name, heard) in &self.listeners {
            let listener = heard.as_ref().unchecked_ref();
            let _ = self
                .element
                .remove_event_listener_with_callback(name, listener);
        }
        if let Some(sdk) = AgentSdk::of(&self.element) {
            sdk.end();
        }
    }
}
