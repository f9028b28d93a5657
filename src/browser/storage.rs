//! What outlives the page: the routing key per browser, the token per tab. A browser that refuses storage is lived
//! with: then nothing outlives the page.

use super::random;
use agent::config::{Credentials, Secret};
use agent::session::{Saved, routing_key};
use wasm_bindgen::prelude::*;

// A browser that refuses throws at the very name of the storage: in here that is caught as well.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = localStorage, js_name = getItem)]
    fn of_browser(name: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch, js_namespace = localStorage, js_name = setItem)]
    fn keep_for_browser(name: &str, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = sessionStorage, js_name = getItem)]
    fn of_tab(name: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch, js_namespace = sessionStorage, js_name = setItem)]
    fn keep_for_tab(name: &str, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = sessionStorage, js_name = removeItem)]
    fn forget_for_tab(name: &str) -> Result<(), JsValue>;
}

/// Company and number name the agent; neither can hold the line feed between them.
fn key(what: &str, who: &Credentials) -> String {
    [
        "agent-toolbar/",
        what,
        "/",
        &who.company,
        "\n",
        &who.agent_number,
    ]
    .concat()
}

/// What was kept for this agent; a routing key is made and kept where there is none.
pub fn load(who: &Credentials) -> Saved {
    let name = key("routing-key", who);
    let mut kept = of_browser(&name).ok().flatten().unwrap_or_default();
    if kept.is_empty() {
        kept = routing_key(random::bytes());
        let _ = keep_for_browser(&name, &kept);
    }
    let of_tab = |what| of_tab(&key(what, who)).ok().flatten();
    Saved {
        routing_key: kept,
        token: of_tab("token").map(Secret::from),
        clock: of_tab("clock"),
    }
}

/// Keeps the token for this tab, or forgets it.
pub fn save_token(who: &Credentials, token: Option<&Secret>) {
    save("token", who, token.map(Secret::expose));
}

/// Keeps what the clocks show for this tab, or forgets it.
pub fn save_clock(who: &Credentials, clock: Option<&str>) {
    save("clock", who, clock);
}

fn save(what: &str, who: &Credentials, text: Option<&str>) {
    let name = key(what, who);
    let _ = match text {
        Some(text) => keep_for_tab(&name, text),
        None => forget_for_tab(&name),
    };
}
