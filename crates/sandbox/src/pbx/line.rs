//! Lines: the calls between the pbx and phones.

use sip::agent::CallKey;

use super::account::Place;
use super::plain::PlainKey;
use crate::mixer::plan::LegId;

/// Name of a line: an account and a call of its user agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LineKey {
    pub(super) account: Place,
    pub(super) call: CallKey,
}

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// An agent's part in a call of the center.
    Center,
    /// Part of a call that the phones and outside people make among themselves.
    Plain(PlainKey),
    /// Nothing any more: it ends.
    Nobody,
}

/// A call between the pbx and a phone.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) key: LineKey,
    pub(super) owner: Owner,
    pub(super) leg: LegId,
    /// Whether the mixer may know the leg.
    pub(super) sounds: bool,
    pub(super) answered: bool,
}

/// All lines that live.
#[derive(Default)]
pub(super) struct Lines {
    list: Vec<Line>,
}

impl Lines {
    pub(super) fn add(&mut self, key: LineKey, owner: Owner, leg: LegId) {
        self.list.push(Line {
            key,
            owner,
            leg,
            sounds: true,
            answered: false,
        });
    }

    pub(super) fn get(&self, key: LineKey) -> Option<&Line> {
        self.list.iter().find(|line| line.key == key)
    }

    pub(super) fn get_mut(&mut self, key: LineKey) -> Option<&mut Line> {
        self.list.iter_mut().find(|line| line.key == key)
    }

    pub(super) fn of_leg(&self, leg: &LegId) -> Option<&Line> {
        self.list.iter().find(|line| line.leg == *leg)
    }

    /// All lines of an account.
    pub(super) fn of_account(&self, account: Place) -> impl Iterator<Item = &Line> {
        self.list
            .iter()
            .filter(move |line| line.key.account == account)
    }

    pub(super) fn remove(&mut self, key: LineKey) -> Option<Line> {
        let at = self.list.iter().position(|line| line.key == key)?;
        Some(self.list.remove(at))
    }
}
