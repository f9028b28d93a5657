//! The table of causes is the file beside it, row for row.

use agent::Lang;
use agent::cause::{self, Cause};

/// Rows and fields of a CSV text (RFC 4180).
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let (mut row, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows
}

/// Name, code, Chinese and English text of every row.
fn table() -> Vec<(String, u32, String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/cause-codes.csv");
    let text = std::fs::read_to_string(path).expect("the table is there");
    let mut rows = rows(&text).into_iter();
    let head = rows.next().expect("the table has a head");
    assert_eq!(head, ["name", "code", "zh", "en"]);
    rows.map(|row| match <[String; 4]>::try_from(row) {
        Ok([name, code, zh, en]) => (name, code.parse().expect("a number"), zh, en),
        Err(row) => panic!("four fields are wanted: {row:?}"),
    })
    .collect()
}

#[test]
fn every_row_is_found_by_its_name() {
    let table = table();
    assert!(table.len() > 100, "{} rows", table.len());
    assert_eq!(cause::ALL.len(), table.len());
    for (name, code, zh, en) in &table {
        let Some(found) = cause::by_name(name) else {
            panic!("{name} is not found")
        };
        let expected = (name.as_str(), *code, zh.as_str(), en.as_str());
        assert_eq!((found.name, found.code, found.zh, found.en), expected);
        assert!(!zh.is_empty() && !en.is_empty(), "{name} has no text");
    }
}

#[test]
fn every_code_gives_its_first_row() {
    let table = table();
    for (_, code, ..) in &table {
        let first = table.iter().find(|row| row.1 == *code);
        let found = cause::by_code(*code);
        assert_eq!(
            found.map(|c: &Cause| c.name),
            first.map(|row| row.0.as_str()),
            "{code}"
        );
        for (lang, words) in [
            (Lang::Zh, found.map(|c| c.zh)),
            (Lang::En, found.map(|c| c.en)),
        ] {
            assert_eq!(cause::words(*code, lang), words, "{code}");
        }
    }
}

#[test]
fn what_is_not_in_the_table_is_not_found() {
    assert_eq!(cause::by_name("user_busy"), None);
    assert_eq!(cause::by_name(""), None);
    assert_eq!(cause::by_code(u32::MAX), None);
    assert_eq!(cause::words(u32::MAX, Lang::Zh), None);
}
