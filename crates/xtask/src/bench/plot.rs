//! The plot of one subject: for each thing that was measured a bar of ours and one of each peer, drawn to the longest of them.

use std::fmt::Write;

use super::comparison::{Comparison, figure};

/// Width of the picture, and of its longest bar.
const WIDTH: f64 = 720.0;
const LONGEST: f64 = 330.0;
/// Round everything, above the bars of one thing, of one bar, and below them.
const MARGIN: f64 = 20.0;
const HEAD: f64 = 20.0;
const BAR: f64 = 21.0;
const GAP: f64 = 14.0;

/// Colours of a picture that stands on its own: the page round it may be light or dark.
const GROUND: &str = "#ffffff";
const TEXT: &str = "#1f2733";
const OURS: &str = "#1f5fd6";
const THEIRS: &str = "#9aa5b4";

/// Who has the upper bar.
const OUR_NAME: &str = "agent-toolbar";

/// Draws comparisons in a language; `unit` says a unit, and which way is better.
pub fn draw(title: &str, lang: &str, unit: impl Fn(&str) -> String, all: &[&Comparison]) -> String {
    // One bar of ours is enough for all peers of the same thing.
    let rows: Vec<&[&Comparison]> = all
        .chunk_by(|one, next| one.what == next.what && one.unit == next.unit)
        .collect();
    let bars: usize = rows.iter().map(|peers| peers.len() + 1).sum();
    let height = 2.0 * MARGIN + rows.len() as f64 * (HEAD + GAP) + bars as f64 * BAR - GAP;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         font-family=\"system-ui, 'Noto Sans CJK SC', sans-serif\" font-size=\"13\" role=\"img\" lang=\"{lang}\">\n\
         <title>{}</title>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" rx=\"8\" fill=\"{GROUND}\"/>\n",
        escaped(title)
    );
    let mut y = MARGIN;
    for peers in rows {
        let [first, ..] = peers else { continue };
        let head = format!("{} · {}", first.what(lang), unit(&first.unit));
        label(&mut out, MARGIN, y + 12.0, &head);
        y += HEAD;
        let theirs = peers
            .iter()
            .map(|one| (one.peer.as_str(), one.theirs, THEIRS));
        let lines: Vec<_> = std::iter::once((OUR_NAME, first.ours, OURS))
            .chain(theirs)
            .collect();
        let longest = lines.iter().map(|(_, value, _)| *value).fold(0.0, f64::max);
        for (who, value, colour) in lines {
            // A bar that is hardly there is still a bar.
            let width = (LONGEST * value / longest).max(1.0);
            let _ = writeln!(
                out,
                "<rect x=\"{MARGIN}\" y=\"{y}\" width=\"{width:.1}\" height=\"{}\" rx=\"2\" fill=\"{colour}\"/>",
                BAR - 3.0
            );
            label(
                &mut out,
                MARGIN + width + 8.0,
                y + 13.5,
                &format!("{} {who}", figure(value)),
            );
            y += BAR;
        }
        y += GAP;
    }
    out.push_str("</svg>\n");
    out
}

fn label(out: &mut String, x: f64, y: f64, text: &str) {
    let _ = writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" fill=\"{TEXT}\">{}</text>",
        escaped(text)
    );
}

/// Text as it stands in markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn bars_are_as_long_as_their_figures() {
        let one = Comparison {
            group: "sizes".to_owned(),
            what: json!({ "en": "a < b" }),
            peer: "peer".to_owned(),
            unit: "B".to_owned(),
            ours: 50.0,
            theirs: 200.0,
            ratio: 4.0,
            goal: None,
        };
        let other = Comparison {
            theirs: 100.0,
            ..one.clone()
        };
        let drawn = draw("Size", "en", |unit| unit.to_owned(), &[&one, &other]);
        assert_eq!(drawn.matches(OURS).count(), 1, "{drawn}");
        assert_eq!(drawn.matches(THEIRS).count(), 2, "{drawn}");
        for width in [LONGEST, LONGEST / 4.0] {
            let bar = format!("width=\"{width:.1}\"");
            assert!(drawn.contains(&bar), "{drawn}");
        }
        assert!(drawn.contains("a &lt; b · B"), "{drawn}");
    }
}
