//! What others ask of us: sorted, checked, and answered where the answer is simple (RFC 3261 section 8.2).

use super::dialog::tag_of;
use super::sending::Answer;
use super::text::is_kind;
use super::trace::Way;
use super::{CallKey, Event, METHODS, UserAgent};
use crate::message::{Message, Name};
use crate::transaction::Server;

/// Extensions that a request may require.
const EXTENSIONS: [&str; 8] = [
    "100rel",
    "gruu",
    "norefersub",
    "outbound",
    "path",
    "replaces",
    "timer",
    "trickle-ice",
];

impl UserAgent {
    /// A request came. `fault`: the status that its form deserves.
    pub(super) fn on_request(
        &mut self,
        message: &Message<'_>,
        method: &str,
        fault: Option<u16>,
        text: &str,
        now: u64,
    ) {
        // What lacks the way back cannot be answered.
        let Some(server) = Server::of(message) else {
            return;
        };
        let (ours, theirs) = (tag_of(message.to()), tag_of(message.from()));
        let found = self.calls.iter().position(|call| {
            let same =
                |dialog: &super::dialog::Dialog| dialog.is(message.call_id(), &ours, &theirs);
            same(&call.dialog) || call.forks.iter().any(same)
        });
        let related = self
            .calls
            .iter()
            .find(|call| call.dialog.call_id == message.call_id());
        let key = related.map_or(0, |call| call.key);
        let first = method == "INVITE" && !server.has_tag() && key == 0;
        // That of a call which begins is recorded once it has a key.
        let status = fault.or_else(|| self.objection(&server, message, method));
        if !first || status.is_some() {
            self.record(key, Way::Received, text, now);
        }
        if method == "ACK" {
            if let Some(at) = found {
                self.on_ack(at, server.cseq, message, now);
            }
            return;
        }
        if let Some(last) = self.answer_to(&server, method) {
            if !last.is_empty() {
                self.send(key, last, now);
            }
            return;
        }
        if let Some(status) = status {
            self.object(&server, message, key, status, now);
            return;
        }
        match (method, found) {
            ("CANCEL", _) => self.on_cancel(&server, message, now),
            (_, Some(at)) => self.within(at, server, message, now),
            (_, None) if server.has_tag() => self.object(&server, message, key, 481, now),
            ("INVITE", None) => self.on_invite(server, message, text, now),
            _ => self.outside_of_calls(&server, message, now),
        }
    }

    /// The last answer to a request that came before: empty where it has none yet.
    fn answer_to(&self, server: &Server, method: &str) -> Option<String> {
        let pending = self.calls.iter().filter_map(|call| call.inbound.as_ref());
        let known = pending
            .chain(&self.answered)
            .find(|known| known.method == method && known.matches(server))?;
        Some(known.last.clone())
    }

    /// The status that a well-formed request deserves all the same.
    fn objection(&self, server: &Server, message: &Message<'_>, method: &str) -> Option<u16> {
        if !METHODS.contains(&method) {
            return Some(405);
        }
        if matches!(method, "ACK" | "CANCEL") {
            return None;
        }
        let mut pending = self.calls.iter().filter_map(|call| call.inbound.as_ref());
        if pending.any(|known| known.is_merged(server)) {
            return Some(482);
        }
        if unknown_extensions(message).is_some() {
            return Some(420);
        }
        let described = matches!(method, "INVITE" | "UPDATE" | "PRACK");
        let strange = described && !is_kind(message, "application/sdp");
        let encoded = message
            .header(Name::ContentEncoding)
            .is_some_and(|how| !how.eq_ignore_ascii_case("identity"));
        (!message.body().is_empty() && (strange || encoded)).then_some(415)
    }

    fn object(&mut self, server: &Server, message: &Message<'_>, key: u32, status: u16, now: u64) {
        let tag = self.chance.token(10);
        let unknown = unknown_extensions(message).unwrap_or_default();
        let extra: &[(&str, &str)] = &[("Unsupported", &unknown)];
        let answer = Answer {
            status,
            extra: if status == 420 { extra } else { &[] },
            sdp: None,
        };
        self.reply(server, key, &tag, answer, now);
    }

    /// A request within a call.
    fn within(&mut self, at: usize, server: Server, message: &Message<'_>, now: u64) {
        let from = tag_of(message.from());
        let Some(call) = self.calls.get_mut(at) else {
            return;
        };
        let (key, tag) = (call.key, call.dialog.local_tag.clone());
        let fork = call.forks.iter_mut().find(|fork| fork.remote_tag == from);
        let dialog = fork.unwrap_or(&mut call.dialog);
        if server.cseq < dialog.remote_cseq {
            self.reply(&server, key, &tag, Answer::of(500), now);
            return;
        }
        dialog.remote_cseq = server.cseq;
        let over = call.state == super::CallState::Ended;
        let status = match server.method.as_str() {
            "BYE" => return self.on_bye(at, &server, message, now),
            _ if over => 481,
            "INVITE" | "UPDATE" => return self.on_offer(at, server, message, now),
            "REFER" => return self.on_refer(at, &server, message, now),
            "PRACK" => self.pracked(at, message),
            "NOTIFY" => {
                let status = self.notify_status(at, message);
                self.reply(&server, key, &tag, Answer::of(status), now);
                if status == 200 {
                    self.on_notify(at, message, now);
                }
                return;
            }
            "INFO" => {
                self.reply(&server, key, &tag, Answer::of(200), now);
                return self.on_info(key, message);
            }
            "MESSAGE" => self.on_message(message),
            _ => 200,
        };
        self.reply(&server, key, &tag, Answer::of(status), now);
    }

    fn outside_of_calls(&mut self, server: &Server, message: &Message<'_>, now: u64) {
        let status = match server.method.as_str() {
            "OPTIONS" => 200,
            "MESSAGE" => self.on_message(message),
            // Nobody but a peer may have us call others.
            "REFER" => 403,
            _ => 481,
        };
        let tag = self.chance.token(10);
        self.reply(server, 0, &tag, Answer::of(status), now);
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
                body.lines().find_map(|line| {
                    let (word, value) = line.split_once('=')?;
                    let same = word.trim().eq_ignore_ascii_case(name);
                    same.then_some(value.trim())
                })
            };
            let digit = if relay {
                value("Signal")
            } else {
                Some(body.trim())
            };
            let digit = digit.and_then(|text| text.chars().next());
            let digit = digit.map(|digit| digit.to_ascii_uppercase());
            if let Some(digit @ ('0'..='9' | '*' | '#' | 'A'..='D')) = digit {
                let duration = value("Duration").and_then(|ms| ms.parse::<u32>().ok());
                self.tell(Event::Dtmf {
                    call,
                    digit,
                    duration: duration.unwrap_or(100),
                });
            }
            return;
        }
        let kind = message.header(Name::ContentType).unwrap_or_default();
        self.tell(Event::Info {
            call,
            kind: kind.to_owned(),
            body: body.to_owned(),
        });
    }
}

/// The extensions that a request requires and we do not have.
fn unknown_extensions(message: &Message<'_>) -> Option<String> {
    let mut unknown = String::new();
    for tag in message.values(Name::Require) {
        if !EXTENSIONS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(tag))
        {
            if !unknown.is_empty() {
                unknown.push_str(", ");
            }
            unknown.push_str(tag);
        }
    }
    (!unknown.is_empty()).then_some(unknown)
}
