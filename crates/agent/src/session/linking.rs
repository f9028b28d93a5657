//! Opening the link, losing it, ending it.

use super::timers::Timer;
use super::{Emit, Now, Output, Session, link, requests};
use crate::command::Command;
use crate::fault::Fault;
use crate::state::State;
use stomp::client::{self, Connection};

/// A larger frame is dropped, bytes.
const MAX_FRAME: usize = 8 << 20;

/// A page that knows the password gives it within this; one that lets somebody type it takes longer, ms.
const ASKED: u64 = 1000;

impl Session {
    pub(super) fn connect(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        if self.link.is_connecting() {
            return Ok(None);
        }
        if self.link.is_up() {
            self.close(now);
        }
        self.auto_login = true;
        self.link.begin(now.mono);
        self.attempt(now);
        Ok(None)
    }

    pub(super) fn attempt(&mut self, now: Now) {
        let config = client::Config {
            login: self.config.connect_account.clone(),
            passcode: self.config.connect_password.expose().to_owned(),
            host: self.config.host.clone(),
            heart_beat: (5000, 5000),
            limits: stomp::Limits {
                frame: MAX_FRAME,
                ..stomp::Limits::default()
            },
        };
        self.connection = Some(Connection::new(config));
        self.link.attempt();
        self.timers.clear(Timer::Retry);
        self.timers
            .set(Timer::Connect, now.mono + link::CONNECT_WITHIN);
        self.outputs.push_back(Output::OpenSocket);
    }

    pub(super) fn opened(&mut self, _now: Now) -> Result<Option<i64>, Fault> {
        let Some(connection) = &self.connection else {
            return Ok(None);
        };
        match connection.connect() {
            Ok(text) => self.outputs.push_back(Output::Send(text)),
            Err(_) => self.except(Fault::BadHeader),
        }
        Ok(None)
    }

    pub(super) fn received(&mut self, bytes: &[u8], now: Now) -> Result<Option<i64>, Fault> {
        self.heard = now.mono;
        // The connection is out of `self` while it reads, so that what it finds can change everything else.
        let Some(mut connection) = self.connection.take() else {
            return Ok(None);
        };
        connection.handle(bytes, now.mono, |event| match event {
            client::Event::Connected(frame) => self.connected(&frame, now),
            client::Event::Message(frame) => self.message(&frame, bytes, now),
            client::Event::Error(frame) => {
                let head = frame.header("message").unwrap_or_default();
                let message = match frame.text() {
                    Ok(body) if !body.trim().is_empty() => [&*head, ": ", body.trim()].concat(),
                    _ => head.into_owned(),
                };
                let message = self.without_secrets(&message);
                if self.link.complain(&message) {
                    self.except(Fault::Broker { message });
                }
            }
            client::Event::Broken(error) => self.except(match error.fault {
                stomp::Fault::TooLarge => Fault::FrameTooLarge,
                fault => Fault::BadFrame {
                    why: fault.as_str(),
                },
            }),
            client::Event::Receipt(_) => {}
        });
        self.connection = Some(connection);
        Ok(None)
    }

    pub(super) fn connected(&mut self, frame: &stomp::Frame<'_>, now: Now) {
        self.timers.clear(Timer::Connect);
        self.came_by = match self.link() {
            link::Link::Connecting { attempt } => attempt,
            _ => 1,
        };
        self.link.up(now.mono);
        self.emit(Emit::Open(frame.raw_head().to_owned()));
        self.become_state(State::Connected, self.clock.at(now.mono));
        self.emit(Emit::StateChange(State::Connected));
        if self.auto_login && (self.config.ask || !self.config.credentials.agent_number.is_empty())
        {
            let patience = match self.must_ask() {
                true => ASKED,
                false => self.config.timeout + requests::SOON,
            };
            self.timers.set(Timer::SignIn, now.mono + patience);
            if self.saved.token.is_some() {
                self.send(&Command::Reconnect, now);
            } else {
                self.log_in(now);
            }
        }
    }

    /// The socket is gone without our doing: say so and see to the next.
    pub(super) fn lost(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        if !self.link.is_up() && !self.link.is_connecting() {
            return Ok(None);
        }
        let was_up = self.link.is_up();
        self.drop_link();
        if was_up {
            self.link.lost(now.mono);
        } else {
            self.link.failed();
            self.emit(Emit::Error);
        }
        self.emit(Emit::Close);
        if self.state != State::Closed {
            self.become_state(State::Closed, self.clock.at(now.mono));
            self.emit(Emit::StateChange(State::Closed));
        }
        if !was_up && self.link.complain("") {
            self.except(Fault::ConnectFailed {
                url: self.config.address().to_owned(),
            });
        }
        self.retry(now);
        Ok(None)
    }

    /// Gives the socket up without waiting for its closing handshake, which may take a minute on a dead link.
    pub(super) fn abandon(&mut self, why: Fault, now: Now) {
        self.outputs.push_back(Output::CloseSocket);
        if self.link.is_up() || self.link.complain("") {
            self.except(why);
        }
        let _ = self.lost(now);
    }

    pub(super) fn retry(&mut self, now: Now) {
        match self.link.next_try(self.config.max_reconnect, now.mono) {
            link::Next::Never => self.link.rest(),
            link::Next::At { delay, gave_up } => {
                if let Some(attempts) = gave_up {
                    self.except(Fault::GaveUp { attempts });
                }
                if delay == 0 {
                    self.attempt(now);
                } else {
                    self.timers.set(Timer::Retry, now.mono + delay);
                }
            }
        }
    }

    pub(super) fn awake(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        if self.timers.is_set(Timer::Retry) {
            self.attempt(now);
            return Ok(None);
        }
        self.timeout(now)
    }

    /// Ends the link on purpose.
    pub(super) fn end(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        if self.state.in_call() {
            return Err(Fault::InCall);
        }
        self.close(now);
        Ok(None)
    }

    pub(super) fn close(&mut self, now: Now) {
        if self.is_login() {
            self.send(&Command::Logout, now);
            self.flush(now);
        }
        if self.link.is_up()
            && let Some(connection) = &self.connection
        {
            self.outputs
                .push_back(Output::Send(connection.disconnect()));
        }
        let was = self.link.is_up() || self.link.is_connecting();
        self.drop_link();
        self.link.rest();
        self.timers.clear(Timer::Retry);
        if was {
            self.outputs.push_back(Output::CloseSocket);
        }
        self.logged_out(true);
        self.told = None;
        self.save_clock();
        self.auto_login = true;
        if self.state != State::Disconnected {
            self.emit(Emit::Disconnect);
            self.become_state(State::Disconnected, self.clock.at(now.mono));
            self.emit(Emit::StateChange(State::Disconnected));
        }
    }

    /// What ends with the link. The call and a due wrap-up outlive it: the platform goes on.
    pub(super) fn drop_link(&mut self) {
        self.connection = None;
        self.pending.clear();
        self.outbox.clear();
        self.latency = None;
        self.beat_unanswered = None;
        for timer in [
            Timer::Connect,
            Timer::Beat,
            Timer::BeatLate,
            Timer::Relogin,
            Timer::SignIn,
            Timer::Watch,
            Timer::Queue,
        ] {
            self.timers.clear(timer);
        }
        self.asking_credentials = false;
        self.settle_all_lost();
    }
}
