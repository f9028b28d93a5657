/** The agent toolbar: a call centre's agent in a page. Times are ms since 1970, durations ms, unless a line says seconds. */

// -- options -------------------------------------------------------------------

/** How the agent talks: 1 SIP phone, 2 mobile, 3 browser phone, 4 SIM module (of the platform; as 1 here). A platform may say it as text. */
export type LoginType = 1 | 2 | 3 | 4 | '1' | '2' | '3' | '4';

/** A language that there is. */
export type LanguageTag = '__language__';

/** A language that there is; or any BCP 47 tag, such as `en-GB`: the nearest one is spoken, else the first. */
export type Language = LanguageTag | (string & {});

/** What the toolbar says, by its key in the languages; an error's sentence, and what to do; why a call ended, by its number. */
export type TextKey = '__text_key__' | `errors.${ErrorCode}` | `errors.${ErrorCode}.remedy` | `causes.${number}`;

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
  /** Default `comfortable`. */
  density?: Density;
  /** Texts to put in place of the toolbar's, by language and key; they are shown as text, never as markup. `{}` and `{name}` are filled in as in the text that they replace. One that cannot be shown is told by `Exception`, and the toolbar's own stays. */
  texts?: { [tag in LanguageTag]?: { [key in TextKey]?: string } };
  /** Keys of the toolbar. Default `toolbar`: they count while the focus is in it. */
  shortcuts?: Shortcuts;
  /** Whether a call that rings while nobody sees the page is told: in its title, on its badge, and as a notification where the browser may. `true`: the agent is asked for notifications at the first press in the toolbar. `false`: not at all. */
  notifications?: boolean;
  /** Whether a call that rings is read out by screen readers. `false`: it is shown alone. Default true. */
  ringSpoken?: boolean;
  /** Not ready after so many calls in a row that the agent let ring. Absent: never by itself. */
  busyAfterMissed?: number;
  /** Seconds that a reason for not being ready may last before the toolbar shows it, by reason. */
  busyLimits?: Record<string, number>;
  /** Callers that may wait in a group before the toolbar shows it, by the group's id. */
  queueLimits?: Record<string, number>;

  /** Asked before a call of the toolbar's is made: gives the number to call, or `false` for none. After 3 s it is made as it was. */
  onBeforeDial?: (number: string, more: { type: 1 | 2; source: 'toolbar' }) => string | false | void | Promise<string | false | void>;
  /** Run before what a button of the toolbar does, by the button's name (its `data-act`); `false`: it is not done. */
  actions?: Record<string, (context: ActionContext) => boolean | void>;
  /** Asked what the page knows of a number. */
  describeNumber?: (number: string) => NumberDescription | void | Promise<NumberDescription | void>;
  /** Opened when somebody calls: an address with fields `{caller}`, `{called}`, `{id}`, `{group}`, `{agent}`, `{userData}`, which are encoded. Only `http:` and `https:`, and no field may say whose site it is. See `ScreenPop`. */
  screenPop?: string;
  /** Name of the window or frame that it is opened in. Default one of its own, the same for each call. */
  screenPopTarget?: string;
  /** What the page shows of a customer: put into the toolbar's slot `customer-card`. */
  customerCard?: HTMLElement;
  /** Numbers to call from, of which the agent chooses one in the dial panel: it goes along as the command's `caller`. Absent: the toolbar offers no choice. */
  callerIds?: (string | { number: string; name: string })[];
  /** Tags of a note after a call, of which the agent chooses; see `Note`. Absent: none. */
  noteTags?: string[];
  /** Figures of the supervisor's wall that only the page knows; each tile is absent where its first one is. */
  figures?: WallFigures | (() => WallFigures | void);
  /** Seconds that an agent may be in a kind of state before the supervisor's wall says that it is too long. Absent: never. */
  wallLimits?: Partial<Record<'talk' | 'ready' | 'busy' | 'wrap' | 'other', number>>;
  /** Reasons of which a supervisor chooses one before taking a call over, ending it or signing an agent out; see `Forced`. Absent: none is asked for. */
  forceReasons?: string[];
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

/** `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark' | 'contrast';

/** What only the page knows of the last hours, in the words in which the supervisor's wall shows it. */
export interface WallFigures {
  /** Calls answered in 20 s, such as `86 %`, and what they should be. */
  answeredInTime?: string | number;
  goal?: string | number;
  /** Calls answered this hour, and callers who hung up before. */
  answered?: string | number;
  abandoned?: string | number;
}

/** How high the toolbar is. */
export type Density = 'comfortable' | 'compact';

/** Keys of the toolbar. */
export interface Shortcuts {
  /** Where they count: while the focus is in the toolbar, in the whole page, nowhere. */
  scope?: 'toolbar' | 'page' | 'off';
  /** Other keys than the usual ones, by the button's name. */
  keys?: Record<string, string>;
}

