//! What `ts-rs` says of a type, as declarations that people read.

use std::fmt::Write;

use ts_rs::{Config, TS};

/// How many characters a line may have.
const WIDTH: usize = 128;

/// Numbers are JavaScript's, all of which are exact as far as ours go.
fn config() -> Config {
    Config::default().with_large_int("number")
}

/// The name of a type.
pub fn name<T: TS>() -> String {
    T::name(&config())
}

/// A struct as an interface.
pub struct Interface {
    head: String,
    about: Vec<String>,
    members: Vec<Member>,
}

/// A member of one.
struct Member {
    about: Vec<String>,
    /// Ends with a question mark where it may be absent.
    name: String,
    kind: String,
}

impl Interface {
    /// That of a struct whose members are all described.
    ///
    /// # Panics
    /// Where something is not described: then a description has to be written.
    pub fn of<T: TS>() -> Self {
        let config = config();
        let name = T::name(&config);
        let text = T::inline(&config);
        let body = text.trim().trim_start_matches('{').trim_end_matches('}');
        let mut members = Vec::new();
        let mut about = None;
        let mut lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
        while let Some(line) = lines.next() {
            if line == "/**" {
                about = Some(
                    lines
                        .by_ref()
                        .take_while(|l| *l != "*/")
                        .map(said)
                        .collect(),
                );
                continue;
            }
            let (member, kind) = line
                .split_once(": ")
                .unwrap_or_else(|| panic!("{name}: no member stands in {line:?}"));
            members.push(Member {
                about: about
                    .take()
                    .unwrap_or_else(|| panic!("{name}.{member} has no description")),
                name: member.to_owned(),
                kind: kind.trim_end_matches(',').replace('"', "'"),
            });
        }
        Interface {
            about: docs::<T>(),
            head: name,
            members,
        }
    }

    /// With another name, type parameters, or what it extends.
    pub fn named(self, head: &str) -> Self {
        Interface {
            head: head.to_owned(),
            ..self
        }
    }

    /// That of an object that nobody can change.
    pub fn frozen(mut self) -> Self {
        for member in &mut self.members {
            member.name.insert_str(0, "readonly ");
            member.kind = member.kind.replace("Array<", "ReadonlyArray<");
        }
        self
    }

    /// With what a member is where it is absent.
    ///
    /// # Panics
    /// Where there is no such member.
    pub fn with_default(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        let member = self
            .members
            .iter_mut()
            .find(|member| member.name.trim_end_matches('?') == name)
            .unwrap_or_else(|| panic!("{} has no member {name}", self.head));
        if let Some(last) = member.about.last_mut() {
            let _ = write!(last, " Default {value}.");
        }
        self
    }

    /// The names of its members.
    #[cfg(test)]
    pub fn names(&self) -> Vec<String> {
        let names = self
            .members
            .iter()
            .map(|member| member.name.trim_end_matches('?'));
        names.map(str::to_owned).collect()
    }

    /// The text.
    pub fn declare(&self) -> String {
        let mut out = comment("", &self.about);
        let _ = writeln!(out, "export interface {} {{", self.head);
        for member in &self.members {
            out.push_str(&comment("  ", &member.about));
            let _ = writeln!(out, "  {}: {};", member.name, member.kind);
        }
        out.push_str("}\n");
        out
    }
}

/// An enum as a union of texts.
pub fn words<T: TS>() -> String {
    let text = T::inline(&config());
    let words: Vec<&str> = text
        .split(" | ")
        .map(|word| word.trim_matches('"'))
        .collect();
    union(&docs::<T>(), &name::<T>(), &words)
}

/// A union of texts.
pub fn union(about: &[String], name: &str, words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let line = format!("export type {name} = {};\n", quoted.join(" | "));
    let mut out = comment("", about);
    if line.len() <= WIDTH {
        out.push_str(&line);
        return out;
    }
    let _ = write!(out, "export type {name} =");
    let mut column = WIDTH;
    for word in quoted {
        if column + word.len() + 3 > WIDTH {
            out.push_str("\n ");
            column = 1;
        }
        column += word.len() + 3;
        out.push_str(" | ");
        out.push_str(&word);
    }
    out + ";\n"
}

/// A description of a type.
fn docs<T: TS>() -> Vec<String> {
    let text = T::docs().unwrap_or_else(|| panic!("{} has no description", name::<T>()));
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| *line != "/**" && *line != "*/")
        .map(said)
        .collect()
}

/// What a line of a comment says.
fn said(line: &str) -> String {
    line.trim_start_matches('*').trim().to_owned()
}

/// A comment: on one line where it has one.
pub fn comment(indent: &str, lines: &[String]) -> String {
    match lines {
        [] => String::new(),
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let mut out = format!("{indent}/**\n");
            for line in lines {
                let _ = writeln!(out, "{}", format!("{indent} * {line}").trim_end());
            }
            let _ = writeln!(out, "{indent} */");
            out
        }
    }
}

#[cfg(test)]
#[allow(dead_code)] // of the types here only the shape is looked at
mod tests {
    use super::*;

    /// A thing.
    #[derive(TS)]
    #[ts(rename_all = "camelCase", optional_fields)]
    struct Thing {
        /// Its name.
        own_name: String,
        /// Of two
        /// lines.
        list: Option<Vec<Kind>>,
        /// Null: never.
        #[ts(optional = false)]
        at: Option<u64>,
    }

    /// What kind.
    #[derive(TS)]
    #[ts(rename_all = "camelCase")]
    enum Kind {
        /// One.
        FirstOne,
        /// Another.
        Second,
    }

    #[derive(TS)]
    struct Bare {
        x: u8,
    }

    /// A thing with a member that nobody described.
    #[derive(TS)]
    struct Half {
        x: u8,
    }

    #[test]
    fn a_struct_is_an_interface_with_its_descriptions() {
        let thing = Interface::of::<Thing>().named("Thing extends Other");
        assert_eq!(
            thing.with_default("ownName", "`x`").declare(),
            "\
/** A thing. */
export interface Thing extends Other {
  /** Its name. Default `x`. */
  ownName: string;
  /**
   * Of two
   * lines.
   */
  list?: Array<Kind>;
  /** Null: never. */
  at: number | null;
}
"
        );
        let frozen = Interface::of::<Thing>().frozen().declare();
        assert!(
            frozen.contains("\n  readonly list?: ReadonlyArray<Kind>;\n"),
            "{frozen}"
        );
    }

    #[test]
    fn an_enum_is_a_union_of_texts() {
        assert_eq!(
            words::<Kind>(),
            "/** What kind. */\nexport type Kind = 'firstOne' | 'second';\n"
        );
        let many: Vec<String> = (0..40).map(|number| format!("word{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let long = union(&[], "Many", &many);
        assert!(long.lines().all(|line| line.len() <= WIDTH), "{long}");
        assert_eq!(long.matches(" | 'word").count(), 40);
    }

    #[test]
    #[should_panic(expected = "Bare has no description")]
    fn a_type_without_a_description_stops() {
        docs::<Bare>();
    }

    #[test]
    #[should_panic(expected = "Half.x has no description")]
    fn a_member_without_a_description_stops() {
        Interface::of::<Half>();
    }

    #[test]
    #[should_panic(expected = "Thing has no member gone")]
    fn a_default_of_nothing_stops() {
        Interface::of::<Thing>().with_default("gone", 1);
    }
}
