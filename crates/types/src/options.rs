//! What a page gives to `AgentSdk`. The names are read by `src/js/options.rs`, by the JavaScript of `src/js/` and by the
//! controls of `src/toolbar/`; a test holds them against these.

use agent::{Config, Lang};
use ts_rs::TS;

use crate::print::{Interface, words};

/// Who logs in. What is absent stays as it was.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct Credentials {
    /// Short name of the company.
    pub company_short_name: Option<String>,
    /// The agent's number.
    #[ts(optional, type = "string | number")]
    pub agent_number: Option<String>,
    /// The agent's password.
    pub agent_password: Option<String>,
    /// Another spelling of `agentPassword`.
    pub password: Option<String>,
    /// How the agent talks.
    #[ts(optional, type = "LoginType")]
    pub login_type: Option<u8>,
}

/// What `new AgentSdk` and `init` take.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct AgentSdkOptions {
    /// Address of the WebSocket, `ws://…` or `wss://…`.
    pub url: String,
    /// Virtual host of the message service.
    pub host: String,
    /// Account at the message service.
    pub connect_account: String,
    /// Its passcode. Absent: empty.
    pub connect_password: Option<String>,
    /// Where answers come, such as `/topic`.
    pub subscribe_path: String,
    /// Asked whenever a login needs a password, so that none has to be kept: what it gives is forgotten once it has served.
    /// Where it throws, rejects or gives no password, `Exception` tells `CREDENTIALS_FAILED`; `login()` asks again.
    #[ts(optional, type = "() => Credentials | Promise<Credentials>")]
    pub credentials: Option<()>,
    /// The element that the toolbar is drawn in, or its CSS selector; an `<agent-toolbar>` shows it itself. Absent: no toolbar.
    #[ts(optional, type = "string | HTMLElement")]
    pub el: Option<()>,
    /// ms between an answered heartbeat and the next; a text counts as absent.
    pub ping_interval: Option<u32>,
    /// ms for the answer to a command.
    pub timeout: Option<u32>,
    /// Failed tries in a row until one `Exception` says so; from then on one try every 30 s. Absent: no limit. 0: never try again.
    pub max_reconnect: Option<u32>,
    /// Ready by itself after an `After` that came without data.
    #[ts(optional, type = "boolean | 0 | 1")]
    pub agent_auto_idle: Option<bool>,
    /// Seconds until then. Default 0.
    #[ts(optional, type = "number | string")]
    pub agent_auto_idle_time: Option<u32>,
    /// Hide numbers in the toolbar. Default true. What listeners are told is never changed.
    pub phone_encryption: Option<bool>,
    /// Constructor of the browser phone for `loginType` 3. Default `window.SoftPhoneSdk`, else the one of this package.
    #[ts(optional, type = "new (options: SoftPhoneOptions) => SoftPhone")]
    pub soft_phone_factory: Option<()>,
    /// The browser phone answers every call by itself. The agent's own calls are always answered.
    pub auto_answer: Option<bool>,
    /// Language of toolbar and sentences.
    #[ts(optional, type = "Language")]
    pub lang: Option<String>,
    /// Parts to switch off.
    pub features: Option<Features>,
    /// How the toolbar looks. What the agent chooses wins, here and for the language. Default `auto`: as the system.
    pub theme: Option<Theme>,
    /// How high the toolbar is. Default `comfortable`.
    pub density: Option<Density>,
    /// Texts to put in place of the toolbar's, by language and key; they are shown as text, never as markup. `{}` and `{name}`
    /// are filled in as in the text that they replace. One that cannot be shown is told by `Exception`, and the toolbar's own
    /// stays.
    #[ts(
        optional,
        type = "{ [Tag in LanguageTag]?: { [Key in TextKey]?: string } }"
    )]
    pub texts: Option<()>,
    /// Keys of the toolbar. Default `toolbar`: they count while the focus is in it.
    pub shortcuts: Option<Shortcuts>,
    /// Whether a call that rings while nobody sees the page is told: in its title, on its badge, and as a notification where
    /// the browser may. `true`: the agent is asked for notifications at the first press in the toolbar. `false`: not at all.
    pub notifications: Option<bool>,
    /// Whether a call that rings is read out by screen readers. `false`: it is shown alone. Default true.
    pub ring_spoken: Option<bool>,
    /// Not ready after so many calls in a row that the agent let ring. Absent: never by itself.
    pub busy_after_missed: Option<u32>,
    /// Seconds that a reason for not being ready may last before the toolbar shows it, by reason.
    #[ts(optional, type = "Record<string, number>")]
    pub busy_limits: Option<()>,
    /// Callers that may wait in a group before the toolbar shows it, by the group's id.
    #[ts(optional, type = "Record<string, number>")]
    pub queue_limits: Option<()>,
    /// Asked before a call of the toolbar's is made: gives the number to call, or `false` for none. After 3 s it is made as it
    /// was.
    #[ts(
        optional,
        type = "(number: string, more: { type: 1 | 2; source: 'toolbar' }) => string | false | void | Promise<string | false | void>"
    )]
    pub on_before_dial: Option<()>,
    /// Run before what a button of the toolbar does, by the button's name (its `data-act`); `false`: it is not done.
    #[ts(
        optional,
        type = "Record<string, (context: ActionContext) => boolean | void>"
    )]
    pub actions: Option<()>,
    /// Asked what the page knows of a number.
    #[ts(
        optional,
        type = "(number: string) => NumberDescription | void | Promise<NumberDescription | void>"
    )]
    pub describe_number: Option<()>,
    /// Opened when somebody calls: an address with fields `{caller}`, `{called}`, `{id}`, `{group}`, `{agent}`, `{userData}`,
    /// which are encoded. Only `http:` and `https:`, and no field may say whose site it is. See `ScreenPop`.
    pub screen_pop: Option<String>,
    /// Name of the window or frame that it is opened in. Default one of its own, the same for each call.
    pub screen_pop_target: Option<String>,
    /// What the page shows of a customer: put into the toolbar's slot `customer-card`.
    #[ts(optional, type = "HTMLElement")]
    pub customer_card: Option<()>,
    /// Numbers to call from, of which the agent chooses one in the dial panel: it goes along as the command's `caller`.
    /// Absent: the toolbar offers no choice.
    #[ts(optional, type = "(string | { number: string; name: string })[]")]
    pub caller_ids: Option<()>,
    /// Tags of a note after a call, of which the agent chooses; see `Note`. Absent: none.
    pub note_tags: Option<Vec<String>>,
    /// Figures of the supervisor's wall that only the page knows; each tile is absent where its first one is.
    #[ts(optional, type = "WallFigures | (() => WallFigures | void)")]
    pub figures: Option<WallFigures>,
    /// Seconds that an agent may be in a kind of state before the supervisor's wall says that it is too long. Absent: never.
    pub wall_limits: Option<WallLimits>,
    /// Reasons of which a supervisor chooses one before taking a call over, ending it or signing an agent out; see `Forced`.
    /// Absent: none is asked for.
    pub force_reasons: Option<Vec<String>>,
    /// Number that sends back what it hears: the test of the phone calls it. Absent: it calls nobody.
    pub echo_number: Option<String>,
    /// Keeps calls and favourites. Absent: they are the tab's and end with it.
    #[ts(optional, type = "HistoryStore")]
    pub history: Option<()>,
    /// Tells a collector of OpenTelemetry what the session does. Absent: nothing is sent anywhere, nor loaded.
    #[ts(optional, type = "TelemetryOptions")]
    pub telemetry: Option<()>,
    /// Of the original; no effect: nothing is ever downloaded.
    pub un_download_log: Option<bool>,
    /// Of the original; no effect: there is no SIM module here.
    #[ts(rename = "SIMIP")]
    pub sim_ip: Option<String>,
    /// Of the original; no effect.
    #[ts(optional, rename = "SIMPort", type = "number | string")]
    pub sim_port: Option<u16>,
    /// Of the original; no effect.
    #[ts(rename = "SIMRing")]
    pub sim_ring: Option<String>,
    /// Of the original; no effect.
    #[ts(rename = "SIMCallRecordUrl")]
    pub sim_call_record_url: Option<String>,
    /// Of the original; no effect.
    #[ts(rename = "SIMRecordFileUrl")]
    pub sim_record_file_url: Option<String>,
}