/** What the page knows of a number. */
export interface NumberDescription {
  name?: string;
  place?: string;
  /** In a word or two each. */
  tags?: string[];
  note?: string;
}

/** What a button of the toolbar is about to do. */
export interface ActionContext {
  /** The button's name. */
  name: string;
  snapshot: Snapshot | undefined;
}

/** What only the page knows of the present call. */
export interface CallInfo {
  /** Whether it is recorded. Null: nothing is shown of it. */
  recording?: 'on' | 'paused' | null;
  /** A line about it, and tags in a word or two each. */
  title?: string;
  tags?: string[];
  /** When it goes to somebody else unless it is answered. */
  movesOnAt?: number;
}

/** A call that is over. */
export interface PastCall {
  /** When it ended. */
  at: number;
  id: string;
  /** The other party, not hidden. */
  number: string;
  direction: 'inbound' | 'outbound' | null;
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
  calls: PastCall[];
  /** Numbers that the agent has starred in the dial panel. */
  favourites: KeptNumber[];
  /** Colleagues whom the agent has called from there, the last one first. */
  agents?: KeptNumber[];
  /** The one of `callerIds` that was chosen there. Empty or absent: the platform chooses. */
  callerId?: string;
}

/** Where the page keeps it. */
export interface HistoryStore {
  load?(): CallHistory | void | Promise<CallHistory | void>;
  save?(history: CallHistory): void;
}

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
  /** Default 1. */
  loginType?: LoginType;
}

/** `false` switches a part off: its methods throw `FEATURE_OFF`, `snapshot().allowed` leaves it out, the toolbar does not show it. */
export interface Features {
  /** Placing calls. */
  dial?: boolean;
  hold?: boolean;
  mute?: boolean;
  /** Keys during a call. */
  dtmf?: boolean;
  transfer?: boolean;
  consult?: boolean;
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
  /** The rest is the toolbar's alone: notes after a call, the supervisor's wall, shortcuts, answering by itself. */
  notes?: boolean;
  wall?: boolean;
  shortcuts?: boolean;
  autoAnswer?: boolean;
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
  debug: boolean;
}

/**
 * What a browser phone can do. It tells `Registered`, `RegistrationFailed`, `Disconnected`, `UnRegistered` and `Exception` to
 * its listeners. One that has `expect` answers the agent's own calls by their id, and comes back by itself.
 */
