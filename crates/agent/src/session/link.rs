//! When to try again.

/// A try without the broker's answer after so many ms is given up.
pub(super) const CONNECT_WITHIN: u64 = 5000;

/// A link that held for so many ms has ended the outage before it.
const STEADY: u64 = 5000;

/// After an outage of so many ms tries become rare.
const LONG_OUTAGE: u64 = 5 * 60_000;

/// How rare, ms.
const RARE: u64 = 30_000;

/// Delays before the second, third … try of an outage, ms; the last one stays. The first try comes at once.
const DELAYS: [u64; 5] = [500, 1000, 2000, 4000, 5000];

/// What the toolbar shows of the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Nothing is being tried.
    Down,
    /// A try is under way: the how manieth of this outage, counted from 1.
    Connecting {
        /// Counted from 1.
        attempt: u32,
    },
    /// Waiting for the next try.
    Waiting {
        /// Tries that failed in this outage.
        failed: u32,
        /// When it comes, ms of the clock that never goes back.
        at: u64,
    },
    /// Open.
    Up,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Down,
    Connecting,
    Waiting,
    Up,
}

#[derive(Debug)]
pub(super) struct LinkState {
    phase: Phase,
    /// Tries that failed in a row.
    failures: u32,
    /// Delays used up in this outage.
    step: usize,
    outage_since: u64,
    up_since: u64,
    /// What the page was told of this outage, so that it is told once.
    told: Option<String>,
    subscribe: bool,
    seed: u64,
}

pub(super) enum Next {
    Never,
    At { delay: u64, gave_up: Option<u32> },
}

impl LinkState {
    pub(super) fn new(seed: u64) -> Self {
        LinkState {
            phase: Phase::Down,
            failures: 0,
            step: 0,
            outage_since: 0,
            up_since: 0,
            told: None,
            subscribe: false,
            seed,
        }
    }

    pub(super) fn view(&self, retry_at: Option<u64>) -> Link {
        match (self.phase, retry_at) {
            (Phase::Up, _) => Link::Up,
            (Phase::Connecting, _) => Link::Connecting {
                attempt: self.failures + 1,
            },
            (Phase::Waiting, Some(at)) => Link::Waiting {
                failed: self.failures,
                at,
            },
            _ => Link::Down,
        }
    }

    /// When it opened, ms of the clock that never goes back.
    pub(super) fn up_since(&self) -> Option<u64> {
        self.is_up().then_some(self.up_since)
    }

    pub(super) fn is_up(&self) -> bool {
        self.phase == Phase::Up
    }

    pub(super) fn is_connecting(&self) -> bool {
        self.phase == Phase::Connecting
    }

    /// A link is wanted, or was lost: an outage begins.
    pub(super) fn begin(&mut self, now: u64) {
        self.phase = Phase::Waiting;
        self.failures = 0;
        self.step = 0;
        self.outage_since = now;
        self.told = None;
    }

    pub(super) fn attempt(&mut self) {
        self.phase = Phase::Connecting;
        self.subscribe = false;
    }

    pub(super) fn up(&mut self, now: u64) {
        self.up_since = now;
        self.phase = Phase::Up;
        self.failures = 0;
        self.told = None;
        self.subscribe = true;
    }

    /// The link was lost. One that held only for a moment goes on with the outage before it: a server that takes
    /// every link and drops it at once is not to be asked without a pause.
    pub(super) fn lost(&mut self, now: u64) {
        if now.saturating_sub(self.up_since) >= STEADY {
            self.begin(now);
        }
    }

    pub(super) fn rest(&mut self) {
        self.phase = Phase::Down;
    }

    /// Whether the subscription of a fresh link is still to be sent.
    pub(super) fn take_subscribe(&mut self) -> bool {
        std::mem::take(&mut self.subscribe)
    }

    /// Whether the page is to be told: once an outage, and once more where the broker gives words.
    pub(super) fn complain(&mut self, words: &str) -> bool {
        let news = match &self.told {
            None => true,
            Some(told) => !words.is_empty() && told != words,
        };
        if news {
            self.told = Some(words.to_owned());
        }
        news
    }

    /// A try failed.
    pub(super) fn failed(&mut self) {
        self.failures += 1;
    }

    /// When to try next, after a loss or a try that failed.
    pub(super) fn next_try(&mut self, max: Option<u32>, now: u64) -> Next {
        self.phase = Phase::Waiting;
        let rare = match max {
            Some(0) => return Next::Never,
            Some(max) if self.failures >= max => true,
            _ => now.saturating_sub(self.outage_since) >= LONG_OUTAGE,
        };
        let wait = match self.step.checked_sub(1) {
            _ if rare => RARE,
            None => 0,
            Some(step) => DELAYS.get(step).or(DELAYS.last()).copied().unwrap_or(RARE),
        };
        self.step += 1;
        let gave_up = (max == Some(self.failures)).then_some(self.failures);
        Next::At {
            delay: wait * (800 + self.random() % 201) / 1000,
            gave_up,
        }
    }

    /// xorshift64*: spreads the tries of many pages; nothing secret hangs on it.
    fn random(&mut self) -> u64 {
        let mut x = self.seed | 1;
        x ^= x >> 12;
        x ^= x << 25;
        x ^= x >> 27;
        self.seed = x;
        x.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33
    }
}

/// A routing key of 16 random bytes: a UUID of version 4 (RFC 9562 section 5.4).
pub fn routing_key(mut random: [u8; 16]) -> String {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let [_, _, _, _, _, _, version, _, variant, ..] = &mut random;
    *version = *version & 0x0f | 0x40;
    *variant = *variant & 0x3f | 0x80;
    let mut out = String::with_capacity(36);
    for (i, byte) in random.into_iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        for nibble in [byte >> 4, byte & 15] {
            out.extend(HEX.get(usize::from(nibble)));
        }
    }
    out
}
