//! Colleagues to call: those who are ready, found by name or number.

use super::super::dom::El;
use super::super::icons;
use super::super::shared::list::{Choice, ListBox, Lists, list_box};
use super::super::words;
use super::numbers::Entry;
use super::pad::Pad;
use std::rc::Rc;

/// Draws field and list, and follows who is ready while they stand.
pub fn agents(pad: &Rc<Pad>) -> (ListBox, Vec<El>) {
    pad.board.found().follow(&pad.client);
    let (filling, taking) = (pad.clone(), pad.clone());
    let lists = Lists {
        label: words::FIND_COLLEAGUE,
        list: words::IDLE_AGENTS,
        tabs: vec![words::IDLE_AGENTS],
        fill: Rc::new(move |_, typed| choices(&filling, typed)),
        empty: Rc::new(|_| words::NOBODY_READY),
        take: Rc::new(move |_| taking.call()),
    };
    let (list, mut drawn) = list_box(&pad.board, lists);
    // One list needs no tab.
    drawn.remove(1);
    (list, drawn)
}

fn choices(pad: &Pad, typed: &str) -> Vec<Choice> {
    let own = pad.board.read(|picture| picture.agent.clone());
    let ready = pad.board.found().ready().into_iter();
    let ready = ready.filter(|agent| agent.number != own);
    let mut choices: Vec<Choice> = ready
        .map(|agent| Choice {
            id: agent.number.clone(),
            name: agent.name,
            number: agent.number,
            end: vec![pad.board.say(words::READY)],
            icon: icons::STATE_READY,
            class: "ready",
            ..Choice::default()
        })
        .collect();
    let typed = typed.trim();
    let is_number = typed.bytes().any(|byte| byte.is_ascii_digit());
    // Whoever is not ready has a number, too, and is called by it.
    if is_number && !choices.iter().any(|choice| choice.id == typed) {
        choices.push(Choice {
            id: typed.to_owned(),
            name: typed.to_owned(),
            end: vec![pad.board.say(words::AGENT_NUMBER)],
            icon: icons::HEADSET,
            made: true,
            ..Choice::default()
        });
    }
    choices
}

/// Whom a choice stands for.
pub fn entry(choice: Choice) -> Entry {
    // What was typed is the number, and nobody's name.
    let name = if choice.made {
        String::new()
    } else {
        choice.name
    };
    Entry {
        number: choice.id,
        name,
        agent: true,
        ..Entry::default()
    }
}
