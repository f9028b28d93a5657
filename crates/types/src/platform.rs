//! What the platform sends: JSON that reaches the page as it came. The session reads a part of it (`agent::event::Data`); all of
//! it is described here, and every event has its description or this does not compile.

use agent::EventName;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::print::{Interface, comment, name, words};

/// A STOMP frame.
#[derive(TS)]
pub struct StompFrame {
    /// Such as `MESSAGE`.
    pub command: String,
    /// Without escapes.
    #[ts(type = "Readonly<Record<string, string>>")]
    pub headers: (),
    /// As it came.
    pub body: String,
}

/// The answer to a command.
#[derive(TS)]
pub struct PlatformResponse {
    /// What tells an answer from an event.
    #[ts(rename = "type", type = "'response'")]
    pub kind: (),
    /// The request's name.
    pub response: String,
    /// The command's number.
    pub sequence: u64,
    /// 0: accepted. Else see the table of causes.
    pub status: i64,
    /// In the platform's words.
    #[ts(optional)]
    pub msg: Option<String>,
}

/// An event of the platform, exactly as it came.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct AgentEvent {
    /// What tells an event from an answer.
    #[ts(rename = "type", type = "'event'")]
    pub kind: (),
    /// Its name.
    pub event: String,
    /// The agent's state from now on. Events that tell none leave it as it was.
    #[ts(optional, type = "AgentState")]
    pub now_state: Option<()>,
    /// When it happened.
    pub event_time: Option<u64>,
    /// Number of the command that caused it. 0: none.
    pub sequence: Option<u64>,
    /// The company.
    pub company_id: Option<String>,
    /// The agent's number.
    pub agent_number: Option<String>,
    /// The platform's id of the agent.
    pub agent_id: Option<String>,
    /// What `setUserdata` set.
    pub userdata: Option<String>,
    /// A JSON text; only on `AgentRinging`, `AgentAnswer`, `Conversation` and `After` of calls that came through an IVR.
    pub ivr_param: Option<String>,
    /// What it tells.
    #[ts(type = "Data")]
    pub data: (),
}

/// What kind of call this is for the agent.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub enum CallType {
    /// An ordinary one.
    Normal,
    /// The agent consults somebody.
    Consult,
    /// Somebody consults the agent.
    Consulted,
    /// It is being given away, or was.
    Transfer,
    /// A supervisor hears it.
    Listen,
    /// A supervisor speaks to the agent.
    Whisper,
    /// A supervisor joined it.
    ForceInsert,
    /// A supervisor took it.
    Intercept,
}

/// `data` of the events of a call.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct CallData {
    /// 1 inbound, 2 outbound.
    #[ts(type = "1 | 2")]
    pub call_direction: u8,
    /// Who calls.
    pub caller: String,
    /// Who is called.
    pub called: String,
    /// The call's id; it stays the same through transfer, consultation and interception.
    pub occ_call_id: String,
    /// When the caller joined a queue. 0: never.
    pub in_queue_time: u64,
    /// Absent until the other party rings.
    pub call_type: Option<CallType>,
    /// The `userdata` of the command that placed the call.
    pub user_data: Option<String>,
    /// 1: a predictive call.
    #[ts(optional, type = "0 | 1")]
    pub is_predictive: Option<u8>,
    /// The caller before it was changed.
    pub orig_caller: Option<String>,
    /// The number called before it was changed.
    pub orig_called: Option<String>,
    /// What the IVR was given.
    pub input_param: Option<String>,
    /// What the IVR gave.
    pub output_param: Option<String>,
    /// Keys pressed in the IVR.
    pub ivr_key_record: Option<Vec<String>>,
}

