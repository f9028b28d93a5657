/** The agent toolbar: a call centre's agent in a page. Times are ms since 1970, durations ms, unless a line says seconds. */

// -- options -------------------------------------------------------------------

/** What `new AgentSdk` and `init` take. */
export interface AgentSdkOptions extends Credentials {
  /** Address of the WebSocket, `ws://…` or `wss://…`. */
  url: string;
  /** Virtual host of the message service. */
  host: string;
  /** Account at the message service. */
  connectAccount: string;
  /** Its passcode. Absent: empty. */
  connectPassword?: string;
  /** Where answers come, such as `/topic`. */
  subscribePath: string;
  /**
   * Asked whenever a login needs a password, so that none has to be kept: what it gives is forgotten once it has served.
   * Where it throws, rejects or gives no password, `Exception` tells `CREDENTIALS_FAILED`; `login()` asks again.
   */
  credentials?: () => Credentials | Promise<Credentials>;
  /** The element that the toolbar is drawn in, or its CSS selector; an `<agent-toolbar>` shows it itself. Absent: no toolbar. */
  el?: string | HTMLElement;
  /** ms between an answered heartbeat and the next; a text counts as absent. Default 10000. */
  pingInterval?: number;
  /** ms for the answer to a command. Default 5000. */
  timeout?: number;
  /** Failed tries in a row until one `Exception` says so; from then on one try every 30 s. Absent: no limit. 0: never try again. */
  maxReconnect?: number;
  /** Ready by itself after an `After` that came without data. */
  agentAutoIdle?: boolean | 0 | 1;
  /** Seconds until then. Default 0. */
  agentAutoIdleTime?: number | string;
  /** Hide numbers in the toolbar. Default true. What listeners are told is never changed. */
  phoneEncryption?: boolean;
  /** Constructor of the browser phone for `loginType` 3. Default `window.SoftPhoneSdk`, else the one of this package. */
  softPhoneFactory?: new (options: SoftPhoneOptions) => SoftPhone;
  /** The browser phone answers every call by itself. The agent's own calls are always answered. */
  autoAnswer?: boolean;
  /** Language of toolbar and sentences. Default `zh-CN`. */
  lang?: Language;
  /** Parts to switch off. */
  features?: Features;
  /** How the toolbar looks. What the agent chooses wins, here and for the language. Default `auto`: as the system. */
  theme?: Theme;
  /** How high the toolbar is. Default `comfortable`. */
  density?: Density;
  /**
   * Texts to put in place of the toolbar's, by language and key; they are shown as text, never as markup. `{}` and `{name}`
   * are filled in as in the text that they replace. One that cannot be shown is told by `Exception`, and the toolbar's own
   * stays.
   */
  texts?: { [Tag in LanguageTag]?: { [Key in TextKey]?: string } };
  /** Keys of the toolbar. Default `toolbar`: they count while the focus is in it. */
  shortcuts?: Shortcuts;
  /**
   * Whether a call that rings while nobody sees the page is told: in its title, on its badge, and as a notification where
   * the browser may. `true`: the agent is asked for notifications at the first press in the toolbar. `false`: not at all.
   */
  notifications?: boolean;
  /** Whether a call that rings is read out by screen readers. `false`: it is shown alone. Default true. */
  ringSpoken?: boolean;
  /** Not ready after so many calls in a row that the agent let ring. Absent: never by itself. */
  busyAfterMissed?: number;
  /** Seconds that a reason for not being ready may last before the toolbar shows it, by reason. */
  busyLimits?: Record<string, number>;
  /** Callers that may wait in a group before the toolbar shows it, by the group's id. */
  queueLimits?: Record<string, number>;
  /**
   * Asked before a call of the toolbar's is made: gives the number to call, or `false` for none. After 3 s it is made as it
   * was.
   */
  onBeforeDial?: (number: string, more: { type: 1 | 2; source: 'toolbar' }) => string | false | void | Promise<string | false | void>;
  /** Run before what a button of the toolbar does, by the button's name (its `data-act`); `false`: it is not done. */
  actions?: Record<string, (context: ActionContext) => boolean | void>;
  /** Asked what the page knows of a number. */
  describeNumber?: (number: string) => NumberDescription | void | Promise<NumberDescription | void>;
  /**
   * Opened when somebody calls: an address with fields `{caller}`, `{called}`, `{id}`, `{group}`, `{agent}`, `{userData}`,
   * which are encoded. Only `http:` and `https:`, and no field may say whose site it is. See `ScreenPop`.
   */
  screenPop?: string;
  /** Name of the window or frame that it is opened in. Default one of its own, the same for each call. */
  screenPopTarget?: string;
  /** What the page shows of a customer: put into the toolbar's slot `customer-card`. */
  customerCard?: HTMLElement;
  /**
   * Numbers to call from, of which the agent chooses one in the dial panel: it goes along as the command's `caller`.
   * Absent: the toolbar offers no choice.
   */
  callerIds?: (string | { number: string; name: string })[];
  /** Tags of a note after a call, of which the agent chooses; see `Note`. Absent: none. */
  noteTags?: Array<string>;
  /** Figures of the supervisor's wall that only the page knows; each tile is absent where its first one is. */
  figures?: WallFigures | (() => WallFigures | void);
  /** Seconds that an agent may be in a kind of state before the supervisor's wall says that it is too long. Absent: never. */
  wallLimits?: WallLimits;
  /**
   * Reasons of which a supervisor chooses one before taking a call over, ending it or signing an agent out; see `Forced`.
   * Absent: none is asked for.
   */
  forceReasons?: Array<string>;
  /** Number that sends back what it hears: the test of the phone calls it. Absent: it calls nobody. */
  echoNumber?: string;
  /** Keeps calls and favourites. Absent: they are the tab's and end with it. */
  history?: HistoryStore;
  /** Tells a collector of OpenTelemetry what the session does. Absent: nothing is sent anywhere, nor loaded. */
  telemetry?: TelemetryOptions;
  /** Of the original; no effect: nothing is ever downloaded. */
  unDownloadLog?: boolean;
  /** Of the original; no effect: there is no SIM module here. */
  SIMIP?: string;
  /** Of the original; no effect. */
  SIMPort?: number | string;
  /** Of the original; no effect. */
  SIMRing?: string;
  /** Of the original; no effect. */
  SIMCallRecordUrl?: string;
  /** Of the original; no effect. */
  SIMRecordFileUrl?: string;
}

/** `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark' | 'contrast';

/** How high the toolbar is. */
export type Density = 'comfortable' | 'compact';

/** Where keys of the toolbar count. */
export type ShortcutScope = 'toolbar' | 'page' | 'off';

/** Who logs in. What is absent stays as it was. */
export interface Credentials {
  /** Short name of the company. */
  companyShortName?: string;
  /** The agent's number. */
  agentNumber?: string | number;
  /** The agent's password. */
  agentPassword?: string;
  /** Another spelling of `agentPassword`. */
  password?: string;
  /** How the agent talks. Default 1. */
  loginType?: LoginType;
}

/** Whether a call is recorded. */
export type Recording = 'on' | 'paused';

/**
 * `false` switches a part off: its methods throw `FEATURE_OFF`, `snapshot().allowed` leaves it out, the toolbar does not show
 * it.
 */
export interface Features {
  /** Placing calls. */
  dial?: boolean;
  /** Letting the other party wait. */
  hold?: boolean;
  /** Not being heard. */
  mute?: boolean;
  /** Keys during a call. */
  dtmf?: boolean;
  /** Giving a call away. */
  transfer?: boolean;
  /** Talking to somebody else while the other party waits. */
  consult?: boolean;
  /** Three in a call. */
  conference?: boolean;
  /** All that only supervisors may do. */
  supervisor?: boolean;
  /** Asking before the page is left during a call. */
  leaveWarning?: boolean;
  /** Keeping what happens for `record()`. */
  record?: boolean;
  /** Keeping calls and favourites. */
  history?: boolean;
  /** Telling of a call while nobody sees the page. */
  notifications?: boolean;
  /** The supervisor's wall. This and what follows is the toolbar's alone. */
  wall?: boolean;
  /** Keys of the toolbar. */
  shortcuts?: boolean;
  /** Answering by itself, among the settings. */
  autoAnswer?: boolean;
}

/** Keys of the toolbar. */
export interface Shortcuts {
  /** Where they count: while the focus is in the toolbar, in the whole page, nowhere. */
  scope?: ShortcutScope;
  /** Other keys than the usual ones, by the button's name. */
  keys?: Record<string, string>;
}

/** What only the page knows of the last hours, in the words in which the supervisor's wall shows it. */
export interface WallFigures {
  /** Calls answered in 20 s, such as `86 %`. */
  answeredInTime?: string | number;
  /** What they should be. */
  goal?: string | number;
  /** Calls answered this hour. */
  answered?: string | number;
  /** Callers who hung up before. */
  abandoned?: string | number;
}

/** Seconds that an agent may be in a kind of state. */
export interface WallLimits {
  /** In a call. */
  talk?: number;
  /** Ready for calls. */
  ready?: number;
  /** Not ready. */
  busy?: number;
  /** After a call. */
  wrap?: number;
  /** Whatever else. */
  other?: number;
}

/** What the page knows of a number. */
export interface NumberDescription {
  /** Whose it is. */
  name?: string;
  /** Where they are. */
  place?: string;
  /** In a word or two each. */
  tags?: Array<string>;
  /** A line about them. */
  note?: string;
}

/** What a button of the toolbar is about to do. */
export interface ActionContext {
  /** The button's name. */
  name: string;
  /** The session then. */
  snapshot: Snapshot | undefined;
}

/** What only the page knows of the present call. */
export interface CallInfo {
  /** Whether it is recorded. Null: nothing is shown of it. */
  recording?: Recording | null;
  /** A line about it. */
  title?: string;
  /** In a word or two each. */
  tags?: Array<string>;
  /** When it goes to somebody else unless it is answered. */
  movesOnAt?: number;
}

/** A call that is over. */
export interface PastCall {
  /** When it ended. */
  at: number;
  /** Its id. */
  id: string;
  /** The other party, not hidden. */
  number: string;
  /** Which way it went. Null: the platform did not tell. */
  direction: Direction | null;
  /** Whether the agent talked. */
  answered: boolean;
  /** ms of conversation. */
  talked: number | null;
  /** Name of the skill group. Empty: none. */
  group: string;
}

/** A number that is kept. */
export interface KeptNumber {
  /** Not hidden. */
  number: string;
  /** Empty: not known. */
  name: string;
  /** 1 an agent's, 2 any other. */
  type: 1 | 2;
}

/** What is kept of an agent's calls; it holds telephone numbers. */
export interface CallHistory {
  /** The newest first. */
  calls: Array<PastCall>;
  /** Numbers that the agent has starred in the dial panel. */
  favourites: Array<KeptNumber>;
  /** Colleagues whom the agent has called from there, the last one first. */
  agents?: Array<KeptNumber>;
  /** The one of `callerIds` that was chosen there. Empty or absent: the platform chooses. */
  callerId?: string;
}

