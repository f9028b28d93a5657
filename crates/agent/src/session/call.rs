//! What is known of the present call: what the newest events said, and nothing else.

use super::Group;
use crate::call::{Call, Second, Watching, WrapUp};
use crate::command::{Command, MakeCall, Supervise};
use crate::event::{Direction, Event, EventName};
use crate::json::{Object, Value};
use crate::state::State;

/// A caller who was handed to the agent rings within so many ms, or was somebody else's.
const HANDED: u64 = 60_000;

/// The present call and the last one.
#[derive(Debug, Default)]
pub(super) struct Calls {
    pub(super) now: Option<Call>,
    pub(super) last: Option<WrapUp>,
    /// The wrap-up that an earlier page of this tab was in.
    pub(super) kept: Option<WrapUp>,
    /// What an earlier page of this tab kept of the call that it was in.
    pub(super) earlier: Option<Call>,
    /// The group whose queue gave the agent a caller, and when.
    handed: Option<(String, u64)>,
    /// To whom the agent asked to give the call.
    transfer: Option<String>,
    /// In whose call the agent asked to be, and how.
    watch: Option<Watching>,
    /// The call that was asked for here last, and whether it has begun.
    made: Option<(MakeCall, bool)>,
}

impl Calls {
    /// Forgets both.
    pub(super) fn clear(&mut self) {
        (self.now, self.last) = (None, None);
    }

    /// A call was asked for.
    pub(super) fn make(&mut self, call: MakeCall) {
        self.made = Some((call, false));
    }

    /// The platform refused to place it.
    pub(super) fn not_made(&mut self) {
        self.made = None;
    }

    /// The call that was asked for here last, where nobody has talked in it and there was none since.
    pub(super) fn made(&self) -> Option<&MakeCall> {
        self.made.as_ref().map(|(call, _)| call)
    }

    /// Whether an event speaks of the call that is known, or of none.
    pub(super) fn is_same(&self, event: &Event<'_>) -> bool {
        let id = event.data.occ_call_id.text().unwrap_or_default();
        let known = self.now.as_ref().or(self.earlier.as_ref());
        id.is_empty() || id == known.map_or("", |call| call.id.as_str())
    }

    /// Remembers what a command says that no event repeats.
    pub(super) fn asked(&mut self, command: &Command) {
        match command {
            Command::TransferCall { target, .. } => self.transfer = Some(target.clone()),
            Command::Supervise(
                kind @ (Supervise::Listen
                | Supervise::Whisper
                | Supervise::ForceInsert
                | Supervise::Intercept),
                agent,
            ) => {
                self.watch = Some(Watching {
                    kind: *kind,
                    agent_number: agent.clone(),
                });
            }
            _ => {}
        }
    }

    /// Follows an event that tells no state: where the next caller comes from, and who joins a call. Says whether the
    /// call is other than before.
    pub(super) fn follow_aside(&mut self, event: &Event<'_>, own: &str, at: u64) -> bool {
        let data = &event.data;
        let kind = match event.known {
            Some(EventName::QueueInfo) => {
                let given = event.handle_agent_id.text();
                let given = given.or_else(|| data.handle_agent_id.text());
                let group = event.group_id.text().or_else(|| data.group_id.text());
                if let Some(group) = group.filter(|_| given.is_some_and(|agent| agent == own)) {
                    self.handed = Some((group.into_owned(), at));
                }
                return false;
            }
            Some(EventName::Whispering) => Supervise::Whisper,
            Some(EventName::ForceInserting) => Supervise::ForceInsert,
            _ => return false,
        };
        if let (Some(call), Some(agent)) = (&mut self.now, data.agent_number.text())
            && event.now_state.is_none()
            && agent != own
        {
            call.joined_by = Some(Watching {
                kind,
                agent_number: agent.into_owned(),
            });
            return true;
        }
        false
    }

