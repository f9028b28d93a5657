//! Finding tones in a sound.

use std::f64::consts::TAU;

/// The tones that tests use: whole turns in 200 ms, so that none of them is taken for another.
pub const TONES: [u32; 6] = [440, 700, 950, 1_150, 1_430, 1_650];

/// Louder than this, in dB of what a sample can hold, a tone is there; tests send -20 and -14.
const THERE: f64 = -32.0;
/// Quieter than this it is not there: what G.711 adds to another tone is quieter still.
const NOT_THERE: f64 = -45.0;

/// The tones in a sound; none while it is not clear of one whether it is there, as at a beginning or an end.
pub fn tones_in(sound: &[i16]) -> Option<Vec<u32>> {
    let mut found = Vec::new();
    for hertz in TONES {
        let level = level(sound, hertz);
        if level > THERE {
            found.push(hertz);
        } else if level > NOT_THERE {
            return None;
        }
    }
    Some(found)
}

/// How loud each tone is, to be shown.
pub fn levels(sound: &[i16]) -> Vec<String> {
    TONES
        .iter()
        .map(|hertz| format!("{hertz} Hz: {:.0} dB", level(sound, *hertz)))
        .collect()
}

/// The level of one tone by Goertzel's algorithm, in dB of what a sample can hold.
fn level(sound: &[i16], hertz: u32) -> f64 {
    let angle = TAU * f64::from(hertz) / 8_000.0;
    let factor = 2.0 * angle.cos();
    let (mut last, mut before) = (0.0, 0.0);
    for sample in sound {
        let next = f64::from(*sample) + factor * last - before;
        before = last;
        last = next;
    }
    let power = last * last + before * before - factor * last * before;
    let amplitude = 2.0 * power.max(0.0).sqrt() / sound.len().max(1) as f64;
    20.0 * (amplitude / 32_767.0).max(1e-6).log10()
}
