//! Transfer (RFC 3515, RFC 3891, RFC 5589): as the one who asks, and as the one who is asked.

use super::call::Referral;
use super::dialog::enclosed;
use super::sending::Answer;
use super::text::{escape, is_kind, phrase, target_uri, unescape};
use super::{CallKey, CallState, Event, Refusal, UserAgent};
use crate::message::{Message, Name, NameAddr, param};
use crate::transaction::{Purpose, Server};
use crate::uri::Uri;

impl UserAgent {
    /// Asks the peer to call somebody else.
    pub(super) fn refer(&mut self, at: usize, target: String, now: u64) -> Result<(), Refusal> {
        let by = self.own_uri();
        let Some(call) = self.calls.get_mut(at) else {
            return Err(Refusal::NoCall);
        };
        if call.state != CallState::Established || call.transferring {
            return Err(Refusal::NotNow);
        }
        call.transferring = true;
        let key = call.key;
        let mut request = call.dialog.next(Purpose::Refer, key);
        request.header("Refer-To", target);
        request.header("Referred-By", by);
        self.begin(request, now);
        Ok(())
    }

    /// Asks the peer of a call to take our place in another.
    pub(super) fn attend(&mut self, at: usize, other: usize, now: u64) -> Result<(), Refusal> {
        let established = |at: usize| {
            self.calls
                .get(at)
                .filter(|call| call.state == CallState::Established)
        };
        let Some(second) = established(other).filter(|_| at != other) else {
            return Err(Refusal::NotNow);
        };
        // The address that finds the device and not only the person, where it has such a one (RFC 5589 section 7.2).
        let dialog = &second.dialog;
        let target = Uri::parse(&dialog.target);
        let device = target.is_ok_and(|uri| param(uri.params, "gr").is_some());
        let person = NameAddr::parse(&dialog.remote).map_or("", |remote| remote.uri);
        let uri = if device {
            dialog.target.as_str()
        } else {
            person
        };
        let mut text = uri.split('?').next().unwrap_or_default().to_owned();
        text.push_str("?Replaces=");
        escape(&mut text, &dialog.replaces(), b"-_.!~*'()");
        self.refer(at, enclosed(&text), now)
    }

    /// The final answer to our REFER.
    pub(super) fn refer_answered(
        &mut self,
        key: u32,
        status: u16,
        message: Option<&Message<'_>>,
        now: u64,
    ) {
        // A call that only waits for its ACK is over: nothing of it is told any more.
        let Ok(at) = self.place_of(CallKey(key)) else {
            return;
        };
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        if status == 481 {
            self.dialog_gone(key, status, now);
        } else if status >= 300 {
            call.transferring = false;
            self.tell_transfer(key, status);
        } else if message.is_some_and(|message| message.has_token(Name::ReferSub, "false")) {
            // The peer will not tell how it goes (RFC 4488).
            self.transferred(key, status, now);
        }
    }

    /// The transfer came to its end.
    fn transferred(&mut self, key: u32, status: u16, now: u64) {
        let Ok(at) = self.place_of(CallKey(key)) else {
            return;
        };
        if let Some(call) = self.calls.get_mut(at) {
            call.transferring = false;
        }
        self.tell_transfer(key, status);
        if status < 300 {
            self.hang_up(at, now);
        }
    }

    /// What a NOTIFY deserves: only a transfer of ours is of interest.
    pub(super) fn notify_status(&self, at: usize, message: &Message<'_>) -> u16 {
        let event = message.header(Name::Event).unwrap_or_default();
        let event = event.split(';').next().unwrap_or_default().trim();
        if !event.eq_ignore_ascii_case("refer") {
            489
        } else if self.calls.get(at).is_some_and(|call| call.transferring) {
            200
        } else {
            481
        }
    }