export interface SoftPhone {
  readonly isRegistered: boolean;
  on(name: string, listener: (value?: unknown) => void): unknown;
  off?(name: string, idOrListener: unknown): unknown;
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
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer to a command. */
export interface PlatformResponse {
  type: 'response';
  /** The request's name. */
  response: string;
  /** The command's number. */
  sequence: number;
  /** 0: accepted. Else see the table of causes. */
  status: number;
  msg?: string;
}

/** An event of the platform, exactly as it came. */
export interface AgentEvent<Data = unknown> {
  type: 'event';
  event: string;
  /** The agent's state from now on. Events that tell none leave it as it was. */
  nowState?: AgentState;
  eventTime?: number;
  /** Number of the command that caused it. 0: none. */
  sequence?: number;
  companyId?: string;
  agentNumber?: string;
  agentId?: string;
  /** What `setUserdata` set. */
  userdata?: string;
  /** A JSON text; only on `AgentRinging`, `AgentAnswer`, `Conversation` and `After` of calls that came through an IVR. */
  ivrParam?: string;
  data: Data;
}

/** Anything that the platform sends. */
export type PlatformMessage = AgentEvent | PlatformResponse | Record<string, unknown>;

/** The agent's state: the name of an event, a word of the link, or whatever else the platform says. */
export type AgentState = keyof PlatformEvents | 'closed' | 'connected' | 'disconnect' | (string & {});

/** What kind of call this is for the agent. */
export type CallType = 'normal' | 'consult' | 'consulted' | 'transfer' | 'listen' | 'whisper' | 'forceInsert' | 'intercept';

/** `data` of the events of a call. */
export interface CallData {
  /** 1 inbound, 2 outbound. */
  callDirection: 1 | 2;
  caller: string;
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
  /** Caller and called before they were changed. */
  origCaller?: string;
  origCalled?: string;
  /** What the IVR was given, and what it gave. */
  inputParam?: string;
  outputParam?: string;
  /** Keys pressed in the IVR. */
  ivrKeyRecord?: string[];
}

/** `data` of `After`. */
export interface AfterData {
  /** 1 inbound, 2 outbound. */
  callDirection: 1 | 2;
  caller: string;
  called: string;
  occCallId: string;
  /** When the caller joined a queue. 0: never. */
  inQueueTime: number;
  callType?: CallType;
  /** Where the recording lies. */
  recordPath: string;
  /** Number of the cause; see the table of causes. */
  cause: number;
  /** The cause in words. */
  data: string;
  /** 0: this side hung up, 1: the other. */
  hangupDirection: 0 | 1;
  beginTime: number;
  /** 0: it never rang. */
  ringTime: number;
  /** 0: it was never answered. */
  answerTime: number;
  endTime: number;
  /** 1: ready by itself after `agentAutoIdleTime`. */
  agentAutoIdle: 0 | 1;
  /** Seconds. */
  agentAutoIdleTime: number;
  /** -1001: the agent's phone is gone. */
  code?: number;
}

/** A skill group, or an IVR that calls can be transferred to. */
export interface NamedId {
  id: string;
  name: string;
}

/** `data` of `Login` and `Reconnect`; a platform may send more. */
export interface LoginData {
  /** Of this login. A secret. */
  token: string;
  /** 1: a supervisor. */
  agentType: number;
  groupIdList: string[];
  groupInfoList: (NamedId & { isMaster?: boolean | 0 | 1 })[];
  ivrList?: NamedId[];
  /** Reasons for not being ready, separated by commas. */
  busyType: string;
  /** The present reason. */
  currentBusyType?: string;
  /** 0: may not place calls. */
  agentMakeCall: 0 | 1;
  /** 1: the phone is registered. */
  registered?: 0 | 1;
  loginType: LoginType;
  /** Of the SIP phone: domain, user and password. The last is a secret. */
  domain?: string;
  sipId?: string;
  sipPassword?: string;
  /** Of the browser phone: domain, user and password. The last is a secret. */
  webrtcDomain?: string;
  webrtcSipId?: string;
  webrtcSipPassword?: string;
  /** Host of the SIP socket, and its whole address where the platform gives one. */
  registerSipIp?: string;
  registerSipUrl?: string;
  /** Callers waiting at login. */
  queueNum?: number;
}

/** `data` of `Logout`. -1001: the agent's phone is gone. -1002: the token stays good. */
export interface LogoutData {
  code?: number;
}

/** `data` of events that only tell what kind of call goes on. */
export interface CallTypeData {
  callType?: CallType;
}

/** `data` of `Whispering` and `ForceInserting` at the agent in whose call the supervisor is. */
export interface BySupervisor {
  /** The supervisor. */
  agentNumber: string;
}

/** `data` of `ForceIdle`, `ForceBusy` and `ForceLogout` at the supervisor. */
export interface OfAgent {
  beAgentNumber: string;
}

/** `data` of `MakeCallFail`. */
export interface MakeCallFailData {
  /** The cause in words. */
  cause: string;
  /** Its number. */
  causeCode?: number;
}

/** An agent as a supervisor sees them. Times and durations come as numbers or as text. */
export interface WatchedAgent {
  agentNumber: string;
  agentName: string;
  /** `Conversation` for all that is a conversation. */
  nowState: AgentState;
  /** ms in this state. */
  operatingTime: number | string;
  agentId?: string;
  companyId?: number | string;
  loginTime?: number | string;
  /** ms since the login. */
  loginDuration?: number | string;
  /** Number of the other party. Empty: none. */
  peerId?: string;
  /** 0 inbound, 1 outbound: not as in the events of a call. */
  callDirection?: 0 | 1 | '0' | '1' | null;
  groupList?: NamedId[];
}

/** `data` of `Surveillance`. Platforms call the list by either name. */
export interface SurveillanceData {
  agentList?: WatchedAgent[];
  infoList?: WatchedAgent[];
}

/** `data` of `GroupInfo`. */
export interface GroupInfoData {
  groupList: (NamedId & { type?: number | string })[];
}

/** `data` of `IdleAgent`. */
export interface IdleAgentData {
  agentList: { agentId: string; agentNumber: string; agentName: string }[];
}

/** `data` of `GroupQueueNum`. */
export interface GroupQueueNumData {
  /** Callers waiting in all of the agent's groups. */
  groupQueueNum: number;
}

/** Somebody who waits in a queue. */
export interface QueuedCaller {
  caller: string;
  called: string;
  groupID: number | string;
  inQueueTime: number;
}

/** `QueueInfo`: its members stand beside `event`, and `data` is the list of all who wait. */
export interface QueueInfo extends AgentEvent<QueuedCaller[]> {
  groupID: number | string;
  /** Callers waiting in the group. */
  groupWaitNumber: number;
  /** 1: somebody joined, 0: somebody left. */
  isInQueue: 0 | 1;
  /** Number of the agent who gets the caller. Empty: the caller gave up. */
  handleAgentID: string;
}

/** Every event of the platform. Others that it may send reach their listeners as well. */
export interface PlatformEvents {
  /** Logged in, not ready. */
  Login: AgentEvent<LoginData>;
  Logout: AgentEvent<LogoutData | null>;
  /** The link is back; tells the present state, and the call where there is one. */
  Reconnect: AgentEvent<LoginData & Partial<CallData>>;
  /** Logged in elsewhere. */
  Kick: AgentEvent<Record<string, never> | null>;
  /** Ready for calls. */
  Idle: AgentEvent<{ loginType?: string } | null>;
  /** Not ready. */
  Busy: AgentEvent<{ currentBusyType?: string } | null>;
  /** Locked by the platform. */
  Lock: AgentEvent<null>;

