//! What the platform says of calls and agents. A platform may leave out what it likes: it is empty then, and what it says
//! besides stands in `more`.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// `null` counts as absent.
fn or_default<'de, T, D>(from: D) -> Result<T, D::Error>
where
    T: Deserialize<'de> + Default,
    D: Deserializer<'de>,
{
    Option::deserialize(from).map(Option::unwrap_or_default)
}

/// An event of the platform; `D` is what its `data` holds.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[serde(bound(deserialize = "D: Deserialize<'de> + Default"))]
pub struct AgentEvent<D = Value> {
    /// Its name.
    pub event: String,
    /// The agent's state from now on. Without, it is what it was.
    pub now_state: Option<String>,
    /// When it happened, ms since 1970.
    #[serde(deserialize_with = "or_default")]
    pub event_time: u64,
    /// Number of the command that caused it. 0: none.
    #[serde(deserialize_with = "or_default")]
    pub sequence: i64,
    /// Whom it is about.
    pub agent_number: Option<String>,
    /// What `setUserdata` set.
    pub userdata: Option<String>,
    /// A JSON text; only of calls that came through an IVR.
    pub ivr_param: Option<String>,
    /// What it says.
    #[serde(deserialize_with = "or_default")]
    pub data: D,
    /// Members that stand beside these.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// `data` of the events of a call.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CallData {
    /// 1 inbound, 2 outbound.
    pub call_direction: Option<u8>,
    /// Who calls.
    pub caller: String,
    /// Who is called.
    pub called: String,
    /// The call's id; it stays the same through transfer, consultation and interception.
    pub occ_call_id: String,
    /// When the caller joined a queue. 0: never.
    #[serde(deserialize_with = "or_default")]
    pub in_queue_time: u64,
    /// Such as `normal` or `consult`.
    pub call_type: Option<String>,
    /// The `userdata` of the command that placed the call.
    pub user_data: Option<String>,
    /// What else it says.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// `data` of `After`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AfterData {
    /// Whose call it was.
    #[serde(flatten)]
    pub call: CallData,
    /// Where the recording lies.
    pub record_path: Option<String>,
    /// Number of the cause.
    pub cause: Option<i64>,
    /// The cause in words.
    #[serde(rename = "data")]
    pub cause_text: Option<String>,
    /// 0: this side hung up, 1: the other.
    pub hangup_direction: Option<u8>,
    /// ms since 1970; 0: never.
    #[serde(deserialize_with = "or_default")]
    pub begin_time: u64,
    /// ms since 1970; 0: it never rang.
    #[serde(deserialize_with = "or_default")]
    pub ring_time: u64,
    /// ms since 1970; 0: it was never answered.
    #[serde(deserialize_with = "or_default")]
    pub answer_time: u64,
    /// ms since 1970.
    #[serde(deserialize_with = "or_default")]
    pub end_time: u64,
}

/// A note that the agent wrote about a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Note {
    /// Which call.
    pub call_id: String,
    /// What they wrote.
    pub text: String,
    /// What they chose.
    pub tags: Vec<String>,
}

/// What the agent did in the toolbar.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Action {
    /// Name of the button.
    pub name: String,
    /// What else is told of it, and the snapshot.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_without_data_is_one_all_the_same() {
        let read: AgentEvent = serde_json::from_str(
            r#"{"type":"event","event":"Idle","nowState":"Idle","data":null}"#,
        )
        .expect("an event");
        assert_eq!((read.event.as_str(), read.data), ("Idle", Value::Null));
        assert_eq!(read.now_state.as_deref(), Some("Idle"));
        let read: AgentEvent<CallData> =
            serde_json::from_str(r#"{"event":"AgentRinging","sequence":null}"#).expect("an event");
        assert_eq!((read.data, read.sequence), (CallData::default(), 0));
    }

    #[test]
    fn the_end_of_a_call_says_whose_and_why() {
        let read: AgentEvent<AfterData> = serde_json::from_str(
            r#"{"event":"After","data":{"occCallId":"c1","caller":"13800138000","callDirection":1,
               "cause":1000,"data":"normal","hangupDirection":1,"endTime":7,"agentAutoIdle":1}}"#,
        )
        .expect("an event");
        let AfterData {
            call,
            cause,
            cause_text,
            end_time,
            ..
        } = read.data;
        assert_eq!(
            (call.occ_call_id.as_str(), call.call_direction),
            ("c1", Some(1))
        );
        assert_eq!(
            (cause, cause_text.as_deref(), end_time),
            (Some(1000), Some("normal"), 7)
        );
        assert_eq!(call.more.get("agentAutoIdle"), Some(&Value::from(1)));
    }
}
