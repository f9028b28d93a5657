//! Quiet moments, and what has to be true in them.

use super::{AUDIT, World};
use crate::compare::{self, Truth};
use agent::{Command, State};
use sandbox::center::{Control, PhoneHabit};
use serde_json::Value;
use std::collections::BTreeMap;

/// When the faults have ended, all links are up and all that was said has arrived within so many ms: a dead link
/// without heart-beats is found after 30 s, and a lost login is repeated after 10 s.
const SETTLES_WITHIN: u64 = 120_000;

/// When the faults have ended and people only hang up, nothing happens any more after so many ms.
const ENDS_WITHIN: u64 = 300_000;

/// Nothing happens any more where nothing was said for so many ms: wrap-up ends by itself after 10 s.
const SILENCE: u64 = 15_000;

/// An agent whose page is gone is thrown out of the call when people have hung up for so many ms.
const HANGING_UP: u64 = 30_000;

impl World {
    /// Faults end and nobody acts until all links are up and all that was said has arrived. Calls go on meanwhile.
    /// Then every page has to show what the center has.
    pub fn quiet_moment(&mut self) -> Result<(), String> {
        self.calm()?;
        let end = self.now + SETTLES_WITHIN;
        while !(self.unsettled().is_none() && self.compare_everybody()?) {
            if self.now >= end {
                return Err(self.complaint("does not settle", SETTLES_WITHIN));
            }
            self.step(end)?;
        }
        self.counts.add("quiet moments");
        self.trace
            .note(self.now, "world", format_args!("── a quiet moment"));
        Ok(())
    }

    /// Faults end and people hang up, until nothing happens any more but heart-beats. Then every page has to show
    /// what the center has, and no command may be unsettled.
    pub(super) fn quiet_end(&mut self) -> Result<(), String> {
        self.calm()?;
        for agent in &self.cast {
            self.center.set_phone(agent, PhoneHabit::Answers);
        }
        let start = self.now;
        loop {
            let waited = self.now - start;
            let no_call = self.hang_up(waited > HANGING_UP)?;
            // Not in step with anybody's heart-beats, or the answer to one would be under way at each look.
            let step = self.random.between(700, 1300);
            self.advance(self.now + step)?;
            let silent = self.now - self.last_news >= SILENCE;
            let settled = self.browsers.iter().all(|b| b.promises.is_empty());
            let quiet = silent && settled && no_call && self.unsettled().is_none();
            if quiet && self.compare_everybody()? {
                break;
            }
            if waited > ENDS_WITHIN {
                return Err(self.complaint("does not become quiet", ENDS_WITHIN));
            }
        }
        self.trace
            .note(self.now, "world", format_args!("── the quiet end"));
        Ok(())
    }

    fn complaint(&self, what: &str, ms: u64) -> String {
        let waiting = self.browsers.iter().find(|b| !b.promises.is_empty());
        let (who, why) = match (self.unsettled(), waiting) {
            (Some(unsettled), _) => unsettled,
            (None, Some(browser)) => (browser.name.as_str(), "waits for a request"),
            (None, None) => ("somebody", "still calls or is told something"),
        };
        format!("the world {what} in {ms} ms: {who} {why}")
    }

    /// All that is wrong ends.
    fn calm(&mut self) -> Result<(), String> {
        self.network.calm();
        for at in 0..self.browsers.len() {
            self.wake(at)?;
        }
        Ok(())
    }

    /// Everybody who is in a call hangs up; says whether there was no call any more. What nobody attends to is ended
    /// by throwing the agent out, where that is wanted.
    fn hang_up(&mut self, throw_out: bool) -> Result<bool, String> {
        let state = self.state()?;
        let calls: Vec<String> = texts(&state["calls"], "callId");
        for call_id in &calls {
            let call_id = call_id.clone();
            self.control(Control::HangUp { call_id })?;
        }
        for at in 0..self.browsers.len() {
            let browser = &self.browsers[at];
            let session = browser.session.as_ref();
            if browser.standing.welcomed && session.is_some_and(|s| s.state().in_call()) {
                self.ask(at, Command::CancelCall)?;
            }
        }
        if throw_out {
            for agent in self.cast.clone() {
                let mut pages = self.browsers.iter().filter(|b| b.agent == agent);
                let attended = pages.any(|browser| browser.standing.welcomed);
                let in_call = truth(&compare::truths(&state), agent)?.call.is_some();
                if in_call && !attended {
                    let agent = agent.to_owned();
                    self.control(Control::Kick { agent })?;
                }
            }
        }
        Ok(calls.is_empty())
    }

