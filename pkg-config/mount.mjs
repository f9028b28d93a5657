// What the ways in for React and Vue share: the session of an element that is mounted, and what is read of it.

/** Every event, as `on` of the SDK calls it. */
export const EVENTS = [
  'Open', 'Error', 'Close', 'Disconnect', 'Message', 'StateChange', 'Exception', 'SaveLog', 'snapshot', 'agents',
  'ScreenPop', 'Missed', 'Note', 'Action', 'Forced', ...__events__,
];

/** The property that takes an event's listener: `onAgentRinging`, `onSnapshot`. */
export const handlerName = (event) => `on${event[0].toUpperCase()}${event.slice(1)}`;

// Not before a browser wants it, for a server has no page that it could draw in; and by its name, so that it is the page's own.
const load = () => import('agent-toolbar/element');

/** Sessions that end with the call that goes on, by who is signed in: whoever mounts a toolbar meanwhile gets them back. */
const leaving = new Map();

const who = ({ url, companyShortName, agentNumber }) => JSON.stringify([url, companyShortName, String(agentNumber)]);

/** Options that say the same, functions apart: these are asked by their newest. */
function same(one, other) {
  if (Object.is(one, other) || (typeof one === 'function' && typeof other === 'function')) return true;
  if (!isPlain(one) || !isPlain(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => same(one[name], other[name]));
}

/** An array or an object of the page's own making; an element or an instance is what it is. */
function isPlain(value) {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** A copy of what `newest` gives, whose functions are those that it gives when they are called. */
function following(newest) {
  const now = newest();
  if (!isPlain(now) || Array.isArray(now)) return now;
  const copy = {};
  for (const [name, value] of Object.entries(now)) {
    // This one is a class.
    const isHook = typeof value === 'function' && name !== 'softPhoneFactory';
    copy[name] = isHook ? (...values) => newest()?.[name]?.(...values) : following(() => newest()?.[name]);
  }
  return copy;
}

/** A session of our own, and what it began with. */
class Session {
  #began;
  #waits;

  constructor(sdk) {
    this.sdk = sdk;
  }

  /** Starts it with what `newest` gives, unless it has started with the same. */
  start(newest, start) {
    this.newest = newest;
    const options = newest();
    if (this.#began && same(options, this.#began)) return;
    this.#began = following(() => options);
    this.agent = who(options);
    start(following(() => this.newest()));
  }

  /** Signs out and ends the link; during a call, when that is over. */
  leave() {
    try {
      this.sdk.break();
    } catch (error) {
      if (error.code !== 'IN_CALL') throw error;
      leaving.set(this.agent, this);
      this.#waits ??= this.sdk.on('snapshot', ({ call }) => {
        if (!call) this.stay().leave();
      });
      return;
    }
    this.sdk.destroy();
  }

  /** It does not leave. */
  stay() {
    leaving.delete(this.agent);
    this.sdk.off('snapshot', this.#waits);
    this.#waits = undefined;
    return this;
  }
}

/** The session of one element: it begins when the element is mounted, and ends soon after it is unmounted. */
export class Mount {
  #element;
  #given;
  #module;
  #isMounted = false;
  /** The SDK that is shown, and what listens to it, by the event's name. */
  #sdk;
  #listening = new Map();
  #own;

  /** `given` gives what the component was given last: options, sdk, and `on` with the listener of an event, if there is one. */
  constructor(given) {
    this.#given = given;
  }

  /** The element is in the page. */
  async begin(element) {
    this.#element = element;
    this.#isMounted = true;
    try {
      this.#module ??= await load();
    } catch (error) {
      return reportError(error);
    }
    this.update();
  }

  /** Something else was given. */
  update() {
    if (!this.#isMounted || !this.#module) return;
    const { sdk, options } = this.#given();
    if (sdk || !options) this.#leave();
    else this.#own ??= leaving.get(who(options))?.stay() ?? new Session(new this.#module.AgentSdk());
    this.#show(sdk ?? this.#own?.sdk);
    try {
      this.#own?.start(() => this.#given().options ?? options, (copy) => this.#start(copy));
    } catch (error) {
      this.#failed(error);
    }
  }

  /** The element is not in the page any more. React's strict mode mounts it again at once, and means the same session. */
  end() {
    this.#isMounted = false;
    queueMicrotask(() => {
      if (this.#isMounted) return;
      this.#show();
      this.#leave();
    });
  }

  get #isOurs() {
    return this.#element instanceof this.#module.AgentToolbarElement;
  }

  #start(options) {
    // A page may have an element of that name of its own: the toolbar is drawn in it all the same.
    if (this.#isOurs) this.#element.options = options;
    else this.#own.sdk.init({ ...options, el: this.#element });
  }

  #leave() {
    const own = this.#own;
    this.#own = undefined;
    own?.leave();
  }

  #show(sdk) {
    const before = this.#sdk;
    if (sdk !== before) {
      for (const [event, id] of this.#listening) before.off(event, id);
      this.#listening.clear();
    }
    this.#sdk = sdk;
    if (sdk) this.#listen(sdk);
    if (sdk === before) return;
    if (this.#isOurs) this.#element.sdk = sdk;
    this.#given().started?.(sdk);
  }

  // Only to what somebody wants to know: an event that nobody listens to is not even read.
  #listen(sdk) {
    for (const event of EVENTS) {
      const id = this.#listening.get(event);
      const isWanted = Boolean(this.#given().on(event));
      if (isWanted === (id !== undefined)) continue;
      if (isWanted) {
        this.#listening.set(event, sdk.on(event, (...values) => this.#given().on(event)?.(...values)));
      } else {
        sdk.off(event, id);
        this.#listening.delete(event);
      }
    }
  }

  /** A wrong option: nobody could catch it. */
  #failed(error) {
    const listener = error.code && this.#given().on('Exception');
    if (listener) listener(error);
    else reportError(error);
  }
}

/** The snapshots of a session, for whoever reads them as it is drawn. */
class Snapshots {
  #sdk;
  #readers = new Set();
  #listening;
  #now;

  constructor(sdk) {
    this.#sdk = sdk;
    this.#now = sdk.snapshot();
  }

  /** As it was told last; a part of it that did not change is the same object as before. */
  get now() {
    return this.#now;
  }

  subscribe(reader) {
    if (!this.#readers.size) {
      this.#listening = this.#sdk.on('snapshot', (snapshot, changed) => this.#told(snapshot, changed));
      this.#now = this.#sdk.snapshot() ?? this.#now;
    }
    this.#readers.add(reader);
    return () => {
      this.#readers.delete(reader);
      if (!this.#readers.size) this.#sdk.off('snapshot', this.#listening);
    };
  }

  #told(snapshot, changed) {
    const now = { ...(this.#now ?? snapshot) };
    for (const part of changed) now[part] = snapshot[part];
    this.#now = Object.freeze(now);
    for (const reader of this.#readers) reader();
  }
}

const bySdk = new WeakMap();

/** The one of a session. */
export function snapshotsOf(sdk) {
  if (!bySdk.has(sdk)) bySdk.set(sdk, new Snapshots(sdk));
  return bySdk.get(sdk);
}

/** Requests whose methods have another name. */
const REQUESTS = {
  call: 'makeCall',
  hangup: 'cancelCall',
  unMute: 'unmute',
  consult: 'consultCall',
  tripartiteCall: 'tripartiteTalk',
  getGroups: 'groupInfo',
  getAutoGroups: 'groupInfo',
  getIdleAgentByGroupId: 'idleAgent',
  getQueueInfo: 'groupQueueNum',
};

/** Whether a command is possible now. */
export const isAllowed = (allowed, command) => Boolean(allowed?.includes(REQUESTS[command] ?? command));
