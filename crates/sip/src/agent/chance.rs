//! Random text. The seed is the owner's, so that a run can be played again.

use crate::message::filled;

/// SplitMix64: small, and good enough for names that only have to differ.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to one less than `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// Lower-case letters and digits.
    pub(super) fn token(&mut self, length: usize) -> String {
        let mut token = String::new();
        for _ in 0..length {
            let digit = char::from_digit(self.below(36) as u32, 36);
            token.push(digit.unwrap_or_default());
        }
        token
    }

    /// What names a transaction (RFC 3261 section 8.1.1.7).
    pub(super) fn branch(&mut self) -> String {
        filled("z9hG4bK%", &[&self.token(14)])
    }

    /// `wait` give or take a fifth, so that clients who lost the same server do not come back in one moment.
    pub(super) fn about(&mut self, wait: u64) -> u64 {
        wait - wait / 5 + self.below(wait * 2 / 5 + 1)
    }
}
