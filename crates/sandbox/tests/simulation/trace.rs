//! What a replayed run prints: a line for each thing that happened.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    Off,
    On,
}

impl Trace {
    /// `now` in ms of virtual time. Nothing secret may be in it: no token, no body of a login.
    pub fn note(self, now: u64, who: &str, what: fmt::Arguments<'_>) {
        if self == Trace::On {
            eprintln!("{:>6}.{:03} s  {who:<8} {what}", now / 1000, now % 1000);
        }
    }
}
