//! Reliable provisional answers (RFC 3262), both ends.

use super::UserAgent;
use super::call::{LONGEST_PROVISIONAL, Repeat};
use super::dialog::Dialog;
use super::sending::Answer;
use super::text::number_of;
use crate::message::{Message, Name};
use crate::transaction::{Purpose, Request, Server};

/// What a provisional answer to our INVITE is.
pub(super) enum Order {
    /// It wants no confirmation.
    Unreliable,
    /// It is confirmed by this.
    Prack(Box<Request>),
    /// It came again or too early (RFC 3262 section 4).
    Again,
}

/// Puts a provisional answer into its order.
pub(super) fn acknowledged(fork: &mut Dialog, invite: &Request, message: &Message<'_>) -> Order {
    let number = number_of(message, Name::RSeq);
    let Some(number) = number.filter(|_| message.has_token(Name::Require, "100rel")) else {
        return Order::Unreliable;
    };
    if fork.rseq != 0 && number != fork.rseq + 1 {
        return Order::Again;
    }
    fork.rseq = number;
    let mut prack = fork.next(Purpose::Prack, invite.call);
    let mut value = number.to_string();
    value.push(' ');
    value.push_str(&invite.cseq.to_string());
    value.push_str(" INVITE");
    prack.header("RAck", value);
    Order::Prack(Box::new(prack))
}

impl UserAgent {
    /// Sends a 180 that the caller has to confirm, and repeats it until then.
    pub(super) fn ring_reliably(
        &mut self,
        key: u32,
        server: &Server,
        tag: &str,
        now: u64,
    ) -> String {
        let number = 1 + self.chance.below(1 << 20) as u32;
        let rseq = number.to_string();
        let answer = Answer {
            status: 180,
            extra: &[("Require", "100rel"), ("RSeq", rseq.as_str())],
            sdp: None,
        };
        let text = self.reply(server, key, tag, answer, now);
        let ready = self.is_ready();
        if let Some(call) = self.find(key).and_then(|at| self.calls.get_mut(at)) {
            let mut repeat = Repeat::new(text.clone(), number, LONGEST_PROVISIONAL, now);
            if !ready {
                repeat.at = None;
            }
            call.provisional = Some(repeat);
            call.pracked = Some((number, server.cseq));
        }
        text
    }

    /// The caller confirms; gives the status of the answer.
    pub(super) fn pracked(&mut self, at: usize, message: &Message<'_>) -> u16 {
        let Some(call) = self.calls.get_mut(at) else {
            return 481;
        };
        let value = message.header(Name::RAck).unwrap_or_default();
        let mut parts = value.split_ascii_whitespace();
        let mut number = || parts.next().and_then(|part| part.parse::<u32>().ok());
        let named = number().zip(number());
        if named.is_none() || named != call.pracked {
            return 481;
        }
        // An offer here would need an answer here; ours went another way already.
        if super::text::sdp_of(message).is_some() {
            return 488;
        }
        call.provisional = None;
        200
    }
}
