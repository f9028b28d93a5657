//! What an agent can ask the platform for.

/// One command. Its parameters are as the caller gave them: the platform judges them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Log in with the configured credentials.
    Login,
    /// Go on with the token of an earlier login.
    Reconnect,
    /// Log out.
    Logout,
    /// Show that we are alive.
    Heartbeat,
    /// Ready for calls.
    Idle,
    /// Not ready.
    Busy {
        /// Why.
        busy_type: Option<String>,
    },
    /// Place a call.
    MakeCall(MakeCall),
    /// Hang up.
    CancelCall,
}

/// Whom to call, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MakeCall {
    /// The number of an agent or of an outside person.
    pub called: String,
    /// 1 = agent, 2 = outside.
    pub called_type: i64,
    /// The number to show.
    pub caller: Option<String>,
    /// An id of the page's choice for the call.
    pub call_id: Option<String>,
    /// The page's id of the person.
    pub contact_id: Option<String>,
}

impl Command {
    /// The request's name on the wire.
    pub const fn request(&self) -> &'static str {
        match self {
            Command::Login => "login",
            Command::Reconnect => "reconnect",
            Command::Logout => "logout",
            Command::Heartbeat => "heartbeat",
            Command::Idle => "idle",
            Command::Busy { .. } => "busy",
            Command::MakeCall(_) => "makeCall",
            Command::CancelCall => "cancelCall",
        }
    }

    /// Whether it goes out without a token.
    pub const fn needs_login(&self) -> bool {
        !matches!(self, Command::Login | Command::Reconnect)
    }
}
