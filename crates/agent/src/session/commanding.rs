//! What goes out.

use super::requests::Waiting;
use super::timers::{NEVER, Timer};
use super::{Now, Output, Pending, Saved, Session, Watch};
use crate::backend::vcall;
use crate::command::{Command, Supervise};
use crate::config::{Credentials, Secret};
use crate::event::EventName;
use crate::fault::Fault;
use crate::json::quote;
use crate::state::State;

/// Nobody is helped by asking what the agents do more often than this, ms.
const SHORTEST: u64 = 100;

impl Session {
    pub(super) fn login(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        self.auto_login = true;
        if self.link.is_up() && self.must_ask() {
            self.log_in(now);
            return Ok(None);
        }
        self.command(Command::Login, now).map(Some)
    }

    pub(super) fn login_as(
        &mut self,
        credentials: Credentials,
        saved: Saved,
        now: Now,
    ) -> Result<Option<i64>, Fault> {
        if credentials == self.config.credentials {
            return self.login(now);
        }
        self.close(now);
        self.config.credentials = credentials;
        // A token belongs to one login of one agent.
        self.saved = Saved {
            token: None,
            clock: None,
            ..saved
        };
        self.outputs.push_back(Output::SaveToken(None));
        self.connect(now)
    }

    pub(super) fn must_ask(&self) -> bool {
        self.config.ask && self.config.credentials.password.is_empty()
    }

    /// Logs in by itself: at once, or when the page has said with which password.
    pub(super) fn log_in(&mut self, now: Now) {
        if !self.must_ask() {
            self.send(&Command::Login, now);
        } else if !std::mem::replace(&mut self.asking_credentials, true) {
            self.outputs.push_back(Output::AskCredentials);
        }
    }

    pub(super) fn credentials(
        &mut self,
        given: Option<(Credentials, Saved)>,
        now: Now,
    ) -> Result<Option<i64>, Fault> {
        self.asking_credentials = false;
        let Some((who, saved)) = given else {
            // Asking a page that cannot answer again and again would help nobody.
            self.auto_login = false;
            self.timers.clear(Timer::SignIn);
            return Ok(None);
        };
        let now_known = &self.config.credentials;
        if (&who.company, &who.agent_number) != (&now_known.company, &now_known.agent_number) {
            return self.login_as(who, saved, now);
        }
        self.config.credentials = who;
        if self.link.is_up() {
            self.send(&Command::Login, now);
        }
        Ok(None)
    }

    pub(super) fn command(&mut self, command: Command, now: Now) -> Result<i64, Fault> {
        check_target(&command)?;
        self.check_feature(command.request())?;
        if !self.link.is_up() {
            return Err(Fault::NotConnected);
        }
        if command.needs_login() && self.saved.token.is_none() {
            return Err(Fault::NotLoggedIn);
        }
        if matches!(command, Command::Idle | Command::Busy { .. }) && !self.situation().in_call() {
            // The agent is there, and knows best.
            (self.shift.next, self.shift.missed) = (None, 0);
            self.save_clock();
        }
        let command = match command {
            Command::Surveillance { filter } => Command::Surveillance {
                filter: self.with_group(filter)?,
            },
            other => other,
        };
        // Who asks for it wants to be logged in, by a login if need be.
        self.auto_login |= matches!(command, Command::Reconnect);
        let sequence = self.send(&command, now);
        if let Command::MakeCall(call) = command {
            self.calls.make(call);
        }
        Ok(sequence)
    }

    /// The promise form.
    pub(super) fn request(&mut self, command: Command, now: Now) -> Result<i64, Fault> {
        check_target(&command)?;
        if !self.link.is_up() {
            return Err(Fault::NotConnected);
        }
        if command.needs_login() && self.saved.token.is_none() {
            return Err(Fault::NotLoggedIn);
        }
        let request = command.request().to_owned();
        self.allowed(&request)?;
        if let Command::Supervise(what, agent) = &command {
            use Supervise::*;
            let in_call = matches!(
                what,
                Listen | Whisper | ForceInsert | Intercept | ForceBreak
            );
            let told = self.roster.state(agent).map(|state| State::told(&state));
            if in_call && told.is_some_and(|state| !state.in_call()) {
                return Err(Fault::NotInConversation);
            }
        }
        let sequence = self.command(command, now)?;
        let timeout = self.config.timeout;
        self.waiting
            .push(Waiting::new(sequence, &request, timeout, now.mono));
        Ok(sequence)
    }

    /// A filter names a group; where it does not, it is the agent's first.
    fn with_group(
        &self,
        mut filter: Vec<(String, String)>,
    ) -> Result<Vec<(String, String)>, Fault> {
        let first = self.profile.groups.first().map(|group| {
            let mut json = String::new();
            quote(&mut json, &group.id);
            json
        });
        let bare = filter.is_empty();
        let named = filter.iter_mut().find(|(name, _)| name == "groupId");
        match (named, first) {
            (Some((_, value)), first) if matches!(value.as_str(), "\"\"" | "null") => {
                *value = first.ok_or(Fault::FilterNeedsGroup)?;
            }
            (Some(_), _) => {}
            (None, Some(first)) => filter.push(("groupId".into(), first)),
            (None, None) if bare => {}
            (None, None) => return Err(Fault::FilterNeedsGroup),
        }
        Ok(filter)
    }