  /** A call was started. */
  MakeCall: AgentEvent<null>;
  /** It could not be: the agent's own phone did not take it. */
  MakeCallFail: AgentEvent<MakeCallFailData>;
  /** The agent's own leg is being set up. */
  AgentOriginate: AgentEvent<CallData>;
  /** The agent's phone rings. */
  AgentRinging: AgentEvent<CallData>;
  /** It was answered. */
  AgentAnswer: AgentEvent<CallData>;
  /** The other party's phone rings. */
  CalledRinging: AgentEvent<CallData>;
  /** It was answered. */
  CalledAnswer: AgentEvent<CallData>;
  /** Both sides talk. */
  Conversation: AgentEvent<CallData>;
  /** The agent hung up. */
  CancelCall: AgentEvent<null>;
  /** Wrap-up after a call. */
  After: AgentEvent<AfterData>;

  /** The other party waits. */
  Hold: AgentEvent<null>;
  UnHold: AgentEvent<CallTypeData | null>;
  /** The agent is not heard. */
  Mute: AgentEvent<CallTypeData | null>;
  Unmute: AgentEvent<CallTypeData | null>;
  /** A key was sent. */
  SendDTMF: AgentEvent<{ dtmf: string }>;

  /** A transfer was started. */
  TransferCall: AgentEvent<null>;
  /** Its target rings. */
  TransferCalling: AgentEvent<CallTypeData | null>;
  TransferCallFail: AgentEvent<null>;
  TransferCancel: AgentEvent<null>;

  /** A consultation was started. */
  ConsultCall: AgentEvent<null>;
  /** Its target rings. */
  ConsultCalling: AgentEvent<CallData>;
  ConsultCallFail: AgentEvent<null>;
  ConsultCancel: AgentEvent<CallTypeData | null>;
  /** It became a transfer. */
  ConsultTransfer: AgentEvent<null>;
  /** At the agent who was consulted: it is over. */
  ConsultedCancel: AgentEvent<CallTypeData | null>;
  /** A conference was started. */
  TripartiteTalk: AgentEvent<null>;
  /** Three parties talk. */
  TripartiteTalking: AgentEvent<null>;
  TripartiteTalkFail: AgentEvent<null>;

  Listen: AgentEvent<null>;
  Listening: AgentEvent<CallData>;
  ListenFail: AgentEvent<null>;
  Whisper: AgentEvent<null>;
  Whispering: AgentEvent<CallData | BySupervisor>;
  WhisperFail: AgentEvent<null>;
  ForceInsert: AgentEvent<null>;
  ForceInserting: AgentEvent<CallData | BySupervisor>;
  ForceInsertFail: AgentEvent<null>;
  Intercept: AgentEvent<null>;
  Intercepting: AgentEvent<CallData>;
  InterceptFail: AgentEvent<null>;
  /** A call was cut. */
  ForceBreak: AgentEvent<null>;
  ForceIdle: AgentEvent<OfAgent>;
  ForceBusy: AgentEvent<OfAgent>;
  ForceLogout: AgentEvent<OfAgent>;
  /** What the agents do. */
  Surveillance: AgentEvent<SurveillanceData>;

  /** All groups. */
  GroupInfo: AgentEvent<GroupInfoData>;
  /** Who is ready in a group. */
  IdleAgent: AgentEvent<IdleAgentData>;
  GroupQueueNum: AgentEvent<GroupQueueNumData>;
  /** Somebody joined or left a queue. */
  QueueInfo: QueueInfo;
  /** The phone is no longer registered; a `Logout` follows. */
  SipError: AgentEvent<null>;
  /** The platform asks for the log; see `SaveLog`. */
  AgentUploadLog: AgentEvent;
}

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
  ScreenPop: [pop: { url: string | null; readonly call: NonNullable<Snapshot['call']> }];
  /** A call that came in is over, and nobody here talked. */
  Missed: [news: { readonly call: NonNullable<Snapshot['call']> }];
  /** The agent wrote a note about a call. Nothing is kept of it. */
  Note: [note: { callId: string; text: string; tags: string[] }];
  /** The agent did something in the toolbar. */
  Action: [context: ActionContext];
  /** On the supervisor's wall somebody's call was taken over or ended, or they were signed out; with the reason that was chosen, or empty. */
  Forced: [deed: { name: 'takeOver' | 'forceHangUp' | 'forceSignOut'; agentNumber: string; reason: string }];
}

