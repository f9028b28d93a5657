//! What there is to show of a session.

use agent::rules::{self, Situation};
use agent::session::{Call, Link, Next, Queue, Used, WrapUp};
use agent::{Fault, Session, State};

/// The picture of a session. The controls show it and nothing else.
pub struct Picture {
    /// The link.
    pub link: Link,
    /// How long the last answer took, ms.
    pub latency: Option<u64>,
    /// Since when the link is open, ms of the server's clock.
    pub up_since: Option<u64>,
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
    /// The agent is a supervisor.
    pub supervisor: bool,
    /// What the agent wants to be when the call is over.
    pub next: Option<Next>,
    /// How long the agent was not ready in this shift, by reason, without the present time: that is as old as the state.
    pub used: Vec<Used>,
    /// Reasons for not being ready, and how long each may last before it shows, s.
    pub busy_limits: Vec<(String, u32)>,
    /// Callers that wait, by group.
    pub queues: Vec<Queue>,
    /// Callers that wait in all of the agent's groups, as far as it is known.
    pub waiting: Option<i64>,
}

impl Picture {
    /// Takes the picture of a session.
    pub fn of(session: &Session) -> Self {
        let profile = session.profile();
        Picture {
            // A toolbar that says "signed out, sign in" while it signs in by itself would only flash.
            link: match session.signing_in() {
                Some(attempt) => Link::Connecting { attempt },
                None => session.link(),
            },
            latency: session.latency(),
            up_since: session.up_since(),
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
            supervisor: profile.supervisor,
            next: session.next().cloned(),
            used: session.used().to_vec(),
            busy_limits: session.config().busy_limits.clone(),
            queues: session.queues(),
            waiting: session.waiting(),
        }
    }

    /// Whether the table of rules allows a request now.
    pub fn allows(&self, request: &str) -> bool {
        self.refusal(request).is_none()
    }

    /// Why the table does not allow a request now; `None`: it does.
    pub fn refusal(&self, request: &str) -> Option<Fault> {
        let off = rules::check_feature(request, &self.off);
        let (call, supervisor) = (self.call.as_ref(), self.supervisor);
        off.and_then(|()| rules::check(request, self.situation, call, supervisor))
            .err()
    }
}
