//! Which messages came twice.

/// Fingerprints of the last 32 events.
#[derive(Debug, Default)]
pub(super) struct Recent {
    prints: [u64; 32],
    at: usize,
}

impl Recent {
    /// Remembers a text; says whether it was among the last 32, byte for byte.
    pub(super) fn seen(&mut self, text: &str) -> bool {
        // Zero means an empty slot.
        let print = mix(0, text.as_bytes()).max(1);
        if self.prints.contains(&print) {
            return true;
        }
        if let Some(slot) = self.prints.get_mut(self.at) {
            *slot = print;
        }
        self.at = (self.at + 1) % self.prints.len();
        false
    }
}

/// Mixes bytes into a fingerprint of 64 bits, eight a step. Two different events of one agent meet by chance once in
/// 2^58 or so.
pub(super) fn mix(print: u64, bytes: &[u8]) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let step = |hash: u64, word: u64| (hash ^ word).wrapping_mul(K).rotate_left(29);
    let (words, tail) = bytes.as_chunks::<8>();
    let mut hash = words
        .iter()
        .fold(print ^ bytes.len() as u64 ^ K, |hash, word| {
            step(hash, u64::from_le_bytes(*word))
        });
    for b in tail {
        hash = step(hash, u64::from(*b));
    }
    hash ^ (hash >> 32)
}