/** What is new of the agents since the answer before. */
export interface AgentsDifference {
  /** New ones, and those of whom more than a duration is other than before. */
  changed: WatchedAgent[];
  /** Numbers of those who are no longer in the list. */
  removed: string[];
}

type PlatformListeners = { [Name in keyof PlatformEvents]: [event: PlatformEvents[Name], frame: StompFrame] };

/** Every event and what its listeners are given. */
export interface EventMap extends LocalEvents, ToolbarEvents, PlatformListeners {}

/** Who is told of an event; of one that is not in the map: the event and its frame. */
export type Listener<Name extends string> = Name extends keyof EventMap
  ? (...values: EventMap[Name]) => void
  : (event: AgentEvent, frame: StompFrame) => void;

// -- snapshot --------------------------------------------------------------------

/** What an agent is doing, as far as commands are concerned. */
export type Situation =
  | 'signedOut' | 'resting' | 'ready' | 'busy' | 'wrapUp' | 'locked' | 'settingUp' | 'talking' | 'holding' | 'transferring'
  | 'consultRinging' | 'consulting' | 'consulted' | 'conference' | 'watching';

/** Names of requests, as `allowed` lists them. */
export type RequestName =
  | 'login' | 'reconnect' | 'heartbeat' | 'logout' | 'idle' | 'busy' | 'makeCall' | 'cancelCall' | 'hold' | 'unHold' | 'mute'
  | 'unmute' | 'sendDTMF' | 'transferCall' | 'transferCancel' | 'consultCall' | 'consultCancel' | 'consultTransfer'
  | 'tripartiteTalk' | 'surveillance' | 'forceIdle' | 'forceBusy' | 'forceLogout' | 'forceBreak' | 'listen' | 'whisper'
  | 'forceInsert' | 'intercept' | 'groupInfo' | 'idleAgent' | 'groupQueueNum';

/** The session as one object that nobody can change. Times are by the server's clock. */
export interface Snapshot {
  readonly agent: {
    readonly number: string;
    readonly company: string;
    readonly state: AgentState;
    readonly situation: Situation;
    /** Since when in this state. 0: from the start. */
    readonly since: number;
    /** Why not ready. Empty: no reason was given. */
    readonly busyType: string;
    readonly loginType: LoginType;
    readonly loggedIn: boolean;
    readonly supervisor: boolean;
    /** May place calls. */
    readonly mayCall: boolean;
    /** The agent's phone is gone. */
    readonly phoneLost: boolean;
    /** Reasons for not being ready. */
    readonly busyTypes: readonly string[];
    readonly groups: readonly SnapshotGroup[];
    /** IVRs that calls can be transferred to. */
    readonly ivrs: readonly SnapshotGroup[];
    /** What the agent wants to be when the call is over. */
    readonly next: { readonly state: 'idle' | 'busy'; readonly busyType: string } | null;
    /** Calls in a row that rang until they ended, since the agent talked or chose a state. */
    readonly missed: number;
    /**
     * How long the agent was not ready since the login, by reason. The present time is not among it: it is as old as the
     * state.
     */
    readonly used: readonly { readonly busyType: string; readonly ms: number }[];
  };
  /** The present call. */
  readonly call: {
    /** Empty until it is known. */
    readonly id: string;
    readonly direction: 'inbound' | 'outbound' | null;
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
    readonly group: { readonly id: string; readonly name: string } | null;
    /** What the IVR learned, not hidden: keys that were pressed, `ivrParam`, what went into it and what came out. */
    readonly ivr: {
      readonly keys: readonly string[];
      readonly param: string;
      readonly input: string;
      readonly output: string;
    } | null;
    /** What was sent along with the call, as a text: JSON where it was an object. Empty: nothing. */
    readonly userData: string;
    /** To whom the call is being given while that rings: number, group id or IVR id. */
    readonly transfer: string | null;
    /** Whose call the agent is in as a supervisor. */
    readonly watch: SnapshotWatch | null;
    /** Which supervisor speaks into the call. Nothing tells when they leave. */
    readonly joinedBy: SnapshotWatch | null;
    /** Another call that rings beside this one. */
    readonly second: { readonly id: string; readonly party: string; readonly ringingAt: number } | null;
  } | null;
  /** What the last call left, until the next state. */
  readonly wrapUp: {
    readonly since: number;
    /** When the agent becomes ready by itself, or what they chose. */
    readonly until: number | null;
    /** Number of the cause; see the table of causes. */
    readonly cause: number | null;
    readonly otherHungUp: boolean;
    /** ms of conversation. */
    readonly talked: number | null;
    /** Empty where it is not known. */
    readonly callId: string;
    /** The other party, not hidden. Empty where it is not known. */
    readonly party: string;
    readonly direction: 'inbound' | 'outbound' | null;
    /** The clock was stopped: ms that are left when it goes on. There is no `until` meanwhile. */
    readonly paused: number | null;
  } | null;
  readonly queue: {
    /** Callers waiting in all of the agent's groups: what `getQueueInfo()` was answered last, and `QueueInfo` since. */
    readonly waiting: number | null;
    /** Callers waiting by group, as `QueueInfo` told last. */
    readonly groups: readonly SnapshotQueue[];
  };
  readonly link: {
    readonly state: 'down' | 'connecting' | 'waiting' | 'up';
    /** Tries of this outage. */
    readonly attempt: number;
    /** ms that the last answer took. */
    readonly latency: number | null;
    /** When the next try comes. */
    readonly retryAt: number | null;
    /** Since when it is up. */
    readonly upSince: number | null;
  };
  /** What the promise form lets through now. */
  readonly allowed: readonly RequestName[];
}

