//! Another language is another file, and a language that does not say the same is refused when the package is built.

#[allow(dead_code)]
#[path = "../languages.rs"]
mod languages;

use agent::Lang;
use languages::Languages;
use std::fs;
use std::path::{Path, PathBuf};

const TABLE: &str = include_str!("../cause-codes.csv");

/// The languages of the package.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("languages")
}

fn file(tag: &str) -> String {
    fs::read_to_string(folder().join([tag, ".txt"].concat())).expect("a language")
}

/// What reading a copy of the languages gives that has this file as well.
fn with(test: &str, name: &str, text: &str) -> Result<Languages, String> {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&copy);
    fs::create_dir_all(&copy).expect("a folder");
    for entry in fs::read_dir(folder()).expect("languages") {
        let from = entry.expect("a language").path();
        fs::copy(&from, copy.join(from.file_name().expect("a name"))).expect("copied");
    }
    fs::write(copy.join(name), text).expect("written");
    languages::read(&copy)
}

/// Why such a copy is refused.
fn refusal(test: &str, name: &str, text: &str) -> String {
    let Err(refusal) = with(test, name, text) else {
        panic!("{name} is taken");
    };
    refusal
}

/// English with each `from` replaced, which it has.
fn english(from: &str, to: &str) -> String {
    let text = file("en");
    assert!(text.contains(from), "English lacks {from:?}");
    text.replace(from, to)
}

/// English as somebody would shout it: every small letter outside of keys and what is filled in is a large one.
fn shouted() -> String {
    let mut text = String::new();
    for line in file("en").lines() {
        match line
            .split_once(" = ")
            .filter(|(key, _)| *key != "DIRECTION")
        {
            Some((key, said)) => {
                text += &[key, " = "].concat();
                let mut inside = false;
                for c in said.chars() {
                    inside = (inside || c == '{') && c != '}';
                    text.push(if inside { c } else { c.to_ascii_uppercase() });
                }
            }
            None => text += line,
        }
        text.push('\n');
    }
    text
}

#[test]
fn another_file_is_another_language_in_all_that_is_made() {
    let more = with("more", "qaa.txt", &shouted()).unwrap_or_else(|wrong| panic!("{wrong}"));
    let count = Lang::COUNT + 1;
    let lines = |section, key| more.lines(section, key).expect("a text");
    let ready = lines("toolbar", "READY");
    assert!(
        ready.starts_with("就绪\n") && ready.contains("\nREADY"),
        "{ready}"
    );
    assert_eq!(
        lines("errors", "GAVE_UP").matches("{attempts}").count(),
        count
    );

    let themselves = more.themselves().expect("code");
    assert!(themselves.starts_with(&format!("const TAGS: [&str; {count}]")));
    assert!(
        themselves.contains("\"qaa\"") && themselves.contains("ENGLISH"),
        "{themselves}"
    );
    let choices = more.choices().expect("code");
    assert_eq!(choices.matches("Choice {").count(), count, "{choices}");
    for section in ["situations", "expected", "toolbar"] {
        let code = more.constants(section).expect("code");
        assert!(code.lines().count() > 2);
        for constant in code.lines() {
            assert_eq!(constant.matches("\\n").count(), count - 1, "{constant}");
        }
    }
    let keyed = more.keyed_constants("toolbar").expect("code");
    let ready = keyed.lines().find(|line| line.contains("const READY:"));
    let ready = ready.expect("a constant");
    assert!(ready.contains("\"READY\\n就绪\\n"), "{ready}");
    assert_eq!(ready.matches("\\n").count(), count, "{ready}");
    let errors = more.errors().expect("code");
    let login = errors.lines().find(|arm| arm.contains("\"NOT_LOGGED_IN\""));
    let login = login.expect("an arm");
    assert!(
        login.contains("LOG IN FIRST") && login.contains("CALL LOGIN()"),
        "{login}"
    );
    assert_eq!(login.matches("\\n").count(), 2 * count - 1, "{login}");
    let (rows, words) = more.causes(TABLE).expect("code");
    assert!(rows.lines().count() > 100);
    assert!(words.lines().all(|row| row.matches('\t').count() == count));
    assert!(words.contains("\tCALL ENDED NORMALLY"));
}