/** What `AgentSdk` makes a browser phone with. */
export interface SoftPhoneOptions {
  /** Host of the SIP socket. */
  wss: string;
  /** Its port: `window.SOFTPHONE_WSS_PROT` (in `window.config` where there is one), or 8443. */
  wssport: number | string;
  /** SIP domain. */
  domain: string;
  /** SIP user. */
  account: string;
  /** SIP password. */
  password: string;
  /** Whole address of the SIP socket, where the platform gives one. */
  url?: string;
  /** Language of sentences. */
  lang: Language;
  /** Always false. */
  debug: boolean;
}

/** How `record()` writes. */
export interface RecordOptions {
  /** Telephone numbers that stand as a text of their own are hidden but for their ends. */
  numbers?: boolean;
  /** Only so many of the newest inputs. */
  last?: number;
}

/** What narrows the list of agents. Without `groupId` it is the agent's first group. */
export interface SurveillanceFilter {
  /** A skill group. */
  groupId?: string;
  /** An agent's number. */
  agentNumber?: string;
  /** An agent's name. */
  agentName?: string;
  /** A state. */
  agentState?: string;
  /** 0 inbound, 1 outbound: not as in the events of a call. */
  callDirection?: 0 | 1;
}

/** How the agent talks: 1 SIP phone, 2 mobile, 3 browser phone, 4 SIM module (of the platform; as 1 here). Platforms and pages say it as a text as well. */
export type LoginType = 1 | 2 | 3 | 4 | '1' | '2' | '3' | '4';

/** Whom to call: 1 agent, 2 outside number. Platforms and pages say it as a text as well. */
export type CalledType = 1 | 2 | '1' | '2';

/** Whom to transfer to or consult: 1 agent, 2 outside number, 3 skill group, 4 IVR. Platforms and pages say it as a text as well. */
export type TargetType = 1 | 2 | 3 | 4 | '1' | '2' | '3' | '4';

/** A language that there is. */
export type LanguageTag = 'zh-CN' | 'en';

/** What the toolbar says, by its key in the languages. */
export type ToolbarTextKey =
  | 'ABANDONED' | 'ACTIONS' | 'ADVICE_LINE' | 'ADVICE_NONE' | 'AGENT' | 'AGENTS' | 'AGENTS_ONLINE' | 'AGENT_NUMBER'
  | 'ALL_GROUPS' | 'ALL_STATES' | 'ANSWER' | 'ANSWERED' | 'ANSWERED_IN_TIME' | 'ANSWERED_TODAY' | 'ANY_DIRECTION' | 'ASK_NOBODY'
  | 'ASK_TARGET' | 'AUTO_ANSWER' | 'AUTO_ANSWER_HINT' | 'AVERAGE_TALK' | 'BACK_TO_CALL' | 'BARGED_IN' | 'BARGE_IN' | 'BLIND'
  | 'BOTH_HEAR_YOU' | 'BRING_NOBODY' | 'BRING_TARGET' | 'BUSY' | 'BUSY_BECAUSE' | 'CALL' | 'CALLING' | 'CALLS_TODAY'
  | 'CALL_AGAIN' | 'CALL_DATA' | 'CALL_DETAILS' | 'CALL_ENDED' | 'CALL_FAILED' | 'CALL_FROM' | 'CALL_FROM_ANY' | 'CALL_NOTE'
  | 'CALL_NOT_AFFECTED' | 'CALL_QUALITY' | 'CANCEL' | 'CANCEL_CALL' | 'CANCEL_CONSULT' | 'CANCEL_TRANSFER' | 'CANNOT_HEAR_YOU'
  | 'CAN_CALL_AGAIN' | 'CHANGES' | 'CHANGE_KEYS' | 'CHECK_BAD' | 'CHECK_FINE' | 'CHECK_UNFINISHED' | 'CHOOSE_DEVICE' | 'CLEAR'
  | 'CLOCK_PAUSED' | 'CLOSE' | 'COMES_BACK' | 'COMFORTABLE' | 'COMPACT' | 'COMPLETE' | 'CONFER' | 'CONFERENCE' | 'CONFER_FAILED'
  | 'CONNECT' | 'CONNECTING' | 'CONSULT' | 'CONSULTING' | 'CONSULT_FAILED' | 'CONSULT_FIRST' | 'CONSULT_OVER' | 'COPIED'
  | 'COPY_FAILED' | 'COPY_REPORT' | 'DENSITY' | 'DEVICES' | 'DEVICE_AWAY' | 'DIAGNOSTICS' | 'DIAL_PAD' | 'DIRECTION' | 'DONE'
  | 'ECHO_CALL' | 'EVERYONE_HEARS' | 'EXTEND' | 'FAR_END_RINGS' | 'FAVOURITE' | 'FIND_AGENT' | 'FIND_COLLEAGUE' | 'FIND_PERSON'
  | 'FIND_TARGET' | 'FORCE_BUSY' | 'FORCE_HANG_UP' | 'FORCE_READY' | 'FORCE_SIGN_OUT' | 'GAVE_UP' | 'GAVE_UP_HINT' | 'GOAL'
  | 'GONE' | 'GROUPS' | 'HAND_OVER' | 'HANG_UP' | 'HANG_UP_EFFECT' | 'HANG_UP_OF' | 'HEARS_MUSIC' | 'HOLD' | 'HOLD_AND_ANSWER'
  | 'HOW_YOU_TAKE_PART' | 'IDLE_AGENTS' | 'INBOUND' | 'INCOMING' | 'INCOMING_CALL' | 'IN_CALL' | 'IN_CALL_SHORT' | 'IN_STATE'
  | 'IVR' | 'IVR_DATA' | 'IVR_PATH' | 'JITTER' | 'JOINED_SHORT' | 'JOINED_WHO' | 'KEEP_CALL' | 'KEEP_SIGNED_IN'
  | 'KEEP_WATCHING' | 'KEPT_IN_RECENTS' | 'KEYPAD' | 'KEYS_ACTIONS' | 'KEYS_CHOOSE' | 'KEYS_HINT' | 'KEYS_NEXT_LIST'
  | 'KEYS_ROW' | 'KEYS_SENT' | 'KEYS_TAKEN' | 'KEYS_TAKE_PART' | 'KICKED' | 'KICKED_HINT' | 'LANGUAGE' | 'LAST_MINUTE' | 'LATE'
  | 'LATE_HINT' | 'LEAVE_CALL' | 'LIFT_PHONE' | 'LINE_BUSY' | 'LINK' | 'LINK_FAIR' | 'LINK_GOOD' | 'LINK_NEXT_TRY' | 'LINK_NONE'
  | 'LINK_POOR' | 'LINK_UP_FOR' | 'LISTEN' | 'LISTENING' | 'LIVE_AGO' | 'LOCKED' | 'LOCKED_HINT' | 'LOCKED_TITLE' | 'LONGEST'
  | 'LOSS' | 'LOST' | 'LOST_NEXT' | 'LOST_SECONDS' | 'LOST_TRY' | 'MADE_BUSY' | 'MADE_READY' | 'MADE_TODAY' | 'MATCHES'
  | 'MERGE' | 'MICROPHONE' | 'MIC_BLOCKED' | 'MIC_BLOCKED_HINT' | 'MIC_FINE' | 'MIC_FORBIDDEN_HINT' | 'MIC_LEVEL' | 'MIC_LOUD'
  | 'MIC_QUIET' | 'MIC_SILENT' | 'MIC_WAITS' | 'MINUTES_LONG' | 'MINUTES_OVER' | 'MINUTES_USED' | 'MISSED' | 'MISSED_HINT'
  | 'MORE' | 'MOS' | 'MOVES_ON_IN' | 'MUTE' | 'MUTED' | 'NEITHER_HEARS_YOU' | 'NOBODY_READY' | 'NOTE' | 'NOTE_GOES'
  | 'NOTE_HANDED' | 'NOTE_HINT' | 'NOTE_TAGS' | 'NOTIFICATIONS' | 'NOTIFICATIONS_BLOCKED' | 'NOTIFICATIONS_HINT'
  | 'NOT_ANSWERED' | 'NOT_HTTPS' | 'NOT_HTTPS_HINT' | 'NOT_LIVE' | 'NOT_REACHED' | 'NOT_REFRESHED' | 'NOT_REGISTERED'
  | 'NO_HEADSET' | 'NO_HEADSET_HINT' | 'NO_KEYS' | 'NO_LINK' | 'NO_LINK_HINT' | 'NO_MATCH' | 'NO_NETWORK' | 'NO_NETWORK_HINT'
  | 'NO_NUMBER' | 'NO_NUMBER_HINT' | 'NO_REASON' | 'NO_RECENT' | 'NUMBER' | 'NUMBER_HIDDEN' | 'NUMBER_WANTED' | 'OFFLINE'
  | 'ONLY_AGENT_HEARS_YOU' | 'ON_HOLD' | 'OPEN_DIAL' | 'OTHER_PARTY' | 'OTHER_PHONE' | 'OUTBOUND' | 'OUTSIDE_CALL'
  | 'OUTSIDE_NUMBER' | 'OVERDUE' | 'OWN_PHONE_RINGS' | 'PART_MISSING' | 'PASTE' | 'PASTE_REFUSED' | 'PEOPLE' | 'PHONE_LINE'
  | 'PHONE_LOST' | 'PHONE_LOST_HINT' | 'PHONE_OFF' | 'PHONE_REGISTRATION' | 'PICK_ELSE' | 'PRESS_KEYS' | 'QUALITY_FAIR'
  | 'QUALITY_GOOD' | 'QUALITY_POOR' | 'QUEUE' | 'QUEUE_OVER' | 'REACHING' | 'REACHING_HINT' | 'READY' | 'READY_IN' | 'REASON'
  | 'RECENT' | 'RECENT_COUNT' | 'RECONNECTING' | 'RECONNECT_NOW' | 'RECORDING' | 'RECORDING_PAUSED' | 'RECORDING_PAUSED_SHORT'
  | 'RECORDING_SHORT' | 'REFRESHES' | 'REFUSED_HINT' | 'REGISTER' | 'REGISTERED' | 'REJECT' | 'REJECT_SECOND' | 'RESTORE_KEYS'
  | 'RESUME' | 'RETRY' | 'RINGING' | 'RING_DEVICE' | 'RING_HELD' | 'RING_HELD_HINT' | 'RING_VOLUME' | 'ROUND_TRIP' | 'SAVE_LOG'
  | 'SECONDS_LONG' | 'SECOND_CALL' | 'SECOND_SHORT' | 'SENT' | 'SERVICE_LINK' | 'SETTINGS' | 'SHORTCUTS' | 'SHORTCUTS_ANYWHERE'
  | 'SHORTCUTS_HERE' | 'SIGNED_IN' | 'SIGNED_OUT' | 'SIGN_IN' | 'SIGN_IN_AGAIN' | 'SIGN_IN_HERE' | 'SIGN_IN_HINT' | 'SIGN_OUT'
  | 'SIGN_OUT_EFFECT' | 'SIGN_OUT_OF' | 'SKILL_GROUP' | 'SPEAKER' | 'STATE' | 'STILL_CONSULTING' | 'STILL_HERE'
  | 'STOP_LISTENING' | 'STUN_SERVER' | 'SUPERVISOR_JOINED' | 'SUPERVISOR_WHISPERS' | 'SYSTEM_DEVICE' | 'TAKE_OVER'
  | 'TAKE_OVER_EFFECT' | 'TAKE_OVER_HINT' | 'TAKE_OVER_OF' | 'TAKE_OVER_TITLE' | 'TALKED' | 'TARGETS' | 'TARGET_RINGS'
  | 'TESTING' | 'TEST_CALL' | 'TEST_LATER' | 'THEME' | 'THEME_AUTO' | 'THEME_CONTRAST' | 'THEME_DARK' | 'THEME_LIGHT' | 'THEN'
  | 'THEY_HUNG_UP' | 'TOOLBAR' | 'TO_MESSAGE' | 'TO_NOBODY' | 'TO_TARGET' | 'TRANSFER' | 'TRANSFERRING' | 'TRANSFERRING_TO'
  | 'TRANSFER_FAILED' | 'TRY_AGAIN' | 'TRY_MIC' | 'TRY_NOW' | 'TURN_ON_SOUND' | 'TURN_SERVER' | 'TYPE_NUMBER' | 'UNDO'
  | 'UNKNOWN_PARTY' | 'UNMUTE' | 'USED_ELSEWHERE' | 'VALUE_HIGH' | 'VALUE_TOO_HIGH' | 'VOICE_NETWORK' | 'WAITED' | 'WAITED_LONG'
  | 'WAITS' | 'WALL' | 'WALL_MISSING' | 'WALL_STATE' | 'WHEN_CALL_ENDS' | 'WHISPER' | 'WHISPERING' | 'WHISPERS_SHORT'
  | 'WHISPERS_WHO' | 'WHOM_TO_CALL' | 'WITH_WHOM' | 'WRAP_UP' | 'WRONG_SIGN_IN' | 'WRONG_SIGN_IN_HINT' | 'YOU_HUNG_UP';

