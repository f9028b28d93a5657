//! One command of every kind, with a target where it needs one.

use agent::Command;
use agent::command::{MakeCall, Supervise};

/// Whom supervisors act on, and who is called, consulted and transferred to.
pub const COLLEAGUE: &str = "1002";

/// One of every kind.
pub fn every_command() -> Vec<Command> {
    let mut all = vec![
        Command::Login,
        Command::Reconnect,
        Command::Heartbeat,
        Command::Idle,
        Command::Busy { busy_type: None },
        Command::MakeCall(MakeCall {
            called_type: "1".into(),
            ..MakeCall::outside(COLLEAGUE.into())
        }),
        Command::CancelCall,
        Command::Hold,
        Command::UnHold,
        Command::Mute,
        Command::Unmute,
        transfer("1"),
        Command::TransferCancel,
        Command::ConsultCall {
            target: COLLEAGUE.into(),
            target_type: Some("1".into()),
        },
        Command::ConsultCancel,
        Command::ConsultTransfer,
        Command::TripartiteTalk,
        Command::SendDtmf { digits: "5".into() },
        Command::Surveillance { filter: Vec::new() },
        Command::GroupInfo,
        Command::IdleAgent {
            group_id: "g1".into(),
        },
        Command::GroupQueueNum,
        Command::Other {
            request: "anything".into(),
            members: vec![("what".into(), "[1,null]".into())],
        },
    ];
    let supervise = Supervise::ALL.iter();
    all.extend(supervise.map(|what| Command::Supervise(*what, COLLEAGUE.into())));
    all.push(Command::Logout);
    all
}

/// The one with this name.
pub fn command(request: &str) -> Command {
    let found = every_command().into_iter().find(|c| c.request() == request);
    found.unwrap_or_else(|| panic!("{request} is no command"))
}

/// A transfer to a colleague; mode 0 is blind, 1 attended.
pub fn transfer(mode: &str) -> Command {
    Command::TransferCall {
        target: COLLEAGUE.into(),
        target_type: "1".into(),
        mode: mode.into(),
    }
}
