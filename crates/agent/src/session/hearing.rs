//! What comes in: the only place where the agent's state changes by the platform's word.

use super::queue::Queues;
use super::roster::Roster;
use super::shift::Shift;
use super::timers::Timer;
use super::{Emit, Now, Output, Place, Profile, Received, Session};
use crate::backend::vcall;
use crate::call::{Call, WrapUp};
use crate::command::Command;
use crate::config::Secret;
use crate::event::{Event, EventName, Incoming, Response};
use crate::fault::Fault;
use crate::json::{Object, Value};
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
            known: None,
            state: None,
            sequence: 0,
            place: Place::find(chunk, frame),
        };
        match incoming {
            Incoming::Event(event) => {
                if self.recent.seen(body) {
                    return;
                }
                let had_call = self.calls.now.is_some();
                let missed = self.shift.missed;
                let told = event.event_time.and_then(|time| u64::try_from(time).ok());
                let at = told.unwrap_or(self.clock.at(now.mono));
                let second = self.calls.is_second(&event, at);
                let (event_name, state) = self.apply(&event, second, now);
                let lists = [event.data.agent_list, event.data.info_list];
                // The list may have been left out; see `keep_agents`.
                if event.known == Some(EventName::Surveillance)
                    && lists.iter().any(|list| list.raw().starts_with('['))
                {
                    self.roster.keep(body);
                }
                (received.event, received.state) = (Some(event_name), state);
                received.known = event.known;
                received.sequence = event.sequence;
                let missing =
                    event.known.is_some_and(EventName::tells_state) && event.now_state.is_none();
                self.emit(Emit::Received(received));
                if !second {
                    self.settle_by(&event, had_call);
                }
                self.tell_missed(missed);
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
        let (mut request, mut present) = (None, false);
        if let Some(at) = found {
            let pending = self.pending.swap_remove(at);
            self.latency = Some(now.mono.saturating_sub(pending.sent));
            // What an older token met says nothing of the one that came since.
            present = pending.token == self.tokens;
            request = Some(pending.request);
        }
        if response.request == "heartbeat" {
            self.beat_unanswered = None;
            self.timers.clear(Timer::BeatLate);
        }
        if response.ok {
            return self.settle_by_answer(response.sequence);
        }
        let message = response.message.as_deref().unwrap_or_default();
        let status = response.status;
        let fault = if message.is_empty() {
            Fault::RefusedSilently { status }
        } else {
            Fault::Refused {
                message: self.without_secrets(message),
                status,
            }
        };
        if !self.queue_unheard(response.sequence) {
            self.except(fault.clone());
        }
        self.settle(response.sequence, Err(fault));
        match request.as_deref() {
            // Asking again with the same password would only lock the account.
            Some("login") => {
                self.auto_login = false;
                self.timers.clear(Timer::SignIn);
                if self.config.ask {
                    self.config.credentials.password = Secret::default();
                }
            }
            Some("makeCall") => self.calls.not_made(),
            Some("reconnect") if self.auto_login => self.login_anew(now),
            Some(_) if vcall::token_refused(message) && self.auto_login && present => {
                self.login_anew(now);
            }
            _ => {}
        }
    }

    pub(super) fn login_anew(&mut self, now: Now) {
        self.forget_token();
        self.log_in(now);
    }

    fn forget_token(&mut self) {
        self.set_token(None);
        // What was about to go out would go without one.
        self.outbox.clear();
    }

    pub(super) fn set_token(&mut self, token: Option<Secret>) {
        if self.saved.token != token {
            self.saved.token.clone_from(&token);
            self.tokens += 1;
            self.outputs.push_back(Output::SaveToken(token));
        }
    }

    /// Applies an event; gives its name and the state it tells. One of a second call tells none.
    pub(super) fn apply(
        &mut self,
        event: &Event<'_>,
        second: bool,
        now: Now,
    ) -> (String, Option<String>) {
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
        if let Some(time) = event.event_time {
            let anew = matches!(event.known, Some(Login | Reconnect));
            self.clock.learn(time, now, anew);
        }
        self.queues.follow(event, now.mono);
        let present = self.clock.at(now.mono);
        let agent = &self.config.credentials.agent_number;
        if self.calls.follow_aside(event, agent, present) {
            self.save_clock();
        }
        if stale || second {
            return (event.name.clone().into_owned(), None);
        }
        if own && state.is_some() && event.event_time.is_some() {
            self.last_event_time = time;
        }
        let reason = self.busy_type.clone();
        if let Some(text) = event.data.current_busy_type.text() {
            self.busy_type = text.into_owned();
        }
        if event.known == Some(SipError) || event.data.code.number() == Some(vcall::PHONE_LOST) {
            self.phone_lost = true;
        }
        if let Some(state) = &state {
            let mut at = u64::try_from(time).map_or(present, |time| time.min(present));
            if event.known == Some(Reconnect)
                && self.calls.is_same(event)
                && let Some((told, since)) = &self.told
                && told == state
            {
                // It has held all the while.
                at = (*since).min(at);
            }
            let anew = self.follow_shift(event, state, &reason, at);
            let groups = &self.profile.groups;
            self.calls.follow(event, &self.state, state, at, groups);
            if *state != State::Told(Busy) {
                self.busy_type.clear();
            }
            if *state != State::Told(After) {
                self.timers.clear(Timer::AutoIdle);
                self.timers.clear(Timer::Pause);
            } else {
                self.begin_wrap_up(event, present, now);
            }
            self.become_state(state.clone(), at);
            if anew {
                self.state_since = at;
            }
            self.told = Some((self.state.clone(), self.state_since));
            self.save_clock();
        }
        (
            event.name.clone().into_owned(),
            state.map(|s| s.as_str().to_owned()),
        )
    }

    /// When wrap-up ends if the agent does nothing, ms of the server's clock. Some platforms send `After` without data:
    /// the page says it then. What an earlier page of this tab was told still holds.
    pub(super) fn wrap_up_end(&mut self, event: &Event<'_>, present: u64) -> Option<u64> {
        let seconds = match event.known {
            // It goes on as it was.
            Some(EventName::Reconnect) if self.wrap_up_lasts() => {
                return None;
            }
            Some(EventName::Reconnect) => match &self.calls.last {
                Some(last) if last.until.is_some() => return last.until,
                // Who stopped the clock is gone.
                Some(WrapUp {
                    paused: Some(left), ..
                }) => return Some(present.saturating_add(*left)),
                // The call ended while nobody listened: wrap-up is as long as it was after the one before.
                _ => self.usual_wrap_up,
            },
            _ if event.has_data => vcall::auto_idle_seconds(&event.data),
            _ => self.config.auto_idle,
        };
        self.usual_wrap_up = seconds;
        seconds.map(|s| present.saturating_add(s.min(u64::MAX / 1000) * 1000))
    }

    /// What an event makes us send, after the page has been told of it.
    pub(super) fn follow_up(&mut self, event: Option<EventName>, now: Now) {
        if matches!(event, Some(EventName::Login | EventName::Reconnect)) {
            self.timers.clear(Timer::Relogin);
            self.timers.clear(Timer::SignIn);
            self.beat_unanswered = None;
            self.send(&Command::Heartbeat, now);
            self.ask_agents(now);
            self.ask_queue(now);
        }
        self.serve_next(now);
    }

    pub(super) fn logged_in(&mut self, event: &Event<'_>) {
        let data = &event.data;
        self.auto_login = true;
        self.phone_lost = false;
        self.last_event_time = 0;
        if let Some(token) = data.token.text().filter(|t| !t.is_empty()) {
            self.set_token(Some(Secret::from(token.into_owned())));
        }
        self.profile = Profile::read(data);
        if self.config.ask {
            // It has served; the next login asks for it again.
            self.config.credentials.password = Secret::default();
        }
        if !data.login_type.is_none() {
            data.login_type
                .raw()
                .clone_into(&mut self.config.credentials.login_type);
        }
    }

    pub(super) fn logged_out(&mut self, forget: bool) {
        if forget {
            self.forget_token();
        }
        self.calls.clear();
        self.queues = Queues::default();
        self.shift = Shift::default();
        self.roster = Roster::default();
        self.watch = None;
        for timer in [
            Timer::Beat,
            Timer::BeatLate,
            Timer::AutoIdle,
            Timer::Pause,
            Timer::Relogin,
            Timer::Watch,
            Timer::Queue,
        ] {
            self.timers.clear(timer);
        }
        self.pending.retain(|p| p.request != "heartbeat");
        self.beat_unanswered = None;
    }

    /// Takes a state that holds since `at`, ms of the server's clock.
    pub(super) fn become_state(&mut self, state: State, at: u64) {
        if self.state != state {
            self.state = state;
            self.state_since = at;
        }
    }

    /// Keeps what the clocks show for a page that is reloaded.
    pub(super) fn save_clock(&mut self) {
        let text = self.told.as_ref().filter(|(state, _)| state.logged_in());
        let text = text.map(|(state, since)| {
            let mut out = Object::new();
            out.text("state", state.as_str())
                .number("since", *since as i64);
            if *state == State::Told(EventName::Busy) && !self.busy_type.is_empty() {
                out.text("busyType", &self.busy_type);
            }
            if let Some(call) = &self.calls.now {
                call.keep(&mut out);
            }
            if self.calls.last.is_some() {
                out.raw("wrapUp", &self.wrap_up_part());
            }
            self.shift.write(&mut out);
            out.finish()
        });
        if self.saved.clock != text {
            self.saved.clock.clone_from(&text);
            self.outputs.push_back(Output::SaveClock(text));
        }
    }

    /// Reads what an earlier page kept.
    pub(super) fn read_clock(&mut self) {
        let Some(Ok(kept)) = self.saved.clock.as_deref().map(Value::parse) else {
            return;
        };
        let time = |name| kept.get(name).unsigned();
        if let (Some(state), Some(since)) = (kept.get("state").text(), time("since")) {
            self.told = Some((State::told(&state), since));
            self.calls.kept = WrapUp::read(kept.get("wrapUp"));
            self.busy_type = kept.get("busyType").string();
            self.shift = Shift::read(kept);
        }
        self.calls.earlier = Call::kept(kept);
    }
}
