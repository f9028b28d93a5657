//! What goes out.

use super::timers::Timer;
use super::{Now, Output, Pending, Saved, Session};
use crate::backend::vcall;
use crate::command::Command;
use crate::config::{Credentials, Secret};
use crate::fault::Fault;

impl Session {
    pub(super) fn login(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        self.auto_login = true;
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
            ..saved
        };
        self.outputs.push_back(Output::SaveToken(None));
        self.connect(now)
    }

    pub(super) fn command(&mut self, command: Command, now: Now) -> Result<i64, Fault> {
        if !self.link.is_up() {
            return Err(Fault::NotConnected);
        }
        if command.needs_login() && self.saved.token.is_none() {
            return Err(Fault::NotLoggedIn);
        }
        if let Command::MakeCall(call) = &command
            && call.called.is_empty()
        {
            return Err(Fault::CalledEmpty);
        }
        Ok(self.send(&command, now))
    }

    pub(super) fn send(&mut self, command: &Command, now: Now) -> i64 {
        let wall = i64::try_from(now.wall).unwrap_or(i64::MAX);
        let sequence = wall.max(self.last_sequence + 1);
        self.last_sequence = sequence;
        let body = vcall::write(
            command,
            sequence,
            &self.config.credentials,
            &self.saved.routing_key,
            self.userdata.as_deref(),
        );
        let beat = *command == Command::Heartbeat;
        self.outbox.push((!beat, body));
        if beat {
            self.timers
                .set(Timer::Beat, now.mono + self.config.ping_interval);
            if !self.beat_unanswered {
                self.beat_unanswered = true;
                self.timers
                    .set(Timer::BeatLate, now.mono + 2 * self.config.ping_interval);
            }
        }
        let deadline = if beat {
            u64::MAX
        } else {
            now.mono + self.config.timeout
        };
        if beat {
            // Only the newest beat is waited for.
            self.pending.retain(|p| p.request != "heartbeat");
        }
        self.pending.push(Pending {
            sequence,
            request: command.request(),
            sent: now.mono,
            deadline,
        });
        sequence
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
            let destination = format!("{}/{}", self.config.subscribe_path, self.saved.routing_key);
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
