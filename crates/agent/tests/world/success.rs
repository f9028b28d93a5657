//! What the platform tells when a request succeeds, for every request of the table.

use super::World;
use super::commands::COLLEAGUE;
use super::scene::{call_data, consult_data};
use agent::Command;
use agent::rules::Situation;
use serde_json::{Value, json};

/// One event of a sequence.
pub struct Step {
    /// Its name.
    pub name: &'static str,
    /// It tells the state of its name.
    pub tells: bool,
    /// Its data.
    pub data: Value,
}

/// An event that tells the state of its name.
pub fn told(name: &'static str, data: Value) -> Step {
    let tells = true;
    Step { name, tells, data }
}

/// An event that leaves the agent's state alone.
pub fn mere(name: &'static str, data: Value) -> Step {
    let tells = false;
    Step { name, tells, data }
}

fn consult_steps() -> Vec<Step> {
    vec![
        told("ConsultCall", json!(null)),
        told("ConsultCalling", consult_data()),
        told("Conversation", consult_data()),
    ]
}

/// What a supervisor is told from the command to its outcome.
fn watch_steps(first: &'static str, last: &'static str, call_type: &str) -> Vec<Step> {
    vec![
        told(first, json!(null)),
        told("AgentRinging", call_data(call_type)),
        told("AgentAnswer", call_data(call_type)),
        told(last, call_data(call_type)),
    ]
}

/// Where a request is possible, and what the platform tells then; the last event is the outcome.
pub fn success(request: &str) -> (Situation, Vec<Step>) {
    use Situation::*;
    let list = |name| vec![mere(name, json!({"agentList": [], "groupList": []}))];
    let force = |name| vec![mere(name, json!({"beAgentNumber": COLLEAGUE}))];
    match request {
        // The platform of the tests sends these two by itself.
        "login" | "reconnect" => (Resting, Vec::new()),
        "heartbeat" => (Resting, Vec::new()),
        "logout" => (Ready, vec![told("Logout", json!({}))]),
        "idle" => (Busy, vec![told("Idle", json!({"loginType": "1"}))]),
        "busy" => (Ready, vec![told("Busy", json!({"currentBusyType": ""}))]),
        "makeCall" => (Ready, {
            let mut steps = vec![told("MakeCall", json!(null))];
            for name in [
                "AgentOriginate",
                "AgentRinging",
                "AgentAnswer",
                "CalledRinging",
                "CalledAnswer",
                "Conversation",
            ] {
                steps.push(told(name, call_data("normal")));
            }
            steps
        }),
        "cancelCall" => (Talking, vec![told("CancelCall", json!(null))]),
        "hold" => (Talking, vec![told("Hold", json!(null))]),
        "unHold" => (Holding, vec![told("UnHold", json!({"callType": "normal"}))]),
        "mute" => (Talking, vec![told("Mute", json!({"callType": "normal"}))]),
        "unmute" => (Talking, vec![told("Unmute", json!({"callType": "normal"}))]),
        "sendDTMF" => (Talking, vec![mere("SendDTMF", json!({"dtmf": "5"}))]),
        "transferCall" => (
            Talking,
            vec![
                told("TransferCall", json!(null)),
                told("TransferCalling", json!({"callType": "transfer"})),
            ],
        ),
        "transferCancel" => (Transferring, vec![told("TransferCancel", json!(null))]),
        "consultCall" => (Talking, consult_steps()),
        "consultCancel" => (
            Consulting,
            vec![told("ConsultCancel", json!({"callType": "normal"}))],
        ),
        "consultTransfer" => (Consulting, vec![told("ConsultTransfer", json!(null))]),
        "tripartiteTalk" => (
            Consulting,
            vec![
                told("TripartiteTalk", json!(null)),
                told("TripartiteTalking", json!(null)),
            ],
        ),
        "surveillance" => (Ready, list("Surveillance")),
        "groupInfo" => (Ready, list("GroupInfo")),
        "idleAgent" => (Ready, list("IdleAgent")),
        "groupQueueNum" => (
            Ready,
            vec![mere("GroupQueueNum", json!({"groupQueueNum": 0}))],
        ),
        "forceIdle" => (Ready, force("ForceIdle")),
        "forceBusy" => (Ready, force("ForceBusy")),
        "forceLogout" => (Ready, force("ForceLogout")),
        "forceBreak" => (Ready, vec![mere("ForceBreak", json!(null))]),
        "listen" => (Ready, watch_steps("Listen", "Listening", "listen")),
        "whisper" => (Busy, watch_steps("Whisper", "Whispering", "whisper")),
        "forceInsert" => (
            Watching,
            watch_steps("ForceInsert", "ForceInserting", "forceInsert"),
        ),
        "intercept" => (Ready, {
            let mut steps = watch_steps("Intercept", "Intercepting", "intercept");
            steps.push(told("Conversation", call_data("intercept")));
            steps
        }),
        other => panic!("no success is known of {other}"),
    }
}

/// A supervisor where a request is possible; what happened until then is forgotten.
pub fn ready_for(request: &str) -> World {
    let mut world = World::in_situation(success(request).0);
    if request == "unmute" {
        world.event("Mute", json!({"callType": "normal"}));
        world.clear();
    }
    world
}

/// The page asks for what is allowed; gives the number.
pub fn ask(world: &mut World, command: Command) -> i64 {
    let name = command.request().to_owned();
    let asked = world.request(command);
    asked.unwrap_or_else(|fault| panic!("{name} is refused: {fault:?}"))
}

/// The platform sends an event of a command; its number is the command's only where the platform tells numbers.
pub fn play(world: &mut World, step: &Step, sequence: i64) {
    let state = step.tells.then_some(step.name);
    let sequence = if world.peer.numbers { sequence } else { 0 };
    world.tell(step.name, state, sequence, step.data.clone());
}