/** What the toolbar says, by its key in the languages; an error's sentence, and what to do; why a call ended, by its number. */
export type TextKey = ToolbarTextKey | `errors.${ErrorCode}` | `errors.${ErrorCode}.remedy` | `causes.${number}`;

/** A language that there is; or any BCP 47 tag, such as `en-GB`: the nearest one is spoken, else the first. */
export type Language = LanguageTag | (string & {});

/** Where the page keeps it. */
export interface HistoryStore {
  load?(): CallHistory | void | Promise<CallHistory | void>;
  save?(history: CallHistory): void;
}

/** Where telemetry goes, by OTLP over HTTP as JSON. No telephone number, password or token is in it. */
export interface TelemetryOptions {
  /** Address of the collector, to which `/v1/traces`, `/v1/metrics` and `/v1/logs` are added. The page's own origin where it begins with `/`. */
  url: string;
  /** Sent along with each request, such as a key of the collector's. */
  headers?: Record<string, string>;
  /** Default `agent-toolbar`. */
  service?: string;
  /** More that is said of this page with all that is sent. */
  attributes?: Record<string, string | number | boolean>;
  /** ms between two requests. Default 15000. */
  interval?: number;
}

/** What a browser phone tells, so that the toolbar knows of it. */
export type SoftPhoneNews = 'Registered' | 'RegistrationFailed' | 'Disconnected' | 'UnRegistered' | 'Exception';

/**
 * What a browser phone can do. One that has `expect` answers the agent's own calls by their id, and comes back by itself.
 */
export interface SoftPhone {
  readonly isRegistered: boolean;
  on(name: SoftPhoneNews, listener: (value?: unknown) => void): unknown;
  off?(name: SoftPhoneNews, idOrListener: unknown): unknown;
  register(): unknown;
  unregister(): unknown;
  setAutoAnswer?(on: boolean): unknown;
  answer(): unknown;
  stop(): unknown;
  disconnect?(): unknown;
  expect?(own: string | boolean): unknown;
  setLang?(lang: Language): unknown;
}

// -- what the platform says ------------------------------------------------------

/** A STOMP frame. */
export interface StompFrame {
  /** Such as `MESSAGE`. */
  readonly command: string;
  /** Without escapes. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it came. */
  readonly body: string;
}

/** The answer to a command. */
export interface PlatformResponse {
  /** What tells an answer from an event. */
  type: 'response';
  /** The request's name. */
  response: string;
  /** The command's number. */
  sequence: number;
  /** 0: accepted. Else see the table of causes. */
  status: number;
  /** In the platform's words. */
  msg?: string;
}

/** An event of the platform, exactly as it came. */
export interface AgentEvent<Data = unknown> {
  /** What tells an event from an answer. */
  type: 'event';
  /** Its name. */
  event: string;
  /** The agent's state from now on. Events that tell none leave it as it was. */
  nowState?: AgentState;
  /** When it happened. */
  eventTime?: number;
  /** Number of the command that caused it. 0: none. */
  sequence?: number;
  /** The company. */
  companyId?: string;
  /** The agent's number. */
  agentNumber?: string;
  /** The platform's id of the agent. */
  agentId?: string;
  /** What `setUserdata` set. */
  userdata?: string;
  /** A JSON text; only on `AgentRinging`, `AgentAnswer`, `Conversation` and `After` of calls that came through an IVR. */
  ivrParam?: string;
  /** What it tells. */
  data: Data;
}

/** What kind of call this is for the agent. */
export type CallType = 'normal' | 'consult' | 'consulted' | 'transfer' | 'listen' | 'whisper' | 'forceInsert' | 'intercept';

/** `data` of the events of a call. */
export interface CallData {
  /** 1 inbound, 2 outbound. */
  callDirection: 1 | 2;
  /** Who calls. */
  caller: string;
  /** Who is called. */
  called: string;
  /** The call's id; it stays the same through transfer, consultation and interception. */
  occCallId: string;
  /** When the caller joined a queue. 0: never. */
  inQueueTime: number;
  /** Absent until the other party rings. */
  callType?: CallType;
  /** The `userdata` of the command that placed the call. */
  userData?: string;
  /** 1: a predictive call. */
  isPredictive?: 0 | 1;
  /** The caller before it was changed. */
  origCaller?: string;
  /** The number called before it was changed. */
  origCalled?: string;
  /** What the IVR was given. */
  inputParam?: string;
  /** What the IVR gave. */
  outputParam?: string;
  /** Keys pressed in the IVR. */
  ivrKeyRecord?: Array<string>;
}

/** `data` of `After`. */
export interface AfterData {
  /** 1 inbound, 2 outbound. */
  callDirection: 1 | 2;
  /** Who called. */
  caller: string;
  /** Who was called. */
  called: string;
  /** The call's id. */
  occCallId: string;
  /** When the caller joined a queue. 0: never. */
  inQueueTime: number;
  /** What kind of call it was. */
  callType?: CallType;
  /** Where the recording lies. */
  recordPath: string;
  /** Number of the cause; see the table of causes. */
  cause: number;
  /** The cause in words. */
  data: string;
  /** 0: this side hung up, 1: the other. */
  hangupDirection: 0 | 1;
  /** When the call began. */
  beginTime: number;
  /** 0: it never rang. */
  ringTime: number;
  /** 0: it was never answered. */
  answerTime: number;
  /** When the call ended. */
  endTime: number;
  /** 1: ready by itself after `agentAutoIdleTime`. */
  agentAutoIdle: 0 | 1;
  /** Seconds. */
  agentAutoIdleTime: number;
  /** -1001: the agent's phone is gone. */
  code?: number;
}

/** `data` of `Login` and `Reconnect`; a platform may send more. */
export interface LoginData {
  /** Of this login. A secret. */
  token: string;
  /** 1: a supervisor. */
  agentType: number;
  /** The agent's skill groups. */
  groupIdList: Array<string>;
  /** The same with their names. */
  groupInfoList: (NamedId & { isMaster?: boolean | 0 | 1 })[];
  /** IVRs that calls can be transferred to. */
  ivrList?: Array<NamedId>;
  /** Reasons for not being ready, separated by commas. */
  busyType: string;
  /** The present reason. */
  currentBusyType?: string;
  /** 0: may not place calls. */
  agentMakeCall: 0 | 1;
  /** 1: the phone is registered. */
  registered?: 0 | 1;
  /** How the agent talks. */
  loginType: LoginType;
  /** SIP domain. */
  domain?: string;
  /** SIP user. */
  sipId?: string;
  /** SIP password. A secret. */
  sipPassword?: string;
  /** SIP domain of the browser phone. */
  webrtcDomain?: string;
  /** SIP user of the browser phone. */
  webrtcSipId?: string;
  /** SIP password of the browser phone. A secret. */
  webrtcSipPassword?: string;
  /** Host of the SIP socket. */
  registerSipIp?: string;
  /** Whole address of the SIP socket, where the platform gives one. */
  registerSipUrl?: string;
  /** Callers waiting at login. */
  queueNum?: number;
}

/** `data` of `Logout`. */
export interface LogoutData {
  /** -1001: the agent's phone is gone. -1002: the token stays good. */
  code?: number;
}

/** `data` of `Idle`. */
export interface IdleData {
  /** How the agent talks. */
  loginType?: string;
}

/** `data` of `Busy`. */
export interface BusyData {
  /** Why. */
  currentBusyType?: string;
}

/** `data` of `SendDTMF`. */
export interface KeyData {
  /** The key. */
  dtmf: string;
}

/** `data` of events that only tell what kind of call goes on. */
export interface CallTypeData {
  /** What kind. */
  callType?: CallType;
}

/** `data` of `Whispering` and `ForceInserting` at the agent in whose call the supervisor is. */
export interface BySupervisor {
  /** The supervisor. */
  agentNumber: string;
}

/** `data` of `ForceIdle`, `ForceBusy` and `ForceLogout` at the supervisor. */
export interface OfAgent {
  /** The agent acted on. */
  beAgentNumber: string;
}

/** `data` of `MakeCallFail`. */
export interface MakeCallFailData {
  /** The cause in words. */
  cause: string;
  /** Its number. */
  causeCode?: number;
}

/** `data` of `Surveillance`. Platforms call the list by either name. */
export interface SurveillanceData {
  /** All agents that were asked for. */
  agentList?: Array<WatchedAgent>;
  /** The same, by its other name. */
  infoList?: Array<WatchedAgent>;
}

/** `data` of `GroupInfo`. */
export interface GroupInfoData {
  /** All groups. */
  groupList: (NamedId & { type?: number | string })[];
}

/** `data` of `IdleAgent`. */
export interface IdleAgentData {
  /** Who is ready. */
  agentList: Array<ReadyAgent>;
}

/** `data` of `GroupQueueNum`. */
export interface GroupQueueNumData {
  /** Callers waiting in all of the agent's groups. */
  groupQueueNum: number;
}

/** `QueueInfo`: its members stand beside `event`, and `data` is the list of all who wait. */
export interface QueueInfo extends AgentEvent<QueuedCaller[]> {
  /** The skill group. */
  groupID: number | string;
  /** Callers waiting in the group. */
  groupWaitNumber: number;
  /** 1: somebody joined, 0: somebody left. */
  isInQueue: 0 | 1;
  /** Number of the agent who gets the caller. Empty: the caller gave up. */
  handleAgentID: string;
}

