//! Why a call ended: the platform's table of causes, in every language.

use crate::language::{Lang, Word};

/// One row of the table. Several names may share a code, and the first of them is the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The platform's name, such as `USER_BUSY`.
    pub name: &'static str,
    /// The number in `After.cause`.
    pub code: u32,
    /// What it says; in Chinese as the platform does.
    pub text: Word,
}

/// All causes, as listed in `cause-codes.csv`.
pub const ALL: &[Cause] = include!(concat!(env!("OUT_DIR"), "/causes.rs"));

/// Number and texts of the first cause with each number: one text, because a page takes a quarter of the
/// table of all causes that way.
const WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/causes.txt"));

/// What the first cause with this number says.
pub fn words(code: u32, lang: Lang) -> Option<&'static str> {
    let code = code.to_string();
    let mut rows = WORDS.split('\n').map(|row| row.split('\t'));
    let mut row = rows.find_map(|mut row| (row.next() == Some(&code)).then_some(row))?;
    row.nth(lang.place())
}

/// The number of the first cause that says this, in the platform's own words.
pub fn code(words: &str) -> Option<u32> {
    let mut rows = WORDS.split('\n').map(|row| row.split('\t'));
    rows.find_map(|mut row| {
        let code = row.next()?;
        (row.next() == Some(words)).then(|| code.parse().ok())?
    })
}

/// The first cause with this number.
pub fn by_code(code: u32) -> Option<&'static Cause> {
    ALL.iter().find(|c| c.code == code)
}

/// The cause with this name.
pub fn by_name(name: &str) -> Option<&'static Cause> {
    ALL.iter().find(|c| c.name == name)
}
