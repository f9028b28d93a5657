//! Reads the folder `languages/`, one file a language, and writes the code that speaks them; refuses a language that says less,
//! more or something else than the others.
//!
//! For the build scripts of this crate and of the toolbar, and for the test of itself.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// The language of who asks for none: the platform speaks it, too.
const USUAL: &str = "zh-CN";

/// What a file is made of.
const SECTIONS: [&str; 6] = [
    "language",
    "situations",
    "expected",
    "errors",
    "causes",
    "toolbar",
];

/// What the first section says of the language itself.
const OWN: [&str; 4] = ["NAME", "DIRECTION", "AGENT", "REMEDY"];

/// How wide texts of the toolbar may be where its design leaves no more room: in columns, of which a Chinese character takes two.
const WIDEST: [(&str, usize, &str); 2] = [
    (
        "the state chip",
        14,
        "OFFLINE CONNECTING RECONNECTING SIGNED_OUT SIGNED_IN USED_ELSEWHERE READY BUSY LOCKED CALLING RINGING IN_CALL ON_HOLD \
         MUTED TRANSFERRING CONSULTING CONFERENCE LISTENING WHISPERING BARGED_IN WRAP_UP CALL_ENDED CALL_FAILED",
    ),
    (
        "a button of a call",
        16,
        "ANSWER REJECT HANG_UP CANCEL_CALL HOLD RESUME MUTE UNMUTE KEYPAD TRANSFER CONSULT CONFER MERGE COMPLETE CANCEL_CONSULT",
    ),
];

/// Texts by section and key.
type Texts = BTreeMap<(&'static str, String), String>;

/// One language.
struct Language {
    file: PathBuf,
    tag: String,
    texts: Texts,
}

/// All languages, the usual one first.
pub struct Languages(Vec<Language>);

/// Reads a folder; a sentence says what is wrong with it.
pub fn read(folder: &Path) -> Result<Languages, String> {
    let broken = |error| format!("{}: {error}", folder.display());
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).map_err(broken)? {
        let file = entry.map_err(broken)?.path();
        let text = fs::read_to_string(&file).map_err(broken)?;
        let tag = tag(&file)?;
        let texts = texts(&file, &text)?;
        all.push(Language { file, tag, texts });
    }
    all.sort_by_key(|language| (language.tag != USUAL, language.tag.clone()));
    let Some((usual, others)) = all.split_first().filter(|(first, _)| first.tag == USUAL) else {
        return Err(format!("{} lacks {USUAL}.txt", folder.display()));
    };
    usual.check()?;
    for other in others {
        other.check()?;
        other.compare(usual)?;
    }
    Ok(Languages(all))
}

/// The BCP 47 tag that a file is named by.
fn tag(file: &Path) -> Result<String, String> {
    let name = file.file_name().and_then(|name| name.to_str());
    let tag = name.and_then(|name| name.strip_suffix(".txt"));
    let is_tag = |tag: &&str| {
        tag.split('-').all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
    };
    tag.filter(is_tag).map(str::to_owned).ok_or_else(|| {
        format!(
            "{}: a language is named by its BCP 47 tag, such as pt-BR.txt",
            file.display()
        )
    })
}

fn texts(file: &Path, text: &str) -> Result<Texts, String> {
    let at = file.display();
    let mut texts = Texts::new();
    let mut section = None;
    for line in text.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            section = SECTIONS.into_iter().find(|known| *known == name);
            if section.is_none() {
                return Err(format!(
                    "{at}: there is no section [{name}], only {SECTIONS:?}"
                ));
            }
            continue;
        }
        let Some((key, text)) = line.split_once(" = ") else {
            return Err(format!("{at}: a line is `KEY = text`, not {line:?}"));
        };
        let Some(section) = section else {
            return Err(format!("{at}: {key} stands before the first section"));
        };
        let text = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
            .unwrap_or(text);
        if text.trim().is_empty() || text.contains('\t') {
            return Err(format!(
                "{at}: [{section}] {key} is empty, or has a tab in it"
            ));
        }
        if texts
            .insert((section, key.to_owned()), text.to_owned())
            .is_some()
        {
            return Err(format!("{at}: [{section}] {key} stands there twice"));
        }
    }
    Ok(texts)
}

/// What a text leaves open, in the order of the alphabet: a language may have an order of its own.
fn holes(text: &str) -> Vec<&str> {
    let mut holes: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|part| Some(part.split_once('}')?.0))
        .filter(|name| name.bytes().all(|b| b.is_ascii_lowercase()))
        .collect();
    holes.sort_unstable();
    holes
}

/// How wide a text is, in columns.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if c >= '\u{1100}' { 2 } else { 1 })
        .sum()
}

impl Language {
    /// Whether it is in itself as it has to be.
    fn check(&self) -> Result<(), String> {
        let at = self.file.display();
        for key in OWN {
            self.text("language", key)?;
        }
        let direction = self.text("language", "DIRECTION")?;
        if !["ltr", "rtl"].contains(&direction) {
            return Err(format!(
                "{at}: [language] DIRECTION is ltr or rtl, not {direction}"
            ));
        }
        for (place, most, keys) in WIDEST {
            for key in keys.split(' ') {
                let text = self.text("toolbar", key)?;
                let width = width(text);
                if width > most {
                    return Err(format!(
                        "{at}: [toolbar] {key} is {width} columns wide, {place} has room for {most}: {text:?}"
                    ));
                }
            }
        }
        Ok(())
    }