/// `data` of `After`.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct AfterData {
    /// 1 inbound, 2 outbound.
    #[ts(type = "1 | 2")]
    pub call_direction: u8,
    /// Who called.
    pub caller: String,
    /// Who was called.
    pub called: String,
    /// The call's id.
    pub occ_call_id: String,
    /// When the caller joined a queue. 0: never.
    pub in_queue_time: u64,
    /// What kind of call it was.
    pub call_type: Option<CallType>,
    /// Where the recording lies.
    pub record_path: String,
    /// Number of the cause; see the table of causes.
    pub cause: u32,
    /// The cause in words.
    pub data: String,
    /// 0: this side hung up, 1: the other.
    #[ts(type = "0 | 1")]
    pub hangup_direction: u8,
    /// When the call began.
    pub begin_time: u64,
    /// 0: it never rang.
    pub ring_time: u64,
    /// 0: it was never answered.
    pub answer_time: u64,
    /// When the call ended.
    pub end_time: u64,
    /// 1: ready by itself after `agentAutoIdleTime`.
    #[ts(type = "0 | 1")]
    pub agent_auto_idle: u8,
    /// Seconds.
    pub agent_auto_idle_time: u64,
    /// -1001: the agent's phone is gone.
    pub code: Option<i64>,
}

/// A skill group, or an IVR that calls can be transferred to.
#[derive(Deserialize, Serialize, TS)]
pub struct NamedId {
    /// As the platform names it in commands.
    pub id: String,
    /// For people.
    pub name: String,
}

/// `data` of `Login` and `Reconnect`; a platform may send more.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct LoginData {
    /// Of this login. A secret.
    pub token: String,
    /// 1: a supervisor.
    pub agent_type: u8,
    /// The agent's skill groups.
    pub group_id_list: Vec<String>,
    /// The same with their names.
    #[ts(type = "(NamedId & { isMaster?: boolean | 0 | 1 })[]")]
    pub group_info_list: (),
    /// IVRs that calls can be transferred to.
    pub ivr_list: Option<Vec<NamedId>>,
    /// Reasons for not being ready, separated by commas.
    pub busy_type: String,
    /// The present reason.
    pub current_busy_type: Option<String>,
    /// 0: may not place calls.
    #[ts(type = "0 | 1")]
    pub agent_make_call: u8,
    /// 1: the phone is registered.
    #[ts(optional, type = "0 | 1")]
    pub registered: Option<u8>,
    /// How the agent talks.
    #[ts(type = "LoginType")]
    pub login_type: u8,
    /// SIP domain.
    pub domain: Option<String>,
    /// SIP user.
    pub sip_id: Option<String>,
    /// SIP password. A secret.
    pub sip_password: Option<String>,
    /// SIP domain of the browser phone.
    pub webrtc_domain: Option<String>,
    /// SIP user of the browser phone.
    pub webrtc_sip_id: Option<String>,
    /// SIP password of the browser phone. A secret.
    pub webrtc_sip_password: Option<String>,
    /// Host of the SIP socket.
    pub register_sip_ip: Option<String>,
    /// Whole address of the SIP socket, where the platform gives one.
    pub register_sip_url: Option<String>,
    /// Callers waiting at login.
    pub queue_num: Option<u32>,
}

/// `data` of `Logout`.
#[derive(TS)]
#[ts(optional_fields)]
pub struct LogoutData {
    /// -1001: the agent's phone is gone. -1002: the token stays good.
    pub code: Option<i64>,
}

/// `data` of `Idle`.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct IdleData {
    /// How the agent talks.
    pub login_type: Option<String>,
}

/// `data` of `Busy`.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct BusyData {
    /// Why.
    pub current_busy_type: Option<String>,
}

/// `data` of `SendDTMF`.
#[derive(TS)]
pub struct KeyData {
    /// The key.
    pub dtmf: String,
}

/// `data` of events that only tell what kind of call goes on.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct CallTypeData {
    /// What kind.
    pub call_type: Option<CallType>,
}

/// `data` of `Whispering` and `ForceInserting` at the agent in whose call the supervisor is.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub struct BySupervisor {
    /// The supervisor.
    pub agent_number: String,
}

/// `data` of `ForceIdle`, `ForceBusy` and `ForceLogout` at the supervisor.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub struct OfAgent {
    /// The agent acted on.
    pub be_agent_number: String,
}

/// `data` of `MakeCallFail`.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct MakeCallFailData {
    /// The cause in words.
    pub cause: String,
    /// Its number.
    pub cause_code: Option<u32>,
}

