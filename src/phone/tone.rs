//! The ring tone: made when it is needed, so that nobody has to load it.

/// Samples a second.
const RATE: usize = 8000;
/// The sound: two short bursts, then silence. Lengths in samples, and whether it sounds.
const PARTS: [(usize, bool); 4] = [
    (RATE * 2 / 5, true),
    (RATE / 5, false),
    (RATE * 2 / 5, true),
    (RATE * 2, false),
];

/// A sine by recurrence: `y[n] = c y[n-1] - y[n-2]` with `c = 2 cos(2 pi f / RATE)`.
struct Sine {
    factor: f32,
    last: f32,
    before: f32,
}

impl Sine {
    fn next(&mut self) -> f32 {
        let now = self.factor * self.last - self.before;
        self.before = self.last;
        self.last = now;
        now
    }
}

/// A WAV file with 8 bits a sample.
pub fn wav() -> Vec<u8> {
    let length: usize = PARTS.iter().map(|(samples, _)| samples).sum();
    let mut out = Vec::with_capacity(44 + length);
    let number = |out: &mut Vec<u8>, n: usize| out.extend_from_slice(&(n as u32).to_le_bytes());
    out.extend_from_slice(b"RIFF");
    number(&mut out, 36 + length);
    out.extend_from_slice(b"WAVEfmt ");
    number(&mut out, 16);
    // PCM, one channel.
    out.extend_from_slice(&[1, 0, 1, 0]);
    number(&mut out, RATE);
    number(&mut out, RATE);
    // A byte a sample.
    out.extend_from_slice(&[1, 0, 8, 0]);
    out.extend_from_slice(b"data");
    number(&mut out, length);
    // 440 and 480 Hz: what a telephone bell's tone is made of in much of the world.
    let mut low = Sine {
        factor: 1.881_761,
        last: 0.0,
        before: -0.338_738,
    };
    let mut high = Sine {
        factor: 1.859_553,
        last: 0.0,
        before: -0.368_125,
    };
    for (samples, sounds) in PARTS {
        for _ in 0..samples {
            let both = low.next() + high.next();
            out.push(if sounds {
                (128.0 + 60.0 * both) as u8
            } else {
                128
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(wav: &[u8], at: usize) -> usize {
        u32::from_le_bytes([wav[at], wav[at + 1], wav[at + 2], wav[at + 3]]) as usize
    }

    #[test]
    fn the_lengths_in_the_file_are_those_of_the_file() {
        let wav = wav();
        assert_eq!(number(&wav, 4), wav.len() - 8);
        assert_eq!(number(&wav, 40), wav.len() - 44);
        assert_eq!(&wav[36..40], b"data");
    }

    #[test]
    fn it_rings_twice_without_clipping_and_is_then_silent() {
        let sound = &wav()[44..];
        let mut at = 0;
        for (samples, sounds) in PARTS {
            let part = &sound[at..at + samples];
            at += samples;
            let peak = part.iter().map(|s| s.abs_diff(128)).max().unwrap_or(0);
            if sounds {
                assert!(
                    (100..=126).contains(&peak),
                    "peak {peak} of a part that sounds"
                );
            } else {
                assert_eq!(peak, 0);
            }
        }
        assert_eq!(at, sound.len());
    }

    #[test]
    fn the_first_burst_has_the_two_tones_of_a_bell() {
        let sound = &wav()[44..44 + RATE * 2 / 5];
        // Goertzel over a whole number of periods of both.
        let strength = |hertz: f32| {
            let (mut re, mut im) = (0.0f32, 0.0f32);
            for (n, sample) in sound.iter().enumerate() {
                let angle = std::f32::consts::TAU * hertz * n as f32 / RATE as f32;
                let value = f32::from(*sample) - 128.0;
                re += value * angle.cos();
                im += value * angle.sin();
            }
            (re * re + im * im).sqrt() * 2.0 / sound.len() as f32
        };
        for hertz in [440.0, 480.0] {
            assert!(strength(hertz) > 50.0, "{hertz} Hz: {}", strength(hertz));
        }
        assert!(strength(460.0) < 5.0);
    }
}