/** A skill group, or an IVR that calls can be transferred to. */
export interface NamedId {
  /** As the platform names it in commands. */
  id: string;
  /** For people. */
  name: string;
}

/** An agent as a supervisor sees them. Times and durations come as numbers or as text. */
export interface WatchedAgent {
  /** The agent's number. */
  agentNumber: string;
  /** The agent's name. */
  agentName: string;
  /** `Conversation` for all that is a conversation. */
  nowState: AgentState;
  /** ms in this state. */
  operatingTime: number | string;
  /** The platform's id of the agent. */
  agentId?: string;
  /** The company. */
  companyId?: number | string;
  /** When the agent logged in. */
  loginTime?: number | string;
  /** ms since the login. */
  loginDuration?: number | string;
  /** Number of the other party. Empty: none. */
  peerId?: string;
  /** 0 inbound, 1 outbound: not as in the events of a call. */
  callDirection?: 0 | 1 | '0' | '1' | null;
  /** The agent's skill groups. */
  groupList?: Array<NamedId>;
}

/** What is new of the agents since the answer before. */
export interface AgentsDifference {
  /** New ones, and those of whom more than a duration is other than before. */
  changed: Array<WatchedAgent>;
  /** Numbers of those who are no longer in the list. */
  removed: Array<string>;
}

/** An agent who is ready. */
export interface ReadyAgent {
  /** The platform's id of the agent. */
  agentId: string;
  /** The agent's number. */
  agentNumber: string;
  /** The agent's name. */
  agentName: string;
}

/** Somebody who waits in a queue. */
export interface QueuedCaller {
  /** Who calls. */
  caller: string;
  /** Who is called. */
  called: string;
  /** The skill group. */
  groupID: number | string;
  /** Since when. */
  inQueueTime: number;
}

/** Every event of the platform. Others that it may send reach their listeners as well. */
export interface PlatformEvents {
  /** Logged in, not ready. */
  Login: AgentEvent<LoginData>;
  /** Logged out. */
  Logout: AgentEvent<LogoutData | null>;
  /** The link is back; tells the present state, and the call where there is one. */
  Reconnect: AgentEvent<LoginData & Partial<CallData>>;
  /** Logged in elsewhere. */
  Kick: AgentEvent<Record<string, never> | null>;
  /** Ready for calls. */
  Idle: AgentEvent<IdleData | null>;
  /** Not ready. */
  Busy: AgentEvent<BusyData | null>;
  /** Locked by the platform. */
  Lock: AgentEvent<null>;
  /** A call was started. */
  MakeCall: AgentEvent<null>;
  /** A call could not be started: the agent's own phone did not take it. */
  MakeCallFail: AgentEvent<MakeCallFailData>;
  /** The agent's own leg is being set up. */
  AgentOriginate: AgentEvent<CallData>;
  /** The agent's phone rings. */
  AgentRinging: AgentEvent<CallData>;
  /** The agent's phone was answered. */
  AgentAnswer: AgentEvent<CallData>;
  /** The other party's phone rings. */
  CalledRinging: AgentEvent<CallData>;
  /** The other party answered. */
  CalledAnswer: AgentEvent<CallData>;
  /** Both sides talk. */
  Conversation: AgentEvent<CallData>;
  /** The agent hung up. */
  CancelCall: AgentEvent<null>;
  /** Wrap-up after a call. */
  After: AgentEvent<AfterData>;
  /** The other party waits. */
  Hold: AgentEvent<null>;
  /** The other party waits no longer. */
  UnHold: AgentEvent<CallTypeData | null>;
  /** The agent is not heard. */
  Mute: AgentEvent<CallTypeData | null>;
  /** The agent is heard again. */
  Unmute: AgentEvent<CallTypeData | null>;
  /** A key was sent. */
  SendDTMF: AgentEvent<KeyData>;
  /** A transfer was started. */
  TransferCall: AgentEvent<null>;
  /** The transfer's target rings. */
  TransferCalling: AgentEvent<CallTypeData | null>;
  /** The transfer failed. */
  TransferCallFail: AgentEvent<null>;
  /** The transfer was called off. */
  TransferCancel: AgentEvent<null>;
  /** A consultation was started. */
  ConsultCall: AgentEvent<null>;
  /** The consultation's target rings. */
  ConsultCalling: AgentEvent<CallData>;
  /** The consultation failed. */
  ConsultCallFail: AgentEvent<null>;
  /** The consultation was called off. */
  ConsultCancel: AgentEvent<CallTypeData | null>;
  /** The consultation became a transfer. */
  ConsultTransfer: AgentEvent<null>;
  /** At the agent who was consulted: it is over. */
  ConsultedCancel: AgentEvent<CallTypeData | null>;
  /** A conference was started. */
  TripartiteTalk: AgentEvent<null>;
  /** Three parties talk. */
  TripartiteTalking: AgentEvent<null>;
  /** The conference failed. */
  TripartiteTalkFail: AgentEvent<null>;
  /** Listening in was started. */
  Listen: AgentEvent<null>;
  /** Listening in. */
  Listening: AgentEvent<CallData>;
  /** Listening in failed. */
  ListenFail: AgentEvent<null>;
  /** Whispering was started. */
  Whisper: AgentEvent<null>;
  /** Whispering. */
  Whispering: AgentEvent<CallData | BySupervisor>;
  /** Whispering failed. */
  WhisperFail: AgentEvent<null>;
  /** Barging in was started. */
  ForceInsert: AgentEvent<null>;
  /** Barged in. */
  ForceInserting: AgentEvent<CallData | BySupervisor>;
  /** Barging in failed. */
  ForceInsertFail: AgentEvent<null>;
  /** Taking a call over was started. */
  Intercept: AgentEvent<null>;
  /** Taking a call over. */
  Intercepting: AgentEvent<CallData>;
  /** Taking a call over failed. */
  InterceptFail: AgentEvent<null>;
  /** A call was cut by a supervisor. */
  ForceBreak: AgentEvent<null>;
  /** An agent was made ready. */
  ForceIdle: AgentEvent<OfAgent>;
  /** An agent was made not ready. */
  ForceBusy: AgentEvent<OfAgent>;
  /** An agent was logged out. */
  ForceLogout: AgentEvent<OfAgent>;
  /** The answer to `surveillance`: what the agents do. */
  Surveillance: AgentEvent<SurveillanceData>;
  /** The answer to `groupInfo`: all groups. */
  GroupInfo: AgentEvent<GroupInfoData>;
  /** The answer to `idleAgent`: who is ready in a group. */
  IdleAgent: AgentEvent<IdleAgentData>;
  /** The answer to `groupQueueNum`: how many callers wait. */
  GroupQueueNum: AgentEvent<GroupQueueNumData>;
  /** Somebody joined or left a queue. */
  QueueInfo: QueueInfo;
  /** The phone is no longer registered; a `Logout` follows. */
  SipError: AgentEvent<null>;
  /** The platform asks for the log; see `SaveLog`. */
  AgentUploadLog: AgentEvent;
}

/** The agent's state: the name of an event, a word of the link, or whatever else the platform says. */
export type AgentState = keyof PlatformEvents | 'closed' | 'connected' | 'disconnect' | (string & {});

/** Anything that the platform sends. */
export type PlatformMessage = AgentEvent | PlatformResponse | Record<string, unknown>;

// -- what listeners are told -----------------------------------------------------

/** What the SDK itself tells. */
export interface LocalEvents {
  /** The broker answered. */
  Open: [frame: StompFrame];
  /** The socket could not be opened: what the browser says of it. */
  Error: [error: Event | Error | undefined];
  /** The link is gone. */
  Close: [event: CloseEvent | undefined];
  /** The link was ended on purpose. */
  Disconnect: [];
  /** Every message of the platform, before anything else is told of it. */
  Message: [message: PlatformMessage, frame: StompFrame];
  /** The state from now on; after `Message`, before the event itself. Without an event it is that of the link. */
  StateChange: [state: AgentState, event?: AgentEvent];
  /** Something went wrong: where nobody could catch it, or where whoever shows it should know as well. */
  Exception: [error: AgentSdkError];
  /** The platform asked for the log, and this is it: a record as text, for the page to send or not. */
  SaveLog: [log: Blob];
  /** Something changed: the snapshot, and which parts of it are other than before. */
  snapshot: [snapshot: Snapshot, changed: SnapshotPart[]];
  /** What is new in an answer to `surveillance`. */
  agents: [difference: AgentsDifference];
}

/** What the toolbar tells, and who looks after calls for it. */
export interface ToolbarEvents {
  /** The page of the option `screenPop` is about to be opened. A listener may set `url` to another address, or to null: then none is opened. */
  ScreenPop: [pop: { url: string | null; readonly call: SnapshotCall }];
  /** A call that came in is over, and nobody here talked. */
  Missed: [news: { readonly call: SnapshotCall }];
  /** The agent wrote a note about a call. Nothing is kept of it. */
  Note: [note: { callId: string; text: string; tags: string[] }];
  /** The agent did something in the toolbar. */
  Action: [context: ActionContext];
  /** On the supervisor's wall somebody's call was taken over or ended, or they were signed out; with the reason that was chosen, or empty. */
  Forced: [deed: { name: 'takeOver' | 'forceHangUp' | 'forceSignOut'; agentNumber: string; reason: string }];
}

/** What listeners to an event of the platform are given. */
export type PlatformListeners = { [Name in keyof PlatformEvents]: [event: PlatformEvents[Name], frame: StompFrame] };

/** Every event and what its listeners are given. */
export interface EventMap extends LocalEvents, ToolbarEvents, PlatformListeners {}

/** Who is told of an event. */
export type Listener<K extends keyof EventMap> = (...values: EventMap[K]) => void;

/** Who is told of an event of the platform that is not in the map. */
export type OtherListener = (event: AgentEvent, frame: StompFrame) => void;

/** A name that is not among those of `Map`: what is known there is not taken for something else. */
export type OtherName<Map, Name extends string> = Name extends keyof Map ? never : Name;

// -- snapshot --------------------------------------------------------------------

/**
 * What an agent is doing, as far as commands are concerned.
 *
 * - `signedOut`: No link, or not logged in.
 * - `resting`: Logged in, neither ready nor busy.
 * - `ready`: Ready for calls.
 * - `busy`: Not ready.
 * - `wrapUp`: After a call.
 * - `locked`: Locked by the platform.
 * - `settingUp`: A call is being set up.
 * - `talking`: In conversation.
 * - `holding`: The other party waits.
 * - `transferring`: A transfer's target rings.
 * - `consultRinging`: A consultation's target rings.
 * - `consulting`: Consults somebody.
 * - `consulted`: Is consulted by somebody.
 * - `conference`: Three parties talk.
 * - `watching`: Listens to, whispers into or joined another agent's call.
 */
export type Situation =
  | 'signedOut' | 'resting' | 'ready' | 'busy' | 'wrapUp' | 'locked' | 'settingUp' | 'talking' | 'holding' | 'transferring'
  | 'consultRinging' | 'consulting' | 'consulted' | 'conference' | 'watching';

