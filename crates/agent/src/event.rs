//! What the platform tells us.

use crate::json::Value;
use std::borrow::Cow;

macro_rules! events {
    ($(#[doc = $meaning:literal] $name:ident,)*) => {
        /// Every event of the platform. States bear the names of the events that lead to them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum EventName { $(#[doc = $meaning] $name,)* }

        impl EventName {
            /// Every name.
            pub const ALL: &[EventName] = &[$(EventName::$name,)*];

            /// The name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(EventName::$name => stringify!($name),)* }
            }

            /// What it tells, in a sentence, for the documentation.
            pub fn meaning(self) -> &'static str {
                match self { $(EventName::$name => $meaning.trim_ascii(),)* }
            }

            /// The event with this name; the case of letters counts.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|event| event.as_str() == name)
            }
        }
    };
}

events! {
    /// Logged in, not ready.
    Login,
    /// Logged out.
    Logout,
    /// The link is back; tells the present state, and the call where there is one.
    Reconnect,
    /// Logged in elsewhere.
    Kick,
    /// Ready for calls.
    Idle,
    /// Not ready.
    Busy,
    /// Locked by the platform.
    Lock,
    /// A call was started.
    MakeCall,
    /// A call could not be started: the agent's own phone did not take it.
    MakeCallFail,
    /// The agent's own leg is being set up.
    AgentOriginate,
    /// The agent's phone rings.
    AgentRinging,
    /// The agent's phone was answered.
    AgentAnswer,
    /// The other party's phone rings.
    CalledRinging,
    /// The other party answered.
    CalledAnswer,
    /// Both sides talk.
    Conversation,
    /// The agent hung up.
    CancelCall,
    /// Wrap-up after a call.
    After,
    /// The other party waits.
    Hold,
    /// The other party waits no longer.
    UnHold,
    /// The agent is not heard.
    Mute,
    /// The agent is heard again.
    Unmute,
    /// A key was sent.
    SendDTMF,
    /// A transfer was started.
    TransferCall,
    /// The transfer's target rings.
    TransferCalling,
    /// The transfer failed.
    TransferCallFail,
    /// The transfer was called off.
    TransferCancel,
    /// A consultation was started.
    ConsultCall,
    /// The consultation's target rings.
    ConsultCalling,
    /// The consultation failed.
    ConsultCallFail,
    /// The consultation was called off.
    ConsultCancel,
    /// The consultation became a transfer.
    ConsultTransfer,
    /// At the agent who was consulted: it is over.
    ConsultedCancel,
    /// A conference was started.
    TripartiteTalk,
    /// Three parties talk.
    TripartiteTalking,
    /// The conference failed.
    TripartiteTalkFail,
    /// Listening in was started.
    Listen,
    /// Listening in.
    Listening,
    /// Listening in failed.
    ListenFail,
    /// Whispering was started.
    Whisper,
    /// Whispering.
    Whispering,
    /// Whispering failed.
    WhisperFail,
    /// Barging in was started.
    ForceInsert,
    /// Barged in.
    ForceInserting,
    /// Barging in failed.
    ForceInsertFail,
    /// Taking a call over was started.
    Intercept,
    /// Taking a call over.
    Intercepting,
    /// Taking a call over failed.
    InterceptFail,
    /// A call was cut by a supervisor.
    ForceBreak,
    /// An agent was made ready.
    ForceIdle,
    /// An agent was made not ready.
    ForceBusy,
    /// An agent was logged out.
    ForceLogout,
    /// The answer to `surveillance`: what the agents do.
    Surveillance,
    /// The answer to `groupInfo`: all groups.
    GroupInfo,
    /// The answer to `idleAgent`: who is ready in a group.
    IdleAgent,
    /// The answer to `groupQueueNum`: how many callers wait.
    GroupQueueNum,
    /// Somebody joined or left a queue.
    QueueInfo,
    /// The phone is no longer registered; a `Logout` follows.
    SipError,
    /// The platform asks for the log; see `SaveLog`.
    AgentUploadLog,
}

impl EventName {
    /// Whether it always tells the agent's state. The others come without `nowState`, so that a page does not redraw.
    pub const fn tells_state(self) -> bool {
        use EventName::*;
        !matches!(
            self,
            SendDTMF
                | ForceBreak
                | ForceIdle
                | ForceBusy
                | ForceLogout
                | ForceInserting
                | Whispering
                | Surveillance
                | GroupInfo
                | IdleAgent
                | GroupQueueNum
                | QueueInfo
                | SipError
                | AgentUploadLog
        )
    }
}

