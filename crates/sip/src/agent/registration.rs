//! The registration: made, kept, made again (RFC 3261 section 10, RFC 5626, RFC 5627).

use super::chance::Chance;
use super::dialog::{enclosed, joined};
use super::text::{named, number_of, uri_of};
use super::{Event, UserAgent};
use crate::message::{Message, Name, NameAddr, decimal, fill, filled, number, param};
use crate::transaction::{NEVER, Purpose, Request};
use crate::uri::Uri;

/// How long a leaving agent waits for answers, ms.
pub(super) const GOODBYE: u64 = 2_000;
/// The first pause after a refusal, ms; the next is twice as long, up to [`LONGEST`].
const PAUSE: u64 = 2_000;
const LONGEST: u64 = 60_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not wanted.
    Off,
    /// Wanted, and not there yet or no longer.
    Trying,
    On,
    /// Refused for good: asking again would not help.
    Refused,
}

/// What we know of our registration.
pub(super) struct Registration {
    state: State,
    /// The first answer on this link has not come yet: everything else waits for it.
    pub(super) pending: bool,
    call_id: String,
    tag: String,
    cseq: u32,
    /// s, where the registrar wanted it longer than the configuration.
    least: u32,
    /// Refresh or next try.
    pub(super) due: u64,
    failures: u32,
    /// The registrar's own URI for us, good from everywhere; may be empty.
    gruu: String,
    /// The way that the registrar wants our requests to go (RFC 3608), with commas between the steps.
    pub(super) routes: String,
    /// The registrar keeps our flow (RFC 5626).
    pub(super) outbound: bool,
    /// A proxy on the way cannot (439).
    plain: bool,
}

impl Registration {
    pub(super) fn new(chance: &mut Chance) -> Self {
        Registration {
            state: State::Off,
            pending: false,
            call_id: chance.token(22),
            tag: chance.token(10),
            cseq: 0,
            least: 0,
            due: NEVER,
            failures: 0,
            gruu: String::new(),
            routes: String::new(),
            outbound: false,
            plain: false,
        }
    }

    pub(super) fn is_on(&self) -> bool {
        self.state == State::On
    }

    /// The number of a REGISTER.
    pub(super) fn next_number(&mut self) -> u32 {
        self.cseq += 1;
        self.cseq
    }

    pub(super) fn is_refused(&self) -> bool {
        self.state == State::Refused
    }
}

impl UserAgent {
    /// `<sip:account@domain>`.
    pub(super) fn own_uri(&self) -> String {
        enclosed(&uri_of(&self.config.account, &self.config.domain))
    }

    /// The same with our name before it.
    pub(super) fn address(&self) -> String {
        named(&self.config.display, &self.own_uri())
    }

    /// Adds our `Contact`. `first`: to a request that makes a dialog, which says that the dialog is to stay on this flow.
    pub(super) fn put_contact(&self, out: &mut String, first: bool) {
        let ours = &self.registration;
        let (uri, flow) = if !ours.gruu.is_empty() {
            (&ours.gruu, "")
        } else if first && ours.outbound {
            (&self.contact, ";ob")
        } else {
            (&self.contact, "")
        };
        fill(out, "Contact: <%%>\r\n", &[uri, flow]);
    }

    pub(super) fn register(&mut self) {
        if !self.config.register {
            return;
        }
        self.registration.failures = 0;
        if self.registration.state != State::On {
            self.registration.state = State::Trying;
        }
        if self.link.is_open() {
            self.link.wanted = true;
            self.link.leave_at = NEVER;
            self.ask_registrar();
        } else {
            self.open_link();
        }
    }

    pub(super) fn unregister(&mut self) {
        let was = self.registration.state;
        self.registration.state = State::Off;
        self.registration.due = NEVER;
        let asked = self.asking(Purpose::Register).is_some();
        if self.link.is_open() && (was == State::On || asked) {
            self.ask_registrar();
        } else if was != State::Off {
            self.release();
            self.tell(Event::Unregistered { status: 0 });
        }
    }

    pub(super) fn registration_opened(&mut self) {
        if self.registration.state == State::Trying {
            self.registration.pending = true;
            self.ask_registrar();
        } else {
            self.flow();
        }
    }

    pub(super) fn registration_lost(&mut self) {
        self.registration.pending = false;
        self.registration.due = NEVER;
        let leaving =
            self.registration.state == State::Off && self.asking(Purpose::Register).is_some();
        if self.registration.state == State::On {
            self.registration.state = State::Trying;
        } else if !leaving {
            return;
        }
        self.tell(Event::Unregistered { status: 0 });
    }

    pub(super) fn expire_registration(&mut self) {
        if self.registration.due <= self.now {
            self.registration.due = NEVER;
            if self.link.is_open() {
                self.ask_registrar();
            }
        }
    }

