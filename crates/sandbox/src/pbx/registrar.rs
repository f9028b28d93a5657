//! Who may register, and what a phone asks of the registrar (RFC 3261 section 10.3).

use sip::auth::{Algorithm, Authority, Check, Secret};
use sip::message::NameAddr;
use sip::{Message, Name, Uri};

use crate::people::SIP_DOMAIN;

/// The longest life of a registration, s.
const LONGEST: u32 = 6000;
/// The life of a registration of a phone that names none, s.
const USUAL: u32 = 3600;

/// What is to be done about a REGISTER.
pub(super) enum Ruling {
    /// It is refused with this status and reason, and challenges where these are asked for.
    Refused(u16, &'static str, Vec<String>),
    /// It comes from whom it says, and wants this for the account.
    Granted {
        /// The account.
        account: String,
        /// What is wanted.
        wish: Wish,
    },
}

/// What a phone wants of its registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish {
    /// To be told of it.
    Ask,
    /// To end it.
    End,
    /// To be reached here.
    Bind(Binding),
}

/// Where a phone is to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binding {
    /// The URI to call.
    pub(super) uri: String,
    /// The phone's own `Contact`, which it looks for in the answer, without a life.
    pub(super) contact: String,
    /// s.
    pub(super) life: u32,
    /// Whether the phone keeps its connection alive by empty lines if it is asked to (RFC 5626).
    pub(super) outbound: bool,
}

pub(super) struct Registrar {
    authority: Authority,
}

impl Registrar {
    pub(super) fn new() -> Self {
        Self {
            // The better first (RFC 8760 section 2.3). The original and JsSIP take the last, and know MD5 only.
            authority: Authority::new(SIP_DOMAIN, &[Algorithm::Sha256, Algorithm::Md5]),
        }
    }

    /// Judges a REGISTER. `nonce` is text that nobody could guess, for the case that a challenge is needed.
    pub(super) fn judge(
        &mut self,
        request: &Message<'_>,
        nonce: &str,
        password_of: &dyn Fn(&str) -> Option<Secret>,
    ) -> Ruling {
        let credentials = request.values(Name::Authorization);
        if credentials.is_empty() {
            return self.challenge(nonce, false);
        }
        let mut stale = false;
        for value in credentials {
            match self
                .authority
                .check(value, "REGISTER", request.body(), password_of)
            {
                Check::Granted { user } => return granted(request, user),
                Check::Stale => stale = true,
                Check::Denied => {}
            }
        }
        if stale {
            self.challenge(nonce, true)
        } else {
            // A challenge again would have phones try the same password for ever.
            refused(403, "Wrong user or password")
        }
    }

    fn challenge(&mut self, nonce: &str, stale: bool) -> Ruling {
        Ruling::Refused(401, "Unauthorized", self.authority.challenge(nonce, stale))
    }
}

fn refused(status: u16, reason: &'static str) -> Ruling {
    Ruling::Refused(status, reason, Vec::new())
}

/// What somebody wants who is who they say they are.
fn granted(request: &Message<'_>, user: String) -> Ruling {
    let own = request
        .to()
        .and_then(|to| Uri::parse(to.uri).ok())
        .is_some_and(|to| to.user == Some(user.as_str()));
    if !own {
        return refused(403, "Not your account");
    }
    let wish = match read_wish(request) {
        Some(wish) => wish,
        None => return refused(400, "Contact cannot be read"),
    };
    Ruling::Granted {
        account: user,
        wish,
    }
}

fn read_wish(request: &Message<'_>) -> Option<Wish> {
    let general = request
        .header(Name::Expires)
        .and_then(|text| text.parse::<u32>().ok());
    let contacts = request.values(Name::Contact);
    let Some(first) = contacts.first() else {
        return Some(Wish::Ask);
    };
    if *first == "*" {
        return (general == Some(0)).then_some(Wish::End);
    }
    // Phones in browsers have one place only.
    let contact = NameAddr::parse(first)?;
    let life = contact
        .param("expires")
        .and_then(|text| text.parse::<u32>().ok())
        .or(general)
        .unwrap_or(USUAL)
        .min(LONGEST);
    if life == 0 {
        return Some(Wish::End);
    }
    Some(Wish::Bind(Binding {
        uri: contact.uri.to_owned(),
        contact: without_life(contact),
        life,
        outbound: contact.param("reg-id").is_some()
            && request.has_token(Name::Supported, "outbound"),
    }))
}

