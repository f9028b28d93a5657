//! What our phone tells that is no fact of the board: it is looked at again and again while a panel stands.

use crate::browser::clock::Interval;
use crate::client::Client;
use agent::json::Value;
use reactive_graph::owner::on_cleanup;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::rc::Rc;

/// How often it is looked at, ms: twice as often as the phone says how loud it is.
const AGAIN: i32 = 125;

/// What is told; see [`Client::phone_told`].
#[derive(Clone, Copy)]
pub enum Of {
    /// How loud it is.
    Level,
    /// All devices, those that are chosen, and how loud it rings.
    Devices,
    /// What the last check found.
    Check,
}

const NAMES: [&str; 3] = ["level", "devices", "check"];

struct Inside {
    client: Rc<Client>,
    texts: RefCell<[String; 3]>,
    changed: [ArcTrigger; 3],
}

/// What is told. Clones tell the same. Whoever reads while an effect runs is run again when it changes.
#[derive(Clone)]
pub struct Told(Rc<Inside>);

impl Told {
    /// Looks from now on, until what is being drawn is taken down.
    pub fn new(client: &Rc<Client>) -> Self {
        let told = Told(Rc::new(Inside {
            client: client.clone(),
            texts: RefCell::default(),
            changed: [ArcTrigger::new(), ArcTrigger::new(), ArcTrigger::new()],
        }));
        told.look();
        let again = told.clone();
        let kept = SendWrapper::new(Interval::new(AGAIN, move || again.look()));
        on_cleanup(move || drop(kept.take()));
        told
    }

    /// Looks now.
    pub fn look(&self) {
        let inside = &self.0;
        for (at, name) in NAMES.iter().enumerate() {
            let text = inside.client.phone_told(name).unwrap_or_default();
            let mut texts = inside.texts.borrow_mut();
            if texts[at] == text {
                continue;
            }
            texts[at] = text;
            drop(texts);
            inside.changed[at].notify();
        }
    }

    /// Reads what is told, none where it is nothing.
    pub fn read<T>(&self, of: Of, read: impl FnOnce(Value<'_>) -> T) -> T {
        let inside = &self.0;
        inside.changed[of as usize].track();
        // What is read may be drawn, and that may look anew.
        let text = inside.texts.borrow()[of as usize].clone();
        read(Value::parse(&text).unwrap_or_default())
    }
}
