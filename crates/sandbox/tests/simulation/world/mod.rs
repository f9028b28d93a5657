//! A contact centre, its agents' pages and the network between them, in one process and on virtual time.

mod broker;
mod faults;
mod lies;
mod outside;
mod pages;
mod quiet;

use crate::browser::{Browser, START};
use crate::counts::Counts;
use crate::network::Network;
use crate::random::Random;
use crate::trace::Trace;
use sandbox::center::Center;
use sandbox::people::PEOPLE;
use std::collections::BTreeMap;

/// Pages are compared with the center each so many ms, where nothing is under way to them.
const AUDIT: u64 = 5000;

/// More happenings in one millisecond than any run needs.
const MOST_AT_ONCE: u32 = 10_000;

/// A frozen broker reads what has come before it looks at its clock, ms.
const READS_FIRST: u64 = 200;

/// Something that is due. Links and browsers are named by their places.
#[derive(Clone, Copy, Debug)]
enum Due {
    /// Something reaches the broker.
    Up(usize),
    /// Something reaches a page.
    Down(usize),
    /// The broker's clock for a link.
    Line(usize),
    /// A page's clock.
    Timer(usize),
    /// A page is opened.
    Page(usize),
    /// A machine wakes up.
    Wake(usize),
    /// A person does something.
    Person(usize),
    /// The center's clock.
    Center,
    /// Something goes wrong.
    Fault,
    /// Somebody outside does something.
    Outside,
    /// Pages are compared with the center.
    Audit,
}

/// What is due first. Of several at the same time, chance takes one.
struct Race {
    now: u64,
    best: u64,
    first: Vec<Due>,
}

impl Race {
    fn enter(&mut self, at: Option<u64>, due: Due) {
        let Some(at) = at.map(|at| at.max(self.now)) else {
            return;
        };
        if at < self.best {
            self.best = at;
            self.first.clear();
        }
        if at == self.best {
            self.first.push(due);
        }
    }
}

/// How lively a run is: the mean time between two happenings of a kind, ms.
struct Pace {
    /// Between two deeds of one person before a page.
    person: u64,
    /// Between two faults.
    fault: u64,
    /// Between two deeds of people outside.
    outside: u64,
}

pub struct World {
    /// Virtual time, ms.
    now: u64,
    random: Random,
    center: Center,
    network: Network,
    browsers: Vec<Browser>,
    /// The agents who take part.
    cast: Vec<&'static str>,
    /// Which routing key each agent is logged in with, by the center's own words.
    holders: BTreeMap<&'static str, String>,
    /// Calls that outside people have made of late.
    calls: Vec<String>,
    /// People act, and things go wrong.
    chaos: bool,
    pace: Pace,
    fault_at: u64,
    outside_at: u64,
    audit_at: u64,
    /// When something other than a heart-beat was last said.
    last_news: u64,
    at_once: u32,
    digest: u64,
    counts: Counts,
    trace: Trace,
}

impl World {
    /// Nobody is logged in yet; the pages open within three seconds.
    pub fn new(seed: u64, trace: Trace) -> Self {
        let mut random = Random::new(seed);
        let center = Center::new(random.number());
        let heart_beats = random.weighted(&[(8, (1000, 1000)), (1, (10_000, 10_000)), (1, (0, 0))]);
        let cast = choose_cast(&mut random);
        let mut browsers = Vec::new();
        for agent in cast.iter().copied() {
            let mut first = Browser::new(agent, 'a', &mut random);
            first.opens_at = Some(random.below(3000));
            browsers.push(first);
            if random.chance(40) {
                browsers.push(Browser::new(agent, 'b', &mut random));
            }
        }
        let pace = Pace {
            person: random.between(2000, 6000),
            fault: random.pick(&[3000, 6000, 12_000, 40_000]),
            outside: random.between(3000, 9000),
        };
        Self {
            now: 0,
            random,
            center,
            network: Network::new(heart_beats),
            browsers,
            cast,
            holders: BTreeMap::new(),
            calls: Vec::new(),
            chaos: false,
            pace,
            fault_at: 0,
            outside_at: 0,
            audit_at: AUDIT,
            last_news: 0,
            at_once: 0,
            digest: 0,
            counts: Counts::default(),
            trace,
        }
    }

