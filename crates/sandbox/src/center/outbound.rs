//! Calls that an agent makes, to another agent or to an outside number.

use agent::event::EventName;
use serde_json::{Value, json};

use super::Center;
use super::agents::AgentKey;
use super::calls::{Call, CallKey, CallState, Callee, PERSON_PATIENCE, PHONE_REACTION};
use super::legs::{CallType, Face, Leg, Role};
use super::outside::{Outside, Plan};
use super::timers::Timer;
use super::wire::{Refusal, Request, cause_text};

impl Center {
    /// `makeCall`: the agent's own phone is rung first, then the called side.
    pub(super) fn make_call(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        let entry = self.agents.get(agent);
        let may_call = matches!(
            entry.state,
            EventName::Idle
                | EventName::Busy
                | EventName::Login
                | EventName::After
                | EventName::MakeCallFail
        );
        if !may_call || entry.call.is_some() {
            return Err(Refusal::NotNow);
        }
        let state_before = entry.state;
        let number = entry.person.number;
        let called = request.text("called")?.ok_or(Refusal::Field)?;
        let callee = match request.number("calledType")? {
            Some(1) => Callee::Agent(called.clone()),
            Some(2) | None => Callee::Person(Plan::of_number(&called)),
            Some(_) => return Err(Refusal::Field),
        };
        let caller = request.text("caller")?.unwrap_or_else(|| number.to_owned());
        let id = match request.text("callId")? {
            Some(id) if self.calls.find(&id).is_some() => return Err(Refusal::Field),
            Some(id) => id,
            None => self.random.uuid(),
        };

        self.accept(agent, request);
        self.emit(agent, EventName::MakeCall, request.sequence, Value::Null);
        if !self.agents.get(agent).phone_registered() {
            self.make_call_fails(agent, state_before, request.sequence, 1066);
            return Ok(());
        }
        let mut call = Call::new(id, number.to_owned(), called.clone());
        call.user_data = request.userdata().unwrap_or_default();
        if matches!(callee, Callee::Person(_)) {
            call.outside.push(Outside::dialled(called.clone()));
        }
        call.callee = Some(callee);
        let face = Face {
            direction: 2,
            orig_caller: caller.clone(),
            orig_called: called.clone(),
            caller,
            called,
            in_queue_time: 0,
            call_type: CallType::Normal,
        };
        let mut leg = Leg::new(agent, Role::Caller, face, state_before, self.now);
        leg.sequence = request.sequence;
        call.legs.push(leg);
        let call = self.calls.add(call);
        self.agents.get_mut(agent).call = Some(call);
        self.emit_call(call, agent, EventName::AgentOriginate, false);
        self.ring_phone(call, agent);
        Ok(())
    }

    /// The caller's own phone was not taken, so that nobody is called.
    pub(super) fn own_phone_fails(&mut self, call: CallKey, agent: AgentKey, cause: u32) {
        let Some(leg) = self.calls.leg(call, agent) else {
            return;
        };
        let (state_before, sequence) = (leg.state_before, leg.sequence);
        self.free(call, agent);
        self.timers.forget_call(call);
        self.calls.remove(call);
        self.make_call_fails(agent, state_before, sequence, cause);
    }

    fn make_call_fails(
        &mut self,
        agent: AgentKey,
        state_before: EventName,
        sequence: i64,
        cause: u32,
    ) {
        self.emit(
            agent,
            EventName::MakeCallFail,
            sequence,
            json!({"cause": cause_text(cause), "causeCode": cause}),
        );
        self.back_to(agent, state_before);
    }

    /// The caller's phone is answered: now the called side.
    pub(super) fn call_callee(&mut self, call: CallKey) {
        match self.calls.get_mut(call).and_then(|call| call.callee.take()) {
            None => {}
            Some(Callee::Person(plan)) => self.call_person(call, plan),
            Some(Callee::Agent(number)) => match self.reachable(&number) {
                Ok(callee) => self.offer(call, callee),
                Err(cause) => self.callee_unreachable(call, cause),
            },
        }
    }

    /// The outside person who came into the call last is rung.
    pub(super) fn call_person(&mut self, call: CallKey, plan: Plan) {
        let (rings, talks) = match plan {
            Plan::Fails(cause) => return self.callee_unreachable(call, cause),
            Plan::Answers { rings, talks } => (rings, talks),
        };
        if let Some(person) = self
            .calls
            .get_mut(call)
            .and_then(|call| call.outside.last_mut())
        {
            person.talks = talks;
        }
        self.timers
            .arm(Timer::PersonAnswers(call), self.now.saturating_add(rings));
        self.timers.arm(
            Timer::PersonUnanswered(call),
            self.now.saturating_add(PERSON_PATIENCE),
        );
        self.callee_rings(call);
    }

    /// The network needs a moment to find out that somebody cannot be reached.
    fn callee_unreachable(&mut self, call: CallKey, cause: u32) {
        if let Some(call) = self.calls.get_mut(call) {
            call.failure = cause;
            call.state = CallState::Failed;
        }
        self.timers.arm(
            Timer::CalledFails(call),
            self.now.saturating_add(PHONE_REACTION),
        );
    }

    /// Who is in the call gets to know that the called side cannot be reached.
    pub(super) fn called_fails(&mut self, call: CallKey) {
        if let Some(cause) = self.calls.get(call).map(|call| call.failure) {
            self.end_call(call, None, Some(cause));
        }
    }

    /// The called side rings. Told to the agent who made the call; one whose call was passed on is not.
    pub(super) fn callee_rings(&mut self, call: CallKey) {
        let now = self.now;
        let Some(entry) = self.calls.get_mut(call) else {
            return;
        };
        entry.state = CallState::Ringing;
        let Some(leg) = entry.waiting_caller() else {
            return;
        };
        leg.rang = now;
        let caller = leg.agent;
        self.emit_call(call, caller, EventName::CalledRinging, true);
    }

    /// The outside person picks up.
    pub(super) fn person_answers(&mut self, call: CallKey) {
        self.timers.disarm(Timer::PersonUnanswered(call));
        let talks = self
            .calls
            .get(call)
            .and_then(|call| call.outside.last())
            .and_then(|person| person.talks);
        if let Some(talks) = talks {
            self.timers
                .arm_no_later(Timer::PersonHangsUp(call), self.now.saturating_add(talks));
        }
        self.called_answers(call, None);
    }

    /// Nobody picked up outside.
    pub(super) fn person_unanswered(&mut self, call: CallKey) {
        self.end_call(call, None, Some(1019));
    }

    /// The called side has answered, be it an agent or an outside person: the two talk.
    pub(super) fn called_answers(&mut self, call: CallKey, callee: Option<AgentKey>) {
        let now = self.now;
        let Some(entry) = self.calls.get_mut(call) else {
            return;
        };
        entry.state = CallState::Talking;
        entry.group = None;
        let caller = entry.waiting_caller().map(|leg| leg.agent);
        for leg in &mut entry.legs {
            if leg.role.is_principal() && leg.answered == 0 {
                leg.answered = now;
            }
        }
        if let Some(caller) = caller {
            self.emit_call(call, caller, EventName::CalledAnswer, true);
            self.emit_call(call, caller, EventName::Conversation, true);
            // The command has had its outcome: what follows is not its doing.
            self.take_sequence(call, caller);
        }
        if let Some(callee) = callee {
            self.emit_call(call, callee, EventName::Conversation, true);
        }
    }
}
