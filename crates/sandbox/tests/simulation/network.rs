//! The links between pages and broker, and what the broker knows of each.

use crate::counts::Counts;
use crate::pipe::{Packet, Pipe};
use crate::random::Random;
use stomp::Limits;
use stomp::server::Connection;

/// A page that sends nothing for so long is closed, whatever heart-beats were agreed, ms.
pub const IDLE: u64 = 60_000;

/// A message that comes twice does so at most so many messages later. A session knows its last 32 events; a network
/// that repeats older ones would be no network.
const LATEST_REPEAT: u64 = 20;

/// How often messages come twice, in a hundred: on ordinary bad days, and on the worst.
const REPEATS: u64 = 1;
const MANY_REPEATS: u64 = 25;

/// One socket, from its opening until both sides have forgotten it.
pub struct Link {
    pub number: u64,
    /// Whose page opened it.
    pub browser: usize,
    /// The page still holds the socket.
    pub attached: bool,
    /// From the page to the broker.
    pub up: Pipe,
    /// From the broker to the page.
    pub down: Pipe,
    /// The broker's end, while it is open.
    pub line: Option<Line>,
}

impl Link {
    /// Both ends are there, and what is sent arrives.
    pub fn is_whole(&self) -> bool {
        self.attached && self.line.is_some() && self.up.is_open() && self.down.is_open()
    }

    /// The broker ends the link.
    pub fn hang_up(&mut self, now: u64, random: &mut Random) {
        self.line = None;
        self.down.finish(now, random);
    }
}

/// What the broker knows of a link.
pub struct Line {
    pub connection: Connection,
    /// Header `id` and routing key of each subscription.
    pub subscriptions: Vec<(String, String)>,
    /// When something came last.
    pub heard: u64,
    messages: u64,
    /// Frames that are to come once more, after so many others.
    repeats: Vec<(u64, String)>,
}

impl Line {
    pub fn new(now: u64) -> Self {
        Self {
            connection: Connection::new(Limits::default()),
            subscriptions: Vec::new(),
            heard: now,
            messages: 0,
            repeats: Vec::new(),
        }
    }

    /// When the broker looks after it next.
    pub fn due(&self) -> u64 {
        let idle = self.heard + IDLE;
        let beat = self.connection.poll_timeout();
        beat.map_or(idle, |at| at.min(idle))
    }
}

pub struct Network {
    pub links: Vec<Link>,
    /// What the broker offers and wants as heart-beats, ms.
    pub heart_beats: (u32, u32),
    /// Messages may come twice.
    pub repeats: bool,
    /// Until then they often do.
    pub repeats_often_until: u64,
    /// Until then new sockets are refused.
    pub refuses_until: u64,
    /// Until then the broker neither reads nor writes.
    pub frozen_until: u64,
    last_link: u64,
}

impl Network {
    pub fn new(heart_beats: (u32, u32)) -> Self {
        Self {
            links: Vec::new(),
            heart_beats,
            repeats: false,
            repeats_often_until: 0,
            refuses_until: 0,
            frozen_until: 0,
            last_link: 0,
        }
    }

    /// A page opens a socket: gives the link's number.
    pub fn open(&mut self, browser: usize, now: u64, random: &mut Random) -> u64 {
        self.last_link += 1;
        let mut delay = || {
            let least = random.between(2, 100);
            (least, least + random.below(80))
        };
        let (mut up, down) = (Pipe::new(delay()), Pipe::new(delay()));
        up.send(Packet::Hello, now, random);
        self.links.push(Link {
            number: self.last_link,
            browser,
            attached: true,
            up,
            down,
            line: None,
        });
        self.last_link
    }

    /// The place of a link.
    pub fn find(&self, number: u64) -> Option<usize> {
        self.links.iter().position(|link| link.number == number)
    }

    /// Hands a message to all who listen to its routing key.
    pub fn publish(
        &mut self,
        routing_key: &str,
        body: &str,
        now: u64,
        random: &mut Random,
        counts: &mut Counts,
    ) {
        let repeats = match (self.repeats, now < self.repeats_often_until) {
            (false, _) => 0,
            (true, false) => REPEATS,
            (true, true) => MANY_REPEATS,
        };
        for link in &mut self.links {
            let Some(line) = &mut link.line else {
                continue;
            };
            for (id, key) in &line.subscriptions {
                if key != routing_key {
                    continue;
                }
                line.messages += 1;
                let message_id = format!("T_{id}@@session-{}@@{}", link.number, line.messages);
                let frame = line
                    .connection
                    .message(
                        id,
                        &format!("/topic/{key}"),
                        &message_id,
                        &[("redelivered", "false")],
                        body,
                    )
                    .expect("headers are plain text");
                line.connection.sent(now);
                let mut frames = vec![frame];
                if random.chance(repeats) {
                    counts.add("messages twice in a row");
                    frames.push(frames[0].clone());
                }
                line.repeats.retain_mut(|(left, frame)| {
                    *left -= 1;
                    if *left == 0 {
                        counts.add("messages twice, later");
                        frames.push(std::mem::take(frame));
                    }
                    *left > 0
                });
                if random.chance(repeats) {
                    let later = random.between(1, LATEST_REPEAT);
                    line.repeats.push((later, frames[0].clone()));
                }
                for frame in frames {
                    let packet = Packet::Bytes(frame.into_bytes());
                    if link.down.send(packet, now, random) {
                        counts.add("frames split");
                    }
                }
            }
        }
    }

    /// All that is wrong ends; what is lost stays lost.
    pub fn calm(&mut self) {
        self.repeats = false;
        (self.refuses_until, self.frozen_until) = (0, 0);
        for link in &mut self.links {
            link.up.release();
            link.down.release();
            if let Some(line) = &mut link.line {
                line.repeats.clear();
            }
        }
    }

    /// Forgets the links of which nothing is left.
    pub fn forget(&mut self) {
        self.links.retain(|link| {
            link.attached || link.line.is_some() || !link.up.is_empty() || !link.down.is_empty()
        });
    }
}
