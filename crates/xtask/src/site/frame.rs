//! What stands round every page: head, menu, contents, the way to other languages.

use super::links::relative;
use super::markdown::{Rendered, Source, escape};
use super::outline::Heading;
use super::template::fill;
use super::words::FIRST;
use super::{HOME, Site};
use crate::files;
use crate::sh::Failure;

/// Where the frame's own files lie, from `www/docs/`.
const FRAME: &str = "../site/";

impl Site {
    fn template(&self, name: &str) -> Result<String, Failure> {
        files::read(&self.root.join("www/site").join(name))
    }

    /// A finished page. `name` is that of a page of the documentation; none for a file of the repository.
    pub(super) fn frame(
        &self,
        language: &str,
        name: Option<&str>,
        source: &Source,
        rendered: &Rendered,
        is_foreign: bool,
    ) -> Result<String, Failure> {
        let say = |key: &str| self.say(language, key).map(escape);
        let up = relative(source.address, "");
        let title = title(source.headings).unwrap_or(source.file);
        let article = if is_foreign {
            let notice = if name.is_some() {
                say("untranslated")?
            } else {
                say("file")?
            };
            format!(
                "<p class=\"notice\">{notice}</p>\n<div lang=\"{}\">{}</div>",
                FIRST, rendered.html
            )
        } else {
            rendered.html.clone()
        };
        let run = if rendered.examples.is_empty() {
            String::new()
        } else {
            format!("<script type=\"module\" src=\"{up}{FRAME}run.js\"></script>")
        };
        let kind = match name {
            Some(HOME) => "home",
            Some(_) => "page",
            None => "file",
        };
        fill(
            "page.html",
            &self.template("page.html")?,
            &[
                ("language", language),
                ("title", &escape(title)),
                ("site", &say("site")?),
                ("frame", &format!("{up}{FRAME}")),
                ("alternates", &self.alternates(language, source.address)),
                ("run", &run),
                ("kind", kind),
                ("skip", &say("skip")?),
                ("menu", &say("menu")?),
                (
                    "home",
                    &relative(source.address, &format!("{language}/{HOME}.html")),
                ),
                ("search", &say("search")?),
                ("found", &say("found")?),
                ("none", &say("none")?),
                (
                    "index",
                    &relative(source.address, &format!("{language}/search.json")),
                ),
                ("demo", &format!("{up}../index.html")),
                ("demo-word", &say("demo")?),
                ("languages-word", &say("languages")?),
                ("languages", &self.switch(language, source.address)?),
                ("dark", &say("dark")?),
                ("pages-word", &say("pages")?),
                ("pages", &self.menu(language, name, source.address)?),
                ("contents", &contents(source.headings, &say("contents")?)),
                ("article", &article),
                ("copy", &say("copy")?),
                ("copied", &say("copied")?),
                ("neighbours", &self.neighbours(language, name)?),
                ("foot", &say("foot")?),
            ],
        )
    }

    /// The same page in the other languages, for search engines.
    fn alternates(&self, language: &str, address: &str) -> String {
        self.others(language, address)
            .map(|(tag, href)| {
                format!(
                    "<link rel=\"alternate\" hreflang=\"{tag}\" href=\"{}\">",
                    escape(&href)
                )
            })
            .collect()
    }

    /// The other languages, and the address of the same page in them.
    fn others(&self, language: &str, address: &str) -> impl Iterator<Item = (&str, String)> {
        let within = address
            .split_once('/')
            .map_or(address, |(_, rest)| rest)
            .to_owned();
        let (language, address) = (language.to_owned(), address.to_owned());
        self.languages
            .iter()
            .filter(move |other| other.tag != language)
            .map(move |other| {
                let there = format!("{}/{within}", other.tag);
                (other.tag.as_str(), relative(&address, &there))
            })
    }

    /// The links to the other languages.
    fn switch(&self, language: &str, address: &str) -> Result<String, Failure> {
        self.others(language, address)
            .map(|(tag, href)| {
                Ok(format!(
                    "<a href=\"{}\" hreflang=\"{tag}\" lang=\"{tag}\">{}</a>",
                    escape(&href),
                    escape(self.say(tag, "name")?)
                ))
            })
            .collect()
    }