/** A skill group or an IVR of a snapshot. */
export interface SnapshotGroup {
  readonly id: string;
  /** Empty where the platform gives none. */
  readonly name: string;
  /** The agent's main group. */
  readonly main: boolean;
}

/** A supervisor's hold on a call. */
export interface SnapshotWatch {
  readonly kind: 'listen' | 'whisper' | 'forceInsert' | 'intercept';
  /** Whose call it is, or who joined it. Empty until it is known. */
  readonly agentNumber: string;
}

/** The queue of a skill group. */
export interface SnapshotQueue {
  readonly groupId: string;
  /** Empty where the platform gives none. */
  readonly name: string;
  readonly waiting: number;
  /** Since when the one waits who waits longest. */
  readonly longestAt: number | null;
  /** So many may wait before it shows: the option `queueLimits`. */
  readonly limit: number | null;
}

/** Names of the parts of a snapshot. */
export type SnapshotPart = keyof Snapshot;

/** How `record()` writes. */
export interface RecordOptions {
  /** Telephone numbers that stand as a text of their own are hidden but for their ends. */
  numbers?: boolean;
  /** Only so many of the newest inputs. */
  last?: number;
}

// -- errors ----------------------------------------------------------------------

/** Every code; see the page of errors for sentences and remedies. */
export type ErrorCode =
  | 'OPTIONS_MISSING' | 'OPTION_MISSING' | 'OPTION_WRONG' | 'CREDENTIALS_FAILED' | 'NOT_CONNECTED' | 'NOT_LOGGED_IN'
  | 'NOT_ALLOWED' | 'NOT_SUPERVISOR' | 'FEATURE_OFF' | 'NOT_IN_CONVERSATION' | 'COMMAND_TIMEOUT' | 'NO_OUTCOME' | 'LINK_LOST'
  | 'CALL_ENDED' | 'COMMAND_FAILED' | 'REFUSED' | 'COMMAND_EMPTY' | 'COMMAND_INVALID' | 'CALLED_EMPTY' | 'DIAL_EMPTY'
  | 'TRANSFER_EMPTY' | 'CONSULT_EMPTY' | 'TARGET_EMPTY' | 'GROUP_EMPTY' | 'FILTER_NEEDS_GROUP' | 'USERDATA_INVALID'
  | 'MISSED_CALLS' | 'IN_CALL' | 'CANNOT_ANSWER' | 'PHONE_NOT_REGISTERED' | 'PHONE_REGISTRATION_FAILED' | 'PHONE_DISCONNECTED' | 'PHONE'
  | 'PHONE_PARAMETERS' | 'PHONE_INSECURE' | 'PHONE_UNSUPPORTED' | 'PHONE_OPTIONS_MISSING' | 'MICROPHONE_DENIED'
  | 'MICROPHONE_MISSING' | 'MEDIA_FAILED' | 'NO_CALL' | 'CALL_NOT_READY' | 'DTMF_INVALID' | 'RING_BLOCKED' | 'HOLD_REFUSED'
  | 'CHECK_TIMEOUT' | 'CHECK_NO_STUN' | 'CHECK_NO_TURN' | 'CHECK_NO_CANDIDATE' | 'CHECK_NO_ECHO' | 'WARN_AUDIO_BLOCKED'
  | 'WARN_MICROPHONE_SILENT' | 'WARN_NO_INCOMING_AUDIO' | 'WARN_LOSS' | 'WARN_JITTER' | 'WARN_ROUND_TRIP' | 'WARN_MOS'
  | 'WARN_MEDIA_LOST' | 'PHONE_CRASHED' | 'PHONE_STOPPED' | 'CONNECT_FAILED' | 'CONNECT_TIMEOUT' | 'GAVE_UP' | 'LINK_SILENT'
  | 'BROKER_ERROR' | 'NOT_JSON' | 'NO_STATE' | 'FRAME_TOO_LARGE' | 'BAD_FRAME' | 'BAD_HEADER' | 'REPLACED' | 'CRASHED';

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

