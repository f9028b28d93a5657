//! How the call sounds: bars and a word on the bar, figures and what to do about them in a popover.

use super::board::Board;
use super::call::dialog;
use super::dom::{El, el, watch};
use super::icons::{self, icon};
use super::shared::act::{Act, Face};
use super::shared::live::Urgency;
use super::shared::popover::{Inside, Popover, opener};
use super::words::{self, Word};
use crate::browser::clock::now as now_of_clock;
use crate::client::Client;
use crate::pairing::Quality;
use reactive_graph::graph::untrack;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// Advice is said once in so many ms at most.
const QUIET: u64 = 60_000;

/// How good a figure is: class of its colour, and the word beside it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Good,
    Fair,
    Poor,
}

impl Verdict {
    /// Of a figure that is better the smaller it is.
    fn of(value: u32, fair: u32, poor: u32) -> Self {
        match value {
            v if v >= poor => Verdict::Poor,
            v if v >= fair => Verdict::Fair,
            _ => Verdict::Good,
        }
    }

    fn class(self) -> &'static str {
        ["ready", "busy", "bad"]
            .get(self as usize)
            .copied()
            .unwrap_or_default()
    }
}

/// One figure: its name, its text, its height in the picture of a minute, how good it is, and the words for that.
struct Figure {
    name: Word,
    text: fn(&Quality) -> String,
    value: fn(&Quality) -> u32,
    /// What fills the height at least.
    full: u32,
    verdict: fn(&Quality) -> Verdict,
    fair: Word,
    poor: Word,
}

const FIGURES: [Figure; 4] = [
    Figure {
        name: words::MOS,
        text: |q| tenths(q.mos),
        value: |q| q.mos.saturating_sub(100),
        full: 350,
        verdict: mos,
        fair: words::QUALITY_FAIR,
        poor: words::QUALITY_POOR,
    },
    Figure {
        name: words::JITTER,
        text: |q| [&q.jitter.to_string(), " ms"].concat(),
        value: |q| q.jitter,
        full: 60,
        verdict: |q| Verdict::of(q.jitter, 30, 50),
        fair: words::VALUE_HIGH,
        poor: words::VALUE_TOO_HIGH,
    },
    Figure {
        name: words::LOSS,
        text: |q| [&tenths(q.loss), " %"].concat(),
        value: |q| q.loss,
        full: 600,
        verdict: |q| Verdict::of(q.loss, 100, 500),
        fair: words::VALUE_HIGH,
        poor: words::VALUE_TOO_HIGH,
    },
    Figure {
        name: words::ROUND_TRIP,
        text: |q| [&q.round_trip.to_string(), " ms"].concat(),
        value: |q| q.round_trip,
        full: 600,
        verdict: |q| Verdict::of(q.round_trip, 200, 500),
        fair: words::VALUE_HIGH,
        poor: words::VALUE_TOO_HIGH,
    },
];

/// Hundredths, as tenths.
fn tenths(hundredths: u32) -> String {
    let tenths = (hundredths + 5) / 10;
    [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string()].concat()
}

/// The score: what most people call good begins at 3.7, what many cannot follow ends at 3.1.
fn mos(quality: &Quality) -> Verdict {
    match quality.mos {
        370.. => Verdict::Good,
        310.. => Verdict::Fair,
        _ => Verdict::Poor,
    }
}

/// How many bars of four.
fn bars(quality: &Quality) -> &'static str {
    match quality.mos {
        400.. => "4",
        370.. => "3",
        310.. => "2",
        _ => "1",
    }
}

fn word(verdict: Verdict) -> Word {
    match verdict {
        Verdict::Good => words::QUALITY_GOOD,
        Verdict::Fair => words::QUALITY_FAIR,
        Verdict::Poor => words::QUALITY_POOR,
    }
}

fn now(board: &Board) -> Option<Quality> {
    board.phone(|phone| phone?.quality)
}

/// So many seconds are drawn.
const MINUTE: usize = 60;

/// The figures of the last minute, one a second, the newest first.
type Minute = Rc<RefCell<VecDeque<Quality>>>;

/// Keeps them from now on.
fn minute(board: &Board) -> Minute {
    let minute = Minute::default();
    let (board, kept) = (board.clone(), minute.clone());
    watch(move || {
        board.mono();
        // What stays the same counts each second, too.
        if let Some(quality) = untrack(|| now(&board)) {
            let mut kept = kept.borrow_mut();
            kept.truncate(MINUTE - 1);
            kept.push_front(quality);
        }
    });
    minute
}

/// The button; there is none where the browser phone measures nothing.
pub fn quality(board: &Board, _client: &Rc<Client>) -> El {
    tell(board);
    let (read, there, named) = (board.clone(), board.clone(), board.clone());
    let (drawn, minute) = (board.clone(), minute(board));
    opener(
        board,
        Act {
            name: "quality",
            class: "k5",
            fold: "k0",
            face: Face {
                icon: "",
                label: words::CALL_QUALITY,
            },
            request: "",
        },
        Popover {
            name: "quality",
            class: "quality",
            role: "dialog",
            at_end: false,
            passing: true,
            inside: Inside::Here(Rc::new(move || draw(&drawn, &minute))),
        },
    )
    // What is written on it is part of what it is called.
    .live("aria-label", move || {
        let quality = named.say(words::CALL_QUALITY);
        Some(match now(&named) {
            Some(_) => [&quality, ", ", &in_a_word(&named)].concat(),
            None => quality,
        })
    })
    .live("hidden", move || match now(&there) {
        Some(_) => None,
        None => Some(String::new()),
    })
    .with(level(board))
    .with(el("span", "sm k2").say(move || in_a_word(&read)))
}

