//! What the requests of one dialog have in common (RFC 3261 section 12).

use super::text::contact_of;
use crate::message::{Message, Name, NameAddr, cut, fill, filled, param};
use crate::transaction::{Purpose, Request, Server};
use crate::uri::Uri;

/// One end of a dialog; before the first answer what will become of it.
#[derive(Default)]
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
    /// The way there, with commas between the steps.
    pub(super) routes: String,
    /// The number of our last request.
    pub(super) cseq: u32,
    /// The number of the peer's last request.
    pub(super) remote_cseq: u32,
    /// The last reliable provisional answer that we acknowledged.
    pub(super) rseq: u32,
    /// The answer that came before the call was answered; may be empty.
    pub(super) early: String,
}

impl Dialog {
    /// The dialog that a message makes, which names the two ends by these headers.
    fn made(message: &Message<'_>, local: Name, remote: Name) -> Dialog {
        let mut dialog = Dialog::default();
        dialog.call_id.push_str(message.call_id());
        dialog.local.push_str(message.text(local));
        dialog.local_tag.push_str(message.tag(local));
        dialog.remote.push_str(message.text(remote));
        dialog.remote_tag.push_str(message.tag(remote));
        dialog.target.push_str(contact_of(message));
        dialog
    }

    /// The dialog that an answer to our INVITE makes.
    pub(super) fn answered(request: &Request, message: &Message<'_>) -> Dialog {
        let mut dialog = Dialog::made(message, Name::From, Name::To);
        let mut routes = message.values(Name::RecordRoute);
        routes.reverse();
        dialog.routes = joined(&routes);
        dialog.cseq = request.cseq;
        if dialog.target.is_empty() {
            dialog.target.push_str(&request.uri);
        }
        dialog
    }

    /// The dialog that the peer's INVITE makes.
    pub(super) fn asked(message: &Message<'_>, server: &Server) -> Dialog {
        let mut dialog = Dialog::made(message, Name::To, Name::From);
        fill(&mut dialog.local, ";tag=%", &[&server.tag]);
        dialog.local_tag.push_str(&server.tag);
        dialog.routes = joined(&message.values(Name::RecordRoute));
        dialog.remote_cseq = server.cseq;
        if let Some(from) = message.from()
            && dialog.target.is_empty()
        {
            dialog.target.push_str(from.uri);
        }
        dialog
    }

    /// Whether a message with these tags belongs to it.
    pub(super) fn is(&self, call_id: &str, local_tag: &str, remote_tag: &str) -> bool {
        self.call_id == call_id && self.local_tag == local_tag && self.remote_tag == remote_tag
    }

    /// The peer says where it is now.
    pub(super) fn retarget(&mut self, message: &Message<'_>) {
        let target = contact_of(message);
        if !target.is_empty() {
            self.target.clear();
            self.target.push_str(target);
        }
    }

    /// The next request.
    pub(super) fn next(&mut self, purpose: Purpose, call: u32) -> Request {
        self.cseq += 1;
        self.request(purpose, call, self.cseq)
    }

    /// A request of a given number: with that of an INVITE, what its ACK is printed from.
    pub(super) fn request(&self, purpose: Purpose, call: u32, cseq: u32) -> Request {
        let mut request = Request::new(purpose, call, cseq);
        request.to.push_str(&self.remote);
        // A proxy that knows no loose routing wants its own URI on top (RFC 3261 section 12.2.1.1).
        let (first, rest) = cut(&self.routes, b',');
        let strict = NameAddr::parse(first)
            .map(|first| first.uri)
            .filter(|uri| Uri::parse(uri).is_ok_and(|uri| param(uri.params, "lr").is_none()));
        if let Some(strict) = strict {
            request.uri.push_str(strict);
            request.route(rest);
            request.route(&enclosed(&self.target));
        } else {
            request.uri.push_str(&self.target);
            request.route(&self.routes);
        }
        request.identify(&self.local, &self.call_id);
        request
    }

    /// How an INVITE of somebody else's names this dialog to our peer (RFC 3891).
    pub(super) fn replaces(&self) -> String {
        let (ours, theirs) = (&self.local_tag, &self.remote_tag);
        filled("%;to-tag=%;from-tag=%", &[&self.call_id, theirs, ours])
    }
}

/// `<uri>`.
pub(super) fn enclosed(uri: &str) -> String {
    filled("<%>", &[uri])
}

/// One text, with commas between the values.
pub(super) fn joined(values: &[&str]) -> String {
    let mut text = String::new();
    for value in values {
        fill(&mut text, "%,", &[value]);
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn dialog(routes: &[&str]) -> Dialog {
        Dialog {
            target: "sip:b@b.invalid;transport=ws".into(),
            routes: joined(routes),
            ..Dialog::default()
        }
    }

    #[test]
    fn a_loose_router_stands_in_route_and_a_strict_one_in_the_request_line() {
        let lines = |dialog: &mut Dialog| {
            let request = dialog.next(Purpose::Bye, 1);
            assert_eq!(request.cseq, 1);
            request.begin("BYE", "x", "y", "<sip:b>")
        };
        let loose = lines(&mut dialog(&["<sip:p1;lr>", "<sip:p2;lr>"]));
        assert!(loose.starts_with("BYE sip:b@b.invalid;transport=ws SIP/2.0\r\n"));
        assert!(loose.contains("\r\nRoute: <sip:p1;lr>\r\nRoute: <sip:p2;lr>\r\nFrom:"));
        let strict = lines(&mut dialog(&["<sip:p1>", "<sip:p2;lr>"]));
        assert!(strict.starts_with("BYE sip:p1 SIP/2.0\r\n"));
        assert!(
            strict.contains(
                "\r\nRoute: <sip:p2;lr>\r\nRoute: <sip:b@b.invalid;transport=ws>\r\nFrom:"
            )
        );
    }
}