/** The session as one object that nobody can change. Times are by the server's clock. */
export interface Snapshot {
  /** Who the agent is and what they do. */
  readonly agent: SnapshotAgent;
  /** The present call. */
  readonly call: SnapshotCall | null;
  /** What the last call left, until the next state. */
  readonly wrapUp: SnapshotWrapUp | null;
  /** Who waits. */
  readonly queue: SnapshotQueues;
  /** The link to the platform. */
  readonly link: SnapshotLink;
  /** What the promise form lets through now. */
  readonly allowed: ReadonlyArray<RequestName>;
}

/** The agent of a snapshot. */
export interface SnapshotAgent {
  /** Who they are at the platform. */
  readonly number: string;
  /** Short name of the company. */
  readonly company: string;
  /** As the platform told last. */
  readonly state: AgentState;
  /** What that means for commands. */
  readonly situation: Situation;
  /** Since when in this state. 0: from the start. */
  readonly since: number;
  /** Why not ready. Empty: no reason was given. */
  readonly busyType: string;
  /** As the platform said at login, before that as configured. */
  readonly loginType: LoginType;
  /** Whether the agent is logged in. */
  readonly loggedIn: boolean;
  /** Whether the agent is a supervisor. */
  readonly supervisor: boolean;
  /** May place calls. */
  readonly mayCall: boolean;
  /** The agent's phone is gone. */
  readonly phoneLost: boolean;
  /** Reasons for not being ready. */
  readonly busyTypes: ReadonlyArray<string>;
  /** The agent's skill groups. */
  readonly groups: ReadonlyArray<SnapshotGroup>;
  /** IVRs that calls can be transferred to. */
  readonly ivrs: ReadonlyArray<SnapshotGroup>;
  /** What the agent wants to be when the call is over. */
  readonly next: SnapshotNext | null;
  /** Calls in a row that rang until they ended, since the agent talked or chose a state. */
  readonly missed: number;
  /**
   * How long the agent was not ready since the login, by reason. The present time is not among it: it is as old as the
   * state.
   */
  readonly used: ReadonlyArray<SnapshotUsed>;
}

/** What an agent wants to be after the call. */
export interface SnapshotNext {
  /** Ready or not. */
  readonly state: NextState;
  /** Why not ready. Empty: for no reason. */
  readonly busyType: string;
}

/** How long an agent was not ready for one reason. */
export interface SnapshotUsed {
  /** The reason. Empty: none. */
  readonly busyType: string;
  /** So long. */
  readonly ms: number;
}

/** A skill group or an IVR of a snapshot. */
export interface SnapshotGroup {
  /** As the platform names it in commands. */
  readonly id: string;
  /** Empty where the platform gives none. */
  readonly name: string;
  /** The agent's main group. */
  readonly main: boolean;
}

/** The call of a snapshot. */
export interface SnapshotCall {
  /** Empty until it is known. */
  readonly id: string;
  /** Which way it goes. Null: the platform did not tell. */
  readonly direction: Direction | null;
  /** The other party, not hidden; during a consultation whoever waits. */
  readonly party: string;
  /** Empty until it is known. */
  readonly callType: CallType | (string & {});
  /** Since when both sides talk. It does not start anew. */
  readonly since: number | null;
  /** Nobody hears the agent, until they end it or the call ends. */
  readonly muted: boolean;
  /** The other party waits. */
  readonly held: boolean;
  /** Three parties talk. */
  readonly conference: boolean;
  /** Who is consulted. Empty until it is known. */
  readonly consult: string | null;
  /** Since when the other party waits. */
  readonly heldAt: number | null;
  /** Since when the agent is muted. */
  readonly mutedAt: number | null;
  /** When the consultation that goes on was started. */
  readonly consultAt: number | null;
  /** When the agent's phone began to ring. */
  readonly ringingAt: number | null;
  /** When the caller joined a queue. */
  readonly queuedAt: number | null;
  /** The skill group that the call came through. The name is empty where the platform gives none. */
  readonly group: Readonly<NamedId> | null;
  /** What the IVR learned, not hidden. */
  readonly ivr: SnapshotIvr | null;
  /** What was sent along with the call, as a text: JSON where it was an object. Empty: nothing. */
  readonly userData: string;
  /** To whom the call is being given while that rings: number, group id or IVR id. */
  readonly transfer: string | null;
  /** Whose call the agent is in as a supervisor. */
  readonly watch: SnapshotWatch | null;
  /** Which supervisor speaks into the call. Nothing tells when they leave. */
  readonly joinedBy: SnapshotWatch | null;
  /** Another call that rings beside this one. */
  readonly second: SnapshotSecond | null;
}

/** What an IVR learned from a caller. */
export interface SnapshotIvr {
  /** Keys that were pressed. */
  readonly keys: ReadonlyArray<string>;
  /** `ivrParam`. */
  readonly param: string;
  /** What went into it. */
  readonly input: string;
  /** What came out. */
  readonly output: string;
}

/** A supervisor's hold on a call. */
export interface SnapshotWatch {
  /** In which way. */
  readonly kind: WatchKind;
  /** Whose call it is, or who joined it. Empty until it is known. */
  readonly agentNumber: string;
}

/** A call that rings beside the present one. */
export interface SnapshotSecond {
  /** Its id. */
  readonly id: string;
  /** The caller, not hidden. Empty until it is known. */
  readonly party: string;
  /** Since when it rings. */
  readonly ringingAt: number;
}

/** What a call left. */
export interface SnapshotWrapUp {
  /** Since when. */
  readonly since: number;
  /** When the agent becomes ready by itself, or what they chose. */
  readonly until: number | null;
  /** Number of the cause; see the table of causes. */
  readonly cause: number | null;
  /** Whether the other party hung up. */
  readonly otherHungUp: boolean;
  /** ms of conversation. */
  readonly talked: number | null;
  /** Empty where it is not known. */
  readonly callId: string;
  /** The other party, not hidden. Empty where it is not known. */
  readonly party: string;
  /** Which way the call went. Null: the platform did not tell. */
  readonly direction: Direction | null;
  /** The clock was stopped: ms that are left when it goes on. There is no `until` meanwhile. */
  readonly paused: number | null;
}

/** The queues of a snapshot. */
export interface SnapshotQueues {
  /** Callers waiting in all of the agent's groups: what `getQueueInfo()` was answered last, and `QueueInfo` since. */
  readonly waiting: number | null;
  /** Callers waiting by group, as `QueueInfo` told last. */
  readonly groups: ReadonlyArray<SnapshotQueue>;
}

/** The queue of a skill group. */
export interface SnapshotQueue {
  /** The group's. */
  readonly groupId: string;
  /** Empty where the platform gives none. */
  readonly name: string;
  /** So many callers. */
  readonly waiting: number;
  /** Since when the one waits who waits longest. */
  readonly longestAt: number | null;
  /** So many may wait before it shows: the option `queueLimits`. */
  readonly limit: number | null;
}

/** The link of a snapshot. */
export interface SnapshotLink {
  /** How it stands. */
  readonly state: LinkState;
  /** Tries of this outage. */
  readonly attempt: number;
  /** ms that the last answer took. */
  readonly latency: number | null;
  /** When the next try comes. */
  readonly retryAt: number | null;
  /** Since when it is up. */
  readonly upSince: number | null;
}

/** What an agent may want to be after a call. */
export type NextState = 'idle' | 'busy';

/** Which way a call goes. */
export type Direction = 'inbound' | 'outbound';

/** How a link stands. */
export type LinkState = 'down' | 'connecting' | 'waiting' | 'up';

/** In which way a supervisor is in a call. */
export type WatchKind = 'listen' | 'whisper' | 'forceInsert' | 'intercept';

/** Names of the parts of a snapshot. */
export type SnapshotPart = keyof Snapshot;

// -- errors ----------------------------------------------------------------------

/** Every code; see the page of errors for sentences and remedies. */
export type ErrorCode =
  | 'OPTIONS_MISSING' | 'OPTION_MISSING' | 'OPTION_WRONG' | 'CREDENTIALS_FAILED' | 'NOT_CONNECTED' | 'NOT_LOGGED_IN'
  | 'NOT_ALLOWED' | 'NOT_SUPERVISOR' | 'FEATURE_OFF' | 'NOT_IN_CONVERSATION' | 'COMMAND_TIMEOUT' | 'NO_OUTCOME' | 'LINK_LOST'
  | 'CALL_ENDED' | 'COMMAND_FAILED' | 'REFUSED' | 'COMMAND_EMPTY' | 'COMMAND_INVALID' | 'CALLED_EMPTY' | 'DIAL_EMPTY'
  | 'TRANSFER_EMPTY' | 'CONSULT_EMPTY' | 'TARGET_EMPTY' | 'GROUP_EMPTY' | 'FILTER_NEEDS_GROUP' | 'USERDATA_INVALID'
  | 'MISSED_CALLS' | 'IN_CALL' | 'CANNOT_ANSWER' | 'PHONE_NOT_REGISTERED' | 'PHONE_REGISTRATION_FAILED' | 'PHONE_DISCONNECTED'
  | 'PHONE' | 'PHONE_PARAMETERS' | 'PHONE_INSECURE' | 'PHONE_UNSUPPORTED' | 'PHONE_OPTIONS_MISSING' | 'MICROPHONE_DENIED'
  | 'MICROPHONE_FORBIDDEN' | 'MICROPHONE_MISSING' | 'MEDIA_FAILED' | 'NO_CALL' | 'CALL_NOT_READY' | 'DTMF_INVALID'
  | 'RING_BLOCKED' | 'HOLD_REFUSED' | 'CHECK_TIMEOUT' | 'CHECK_NO_STUN' | 'CHECK_NO_TURN' | 'CHECK_NO_CANDIDATE'
  | 'CHECK_NO_ECHO' | 'WARN_AUDIO_BLOCKED' | 'WARN_MICROPHONE_SILENT' | 'WARN_NO_INCOMING_AUDIO' | 'WARN_LOSS' | 'WARN_JITTER'
  | 'WARN_ROUND_TRIP' | 'WARN_MOS' | 'WARN_MEDIA_LOST' | 'PHONE_MISSING' | 'PHONE_CRASHED' | 'PHONE_STOPPED' | 'CONNECT_FAILED'
  | 'CONNECT_TIMEOUT' | 'GAVE_UP' | 'LINK_SILENT' | 'BROKER_ERROR' | 'NOT_JSON' | 'NO_STATE' | 'FRAME_TOO_LARGE' | 'BAD_FRAME'
  | 'BAD_HEADER' | 'REPLACED' | 'CRASHED';

/** What the SDK throws, what a promise is rejected with, and what `Exception` carries. */
export class AgentSdkError extends Error {
  private constructor();
  /** For programs. */
  readonly code: ErrorCode;
  /** What to do, for people, in the SDK's language as the message. */
  readonly remedy: string;
  /** Of the SDK; that of a phone's error begins with `SPS_`. */
  readonly version: string;
  /** `REFUSED`: the platform's number. `CRASHED`, `PHONE_CRASHED`, `PHONE_STOPPED`: the error behind it. */
  readonly cause: { readonly status: number } | Error | undefined;
}

// -- methods ---------------------------------------------------------------------

