//! The table of causes is the file beside it, row for row.

use agent::Lang;
use agent::cause::{self, Cause};
use std::collections::BTreeMap;

/// Name and code of every row.
fn table() -> Vec<(&'static str, u32)> {
    let mut lines = include_str!("../cause-codes.csv").lines();
    assert_eq!(lines.next(), Some("name,code"));
    lines
        .map(|line| {
            let (name, code) = line.split_once(',').expect("two fields");
            (name, code.parse().expect("a number"))
        })
        .collect()
}

/// What each cause is called in a language, as its file says.
fn said(file: &'static str) -> BTreeMap<&'static str, &'static str> {
    let section = file.split("[causes]\n").nth(1).expect("a section");
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| line.split_once(" = ")).collect()
}

#[test]
fn every_row_is_found_by_its_name() {
    let table = table();
    assert!(table.len() > 100, "{} rows", table.len());
    assert_eq!(cause::ALL.len(), table.len());
    let files = [
        ("zh-CN", said(include_str!("../languages/zh-CN.txt"))),
        ("en", said(include_str!("../languages/en.txt"))),
    ];
    for (name, code) in table {
        let Some(found) = cause::by_name(name) else {
            panic!("{name} is not found")
        };
        assert_eq!((found.name, found.code), (name, code));
        for (tag, said) in &files {
            let text = found.text.say(Lang::of(tag));
            assert_eq!(Some(&text), said.get(name), "{name}");
            assert!(!text.is_empty(), "{name} has no text");
        }
    }
}

#[test]
fn every_code_gives_its_first_row() {
    let table = table();
    for (_, code) in &table {
        let first = table.iter().find(|row| row.1 == *code);
        let found = cause::by_code(*code);
        assert_eq!(
            found.map(|c: &Cause| c.name),
            first.map(|row| row.0),
            "{code}"
        );
        for lang in Lang::all() {
            let words = found.map(|cause| cause.text.say(lang));
            assert_eq!(cause::words(*code, lang), words, "{code}");
        }
        // Several codes may share their words.
        let words = cause::words(*code, Lang::default()).unwrap_or_default();
        let same = cause::code(words).and_then(|code| cause::words(code, Lang::default()));
        assert_eq!(same, Some(words), "{code}");
    }
}

#[test]
fn what_is_not_in_the_table_is_not_found() {
    assert_eq!(cause::by_name("user_busy"), None);
    assert_eq!(cause::by_name(""), None);
    assert_eq!(cause::by_code(u32::MAX), None);
    assert_eq!(cause::words(u32::MAX, Lang::default()), None);
    assert_eq!(cause::code("no such words"), None);
}
