//! How good a call sounds, from what the browser counts: the E-model of ITU-T G.107 in its short form, and warnings that
//! neither flicker nor stay.

/// What the browser has counted since the connection began.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    /// Packets that came.
    pub received: f64,
    /// Packets that should have come.
    pub lost: f64,
    /// How unevenly they come, ms.
    pub jitter: f64,
    /// How long the samples that were played waited for it, s, all together.
    pub waited: f64,
    /// How many samples that were, in seconds' parts as `waited` counts them.
    pub played: f64,
    /// There and back, ms; 0 where it is not known yet.
    pub round_trip: f64,
    /// Sound that the microphone gave; `None` where the browser does not say.
    pub energy: Option<f64>,
}

/// What should be going on, by the state of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The other party can be heard.
    pub hearing: bool,
    /// The microphone goes to the other party.
    pub speaking: bool,
}

/// The last stretch of a call, in figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// Mean opinion score, 1 to 4.5.
    pub mos: f64,
    /// Percent of the packets.
    pub loss: f64,
}

/// Something went wrong, or is over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The code of the warning.
    pub code: &'static str,
    /// It is over.
    pub over: bool,
    /// How bad it is, in the trouble's unit.
    pub value: f64,
}

/// From when on something is a trouble, and from when on no longer. It lies apart, and takes some samples, so that a
/// figure that wavers gives one warning.
struct Rule {
    code: &'static str,
    from: f64,
    below: f64,
    samples: u8,
}

static RULES: [Rule; 6] = [
    // Percent of the packets are lost.
    rule("WARN_LOSS", 5.0, 2.0, 2),
    // Packets come unevenly, and take long, ms.
    rule("WARN_JITTER", 50.0, 30.0, 2),
    rule("WARN_ROUND_TRIP", 500.0, 350.0, 2),
    // It sounds bad: how much is missing to 5.
    rule("WARN_MOS", 2.0, 1.4, 2),
    // Nothing comes at all.
    rule("WARN_NO_INCOMING_AUDIO", 1.0, 1.0, 2),
    // The microphone gives nothing. People pause; one that is switched off is silent to the last bit.
    rule("WARN_MICROPHONE_SILENT", 1.0, 1.0, 5),
];

const fn rule(code: &'static str, from: f64, below: f64, samples: u8) -> Rule {
    Rule {
        code,
        from,
        below,
        samples,
    }
}

/// Watches one call.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    last: Sample,
    /// Whether each trouble is there, and how many samples in a row have said otherwise.
    states: [(bool, u8); RULES.len()],
}

impl Watch {
    /// Takes the next sample; gives what it says of the time since the last one, and what has changed by it.
    pub fn take(
        &mut self,
        sample: &Sample,
        expected: Expected,
        changed: &mut dyn FnMut(Change),
    ) -> Quality {
        let last = &self.last;
        // A connection that was renewed counts from zero.
        let received = since(sample.received, last.received);
        let lost = since(sample.lost, last.lost);
        let played = since(sample.played, last.played);
        let waited = since(sample.waited, last.waited);
        // Nothing of nothing is nothing.
        let buffer = waited / at_least(played, 1.0) * 1000.0;
        let loss = lost / at_least(received + lost, 1.0) * 100.0;
        let mos = mos(sample.round_trip / 2.0 + buffer, loss);
        let silent = sample.energy.is_some() && sample.energy == last.energy;
        let nothing = received == 0.0;
        self.last = *sample;
        let values = [
            loss,
            sample.jitter,
            sample.round_trip,
            5.0 - mos,
            f64::from(u8::from(nothing)),
            f64::from(u8::from(silent)),
        ];
        for (at, ((rule, state), value)) in
            RULES.iter().zip(&mut self.states).zip(values).enumerate()
        {
            let (there, against) = state;
            let is_heard = at + 1 < RULES.len();
            let counts = if is_heard {
                expected.hearing
            } else {
                expected.speaking
            };
            let value = if counts { value } else { 0.0 };
            let otherwise = if *there {
                value < rule.below
            } else {
                value >= rule.from
            };
            *against = if otherwise { *against + 1 } else { 0 };
            if *against >= rule.samples {
                *against = 0;
                *there = !*there;
                changed(Change {
                    code: rule.code,
                    over: !*there,
                    value,
                });
            }
        }
        Quality { mos, loss }
    }
}

