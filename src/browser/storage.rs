//! What outlives the page: the routing key per browser, the token per tab. A browser that refuses storage is lived
//! with: then nothing outlives the page.

use super::{page, random};
use agent::config::{Credentials, Secret};
use agent::session::{Saved, routing_key};
use web_sys::Storage;

fn local() -> Option<Storage> {
    page::window()?.local_storage().ok()?
}

fn session() -> Option<Storage> {
    page::window()?.session_storage().ok()?
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
    let kept = local()
        .and_then(|s| s.get_item(&name).ok()?)
        .filter(|k| !k.is_empty());
    let routing_key = kept.unwrap_or_else(|| {
        let fresh = routing_key(random::bytes());
        if let Some(storage) = local() {
            let _ = storage.set_item(&name, &fresh);
        }
        fresh
    });
    let of_tab = |what| session().and_then(|s| s.get_item(&key(what, who)).ok()?);
    Saved {
        routing_key,
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
    let Some(storage) = session() else { return };
    let _ = match text {
        Some(text) => storage.set_item(&key(what, who), text),
        None => storage.remove_item(&key(what, who)),
    };
}
