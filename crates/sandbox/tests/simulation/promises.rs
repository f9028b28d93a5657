//! Commands in the promise form: each is settled exactly once and in time.

use std::collections::{BTreeMap, BTreeSet};

/// Every wait has ended after so many ms, whatever became of the links.
const SETTLED_WITHIN: u64 = 200_000;

/// Those of one page.
#[derive(Debug, Default)]
pub struct Promises {
    /// By number: the request's name, and when the patience ends.
    open: BTreeMap<i64, (String, u64)>,
    settled: BTreeSet<i64>,
}

impl Promises {
    pub fn add(&mut self, sequence: i64, request: String, now: u64) {
        self.open.insert(sequence, (request, now + SETTLED_WITHIN));
    }

    /// # Errors
    /// If it was settled before, or never asked for.
    pub fn settle(&mut self, sequence: i64) -> Result<(), String> {
        if self.settled.contains(&sequence) {
            return Err(format!("request {sequence} is settled a second time"));
        }
        if self.open.remove(&sequence).is_none() {
            return Err(format!("request {sequence} is settled, and nobody made it"));
        }
        self.settled.insert(sequence);
        Ok(())
    }

    /// The page slept for so many ms: its timers stood still.
    pub fn extend(&mut self, ms: u64) {
        for (_, end) in self.open.values_mut() {
            *end += ms;
        }
    }

    /// # Errors
    /// If one waits for too long.
    pub fn check(&self, now: u64) -> Result<(), String> {
        match self.open.iter().find(|(_, (_, end))| *end < now) {
            Some((sequence, (request, _))) => Err(format!(
                "request {sequence}, {request}, is not settled after {SETTLED_WITHIN} ms"
            )),
            None => Ok(()),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_is_settled_twice_or_was_never_made_is_found() {
        let mut promises = Promises::default();
        promises.add(5, "idle".to_owned(), 0);
        assert!(promises.settle(4).is_err());
        assert_eq!(promises.settle(5), Ok(()));
        assert!(promises.settle(5).is_err());
        assert!(promises.is_empty());
    }

    #[test]
    fn a_request_that_is_never_settled_is_found() {
        let mut promises = Promises::default();
        promises.add(5, "idle".to_owned(), 1000);
        assert_eq!(promises.check(1000 + SETTLED_WITHIN), Ok(()));
        assert!(promises.check(1001 + SETTLED_WITHIN).is_err());
        promises.extend(10);
        assert_eq!(promises.check(1010 + SETTLED_WITHIN), Ok(()));
    }
}
