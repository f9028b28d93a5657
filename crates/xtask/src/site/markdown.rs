//! A page's Markdown as HTML.

use std::collections::BTreeSet;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd, html,
};
use pulldown_cmark_escape::escape_html;

use super::links::{self, Target};
use super::outline::{self, Heading};
use super::search::Section;
use super::{Site, colours};
use crate::files;
use crate::sh::Failure;

/// The title of a link that stands for the table of the page it leads to.
const TABLE: &str = "table";

/// A text as HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::new();
    // Writing to a text cannot fail.
    let _ = escape_html(&mut out, text);
    out
}

/// What is turned into HTML, and where it will lie.
pub struct Source<'a> {
    /// The site that it is part of.
    pub site: &'a Site,
    /// The language of the pages round it.
    pub language: &'a str,
    /// Its Markdown's path in the repository.
    pub file: &'a str,
    /// Its Markdown.
    pub markdown: &'a str,
    /// Its headings.
    pub headings: &'a [Heading],
    /// Its page's path in the site.
    pub address: &'a str,
    /// Whether it is the first page, which shows its lists as cards and its links as buttons.
    pub is_home: bool,
}

/// What came of it.
#[derive(Default)]
pub struct Rendered {
    /// The HTML of the article.
    pub html: String,
    /// What the search finds.
    pub sections: Vec<Section>,
    /// The examples in it, in order.
    pub examples: Vec<String>,
    /// Files of the repository that it leads to.
    pub files: BTreeSet<String>,
    /// Pictures in it, which are copied.
    pub pictures: BTreeSet<String>,
    /// Links that lead nowhere.
    pub problems: Vec<String>,
}

