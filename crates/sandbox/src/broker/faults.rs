//! Bad days of the network, brought about on purpose.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

/// What is wrong at present.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Faults {
    /// How often all sockets were dropped. A connection that sees the number change ends at once, without
    /// the closing handshake of WebSocket.
    pub dropped: u64,
    /// Until then sockets stay open, but nothing is read or written.
    pub frozen_until: Option<Instant>,
    /// Until then new handshakes are refused.
    pub refused_until: Option<Instant>,
}

impl Faults {
    /// The end of a freeze that still lasts.
    #[must_use]
    pub fn frozen(&self) -> Option<Instant> {
        self.frozen_until.filter(|until| *until > Instant::now())
    }

    /// Whether new handshakes are refused.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.refused_until
            .is_some_and(|until| until > Instant::now())
    }
}

/// Where faults are put up for all connections to see.
#[derive(Debug)]
pub struct FaultBoard {
    sender: watch::Sender<Faults>,
}

impl Default for FaultBoard {
    fn default() -> Self {
        Self {
            sender: watch::Sender::new(Faults::default()),
        }
    }
}

impl FaultBoard {
    /// The present faults and all changes. When the board is gone, so is the sandbox.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Faults> {
        self.sender.subscribe()
    }

    /// What is wrong at present.
    #[must_use]
    pub fn now(&self) -> Faults {
        *self.sender.borrow()
    }

    /// Drops all sockets.
    pub fn drop_sockets(&self) {
        self.sender
            .send_modify(|faults| faults.dropped = faults.dropped.wrapping_add(1));
    }

    /// Freezes all sockets, those opened meanwhile too.
    pub fn freeze(&self, time: Duration) {
        self.sender
            .send_modify(|faults| faults.frozen_until = Some(Instant::now() + time));
    }

    /// Refuses new handshakes.
    pub fn refuse(&self, time: Duration) {
        self.sender
            .send_modify(|faults| faults.refused_until = Some(Instant::now() + time));
    }

    /// Ends all faults and drops all sockets: as just started.
    pub fn reset(&self) {
        self.sender.send_modify(|faults| {
            *faults = Faults {
                dropped: faults.dropped.wrapping_add(1),
                ..Faults::default()
            };
        });
    }
}
