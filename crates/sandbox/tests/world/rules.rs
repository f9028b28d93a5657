//! What holds of every message that the center sends, and of every state that it shows, whatever they are about.

use std::collections::{BTreeMap, BTreeSet};

use agent::{Lang, cause};
use serde_json::{Value, json};

use super::{keys, list};

/// Events without `nowState`: any would make the original redraw and close what the agent has open.
const SILENT: [&str; 12] = [
    "GroupInfo",
    "IdleAgent",
    "GroupQueueNum",
    "Surveillance",
    "QueueInfo",
    "SendDTMF",
    "SipError",
    "ForceIdle",
    "ForceBusy",
    "ForceLogout",
    "ForceBreak",
    "AgentUploadLog",
];

/// Events that have nothing to say beside their name.
const BARE: [&str; 20] = [
    "MakeCall",
    "CancelCall",
    "Hold",
    "TransferCall",
    "TransferCallFail",
    "TransferCancel",
    "ConsultCall",
    "ConsultCallFail",
    "ConsultTransfer",
    "ConsultedCancel",
    "TripartiteTalk",
    "TripartiteTalking",
    "Listen",
    "ListenFail",
    "WhisperFail",
    "ForceInsertFail",
    "InterceptFail",
    "ForceBreak",
    "Lock",
    "SipError",
];

/// Events that may tell what the caller pressed in a voice menu.
const AFTER_MENU: [&str; 4] = ["AgentRinging", "AgentAnswer", "Conversation", "After"];

/// States of agents who are in no call.
const FREE: [&str; 6] = ["Logout", "Login", "Idle", "Busy", "Lock", "After"];

/// Kinds of call that the ringing of the own phone may tell: those of a supervisor. Any other would show the
/// target of a transfer or a consultation the wrong buttons.
const SUPERVISING: [&str; 4] = ["listen", "whisper", "forceInsert", "intercept"];

const CALL_KEYS: [&str; 12] = [
    "callDirection",
    "caller",
    "called",
    "occCallId",
    "inQueueTime",
    "userData",
    "isPredictive",
    "origCaller",
    "origCalled",
    "inputParam",
    "outputParam",
    "ivrKeyRecord",
];

const AFTER_KEYS: [&str; 16] = [
    "callDirection",
    "caller",
    "called",
    "occCallId",
    "inQueueTime",
    "callType",
    "recordPath",
    "cause",
    "data",
    "hangupDirection",
    "beginTime",
    "ringTime",
    "answerTime",
    "endTime",
    "agentAutoIdle",
    "agentAutoIdleTime",
];

/// Watches all messages in the order in which they are sent.
#[derive(Default)]
pub struct Rules {
    accepted: BTreeSet<i64>,
    times: BTreeMap<String, u64>,
    told: BTreeMap<String, Value>,
}

impl Rules {
    /// Panics if a message breaks a rule.
    pub fn check(&mut self, body: &str, message: &Value) {
        assert_eq!(body, message.to_string(), "it is not compact");
        match message["type"].as_str() {
            Some("response") => self.check_response(message),
            Some("event") => self.check_event(message),
            _ => panic!("neither response nor event: {message}"),
        }
    }

    /// The last event that told an agent a state, `Reconnect` aside.
    pub fn told(&self, number: &str) -> Option<&Value> {
        self.told.get(number)
    }

    fn check_response(&mut self, message: &Value) {
        assert_eq!(
            sorted_keys(message),
            ["msg", "response", "sequence", "status", "type"],
            "{message}"
        );
        let accepted = message["status"] == 0;
        assert_eq!(accepted, message["msg"] == "success", "{message}");
        if accepted {
            self.accepted.insert(sequence(message));
        }
    }

    fn check_event(&mut self, message: &Value) {
        let name = text(message, "event");
        let number = text(message, "agentNumber");
        let mut expected = vec![
            "type",
            "event",
            "eventTime",
            "sequence",
            "companyId",
            "agentNumber",
            "agentId",
            "userdata",
            "data",
        ];
        let tells = tells_state(name, &message["data"]);
        if tells {
            expected.push("nowState");
        }
        if name == "QueueInfo" {
            expected.extend(["groupID", "groupWaitNumber", "isInQueue", "handleAgentID"]);
        }
        if message.get("ivrParam").is_some() {
            assert!(AFTER_MENU.contains(&name), "{message}");
            expected.push("ivrParam");
        }
        expected.sort_unstable();
        assert_eq!(sorted_keys(message), expected, "{message}");
        assert_eq!(message["companyId"], "demo");
        assert_eq!(text(message, "agentId"), format!("id-{number}"));
        assert!(message["userdata"].is_string(), "{message}");

        let time = message["eventTime"]
            .as_u64()
            .expect("events have a time in ms");
        if let Some(before) = self.times.insert(number.to_owned(), time) {
            assert!(before < time, "not later than {before}: {message}");
        }
        let sequence = sequence(message);
        assert!(
            sequence == 0 || self.accepted.contains(&sequence),
            "an event of a command that was not accepted before: {message}"
        );
        if tells && name != "Reconnect" {
            assert_eq!(message["nowState"], name, "{message}");
            self.told.insert(number.to_owned(), message.clone());
        }
        check_data(name, message);
    }
}

/// Barging in and whispering are states of the supervisor, and mere news at the agent.
fn tells_state(name: &str, data: &Value) -> bool {
    match name {
        "ForceInserting" | "Whispering" => data.get("callType").is_some(),
        _ => !SILENT.contains(&name),
    }
}

