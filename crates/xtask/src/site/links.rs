//! Where a link of a Markdown file leads.

use std::path::Path;

use super::words::Language;

/// What a link leads to; paths are the repository's.
#[derive(Debug, PartialEq)]
pub enum Target {
    /// Another site, or a mail address.
    Outside,
    /// A place in the same file.
    Here(String),
    /// A page of the documentation, and a place in it or nothing.
    Page {
        /// The language that the link itself names, by the folder it leads to.
        language: String,
        /// The page's name.
        name: String,
        /// The place in it.
        place: String,
    },
    /// An example that can be run, as `KIND/NAME`.
    Example(String),
    /// A file of `www/`, which is served: its address from the root.
    Served(String),
    /// Any other file of the repository.
    File(String),
}

/// Finds where `link` of the file `from` leads; an error says what is not there.
pub fn resolve(
    root: &Path,
    languages: &[Language],
    from: &str,
    link: &str,
) -> Result<Target, String> {
    if has_scheme(link) {
        return Ok(Target::Outside);
    }
    let (path, place) = link.split_once('#').unwrap_or((link, ""));
    if path.is_empty() {
        return Ok(Target::Here(place.to_owned()));
    }
    let path = join(from, path).ok_or_else(|| format!("{link} leads out of the repository"))?;
    if let Some((language, name)) = page(languages, &path) {
        return Ok(Target::Page {
            language,
            name,
            place: place.to_owned(),
        });
    }
    let file = root.join(&path);
    if !file.exists() {
        return Err(format!("{link} leads to {path}, which is not there"));
    }
    if let Some(example) = path
        .strip_prefix("docs/examples/")
        .and_then(|rest| rest.strip_suffix(".js"))
    {
        return Ok(Target::Example(example.to_owned()));
    }
    if let Some(served) = path.strip_prefix("www/") {
        let slash = if file.is_dir() && !served.is_empty() {
            "/"
        } else {
            ""
        };
        return Ok(Target::Served(format!("{served}{slash}")));
    }
    if file.is_dir() {
        let readme = format!("{path}/README.md");
        if root.join(&readme).is_file() {
            return Ok(Target::File(readme));
        }
        return Err(format!(
            "{link} leads to a folder without a README.md: name a file"
        ));
    }
    Ok(Target::File(path))
}

/// The page that lies at a path, if pages lie there.
fn page(languages: &[Language], path: &str) -> Option<(String, String)> {
    let (folder, file) = path.rsplit_once('/')?;
    let name = file.strip_suffix(".md")?;
    let language = languages.iter().find(|one| one.folder() == folder)?;
    Some((language.tag.clone(), name.to_owned()))
}

/// Whether a link names a protocol.
fn has_scheme(link: &str) -> bool {
    link.starts_with("//")
        || link.split_once(':').is_some_and(|(scheme, _)| {
            scheme.len() > 1
                && scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
}

/// A path beside a file, without `.` and `..`; nothing where it leads out.
fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The address of one file of the site as another's page names it.
pub fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let folders = to.len() - 1;
    let common = from
        .iter()
        .zip(&to[..folders])
        .take_while(|(one, other)| one == other)
        .count();
    let mut address = "../".repeat(from.len() - common);
    address.push_str(&to[common..].join("/"));
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_paths() {
        assert!(has_scheme("https://example.com/"));
        assert!(has_scheme("mailto:a@example.com"));
        assert!(!has_scheme("errors.md#a:b"));
        assert!(!has_scheme("../README.md"));
    }

    #[test]
    fn a_path_is_reckoned_from_the_file_it_stands_in() {
        assert_eq!(
            join("docs/zh-CN/api.md", "../examples/a/b.js").as_deref(),
            Some("docs/examples/a/b.js")
        );
        assert_eq!(
            join("README.md", "docs/api.md").as_deref(),
            Some("docs/api.md")
        );
        assert_eq!(join("docs/api.md", "../../api.md"), None);
    }

    #[test]
    fn one_page_names_another_from_where_it_lies() {
        assert_eq!(relative("en/api.html", "en/errors.html"), "errors.html");
        assert_eq!(
            relative("en/api.html", "zh-CN/api.html"),
            "../zh-CN/api.html"
        );
        assert_eq!(
            relative("en/source/a/b.md.html", "en/api.html"),
            "../../api.html"
        );
        assert_eq!(relative("index.html", "en/index.html"), "en/index.html");
    }
}
