//! Colours for code: comments, texts, numbers and words of the language, marked once while the site is built.
//!
//! No grammar: what cannot be told apart by looking at the next few characters has no colour of its own.

use pulldown_cmark_escape::escape_html_body_text;

/// What is known of a language.
struct Lexicon {
    /// What begins a comment that ends with the line.
    line: &'static str,
    /// What begins and ends other comments.
    block: Option<(&'static str, &'static str)>,
    /// What begins and ends a text.
    quotes: &'static str,
    /// The words of the language.
    words: &'static str,
}

const JAVASCRIPT: Lexicon = Lexicon {
    line: "//",
    block: Some(("/*", "*/")),
    quotes: "'\"`",
    words: "async await break case catch class const continue default delete do else export extends false finally for from \
            function if import in instanceof interface let new null of return static super switch this throw true try type \
            typeof undefined var void while yield",
};

const RUST: Lexicon = Lexicon {
    line: "//",
    block: Some(("/*", "*/")),
    // An apostrophe begins a lifetime more often than a character.
    quotes: "\"",
    words: "as async await break const continue crate dyn else enum false fn for if impl in let loop match mod move mut pub \
            ref return self Self static struct super trait true type use where while",
};

/// Shells, and whatever else has comments behind a hash.
const HASH: Lexicon = Lexicon {
    line: "#",
    block: None,
    quotes: "'\"",
    words: "true false",
};

const ERLANG: Lexicon = Lexicon {
    line: "%",
    block: None,
    quotes: "\"",
    words: "true false",
};

const CSS: Lexicon = Lexicon {
    line: "",
    block: Some(("/*", "*/")),
    quotes: "'\"",
    words: "",
};

/// Code as HTML.
pub fn mark(code: &str, language: &str) -> String {
    let mut out = String::new();
    match language {
        "js" | "javascript" | "mjs" | "ts" | "tsx" | "jsx" | "typescript" | "json" => {
            with_lexicon(&mut out, code, &JAVASCRIPT);
        }
        "rust" | "rs" => with_lexicon(&mut out, code, &RUST),
        "sh" | "bash" | "shell" | "toml" | "yaml" | "yml" | "conf" | "cfg" | "ini"
        | "dockerfile" | "nginx" => {
            with_lexicon(&mut out, code, &HASH);
        }
        "erlang" | "erl" => with_lexicon(&mut out, code, &ERLANG),
        "css" => with_lexicon(&mut out, code, &CSS),
        "html" | "xml" | "vue" | "svg" => html(&mut out, code),
        _ => plain(&mut out, code),
    }
    out
}

fn plain(out: &mut String, text: &str) {
    // Writing to a text cannot fail.
    let _ = escape_html_body_text(&mut *out, text);
}

fn span(out: &mut String, class: &str, text: &str) {
    out.push_str("<span class=\"");
    out.push_str(class);
    out.push_str("\">");
    plain(out, text);
    out.push_str("</span>");
}

fn with_lexicon(out: &mut String, code: &str, lexicon: &Lexicon) {
    let mut rest = code;
    let mut before = '\n';
    while let Some(first) = rest.chars().next() {
        let (class, length) = token(rest, first, before, lexicon);
        let (text, behind) = rest.split_at(length);
        if class.is_empty() {
            plain(out, text);
        } else {
            span(out, class, text);
        }
        before = text.chars().next_back().unwrap_or(before);
        rest = behind;
    }
}

