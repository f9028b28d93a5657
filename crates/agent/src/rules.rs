//! What is allowed when: one table for the promise form, the toolbar, the snapshot and the tests.
//!
//! The commands that a page sends by the old methods do not pass here: the platform judges those.

use crate::call::Call;
use crate::event::EventName;
use crate::fault::Fault;
use crate::language::Word;
use crate::state::State;
use EventName::*;

macro_rules! situations {
    ($(#[doc = $meaning:literal] $name:ident = $word:literal, $said:ident;)*) => {
        /// What an agent is doing, as far as commands are concerned.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Situation { $(#[doc = $meaning] $name,)* }

        impl Situation {
            /// Every one.
            pub const ALL: &[Situation] = &[$(Situation::$name,)*];

            /// The word for programs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Situation::$name => $word,)* }
            }

            /// What it means, in a sentence, for the documentation.
            pub fn meaning(self) -> &'static str {
                match self { $(Situation::$name => $meaning.trim_ascii(),)* }
            }

            /// The words for people; they go on after "the agent".
            pub const fn words(self) -> Word {
                match self { $(Situation::$name => $said,)* }
            }
        }
    };
}

situations! {
    /// No link, or not logged in.
    SignedOut = "signedOut", SIGNED_OUT;
    /// Logged in, neither ready nor busy.
    Resting = "resting", RESTING;
    /// Ready for calls.
    Ready = "ready", READY;
    /// Not ready.
    Busy = "busy", BUSY;
    /// After a call.
    WrapUp = "wrapUp", WRAP_UP;
    /// Locked by the platform.
    Locked = "locked", LOCKED;
    /// A call is being set up.
    SettingUp = "settingUp", SETTING_UP;
    /// In conversation.
    Talking = "talking", TALKING;
    /// The other party waits.
    Holding = "holding", HOLDING;
    /// A transfer's target rings.
    Transferring = "transferring", TRANSFERRING;
    /// A consultation's target rings.
    ConsultRinging = "consultRinging", CONSULT_RINGING;
    /// Consults somebody.
    Consulting = "consulting", CONSULTING;
    /// Is consulted by somebody.
    Consulted = "consulted", CONSULTED;
    /// Three parties talk.
    Conference = "conference", CONFERENCE;
    /// Listens to, whispers into or joined another agent's call.
    Watching = "watching", WATCHING;
}

use Situation::*;
use said::*;

/// What agents are doing, of the section `[situations]` of each language.
mod said {
    use super::Word;

    include!(concat!(env!("OUT_DIR"), "/situations.rs"));
}

impl Situation {
    /// The situation of a state and the present call.
    pub fn of(state: &State, call: Option<&Call>) -> Self {
        let State::Told(name) = state else {
            return match state {
                State::Unknown(_) => call.map_or(Resting, Self::in_talk),
                _ => SignedOut,
            };
        };
        match name {
            Logout | Kick => SignedOut,
            Idle => Ready,
            EventName::Busy => Situation::Busy,
            After => WrapUp,
            Lock => Locked,
            Hold => Holding,
            TransferCall | TransferCalling => Transferring,
            ConsultCall | ConsultCalling => ConsultRinging,
            TripartiteTalk | TripartiteTalking => Conference,
            Listening | Whispering | ForceInserting => Watching,
            _ if state.setting_up() => SettingUp,
            _ if state.talking() => call.map_or(Talking, Self::in_talk),
            _ => Resting,
        }
    }

    /// In a talk state the call says what kind of talk it is.
    fn in_talk(call: &Call) -> Self {
        if call.conference {
            return Conference;
        }
        if call.held {
            return Holding;
        }
        if call.consult.is_some() {
            return Consulting;
        }
        match call.call_type.as_str() {
            "consulted" => Consulted,
            "listen" | "whisper" | "forceInsert" => Watching,
            _ => Talking,
        }
    }

    /// Whether a call is there.
    pub const fn in_call(self) -> bool {
        CALL & (1 << self as u16) != 0
    }
}

const fn set(situations: &[Situation]) -> u16 {
    let mut bits = 0;
    let mut rest = situations;
    while let [first, others @ ..] = rest {
        bits |= 1 << *first as u16;
        rest = others;
    }
    bits
}

const FREE: u16 = set(&[Resting, Ready, Situation::Busy, WrapUp]);
const CALL: u16 = set(&[
    SettingUp,
    Talking,
    Holding,
    Transferring,
    ConsultRinging,
    Consulting,
    Consulted,
    Conference,
    Watching,
]);
const SIGNED_IN: u16 = FREE | CALL | set(&[Locked]);
const VOICE: u16 = set(&[Talking, Consulting, Consulted, Conference]);
const WATCH: u16 = set(&[Ready, Situation::Busy, Watching]);
const TALK: u16 = set(&[Talking]);

/// What ends the wait for a command's outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Comes at once after the answer.
    Soon,
    /// Somebody's phone has to be answered first.
    Rings,
}

/// One row: a request, when it is allowed, what it leads to.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The request's name on the wire.
    pub request: &'static str,
    situations: u16,
    /// Supervisors only.
    pub supervisor: bool,
    /// The option in `features` that switches it off; empty: nothing does.
    pub feature: &'static str,
    /// Events that mean that it was done.
    pub done: &'static [EventName],
    /// Events that mean that it was not.
    pub failed: &'static [EventName],
    /// How long its outcome may take.
    pub bound: Bound,
}

impl Rule {
    /// Whether it is allowed in a situation.
    pub const fn allows(&self, situation: Situation) -> bool {
        self.situations & (1 << situation as u16) != 0
    }