    /// Takes what is said of a call that rings, or has rung, while the agent talks in another one. True: the event says
    /// nothing of the agent's state nor of the call that goes on.
    pub(super) fn is_second(&mut self, event: &Event<'_>, at: u64) -> bool {
        use EventName::*;
        let Some(call) = &mut self.now else {
            return false;
        };
        let id = event.data.occ_call_id.text().unwrap_or_default();
        if id.is_empty() || call.id.is_empty() || id == call.id || call.talking_since.is_none() {
            return false;
        }
        let known = call.second.as_ref().is_some_and(|second| second.id == id);
        match event.known {
            Some(AgentRinging) => {
                call.second = Some(Second {
                    id: id.into_owned(),
                    party: event.data.party().unwrap_or_default().into_owned(),
                    ringing_at: match &call.second {
                        Some(second) if known => second.ringing_at,
                        _ => at,
                    },
                });
                true
            }
            Some(AgentAnswer | CancelCall) => known,
            Some(After) if known => {
                call.second = None;
                true
            }
            _ => false,
        }
    }

    /// Follows an event that told a state; `before` is the one before it, `at` the time that it tells.
    pub(super) fn follow(
        &mut self,
        event: &Event<'_>,
        before: &State,
        state: &State,
        at: u64,
        groups: &[Group],
    ) {
        use EventName::*;
        match state {
            State::Told(After) => self.ended(event, at),
            // Until `After` comes the call is still the one that ends.
            State::Told(CancelCall | ConsultTransfer | ConsultedCancel) => {}
            // A word that we do not know ends nothing.
            State::Unknown(_) if self.now.is_some() => {}
            state if !state.in_call() => self.clear(),
            _ => {
                self.last = None;
                self.goes_on(event, before, state, at);
                self.came_through(event, at, groups);
                self.followed(event, state);
            }
        }
    }

    fn ended(&mut self, event: &Event<'_>, at: u64) {
        let data = &event.data;
        let ended = self.now.take();
        let kept = self.kept.take();
        if event.known == Some(EventName::Reconnect) && ended.is_none() && self.last.is_none() {
            self.last = kept;
        }
        // Said again after a reconnect: the first word holds.
        if self.last.is_none() || ended.is_some() {
            let talked = ended.as_ref().and_then(|c| c.talking_since);
            let mut call = ended.unwrap_or_default();
            if call.id.is_empty() {
                call.id = data.occ_call_id.string();
            }
            if call.party.is_empty() {
                call.party = data.party().unwrap_or_default().into_owned();
            }
            self.last = Some(WrapUp {
                since: at,
                until: None,
                cause: data.cause.number().and_then(|c| u32::try_from(c).ok()),
                other_hung_up: data.hangup_direction.number() == Some(1),
                talked: talked.map(|t| at.saturating_sub(t)),
                call_id: call.id,
                party: call.party,
                direction: call.direction.or(data.direction()),
                paused: None,
            });
        }
    }

    fn goes_on(&mut self, event: &Event<'_>, before: &State, state: &State, at: u64) {
        let data = &event.data;
        let id = data.occ_call_id.text().unwrap_or_default();
        if self
            .now
            .as_ref()
            .is_some_and(|c| !c.id.is_empty() && !id.is_empty() && c.id != id)
        {
            self.now = None;
        }
        let begins = self.now.is_none();
        let call = self.now.get_or_insert_default();
        if !id.is_empty() {
            call.id = id.into_owned();
        }
        if let Some(earlier) = self.earlier.take_if(|earlier| earlier.id == call.id) {
            call.take_up(earlier, at);
        }
        call.follow(event, before, state, at);
        if state.talking() {
            call.talking_since.get_or_insert(at);
        }
        let inbound = call.direction == Some(Direction::Inbound);
        self.made = match self.made.take() {
            Some((made, begun)) if begins != begun && !inbound && !state.talking() => {
                // The platform says it later, or never where the call fails at once.
                if call.party.is_empty() {
                    call.party.clone_from(&made.called);
                    call.direction = Some(Direction::Outbound);
                }
                Some((made, true))
            }
            _ => None,
        };
    }

    /// Finds the group that a call in came through.
    fn came_through(&mut self, event: &Event<'_>, at: u64, groups: &[Group]) {
        let Some(call) = &mut self.now else {
            return;
        };
        if call.group.is_some() || call.direction != Some(Direction::Inbound) {
            return;
        }
        let handed = self.handed.take();
        let handed = handed.filter(|(_, since)| at.saturating_sub(*since) < HANDED);
        let called = event.data.called.text().unwrap_or_default();
        let known = |id: &str| groups.iter().find(|group| group.id == id).cloned();
        call.group = match handed {
            Some((id, _)) => Some(known(&id).unwrap_or(Group {
                id,
                name: String::new(),
                main: false,
            })),
            None => known(&called),
        };
    }

