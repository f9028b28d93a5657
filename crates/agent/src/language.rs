//! The languages: a file each in `languages/`, of which the build makes everything that is said.

/// The language of sentences, as its place among all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lang(usize);

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

impl Lang {
    /// How many there are.
    pub const COUNT: usize = TAGS.len();

    /// Every one, the usual one first.
    pub fn all() -> impl Iterator<Item = Lang> {
        (0..Lang::COUNT).map(Lang)
    }

    /// The one at this place; the usual one where there is none.
    pub fn at(place: usize) -> Lang {
        Lang(if place < Lang::COUNT { place } else { 0 })
    }

    /// The one whose file is named by this tag; the usual one where there is none. What else a page may say of a language is
    /// understood by `src/js/languages.js` of the toolbar.
    pub fn of(tag: &str) -> Lang {
        Lang(TAGS.iter().position(|of| *of == tag).unwrap_or(0))
    }

    /// Its place among all.
    pub fn place(self) -> usize {
        self.0
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        TAGS.get(self.0).copied().unwrap_or_default()
    }

    /// What it calls itself.
    pub fn name(self) -> &'static str {
        NAME.say(self)
    }

    /// How it is written: `ltr` or `rtl`.
    pub fn direction(self) -> &'static str {
        DIRECTION.say(self)
    }

    /// Its words for "agent" and "remedy", for heads of tables.
    pub fn heads(self) -> (&'static str, &'static str) {
        (AGENT.say(self), REMEDY.say(self))
    }
}

/// A text in every language, a line each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(&'static str);

impl Word {
    /// A text of these lines, as many as there are languages.
    pub const fn new(lines: &'static str) -> Word {
        Word(lines)
    }

    /// The text in a language.
    pub fn say(self, lang: Lang) -> &'static str {
        self.0.split('\n').nth(lang.0).unwrap_or_default()
    }
}

/// The keys of texts that a page may put its own in place of, a blank between them.
pub mod keys {
    include!(concat!(env!("OUT_DIR"), "/keys.rs"));

    /// Whether the toolbar says something under this key: `READY`, `errors.NOT_ALLOWED`,
    /// `errors.NOT_ALLOWED.remedy`, `causes.1017`.
    pub fn is_known(key: &str) -> bool {
        let is_listed =
            |list: &str, key: &str| !key.is_empty() && list.split(' ').any(|known| known == key);
        match key.split_once('.') {
            None => is_listed(TOOLBAR, key),
            Some(("errors", code)) => {
                let code = code.strip_suffix(".remedy").unwrap_or(code);
                is_listed(crate::fault::CODES, code)
            }
            // Of one that the table lacks, too: the page may know better.
            Some(("causes", number)) => number.parse::<u32>().is_ok(),
            Some(_) => false,
        }
    }
}

/// What an option has to be, for [`crate::Fault::OptionWrong`].
pub mod expected {
    use super::Word;

    include!(concat!(env!("OUT_DIR"), "/expected.rs"));
}
