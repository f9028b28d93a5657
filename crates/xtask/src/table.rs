//! Plain tables for a terminal.

/// Prints rows under their headings: the first column to the left, all others to the right.
pub fn print(headings: &[&str], rows: &[Vec<String>]) {
    for line in lines(headings, rows) {
        println!("{line}");
    }
}

/// A number with its thousands kept apart, easier to compare by eye.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The lines of a table.
fn lines(headings: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let head: Vec<String> = headings.iter().map(|word| (*word).to_owned()).collect();
    let mut widths = vec![0; head.len()];
    for row in std::iter::once(&head).chain(rows) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    std::iter::once(&head)
        .chain(rows)
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .enumerate()
                .map(|(column, (cell, &width))| {
                    if column == 0 {
                        format!("{cell:<width$}")
                    } else {
                        format!("{cell:>width$}")
                    }
                })
                .collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(8_388_608), "8,388,608");
    }

    #[test]
    fn columns_line_up() {
        let rows = vec![
            vec!["a".to_owned(), "12".to_owned()],
            vec!["long".to_owned(), "3".to_owned()],
        ];
        assert_eq!(
            lines(&["file", "raw"], &rows),
            ["file  raw", "a      12", "long    3"]
        );
    }
}
