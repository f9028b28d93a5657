//! The documentation site: the Markdown of `docs/` as pages under `www/docs/`, a folder for each language.
//!
//! `docs/NAME.md` is the page in English, `docs/LANGUAGE/NAME.md` its translation with the same sections; where that is
//! missing, the English one is shown and says so. `docs/pages.txt` orders them. What frames a page is in `www/site/`.

mod check;
mod colours;
mod frame;
mod links;
mod markdown;
mod menu;
mod outline;
mod search;
mod template;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use links::Target;
use markdown::{Rendered, Source};
use menu::Group;
use outline::Heading;
use words::{FIRST, Language};

use crate::files;
use crate::paths::Context;
use crate::sh::Failure;

/// The page that a language begins with; it stands before all that `docs/pages.txt` names.
const HOME: &str = "index";

/// The line of the examples' frame that an example takes the place of.
const EXAMPLE: &str = "  //: the example";

/// What the site is made from.
pub struct Site {
    /// The repository's root.
    pub root: PathBuf,
    /// English first.
    languages: Vec<Language>,
    groups: Vec<Group>,
    /// By language and name.
    pages: BTreeMap<(String, String), Page>,
    /// Translations that have other sections than the page they translate.
    unlike: Vec<String>,
}

/// A page's Markdown.
struct Page {
    /// Its path in the repository.
    file: String,
    markdown: String,
    headings: Vec<Heading>,
}

impl Page {
    fn title(&self) -> Option<&str> {
        let first = self.headings.first()?;
        (first.level == 1).then_some(first.text.as_str())
    }
}

/// The site's files, and what is wrong with it.
#[derive(Default)]
struct Made {
    /// Paths under `www/docs/`.
    files: BTreeMap<String, Vec<u8>>,
    problems: BTreeSet<String>,
    /// The examples of each page, by language and name.
    examples: BTreeMap<(String, String), Vec<String>>,
}

/// How many of the things that are wrong the build names.
const NAMED: usize = 5;

/// Writes the site anew, as a part of the build; says what is wrong with it and goes on.
pub fn build(ctx: &Context) -> Result<(), Failure> {
    write(ctx, NAMED)
}

/// Writes the site anew and says all that is wrong with it.
pub fn run(ctx: &Context) -> Result<(), Failure> {
    write(ctx, usize::MAX)
}

fn write(ctx: &Context, named: usize) -> Result<(), Failure> {
    let site = Site::read(&ctx.root)?;
    let made = site.make()?;
    let folder = ctx.root.join("www/docs");
    files::remove_dir(&folder)?;
    for (path, content) in &made.files {
        let path = folder.join(path);
        if let Some(above) = path.parent() {
            files::make_dir(above)?;
        }
        files::write(&path, content)?;
    }
    let tags: Vec<&str> = site.languages.iter().map(|one| one.tag.as_str()).collect();
    println!(
        "site: {} pages in {} in www/docs/",
        site.names().len(),
        tags.join(" and ")
    );
    let problems = check::problems(&site, &made)?;
    for problem in problems.iter().take(named) {
        println!("site: {problem}");
    }
    if let Some(more @ 1..) = problems.len().checked_sub(named) {
        println!("site: and {more} more; `cargo xtask site` names them");
    }
    Ok(())
}

/// Fails where a page, a section or a translation is missing, or a link leads nowhere.
pub fn check(ctx: &Context) -> Result<(), Failure> {
    let site = Site::read(&ctx.root)?;
    let problems = check::problems(&site, &site.make()?)?;
    if problems.is_empty() {
        return Ok(());
    }
    let lines: Vec<&str> = problems.iter().map(String::as_str).collect();
    Err(Failure::new(format!(
        "in the documentation:\n  {}",
        lines.join("\n  ")
    )))
}

/// The path in the site of the page that shows a file of the repository.
fn file_address(language: &str, path: &str) -> String {
    format!("{language}/source/{path}.html")
}

/// The path in the site of a copied picture.
fn picture_address(path: &str) -> String {
    format!("pictures/{path}")
}

