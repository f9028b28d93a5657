//! Calls and who takes part in them.

use std::collections::BTreeMap;

use agent::event::EventName;

use super::agents::AgentKey;

/// An outside person rings this long (ms) before answering, unless the number says otherwise.
pub(crate) const PERSON_RINGS: u64 = 1000;
/// An outside person is rung no longer than this (ms).
pub(crate) const PERSON_PATIENCE: u64 = 60_000;
/// An agent's phone rings no longer than this (ms).
pub(crate) const PHONE_PATIENCE: u64 = 30_000;
/// The phones that the sandbox plays react after this time (ms).
pub(crate) const PHONE_REACTION: u64 = 500;
/// A person who hears the busy tone hangs up after this time (ms).
pub(crate) const BUSY_TONE: u64 = 30_000;

/// Name of a call inside the center. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CallKey(u64);

/// How far a call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallState {
    /// The caller's own phone rings, or the called side is being looked for.
    Dialling,
    /// The called side rings.
    Ringing,
    /// Both sides talk.
    Talking,
    /// The called side cannot be reached.
    Failed,
}

impl CallState {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Dialling => "dialling",
            Self::Ringing => "ringing",
            Self::Talking => "talking",
            Self::Failed => "failed",
        }
    }
}

/// What an outside number does when it is dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Cannot be reached, for this cause.
    Fails(u32),
    /// Rings for `rings` ms, answers, and hangs up by itself after `talks` ms, if at all.
    Answers { rings: u64, talks: Option<u64> },
}

impl Plan {
    /// Eight digits of which the first four name the behaviour; all other numbers answer after a second.
    pub(crate) fn of_number(number: &str) -> Self {
        let special = (number.len() == 8 && number.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| number.split_at_checked(4))
            .flatten()
            .and_then(|(kind, value)| Some((kind, value.parse::<u32>().ok()?)));
        match special {
            Some(("0000", cause)) => Self::Fails(cause),
            Some(("0001", seconds)) => Self::Answers {
                rings: PERSON_RINGS,
                talks: Some(u64::from(seconds) * 1000),
            },
            Some(("0002", seconds)) => Self::Answers {
                rings: u64::from(seconds) * 1000,
                talks: None,
            },
            _ => Self::Answers {
                rings: PERSON_RINGS,
                talks: None,
            },
        }
    }
}

/// Who an agent's call goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Callee {
    /// An outside number with its behaviour.
    Person(Plan),
    /// The agent of this number, who may not exist.
    Agent(String),
}

/// What an agent is in a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// Made the call to this callee.
    Caller(Callee),
    /// Was called.
    Called,
}

/// An agent's part in a call: what the agent's events say of it.
#[derive(Debug, Clone)]
pub(crate) struct Leg {
    pub(crate) agent: AgentKey,
    pub(crate) role: Role,
    /// 1 inbound, 2 outbound.
    pub(crate) direction: u8,
    pub(crate) caller: String,
    pub(crate) called: String,
    pub(crate) call_type: &'static str,
    /// Sequence of the command whose outcome is still due, else 0.
    pub(crate) sequence: i64,
    /// State before the call, for calls that fail at the own phone.
    pub(crate) state_before: EventName,
    /// Unix ms; 0 = did not happen. For a caller `rang` and `answered` are those of the called side.
    pub(crate) began: u64,
    pub(crate) rang: u64,
    pub(crate) answered: u64,
}

/// An outside person in a call.
#[derive(Debug, Clone)]
pub(crate) struct Outside {
    pub(crate) number: String,
    pub(crate) talks: Option<u64>,
}

/// A call.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// The `occCallId`, which stays the same as long as the call lives.
    pub(crate) id: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) state: CallState,
    /// Why the called side cannot be reached, once that is known.
    pub(crate) failure: u32,
    pub(crate) user_data: String,
    pub(crate) outside: Option<Outside>,
    /// The agents, in the order in which they came in.
    pub(crate) legs: Vec<Leg>,
}

impl Call {
    pub(crate) fn leg(&self, agent: AgentKey) -> Option<&Leg> {
        self.legs.iter().find(|leg| leg.agent == agent)
    }

    /// The agent who made the call, if one did.
    pub(crate) fn caller_leg(&self) -> Option<&Leg> {
        self.legs
            .iter()
            .find(|leg| matches!(leg.role, Role::Caller(_)))
    }

    pub(crate) fn caller_leg_mut(&mut self) -> Option<&mut Leg> {
        self.legs
            .iter_mut()
            .find(|leg| matches!(leg.role, Role::Caller(_)))
    }
}

/// All calls that live.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    list: BTreeMap<CallKey, Call>,
    last: u64,
}

impl Calls {
    pub(crate) fn add(&mut self, call: Call) -> CallKey {
        self.last += 1;
        let key = CallKey(self.last);
        self.list.insert(key, call);
        key
    }

    pub(crate) fn get(&self, key: CallKey) -> Option<&Call> {
        self.list.get(&key)
    }

    pub(crate) fn get_mut(&mut self, key: CallKey) -> Option<&mut Call> {
        self.list.get_mut(&key)
    }

    pub(crate) fn remove(&mut self, key: CallKey) -> Option<Call> {
        self.list.remove(&key)
    }

    pub(crate) fn find(&self, id: &str) -> Option<CallKey> {
        self.list
            .iter()
            .find(|(_, call)| call.id == id)
            .map(|(key, _)| *key)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Call> {
        self.list.values()
    }

    /// Ends all calls without a word. Keys are still never used twice.
    pub(crate) fn clear(&mut self) {
        self.list.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_digits_may_name_a_behaviour() {
        assert_eq!(Plan::of_number("00001017"), Plan::Fails(1017));
        assert_eq!(
            Plan::of_number("00010003"),
            Plan::Answers {
                rings: 1000,
                talks: Some(3000)
            }
        );
        assert_eq!(
            Plan::of_number("00020090"),
            Plan::Answers {
                rings: 90_000,
                talks: None
            }
        );
    }

    #[test]
    fn all_other_numbers_just_answer() {
        let answers = Plan::Answers {
            rings: 1000,
            talks: None,
        };
        for number in [
            "13800138000",
            "00030002",
            "00040880",
            "0000101",
            "0000１０",
            "0000101x",
        ] {
            assert_eq!(Plan::of_number(number), answers, "{number}");
        }
    }
}
