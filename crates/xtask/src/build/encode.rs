//! The wasm as JavaScript text, so that one script is all a page needs.
//!
//! Most bytes become the character of the same code, which is one byte in UTF-8, and texts stay texts, in which brotli
//! finds what it finds in the script. No character needs an escape. Base64 would cost a third more.

use std::cmp::Reverse;
use std::ops::Range;

/// Bytes whose own character a literal between double quotes cannot hold, or that tools take for a sign of a binary file.
pub const UNABLE: [u8; 5] = [0, b'\n', b'\r', b'"', b'\\'];

/// Bytes as text.
pub struct Encoded {
    /// A JavaScript literal, quotes included.
    pub literal: String,
    /// A JavaScript literal of six characters: the five that stand for the bytes [`UNABLE`], and one whose code shows
    /// whether the script was read as UTF-8.
    pub spare: String,
}

/// The last character of [`Encoded::spare`], of three bytes in UTF-8.
const WITNESS: char = '座';

/// Encodes bytes, of which those in `text` hold texts in UTF-8.
pub fn encode(bytes: &[u8], text: Range<usize>) -> Encoded {
    let mut counts = [0_u64; 128];
    for &byte in bytes {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    // The rarest give up their character to those that have none; the byte itself decides between equals.
    let mut able: Vec<u8> = (1..0x7f).filter(|byte| !UNABLE.contains(byte)).collect();
    able.sort_by_key(|&byte| (Reverse(counts[usize::from(byte)]), Reverse(byte)));
    let mut spare = vec![0x7f];
    spare.extend(able.split_off(able.len() + 1 - UNABLE.len()));
    let character = |byte: u8| -> char {
        match UNABLE.iter().position(|&unable| unable == byte) {
            Some(place) => char::from(spare[place]),
            None if able.contains(&byte) => char::from(byte),
            // Of two bytes in UTF-8.
            None => char::from_u32(0x100 + u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER),
        }
    };
    let mut literal = String::from('"');
    let mut at = 0;
    while at < bytes.len() {
        let three = bytes
            .get(at..at + 3)
            .and_then(|three| str::from_utf8(three).ok());
        match three.and_then(|three| three.chars().next()) {
            Some(c) if c.len_utf8() == 3 && text.contains(&at) => {
                literal.push(c);
                at += 3;
            }
            _ => {
                literal.push(character(bytes[at]));
                at += 1;
            }
        }
    }
    literal.push('"');
    let spare = spare.iter().copied().map(char::from);
    Encoded {
        literal,
        spare: format!("\"{}\"", spare.chain([WITNESS]).collect::<String>()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(literal: &str) -> &str {
        literal
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .expect("a literal in quotes")
    }

    /// The way that the script reads it back.
    fn decode(encoded: &Encoded) -> Vec<u8> {
        let spare: Vec<char> = inside(&encoded.spare).chars().collect();
        assert_eq!(spare.len(), UNABLE.len() + 1);
        let mut bytes = Vec::new();
        for c in inside(&encoded.literal).chars() {
            let place = spare.iter().position(|&one| one == c);
            if let Some(&byte) = place.and_then(|place| UNABLE.get(place)) {
                bytes.push(byte);
            } else if (c as u32) < 0x200 {
                bytes.push((c as u32 & 0xff) as u8);
            } else {
                bytes.extend(c.to_string().as_bytes());
            }
        }
        bytes
    }

    #[test]
    fn every_byte_comes_back() {
        let bytes: Vec<u8> = (0..5_000_u32).map(|n| (n * n % 257 % 256) as u8).collect();
        assert_eq!(decode(&encode(&bytes, 0..0)), bytes);
        assert_eq!(decode(&encode(&bytes, 1_000..5_000)), bytes);
        let all: Vec<u8> = (0..=u8::MAX).collect();
        assert_eq!(decode(&encode(&all, 0..256)), all);
    }

    #[test]
    fn texts_stay_texts() {
        let text = "座席 Agent · state\0";
        let encoded = encode(text.as_bytes(), 0..text.len());
        assert!(encoded.literal.contains("座席 Agent "));
        assert_eq!(decode(&encoded), text.as_bytes());
        assert!(!encode(text.as_bytes(), 0..0).literal.contains('座'));
    }

    #[test]
    fn nothing_needs_an_escape() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let encoded = encode(&all, 0..0);
        for literal in [&encoded.literal, &encoded.spare] {
            for unable in UNABLE {
                assert!(!inside(literal).contains(char::from(unable)));
            }
        }
    }

    #[test]
    fn frequent_bytes_are_one_byte_of_the_script() {
        assert_eq!(encode(&[0, 10, 34, 255], 0..0).literal.len(), 2 + 3 + 2);
    }
}
