//! Source maps: from the minified JavaScript back to what it was made of.
//!
//! They lie apart from the package, and no file of it leads to them; whoever looks into an error loads them by hand.

use std::path::Path;

use serde_json::Value;

use crate::files;
use crate::sh::Failure;

/// Minified JavaScript, and the map that leads back from it.
pub struct Minified {
    /// The JavaScript.
    text: String,
    /// Its map, by the standard's version 3.
    map: Value,
}

/// Something that was put into a line: from that column on, in UTF-16, everything stands so much further to the right.
struct Shift {
    line: usize,
    column: i64,
    by: i64,
}

impl Minified {
    /// Reads a map that was made together with `text`.
    pub fn new(text: String, map: &str) -> Result<Self, Failure> {
        let map = serde_json::from_str(map)
            .map_err(|error| Failure::new(format!("a source map cannot be read: {error}")))?;
        Ok(Self { text, map })
    }

    /// Puts a value, which is one line, in place of every marker.
    pub fn put(&mut self, marker: &str, value: &str) {
        let mut shifts = Vec::new();
        for (line, text) in self.text.split('\n').enumerate() {
            for (at, _) in text.match_indices(marker) {
                shifts.push(Shift {
                    line,
                    column: width(text.get(..at).unwrap_or_default()),
                    by: width(value) - width(marker),
                });
            }
        }
        self.text = self.text.replace(marker, value);
        if let Some(Value::String(mappings)) = self.map.get_mut("mappings") {
            *mappings = shifted(mappings, &shifts);
        }
    }

    /// Puts a large value in place of its marker, which may stand at most once: minifying must not have doubled it.
    pub fn put_large(&mut self, template: &str, marker: &str, value: &str) -> Result<(), Failure> {
        if self.text.matches(marker).count() > 1 {
            return Err(Failure::new(format!(
                "{marker} of {template} must stand once after minifying: give it to one variable and use that"
            )));
        }
        self.put(marker, value);
        Ok(())
    }

    /// Writes the JavaScript into one folder and the map into another.
    pub fn write(mut self, package: &Path, maps: &Path, file: &str) -> Result<(), Failure> {
        files::write(&package.join(file), self.text)?;
        self.map["file"] = file.into();
        // What minifying was given is one text, put together from many.
        self.map["sources"] = vec![format!("readable/{file}")].into();
        files::write(&maps.join(format!("{file}.map")), self.map.to_string())
    }
}

/// How many columns a text takes.
fn width(text: &str) -> i64 {
    text.encode_utf16().map(|_| 1).sum()
}

/// Mappings of which those behind what was put in are moved. A mapping begins with its distance from the one before it in
/// its line, so that only the first behind each shift is another.
fn shifted(mappings: &str, shifts: &[Shift]) -> String {
    let line = |(number, line): (usize, &str)| -> String {
        let (mut column, mut applied) = (0, 0);
        let segment = |segment: &str| -> String {
            let (distance, rest) = read(segment);
            column += distance;
            let wanted: i64 = shifts
                .iter()
                .filter(|shift| shift.line == number && shift.column < column)
                .map(|shift| shift.by)
                .sum();
            let moved = write(distance + wanted - applied);
            applied = wanted;
            moved + rest
        };
        match line {
            "" => String::new(),
            _ => line.split(',').map(segment).collect::<Vec<_>>().join(","),
        }
    };
    mappings
        .split(';')
        .enumerate()
        .map(line)
        .collect::<Vec<_>>()
        .join(";")
}

/// The digits of numbers in mappings: five bits each, the lowest first, and a sixth where more follow.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The first number of a text and what stands behind it. The lowest bit is the sign.
fn read(text: &str) -> (i64, &str) {
    let (mut number, mut length) = (0, 0);
    for (place, byte) in text.bytes().enumerate() {
        let digit = DIGITS.iter().position(|&one| one == byte).unwrap_or(0) as i64;
        number |= (digit & 31) << (5 * place);
        length = place + 1;
        if digit & 32 == 0 {
            break;
        }
    }
    let value = if number & 1 == 0 {
        number >> 1
    } else {
        -(number >> 1)
    };
    (value, text.get(length..).unwrap_or_default())
}

/// A number as mappings have it.
fn write(value: i64) -> String {
    let mut number = value.unsigned_abs() << 1 | u64::from(value < 0);
    let mut text = String::new();
    loop {
        let more = number >> 5 > 0;
        let digit = (number & 31) as usize | if more { 32 } else { 0 };
        text.push(char::from(DIGITS[digit]));
        number >>= 5;
        if !more {
            return text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for value in [0, 1, -1, 15, 16, -16, 511, 512, 400_000, -400_000] {
            let text = write(value);
            assert_eq!(read(&format!("{text}AAA")), (value, "AAA"));
        }
        assert_eq!(
            (write(0), write(1), write(-1), write(16)),
            ("A".into(), "C".into(), "D".into(), "gB".into())
        );
    }

    #[test]
    fn what_stands_behind_a_value_moves_and_nothing_else_does() {
        // Columns 0, 4, 20 and 30 of the first line; 4 of the second.
        let mappings = [0, 4, 16, 10]
            .map(|distance| write(distance) + "AAC")
            .join(",")
            + ";"
            + &write(4)
            + "AAC";
        let map = format!(r#"{{"version":3,"mappings":"{mappings}"}}"#);
        let text = "let __wasm__, second = __css__;\nlet third;".to_owned();
        let mut minified = Minified::new(text, &map).expect("a map");
        minified.put("__wasm__", "\"座座\"");
        minified.put("__css__", "12345678901234567890");
        let moved = minified.map["mappings"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let columns: Vec<i64> = moved
            .split(&[',', ';'])
            .map(|segment| read(segment).0)
            .collect();
        assert_eq!(columns, [0, 4, 12, 10 + 13, 4]);
    }

    #[test]
    fn a_doubled_large_value_is_refused() {
        let minified = |text: &str| Minified::new(text.to_owned(), r#"{"mappings":""}"#);
        let mut twice = minified("f(__wasm__,__wasm__)").expect("a map");
        assert!(twice.put_large("t", "__wasm__", "x").is_err());
        let mut none = minified("no marker").expect("a map");
        assert!(none.put_large("t", "__wasm__", "x").is_ok());
    }
}
