//! What there is to show of a session.

use agent::rules::{Rule, Situation};
use agent::session::{Call, Link, WrapUp};
use agent::{Session, State};

/// The picture of a session. The controls show it and nothing else.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// The link.
    pub link: Link,
    /// How long the last answer took, ms.
    pub latency: Option<u64>,
    /// The agent's state.
    pub state: State,
    /// Since when, ms of the server's clock.
    pub since: u64,
    /// The server's clock less the one that never goes back, ms.
    pub offset: i64,
    /// Why the agent is not ready.
    pub busy_type: String,
    /// Reasons to choose from.
    pub busy_types: Vec<String>,
    /// Whether the agent may place calls.
    pub may_call: bool,
    /// The present call.
    pub call: Option<Call>,
    /// The last call.
    pub wrap_up: Option<WrapUp>,
    /// The agent's number.
    pub agent: String,
    /// What the agent is doing, as far as commands are concerned.
    pub situation: Situation,
    /// Parts that the page has switched off.
    pub off: Vec<&'static str>,
}

impl Picture {
    /// Takes the picture of a session.
    pub fn of(session: &Session) -> Self {
        let profile = session.profile();
        Picture {
            link: session.link(),
            latency: session.latency(),
            state: session.state().clone(),
            since: session.state_since(),
            offset: session.server_offset(),
            busy_type: session.busy_type().to_owned(),
            busy_types: profile.busy_types.clone(),
            may_call: profile.may_call,
            call: session.call().cloned(),
            wrap_up: session.wrap_up().cloned(),
            agent: session.config().credentials.agent_number.clone(),
            situation: session.situation(),
            off: session.config().off.clone(),
        }
    }

    /// Whether the table of rules allows a request now.
    pub fn allows(&self, request: &str) -> bool {
        Rule::of(request)
            .is_some_and(|rule| rule.allows(self.situation) && !self.off.contains(&rule.feature))
    }
}
