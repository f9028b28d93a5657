//! What the site itself says, `www/site/words/LANGUAGE.txt`: a line is a key and its text.

use std::collections::BTreeMap;
use std::path::Path;

use crate::files;
use crate::sh::Failure;

/// The language that the pages are written in first; they stand in `docs/` itself.
pub const FIRST: &str = "en";

/// A language of the site.
pub struct Language {
    /// Its BCP 47 tag.
    pub tag: String,
    texts: BTreeMap<String, String>,
}

impl Language {
    /// What the site says under this key.
    pub fn say(&self, key: &str) -> Result<&str, Failure> {
        self.texts.get(key).map(String::as_str).ok_or_else(|| {
            Failure::new(format!(
                "www/site/words/{}.txt has no text for `{key}`: add the line `{key} = …`",
                self.tag
            ))
        })
    }

    /// The folder of its pages' Markdown.
    pub fn folder(&self) -> String {
        if self.tag == FIRST {
            "docs".to_owned()
        } else {
            format!("docs/{}", self.tag)
        }
    }

    fn parse(tag: &str, text: &str) -> Result<Self, Failure> {
        let mut texts = BTreeMap::new();
        for line in text.lines() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((key, said)) = line.split_once(" = ") else {
                return Err(Failure::new(format!(
                    "www/site/words/{tag}.txt: `{line}` is no `key = text`"
                )));
            };
            texts.insert(key.trim().to_owned(), said.trim().to_owned());
        }
        Ok(Self {
            tag: tag.to_owned(),
            texts,
        })
    }
}

/// All languages, that of `docs/` first.
pub fn languages(root: &Path) -> Result<Vec<Language>, Failure> {
    let mut languages = Vec::new();
    for path in files::list(&root.join("www/site/words"))? {
        let name = files::name(&path);
        if let Some(tag) = name.strip_suffix(".txt") {
            languages.push(Language::parse(tag, &files::read(&path)?)?);
        }
    }
    languages.sort_by_key(|language| language.tag != FIRST);
    match languages.first() {
        Some(first) if first.tag == FIRST => Ok(languages),
        _ => Err(Failure::new(format!(
            "www/site/words has no {FIRST}.txt, the language of docs/ itself"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_hold_whatever_stands_between_key_and_text() {
        let language = Language::parse("en", "# why\n\nfound = {} = found\n").expect("words");
        assert_eq!(language.say("found").ok(), Some("{} = found"));
    }

    #[test]
    fn a_text_that_is_not_there_is_named_with_its_file() {
        let language = Language::parse("pt-BR", "menu = Menu\n").expect("words");
        let failure = language.say("search").err().map(|one| one.to_string());
        assert!(
            failure.is_some_and(|text| text.contains("pt-BR.txt") && text.contains("`search`"))
        );
        assert!(Language::parse("en", "menu: Menu\n").is_err());
    }
}