impl Source<'_> {
    /// Renders it.
    pub fn render(&self) -> Result<Rendered, Failure> {
        let mut out = Rendered::default();
        let events: Vec<Event> = Parser::new_ext(self.markdown, outline::options()).collect();
        let mut html_events: Vec<Event> = Vec::with_capacity(events.len());
        let mut headings = self.headings.iter();
        let mut table = Table::new(&[]);
        let mut at = 0;
        while let Some(event) = events.get(at) {
            at += 1;
            out.note(event);
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let heading = headings.next();
                    let id = heading.map_or("", |heading| heading.id.as_str());
                    out.sections.push(Section::new(
                        id,
                        heading.map_or("", |heading| &heading.text),
                    ));
                    html_events.push(raw(format!("<{level} id=\"{}\">", escape(id))));
                }
                Event::End(TagEnd::Heading(level)) => {
                    html_events.push(raw(format!("</{level}>\n")))
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let mut code = String::new();
                    while let Some(Event::Text(text)) = events.get(at) {
                        out.note(&events[at]);
                        code.push_str(text);
                        at += 1;
                    }
                    // Its end.
                    at += 1;
                    html_events.push(raw(code_block(&code, language_of(kind))));
                }
                Event::Start(Tag::Paragraph) => {
                    let inside = inside(&events, at, TagEnd::Paragraph);
                    if let Some(whole) = self.instead_of(inside, &mut out)? {
                        inside.iter().for_each(|event| out.note(event));
                        html_events.push(raw(whole));
                        at += inside.len() + 1;
                    } else if self.is_home && only_links(inside) {
                        html_events.push(raw("<p class=\"ways\">".to_owned()));
                    } else {
                        html_events.push(event.clone());
                    }
                }
                Event::Start(Tag::Table(columns)) => {
                    table = Table::new(columns);
                    html_events.push(raw("<div class=\"table\"><table>\n".to_owned()));
                }
                Event::Start(Tag::TableHead) => html_events.push(raw("<thead><tr>".to_owned())),
                Event::End(TagEnd::TableHead) => html_events.push(raw(table.end_head().to_owned())),
                Event::Start(Tag::TableRow) => html_events.push(raw("<tr>".to_owned())),
                Event::End(TagEnd::TableRow) => html_events.push(raw(table.end_row().to_owned())),
                Event::Start(Tag::TableCell) => {
                    let is_empty = matches!(events.get(at), Some(Event::End(TagEnd::TableCell)));
                    html_events.push(raw(table.begin_cell(is_empty)));
                }
                Event::End(TagEnd::TableCell) => {
                    html_events.push(raw(format!("</{}>", table.cell)))
                }
                Event::End(TagEnd::Table) => {
                    html_events.push(raw("</tbody></table></div>\n".to_owned()));
                }
                Event::Start(Tag::Link {
                    dest_url, title, ..
                }) => {
                    // What is called by its file is called by its title in the site.
                    if let Some(title) = self.title_of(dest_url, &events[at..]) {
                        out.note(&Event::Text(title.into()));
                        html_events.push(raw(format!(
                            "<a href=\"{}\">{}</a>",
                            escape(&self.link(dest_url, &mut out).unwrap_or_default()),
                            escape(title)
                        )));
                        // The words and the end.
                        at += 2;
                        continue;
                    }
                    let link = self.link(dest_url, &mut out);
                    html_events.push(raw(match link {
                        Some(address) if title.is_empty() => {
                            format!("<a href=\"{}\">", escape(&address))
                        }
                        Some(address) => format!(
                            "<a href=\"{}\" title=\"{}\">",
                            escape(&address),
                            escape(title)
                        ),
                        None => "<a>".to_owned(),
                    }));
                }
                Event::End(TagEnd::Link) => html_events.push(raw("</a>".to_owned())),
                Event::Start(Tag::Image {
                    dest_url, title, ..
                }) => {
                    let dest_url = CowStr::from(self.picture(dest_url, &mut out));
                    html_events.push(Event::Start(Tag::Image {
                        link_type: LinkType::Inline,
                        dest_url,
                        title: title.clone(),
                        id: "".into(),
                    }));
                }
                Event::Start(Tag::BlockQuote(Some(kind))) => {
                    let name = alert(*kind);
                    let title = self.site.say(self.language, &format!("alert.{name}"))?;
                    html_events.push(raw(format!(
                        "<blockquote class=\"{name}\"><p class=\"alert\">{}</p>",
                        escape(title)
                    )));
                }
                // Chinese has no blanks, so the end of a line in it is none either.
                Event::SoftBreak if is_within_chinese(&events, at - 1) => {}
                // Notes for whoever reads the Markdown. Any other markup is text.
                Event::Html(text) | Event::InlineHtml(text)
                    if text.trim_start().starts_with("<!--") => {}
                Event::Html(text) | Event::InlineHtml(text) => {
                    html_events.push(Event::Text(text.clone()))
                }
                event => html_events.push(event.clone()),
            }
        }
        html::push_html(&mut out.html, html_events.into_iter());
        Ok(out)
    }

    /// What stands in the site where a paragraph is nothing but one link to an example, or to another page's table.
    fn instead_of(&self, inside: &[Event], out: &mut Rendered) -> Result<Option<String>, Failure> {
        let [
            Event::Start(Tag::Link {
                dest_url, title, ..
            }),
            ..,
            Event::End(TagEnd::Link),
        ] = inside
        else {
            return Ok(None);
        };
        if inside
            .iter()
            .filter(|event| matches!(event, Event::Start(Tag::Link { .. })))
            .count()
            > 1
        {
            return Ok(None);
        }
        match self.site.resolve(self.file, dest_url) {
            Ok(Target::Example(name)) => {
                let code = files::read(&self.site.root.join(format!("docs/examples/{name}.js")))?;
                let html = format!(
                    "<figure class=\"example\" data-example=\"{}\">{}</figure>\n",
                    escape(&name),
                    code_block(code.trim_end(), "js")
                );
                out.examples.push(name);
                Ok(Some(html))
            }
            Ok(Target::Page { name, .. }) if &**title == TABLE => {
                let table = self.site.table(self.language, &name)?;
                let Some(table) = table else {
                    out.problems
                        .push(format!("{}: {dest_url} has no table", self.file));
                    return Ok(None);
                };
                let address = self.link(dest_url, out).unwrap_or_default();
                let words: String = inside
                    .iter()
                    .filter_map(|event| match event {
                        Event::Text(text) | Event::Code(text) => Some(&**text),
                        _ => None,
                    })
                    .collect();
                Ok(Some(format!(
                    "{table}<p><a href=\"{}\">{}</a></p>\n",
                    escape(&address),
                    escape(&words)
                )))
            }
            _ => Ok(None),
        }
    }

    /// The title of the page that a link leads to, where the link is called by the name of the file.
    fn title_of(&self, link: &str, inside: &[Event]) -> Option<&str> {
        let [
            Event::Text(words) | Event::Code(words),
            Event::End(TagEnd::Link),
            ..,
        ] = inside
        else {
            return None;
        };
        let Ok(Target::Page { name, .. }) = self.site.resolve(self.file, link) else {
            return None;
        };
        let title = self.site.title(self.language, &name);
        (**words == format!("{name}.md") && !title.is_empty()).then_some(title)
    }

    /// The address of a link in the site; nothing where it leads nowhere.
    fn link(&self, link: &str, out: &mut Rendered) -> Option<String> {
        let problem = match self.site.resolve(self.file, link) {
            Ok(Target::Outside) => return Some(link.to_owned()),
            Ok(Target::Here(place)) => match outline::find(self.headings, &place) {
                Some(id) => return Some(format!("#{id}")),
                None => format!("{link} leads to no section of its page"),
            },
            Ok(Target::Page {
                language,
                name,
                place,
            }) => {
                match self
                    .site
                    .find_page(self.file, self.language, &language, &name, &place)
                {
                    Ok(to) => return Some(links::relative(self.address, &to)),
                    Err(problem) => format!("{link} {problem}"),
                }
            }
            Ok(Target::Served(path)) => {
                return Some(links::relative(&format!("docs/{}", self.address), &path));
            }
            Ok(Target::Example(name)) => {
                return Some(self.file_page(format!("docs/examples/{name}.js"), out));
            }
            Ok(Target::File(path)) => return Some(self.file_page(path, out)),
            Err(problem) => problem,
        };
        out.problems.push(format!("{}: {problem}", self.file));
        None
    }

    /// The address of the page that shows a file of the repository.
    fn file_page(&self, path: String, out: &mut Rendered) -> String {
        let address = links::relative(self.address, &super::file_address(self.language, &path));
        out.files.insert(path);
        address
    }

    /// The address of a picture, which is copied into the site.
    fn picture(&self, link: &str, out: &mut Rendered) -> String {
        match self.site.resolve(self.file, link) {
            Ok(Target::Outside) => link.to_owned(),
            Ok(Target::File(path)) => {
                let address = links::relative(self.address, &super::picture_address(&path));
                out.pictures.insert(path);
                address
            }
            Ok(Target::Served(path)) => links::relative(&format!("docs/{}", self.address), &path),
            Ok(_) => {
                out.problems
                    .push(format!("{}: {link} is no picture", self.file));
                String::new()
            }
            Err(problem) => {
                out.problems.push(format!("{}: {problem}", self.file));
                String::new()
            }
        }
    }
}

