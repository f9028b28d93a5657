//! What is kept of one call beside what its SIP dialog knows.

use super::quality::{Quality, Watch};
use crate::browser::media::Playing;
use crate::browser::peer::Peer;
use sip::agent::CallKey;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

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
    /// Its connection, once it has one.
    pub peer: RefCell<Option<Rc<Peer>>>,
    /// The microphone was given to the connection.
    pub speaks: Cell<bool>,
    /// What lets the other party be heard.
    pub voice: RefCell<Option<Rc<Playing>>>,
    /// What the other party says, a `MediaStream`.
    pub heard: RefCell<JsValue>,
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
    /// Our description is there; ways to reach us are still being looked for.
    pub described: Cell<bool>,
    /// When that began, ms.
    pub described_at: Cell<u64>,
    /// The next offer looks for new ways.
    pub renews: Cell<bool>,
    /// The page was told that sound no longer gets through.
    pub broken: Cell<bool>,
    /// The other end takes candidates one by one.
    pub trickles: Cell<bool>,
    /// Candidates that came after our description had gone.
    pub late: RefCell<Vec<String>>,
    /// Watches how it sounds.
    pub watch: RefCell<Watch>,
    /// How it sounded last.
    pub quality: Cell<Option<Quality>>,
}

impl Talk {
    /// A call that has just begun.
    pub fn new(
        key: CallKey,
        outgoing: bool,
        number: String,
        display: String,
        call_id: Option<String>,
        offer: Option<String>,
    ) -> Rc<Self> {
        Rc::new(Talk {
            id: key.0,
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
            peer: RefCell::default(),
            speaks: Cell::new(false),
            voice: RefCell::default(),
            heard: RefCell::new(JsValue::UNDEFINED),
            offer: RefCell::new(offer),
            held: Cell::new(false),
            told_held: Cell::new(false),
            held_by_peer: Cell::new(false),
            work: Cell::new(None),
            described: Cell::new(false),
            described_at: Cell::new(0),
            renews: Cell::new(false),
            broken: Cell::new(false),
            trickles: Cell::new(false),
            late: RefCell::default(),
            watch: RefCell::default(),
            quality: Cell::new(None),
        })
    }

    /// Its name for the user agent.
    pub fn key(&self) -> CallKey {
        CallKey(self.id)
    }

    /// Its connection.
    pub fn peer(&self) -> Option<Rc<Peer>> {
        self.peer.borrow().clone()
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
