//! What the browser phone tells, beside its own objects.

use agent::Lang;
use ts_rs::TS;

use crate::print::{Interface, words};

/// What `new SoftPhoneSdk`, `init` and `register` take.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct SoftPhoneSdkOptions {
    /// Whole address of the SIP socket, `wss://…`. It counts before `wss` and `wssport`.
    pub url: Option<String>,
    /// Host of the SIP socket.
    pub wss: Option<String>,
    /// Its port.
    #[ts(optional, type = "number | string")]
    pub wssport: Option<u16>,
    /// SIP user.
    pub account: String,
    /// SIP password.
    pub password: String,
    /// SIP domain. Default `wss`, else the host of `url`.
    pub domain: Option<String>,
    /// The name that others see. Default `account`.
    pub display: Option<String>,
    /// The user that the password belongs to, where it is not `account`.
    pub authorization_user: Option<String>,
    /// Every call is answered by itself, but for one that comes while there is another. Default false; anything but a boolean
    /// counts as absent.
    pub auto_answer: Option<bool>,
    /// STUN and TURN servers. Default none: only addresses of this machine are offered.
    #[ts(optional, type = "RTCIceServer[]")]
    pub ice_servers: Option<()>,
    /// Of the original: addresses of STUN servers. Counts where `iceServers` is absent.
    #[ts(optional, type = "string[] | null")]
    pub stun_servers: Option<()>,
    /// What is asked of the microphone beside its device. Default echo cancellation, noise suppression and automatic gain.
    #[ts(optional, type = "MediaTrackConstraints")]
    pub audio: Option<()>,
    /// Addresses that are found late are sent after the offer, where the other side takes them (RFC 8840). Default false.
    pub trickle: Option<bool>,
    /// Address of the ring tone. Default a tone made here.
    pub ring: Option<String>,
    /// How loud it rings, 0 to 1. Default 1.
    pub ring_volume: Option<f64>,
    /// Id of the microphone; see `getDevices`. Default the browser's. It may also stand in `localStorage.audioDeviceId`.
    pub microphone: Option<String>,
    /// Id of the device where the other party is heard. Default the browser's.
    pub speaker: Option<String>,
    /// Id of the device where it rings. Default the browser's.
    pub ring_device: Option<String>,
    /// The element that plays the other party. Default one of our own.
    #[ts(optional, type = "HTMLMediaElement")]
    pub output_video: Option<()>,
    /// Language of sentences.
    #[ts(optional, type = "Language")]
    pub lang: Option<String>,
    /// Of the original; no effect: the phone draws nothing, the toolbar shows calls.
    pub el: Option<String>,
    /// Of the original; no effect: nothing is written to the console.
    pub log_level: Option<u8>,
    /// Of the original; no effect.
    pub debug: Option<bool>,
}

/// How far a call is.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub enum PhoneCallState {
    /// It rings here.
    Ringing,
    /// It is being answered.
    Answering,
    /// It is being made.
    Calling,
    /// It rings there.
    Early,
    /// It is a conversation.
    Talking,
    /// It is over.
    Ended,
}

/// How an entry of a trace came about.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub enum TraceWay {
    /// We sent it.
    Sent,
    /// We received it.
    Received,
    /// It happened here.
    Note,
}

/// Who sends sound, as a session description says.
#[derive(TS)]
#[ts(rename_all = "lowercase")]
pub enum MediaDirection {
    /// Both.
    SendRecv,
    /// Who says so.
    SendOnly,
    /// The other one.
    RecvOnly,
    /// Nobody.
    Inactive,
}

/// What went over the wire, or happened here, without secrets.
#[derive(TS)]
#[ts(optional_fields)]
pub struct TraceEntry {
    /// ms since the page was opened.
    pub at: u64,
    /// Where it came from.
    pub way: TraceWay,
    /// First line of the message, or what happened.
    pub line: String,
    /// The whole message.
    pub text: Option<String>,
    /// Number and method.
    pub cseq: Option<String>,
    /// SIP status.
    pub status: Option<u16>,
    /// Of a session description: who sends.
    pub direction: Option<MediaDirection>,
    /// The name of its ICE session. A new name is an ICE restart.
    pub ufrag: Option<String>,
}

/// How a call sounds.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub struct CallSound {
    /// Mean opinion score by the E-model, 1 to 4.5, of the last 2 s.
    pub mos: f64,
    /// Percent of packets lost, of the last 2 s.
    pub loss: f64,
    /// ms.
    pub jitter: f64,
    /// ms, there and back.
    pub round_trip: f64,
    /// How loud the microphone is, 0 to 1. Undefined: the browser does not say.
    #[ts(type = "number | undefined")]
    pub input_level: Option<f64>,
    /// How loud the other party is, 0 to 1. Undefined: the browser does not say.
    #[ts(type = "number | undefined")]
    pub output_level: Option<f64>,
    /// Such as `audio/opus`.
    #[ts(type = "string | undefined")]
    pub codec: Option<String>,
    /// Kinds of the addresses in use, ours first: such as `host/relay`.
    #[ts(type = "string | undefined")]
    pub pair: Option<String>,
    /// Since the call began, as the two that follow.
    pub packets_sent: u64,
    /// That came.
    pub packets_received: u64,
    /// That did not.
    pub packets_lost: u64,
}