    /// Whether it says what another one says.
    fn compare(&self, other: &Language) -> Result<(), String> {
        let (at, there) = (self.file.display(), other.file.display());
        for (section, key) in other.texts.keys() {
            if !self.texts.contains_key(&(*section, key.clone())) {
                return Err(format!(
                    "{at}: [{section}] {key} is missing, {there} has it"
                ));
            }
        }
        for ((section, key), text) in &self.texts {
            let Some(said) = other.texts.get(&(*section, key.clone())) else {
                return Err(format!(
                    "{at}: [{section}] {key} is not known, {there} has no such key"
                ));
            };
            if holes(text) != holes(said) {
                return Err(format!(
                    "{at}: [{section}] {key} leaves open something else than in {there}: {text:?}, {said:?}"
                ));
            }
        }
        Ok(())
    }

    fn text(&self, section: &'static str, key: &str) -> Result<&str, String> {
        let text = self.texts.get(&(section, key.to_owned()));
        text.map(String::as_str)
            .ok_or_else(|| format!("{}: [{section}] {key} is missing", self.file.display()))
    }
}

impl Languages {
    /// The keys of a section.
    pub fn keys(&self, section: &'static str) -> Vec<&str> {
        let all = self
            .0
            .iter()
            .take(1)
            .flat_map(|language| language.texts.keys());
        all.filter(|(of, _)| *of == section)
            .map(|(_, key)| key.as_str())
            .collect()
    }

    /// A text in each language, a line each.
    pub fn lines(&self, section: &'static str, key: &str) -> Result<String, String> {
        let texts: Result<Vec<&str>, String> = self
            .0
            .iter()
            .map(|language| language.text(section, key))
            .collect();
        Ok(texts?.join("\n"))
    }

    /// A constant a text, as Rust: what nobody says is cut off.
    pub fn constants(&self, section: &'static str) -> Result<String, String> {
        self.written(section, |_, lines| lines)
    }

    /// As [`Languages::constants`], with the key in a line before the texts: a page may put its own in their place.
    pub fn keyed_constants(&self, section: &'static str) -> Result<String, String> {
        self.written(section, |key, lines| [key, "\n", &lines].concat())
    }

    fn written(
        &self,
        section: &'static str,
        put: fn(&str, String) -> String,
    ) -> Result<String, String> {
        let mut code = String::new();
        for key in self.keys(section) {
            let lines = put(key, self.lines(section, key)?);
            let _ = writeln!(
                code,
                "#[allow(missing_docs)] pub const {key}: Word = Word::new({lines:?});"
            );
        }
        Ok(code)
    }

    /// The keys of a section as one text, a blank between them, as Rust.
    pub fn listed(&self, name: &str, section: &'static str) -> String {
        let keys = self.keys(section).join(" ");
        format!("#[allow(missing_docs)] pub const {name}: &str = {keys:?};\n")
    }

    /// What each language is called, in a row of an array: tag, own name, direction, words of the documentation.
    pub fn themselves(&self) -> Result<String, String> {
        let tags: Vec<&str> = self.0.iter().map(|language| &*language.tag).collect();
        let mut code = format!("const TAGS: [&str; {}] = {tags:?};\n", tags.len());
        for key in OWN {
            let lines = self.lines("language", key)?;
            let _ = writeln!(code, "const {key}: Word = Word::new({lines:?});");
        }
        Ok(code)
    }

    /// A macro that gives the texts of an error as one: a line a language, first its sentence, then what to do. The compiler
    /// refuses one that no fault has, and a fault that has none.
    pub fn errors(&self) -> Result<String, String> {
        let mut arms = String::new();
        for key in self.keys("errors") {
            let (error, is_remedy) = match key.strip_suffix(".remedy") {
                Some(error) => (error, true),
                None => (key, false),
            };
            let sentence = self.lines("errors", error)?;
            let remedy = self.lines("errors", &[error, ".remedy"].concat())?;
            if !is_remedy {
                let _ = writeln!(
                    arms,
                    "    ({error:?}) => {{ {:?} }};",
                    [sentence, remedy].join("\n")
                );
            }
        }
        Ok(format!(
            "#[deny(unused_macro_rules)]\nmacro_rules! said {{\n{arms}}}\n"
        ))
    }

    /// The table of causes as Rust, and number and texts of the first cause with each number.
    pub fn causes(&self, table: &str) -> Result<(String, String), String> {
        let (mut rows, mut words) = (String::new(), String::new());
        let mut known = Vec::new();
        for (n, line) in table.lines().enumerate().skip(1) {
            let row = line
                .split_once(',')
                .map(|(name, code)| (name, code.parse::<u32>()));
            let Some((name, Ok(code))) = row else {
                return Err(format!(
                    "cause-codes.csv line {}: a name and a number are wanted",
                    n + 1
                ));
            };
            let lines = self.lines("causes", name)?;
            let _ = writeln!(
                rows,
                "    Cause {{ name: {name:?}, code: {code}, text: Word::new({lines:?}) }},"
            );
            if !known.contains(&code) {
                known.push(code);
                let _ = writeln!(words, "{code}\t{}", lines.replace('\n', "\t"));
            }
        }
        let is_listed = |key: &str| {
            table
                .lines()
                .any(|line| line.split(',').next() == Some(key))
        };
        if let Some(key) = self.keys("causes").into_iter().find(|key| !is_listed(key)) {
            return Err(format!(
                "[causes] {key} is in the languages, but not in cause-codes.csv"
            ));
        }
        Ok((format!("&[\n{rows}]\n"), words))
    }

    /// The languages as choices of the settings, as Rust.
    pub fn choices(&self) -> Result<String, String> {
        let mut code = String::from("&[\n");
        for language in &self.0 {
            let name = language.text("language", "NAME")?;
            let _ = writeln!(
                code,
                "    Choice {{ value: {:?}, text: |_| {name:?}.to_owned() }},",
                language.tag
            );
        }
        code += "]\n";
        Ok(code)
    }
}