/// What a counter has counted.
fn since(now: f64, before: f64) -> f64 {
    at_least(now - before, 0.0)
}

/// The larger of two figures. The least is taken for what is no number.
fn at_least(value: f64, least: f64) -> f64 {
    if value > least { value } else { least }
}

/// What a packet takes beside network and buffer: it is filled for 20 ms first.
const PACKET: f64 = 20.0;
/// R of a call without any fault (G.107).
const BEST: f64 = 93.2;
/// How well a lost packet is concealed: G.711 with concealment (G.113 appendix I). Opus is not listed there; browsers
/// conceal for both alike.
const ROBUSTNESS: f64 = 25.1;

/// Mean opinion score of a call with so many ms from mouth to ear, and this percentage of packets lost.
pub fn mos(delay: f64, loss: f64) -> f64 {
    let delay = delay + PACKET;
    // Above 177.3 ms people begin to talk into each other.
    let impatience = 0.024 * delay + 0.11 * at_least(delay - 177.3, 0.0);
    let holes = 95.0 * loss / (loss + ROBUSTNESS);
    let r = at_least(BEST - impatience - holes, 0.0);
    let mos = 1.0 + 0.035 * r + r * (r - 60.0) * (100.0 - r) * 7e-6;
    at_least(mos, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: Expected = Expected {
        hearing: true,
        speaking: true,
    };

    /// A call, sampled every 2 s.
    #[derive(Default)]
    struct Call {
        watch: Watch,
        sample: Sample,
    }

    impl Call {
        /// Two seconds in which so many of 100 packets were lost.
        fn goes_on(&mut self, lost: f64, change: impl Fn(&mut Sample)) -> Vec<Change> {
            self.goes(lost, TALK, change)
        }

        fn goes(
            &mut self,
            lost: f64,
            expected: Expected,
            change: impl Fn(&mut Sample),
        ) -> Vec<Change> {
            self.sample.received += 100.0 - lost;
            self.sample.lost += lost;
            self.sample.waited += 96_000.0 * 0.04;
            self.sample.played += 96_000.0;
            self.sample.energy = Some(self.sample.energy.unwrap_or(0.0) + 0.001);
            change(&mut self.sample);
            let mut changes = Vec::new();
            let mut changed = |change| changes.push(change);
            self.watch.take(&self.sample, expected, &mut changed);
            changes
        }
    }

    fn same(_: &mut Sample) {}

    #[test]
    fn the_score_falls_with_loss_and_with_delay_and_stays_within_its_scale() {
        assert!(mos(20.0, 0.0) > 4.3, "{}", mos(20.0, 0.0));
        let mut last = 5.0;
        for loss in [0.0, 1.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0] {
            let now = mos(50.0, loss);
            assert!((1.0..last).contains(&now), "{loss} %: {now}");
            last = now;
        }
        let mut last = 5.0;
        for delay in [0.0, 50.0, 150.0, 200.0, 400.0, 800.0] {
            let now = mos(delay, 0.0);
            assert!(now < last, "{delay} ms: {now}");
            last = now;
        }
        assert_eq!(mos(10_000.0, 100.0), 1.0);
    }

    #[test]
    fn the_score_agrees_with_the_published_bands_of_r() {
        // R 80 is "satisfied" at 4.03, R 70 is 3.60, R 60 is 3.10, R 50 is 2.58 (G.107 annex B).
        for (loss, score) in [(3.7, 4.03), (7.6, 3.60), (12.9, 3.10), (20.0, 2.58)] {
            let now = mos(0.0, loss);
            assert!((now - score).abs() < 0.08, "{loss} %: {now}, not {score}");
        }
    }

    #[test]
    fn figures_are_of_the_last_stretch_alone() {
        let mut call = Call::default();
        call.goes_on(50.0, same);
        call.sample.received += 100.0;
        let quality = call.watch.take(&call.sample, TALK, &mut |_| {});
        assert_eq!(quality.loss, 0.0);
    }

    #[test]
    fn loss_warns_once_and_is_over_only_when_it_is_clearly_less() {
        let mut call = Call::default();
        assert_eq!(call.goes_on(8.0, same), []);
        let warned = call.goes_on(9.0, same);
        assert_eq!(warned.len(), 1);
        assert_eq!((warned[0].code, warned[0].over), ("WARN_LOSS", false));
        assert!((warned[0].value - 9.0).abs() < 0.01);
        // Wavering about the threshold says nothing more.
        for lost in [4.0, 6.0, 3.0, 7.0, 1.0, 4.0] {
            assert_eq!(call.goes_on(lost, same), [], "{lost} %");
        }
        assert_eq!(call.goes_on(0.0, same), []);
        let over = call.goes_on(0.0, same);
        assert_eq!((over[0].code, over[0].over), ("WARN_LOSS", true));
    }

    #[test]
    fn one_bad_moment_is_no_trouble() {
        let mut call = Call::default();
        for lost in [0.0, 30.0, 0.0, 30.0, 0.0] {
            assert_eq!(call.goes_on(lost, same), [], "{lost} %");
        }
    }

    #[test]
    fn jitter_round_trip_and_bad_sound_each_have_their_warning() {
        let mut call = Call::default();
        let bad = |sample: &mut Sample| {
            sample.jitter = 60.0;
            sample.round_trip = 900.0;
        };
        assert_eq!(call.goes_on(0.0, bad), []);
        let codes: Vec<&str> = call.goes_on(0.0, bad).iter().map(|c| c.code).collect();
        assert_eq!(codes, ["WARN_JITTER", "WARN_ROUND_TRIP", "WARN_MOS"]);
    }

    #[test]
    fn nothing_coming_is_told_at_a_call_but_not_at_one_on_hold() {
        let held = Expected {
            hearing: false,
            speaking: false,
        };
        let silent = |sample: &mut Sample| sample.received = 100.0;
        let mut call = Call::default();
        call.goes_on(0.0, silent);
        for _ in 0..5 {
            assert_eq!(call.goes(0.0, held, silent), []);
        }
        assert_eq!(call.goes_on(0.0, silent), []);
        let told = call.goes_on(0.0, silent);
        assert_eq!(told[0].code, "WARN_NO_INCOMING_AUDIO");
        // Hold ends the warning too: nobody waits for sound then.
        call.goes(0.0, held, silent);
        let over = call.goes(0.0, held, silent);
        assert_eq!(
            (over[0].code, over[0].over),
            ("WARN_NO_INCOMING_AUDIO", true)
        );
    }

    #[test]
    fn a_microphone_without_any_sound_is_told_after_ten_seconds_unless_it_is_muted() {
        let dead = |sample: &mut Sample| sample.energy = Some(0.5);
        let muted = Expected {
            hearing: true,
            speaking: false,
        };
        let mut call = Call::default();
        call.goes_on(0.0, dead);
        for _ in 0..8 {
            assert_eq!(call.goes(0.0, muted, dead), []);
        }
        for _ in 0..4 {
            assert_eq!(call.goes_on(0.0, dead), []);
        }
        assert_eq!(call.goes_on(0.0, dead)[0].code, "WARN_MICROPHONE_SILENT");
        // A browser that does not say is not accused.
        let mut call = Call::default();
        for _ in 0..10 {
            assert_eq!(call.goes_on(0.0, |sample| sample.energy = None), []);
        }
    }

    #[test]
    fn counters_that_begin_anew_give_no_absurd_figures() {
        let mut call = Call::default();
        call.goes_on(10.0, same);
        call.sample = Sample::default();
        let quality = call.watch.take(&call.sample, TALK, &mut |_| {});
        assert_eq!(quality.loss, 0.0);
        assert!(quality.mos > 4.0);
    }
}
