/** The agent toolbar: login, calls and wrap-up of a call centre's agent. */

/** How the agent talks: 1 SIP phone, 2 mobile, 3 browser phone. A platform may send it as a string. */
export type LoginType = 1 | 2 | 3 | '1' | '2' | '3';

/** What `new AgentSdk` and `init` take. */
export interface AgentSdkOptions {
  /** Address of the WebSocket, `ws://…` or `wss://…`. */
  url: string;
  /** Virtual host of the message service. */
  host: string;
  /** Account at the message service. */
  connectAccount: string;
  /** Its passcode; absent means empty. */
  connectPassword?: string;
  /** Where answers come, such as `/topic`. */
  subscribePath: string;
  /** Short name of the company. */
  companyShortName?: string;
  /** The agent's number. */
  agentNumber?: string;
  /** The agent's password. */
  agentPassword?: string;
  /** Another spelling of `agentPassword`. */
  password?: string;
  /** Default 1. */
  loginType?: LoginType;
  /** CSS selector of the element that the toolbar is drawn in; absent means no toolbar. */
  el?: string;
  /** ms between an answered heartbeat and the next. Default 10000. */
  pingInterval?: number;
  /** ms for the answer to a command. Default 5000. */
  timeout?: number;
  /**
   * Failed tries in a row until one `Exception` says so; from then on one try every 30 s. Absent: no limit.
   * 0: never try again.
   */
  maxReconnect?: number;
  /** Hide numbers in the toolbar. Default true. */
  phoneEncryption?: boolean;
  /** Constructor of the browser phone for `loginType` 3; default `window.SoftPhoneSdk`. */
  softPhoneFactory?: new (options: SoftPhoneOptions) => SoftPhone;
  /** The browser phone answers every call by itself. The agent's own calls are always answered. */
  autoAnswer?: boolean;
  /** Language of toolbar and sentences. Default `zh`. */
  lang?: 'zh' | 'en';
}

/** What a browser phone is made with. */
export interface SoftPhoneOptions {
  /** Host of the SIP socket. */
  wss: string;
  /** Its port. */
  wssport: number;
  /** SIP domain. */
  domain: string;
  /** SIP user. */
  account: string;
  /** SIP password. */
  password: string;
  debug: boolean;
}

/** What a browser phone can do. */
export interface SoftPhone {
  readonly isRegistered: boolean;
  on(name: string, listener: (value?: unknown) => void): unknown;
  setAutoAnswer(on: boolean): void;
  answer(): void;
  stop(): void;
  unregister(): void;
  disconnect(): void;
}

/** What `login` takes; absent members stay as they were. */
export interface Credentials {
  companyShortName?: string;
  agentNumber?: string;
  agentPassword?: string;
  password?: string;
  loginType?: LoginType;
}

/** An event of the platform. */
export interface AgentEvent<Data = unknown> {
  type: 'event';
  event: string;
  /** The agent's state from now on. */
  nowState?: string;
  /** ms since 1970. */
  eventTime?: number;
  /** Number of the command that caused it; 0: none. */
  sequence?: number;
  userdata?: string;
  /** A JSON text; only on events of calls that came through an IVR. */
  ivrParam?: string;
  data: Data;
}

/** `data` of the events of a call. */
export interface CallData {
  /** 1 inbound, 2 outbound. */
  callDirection: 1 | 2;
  caller: string;
  called: string;
  occCallId: string;
  /** ms since 1970; 0: never in a queue. */
  inQueueTime: number;
  callType?: string;
  userData?: string;
}

/** `data` of `After`. */
export interface AfterData extends CallData {
  /** Number of the cause; see the table of causes. */
  cause: number;
  /** The cause in words. */
  data: string;
  /** 0: this side hung up, 1: the other. */
  hangupDirection: 0 | 1;
  beginTime: number;
  ringTime: number;
  answerTime: number;
  endTime: number;
  /** 1: ready again after `agentAutoIdleTime` seconds. */
  agentAutoIdle: 0 | 1;
  agentAutoIdleTime: number;
}

/** `data` of `Login` and `Reconnect`; a platform may send more. */
export interface LoginData {
  agentType: number;
  groupIdList: string[];
  busyType: string;
  loginType: LoginType;
}

