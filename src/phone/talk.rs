//! What is kept of one call beside what its SIP dialog knows.

use super::quality::Watch;
use crate::browser::peer::Peer;
use sip::agent::CallKey;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Where a call stands, as the page sees it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It comes in, and nobody has answered.
    Ringing,
    /// It comes in and is being answered.
    Answering,
    /// It goes out.
    Calling,
    /// It goes out, and rings there.
    Early,
    /// Both ends have it.
    Talking,
    /// It is over.
    Ended,
}

impl Stage {
    /// Its name for pages.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Ringing => "ringing",
            Stage::Answering => "answering",
            Stage::Calling => "calling",
            Stage::Early => "early",
            Stage::Talking => "talking",
            Stage::Ended => "ended",
        }
    }
}

/// What our next description is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// It offers.
    Offer,
    /// It answers; or it offers in the answer to an INVITE that had none.
    Answer,
}

/// A time that does not come.
pub const NEVER: u64 = u64::MAX;

/// One call.
pub struct Talk {
    /// The number of its key.
    pub id: u32,
    /// We called.
    pub outgoing: bool,
    /// The other party's number.
    pub number: String,
    /// The other party's name; may be empty.
    pub display: String,
    /// The platform's name for it (`X-Call-Id`).
    pub call_id: Option<String>,
    /// Where it stands.
    pub stage: Cell<Stage>,
    /// When it was established, ms of the wall clock; 0: not yet.
    pub since: Cell<u64>,
    /// The page knows that a call goes out.
    pub tried: Cell<bool>,
    /// Its connection.
    pub peer: Peer,
    /// The offer of an INVITE that is not answered.
    pub offer: RefCell<Option<String>>,
    /// We want to hold it.
    pub held: Cell<bool>,
    /// The page knows it as held: nothing leaves here. Lasts until the other end has agreed to go on.
    pub told_held: Cell<bool>,
    /// The other party holds it.
    pub held_by_peer: Cell<bool>,
    /// What is being described, if anything.
    pub work: Cell<Option<Work>>,
    /// When our description goes out with what has been found by then, ms.
    pub described_at: Cell<u64>,
    /// When new ways are looked for, ms.
    pub renewed_at: Cell<u64>,
    /// The next offer looks for new ways.
    pub renews: Cell<bool>,
    /// Sound does not get through, as ICE sees it.
    pub broken: Cell<bool>,
    /// The page was told so.
    pub told_broken: Cell<bool>,
    /// The other end takes candidates one by one.
    pub trickles: Cell<bool>,
    /// Watches how it sounds.
    pub watch: RefCell<Watch>,
}

impl Talk {
    /// A call that has just begun.
    pub fn new(
        id: u32,
        peer: Peer,
        outgoing: bool,
        number: String,
        display: String,
        call_id: Option<String>,
        offer: Option<String>,
    ) -> Rc<Self> {
        Rc::new(Talk {
            id,
            outgoing,
            number,
            display,
            call_id,
            stage: Cell::new(if outgoing {
                Stage::Calling
            } else {
                Stage::Ringing
            }),
            since: Cell::new(0),
            tried: Cell::new(false),
            peer,
            offer: RefCell::new(offer),
            held: Cell::new(false),
            told_held: Cell::new(false),
            held_by_peer: Cell::new(false),
            work: Cell::new(None),
            described_at: Cell::new(NEVER),
            renewed_at: Cell::new(NEVER),
            renews: Cell::new(false),
            broken: Cell::new(false),
            told_broken: Cell::new(false),
            trickles: Cell::new(false),
            watch: RefCell::default(),
        })
    }

    /// Its name for the user agent.
    pub fn key(&self) -> CallKey {
        CallKey(self.id)
    }

    /// Who called, for pages.
    pub fn direction(&self) -> &'static str {
        if self.outgoing { "outbound" } else { "inbound" }
    }

    /// Whether it stands there.
    pub fn is(&self, stage: Stage) -> bool {
        self.stage.get() == stage
    }
}
