//! Transfer (RFC 3515, RFC 3891, RFC 5589): as the one who asks, and as the one who is asked.

use super::call::Referral;
use super::text::{
    UNRESERVED, escape, first_word, is_kind, phrase, status_in, target_uri, unescape,
};
use super::{CallKey, CallState, Event, Refusal, UserAgent};
use crate::message::{
    Message, Name, NameAddr, Pieces, decimal, fill, filled, halves, param, words,
};
use crate::transaction::{Purpose, Server};
use crate::uri::Uri;

/// The lines of an INVITE that takes the place of another call.
pub(super) const REPLACES: &str = "Replaces: %\r\nRequire: replaces\r\n";

impl UserAgent {
    /// Asks the peer to call somebody else.
    pub(super) fn refer_to(&mut self, key: u32, target: &str) -> Result<(), Refusal> {
        let uri = target_uri(target, &self.config.domain).ok_or(Refusal::BadTarget)?;
        self.refer(key, &uri)
    }

    /// The same, by a URI.
    fn refer(&mut self, key: u32, target: &str) -> Result<(), Refusal> {
        let by = self.own_uri();
        let call = self.live(key).ok_or(Refusal::NoCall)?;
        if call.state != CallState::Established || call.transferring {
            return Err(Refusal::NotNow);
        }
        call.transferring = true;
        let mut request = call.dialog.next(Purpose::Refer, key);
        let lines = "Refer-To: <%>\r\nReferred-By: %\r\n";
        fill(&mut request.lines, lines, &[target, &by]);
        self.begin(request);
        Ok(())
    }

    /// Asks the peer of a call to take our place in another.
    pub(super) fn attend(&mut self, key: u32, other: u32) -> Result<(), Refusal> {
        self.live(key).ok_or(Refusal::NoCall)?;
        let second = self.live(other).ok_or(Refusal::NoCall)?;
        if key == other || second.state != CallState::Established {
            return Err(Refusal::NotNow);
        }
        // The address that finds the device and not only the person, where it has such a one (RFC 5589 section 7.2).
        let dialog = &second.dialog;
        let target = Uri::parse(&dialog.target);
        let device = target.is_ok_and(|uri| param(uri.params, "gr").is_some());
        let person = NameAddr::parse(&dialog.remote).map_or("", |remote| remote.uri);
        let uri = if device { &dialog.target } else { person };
        let mut text = halves(uri, b'?').0.to_owned();
        text.push_str("?Replaces=");
        escape(&mut text, &dialog.replaces(), UNRESERVED);
        self.refer(key, &text)
    }

    /// The final answer to our REFER.
    pub(super) fn refer_answered(&mut self, key: u32, status: u16, message: Option<&Message<'_>>) {
        // A call that only waits for its ACK is over: nothing of it is told any more.
        if self.live(key).is_none() {
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
        let Some(call) = self.live(key) else {
            return;
        };
        call.transferring = false;
        self.tell_transfer(key, status);
        if status < 300 {
            // It is there.
            let _ = self.hang_up(key);
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
        let words = words(message.body_text());
        let code = words.get(1).filter(|_| is_kind(message, "message/sipfrag"));
        match code.and_then(|code| status_in(code)) {
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
            id = filled(";id=%", &[&decimal(server.cseq.into())]);
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
        let call = self.live(key).ok_or(Refusal::NoCall)?;
        let Some(referral) = call.referral.as_ref().filter(|_| !followed) else {
            return Err(Refusal::NotNow);
        };
        let target = referral.target.clone();
        let (target, headers) = halves(&target, b'?');
        let by = NameAddr::parse(&referral.by).map_or("", |by| by.uri);
        let mut lines = String::new();
        if !by.is_empty() {
            fill(&mut lines, "Referred-By: <%>\r\n", &[by]);
        }
        if let Some(replaces) = replaces_in(headers) {
            fill(&mut lines, REPLACES, &[&replaces]);
        }
        let new = self.place(target, "", lines)?;
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
        let state = if over {
            "terminated;reason=noresource"
        } else {
            "active;expires=180"
        };
        let lines = "Event: refer%\r\nSubscription-State: %\r\n";
        fill(&mut request.lines, lines, &[&id, state]);
        let line = [&decimal(status.into()), phrase(status)];
        let line = filled("SIP/2.0 % %\r\n", &line);
        request.describe("message/sipfrag;version=2.0", &line);
        self.begin(request);
        Ok(())
    }
}

/// The value of `Replaces` among the headers of a URI.
fn replaces_in(headers: &str) -> Option<String> {
    Pieces::of(headers, b'&').find_map(|pair| {
        let (name, value) = halves(pair, b'=');
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
