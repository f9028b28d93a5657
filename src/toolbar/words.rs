//! What the toolbar says, of the section `[toolbar]` of each language.

use agent::Lang;

/// A text in every language: its key, and a line each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Word(&'static str);

impl Word {
    /// A text of these lines, the key first.
    const fn new(lines: &'static str) -> Word {
        Word(lines)
    }

    /// What a page calls it that puts its own in its place.
    pub fn key(self) -> &'static str {
        self.line(0)
    }

    /// The text in a language.
    pub fn say(self, lang: Lang) -> &'static str {
        self.line(1 + lang.place())
    }

    // Once for both: each copy of the search is a part of every page.
    #[inline(never)]
    fn line(self, at: usize) -> &'static str {
        self.0.split('\n').nth(at).unwrap_or_default()
    }
}

include!(concat!(env!("OUT_DIR"), "/words.rs"));