/** Whom to transfer to or consult: 1 agent, 2 outside number, 3 skill group, 4 IVR. */
export type TargetType = 1 | 2 | 3 | 4 | '1' | '2' | '3' | '4';

/** What narrows the list of agents. Without `groupId` it is the agent's first group. */
export interface SurveillanceFilter {
  groupId?: string;
  agentNumber?: string;
  agentName?: string;
  agentState?: string;
  /** 0 inbound, 1 outbound: not as in the events of a call. */
  callDirection?: 0 | 1;
}

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
  login(credentials?: Credentials): Promise<PlatformEvents['Login']>;
  reconnect(): Promise<PlatformEvents['Reconnect'] | PlatformEvents['Login']>;
  logout(): Promise<PlatformEvents['Logout']>;
  idle(): Promise<PlatformEvents['Idle']>;
  busy(busyType?: string): Promise<PlatformEvents['Busy']>;
  /** Resolves when both sides talk. */
  call(called: string | number, calledType?: 1 | 2 | '1' | '2', caller?: string, callId?: string, contactId?: string): Promise<PlatformEvents['Conversation']>;
  hangup(): Promise<PlatformEvents['CancelCall'] | PlatformEvents['After']>;
  hold(): Promise<PlatformEvents['Hold']>;
  unHold(): Promise<PlatformEvents['UnHold']>;
  mute(): Promise<PlatformEvents['Mute']>;
  unMute(): Promise<PlatformEvents['Unmute']>;
  sendDTMF(key: string | number): Promise<PlatformEvents['SendDTMF']>;
  /** `mode` 0: resolves with the end of the call here. 1: resolves when the target rings. */
  transferCall(target: string, type?: TargetType, mode?: 0 | 1): Promise<PlatformEvents['TransferCalling'] | PlatformEvents['After']>;
  transferCancel(): Promise<PlatformEvents['TransferCancel']>;
  /** Resolves when the target talks. */
  consultCall(target: string, type?: TargetType): Promise<PlatformEvents['Conversation']>;
  /** As `consultCall`; an agent where no type is given. */
  consult(target: string, type?: TargetType): Promise<PlatformEvents['Conversation']>;
  consultCancel(): Promise<PlatformEvents['ConsultCancel']>;
  consultTransfer(): Promise<PlatformEvents['ConsultTransfer']>;
  tripartiteCall(): Promise<PlatformEvents['TripartiteTalking']>;
  surveillance(filter?: SurveillanceFilter): Promise<PlatformEvents['Surveillance']>;
  forceIdle(agentNumber: string): Promise<PlatformEvents['ForceIdle']>;
  forceBusy(agentNumber: string): Promise<PlatformEvents['ForceBusy']>;
  forceLogout(agentNumber: string): Promise<PlatformEvents['ForceLogout']>;
  forceBreak(agentNumber: string): Promise<PlatformEvents['ForceBreak']>;
  listen(agentNumber: string): Promise<PlatformEvents['Listening']>;
  whisper(agentNumber: string): Promise<PlatformEvents['Whispering']>;
  forceInsert(agentNumber: string): Promise<PlatformEvents['ForceInserting']>;
  intercept(agentNumber: string): Promise<PlatformEvents['Conversation']>;
  getGroups(): Promise<PlatformEvents['GroupInfo']>;
  getAutoGroups(): Promise<PlatformEvents['GroupInfo']>;
  getIdleAgentByGroupId(groupId: string): Promise<PlatformEvents['IdleAgent']>;
  getQueueInfo(): Promise<PlatformEvents['GroupQueueNum']>;
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
  call(called: string | number, calledType?: 1 | 2 | '1' | '2', caller?: string, callId?: string, contactId?: string): void;
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
  on<Name extends keyof EventMap | (string & {})>(name: Name, listener: Listener<Name>): string;
  /** Listens once. */
  once<Name extends keyof EventMap | (string & {})>(name: Name, listener: Listener<Name>): string;
  /** Stops listening. False: nobody was. */
  off(name: string, idOrListener: string | ((...values: never[]) => void)): boolean;

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
}

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
  /** Every call is answered by itself, but for one that comes while there is another. Default false; anything but a boolean counts as absent. */
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
  /** Ids of devices; see `getDevices`. Default the browser's. A microphone's may also stand in `localStorage.audioDeviceId`. */
  microphone?: string;
  speaker?: string;
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