fn check_data(name: &str, message: &Value) {
    let data = &message["data"];
    match name {
        "Login" | "Logout" | "Reconnect" | "Kick" => assert!(data.is_object(), "{message}"),
        "AgentOriginate" | "AgentRinging" | "AgentAnswer" => {
            check_call(data);
            if let Some(kind) = data.get("callType") {
                let kind = kind.as_str().expect("a kind of call is text");
                assert!(SUPERVISING.contains(&kind), "{message}");
            }
        }
        "CalledRinging" | "CalledAnswer" | "Conversation" | "ConsultCalling" | "Listening"
        | "Intercepting" => {
            check_call(data);
            assert!(data["callType"].is_string(), "{message}");
        }
        "ForceInserting" | "Whispering" if data.get("callType").is_some() => check_call(data),
        "ForceInserting" | "Whispering" => assert_eq!(keys(data), ["agentNumber"], "{message}"),
        "UnHold" | "Mute" | "Unmute" => assert_eq!(keys(data), ["callType"], "{message}"),
        "TransferCalling" => assert_eq!(*data, json!({"callType": "transfer"})),
        "SendDTMF" => assert_eq!(keys(data), ["dtmf"], "{message}"),
        "MakeCallFail" => assert_eq!(sorted_keys(data), ["cause", "causeCode"], "{message}"),
        "After" => check_after(message),
        _ if BARE.contains(&name) => assert!(data.is_null(), "{message}"),
        _ => {}
    }
}

fn check_call(data: &Value) {
    for key in CALL_KEYS {
        assert!(data.get(key).is_some(), "{key} is missing: {data}");
    }
    for key in ["caller", "called", "occCallId"] {
        assert!(data[key].is_string(), "{key} is not text: {data}");
    }
    check_direction(data);
    assert!(data["inQueueTime"].is_u64(), "{data}");
    assert!(data["ivrKeyRecord"].is_array(), "{data}");
}

fn check_after(message: &Value) {
    let data = &message["data"];
    assert_eq!(message["sequence"], 0, "{message}");
    let mut expected = AFTER_KEYS.to_vec();
    let cause = data["cause"].as_u64().expect("a cause is a number");
    if data.get("code").is_some() {
        expected.push("code");
        assert_eq!(data["data"], "话机注销", "{message}");
    } else {
        assert_eq!(data["data"], cause_text(cause), "{message}");
    }
    expected.sort_unstable();
    assert_eq!(sorted_keys(data), expected, "{message}");
    check_direction(data);
    let side = &data["hangupDirection"];
    assert!(*side == 0 || *side == 1, "{message}");
    let [began, rang, answered, ended] = ["beginTime", "ringTime", "answerTime", "endTime"]
        .map(|key| data[key].as_u64().expect("times are numbers"));
    assert!(0 < began && began <= ended, "{message}");
    assert!(rang == 0 || (began <= rang && rang <= ended), "{message}");
    assert!(
        answered == 0 || (rang <= answered && answered <= ended),
        "{message}"
    );
}

/// 1 inbound, 2 outbound.
fn check_direction(data: &Value) {
    let direction = &data["callDirection"];
    assert!(*direction == 1 || *direction == 2, "{data}");
}

/// The text of a cause in the platform's language, that of 8888 where the table has none.
pub fn cause_text(code: u64) -> &'static str {
    u32::try_from(code)
        .ok()
        .and_then(cause::by_code)
        .or_else(|| cause::by_code(8888))
        .map_or("", |cause| cause.text.say(Lang::default()))
}

/// Asserts that agents and calls tell the same: who is in a call takes part in it and the others in none, and
/// whom one hears is heard by that one.
#[track_caller]
pub fn assert_calls_agree(state: &Value) {
    let calls = list(&state["calls"]);
    for agent in list(&state["agents"]) {
        let number = text(agent, "agentNumber");
        let shown = text(agent, "nowState");
        if agent["loginType"].is_null() {
            assert_eq!(shown, "Logout", "{number}: {state}");
        }
        let in_call = !agent["callId"].is_null();
        assert_eq!(in_call, !FREE.contains(&shown), "{number}: {state}");
        for call in calls {
            let part = list(&call["parties"])
                .iter()
                .any(|party| party["who"] == number);
            let own = call["callId"] == agent["callId"];
            assert!(own || !part, "{number} is in a foreign call: {state}");
        }
        let found = calls.iter().any(|call| {
            call["callId"] == agent["callId"]
                && list(&call["parties"])
                    .iter()
                    .any(|party| party["who"] == number)
        });
        assert_eq!(in_call, found, "{number}: {state}");
    }
    for call in calls {
        let mut hears = Vec::new();
        let mut heard = Vec::new();
        for party in list(&call["parties"]) {
            let who = text(party, "who");
            hears.extend(texts(&party["hears"]).map(|other| (who, other)));
            heard.extend(texts(&party["heard"]).map(|other| (other, who)));
        }
        hears.sort_unstable();
        heard.sort_unstable();
        assert_eq!(hears, heard, "{call}");
        // Nobody hears their own voice, but two people outside may have the same number.
        for (who, other) in &hears {
            let parties = list(&call["parties"]).iter();
            let namesakes = parties.filter(|party| party["who"] == *who).count();
            assert!(who != other || namesakes > 1, "{call}");
        }
    }
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    list(value).iter().filter_map(Value::as_str)
}

fn sequence(message: &Value) -> i64 {
    message["sequence"]
        .as_i64()
        .expect("a sequence is a number")
}

#[track_caller]
fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} is not text: {value}"))
}

fn sorted_keys(value: &Value) -> Vec<&str> {
    let mut keys = keys(value);
    keys.sort_unstable();
    keys
}
