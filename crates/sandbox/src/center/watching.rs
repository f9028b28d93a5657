//! Supervisors in other agents' calls: listening, whispering, barging in, taking over.

use agent::event::EventName;
use serde_json::{Value, json};

use super::Center;
use super::agents::AgentKey;
use super::calls::{Call, CallKey, Party, Phase};
use super::data::Ending;
use super::legs::{CallType, Face, Role, Watch, WatchKind};
use super::wire::{Message, Refusal, Request};

impl Center {
    /// The agent whom a supervisor's command is about.
    pub(super) fn supervised(
        &self,
        supervisor: AgentKey,
        request: &Request,
    ) -> Result<AgentKey, Refusal> {
        if !self.agents.get(supervisor).person.supervisor {
            return Err(Refusal::NotSupervisor);
        }
        let number = request.text("beAgentNumber")?.ok_or(Refusal::Field)?;
        self.agents.find(&number).ok_or(Refusal::UnknownAgent)
    }

    /// Supervisors act on others when they are not in a call themselves.
    pub(super) fn check_at_desk(&self, supervisor: AgentKey) -> Result<(), Refusal> {
        let entry = self.agents.get(supervisor);
        if matches!(entry.state, EventName::Idle | EventName::Busy) && entry.call.is_none() {
            Ok(())
        } else {
            Err(Refusal::NotNow)
        }
    }

    /// The call in which an agent talks.
    pub(super) fn talk_of(&self, agent: AgentKey) -> Result<CallKey, Refusal> {
        let entry = self.agents.get(agent);
        entry.call.filter(|_| entry.talks()).ok_or(Refusal::NotNow)
    }

    /// `listen`, `whisper`, `forceInsert` and `intercept`: the supervisor's own phone is rung first, unless the
    /// supervisor is already with the same agent in another way.
    pub(super) fn watch(
        &mut self,
        agent: AgentKey,
        request: &Request,
        kind: WatchKind,
    ) -> Result<(), Refusal> {
        let target = self.supervised(agent, request)?;
        let call = self.talk_of(target)?;
        let watch = Watch { kind, target };
        if self.may_switch(call, agent, watch) {
            self.accept(agent, request);
            self.switch(call, agent, watch, request.sequence);
            return Ok(());
        }
        self.check_at_desk(agent)?;
        let face = self
            .calls
            .get(call)
            .and_then(|entry| self.watcher_face(entry, agent, watch))
            .ok_or(Refusal::NotNow)?;
        self.accept(agent, request);
        self.bring_in(call, agent, Role::Watcher(watch), face);
        self.tell(agent, kind.begun(), request.sequence, Value::Null);
        self.set_sequence(call, agent, request.sequence);
        if self.agents.get(agent).phone_registered() {
            self.ring_phone(call, agent);
        } else {
            self.watching_fails(call, agent, kind);
        }
        Ok(())
    }

    /// What a supervisor's events say: the target's call, and for one who takes it over the call that it will be.
    fn watcher_face(&self, call: &Call, agent: AgentKey, watch: Watch) -> Option<Face> {
        let face = call.face(watch.target)?;
        if watch.kind != WatchKind::Intercept {
            return Some(Face {
                call_type: watch.kind.call_type(),
                ..face
            });
        }
        Some(Face {
            direction: 1,
            caller: self.other_party(call, watch.target),
            called: self.agents.get(agent).person.number.to_owned(),
            orig_caller: call.from.clone(),
            orig_called: call.to.clone(),
            in_queue_time: face.in_queue_time,
            call_type: CallType::Intercept,
        })
    }

    fn may_switch(&self, call: CallKey, agent: AgentKey, wanted: Watch) -> bool {
        let Some(leg) = self.calls.leg(call, agent) else {
            return false;
        };
        match leg.role {
            Role::Watcher(present) => {
                leg.answered > 0
                    && present.target == wanted.target
                    && present.kind != wanted.kind
                    && wanted.kind != WatchKind::Intercept
            }
            Role::Caller | Role::Called | Role::Guest => false,
        }
    }

    fn switch(&mut self, call: CallKey, agent: AgentKey, watch: Watch, sequence: i64) {
        if let Some(leg) = self.calls.leg_mut(call, agent) {
            leg.role = Role::Watcher(watch);
        }
        self.set_type(call, agent, watch.kind.call_type());
        self.tell(agent, watch.kind.begun(), sequence, Value::Null);
        self.set_sequence(call, agent, sequence);
        self.emit_call(call, agent, watch.kind.on(), true);
        self.take_sequence(call, agent);
    }

    /// The supervisor's phone is answered.
    pub(super) fn watching_begins(&mut self, call: CallKey, agent: AgentKey, watch: Watch) {
        let now = self.now;
        if let Some(leg) = self.calls.leg_mut(call, agent) {
            leg.answered = now;
        }
        self.emit_call(call, agent, watch.kind.on(), true);
        match watch.kind {
            WatchKind::Listen => {}
            WatchKind::Whisper | WatchKind::ForceInsert => {
                let number = self.agents.get(agent).person.number;
                let message = Message::aside(watch.kind.on(), json!({"agentNumber": number}));
                self.deliver(watch.target, message);
            }
            WatchKind::Intercept => self.take_over(call, agent, watch.target),
        }
        self.take_sequence(call, agent);
    }

    /// The supervisor's phone cannot be had. Nobody else notices.
    pub(super) fn watching_fails(&mut self, call: CallKey, agent: AgentKey, kind: WatchKind) {
        let Some(leg) = self.calls.leg(call, agent) else {
            return;
        };
        let (state_before, sequence) = (leg.state_before, leg.sequence);
        self.free(call, agent);
        self.emit(agent, kind.failed(), sequence, Value::Null);
        self.back_to(agent, state_before);
    }

    /// A supervisor takes the place of an agent in a call. Whoever that agent was bringing in is sent away; in a
    /// conference, or as one who is consulted, the supervisor may do no more than the agent could.
    fn take_over(&mut self, call: CallKey, agent: AgentKey, target: AgentKey) {
        let brings_in = self
            .calls
            .get(call)
            .and_then(|call| call.guest.as_ref())
            .is_some_and(|guest| guest.host == target && guest.phase != Phase::Joined);
        let dismissed = if brings_in {
            self.take_guest(call)
        } else {
            None
        };
        let Some(entry) = self.calls.get_mut(call) else {
            return;
        };
        if let Some(guest) = &mut entry.guest {
            if guest.host == target {
                guest.host = agent;
            }
            if guest.party == Party::Agent(target) {
                guest.party = Party::Agent(agent);
            }
        }
        let is_guest = entry.leg(target).is_some_and(|leg| leg.role == Role::Guest);
        if let Some(leg) = entry.leg_mut(agent) {
            if is_guest {
                leg.role = Role::Guest;
                leg.face.call_type = CallType::Consulted;
            } else {
                leg.role = Role::Called;
            }
        }
        self.emit_call(call, agent, EventName::Conversation, true);
        self.leg_ends(call, target, Ending::other(1605));
        if let Some(guest) = dismissed {
            self.dismiss(call, &guest);
        }
    }
}
