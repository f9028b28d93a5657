//! Whether a page shows what is true.

use crate::standing::Standing;
use agent::Session;
use agent::rules::Situation;
use serde_json::Value;
use std::collections::BTreeMap;

/// States that mean "in a call, talking": here the buttons hang on the call's type.
const BY_CALL_TYPE: [&str; 8] = [
    "Conversation",
    "Mute",
    "Unmute",
    "UnHold",
    "TransferCallFail",
    "TransferCancel",
    "ConsultCallFail",
    "ConsultCancel",
];

/// What the center knows of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    pub state: String,
    pub call: Option<String>,
    /// Empty where there is none.
    pub call_type: String,
}

/// All that the center knows, by agent number.
pub fn truths(state: &Value) -> BTreeMap<String, Truth> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let agents = state["agents"].as_array().into_iter().flatten();
    agents
        .map(|agent| {
            let truth = Truth {
                state: text(&agent["nowState"]),
                call: agent["callId"].as_str().map(str::to_owned),
                call_type: text(&agent["callType"]),
            };
            (text(&agent["agentNumber"]), truth)
        })
        .collect()
}

/// A page that is logged in shows the center's state and call.
pub fn logged_in(session: &Session, truth: &Truth) -> Result<(), String> {
    let shown = session.state().as_str();
    if shown != truth.state {
        return Err(format!("shows {shown}, and the center has {}", truth.state));
    }
    let call = session.call().map(|call| call.id.as_str());
    if call != truth.call.as_deref() {
        return Err(format!(
            "shows call {call:?} in {shown}, and the center has {:?}",
            truth.call
        ));
    }
    if !session.is_login() {
        // Its token was refused and it logs in anew: nothing can be done until then.
        return Ok(());
    }
    let situation = session.situation();
    // What else holds of a conference no state and no type tells: its own event does.
    if BY_CALL_TYPE.contains(&shown)
        && situation != Situation::Conference
        && expected(&truth.call_type).is_some_and(|expected| expected != situation)
    {
        return Err(format!(
            "has the buttons of {:?} in {shown}, and the center has a call of type {:?}",
            situation.as_str(),
            truth.call_type
        ));
    }
    Ok(())
}

/// A page that was kicked or logged out shows that, and from the next link on only that it is linked.
pub fn logged_out(session: &Session, standing: &Standing) -> Result<(), String> {
    if *session.state() != standing.shows {
        return Err(format!(
            "shows {}, and it was told {}",
            session.state().as_str(),
            standing.shows.as_str()
        ));
    }
    if session.is_login() {
        return Err(format!(
            "believes that it is logged in after {}",
            standing.shows.as_str()
        ));
    }
    Ok(())
}

/// What a talk of this type is for the agent; `None` where the center tells no type.
fn expected(call_type: &str) -> Option<Situation> {
    Some(match call_type {
        "" => return None,
        "consult" => Situation::Consulting,
        "consulted" => Situation::Consulted,
        "listen" | "whisper" | "forceInsert" => Situation::Watching,
        _ => Situation::Talking,
    })
}
