//! What the center wants of agents' browser phones.

use sip::agent::Command;

use super::account::{self, Place};
use super::address;
use super::exchange::{Exchange, Media};
use super::line::{LineKey, Owner};
use crate::center::{PhoneNews, PhoneOrder};
use crate::mixer::plan::LegId;

/// Header with the `occCallId`, by which a phone knows the call that its agent has made.
const CALL_ID: &str = "X-Call-Id";
/// Why a phone cannot be called: it is not registered.
const NOT_REGISTERED: u32 = 1066;

impl Exchange {
    /// Does what the center wants of an agent's phone.
    pub(super) fn order(&mut self, agent: &str, order: PhoneOrder, now: u64) {
        match order {
            PhoneOrder::Ring {
                leg,
                call_id,
                caller,
                display,
            } => {
                if let Some(place) = account::of_agent(&self.accounts, agent) {
                    let headers = vec![(CALL_ID.to_owned(), call_id)];
                    let called = self.call_phone(
                        place,
                        (display.as_str(), caller.as_str()),
                        headers,
                        Owner::Center,
                        leg.clone(),
                        now,
                    );
                    if called.is_none() {
                        let cause = NOT_REGISTERED;
                        self.tell(place, PhoneNews::Refused { leg, cause });
                    }
                }
            }
            PhoneOrder::HangUp { leg } => {
                if let Some(key) = self.lines.of_leg(&leg).map(|line| line.key) {
                    self.hang_up(key, now);
                }
            }
            PhoneOrder::Press { leg, keys } => self.media(Media::Press(leg, keys)),
        }
        self.settle(now);
    }

    /// Calls a phone for somebody of this name and number. `None` if it cannot be called.
    pub(super) fn call_phone(
        &mut self,
        place: Place,
        caller: (&str, &str),
        headers: Vec<(String, String)>,
        owner: Owner,
        leg: LegId,
        now: u64,
    ) -> Option<LineKey> {
        let account = &mut self.accounts[place];
        let target = account.reachable()?.to_owned();
        let (display, number) = caller;
        let command = Command::Call {
            target,
            from: Some((display.to_owned(), address::uri(number))),
            headers,
            replaces: None,
        };
        let call = account.command(command, now)??;
        let key = LineKey {
            account: place,
            call,
        };
        self.lines.add(key, owner, leg);
        Some(key)
    }
}
