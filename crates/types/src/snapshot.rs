//! The session as one object, as `agent`'s `session/snapshot.rs` writes it: a test reads what that wrote as these, and
//! nothing may be too much or missing.

use agent::rules::Situation;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::platform::NamedId;
use crate::print::{Interface, union, words};

/// The session as one object that nobody can change. Times are by the server's clock.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Snapshot {
    /// Who the agent is and what they do.
    pub agent: SnapshotAgent,
    /// The present call.
    pub call: Option<SnapshotCall>,
    /// What the last call left, until the next state.
    pub wrap_up: Option<SnapshotWrapUp>,
    /// Who waits.
    pub queue: SnapshotQueues,
    /// The link to the platform.
    pub link: SnapshotLink,
    /// What the promise form lets through now.
    #[ts(type = "Array<RequestName>")]
    pub allowed: Vec<String>,
}

/// The agent of a snapshot.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotAgent {
    /// Who they are at the platform.
    pub number: String,
    /// Short name of the company.
    pub company: String,
    /// As the platform told last.
    #[ts(type = "AgentState")]
    pub state: String,
    /// What that means for commands.
    #[ts(type = "Situation")]
    pub situation: String,
    /// Since when in this state. 0: from the start.
    pub since: u64,
    /// Why not ready. Empty: no reason was given.
    pub busy_type: String,
    /// As the platform said at login, before that as configured.
    #[ts(type = "LoginType")]
    pub login_type: Value,
    /// Whether the agent is logged in.
    pub logged_in: bool,
    /// Whether the agent is a supervisor.
    pub supervisor: bool,
    /// May place calls.
    pub may_call: bool,
    /// The agent's phone is gone.
    pub phone_lost: bool,
    /// Reasons for not being ready.
    pub busy_types: Vec<String>,
    /// The agent's skill groups.
    pub groups: Vec<SnapshotGroup>,
    /// IVRs that calls can be transferred to.
    pub ivrs: Vec<SnapshotGroup>,
    /// What the agent wants to be when the call is over.
    pub next: Option<SnapshotNext>,
    /// Calls in a row that rang until they ended, since the agent talked or chose a state.
    pub missed: u32,
    /// How long the agent was not ready since the login, by reason. The present time is not among it: it is as old as the
    /// state.
    pub used: Vec<SnapshotUsed>,
}

/// What an agent may want to be after a call.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NextState {
    /// Ready.
    Idle,
    /// Not ready.
    Busy,
}

/// What an agent wants to be after the call.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotNext {
    /// Ready or not.
    pub state: NextState,
    /// Why not ready. Empty: for no reason.
    pub busy_type: String,
}

/// How long an agent was not ready for one reason.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotUsed {
    /// The reason. Empty: none.
    pub busy_type: String,
    /// So long.
    pub ms: u64,
}

/// Which way a call goes.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// The other party called.
    Inbound,
    /// We called.
    Outbound,
}

/// The call of a snapshot.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotCall {
    /// Empty until it is known.
    pub id: String,
    /// Which way it goes. Null: the platform did not tell.
    pub direction: Option<Direction>,
    /// The other party, not hidden; during a consultation whoever waits.
    pub party: String,
    /// Empty until it is known.
    #[ts(type = "CallType | (string & {})")]
    pub call_type: String,
    /// Since when both sides talk. It does not start anew.
    pub since: Option<u64>,
    /// Nobody hears the agent, until they end it or the call ends.
    pub muted: bool,
    /// The other party waits.
    pub held: bool,
    /// Three parties talk.
    pub conference: bool,
    /// Who is consulted. Empty until it is known.
    pub consult: Option<String>,
    /// Since when the other party waits.
    pub held_at: Option<u64>,
    /// Since when the agent is muted.
    pub muted_at: Option<u64>,
    /// When the consultation that goes on was started.
    pub consult_at: Option<u64>,
    /// When the agent's phone began to ring.
    pub ringing_at: Option<u64>,
    /// When the caller joined a queue.
    pub queued_at: Option<u64>,
    /// The skill group that the call came through. The name is empty where the platform gives none.
    #[ts(type = "Readonly<NamedId> | null")]
    pub group: Option<NamedId>,
    /// What the IVR learned, not hidden.
    pub ivr: Option<SnapshotIvr>,
    /// What was sent along with the call, as a text: JSON where it was an object. Empty: nothing.
    pub user_data: String,
    /// To whom the call is being given while that rings: number, group id or IVR id.
    pub transfer: Option<String>,
    /// Whose call the agent is in as a supervisor.
    pub watch: Option<SnapshotWatch>,
    /// Which supervisor speaks into the call. Nothing tells when they leave.
    pub joined_by: Option<SnapshotWatch>,
    /// Another call that rings beside this one.
    pub second: Option<SnapshotSecond>,
}

