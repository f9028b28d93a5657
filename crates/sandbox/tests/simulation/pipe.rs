//! One direction of a link: what goes in comes out later and in order, or not at all.

use crate::random::Random;
use std::collections::VecDeque;

/// What arrives within so many ms may be read at once, ms.
const READ_AT_ONCE: u64 = 50;

/// What travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Packet {
    /// The handshake: the page asks, the broker agrees.
    Hello,
    /// A part of the stream; frames may be split over several, and several frames may share one.
    Bytes(Vec<u8>),
    /// The other side is gone.
    End,
}

impl Packet {
    /// A heart-beat of STOMP.
    fn is_beat(&self) -> bool {
        matches!(self, Packet::Bytes(bytes) if bytes.as_slice() == b"\n")
    }
}

#[derive(Debug)]
pub struct Pipe {
    /// The least and the greatest delay, ms.
    delay: (u64, u64),
    /// When each packet arrives, if nothing holds it up.
    queue: VecDeque<(u64, Packet)>,
    /// When the newest arrives: nothing overtakes it.
    last: u64,
    held_until: u64,
    /// Takes packets.
    open: bool,
}

impl Pipe {
    pub fn new(delay: (u64, u64)) -> Self {
        Self {
            delay,
            queue: VecDeque::new(),
            last: 0,
            held_until: 0,
            open: true,
        }
    }

    /// Puts a packet in; says whether it was split.
    pub fn send(&mut self, packet: Packet, now: u64, random: &mut Random) -> bool {
        if !self.open {
            return false;
        }
        let pieces = split(packet, random);
        let was_split = pieces.len() > 1;
        for piece in pieces {
            let arrives = now + random.between(self.delay.0, self.delay.1);
            self.last = self.last.max(arrives);
            self.queue.push_back((self.last, piece));
        }
        was_split
    }

    /// When the next packet comes out.
    pub fn due(&self) -> Option<u64> {
        let (arrives, _) = self.queue.front()?;
        Some((*arrives).max(self.held_until))
    }

    /// Takes the next packet out, at times with what follows close behind; says whether packets were joined.
    pub fn take(&mut self, now: u64, random: &mut Random) -> Option<(Packet, bool)> {
        let (_, packet) = self.queue.pop_front()?;
        let mut bytes = match packet {
            Packet::Bytes(bytes) => bytes,
            other => return Some((other, false)),
        };
        let mut joined = false;
        while let Some((arrives, Packet::Bytes(more))) = self.queue.front()
            && *arrives <= now + READ_AT_ONCE
            && random.chance(30)
        {
            bytes.extend_from_slice(more);
            joined = true;
            self.queue.pop_front();
        }
        Some((Packet::Bytes(bytes), joined))
    }

    /// Nothing comes out until then.
    pub fn hold(&mut self, until: u64) {
        self.held_until = self.held_until.max(until);
    }

    /// Nothing is held up any more.
    pub fn release(&mut self) {
        self.held_until = 0;
    }

    /// An ordinary end: what is under way arrives, then the far side learns that there is no more.
    pub fn finish(&mut self, now: u64, random: &mut Random) {
        self.send(Packet::End, now, random);
        self.open = false;
    }

    /// What is under way is lost, and the far side learns that at the given time.
    pub fn cut(&mut self, learns: u64) {
        self.queue.clear();
        self.queue.push_back((learns, Packet::End));
        self.held_until = 0;
        self.open = false;
    }

    /// What is under way arrives, and the far side never learns that there is no more.
    pub fn abandon(&mut self) {
        self.open = false;
    }

    /// What is under way is lost, and the far side never learns of it.
    pub fn die(&mut self) {
        self.queue.clear();
        self.open = false;
    }

    pub fn is_open(&self) -> bool {
        self.open
    }

    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Nothing is under way but heart-beats.
    pub fn is_quiet(&self) -> bool {
        self.queue.iter().all(|(_, packet)| packet.is_beat())
    }

    /// Loses what is under way without a trace, which no network does to a stream.
    pub fn swallow(&mut self) {
        self.queue.clear();
    }
}

/// At times the network cuts bytes where it likes, in the middle of a character too.
fn split(packet: Packet, random: &mut Random) -> Vec<Packet> {
    let mut bytes = match packet {
        Packet::Bytes(bytes) => bytes,
        other => return vec![other],
    };
    let mut pieces = Vec::new();
    while bytes.len() > 1 && pieces.len() < 3 && random.chance(8) {
        let rest = bytes.split_off(1 + random.place(bytes.len() - 1));
        pieces.push(Packet::Bytes(std::mem::replace(&mut bytes, rest)));
    }
    pieces.push(Packet::Bytes(bytes));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_into_a_pipe_comes_out_in_order_whatever_is_split_joined_or_held() {
        for seed in 0..200 {
            let mut random = Random::new(seed);
            let mut pipe = Pipe::new((5, 90));
            let (mut sent, mut came) = (Vec::new(), Vec::new());
            let mut now = 0;
            for number in 0..50_u64 {
                let bytes = format!("<{number}>").into_bytes();
                sent.extend_from_slice(&bytes);
                pipe.send(Packet::Bytes(bytes), now, &mut random);
                now += random.below(40);
                if random.chance(5) {
                    pipe.hold(now + random.below(500));
                }
                while let Some(due) = pipe.due()
                    && due <= now
                {
                    if let Some((Packet::Bytes(bytes), _)) = pipe.take(now, &mut random) {
                        came.extend_from_slice(&bytes);
                    }
                }
            }
            pipe.finish(now, &mut random);
            let mut ended = false;
            while let Some(due) = pipe.due() {
                assert!(!ended, "seed {seed}: something came after the end");
                match pipe.take(due, &mut random) {
                    Some((Packet::Bytes(bytes), _)) => came.extend_from_slice(&bytes),
                    other => ended = other == Some((Packet::End, false)),
                }
            }
            assert!(ended, "seed {seed}");
            assert_eq!(came, sent, "seed {seed}");
        }
    }
}
