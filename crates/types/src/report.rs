//! The interface of the package, short: every declaration without its description, in the order of names, so that a change of
//! what pages can rely on is a change of lines that nobody overlooks.

/// The report of these declarations.
pub fn report(declarations: &str) -> String {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in without_comments(declarations).lines() {
        let begins = ["export ", "declare "]
            .iter()
            .any(|word| line.starts_with(word));
        match all.last_mut() {
            Some((_, text)) if !begins => {
                text.push('\n');
                text.push_str(line);
            }
            _ => all.push((sorted_by(line), line.to_owned())),
        }
    }
    all.sort();
    let mut out = String::from(
        "# The interface of the package\n\n\
         Made by `cargo xtask docs` from `index.d.ts`. Whatever changes here changes what pages can rely on: say so in \
         `CHANGELOG.md`.\n\n```ts\n",
    );
    for (_, text) in all {
        out.push_str(&text);
        out.push_str("\n\n");
    }
    out.truncate(out.trim_end().len());
    out.push_str("\n```\n");
    out
}

/// What a declaration is sorted by: its name, whatever kind it is of.
fn sorted_by(line: &str) -> String {
    let words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    let kinds = [
        "export",
        "declare",
        "default",
        "class",
        "interface",
        "type",
        "",
    ];
    words.filter(|word| !kinds.contains(word)).take(1).collect()
}

/// Lines that say something, without comments.
fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let begins = trimmed.starts_with("/**");
        if !inside && !begins && !trimmed.is_empty() && !trimmed.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        inside = (inside || begins) && !trimmed.ends_with("*/");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_stand_in_the_order_of_their_names_without_descriptions() {
        let given = "\
/** Second. */
export interface B {
  /**
   * Of two
   * lines.
   */
  b: string;

  c: string;
}

// -- part --
export type A = 1;
";
        let report = report(given);
        let (_, code) = report.split_once("```ts\n").expect("code");
        assert_eq!(
            code,
            "export type A = 1;\n\nexport interface B {\n  b: string;\n  c: string;\n}\n```\n"
        );
    }
}