/// What an IVR learned from a caller.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotIvr {
    /// Keys that were pressed.
    pub keys: Vec<String>,
    /// `ivrParam`.
    pub param: String,
    /// What went into it.
    pub input: String,
    /// What came out.
    pub output: String,
}

/// A call that rings beside the present one.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotSecond {
    /// Its id.
    pub id: String,
    /// The caller, not hidden. Empty until it is known.
    pub party: String,
    /// Since when it rings.
    pub ringing_at: u64,
}

/// What a call left.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotWrapUp {
    /// Since when.
    pub since: u64,
    /// When the agent becomes ready by itself, or what they chose.
    pub until: Option<u64>,
    /// Number of the cause; see the table of causes.
    pub cause: Option<u32>,
    /// Whether the other party hung up.
    pub other_hung_up: bool,
    /// ms of conversation.
    pub talked: Option<u64>,
    /// Empty where it is not known.
    pub call_id: String,
    /// The other party, not hidden. Empty where it is not known.
    pub party: String,
    /// Which way the call went. Null: the platform did not tell.
    pub direction: Option<Direction>,
    /// The clock was stopped: ms that are left when it goes on. There is no `until` meanwhile.
    pub paused: Option<u64>,
}

/// The queues of a snapshot.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotQueues {
    /// Callers waiting in all of the agent's groups: what `getQueueInfo()` was answered last, and `QueueInfo` since.
    pub waiting: Option<u64>,
    /// Callers waiting by group, as `QueueInfo` told last.
    pub groups: Vec<SnapshotQueue>,
}

/// The queue of a skill group.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotQueue {
    /// The group's.
    pub group_id: String,
    /// Empty where the platform gives none.
    pub name: String,
    /// So many callers.
    pub waiting: i64,
    /// Since when the one waits who waits longest.
    pub longest_at: Option<u64>,
    /// So many may wait before it shows: the option `queueLimits`.
    pub limit: Option<u32>,
}

/// How a link stands.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LinkState {
    /// There is none, and none is tried.
    Down,
    /// It is being opened.
    Connecting,
    /// The next try comes later.
    Waiting,
    /// It is open.
    Up,
}

/// The link of a snapshot.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotLink {
    /// How it stands.
    pub state: LinkState,
    /// Tries of this outage.
    pub attempt: u32,
    /// ms that the last answer took.
    pub latency: Option<u64>,
    /// When the next try comes.
    pub retry_at: Option<u64>,
    /// Since when it is up.
    pub up_since: Option<u64>,
}

/// A skill group or an IVR of a snapshot.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotGroup {
    /// As the platform names it in commands.
    pub id: String,
    /// Empty where the platform gives none.
    pub name: String,
    /// The agent's main group.
    pub main: bool,
}

/// In which way a supervisor is in a call.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum WatchKind {
    /// Hears it.
    Listen,
    /// Hears it and is heard by the agent alone.
    Whisper,
    /// Joined it.
    ForceInsert,
    /// Took it.
    Intercept,
}

/// A supervisor's hold on a call.
#[derive(Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotWatch {
    /// In which way.
    pub kind: WatchKind,
    /// Whose call it is, or who joined it. Empty until it is known.
    pub agent_number: String,
}

/// All of it.
pub(crate) fn declare() -> Vec<String> {
    let mut about = vec![
        "What an agent is doing, as far as commands are concerned.".to_owned(),
        String::new(),
    ];
    about.extend(
        Situation::ALL
            .iter()
            .map(|situation| format!("- `{}`: {}", situation.as_str(), situation.meaning())),
    );
    let situations: Vec<&str> = Situation::ALL.iter().map(|s| s.as_str()).collect();
    let mut all = vec![union(&about, "Situation", &situations)];
    all.extend(
        [
            Interface::of::<Snapshot>(),
            Interface::of::<SnapshotAgent>(),
            Interface::of::<SnapshotNext>(),
            Interface::of::<SnapshotUsed>(),
            Interface::of::<SnapshotGroup>(),
            Interface::of::<SnapshotCall>(),
            Interface::of::<SnapshotIvr>(),
            Interface::of::<SnapshotWatch>(),
            Interface::of::<SnapshotSecond>(),
            Interface::of::<SnapshotWrapUp>(),
            Interface::of::<SnapshotQueues>(),
            Interface::of::<SnapshotQueue>(),
            Interface::of::<SnapshotLink>(),
        ]
        .map(|interface| interface.frozen().declare()),
    );
    all.extend([
        words::<NextState>(),
        words::<Direction>(),
        words::<LinkState>(),
        words::<WatchKind>(),
    ]);
    all
}
