//! What others ask of us: sorted, checked, and answered where the answer is simple (RFC 3261 section 8.2).

use super::call::Call;
use super::text::is_kind;
use super::trace::Way;
use super::{CallKey, CallState, Event, METHODS, UserAgent};
use crate::message::{Lines, Message, Name, Pieces, fill, halves, number};
use crate::transaction::Server;

/// Extensions that a request may require.
const EXTENSIONS: &str = "100rel, gruu, norefersub, outbound, path, replaces, timer, trickle-ice";

impl UserAgent {
    /// A request came. `fault`: the status that its form deserves; 0: none.
    pub(super) fn on_request(
        &mut self,
        message: &Message<'_>,
        method: &str,
        mut fault: u16,
        text: &str,
    ) {
        // What lacks the way back cannot be answered.
        let Some(mut server) = Server::of(message) else {
            return;
        };
        let mut inside = false;
        if let Some(call) = self.related(message, Name::To, Name::From) {
            inside = true;
            server.call = call.key;
            server.tag = call.dialog.local_tag.clone();
        } else {
            let mut calls = self.calls.iter();
            let same = calls.find(|call| call.dialog.call_id == message.call_id());
            server.call = same.map_or(0, |call| call.key);
            server.tag = self.chance.token(10);
        }
        if fault == 0 {
            fault = self.objection(&server, message);
        }
        // That of a call which begins is recorded once it has a key.
        let first = method == "INVITE" && !server.has_tag() && server.call == 0;
        if !first || fault > 0 {
            self.record(server.call, Way::Received, text);
        }
        if method == "ACK" {
            if inside {
                self.on_ack(&server, message);
            }
        } else if let Some(known) = self.known(&server, method) {
            // Without an answer as yet there is nothing to say again.
            if !known.last.is_empty() {
                let last = known.last.clone();
                self.send(server.call, last);
            }
        } else if fault > 0 {
            self.object(&server, message, fault);
        } else if method == "CANCEL" {
            self.on_cancel(server, message);
        } else if inside {
            self.within(server, message);
        } else if server.has_tag() {
            self.object(&server, message, 481);
        } else if method == "INVITE" {
            self.on_invite(server, message, text);
        } else {
            self.outside_of_calls(&server, message);
        }
    }

    /// The call in whose dialog a message is. The headers are those with our tag and with the peer's.
    pub(super) fn related(&self, message: &Message<'_>, ours: Name, theirs: Name) -> Option<&Call> {
        self.belonging(message.call_id(), message.tag(ours), message.tag(theirs))
    }

    /// The call with that dialog, early or not.
    pub(super) fn belonging(&self, call_id: &str, ours: &str, theirs: &str) -> Option<&Call> {
        self.calls.iter().find(|call| {
            call.dialog.is(call_id, ours, theirs)
                || call.forks.iter().any(|fork| fork.is(call_id, ours, theirs))
        })
    }

    /// The request that came before, where this is the same again or its CANCEL.
    pub(super) fn known(&self, server: &Server, method: &str) -> Option<&Server> {
        let same = |known: &&Server| known.method == method && known.matches(server);
        let mut pending = self.calls.iter().filter_map(|call| call.inbound.as_ref());
        pending
            .find(same)
            .or_else(|| self.answered.iter().find(same))
    }

    /// The status that a well-formed request deserves all the same; 0: none.
    fn objection(&self, server: &Server, message: &Message<'_>) -> u16 {
        let method = server.method.as_str();
        if !Pieces::of(METHODS, b',').any(|known| known == method) {
            return 405;
        }
        if matches!(method, "ACK" | "CANCEL") {
            return 0;
        }
        for call in &self.calls {
            if call
                .inbound
                .as_ref()
                .is_some_and(|known| known.is_merged(server))
            {
                return 482;
            }
        }
        if !unknown_extensions(message).is_empty() {
            return 420;
        }
        let described = matches!(method, "INVITE" | "UPDATE" | "PRACK");
        let encoding = message.header(Name::ContentEncoding).unwrap_or("identity");
        let strange = described && !is_kind(message, "application/sdp")
            || !encoding.eq_ignore_ascii_case("identity");
        if strange && !message.body().is_empty() {
            return 415;
        }
        0
    }