/// `auto` follows the system.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub enum Theme {
    /// As the system.
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As far apart as can be.
    Contrast,
}

/// How high the toolbar is.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub enum Density {
    /// The usual.
    Comfortable,
    /// Less high.
    Compact,
}

/// Where keys of the toolbar count.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub enum ShortcutScope {
    /// While the focus is in the toolbar.
    Toolbar,
    /// In the whole page.
    Page,
    /// Nowhere.
    Off,
}

/// Keys of the toolbar.
#[derive(TS)]
#[ts(optional_fields)]
pub struct Shortcuts {
    /// Where they count: while the focus is in the toolbar, in the whole page, nowhere.
    pub scope: Option<ShortcutScope>,
    /// Other keys than the usual ones, by the button's name.
    #[ts(optional, type = "Record<string, string>")]
    pub keys: Option<()>,
}

/// `false` switches a part off: its methods throw `FEATURE_OFF`, `snapshot().allowed` leaves it out, the toolbar does not show
/// it.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct Features {
    /// Placing calls.
    pub dial: Option<bool>,
    /// Letting the other party wait.
    pub hold: Option<bool>,
    /// Not being heard.
    pub mute: Option<bool>,
    /// Keys during a call.
    pub dtmf: Option<bool>,
    /// Giving a call away.
    pub transfer: Option<bool>,
    /// Talking to somebody else while the other party waits.
    pub consult: Option<bool>,
    /// Three in a call.
    pub conference: Option<bool>,
    /// All that only supervisors may do.
    pub supervisor: Option<bool>,
    /// Asking before the page is left during a call.
    pub leave_warning: Option<bool>,
    /// Keeping what happens for `record()`.
    pub record: Option<bool>,
    /// Keeping calls and favourites.
    pub history: Option<bool>,
    /// Telling of a call while nobody sees the page.
    pub notifications: Option<bool>,
    /// The supervisor's wall. This and what follows is the toolbar's alone.
    pub wall: Option<bool>,
    /// Keys of the toolbar.
    pub shortcuts: Option<bool>,
    /// Answering by itself, among the settings.
    pub auto_answer: Option<bool>,
}

