//! Telephone numbers as people see them.

/// Hides the middle of every number in `text`, so that it can be shown, spoken and copied.
///
/// A run of digits of 11 and more keeps its first 3 and last 4, one of 7 to 10 its first 2 and last 2. Blanks,
/// hyphens and brackets inside a number belong to it. Shorter runs are extensions and stay. The number of stars does
/// not tell the length.
///
/// ```
/// assert_eq!(agent::number::mask("13800138000"), "138****8000");
/// assert_eq!(agent::number::mask("+86 138 0013 8000"), "+861****8000");
/// assert_eq!(agent::number::mask("1002"), "1002");
/// ```
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        if c.is_ascii_digit() || (!digits.is_empty() && matches!(c, ' ' | '-' | '(' | ')')) {
            run.push(c);
            if c.is_ascii_digit() {
                digits.push(c);
            }
            continue;
        }
        flush(&mut out, &run, &digits);
        run.clear();
        digits.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn flush(out: &mut String, run: &str, digits: &str) {
    let (front, back) = match digits.len() {
        0..7 => {
            out.push_str(run);
            return;
        }
        7..11 => (2, 2),
        _ => (3, 4),
    };
    out.push_str(digits.get(..front).unwrap_or_default());
    out.push_str("****");
    out.push_str(digits.get(digits.len() - back..).unwrap_or_default());
    // What follows the last digit is not part of the number.
    out.push_str(
        run.get(run.trim_end_matches(|c: char| !c.is_ascii_digit()).len()..)
            .unwrap_or_default(),
    );
}

/// What can be dialled of a pasted text: digits, `+`, `*` and `#`.
pub fn dialable(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_hidden_however_they_are_written() {
        for (text, masked) in [
            ("13800138000", "138****8000"),
            ("01012345678", "010****5678"),
            ("1234567", "12****67"),
            ("+86 138 0013 8000", "+861****8000"),
            ("0571-8888 6210", "057****6210"),
            ("13800138000 or 13900139000", "138****8000 or 139****9000"),
            ("1002", "1002"),
            ("", ""),
            ("<b>x</b>", "<b>x</b>"),
            ("李敏 6021", "李敏 6021"),
        ] {
            assert_eq!(mask(text), masked);
        }
    }

    #[test]
    fn a_pasted_number_loses_everything_that_cannot_be_dialled() {
        assert_eq!(dialable(" (0571) 8888-6210\n"), "057188886210");
        assert_eq!(dialable("+86*1#x"), "+86*1#");
    }
}
