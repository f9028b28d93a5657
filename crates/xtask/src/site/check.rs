//! What is wrong with the documentation, in sentences.

use std::collections::BTreeSet;

use super::links::Target;
use super::words::FIRST;
use super::{Made, Site, markdown, outline};
use crate::files;
use crate::sh::Failure;

/// Files beside the documentation whose links are looked at, too.
pub const BESIDE: [&str; 4] = [
    "README.md",
    "CONTRIBUTING.md",
    "pkg-config/README.md",
    "tests/README.md",
];

/// All of it, sorted.
pub fn problems(site: &Site, made: &Made) -> Result<BTreeSet<String>, Failure> {
    let mut problems = made.problems.clone();
    menu(site, &mut problems);
    translations(site, made, &mut problems);
    examples(site, made, &mut problems)?;
    beside(site, &mut problems)?;
    Ok(problems)
}

/// Every page is in the menu, and the menu names no other.
fn menu(site: &Site, problems: &mut BTreeSet<String>) {
    let named: Vec<&str> = site.order().collect();
    for name in &named {
        if site.page(FIRST, name).is_none() {
            problems.insert(format!(
                "docs/pages.txt names {name}, and there is no docs/{name}.md"
            ));
        }
    }
    for name in site.names() {
        if !named.contains(&name) {
            problems.insert(format!("docs/{name}.md is not in docs/pages.txt"));
        }
    }
    for page in site.pages.values() {
        if page.title().is_none() {
            problems.insert(format!("{} does not begin with a `# Title`", page.file));
        }
        for heading in &page.headings[..] {
            if heading.id.is_empty() {
                problems.insert(format!(
                    "{}: the heading `{}` has no letters",
                    page.file, heading.text
                ));
            }
        }
    }
}

/// Every page is there in every language, with the same sections and the same examples.
fn translations(site: &Site, made: &Made, problems: &mut BTreeSet<String>) {
    for language in &site.languages {
        for name in site.names() {
            let key = (language.tag.clone(), name.to_owned());
            if !site.pages.contains_key(&key) {
                problems.insert(format!(
                    "{}/{name}.md is missing; the page is shown in English there",
                    language.folder()
                ));
            } else if made.examples.get(&key)
                != made.examples.get(&(FIRST.to_owned(), name.to_owned()))
            {
                problems.insert(format!(
                    "{}/{name}.md shows other examples than docs/{name}.md",
                    language.folder()
                ));
            }
        }
    }
    for (language, name) in site.pages.keys() {
        if !site.names().contains(&name.as_str()) {
            problems.insert(format!(
                "docs/{language}/{name}.md translates docs/{name}.md, which is not there"
            ));
        }
    }
    for file in &site.unlike {
        problems.insert(format!(
            "{file} has other sections than the page it translates"
        ));
    }
}

/// Every example is shown somewhere.
fn examples(site: &Site, made: &Made, problems: &mut BTreeSet<String>) -> Result<(), Failure> {
    let shown: BTreeSet<&String> = made.examples.values().flatten().collect();
    for kind in files::folders(&site.root.join("docs/examples"))? {
        for path in files::list(&kind)? {
            let file = files::name(&path);
            let Some(name) = file.strip_suffix(".js") else {
                continue;
            };
            let name = format!("{}/{name}", files::name(&kind));
            if !shown.contains(&name) {
                problems.insert(format!("docs/examples/{name}.js is shown on no page"));
            }
        }
    }
    Ok(())
}

/// Links of files that are no pages lead somewhere.
fn beside(site: &Site, problems: &mut BTreeSet<String>) -> Result<(), Failure> {
    for file in BESIDE {
        let text = files::read(&site.root.join(file))?;
        for link in markdown::links(&text) {
            let led = site.resolve(file, &link).and_then(|target| match target {
                Target::Here(place) => match outline::find(&outline::read(&text), &place) {
                    Some(_) => Ok(()),
                    None => Err(format!("{link} leads to no section of it")),
                },
                Target::Page {
                    language,
                    name,
                    place,
                } => site
                    .find_page(file, &language, &language, &name, &place)
                    .map(drop)
                    .map_err(|problem| format!("{link} {problem}")),
                _ => Ok(()),
            });
            if let Err(problem) = led {
                problems.insert(format!("{file}: {problem}"));
            }
        }
    }
    Ok(())
}
