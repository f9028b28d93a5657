//! The call line: who it is, which way the call goes, and the button that ends it.

use super::Desk;
use super::board::{Board, clock};
use super::icons::{self, icon};
use super::scene::Scene;
use super::words;
use agent::event::Direction;
use agent::{Command, number};
use leptos::prelude::*;

/// Party, clock, hang-up.
pub fn call(board: &Board, client: &Desk, scene: Scene, mask: bool) -> AnyView {
    let party = {
        let board = board.clone();
        move || {
            let number = board
                .picture
                .with(|p| p.call.as_ref().map(|c| c.party.clone()).unwrap_or_default());
            match (number.is_empty(), mask) {
                (true, _) => board.say(words::UNKNOWN_PARTY).to_owned(),
                (false, true) => number::mask(&number),
                (false, false) => number,
            }
        }
    };
    let direction = board
        .picture
        .with_untracked(|p| p.call.as_ref().and_then(|c| c.direction));
    let (svg, word) = match direction {
        Some(Direction::Inbound) => (icons::PHONE_IN, Some(words::INBOUND)),
        Some(Direction::Outbound) => (icons::PHONE_OUT, Some(words::OUTBOUND)),
        None => (icons::PHONE, None),
    };
    let (who, what, end_of) = (board.clone(), board.clone(), board.clone());
    let hint = move || {
        let talking = what
            .picture
            .with(|p| p.call.as_ref().and_then(|c| c.talking_since));
        match (scene, talking) {
            (Scene::Incoming, _) => what.say(words::OWN_PHONE_RINGS).to_owned(),
            (Scene::SettingUp, _) => {
                let far = what.picture.with(|p| {
                    matches!(
                        p.state,
                        agent::State::Told(
                            agent::EventName::CalledRinging | agent::EventName::CalledAnswer
                        )
                    )
                });
                what.say(if far {
                    words::FAR_END_RINGS
                } else {
                    words::OWN_PHONE_RINGS
                })
                .to_owned()
            }
            (_, Some(since)) => clock(what.tick.get().saturating_sub(since)),
            _ => String::new(),
        }
    };
    let end = {
        let (client, board) = (client.clone(), board.clone());
        move |_| {
            // The press may have been meant for what was here before.
            if !board.too_early() {
                client.click(client.command(Command::CancelCall));
            }
        }
    };
    let verb = move || {
        end_of.say(match scene {
            Scene::Incoming => words::REJECT,
            Scene::SettingUp => words::CANCEL_CALL,
            _ => words::HANG_UP,
        })
    };
    let verb_name = verb.clone();
    // An incoming call is announced once; the rest would be read again with every change.
    let role = if scene == Scene::Incoming {
        Some("alert")
    } else {
        None
    };
    view! {
        <div class="party call" part="party" role=role>
            <span class="dir">{icon("i s", svg)}<span class="vh">{word.map(|w| move || who.say(w))}</span></span>
            <span class="num who">{party}</span>
            <span class="num meta">{hint}</span>
        </div>
        <button class="btn stop" part="hangup" type="button" aria-label=verb_name on:click=end>
            {icon("i", icons::PHONE_DOWN)}
            <span class="k5">{verb}</span>
        </button>
    }
    .into_any()
}