    /// Adds what the agent's own commands say: to whom a call is given, whose call it is.
    fn followed(&mut self, event: &Event<'_>, state: &State) {
        use EventName::*;
        let Some(call) = &mut self.now else {
            return;
        };
        let is = |name: EventName| event.known == Some(name) || *state == State::Told(name);
        if is(TransferCall) || is(TransferCalling) {
            call.transfer = self.transfer.take().or(call.transfer.take());
        } else {
            (call.transfer, self.transfer) = (None, None);
        }
        let kind = match (state, call.call_type.as_str()) {
            (State::Told(Listen | Listening), _) => Some(Supervise::Listen),
            (State::Told(Whisper | Whispering), _) => Some(Supervise::Whisper),
            (State::Told(ForceInsert | ForceInserting), _) => Some(Supervise::ForceInsert),
            (State::Told(Intercept | Intercepting), _) => Some(Supervise::Intercept),
            (_, "listen") => Some(Supervise::Listen),
            (_, "whisper") => Some(Supervise::Whisper),
            (_, "forceInsert") => Some(Supervise::ForceInsert),
            (state, "intercept") if state.setting_up() => Some(Supervise::Intercept),
            _ => None,
        };
        call.watch = kind.map(|kind| {
            let asked = self.watch.take_if(|asked| asked.kind == kind);
            let known = asked.or(call.watch.take());
            Watching {
                kind,
                agent_number: known.map(|w| w.agent_number).unwrap_or_default(),
            }
        });
    }
}

impl Call {
    /// Goes on with what an earlier page kept of the same call.
    fn take_up(&mut self, earlier: Call, at: u64) {
        let past = |time: Option<u64>| time.map(|time| time.min(at));
        self.talking_since = self.talking_since.or(past(earlier.talking_since));
        self.ringing_at = self.ringing_at.or(past(earlier.ringing_at));
        self.held_at = past(earlier.held_at);
        self.muted_at = past(earlier.muted_at);
        self.muted = self.muted_at.is_some();
        self.consult_at = past(earlier.consult_at);
        self.group = self.group.take().or(earlier.group);
        self.watch = self.watch.take().or(earlier.watch);
        self.joined_by = self.joined_by.take().or(earlier.joined_by);
    }

    /// Writes what a page that is reloaded cannot learn from the platform. Numbers of callers are not among it.
    pub(super) fn keep(&self, out: &mut Object) {
        out.text("call", &self.id);
        for (name, time) in [
            ("talking", self.talking_since),
            ("ringing", self.ringing_at),
            ("held", self.held_at),
            ("muted", self.muted_at),
            ("consult", self.consult_at),
        ] {
            if let Some(time) = time {
                out.number(name, time as i64);
            }
        }
        if let Some(group) = &self.group {
            out.raw("group", &super::snapshot::group(group));
        }
        for (name, who) in [("watch", &self.watch), ("joined", &self.joined_by)] {
            if let Some(who) = who {
                out.raw(name, &super::snapshot::watching(who));
            }
        }
    }

    /// Reads what [`Call::keep`] wrote.
    pub(super) fn kept(of: Value<'_>) -> Option<Self> {
        let time = |name| of.get(name).unsigned();
        let watching = |name| {
            let of = of.get(name);
            let kind = of.get("kind").string();
            let kind = Supervise::ALL.iter().find(|k| k.request() == kind)?;
            Some(Watching {
                kind: *kind,
                agent_number: of.get("agentNumber").string(),
            })
        };
        let group = of.get("group");
        Some(Call {
            id: of.get("call").text()?.into_owned(),
            talking_since: time("talking"),
            ringing_at: time("ringing"),
            held_at: time("held"),
            muted_at: time("muted"),
            consult_at: time("consult"),
            group: group.is_object().then(|| Group {
                id: group.get("id").string(),
                name: group.get("name").string(),
                main: false,
            }),
            watch: watching("watch"),
            joined_by: watching("joined"),
            ..Call::default()
        })
    }
}