/// A contact as it came, without the life that was asked for.
fn without_life(contact: NameAddr<'_>) -> String {
    let mut text = format!("<{}>", contact.uri);
    for parameter in contact.params.split(';').filter(|text| !text.is_empty()) {
        let name = parameter.split('=').next().unwrap_or_default().trim();
        if !name.eq_ignore_ascii_case("expires") {
            text.push(';');
            text.push_str(parameter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use sip::auth::{Digest, choose};

    const PASSWORD: &str = "sip-1001";

    fn register(to: &str, more: &str) -> String {
        format!(
            "REGISTER sip:sandbox.invalid SIP/2.0\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n\
             From: <sip:{to}@sandbox.invalid>;tag=1\r\nTo: <sip:{to}@sandbox.invalid>\r\nCall-ID: 1\r\n\
             CSeq: 1 REGISTER\r\nMax-Forwards: 70\r\n{more}Content-Length: 0\r\n\r\n"
        )
    }

    fn judge(registrar: &mut Registrar, text: &str, nonce: &str) -> Ruling {
        let message = Message::parse(text.as_bytes()).expect("it can be read");
        registrar.judge(&message, nonce, &|user| {
            (user == "w21001").then(|| Secret::new(PASSWORD.to_owned()))
        })
    }

    /// What comes of it when the challenge of this place is answered.
    fn answered(to: &str, password: &str, place: usize, more: &str) -> Ruling {
        let mut registrar = Registrar::new();
        let Ruling::Refused(401, _, challenges) =
            judge(&mut registrar, &register(to, more), "first")
        else {
            panic!("there is no way in without a challenge");
        };
        assert_eq!(challenges.len(), 2);
        assert!(challenges[1].contains("MD5"), "the original takes the last");
        let challenge = choose(&[challenges[place].as_str()]).expect("it can be answered");
        let value = Digest::new(challenge).answer(
            to,
            &Secret::new(password.to_owned()),
            "REGISTER",
            "sip:sandbox.invalid",
            b"",
            "abc",
        );
        let text = register(to, &format!("Authorization: {value}\r\n{more}"));
        judge(&mut registrar, &text, "second")
    }

    fn wish(more: &str) -> Wish {
        match answered("w21001", PASSWORD, 0, more) {
            Ruling::Granted { account, wish } => {
                assert_eq!(account, "w21001");
                wish
            }
            Ruling::Refused(status, ..) => panic!("{more} was refused with {status}"),
        }
    }

    #[test]
    fn both_algorithms_let_the_right_password_in() {
        for place in [0, 1] {
            assert!(matches!(
                answered("w21001", PASSWORD, place, ""),
                Ruling::Granted {
                    wish: Wish::Ask,
                    ..
                }
            ));
        }
    }

    #[test]
    fn nobody_gets_in_with_a_wrong_password_or_name() {
        for (to, password) in [("w21001", "sip-1002"), ("w21002", PASSWORD), ("", "")] {
            assert!(
                matches!(answered(to, password, 0, ""), Ruling::Refused(403, ..)),
                "{to}"
            );
        }
    }

    #[test]
    fn an_answer_counts_once() {
        let mut registrar = Registrar::new();
        let Ruling::Refused(_, _, challenges) =
            judge(&mut registrar, &register("w21001", ""), "first")
        else {
            panic!("there is no way in without a challenge");
        };
        let challenge = choose(&[challenges[0].as_str()]).expect("it can be answered");
        let password = Secret::new(PASSWORD.to_owned());
        let value = Digest::new(challenge).answer(
            "w21001",
            &password,
            "REGISTER",
            "sip:sandbox.invalid",
            b"",
            "abc",
        );
        let text = register("w21001", &format!("Authorization: {value}\r\n"));
        assert!(matches!(
            judge(&mut registrar, &text, "second"),
            Ruling::Granted { .. }
        ));
        let Ruling::Refused(401, _, challenges) = judge(&mut registrar, &text, "third") else {
            panic!("a heard answer must not let anybody else in");
        };
        assert!(challenges[0].contains("stale=true") && challenges[0].contains("third"));
    }

    #[test]
    fn a_contact_is_bound_as_it_came_for_no_longer_than_allowed() {
        let contact = "Contact: <sip:6p9f@a.invalid;transport=wss>;reg-id=1;\
                       +sip.instance=\"<urn:uuid:1>\";expires=9000\r\nSupported: path, outbound\r\n";
        assert_eq!(
            wish(contact),
            Wish::Bind(Binding {
                uri: "sip:6p9f@a.invalid;transport=wss".to_owned(),
                contact:
                    "<sip:6p9f@a.invalid;transport=wss>;reg-id=1;+sip.instance=\"<urn:uuid:1>\""
                        .to_owned(),
                life: 6000,
                outbound: true,
            })
        );
        for (more, life) in [
            ("Contact: <sip:a@b>\r\n", 3600),
            ("Contact: <sip:a@b>\r\nExpires: 60\r\n", 60),
            ("Contact: <sip:a@b>;expires=5\r\nExpires: 60\r\n", 5),
        ] {
            assert!(
                matches!(wish(more), Wish::Bind(binding) if binding.life == life && !binding.outbound),
                "{more}"
            );
        }
    }

    #[test]
    fn a_life_of_nothing_ends_the_registration() {
        for more in [
            "Contact: <sip:a@b>;expires=0\r\n",
            "Contact: <sip:a@b>\r\nExpires: 0\r\n",
            "Contact: *\r\nExpires: 0\r\n",
        ] {
            assert_eq!(wish(more), Wish::End, "{more}");
        }
        assert!(matches!(
            answered("w21001", PASSWORD, 0, "Contact: *\r\nExpires: 60\r\n"),
            Ruling::Refused(400, ..)
        ));
    }
}
