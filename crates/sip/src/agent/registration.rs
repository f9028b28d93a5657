//! The registration: made, kept, made again (RFC 3261 section 10, RFC 5626, RFC 5627).

use super::chance::Chance;
use super::dialog::owned;
use super::text::{escape, named, number_of};
use super::{Event, UserAgent, passed};
use crate::message::{Message, Name, NameAddr, param};
use crate::transaction::{Purpose, Request};
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
    due: Option<u64>,
    failures: u32,
    /// The registrar's own URI for us, good from everywhere.
    gruu: Option<String>,
    /// The way that the registrar wants our requests to go (RFC 3608).
    pub(super) routes: Vec<String>,
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
            due: None,
            failures: 0,
            gruu: None,
            routes: Vec::new(),
            outbound: false,
            plain: false,
        }
    }

    pub(super) fn is_on(&self) -> bool {
        self.state == State::On
    }

    pub(super) fn is_refused(&self) -> bool {
        self.state == State::Refused
    }

    pub(super) fn times(&self) -> [Option<u64>; 1] {
        [self.due]
    }
}

impl UserAgent {
    /// `<sip:account@domain>`.
    pub(super) fn own_uri(&self) -> String {
        let mut text = String::from("<sip:");
        escape(&mut text, &self.config.account, b"-_.!~*'()&=+$,;?/");
        text.push('@');
        text.push_str(&self.config.domain);
        text.push('>');
        text
    }

    /// The same with our name before it.
    pub(super) fn address(&self) -> String {
        named(&self.config.display, &self.own_uri())
    }

    /// Our `Contact`. `first`: in a request that makes a dialog, which says that the dialog is to stay on this flow.
    pub(super) fn contact_value(&self, first: bool) -> String {
        let mut text = String::from("<");
        match &self.registration.gruu {
            Some(gruu) => text.push_str(gruu),
            None => {
                text.push_str(&self.contact);
                if first && self.registration.outbound {
                    text.push_str(";ob");
                }
            }
        }
        text.push('>');
        text
    }

    pub(super) fn register(&mut self, now: u64) {
        if !self.config.register {
            return;
        }
        self.registration.failures = 0;
        if self.registration.state != State::On {
            self.registration.state = State::Trying;
        }
        if self.link.is_open() {
            self.link.wanted = true;
            self.link.leave_at = None;
            self.ask_registrar(now);
        } else {
            self.open_link(now);
        }
    }

    pub(super) fn unregister(&mut self, now: u64) {
        let was = self.registration.state;
        self.registration.state = State::Off;
        self.registration.due = None;
        let asked = self.is_asking(Purpose::Register);
        if self.link.is_open() && (was == State::On || asked) {
            self.ask_registrar(now);
        } else if was != State::Off {
            self.release(now);
            self.tell(Event::Unregistered { status: 0 });
        }
    }

    pub(super) fn registration_opened(&mut self, now: u64) {
        if self.registration.state == State::Trying {
            self.registration.pending = true;
            self.ask_registrar(now);
        } else {
            self.flow(now);
        }
    }

    pub(super) fn registration_lost(&mut self) {
        self.registration.pending = false;
        self.registration.due = None;
        let leaving = self.registration.state == State::Off && self.is_asking(Purpose::Register);
        if self.registration.state == State::On {
            self.registration.state = State::Trying;
        } else if !leaving {
            return;
        }
        self.tell(Event::Unregistered { status: 0 });
    }

    pub(super) fn expire_registration(&mut self, now: u64) {
        if passed(self.registration.due, now) {
            self.registration.due = None;
            if self.link.is_open() {
                self.ask_registrar(now);
            }
        }
    }

    /// Sends a REGISTER: for what is wanted now.
    fn ask_registrar(&mut self, now: u64) {
        // An older one has nothing to say any more.
        self.clients
            .retain(|client| client.request.purpose != Purpose::Register);
        let ours = &mut self.registration;
        ours.due = None;
        ours.cseq += 1;
        let expires = if ours.state == State::Off {
            0
        } else {
            self.config.expires.max(ours.least)
        };
        let mut contact = ["<", &self.contact, ">"].concat();
        if !ours.plain {
            contact.push_str(";reg-id=1;+sip.instance=\"<");
            contact.push_str(&self.config.instance);
            contact.push_str(">\"");
        }
        contact.push_str(";expires=");
        contact.push_str(&expires.to_string());
        let (call_id, tag, cseq) = (ours.call_id.clone(), ours.tag.clone(), ours.cseq);
        let address = self.address();
        let mut from = address.clone();
        from.push_str(";tag=");
        from.push_str(&tag);
        let mut request = Request {
            purpose: Purpose::Register,
            call: 0,
            uri: self.home(),
            routes: Vec::new(),
            from,
            to: address,
            call_id,
            cseq,
            headers: Vec::new(),
            body: None,
            credentials: Vec::new(),
        };
        request.header("Contact", contact);
        self.begin(request, now);
    }

