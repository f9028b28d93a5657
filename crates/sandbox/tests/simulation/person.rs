//! What the person before a page does next: mostly what makes sense, at times anything.

use crate::random::Random;
use agent::command::{MakeCall, Supervise};
use agent::rules::Situation;
use agent::{Command, EventName, Session, State};

/// Outside numbers: people who answer, who cannot be reached, who hang up, who answer late or never.
const OUTSIDE: [&str; 8] = [
    "13800138000",
    "13900139000",
    "00001017",
    "00002114",
    "00010004",
    "00010030",
    "00020003",
    "00020090",
];

/// Nobody of this number is logged in; the second does not exist.
const ABSENT: [&str; 2] = ["1009", "1999"];

/// What a person may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Wait,
    /// A command in the promise form: checked before it goes out.
    Ask(Command),
    /// A command as it is.
    Send(Command),
    LogIn,
    Reload,
    /// Logs out and ends the link.
    Leave,
    /// Opens the link again after that.
    Return,
    /// Opens a link although there is one.
    LinkAnew,
    /// Looks at the page, which the browser tells it.
    Look,
    /// The page sets the data that travel with commands.
    Userdata(String),
}

/// What a person sees.
pub struct View<'a> {
    pub session: &'a Session,
    /// The page is to be logged in.
    pub wants: bool,
    pub agent: &'static str,
    /// Who takes part in this run.
    pub cast: &'a [&'static str],
}

