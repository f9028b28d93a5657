//! The test of all that a call needs: a button, and what was found, in words.

use super::super::board::Board;
use super::super::dom::{El, el, watch};
use super::super::icons;
use super::super::shared::act::{Act, Face, act};
use super::super::shared::live::Urgency;
use super::super::shared::text::{filled, still};
use super::super::words::{self, Word};
use super::sign;
use super::told::{Of, Told};
use crate::browser::page::soon;
use crate::client::Client;
use crate::pairing::PhoneAct;
use agent::json::Value;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::Cell;
use std::rc::Rc;

/// After so many ms nothing will be found any more: longer than all parts may take together.
const PATIENCE: u64 = 120_000;

/// The option of the page that names who sends back what it hears.
const ECHO: &str = "echoNumber";

/// How far the test is.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Not,
    Runs {
        since: u64,
    },
    Over,
    /// Nothing came of it.
    Lost,
}

struct Inside {
    board: Board,
    client: Rc<Client>,
    told: Told,
    stage: Cell<Stage>,
    changed: ArcTrigger,
}

/// The test. Clones are the same one.
#[derive(Clone)]
pub struct Test(Rc<Inside>);

/// A part of the test, in words.
pub fn part_name(board: &Board, name: &str) -> String {
    let word = match name {
        "microphone" => words::MICROPHONE,
        "devices" => words::DEVICES,
        "socket" => words::PHONE_LINE,
        "registration" => words::PHONE_REGISTRATION,
        "stun" => words::STUN_SERVER,
        "turn" => words::TURN_SERVER,
        "network" => words::VOICE_NETWORK,
        "echo" => words::ECHO_CALL,
        _ => return name.to_owned(),
    };
    board.say(word)
}

/// Class and words for what was found; none where nothing was.
pub fn verdict(board: &Board, found: Value<'_>) -> Option<(&'static str, String)> {
    if !found.is_object() {
        return None;
    }
    let parts = found.get("parts").items();
    let failed = parts.filter(|part| !is_fine(*part)).count();
    Some(match (failed, is_fine(found)) {
        (0, true) => ("ready", board.say(words::CHECK_FINE)),
        (0, false) => ("busy", board.say(words::CHECK_UNFINISHED)),
        (failed, _) => {
            let text = board.say(words::CHECK_BAD);
            ("bad", filled(&text, &failed.to_string()))
        }
    })
}

/// Whether a part, or the whole, is as it should be.
pub fn is_fine(part: Value<'_>) -> bool {
    part.get("ok").raw() == "true"
}

/// What a part found, or what is wrong with it and what helps.
pub fn part_text(part: Value<'_>) -> String {
    let [message, remedy] = ["message", "remedy"].map(|name| part.get(name).string());
    match remedy.is_empty() {
        true => message,
        false => [&*message, " ", &remedy].concat(),
    }
}

impl Test {
    /// A test that has not begun; what one before it has found is still there.
    pub fn new(board: &Board, client: &Rc<Client>, told: &Told) -> Self {
        let test = Test(Rc::new(Inside {
            board: board.clone(),
            client: client.clone(),
            told: told.clone(),
            stage: Cell::new(Stage::Not),
            changed: ArcTrigger::new(),
        }));
        test.follow();
        test
    }

    fn stage(&self) -> Stage {
        self.0.changed.track();
        self.0.stage.get()
    }

    fn set(&self, stage: Stage) {
        if self.0.stage.replace(stage) != stage {
            self.0.changed.notify();
        }
    }

    /// Why it cannot be run now.
    fn refusal(&self) -> Option<Word> {
        let in_call = self
            .0
            .board
            .phone(|p| p.is_some_and(|p| !p.calls.is_empty()));
        match self.stage() {
            // Its own call is on the phone, too.
            Stage::Runs { .. } => Some(words::TESTING),
            _ if in_call => Some(words::TEST_LATER),
            _ => None,
        }
    }

    fn run(&self) {
        if self.refusal().is_some() {
            return;
        }
        let given = self.0.board.hooks().given(ECHO).unwrap_or_default();
        let echo = Value::parse(&given).unwrap_or_default().string();
        let began = self.0.client.phone_do(PhoneAct::Check(echo));
        // What was found before is gone.
        self.0.told.look();
        self.set(match began {
            Ok(()) => Stage::Runs {
                since: self.0.board.mono(),
            },
            Err(_) => Stage::Lost,
        });
    }

    /// Says what was found when it is.
    fn follow(&self) {
        let test = self.clone();
        watch(move || {
            let Stage::Runs { since } = test.stage() else {
                return;
            };
            let board = &test.0.board;
            let found = test.0.told.read(Of::Check, |found| verdict(board, found));
            let said = match found {
                Some((_, text)) => Some((Stage::Over, text)),
                None if board.mono() > since + PATIENCE => {
                    Some((Stage::Lost, board.say(words::CHECK_UNFINISHED)))
                }
                None => None,
            };
            if let Some((stage, text)) = said {
                let test = test.clone();
                // Not while what is shown follows.
                soon(move || {
                    test.0.board.speak_of(text, Urgency::Polite);
                    test.set(stage);
                });
            }
        });
    }

    /// The button.
    pub fn button(&self) -> El {
        let (run, why, tip) = (self.clone(), self.clone(), self.clone());
        act(
            &self.0.board,
            Act {
                name: "testCall",
                class: "soft",
                fold: "",
                face: Face {
                    icon: icons::HEADSET,
                    label: words::TEST_CALL,
                },
                request: "",
            },
            move |_| run.run(),
        )
        .live("aria-disabled", move || {
            why.refusal().map(|_| "true".to_owned())
        })
        .live("data-tip", move || {
            let word = tip.refusal().unwrap_or(words::TEST_CALL);
            Some(tip.0.board.say(word))
        })
    }

    /// Class and words for how far it is; none where there is nothing to say.
    fn result(&self) -> Option<(&'static str, String)> {
        let board = &self.0.board;
        match self.stage() {
            Stage::Runs { .. } => Some(("off", board.say(words::TESTING))),
            Stage::Lost => Some(("busy", board.say(words::CHECK_UNFINISHED))),
            Stage::Not | Stage::Over => self.0.told.read(Of::Check, |found| verdict(board, found)),
        }
    }

    /// What was found.
    pub fn found(&self) -> El {
        let test = self.clone();
        el("div", "found").with_live(move || {
            let Some((class, text)) = test.result() else {
                return Vec::new();
            };
            let head = el("div", &["check whole ", class].concat())
                .with(icons::icon("i", sign(class)))
                .with(still("b", "", &text));
            let board = &test.0.board;
            let parts = test.0.told.read(Of::Check, |found| {
                let parts = found.get("parts").items();
                parts.map(|part| drawn(board, part)).collect::<Vec<El>>()
            });
            [head].into_iter().chain(parts).collect()
        })
    }
}

fn drawn(board: &Board, part: Value<'_>) -> El {
    let class = if is_fine(part) { "ready" } else { "bad" };
    let name = part.get("name").string();
    let ms = part.get("ms").unsigned().unwrap_or(0);
    el("div", &["check ", class].concat())
        .attr("data-part", &name)
        .with(icons::icon("i", sign(class)))
        .with(still("span", "", &part_name(board, &name)))
        .with(still("span", "end num", &[&ms.to_string(), " ms"].concat()))
        .with(still("small", "", &part_text(part)))
}