/// What only the page knows of the last hours, in the words in which the supervisor's wall shows it.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct WallFigures {
    /// Calls answered in 20 s, such as `86 %`.
    #[ts(optional, type = "string | number")]
    pub answered_in_time: Option<String>,
    /// What they should be.
    #[ts(optional, type = "string | number")]
    pub goal: Option<String>,
    /// Calls answered this hour.
    #[ts(optional, type = "string | number")]
    pub answered: Option<String>,
    /// Callers who hung up before.
    #[ts(optional, type = "string | number")]
    pub abandoned: Option<String>,
}

/// Seconds that an agent may be in a kind of state.
#[derive(TS)]
#[ts(optional_fields)]
pub struct WallLimits {
    /// In a call.
    pub talk: Option<u32>,
    /// Ready for calls.
    pub ready: Option<u32>,
    /// Not ready.
    pub busy: Option<u32>,
    /// After a call.
    pub wrap: Option<u32>,
    /// Whatever else.
    pub other: Option<u32>,
}

/// What the page knows of a number.
#[derive(TS)]
#[ts(optional_fields)]
pub struct NumberDescription {
    /// Whose it is.
    pub name: Option<String>,
    /// Where they are.
    pub place: Option<String>,
    /// In a word or two each.
    pub tags: Option<Vec<String>>,
    /// A line about them.
    pub note: Option<String>,
}

/// What a button of the toolbar is about to do.
#[derive(TS)]
pub struct ActionContext {
    /// The button's name.
    pub name: String,
    /// The session then.
    #[ts(type = "Snapshot | undefined")]
    pub snapshot: Option<()>,
}

/// Whether a call is recorded.
#[derive(TS)]
#[ts(rename_all = "camelCase")]
pub enum Recording {
    /// It is.
    On,
    /// Not at present.
    Paused,
}

/// What only the page knows of the present call.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct CallInfo {
    /// Whether it is recorded. Null: nothing is shown of it.
    #[ts(optional, type = "Recording | null")]
    pub recording: Option<Recording>,
    /// A line about it.
    pub title: Option<String>,
    /// In a word or two each.
    pub tags: Option<Vec<String>>,
    /// When it goes to somebody else unless it is answered.
    pub moves_on_at: Option<u64>,
}

