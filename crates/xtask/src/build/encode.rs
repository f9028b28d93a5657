//! The wasm as JavaScript text, so that one script is all a page needs.
//!
//! Each byte becomes one character. Frequent bytes become characters of one byte in UTF-8, and no character needs
//! an escape, so the text is hardly larger than the wasm once compressed. Base64 would cost a third more.

use std::cmp::Reverse;

/// Bytes as text.
pub struct Encoded {
    /// A JavaScript literal, quotes included, with a character for each byte.
    pub literal: String,
    /// A JavaScript literal of 256 characters: the one at place `b` stands for the byte `b`.
    pub table: String,
}

/// Whether a character may stand for itself between double quotes. A template literal would allow line feeds, but its
/// closing mark is a second byte in some charsets: read as one of those the script would not even parse, and could
/// not say what is wrong.
fn allowed(c: char) -> bool {
    !matches!(c, '"' | '\\' | '\r' | '\n')
}

/// 256 characters, those first that are short in UTF-8 and common in text. NUL is left out: tools take a file that
/// holds it for binary.
fn alphabet() -> impl Iterator<Item = char> {
    let printable = ' '..='~';
    let control = '\u{1}'..='\u{1f}';
    let beyond = '\u{7f}'..='\u{1ff}';
    printable
        .chain(control)
        .chain(beyond)
        .filter(|&c| allowed(c))
        .take(256)
}

/// Encodes bytes.
pub fn encode(bytes: &[u8]) -> Encoded {
    let mut counts = [0_u64; 256];
    for &byte in bytes {
        counts[usize::from(byte)] += 1;
    }
    let mut ranked: Vec<u8> = (0..=u8::MAX).collect();
    // The byte itself decides between equals, so that the same wasm always gives the same script.
    ranked.sort_by_key(|&byte| (Reverse(counts[usize::from(byte)]), byte));
    let mut characters = ['\0'; 256];
    for (byte, character) in ranked.into_iter().zip(alphabet()) {
        characters[usize::from(byte)] = character;
    }
    let quoted = |text: String| format!("\"{text}\"");
    Encoded {
        literal: quoted(
            bytes
                .iter()
                .map(|&byte| characters[usize::from(byte)])
                .collect(),
        ),
        table: quoted(characters.iter().collect()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// The way that the script reads it back: one loop over the characters.
    fn decode(encoded: &Encoded) -> Vec<u8> {
        let inside = |literal: &str| -> Vec<char> {
            let count = literal.chars().count();
            literal.chars().skip(1).take(count - 2).collect()
        };
        let table = inside(&encoded.table);
        assert_eq!(table.len(), 256);
        let bytes: HashMap<char, u8> = table.into_iter().zip(0..=u8::MAX).collect();
        assert_eq!(bytes.len(), 256, "two bytes share a character");
        inside(&encoded.literal)
            .into_iter()
            .map(|character| bytes[&character])
            .collect()
    }

    #[test]
    fn every_byte_comes_back() {
        let bytes: Vec<u8> = (0..5_000_u32).map(|n| (n * n % 257 % 256) as u8).collect();
        assert_eq!(decode(&encode(&bytes)), bytes);
        let all: Vec<u8> = (0..=u8::MAX).collect();
        assert_eq!(decode(&encode(&all)), all);
    }

    #[test]
    fn nothing_needs_an_escape() {
        let characters: Vec<char> = alphabet().collect();
        assert_eq!(characters.len(), 256);
        for unwanted in ['"', '\\', '\r', '\n', '\0'] {
            assert!(!characters.contains(&unwanted));
        }
    }

    #[test]
    fn the_most_frequent_byte_is_one_printable_character() {
        let encoded = encode(&[0, 0, 0, 255]);
        assert_eq!(encoded.literal, "\"   !\"");
    }
}