/** Names of requests, as `allowed` lists them. */
export type RequestName =
  | 'login' | 'reconnect' | 'heartbeat' | 'logout' | 'idle' | 'busy' | 'makeCall' | 'cancelCall' | 'hold' | 'unHold' | 'mute'
  | 'unmute' | 'sendDTMF' | 'transferCall' | 'transferCancel' | 'consultCall' | 'consultCancel' | 'consultTransfer'
  | 'tripartiteTalk' | 'surveillance' | 'forceIdle' | 'forceBusy' | 'forceLogout' | 'forceBreak' | 'listen' | 'whisper'
  | 'forceInsert' | 'intercept' | 'groupInfo' | 'idleAgent' | 'groupQueueNum';

/** The events that say that a request was done. */
export interface RequestOutcomes {
  login: 'Login';
  reconnect: 'Reconnect' | 'Login';
  heartbeat: never;
  logout: 'Logout';
  idle: 'Idle';
  busy: 'Busy';
  /** `MakeCallFail` says that it was not. */
  makeCall: 'Conversation';
  cancelCall: 'CancelCall' | 'After';
  hold: 'Hold';
  unHold: 'UnHold';
  mute: 'Mute';
  unmute: 'Unmute';
  sendDTMF: 'SendDTMF';
  /** `TransferCallFail` says that it was not. */
  transferCall: 'TransferCalling';
  transferCancel: 'TransferCancel';
  /** `ConsultCallFail` says that it was not. */
  consultCall: 'Conversation';
  consultCancel: 'ConsultCancel';
  consultTransfer: 'ConsultTransfer';
  /** `TripartiteTalkFail` says that it was not. */
  tripartiteTalk: 'TripartiteTalking';
  surveillance: 'Surveillance';
  forceIdle: 'ForceIdle';
  forceBusy: 'ForceBusy';
  forceLogout: 'ForceLogout';
  forceBreak: 'ForceBreak';
  /** `ListenFail` says that it was not. */
  listen: 'Listening';
  /** `WhisperFail` says that it was not. */
  whisper: 'Whispering';
  /** `ForceInsertFail` says that it was not. */
  forceInsert: 'ForceInserting';
  /** `InterceptFail` says that it was not. */
  intercept: 'Conversation';
  groupInfo: 'GroupInfo';
  idleAgent: 'IdleAgent';
  groupQueueNum: 'GroupQueueNum';
}

/** What the promise of a request is of. */
export type Outcome<Name extends RequestName> = PlatformEvents[RequestOutcomes[Name]];

/** A command by its name on the wire. */
export interface WireCommand {
  request: RequestName | (string & {});
  [member: string]: unknown;
}

/**
 * Every command once more, as a promise: of the event that says that it was done, or of an `AgentSdkError` that says why not.
 * What is not possible now is rejected at once and nothing is sent.
 */
export interface AgentSdkRequests {
  /** Logs in, with other credentials where some are given. */
  login(credentials?: Credentials): Promise<Outcome<'login'>>;
  reconnect(): Promise<Outcome<'reconnect'>>;
  logout(): Promise<Outcome<'logout'>>;
  idle(): Promise<Outcome<'idle'>>;
  busy(busyType?: string): Promise<Outcome<'busy'>>;
  /** Resolves when both sides talk. */
  call(called: string | number, calledType?: CalledType, caller?: string, callId?: string, contactId?: string): Promise<Outcome<'makeCall'>>;
  hangup(): Promise<Outcome<'cancelCall'>>;
  hold(): Promise<Outcome<'hold'>>;
  unHold(): Promise<Outcome<'unHold'>>;
  mute(): Promise<Outcome<'mute'>>;
  unMute(): Promise<Outcome<'unmute'>>;
  sendDTMF(key: string | number): Promise<Outcome<'sendDTMF'>>;
  /** `mode` 0: resolves with the end of the call here. 1: resolves when the target rings. */
  transferCall(target: string, type?: TargetType, mode?: 0 | 1): Promise<Outcome<'transferCall'> | PlatformEvents['After']>;
  transferCancel(): Promise<Outcome<'transferCancel'>>;
  /** Resolves when the target talks. */
  consultCall(target: string, type?: TargetType): Promise<Outcome<'consultCall'>>;
  /** As `consultCall`; an agent where no type is given. */
  consult(target: string, type?: TargetType): Promise<Outcome<'consultCall'>>;
  consultCancel(): Promise<Outcome<'consultCancel'>>;
  consultTransfer(): Promise<Outcome<'consultTransfer'>>;
  tripartiteCall(): Promise<Outcome<'tripartiteTalk'>>;
  surveillance(filter?: SurveillanceFilter): Promise<Outcome<'surveillance'>>;
  forceIdle(agentNumber: string): Promise<Outcome<'forceIdle'>>;
  forceBusy(agentNumber: string): Promise<Outcome<'forceBusy'>>;
  forceLogout(agentNumber: string): Promise<Outcome<'forceLogout'>>;
  forceBreak(agentNumber: string): Promise<Outcome<'forceBreak'>>;
  listen(agentNumber: string): Promise<Outcome<'listen'>>;
  whisper(agentNumber: string): Promise<Outcome<'whisper'>>;
  forceInsert(agentNumber: string): Promise<Outcome<'forceInsert'>>;
  intercept(agentNumber: string): Promise<Outcome<'intercept'>>;
  getGroups(): Promise<Outcome<'groupInfo'>>;
  getAutoGroups(): Promise<Outcome<'groupInfo'>>;
  getIdleAgentByGroupId(groupId: string): Promise<Outcome<'idleAgent'>>;
  getQueueInfo(): Promise<Outcome<'groupQueueNum'>>;
  /** The state of an agent of the supervisor's first group; undefined: not logged in, or not in it. */
  getStateByAgentId(agentNumber: string): Promise<AgentState | undefined>;
  /** Of a request that is not known here the answer is all that is waited for. */
  defaultCmd(request: RequestName | (string & {})): Promise<AgentEvent | PlatformResponse>;
  defaultTargetCmd(request: RequestName | (string & {}), agentNumber: string): Promise<AgentEvent | PlatformResponse>;
  send(command: WireCommand): Promise<AgentEvent | PlatformResponse>;
}

/**
 * One agent. Methods send and return at once; what comes of it is told to listeners. They may be taken off the object.
 * A command throws `NOT_CONNECTED` without a link and `NOT_LOGGED_IN` before the login, and tells both to `Exception`.
 */
export class AgentSdk {
  /** With options: connects and logs in at once. Throws what is wrong with them. */
  constructor(options?: AgentSdkOptions);
  /** Runs what `record()` gave; gives the snapshot that it ends in. Throws a `TypeError` that names the line that is none. */
  static replay(record: string): Snapshot;

  /** The promise form. */
  readonly request: AgentSdkRequests;

  /** Version of the SDK. */
  getVersion(): string;
  /** As the platform said at login, before that as configured. */
  getLoginType(): LoginType | undefined;
  /** Starts anew, with the options of before where none are given. Listeners stay. Throws what is wrong with the options. */
  init(options?: AgentSdkOptions): void;
  /** Opens a link; where there is one, a new one. With options it starts anew with these and all others as they were. */
  connect(options?: Partial<AgentSdkOptions>): void;
  /** Goes on with the token of an earlier login. */
  reconnect(): void;
  /** Logs in; with other credentials over a new link. */
  login(credentials?: Credentials): void;
  /** Logs out; gives the command's number. Undefined: nobody was logged in. */
  logout(): number | undefined;
  /** Logs out and ends the link. Throws `IN_CALL` during a call. */
  break(done?: () => void): void;
  /** Ends the link and takes the toolbar out of the page, also during a call and without logging out; it takes up no room any more. */
  destroy(): void;

  /** Ready. */
  idle(): void;
  /** Not ready; gives the command's number. */
  busy(busyType?: string): number;
  /** What the agent is when the present call and its wrap-up are over. Null: what comes by itself. */
  setNextState(state: 'idle' | 'busy' | null, busyType?: string): void;
  /** Wrap-up lasts so many seconds longer. Throws `NOT_ALLOWED` outside of one. */
  extendWrapUp(seconds?: number): void;
  /** Stops the clock of the wrap-up, for 5 minutes at most, or lets it go on (`false`). Throws `NOT_ALLOWED` outside of one. */
  pauseWrapUp(on?: boolean): void;

  /** Places a call. `calledType`: 1 agent, 2 outside (default). Blanks in `called` are left out. */
  call(called: string | number, calledType?: CalledType, caller?: string, callId?: string, contactId?: string): void;
  /** Answers on the browser phone. Throws `CANNOT_ANSWER` where there is none. */
  answer(): void;
  /** Hangs up, or leaves the call that is listened to. */
  hangup(): void;
  hold(): void;
  unHold(): void;
  mute(): void;
  unMute(): void;
  /** Sends one of `0`–`9`, `*`, `#`; anything else is not sent. */
  sendDTMF(key: string | number): void;
  /** A key: sent in a call, else typed into the toolbar's dial field; -1 takes the last one back. */
  dial(key: string | number): void;

  /** Gives the call away. `type` 2 where none is given; `mode` 0 at once, 1 (default) when the target answers. */
  transferCall(target: string, type?: TargetType, mode?: 0 | 1): void;
  transferCancel(): void;
  /** Talks to somebody else while the other party waits. Without a type the platform takes the target for an agent. */
  consultCall(target: string, type?: TargetType): void;
  /** As `consultCall`; an agent where no type is given. */
  consult(target: string, type?: TargetType): void;
  consultCancel(): void;
  /** Turns the consultation into a transfer. */
  consultTransfer(): void;
  /** Turns the consultation into a conference. */
  tripartiteCall(): void;

  /** Supervisors: asks what the agents do; gives the command's number. */
  surveillance(filter?: SurveillanceFilter): number;
  /** Supervisors: asks again and again, each `interval` ms (default 2000, at least 100). A second start while it runs changes nothing. */
  surveillanceStart(filter?: SurveillanceFilter, interval?: number): void;
  surveillanceEnd(): void;
  /** Supervisors: makes an agent ready, not ready, or logs them out; gives the command's number. */
  forceIdle(agentNumber: string): number;
  forceBusy(agentNumber: string): number;
  forceLogout(agentNumber: string): number;
  /** Supervisors: cuts an agent's call; gives the command's number. */
  forceBreak(agentNumber: string): number;
  /** Supervisors: hears an agent's call; gives the command's number. */
  listen(agentNumber: string): number;
  /** Supervisors: hears an agent's call and is heard by the agent alone; gives the command's number. */
  whisper(agentNumber: string): number;
  /** Supervisors: joins an agent's call; gives the command's number. */
  forceInsert(agentNumber: string): number;
  /** Supervisors: takes an agent's call; gives the command's number. */
  intercept(agentNumber: string): number;
  /** The state of another agent, as far as the last answer to `surveillance` tells. */
  getStateByAgentId(agentNumber: string): AgentState | undefined;
  /** As `getStateByAgentId`. */
  getStateByAgentNumber(agentNumber: string): AgentState | undefined;

  /** Asks for all groups; gives the command's number. */
  getGroups(): number;
  /** As `getGroups`: the platform has no list of its own for these. */
  getAutoGroups(): number;
  /** Asks who is ready in a group; gives the command's number. */
  getIdleAgentByGroupId(groupId: string): number;
  /** Asks who is ready in the agent's first group; gives the command's number. */
  getFree(): number;
  /** Asks how many callers wait; gives the command's number. */
  getQueueInfo(): number;

