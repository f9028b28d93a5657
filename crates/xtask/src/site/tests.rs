//! The site as a whole, made from small repositories.

use super::*;

/// A repository that is removed when its test ends.
struct Sample {
    root: PathBuf,
}

impl Drop for Sample {
    fn drop(&mut self) {
        // What is left in the folder for temporary files hurts nobody.
        let _ = files::remove_dir(&self.root);
    }
}

const ENGLISH: &str = "\
# Title

See [the other](two.md#One-thing) and [two.md](two.md), [the licence](../LICENSE), [the demo](../www/index.html).

[example](examples/options/url.js)

| a | b |
|---|--:|
| 1 | 2 |
";

const CHINESE: &str = "\
# 标题

见[另一页](two.md#一件事)，
还有[它](two.md)、[许可](../../LICENSE)、[演示](../../www/index.html)。

[例子](../examples/options/url.js)
";

impl Sample {
    /// A repository whose documentation is in order.
    fn new(test: &str) -> Self {
        let root = std::env::temp_dir().join(format!("site-{}-{test}", std::process::id()));
        let sample = Self { root };
        let frame = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/site/");
        for name in [
            "page.html",
            "landing.html",
            "lost.html",
            "words/en.txt",
            "words/zh-CN.txt",
        ] {
            let text = files::read(&Path::new(frame).join(name)).expect("the site's own files");
            sample.write(&format!("www/site/{name}"), &text);
        }
        for file in check::BESIDE {
            sample.write(file, "# Beside\n");
        }
        sample.write("LICENSE", "as you like\n");
        sample.write("www/index.html", "");
        sample.write(
            "www/site/example.js",
            "export default async ({ show }) => {\n  //: the example\n};\n",
        );
        sample.write("docs/examples/options/url.js", "show(1 < 2); //> true\n");
        sample.write("docs/pages.txt", "[start]\none\ntwo\n");
        sample.write("docs/index.md", "# Home\n");
        sample.write("docs/zh-CN/index.md", "# 首页\n");
        sample.write("docs/one.md", ENGLISH);
        sample.write("docs/zh-CN/one.md", CHINESE);
        sample.write("docs/two.md", "# Two\n## One thing\nfirst\n");
        sample.write("docs/zh-CN/two.md", "# 二\n## 一件事\n先\n");
        sample
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        files::make_dir(path.parent().expect("a file has a folder"))
            .expect("a folder for temporary files");
        files::write(&path, text).expect("a folder for temporary files");
    }

    fn make(&self) -> (Site, Made) {
        let site = Site::read(&self.root).expect("a site");
        let made = site.make().expect("pages");
        (site, made)
    }

    fn problems(&self) -> Vec<String> {
        let (site, made) = self.make();
        check::problems(&site, &made)
            .expect("files beside")
            .into_iter()
            .collect()
    }
}

fn page(made: &Made, path: &str) -> String {
    String::from_utf8(made.files.get(path).expect(path).clone()).expect("text")
}

#[test]
fn documentation_in_order_has_no_problems() {
    assert_eq!(Sample::new("order").problems(), Vec::<String>::new());
}

#[test]
fn links_lead_where_they_lead_in_the_repository() {
    let (_, made) = Sample::new("links").make();
    let english = page(&made, "en/one.html");
    assert!(
        english.contains(
            "<a href=\"two.html#one-thing\">the other</a> and <a href=\"two.html\">Two</a>"
        ),
        "{english}"
    );
    assert!(english.contains("<a href=\"source/LICENSE.html\">"));
    assert!(english.contains("<a href=\"../../index.html\">the demo</a>"));
    let chinese = page(&made, "zh-CN/one.html");
    assert!(
        chinese.contains("见<a href=\"two.html#one-thing\">另一页</a>，还有"),
        "{chinese}"
    );
    assert!(page(&made, "zh-CN/source/LICENSE.html").contains("as you like"));
}

#[test]
fn a_language_leads_to_the_same_page_and_sections_of_the_other() {
    let (_, made) = Sample::new("switch").make();
    for (path, other, word) in [
        ("en/two.html", "../zh-CN/two.html", "One thing"),
        ("zh-CN/two.html", "../en/two.html", "一件事"),
    ] {
        let html = page(&made, path);
        assert!(
            html.contains(&format!("<h2 id=\"one-thing\">{word}</h2>")),
            "{html}"
        );
        assert!(
            html.contains(&format!("<a href=\"{other}\" hreflang=")),
            "{html}"
        );
    }
}

#[test]
fn an_example_is_shown_and_can_be_imported() {
    let (_, made) = Sample::new("example").make();
    let html = page(&made, "en/one.html");
    assert!(html.contains("<figure class=\"example\" data-example=\"options/url\"><pre><code class=\"language-js\">show("), "{html}");
    assert!(html.contains("../../site/run.js"));
    assert!(!page(&made, "en/two.html").contains("run.js"));
    assert_eq!(
        page(&made, "examples/options/url.js"),
        "export default async ({ show }) => {\nshow(1 < 2); //> true\n};\n"
    );
}

#[test]
fn a_strict_page_has_neither_scripts_nor_styles_in_its_text() {
    let sample = Sample::new("strict");
    sample.write("docs/two.md", "# Two\n## One thing\n<b onclick=\"x()\">loud</b>\n\n<script>x()</script>\n\n<!-- hidden -->\n");
    let (_, made) = sample.make();
    for (path, bytes) in &made.files {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".html") {
            assert!(
                !text.contains(" style=") && !text.contains("<style"),
                "{path}"
            );
            assert!(!text.contains("<script>"), "{path}");
        }
    }
    let html = page(&made, "en/two.html");
    assert!(
        html.contains("&lt;b onclick=") && !html.contains("hidden -->"),
        "{html}"
    );
    assert!(page(&made, "en/one.html").contains("<td class=\"end\">2</td>"));
}

#[test]
fn a_page_without_translation_is_shown_in_english_among_the_others() {
    let sample = Sample::new("untranslated");
    files::remove_dir(&sample.root.join("docs/zh-CN")).expect("a folder");
    sample.write("docs/zh-CN/two.md", "# 二\n## 一件事\n");
    let problems = sample.problems();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(
        problems[1].starts_with("docs/zh-CN/one.md is missing"),
        "{problems:?}"
    );
    let (_, made) = sample.make();
    let html = page(&made, "zh-CN/one.html");
    assert!(
        html.contains("class=\"notice\"") && html.contains("<div lang=\"en\">"),
        "{html}"
    );
    assert!(html.contains("<a href=\"two.html#one-thing\">"), "{html}");
}

#[test]
fn what_is_wrong_is_told_with_its_file() {
    for (test, path, text, problem) in [
        (
            "gone",
            "docs/two.md",
            "# Two\n## One thing\n[x](gone.md)\n",
            "docs/two.md: gone.md leads to the page gone, which is not there",
        ),
        (
            "file",
            "docs/two.md",
            "# Two\n## One thing\n[x](../gone.rs)\n",
            "docs/two.md: ../gone.rs leads to gone.rs, which is not there",
        ),
        (
            "place",
            "docs/two.md",
            "# Two\n## One thing\n[x](one.md#gone)\n",
            "docs/two.md: one.md#gone leads to no section of docs/one.md",
        ),
        (
            "here",
            "docs/two.md",
            "# Two\n## One thing\n[x](#gone)\n",
            "docs/two.md: #gone leads to no section of its page",
        ),
        (
            "table",
            "docs/two.md",
            "# Two\n## One thing\n[x](two.md \"table\")\n",
            "docs/two.md: two.md has no table",
        ),
        (
            "beside",
            "README.md",
            "[x](docs/one.md#gone)",
            "README.md: docs/one.md#gone leads to no section of docs/one.md",
        ),
        (
            "sections",
            "docs/zh-CN/two.md",
            "# 二\n## 一件事\n## 两件事\n",
            "docs/zh-CN/two.md has other sections than the page it translates",
        ),
        (
            "menu",
            "docs/pages.txt",
            "[start]\none\n",
            "docs/two.md is not in docs/pages.txt",
        ),
        (
            "named",
            "docs/pages.txt",
            "[start]\none\ntwo\nthree\n",
            "docs/pages.txt names three, and there is no docs/three.md",
        ),
        (
            "title",
            "docs/zh-CN/two.md",
            "## 二\n## 一件事\n",
            "docs/zh-CN/two.md does not begin with a `# Title`",
        ),
        (
            "orphan",
            "docs/zh-CN/three.md",
            "# 三\n",
            "docs/zh-CN/three.md translates docs/three.md, which is not there",
        ),
        (
            "shown",
            "docs/examples/options/more.js",
            "show(1);",
            "docs/examples/options/more.js is shown on no page",
        ),
        (
            "other",
            "docs/zh-CN/one.md",
            "# 标题\n",
            "docs/zh-CN/one.md shows other examples than docs/one.md",
        ),
    ] {
        let sample = Sample::new(test);
        sample.write(path, text);
        let problems = sample.problems();
        assert!(
            problems.iter().any(|one| one == problem),
            "{problem}: {problems:?}"
        );
    }
}

#[test]
fn the_table_of_another_page_can_be_shown_whole() {
    let sample = Sample::new("whole-table");
    let more = "## More\n\n| a | b |\n|---|--:|\n| 3 | 4 |\n\n| other |\n|---|\n| 5 |\n";
    sample.write("docs/one.md", &format!("{ENGLISH}\n{more}"));
    sample.write(
        "docs/two.md",
        "# Two\n## One thing\n[All](one.md \"table\")\n",
    );
    let (_, made) = sample.make();
    let html = page(&made, "en/two.html");
    assert!(
        html.contains("<td>1</td><td class=\"end\">2</td>"),
        "{html}"
    );
    assert!(
        html.contains("<td>3</td><td class=\"end\">4</td>"),
        "{html}"
    );
    assert!(!html.contains("other"), "{html}");
    assert!(
        html.contains("<p><a href=\"one.html\">All</a></p>"),
        "{html}"
    );
}

#[test]
fn the_search_is_given_titles_headings_and_text_of_each_language() {
    let (_, made) = Sample::new("search").make();
    assert!(
        page(&made, "en/search.json")
            .contains(r#"["two.html","Two",[["Two","Two",""],["one-thing","One thing","first"]]]"#)
    );
    assert!(
        page(&made, "zh-CN/search.json")
            .contains(r#"["two.html","二",[["Two","二",""],["one-thing","一件事","先"]]]"#)
    );
}

#[test]
fn a_file_is_shown_whatever_it_holds() {
    assert_eq!(
        as_markdown("a/b.rs", "fn f() {}\n"),
        "# `a/b.rs`\n\n```rs\nfn f() {}\n```\n"
    );
    assert!(as_markdown("a", "````\n").contains("\n`````\n````\n`````\n"));
}