    /// The number of a REGISTER that goes out again.
    pub(super) fn next_registration(&mut self) -> u32 {
        self.registration.cseq += 1;
        self.registration.cseq
    }

    /// The registrar's final answer; `None`: there was none in time.
    pub(super) fn registered(&mut self, status: u16, message: Option<&Message<'_>>, now: u64) {
        if self.registration.state == State::Off {
            self.release(now);
            self.tell(Event::Unregistered { status: 0 });
            return;
        }
        match (status, message) {
            (200..=299, Some(message)) => {
                let expires = self.learn(message);
                let ours = &mut self.registration;
                let news = ours.state != State::On;
                ours.state = State::On;
                ours.failures = 0;
                ours.due = Some(now + u64::from(expires.max(3)) * 2_000 / 3);
                let flow = number_of(message, Name::FlowTimer).filter(|s| *s > 0);
                let outbound = ours.outbound && message.has_token(Name::Require, "outbound");
                self.link.settled(outbound, flow);
                self.release(now);
                if news {
                    self.tell(Event::Registered { expires });
                }
            }
            // Longer, then (RFC 3261 section 10.2.8).
            (423, Some(message))
                if number_of(message, Name::MinExpires).is_some_and(|least| {
                    least > self.registration.least.max(self.config.expires)
                }) =>
            {
                self.registration.least = number_of(message, Name::MinExpires).unwrap_or_default();
                self.ask_registrar(now);
            }
            // The first hop keeps no flows (RFC 5626 section 11.6).
            (439, _) if !self.registration.plain => {
                self.registration.plain = true;
                self.ask_registrar(now);
            }
            _ => self.refused_by_registrar(status, message, now),
        }
    }

    fn refused_by_registrar(&mut self, status: u16, message: Option<&Message<'_>>, now: u64) {
        let ours = &mut self.registration;
        let was = ours.state;
        if matches!(status, 401 | 403 | 404 | 407) {
            ours.state = State::Refused;
            ours.due = None;
        } else {
            ours.state = State::Trying;
            let pause = LONGEST.min(PAUSE << ours.failures.min(5));
            ours.failures += 1;
            let asked = message.and_then(|message| number_of(message, Name::RetryAfter));
            let wait = asked.map_or(0, |s| u64::from(s.min(3_600)) * 1_000);
            ours.due = Some(now + wait.max(self.chance.about(pause)));
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
        self.release(now);
    }

    /// What was waiting for the registrar need not wait longer.
    fn release(&mut self, now: u64) {
        if std::mem::take(&mut self.registration.pending) {
            self.flow(now);
        }
    }

    /// Takes what a 200 says; gives the life of the registration, s.
    fn learn(&mut self, message: &Message<'_>) -> u32 {
        let contacts = message.values(Name::Contact);
        let all = || contacts.iter().filter_map(|value| NameAddr::parse(value));
        // A registrar may write our URI in its own way, but the host was made up for us alone.
        let host = Uri::parse(&self.contact).map_or("", |uri| uri.host);
        let mine = all()
            .find(|contact| {
                Uri::parse(contact.uri).is_ok_and(|uri| uri.host.eq_ignore_ascii_case(host))
            })
            .or_else(|| {
                all().find(|contact| {
                    contact
                        .param("+sip.instance")
                        .is_some_and(|instance| instance.contains(&self.config.instance))
                })
            });
        let ours = &mut self.registration;
        ours.gruu = mine
            .and_then(|contact| contact.param("pub-gruu"))
            .filter(|gruu| !gruu.is_empty())
            .map(str::to_owned);
        ours.routes = owned(message.values(Name::ServiceRoute));
        ours.outbound = !ours.plain
            && (message.has_token(Name::Require, "outbound")
                || message.header(Name::FlowTimer).is_some());
        mine.and_then(|contact| param(contact.params, "expires"))
            .and_then(|text| text.parse().ok())
            .or_else(|| number_of(message, Name::Expires))
            .unwrap_or(self.config.expires)
    }
}
