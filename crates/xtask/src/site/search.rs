//! What the search of the site looks through: a file for each language, read when somebody first searches.
//!
//! Whole texts and no index of words: Chinese has no blanks to cut at, and a few hundred kilobytes are searched faster
//! than a key is pressed again.

use serde_json::{Value, json};

/// A section of a page.
#[derive(Default)]
pub struct Section {
    /// Its heading's id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What stands under it.
    pub text: String,
}

impl Section {
    /// A section that nothing stands under yet.
    pub fn new(id: &str, title: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            text: String::new(),
        }
    }
}

/// A page as the search reads it: `[address, title, [[id, heading, text], …]]`.
pub fn page(address: &str, title: &str, sections: &[Section]) -> Value {
    let sections: Vec<Value> = sections
        .iter()
        .map(|section| {
            // The heading itself has been taken down, too.
            let text = section.text.strip_prefix(section.title.as_str());
            let words: Vec<&str> = text.unwrap_or(&section.text).split_whitespace().collect();
            json!([section.id, section.title, words.join(" ")])
        })
        .collect();
    json!([address, title, sections])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_its_heading_and_what_stands_under_it() {
        let mut section = Section::new("one", "One");
        section.text.push_str("One first\n  line");
        assert_eq!(
            page("api.html", "Methods", &[section]),
            json!(["api.html", "Methods", [["one", "One", "first line"]]])
        );
    }
}
