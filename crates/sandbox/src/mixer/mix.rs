//! Mixing: the arithmetic of frames, and who of a call's parties hears whom.

use super::plan::CallPlan;

/// Samples of a frame: 20 ms at 8,000 a second.
pub(super) const FRAME: usize = 160;

/// 20 ms of sound.
pub(super) type Frame = [i16; FRAME];

/// A frame in which nothing is to be heard.
pub(super) const SILENCE: Frame = [0; FRAME];

/// Several sounds at once, before they are cut to what a sample can hold.
#[derive(Debug, Clone)]
pub(super) struct Mix([i32; FRAME]);

impl Mix {
    pub(super) fn new() -> Self {
        Self([0; FRAME])
    }

    pub(super) fn add(&mut self, frame: &Frame) {
        for (sum, sample) in self.0.iter_mut().zip(frame) {
            *sum += i32::from(*sample);
        }
    }

    /// The mix. What is too loud is cut, which sounds better than what an overflow makes of it.
    pub(super) fn frame(&self) -> Frame {
        self.0.map(|sum| {
            let cut = sum.clamp(i32::from(i16::MIN), i32::from(i16::MAX));
            i16::try_from(cut).unwrap_or(0)
        })
    }
}

/// The sum of the squares of a frame's samples.
pub(super) fn energy(frame: &Frame) -> u64 {
    frame
        .iter()
        .map(|sample| u64::from(sample.unsigned_abs()).pow(2))
        .sum()
}

/// For each party of a call the places of those whom it hears, each once, itself never.
pub(super) fn mouths_of(plan: &CallPlan) -> Vec<Vec<usize>> {
    let count = plan.parties.len();
    let mut mouths = vec![Vec::new(); count];
    for (ear, mouth) in plan.hears.iter().copied() {
        if ear != mouth && ear < count && mouth < count && !mouths[ear].contains(&mouth) {
            mouths[ear].push(mouth);
        }
    }
    mouths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixer::plan::{PlanParty, Sound};

    #[test]
    fn sounds_are_added_and_cut_where_they_are_too_loud() {
        let mut mix = Mix::new();
        mix.add(&[100; FRAME]);
        mix.add(&[-30; FRAME]);
        assert_eq!(mix.frame(), [70; FRAME]);

        mix.add(&[i16::MAX; FRAME]);
        assert_eq!(mix.frame(), [i16::MAX; FRAME]);
        for _ in 0..3 {
            mix.add(&[i16::MIN; FRAME]);
        }
        assert_eq!(mix.frame(), [i16::MIN; FRAME]);
    }

    #[test]
    fn a_mix_that_was_too_loud_on_the_way_is_right_at_the_end() {
        let mut mix = Mix::new();
        mix.add(&[30_000; FRAME]);
        mix.add(&[30_000; FRAME]);
        mix.add(&[-30_000; FRAME]);
        assert_eq!(mix.frame(), [30_000; FRAME]);
    }

    #[test]
    fn energy_knows_no_sign() {
        assert_eq!(energy(&SILENCE), 0);
        assert_eq!(energy(&[-3; FRAME]), 9 * 160);
        assert_eq!(energy(&[i16::MIN; FRAME]), 32_768 * 32_768 * 160);
    }

    #[test]
    fn nobody_hears_himself_or_somebody_twice_or_nobody() {
        let party = |who: &str| PlanParty {
            who: who.to_owned(),
            sound: Sound::None,
        };
        let plan = CallPlan {
            call_id: "1".to_owned(),
            parties: vec![party("a"), party("b"), party("c")],
            hears: vec![(0, 1), (0, 1), (1, 1), (0, 2), (2, 0), (3, 0), (0, 3)],
        };
        assert_eq!(mouths_of(&plan), [vec![1, 2], vec![], vec![0]]);
    }
}