impl View<'_> {
    pub fn choose(&self, random: &mut Random) -> Act {
        if *self.session.state() == State::Disconnected && !self.wants {
            return if random.chance(50) {
                Act::Return
            } else {
                Act::Wait
            };
        }
        let percent = random.below(100);
        if !self.session.is_connected() {
            return match percent {
                0..10 => Act::Look,
                10..20 => Act::Send(self.any_command(random)),
                20..25 => Act::Ask(self.any_command(random)),
                25..28 => Act::Reload,
                _ => Act::Wait,
            };
        }
        if !self.wants {
            return match percent {
                0..30 => Act::LogIn,
                30..36 => Act::Send(self.any_command(random)),
                36..42 => Act::Ask(self.any_command(random)),
                42..46 => Act::Reload,
                _ => Act::Wait,
            };
        }
        match percent {
            0..3 => Act::Reload,
            3 => Act::Leave,
            4 => Act::LinkAnew,
            5 => Act::LogIn,
            6 => Act::Ask(Command::Reconnect),
            7 => Act::Send(Command::Login),
            8 => Act::Look,
            9 => Act::Userdata(format!("u-\"{}\"", random.below(100))),
            10..22 => Act::Send(self.any_command(random)),
            22..36 => Act::Ask(self.any_command(random)),
            36..56 => Act::Send(self.likely_command(random)),
            _ => Act::Ask(self.likely_command(random)),
        }
    }

    /// A command that makes sense in the state that the page shows.
    fn likely_command(&self, random: &mut Random) -> Command {
        let State::Told(state) = self.session.state() else {
            return question(random);
        };
        let percent = random.below(100);
        match state {
            EventName::Login | EventName::After | EventName::Busy => match percent {
                0..75 => Command::Idle,
                75..80 => busy(random),
                80..90 => self.call(random),
                _ if self.supervises() => self.supervise(random),
                _ => question(random),
            },
            EventName::Idle => match percent {
                0..50 if self.supervises() => self.supervise(random),
                0..70 => self.call(random),
                70..80 => busy(random),
                _ => question(random),
            },
            EventName::TransferCalling => match percent {
                0..40 => Command::TransferCancel,
                40..50 => Command::CancelCall,
                _ => question(random),
            },
            EventName::ConsultCalling => match percent {
                0..30 => Command::ConsultCancel,
                30..40 => Command::CancelCall,
                _ => question(random),
            },
            EventName::Hold => match percent {
                0..75 => Command::UnHold,
                75..90 => Command::CancelCall,
                _ => question(random),
            },
            EventName::Listening | EventName::Whispering | EventName::ForceInserting => {
                match percent {
                    0..40 => self.supervise(random),
                    40..80 => Command::CancelCall,
                    _ => question(random),
                }
            }
            _ if self.session.state().talking() => self.talk(percent, random),
            _ if self.session.state().in_call() => match percent {
                0..25 => Command::CancelCall,
                _ => question(random),
            },
            _ => question(random),
        }
    }

    /// A command for a talk, by what kind of talk it is.
    fn talk(&self, percent: u64, random: &mut Random) -> Command {
        match (self.session.situation(), percent) {
            (_, 0..7) => Command::Mute,
            (_, 7..14) => Command::Unmute,
            (_, 14..20) => dtmf(random),
            (_, 20..32) => Command::CancelCall,
            (_, 32..36) => question(random),
            (Situation::Consulting, 36..58) => Command::TripartiteTalk,
            (Situation::Consulting, 58..78) => Command::ConsultTransfer,
            (Situation::Consulting, _) => Command::ConsultCancel,
            (Situation::Consulted | Situation::Conference, _) => question(random),
            (_, 36..52) => Command::Hold,
            (_, 52..76) => self.transfer(random),
            (_, _) => self.consult(random),
        }
    }

    /// Any command but those that log in.
    fn any_command(&self, random: &mut Random) -> Command {
        match random.below(28) {
            0 => Command::Logout,
            1 => Command::Heartbeat,
            2 | 3 => Command::Idle,
            4 => busy(random),
            5 => self.call(random),
            6 => Command::MakeCall(MakeCall::outside(String::new())),
            7 => Command::CancelCall,
            8 => Command::Hold,
            9 => Command::UnHold,
            10 => Command::Mute,
            11 => Command::Unmute,
            12 => self.transfer(random),
            13 => Command::TransferCancel,
            14 => self.consult(random),
            15 => Command::ConsultCancel,
            16 => Command::ConsultTransfer,
            17 => Command::TripartiteTalk,
            18 => dtmf(random),
            19 => Command::Other {
                request: "dance".to_owned(),
                members: vec![("steps".to_owned(), "[1,2]".to_owned())],
            },
            20..24 => self.supervise(random),
            _ => question(random),
        }
    }

    fn supervises(&self) -> bool {
        self.agent == "1000"
    }

    /// An agent who takes part, at times one who does not.
    fn somebody(&self, random: &mut Random) -> String {
        let list = if random.chance(92) {
            self.cast
        } else {
            &ABSENT[..]
        };
        random.pick(list).to_owned()
    }

    fn call(&self, random: &mut Random) -> Command {
        let mut call = if random.chance(45) {
            MakeCall {
                called_type: "1".to_owned(),
                ..MakeCall::outside(self.somebody(random))
            }
        } else {
            MakeCall::outside(random.pick(&OUTSIDE).to_owned())
        };
        if random.chance(15) {
            call.call_id = Some(format!("page-{}", random.below(50)));
        }
        if random.chance(15) {
            call.caller = Some("02100".to_owned());
        }
        Command::MakeCall(call)
    }

    /// Somebody or something that a call can be given to, and of what type it is said to be.
    fn target(&self, random: &mut Random) -> (String, String) {
        let (target, target_type) = match random.below(20) {
            0..13 => (self.somebody(random), "1"),
            13..16 => (random.pick(&OUTSIDE).to_owned(), "2"),
            16..18 => (group(random), "3"),
            18 => ("ivr-main".to_owned(), "4"),
            _ => (self.somebody(random), "9"),
        };
        (target, as_number_or_text(target_type, random))
    }

    fn transfer(&self, random: &mut Random) -> Command {
        let (target, target_type) = self.target(random);
        let mode = random.weighted(&[(2, "0"), (3, "1")]);
        Command::TransferCall {
            target,
            target_type,
            mode: as_number_or_text(mode, random),
        }
    }

    fn consult(&self, random: &mut Random) -> Command {
        let (target, target_type) = self.target(random);
        Command::ConsultCall {
            target_type: (target_type != "1" || random.chance(70)).then_some(target_type),
            target,
        }
    }

    fn supervise(&self, random: &mut Random) -> Command {
        let what = random.weighted(&[
            (1, Supervise::ForceIdle),
            (1, Supervise::ForceBusy),
            (1, Supervise::ForceLogout),
            (2, Supervise::ForceBreak),
            (4, Supervise::Listen),
            (4, Supervise::Whisper),
            (4, Supervise::ForceInsert),
            (3, Supervise::Intercept),
        ]);
        Command::Supervise(what, self.somebody(random))
    }
}

fn busy(random: &mut Random) -> Command {
    let busy_type = random.pick(&[None, Some("小休"), Some("会议"), Some("anything")]);
    Command::Busy {
        busy_type: busy_type.map(str::to_owned),
    }
}

fn dtmf(random: &mut Random) -> Command {
    Command::SendDtmf {
        digits: random.pick(&["1", "9", "*", "#"]).to_owned(),
    }
}

fn group(random: &mut Random) -> String {
    random
        .weighted(&[(3, "g-sales"), (3, "g-support"), (1, "g-none")])
        .to_owned()
}

/// A command that changes nothing.
fn question(random: &mut Random) -> Command {
    match random.below(5) {
        0 => Command::GroupInfo,
        1 => Command::GroupQueueNum,
        2 => Command::IdleAgent {
            group_id: group(random),
        },
        3 => Command::Surveillance { filter: Vec::new() },
        _ => Command::Surveillance {
            filter: vec![("groupId".to_owned(), "\"g-sales\"".to_owned())],
        },
    }
}

/// Pages write digits as a number or as a text.
fn as_number_or_text(digits: &str, random: &mut Random) -> String {
    if random.chance(70) {
        digits.to_owned()
    } else {
        format!("\"{digits}\"")
    }
}
