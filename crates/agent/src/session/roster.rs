//! What the agents do, as the newest answer to `surveillance` said. An answer is kept as it came and read when somebody
//! wants to know; then only what differs from the one before is told.

use super::recent::mix;
use crate::json::Value;

/// One agent of the last answer.
#[derive(Debug)]
struct Watched {
    number: String,
    state: String,
    /// Of all that was said of them, but for the two durations, which grow with every answer.
    print: u64,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Roster {
    /// The body that nobody has looked at yet.
    unread: Option<String>,
    agents: Vec<Watched>,
}

impl Roster {
    /// A new answer came.
    pub(super) fn keep(&mut self, body: &str) {
        let unread = self.unread.get_or_insert_default();
        unread.clear();
        unread.push_str(body);
    }

    /// The state of an agent, if the last answer named them.
    pub(super) fn state(&self, number: &str) -> Option<String> {
        // Read where it stands: what is new is still to be told.
        if let Some(Ok(body)) = self.unread.as_deref().map(Value::parse) {
            let found = list(body)
                .items()
                .find(|item| item.get("agentNumber").text().as_deref() == Some(number));
            return Some(found?.get("nowState").text()?.into_owned());
        }
        let found = self.agents.iter().find(|a| a.number == number);
        found.map(|a| a.state.clone())
    }

    /// What is new since the last call: `{"changed":[items as they came],"removed":[numbers]}`; `None`: nothing.
    pub(super) fn difference(&mut self) -> Option<String> {
        let (mut changed, mut removed) = (String::new(), String::new());
        self.read(
            |item| {
                separate(&mut changed);
                changed.push_str(item.raw());
            },
            |number| {
                separate(&mut removed);
                crate::json::quote(&mut removed, number);
            },
        );
        if changed.is_empty() && removed.is_empty() {
            return None;
        }
        Some(
            [
                "{\"changed\":[",
                &changed,
                "],\"removed\":[",
                &removed,
                "]}",
            ]
            .concat(),
        )
    }

    fn read(&mut self, mut changed: impl FnMut(Value<'_>), mut removed: impl FnMut(&str)) {
        let Some(body) = self.unread.take() else {
            return;
        };
        let Ok(body) = Value::parse(&body) else {
            return;
        };
        let mut before = std::mem::take(&mut self.agents);
        // Answers list the agents in the same order as a rule, so the next one is found where the last one was.
        let mut sorted: Option<Vec<usize>> = None;
        let mut at = 0;
        for item in list(body).items() {
            let (mut number, mut state) = (Value::default(), Value::default());
            let mut print = 0;
            for (name, value) in item.members() {
                match name.raw() {
                    "\"agentNumber\"" => number = value,
                    "\"nowState\"" => state = value,
                    "\"operatingTime\"" | "\"loginDuration\"" => continue,
                    _ => {}
                }
                print = mix(mix(print, name.raw().as_bytes()), value.raw().as_bytes());
            }
            let Some(number) = number.text() else {
                continue;
            };
            let known = if before.get(at).is_some_and(|a| a.number == number) {
                Some(at)
            } else {
                let sorted = sorted.get_or_insert_with(|| {
                    let mut all: Vec<usize> = (0..before.len()).collect();
                    all.sort_unstable_by_key(|i| before.get(*i).map(|a| &a.number));
                    all
                });
                let place = |i: &usize| before.get(*i).map_or("", |a| a.number.as_str());
                let found = sorted.binary_search_by_key(&&*number, place).ok();
                found.and_then(|found| sorted.get(found).copied())
            };
            let old = known.and_then(|known| {
                at = known + 1;
                before.get_mut(known)
            });
            if old.as_ref().is_none_or(|old| old.print != print) {
                changed(item);
            }
            let number = match old {
                // Empty from now on: not to be told as removed.
                Some(old) if sorted.is_none() => std::mem::take(&mut old.number),
                Some(old) => {
                    old.print = GONE;
                    number.into_owned()
                }
                None => number.into_owned(),
            };
            self.agents.push(Watched {
                number,
                state: state.text().unwrap_or_default().into_owned(),
                print,
            });
        }
        for old in before {
            if !old.number.is_empty() && old.print != GONE {
                removed(&old.number);
            }
        }
    }
}

/// The list of an answer. The documents of the SDK call it otherwise than those of the HTTP interface.
fn list(body: Value<'_>) -> Value<'_> {
    let data = body.get("data");
    let list = data.get("agentList");
    if list.is_none() {
        data.get("infoList")
    } else {
        list
    }
}

/// Marks an entry whose agent is in the new answer too.
const GONE: u64 = u64::MAX;

fn separate(list: &mut String) {
    if !list.is_empty() {
        list.push(',');
    }
}