/// The kind and the length in bytes of what `rest` begins with.
fn token(rest: &str, first: char, before: char, lexicon: &Lexicon) -> (&'static str, usize) {
    if !lexicon.line.is_empty()
        && rest.starts_with(lexicon.line)
        // A hash in a word, such as one of an address, begins nothing.
        && (lexicon.line != "#" || before.is_whitespace())
    {
        // What an example shows stands behind `//>`.
        let class = if rest.starts_with("//>") { "o" } else { "c" };
        return (class, rest.find('\n').unwrap_or(rest.len()));
    }
    if let Some((begin, end)) = lexicon.block
        && rest.starts_with(begin)
    {
        let length = rest.find(end).map_or(rest.len(), |at| at + end.len());
        return ("c", length);
    }
    if lexicon.quotes.contains(first) {
        return ("s", text_length(rest, first));
    }
    if first.is_ascii_digit() {
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_');
        return ("n", length.unwrap_or(rest.len()));
    }
    if first.is_alphabetic() || first == '_' || first == '$' {
        let length = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')
            .unwrap_or(rest.len());
        let is_word = before != '.'
            && lexicon
                .words
                .split_whitespace()
                .any(|word| word == &rest[..length]);
        return (if is_word { "k" } else { "" }, length);
    }
    ("", first.len_utf8())
}

/// The length of a text with its quotes. It ends with its line, but for a template's.
fn text_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if quote != '`' => return at,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Markup: tags and their attributes, with JavaScript between the tags of a script.
fn html(out: &mut String, code: &str) {
    let mut rest = code;
    while let Some(at) = rest.find('<') {
        plain(out, &rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            let length = rest.find("-->").map_or(rest.len(), |at| at + 3);
            span(out, "c", &rest[..length]);
            rest = &rest[length..];
            continue;
        }
        let name = rest[1..]
            .find(|c: char| !c.is_ascii_alphanumeric() && !"-/!:".contains(c))
            .map_or(rest.len(), |length| length + 1);
        let is_script = &rest[..name] == "<script";
        if name > 1 {
            span(out, "k", &rest[..name]);
        } else {
            plain(out, "<");
        }
        rest = &rest[name..];
        let end = rest.find('>').unwrap_or(rest.len());
        if name > 1 {
            with_lexicon(out, &rest[..end], &CSS);
            rest = &rest[end..];
        }
        if is_script && rest.starts_with('>') {
            plain(out, ">");
            rest = &rest[1..];
            let end = rest.find("</script").unwrap_or(rest.len());
            with_lexicon(out, &rest[..end], &JAVASCRIPT);
            rest = &rest[end..];
        }
    }
    plain(out, rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left when the marks are taken off again.
    fn unmarked(html: &str) -> String {
        let mut text = String::new();
        let mut inside = false;
        for c in html.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => text.push(c),
                _ => {}
            }
        }
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    }

    #[test]
    fn code_is_marked_and_nothing_of_it_is_lost() {
        for (language, code, marked) in [
            (
                "js",
                "await sdk.call('1 // 2'); // why\n",
                "<span class=\"c\">// why</span>\n",
            ),
            ("js", "show(1); //> 1", "<span class=\"o\">//&gt; 1</span>"),
            ("js", "sdk.default.of", "sdk.default.of"),
            ("js", "`a\n<b>`", "<span class=\"s\">`a\n&lt;b&gt;`</span>"),
            (
                "sh",
                "curl http://a/#b # c",
                "#b <span class=\"c\"># c</span>",
            ),
            (
                "rust",
                "fn f<'a>()",
                "<span class=\"k\">fn</span> f&lt;'a&gt;()",
            ),
            (
                "html",
                "<!-- a --><p id=\"b\">c</p>",
                "<span class=\"k\">&lt;p</span> id=<span class=\"s\">\"b\"</span>&gt;c",
            ),
            (
                "html",
                "<script src=x>new A(1 < 2)</script>",
                "<span class=\"k\">new</span> A(",
            ),
            ("none", "if <b> & 'c", "if &lt;b&gt; &amp; 'c"),
            (
                "js",
                "'never ended\n\\",
                "<span class=\"s\">'never ended</span>",
            ),
            ("html", "a < b <", "a &lt; b &lt;"),
        ] {
            let html = mark(code, language);
            assert!(html.contains(marked), "{html}");
            assert_eq!(unmarked(&html), code);
        }
    }
}
