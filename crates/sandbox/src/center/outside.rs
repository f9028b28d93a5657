//! Outside people: what a dialled number does, and who takes part in a call from outside.

use crate::mixer::plan::Sound;

/// An outside person rings this long (ms) before answering, unless the number says otherwise.
pub(crate) const PERSON_RINGS: u64 = 1000;
/// What a person sends, in Hz, unless something else was said.
const USUAL_TONE: u32 = 440;

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
        match special(number) {
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

/// The two halves of a number that names a behaviour.
fn special(number: &str) -> Option<(&str, u32)> {
    if number.len() != 8 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (kind, value) = number.split_at_checked(4)?;
    Some((kind, value.parse().ok()?))
}

/// What an outside person sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// A tone, in Hz.
    Tone(u32),
    /// What is to be heard, so many seconds later.
    Echo(u32),
}

impl Voice {
    /// What the person behind a number sends.
    pub(crate) fn of_number(number: &str) -> Self {
        match special(number) {
            Some(("0003", seconds)) => Self::Echo(seconds),
            Some(("0004", tone)) => Self::Tone(tone),
            _ => Self::Tone(USUAL_TONE),
        }
    }

    /// The tone in Hz, of one who sends one.
    pub(crate) fn tone(self) -> Option<u32> {
        match self {
            Self::Tone(tone) => Some(tone),
            Self::Echo(_) => None,
        }
    }

    /// What the mixer is told of it.
    pub(crate) fn sound(self) -> Sound {
        match self {
            Self::Tone(tone) => Sound::Tone(tone),
            Self::Echo(seconds) => Sound::Echo(seconds),
        }
    }
}

/// An outside person in a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outside {
    pub(crate) number: String,
    /// Hangs up this long (ms) after answering, if at all.
    pub(crate) talks: Option<u64>,
    pub(crate) voice: Voice,
}

impl Outside {
    /// A person who calls in.
    pub(crate) fn calling(number: String) -> Self {
        Self {
            number,
            talks: None,
            voice: Voice::Tone(USUAL_TONE),
        }
    }

    /// The person behind a number that is dialled.
    pub(crate) fn dialled(number: String) -> Self {
        Self {
            voice: Voice::of_number(&number),
            number,
            talks: None,
        }
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

    #[test]
    fn a_number_may_name_a_tone_or_an_echo() {
        for (number, voice) in [
            ("13800138000", Voice::Tone(440)),
            ("00040880", Voice::Tone(880)),
            ("00030002", Voice::Echo(2)),
        ] {
            assert_eq!(Outside::dialled(number.to_owned()).voice, voice, "{number}");
        }
        let caller = Outside::calling("00040880".to_owned());
        assert_eq!(caller.voice, Voice::Tone(440));
    }
}
