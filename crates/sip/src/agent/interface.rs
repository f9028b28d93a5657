//! What goes into a user agent and what comes out of it.

use crate::auth::Secret;

/// Who the user agent is and how it behaves.
pub struct Config {
    /// User part of the address of record, and user of the digest where `authorization_user` is `None`.
    pub account: String,
    /// Host part of the address of record; registrations and calls to bare numbers go there.
    pub domain: String,
    /// Display name in `From`; may be empty.
    pub display: String,
    /// Answers digest challenges.
    pub password: Secret,
    /// User of the digest where it is not the account.
    pub authorization_user: Option<String>,
    /// `urn:uuid:…`, the same for the life of the device (RFC 5626 section 4.1).
    pub instance: String,
    /// `User-Agent`; empty: none.
    pub product: String,
    /// Life of a registration asked for, s.
    pub expires: u32,
    /// `WSS` in `Via` instead of `WS`.
    pub secure: bool,
    /// Register and keep the link up. `false`: a server's end of a link, which neither registers nor opens it.
    pub register: bool,
    /// Life of a session without a refresh (RFC 4028), s; 0: no session timers.
    pub session_expires: u32,
    /// A server's end: its own URI. `None`: one made up for this link.
    pub contact: Option<String>,
    /// Offer `100rel` (RFC 3262).
    pub reliable: bool,
}

/// Names a call of one user agent, from 1. A number is never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallKey(pub u32);

/// What happened.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// The socket opened.
    Opened,
    /// The socket received this, text as its UTF-8 bytes, one message each.
    Received(&'a [u8]),
    /// The socket closed, or could not be opened. Not told of a socket after [`Output::Close`].
    Closed,
    /// The time that [`poll_timeout`](super::UserAgent::poll_timeout) named has come.
    Timeout,
    /// The network is back or the page is visible again: check the link at once.
    Awake,
}

/// What the owner wants.
#[derive(Clone, Debug)]
pub enum Command {
    /// Open the link, register and stay so.
    Register,
    /// End the registration; the link stays.
    Unregister,
    /// Unregister, end every call, close the link.
    Stop,
    /// Call somebody; gives the call's key and asks for an offer by [`Event::OfferWanted`].
    Call {
        /// A number, `user@host`, or a URI.
        target: String,
        /// Display name and URI of `From`, where it is not the account's.
        from: Option<(String, String)>,
        /// Further headers of the INVITE.
        headers: Vec<(String, String)>,
        /// Value of a `Replaces` header, as [`replaces`](super::UserAgent::replaces) gives it.
        replaces: Option<String>,
    },
    /// The offer that [`Event::OfferWanted`] asked for.
    Offer {
        /// The call.
        call: CallKey,
        /// Our offer.
        sdp: String,
    },
    /// 180 to the caller.
    Ring {
        /// The call.
        call: CallKey,
    },
    /// Answers what is pending: the INVITE, or a re-INVITE or UPDATE with [`Event::Offered`]. Where the INVITE came
    /// without an offer this is ours, and theirs comes as [`Event::Answered`].
    Answer {
        /// The call.
        call: CallKey,
        /// Our answer.
        sdp: String,
    },
    /// Refuses what is pending: an INVITE, an offer, a REFER; or withdraws from an [`Event::OfferWanted`] within a call.
    Refuse {
        /// The call.
        call: CallKey,
        /// 300 to 699.
        status: u16,
    },
    /// Ends the call by CANCEL, BYE or 480, whatever fits; while the link is down, as soon as it is back.
    Hangup {
        /// The call.
        call: CallKey,
    },
    /// A new offer (hold, resume, ICE restart): [`Event::OfferWanted`] comes when it is our turn.
    Reoffer {
        /// The call.
        call: CallKey,
    },
    /// Blind transfer. When it has worked the call is ended by us.
    Refer {
        /// The call.
        call: CallKey,
        /// A number, `user@host`, or a URI.
        target: String,
    },
    /// Attended transfer: the peer of `call` takes our place in `other`.
    Attend {
        /// The call whose peer gets the REFER.
        call: CallKey,
        /// The call that is replaced.
        other: CallKey,
    },
    /// Does what [`Event::Referred`] told; gives the key of the new call. The one who asked is told how it goes.
    Follow {
        /// The call in which the REFER came.
        call: CallKey,
    },
    /// Tells the one who asked by [`Event::Referred`] how it goes, for an owner who calls by other means than
    /// [`Command::Follow`].
    Report {
        /// The call in which the REFER came.
        call: CallKey,
        /// 100 to 199: goes on; above: the end of it.
        status: u16,
    },
    /// INFO within a call.
    Info {
        /// The call.
        call: CallKey,
        /// `Content-Type`.
        kind: String,
        /// The body.
        body: String,
    },
    /// OPTIONS to the domain: asks the link whether it lives.
    Options,
    /// MESSAGE outside of calls.
    Message {
        /// A number, `user@host`, or a URI.
        target: String,
        /// Plain text.
        text: String,
    },
    /// An entry of the owner's in the call's trace.
    Note {
        /// The call.
        call: CallKey,
        /// The entry.
        text: String,
    },
}