/// An agent as a supervisor sees them. Times and durations come as numbers or as text.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct WatchedAgent {
    /// The agent's number.
    pub agent_number: String,
    /// The agent's name.
    pub agent_name: String,
    /// `Conversation` for all that is a conversation.
    #[ts(type = "AgentState")]
    pub now_state: (),
    /// ms in this state.
    #[ts(type = "number | string")]
    pub operating_time: u64,
    /// The platform's id of the agent.
    pub agent_id: Option<String>,
    /// The company.
    #[ts(optional, type = "number | string")]
    pub company_id: Option<u64>,
    /// When the agent logged in.
    #[ts(optional, type = "number | string")]
    pub login_time: Option<u64>,
    /// ms since the login.
    #[ts(optional, type = "number | string")]
    pub login_duration: Option<u64>,
    /// Number of the other party. Empty: none.
    pub peer_id: Option<String>,
    /// 0 inbound, 1 outbound: not as in the events of a call.
    #[ts(optional, type = "0 | 1 | '0' | '1' | null")]
    pub call_direction: Option<u8>,
    /// The agent's skill groups.
    pub group_list: Option<Vec<NamedId>>,
}

/// `data` of `Surveillance`. Platforms call the list by either name.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct SurveillanceData {
    /// All agents that were asked for.
    pub agent_list: Option<Vec<WatchedAgent>>,
    /// The same, by its other name.
    pub info_list: Option<Vec<WatchedAgent>>,
}

/// What is new of the agents since the answer before.
#[derive(TS)]
pub struct AgentsDifference {
    /// New ones, and those of whom more than a duration is other than before.
    pub changed: Vec<WatchedAgent>,
    /// Numbers of those who are no longer in the list.
    pub removed: Vec<String>,
}

/// `data` of `GroupInfo`.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub struct GroupInfoData {
    /// All groups.
    #[ts(type = "(NamedId & { type?: number | string })[]")]
    pub group_list: (),
}

/// An agent who is ready.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub struct ReadyAgent {
    /// The platform's id of the agent.
    pub agent_id: String,
    /// The agent's number.
    pub agent_number: String,
    /// The agent's name.
    pub agent_name: String,
}

/// `data` of `IdleAgent`.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub struct IdleAgentData {
    /// Who is ready.
    pub agent_list: Vec<ReadyAgent>,
}

/// `data` of `GroupQueueNum`.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub struct GroupQueueNumData {
    /// Callers waiting in all of the agent's groups.
    pub group_queue_num: u32,
}

/// Somebody who waits in a queue.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub struct QueuedCaller {
    /// Who calls.
    pub caller: String,
    /// Who is called.
    pub called: String,
    /// The skill group.
    #[ts(rename = "groupID", type = "number | string")]
    pub group_id: String,
    /// Since when.
    pub in_queue_time: u64,
}

/// `QueueInfo`: its members stand beside `event`, and `data` is the list of all who wait.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub struct QueueInfo {
    /// The skill group.
    #[ts(rename = "groupID", type = "number | string")]
    pub group_id: String,
    /// Callers waiting in the group.
    pub group_wait_number: u32,
    /// 1: somebody joined, 0: somebody left.
    #[ts(type = "0 | 1")]
    pub is_in_queue: u8,
    /// Number of the agent who gets the caller. Empty: the caller gave up.
    #[ts(rename = "handleAgentID")]
    pub handle_agent_id: String,
}

/// An event with such data.
fn with<T: TS>() -> String {
    event(&name::<T>())
}

/// An event with such data, or with none.
fn may_have<T: TS>() -> String {
    event(&format!("{} | null", name::<T>()))
}

fn event(data: &str) -> String {
    format!("AgentEvent<{data}>")
}

