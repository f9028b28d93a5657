//! Transfer (RFC 3515, RFC 3891, RFC 5589): as the one who asks, and as the one who is asked.

use super::call::Referral;
use super::dialog::enclosed;
use super::text::{
    UNRESERVED, escape, first_word, is_kind, phrase, status_in, target_uri, unescape,
};
use super::{CallKey, CallState, Event, Refusal, UserAgent};
use crate::message::{Message, Name, NameAddr, param};
use crate::transaction::{Purpose, Server};
use crate::uri::Uri;

impl UserAgent {
    /// Asks the peer to call somebody else.
    pub(super) fn refer(&mut self, key: u32, target: &str) -> Result<(), Refusal> {
        let by = self.own_uri();
        let call = self.live(key)?;
        if call.state != CallState::Established || call.transferring {
            return Err(Refusal::NotNow);
        }
        call.transferring = true;
        let mut request = call.dialog.next(Purpose::Refer, key);
        request.header("Refer-To", &["<", target, ">"]);
        request.header("Referred-By", &[&by]);
        self.begin(request);
        Ok(())
    }

    /// Asks the peer of a call to take our place in another.
    pub(super) fn attend(&mut self, key: u32, other: u32) -> Result<(), Refusal> {
        self.live(key)?;
        let second = self.live(other)?;
        if key == other || second.state != CallState::Established {
            return Err(Refusal::NotNow);
        }
        // The address that finds the device and not only the person, where it has such a one (RFC 5589 section 7.2).
        let dialog = &second.dialog;
        let target = Uri::parse(&dialog.target);
        let device = target.is_ok_and(|uri| param(uri.params, "gr").is_some());
        let person = NameAddr::parse(&dialog.remote).map_or("", |remote| remote.uri);
        let uri = if device { &dialog.target } else { person };
        let mut text = uri.split('?').next().unwrap_or_default().to_owned();
        text.push_str("?Replaces=");
        escape(&mut text, &dialog.replaces(), UNRESERVED);
        self.refer(key, &text)
    }

    /// The final answer to our REFER.
    pub(super) fn refer_answered(&mut self, key: u32, status: u16, message: Option<&Message<'_>>) {
        // A call that only waits for its ACK is over: nothing of it is told any more.
        if self.live(key).is_err() {
            return;
        }
        if status == 481 {
            self.dialog_gone(key, status);
        } else if status >= 300
            // Else the peer will not tell how it goes (RFC 4488).
            || message.is_some_and(|message| message.has_token(Name::ReferSub, "false"))
        {
            self.transferred(key, status);
        }
    }

    /// The transfer came to its end.
    fn transferred(&mut self, key: u32, status: u16) {
        let Ok(call) = self.live(key) else {
            return;
        };
        call.transferring = false;
        self.tell_transfer(key, status);
        if status < 300 {
            self.hang_up(key);
        }
    }

    /// The peer tells how the transfer goes: only one of ours is of interest.
    pub(super) fn on_notify(&mut self, server: &Server, message: &Message<'_>) {
        let key = server.call;
        let ours = self.find(key).is_some_and(|call| call.transferring);
        let status = if !first_word(message, Name::Event).eq_ignore_ascii_case("refer") {
            489
        } else if ours {
            200
        } else {
            481
        };
        self.reply(server, status, "", "");
        if status != 200 {
            return;
        }
        let state = first_word(message, Name::SubscriptionState);
        let over = state.eq_ignore_ascii_case("terminated");
        let mut words = message.body_text().split_ascii_whitespace();
        let code = words.nth(1).filter(|_| is_kind(message, "message/sipfrag"));
        match code.and_then(status_in) {
            Some(status @ 200..=699) => self.transferred(key, status),
            // It will not tell more: nobody knows.
            _ if over => self.transferred(key, 480),
            Some(status) => self.tell_transfer(key, status),
            None => {}
        }
    }

    fn tell_transfer(&mut self, key: u32, status: u16) {
        self.tell(Event::Transferring {
            call: CallKey(key),
            status,
        });
    }

