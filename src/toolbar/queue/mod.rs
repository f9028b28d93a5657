//! How many callers wait: a number, and by group in a popover.

use super::board::{Board, clock};
use super::call::dialog;
use super::dom::{El, el, watch};
use super::icons::{self, icon};
use super::picture::Picture;
use super::shared::act::{Act, Face};
use super::shared::live::Urgency;
use super::shared::popover::{Inside, Popover, opener};
use super::shared::text::still;
use super::words;
use crate::browser::page::soon;
use crate::client::Client;
use agent::Input;
use agent::session::{Link, Queue};
use reactive_graph::graph::untrack;
use std::cell::Cell;
use std::rc::Rc;

/// The name of the counter and of its popover.
const QUEUE: &str = "queue";

/// Whether more callers wait in a group than the page wants unseen.
fn is_over(queue: &Queue) -> bool {
    let limit = queue.limit.map(i64::from);
    limit.is_some_and(|limit| queue.waiting >= limit && queue.waiting > 0)
}

/// Callers that wait, where that is known.
fn waiting(picture: &Picture) -> Option<i64> {
    let up = picture.link == Link::Up && picture.allows("groupQueueNum");
    let by_group = || {
        let groups = picture.queues.iter().map(|queue| queue.waiting);
        (!picture.queues.is_empty()).then(|| groups.sum())
    };
    picture.waiting.or_else(by_group).filter(|_| up)
}

/// The counter; it is gone where nobody knows the number.
pub fn queue(board: &Board, client: &Rc<Client>) -> El {
    // The session asks for it only while it can be seen.
    let asks = client.clone();
    soon(move || asks.click(asks.handle(Input::Queue(true))));
    let over = {
        let board = board.clone();
        move || board.read(|p| p.queues.iter().any(is_over))
    };
    say_when_over(board, over.clone());
    let (shown, name, inside) = (board.clone(), board.clone(), board.clone());
    let number = move || shown.read(waiting);
    let (text, gone) = (number.clone(), number.clone());
    let (bold, sign) = (over.clone(), over.clone());
    opener(
        board,
        Act {
            name: QUEUE,
            class: "k3",
            fold: "k0",
            face: Face {
                icon: icons::QUEUE,
                label: words::QUEUE,
            },
            request: "",
        },
        Popover {
            name: QUEUE,
            class: "queue",
            role: "dialog",
            at_end: true,
            passing: false,
            inside: Inside::Here(Rc::new(move || groups(&inside))),
        },
    )
    .live("hidden", move || gone().is_none().then(String::new))
    .live("aria-label", move || {
        let number = number().unwrap_or(0).to_string();
        let what = name.say(words::QUEUE);
        let over = match over() {
            true => [", ", &name.say(words::QUEUE_OVER)].concat(),
            false => String::new(),
        };
        Some([&what, ": ", &number, &over].concat())
    })
    .with(
        el("span", "")
            .live("class", move || {
                Some(if bold() { "num b" } else { "num" }.to_owned())
            })
            .say(move || text().map(|n| n.to_string()).unwrap_or_default()),
    )
    .with_live(move || match sign() {
        true => vec![icon("i xs over", icons::ALERT)],
        false => Vec::new(),
    })
}

/// Says once that a limit is reached, and again when it was not meanwhile.
fn say_when_over(board: &Board, over: impl Fn() -> bool + 'static) {
    let (board, before) = (board.clone(), Cell::new(false));
    watch(move || {
        let now = over();
        if now && !before.replace(now) {
            untrack(|| {
                let said = [
                    &board.say(words::QUEUE),
                    ": ",
                    &board.say(words::QUEUE_OVER),
                ]
                .concat();
                board.speak_of(said, Urgency::Polite);
            });
        }
        before.set(now);
    });
}

/// Who waits where, and for how long.
pub fn groups(board: &Board) -> El {
    let inside = board.clone();
    let list = move || {
        let queues = inside.read(|p| p.queues.clone());
        queues
            .into_iter()
            .map(|queue| group(&inside, queue))
            .collect()
    };
    let body = el("div", "")
        .with(dialog::head(board, words::QUEUE))
        .with(el("div", "body list").with_live(list));
    dialog::named(body, board, words::QUEUE)
}

fn group(board: &Board, queue: Queue) -> El {
    let name = match queue.name.as_str() {
        "" => &queue.group_id,
        name => name,
    };
    let over = is_over(&queue);
    let waited = match queue.longest_at {
        Some(at) => {
            let board = board.clone();
            el("span", "num").say(move || clock(board.time().saturating_sub(at)))
        }
        // Nobody waits, or nobody says since when.
        None => el("span", "num"),
    };
    let mut count = el("span", "row");
    if over {
        let said = still("span", "vh", &board.say(words::QUEUE_OVER));
        count = count.with(icon("i xs", icons::ALERT)).with(said);
    }
    // Last: numbers stand in a column, whatever is before them.
    let count = count.with(still("span", "num b", &queue.waiting.to_string()));
    el("div", if over { "li over" } else { "li" })
        .with(icon("i s", icons::USERS))
        .with(still("span", "nm ell", name))
        .with(el("span", "end").with(count).with(waited))
}