    /// All pages by groups.
    fn menu(
        &self,
        language: &str,
        current: Option<&str>,
        address: &str,
    ) -> Result<String, Failure> {
        let item = |name: &str, word: &str, tag: &str| {
            let href = relative(address, &format!("{language}/{name}.html"));
            let mark = if current == Some(name) {
                " aria-current=\"page\""
            } else {
                ""
            };
            // A title that is not translated is read as what it is.
            let lang = if tag == language {
                String::new()
            } else {
                format!(" lang=\"{tag}\"")
            };
            format!(
                "<li><a href=\"{href}\"{mark}{lang}>{}</a></li>",
                escape(word)
            )
        };
        let home = item(HOME, self.say(language, "home")?, language);
        let mut out = format!("<ul>{home}</ul>\n");
        for group in &self.groups {
            let items: String = group
                .pages
                .iter()
                .filter_map(|name| {
                    let (_, is_translated) = self.page(language, name)?;
                    let tag = if is_translated { language } else { FIRST };
                    Some(item(name, self.title(language, name), tag))
                })
                .collect();
            if items.is_empty() {
                continue;
            }
            let title = self.say(language, &format!("group.{}", group.name))?;
            out.push_str(&format!(
                "<p id=\"group-{id}\">{}</p><ul aria-labelledby=\"group-{id}\">{items}</ul>\n",
                escape(title),
                id = escape(&group.name),
            ));
        }
        Ok(out)
    }

    /// A page's title in a language.
    pub(super) fn title(&self, language: &str, name: &str) -> &str {
        let page = self.page(language, name);
        page.and_then(|(page, _)| self::title(&page.headings))
            .unwrap_or_default()
    }

    /// The pages before and behind.
    fn neighbours(&self, language: &str, name: Option<&str>) -> Result<String, Failure> {
        let order: Vec<&str> = self
            .order()
            .filter(|name| self.page(language, name).is_some())
            .collect();
        let Some(at) = name.and_then(|name| order.iter().position(|one| *one == name)) else {
            return Ok(String::new());
        };
        let mut out = String::new();
        let before = at.checked_sub(1).and_then(|at| order.get(at));
        for (key, neighbour) in [("previous", before), ("next", order.get(at + 1))] {
            if let Some(neighbour) = neighbour {
                out.push_str(&format!(
                    "<a rel=\"{rel}\" href=\"{neighbour}.html\"><span>{}</span> {}</a>",
                    escape(self.say(language, key)?),
                    escape(self.title(language, neighbour)),
                    rel = if key == "previous" { "prev" } else { "next" },
                ));
            }
        }
        Ok(out)
    }

    /// The page that leads to a language.
    pub(super) fn landing(&self) -> Result<String, Failure> {
        let mut links = String::new();
        for language in &self.languages {
            links.push_str(&format!(
                "<a href=\"{tag}/{HOME}.html\" hreflang=\"{tag}\" lang=\"{tag}\"><b>{}</b> {}</a>\n",
                escape(language.say("name")?),
                escape(language.say("enter")?),
                tag = language.tag,
            ));
        }
        fill(
            "landing.html",
            &self.template("landing.html")?,
            &[("links", &links)],
        )
    }

    /// The page for addresses that are not there. It is shown at any depth, so it names others from the root.
    pub(super) fn not_found(&self) -> Result<String, Failure> {
        let mut links = String::new();
        for language in &self.languages {
            links.push_str(&format!(
                "<p lang=\"{tag}\">{} <a href=\"/docs/{tag}/{HOME}.html\">{}</a></p>\n",
                escape(language.say("lost")?),
                escape(language.say("enter")?),
                tag = language.tag,
            ));
        }
        fill(
            "lost.html",
            &self.template("lost.html")?,
            &[("links", &links)],
        )
    }
}

/// A page's title.
fn title(headings: &[Heading]) -> Option<&str> {
    let first = headings.first()?;
    (first.level == 1).then_some(first.text.as_str())
}

/// The sections of the page; nothing where there is only one.
fn contents(headings: &[Heading], word: &str) -> String {
    let shown: Vec<&Heading> = headings
        .iter()
        .filter(|heading| (2..=3).contains(&heading.level))
        .collect();
    if shown.len() < 2 {
        return String::new();
    }
    let mut list = String::new();
    for heading in shown {
        list.push_str(&format!(
            "<li class=\"level-{}\"><a href=\"#{}\">{}</a></li>",
            heading.level,
            escape(&heading.id),
            // Where a long name may be broken.
            escape(&heading.text).replace('_', "_<wbr>")
        ));
    }
    format!(
        "<button class=\"open-contents\" type=\"button\" popovertarget=\"contents\">{word}</button>\n\
         <nav class=\"contents\" id=\"contents\" popover aria-label=\"{word}\"><p aria-hidden=\"true\">{word}</p><ul>{list}</ul></nav>"
    )
}