    /// Compares the pages to which nothing is under way, whatever else happens.
    pub(super) fn audit(&mut self) -> Result<(), String> {
        self.audit_at = self.now + AUDIT;
        let state = self.state()?;
        let truths = compare::truths(&state);
        for at in 0..self.browsers.len() {
            let browser = &self.browsers[at];
            if browser.sleep.is_some() {
                continue;
            }
            browser
                .promises
                .check(self.now)
                .map_err(|why| format!("{}: {why}", browser.name))?;
            let up_to_date = self.attached_link(at).is_some_and(|link| {
                let link = &self.network.links[link];
                link.is_whole() && link.down.is_quiet()
            });
            if !browser.standing.wants || (browser.standing.welcomed && up_to_date) {
                self.compare(at, &truths)?;
            }
        }
        Ok(())
    }

    /// Compares all pages. `false` if the center had something to say first.
    pub fn compare_everybody(&mut self) -> Result<bool, String> {
        let state = self.state()?;
        if self.unsettled().is_some() {
            return Ok(false);
        }
        let truths = compare::truths(&state);
        for at in 0..self.browsers.len() {
            self.compare(at, &truths)?;
        }
        Ok(true)
    }

    /// Compares one page, to which nothing is under way.
    fn compare(&mut self, at: usize, truths: &BTreeMap<String, Truth>) -> Result<(), String> {
        let browser = &self.browsers[at];
        let Some(session) = &browser.session else {
            return Ok(());
        };
        let differs = |why: String| format!("{}: {why}", browser.name);
        if !browser.standing.wants {
            self.counts.add("comparisons of pages that are out");
            return compare::logged_out(session, &browser.standing).map_err(differs);
        }
        if self.holders.get(browser.agent) != Some(&browser.kept.routing_key) {
            return Err(differs(format!(
                "shows {} as if it were logged in, and the center knows nothing of that",
                session.state().as_str()
            )));
        }
        let truth = truth(truths, browser.agent)?;
        compare::logged_in(session, truth).map_err(differs)?;
        self.counts.add(if truth.call.is_some() {
            "comparisons in a call"
        } else {
            "comparisons without a call"
        });
        Ok(())
    }

    /// Who is not settled, and why.
    fn unsettled(&self) -> Option<(&str, &'static str)> {
        for (at, browser) in self.browsers.iter().enumerate() {
            let Some(session) = &browser.session else {
                if browser.opens_at.is_some() {
                    return Some((browser.name.as_str(), "is about to open a page"));
                }
                continue;
            };
            if !browser.standing.wants && browser.standing.shows == State::Disconnected {
                continue;
            }
            let link = self.attached_link(at);
            let Some(link) = link.map(|link| &self.network.links[link]) else {
                return Some((browser.name.as_str(), "has no socket"));
            };
            // Nobody is logged in there and the broker promised no beats: nothing is sent that could go unanswered.
            let unwatched = !browser.standing.wants && self.network.heart_beats.0 == 0;
            let why = if !link.is_whole() && unwatched {
                continue;
            } else if !link.is_whole() {
                "has not found out that its link is dead"
            } else if !session.is_connected() {
                "is not linked"
            } else if !link.down.is_quiet() {
                "is being told something"
            } else if browser.standing.wants && !(browser.standing.welcomed && session.is_login()) {
                "is not logged in"
            } else {
                continue;
            };
            return Some((browser.name.as_str(), why));
        }
        let silent = self.network.links.iter().all(|link| link.up.is_quiet());
        (!silent).then_some(("somebody", "has sent something that has not arrived"))
    }

    fn state(&mut self) -> Result<Value, String> {
        let state = self.control(Control::State)?;
        state.ok_or_else(|| "the center denies its state".to_owned())
    }
}

fn truth<'a>(truths: &'a BTreeMap<String, Truth>, agent: &str) -> Result<&'a Truth, String> {
    let truth = truths.get(agent);
    truth.ok_or_else(|| format!("the center does not list agent {agent}"))
}

/// The texts under a key in the objects of a list.
fn texts(list: &Value, key: &str) -> Vec<String> {
    let objects = list.as_array().into_iter().flatten();
    objects
        .filter_map(|object| object[key].as_str().map(str::to_owned))
        .collect()
}
