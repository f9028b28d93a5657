//! Calls that an agent makes, to another agent or to an outside number.

use agent::event::EventName;
use serde_json::{Value, json};

use super::Center;
use super::agents::{AgentKey, PhoneHabit};
use super::calls::{
    Call, CallKey, CallState, Callee, Leg, Outside, PERSON_PATIENCE, PHONE_PATIENCE,
    PHONE_REACTION, Plan, Role,
};
use super::data::Ending;
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
        let user_data = request.userdata().unwrap_or_default();

        self.accept(agent, request);
        self.emit(agent, EventName::MakeCall, request.sequence, Value::Null);
        if !self.agents.get(agent).phone_registered() {
            self.make_call_fails(agent, state_before, request.sequence, 1066);
            return Ok(());
        }
        let outside = matches!(callee, Callee::Person(_)).then(|| Outside {
            number: called.clone(),
            talks: None,
        });
        let call = self.calls.add(Call {
            id,
            from: number.to_owned(),
            to: called.clone(),
            state: CallState::Dialling,
            failure: 0,
            user_data,
            outside,
            legs: vec![Leg {
                agent,
                role: Role::Caller(callee),
                direction: 2,
                caller,
                called,
                call_type: "normal",
                sequence: request.sequence,
                state_before,
                began: self.now,
                rang: 0,
                answered: 0,
            }],
        });
        self.agents.get_mut(agent).call = Some(call);
        self.emit_call(call, agent, EventName::AgentOriginate, false);
        self.ring_phone(call, agent);
        Ok(())
    }

    /// Lets an agent's phone ring, and says so to the agent.
    pub(super) fn ring_phone(&mut self, call: CallKey, agent: AgentKey) {
        self.emit_call(call, agent, EventName::AgentRinging, false);
        self.timers.arm(
            Timer::PhoneUnanswered(call, agent),
            self.now.saturating_add(PHONE_PATIENCE),
        );
        if self.agents.get(agent).phone != PhoneHabit::Ignores {
            self.timers.arm(
                Timer::PhoneReacts(call, agent),
                self.now.saturating_add(PHONE_REACTION),
            );
        }
    }

    /// The phone that the sandbox plays is answered or rejected.
    pub(super) fn phone_reacts(&mut self, call: CallKey, agent: AgentKey) {
        match self.agents.get(agent).phone {
            PhoneHabit::Answers => self.phone_answered(call, agent),
            PhoneHabit::Rejects => self.phone_not_taken(call, agent, 1021),
            PhoneHabit::Ignores => {}
        }
    }

    fn phone_answered(&mut self, call: CallKey, agent: AgentKey) {
        self.timers.disarm(Timer::PhoneUnanswered(call, agent));
        let Some(role) = self
            .calls
            .get(call)
            .and_then(|call| call.leg(agent))
            .map(|leg| leg.role.clone())
        else {
            return;
        };
        self.emit_call(call, agent, EventName::AgentAnswer, false);
        match role {
            Role::Caller(callee) => self.ring_callee(call, &callee),
            Role::Called => self.called_answers(call, Some(agent)),
        }
    }

    /// An agent's phone was rejected (cause 1021) or not answered in time (1019).
    pub(super) fn phone_not_taken(&mut self, call: CallKey, agent: AgentKey, cause: u32) {
        let Some(leg) = self.calls.get(call).and_then(|call| call.leg(agent)) else {
            return;
        };
        if leg.role == Role::Called {
            self.end_call(call, Some(agent), |leg| {
                if leg.agent == agent {
                    Ending::own(cause)
                } else {
                    Ending::other(cause)
                }
            });
            return;
        }
        let (state_before, sequence) = (leg.state_before, leg.sequence);
        self.calls.remove(call);
        self.timers.forget_call(call);
        let entry = self.agents.get_mut(agent);
        entry.call = None;
        entry.last_call_event = None;
        self.make_call_fails(agent, state_before, sequence, cause);
    }

    /// The agent's own phone could not be had. The state before comes back at once, so that nobody is left in
    /// a state without buttons; who was not ready stays not ready.
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
        if state_before == EventName::Idle {
            self.emit_idle(agent, 0);
        } else {
            let busy_type = self.agents.get(agent).busy_type.clone();
            self.emit_busy(agent, busy_type, 0);
        }
    }

    /// The caller's phone is answered: now the called side.
    fn ring_callee(&mut self, call: CallKey, callee: &Callee) {
        match callee {
            Callee::Person(Plan::Fails(cause)) => self.callee_unreachable(call, *cause),
            Callee::Person(Plan::Answers { rings, talks }) => {
                self.ring_person(call, *rings, *talks);
            }
            Callee::Agent(number) => match self.reachable(number) {
                Ok(callee) => self.ring_agent(call, callee),
                Err(cause) => self.callee_unreachable(call, cause),
            },
        }
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

    /// The caller gets to know that the called side cannot be reached.
    pub(super) fn called_fails(&mut self, call: CallKey) {
        if let Some(cause) = self.calls.get(call).map(|call| call.failure) {
            self.end_call(call, None, |_| Ending::other(cause));
        }
    }

    fn ring_person(&mut self, call: CallKey, rings: u64, talks: Option<u64>) {
        if let Some(call) = self.calls.get_mut(call)
            && let Some(outside) = &mut call.outside
        {
            outside.talks = talks;
        }
        self.timers
            .arm(Timer::PersonAnswers(call), self.now.saturating_add(rings));
        self.timers.arm(
            Timer::PersonUnanswered(call),
            self.now.saturating_add(PERSON_PATIENCE),
        );
        self.callee_rings(call);
    }

    fn ring_agent(&mut self, call: CallKey, callee: AgentKey) {
        let Some(caller) = self.calls.get(call).and_then(Call::caller_leg) else {
            return;
        };
        let caller_number = self.agents.get(caller.agent).person.number.to_owned();
        self.offer(call, callee, caller_number);
        self.callee_rings(call);
    }

    fn callee_rings(&mut self, call: CallKey) {
        let now = self.now;
        let Some(entry) = self.calls.get_mut(call) else {
            return;
        };
        entry.state = CallState::Ringing;
        let Some(leg) = entry.caller_leg_mut() else {
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
            .and_then(|call| call.outside.as_ref())
            .and_then(|outside| outside.talks);
        if let Some(talks) = talks {
            self.timers
                .arm(Timer::PersonHangsUp(call), self.now.saturating_add(talks));
        }
        self.called_answers(call, None);
    }

    /// Nobody picked up outside.
    pub(super) fn person_unanswered(&mut self, call: CallKey) {
        self.end_call(call, None, |_| Ending::other(1019));
    }

    /// The called side has answered, be it an agent or an outside person: all in the call talk.
    fn called_answers(&mut self, call: CallKey, callee: Option<AgentKey>) {
        let now = self.now;
        let Some(entry) = self.calls.get_mut(call) else {
            return;
        };
        entry.state = CallState::Talking;
        for leg in &mut entry.legs {
            leg.answered = now;
        }
        let caller = entry.caller_leg().map(|leg| leg.agent);
        if let Some(caller) = caller {
            self.emit_call(call, caller, EventName::CalledAnswer, true);
            self.emit_call(call, caller, EventName::Conversation, true);
            // The command has had its outcome: what follows is not its doing.
            if let Some(leg) = self.calls.get_mut(call).and_then(Call::caller_leg_mut) {
                leg.sequence = 0;
            }
        }
        if let Some(callee) = callee {
            self.emit_call(call, callee, EventName::Conversation, true);
        }
    }
}