    /// A whole run: bad times with quiet moments between them, and a quiet end.
    ///
    /// # Errors
    /// The first thing that is not as it has to be, as a sentence.
    pub fn run(&mut self) -> Result<(), String> {
        for _ in 0..self.random.between(2, 3) {
            let ms = self.random.between(40_000, 80_000);
            self.bad_times(ms)?;
            self.quiet_moment()?;
        }
        let ms = self.random.between(20_000, 40_000);
        self.bad_times(ms)?;
        self.quiet_end()
    }

    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// A number that differs between two runs in which the center said something different.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// People act and things go wrong for so many ms.
    fn bad_times(&mut self, ms: u64) -> Result<(), String> {
        self.trace
            .note(self.now, "world", format_args!("── {ms} ms of bad times"));
        (self.chaos, self.network.repeats) = (true, true);
        self.fault_at = self.now + self.random.below(self.pace.fault);
        self.outside_at = self.now + self.random.below(self.pace.outside);
        for browser in &mut self.browsers {
            browser.acts_at = self.now + self.random.below(self.pace.person);
        }
        let end = self.now + ms;
        let result = self.advance(end);
        self.chaos = false;
        result
    }

    /// The center's time.
    fn unix(&self) -> u64 {
        START + self.now
    }

    /// Lets time pass until then.
    fn advance(&mut self, end: u64) -> Result<(), String> {
        while self.now < end {
            self.step(end)?;
        }
        Ok(())
    }

    /// Does the next thing that is due; where nothing is by `end`, lets time pass until then.
    fn step(&mut self, end: u64) -> Result<(), String> {
        let (at, due) = self.next_due();
        if at > end {
            self.now = end;
            return Ok(());
        }
        self.at_once = if at > self.now { 0 } else { self.at_once + 1 };
        if self.at_once > MOST_AT_ONCE {
            return Err(format!("time stands still: {due:?} is due again and again"));
        }
        self.now = at;
        self.happen(due)?;
        self.network.forget();
        Ok(())
    }

    fn next_due(&mut self) -> (u64, Due) {
        let mut race = Race {
            now: self.now,
            best: u64::MAX,
            first: Vec::new(),
        };
        let thaw = self.network.frozen_until;
        for (at, link) in self.network.links.iter().enumerate() {
            let awake = self.browsers[link.browser].awake_from();
            race.enter(link.up.due().map(|due| due.max(thaw)), Due::Up(at));
            race.enter(
                link.down.due().map(|due| due.max(thaw).max(awake)),
                Due::Down(at),
            );
            let line = link.line.as_ref();
            race.enter(
                line.map(|line| line.due().max(thaw + READS_FIRST)),
                Due::Line(at),
            );
        }
        for (at, browser) in self.browsers.iter().enumerate() {
            let awake = browser.awake_from();
            let session = browser.session.as_ref();
            let timer = session
                .and_then(|session| session.poll_timeout())
                .map(|mono| browser.clocks.when(mono).max(awake));
            race.enter(timer, Due::Timer(at));
            race.enter(browser.opens_at, Due::Page(at));
            race.enter(browser.sleep.map(|(_, until)| until), Due::Wake(at));
            if self.chaos {
                race.enter(Some(browser.acts_at.max(awake)), Due::Person(at));
            }
        }
        let center = self.center.poll_timeout();
        race.enter(center.map(|unix| unix.saturating_sub(START)), Due::Center);
        race.enter(Some(self.audit_at), Due::Audit);
        if self.chaos {
            race.enter(Some(self.fault_at), Due::Fault);
            race.enter(Some(self.outside_at), Due::Outside);
        }
        (race.best, self.random.pick(&race.first))
    }

    fn happen(&mut self, due: Due) -> Result<(), String> {
        match due {
            Due::Up(link) => self.reaches_broker(link),
            Due::Down(link) => self.reaches_page(link),
            Due::Line(link) => {
                self.broker_timeout(link);
                Ok(())
            }
            Due::Timer(browser) => self.tell(browser, agent::Input::Timeout),
            Due::Page(browser) => self.open_page(browser),
            Due::Wake(browser) => self.wake(browser),
            Due::Person(browser) => self.act(browser),
            Due::Center => {
                self.center.handle_timeout(self.unix());
                self.publish()
            }
            Due::Fault => {
                self.fault();
                Ok(())
            }
            Due::Outside => self.outside(),
            Due::Audit => self.audit(),
        }
    }

    /// When something happens next that happens each so many ms or so.
    fn in_about(&mut self, ms: u64) -> u64 {
        self.now + self.random.between(ms / 4, ms * 7 / 4)
    }
}

/// Three to six people, mostly with the supervisor among them.
fn choose_cast(random: &mut Random) -> Vec<&'static str> {
    let size = random.between(3, 6) as usize;
    let with_supervisor = random.chance(85);
    let numbers = |supervisor: bool| {
        PEOPLE
            .iter()
            .filter(|person| person.supervisor == supervisor)
            .map(|person| person.number)
            .collect::<Vec<_>>()
    };
    let mut cast = if with_supervisor {
        numbers(true)
    } else {
        Vec::new()
    };
    let mut others = numbers(false);
    // Nobody is logged in as the last, whom people call all the same.
    others.pop();
    while cast.len() < size {
        cast.push(others.swap_remove(random.place(others.len())));
    }
    cast
}
