//! Heart-beats: when to send one, and when the peer has been silent for too long (spec, "Heart-beating").

/// Both directions of a link. Times are milliseconds of the caller's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beat {
    /// We promised to send something each so many ms; 0 = no promise.
    every: u64,
    /// The peer promised to; 0 = no promise.
    expect: u64,
    sent: u64,
    heard: u64,
}

/// What the clock asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// Send an end of line.
    Send,
    /// Nothing came for twice the agreed interval.
    Silent,
}

impl Beat {
    /// `ours` is what we offered (can send each, want each), `theirs` what the peer answered, all ms.
    pub(crate) fn agree(ours: (u32, u32), theirs: (u32, u32), now: u64) -> Self {
        let both = |a: u32, b: u32| {
            if a == 0 || b == 0 {
                0
            } else {
                u64::from(a.max(b))
            }
        };
        Beat {
            every: both(ours.0, theirs.1),
            expect: both(ours.1, theirs.0),
            sent: now,
            heard: now,
        }
    }

    pub(crate) fn expected(&self) -> u64 {
        self.expect
    }

    pub(crate) fn sent(&mut self, now: u64) {
        self.sent = now;
    }

    pub(crate) fn heard(&mut self, now: u64) {
        self.heard = now;
    }

    /// When to call [`Beat::due`] next.
    pub(crate) fn timeout(&self) -> Option<u64> {
        let send = (self.every > 0).then(|| self.sent + self.every);
        let silent = (self.expect > 0).then(|| self.heard + 2 * self.expect);
        [send, silent].into_iter().flatten().min()
    }

    pub(crate) fn due(&self, now: u64) -> Option<Due> {
        if self.expect > 0 && now >= self.heard + 2 * self.expect {
            Some(Due::Silent)
        } else if self.every > 0 && now >= self.sent + self.every {
            Some(Due::Send)
        } else {
            None
        }
    }
}

/// Reads `heart-beat:SX,SY`; what cannot be read counts as "none".
pub(crate) fn parse(value: Option<&str>) -> (u32, u32) {
    let mut parts = value
        .unwrap_or_default()
        .split(',')
        .map(|p| p.trim().parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}