  /** Data that travels with every later command. Throws `USERDATA_INVALID` where there is none. */
  setUserdata(userdata: string | number): void;
  /** Sends a request by its name; gives its number. */
  defaultCmd(request: RequestName | (string & {})): number;
  /** Sends a request for another agent by its name; gives its number. */
  defaultTargetCmd(request: RequestName | (string & {}), agentNumber: string): number;
  /** Sends a command as it is; gives its number. */
  send(command: WireCommand): number;
  /** Has the event that answers the command of this number told to one function, once; to its listeners as well only where it is public. */
  onPrivateEventCallback(sequence: number, callback: (event: AgentEvent, frame: StompFrame) => void, isPublic?: boolean): void;

  /** Whether the link is open. */
  isConnected(): boolean;
  /** Whether the link is being opened. */
  isConnecting(): boolean;
  /** Whether the link is open and a token is there. */
  isLogin(): boolean;
  /** Whether a call is there: it rings, talks or waits. */
  isConversation(): boolean;
  /** The session as one object. Undefined: not started. */
  snapshot(): Snapshot | undefined;
  /** What happened since the start, a line of JSON each, without passwords and tokens. Empty: not started, or `features.record` is off. */
  record(options?: RecordOptions): string;
  /** Whether every input is shown on the console as well, as `record()` writes it. */
  setDebug(on: boolean): void;
  /** Language of toolbar and sentences from now on. */
  setLang(lang: Language): void;
  /** What only the page knows of the present call, beside what it said before; null: nothing. It is forgotten when the call is over. */
  setCallInfo(info: CallInfo | null): void;
  /** Opens what a button of the toolbar opens, by that button's name, such as `keypad`, `transfer`, `wall`, `settings`. Nothing happens where it is not shown. */
  openPanel(name: string, where?: { into?: Element | string }): void;
  /** Closes the panel that is open. */
  closePanel(): void;
  /** Style of the toolbar's element: CSS text, or values by property such as `{ '--at-accent': '#06c' }`. */
  changeStyle(style: string | Record<string, string>): void;

  /** The browser phone: a `SoftPhoneSdk`, unless the page brought one of its own. Undefined: there is none. */
  getSoftPhoneInstance(): SoftPhoneSdk | SoftPhone | undefined;
  /** Whether it answers every call by itself from now on; kept for the agent. */
  setAutoAnswer(on: boolean): void;
  /** Whether it is registered. Undefined: there is none. */
  isRegistered(): boolean | undefined;
  register(): void;
  unregister(): void;
  /** Ends the browser phone's registration and its link. */
  stop(): void;

  /** Listens; gives an id for `off`. */
  on<K extends keyof EventMap>(name: K, listener: Listener<K>): string;
  /** Listens to an event that a platform may have beside those. */
  on<Name extends string>(name: OtherName<EventMap, Name>, listener: OtherListener): string;
  /** Listens once. */
  once<K extends keyof EventMap>(name: K, listener: Listener<K>): string;
  /** Listens once to an event that a platform may have beside those. */
  once<Name extends string>(name: OtherName<EventMap, Name>, listener: OtherListener): string;
  /** Stops listening. False: nobody was. */
  off<K extends keyof EventMap>(name: K, idOrListener: string | Listener<K>): boolean;
  /** Stops listening to an event that a platform may have beside those. */
  off<Name extends string>(name: OtherName<EventMap, Name>, idOrListener: string | OtherListener): boolean;

  /** The element that the toolbar is drawn in. Undefined: there is none. */
  readonly element: HTMLElement | undefined;
  /** Where pages of the original find the socket. */
  readonly sws: { readonly ws: { readonly ws: WebSocket | undefined } };
}

// -- the element -----------------------------------------------------------------

/**
 * `<agent-toolbar theme lang density>`: the toolbar as an element. Every event of the SDK is told here as `agent-` and its name,
 * with what its listeners get first as `detail`; it bubbles. `agent-snapshot` and `agent-agents` are told while somebody listens
 * here itself, or to the SDK. Moved it goes on; taken out of the page it shows nothing, and the session goes on.
 *
 * Slot `customer-card`: what the page shows of a customer. Parts: `bar`, `chip`, `dial-field`, `party`, `actions`, `answer`,
 * `reject`, `hangup`, `done`, `utilities`, `popover`, `message`. Custom properties begin with `--at-`, such as `--at-accent`.
 */
export class AgentToolbarElement extends HTMLElement {
  /** Starts a session of its own with these, or starts it anew. Throws what is wrong with them. */
  options: AgentSdkOptions | undefined;
  /** The SDK whose session it shows: its own, or the one that is given. */
  sdk: AgentSdk | undefined;

