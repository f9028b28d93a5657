//! What is due.

use super::timers::Timer;
use super::{Now, Output, Session};
use crate::command::Command;
use crate::event::EventName;
use crate::fault::Fault;
use crate::state::State;
use stomp::client::{self, Connection};

impl Session {
    pub(super) fn timeout(&mut self, now: Now) -> Result<Option<i64>, Fault> {
        if self.timers.take(Timer::Connect, now.mono) {
            self.abandon(
                Fault::ConnectTimeout {
                    url: self.config.address().to_owned(),
                },
                now,
            );
        }
        if self.timers.take(Timer::Retry, now.mono) {
            self.attempt(now);
        }
        match self
            .connection
            .as_mut()
            .and_then(|c| c.handle_timeout(now.mono))
        {
            Some(client::Due::HeartBeat) => self
                .outputs
                .push_back(Output::Send(client::HEART_BEAT.into())),
            Some(client::Due::Silent) => self.abandon(Fault::Silent, now),
            None => {}
        }
        if self.timers.take(Timer::BeatLate, now.mono) {
            // Where the broker has shown meanwhile that it lives, and watches us as well, the silence is the platform's:
            // another socket would not help.
            let beats = self.connection.as_ref();
            if beats.is_some_and(Connection::expects_beats)
                && self.beat_unanswered.is_some_and(|at| self.heard > at)
            {
                self.except(Fault::CommandTimeout {
                    request: "heartbeat".into(),
                });
            } else {
                self.abandon(Fault::Silent, now);
            }
        }
        if self.timers.take(Timer::Beat, now.mono) && self.is_login() {
            self.send(&Command::Heartbeat, now);
        }
        if self.timers.take(Timer::Pause, now.mono) {
            self.resume(now);
        }
        if self.may_auto_idle() && self.timers.take(Timer::AutoIdle, now.mono) {
            let next = self.shift.next.take();
            self.send(&next.map_or(Command::Idle, |next| next.command()), now);
        }
        if self.timers.take(Timer::Relogin, now.mono) && self.link.is_up() {
            self.log_in(now);
        }
        self.timers.take(Timer::SignIn, now.mono);
        if self.timers.take(Timer::Watch, now.mono) {
            self.ask_agents(now);
        }
        if self.timers.take(Timer::Queue, now.mono) {
            self.ask_queue(now);
        }
        self.settle_late(now.mono);
        while let Some(at) = self.pending.iter().position(|p| p.deadline <= now.mono) {
            let late = self.pending.swap_remove(at);
            if late.request == "login" || !self.auto_login {
                self.timers.clear(Timer::SignIn);
            }
            match late.request.as_str() {
                // A token that nobody knows any more is met with silence.
                "reconnect" if self.auto_login => self.log_in(now),
                "reconnect" => {}
                request => {
                    if self.queue_unheard(late.sequence) {
                        continue;
                    }
                    let fault = Fault::CommandTimeout {
                        request: request.to_owned(),
                    };
                    self.except(fault.clone());
                    self.settle(late.sequence, Err(fault));
                    let beats = self.connection.as_ref();
                    let deaf =
                        self.heard <= late.sent && !beats.is_some_and(Connection::expects_beats);
                    if request == "login" && deaf {
                        // No heartbeat watches a link that nobody is logged in on.
                        self.abandon(Fault::Silent, now);
                    } else if request == "login" && self.auto_login {
                        self.timers
                            .set(Timer::Relogin, now.mono + self.config.timeout);
                    }
                }
            }
        }
        Ok(None)
    }

    /// Wrap-up ends by itself only while the platform says that it is wrap-up; after an outage it is asked first.
    pub(super) fn may_auto_idle(&self) -> bool {
        self.is_login() && self.state == State::Told(EventName::After)
    }
}
