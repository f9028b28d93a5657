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
        let print = fingerprint(text.as_bytes());
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

/// 64 bits, eight bytes a step. Two different events of one agent meet by chance once in 2^58 or so.
fn fingerprint(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(K).rotate_left(29);
    let (words, tail) = bytes.as_chunks::<8>();
    let mut hash = words.iter().fold(bytes.len() as u64 ^ K, |hash, word| {
        mix(hash, u64::from_le_bytes(*word))
    });
    for b in tail {
        hash = mix(hash, u64::from(*b));
    }
    // Zero means an empty slot.
    (hash ^ (hash >> 32)).max(1)
}
