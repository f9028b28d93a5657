//! A CRM page as small as can be: the toolbar, a card of whoever calls, and what happened so far. See the README beside it.

use agent_toolbar_leptos::data::AgentEvent;
use agent_toolbar_leptos::{
    AgentSdk, AgentToolbar, Handlers, Lang, Options, Snapshot, ToolbarRef, event,
};
use leptos::prelude::*;

fn main() {
    leptos::mount::mount_to_body(Crm);
}

/// Where the sandbox is that serves this page, and who signs in: `?agent=1002` is somebody else.
fn options() -> Options {
    let location = window().location();
    let address = location.origin().unwrap_or_default();
    let search = location.search().unwrap_or_default();
    let agent = search.strip_prefix("?agent=").unwrap_or("1001");
    Options {
        url: format!("{}/ws", address.replacen("http", "ws", 1)),
        host: "/".into(),
        connect_account: "guest".into(),
        connect_password: Some("guest".into()),
        subscribe_path: "/topic".into(),
        company_short_name: Some("demo".into()),
        agent_number: Some(agent.into()),
        agent_password: Some("123456".into()),
        ..Options::default()
    }
}

#[component]
fn Crm() -> impl IntoView {
    let bar = ToolbarRef::new();
    let snapshot = RwSignal::new(None);
    let caller = RwSignal::new(String::new());
    let happened = RwSignal::new(Vec::<String>::new());
    let note = move |what: String| happened.update(|all| all.push(what));
    let on = move || {
        Handlers::new()
            .on(event::LOGIN, move |login| {
                note(format!(
                    "{} is signed in",
                    login.agent_number.unwrap_or_default()
                ))
            })
            .on(event::STATE_CHANGE, move |state| {
                note(format!("now {state}"))
            })
            .on(event::AGENT_RINGING, move |ringing| {
                note(format!("{} calls", ringing.data.caller));
                caller.set(ringing.data.caller);
            })
            .on(event::AFTER, move |after| {
                note(format!("over, cause {:?}", after.data.cause))
            })
            .on(event::NOTE, move |written| {
                note(format!("a note: {}", written.text))
            })
            .on(event::EXCEPTION, move |fault| note(fault.to_string()))
    };
    let allows = move |request: &str| {
        snapshot.with(|now: &Option<Snapshot>| now.as_ref().is_some_and(|now| now.allows(request)))
    };
    let ready = move |_| {
        let sdk = bar.get().as_ref().and_then(AgentSdk::of);
        leptos::task::spawn_local(async move {
            let Some(sdk) = sdk else { return };
            match sdk.request::<AgentEvent>("idle", &[]).await {
                Ok(event) => note(format!("asked for it, and got {}", event.event)),
                Err(fault) => note(fault.to_string()),
            }
        });
    };
    let put = RwSignal::new(true);
    let toolbar = move || {
        view! {
            <AgentToolbar options=options() on=on() snapshot=snapshot.write_only() lang=Lang::En node_ref=bar>
                <Show when=move || !caller.read().is_empty()>
                    <p id="card">"Record of " {caller}</p>
                </Show>
            </AgentToolbar>
        }
    };
    view! {
        <Show when=move || put.get()>{toolbar}</Show>
        <p>
            <button id="ready" disabled=move || !allows("idle") on:click=ready>"Ready"</button>
            " "
            <button id="put" on:click=move |_| put.update(|put| *put = !*put)>
                {move || if put.get() { "Put the toolbar away" } else { "Put the toolbar back" }}
            </button>
            " "
            <output id="state">{move || snapshot.with(|now| now.as_ref().map(|now| now.agent.situation.clone()))}</output>
        </p>
        <ul id="happened">
            {move || happened.get().into_iter().map(|what| view! { <li>{what}</li> }).collect_view()}
        </ul>
    }
}
