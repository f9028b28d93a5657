//! Reliable provisional answers (RFC 3262), both ends.

use super::UserAgent;
use super::call::{LONGEST_PROVISIONAL, Repeat};
use super::dialog::Dialog;
use super::text::{number_of, sdp_of};
use crate::message::{Message, Name, decimal, fill, filled, number, words};
use crate::transaction::{Purpose, Request, Server, T1};

/// Puts a provisional answer to our INVITE into its order. Gives the PRACK where it wants one; `Err`: it came again or too
/// early (RFC 3262 section 4).
pub(super) fn acknowledged(
    fork: &mut Dialog,
    invite: &Request,
    message: &Message<'_>,
) -> Result<Option<Request>, ()> {
    let number = number_of(message, Name::RSeq);
    let Some(number) = number.filter(|_| message.has_token(Name::Require, "100rel")) else {
        return Ok(None);
    };
    if fork.rseq != 0 && number != fork.rseq + 1 {
        return Err(());
    }
    fork.rseq = number;
    let mut prack = fork.next(Purpose::Prack, invite.call);
    let (number, cseq) = (decimal(number.into()), decimal(invite.cseq.into()));
    fill(&mut prack.lines, "RAck: % % INVITE\r\n", &[&number, &cseq]);
    Ok(Some(prack))
}

impl UserAgent {
    /// Sends a 180 that the caller has to confirm, and repeats it until then.
    pub(super) fn ring_reliably(&mut self, key: u32, server: &Server) -> String {
        let number = 1 + self.chance.below(1 << 20) as u32;
        let extra = filled("Require: 100rel\r\nRSeq: %\r\n", &[&decimal(number.into())]);
        let text = self.reply(server, 180, &extra, "");
        let repeat = self.repeated(text.clone(), number, LONGEST_PROVISIONAL);
        if let Some(call) = self.find(key) {
            call.provisional = Some(repeat);
            call.pracked = Some((number, server.cseq));
        }
        text
    }

    /// An answer to be sent until it is confirmed, which was sent just now or waits for the link.
    pub(super) fn repeated(&self, text: String, number: u32, longest: u64) -> Repeat {
        let mut repeat = Repeat::new(text, number, longest);
        if self.is_ready() {
            repeat.resume(self.now, self.now + T1);
        }
        repeat
    }

    /// The caller confirms; gives the status of the answer.
    pub(super) fn pracked(&mut self, key: u32, message: &Message<'_>) -> u16 {
        let value = message.text(Name::RAck);
        let named = match words(value).as_slice() {
            [answer, invite, ..] => number(answer).zip(number(invite)),
            _ => None,
        };
        let Some(call) = self.find(key) else {
            return 481;
        };
        if named.is_none() || call.pracked != named {
            return 481;
        }
        // An offer here would need an answer here; ours went another way already.
        if sdp_of(message).is_some() {
            return 488;
        }
        call.provisional = None;
        200
    }
}