/** How far a call is: it rings here, is being answered, is being made, rings there, is a conversation, is over. */
export type PhoneCallState = 'ringing' | 'answering' | 'calling' | 'early' | 'talking' | 'ended';

/** A call of the phone: one and the same object for its whole life, as it was told last. Its methods throw as those of the phone. */
export interface PhoneCall {
  /** Number of the call in this page. */
  readonly id: number;
  /** The platform's id: what `X-Call-Id` of the INVITE says. Null: nothing. */
  readonly callId: string | null;
  /** SIP's own. */
  readonly sipCallId: string;
  readonly direction: 'inbound' | 'outbound';
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

/** What went over the wire, or happened here, without secrets. */
export interface TraceEntry {
  /** ms since the page was opened. */
  at: number;
  way: 'sent' | 'received' | 'note';
  /** First line of the message, or what happened. */
  line: string;
  /** The whole message. */
  text?: string;
  /** Number and method. */
  cseq?: string;
  status?: number;
  /** Of a session description: who sends, and the name of its ICE session. A new name is an ICE restart. */
  direction?: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  ufrag?: string;
}

/** How a call sounds. */
export interface CallSound {
  /** Mean opinion score by the E-model, 1 to 4.5, and percent of packets lost: of the last 2 s. */
  mos: number;
  loss: number;
  /** ms. */
  jitter: number;
  /** ms, there and back. */
  roundTrip: number;
  /** How loud microphone and other party are, 0 to 1. Undefined: the browser does not say. */
  inputLevel: number | undefined;
  outputLevel: number | undefined;
  /** Such as `audio/opus`. */
  codec: string | undefined;
  /** Kinds of the addresses in use, ours first: such as `host/relay`. */
  pair: string | undefined;
  packetsSent: number;
  packetsReceived: number;
  packetsLost: number;
}

/** As `Quality` tells it. */
export interface CallQuality extends CallSound {
  call: PhoneCall;
}

/** As `Warning` tells it. */
export interface CallWarning {
  call: PhoneCall;
  /** One of those that begin with `WARN_`. */
  code: ErrorCode;
  /** True: it is over, and the rest is absent. */
  over?: true;
  message?: string;
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
  parts: PhoneCheckPart[];
}

/** One thing that a call needs. `stun` and `turn` are there where `iceServers` names such, `echo` where a number was given. */
export interface PhoneCheckPart {
  name: 'microphone' | 'devices' | 'socket' | 'registration' | 'stun' | 'turn' | 'network' | 'echo';
  ok: boolean;
  /** Empty where it is fine. */
  code: ErrorCode | '';
  /** What is wrong; where it is fine, the microphone's name or how many devices there are. */
  message: string;
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

/** How a call ended. */
export interface CallEnd extends CallFailure {
  /** Who ended it; `link`: nobody, the server knew no more of it. */
  by: 'us' | 'them' | 'link';
}

/** What is told of a call that comes in, beside the call. */
export interface Invitation {
  /** Another call is there already: this one is not answered by itself. */
  waits: boolean;
  /** Fields of the INVITE whose names begin with `X-`. */
  headers: Record<string, string>;
}

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

/** What a SIP message says, in short; undefined: it does not say. */
export interface SipSummary {
  kind: 'request' | 'response';
  /** Of a request. */
  method: string | undefined;
  /** Of a response. */
  status: number | undefined;
  callId: string | undefined;
  /** Its number. */
  cseq: number | undefined;
  /** The addresses. */
  from: string | undefined;
  to: string | undefined;
  /** How many fields the head has. */
  headers: number;
  /** Length of the body, bytes. */
  body: number;
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
  on<Name extends keyof SoftPhoneEvents>(name: Name, listener: (...values: SoftPhoneEvents[Name]) => void): string;
  /** Listens once. */
  once<Name extends keyof SoftPhoneEvents>(name: Name, listener: (...values: SoftPhoneEvents[Name]) => void): string;
  /** Stops listening. False: nobody was. */
  off(name: string, idOrListener: string | ((...values: never[]) => void)): boolean;
}

export default AgentSdk;

declare global {
  interface HTMLElementTagNameMap {
    'agent-toolbar': AgentToolbarElement;
  }
  interface Window {
    AgentSdk: typeof AgentSdk;
    SoftPhoneSdk: typeof SoftPhoneSdk;
    /** Port of the browser phone's socket. */
    SOFTPHONE_WSS_PROT?: number | string;
  }
}
