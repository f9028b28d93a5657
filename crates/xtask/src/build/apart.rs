//! The wasm taken apart, so that like stands beside like: brotli finds more in a run of opcodes, and in one of local
//! indices, than in the two by turns. `pkg-config/together.wat` puts it together again while the page loads.
//!
//! A part holds what the code has of one kind, in the order of the code. What is left out can be told without it: the
//! length of a function, and the alignment of an access to memory, which is a hint and made the natural one.

use std::ops::Range;

use crate::sh::Failure;

/// The opcodes themselves.
const OPCODES: usize = 0;
/// The declarations of locals, and what follows opcodes that are rare.
const OTHER: usize = 7;
/// Everything before the first function.
const HEAD: usize = 8;
/// Everything behind the last one; the texts are there.
pub const TAIL: usize = 9;
/// Constants, in a part of its own for each kind of what comes next.
const CONSTANTS: usize = 10;
/// How many parts there are.
const PARTS: usize = CONSTANTS + 9;

/// What follows an opcode, which is also the part it goes to, a constant's apart.
const NOTHING: u8 = 0;
const BLOCK_TYPE: u8 = 1;
const LABEL: u8 = 2;
const LOCAL: u8 = 3;
const GLOBAL: u8 = 4;
const FUNCTION: u8 = 5;
const OFFSET: u8 = 6;
const RARE: u8 = OTHER as u8;
const CONSTANT: u8 = 8;

/// The exponent of the natural alignment of each access to memory, from `i32.load` on, in the order of the opcodes.
const ALIGNMENTS: &[u8; 23] = b"23230011001122232301012";
const FIRST_ACCESS: u8 = 0x28;

/// The section that holds the functions.
const CODE_SECTION: u8 = 10;

/// What follows each opcode, as a digit; `None` for one that this does not know.
fn follows(opcode: u8) -> Option<u8> {
    Some(match opcode {
        0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => NOTHING,
        0x02..=0x04 => BLOCK_TYPE,
        0x0c | 0x0d => LABEL,
        0x20..=0x22 => LOCAL,
        0x23 | 0x24 => GLOBAL,
        0x10 => FUNCTION,
        0x28..=0x3e => OFFSET,
        0x41 | 0x42 => CONSTANT,
        // A table of labels, an indirect call, accesses to a table, the size of the memory, floats, references, and those
        // with a second byte.
        0x0e | 0x11 | 0x25 | 0x26 | 0x3f | 0x40 | 0x43 | 0x44 | 0xd0 | 0xd2 | 0xfc => RARE,
        _ => return None,
    })
}

/// What follows each opcode, as text with a digit for each.
pub fn follows_table() -> String {
    (0..=u8::MAX)
        .map(|opcode| char::from(b'0' + follows(opcode).unwrap_or(NOTHING)))
        .collect()
}

/// The alignments that are left out, as text with a digit for each access from opcode 40 on.
pub fn alignments() -> String {
    ALIGNMENTS.iter().copied().map(char::from).collect()
}

/// The parts of a wasm whose alignments are natural.
pub fn take_apart(wasm: &[u8]) -> Result<Vec<Vec<u8>>, Failure> {
    let mut parts = vec![Vec::new(); PARTS];
    let code = code(wasm)?;
    parts[HEAD].extend(&wasm[..code.start]);
    parts[TAIL].extend(&wasm[code.end..]);
    for_each(wasm, code, |piece| {
        let Piece { at, opcode, next } = &piece;
        let Some(opcode) = *opcode else {
            parts[OTHER].extend(&wasm[at.clone()]);
            return;
        };
        parts[OPCODES].push(opcode);
        let rest = &wasm[at.start + 1..at.end];
        match follows(opcode).unwrap_or(NOTHING) {
            NOTHING => {}
            OFFSET => parts[usize::from(OFFSET)].extend(&rest[1..]),
            CONSTANT => {
                let next = follows(*next).unwrap_or(NOTHING);
                parts[CONSTANTS + usize::from(next)].extend(rest);
            }
            part => parts[usize::from(part)].extend(rest),
        }
    })?;
    Ok(parts)
}

/// The same wasm with the natural alignment at each access to memory. It is a hint that changes no result.
pub fn align(wasm: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut aligned = wasm.to_vec();
    for_each(wasm, code(wasm)?, |piece| {
        if let Some(opcode) = piece.opcode
            && follows(opcode) == Some(OFFSET)
        {
            aligned[piece.at.start + 1] = ALIGNMENTS[usize::from(opcode - FIRST_ACCESS)] - b'0';
        }
    })?;
    Ok(aligned)
}

/// A piece of a function: the declaration of its locals, or an instruction.
struct Piece {
    at: Range<usize>,
    /// None for the declaration.
    opcode: Option<u8>,
    /// The byte behind the piece.
    next: u8,
}

/// Where the functions stand, from the length of the first to the end of the last.
fn code(wasm: &[u8]) -> Result<Range<usize>, Failure> {
    let mut reader = Reader { wasm, at: 8 };
    while reader.at < wasm.len() {
        let section = reader.byte()?;
        let length = reader.number()?;
        let end = reader.at + length;
        if section == CODE_SECTION {
            reader.number()?;
            return Ok(reader.at..end);
        }
        reader.at = end;
    }
    Err(Failure::new("the wasm holds no code"))
}

