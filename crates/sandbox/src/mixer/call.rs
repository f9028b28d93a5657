//! One call: each party's voice, and what each party hears.

use super::echo::Echo;
use super::hearing::Hearing;
use super::mix::{Frame, Mix, SILENCE, energy, mouths_of};
use super::plan::{CallPlan, LegId, Sound};
use super::tone::Tone;

/// A call. Each frame goes through [`speak`](Call::speak), [`listen`](Call::listen) and [`record`](Call::record).
#[derive(Debug)]
pub(super) struct Call {
    plan: CallPlan,
    /// For each party the places of those whom it hears.
    mouths: Vec<Vec<usize>>,
    voices: Vec<Voice>,
    /// What each party says in the present frame.
    said: Vec<Frame>,
    hearing: Hearing,
}

#[derive(Debug)]
enum Voice {
    Phone(LegId),
    Tone(Tone),
    Echo(Echo),
    None,
}

impl Voice {
    fn new(sound: &Sound) -> Self {
        match sound {
            Sound::Phone(leg) => Self::Phone(leg.clone()),
            Sound::Tone(hertz) => Self::Tone(Tone::new(*hertz)),
            Sound::Echo(seconds) => Self::Echo(Echo::new(*seconds)),
            Sound::None => Self::None,
        }
    }
}

impl Call {
    pub(super) fn new(plan: CallPlan) -> Self {
        Self {
            mouths: mouths_of(&plan),
            voices: voices_of(&plan),
            said: vec![SILENCE; plan.parties.len()],
            hearing: Hearing::default(),
            plan,
        }
    }

    pub(super) fn id(&self) -> &str {
        &self.plan.call_id
    }

    /// Goes on by another plan. The voices of parties that stay go on where they are.
    pub(super) fn change(&mut self, plan: CallPlan) {
        if self.plan == plan {
            return;
        }
        let mut voices = voices_of(&plan);
        let mut old: Vec<_> = self
            .plan
            .parties
            .iter()
            .zip(self.voices.drain(..))
            .collect();
        for (party, voice) in plan.parties.iter().zip(&mut voices) {
            if let Some(place) = old.iter().position(|(stays, _)| *stays == party) {
                *voice = old.swap_remove(place).1;
            }
        }
        drop(old);
        self.mouths = mouths_of(&plan);
        self.voices = voices;
        self.said = vec![SILENCE; plan.parties.len()];
        self.plan = plan;
    }

    /// Everybody says something. What phones say is asked for.
    pub(super) fn speak(&mut self, phone: impl Fn(&LegId) -> Frame) {
        for (voice, said) in self.voices.iter_mut().zip(&mut self.said) {
            *said = match voice {
                Voice::Phone(leg) => phone(leg),
                Voice::Tone(tone) => tone.frame(),
                Voice::Echo(echo) => echo.say(),
                Voice::None => SILENCE,
            };
        }
    }

    /// Everybody hears those whom the plan names. What phones hear is handed out, a frame for each mouth.
    pub(super) fn listen(&mut self, mut phone: impl FnMut(&LegId, &Frame)) {
        for (voice, mouths) in self.voices.iter_mut().zip(&self.mouths) {
            let heard = mouths.iter().map(|mouth| &self.said[*mouth]);
            match voice {
                Voice::Phone(leg) => heard.for_each(|frame| phone(leg, frame)),
                Voice::Echo(echo) => {
                    let mut mix = Mix::new();
                    heard.for_each(|frame| mix.add(frame));
                    echo.hear(mix.frame());
                }
                Voice::Tone(_) | Voice::None => {}
            }
        }
    }

    /// Counts what was heard. Whether this frame reached a phone is asked for.
    pub(super) fn record(&mut self, reached: impl Fn(&LegId) -> bool) {
        self.hearing.begin();
        for (ear, mouths) in self.mouths.iter().enumerate() {
            let takes_in = match &self.voices[ear] {
                Voice::Phone(leg) => reached(leg),
                Voice::Tone(_) | Voice::Echo(_) => true,
                Voice::None => false,
            };
            if !takes_in {
                continue;
            }
            for mouth in mouths {
                self.hearing.add(
                    &self.plan.parties[ear].who,
                    &self.plan.parties[*mouth].who,
                    energy(&self.said[*mouth]),
                );
            }
        }
    }

    /// Ear and mouth of each pair in which something was heard in the last 500 ms.
    pub(super) fn heard(&self) -> impl Iterator<Item = (&str, &str)> {
        self.hearing.pairs()
    }

    /// The parties that have any audio.
    pub(super) fn audible(&self) -> impl Iterator<Item = &str> {
        self.plan
            .parties
            .iter()
            .filter(|party| party.sound != Sound::None)
            .map(|party| party.who.as_str())
    }
}

