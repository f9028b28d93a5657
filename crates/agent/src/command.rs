//! What an agent can ask the platform for.

use crate::json::Value;

/// One command. Its parameters are as the caller gave them: the platform judges them. Where a parameter may be a number
/// or a string it is JSON, so that the platform gets what the page wrote.
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
    /// Let the other party wait.
    Hold,
    /// Talk to the other party again.
    UnHold,
    /// Let the other party not hear the agent.
    Mute,
    /// Let the other party hear the agent again.
    Unmute,
    /// Give the call away.
    TransferCall {
        /// Agent number, outside number, group id or IVR id.
        target: String,
        /// JSON: 1 agent, 2 outside, 3 group, 4 IVR.
        target_type: String,
        /// JSON: 0 blind, 1 attended.
        mode: String,
    },
    /// Call the transfer off.
    TransferCancel,
    /// Talk to somebody else while the other party waits.
    ConsultCall {
        /// As for a transfer.
        target: String,
        /// As for a transfer; absent = an agent.
        target_type: Option<String>,
    },
    /// End the consultation.
    ConsultCancel,
    /// Turn the consultation into a transfer.
    ConsultTransfer,
    /// Turn the consultation into a conference.
    TripartiteTalk,
    /// Send a key.
    SendDtmf {
        /// `0` to `9`, `*` or `#`.
        digits: String,
    },
    /// Ask what the agents do.
    Surveillance {
        /// Name and JSON value of what narrows the list.
        filter: Vec<(String, String)>,
    },
    /// A supervisor acts on an agent of this number.
    Supervise(Supervise, String),
    /// Ask for all groups.
    GroupInfo,
    /// Ask for the idle agents of a group.
    IdleAgent {
        /// The group's id.
        group_id: String,
    },
    /// Ask how many callers wait.
    GroupQueueNum,
    /// Anything else that the platform may know.
    Other {
        /// The request's name.
        request: String,
        /// Name and JSON value of its members.
        members: Vec<(String, String)>,
    },
}

/// Whom to call, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MakeCall {
    /// The number of an agent or of an outside person.
    pub called: String,
    /// JSON: 1 = agent, 2 = outside.
    pub called_type: String,
    /// The number to show.
    pub caller: Option<String>,
    /// An id of the page's choice for the call.
    pub call_id: Option<String>,
    /// The page's id of the person.
    pub contact_id: Option<String>,
}

impl MakeCall {
    /// A call to an outside number.
    pub fn outside(called: String) -> Self {
        MakeCall {
            called,
            called_type: "2".into(),
            caller: None,
            call_id: None,
            contact_id: None,
        }
    }
}

macro_rules! supervise {
    ($($(#[$doc:meta])* $name:ident = $request:literal,)*) => {
        /// What a supervisor does to an agent.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Supervise { $($(#[$doc])* $name,)* }

        impl Supervise {
            /// Every one.
            pub const ALL: &[Supervise] = &[$(Supervise::$name,)*];

            /// The request's name on the wire.
            pub const fn request(self) -> &'static str {
                match self { $(Supervise::$name => $request,)* }
            }
        }
    };
}

supervise! {
    /// Makes them ready.
    ForceIdle = "forceIdle",
    /// Makes them not ready.
    ForceBusy = "forceBusy",
    /// Logs them out.
    ForceLogout = "forceLogout",
    /// Cuts their call.
    ForceBreak = "forceBreak",
    /// Hears their call.
    Listen = "listen",
    /// Hears their call and is heard by them alone.
    Whisper = "whisper",
    /// Joins their call.
    ForceInsert = "forceInsert",
    /// Takes their call.
    Intercept = "intercept",
}

impl Command {
    /// The request's name on the wire.
    pub fn request(&self) -> &str {
        match self {
            Command::Login => "login",
            Command::Reconnect => "reconnect",
            Command::Logout => "logout",
            Command::Heartbeat => "heartbeat",
            Command::Idle => "idle",
            Command::Busy { .. } => "busy",
            Command::MakeCall(_) => "makeCall",
            Command::CancelCall => "cancelCall",
            Command::Hold => "hold",
            Command::UnHold => "unHold",
            Command::Mute => "mute",
            Command::Unmute => "unmute",
            Command::TransferCall { .. } => "transferCall",
            Command::TransferCancel => "transferCancel",
            Command::ConsultCall { .. } => "consultCall",
            Command::ConsultCancel => "consultCancel",
            Command::ConsultTransfer => "consultTransfer",
            Command::TripartiteTalk => "tripartiteTalk",
            Command::SendDtmf { .. } => "sendDTMF",
            Command::Surveillance { .. } => "surveillance",
            Command::Supervise(what, _) => what.request(),
            Command::GroupInfo => "groupInfo",
            Command::IdleAgent { .. } => "idleAgent",
            Command::GroupQueueNum => "groupQueueNum",
            Command::Other { request, .. } => request,
        }
    }

    /// Whether it goes out without a token.
    pub const fn needs_login(&self) -> bool {
        !matches!(self, Command::Login | Command::Reconnect)
    }

    /// The command that a request's name and members say; what is not known is kept as it is.
    pub fn read(request: &str, members: Value<'_>) -> Self {
        let text = |name: &str| members.get(name).text().map(|t| t.into_owned());
        let needed = |name: &str| members.get(name).string();
        let json = |name: &str| {
            let value = members.get(name);
            (!value.is_none()).then(|| value.raw().to_owned())
        };
        let all = || {
            let members = members.members();
            // The two that every request has are written anew.
            let own = members.filter(|(n, _)| !matches!(n.raw(), "\"request\"" | "\"sequence\""));
            own.filter_map(|(n, v)| Some((n.text()?.into_owned(), v.raw().to_owned())))
                .collect()
        };
        match request {
            "login" => Command::Login,
            "reconnect" => Command::Reconnect,
            "logout" => Command::Logout,
            "heartbeat" => Command::Heartbeat,
            "idle" => Command::Idle,
            "busy" => Command::Busy {
                busy_type: text("busyType"),
            },
            "makeCall" => Command::MakeCall(MakeCall {
                called: needed("called"),
                called_type: json("calledType").unwrap_or_else(|| "2".into()),
                caller: text("caller"),
                call_id: text("callId"),
                contact_id: text("contactId"),
            }),
            "cancelCall" => Command::CancelCall,
            "hold" => Command::Hold,
            "unHold" => Command::UnHold,
            "mute" => Command::Mute,
            "unmute" => Command::Unmute,
            "transferCall" => Command::TransferCall {
                target: needed("transferId"),
                target_type: json("transferType").unwrap_or_else(|| "2".into()),
                mode: json("transferMode").unwrap_or_else(|| "1".into()),
            },
            "transferCancel" => Command::TransferCancel,
            "consultCall" => Command::ConsultCall {
                target: needed("consultId"),
                target_type: json("consultType"),
            },
            "consultCancel" => Command::ConsultCancel,
            "consultTransfer" => Command::ConsultTransfer,
            "tripartiteTalk" => Command::TripartiteTalk,
            "sendDTMF" => Command::SendDtmf {
                digits: needed("dtmf"),
            },
            "surveillance" => Command::Surveillance { filter: all() },
            "groupInfo" => Command::GroupInfo,
            "idleAgent" => Command::IdleAgent {
                group_id: needed("groupId"),
            },
            "groupQueueNum" => Command::GroupQueueNum,
            _ => match Supervise::ALL.iter().find(|s| s.request() == request) {
                Some(what) => Command::Supervise(*what, needed("beAgentNumber")),
                None => Command::Other {
                    request: request.to_owned(),
                    members: all(),
                },
            },
        }
    }
}