    fn object(&mut self, server: &Server, message: &Message<'_>, status: u16) {
        let mut extra = String::new();
        if status == 420 {
            let unknown = unknown_extensions(message);
            fill(&mut extra, "Unsupported: %\r\n", &[&unknown]);
        }
        self.reply(server, status, &extra, "");
    }

    /// A request within a call.
    fn within(&mut self, server: Server, message: &Message<'_>) {
        let key = server.call;
        let Some(call) = self.find(key) else {
            return;
        };
        let over = call.state == CallState::Ended;
        let theirs = message.tag(Name::From);
        let early = call.forks.iter().position(|fork| fork.remote_tag == theirs);
        let early = early.and_then(|at| call.forks.get_mut(at));
        let last = &mut early.unwrap_or(&mut call.dialog).remote_cseq;
        let late = server.cseq < *last;
        *last = server.cseq.max(*last);
        let status = match server.method.as_str() {
            _ if late => 500,
            "BYE" => return self.on_bye(&server, message),
            _ if over => 481,
            "INVITE" | "UPDATE" => return self.on_offer(server, message),
            "REFER" => return self.on_refer(&server, message),
            "PRACK" => self.pracked(key, message),
            "NOTIFY" => return self.on_notify(&server, message),
            "INFO" => {
                self.reply(&server, 200, "", "");
                return self.on_info(key, message);
            }
            "MESSAGE" => self.on_message(message),
            _ => 200,
        };
        self.reply(&server, status, "", "");
    }

    fn outside_of_calls(&mut self, server: &Server, message: &Message<'_>) {
        let status = match server.method.as_str() {
            "OPTIONS" => 200,
            "MESSAGE" => self.on_message(message),
            // Nobody but a peer may have us call others.
            "REFER" => 403,
            _ => 481,
        };
        self.reply(server, status, "", "");
    }

    fn on_message(&mut self, message: &Message<'_>) -> u16 {
        if !is_kind(message, "text/plain") {
            return 415;
        }
        let from = message.from().map_or("", |from| from.uri).to_owned();
        self.tell(Event::Message {
            from,
            text: message.body_text().to_owned(),
        });
        200
    }

    fn on_info(&mut self, key: u32, message: &Message<'_>) {
        let call = CallKey(key);
        let body = message.body_text();
        let relay = is_kind(message, "application/dtmf-relay");
        if relay || is_kind(message, "application/dtmf") {
            let value = |name: &str| {
                Lines::of(body).find_map(|line| {
                    let (word, value) = halves(line, b'=');
                    let same = word.trim_ascii().eq_ignore_ascii_case(name);
                    same.then_some(value.trim_ascii())
                })
            };
            let digit = if relay {
                value("Signal")
            } else {
                Some(body.trim_ascii())
            };
            let digit = digit.and_then(|text| text.chars().next());
            let digit = digit.map(|digit| digit.to_ascii_uppercase());
            if let Some(digit @ ('0'..='9' | '*' | '#' | 'A'..='D')) = digit {
                let duration = value("Duration").and_then(number);
                self.tell(Event::Dtmf {
                    call,
                    digit,
                    duration: duration.unwrap_or(100),
                });
            }
            return;
        }
        let kind = message.text(Name::ContentType);
        self.tell(Event::Info {
            call,
            kind: kind.to_owned(),
            body: body.to_owned(),
        });
    }
}

/// The extensions that a request requires and we do not have.
fn unknown_extensions(message: &Message<'_>) -> String {
    let mut unknown = String::new();
    for tag in message.values(Name::Require) {
        let mut known = Pieces::of(EXTENSIONS, b',');
        if !known.any(|known| known.eq_ignore_ascii_case(tag)) {
            if !unknown.is_empty() {
                unknown.push_str(", ");
            }
            unknown.push_str(tag);
        }
    }
    unknown
}
