//! What wasm-bindgen leaves in the table of functions. A library's descriptions of closures point at what would call them; the
//! descriptions go, the entries stay, and with them code that nobody can reach.

use std::collections::HashSet;
use std::ops::Range;

use wasmparser::{ElementItems, KnownCustom, Name, Parser, Payload};

use crate::sh::Failure;

/// How the name of what calls a closure begins, and where it stands.
const CALLS_A_CLOSURE: &str = "convert::closures::_::invoke::<";

/// The same wasm with another function of the table in place of each that calls closures and is not exported: the optimizer
/// then takes those out. JavaScript calls the exported ones by their names, and nobody calls one through the table.
pub fn forget(wasm: &[u8]) -> Result<Vec<u8>, Failure> {
    let damaged = |error| Failure::new(format!("what wasm-bindgen wrote cannot be read: {error}"));
    let (mut entries, mut exported, mut callers) = (Vec::new(), HashSet::new(), HashSet::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.map_err(damaged)? {
            Payload::ExportSection(exports) => {
                for export in exports {
                    exported.insert(export.map_err(damaged)?.index);
                }
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    if let ElementItems::Functions(functions) = element.map_err(damaged)?.items {
                        entries.push(functions);
                    }
                }
            }
            Payload::CustomSection(section) => {
                let KnownCustom::Name(names) = section.as_known() else {
                    continue;
                };
                for name in names {
                    // Tools write kinds of names that others do not know.
                    let Ok(Name::Function(functions)) = name else {
                        continue;
                    };
                    for function in functions {
                        let function = function.map_err(damaged)?;
                        if function.name.contains(CALLS_A_CLOSURE) {
                            callers.insert(function.index);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    if callers.is_empty() {
        return Err(Failure::new(format!(
            "wasm-bindgen calls closures in another way than before: no function is named {CALLS_A_CLOSURE}…"
        )));
    }
    let (mut forgotten, mut other) = (Vec::<Range<usize>>::new(), None);
    for functions in entries {
        let end = functions.range().end;
        let mut all = functions.into_iter_with_offsets().peekable();
        while let Some(entry) = all.next() {
            let (start, index) = entry.map_err(damaged)?;
            let next = match all.peek() {
                Some(Ok((next, _))) => *next,
                _ => end,
            };
            if callers.contains(&index) && !exported.contains(&index) {
                forgotten.push(start as usize..next as usize);
            } else {
                other = other.min(Some(index)).or(Some(index));
            }
        }
    }
    let mut without = wasm.to_vec();
    for place in forgotten {
        write(other.unwrap_or(0), &mut without[place])?;
    }
    Ok(without)
}

/// Writes a number in LEB128 that takes all of a place.
fn write(number: u32, place: &mut [u8]) -> Result<(), Failure> {
    let last = place.len() - 1;
    for (at, byte) in place.iter_mut().enumerate() {
        let more = if at < last { 0x80 } else { 0 };
        *byte = (number >> (7 * at) & 0x7f) as u8 | more;
    }
    match number >> (7 * (last + 1)) {
        0 => Ok(()),
        _ => Err(Failure::new(format!(
            "function {number} has no room in an entry of {} bytes",
            last + 1
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A section of a wasm.
    fn section(id: u8, content: &[u8]) -> Vec<u8> {
        [&[id, content.len() as u8], content].concat()
    }

    /// A wasm whose table holds functions 1, 2 and 3, of which 3 is exported; both 2 and 3 are named like this.
    fn wasm(name: &str) -> Vec<u8> {
        let mut names = vec![2, 2, name.len() as u8];
        names.extend(name.bytes());
        names.extend([3, name.len() as u8]);
        names.extend(name.bytes());
        let mut custom = b"\x04name\x01".to_vec();
        custom.push(names.len() as u8);
        custom.extend(names);
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(7, &[1, 1, b'f', 0, 3]),
            // In the table from 0 on; an entry takes two bytes.
            section(9, &[1, 0, 0x41, 0, 0x0b, 3, 0x81, 0, 0x82, 0, 0x83, 0]),
            section(0, &custom),
        ]
        .concat()
    }

    #[test]
    fn what_nobody_can_call_leaves_the_table_and_what_is_exported_stays() {
        let name = "bindgen::convert::closures::_::invoke::<i8>";
        let (before, after) = (wasm(name), forget(&wasm(name)).expect("a wasm"));
        let changed: Vec<_> = before.iter().zip(&after).filter(|(a, b)| a != b).collect();
        assert_eq!(changed, [(&0x82, &0x81)]);
    }

    #[test]
    fn other_names_for_closures_stop_the_build() {
        assert!(forget(&wasm("call")).is_err());
    }
}