  /** Listens; see `AgentToolbarElementEventMap`. */
  addEventListener<K extends keyof AgentToolbarElementEventMap>(
    type: K,
    listener: (this: AgentToolbarElement, event: AgentToolbarElementEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  /** Listens to any other event. */
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  /** Stops listening. */
  removeEventListener<K extends keyof AgentToolbarElementEventMap>(
    type: K,
    listener: (this: AgentToolbarElement, event: AgentToolbarElementEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  /** Stops listening to any other event. */
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** Events of the element: those of the SDK, and those that every element has. */
export type AgentToolbarElementEventMap = HTMLElementEventMap & {
  [K in keyof EventMap as `agent-${K}`]: CustomEvent<EventMap[K][0]>;
};

// -- the phone -------------------------------------------------------------------

/** What `new SoftPhoneSdk`, `init` and `register` take. */
export interface SoftPhoneSdkOptions {
  /** Whole address of the SIP socket, `wss://…`. It counts before `wss` and `wssport`. */
  url?: string;
  /** Host of the SIP socket. */
  wss?: string;
  /** Its port. */
  wssport?: number | string;
  /** SIP user. */
  account: string;
  /** SIP password. */
  password: string;
  /** SIP domain. Default `wss`, else the host of `url`. */
  domain?: string;
  /** The name that others see. Default `account`. */
  display?: string;
  /** The user that the password belongs to, where it is not `account`. */
  authorizationUser?: string;
  /**
   * Every call is answered by itself, but for one that comes while there is another. Default false; anything but a boolean
   * counts as absent.
   */
  autoAnswer?: boolean;
  /** STUN and TURN servers. Default none: only addresses of this machine are offered. */
  iceServers?: RTCIceServer[];
  /** Of the original: addresses of STUN servers. Counts where `iceServers` is absent. */
  stunServers?: string[] | null;
  /** What is asked of the microphone beside its device. Default echo cancellation, noise suppression and automatic gain. */
  audio?: MediaTrackConstraints;
  /** Addresses that are found late are sent after the offer, where the other side takes them (RFC 8840). Default false. */
  trickle?: boolean;
  /** Address of the ring tone. Default a tone made here. */
  ring?: string;
  /** How loud it rings, 0 to 1. Default 1. */
  ringVolume?: number;
  /** Id of the microphone; see `getDevices`. Default the browser's. It may also stand in `localStorage.audioDeviceId`. */
  microphone?: string;
  /** Id of the device where the other party is heard. Default the browser's. */
  speaker?: string;
  /** Id of the device where it rings. Default the browser's. */
  ringDevice?: string;
  /** The element that plays the other party. Default one of our own. */
  outputVideo?: HTMLMediaElement;
  /** Language of sentences. Default `zh-CN`. */
  lang?: Language;
  /** Of the original; no effect: the phone draws nothing, the toolbar shows calls. */
  el?: string;
  /** Of the original; no effect: nothing is written to the console. */
  logLevel?: number;
  /** Of the original; no effect. */
  debug?: boolean;
}

/** How far a call is. */
export type PhoneCallState = 'ringing' | 'answering' | 'calling' | 'early' | 'talking' | 'ended';

/** How an entry of a trace came about. */
export type TraceWay = 'sent' | 'received' | 'note';

/** Who sends sound, as a session description says. */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What went over the wire, or happened here, without secrets. */
export interface TraceEntry {
  /** ms since the page was opened. */
  at: number;
  /** Where it came from. */
  way: TraceWay;
  /** First line of the message, or what happened. */
  line: string;
  /** The whole message. */
  text?: string;
  /** Number and method. */
  cseq?: string;
  /** SIP status. */
  status?: number;
  /** Of a session description: who sends. */
  direction?: MediaDirection;
  /** The name of its ICE session. A new name is an ICE restart. */
  ufrag?: string;
}

/** How a call sounds. */
export interface CallSound {
  /** Mean opinion score by the E-model, 1 to 4.5, of the last 2 s. */
  mos: number;
  /** Percent of packets lost, of the last 2 s. */
  loss: number;
  /** ms. */
  jitter: number;
  /** ms, there and back. */
  roundTrip: number;
  /** How loud the microphone is, 0 to 1. Undefined: the browser does not say. */
  inputLevel: number | undefined;
  /** How loud the other party is, 0 to 1. Undefined: the browser does not say. */
  outputLevel: number | undefined;
  /** Such as `audio/opus`. */
  codec: string | undefined;
  /** Kinds of the addresses in use, ours first: such as `host/relay`. */
  pair: string | undefined;
  /** Since the call began, as the two that follow. */
  packetsSent: number;
  /** That came. */
  packetsReceived: number;
  /** That did not. */
  packetsLost: number;
}

/** As `Warning` tells it. */
export interface CallWarning {
  /** The call that it is about. */
  call: PhoneCall;
  /** One of those that begin with `WARN_`. */
  code: ErrorCode;
  /** True: it is over, and the rest is absent. */
  over?: true;
  /** What is wrong. */
  message?: string;
  /** What to do. */
  remedy?: string;
  /** What was measured, in words. */
  cause?: string;
}

/** What `check` takes. */
export interface PhoneCheckOptions {
  /** A number that sends back what it hears. Absent: no call is made. */
  echo?: string;
  /** ms for each part. Default 5000. */
  timeout?: number;
}

/** What `check` found. */
export interface PhoneCheck {
  /** All parts are fine. */
  ok: boolean;
  /** One after the other. */
  parts: Array<PhoneCheckPart>;
}

/** Names of the things that a call needs. */
export type PhoneCheckName = 'microphone' | 'devices' | 'socket' | 'registration' | 'stun' | 'turn' | 'network' | 'echo';

/** One thing that a call needs. `stun` and `turn` are there where `iceServers` names such, `echo` where a number was given. */
export interface PhoneCheckPart {
  /** Which. */
  name: PhoneCheckName;
  /** Whether it is fine. */
  ok: boolean;
  /** Empty where it is fine. */
  code: ErrorCode | '';
  /** What is wrong; where it is fine, the microphone's name or how many devices there are. */
  message: string;
  /** What to do. */
  remedy: string;
  /** How long it took. */
  ms: number;
}

/** Why a call could not be made or answered. */
export interface CallFailure {
  /** SIP status; 0: none came. */
  status: number;
  /** In words. */
  reason: string;
}

/** Who ended a call. */
export type CallEnder = 'us' | 'them' | 'link';

/** How a call ended. */
export interface CallEnd extends CallFailure {
  /** Who ended it; `link`: nobody, the server knew no more of it. */
  by: CallEnder;
}

/** What is told of a call that comes in, beside the call. */
export interface Invitation {
  /** Another call is there already: this one is not answered by itself. */
  waits: boolean;
  /** Fields of the INVITE whose names begin with `X-`. */
  headers: Record<string, string>;
}

/** What a SIP message says, in short; undefined: it does not say. */
export interface SipSummary {
  /** Which of the two. */
  kind: 'request' | 'response';
  /** Of a request. */
  method: string | undefined;
  /** Of a response. */
  status: number | undefined;
  /** The call's id. */
  callId: string | undefined;
  /** Its number. */
  cseq: number | undefined;
  /** The address that it is from. */
  from: string | undefined;
  /** The address that it is for. */
  to: string | undefined;
  /** How many fields the head has. */
  headers: number;
  /** Length of the body, bytes. */
  body: number;
}

/** A call of the phone: one and the same object for its whole life, as it was told last. Its methods throw as those of the phone. */
export interface PhoneCall {
  /** Number of the call in this page. */
  readonly id: number;
  /** The platform's id: what `X-Call-Id` of the INVITE says. Null: nothing. */
  readonly callId: string | null;
  /** SIP's own. */
  readonly sipCallId: string;
  readonly direction: Direction;
  readonly state: PhoneCallState;
  /** The other party: its name, which may be empty, and its number. */
  readonly displayName: string;
  readonly number: string;
  /** The same, where pages of the original look for it. */
  readonly remoteIdentity: { readonly displayName: string; readonly uri: { readonly user: string } };
  /** Held from here. */
  readonly held: boolean;
  /** Held by the other party. */
  readonly heldByPeer: boolean;
  /** Since when both sides talk. */
  readonly since: number | null;
  answer(): void;
  /** Hangs up, takes back or refuses. */
  hangup(): void;
  /** As `hangup`. */
  reject(): void;
  /** Not one packet is sent from here on, until `unHold`. */
  hold(): void;
  unHold(): void;
  /** Sends one of `0`–`9`, `*`, `#`. */
  dtmf(key: string | number): void;
  /** Sends the other party to this number, and leaves. */
  transfer(target: string | number): void;
  /** Joins the other party with that of this call, and leaves both. */
  attendedTransfer(other: PhoneCall | number): void;
  /** What went over the wire. Undefined: it is too long ago. */
  trace(): TraceEntry[] | undefined;
}

/** As `Quality` tells it. */
export interface CallQuality extends CallSound {
  call: PhoneCall;
}

/** Who is told of an event of the phone. */
export type PhoneListener<K extends keyof SoftPhoneEvents> = (...values: SoftPhoneEvents[K]) => void;

/** What the phone tells. */
export interface SoftPhoneEvents {
  /** The link is open. */
  Connected: [];
  /** The link is lost. It is tried again for ever; calls go on meanwhile. */
  Disconnected: [];
  /** Another try to open the link. */
  Reconnecting: [];
  /** Calls can reach the phone. */
  Registered: [news: { expires: number }];
  /** They cannot any more. */
  UnRegistered: [news?: { status: number }];
  RegistrationFailed: [why: CallFailure];
  /** Somebody calls. */
  Invite: [call: PhoneCall, more: Invitation];
  /** A call is on its way. */
  Try: [call: PhoneCall, more: object];
  /** It rings there. */
  Ringing: [call: PhoneCall, more: { status: number }];
  /** A call is being answered here. */
  Answer: [call: PhoneCall, more: object];
  /** Both sides talk. */
  Accepted: [call: PhoneCall, more: object];
  /** A call that came was not answered; `Terminated` follows. */
  AnswerFailed: [call: PhoneCall, why: CallEnd];
  /** A call that was made was not answered; `Terminated` follows. */
  CallFailed: [call: PhoneCall, why: CallEnd];
  /** A call is over. */
  Terminated: [call: PhoneCall, end: CallEnd];
  /** Something went wrong where nobody could catch it. */
  Exception: [error: AgentSdkError];
  /** A call was held, or goes on. */
  Held: [news: { call: PhoneCall; byPeer: boolean; on: boolean }];
  Muted: [news: { on: boolean }];
  /** The other party pressed a key. */
  Dtmf: [news: { call: PhoneCall; digit: string; duration: number }];
  /** How a transfer goes: the SIP status of the new call. */
  Transferring: [news: { call: PhoneCall; status: number }];
  /** Devices came or went. */
  DevicesChanged: [news: { devices: MediaDeviceInfo[]; microphone: string | undefined }];
  /** How loud it is on either side, 0 to 1; four times a second while somebody listens to this and the microphone is open. */
  Level: [levels: { input: number; output: number }];
  /** How a call sounds; every 2 s. */
  Quality: [quality: CallQuality];
  /** Something makes a call worse, or does so no longer. */
  Warning: [warning: CallWarning];
  /** The browser does not let the ring tone play before somebody touches the page; it plays then. */
  RingBlocked: [news: { call: PhoneCall; code: ErrorCode; message: string; remedy: string }];
  /** The other party sent something within a call (SIP INFO). */
  Info: [news: { call: PhoneCall; kind: string; body: string }];
  /** A text (SIP MESSAGE). */
  Message: [news: { from: string; text: string }];
  /** The connection for sound. */
  Media: [news: { call: PhoneCall; state: RTCIceConnectionState }];
}

/**
 * A telephone in the page: SIP over a WebSocket, sound by WebRTC. What has no call named is meant for the present one: of two
 * the one that is not held. Methods throw an `AgentSdkError`: `NO_CALL`, `CALL_NOT_READY`, `PHONE_NOT_REGISTERED` and whatever
 * they name. They may be taken off the object.
 */
export class SoftPhoneSdk {
  /** With options: asks for the microphone and registers. What is wrong is told by `Exception`. */
  constructor(options?: SoftPhoneSdkOptions);
  /** Reads a SIP message. Throws an `Error` with `offset` where it cannot be read. */
  static parseMessage(message: string): SipSummary;

  readonly isRegistered: boolean;
  /** The present call is a conversation. */
  readonly isCalling: boolean;
  readonly isMute: boolean;
  /** Where the present call comes from. Null: there is none. */
  readonly callType: 'incoming' | 'callout' | null;
  /** The present call. */
  readonly incomingSession: PhoneCall | null;
  /** As `getDevices` found them last. */
  readonly devices: MediaDeviceInfo[];
  /** The microphone. */
  readonly currentDevices: MediaDeviceInfo | undefined;
  /** Ids of the devices that were chosen, undefined where it is the system's, and how loud it rings, 0 to 1. */
  readonly chosen: { microphone: string | undefined; speaker: string | undefined; ringDevice: string | undefined; ringVolume: number };

  /** Starts anew, with the options of before where none are given. Listeners stay. Throws `PHONE_OPTIONS_MISSING`. */
  init(options?: SoftPhoneSdkOptions): void;
  /** Registers, with other options where some are given. Throws `PHONE_PARAMETERS`, `PHONE_INSECURE`, `PHONE_UNSUPPORTED`. */
  register(options?: Partial<SoftPhoneSdkOptions>): void;
  /** Ends the registration. */
  unregister(): void;
  /** Ends registration, calls and link, and gives the microphone back. */
  stop(): void;
  /** As `stop`. */
  disconnect(): void;
  /** As `stop`; the phone takes up no room any more. */
  destroy(): void;

  /** Every call that there is. */
  calls(): PhoneCall[];
  /** Calls a number, by default what `dial` and `setCalled` made. `caller` and `gateway` go along as `X-caller` and `X-bridgeGw`. Throws `CALLED_EMPTY`. */
  call(called?: string | number, caller?: string, gateway?: string): PhoneCall;
  /** Answers the call that has rung longest; one that goes on is held. */
  answer(): void;
  /** Hangs up, takes back or refuses. */
  hangup(): void;
  /** Not one packet is sent from here on, until `unHold`. */
  hold(): void;
  /** Goes on with the call that was held last; another that goes on is held. */
  unHold(): void;
  /** Nothing of the microphone is sent, in any call and with any microphone, until `unMute` or the end of all calls. */
  mute(): void;
  unMute(): void;
  /** Sends one of `0`–`9`, `*`, `#`. Throws `DTMF_INVALID`. */
  dtmf(key: string | number): void;
  /** Sends the other party to this number, and leaves. Throws `TRANSFER_EMPTY`. */
  transfer(target: string | number): void;
  /** Joins the other party with that of another call, by default the one that waits, and leaves both. */
  attendedTransfer(other?: PhoneCall | number): void;
  /** Adds a key to the number that `call()` calls; -1 takes the last one back. */
  dial(key: string | number): this;
  setCalled(number: string | number): this;
  getTargetNumber(): string;

  setAutoAnswer(on: boolean): void;
  /** Which call is the page's own and answered by itself: the one whose `callId` this is; `true`: the next that has none; `false`: no call. */
  expect(own: string | boolean): void;
  /** Language of sentences from now on. */
  setLang(lang: Language): void;

  /** All devices. Their names are empty until the microphone was allowed. */
  getDevices(): Promise<MediaDeviceInfo[]>;
  /** Takes another microphone, also in the call that goes on. Rejects with `MICROPHONE_MISSING`, `MICROPHONE_DENIED`, `MEDIA_FAILED`. */
  setMicrophone(id?: string): Promise<void>;
  /** Where the other party is heard. */
  setSpeaker(id: string): void;
  /** Where it rings. */
  setRingDevice(id: string): void;
  /** How loud it rings, 0 to 1, at once. */
  setRingVolume(volume: number): void;
  /** Opens the microphone without a call, so that `Level` says how loud it is; `false` closes it. Rejects as `setMicrophone`. */
  tryMicrophone(on?: boolean): Promise<void>;
  /** What a call asks the browser for. */
  getConstraints(): MediaStreamConstraints;
  /** False: there is no video. */
  isVideo(): false;

  /** How a call sounds now, by default the present one. */
  statistics(call?: PhoneCall | number): Promise<CallSound>;
  /** Tries all that a call needs, part by part. Rejects with `CALL_NOT_READY` while another check goes on. */
  check(options?: PhoneCheckOptions): Promise<PhoneCheck>;
  /** What went over the wire for a call, by default the present or the last one; 0: for registration and link. Undefined: it is too long ago. */
  trace(call?: PhoneCall | number): TraceEntry[] | undefined;

  /** Of the original; draws nothing. */
  draw(): this;

  /** Listens; gives an id for `off`. */
  on<K extends keyof SoftPhoneEvents>(name: K, listener: PhoneListener<K>): string;
  /** Listens once. */
  once<K extends keyof SoftPhoneEvents>(name: K, listener: PhoneListener<K>): string;
  /** Stops listening. False: nobody was. */
  off<K extends keyof SoftPhoneEvents>(name: K, idOrListener: string | PhoneListener<K>): boolean;
}

export default AgentSdk;

declare global {
  interface HTMLElementTagNameMap {
    'agent-toolbar': AgentToolbarElement;
  }
  interface Window {
    /** Port of the browser phone's socket. */
    SOFTPHONE_WSS_PROT?: number | string;
  }
}
