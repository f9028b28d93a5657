//! A person who repeats what was to be heard some time ago.

use std::collections::VecDeque;

use super::mix::{Frame, SILENCE};

/// Frames a second.
const FRAMES: usize = 50;

/// What was heard and is not said yet.
#[derive(Debug)]
pub(super) struct Echo {
    waiting: VecDeque<Frame>,
    delay: usize,
}

impl Echo {
    /// Repeats what it hears so many seconds later.
    pub(super) fn new(seconds: u32) -> Self {
        let seconds = usize::try_from(seconds).unwrap_or(usize::MAX);
        Self {
            waiting: VecDeque::new(),
            delay: seconds.saturating_mul(FRAMES),
        }
    }

    /// What is said in this frame, before what is to be heard in it is known.
    pub(super) fn say(&mut self) -> Frame {
        if self.waiting.len() > self.delay {
            self.waiting.pop_front().unwrap_or(SILENCE)
        } else {
            SILENCE
        }
    }

    /// Takes in what is to be heard in this frame.
    pub(super) fn hear(&mut self, frame: Frame) {
        self.waiting.push_back(frame);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixer::mix::FRAME;

    /// How many frames later each frame is said again.
    fn delay(echo: &mut Echo) -> usize {
        for number in 0..200_usize {
            let said = echo.say()[0];
            echo.hear([i16::try_from(number).unwrap() + 1; FRAME]);
            if said != 0 {
                return number + 1 - usize::try_from(said).unwrap();
            }
        }
        panic!("no echo in 200 frames");
    }

    #[test]
    fn an_echo_comes_in_the_next_frame_or_seconds_later() {
        assert_eq!(delay(&mut Echo::new(0)), 1);
        assert_eq!(delay(&mut Echo::new(1)), 51);
        assert_eq!(delay(&mut Echo::new(3)), 151);
    }

    #[test]
    fn an_echo_keeps_no_more_than_it_will_say() {
        let mut echo = Echo::new(1);
        for _ in 0..1_000 {
            echo.say();
            echo.hear([1; FRAME]);
        }
        assert_eq!(echo.waiting.len(), 51);
    }
}