fn in_a_word(board: &Board) -> String {
    now(board).map_or(String::new(), |quality| board.say(word(mos(&quality))))
}

fn level(board: &Board) -> El {
    let board = board.clone();
    let level = el("span", "bars").live("data-l", move || {
        now(&board).map(|quality| bars(&quality).to_owned())
    });
    (0..4).fold(level, |level, _| level.with(el("i", "")))
}

/// The figures, and what to do.
fn draw(board: &Board, minute: &Minute) -> El {
    let (read, span) = (board.clone(), board.clone());
    let mut figures = el("dl", "metrics");
    for figure in &FIGURES {
        figures = figures.with(metric(board, minute, figure));
    }
    let inside = el("div", "")
        .with(dialog::head(board, words::CALL_QUALITY))
        .with(
            el("div", "body col")
                .with(
                    el("div", "row")
                        .with(level(board))
                        .with(el("span", "b grow").say(move || in_a_word(&read)))
                        .with(el("span", "sm t3").say(move || span.say(words::LAST_MINUTE))),
                )
                .with(figures)
                .with(advice(board)),
        );
    dialog::named(inside, board, words::CALL_QUALITY)
}

/// The last minute of a figure: a line whose newest end is at the right.
fn line(minute: &VecDeque<Quality>, figure: &Figure) -> El {
    let values = || minute.iter().map(figure.value);
    let full = values().max().unwrap_or(0).max(figure.full);
    let mut points = String::new();
    let mut x = 10 * (MINUTE as u32 - 1);
    for (at, value) in values().enumerate() {
        points.push_str(if at == 0 { "M" } else { "L" });
        let y = 22 - 20 * value / full;
        for number in [x, y] {
            points.push_str(&number.to_string());
            points.push(' ');
        }
        x = x.saturating_sub(10);
    }
    El::svg("line", &points)
        .attr("viewBox", "0 0 590 24")
        .attr("preserveAspectRatio", "none")
}

fn metric(board: &Board, minute: &Minute, figure: &'static Figure) -> El {
    let (drawn, minute) = (board.clone(), minute.clone());
    let read = {
        let board = board.clone();
        move || now(&board)
    };
    let (colour, value) = (read.clone(), read.clone());
    let (name, verdict) = (board.clone(), board.clone());
    el("div", "")
        .live("class", move || {
            let class = colour().map_or("", |quality| (figure.verdict)(&quality).class());
            Some(["metric ", class].concat())
        })
        .with(el("dt", "t2").say(move || name.say(figure.name)))
        .with(el("dd", "").with_live(move || {
            drawn.mono();
            vec![line(&minute.borrow(), figure)]
        }))
        .with(el("dd", "v num").say(move || {
            value()
                .map(|quality| (figure.text)(&quality))
                .unwrap_or_default()
        }))
        .with(el("dd", "w").say(move || match read() {
            Some(quality) => verdict.say(match (figure.verdict)(&quality) {
                Verdict::Good => words::QUALITY_GOOD,
                Verdict::Fair => figure.fair,
                Verdict::Poor => figure.poor,
            }),
            None => String::new(),
        }))
}

/// The worst of the figures.
fn worst(quality: &Quality) -> Verdict {
    let all = FIGURES.iter().map(|figure| (figure.verdict)(quality));
    all.max().unwrap_or(Verdict::Good)
}

/// What to do: what the phone warns of, else what helps as a rule.
fn advice_text(board: &Board) -> (Verdict, String) {
    let phone = board.phone(|phone| phone.cloned()).unwrap_or_default();
    let verdict = phone.quality.as_ref().map_or(Verdict::Good, worst);
    if let Some(warning) = phone.warnings.first() {
        let text = [&*warning.message, " ", &*warning.remedy].concat();
        return (verdict.max(Verdict::Fair), text);
    }
    let word = match verdict {
        Verdict::Good => words::ADVICE_NONE,
        _ => words::ADVICE_LINE,
    };
    (verdict, board.say(word))
}

fn advice(board: &Board) -> El {
    let read = {
        let board = board.clone();
        move || advice_text(&board)
    };
    let colour = read.clone();
    el("div", "")
        .live("class", move || {
            Some(["advice ", colour().0.class()].concat())
        })
        .with(icon("i s", icons::INFO))
        .with(el("span", "").say(move || read().1))
}

/// Has advice said when a call begins to sound bad.
fn tell(board: &Board) {
    let (before, said) = (Cell::new(Verdict::Good), Cell::new(None::<u64>));
    let board = board.clone();
    watch(move || {
        let (verdict, text) = advice_text(&board);
        let worse = verdict > before.replace(verdict);
        let mono = now_of_clock().mono;
        let quiet = said.get().is_none_or(|at| mono >= at + QUIET);
        if worse && quiet {
            said.set(Some(mono));
            board.speak_of(text, Urgency::Polite);
        }
    });
}