/// Why a command cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such call, or it is over.
    NoCall,
    /// Not in this state of the call: nothing is pending, or something else is.
    NotNow,
    /// Nobody asked for a link: [`Command::Register`] first.
    NotOpen,
    /// The target can be no SIP address.
    BadTarget,
}

/// What to do. Take them all by [`poll_output`](super::UserAgent::poll_output) after each call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Open a socket; an older one is gone.
    Open,
    /// Give this to the socket as one text message.
    Send(String),
    /// Close the socket after what was sent, and tell no more of it.
    Close,
    /// Tell the owner.
    Event(Event),
}

/// Who ended a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// We did.
    Us,
    /// The peer, or somebody on the way, did.
    Them,
    /// Nobody answers in this call any more: 408 or 481.
    Link,
}

/// What the owner is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The link is up.
    Opened,
    /// The link is gone. Calls live on.
    Lost,
    /// Registered, after not having been so.
    Registered {
        /// s until it ends if it is not refreshed, which happens by itself.
        expires: u32,
    },
    /// No longer registered.
    Unregistered {
        /// 0: asked for, or the link is lost.
        status: u16,
    },
    /// A registration was refused. All but 403, 404 and a wrong password (401, 407) are tried again.
    RegistrationFailed {
        /// The registrar's answer; 408: none.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// Somebody calls. 100 is sent; [`Command::Ring`], [`Command::Answer`] or [`Command::Refuse`] is next.
    Incoming {
        /// The call.
        call: CallKey,
        /// Display name of the caller; may be empty.
        display: String,
        /// User part of the caller's URI, or its host.
        number: String,
        /// User part of the URI that was called: at a server's end, the number dialled.
        called: String,
        /// Header `X-Call-Id`.
        call_id_header: Option<String>,
        /// Every header whose name begins with `X-`.
        headers: Vec<(String, String)>,
        /// The caller's offer; `None`: it wants ours in [`Command::Answer`].
        sdp: Option<String>,
        /// The call that ends when this one is answered.
        replaces: Option<CallKey>,
    },
    /// [`Command::Offer`], please.
    OfferWanted {
        /// The call.
        call: CallKey,
    },
    /// 100 to 199 to our INVITE.
    Progress {
        /// The call.
        call: CallKey,
        /// 100 to 199.
        status: u16,
        /// Early media: an answer that the final one may yet replace.
        sdp: Option<String>,
    },
    /// The peer's answer to our offer, the first or a later one.
    Answered {
        /// The call.
        call: CallKey,
        /// The answer.
        sdp: String,
    },
    /// The call is answered and both ends know.
    Established {
        /// The call.
        call: CallKey,
    },
    /// The peer wants other media: [`Command::Answer`] or [`Command::Refuse`].
    Offered {
        /// The call.
        call: CallKey,
        /// The offer.
        sdp: String,
    },
    /// The offer that was going on within the call is void, ours or theirs: roll back. After 491 and 500
    /// [`Event::OfferWanted`] comes again by itself.
    OfferFailed {
        /// The call.
        call: CallKey,
        /// The answer.
        status: u16,
    },
    /// How our transfer goes.
    Transferring {
        /// The call.
        call: CallKey,
        /// 100 to 199: goes on; 200 to 299: done; above: failed, the call is still ours.
        status: u16,
    },
    /// The peer asks us to call somebody else: [`Command::Follow`], [`Command::Report`] or [`Command::Refuse`].
    Referred {
        /// The call.
        call: CallKey,
        /// The URI to call as it was written, with `?Replaces=…` where it has that.
        target: String,
        /// A call of the target's is to be replaced: an attended transfer.
        replaces: bool,
    },
    /// The peer pressed a key (INFO).
    Dtmf {
        /// The call.
        call: CallKey,
        /// `0` to `9`, `*`, `#`, `A` to `D`.
        digit: char,
        /// ms.
        duration: u32,
    },
    /// Another INFO.
    Info {
        /// The call.
        call: CallKey,
        /// `Content-Type`.
        kind: String,
        /// The body.
        body: String,
    },
    /// A text outside of calls.
    Message {
        /// The sender's URI.
        from: String,
        /// The text.
        text: String,
    },
    /// The peer takes candidates one by one (RFC 8840).
    TrickleSupported {
        /// The call.
        call: CallKey,
    },
    /// The call is over; its key names nothing any more, but its trace stays for a while.
    Ended {
        /// The call.
        call: CallKey,
        /// Who ended it.
        by: End,
        /// The final answer; 200 for a BYE that names no other cause; 487 for a call given up before it was answered.
        status: u16,
        /// Text of the `Reason` header or of the status line; may be empty.
        reason: String,
    },
}

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallState {
    /// Ours: waiting for our offer, or sent and nothing heard but 100.
    Calling,
    /// It rings, at either end.
    Ringing,
    /// Answered; media may flow.
    Established,
    /// Over.
    Ended,
}
