//! The lists of microphones, of where the other party is heard, and of where it rings. What is chosen counts at once, also in
//! a call.

use super::super::board::Board;
use super::super::diagnostics::told::{Of, Told};
use super::super::dom::{El, el, watch};
use super::super::icons::{self, icon};
use super::super::shared::text::still;
use super::super::words::{self, Word};
use crate::browser::get;
use crate::client::Client;
use crate::pairing::PhoneAct;
use agent::json::Value;
use std::rc::Rc;
use web_sys::Event;

/// One list.
struct List {
    /// Under this name the phone tells which is chosen.
    name: &'static str,
    label: Word,
    icon: &'static str,
    /// The browser's word for what is in it.
    kind: &'static str,
    choose: fn(String) -> PhoneAct,
}

const LISTS: [List; 3] = [
    List {
        name: "microphone",
        label: words::MICROPHONE,
        icon: icons::MIC,
        kind: "audioinput",
        choose: PhoneAct::Microphone,
    },
    List {
        name: "speaker",
        label: words::SPEAKER,
        icon: icons::HEADSET,
        kind: "audiooutput",
        choose: PhoneAct::Speaker,
    },
    List {
        name: "ringDevice",
        label: words::RING_DEVICE,
        icon: icons::BELL,
        kind: "audiooutput",
        choose: PhoneAct::RingDevice,
    },
];

/// The three lists.
pub fn lists(board: &Board, client: &Rc<Client>, told: &Told) -> El {
    LISTS.iter().fold(el("div", "col"), |lists, list| {
        lists.with(
            el("div", "row")
                .with(icon("i", list.icon))
                .with(drawn(board, client, told, list)),
        )
    })
}

/// Id and name of what can be chosen; the first is the system's choice. And which of it is chosen.
fn choices(board: &Board, told: Value<'_>, list: &List) -> (Vec<(String, String)>, String) {
    let mut all = vec![(String::new(), board.say(words::SYSTEM_DEVICE))];
    for device in told.get("devices").items() {
        let [kind, id, name] = ["kind", "id", "name"].map(|member| device.get(member).string());
        // Browsers list the system's choice once more under this id.
        if kind == list.kind && id != SYSTEM {
            all.push((id, name));
        }
    }
    let mut chosen = told.get(list.name).string();
    if chosen == SYSTEM {
        chosen.clear();
    }
    if !all.iter().any(|(id, _)| *id == chosen) {
        // It counts again when it is back.
        all.push((chosen.clone(), board.say(words::DEVICE_AWAY)));
    }
    (all, chosen)
}

const SYSTEM: &str = "default";

/// Names of the lists, and of what is chosen in each.
pub fn chosen(board: &Board, told: &Told) -> Vec<(String, String)> {
    let of = |list: &List| {
        let (all, chosen) = told.read(Of::Devices, |told| choices(board, told, list));
        let device = all.into_iter().find(|(id, _)| *id == chosen);
        let name = device.map(|(_, name)| name).unwrap_or_default();
        (board.say(list.label), name)
    };
    LISTS.iter().map(of).collect()
}

fn drawn(board: &Board, client: &Rc<Client>, told: &Told, list: &'static List) -> El {
    let (name, client) = (board.clone(), client.clone());
    let select = el("select", "ell")
        .attr("data-choice", list.name)
        .live("aria-label", move || Some(name.say(list.label)))
        .on("change", move |event: Event| {
            let Some(select) = event.target() else { return };
            let id = get(&select, "value").as_string().unwrap_or_default();
            // What it cannot is said where all of that is said.
            let _ = client.phone_do((list.choose)(id));
        });
    let (inside, board, told) = (select.element().clone(), board.clone(), told.clone());
    watch(move || {
        let (all, chosen) = told.read(Of::Devices, |told| choices(&board, told, list));
        inside.set_text_content(None);
        for (id, name) in all {
            let option = still("option", "", &name).attr("value", &id);
            let option = match id == chosen {
                true => option.attr("selected", ""),
                false => option,
            };
            let _ = inside.append_child(option.element());
        }
    });
    el("div", "in sel grow")
        .with(select)
        .with(icon("i s", icons::CHEVRON))
}