/// Which way a call goes, in our own words: every vendor numbers it differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The other party called us.
    Inbound,
    /// We called.
    Outbound,
}

macro_rules! data {
    ($($(#[$doc:meta])* $field:ident = $key:literal,)*) => {
        /// The members of an event's `data` that we know, as they came; absent ones are
        /// [`Value::default`]. The reader is lenient: [`Value::text`] and [`Value::number`] take either form.
        #[derive(Clone, Debug)]
        pub struct Data<'a> {
            $($(#[$doc])* pub $field: Value<'a>,)*
            /// Name and value of members that are not listed here.
            pub unknown: Vec<(Value<'a>, Value<'a>)>,
        }

        impl Default for Data<'_> {
            // So many fields are worth a call.
            #[inline(never)]
            fn default() -> Self {
                Data { $($field: Value::default(),)* unknown: Vec::new() }
            }
        }

        impl<'a> Data<'a> {
            /// Name and value of every known member.
            pub const KEYS: &'static [&'static str] = &[$($key,)*];

            #[inline]
            pub(crate) fn set(&mut self, name: Value<'a>, value: Value<'a>) {
                #[allow(non_camel_case_types)] // they are the fields
                #[derive(Clone, Copy)]
                enum Field { $($field,)* }
                const FIELDS: &[(&str, Field)] = &[$((concat!("\"", $key, "\""), Field::$field),)*];

                // The name with its quotes, so that nothing needs decoding.
                let Some((_, field)) = FIELDS.iter().find(|(known, _)| *known == name.raw()) else {
                    return self.unknown.push((name, value));
                };
                *match field { $(Field::$field => &mut self.$field,)* } = value;
            }

            /// The known members that are there: name and value.
            pub fn known(&self) -> impl Iterator<Item = (&'static str, Value<'a>)> {
                [$(($key, self.$field),)*].into_iter().filter(|(_, v)| !v.raw().is_empty())
            }
        }
    };
}

data! {
    /// Who calls.
    caller = "caller",
    /// Who is called.
    called = "called",
    /// The call's id; it stays the same through transfer and consultation.
    occ_call_id = "occCallId",
    /// 1 inbound, 2 outbound.
    call_direction = "callDirection",
    /// `normal`, `consult`, `consulted`, `transfer`, `listen`, `whisper`, `forceInsert`, `intercept`.
    call_type = "callType",
    /// When the caller joined a queue, ms; 0 = never.
    in_queue_time = "inQueueTime",
    /// Data that travels with the call.
    user_data = "userData",
    /// 1 = a predictive call.
    is_predictive = "isPredictive",
    /// The caller before forwarding.
    orig_caller = "origCaller",
    /// The number called before forwarding.
    orig_called = "origCalled",
    /// What the IVR was given.
    input_param = "inputParam",
    /// What the IVR gives.
    output_param = "outputParam",
    /// Keys pressed in the IVR: an array of strings.
    ivr_key_record = "ivrKeyRecord",
    /// `After`: where the recording lies.
    record_path = "recordPath",
    /// `After`: number of the cause. `MakeCallFail`: its text.
    cause = "cause",
    /// `MakeCallFail`: number of the cause.
    cause_code = "causeCode",
    /// `After`: the cause in words.
    data = "data",
    /// `After`: 0 = this side hung up, 1 = the other.
    hangup_direction = "hangupDirection",
    /// `After`: start of the call, ms.
    begin_time = "beginTime",
    /// `After`: start of ringing, ms; 0 = never.
    ring_time = "ringTime",
    /// `After`: time of answer, ms; 0 = never.
    answer_time = "answerTime",
    /// `After`: end of the call, ms.
    end_time = "endTime",
    /// `After`: 1 = ready again after `agentAutoIdleTime`.
    agent_auto_idle = "agentAutoIdle",
    /// `After`: seconds.
    agent_auto_idle_time = "agentAutoIdleTime",
    /// Extra code: -1001 phone gone, -1002 keep the token.
    code = "code",
    /// `Login`: the session's token. A secret.
    token = "token",
    /// `Login`: 0 agent, 1 supervisor.
    agent_type = "agentType",
    /// `Login`: ids of the agent's groups, an array of strings.
    group_id_list = "groupIdList",
    /// `Login`: groups with `id`, `name`, `isMaster`.
    group_info_list = "groupInfoList",
    /// `GroupInfo`: all groups.
    group_list = "groupList",
    /// `Login`: IVRs with `id`, `name`.
    ivr_list = "ivrList",
    /// `Login`: reasons for not being ready, separated by commas.
    busy_type = "busyType",
    /// The present reason.
    current_busy_type = "currentBusyType",
    /// `Login`: 0 = may not place calls.
    agent_make_call = "agentMakeCall",
    /// `Login`: 1 = the phone is registered.
    registered = "registered",
    /// `Login`, `Idle`: 1 SIP phone, 2 mobile, 3 browser phone.
    login_type = "loginType",
    /// `Login`: SIP domain.
    domain = "domain",
    /// `Login`: SIP user.
    sip_id = "sipId",
    /// `Login`: SIP password. A secret.
    sip_password = "sipPassword",
    /// `Login`: SIP domain of the browser phone.
    webrtc_domain = "webrtcDomain",
    /// `Login`: SIP user of the browser phone.
    webrtc_sip_id = "webrtcSipId",
    /// `Login`: SIP password of the browser phone. A secret.
    webrtc_sip_password = "webrtcSipPassword",
    /// `Login`: host of the SIP socket.
    register_sip_ip = "registerSipIp",
    /// `Login`: address of the SIP socket.
    register_sip_url = "registerSipUrl",
    /// `Login`: 0 = no queue counter.
    queue_num = "queueNum",
    /// `QueueInfo`: the group, where it stands inside `data`.
    group_id = "groupID",
    /// `QueueInfo`: callers waiting in it.
    group_wait_number = "groupWaitNumber",
    /// `QueueInfo`: 1 = a caller joined, 0 = left.
    is_in_queue = "isInQueue",
    /// `QueueInfo`: number of the agent who gets the caller.
    handle_agent_id = "handleAgentID",
    /// `Whispering`, `ForceInserting` at the agent whose call it is: number of the supervisor.
    agent_number = "agentNumber",
    /// `SendDTMF`: the key.
    dtmf = "dtmf",
    /// `ForceIdle` and its like: number of the agent acted on.
    be_agent_number = "beAgentNumber",
    /// `GroupQueueNum`: callers waiting.
    group_queue_num = "groupQueueNum",
    /// `Surveillance`, `IdleAgent`: agents.
    agent_list = "agentList",
    /// `Surveillance` under the name that the documents give.
    info_list = "infoList",
}

impl<'a> Data<'a> {
    /// Which way the call goes. Events count 1 inbound, 2 outbound.
    pub fn direction(&self) -> Option<Direction> {
        match self.call_direction.number()? {
            1 => Some(Direction::Inbound),
            2 => Some(Direction::Outbound),
            _ => None,
        }
    }

    /// The other party of a call: who calls us, or whom we call.
    pub fn party(&self) -> Option<Cow<'a, str>> {
        match self.direction() {
            Some(Direction::Outbound) => self.called.text(),
            _ => self.caller.text(),
        }
    }
}

