//! One line of the comparison: what a script tells, what the table shows, what the documentation keeps.

use serde_json::{Value, json};

use crate::table::grouped;

/// The subjects, in the order in which they are shown; with their titles by language.
pub const GROUPS: [(&str, &[(&str, &str)]); 7] = [
    ("sizes", &[("en", "Size"), ("zh-CN", "体积")]),
    ("start", &[("en", "Start"), ("zh-CN", "启动")]),
    ("events", &[("en", "Events"), ("zh-CN", "事件")]),
    ("memory", &[("en", "Memory"), ("zh-CN", "内存")]),
    ("sip", &[("en", "SIP messages"), ("zh-CN", "SIP 报文")]),
    ("calls", &[("en", "Calls"), ("zh-CN", "呼叫")]),
    (
        "wall",
        &[("en", "Supervisor's wall"), ("zh-CN", "班长监控墙")],
    ),
];

/// What was measured of ours and of a peer.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// One of [`GROUPS`].
    pub group: String,
    /// What was measured, by language.
    pub what: Value,
    /// Name and version of the peer.
    pub peer: String,
    /// Unit of both figures.
    pub unit: String,
    pub ours: f64,
    pub theirs: f64,
    /// How many times better ours is, by the median of the rounds where there are some.
    pub ratio: f64,
    /// How many times better it shall be; without one the figure is only told.
    pub goal: Option<f64>,
}

impl Comparison {
    /// Reads what a script told, or what was kept of it.
    pub fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let number = |key: &str| value.get(key).and_then(Value::as_f64);
        let group = text("group")?;
        GROUPS.iter().find(|(name, _)| *name == group)?;
        let what = value.get("what")?;
        what.get("en")?.as_str()?;
        Some(Self {
            group,
            what: what.clone(),
            peer: text("peer")?,
            unit: text("unit")?,
            ours: number("ours")?,
            theirs: number("theirs")?,
            ratio: number("ratio")?,
            goal: number("goal"),
        })
    }

    /// What is kept of it.
    pub fn value(&self) -> Value {
        json!({
            "group": self.group, "what": self.what, "peer": self.peer, "unit": self.unit,
            "ours": self.ours, "theirs": self.theirs, "ratio": self.ratio, "goal": self.goal,
        })
    }

    /// What was measured, in a language; in English where it has no words.
    pub fn what(&self, lang: &str) -> &str {
        let say = |lang| self.what.get(lang).and_then(Value::as_str);
        say(lang).or_else(|| say("en")).unwrap_or_default()
    }

    /// How many times better ours is.
    pub fn times(&self) -> String {
        format!("{:.2}×", self.ratio)
    }

    /// The goal, and whether it is met.
    pub fn verdict(&self, met: &str, missed: &str) -> String {
        let Some(goal) = self.goal else {
            return String::new();
        };
        let verdict = if self.ratio >= goal { met } else { missed };
        format!("{goal:.0}× {verdict}")
    }
}

/// A figure for people: with one digit behind the point, or whole and grouped where it is large.
pub fn figure(value: f64) -> String {
    if value >= 100.0 {
        grouped(value.round() as u64)
    } else {
        format!("{value:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Value {
        json!({
            "group": "events", "what": { "en": "one listener" }, "peer": "stompjs 7", "unit": "messages/s",
            "ours": 4000.0, "theirs": 2000.0, "ratio": 2.0, "goal": 2.5,
        })
    }

    #[test]
    fn what_is_kept_is_what_was_told() {
        let one = Comparison::read(&told()).expect("a comparison");
        assert_eq!(Comparison::read(&one.value()), Some(one.clone()));
        assert_eq!(one.what("zh-CN"), "one listener");
        assert_eq!(one.verdict("met", "missed"), "2× missed");
        assert_eq!(one.times(), "2.00×");
    }

    #[test]
    fn a_line_of_an_unknown_group_or_without_a_figure_is_none() {
        for (key, value) in [("group", json!("weather")), ("ours", json!(null))] {
            let mut line = told();
            line[key] = value;
            assert_eq!(Comparison::read(&line), None, "{key}");
        }
    }

    #[test]
    fn large_figures_are_whole() {
        assert_eq!(figure(123_456.7), "123,457");
        assert_eq!(figure(6.054), "6.1");
    }
}
