//! A tone that goes on for ever.

use std::f64::consts::TAU;

use super::mix::{FRAME, Frame};

/// Samples a second.
const RATE: f64 = 8_000.0;

/// The peak, a fifth of what a sample can hold (-14 dBFS): an analyser in a browser shows about -27 dB, and five such
/// tones at once are not cut.
const PEAK: f64 = 0.2 * 32_767.0;

/// A sine whose frames join without a click.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tone {
    /// How far the sine has come, in turns from 0 to 1.
    turn: f64,
    /// Turns a sample.
    step: f64,
}

impl Tone {
    /// A tone of so many Hz. What telephony cannot carry, from 4,000 Hz on, is silence.
    pub(super) fn new(hertz: u32) -> Self {
        let step = f64::from(hertz) / RATE;
        Self {
            turn: 0.0,
            step: if step < 0.5 { step } else { 0.0 },
        }
    }

    /// The next 20 ms.
    pub(super) fn frame(&mut self) -> Frame {
        let mut frame = [0; FRAME];
        for sample in &mut frame {
            // The peak is far below the largest sample, so that the cast only cuts the fraction.
            *sample = ((self.turn * TAU).sin() * PEAK).round() as i16;
            self.turn = (self.turn + self.step).fract();
        }
        frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixer::mix::{SILENCE, energy};

    #[test]
    fn frames_join_without_a_click() {
        let mut tone = Tone::new(437);
        let sound: Vec<i16> = (0..500).flat_map(|_| tone.frame()).collect();
        // No two neighbours of a sine are further apart than its peak times its angle a sample.
        let steepest = (PEAK * TAU * 437.0 / RATE).ceil() as i32 + 1;
        for pair in sound.windows(2) {
            assert!((i32::from(pair[1]) - i32::from(pair[0])).abs() <= steepest);
        }
    }

    #[test]
    fn a_tone_has_its_pitch_and_level() {
        let mut tone = Tone::new(440);
        let sound: Vec<i16> = (0..50).flat_map(|_| tone.frame()).collect();
        let rises = sound
            .windows(2)
            .filter(|pair| pair[0] < 0 && pair[1] >= 0)
            .count();
        assert!((439..=440).contains(&rises), "{rises} turns in a second");

        let mean = sound
            .iter()
            .map(|sample| f64::from(*sample).powi(2))
            .sum::<f64>()
            / 8_000.0;
        let level = 10.0 * (mean / 32_767.0_f64.powi(2)).log10();
        assert!((-17.1..-16.9).contains(&level), "{level} dBFS");
    }

    #[test]
    fn what_telephony_cannot_carry_is_silence() {
        assert_eq!(energy(&Tone::new(0).frame()), 0);
        for hertz in [4_000, 4_001, 8_000, u32::MAX] {
            assert_eq!(Tone::new(hertz).frame(), SILENCE, "{hertz} Hz");
        }
    }
}