fn voices_of(plan: &CallPlan) -> Vec<Voice> {
    plan.parties
        .iter()
        .map(|party| Voice::new(&party.sound))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::mixer::mix::FRAME;
    use crate::mixer::plan::PlanParty;

    fn leg(name: &str) -> LegId {
        LegId(name.to_owned())
    }

    fn plan(parties: &[(&str, Sound)], hears: &[(usize, usize)]) -> CallPlan {
        CallPlan {
            call_id: "call".to_owned(),
            parties: parties
                .iter()
                .map(|(who, sound)| PlanParty {
                    who: (*who).to_owned(),
                    sound: sound.clone(),
                })
                .collect(),
            hears: hears.to_vec(),
        }
    }

    /// One frame, in which each phone says its own sample all the time. Gives what each phone hears.
    fn frame(call: &mut Call, said: &[(&str, i16)]) -> BTreeMap<String, i16> {
        let mut mixes: BTreeMap<String, Mix> = BTreeMap::new();
        call.speak(|leg| {
            said.iter()
                .find(|(name, _)| *name == leg.0)
                .map_or(SILENCE, |(_, sample)| [*sample; FRAME])
        });
        call.listen(|leg, frame| {
            mixes
                .entry(leg.0.clone())
                .or_insert_with(Mix::new)
                .add(frame)
        });
        call.record(|leg| leg.0 != "deaf");
        mixes
            .into_iter()
            .map(|(leg, mix)| (leg, mix.frame()[0]))
            .collect()
    }

    fn heard(call: &Call) -> Vec<(&str, &str)> {
        let mut pairs: Vec<_> = call.heard().collect();
        pairs.sort_unstable();
        pairs
    }

    #[test]
    fn each_phone_hears_those_whom_the_plan_names() {
        let phone = |name: &str| Sound::Phone(leg(name));
        let mut call = Call::new(plan(
            &[("a", phone("a")), ("b", phone("b")), ("s", phone("s"))],
            // A and B talk, and S whispers to A.
            &[(0, 1), (1, 0), (0, 2), (2, 0), (2, 1)],
        ));
        let said = [("a", 1_000), ("b", 200), ("s", 30)];
        let result = frame(&mut call, &said);
        let expected = [("a", 230), ("b", 1_000), ("s", 1_200)];
        let expected = BTreeMap::from(expected.map(|(leg, sample)| (leg.to_owned(), sample)));
        assert_eq!(result, expected);
    }

    #[test]
    fn what_was_heard_is_measured_and_not_taken_from_the_plan() {
        let mut call = Call::new(plan(
            &[
                ("a", Sound::Phone(leg("a"))),
                ("silent", Sound::Phone(leg("silent"))),
                ("deaf", Sound::Phone(leg("deaf"))),
                ("desk", Sound::None),
                ("c", Sound::Tone(440)),
            ],
            &[
                (0, 1),
                (0, 2),
                (0, 3),
                (0, 4),
                (1, 0),
                (2, 0),
                (3, 0),
                (4, 0),
                (4, 1),
            ],
        ));
        for _ in 0..25 {
            frame(&mut call, &[("a", 1_000), ("deaf", 1_000)]);
        }
        assert_eq!(
            heard(&call),
            [("a", "c"), ("a", "deaf"), ("c", "a"), ("silent", "a")]
        );
        assert_eq!(
            call.audible().collect::<Vec<_>>(),
            ["a", "silent", "deaf", "c"]
        );
    }

    #[test]
    fn an_echo_says_what_it_heard() {
        let mut call = Call::new(plan(
            &[("a", Sound::Phone(leg("a"))), ("c", Sound::Echo(1))],
            &[(0, 1), (1, 0)],
        ));
        let heard: Vec<i16> = (1..=60)
            .map(|number| frame(&mut call, &[("a", number)])["a"])
            .collect();
        assert_eq!(heard[..51], [0; 51]);
        assert_eq!(heard[51..], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }

    #[test]
    fn voices_go_on_when_the_plan_changes() {
        let tone = ("c", Sound::Tone(440));
        let a = ("a", Sound::Phone(leg("a")));
        let mut call = Call::new(plan(&[a.clone(), tone.clone()], &[(0, 1)]));
        let mut alone = Tone::new(440);
        for number in 0..10 {
            // Somebody comes before them, and goes, again and again.
            let changed = if number % 2 == 0 {
                plan(&[("b", Sound::Echo(1)), tone.clone(), a.clone()], &[(2, 1)])
            } else {
                plan(&[a.clone(), tone.clone()], &[(0, 1)])
            };
            call.change(changed);
            let mut heard = SILENCE;
            call.speak(|_| SILENCE);
            call.listen(|_, frame| heard = *frame);
            assert_eq!(heard, alone.frame());
        }
    }

    #[test]
    fn two_parties_of_one_number_have_a_voice_each() {
        let tone = ("c", Sound::Tone(440));
        let mut call = Call::new(plan(
            &[tone.clone(), tone, ("a", Sound::Phone(leg("a")))],
            &[(2, 0), (2, 1)],
        ));
        let mut frames = Vec::new();
        call.speak(|_| SILENCE);
        call.listen(|_, frame| frames.push(*frame));
        assert_eq!(frames, [Tone::new(440).frame(); 2]);
    }
}