impl Site {
    /// Reads what there is.
    fn read(root: &Path) -> Result<Self, Failure> {
        let languages = words::languages(root)?;
        let mut pages: BTreeMap<(String, String), Page> = BTreeMap::new();
        let mut unlike = Vec::new();
        for language in &languages {
            let folder = language.folder();
            for path in files::list(&root.join(&folder))? {
                let file = files::name(&path);
                let Some(name) = file.strip_suffix(".md") else {
                    continue;
                };
                let markdown = files::read(&path)?;
                let mut headings = outline::read(&markdown);
                let file = format!("{folder}/{file}");
                if let Some(original) = pages.get(&(FIRST.to_owned(), name.to_owned()))
                    && !outline::follow(&mut headings, &original.headings)
                {
                    unlike.push(file.clone());
                }
                let page = Page {
                    file,
                    markdown,
                    headings,
                };
                pages.insert((language.tag.clone(), name.to_owned()), page);
            }
        }
        Ok(Self {
            root: root.to_owned(),
            groups: menu::parse(&files::read(&root.join("docs/pages.txt"))?)?,
            languages,
            pages,
            unlike,
        })
    }

    /// The names of all pages: those of the English ones.
    fn names(&self) -> Vec<&str> {
        let first = self.pages.keys().filter(|(language, _)| language == FIRST);
        first.map(|(_, name)| name.as_str()).collect()
    }

    /// The pages as the menu orders them.
    fn order(&self) -> impl Iterator<Item = &str> {
        let named = self.groups.iter().flat_map(|group| &group.pages);
        [HOME].into_iter().chain(named.map(String::as_str))
    }

    /// A page in a language, else in English; and whether it is the translation.
    fn page(&self, language: &str, name: &str) -> Option<(&Page, bool)> {
        let get = |language: &str| self.pages.get(&(language.to_owned(), name.to_owned()));
        let own = get(language).map(|page| (page, true));
        own.or_else(|| get(FIRST).map(|page| (page, false)))
    }

    fn language(&self, tag: &str) -> Result<&Language, Failure> {
        let found = self.languages.iter().find(|language| language.tag == tag);
        found.ok_or_else(|| Failure::new(format!("www/site/words has no {tag}.txt")))
    }

    /// What the site says in a language.
    fn say(&self, language: &str, key: &str) -> Result<&str, Failure> {
        self.language(language)?.say(key)
    }

    /// Where a link leads.
    fn resolve(&self, from: &str, link: &str) -> Result<Target, String> {
        links::resolve(&self.root, &self.languages, from, link)
    }

    /// The address of the page that a link of the file `from` leads to, as shown among the pages of `shown`.
    fn find_page(
        &self,
        from: &str,
        shown: &str,
        linked: &str,
        name: &str,
        place: &str,
    ) -> Result<String, String> {
        // A page that stands in for its translation leads to what is in the reader's language.
        let written = self
            .languages
            .iter()
            .rev()
            .find(|one| from.starts_with(&format!("{}/", one.folder())));
        let is_own = written.map_or(FIRST, |one| one.tag.as_str()) == linked;
        let language = if is_own { shown } else { linked };
        let Some((page, _)) = self.page(language, name) else {
            return Err(format!("leads to the page {name}, which is not there"));
        };
        let address = format!("{language}/{name}.html");
        if place.is_empty() {
            return Ok(address);
        }
        match outline::find(&page.headings, place) {
            Some(id) => Ok(format!("{address}#{id}")),
            None => Err(format!("leads to no section of {}", page.file)),
        }
    }

    /// The table of a page as HTML.
    fn table(&self, language: &str, name: &str) -> Result<Option<String>, Failure> {
        let Some((page, _)) = self.page(language, name) else {
            return Ok(None);
        };
        let Some(markdown) = markdown::tables(&page.markdown) else {
            return Ok(None);
        };
        let source = Source {
            site: self,
            language,
            file: &page.file,
            markdown: &markdown,
            headings: &page.headings,
            address: &format!("{language}/{name}.html"),
            is_home: false,
        };
        Ok(Some(source.render()?.html))
    }

    /// Makes all files.
    fn make(&self) -> Result<Made, Failure> {
        let mut made = Made::default();
        for language in &self.languages {
            self.make_language(&language.tag, &mut made)?;
        }
        self.make_examples(&mut made)?;
        made.files
            .insert("index.html".to_owned(), self.landing()?.into());
        made.files
            .insert("404.html".to_owned(), self.not_found()?.into());
        Ok(made)
    }

