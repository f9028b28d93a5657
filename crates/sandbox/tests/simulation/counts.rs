//! What happened how often: a fault that never came has proven nothing.

use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    seen: BTreeMap<&'static str, u64>,
}

impl Counts {
    pub fn add(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    pub fn of(&self, what: &str) -> u64 {
        self.seen.get(what).copied().unwrap_or(0)
    }

    pub fn merge(&mut self, other: &Counts) {
        for (what, times) in &other.seen {
            *self.seen.entry(*what).or_default() += times;
        }
    }
}