    pub(super) fn watch(&mut self, watch: Option<Watch>, now: Now) -> Result<Option<i64>, Fault> {
        match watch {
            None => {
                self.watch = None;
                self.timers.clear(Timer::Watch);
            }
            Some(watch) if self.watch.is_none() => {
                let filter = watch.filter.clone();
                let interval = watch.interval.max(SHORTEST);
                self.command(Command::Surveillance { filter }, now)?;
                self.timers
                    .set(Timer::Watch, now.mono.saturating_add(interval));
                self.watch = Some(Watch { interval, ..watch });
            }
            Some(_) => {}
        }
        Ok(None)
    }

    /// Asks what the agents do, if somebody wants to know.
    pub(super) fn ask_agents(&mut self, now: Now) {
        let Some(watch) = &self.watch else {
            return;
        };
        let filter = watch.filter.clone();
        let next = now.mono.saturating_add(watch.interval);
        self.timers.set(Timer::Watch, next);
        // One question at a time: a slow platform is not helped by more of them.
        if self.is_login() && self.pending.iter().all(|p| p.request != "surveillance") {
            let _ = self.command(Command::Surveillance { filter }, now);
        }
    }

    pub(super) fn send(&mut self, command: &Command, now: Now) -> i64 {
        let wall = i64::try_from(now.wall).unwrap_or(i64::MAX);
        let sequence = wall.max(self.last_sequence + 1);
        self.last_sequence = sequence;
        self.calls.asked(command);
        let body = vcall::write(
            command,
            sequence,
            &self.config.credentials,
            &self.saved.routing_key,
            self.userdata.as_deref(),
        );
        let beat = matches!(command, Command::Heartbeat);
        self.outbox.push((!beat, body));
        if beat {
            self.timers
                .set(Timer::Beat, now.mono + self.config.ping_interval);
            if self.beat_unanswered.is_none() {
                self.beat_unanswered = Some(now.mono);
                self.timers
                    .set(Timer::BeatLate, now.mono + 2 * self.config.ping_interval);
            }
        }
        let deadline = if beat {
            NEVER
        } else {
            now.mono + self.config.timeout
        };
        if beat {
            // Only the newest beat is waited for.
            self.pending.retain(|p| p.request != "heartbeat");
        }
        self.pending.push(Pending {
            sequence,
            request: command.request().to_owned(),
            token: self.tokens,
            sent: now.mono,
            deadline,
        });
        sequence
    }

    /// The machine slept: whatever it waited for may be long gone, the link first of all.
    pub(super) fn probe(&mut self, now: Now) {
        if self.timers.is_set(Timer::Retry) {
            self.attempt(now);
        } else if self.is_login() && self.state != State::Told(EventName::Kick) {
            self.beat_unanswered = None;
            self.send(&Command::Heartbeat, now);
            self.timers
                .set(Timer::BeatLate, now.mono + self.config.timeout);
        }
    }

    /// Turns what is to be sent into frames. Not before: the token may have changed meanwhile.
    pub(super) fn flush(&mut self, now: Now) {
        let Some(connection) = &mut self.connection else {
            return;
        };
        if !self.link.is_up() {
            return;
        }
        let mut texts = Vec::new();
        if self.link.take_subscribe() {
            let destination = [&self.config.subscribe_path, "/", &self.saved.routing_key].concat();
            texts.push(connection.subscribe("sub-0", &destination));
        }
        let token = self
            .saved
            .token
            .as_ref()
            .map(Secret::expose)
            .unwrap_or_default();
        for (versioned, body) in self.outbox.drain(..) {
            let headers = [("token", token), ("version", vcall::COMPATIBLE)];
            let headers = headers
                .get(..if versioned { 2 } else { 1 })
                .unwrap_or_default();
            texts.push(connection.send(headers, vcall::DESTINATION, &body));
        }
        if !texts.is_empty() {
            connection.sent(now.mono);
        }
        for text in texts {
            match text {
                Ok(text) => self.outputs.push_back(Output::Send(text)),
                Err(_) => self.except(Fault::BadHeader),
            }
        }
    }
}

/// A target that is not there is known before anything is sent.
fn check_target(command: &Command) -> Result<(), Fault> {
    let (target, fault) = match command {
        Command::MakeCall(call) => (&call.called, Fault::CalledEmpty),
        Command::TransferCall { target, .. } => (target, Fault::TransferEmpty),
        Command::ConsultCall { target, .. } => (target, Fault::ConsultEmpty),
        Command::Supervise(_, agent) => (agent, Fault::TargetEmpty),
        Command::IdleAgent { group_id } => (group_id, Fault::GroupEmpty),
        _ => return Ok(()),
    };
    if target.is_empty() {
        return Err(fault);
    }
    Ok(())
}