/// One event.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// The name as it came.
    pub name: Cow<'a, str>,
    /// The name, if we know it.
    pub known: Option<EventName>,
    /// The agent's state from now on.
    pub now_state: Option<Cow<'a, str>>,
    /// When it happened, ms.
    pub event_time: Option<i64>,
    /// The command that caused it; 0 = none.
    pub sequence: i64,
    /// What `setUserdata` set.
    pub userdata: Value<'a>,
    /// What the IVR learned: a JSON text.
    pub ivr_param: Value<'a>,
    /// Whom it concerns.
    pub agent_number: Value<'a>,
    /// `QueueInfo`: the group; its `data` is the list of callers.
    pub group_id: Value<'a>,
    /// `QueueInfo`: callers waiting in it.
    pub group_wait_number: Value<'a>,
    /// `QueueInfo`: number of the agent who gets the caller.
    pub handle_agent_id: Value<'a>,
    /// `QueueInfo`: 1 = a caller joined, 0 = left.
    pub is_in_queue: Value<'a>,
    /// `data` where it is a list: who waits.
    pub callers: Value<'a>,
    /// `data`.
    pub data: Data<'a>,
    /// Whether `data` was an object.
    pub has_data: bool,
}

/// The answer to a command.
#[derive(Clone, Debug)]
pub struct Response<'a> {
    /// The request's name.
    pub request: Cow<'a, str>,
    /// The command's number.
    pub sequence: i64,
    /// Whether it was accepted.
    pub ok: bool,
    /// The platform's number; 0 where it gave none.
    pub status: i64,
    /// The platform's words.
    pub message: Option<Cow<'a, str>>,
}

/// One message of the platform.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)] // lives for one call only; a box would cost an allocation a message
pub enum Incoming<'a> {
    /// An answer.
    Response(Response<'a>),
    /// An event.
    Event(Event<'a>),
    /// Neither: handed to listeners as it is.
    Other,
}