/// The type of an event.
fn kind(of: EventName) -> String {
    use EventName::*;
    match of {
        Login => with::<LoginData>(),
        Logout => may_have::<LogoutData>(),
        Reconnect => event(&format!(
            "{} & Partial<{}>",
            name::<LoginData>(),
            name::<CallData>()
        )),
        Kick => event("Record<string, never> | null"),
        Idle => may_have::<IdleData>(),
        Busy => may_have::<BusyData>(),
        Lock | MakeCall | CancelCall | Hold | TransferCall | TransferCallFail | TransferCancel
        | ConsultCall | ConsultCallFail | ConsultTransfer | TripartiteTalk | TripartiteTalking
        | TripartiteTalkFail | Listen | ListenFail | Whisper | WhisperFail | ForceInsert
        | ForceInsertFail | Intercept | InterceptFail | ForceBreak | SipError => event("null"),
        MakeCallFail => with::<MakeCallFailData>(),
        AgentOriginate | AgentRinging | AgentAnswer | CalledRinging | CalledAnswer
        | Conversation | ConsultCalling | Listening | Intercepting => with::<CallData>(),
        After => with::<AfterData>(),
        UnHold | Mute | Unmute | TransferCalling | ConsultCancel | ConsultedCancel => {
            may_have::<CallTypeData>()
        }
        SendDTMF => with::<KeyData>(),
        Whispering | ForceInserting => event(&format!(
            "{} | {}",
            name::<CallData>(),
            name::<BySupervisor>()
        )),
        ForceIdle | ForceBusy | ForceLogout => with::<OfAgent>(),
        Surveillance => with::<SurveillanceData>(),
        GroupInfo => with::<GroupInfoData>(),
        IdleAgent => with::<IdleAgentData>(),
        GroupQueueNum => with::<GroupQueueNumData>(),
        QueueInfo => name::<self::QueueInfo>(),
        AgentUploadLog => "AgentEvent".to_owned(),
    }
}

/// Every event of the platform.
fn events() -> String {
    let about =
        "Every event of the platform. Others that it may send reach their listeners as well.";
    let mut out = comment("", &[about.to_owned()]);
    out.push_str("export interface PlatformEvents {\n");
    for event in EventName::ALL {
        out.push_str(&comment("  ", &[event.meaning().to_owned()]));
        out.push_str(&format!("  {}: {};\n", event.as_str(), kind(*event)));
    }
    out.push_str("}\n");
    out
}

/// What `data` of an event may be, by what describes it.
fn data() -> Vec<Interface> {
    vec![
        Interface::of::<CallData>(),
        Interface::of::<AfterData>(),
        Interface::of::<LoginData>(),
        Interface::of::<LogoutData>(),
        Interface::of::<IdleData>(),
        Interface::of::<BusyData>(),
        Interface::of::<KeyData>(),
        Interface::of::<CallTypeData>(),
        Interface::of::<BySupervisor>(),
        Interface::of::<OfAgent>(),
        Interface::of::<MakeCallFailData>(),
        Interface::of::<SurveillanceData>(),
        Interface::of::<GroupInfoData>(),
        Interface::of::<IdleAgentData>(),
        Interface::of::<GroupQueueNumData>(),
        Interface::of::<QueueInfo>().named("QueueInfo extends AgentEvent<QueuedCaller[]>"),
    ]
}

/// All of it.
pub(crate) fn declare() -> Vec<String> {
    let mut all = vec![
        Interface::of::<StompFrame>().frozen().declare(),
        Interface::of::<PlatformResponse>().declare(),
        Interface::of::<AgentEvent>()
            .named("AgentEvent<Data = unknown>")
            .declare(),
        words::<CallType>(),
    ];
    all.extend(data().iter().map(Interface::declare));
    all.extend([
        Interface::of::<NamedId>().declare(),
        Interface::of::<WatchedAgent>().declare(),
        Interface::of::<AgentsDifference>().declare(),
        Interface::of::<ReadyAgent>().declare(),
        Interface::of::<QueuedCaller>().declare(),
        events(),
    ]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use agent::event::Data;

    #[test]
    fn all_that_the_session_reads_of_an_event_is_described() {
        let described: Vec<String> = data().iter().flat_map(Interface::names).collect();
        for key in Data::KEYS {
            assert!(
                described.iter().any(|name| name == key),
                "no `data` of an event has `{key}`: describe it in crates/types/src/platform.rs"
            );
        }
    }
}