    /// Makes the pages of a language, and those of the files that they lead to.
    fn make_language(&self, language: &str, made: &mut Made) -> Result<(), Failure> {
        let mut found = Vec::new();
        let mut wanted = BTreeSet::new();
        for name in self.names() {
            let Some((page, is_translated)) = self.page(language, name) else {
                continue;
            };
            let address = format!("{language}/{name}.html");
            let source = Source {
                site: self,
                language,
                file: &page.file,
                markdown: &page.markdown,
                headings: &page.headings,
                address: &address,
                is_home: name == HOME,
            };
            let rendered = source.render()?;
            found.push(search::page(
                &format!("{name}.html"),
                page.title().unwrap_or(name),
                &rendered.sections,
            ));
            wanted.extend(rendered.files.iter().cloned());
            let html = self.frame(language, Some(name), &source, &rendered, !is_translated)?;
            made.take(&self.root, address, html, &rendered)?;
            made.examples
                .insert((language.to_owned(), name.to_owned()), rendered.examples);
        }
        let found = serde_json::Value::Array(found).to_string();
        made.files
            .insert(format!("{language}/search.json"), found.into());

        // Files may lead to further files.
        let mut done = BTreeSet::new();
        while let Some(path) = wanted.pop_first() {
            if !done.insert(path.clone()) {
                continue;
            }
            let text = files::read(&self.root.join(&path))?;
            let markdown = if path.ends_with(".md") {
                text
            } else {
                as_markdown(&path, &text)
            };
            let address = file_address(language, &path);
            let source = Source {
                site: self,
                language,
                file: &path,
                markdown: &markdown,
                headings: &outline::read(&markdown),
                address: &address,
                is_home: false,
            };
            let rendered = source.render()?;
            wanted.extend(rendered.files.iter().cloned());
            let html = self.frame(language, None, &source, &rendered, language != FIRST)?;
            made.take(&self.root, address, html, &rendered)?;
        }
        Ok(())
    }

    /// Makes a module of each example, so that it can be run without compiling text in the page.
    fn make_examples(&self, made: &mut Made) -> Result<(), Failure> {
        let around = self.root.join("www/site/example.js");
        let shown: BTreeSet<&String> = made.examples.values().flatten().collect();
        if shown.is_empty() {
            return Ok(());
        }
        let around = files::read(&around)?;
        let Some((before, behind)) = around.split_once(EXAMPLE) else {
            return Err(Failure::new(format!(
                "www/site/example.js has no line `{EXAMPLE}`"
            )));
        };
        let mut modules = Vec::new();
        for name in shown {
            let code = files::read(&self.root.join(format!("docs/examples/{name}.js")))?;
            modules.push((
                format!("examples/{name}.js"),
                format!("{before}{}{behind}", code.trim_end()).into_bytes(),
            ));
        }
        made.files.extend(modules);
        Ok(())
    }
}

impl Made {
    /// Takes a finished page.
    fn take(
        &mut self,
        root: &Path,
        address: String,
        html: String,
        rendered: &Rendered,
    ) -> Result<(), Failure> {
        self.files.insert(address, html.into());
        self.problems.extend(rendered.problems.iter().cloned());
        for picture in &rendered.pictures {
            let bytes = files::read_bytes(&root.join(picture))?;
            self.files.insert(picture_address(picture), bytes);
        }
        Ok(())
    }
}

/// A file that is no Markdown, as a page of its own.
fn as_markdown(path: &str, text: &str) -> String {
    let kind = path.rsplit_once('.').map_or("", |(_, kind)| kind);
    // Longer than any fence inside.
    let fence = "`".repeat(
        text.lines()
            .map(|line| line.trim_start().chars().take_while(|c| *c == '`').count())
            .max()
            .unwrap_or(0)
            .max(2)
            + 1,
    );
    format!(
        "# `{path}`\n\n{fence}{kind}\n{}\n{fence}\n",
        text.trim_end()
    )
}

#[cfg(test)]
mod tests;
