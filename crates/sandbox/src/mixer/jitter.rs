//! A jitter buffer: packets come when they like, frames are taken every 20 ms.

use super::mix::{FRAME, Frame, SILENCE};

/// So many samples wait before the first is taken: what the network may be late by.
const TARGET: u64 = 320;
/// What waits beyond the target before some of it is left out, so that a burst makes nobody late for good.
const SURPLUS: u64 = 960;
/// A time that differs by more than this is another time line, not a gap.
const JUMP: u64 = 4_000;
/// More than a target, a surplus, a jump and the longest datagram together. A power of two.
const CAPACITY: usize = 8_192;

/// Samples in the order of their RTP time. What was lost is silence.
#[derive(Debug)]
pub(super) struct Jitter {
    /// A sample of time `t` is at `t` modulo the length. What is not between `next` and `end` is zero.
    ring: Vec<i16>,
    /// The time of the sample that is taken next.
    next: u64,
    /// The time after the newest sample.
    end: u64,
    /// Whether anything has come yet.
    started: bool,
    /// Whether frames are taken, or samples collected until there are enough.
    flowing: bool,
}

impl Jitter {
    pub(super) fn new() -> Self {
        Self {
            ring: vec![0; CAPACITY],
            next: 0,
            end: 0,
            started: false,
            flowing: false,
        }
    }

    /// Takes the samples of a packet whose first is of this time. Those that come too late are left out.
    pub(super) fn push(&mut self, time: u64, samples: impl Iterator<Item = i16>) {
        let jumped = time > self.end.saturating_add(JUMP) || time.saturating_add(JUMP) < self.next;
        if !self.started || jumped {
            self.ring.fill(0);
            self.next = time;
            self.end = time;
            self.started = true;
            self.flowing = false;
        }
        // No datagram holds so many; more would write over what waits.
        let samples = samples.take(CAPACITY / 4);
        let mut at = time;
        for sample in samples {
            if at >= self.next {
                self.ring[place(at)] = sample;
            }
            at += 1;
        }
        self.end = self.end.max(at);
        if self.end - self.next > TARGET + SURPLUS {
            self.skip_to(self.end - TARGET);
        }
    }

    /// The next frame; silence while there is not enough.
    pub(super) fn pull(&mut self) -> Frame {
        let waiting = self.end - self.next;
        let needed = if self.flowing { FRAME as u64 } else { TARGET };
        self.flowing = waiting >= needed;
        let mut frame = SILENCE;
        if self.flowing {
            for sample in &mut frame {
                // What is taken leaves silence, for packets that never come.
                *sample = std::mem::take(&mut self.ring[place(self.next)]);
                self.next += 1;
            }
        }
        frame
    }

    fn skip_to(&mut self, time: u64) {
        while self.next < time {
            self.ring[place(self.next)] = 0;
            self.next += 1;
        }
    }
}

/// Where the sample of a time is in the ring.
fn place(time: u64) -> usize {
    // The remainder fits whatever the width of `usize`.
    (time % CAPACITY as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A packet of 20 ms whose samples are all the same.
    fn push(jitter: &mut Jitter, time: u64, value: i16) {
        jitter.push(time, [value; FRAME].into_iter());
    }

    /// Pulls a frame whose samples are all the same, and gives that.
    fn pull(jitter: &mut Jitter) -> i16 {
        let frame = jitter.pull();
        assert!(frame.iter().all(|sample| *sample == frame[0]), "{frame:?}");
        frame[0]
    }

    #[test]
    fn nothing_is_taken_until_two_packets_wait() {
        let mut jitter = Jitter::new();
        assert_eq!(pull(&mut jitter), 0);
        push(&mut jitter, 7_000, 1);
        assert_eq!(pull(&mut jitter), 0);
        push(&mut jitter, 7_160, 2);
        assert_eq!(pull(&mut jitter), 1);
        assert_eq!(pull(&mut jitter), 2);
    }

    #[test]
    fn packets_in_wrong_order_are_taken_in_the_right_one() {
        let mut jitter = Jitter::new();
        push(&mut jitter, 0, 1);
        push(&mut jitter, 320, 3);
        push(&mut jitter, 160, 2);
        assert_eq!([1, 2, 3], [0; 3].map(|_: i32| pull(&mut jitter)));
    }

    #[test]
    fn a_lost_packet_is_silence_and_comes_too_late() {
        let mut jitter = Jitter::new();
        push(&mut jitter, 0, 1);
        push(&mut jitter, 320, 3);
        assert_eq!(pull(&mut jitter), 1);
        assert_eq!(pull(&mut jitter), 0);
        push(&mut jitter, 160, 2);
        push(&mut jitter, 480, 4);
        assert_eq!(pull(&mut jitter), 3);
        assert_eq!(pull(&mut jitter), 4);
    }

    #[test]
    fn after_an_underrun_two_packets_are_waited_for_again() {
        let mut jitter = Jitter::new();
        push(&mut jitter, 0, 1);
        push(&mut jitter, 160, 2);
        assert_eq!([1, 2, 0], [0; 3].map(|_: i32| pull(&mut jitter)));
        push(&mut jitter, 320, 3);
        assert_eq!(pull(&mut jitter), 0);
        push(&mut jitter, 480, 4);
        assert_eq!([3, 4], [0; 2].map(|_: i32| pull(&mut jitter)));
    }

    #[test]
    fn a_burst_does_not_stay_in_the_buffer() {
        let mut jitter = Jitter::new();
        for number in 0..9_u8 {
            push(&mut jitter, u64::from(number) * 160, i16::from(number));
        }
        // Nine packets are more than 160 ms: only the newest two are left.
        assert_eq!([7, 8, 0], [0; 3].map(|_: i32| pull(&mut jitter)));
    }

    #[test]
    fn another_time_line_is_followed_at_once() {
        let mut jitter = Jitter::new();
        push(&mut jitter, 1_000_000, 1);
        push(&mut jitter, 1_000_160, 2);
        assert_eq!(pull(&mut jitter), 1);
        // Back by hours, then on by hours: as after a hold, or from a phone that began anew.
        for start in [500, 9_000_000] {
            push(&mut jitter, start, 3);
            assert_eq!(pull(&mut jitter), 0);
            push(&mut jitter, start + 160, 4);
            assert_eq!(pull(&mut jitter), 3);
        }
    }

    #[test]
    fn packets_of_any_length_are_taken() {
        let mut jitter = Jitter::new();
        let mut time = 0;
        let mut sent = 0_i16;
        let mut taken = 0_i16;
        for length in [80_usize, 480, 240, 160, 320, 80, 80]
            .into_iter()
            .cycle()
            .take(700)
        {
            let samples: Vec<i16> = (0..length)
                .map(|_| {
                    sent = sent % 30_000 + 1;
                    sent
                })
                .collect();
            jitter.push(time, samples.into_iter());
            time += length as u64;
            // As many frames as have come whole.
            while jitter.end - jitter.next >= TARGET {
                for sample in jitter.pull() {
                    taken = taken % 30_000 + 1;
                    assert_eq!(sample, taken);
                }
            }
        }
        assert!(time > 100_000);
    }
}