    /// The peer tells how the transfer goes.
    pub(super) fn on_notify(&mut self, at: usize, message: &Message<'_>, now: u64) {
        let Some(key) = self.calls.get(at).map(|call| call.key) else {
            return;
        };
        let state = message.header(Name::SubscriptionState).unwrap_or_default();
        let over = state.trim().to_ascii_lowercase().starts_with("terminated");
        let line = message.body_text().lines().next().unwrap_or_default();
        let status = line
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse::<u16>().ok());
        match status.filter(|_| is_kind(message, "message/sipfrag")) {
            Some(status @ 200..=699) => self.transferred(key, status, now),
            // It will not tell more: nobody knows.
            _ if over => self.transferred(key, 480, now),
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
    pub(super) fn on_refer(&mut self, at: usize, server: &Server, message: &Message<'_>, now: u64) {
        let values = message.values(Name::ReferTo);
        let target = match values.as_slice() {
            [one] => NameAddr::parse(one).map(|address| address.uri.to_owned()),
            _ => None,
        };
        let by = message.header(Name::ReferredBy).map(str::to_owned);
        let silent = message.has_token(Name::ReferSub, "false");
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let (key, tag) = (call.key, call.dialog.local_tag.clone());
        let status = match &target {
            None => 400,
            Some(_) if call.referral.is_some() => 491,
            Some(_) if !call.is_answered() => 403,
            Some(_) => 202,
        };
        let extra: &[(&str, &str)] = &[("Refer-Sub", "false")];
        let answer = Answer {
            status,
            extra: if silent && status == 202 { extra } else { &[] },
            sdp: None,
        };
        if let (202, Some(target)) = (status, target) {
            let later = call.referrals > 0;
            call.referrals += 1;
            call.referral = Some(Referral {
                target: target.clone(),
                by: Some(by.unwrap_or_else(|| call.dialog.remote.clone())),
                id: later.then_some(server.cseq),
                silent,
                told: 0,
            });
            self.reply(server, key, &tag, answer, now);
            self.report(at, 100, now);
            let headers = Uri::parse(&target).map_or("", |uri| uri.headers);
            self.tell(Event::Referred {
                call: CallKey(key),
                replaces: replaces_in(headers).is_some(),
                target,
            });
        } else {
            self.reply(server, key, &tag, answer, now);
        }
    }

    /// Calls whom the peer asked us to call.
    pub(super) fn follow(&mut self, at: usize) -> Result<u32, Refusal> {
        let Some(call) = self.calls.get(at) else {
            return Err(Refusal::NoCall);
        };
        let Some(referral) = &call.referral else {
            return Err(Refusal::NotNow);
        };
        let referrer = call.key;
        if self
            .calls
            .iter()
            .any(|other| other.referrer == Some(referrer))
        {
            return Err(Refusal::NotNow);
        }
        let (target, headers) = referral
            .target
            .split_once('?')
            .unwrap_or((referral.target.as_str(), ""));
        let uri = target_uri(target, &self.config.domain).ok_or(Refusal::BadTarget)?;
        let replaces = replaces_in(headers);
        let by = referral.by.clone();
        let by = by.and_then(|by| NameAddr::parse(&by).map(|by| enclosed(by.uri)));
        let headers = by.map(|by| ("Referred-By".to_owned(), by));
        let key = self.place(&uri, None, headers.into_iter().collect(), replaces)?;
        if let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) {
            call.referrer = Some(referrer);
        }
        Ok(key)
    }

    /// Tells the peer how it goes with what it asked for. `false`: it asked for nothing.
    pub(super) fn report(&mut self, at: usize, status: u16, now: u64) -> bool {
        let Some(call) = self.calls.get_mut(at) else {
            return false;
        };
        let Some(referral) = &mut call.referral else {
            return false;
        };
        let over = status >= 200;
        // What was told is news to nobody.
        let news = !referral.silent && status != referral.told;
        referral.told = status;
        let id = referral.id;
        if over {
            call.referral = None;
        }
        if !news || call.state != CallState::Established {
            return true;
        }
        let key = call.key;
        let mut request = call.dialog.next(Purpose::Notify, key);
        let mut event = String::from("refer");
        if let Some(id) = id {
            event.push_str(";id=");
            event.push_str(&id.to_string());
        }
        request.header("Event", event);
        let state = if over {
            "terminated;reason=noresource"
        } else {
            "active;expires=180"
        };
        request.header("Subscription-State", state.to_owned());
        let line = ["SIP/2.0 ", &status.to_string(), " ", phrase(status), "\r\n"].concat();
        request.body = Some(("message/sipfrag;version=2.0".to_owned(), line));
        self.begin(request, now);
        true
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
        escape(&mut headers, value, b"-_.!~*'()");
        assert_eq!(
            headers,
            "Subject=x&Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2"
        );
        assert_eq!(replaces_in(&headers).as_deref(), Some(value));
        assert_eq!(replaces_in("Subject=x"), None);
    }
}
