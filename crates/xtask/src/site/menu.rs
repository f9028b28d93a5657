//! The order of the pages, `docs/pages.txt`: a name a line, under the `[group]` that it stands in.

use crate::sh::Failure;

/// Pages that stand together.
#[derive(Debug, PartialEq)]
pub struct Group {
    /// Its name; `group.NAME` of the site's words is its title.
    pub name: String,
    /// The names of its pages.
    pub pages: Vec<String>,
}

/// Reads the groups.
pub fn parse(text: &str) -> Result<Vec<Group>, Failure> {
    let mut groups: Vec<Group> = Vec::new();
    let mut seen = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            groups.push(Group {
                name: name.to_owned(),
                pages: Vec::new(),
            });
            continue;
        }
        if seen.contains(&line) {
            return Err(Failure::new(format!("docs/pages.txt names {line} twice")));
        }
        seen.push(line);
        let Some(group) = groups.last_mut() else {
            return Err(Failure::new(format!(
                "docs/pages.txt: {line} stands in no group"
            )));
        };
        group.pages.push(line.to_owned());
    }
    groups.retain(|group| !group.pages.is_empty());
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stand_in_the_group_above_them() {
        let groups = parse("\n[start]\n# first of all\nbegin\nlogin\n[empty]\n[more]\nerrors\n");
        let groups: Vec<_> = groups
            .expect("groups")
            .into_iter()
            .map(|group| (group.name, group.pages.join(" ")))
            .collect();
        assert_eq!(
            groups,
            [
                ("start".to_owned(), "begin login".to_owned()),
                ("more".to_owned(), "errors".to_owned()),
            ]
        );
    }

    #[test]
    fn a_page_stands_once_and_in_a_group() {
        assert!(parse("[a]\nx\n[b]\nx\n").is_err());
        assert!(parse("x\n[a]\ny\n").is_err());
    }
}