impl Rendered {
    /// Takes down what the search finds of an event.
    fn note(&mut self, event: &Event) {
        let Some(section) = self.sections.last_mut() else {
            return;
        };
        match event {
            Event::Text(text) | Event::Code(text) => section.text.push_str(text),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => section.text.push(' '),
            _ => {}
        }
    }
}

/// The table that is written. Not by the library, which aligns by a style, and strict pages have none.
struct Table {
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// The element of the cell that is open.
    cell: &'static str,
}

impl Table {
    fn new(columns: &[Alignment]) -> Self {
        Self {
            columns: columns.to_vec(),
            column: 0,
            in_head: true,
            cell: "td",
        }
    }

    fn begin_cell(&mut self, is_empty: bool) -> String {
        let to_end = matches!(self.columns.get(self.column), Some(Alignment::Right));
        let class = if to_end { " class=\"end\"" } else { "" };
        self.column += 1;
        if self.in_head && !is_empty {
            self.cell = "th";
            return format!("<th scope=\"col\"{class}>");
        }
        self.cell = "td";
        format!("<td{class}>")
    }

    fn end_head(&mut self) -> &'static str {
        self.column = 0;
        self.in_head = false;
        "</tr></thead>\n<tbody>\n"
    }

    fn end_row(&mut self) -> &'static str {
        self.column = 0;
        "</tr>\n"
    }
}

/// The tables of a text that have the heads of its first one, as one table in Markdown.
pub fn tables(markdown: &str) -> Option<String> {
    let mut tables = Parser::new_ext(markdown, outline::options())
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::Table(_))))
        .map(|(_, range)| &markdown[range]);
    let mut all = tables.next()?.trim_end().to_owned();
    for table in tables {
        if table.lines().next() == all.lines().next() {
            for row in table.trim_end().lines().skip(2) {
                all.push('\n');
                all.push_str(row);
            }
        }
    }
    Some(all)
}

/// All links of a text.
pub fn links(markdown: &str) -> Vec<String> {
    Parser::new_ext(markdown, outline::options())
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        })
        .collect()
}

/// A block of code; `language` may be empty.
pub fn code_block(code: &str, language: &str) -> String {
    let class = if language.is_empty() {
        String::new()
    } else {
        format!(" class=\"language-{}\"", escape(language))
    };
    format!(
        "<pre><code{class}>{}</code></pre>\n",
        colours::mark(code, language)
    )
}

fn raw(html: String) -> Event<'static> {
    Event::Html(html.into())
}

fn language_of<'a>(kind: &'a CodeBlockKind) -> &'a str {
    match kind {
        CodeBlockKind::Fenced(words) => words.split([' ', ',']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    }
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

/// The events up to an end.
fn inside<'a, 'b>(events: &'a [Event<'b>], from: usize, end: TagEnd) -> &'a [Event<'b>] {
    let rest = &events[from..];
    let length = rest.iter().position(|event| *event == Event::End(end));
    &rest[..length.unwrap_or(rest.len())]
}

/// Whether the end of a line stands between two Chinese characters.
fn is_within_chinese(events: &[Event], at: usize) -> bool {
    // Hiragana to ideographs, and the punctuation of full width.
    let is_chinese = |c: char| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ff60}');
    let before = events[..at].iter().rev().find_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.chars().next_back()),
        _ => None,
    });
    let behind = events[at..].iter().find_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.chars().next()),
        _ => None,
    });
    let both = [before, behind].map(|one| one.flatten().is_some_and(is_chinese));
    both == [true, true]
}

/// Whether nothing but links stands there.
fn only_links(inside: &[Event]) -> bool {
    let mut depth = 0_usize;
    let mut links = 0_usize;
    for event in inside {
        match event {
            Event::Start(Tag::Link { .. }) => {
                depth += 1;
                links += 1;
            }
            Event::End(TagEnd::Link) => depth = depth.saturating_sub(1),
            Event::Text(text) if depth == 0 && !text.trim().is_empty() => return false,
            Event::Code(_) if depth == 0 => return false,
            _ => {}
        }
    }
    links > 0
}
