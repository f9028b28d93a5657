//! The comparisons in the documentation: a page and plots in each language, and the table in the README, all made from the figures
//! that the last whole run left.

use std::fmt::Write;

use serde_json::{Value, json};

use super::comparison::{Comparison, GROUPS, figure};
use super::plot;
use crate::files;
use crate::paths::Context;
use crate::sh::{self, Failure};

/// Where figures and plots are, in `docs/`.
const FOLDER: &str = "bench";

/// Where the table stands in the README.
const MARKS: [&str; 2] = ["<!-- bench -->\n", "<!-- /bench -->"];

/// The page's own words.
struct Words {
    lang: &'static str,
    /// The page, in `docs/`.
    page: &'static str,
    /// From the page to `docs/`.
    up: &'static str,
    title: &'static str,
    /// With `{command}`, `{date}` and `{machine}`.
    about: &'static str,
    heads: [&'static str; 6],
    met: &'static str,
    missed: &'static str,
    /// Which way is better, behind the unit.
    more: &'static str,
    less: &'static str,
}

const WORDS: [Words; 2] = [
    Words {
        lang: "en",
        page: "bench.md",
        up: "",
        title: "Figures",
        about: "Made by {command}, which measures both sides in turn, in the same run, the same Chromium and on the same machine; \
                the last whole run was on {date}, {machine}. Milliseconds and megabytes differ from machine to machine, so look at \
                the ratio: how many times better ours is. Below 1 the peer is better. Where there is a goal, it stands there, met or not.",
        heads: ["what", "unit", "agent-toolbar", "peer", "ratio", "goal"],
        met: "met",
        missed: "missed",
        more: ", more is better",
        less: ", less is better",
    },
    Words {
        lang: "zh-CN",
        page: "zh-CN/bench.md",
        up: "../",
        title: "性能数据",
        about: "由 {command} 生成：在同一台机器、同一个 Chromium、同一次运行中轮流测量双方；最近一次完整运行：{date}，{machine}。\
                毫秒数和兆字节数因机器而异，请看倍数：我们好多少倍；小于 1 表示对方更好。设有目标的，写明是否达到。",
        heads: ["项目", "单位", "agent-toolbar", "对比对象", "倍数", "目标"],
        met: "达到",
        missed: "未达到",
        more: "，越大越好",
        less: "，越小越好",
    },
];

/// Keeps the figures of a run for the pages.
pub fn keep(ctx: &Context, comparisons: &[Comparison]) -> Result<(), Failure> {
    let all: Vec<Value> = comparisons.iter().map(Comparison::value).collect();
    let kept = json!({ "date": today()?, "machine": machine(), "comparisons": all });
    let text = serde_json::to_string_pretty(&kept)
        .map_err(|error| Failure::new(format!("the figures cannot be written: {error}")))?;
    let folder = ctx.root.join("docs").join(FOLDER);
    files::make_dir(&folder)?;
    files::write(&folder.join("figures.json"), text + "\n")
}

/// Every file that is made from the figures: its path from the repository's top, and what it holds.
pub fn pages(ctx: &Context) -> Result<Vec<(String, String)>, Failure> {
    let kept = files::read(&ctx.root.join("docs").join(FOLDER).join("figures.json"))?;
    let kept: Value = serde_json::from_str(&kept)
        .map_err(|error| Failure::new(format!("docs/{FOLDER}/figures.json: {error}")))?;
    let all = kept
        .get("comparisons")
        .and_then(Value::as_array)
        .and_then(|all| all.iter().map(Comparison::read).collect::<Option<Vec<_>>>())
        .ok_or_else(|| {
            Failure::new(format!(
                "docs/{FOLDER}/figures.json holds a figure that cannot be read: run `cargo xtask bench`"
            ))
        })?;
    let text = |key| kept.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut made = Vec::new();
    for words in &WORDS {
        let mut page = format!("# {}\n\n", words.title);
        let about = words
            .about
            .replace("{command}", "`cargo xtask bench`")
            .replace("{date}", text("date"))
            .replace("{machine}", text("machine"));
        let _ = writeln!(page, "{about}");
        for (group, titles) in GROUPS {
            let of_group: Vec<&Comparison> = all.iter().filter(|one| one.group == group).collect();
            if of_group.is_empty() {
                continue;
            }
            let title = title(titles, words.lang);
            let picture = format!("{FOLDER}/{group}.{}.svg", words.lang);
            let _ = writeln!(page, "\n## {title}\n\n![{title}]({}{picture})\n", words.up);
            page.push_str(&table(words, &of_group));
            // Rates are the only figures of which more is better.
            let unit = |unit: &str| {
                let better = if unit == "/s" { words.more } else { words.less };
                format!("{unit}{better}")
            };
            made.push((
                format!("docs/{picture}"),
                plot::draw(title, words.lang, unit, &of_group),
            ));
        }
        made.push((format!("docs/{}", words.page), page));
    }
    made.push(("README.md".to_owned(), readme(ctx, &all)?));
    Ok(made)
}

/// The README with the table of today's figures in it.
fn readme(ctx: &Context, all: &[Comparison]) -> Result<String, Failure> {
    let text = files::read(&ctx.root.join("README.md"))?;
    let [begin, end] = MARKS;
    let (before, rest) = text.split_once(begin).ok_or_else(no_place)?;
    let (_, after) = rest.split_once(end).ok_or_else(no_place)?;
    let mut ordered = Vec::new();
    for (group, _) in GROUPS {
        ordered.extend(all.iter().filter(|one| one.group == group));
    }
    let [english, ..] = &WORDS;
    Ok(format!(
        "{before}{begin}{}{end}{after}",
        table(english, &ordered)
    ))
}

fn no_place() -> Failure {
    Failure::new(
        "README.md has no place for the table of figures: two lines, `<!-- bench -->` and `<!-- /bench -->`",
    )
}

/// The table of some comparisons.
fn table(words: &Words, comparisons: &[&Comparison]) -> String {
    let mut out = format!(
        "| {} |\n|---|---|--:|--:|--:|---|\n",
        words.heads.join(" | ")
    );
    for one in comparisons {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} ({}) | {} | {} |",
            one.what(words.lang),
            one.unit,
            figure(one.ours),
            figure(one.theirs),
            one.peer,
            one.times(),
            one.verdict(words.met, words.missed),
        );
    }
    out
}

fn title<'a>(titles: &'a [(&str, &'a str)], lang: &str) -> &'a str {
    let said = titles.iter().find(|(tag, _)| *tag == lang);
    said.or(titles.first()).map_or("", |(_, title)| title)
}

/// The day, as `2026-01-31`.
fn today() -> Result<String, Failure> {
    let day = sh::capture(std::process::Command::new("date").args(["-u", "+%F"]))?;
    Ok(day.trim().to_owned())
}

/// What the machine is.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{cores} cores, {} {}",
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_a_title_in_every_language_of_the_pages() {
        for (group, titles) in GROUPS {
            for words in &WORDS {
                assert!(
                    titles.iter().any(|(tag, _)| *tag == words.lang),
                    "{group} {}",
                    words.lang
                );
            }
        }
    }
}
