//! Telephone numbers while they are typed.

/// A number in groups that can be read: 3, 4, 4. Short ones, and what is no plain number, stay as they are.
pub fn grouped(number: &str) -> String {
    if number.len() < 8 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = String::new();
    for (at, digit) in number.chars().enumerate() {
        if matches!(at, 3 | 7) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}
