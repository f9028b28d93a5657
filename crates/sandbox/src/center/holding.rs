//! What an agent does with a call without changing who takes part: hold, mute, keys.

use agent::event::EventName;
use serde_json::{Value, json};

use super::Center;
use super::agents::AgentKey;
use super::calls::{CallKey, CallState};
use super::data;
use super::legs::CallType;
use super::wire::{Refusal, Request};

impl Center {
    /// The call that an agent is in and has heard of.
    pub(super) fn known_call(&self, agent: AgentKey) -> Result<CallKey, Refusal> {
        self.agents
            .get(agent)
            .call
            .filter(|call| {
                self.calls
                    .leg(*call, agent)
                    .is_some_and(|leg| !leg.is_unannounced())
            })
            .ok_or(Refusal::NotNow)
    }

    /// The call in which an agent talks with the other principal and nobody else: to hold it, to pass it on, to
    /// consult about it.
    pub(super) fn plain_talk(&self, agent: AgentKey) -> Result<CallKey, Refusal> {
        let entry = self.agents.get(agent);
        let key = entry.call.ok_or(Refusal::NotNow)?;
        let call = self.calls.get(key).ok_or(Refusal::NotNow)?;
        if entry.talks() && call.state == CallState::Talking && call.guest.is_none() {
            Ok(key)
        } else {
            Err(Refusal::NotNow)
        }
    }

    /// The kind of an agent's call, if the agent is in one and in a fitting state.
    fn call_type_if(&self, agent: AgentKey, fits: bool) -> Result<CallType, Refusal> {
        self.agents
            .get(agent)
            .call
            .filter(|_| fits)
            .and_then(|call| self.calls.get(call))
            .and_then(|call| call.face(agent))
            .map(|face| face.call_type)
            .ok_or(Refusal::NotNow)
    }

    /// `hold`: the others hear nothing.
    pub(super) fn hold(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        self.plain_talk(agent)?;
        self.accept(agent, request);
        self.tell(agent, EventName::Hold, request.sequence, Value::Null);
        Ok(())
    }

    /// `unHold`, of a call on hold.
    pub(super) fn un_hold(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        let held = self.agents.get(agent).state == EventName::Hold;
        let call_type = self.call_type_if(agent, held)?;
        self.accept(agent, request);
        self.tell(
            agent,
            EventName::UnHold,
            request.sequence,
            data::only_type(call_type),
        );
        Ok(())
    }

    /// `mute`: nobody hears the agent until `unmute` or the end of the call, whatever else is done meanwhile.
    pub(super) fn mute(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        self.turn_microphone(agent, request, EventName::Mute)
    }

    /// `unmute`.
    pub(super) fn unmute(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        self.turn_microphone(agent, request, EventName::Unmute)
    }

    fn turn_microphone(
        &mut self,
        agent: AgentKey,
        request: &Request,
        event: EventName,
    ) -> Result<(), Refusal> {
        let call_type = self.call_type_if(agent, self.agents.get(agent).talks())?;
        self.accept(agent, request);
        // Without the type the original shows the wrong buttons afterwards.
        self.tell(agent, event, request.sequence, data::only_type(call_type));
        Ok(())
    }

    /// `sendDTMF`, in any state of a call.
    pub(super) fn send_dtmf(&mut self, agent: AgentKey, request: &Request) -> Result<(), Refusal> {
        let call = self.known_call(agent)?;
        let keys = request.text("dtmf")?.ok_or(Refusal::Field)?;
        if !are_keys(&keys) {
            return Err(Refusal::Field);
        }
        self.accept(agent, request);
        self.emit(
            agent,
            EventName::SendDTMF,
            request.sequence,
            json!({"dtmf": keys}),
        );
        self.press(call, Some(agent), &keys);
        Ok(())
    }
}

/// Whether a text consists of keys of a telephone.
pub(crate) fn are_keys(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'*' | b'#'))
}
