//! How loud something is, as a row of lights.

use super::super::board::Board;
use super::super::dom::{El, el, watch};
use super::super::words::Word;
use std::rc::Rc;

/// How many lights there are.
const LIGHTS: u32 = 20;

/// What the lights show.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Loudness {
    /// Percent.
    pub level: u32,
    /// It is too loud, or too quiet.
    pub wrong: bool,
}

/// A row of lights with this name.
pub fn meter(board: &Board, name: Word, now: Rc<dyn Fn() -> Loudness>) -> El {
    let said = board.clone();
    let lights: Vec<El> = (0..LIGHTS).map(|_| el("i", "")).collect();
    let row = lights
        .iter()
        .fold(el("span", "meter"), |row, light| row.with(light.clone()));
    let value = now.clone();
    watch(move || {
        let Loudness { level, wrong } = now();
        // A sound that is there lights at least one.
        let lit = (level.min(100) * LIGHTS).div_ceil(100);
        for (at, light) in (0..).zip(&lights) {
            let class = match (at < lit, wrong) {
                (false, _) => "",
                (true, false) => "l",
                (true, true) => "h",
            };
            light.element().set_class_name(class);
        }
    });
    row.attr("role", "meter")
        .attr("aria-valuemin", "0")
        .attr("aria-valuemax", "100")
        .live("aria-valuenow", move || Some(value().level.to_string()))
        .live("aria-label", move || Some(said.say(name)))
}
