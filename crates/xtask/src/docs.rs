//! `cargo xtask docs`: the pages of the documentation that are made from tables of the code, so that they cannot be
//! out of step with it.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use agent::Lang;
use agent::cause;
use agent::fault::CATALOGUE;
use agent::rules::{RULES, Situation};

use crate::bench;
use crate::files;
use crate::paths::Context;
use crate::sh::Failure;

/// What a page is written in and for.
struct Reader<'a> {
    lang: Lang,
    /// The words that stand on the pages beside those of the tables.
    words: &'static Words,
    /// The folder of all examples.
    examples: &'a Path,
    /// The way to it from the page.
    way: &'static str,
}

/// Makes a page.
type Make = fn(&Reader) -> String;

/// The pages: name, and what makes it.
const PAGES: [(&str, Make); 3] = [
    ("errors.md", errors),
    ("allowed.md", allowed),
    ("causes.md", causes),
];

/// What the pages say in a language.
struct Words {
    /// The language's tag, the folder of its pages in `docs/`, and the way back from there.
    tag: &'static str,
    folder: &'static str,
    way: &'static str,
    example: &'static str,
    errors: &'static str,
    /// What stands behind the word for a remedy, and behind a sentence.
    colon: &'static str,
    stop: &'static str,
    allowed: &'static str,
    situation: &'static str,
    requests: [&'static str; 6],
    every_situation: &'static str,
    supervisor: &'static str,
    causes: &'static str,
    cause: [&'static str; 3],
}

const ENGLISH: Words = Words {
    tag: "en",
    folder: "",
    way: "",
    example: "example",
    errors: "# Errors\n\n\
        Made by `cargo xtask docs` from the catalogue in `crates/agent/src/fault.rs` and `crates/agent/languages`.\n\n\
        Everything that the SDK throws, rejects with or tells by `Exception` is an `AgentSdkError`: an `Error` with \
        `code`, `message`, `remedy`, `version`, and `cause` where there is one (for a refusal of the platform \
        `{ status }`, its number). `{name}` in a sentence stands for what a case fills in. What the \
        examples use is told with the [options](options.md).\n",
    colon: "**: ",
    stop: ".",
    allowed: "# What is allowed when\n\n\
        Made by `cargo xtask docs` from the table in `crates/agent/src/rules.rs`.\n\n\
        The promise form (`sdk.request`) refuses at once what does not stand here, `sdk.snapshot().allowed` lists what \
        is allowed now. The plain methods send as those of the original SDK do and leave a refusal to the platform.\n\n",
    situation: "situation",
    requests: [
        "request",
        "allowed in",
        "supervisor",
        "switched off by",
        "done when",
        "failed when",
    ],
    every_situation: "every situation",
    supervisor: "yes",
    causes: "# Causes\n\n\
        Made by `cargo xtask docs` from `crates/agent/cause-codes.csv` and `crates/agent/languages`.\n\n\
        Why a call ended: the number is `data.cause` of [After](events.md#after), `causeCode` of \
        [MakeCallFail](events.md#makecallfail) and `error.cause.status` of [REFUSED](errors.md#refused). Of a number that \
        several names share the toolbar says the first text.\n\n\
        The sandbox brings each of them about: dial `0000` and four digits of the number.\n\n",
    cause: ["number", "name", "what it says"],
};

const CHINESE: Words = Words {
    tag: "zh-CN",
    folder: "zh-CN",
    way: "../",
    example: "示例",
    errors: "# 错误\n\n\
        由 `cargo xtask docs` 从 `crates/agent/src/fault.rs` 的目录和 `crates/agent/languages` 生成。\n\n\
        SDK 抛出的、promise 被拒绝时给出的、由 `Exception` 告知的，都是 `AgentSdkError`：一个 `Error`，带有 `code`、`message`、\
        `remedy`、`version`，有原因时还有 `cause`（平台拒绝时为 `{ status }`，即其编号）。说明中的 `{name}` 由具体情况填入。示例中用到的名称见[选项](options.md)。\n",
    colon: "**：",
    stop: "。",
    allowed: "# 何时允许什么\n\n\
        由 `cargo xtask docs` 从 `crates/agent/src/rules.rs` 的表生成。\n\n\
        promise 写法（`sdk.request`）立即拒绝表中没有的操作，`sdk.snapshot().allowed` 列出当前允许的操作。普通方法与原版 SDK 一样直接发送，\
        由平台决定是否拒绝。\n\n",
    situation: "情形",
    requests: [
        "请求",
        "允许的情形",
        "班长",
        "关闭它的选项",
        "完成于",
        "失败于",
    ],
    every_situation: "所有情形",
    supervisor: "是",
    causes: "# 原因\n\n\
        由 `cargo xtask docs` 从 `crates/agent/cause-codes.csv` 和 `crates/agent/languages` 生成。\n\n\
        通话为什么结束：编号即 [After](events.md#after) 的 `data.cause`、[MakeCallFail](events.md#makecallfail) 的 `causeCode`、\
        [REFUSED](errors.md#refused) 的 `error.cause.status`。几个名称共用一个编号时，工具条显示第一条文字。\n\n\
        沙箱可以产生每一种：拨 `0000` 加四位编号。\n\n",
    cause: ["编号", "名称", "含义"],
};

/// Every page: where it is, and what it says.
fn pages(ctx: &Context) -> Vec<(PathBuf, String)> {
    let docs = ctx.root.join("docs");
    let examples = docs.join("examples");
    let mut all = Vec::new();
    for words in [&ENGLISH, &CHINESE] {
        let reader = Reader {
            lang: Lang::of(words.tag),
            words,
            examples: &examples,
            way: words.way,
        };
        for (name, make) in PAGES {
            all.push((docs.join(words.folder).join(name), make(&reader)));
        }
    }
    all
}

/// Makes a file that is the same in every language.
type MakeFile = fn() -> String;

/// What else is made from tables: its path, and what makes it.
const FILES: [(&str, MakeFile); 2] = [
    ("pkg-config/index.d.ts", types::declarations),
    ("pkg-config/api-report.md", api_report),
];

/// Writes all pages.
pub fn write(ctx: &Context) -> Result<(), Failure> {
    for (path, make) in FILES {
        files::write(&ctx.root.join(path), make())?;
    }
    for (path, text) in pages(ctx) {
        if let Some(folder) = path.parent() {
            files::make_dir(folder)?;
        }
        files::write(&path, text)?;
    }
    for (path, page) in bench::page::pages(ctx)? {
        files::write(&ctx.root.join(path), page)?;
    }
    Ok(())
}

/// Fails where a page is not what its table says.
pub fn check(ctx: &Context) -> Result<(), Failure> {
    for (path, make) in FILES {
        if files::read(&ctx.root.join(path))? != make() {
            return Err(Failure::new(format!(
                "{path} is out of date: run `cargo xtask docs`"
            )));
        }
    }
    for (path, text) in pages(ctx) {
        if files::read(&path)? != text {
            return Err(Failure::new(format!(
                "{} is out of date: run `cargo xtask docs`",
                path.strip_prefix(&ctx.root).unwrap_or(&path).display()
            )));
        }
    }
    for (path, page) in bench::page::pages(ctx)? {
        if files::read(&ctx.root.join(&path))? != page {
            return Err(Failure::new(format!(
                "{path} is not what docs/bench/figures.json says: run `cargo xtask docs`"
            )));
        }
    }
    Ok(())
}

fn api_report() -> String {
    types::report::report(&types::declarations())
}

impl Reader<'_> {
    /// A link to an example, if there is one.
    fn example(&self, name: &str) -> String {
        if self.examples.join(name).exists() {
            format!("\n[{}]({}examples/{name})\n", self.words.example, self.way)
        } else {
            String::new()
        }
    }
}

fn errors(reader: &Reader) -> String {
    let words = reader.words;
    let mut out = words.errors.to_owned();
    let mut before = "";
    for entry in CATALOGUE {
        let code = entry.code();
        // Several sentences may share a code, and stand one after the other.
        if code != before {
            out.push_str(&end_of_error(reader, before));
            let _ = write!(out, "\n## {code}\n");
        }
        before = code;
        let _ = write!(
            out,
            "\n{}{}\n\n**{}{}{}{}\n",
            capital(entry.sentence(reader.lang)),
            words.stop,
            capital(reader.lang.heads().1),
            words.colon,
            entry.remedy(reader.lang),
            words.stop
        );
    }
    out.push_str(&end_of_error(reader, before));
    out
}

/// What stands last in the section of an error.
fn end_of_error(reader: &Reader, code: &str) -> String {
    if code.is_empty() {
        String::new()
    } else {
        reader.example(&format!("errors/{code}.js"))
    }
}

/// A sentence as it begins on a page.
fn capital(sentence: &str) -> String {
    let mut signs = sentence.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}

/// The head of a table.
fn heads(out: &mut String, cells: &[&str]) {
    row(out, cells);
    let _ = writeln!(out, "{}|", "|---".repeat(cells.len()));
}

/// A row of a table.
fn row(out: &mut String, cells: &[&str]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn allowed(reader: &Reader) -> String {
    let words = reader.words;
    let mut out = words.allowed.to_owned();
    heads(&mut out, &[words.situation, reader.lang.heads().0]);
    for situation in Situation::ALL {
        let code = format!("`{}`", situation.as_str());
        row(&mut out, &[&code, situation.words().say(reader.lang)]);
    }
    out.push('\n');
    heads(&mut out, &words.requests);
    for rule in RULES {
        let all = rule.situations().count() == Situation::ALL.len();
        let situations: Vec<&str> = rule.situations().map(Situation::as_str).collect();
        let names = |events: &[agent::EventName]| {
            let names: Vec<&str> = events.iter().map(|event| event.as_str()).collect();
            names.join(", ")
        };
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {} | {} | {} |",
            rule.request,
            if all {
                words.every_situation.to_owned()
            } else {
                situations.join(", ")
            },
            if rule.supervisor {
                words.supervisor
            } else {
                ""
            },
            if rule.feature.is_empty() {
                String::new()
            } else {
                format!("`features.{}`", rule.feature)
            },
            names(rule.done),
            names(rule.failed),
        );
    }
    out
}

fn causes(reader: &Reader) -> String {
    let words = reader.words;
    let mut out = words.causes.to_owned();
    let example = reader.example("causes/dial.js");
    if !example.is_empty() {
        let _ = writeln!(out, "{}", example.trim_start());
    }
    heads(&mut out, &words.cause);
    for cause in cause::ALL {
        let (code, name) = (cause.code.to_string(), format!("`{}`", cause.name));
        row(&mut out, &[&code, &name, cause.text.say(reader.lang)]);
    }
    out
}