/** A STOMP frame. */
export interface StompFrame {
  readonly command: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What the SDK throws, and what `Exception` carries. */
export class AgentSdkError extends Error {
  /** For programs, such as `NOT_CONNECTED`. */
  readonly code: string;
  /** Of the SDK. */
  readonly version: string;
}

/** Every event and what its listeners are given. */
export interface EventMap {
  Open: [frame: StompFrame];
  Error: [event: Event | undefined];
  Close: [event: Event | undefined];
  Disconnect: [];
  /** Every message of the platform, before anything else is told. */
  Message: [message: Record<string, unknown>, frame: StompFrame];
  StateChange: [state: string, event?: AgentEvent];
  Exception: [error: AgentSdkError];
  Login: [event: AgentEvent<LoginData>, frame: StompFrame];
  Reconnect: [event: AgentEvent<LoginData>, frame: StompFrame];
  Logout: [event: AgentEvent, frame: StompFrame];
  Kick: [event: AgentEvent, frame: StompFrame];
  Idle: [event: AgentEvent, frame: StompFrame];
  Busy: [event: AgentEvent<{ currentBusyType?: string }>, frame: StompFrame];
  MakeCall: [event: AgentEvent<null>, frame: StompFrame];
  MakeCallFail: [event: AgentEvent<{ cause: string }>, frame: StompFrame];
  AgentOriginate: [event: AgentEvent<CallData>, frame: StompFrame];
  AgentRinging: [event: AgentEvent<CallData>, frame: StompFrame];
  AgentAnswer: [event: AgentEvent<CallData>, frame: StompFrame];
  CalledRinging: [event: AgentEvent<CallData>, frame: StompFrame];
  CalledAnswer: [event: AgentEvent<CallData>, frame: StompFrame];
  Conversation: [event: AgentEvent<CallData>, frame: StompFrame];
  CancelCall: [event: AgentEvent, frame: StompFrame];
  After: [event: AgentEvent<AfterData>, frame: StompFrame];
}

/** One agent. */
export class AgentSdk {
  /** With options: connects and logs in at once. */
  constructor(options?: AgentSdkOptions);
  /** Version of the SDK. */
  getVersion(): string;
  /** As the platform said at login, before that as configured. */
  getLoginType(): LoginType | undefined;
  /** Starts anew, with the options of before where none are given. Listeners stay. Throws what is wrong with them. */
  init(options?: AgentSdkOptions): void;
  /** Opens a link; where there is one, a new one. */
  connect(options?: Partial<AgentSdkOptions>): void;
  /** Logs in, with other credentials where some are given. */
  login(credentials?: Credentials): void;
  /** Logs out; gives the command's number. */
  logout(): number | undefined;
  /** Logs out and ends the link. Throws during a call. */
  break(done?: () => void): void;
  /** Places a call. `calledType`: 1 agent, 2 outside (default). */
  call(called: string, calledType?: 1 | 2, caller?: string, callId?: string, contactId?: string): void;
  /** Hangs up. */
  hangup(): void;
  /** Not ready; gives the command's number. */
  busy(busyType?: string): number;
  /** Ready. */
  idle(): void;
  /** Data that travels with every later command. */
  setUserdata(userdata: string): void;
  /** Language of toolbar and sentences from now on. */
  setLang(lang: 'zh' | 'en'): void;
  /** Whether the link is open. */
  isConnected(): boolean;
  /** Whether the agent is logged in. */
  isLogin(): boolean;
  /** Listens; gives an id for `off`. */
  on<Name extends keyof EventMap>(name: Name, listener: (...values: EventMap[Name]) => void): string;
  on(name: string, listener: (...values: unknown[]) => void): string;
  /** Listens once. */
  once<Name extends keyof EventMap>(name: Name, listener: (...values: EventMap[Name]) => void): string;
  once(name: string, listener: (...values: unknown[]) => void): string;
  /** Stops listening; false where nobody was. */
  off(name: string, idOrListener: string | ((...values: never[]) => void)): boolean;
}

declare global {
  interface Window {
    AgentSdk: typeof AgentSdk;
  }
}