#[test]
fn a_language_that_lacks_a_text_is_refused_by_file_and_key() {
    for (gone, section, key) in [
        ("READY = Ready\n", "toolbar", "READY"),
        ("NAME = English\n", "language", "NAME"),
        ("TALKING = is in conversation\n", "situations", "TALKING"),
        (
            "NOT_LOGGED_IN.remedy = call login()\n",
            "errors",
            "NOT_LOGGED_IN.remedy",
        ),
        ("OK = Call ended normally\n", "causes", "OK"),
    ] {
        let refusal = refusal("lacking", "en.txt", &english(gone, ""));
        let wanted = format!("en.txt: [{section}] {key} is missing");
        assert!(refusal.contains(&wanted), "{refusal}");
    }
}

#[test]
fn a_language_that_says_something_else_is_refused_by_file_and_key() {
    for (from, to, wanted) in [
        (
            "\nREADY = Ready\n",
            "\nREADY = Ready\nREDY = Ready\n",
            "en.txt: [toolbar] REDY is not known",
        ),
        (
            "\nREADY = Ready\n",
            "\nREADY = Ready\nREADY = Idle\n",
            "en.txt: [toolbar] READY stands there twice",
        ),
        (
            "\nREADY = Ready\n",
            "\nREADY = \n",
            "en.txt: [toolbar] READY is empty",
        ),
        (
            "\nREADY = Ready\n",
            "\nREADY Ready\n",
            "en.txt: a line is `KEY = text`, not \"READY Ready\"",
        ),
        (
            "\nREADY = Ready\n",
            "\nREADY = Ready and waiting\n",
            "en.txt: [toolbar] READY is 17 columns wide",
        ),
        (
            "TO_TARGET = To {}",
            "TO_TARGET = To",
            "en.txt: [toolbar] TO_TARGET leaves open something else",
        ),
        (
            "field: {field}",
            "field: {name}",
            "en.txt: [errors] OPTION_MISSING leaves open something else",
        ),
        (
            "DIRECTION = ltr",
            "DIRECTION = up",
            "en.txt: [language] DIRECTION is ltr or rtl, not up",
        ),
        (
            "[causes]",
            "[reasons]",
            "en.txt: there is no section [reasons]",
        ),
    ] {
        let refusal = refusal("other", "en.txt", &english(from, to));
        assert!(refusal.contains(wanted), "{refusal}");
    }
    let refusal = refusal("named", "english.language.txt", &file("en"));
    assert!(refusal.contains("is named by its BCP 47 tag"), "{refusal}");
}

#[test]
fn a_cause_without_a_row_and_a_row_without_a_text_are_refused() {
    let all = languages::read(&folder()).unwrap_or_else(|wrong| panic!("{wrong}"));
    let refusal = all.causes(&TABLE.replace("USER_BUSY,", "USER_IDLE,"));
    assert!(
        refusal.is_err_and(|refusal| refusal.contains("zh-CN.txt: [causes] USER_IDLE is missing"))
    );
    let refusal = all.causes(&TABLE.replace("\nUSER_BUSY,1017", ""));
    assert!(
        refusal.is_err_and(|refusal| refusal.contains("[causes] USER_BUSY is in the languages"))
    );
}

#[test]
fn a_language_is_what_its_file_says() {
    for (tag, name) in [("zh-CN", "中文"), ("en", "English")] {
        let lang = Lang::of(tag);
        assert_eq!(
            (lang.tag(), lang.name(), lang.direction()),
            (tag, name, "ltr")
        );
    }
    assert_eq!(Lang::default().tag(), "zh-CN");
    for lang in Lang::all() {
        assert_eq!(Lang::of(lang.tag()), lang);
        assert_eq!(Lang::at(lang.place()), lang);
    }
    assert_eq!(Lang::of("tlh"), Lang::default());
    assert_eq!(Lang::at(99), Lang::default());
}
