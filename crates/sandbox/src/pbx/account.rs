//! The accounts of phones, each with the user agent that is the pbx's end of its connection.

use sip::UserAgent;
use sip::agent::{CallKey, Command, Config, Input};
use sip::auth::Secret;

use crate::people::{PEOPLE, Person, SIP_DOMAIN};

/// What the pbx calls itself.
const PRODUCT: &str = concat!("sandbox/", env!("CARGO_PKG_VERSION"));
/// Life of a session that the phone wants refreshed, s (RFC 4028).
const SESSION: u32 = 1800;

/// Place of an account among all.
pub(super) type Place = usize;

/// An account. The user agent in it outlives the connections of the phone.
pub(super) struct Account {
    /// User of the registration.
    pub(super) name: String,
    pub(super) person: Person,
    /// Whether it is the browser phone, which the center knows of.
    pub(super) in_browser: bool,
    pub(super) agent: UserAgent,
    /// The connection to which the phone's registration has bound the account.
    pub(super) link: Option<u64>,
    /// Where the phone is called, as long as it is registered.
    pub(super) contact: Option<String>,
    /// The phone's own `Contact`.
    pub(super) shown_contact: String,
    /// ms; meaningless without a contact.
    pub(super) expires_at: u64,
    /// What the center was told last.
    pub(super) told_busy: bool,
}

impl Account {
    fn new(person: Person, in_browser: bool, seed: u64) -> Self {
        let name = if in_browser {
            person.webrtc_sip_id()
        } else {
            person.sip_id()
        };
        let config = Config {
            account: name.clone(),
            domain: SIP_DOMAIN.to_owned(),
            display: String::new(),
            password: Secret::default(),
            authorization_user: None,
            instance: String::new(),
            product: PRODUCT.to_owned(),
            expires: 0,
            secure: false,
            register: false,
            session_expires: SESSION,
            contact: Some(format!("sip:pbx@{SIP_DOMAIN};transport=ws")),
            // The original waits for an acknowledgement of its reliable answer if it is offered this.
            reliable: false,
        };
        Self {
            name,
            person,
            in_browser,
            agent: UserAgent::new(config, seed),
            link: None,
            contact: None,
            shown_contact: String::new(),
            expires_at: 0,
            told_busy: false,
        }
    }

    /// How the phone is shown in calls: the browser phone as its agent.
    pub(super) fn number(&self) -> &str {
        if self.in_browser {
            self.person.number
        } else {
            &self.name
        }
    }

    /// Where to call the phone, if it can be.
    pub(super) fn reachable(&self) -> Option<&str> {
        self.contact.as_deref().filter(|_| self.link.is_some())
    }

    /// Has the user agent do something. `None` if that cannot be done, in which case the call in question is over.
    pub(super) fn command(&mut self, command: Command, now: u64) -> Option<Option<CallKey>> {
        self.agent.command(command, now).ok()
    }

    /// Binds the account to another connection.
    pub(super) fn connect(&mut self, link: u64, now: u64) {
        self.disconnect(now);
        self.link = Some(link);
        self.agent.handle(Input::Opened, now);
    }

    /// The account's connection is gone.
    pub(super) fn disconnect(&mut self, now: u64) {
        if self.link.take().is_some() {
            self.agent.handle(Input::Closed, now);
        }
    }
}

/// All accounts: of each person the one in the browser, then the one of the desk phone.
pub(super) fn all(mut seeds: impl FnMut() -> u64) -> Vec<Account> {
    PEOPLE
        .into_iter()
        .flat_map(|person| [(person, true), (person, false)])
        .map(|(person, in_browser)| Account::new(person, in_browser, seeds()))
        .collect()
}

/// The account of this name.
pub(super) fn named(accounts: &[Account], name: &str) -> Option<Place> {
    accounts.iter().position(|account| account.name == name)
}

/// The browser phone of the agent of this number.
pub(super) fn of_agent(accounts: &[Account], number: &str) -> Option<Place> {
    accounts
        .iter()
        .position(|account| account.in_browser && account.person.number == number)
}