    /// Where it is allowed.
    pub fn situations(&self) -> impl Iterator<Item = Situation> {
        let bits = self.situations;
        let all = Situation::ALL.iter().copied();
        all.filter(move |s| bits & (1 << *s as u16) != 0)
    }

    /// Whether it concerns a call: then the end of the call is the end of the wait.
    pub const fn of_call(&self) -> bool {
        self.situations & !CALL == 0 || matches!(self.bound, Bound::Rings)
    }

    /// The row of a request; `None`: nothing is known of it.
    pub fn of(request: &str) -> Option<&'static Rule> {
        RULES.iter().find(|rule| rule.request == request)
    }
}

const fn rule(
    request: &'static str,
    situations: u16,
    done: &'static [EventName],
    failed: &'static [EventName],
) -> Rule {
    Rule {
        request,
        situations,
        supervisor: false,
        feature: "",
        done,
        failed,
        bound: Bound::Soon,
    }
}

impl Rule {
    const fn rings(self) -> Self {
        Rule {
            bound: Bound::Rings,
            ..self
        }
    }

    const fn by(self, feature: &'static str) -> Self {
        Rule { feature, ..self }
    }

    const fn supervisor(self) -> Self {
        Rule {
            supervisor: true,
            feature: "supervisor",
            ..self
        }
    }
}

/// Every request that we know.
#[rustfmt::skip] // a table is read by its columns
pub const RULES: &[Rule] = &[
    rule("login", u16::MAX, &[Login], &[]),
    rule("reconnect", u16::MAX, &[Reconnect, Login], &[]),
    rule("heartbeat", SIGNED_IN, &[], &[]),
    rule("logout", FREE | set(&[Locked]), &[Logout], &[]),
    rule("idle", FREE, &[Idle], &[]),
    rule("busy", FREE, &[EventName::Busy], &[]),
    rule("makeCall", FREE, &[Conversation], &[MakeCallFail]).rings().by("dial"),
    rule("cancelCall", CALL, &[CancelCall, After], &[]),
    rule("hold", TALK, &[Hold], &[]).by("hold"),
    rule("unHold", set(&[Holding]), &[UnHold], &[]).by("hold"),
    rule("mute", VOICE, &[Mute], &[]).by("mute"),
    rule("unmute", VOICE, &[Unmute], &[]).by("mute"),
    rule("sendDTMF", CALL, &[SendDTMF], &[]).by("dtmf"),
    rule("transferCall", TALK, &[TransferCalling], &[TransferCallFail]).rings().by("transfer"),
    rule("transferCancel", set(&[Transferring]), &[TransferCancel], &[]).by("transfer"),
    rule("consultCall", TALK, &[Conversation], &[ConsultCallFail]).rings().by("consult"),
    rule("consultCancel", set(&[ConsultRinging, Consulting]), &[ConsultCancel], &[]).by("consult"),
    rule("consultTransfer", set(&[Consulting]), &[ConsultTransfer], &[]).by("consult"),
    rule("tripartiteTalk", set(&[Consulting]), &[TripartiteTalking], &[TripartiteTalkFail]).by("conference"),
    rule("surveillance", SIGNED_IN, &[Surveillance], &[]).supervisor(),
    rule("forceIdle", SIGNED_IN, &[ForceIdle], &[]).supervisor(),
    rule("forceBusy", SIGNED_IN, &[ForceBusy], &[]).supervisor(),
    rule("forceLogout", SIGNED_IN, &[ForceLogout], &[]).supervisor(),
    rule("forceBreak", SIGNED_IN, &[ForceBreak], &[]).supervisor(),
    rule("listen", WATCH, &[Listening], &[ListenFail]).rings().supervisor(),
    rule("whisper", WATCH, &[Whispering], &[WhisperFail]).rings().supervisor(),
    rule("forceInsert", WATCH, &[ForceInserting], &[ForceInsertFail]).rings().supervisor(),
    rule("intercept", set(&[Ready, Situation::Busy]), &[Conversation], &[InterceptFail]).rings().supervisor(),
    rule("groupInfo", SIGNED_IN, &[GroupInfo], &[]),
    rule("idleAgent", SIGNED_IN, &[IdleAgent], &[]),
    rule("groupQueueNum", SIGNED_IN, &[GroupQueueNum], &[]),
];

/// The parts that can be switched off, once for each request, as far as `wanted` says so.
pub fn features(wanted: &dyn Fn(&str) -> bool) -> Vec<&'static str> {
    let all = RULES.iter().map(|rule| rule.feature);
    all.filter(|feature| !feature.is_empty() && wanted(feature))
        .collect()
}

/// Whether the part that a request belongs to is switched on; `off` are those that are not.
pub fn check_feature(request: &str, off: &[&str]) -> Result<(), Fault> {
    match Rule::of(request).map(|rule| rule.feature) {
        Some(feature) if off.contains(&feature) => Err(Fault::FeatureOff { feature }),
        _ => Ok(()),
    }
}

/// Whether a request is allowed now, and if not, why.
pub fn check(
    request: &str,
    situation: Situation,
    call: Option<&Call>,
    supervisor: bool,
) -> Result<(), Fault> {
    let Some(rule) = Rule::of(request) else {
        return Ok(());
    };
    let request = request.to_owned();
    if situation != SignedOut && rule.supervisor && !supervisor {
        return Err(Fault::NotSupervisor { request });
    }
    let muted = call.is_some_and(|c| c.muted);
    let twice = match rule.request {
        "mute" => muted,
        "unmute" => !muted,
        _ => false,
    };
    if rule.allows(situation) && !twice {
        return Ok(());
    }
    let doing = match (twice && rule.allows(situation), muted) {
        (true, true) => MUTED,
        (true, false) => NOT_MUTED,
        _ => situation.words(),
    };
    Err(Fault::NotAllowed { request, doing })
}
