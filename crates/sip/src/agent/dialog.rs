//! What the requests of one dialog have in common (RFC 3261 section 12).

use super::text::contact_of;
use crate::message::{Message, Name, NameAddr, param};
use crate::transaction::{Purpose, Request};
use crate::uri::Uri;

/// One end of a dialog; before the first answer what will become of it.
#[derive(Clone, Default)]
pub(super) struct Dialog {
    pub(super) call_id: String,
    /// Our `From` (as we ask) or `To` (as we answer), with our tag.
    pub(super) local: String,
    pub(super) local_tag: String,
    /// The peer's, as it wrote it, with its tag once there is one.
    pub(super) remote: String,
    pub(super) remote_tag: String,
    /// Where requests go: the peer's `Contact`.
    pub(super) target: String,
    /// The way there.
    pub(super) routes: Vec<String>,
    /// The number of our last request.
    pub(super) cseq: u32,
    /// The number of the peer's last request.
    pub(super) remote_cseq: u32,
    /// The last reliable provisional answer that we acknowledged.
    pub(super) rseq: u32,
    /// The answer that came before the call was answered.
    pub(super) early: Option<String>,
}

impl Dialog {
    /// The dialog that an answer to our request makes.
    pub(super) fn answered(request: &Request, local_tag: &str, message: &Message<'_>) -> Dialog {
        // Within a dialog the way stays what it was (RFC 3261 section 12.2).
        let routes = if request.purpose == Purpose::Invite {
            let mut routes: Vec<String> = owned(message.values(Name::RecordRoute));
            routes.reverse();
            routes
        } else {
            request.routes.clone()
        };
        Dialog {
            call_id: request.call_id.clone(),
            local: request.from.clone(),
            local_tag: local_tag.to_owned(),
            remote: message.header(Name::To).unwrap_or_default().to_owned(),
            remote_tag: tag_of(message.to()),
            target: contact_of(message).unwrap_or_else(|| request.uri.clone()),
            routes,
            cseq: request.cseq,
            ..Dialog::default()
        }
    }

    /// The dialog that the peer's INVITE makes.
    pub(super) fn asked(message: &Message<'_>, local_tag: String) -> Dialog {
        let mut local = message.header(Name::To).unwrap_or_default().to_owned();
        local.push_str(";tag=");
        local.push_str(&local_tag);
        let from = message.from();
        let target = contact_of(message).or_else(|| from.map(|from| from.uri.to_owned()));
        Dialog {
            call_id: message.call_id().to_owned(),
            local,
            local_tag,
            remote: message.header(Name::From).unwrap_or_default().to_owned(),
            remote_tag: tag_of(from),
            target: target.unwrap_or_default(),
            routes: owned(message.values(Name::RecordRoute)),
            remote_cseq: message.cseq().map_or(0, |cseq| cseq.number),
            ..Dialog::default()
        }
    }

    /// Whether a message with these tags belongs to it.
    pub(super) fn is(&self, call_id: &str, local_tag: &str, remote_tag: &str) -> bool {
        self.call_id == call_id && self.local_tag == local_tag && self.remote_tag == remote_tag
    }

    /// The peer says where it is now.
    pub(super) fn retarget(&mut self, message: &Message<'_>) {
        if let Some(target) = contact_of(message) {
            self.target = target;
        }
    }

    /// The next request.
    pub(super) fn next(&mut self, purpose: Purpose, call: u32) -> Request {
        self.cseq += 1;
        self.request(purpose, call, self.cseq)
    }

    /// A request of a given number: with that of an INVITE, what its ACK is printed from.
    pub(super) fn request(&self, purpose: Purpose, call: u32, cseq: u32) -> Request {
        let mut uri = self.target.clone();
        let mut routes = self.routes.clone();
        let first = routes.first().and_then(|route| NameAddr::parse(route));
        // A proxy that knows no loose routing wants its own URI on top (RFC 3261 section 12.2.1.1).
        let strict = first
            .filter(|first| {
                Uri::parse(first.uri).is_ok_and(|uri| param(uri.params, "lr").is_none())
            })
            .map(|first| first.uri.to_owned());
        if let Some(strict) = strict {
            routes.remove(0);
            routes.push(enclosed(&uri));
            uri = strict;
        }
        Request {
            purpose,
            call,
            uri,
            routes,
            from: self.local.clone(),
            to: self.remote.clone(),
            call_id: self.call_id.clone(),
            cseq,
            headers: Vec::new(),
            body: None,
            credentials: Vec::new(),
        }
    }

    /// How an INVITE of somebody else's names this dialog to our peer (RFC 3891).
    pub(super) fn replaces(&self) -> String {
        let mut value = self.call_id.clone();
        value.push_str(";to-tag=");
        value.push_str(&self.remote_tag);
        value.push_str(";from-tag=");
        value.push_str(&self.local_tag);
        value
    }
}

/// `<uri>`.
pub(super) fn enclosed(uri: &str) -> String {
    ["<", uri, ">"].concat()
}

/// The tag, or nothing.
pub(super) fn tag_of(address: Option<NameAddr<'_>>) -> String {
    let tag = address.and_then(|address| address.tag());
    tag.unwrap_or_default().to_owned()
}

/// Copies.
pub(super) fn owned(values: Vec<&str>) -> Vec<String> {
    values.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn dialog(routes: &[&str]) -> Dialog {
        Dialog {
            target: "sip:b@b.invalid;transport=ws".into(),
            routes: routes.iter().map(|route| (*route).into()).collect(),
            ..Dialog::default()
        }
    }

    #[test]
    fn a_loose_router_stands_in_route_and_a_strict_one_in_the_request_line() {
        let mut loose = dialog(&["<sip:p1;lr>", "<sip:p2;lr>"]);
        let request = loose.next(Purpose::Bye, 1);
        assert_eq!(request.uri, "sip:b@b.invalid;transport=ws");
        assert_eq!(request.routes, ["<sip:p1;lr>", "<sip:p2;lr>"]);
        assert_eq!(request.cseq, 1);
        let mut strict = dialog(&["<sip:p1>", "<sip:p2;lr>"]);
        let request = strict.next(Purpose::Bye, 1);
        assert_eq!(request.uri, "sip:p1");
        assert_eq!(
            request.routes,
            ["<sip:p2;lr>", "<sip:b@b.invalid;transport=ws>"]
        );
    }
}
