/** The agent toolbar: a call centre's agent in a page. Times are ms since 1970, durations ms, unless a line says seconds. */

// -- options -------------------------------------------------------------------

//@options

//@numbers

//@texts

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

//@platform

//@states

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

//@snapshot

/** Names of the parts of a snapshot. */
export type SnapshotPart = keyof Snapshot;

// -- errors ----------------------------------------------------------------------

//@errors

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

//@requests

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

//@phone

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