/// Goes over the functions, piece by piece.
fn for_each(wasm: &[u8], code: Range<usize>, mut each: impl FnMut(Piece)) -> Result<(), Failure> {
    let mut reader = Reader {
        wasm,
        at: code.start,
    };
    while reader.at < code.end {
        let length = reader.number()?;
        let end = reader.at + length;
        let mut start = reader.at;
        // How many of a type, and the type, for each run of locals.
        for _ in 0..2 * reader.number()? {
            reader.number()?;
        }
        let mut opcode = None;
        loop {
            each(Piece {
                at: start..reader.at,
                opcode,
                next: if reader.at < end { wasm[reader.at] } else { 0 },
            });
            if reader.at >= end {
                break;
            }
            start = reader.at;
            opcode = Some(reader.instruction()?);
        }
    }
    Ok(())
}

/// Reads the wasm from a place on.
struct Reader<'a> {
    wasm: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> Result<u8, Failure> {
        let byte = self.wasm.get(self.at).copied();
        self.at += 1;
        byte.ok_or_else(|| Failure::new("the wasm ends in the middle"))
    }

    /// A number in LEB128; of a signed one only the length counts.
    fn number(&mut self) -> Result<usize, Failure> {
        let (mut value, mut shift) = (0_usize, 0);
        loop {
            let byte = self.byte()?;
            if shift < usize::BITS {
                value |= usize::from(byte & 0x7f) << shift;
            }
            shift += 7;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
    }

    /// Goes over an instruction; gives its opcode.
    fn instruction(&mut self) -> Result<u8, Failure> {
        let opcode = self.byte()?;
        let numbers = match (opcode, follows(opcode)) {
            (0x0e, _) => self.number()? + 1,
            (0x11, _) | (_, Some(OFFSET)) => 2,
            (0x43, _) => return self.skip(4, opcode),
            (0x44, _) => return self.skip(8, opcode),
            (0xfc, _) => match self.number()? {
                0..=7 => 0,
                8 | 10 | 12 | 14 => 2,
                9 | 11 | 13 | 15..=17 => 1,
                other => return Err(unknown(opcode, &format!(" {other:#04x}"))),
            },
            (_, Some(NOTHING)) => 0,
            (_, Some(_)) => 1,
            (_, None) => return Err(unknown(opcode, "")),
        };
        for _ in 0..numbers {
            self.number()?;
        }
        Ok(opcode)
    }

    fn skip(&mut self, bytes: usize, opcode: u8) -> Result<u8, Failure> {
        self.at += bytes;
        Ok(opcode)
    }
}

fn unknown(opcode: u8, second: &str) -> Failure {
    Failure::new(format!(
        "the compiler used the opcode {opcode:#04x}{second}, which crates/xtask/src/build/apart.rs does not know: teach it \
         there and in pkg-config/together.wat"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wasm of one function with these bytes behind the declaration of one i32 local.
    fn wasm(instructions: &[u8]) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        let body = 3 + instructions.len() as u8;
        wasm.extend([CODE_SECTION, body + 2, 1, body, 1, 1, 0x7f]);
        wasm.extend(instructions);
        wasm.extend([11, 1, 0]);
        wasm
    }

    #[test]
    fn like_stands_beside_like() {
        // local.get 0; i32.const 200; i32.store offset=5; i32.const 1; call 7; end
        let wasm = wasm(&[0x20, 0, 0x41, 0xc8, 1, 0x36, 2, 5, 0x41, 1, 0x10, 7, 0x0b]);
        let parts = take_apart(&wasm).expect("known opcodes");
        assert_eq!(parts[OPCODES], [0x20, 0x41, 0x36, 0x41, 0x10, 0x0b]);
        assert_eq!(parts[OTHER], [1, 1, 0x7f]);
        assert_eq!(parts[usize::from(LOCAL)], [0]);
        assert_eq!(parts[usize::from(OFFSET)], [5]);
        assert_eq!(parts[usize::from(FUNCTION)], [7]);
        assert_eq!(parts[CONSTANTS + usize::from(OFFSET)], [0xc8, 1]);
        assert_eq!(parts[CONSTANTS + usize::from(FUNCTION)], [1]);
        assert_eq!(parts[HEAD].len() + parts[TAIL].len(), 8 + 3 + 3);
    }

    #[test]
    fn alignments_become_natural() {
        let odd = wasm(&[0x28, 0, 4, 0x29, 1, 4, 0x2d, 0, 4, 0x0b]);
        let natural = wasm(&[0x28, 2, 4, 0x29, 3, 4, 0x2d, 0, 4, 0x0b]);
        assert_eq!(align(&odd).ok(), Some(natural));
    }

    #[test]
    fn a_table_of_labels_and_a_float_are_gone_over() {
        let float = [0x44, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80];
        let mut instructions = vec![0x0e, 2, 0, 1, 2];
        instructions.extend(float);
        instructions.extend([0xfc, 10, 0, 0, 0x0b]);
        let parts = take_apart(&wasm(&instructions)).expect("known opcodes");
        assert_eq!(parts[OPCODES], [0x0e, 0x44, 0xfc, 0x0b]);
    }

    #[test]
    fn an_opcode_that_is_not_known_stops_the_build() {
        let failure = take_apart(&wasm(&[0xfd, 0, 0x0b])).err();
        assert!(failure.is_some_and(|failure| failure.to_string().contains("0xfd")));
    }
}
