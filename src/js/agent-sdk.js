/** A STOMP frame as listeners get it; its headers are read when they are looked at. */
class StompFrame {
  #text;
  #from;
  #to;
  #headers;

  /** The headers stand in `text` from `from` to `to`. */
  constructor(command, body, text, from, to) {
    this.command = command;
    this.body = body;
    this.#text = text;
    this.#from = from;
    this.#to = to;
  }

  get headers() {
    if (!this.#headers) {
      this.#headers = {};
      for (const line of this.#text.slice(this.#from, this.#to).split('\n')) {
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

/** Events that no platform has. */
const OURS = /^(snapshot|agents|Note|ScreenPop|Missed|Action|Forced)$/;

/** What of an agent's choices is seen on the element. */
const LOOKS = ['theme', 'density', 'lang'];

/** The agent's link, login and calls. See index.d.ts for every method. */
class AgentSdk {
  #options;
  #listeners = new Listeners((name) => OURS.test(name) && this.#want(), (name, read) => this.#outside(name, read));
  #journal = new Journal();
  #core;
  #host;
  #crashed = -Infinity;
  /** Promises of the promise form, by the number of their command. */
  #waiting = new Map();
  /** Callbacks for the event of a command, by its number. */
  #private = new Map();
  /** Where the toolbar is drawn, and whether we have put that into the page. */
  #element;
  #made = false;
  /** What the page says of the present call. */
  #info;

  static {
    for (const name of Object.keys(COMMANDS)) {
      AgentSdk.prototype[name] ??= { [name](...values) {
        const number = this.#send(name, values, false);
        return NUMBERED.test(name) ? number : undefined;
      } }[name];
    }
  }

  constructor(options) {
    bind(this, AgentSdk);
    /** Every command once more, as a promise: of the event that says that it was done, or of the error that says why not. */
    this.request = {
      login: (credentials) => this.#loggedIn(credentials),
      getStateByAgentId: async (agent) => {
        const agentNumber = text(agent);
        // A filter names one group, and the agent may be in any that is ours.
        for (const { id } of this.snapshot()?.agent.groups ?? []) {
          const { data } = await this.request.surveillance({ groupId: id, agentNumber });
          const found = (data.agentList ?? data.infoList)?.find((one) => one.agentNumber === agentNumber);
          if (found) return found.nowState;
        }
        return undefined;
      },
    };
    for (const name of Object.keys(COMMANDS)) {
      this.request[name] = (...values) => this.#ask(() => this.#send(name, values, true), name);
    }
    if (options) this.init(options);
  }

  // -- what the wasm calls ----------------------------------------------------

  #lend(phone) {
    const listeners = this.#listeners;
    const ending = new AbortController();
    const option = (name) => (name === 'callInfo' ? this.#info : this.#options[name]);
    const tell = (name, value) => listeners.tell(name, value);
    const isOn = (feature) => Object(option('features'))[feature] !== false;
    const choices = () => CHOICES.of(host.who);
    const history = callHistory(() => isOn('history') && option('history'), () => this.#core?.page_changed());
    const alert = ringAlert(() => isOn('notifications') && (choices().notifications ?? option('notifications')), ending.signal);
    const course = callCourse({
      option, tell, alert, history,
      platform: () => host.rang?.(),
      over: () => { if (this.#info) this.setCallInfo(); },
    });
    const host = {
      ...pageHooks(option, () => this.snapshot(), tell),
      // The part's, which alone asks for a wall.
      wall: (tell) => {
        Object.assign(host, PART.wallEnd(() => host.who, ending.signal));
        host.wall(tell);
      },
      place: place(this.#element),
      texts: this.#options.texts,
      ending,
      touched: alert.touched,
      who: '',
      agent: (who) => {
        host.who = who;
        if (isOn('history')) history.begin(who);
        this.#look();
      },
      keep: (name, json) => {
        const value = JSON.parse(json);
        if (HOLDS_NUMBERS.test(name)) return history.set(name, value);
        CHOICES.add(host.who, name, value);
        if (LOOKS.includes(name)) this.#look();
      },
      kept: (name) => JSON.stringify(history.get(name) ?? choices()[name]),
      tellJson: (name, json) => tell(name, JSON.parse(json)),
      saveLog: () => this.#saveLog(),
      course: (stage, snapshot, says) => course(stage, frozen(JSON.parse(snapshot)), says),
      phone,
      softPhone: phoneOfPage(),
      sockets: new Set(),
      alarm: (ring) => (host.clock = new Alarm(ring)),
      awake: (run) => {
        // A page from the back/forward cache, or one that was frozen, is shown again.
        const shown = ({ type }) => { if (type !== 'visibilitychange' || !document.hidden) run(); };
        const { signal } = ending;
        for (const name of ['online', 'pageshow']) addEventListener(name, shown, { signal });
        for (const name of ['visibilitychange', 'resume']) document.addEventListener(name, shown, { signal });
      },
      error: (code, message, remedy, status) => new AgentSdkError(code, message, remedy, status === undefined ? undefined : { status }),
      heard: (data, mono, wall) => this.#journal.add('received', data, mono, wall, host.thin?.whole === data ? host.thin.text : undefined),
      note: (kind, data, mono, wall) => this.#journal.add(kind, data, mono, wall),
      utf8: toUtf8,
      thin: undefined,
      thinned: (data) => {
        const thin = withoutList(data);
        host.thin = thin && { ...thin, whole: data };
        return thin?.text ?? data;
      },
      tell,
      opened: (head) => listeners.tell('Open', new StompFrame('CONNECTED', '', head, 0)),
      settled: (sequence, error) => {
        const { resolve, reject } = this.#waiting.get(sequence) ?? {};
        this.#waiting.delete(sequence);
        if (error) reject?.(error);
        else resolve?.(host.object ?? JSON.parse(host.text.slice(host.from, host.to)));
      },
      askCredentials: () => this.#credentials(),
      // One of its own, for there may be two toolbars on a page.
      stay: (event) => {
        event.preventDefault();
        event.returnValue = true;
      },
      guard: (on) => (on ? addEventListener : removeEventListener)('beforeunload', host.stay),
      changed: (parts, snapshot) => {
        const all = frozen(JSON.parse(snapshot));
        listeners.tell('snapshot', all, Object.keys(all).filter((_part, at) => parts & (1 << at)));
      },
      agents: (difference) => listeners.tell('agents', JSON.parse(difference)),
      received: (body, head, from, to, event, state, eventName = host.names[event], stateName = host.names[state], sequence = 0) => {
        const { thin } = host;
        if (thin && thin.text === body) {
          body = thin.whole;
          to += thin.more;
        }
        if (eventName === 'Surveillance') host.agentsHeard?.(sequence, body, from, to);
        host.text = body;
        host.from = from;
        host.to = to;
        host.object = undefined;
        const own = this.#private.size ? this.#private.get(sequence) : undefined;
        const told = eventName !== undefined && listeners.of(eventName);
        const changed = stateName !== undefined && listeners.of('StateChange');
        if (eventName === 'AgentRinging') host.rang = () => JSON.parse(body.slice(from, to)).data;
        if (!told && !changed && !own && !listeners.of('Message')) {
          if (this.#element && !this.#made) {
            let object;
            const read = () => (object ??= JSON.parse(body.slice(from, to)));
            this.#outside('Message', read);
            if (stateName !== undefined) this.#outside('StateChange', () => stateName);
            if (eventName !== undefined && !OURS.test(eventName)) this.#outside(eventName, read);
          }
          return this.#upload(eventName);
        }
        const json = body.slice(from, to);
        const object = host.object = JSON.parse(json);
        const frame = new StompFrame('MESSAGE', json, body, head, from);
        listeners.tell('Message', object, frame);
        if (stateName !== undefined) listeners.tell('StateChange', stateName, object);
        if (own && eventName !== undefined) {
          this.#private.delete(sequence);
          guarded(own.callback, object, frame);
          if (!own.isPublic) return;
        }
        // Some names are ours alone; a platform that uses them is heard by `Message`.
        if (eventName !== undefined && !OURS.test(eventName)) listeners.tell(eventName, object, frame);
        this.#upload(eventName);
      },
    };
    return host;
  }

  /** The platform asks for the log: it is handed to the page, never sent or saved behind its back. */
  #upload(event) {
    if (event === 'AgentUploadLog' && this.#listeners.of('SaveLog')) {
      this.#listeners.tell('SaveLog', new Blob([this.record()], { type: 'text/plain' }));
    }
  }

  /** The agent wants the log: the page is handed it, and where it does not listen, the agent. Numbers are hidden in it. */
  #saveLog() {
    const log = new Blob([this.record({ numbers: true })], { type: 'text/plain' });
    if (this.#listeners.of('SaveLog')) this.#listeners.tell('SaveLog', log);
    else saveFile(log, `agent-toolbar-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.jsonl`);
  }

  /** Tells who listens on the page's own element. */
  #outside(name, read) {
    if (this.#element && !this.#made) this.#element.dispatchEvent(new ToolbarEvent(name, read));
  }

  #want() {
    const of = (name) => Boolean(this.#listeners.of(name) || this.#element?.[WANT]?.(name));
    this.#core?.want(of('snapshot') | (of('agents') << 1));
  }

  async #credentials() {
    const core = this.#core;
    const { credentials } = this.#options;
    try {
      const given = await credentials();
      this.#journal.secrets.push(given?.agentPassword, given?.password);
      if (core === this.#core) core.credentials(given, typeof given);
    } catch (error) {
      if (core === this.#core) core.credentials(undefined, error?.message ?? String(error));
    }
  }

  /** `phone`: one that is left of an instance before this one. */
  #start(phone) {
    this.#stop();
    const options = this.#options;
    this.#element ??= this.#elementIn(options.el);
    const host = this.#lend(phone);
    const glue = createGlue((error) => this.#rescue(host, error));
    this.#journal.secrets = [options.agentPassword, options.password, options.connectPassword].map(text);
    this.#host = host;
    host.names = glue.event_names().split(' ');
    try {
      this.#core = new glue.Core(host, options, placeOf(options.lang));
    } catch (error) {
      this.#stop();
      throw error;
    }
    this.#look();
    this.#want();
    const core = this.#core;
    const begin = () => core === this.#core && !this.#is(3) && this.#put(core, 'connect');
    if (!options.telemetry) begin();
    // It follows the session from its first command on, unless it is long in coming.
    else asked(() => telemetry().then((part) => part.begin(options, this, host, VERSION)).catch(console.warn), 0, PATIENCE, begin);
  }

  /** What the page wants, by its kind and as a record has it. */
  #put(core, kind, data = null) {
    return core?.input(kind, JSON.stringify(data));
  }

  /** The element of the page's that is meant, or one of ours in it; undefined: the toolbar is not drawn. */
  #elementIn(el) {
    const parent = typeof el === 'string' && el ? document.querySelector(el) : el || undefined;
    if (!parent) return undefined;
    this.#made = !(parent instanceof AgentToolbarElement);
    const element = this.#element = this.#made ? parent.appendChild(document.createElement('agent-toolbar')) : parent;
    // One of a class of somebody else's shows what we draw in it, and does no more.
    if (element instanceof AgentToolbarElement) element.sdk = this;
    return element;
  }

  /** Draws in another element from now on, or again, or, where it is not in the page, no longer. */
  [DRAW](element) {
    if (element !== this.#element) {
      if (this.#made) this.#element.remove();
      this.#made = false;
    }
    this.#element = element;
    const host = this.#host;
    // Otherwise it is drawn when it starts. One that was moved shows it already.
    if (!this.#core || (host.place?.element === element && element?.isConnected)) return;
    host.place?.remove();
    host.place = place(element);
    this.#core.draw();
    this.#look();
    this.#want();
  }

  [WANT]() {
    this.#want();
  }

  /** How the toolbar looks and speaks: what the agent has chosen wins over the options, and those over the element. */
  #look() {
    const { place: drawn, who, touched } = this.#host ?? {};
    if (!drawn) return;
    const { element, inside } = drawn;
    const { customerCard, ...options } = this.#options;
    const chosen = CHOICES.of(who);
    for (const name of ['theme', 'density']) {
      const value = text(chosen[name] ?? options[name]);
      if (value && value !== element.getAttribute(name)) element.setAttribute(name, value);
    }
    if (this.#core && chosen.lang && chosen.lang !== options.lang) this.setLang(chosen.lang);
    speak(inside, this.#options.lang);
    inside.onclick = touched;
    if (customerCard && customerCard.parentNode !== element) {
      customerCard.slot = 'customer-card';
      element.append(customerCard);
    }
  }

  #stop() {
    const host = this.#host;
    host?.place?.remove();
    if (this.#made) {
      this.#element.remove();
      this.#element = undefined;
      this.#made = false;
    }
    host?.ending.abort();
    host?.guard(false);
    this.#host = undefined;
    const core = this.#core;
    this.#core = undefined;
    // Not at once: a listener that starts anew is called from inside it.
    if (core) queueMicrotask(() => core.free());
    this.#private.clear();
    for (const { reject, name } of this.#waiting.values()) reject(this.#fault('REPLACED', name));
    this.#waiting.clear();
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
    host.ending.abort();
    host.guard(false);
    // Another has taken over already.
    if (host !== this.#host) return;
    this.#core = undefined;
    error.record = this.#journal.text({ last: 200 });
    const again = performance.now() - this.#crashed < 10_000;
    this.#crashed = performance.now();
    queueMicrotask(() => {
      if (again) {
        this.#stop();
        this.#listeners.tell('Exception', this.#fault('CRASHED', '', error));
      } else {
        report(error);
        this.#start(host.phone);
      }
    });
  }

  #fault(code, request, cause) {
    return fault(code, this.#options?.lang, request, cause);
  }

  /** Tells the listeners of `Exception`, and gives the error to be thrown. */
  #excepted(code) {
    const error = this.#fault(code);
    this.#listeners.tell('Exception', error);
    return error;
  }

  #need() {
    if (!this.#core) throw this.#excepted('NOT_CONNECTED');
    return this.#core;
  }

  #send(name, values, ask) {
    if (name === 'logout' && !ask && !this.isLogin()) return undefined;
    if (name === 'send') {
      if (!values[0]) throw this.#excepted('COMMAND_EMPTY');
      if (typeof values[0].request !== 'string') throw this.#excepted('COMMAND_INVALID');
    }
    const made = COMMANDS[name](...values);
    if (!made && ask) throw this.#fault('COMMAND_INVALID');
    if (!made) return undefined;
    // What a promise tells its caller is nobody else's business.
    const core = ask ? this.#core : this.#need();
    if (!core) throw this.#fault('NOT_CONNECTED');
    return this.#put(core, ask ? 'request' : 'command', { ...made[1], request: made[0] });
  }

  #ask(send, name) {
    return new Promise((resolve, reject) => {
      this.#waiting.set(send(), { resolve, reject, name });
    });
  }

  /** Other credentials mean another link: what comes of it is told by events, not by the answer to one command. */
  #loggedIn(credentials) {
    return new Promise((resolve, reject) => {
      const settle = (how, value) => {
        clearTimeout(timer);
        this.off('Login', login);
        this.off('Exception', exception);
        how(value);
      };
      const timer = setTimeout(() => settle(reject, this.#fault('NO_OUTCOME', 'login')), 60_000);
      const login = this.on('Login', (event) => settle(resolve, event));
      const exception = this.on('Exception', (error) => error.code !== 'NO_STATE' && settle(reject, error));
      try {
        this.login(credentials);
      } catch (error) {
        settle(reject, error);
      }
    });
  }

  // -- the SDK ----------------------------------------------------------------

  getVersion() {
    return VERSION;
  }

  getLoginType() {
    return this.#core ? JSON.parse(this.#core.login_type()) : this.#options?.loginType;
  }

  init(options = this.#options) {
    if (!options) throw this.#fault('OPTIONS_MISSING');
    this.#options = options;
    this.#start();
  }

  connect(options) {
    if (options || !this.#core) return this.init({ ...this.#options, ...options });
    this.#put(this.#core, 'connect');
  }

  login(credentials) {
    this.#journal.secrets.push(text(credentials?.agentPassword), text(credentials?.password));
    this.#need().login(credentials);
  }

  break(done) {
    this.#put(this.#core, 'break');
    done?.();
  }

  destroy() {
    this.#stop();
  }

  surveillanceStart(filter, interval = 2000) {
    this.#put(this.#need(), 'watch', { interval: bounded(1, interval), filter: { ...filtered(filter), request: 'surveillance' } });
  }

  surveillanceEnd() {
    this.#put(this.#core, 'watch');
  }

  getStateByAgentNumber(agent) {
    const thin = this.#host?.thin;
    // What the session was spared until somebody wants to know it.
    const list = thin?.whole.slice(thin.whole.indexOf('\n\n') + 2, thin.whole.indexOf('\0'));
    if (thin) this.#host.thin = undefined;
    return this.#core?.agent_state(String(agent), list);
  }

  getStateByAgentId(agent) {
    return this.getStateByAgentNumber(agent);
  }

  /** The idle agents of the agent's first group. */
  getFree() {
    const [group] = this.snapshot()?.agent.groups ?? [];
    return this.getIdleAgentByGroupId(group?.id);
  }

  /** What the agent is when the present call and its wrap-up are over: `idle`, `busy`; anything else: what comes by itself. */
  setNextState(state, busyType) {
    this.#put(this.#need(), 'next', { state: text(state), busyType: text(busyType) });
  }

  extendWrapUp(seconds = 30) {
    this.#put(this.#need(), 'extend', bounded(0, seconds * 1000));
  }

  pauseWrapUp(on = true) {
    this.#put(this.#need(), 'pause', Boolean(on));
  }

  /** What only the page knows of the present call; it is forgotten when the call is over. */
  setCallInfo(info) {
    this.#info = info && { ...this.#info, ...info };
    this.#core?.page_changed();
  }

  openPanel(name, { into } = {}) {
    if (into && this.#host) {
      // Wherever it stands now.
      this.closePanel();
      this.#host.into = into;
    }
    this.#core?.panel(String(name));
  }

  closePanel() {
    this.#core?.panel();
  }

  /** Where the toolbar is drawn; undefined: nowhere. */
  get element() {
    return this.#element;
  }

  setUserdata(userdata) {
    this.#put(this.#need(), 'userdata', text(userdata) ?? [String(userdata)]);
  }

  setLang(lang) {
    this.#options = { ...this.#options, lang };
    this.#core?.set_lang(placeOf(lang));
    const { inside } = this.#host?.place ?? {};
    if (inside) speak(inside, lang);
  }

  setDebug(on) {
    this.#journal.debug = Boolean(on);
  }

  changeStyle(style) {
    const { element } = this.#host?.place ?? {};
    if (!element) return;
    if (typeof style !== 'object') element.style.cssText = text(style) ?? '';
    for (const [name, value] of Object.entries(Object(style))) element.style.setProperty(name, value);
  }

  onPrivateEventCallback(sequence, callback, isPublic = false) {
    this.#private.set(sequence, { callback, isPublic });
    // Those whose event never came must not pile up.
    if (this.#private.size > 1000) this.#private.delete(this.#private.keys().next().value);
  }

  isConnected() {
    return this.#is(1);
  }

  isConnecting() {
    return this.#is(2);
  }

  isLogin() {
    return this.#is(4);
  }

  isConversation() {
    return this.#is(8);
  }

  #is(bit) {
    return Boolean(this.#core?.now() & bit);
  }

  /** Agent, call, queue and link as one frozen object; undefined before `init`. */
  snapshot() {
    return this.#core && frozen(JSON.parse(this.#core.snapshot()));
  }

  /** What happened so far, as JSON lines without secrets; `{ numbers: true }` hides telephone numbers as well. */
  record(options) {
    return this.#journal.text(options);
  }

  /** Runs a record; gives the snapshot that it ends in. */
  static replay(record) {
    try {
      return frozen(JSON.parse(createGlue(() => {}).replay(record)));
    } catch (error) {
      throw typeof error === 'string' ? new TypeError(error) : error;
    }
  }

  // -- the browser phone ------------------------------------------------------

  getSoftPhoneInstance() {
    return this.#core?.phone();
  }

  isRegistered() {
    return this.getSoftPhoneInstance()?.isRegistered;
  }

  setAutoAnswer(on) {
    this.#core?.set_auto_answer(Boolean(on));
  }

  register() {
    this.getSoftPhoneInstance()?.register();
  }

  unregister() {
    this.getSoftPhoneInstance()?.unregister();
  }

  stop() {
    this.getSoftPhoneInstance()?.stop();
  }

  answer() {
    const phone = this.getSoftPhoneInstance();
    if (!phone) throw this.#excepted('CANNOT_ANSWER');
    phone.answer();
  }

  /** A key: sent in a call, else typed into the toolbar's dial field; -1 takes the last one back. */
  dial(key) {
    if (this.isConversation()) return this.sendDTMF(key);
    const field = this.#host?.place?.inside.querySelector('[part~=dial-field] input');
    if (!field) return;
    field.value = String(key) === '-1' ? field.value.slice(0, -1) : field.value + key;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** Where pages of the original look for the socket. */
  get sws() {
    return { ws: { ws: [...this.#host?.sockets ?? []].at(-1) } };
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

/** A number that JSON has and that is not below the least. */
const bounded = (least, value) => Math.min(Math.max(least, value) || least, 1e15);

/** An object that nobody can change, with all that is in it. */
function frozen(object) {
  for (const one of Object.values(object)) {
    if (one && typeof one === 'object') frozen(one);
  }
  return Object.freeze(object);
}