/// As `Warning` tells it.
#[derive(TS)]
#[ts(optional_fields)]
pub struct CallWarning {
    /// The call that it is about.
    #[ts(type = "PhoneCall")]
    pub call: (),
    /// One of those that begin with `WARN_`.
    #[ts(type = "ErrorCode")]
    pub code: (),
    /// True: it is over, and the rest is absent.
    #[ts(optional, type = "true")]
    pub over: Option<bool>,
    /// What is wrong.
    pub message: Option<String>,
    /// What to do.
    pub remedy: Option<String>,
    /// What was measured, in words.
    pub cause: Option<String>,
}

/// What `check` takes.
#[derive(TS)]
#[ts(optional_fields)]
pub struct PhoneCheckOptions {
    /// A number that sends back what it hears. Absent: no call is made.
    pub echo: Option<String>,
    /// ms for each part. Default 5000.
    pub timeout: Option<u32>,
}

/// What `check` found.
#[derive(TS)]
pub struct PhoneCheck {
    /// All parts are fine.
    pub ok: bool,
    /// One after the other.
    pub parts: Vec<PhoneCheckPart>,
}

/// Names of the things that a call needs.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub enum PhoneCheckName {
    /// It is there, and the page may use it.
    Microphone,
    /// What there is beside it.
    Devices,
    /// The link opens.
    Socket,
    /// The phone can be called.
    Registration,
    /// A STUN server answers.
    Stun,
    /// A relay takes us.
    Turn,
    /// There is a way out of this machine.
    Network,
    /// Sound comes back.
    Echo,
}

/// One thing that a call needs. `stun` and `turn` are there where `iceServers` names such, `echo` where a number was given.
#[derive(TS)]
pub struct PhoneCheckPart {
    /// Which.
    pub name: PhoneCheckName,
    /// Whether it is fine.
    pub ok: bool,
    /// Empty where it is fine.
    #[ts(type = "ErrorCode | ''")]
    pub code: (),
    /// What is wrong; where it is fine, the microphone's name or how many devices there are.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// How long it took.
    pub ms: u32,
}

/// Why a call could not be made or answered.
#[derive(TS)]
pub struct CallFailure {
    /// SIP status; 0: none came.
    pub status: u16,
    /// In words.
    pub reason: String,
}

/// Who ended a call.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub enum CallEnder {
    /// This side.
    Us,
    /// The other party.
    Them,
    /// Nobody: the server knew no more of it.
    Link,
}

/// How a call ended.
#[derive(TS)]
pub struct CallEnd {
    /// Who ended it; `link`: nobody, the server knew no more of it.
    pub by: CallEnder,
}

/// What is told of a call that comes in, beside the call.
#[derive(TS)]
pub struct Invitation {
    /// Another call is there already: this one is not answered by itself.
    pub waits: bool,
    /// Fields of the INVITE whose names begin with `X-`.
    #[ts(type = "Record<string, string>")]
    pub headers: (),
}

/// What a SIP message says, in short; undefined: it does not say.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub struct SipSummary {
    /// Which of the two.
    #[ts(type = "'request' | 'response'")]
    pub kind: (),
    /// Of a request.
    #[ts(type = "string | undefined")]
    pub method: Option<String>,
    /// Of a response.
    #[ts(type = "number | undefined")]
    pub status: Option<u16>,
    /// The call's id.
    #[ts(type = "string | undefined")]
    pub call_id: Option<String>,
    /// Its number.
    #[ts(type = "number | undefined")]
    pub cseq: Option<u32>,
    /// The address that it is from.
    #[ts(type = "string | undefined")]
    pub from: Option<String>,
    /// The address that it is for.
    #[ts(type = "string | undefined")]
    pub to: Option<String>,
    /// How many fields the head has.
    pub headers: u32,
    /// Length of the body, bytes.
    pub body: u32,
}

/// All of it.
pub(crate) fn declare() -> Vec<String> {
    vec![
        Interface::of::<SoftPhoneSdkOptions>()
            .with_default("lang", format!("`{}`", Lang::default().tag()))
            .declare(),
        words::<PhoneCallState>(),
        words::<TraceWay>(),
        words::<MediaDirection>(),
        Interface::of::<TraceEntry>().declare(),
        Interface::of::<CallSound>().declare(),
        Interface::of::<CallWarning>().declare(),
        Interface::of::<PhoneCheckOptions>().declare(),
        Interface::of::<PhoneCheck>().declare(),
        words::<PhoneCheckName>(),
        Interface::of::<PhoneCheckPart>().declare(),
        Interface::of::<CallFailure>().declare(),
        words::<CallEnder>(),
        Interface::of::<CallEnd>()
            .named("CallEnd extends CallFailure")
            .declare(),
        Interface::of::<Invitation>().declare(),
        Interface::of::<SipSummary>().declare(),
    ]
}
