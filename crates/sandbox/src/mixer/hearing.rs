//! Measuring who heard whom: the energy of each mouth's own samples that really reached an ear.

use super::mix::FRAME;

/// The frames of 500 ms.
const WINDOW: usize = 25;

/// The mean square of a sound that counts: 60 dB below what a sample can hold. What codecs and quiet rooms make of
/// silence is below it, a voice is far above.
const AUDIBLE: u64 = 1_074;

/// The last 500 ms of a call.
#[derive(Debug, Default)]
pub(super) struct Hearing {
    pairs: Vec<Pair>,
    /// The place of the present frame in all windows.
    at: usize,
}

#[derive(Debug)]
struct Pair {
    ear: String,
    mouth: String,
    /// The energy of each frame that arrived.
    window: [u64; WINDOW],
}

impl Hearing {
    /// Begins a frame: what is older than 500 ms is forgotten.
    pub(super) fn begin(&mut self) {
        self.at = (self.at + 1) % WINDOW;
        for pair in &mut self.pairs {
            pair.window[self.at] = 0;
        }
        self.pairs
            .retain(|pair| pair.window.iter().any(|energy| *energy > 0));
    }

    /// In the present frame this much energy of a mouth reached an ear.
    pub(super) fn add(&mut self, ear: &str, mouth: &str, energy: u64) {
        if energy == 0 {
            return;
        }
        let known = self
            .pairs
            .iter_mut()
            .find(|pair| pair.ear == ear && pair.mouth == mouth);
        if let Some(pair) = known {
            pair.window[self.at] += energy;
            return;
        }
        let mut window = [0; WINDOW];
        window[self.at] = energy;
        self.pairs.push(Pair {
            ear: ear.to_owned(),
            mouth: mouth.to_owned(),
            window,
        });
    }

    /// Ear and mouth of each pair in which something was to be heard.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .filter(|pair| pair.window.iter().sum::<u64>() >= AUDIBLE * (WINDOW * FRAME) as u64)
            .map(|pair| (pair.ear.as_str(), pair.mouth.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixer::mix::energy;
    use crate::mixer::tone::Tone;

    fn heard(hearing: &Hearing) -> Vec<(&str, &str)> {
        hearing.pairs().collect()
    }

    #[test]
    fn a_tone_is_heard_for_half_a_second_after_its_end() {
        let mut hearing = Hearing::default();
        let mut tone = Tone::new(440);
        for _ in 0..100 {
            hearing.begin();
            hearing.add("1001", "13800000000", energy(&tone.frame()));
        }
        assert_eq!(heard(&hearing), [("1001", "13800000000")]);
        for frame in 1..=25 {
            assert_eq!(heard(&hearing).len(), 1, "{frame} frames of silence");
            hearing.begin();
        }
        assert!(heard(&hearing).is_empty());
        assert!(hearing.pairs.is_empty());
    }

    #[test]
    fn the_noise_of_a_silent_line_is_not_heard() {
        let mut hearing = Hearing::default();
        for _ in 0..100 {
            hearing.begin();
            // The smallest steps of A-law, and a quiet room.
            hearing.add("a", "b", energy(&[8; FRAME]));
            hearing.add("b", "a", energy(&[30; FRAME]));
        }
        assert!(heard(&hearing).is_empty());
    }

    #[test]
    fn every_ear_and_mouth_is_counted_for_itself() {
        let mut hearing = Hearing::default();
        for _ in 0..25 {
            hearing.begin();
            hearing.add("a", "b", energy(&[1_000; FRAME]));
            hearing.add("c", "b", energy(&[1_000; FRAME]));
            hearing.add("b", "c", energy(&[1; FRAME]));
        }
        assert_eq!(heard(&hearing), [("a", "b"), ("c", "b")]);
    }
}
