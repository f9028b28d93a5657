//! The last hour at a glance: what agents did, how many callers waited, and what only the page knows.

use super::super::board::clock;
use super::super::dom::{El, el};
use super::super::icons::{self, icon};
use super::super::shared::text::{filled, still};
use super::super::words::{self, Word};
use super::panel::Wall;
use super::view::thousands;
use agent::json::Value;
use reactive_graph::graph::untrack;
use reactive_graph::traits::Track;

/// The chart's grid: ten units a minute, and as many up.
const WIDTH: i64 = 590;
const HEIGHT: i64 = 560;

/// Kinds in the order in which they are stacked, the lowest last: place in a sample, colour, name.
const STACK: [(usize, &str, Word); 4] = [
    (1, "ready", words::READY),
    (2, "busy", words::BUSY),
    (3, "wrap", words::WRAP_UP),
    (0, "call", words::IN_CALL_SHORT),
];

/// Draws them.
pub fn tiles(wall: &Wall) -> El {
    let figures = wall.clone();
    el("div", "tiles")
        .with(agents(wall))
        .with(waiting(wall))
        .with_live(move || {
            figures.0.houred.track();
            let given = figures.board().hooks().given("figures").unwrap_or_default();
            let given = Value::parse(&given).unwrap_or_default();
            [
                (
                    "answeredInTime",
                    "goal",
                    words::ANSWERED_IN_TIME,
                    words::GOAL,
                ),
                ("answered", "abandoned", words::ANSWERED, words::ABANDONED),
            ]
            .into_iter()
            .filter_map(|(value, beside, name, word)| {
                let (value, beside) = (given.get(value).string(), given.get(beside).string());
                if value.is_empty() {
                    return None;
                }
                let small = match beside.as_str() {
                    "" => String::new(),
                    beside => filled(&figures.board().say(word), beside),
                };
                let cap = still("div", "cap", &figures.board().say(name));
                let value = still("div", "val", &value).with(still("small", "", &small));
                Some(el("div", "tile").with(cap).with(value))
            })
            .collect()
        })
}

fn agents(wall: &Wall) -> El {
    let (named, all, drawn) = (wall.board().clone(), wall.clone(), wall.clone());
    let legend = STACK
        .iter()
        .fold(el("span", "legend"), |legend, (at, class, word)| {
            let (named, counted, at) = (wall.board().clone(), wall.clone(), *at);
            let word = *word;
            legend.with(
                el("span", class)
                    .with(el("i", ""))
                    .with(el("span", "").say(move || named.say(word)))
                    .with(el("b", "num").say(move || {
                        counted.0.houred.track();
                        let hour = counted.0.hour.borrow();
                        let now = samples(&hour, "states").pop().unwrap_or_default();
                        let count = now.get(at).map(|count| *count as usize);
                        count.map(thousands).unwrap_or_default()
                    })),
            )
        });
    el("div", "tile")
        .with(
            el("div", "cap")
                .with(el("span", "").say(move || named.say(words::AGENTS_ONLINE)))
                .with(legend),
        )
        .with(el("div", "val").say(move || {
            all.0.sized.track();
            thousands(all.0.view.borrow().total)
        }))
        .with(el("div", "chart").with_live(move || {
            drawn.0.houred.track();
            let hour = drawn.0.hour.borrow();
            vec![stacked(&samples(&hour, "states")), axis(&drawn)]
        }))
}

fn waiting(wall: &Wall) -> El {
    let (named, number, longest, drawn) = (
        wall.board().clone(),
        wall.board().clone(),
        wall.board().clone(),
        wall.clone(),
    );
    let known = wall.board().clone();
    let count = move || number.read(|p| p.waiting);
    el("div", "tile")
        .live("hidden", move || {
            known.read(|p| p.waiting).is_none().then(String::new)
        })
        .with(
            el("div", "cap")
                .with(icon("i s", icons::QUEUE))
                .with(el("span", "").say(move || named.say(words::QUEUE))),
        )
        .with(
            el("div", "val")
                .with(
                    el("span", "").say(move || count().map(|n| n.to_string()).unwrap_or_default()),
                )
                .with(el("small", "").say(move || {
                    let at = longest.read(|p| p.queues.iter().filter_map(|q| q.longest_at).min());
                    at.map(|at| {
                        let waited = clock(longest.time().saturating_sub(at));
                        filled(&longest.say(words::LONGEST), &waited)
                    })
                    .unwrap_or_default()
                })),
        )
        .with(el("div", "chart").with_live(move || {
            drawn.0.houred.track();
            let limit = untrack(|| {
                drawn.board().read(|p| {
                    let limits = p.queues.iter().filter_map(|queue| queue.limit);
                    limits.map(i64::from).sum::<i64>()
                })
            });
            let hour = drawn.0.hour.borrow();
            vec![bars(&samples(&hour, "queue"), limit), axis(&drawn)]
        }))
}

