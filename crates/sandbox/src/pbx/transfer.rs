//! Phones that hand their plain calls over: REFER (RFC 3515), and INVITE with `Replaces` (RFC 3891).
//!
//! The other side of the call stays where it is and gets another to talk to; it is asked nothing.

use sip::Uri;
use sip::agent::Command;

use super::address;
use super::exchange::Exchange;
use super::line::{LineKey, Owner};
use super::plain::{End, PlainKey, Talker, Timer};

/// A phone that has handed its call over may take so long (ms) to hang up by itself.
const FAREWELL: u64 = 2_000;

impl Exchange {
    /// A phone wants the other side of its call to talk to somebody else.
    pub(super) fn referred(&mut self, key: LineKey, target: &str, now: u64) {
        let Some((call, number, replaced)) = self.read_wish(key, target) else {
            // In the center's calls transfer is the center's matter.
            let call = key.call;
            self.accounts[key.account].command(Command::Refuse { call, status: 603 }, now);
            return;
        };
        let outcome = match replaced {
            Some(call_id) => self.join(call, key, &call_id, now),
            None => self.dial(call, &number, Some(key), now),
        };
        if let Err(status) = outcome {
            self.report(key, status, now);
        }
    }

    /// The plain call in which a phone asks, the number that it wants called, and the `Call-ID` of a call of its own
    /// that is to be joined instead.
    fn read_wish(&self, key: LineKey, target: &str) -> Option<(PlainKey, String, Option<String>)> {
        let Owner::Plain(call) = self.lines.get(key).filter(|line| line.answered)?.owner else {
            return None;
        };
        // One hand-over at a time.
        if self.plain.get(call)?.called.is_some() {
            return None;
        }
        let uri = Uri::parse(target).ok()?;
        let replaced = uri
            .headers
            .split('&')
            .filter_map(|header| header.split_once('='))
            .find(|(name, _)| name.eq_ignore_ascii_case("Replaces"))
            .map(|(_, value)| address::number(value))
            .map(|value| value.split(';').next().unwrap_or_default().to_owned());
        let number = address::number(uri.user.unwrap_or_default());
        Some((call, number, replaced))
    }

    /// Brings the other sides of two calls of a phone together.
    fn join(&mut self, call: PlainKey, key: LineKey, call_id: &str, now: u64) -> Result<(), u16> {
        let (second_line, second) = self
            .lines
            .of_account(key.account)
            .filter(|line| line.key != key && line.answered)
            .find_map(|line| {
                let known = self.accounts[line.key.account].agent.call(line.key.call)?;
                match line.owner {
                    Owner::Plain(call) if known.call_id() == call_id => Some((line.key, call)),
                    _ => None,
                }
            })
            .ok_or(481u16)?;
        let other = self
            .plain
            .get(second)
            .and_then(|second| {
                let mut others = second.talkers.iter();
                others.find(|talker| talker.end != End::Phone(second_line))
            })
            .cloned()
            .ok_or(480u16)?;
        // Nothing is left of the second call but whom it was with.
        if let Some(entry) = self.plain.get_mut(second) {
            entry.talkers.retain(|talker| *talker != other);
        }
        self.end_plain(second, 480, now);
        if let End::Phone(moved) = other.end
            && let Some(line) = self.lines.get_mut(moved)
        {
            line.owner = Owner::Plain(call);
        }
        if let Some(entry) = self.plain.get_mut(call) {
            entry.talkers.retain(|talker| talker.end != End::Phone(key));
            entry.talkers.push(other);
        }
        self.handed_over(key, now);
        self.replan();
        Ok(())
    }

    /// A phone has handed its call over and is told so. It need not stay.
    pub(super) fn handed_over(&mut self, key: LineKey, now: u64) {
        self.disown(key);
        self.report(key, 200, now);
        self.arm(Timer::Leaves(key), now + FAREWELL);
    }

    /// Tells the phone that wanted its call handed over how that goes.
    pub(super) fn report(&mut self, key: LineKey, status: u16, now: u64) {
        let call = key.call;
        self.accounts[key.account].command(Command::Report { call, status }, now);
    }

    /// A phone calls in to take the place of another line of its account.
    pub(super) fn replace(&mut self, old: LineKey, new: Talker, offer: Option<String>, now: u64) {
        let End::Phone(key) = new.end else {
            return;
        };
        let owner = self.lines.get(old).map(|line| line.owner);
        let Some(Owner::Plain(call)) = owner else {
            let call = key.call;
            self.accounts[key.account].command(Command::Refuse { call, status: 481 }, now);
            return;
        };
        if let Some(entry) = self.plain.get_mut(call) {
            for talker in &mut entry.talkers {
                if talker.end == End::Phone(old) {
                    *talker = new.clone();
                }
            }
        }
        if let Some(line) = self.lines.get_mut(key) {
            line.owner = Owner::Plain(call);
        }
        self.disown(old);
        self.answer(key, offer);
        // The old line has had its day even where the phone does not end it.
        self.arm(Timer::Leaves(old), now + FAREWELL);
        self.replan();
    }
}
