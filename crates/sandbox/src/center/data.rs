//! The `data` of events: what a login, a call and its end look like on the wire.

use serde_json::{Map, Value, json};

use super::agents::{Agent, Session};
use super::calls::Call;
use super::legs::{CallType, Face, Leg};
use super::wire::cause_text;
use super::{Address, Center};
use crate::people::{BUSY_TYPES, IVR, SIP_DOMAIN};

/// How a call ended for one agent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ending {
    pub(crate) cause: u32,
    /// Whether the other side hung up (`hangupDirection` 1), not the agent's own (0).
    pub(crate) by_other: bool,
    /// The agent's phone is gone, which the client must be able to tell from all other ends.
    pub(crate) phone_lost: bool,
}

impl Ending {
    pub(crate) fn own(cause: u32) -> Self {
        Self {
            cause,
            by_other: false,
            phone_lost: false,
        }
    }

    pub(crate) fn other(cause: u32) -> Self {
        Self {
            by_other: true,
            ..Self::own(cause)
        }
    }

    pub(crate) fn phone_lost() -> Self {
        Self {
            phone_lost: true,
            ..Self::own(1066)
        }
    }
}

/// Data of `Login` and `Reconnect`.
pub(crate) fn login(
    agent: &Agent,
    session: &Session,
    token: &str,
    address: &Address,
) -> Map<String, Value> {
    let person = agent.person;
    let mut data = Map::new();
    let mut put = |key: &str, value: Value| {
        data.insert(key.to_owned(), value);
    };
    put("domain", json!(SIP_DOMAIN));
    put("sipId", json!(person.sip_id()));
    put("sipPassword", json!(person.sip_password()));
    put("token", json!(token));
    put("agentType", json!(u8::from(person.supervisor)));
    put(
        "groupIdList",
        person.groups().map(|group| json!(group.id)).collect(),
    );
    put(
        "groupInfoList",
        person
            .groups()
            .enumerate()
            .map(|(place, group)| json!({"id": group.id, "name": group.name, "isMaster": place == 0}))
            .collect(),
    );
    put("ivrList", json!([{"id": IVR.0, "name": IVR.1}]));
    put("busyType", json!(BUSY_TYPES));
    put("currentBusyType", json!(agent.busy_type));
    put("agentMakeCall", json!(1));
    put("registered", json!(u8::from(agent.phone_registered())));
    put("loginType", json!(session.login_type));
    put("webrtcSipId", json!(person.webrtc_sip_id()));
    put("webrtcSipPassword", json!(person.sip_password()));
    put("webrtcDomain", json!(SIP_DOMAIN));
    put("registerSipIp", json!(address.host));
    put("registerSipUrl", json!(address.sip_url));
    // Anything but 0 starts the original's poll of the queue every 3 s.
    put("queueNum", json!(0));
    data
}

/// Data of a call's events. `callType` only where the protocol has it: on the ringing of a transferred or
/// consulted agent it would show the wrong buttons.
pub(crate) fn call(call: &Call, face: &Face, typed: bool) -> Map<String, Value> {
    let keys: &[String] = match &call.menu {
        Some(menu) => &menu.keys,
        None => &[],
    };
    let mut data = Map::new();
    let mut put = |key: &str, value: Value| {
        data.insert(key.to_owned(), value);
    };
    put("callDirection", json!(face.direction));
    put("caller", json!(face.caller));
    put("called", json!(face.called));
    put("occCallId", json!(call.id));
    put("inQueueTime", json!(face.in_queue_time));
    put("userData", json!(call.user_data));
    put("isPredictive", json!(0));
    put("origCaller", json!(face.orig_caller));
    put("origCalled", json!(face.orig_called));
    put("inputParam", json!(""));
    put("outputParam", json!(""));
    put("ivrKeyRecord", json!(keys));
    if typed {
        put("callType", json!(face.call_type.as_str()));
    }
    data
}

/// Data of the events that tell nothing of a call but its kind.
pub(crate) fn only_type(call_type: CallType) -> Value {
    json!({"callType": call_type.as_str()})
}

impl Center {
    /// Data of `After`.
    pub(super) fn after_data(&self, call: &Call, leg: &Leg, ending: Ending) -> Value {
        let auto_idle = self.agents.get(leg.agent).person.auto_idle();
        let text = if ending.phone_lost {
            "话机注销"
        } else {
            cause_text(ending.cause)
        };
        let call_type = match call.face(leg.agent).map(|face| face.call_type) {
            // The end of a consultation is one and the same word on both sides.
            Some(CallType::Consulted) => CallType::Consult,
            Some(other) => other,
            None => leg.face.call_type,
        };
        let mut data = json!({
            "callDirection": leg.face.direction,
            "caller": leg.face.caller,
            "called": leg.face.called,
            "occCallId": call.id,
            "inQueueTime": leg.face.in_queue_time,
            "callType": call_type.as_str(),
            "recordPath": "",
            "cause": ending.cause,
            "data": text,
            "hangupDirection": u8::from(ending.by_other),
            "beginTime": leg.began,
            "ringTime": leg.rang,
            "answerTime": leg.answered,
            "endTime": self.now,
            "agentAutoIdle": u8::from(auto_idle.is_some()),
            "agentAutoIdleTime": auto_idle.unwrap_or(0),
        });
        if ending.phone_lost
            && let Some(object) = data.as_object_mut()
        {
            object.insert("code".to_owned(), json!(PHONE_LOST));
        }
        data
    }
}

/// `code` of `After` and `Logout` where the agent's phone is gone.
pub(crate) const PHONE_LOST: i32 = -1001;