/// The minutes of the hour; one that nobody looked at is empty. A queue is a sample of one.
fn samples(hour: &str, name: &str) -> Vec<Vec<i64>> {
    let hour = Value::parse(hour).unwrap_or_default();
    hour.get(name)
        .items()
        .map(|minute| match minute.number() {
            Some(n) => vec![n],
            None => minute.items().filter_map(Value::number).collect(),
        })
        .collect()
}

fn chart(paths: &str) -> El {
    El::svg("ch", paths)
        .attr("viewBox", "0 0 590 560")
        .attr("preserveAspectRatio", "none")
}

/// The times of day under a chart, each twenty minutes.
fn axis(wall: &Wall) -> El {
    let now = untrack(|| wall.board().time());
    [60, 40, 20, 0]
        .iter()
        .fold(el("div", "axis num"), |axis, ago| {
            let at = now.saturating_sub(ago * 60_000) as f64;
            let at = js_sys::Date::new(&at.into());
            let two = |n: u32| [if n < 10 { "0" } else { "" }, &n.to_string()].concat();
            let text = [&two(at.get_hours()), ":", &two(at.get_minutes())].concat();
            axis.with(still("span", "", &text))
        })
}

/// What agents did: areas over one another, the sum of all as high as the chart.
fn stacked(minutes: &[Vec<i64>]) -> El {
    let most = minutes
        .iter()
        .map(|minute| minute.iter().sum::<i64>())
        .max();
    let most = most.unwrap_or(0).max(1);
    let mut paths = String::new();
    for (above, (_, class, _)) in STACK.iter().enumerate() {
        // Each area goes down to the ground; the next ones are drawn over it.
        let mut line = String::new();
        for (minute, sample) in minutes.iter().enumerate() {
            let of = |(place, ..): &(usize, &str, Word)| sample.get(*place).copied().unwrap_or(0);
            let height: i64 = STACK.iter().skip(above).map(of).sum();
            push(
                &mut line,
                "L",
                minute as i64 * 10,
                HEIGHT - height * HEIGHT / most,
            );
        }
        paths.push_str("<path class='");
        paths.push_str(class);
        paths.push_str("' d='");
        push(&mut paths, "M", 0, HEIGHT);
        paths.push_str(&line);
        push(&mut paths, "L", WIDTH, HEIGHT);
        paths.push_str("Z'/>");
    }
    chart(&paths)
}

/// How many waited: a bar a minute, and the limit as a line.
fn bars(minutes: &[Vec<i64>], limit: i64) -> El {
    let most = minutes.iter().filter_map(|minute| minute.first()).max();
    let most = most.copied().unwrap_or(0).max(limit).max(1);
    let mut paths = String::new();
    for (minute, sample) in minutes.iter().enumerate() {
        let waiting = sample.first().copied().unwrap_or(0);
        let class = if limit > 0 && waiting > limit {
            "bad"
        } else {
            "call"
        };
        paths.push_str("<path class='");
        paths.push_str(class);
        paths.push_str("' d='");
        let x = minute as i64 * 10;
        let top = HEIGHT - waiting * HEIGHT / most;
        push(&mut paths, "M", x, HEIGHT);
        push(&mut paths, "L", x, top);
        push(&mut paths, "L", x + 7, top);
        push(&mut paths, "L", x + 7, HEIGHT);
        paths.push_str("Z'/>");
    }
    if limit > 0 {
        let y = HEIGHT - limit * HEIGHT / most;
        paths.push_str("<path class='limit' d='");
        push(&mut paths, "M", 0, y);
        push(&mut paths, "L", WIDTH, y);
        paths.push_str("'/>");
    }
    chart(&paths)
}

fn push(path: &mut String, what: &str, x: i64, y: i64) {
    for part in [what, &x.to_string(), " ", &y.to_string()] {
        path.push_str(part);
    }
}
