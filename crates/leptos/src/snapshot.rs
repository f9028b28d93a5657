//! The session as one object, as the event `snapshot` tells it. Times are ms since 1970 by the server's clock.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// All of it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// Who is signed in, and what they do.
    pub agent: Agent,
    /// The present call.
    pub call: Option<Call>,
    /// What the last call left, until the next state.
    pub wrap_up: Option<WrapUp>,
    /// Who waits.
    pub queue: Queue,
    /// The link to the platform.
    pub link: Link,
    /// Names of the requests that are possible now.
    pub allowed: Vec<String>,
}

impl Snapshot {
    /// Whether a request is possible now, such as `makeCall`.
    pub fn allows(&self, request: &str) -> bool {
        self.allowed.iter().any(|one| one == request)
    }
}

/// The agent.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Agent {
    /// The agent's number.
    pub number: String,
    /// Short name of the company.
    pub company: String,
    /// The name of an event such as `Idle`, or a word of the link.
    pub state: String,
    /// What the agent is doing, as far as requests are concerned: such as `ready`, `talking`, `wrapUp`.
    pub situation: String,
    /// Since when in this state. 0: from the start.
    pub since: u64,
    /// Why not ready. Empty: no reason was given.
    pub busy_type: String,
    /// As the platform says it, a number or a text.
    pub login_type: Value,
    /// Signed in.
    pub logged_in: bool,
    /// May watch others.
    pub supervisor: bool,
    /// May place calls.
    pub may_call: bool,
    /// The agent's phone is gone.
    pub phone_lost: bool,
    /// Reasons for not being ready.
    pub busy_types: Vec<String>,
    /// The agent's skill groups.
    pub groups: Vec<Group>,
    /// IVRs that calls can be transferred to.
    pub ivrs: Vec<Group>,
    /// What the agent wants to be when the call is over.
    pub next: Option<Next>,
    /// Calls in a row that rang until they ended, since the agent talked or chose a state.
    pub missed: u32,
    /// How long the agent was not ready since the login, by reason, without the present time.
    pub used: Vec<Used>,
}

/// A skill group or an IVR.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Empty where the platform gives none.
    pub name: String,
    /// The agent's main group.
    pub main: bool,
}

/// What comes after a call.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Next {
    /// `idle` or `busy`.
    pub state: String,
    /// Why not ready. Empty: no reason.
    pub busy_type: String,
}

/// Time spent not ready.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Used {
    /// Why.
    pub busy_type: String,
    /// How long.
    pub ms: u64,
}

/// Where a call comes from, as seen by the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// Somebody called.
    Inbound,
    /// The agent called.
    Outbound,
}

/// A call.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// Empty until it is known.
    pub id: String,
    /// Where it comes from.
    pub direction: Option<Direction>,
    /// The other party, not hidden; during a consultation whoever waits.
    pub party: String,
    /// Such as `normal` or `consult`. Empty until it is known.
    pub call_type: String,
    /// Since when both sides talk.
    pub since: Option<u64>,
    /// Nobody hears the agent.
    pub muted: bool,
    /// The other party waits.
    pub held: bool,
    /// Three talk.
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
    /// The skill group that it came through.
    pub group: Option<NamedId>,
    /// What the IVR learned.
    pub ivr: Option<Ivr>,
    /// What was sent along, as a text: JSON where it was an object. Empty: nothing.
    pub user_data: String,
    /// To whom it is being given while that rings.
    pub transfer: Option<String>,
    /// Whose call the agent is in as a supervisor.
    pub watch: Option<Watch>,
    /// Which supervisor speaks into it. Nothing tells when they leave.
    pub joined_by: Option<Watch>,
    /// Another call that rings beside this one.
    pub second: Option<Second>,
}

/// Something with an id and a name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct NamedId {
    /// Its id.
    pub id: String,
    /// Empty where the platform gives none.
    pub name: String,
}

/// What an IVR learned, not hidden.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Ivr {
    /// Keys that were pressed.
    pub keys: Vec<String>,
    /// `ivrParam` of the event.
    pub param: String,
    /// What went into it.
    pub input: String,
    /// What came out.
    pub output: String,
}

/// A supervisor's hold on a call.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Watch {
    /// `listen`, `whisper`, `forceInsert` or `intercept`.
    pub kind: String,
    /// Whose call it is, or who joined it. Empty until it is known.
    pub agent_number: String,
}

/// Another call that rings.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Second {
    /// Its id.
    pub id: String,
    /// Who calls, not hidden.
    pub party: String,
    /// Since when it rings.
    pub ringing_at: u64,
}

/// What a call left.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WrapUp {
    /// Since when.
    pub since: u64,
    /// When the agent becomes ready by itself, or what they chose.
    pub until: Option<u64>,
    /// Number of the cause.
    pub cause: Option<i64>,
    /// The other party ended the call.
    pub other_hung_up: bool,
    /// ms of conversation.
    pub talked: Option<u64>,
    /// Empty where it is not known.
    pub call_id: String,
    /// The other party, not hidden. Empty where it is not known.
    pub party: String,
    /// Where the call came from.
    pub direction: Option<Direction>,
    /// The clock was stopped: ms that are left when it goes on.
    pub paused: Option<u64>,
}

/// Who waits.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Queue {
    /// Callers in all of the agent's groups.
    pub waiting: Option<u64>,
    /// Callers by group.
    pub groups: Vec<GroupQueue>,
}

/// The queue of a skill group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupQueue {
    /// The group.
    pub group_id: String,
    /// Empty where the platform gives none.
    pub name: String,
    /// Callers in it.
    pub waiting: i64,
    /// Since when the one waits who waits longest.
    pub longest_at: Option<u64>,
    /// So many may wait before the toolbar shows it.
    pub limit: Option<u32>,
}

/// The link to the platform.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// `down`, `connecting`, `waiting` or `up`.
    pub state: String,
    /// Tries of this outage.
    pub attempt: u32,
    /// ms that the last answer took.
    pub latency: Option<u64>,
    /// When the next try comes.
    pub retry_at: Option<u64>,
    /// Since when it is up.
    pub up_since: Option<u64>,
}

#[cfg(test)]
mod tests {
    use agent::record::replay;
    use agent::session::PARTS;

    use super::*;

    /// A call that has waited, is muted and rings at another agent; then its wrap-up.
    const RECORD: &str = include_str!("../tests/call.jsonl");

    fn whole(lines: usize) -> Value {
        let text: Vec<&str> = RECORD.lines().take(lines).collect();
        let session = replay(&text.join("\n"), |_, _, _| {}).expect("a record");
        let parts = PARTS.into_iter().zip(session.snapshot());
        parts
            .map(|(name, json)| (name.to_owned(), serde_json::from_str(&json).expect(name)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }

    #[test]
    fn it_is_read_with_all_that_it_says() {
        let mut had = (false, false);
        for lines in 1..=RECORD.lines().count() {
            let json = whole(lines);
            let read: Snapshot = serde_json::from_value(json.clone())
                .unwrap_or_else(|error| panic!("after {lines} lines: {error}"));
            assert_eq!(serde_json::to_value(&read).expect("JSON"), json, "{lines}");
            had = (
                had.0 || read.call.is_some(),
                had.1 || read.wrap_up.is_some(),
            );
        }
        assert_eq!(had, (true, true), "a call, and what it left");
    }

    #[test]
    fn a_request_is_allowed_by_its_name() {
        let ready: Snapshot = serde_json::from_value(whole(1)).expect("a snapshot");
        assert!(!ready.allows("hold"));
        assert!(ready.allowed.iter().all(|request| ready.allows(request)));
    }
}
