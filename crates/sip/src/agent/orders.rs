//! What the owner can want, a method each, and the same as values.

use super::dialog::enclosed;
use super::refer::REPLACES;
use super::text::named;
use super::trace::Way;
use super::{CallKey, Command, Refusal, UserAgent};
use crate::message::{fill, put};

/// Takes what the owner wants at one moment: see [`UserAgent::at`]. What each method does its [`Command`] says.
pub struct Orders<'a>(&'a mut UserAgent);

impl UserAgent {
    /// For what the owner wants. `now` is ms of a clock that never goes back.
    pub fn at(&mut self, now: u64) -> Orders<'_> {
        self.now = now;
        Orders(self)
    }

    /// The owner wants something. [`Command::Call`] and [`Command::Follow`] give the key of a new call.
    pub fn command(&mut self, command: Command, now: u64) -> Result<Option<CallKey>, Refusal> {
        let orders = self.at(now);
        let done = match &command {
            Command::Call {
                target,
                from,
                headers,
                replaces,
            } => {
                let mut lines = String::new();
                for (name, value) in headers {
                    put(&mut lines, name, value);
                }
                if let Some(replaces) = replaces {
                    fill(&mut lines, REPLACES, &[replaces]);
                }
                let from = from
                    .as_ref()
                    .map_or_else(String::new, |(display, uri)| named(display, &enclosed(uri)));
                return orders.0.place(target, &from, lines).map(Some);
            }
            Command::Follow { call } => return orders.follow(*call).map(Some),
            Command::Register => {
                orders.register();
                Ok(())
            }
            Command::Unregister => {
                orders.unregister();
                Ok(())
            }
            Command::Stop => {
                orders.stop();
                Ok(())
            }
            Command::Offer { call, sdp } => orders.offer(*call, sdp),
            Command::Ring { call } => orders.ring(*call),
            Command::Answer { call, sdp } => orders.answer(*call, sdp),
            Command::Refuse { call, status } => orders.refuse(*call, *status),
            Command::Hangup { call } => orders.hang_up(*call),
            Command::Reoffer { call } => orders.reoffer(*call),
            Command::Refer { call, target } => orders.refer(*call, target),
            Command::Attend { call, other } => orders.attend(*call, *other),
            Command::Report { call, .. } if orders.0.live(call.0).is_none() => Err(Refusal::NoCall),
            Command::Report { call, status } => orders.0.report(call.0, *status),
            Command::Info { call, kind, body } => orders.info(*call, kind, body),
            Command::Options => orders.0.options(),
            Command::Message { target, text } => orders.0.message(target, text),
            Command::Note { call, text } => {
                orders.note(*call, text);
                Ok(())
            }
        };
        done.map(|()| None)
    }
}

impl Orders<'_> {
    /// [`Command::Register`].
    pub fn register(self) {
        self.0.register();
    }

    /// [`Command::Unregister`].
    pub fn unregister(self) {
        self.0.unregister();
    }

    /// [`Command::Stop`].
    pub fn stop(self) {
        self.0.stop();
    }

    /// [`Command::Call`] from the account's own address, with those of the headers that say something.
    pub fn call(self, target: &str, headers: &[(&str, &str)]) -> Result<CallKey, Refusal> {
        let mut lines = String::new();
        for (name, value) in headers {
            if !value.is_empty() {
                put(&mut lines, name, value);
            }
        }
        self.0.place(target, "", lines)
    }

    /// [`Command::Follow`].
    pub fn follow(self, call: CallKey) -> Result<CallKey, Refusal> {
        self.0.follow(call.0)
    }

    /// [`Command::Offer`].
    pub fn offer(self, call: CallKey, sdp: &str) -> Result<(), Refusal> {
        self.0.offer(call.0, sdp)
    }

    /// [`Command::Ring`].
    pub fn ring(self, call: CallKey) -> Result<(), Refusal> {
        self.0.ring(call.0)
    }

    /// [`Command::Answer`].
    pub fn answer(self, call: CallKey, sdp: &str) -> Result<(), Refusal> {
        self.0.answer(call.0, sdp)
    }

    /// [`Command::Refuse`].
    pub fn refuse(self, call: CallKey, status: u16) -> Result<(), Refusal> {
        self.0.refuse(call.0, status)
    }

    /// [`Command::Hangup`].
    pub fn hang_up(self, call: CallKey) -> Result<(), Refusal> {
        self.0.hang_up(call.0)
    }

    /// [`Command::Reoffer`].
    pub fn reoffer(self, call: CallKey) -> Result<(), Refusal> {
        self.0.reoffer(call.0)
    }

    /// [`Command::Refer`].
    pub fn refer(self, call: CallKey, target: &str) -> Result<(), Refusal> {
        self.0.refer_to(call.0, target)
    }

    /// [`Command::Attend`].
    pub fn attend(self, call: CallKey, other: CallKey) -> Result<(), Refusal> {
        self.0.attend(call.0, other.0)
    }

    /// [`Command::Info`].
    pub fn info(self, call: CallKey, kind: &str, body: &str) -> Result<(), Refusal> {
        self.0.info(call.0, kind, body)
    }

    /// [`Command::Note`].
    pub fn note(self, call: CallKey, text: &str) {
        self.0.record(call.0, Way::Note, text);
    }
}
