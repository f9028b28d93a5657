//! What is spoken: two regions that a screen reader listens to, out of sight.

use super::super::board::Board;
use super::super::dom::{El, el};

/// How soon something is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// When what is being read has ended.
    Polite,
    /// At once: a call, a fault.
    Assertive,
}

/// The regions; they stand in the bar from the start, because a reader does not hear one that comes with its text.
pub fn regions(board: &Board) -> Vec<El> {
    [
        (Urgency::Polite, "polite"),
        (Urgency::Assertive, "assertive"),
    ]
    .map(|(urgency, live)| {
        let board = board.clone();
        el("div", "vh")
            .attr("aria-live", live)
            .say(move || board.spoken(urgency))
    })
    .to_vec()
}
