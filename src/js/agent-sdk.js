/** A STOMP frame as listeners get it; its headers are read when they are looked at. */
class StompFrame {
  #head;
  #headers;

  constructor(command, head, body) {
    this.command = command;
    this.body = body;
    this.#head = head;
  }

  get headers() {
    if (!this.#headers) {
      this.#headers = {};
      for (const line of this.#head.split('\n')) {
        const colon = line.indexOf(':');
        // Of repeated headers the first counts.
        const value = line.slice(colon + 1);
        if (colon > 0) this.#headers[line.slice(0, colon)] ??= this.command === 'CONNECTED' ? value : unescaped(value);
      }
    }
    return this.#headers;
  }
}

const unescaped = (value) => value.replace(/\\./g, (escape) => ESCAPES[escape]);

// The escapes of a STOMP header; no other gets here, and the first frame has none.
const ESCAPES = { '\\n': '\n', '\\r': '\r', '\\c': ':', '\\\\': '\\' };

/** The agent's link, login and calls. See index.d.ts for every method. */
class AgentSdk {
  #options;
  #listeners = new Listeners();
  #core;
  #host;
  #crashed = -Infinity;

  constructor(options) {
    // Pages take methods off the object and call them alone.
    for (const name of Object.getOwnPropertyNames(AgentSdk.prototype)) {
      if (name !== 'constructor') this[name] = this[name].bind(this);
    }
    if (options) this.init(options);
  }

  // -- what the wasm calls ----------------------------------------------------

  #lend(place) {
    const listeners = this.#listeners;
    const host = {
      place,
      sockets: new Set(),
      alarm: (ring) => (host.clock = new Alarm(ring)),
      error: (code, message) => new AgentSdkError(code, message),
      tell: (name, value) => listeners.tell(name, value),
      opened: (head) => listeners.tell('Open', new StompFrame('CONNECTED', head, '')),
      received(text, head, from, to, event, state, eventName = host.names[event], stateName = host.names[state]) {
        const told = eventName !== undefined && listeners.of(eventName);
        const changed = stateName !== undefined && listeners.of('StateChange');
        if (!told && !changed && !listeners.of('Message')) return;
        const body = text.slice(from, to);
        const object = JSON.parse(body);
        const frame = new StompFrame('MESSAGE', text.slice(head, from), body);
        listeners.tell('Message', object, frame);
        if (stateName !== undefined) listeners.tell('StateChange', stateName, object);
        if (eventName !== undefined) listeners.tell(eventName, object, frame);
      },
    };
    return host;
  }

  #start() {
    this.#stop();
    const options = this.#options;
    const host = this.#lend(place(options.el));
    const glue = createGlue((error) => this.#rescue(host, error));
    this.#host = host;
    host.names = glue.event_names().split(' ');
    try {
      this.#core = new glue.Core(host, options);
    } catch (error) {
      this.#stop();
      throw error;
    }
    this.#core.connect();
  }

  #stop() {
    this.#host?.place?.remove();
    this.#host = undefined;
    const core = this.#core;
    this.#core = undefined;
    // Not at once: a listener that starts anew is called from inside it.
    if (core) queueMicrotask(() => core.free());
  }

  /**
   * The wasm has aborted. Its memory is not to be trusted, so a fresh instance takes over: options and listeners are
   * here, the token is in the tab's storage, and the platform goes on meanwhile.
   */
  #rescue(host, error) {
    // A later trap of an instance that is gone already says nothing new.
    if (host.dead) return;
    host.dead = true;
    for (const socket of host.sockets) socket.close();
    host.clock?.stop();
    // Another has taken over already.
    if (host !== this.#host) return;
    this.#core = undefined;
    const again = performance.now() - this.#crashed < 10_000;
    this.#crashed = performance.now();
    queueMicrotask(() => {
      if (again) {
        host.place?.remove();
        this.#listeners.tell('Exception', new AgentSdkError('CRASHED', CRASHED[this.#options.lang === 'en' ? 1 : 0], error));
      } else {
        report(error);
        this.#start();
      }
    });
  }

  #need() {
    if (this.#core) return this.#core;
    const error = new AgentSdkError('NOT_CONNECTED', NOT_CONNECTED);
    this.#listeners.tell('Exception', error);
    throw error;
  }

  // -- the SDK ----------------------------------------------------------------

  getVersion() {
    return VERSION;
  }

  getLoginType() {
    return this.#core ? JSON.parse(this.#core.login_type()) : this.#options?.loginType;
  }

  init(options = this.#options) {
    if (!options) throw new AgentSdkError('OPTIONS_MISSING', '\u9700\u8981\u4f20\u5165\u5fc5\u8981\u914d\u7f6e\u9879\u76ee');
    this.#options = options;
    this.#start();
  }

  connect(options) {
    if (options || !this.#core) return this.init({ ...this.#options, ...options });
    this.#core.connect();
  }

  login(credentials) {
    this.#need().login(credentials);
  }

  logout() {
    return this.isLogin() ? this.#need().logout() : undefined;
  }

  break(done) {
    this.#core?.break();
    done?.();
  }

  call(called, calledType = 2, caller, callId, contactId) {
    const text = (value) => (value === undefined || value === null ? undefined : String(value));
    this.#need().call((text(called) ?? '').replace(/\s/g, ''), Number(calledType), text(caller), text(callId), text(contactId));
  }

  hangup() {
    this.#need().hangup();
  }

  busy(busyType) {
    return this.#need().busy(busyType ? String(busyType) : undefined);
  }

  idle() {
    this.#need().idle();
  }

  setUserdata(userdata) {
    this.#need().userdata(userdata === undefined || userdata === null ? undefined : String(userdata), String(userdata));
  }

  setLang(lang) {
    this.#options = { ...this.#options, lang };
    this.#core?.set_lang(lang);
  }

  isConnected() {
    return this.#core?.is_connected() ?? false;
  }

  isLogin() {
    return this.#core?.is_login() ?? false;
  }

  on(name, listener) {
    return this.#listeners.add(name, listener, false);
  }

  once(name, listener) {
    return this.#listeners.add(name, listener, true);
  }

  off(name, idOrListener) {
    return this.#listeners.remove(name, idOrListener);
  }
}

/** Where the toolbar is drawn: an element of its own with a shadow root, so that the page's style and ours never meet. */
function place(selector) {
  const parent = selector ? document.querySelector(selector) : null;
  if (!parent) return undefined;
  const element = document.createElement('agent-toolbar');
  const root = element.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  const inside = document.createElement('div');
  inside.className = 'at';
  root.append(inside);
  parent.append(element);
  return { inside, element, remove: () => element.remove() };
}

const NOT_CONNECTED = '\u8bf7\u5148\u5efa\u7acb\u94fe\u63a5';

const CRASHED = [
  '\u5de5\u5177\u6761\u77ed\u65f6\u95f4\u5185\u4e24\u6b21\u51fa\u9519\uff0c\u5df2\u505c\u6b62\u3002\u8bf7\u5237\u65b0\u9875\u9762\uff1b\u901a\u8bdd\u4e0d\u53d7\u5f71\u54cd',
  'the toolbar failed twice within 10 s and has stopped. Reload the page; your call is not affected',
];
