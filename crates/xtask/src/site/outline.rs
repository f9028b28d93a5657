//! The headings of a page, and the ids by which they are found.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What of Markdown there is beside CommonMark.
pub fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_GFM
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Its id in the site: the same in every language.
    pub id: String,
    /// The id that a plain view of the Markdown gives it.
    pub plain: String,
}

/// The headings of a page, with ids from its own words.
pub fn read(markdown: &str) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    // The heading that is read, whether all of it is code, and the id that it was given.
    let mut open: Option<(u8, String, bool, Option<String>)> = None;
    for event in Parser::new_ext(markdown, options()) {
        match (event, &mut open) {
            (Event::Start(Tag::Heading { level, id, .. }), _) => {
                open = Some((
                    level as u8,
                    String::new(),
                    true,
                    id.map(|id| id.to_string()),
                ));
            }
            (Event::Code(code), Some((_, text, _, _))) => text.push_str(&code),
            (Event::Text(words), Some((_, text, is_code, _))) => {
                *is_code = false;
                text.push_str(&words);
            }
            (Event::End(TagEnd::Heading(_)), _) => {
                let Some((level, text, is_code, given)) = open.take() else {
                    continue;
                };
                let id = given.unwrap_or_else(|| id(&text, is_code));
                let plain = unlike(&headings, slug(&text), |heading| &heading.plain);
                let id = unlike(&headings, id, |heading| &heading.id);
                headings.push(Heading {
                    level,
                    text,
                    id,
                    plain,
                });
            }
            _ => {}
        }
    }
    headings
}

/// Gives the headings of a translation the ids of the original; says whether both have the same sections.
pub fn follow(headings: &mut [Heading], original: &[Heading]) -> bool {
    let same = headings.len() == original.len()
        && headings
            .iter()
            .zip(original)
            .all(|(one, other)| one.level == other.level);
    if same {
        for (one, other) in headings.iter_mut().zip(original) {
            one.id.clone_from(&other.id);
        }
    }
    same
}

/// The id in the site of what a link calls so; links are written for a plain view of the Markdown, too.
pub fn find<'a>(headings: &'a [Heading], called: &str) -> Option<&'a str> {
    let exact = headings.iter().find(|heading| heading.id == called);
    exact
        .or_else(|| headings.iter().find(|heading| heading.plain == called))
        .or_else(|| {
            headings
                .iter()
                .find(|heading| heading.id.eq_ignore_ascii_case(called))
        })
        .map(|heading| heading.id.as_str())
}

/// The id that a heading has by itself: a name of the API is its own, as it is written.
fn id(text: &str, is_code: bool) -> String {
    let name = if is_code {
        text.split('(').next().unwrap_or(text)
    } else {
        text
    };
    if !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
    {
        name.to_owned()
    } else {
        slug(text)
    }
}

/// The id that GitHub gives a heading.
fn slug(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// An id that none of the headings before has yet.
fn unlike(headings: &[Heading], wanted: String, id: impl Fn(&Heading) -> &String) -> String {
    let taken = |candidate: &str| headings.iter().any(|heading| id(heading) == candidate);
    if !taken(&wanted) {
        return wanted;
    }
    (1..)
        .map(|number| format!("{wanted}-{number}"))
        .find(|candidate| !taken(candidate))
        .unwrap_or(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(markdown: &str) -> Vec<String> {
        read(markdown)
            .into_iter()
            .map(|heading| heading.id)
            .collect()
    }

    #[test]
    fn a_name_of_the_api_is_its_own_id_and_words_make_the_one_that_github_makes() {
        assert_eq!(
            ids(
                "# A page's own texts\n## `connectAccount`\n## `call(called, type)`\n## AgentRinging\n## 中文 标题：一\n"
            ),
            [
                "a-pages-own-texts",
                "connectAccount",
                "call",
                "AgentRinging",
                "中文-标题一"
            ]
        );
    }

    #[test]
    fn an_id_stands_once_in_a_page_and_may_be_given() {
        assert_eq!(
            ids("# x\n## x\n## x\n## Words {#given}\n"),
            ["x", "x-1", "x-2", "given"]
        );
    }

    #[test]
    fn a_translation_has_the_ids_of_the_original() {
        let original = read("# Title\n## One thing\n");
        let mut translated = read("# 标题\n## 一件事\n");
        assert!(follow(&mut translated, &original));
        assert_eq!(find(&translated, "one-thing"), Some("one-thing"));
        assert_eq!(find(&translated, "一件事"), Some("one-thing"));
        let mut other = read("# 标题\n### 一件事\n");
        assert!(!follow(&mut other, &original));
        assert_eq!(find(&other, "一件事"), Some("一件事"));
    }

    #[test]
    fn a_link_for_a_plain_view_finds_the_name() {
        let headings = read("## `connectAccount`\n");
        assert_eq!(find(&headings, "connectaccount"), Some("connectAccount"));
        assert_eq!(find(&headings, "account"), None);
    }
}
