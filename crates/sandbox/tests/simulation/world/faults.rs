//! What goes wrong in the network and with the machines.

use super::World;
use crate::network::Link;

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Both sides learn at once that the link is gone.
    CutForBoth,
    /// Only the page learns; what it sent before may still arrive, late.
    CutForPage,
    /// Only the broker learns.
    CutForBroker,
    /// Nobody learns: both have to find out.
    CutForNobody,
    /// One direction is dead, the other works.
    DeadOneWay,
    /// All links are cut, as if a load balancer restarted.
    CutAll,
    /// Nothing arrives for a while, one way or both.
    FreezeLink,
    /// The broker does nothing for a while.
    FreezeBroker,
    /// No new socket is taken for a while.
    Refuse,
    /// A machine sleeps for a while.
    Sleep,
    /// Messages often come twice for a while.
    Repeat,
    /// Somebody sets a machine's clock.
    SetClock,
}

/// What goes wrong how often.
const KINDS: [(u64, Kind); 12] = [
    (6, Kind::CutForBoth),
    (6, Kind::CutForPage),
    (4, Kind::CutForBroker),
    (4, Kind::CutForNobody),
    (3, Kind::DeadOneWay),
    (1, Kind::CutAll),
    (6, Kind::FreezeLink),
    (2, Kind::FreezeBroker),
    (2, Kind::Refuse),
    (3, Kind::Sleep),
    (3, Kind::Repeat),
    (1, Kind::SetClock),
];

impl World {
    /// Something goes wrong.
    pub(super) fn fault(&mut self) {
        self.fault_at = self.in_about(self.pace.fault);
        let kind = self.random.weighted(&KINDS);
        self.trace
            .note(self.now, "network", format_args!("{kind:?}"));
        match kind {
            Kind::CutAll => {
                for at in 0..self.network.links.len() {
                    if self.network.links[at].is_whole() {
                        self.cut_for_both(at);
                    }
                }
            }
            Kind::FreezeBroker => {
                let ms = self.some_seconds(20_000);
                self.network.frozen_until = self.now + ms;
                self.counts.add("broker frozen");
            }
            Kind::Refuse => {
                let ms = self.some_seconds(20_000);
                self.network.refuses_until = self.now + ms;
            }
            Kind::Repeat => self.network.repeats_often_until = self.now + 10_000,
            Kind::Sleep => self.fall_asleep(),
            Kind::SetClock => {
                let at = self.random.place(self.browsers.len());
                self.browsers[at].clocks.set(&mut self.random);
                self.counts.add("clocks set");
            }
            kind => self.link_fault(kind),
        }
    }

    /// Something goes wrong with one link, if there is any.
    fn link_fault(&mut self, kind: Kind) {
        let links = self.network.links.iter().enumerate();
        let whole: Vec<usize> = links
            .filter(|(_, link)| link.is_whole())
            .map(|(at, _)| at)
            .collect();
        if whole.is_empty() {
            return;
        }
        let at = self.random.pick(&whole);
        self.note(self.network.links[at].browser, format_args!("is struck"));
        let now = self.now;
        match kind {
            Kind::CutForBoth => self.cut_for_both(at),
            Kind::CutForPage => {
                self.counts.add("links cut, only the page learns");
                let stuck = self.random.chance(60);
                let learns = now + self.random.below(4000);
                let late = self.random.below(4000);
                let link = &mut self.network.links[at];
                if stuck {
                    // What the page still sends is stuck on its way, and overtaken by what it sends on its next link.
                    link.down.cut(learns);
                    link.up.hold(learns + late);
                } else {
                    link.down.cut(now);
                    link.up.die();
                }
            }
            Kind::CutForBroker => {
                self.counts.add("links cut, only the broker learns");
                let lost = self.random.chance(50);
                let link = &mut self.network.links[at];
                link.up.cut(now);
                if lost {
                    link.down.die();
                } else {
                    link.down.abandon();
                }
            }
            Kind::CutForNobody => {
                self.counts.add("links cut, nobody learns");
                let link = &mut self.network.links[at];
                link.up.die();
                link.down.die();
            }
            Kind::DeadOneWay => {
                self.counts.add("links dead one way");
                let upwards = self.random.chance(50);
                let link = &mut self.network.links[at];
                if upwards {
                    link.up.die();
                } else {
                    link.down.die();
                }
            }
            _ => {
                self.counts.add("links frozen");
                let until = now + self.some_seconds(60_000);
                let way = self.random.below(3);
                let Link { up, down, .. } = &mut self.network.links[at];
                if way != 0 {
                    up.hold(until);
                }
                if way != 1 {
                    down.hold(until);
                }
            }
        }
    }

    fn cut_for_both(&mut self, at: usize) {
        self.counts.add("links cut, both learn");
        let arrives = self.random.chance(30);
        let link = &mut self.network.links[at];
        link.down.cut(self.now);
        if arrives {
            link.up.finish(self.now, &mut self.random);
        } else {
            link.up.cut(self.now);
        }
    }

    fn fall_asleep(&mut self) {
        let at = self.random.place(self.browsers.len());
        let until = self.now + self.some_seconds(30_000);
        let browser = &mut self.browsers[at];
        if browser.session.is_some() && browser.sleep.is_none() {
            browser.sleep = Some((self.now, until));
            self.counts.add("machines asleep");
        }
    }

    /// Mostly a few seconds, at times up to so many ms.
    fn some_seconds(&mut self, most: u64) -> u64 {
        let most = if self.random.chance(70) { 9000 } else { most };
        self.random.between(1000, most)
    }
}