    /// The peer asks us to call somebody else.
    pub(super) fn on_refer(&mut self, server: &Server, message: &Message<'_>) {
        let values = message.values(Name::ReferTo);
        let target = match values.as_slice() {
            [one] => NameAddr::parse(one).map_or("", |address| address.uri),
            _ => "",
        };
        let silent = message.has_token(Name::ReferSub, "false");
        let key = server.call;
        let Some(call) = self.find(key) else {
            return;
        };
        let status = if target.is_empty() {
            400
        } else if call.referral.is_some() {
            491
        } else if !call.is_answered() {
            403
        } else {
            202
        };
        if status != 202 {
            self.reply(server, status, "", "");
            return;
        }
        let mut id = String::new();
        if call.referrals > 0 {
            id = [";id=", &server.cseq.to_string()].concat();
        }
        call.referrals += 1;
        let by = message.header(Name::ReferredBy);
        call.referral = Some(Referral {
            target: target.to_owned(),
            by: by.unwrap_or(&call.dialog.remote).to_owned(),
            id,
            silent,
            told: 0,
        });
        let extra = if silent { "Refer-Sub: false\r\n" } else { "" };
        self.reply(server, status, extra, "");
        // It was asked for just now.
        let _ = self.report(key, 100);
        let headers = Uri::parse(target).map_or("", |uri| uri.headers);
        self.tell(Event::Referred {
            call: CallKey(key),
            replaces: replaces_in(headers).is_some(),
            target: target.to_owned(),
        });
    }

    /// Calls whom the peer asked us to call.
    pub(super) fn follow(&mut self, key: u32) -> Result<CallKey, Refusal> {
        let followed = self.calls.iter().any(|other| other.referrer == key);
        let Some(referral) = self.live(key)?.referral.as_ref().filter(|_| !followed) else {
            return Err(Refusal::NotNow);
        };
        let target = referral.target.clone();
        let (target, headers) = target.split_once('?').unwrap_or((&target, ""));
        let mut lines = Vec::new();
        if let Some(by) = NameAddr::parse(&referral.by) {
            lines.push(("Referred-By".to_owned(), enclosed(by.uri)));
        }
        let uri = target_uri(target, &self.config.domain).ok_or(Refusal::BadTarget)?;
        let new = self.place(&uri, None, lines, replaces_in(headers))?;
        if let Some(call) = self.find(new.0) {
            call.referrer = key;
        }
        Ok(new)
    }

    /// Tells the peer how it goes with what it asked for. `Err`: it asked for nothing.
    pub(super) fn report(&mut self, key: u32, status: u16) -> Result<(), Refusal> {
        let call = self.find(key).ok_or(Refusal::NotNow)?;
        let referral = call.referral.as_mut().ok_or(Refusal::NotNow)?;
        let over = status >= 200;
        // What was told is news to nobody.
        let news = !referral.silent && status != referral.told;
        referral.told = status;
        let id = referral.id.clone();
        if over {
            call.referral = None;
        }
        if !news || call.state != CallState::Established {
            return Ok(());
        }
        let mut request = call.dialog.next(Purpose::Notify, key);
        request.header("Event", &["refer", &id]);
        let state = if over {
            "terminated;reason=noresource"
        } else {
            "active;expires=180"
        };
        request.header("Subscription-State", &[state]);
        let line = ["SIP/2.0 ", &status.to_string(), " ", phrase(status), "\r\n"].concat();
        request.describe("message/sipfrag;version=2.0", line);
        self.begin(request);
        Ok(())
    }
}

/// The value of `Replaces` among the headers of a URI.
fn replaces_in(headers: &str) -> Option<String> {
    headers.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.eq_ignore_ascii_case("Replaces")
            .then(|| unescape(value))
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn the_dialog_to_replace_is_read_out_of_the_uri_that_it_was_written_into() {
        let value = "a@b;to-tag=1;from-tag=2";
        let mut headers = String::from("Subject=x&Replaces=");
        escape(&mut headers, value, UNRESERVED);
        assert_eq!(
            headers,
            "Subject=x&Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2"
        );
        assert_eq!(replaces_in(&headers).as_deref(), Some(value));
        assert_eq!(replaces_in("Subject=x"), None);
    }
}
