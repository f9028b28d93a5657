//! What people outside do, and what befalls agents without their doing.

use super::World;
use sandbox::center::{Control, ExpiredAnswer, PhoneHabit};
use serde_json::Value;

/// So many calls are remembered, to hang up or to press keys in.
const REMEMBERED: usize = 8;

#[derive(Clone, Copy, Debug)]
enum Deed {
    CallAgent,
    CallGroup,
    CallIvr,
    HangUp,
    Keys,
    Lock,
    Unlock,
    Kick,
    LosePhone,
    ExpireTokens,
    /// An agent's phone is answered, rejected or left to ring from now on.
    Phone,
}

/// What is done how often.
const DEEDS: [(u64, Deed); 11] = [
    (12, Deed::CallAgent),
    (14, Deed::CallGroup),
    (10, Deed::CallIvr),
    (10, Deed::HangUp),
    (14, Deed::Keys),
    (2, Deed::Lock),
    (5, Deed::Unlock),
    (2, Deed::Kick),
    (1, Deed::LosePhone),
    (1, Deed::ExpireTokens),
    (5, Deed::Phone),
];

impl World {
    /// Somebody outside does something.
    pub(super) fn outside(&mut self) -> Result<(), String> {
        self.outside_at = self.in_about(self.pace.outside);
        let deed = self.random.weighted(&DEEDS);
        let agent = self.random.pick(&self.cast).to_owned();
        let from = format!("1390000{:04}", self.random.below(10_000));
        let control = match deed {
            Deed::CallAgent => Control::CallIn { from, agent },
            Deed::CallGroup => Control::CallGroup {
                from,
                group: self.random.pick(&["g-sales", "g-support"]).to_owned(),
            },
            Deed::CallIvr => Control::CallIvr {
                from,
                ivr: "ivr-main".to_owned(),
            },
            Deed::HangUp | Deed::Keys if self.calls.is_empty() => return Ok(()),
            Deed::HangUp => Control::HangUp {
                call_id: self.calls[self.random.place(self.calls.len())].clone(),
            },
            Deed::Keys => Control::Keys {
                call_id: self.calls[self.random.place(self.calls.len())].clone(),
                keys: self.random.pick(&["1", "2", "0", "9", "5"]).to_owned(),
            },
            Deed::Lock => Control::Lock { agent },
            Deed::Unlock => Control::Unlock { agent },
            Deed::Kick => Control::Kick { agent },
            Deed::LosePhone => Control::PhoneLost { agent },
            Deed::ExpireTokens => Control::ExpireTokens(
                self.random
                    .pick(&[ExpiredAnswer::Silent, ExpiredAnswer::Negative]),
            ),
            Deed::Phone => {
                let habit = self.random.weighted(&[
                    (6, PhoneHabit::Answers),
                    (1, PhoneHabit::Rejects),
                    (1, PhoneHabit::Ignores),
                ]);
                self.center.set_phone(&agent, habit);
                return Ok(());
            }
        };
        self.trace
            .note(self.now, "outside", format_args!("{control:?}"));
        let Some(answer) = self.control(control)? else {
            return Ok(());
        };
        self.counts.add(match deed {
            Deed::CallAgent => "people call agents",
            Deed::CallGroup => "people call groups",
            Deed::CallIvr => "people call the IVR",
            Deed::HangUp => "people hang up",
            Deed::Keys => "people press keys",
            Deed::ExpireTokens => "tokens expire",
            _ => "agents are locked, unlocked, kicked or lose their phone",
        });
        if let Some(call) = answer["callId"].as_str() {
            self.calls.push(call.to_owned());
            if self.calls.len() > REMEMBERED {
                self.calls.remove(0);
            }
        }
        Ok(())
    }

    /// Has a wish granted; `None` where the center denies it.
    pub(super) fn control(&mut self, control: Control) -> Result<Option<Value>, String> {
        let answer = self.center.control(control, self.unix()).ok();
        self.publish()?;
        Ok(answer)
    }
}