/// A call that is over.
#[derive(TS)]
pub struct PastCall {
    /// When it ended.
    pub at: u64,
    /// Its id.
    pub id: String,
    /// The other party, not hidden.
    pub number: String,
    /// Which way it went. Null: the platform did not tell.
    #[ts(type = "Direction | null")]
    pub direction: Option<()>,
    /// Whether the agent talked.
    pub answered: bool,
    /// ms of conversation.
    pub talked: Option<u64>,
    /// Name of the skill group. Empty: none.
    pub group: String,
}

/// A number that is kept.
#[derive(TS)]
pub struct KeptNumber {
    /// Not hidden.
    pub number: String,
    /// Empty: not known.
    pub name: String,
    /// 1 an agent's, 2 any other.
    #[ts(rename = "type", type = "1 | 2")]
    pub kind: u8,
}

/// What is kept of an agent's calls; it holds telephone numbers.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct CallHistory {
    /// The newest first.
    pub calls: Vec<PastCall>,
    /// Numbers that the agent has starred in the dial panel.
    pub favourites: Vec<KeptNumber>,
    /// Colleagues whom the agent has called from there, the last one first.
    pub agents: Option<Vec<KeptNumber>>,
    /// The one of `callerIds` that was chosen there. Empty or absent: the platform chooses.
    pub caller_id: Option<String>,
}

/// What `AgentSdk` makes a browser phone with.
#[derive(TS)]
#[ts(optional_fields)]
pub struct SoftPhoneOptions {
    /// Host of the SIP socket.
    pub wss: String,
    /// Its port: `window.SOFTPHONE_WSS_PROT` (in `window.config` where there is one), or 8443.
    #[ts(type = "number | string")]
    pub wssport: u16,
    /// SIP domain.
    pub domain: String,
    /// SIP user.
    pub account: String,
    /// SIP password.
    pub password: String,
    /// Whole address of the SIP socket, where the platform gives one.
    pub url: Option<String>,
    /// Language of sentences.
    #[ts(type = "Language")]
    pub lang: String,
    /// Always false.
    pub debug: bool,
}

/// How `record()` writes.
#[derive(TS)]
#[ts(optional_fields)]
pub struct RecordOptions {
    /// Telephone numbers that stand as a text of their own are hidden but for their ends.
    pub numbers: Option<bool>,
    /// Only so many of the newest inputs.
    pub last: Option<u32>,
}

/// What narrows the list of agents. Without `groupId` it is the agent's first group.
#[derive(TS)]
#[ts(rename_all = "camelCase", optional_fields)]
pub struct SurveillanceFilter {
    /// A skill group.
    pub group_id: Option<String>,
    /// An agent's number.
    pub agent_number: Option<String>,
    /// An agent's name.
    pub agent_name: Option<String>,
    /// A state.
    pub agent_state: Option<String>,
    /// 0 inbound, 1 outbound: not as in the events of a call.
    #[ts(optional, type = "0 | 1")]
    pub call_direction: Option<u8>,
}

/// All of it.
pub(crate) fn declare() -> Vec<String> {
    let default = Config::default();
    let lang = format!("`{}`", Lang::default().tag());
    let mut all = vec![
        Interface::of::<AgentSdkOptions>()
            .named("AgentSdkOptions extends Credentials")
            .with_default("pingInterval", default.ping_interval)
            .with_default("timeout", default.timeout)
            .with_default("lang", lang)
            .declare(),
        words::<Theme>(),
        words::<Density>(),
        words::<ShortcutScope>(),
        Interface::of::<Credentials>()
            .with_default("loginType", default.credentials.login_type)
            .declare(),
        words::<Recording>(),
    ];
    all.extend(
        [
            Interface::of::<Features>(),
            Interface::of::<Shortcuts>(),
            Interface::of::<WallFigures>(),
            Interface::of::<WallLimits>(),
            Interface::of::<NumberDescription>(),
            Interface::of::<ActionContext>(),
            Interface::of::<CallInfo>(),
            Interface::of::<PastCall>(),
            Interface::of::<KeptNumber>(),
            Interface::of::<CallHistory>(),
            Interface::of::<SoftPhoneOptions>(),
            Interface::of::<RecordOptions>(),
            Interface::of::<SurveillanceFilter>(),
        ]
        .map(|interface| interface.declare()),
    );
    all
}
