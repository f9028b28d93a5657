//! Outside people: what a dialled number does, and who takes part in a call from outside.

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

/// An outside person in a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outside {
    pub(crate) number: String,
    /// Hangs up this long (ms) after answering, if at all.
    pub(crate) talks: Option<u64>,
    /// What the person sends, in Hz; `None` for one who echoes instead.
    pub(crate) tone: Option<u32>,
}

impl Outside {
    /// A person who calls in.
    pub(crate) fn calling(number: String) -> Self {
        Self {
            number,
            talks: None,
            tone: Some(USUAL_TONE),
        }
    }

    /// The person behind a number that is dialled.
    pub(crate) fn dialled(number: String) -> Self {
        let tone = match special(&number) {
            Some(("0003", _)) => None,
            Some(("0004", tone)) => Some(tone),
            _ => Some(USUAL_TONE),
        };
        Self {
            number,
            talks: None,
            tone,
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
    fn a_number_may_name_a_tone() {
        for (number, tone) in [
            ("13800138000", Some(440)),
            ("00040880", Some(880)),
            ("00030002", None),
        ] {
            assert_eq!(Outside::dialled(number.to_owned()).tone, tone, "{number}");
        }
        assert_eq!(Outside::calling("00040880".to_owned()).tone, Some(440));
    }
}
