//! The server in the middle, written by hand: a registrar with digest, and a proxy that keeps no transactions.

use super::phone::{DOMAIN, PASSWORD};
use sip::auth::{Algorithm, Authority, Check, Secret};
use sip::{Draft, Message, Name, NameAddr, Uri};

/// Where the proxy is.
pub const PROXY: &str = "proxy.example.com";

/// Whom the proxy asks for a password with 407.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    Nobody,
    /// Who begins something.
    First,
    /// Everybody, within calls too.
    All,
}

/// Where somebody is registered.
struct Binding {
    account: String,
    uri: String,
    who: usize,
}

pub struct Proxy {
    /// REGISTER needs a password.
    pub guarded: bool,
    pub asks: Asks,
    /// Stays on the way of every dialog.
    pub records: bool,
    /// Says that it keeps flows (RFC 5626).
    pub outbound: bool,
    /// `Flow-Timer`, s.
    pub flow_timer: Option<u32>,
    /// The longest life of a registration, s.
    pub longest: u32,
    /// The shortest, s.
    pub shortest: u32,
    /// Gives each phone a URI that is good from everywhere (RFC 5627).
    pub gruu: bool,
    /// `Service-Route`.
    pub service_routes: Vec<String>,
    /// Bindings of other devices, which come first in the answer.
    pub others: Vec<String>,
    /// What every REGISTER gets: status and headers.
    pub refuses: Option<(u16, Vec<(&'static str, String)>)>,
    /// REGISTER gets no answer at all.
    pub deaf: bool,
    /// OPTIONS to the domain are answered.
    pub pings: bool,
    /// Line ends are answered.
    pub pongs: bool,
    /// What cannot be delivered now waits until the phone is registered again, as at a server's end of the agent.
    pub keeps: bool,
    /// Whose socket is open, as the server knows.
    pub lines: Vec<bool>,
    registrar: Authority,
    gate: Authority,
    nonces: u32,
    bindings: Vec<Binding>,
    /// Which phone made up which host.
    hosts: Vec<(String, usize)>,
    /// Branches of requests that went no further: their ACK does not either.
    answered: Vec<String>,
    stored: Vec<(usize, String)>,
}

fn authority(algorithms: &[Algorithm]) -> Authority {
    Authority::new(DOMAIN, algorithms)
}

/// A text that goes down to a phone.
pub type Letter = (usize, String);

impl Proxy {
    pub fn new() -> Proxy {
        Proxy {
            guarded: true,
            asks: Asks::First,
            records: true,
            outbound: false,
            flow_timer: None,
            longest: 3600,
            shortest: 1,
            gruu: false,
            service_routes: Vec::new(),
            others: Vec::new(),
            refuses: None,
            deaf: false,
            pings: true,
            pongs: true,
            keeps: true,
            lines: Vec::new(),
            registrar: authority(&[Algorithm::Md5]),
            gate: authority(&[Algorithm::Md5]),
            nonces: 0,
            bindings: Vec::new(),
            hosts: Vec::new(),
            answered: Vec::new(),
            stored: Vec::new(),
        }
    }

    /// Asks for these from now on, the preferred one first; every nonce so far is out of date.
    pub fn ask_for(&mut self, algorithms: &[Algorithm]) {
        self.registrar = authority(algorithms);
        self.gate = authority(algorithms);
    }

    /// Every nonce so far is out of date.
    pub fn forget_nonces(&mut self) {
        self.ask_for(&[Algorithm::Md5]);
    }

    /// Whether somebody is registered under this account.
    pub fn knows(&self, account: &str) -> bool {
        self.bindings.iter().any(|one| one.account == account)
    }

    /// Takes what a phone sent; gives what goes to which phone.
    pub fn receive(&mut self, who: usize, text: &str) -> Vec<Letter> {
        if text.trim().is_empty() {
            let answers = self.pongs && text.len() >= 4;
            return answers
                .then(|| (who, "\r\n".to_owned()))
                .into_iter()
                .collect();
        }
        let message = Message::parse(text.as_bytes()).expect("phones send good messages");
        let home = message
            .uri()
            .is_some_and(|uri| uri == format!("sip:{DOMAIN}"));
        match message.method() {
            None => self.give_back(&message),
            Some("REGISTER") => self.register(who, &message),
            Some("OPTIONS") if home => {
                let answer = respond(&message, 200, "OK", &[]);
                self.pings.then_some((who, answer)).into_iter().collect()
            }
            Some(method) => self.forward(who, &message, method),
        }
    }

    // ── the registrar ────────────────────────────────────────────────────────────────────────────────────────────

    fn register(&mut self, who: usize, message: &Message<'_>) -> Vec<Letter> {
        if self.deaf {
            return Vec::new();
        }
        if let Some((status, headers)) = &self.refuses {
            return vec![(who, respond(message, *status, "Refused", headers))];
        }
        if self.guarded {
            let value = message.header(Name::Authorization);
            let check = value.map(|value| {
                self.registrar
                    .check(value, "REGISTER", message.body(), &password_of)
            });
            if !matches!(check, Some(Check::Granted { .. })) {
                let nonce = self.nonce();
                let values = self
                    .registrar
                    .challenge(&nonce, check == Some(Check::Stale));
                let headers: Vec<(&str, String)> = values
                    .into_iter()
                    .map(|value| ("WWW-Authenticate", value))
                    .collect();
                return vec![(who, respond(message, 401, "Unauthorized", &headers))];
            }
        }
        let contact = message.header(Name::Contact).expect("a Contact");
        let contact = NameAddr::parse(contact).expect("an address");
        let asked = contact.param("expires").or(message.header(Name::Expires));
        let asked: u32 = asked.and_then(|text| text.parse().ok()).unwrap_or(3600);
        if asked > 0 && asked < self.shortest {
            let least = [("Min-Expires", self.shortest.to_string())];
            return vec![(who, respond(message, 423, "Interval Too Brief", &least))];
        }
        let to = message.to().expect("a To");
        let account = Uri::parse(to.uri).expect("a URI").user.expect("a user");
        self.bindings.retain(|one| one.account != account);
        let mut headers: Vec<(&str, String)> = Vec::new();
        for other in &self.others {
            headers.push(("Contact", other.clone()));
        }
        if asked > 0 {
            self.bindings.push(Binding {
                account: account.to_owned(),
                uri: contact.uri.to_owned(),
                who,
            });
            // Parameters come back as they went, but for the time.
            let mut value = format!("<{}>;expires={}", contact.uri, asked.min(self.longest));
            if let Some(instance) = contact.param("+sip.instance") {
                value.push_str(&format!(";reg-id=1;+sip.instance=\"{instance}\""));
            }
            if self.gruu {
                value.push_str(&format!(";pub-gruu=\"{}\"", gruu_of(account)));
            }
            headers.push(("Contact", value));
        }
        for route in &self.service_routes {
            headers.push(("Service-Route", route.clone()));
        }
        if self.outbound {
            headers.push(("Require", "outbound".to_owned()));
        }
        if let Some(seconds) = self.flow_timer {
            headers.push(("Flow-Timer", seconds.to_string()));
        }
        let mut letters = vec![(who, respond(message, 200, "OK", &headers))];
        let (now, later): (Vec<Letter>, Vec<Letter>) = std::mem::take(&mut self.stored)
            .into_iter()
            .partition(|(to, _)| *to == who);
        letters.extend(now);
        self.stored = later;
        letters
    }

    fn nonce(&mut self) -> String {
        self.nonces += 1;
        format!("nonce{}", self.nonces)
    }

    // ── the proxy ────────────────────────────────────────────────────────────────────────────────────────────────

    fn forward(&mut self, who: usize, message: &Message<'_>, method: &str) -> Vec<Letter> {
        let via = message.top_via().expect("a Via");
        let branch = via.branch.expect("a branch").to_owned();
        if !self.hosts.iter().any(|(host, _)| host == via.sent_by) {
            self.hosts.push((via.sent_by.to_owned(), who));
        }
        if method == "ACK" && self.answered.contains(&branch) {
            return Vec::new();
        }
        let is_new = message.to().expect("a To").tag().is_none();
        let may_be_asked = !matches!(method, "ACK" | "CANCEL");
        let begins = is_new && may_be_asked;
        let asked = match self.asks {
            Asks::Nobody => false,
            Asks::First => begins,
            Asks::All => may_be_asked,
        };
        if asked {
            let value = message.header(Name::ProxyAuthorization);
            let check =
                value.map(|value| self.gate.check(value, method, message.body(), &password_of));
            if !matches!(check, Some(Check::Granted { .. })) {
                let nonce = self.nonce();
                let values = self.gate.challenge(&nonce, check == Some(Check::Stale));
                let headers: Vec<(&str, String)> = values
                    .into_iter()
                    .map(|value| ("Proxy-Authenticate", value))
                    .collect();
                self.answered.push(branch);
                return vec![(
                    who,
                    respond(message, 407, "Proxy Authentication Required", &headers),
                )];
            }
        }
        let uri = message.uri().expect("a URI");
        let Some((target, to)) = self.place_of(uri) else {
            self.answered.push(branch);
            let lost = respond(message, 404, "Not Found", &[]);
            return (method != "ACK")
                .then_some((who, lost))
                .into_iter()
                .collect();
        };
        if begins && !self.lines[to] {
            self.answered.push(branch);
            return vec![(who, respond(message, 480, "Temporarily Unavailable", &[]))];
        }
        let text = self.forwarded(message, method, &target, &branch);
        self.deliver(to, text)
    }

    /// The request as it goes on.
    fn forwarded(&self, message: &Message<'_>, method: &str, target: &str, branch: &str) -> String {
        let mut draft = Draft::request(method, target);
        draft.header("Via", &format!("SIP/2.0/WSS {PROXY};branch={branch}.p"));
        for via in message.values(Name::Via) {
            draft.header("Via", via);
        }
        if self.records && method == "INVITE" {
            draft.header("Record-Route", &record());
        }
        for route in message.values(Name::Route) {
            if !route.contains(PROXY) {
                draft.header("Route", route);
            }
        }
        let hops = message
            .header(Name::MaxForwards)
            .and_then(|hops| hops.parse::<u32>().ok());
        let hops = hops.expect("Max-Forwards") - 1;
        draft.header("Max-Forwards", &hops.to_string());
        let own = [
            Name::Via,
            Name::Route,
            Name::MaxForwards,
            Name::ProxyAuthorization,
        ];
        copy_rest(&mut draft, message, &own);
        draft.finish()
    }

    /// An answer, on its way back.
    fn give_back(&mut self, message: &Message<'_>) -> Vec<Letter> {
        let vias = message.values(Name::Via);
        assert!(vias[0].contains(PROXY), "an answer that went the wrong way");
        let next = vias
            .get(1)
            .and_then(|via| sip::Via::parse(via))
            .expect("a Via");
        let who = self
            .hosts
            .iter()
            .find(|(host, _)| host == next.sent_by)
            .expect("a host")
            .1;
        let mut draft = Draft::response(message.status().expect("a status"), message.reason());
        for via in &vias[1..] {
            draft.header("Via", via);
        }
        copy_rest(&mut draft, message, &[Name::Via]);
        let text = draft.finish();
        self.deliver(who, text)
    }

    fn deliver(&mut self, to: usize, text: String) -> Vec<Letter> {
        if self.lines[to] {
            return vec![(to, text)];
        }
        if self.keeps {
            self.stored.push((to, text));
        }
        Vec::new()
    }

    /// The phone that a Request-URI leads to, and what the URI becomes.
    fn place_of(&self, uri: &str) -> Option<(String, usize)> {
        let parsed = Uri::parse(uri).expect("a URI");
        if parsed.host == DOMAIN {
            let account = parsed.user?;
            let found = self.bindings.iter().find(|one| one.account == account)?;
            return Some((found.uri.clone(), found.who));
        }
        // A host that was made up is known from the binding, else from what came from there.
        let found = self
            .bindings
            .iter()
            .find(|one| Uri::parse(&one.uri).is_ok_and(|bound| bound.host == parsed.host));
        let known = self.hosts.iter().find(|(host, _)| host == parsed.host);
        let who = found.map(|one| one.who).or(known.map(|(_, who)| *who))?;
        Some((uri.to_owned(), who))
    }
}

/// The URI that the registrar gives out for an account (RFC 5627).
pub fn gruu_of(account: &str) -> String {
    format!("sip:{account}@{DOMAIN};gr=kept")
}

/// What the proxy puts into `Record-Route`.
pub fn record() -> String {
    format!("<sip:{PROXY};transport=ws;lr>")
}

fn password_of(user: &str) -> Option<Secret> {
    (!user.is_empty()).then(|| Secret::new(PASSWORD.to_owned()))
}

/// Every header but these, and the body.
fn copy_rest(draft: &mut Draft, message: &Message<'_>, but: &[Name]) {
    for (name, value) in message.all() {
        let known = Name::parse(name);
        let own = matches!(known, Name::ContentLength | Name::ContentType);
        if !own && !but.contains(&known) {
            draft.header(name, value);
        }
    }
    if let Some(kind) = message.header(Name::ContentType) {
        draft.body(kind, message.body_text());
    }
}

/// The server's own answer.
fn respond(
    message: &Message<'_>,
    status: u16,
    reason: &str,
    headers: &[(&'static str, String)],
) -> String {
    let mut draft = Draft::response(status, reason);
    for via in message.values(Name::Via) {
        draft.header("Via", via);
    }
    let mut to = message.header(Name::To).expect("a To").to_owned();
    if message.to().expect("a To").tag().is_none() {
        to.push_str(";tag=server");
    }
    draft
        .header("From", message.header(Name::From).expect("a From"))
        .header("To", &to)
        .header("Call-ID", message.call_id())
        .header("CSeq", message.header(Name::CSeq).expect("a CSeq"));
    for (name, value) in headers {
        draft.header(name, value);
    }
    draft.finish()
}