    /// Sends a REGISTER: for what is wanted now.
    fn ask_registrar(&mut self) {
        // An older one has nothing to say any more.
        while let Some(old) = self.asking(Purpose::Register) {
            self.clients.remove(old);
        }
        let ours = &mut self.registration;
        ours.due = NEVER;
        let cseq = ours.next_number();
        let expires = if ours.state == State::Off {
            0
        } else {
            self.config.expires.max(ours.least)
        };
        let line = if ours.plain {
            "Contact: <%>;expires=%\r\n"
        } else {
            "Contact: <%>;expires=%;reg-id=1;+sip.instance=\"<%>\"\r\n"
        };
        let expires = decimal(expires.into());
        let instance = &self.config.instance;
        let mut request = Request::new(Purpose::Register, 0, cseq);
        fill(
            &mut request.lines,
            line,
            &[&self.contact, &expires, instance],
        );
        self.home(&mut request.uri);
        request.to = self.address();
        let ours = &self.registration;
        let from = filled("%;tag=%", &[&request.to, &ours.tag]);
        request.identify(&from, &ours.call_id);
        self.begin(request);
    }

    /// The registrar's final answer; `None`: there was none in time.
    pub(super) fn registered(&mut self, status: u16, message: Option<&Message<'_>>) {
        if self.registration.state == State::Off {
            self.release();
            self.tell(Event::Unregistered { status: 0 });
            return;
        }
        let said = |name| message.and_then(|message| number_of(message, name));
        let ours = &mut self.registration;
        let least = said(Name::MinExpires).unwrap_or_default();
        if let (200..=299, Some(message)) = (status, message) {
            let news = ours.state != State::On;
            ours.state = State::On;
            ours.failures = 0;
            let expires = self.learn(message);
            let ours = &mut self.registration;
            ours.due = self.now + u64::from(expires.max(3)) * 2_000 / 3;
            let outbound = ours.outbound && message.has_token(Name::Require, "outbound");
            let flow = said(Name::FlowTimer).filter(|s| *s > 0);
            self.link.settled(outbound, flow);
            self.release();
            if news {
                self.tell(Event::Registered { expires });
            }
        } else if status == 423 && least > ours.least.max(self.config.expires) {
            // Longer, then (RFC 3261 section 10.2.8).
            ours.least = least;
            self.ask_registrar();
        } else if status == 439 && !ours.plain {
            // The first hop keeps no flows (RFC 5626 section 11.6).
            ours.plain = true;
            self.ask_registrar();
        } else {
            self.refused_by_registrar(status, message);
        }
    }

    fn refused_by_registrar(&mut self, status: u16, message: Option<&Message<'_>>) {
        let ours = &mut self.registration;
        let was = ours.state;
        if matches!(status, 401 | 403 | 404 | 407) {
            ours.state = State::Refused;
            ours.due = NEVER;
        } else {
            ours.state = State::Trying;
            let pause = LONGEST.min(PAUSE << ours.failures.min(5));
            ours.failures += 1;
            let asked = message.and_then(|message| number_of(message, Name::RetryAfter));
            let wait = asked.map_or(0, |s| u64::from(s.min(3_600)) * 1_000);
            ours.due = self.now + wait.max(self.chance.about(pause));
        }
        if was == State::On {
            self.tell(Event::Unregistered { status });
        }
        let reason = message.map_or("no answer", |message| message.reason());
        self.tell(Event::RegistrationFailed {
            status,
            reason: reason.to_owned(),
        });
        // Calls that go on are the peers' affair, not the registrar's.
        self.release();
    }

    /// What was waiting for the registrar need not wait longer.
    fn release(&mut self) {
        if std::mem::take(&mut self.registration.pending) {
            self.flow();
        }
    }

    /// Takes what a 200 says; gives the life of the registration, s.
    fn learn(&mut self, message: &Message<'_>) -> u32 {
        // A registrar may write our URI in its own way, but the host was made up for us alone.
        let host = Uri::parse(&self.contact).map_or("", |uri| uri.host);
        let contacts = message.values(Name::Contact);
        let contacts = || contacts.iter().filter_map(|value| NameAddr::parse(value));
        let instance = enclosed(&self.config.instance);
        let mine = contacts()
            .find(|one| Uri::parse(one.uri).is_ok_and(|uri| uri.host.eq_ignore_ascii_case(host)))
            .or_else(|| contacts().find(|one| one.param("+sip.instance") == Some(&instance)))
            .map_or("", |one| one.params);
        let said = |name| param(mine, name);
        let ours = &mut self.registration;
        ours.gruu = said("pub-gruu").unwrap_or_default().to_owned();
        ours.routes = joined(&message.values(Name::ServiceRoute));
        ours.outbound = !ours.plain
            && (message.has_token(Name::Require, "outbound")
                || message.header(Name::FlowTimer).is_some());
        said("expires")
            .and_then(number)
            .or_else(|| number_of(message, Name::Expires))
            .unwrap_or(self.config.expires)
    }
}
