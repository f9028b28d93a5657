//! What comes in: the only place where the agent's state changes by the platform's word.

use super::timers::Timer;
use super::{Emit, Now, Output, PhoneProfile, Place, Profile, Received, Session, call};
use crate::backend::vcall;
use crate::command::Command;
use crate::config::Secret;
use crate::event::{Event, EventName, Incoming, Response};
use crate::fault::Fault;
use crate::json::Value;
use crate::state::State;

impl Session {
    pub(super) fn message(&mut self, frame: &stomp::Frame<'_>, chunk: &[u8], now: Now) {
        let read = frame.text().map_err(|offset| Fault::NotJson { offset });
        let read = read.and_then(|body| {
            let incoming = vcall::read(body).map_err(|e| Fault::NotJson { offset: e.offset })?;
            Ok((body, incoming))
        });
        let (body, incoming) = match read {
            Ok(read) => read,
            Err(fault) => return self.except(fault),
        };
        let mut received = Received {
            head: frame.raw_head().to_owned(),
            body: body.to_owned(),
            event: None,
            state: None,
            sequence: 0,
            place: Place::find(chunk, frame),
        };
        match incoming {
            Incoming::Event(event) => {
                if self.recent.seen(body) {
                    return;
                }
                let (event_name, state) = self.apply(&event, now);
                (received.event, received.state) = (Some(event_name), state);
                received.sequence = event.sequence;
                let missing =
                    event.known.is_some_and(EventName::tells_state) && event.now_state.is_none();
                self.emit(Emit::Received(received));
                if missing {
                    self.except(Fault::NoState {
                        event: event.name.into_owned(),
                    });
                }
                self.follow_up(event.known, now);
            }
            Incoming::Response(response) => {
                self.emit(Emit::Received(received));
                self.answered(&response, now);
            }
            Incoming::Other => self.emit(Emit::Received(received)),
        }
    }

    pub(super) fn answered(&mut self, response: &Response<'_>, now: Now) {
        let found = self
            .pending
            .iter()
            .position(|p| p.sequence == response.sequence);
        let request = found.map(|at| self.pending.swap_remove(at)).map(|pending| {
            self.latency = Some(now.mono.saturating_sub(pending.sent));
            pending.request
        });
        if response.request == "heartbeat" {
            self.beat_unanswered = false;
            self.timers.clear(Timer::BeatLate);
        }
        if response.ok {
            return;
        }
        let message = response.message.as_deref().unwrap_or_default();
        self.except(Fault::Refused {
            message: message.to_owned(),
        });
        match request {
            // Asking again with the same password would only lock the account.
            Some("login") => self.auto_login = false,
            Some("reconnect") => self.login_anew(now),
            _ if vcall::token_refused(message) && self.auto_login => self.login_anew(now),
            _ => {}
        }
    }

    pub(super) fn login_anew(&mut self, now: Now) {
        self.set_token(None);
        self.send(&Command::Login, now);
    }

    pub(super) fn set_token(&mut self, token: Option<Secret>) {
        if self.saved.token != token {
            self.saved.token.clone_from(&token);
            self.outputs.push_back(Output::SaveToken(token));
        }
    }

    /// Applies an event; gives its name and the state it tells.
    pub(super) fn apply(&mut self, event: &Event<'_>, now: Now) -> (String, Option<String>) {
        use EventName::*;
        match event.known {
            Some(Login | Reconnect) => self.logged_in(event),
            Some(Logout) => {
                self.logged_out(!vcall::keeps_token(&event.data));
                self.auto_login = false;
            }
            Some(Kick) => {
                self.logged_out(true);
                self.auto_login = false;
            }
            _ => {}
        }
        let state = vcall::state(event);
        let own = event
            .agent_number
            .text()
            .is_none_or(|n| n == self.config.credentials.agent_number);
        let time = event.event_time.unwrap_or(i64::MAX);
        let stale =
            own && state.is_some() && time < self.last_event_time && event.known != Some(Login);
        if stale {
            return (event.name.clone().into_owned(), None);
        }
        if own && state.is_some() && event.event_time.is_some() {
            self.last_event_time = time;
        }
        if let Some(text) = event.data.current_busy_type.text() {
            self.busy_type = text.into_owned();
        }
        if let Some(state) = &state {
            call::follow(&mut self.call, &mut self.wrap_up, event, state, now.mono);
            if *state != State::Told(Busy) {
                self.busy_type.clear();
            }
            if *state != State::Told(After) {
                self.timers.clear(Timer::AutoIdle);
            } else if let Some(seconds) = vcall::auto_idle_seconds(&event.data) {
                let until = now.mono + seconds * 1000;
                self.timers.set(Timer::AutoIdle, until);
                if let Some(wrap_up) = &mut self.wrap_up {
                    wrap_up.until = Some(until);
                }
            }
            self.become_state(state.clone(), now);
        }
        (
            event.name.clone().into_owned(),
            state.map(|s| s.as_str().to_owned()),
        )
    }

    /// What an event makes us send, after the page has been told of it.
    pub(super) fn follow_up(&mut self, event: Option<EventName>, now: Now) {
        if matches!(event, Some(EventName::Login | EventName::Reconnect)) {
            self.timers.clear(Timer::Relogin);
            self.beat_unanswered = false;
            self.send(&Command::Heartbeat, now);
        }
    }

    pub(super) fn logged_in(&mut self, event: &Event<'_>) {
        let data = &event.data;
        self.auto_login = true;
        self.last_event_time = 0;
        if let Some(token) = data.token.text().filter(|t| !t.is_empty()) {
            self.set_token(Some(Secret::from(token.into_owned())));
        }
        let text = |value: Value<'_>, other: Value<'_>| {
            value
                .text()
                .filter(|t| !t.is_empty())
                .or_else(|| other.text())
                .unwrap_or_default()
                .into_owned()
        };
        self.profile = Profile {
            supervisor: data.agent_type.number() == Some(1),
            busy_types: vcall::busy_types(&data.busy_type.text().unwrap_or_default()),
            may_call: data.agent_make_call.number() != Some(0),
            phone: PhoneProfile {
                host: text(data.register_sip_ip, Value::default()),
                domain: text(data.webrtc_domain, data.domain),
                account: text(data.webrtc_sip_id, data.sip_id),
                password: text(data.webrtc_sip_password, data.sip_password).into(),
            },
        };
        if !data.login_type.is_none() {
            data.login_type
                .raw()
                .clone_into(&mut self.config.credentials.login_type);
        }
    }

    pub(super) fn logged_out(&mut self, forget: bool) {
        if forget {
            self.set_token(None);
        }
        self.call = None;
        self.wrap_up = None;
        for timer in [
            Timer::Beat,
            Timer::BeatLate,
            Timer::AutoIdle,
            Timer::Relogin,
        ] {
            self.timers.clear(timer);
        }
        self.pending.retain(|p| p.request != "heartbeat");
        self.beat_unanswered = false;
    }

    pub(super) fn become_state(&mut self, state: State, now: Now) {
        if self.state != state {
            self.state = state;
            self.state_since = now.mono;
        }
    }
}
