/** Events of one call that the original has: their listeners are given the call itself. */
const SESSION = /^(Invite|Try|Ringing|Answer|Accepted|AnswerFailed|CallFailed|Terminated)$/;

/** Those after which a call is no more. */
const ENDS = /^(AnswerFailed|CallFailed|Terminated)$/;

/** What a phone that does not run says of itself. */
const NO_PHONE = { registered: false, connected: false, current: 0, calls: [] };

/** A telephone in the page: SIP over a WebSocket. See index.d.ts for every method. */
class SoftPhoneSdk {
  #options;
  #listeners = new Listeners((name) => name === 'Level' && this.#want());
  #core;
  #host;
  /** That the core is there, or why it cannot be. */
  #loaded;
  #failed;
  /** The call that is expected, also by a core that is not there yet. */
  #own;
  #crashed = -Infinity;
  /** What the phone is being started for; another start, or a stop, takes its place. */
  #turn;
  #check;
  /** The calls that there are, by their number. */
  #calls = new Map();
  #last = 0;
  #called = '';
  /** All devices, as `getDevices` found them last. */
  devices = [];

  constructor(options) {
    bind(this, SoftPhoneSdk);
    if (options) this.init(options);
  }

  #told(name, value) {
    if (!value?.call) {
      this.#listeners.tell(name, value);
    } else {
      const { call: id, ...more } = value;
      const call = this.#call(id);
      const peer = this.#host.calls.get(id);
      // Told so often that nothing else is read for it.
      if (name === 'Quality') return this.#listeners.tell(name, { call, ...peer.judged(more) });
      this.#read();
      if (name === 'Accepted') {
        peer.watch();
        this.#host.media.keepAwake(true);
      }
      if (ENDS.test(name)) call.state = 'ended';
      if (name === 'Terminated') {
        this.#calls.delete(id);
        this.#host.calls.delete(id);
        // Nobody begins the next call unheard.
        if (!this.#calls.size) this.#mute(false);
      }
      if (SESSION.test(name)) this.#listeners.tell(name, call, more);
      else this.#listeners.tell(name, { call, ...more });
    }
    this.#check?.look();
  }

  /** The call of this number. */
  #call(id) {
    if (!this.#calls.has(id)) this.#calls.set(this.#last = id, new PhoneCall(id, (...values) => this.#do(...values), (which) => this.trace(which)));
    return this.#calls.get(id);
  }

  /** What the phone says of itself; its calls are told it. */
  #read() {
    const state = parsed(this.#core?.state()) ?? NO_PHONE;
    for (const { id, display, ...facts } of state.calls) Object.assign(this.#call(id), { displayName: display, ...facts });
    return state;
  }

  #start(options) {
    if (!options) throw this.#fault('PHONE_OPTIONS_MISSING');
    this.#end();
    // A page may use its object for something else afterwards; pages of the original keep the microphone's choice.
    this.#options = { microphone: stored('audioDeviceId'), ...options };
    this.#failed = false;
    const loaded = this.#loaded = this.#load(() => loaded === this.#loaded);
    // Whoever waits for it is told why.
    loaded.catch(() => { this.#failed ||= loaded === this.#loaded; });
  }

  /** Makes what does all this, as soon as the part that has it is there. */
  async #load(isWanted) {
    let host;
    const glue = createGlue((error) => this.#rescue(host, error));
    try {
      await glue.joined();
    } catch ({ message }) {
      throw this.#fault('PHONE_MISSING', message);
    }
    // It may have been ended meanwhile, or started anew.
    if (!isWanted()) return;
    const options = this.#options;
    const lent = { ...options, ...address(options), instance: instance() };
    host = this.#host = PART.phoneHost({
      options,
      url: lent.url,
      servers: lent.iceServers,
      gestures: GESTURES,
      option: (name) => word(lent[name]),
      alarm: (ring) => new Alarm(ring),
      fault: (code, given) => this.#fault(code, given),
      devices: () => this.getDevices(),
      // One that was replaced is told nothing, and has nothing more to say.
      core: () => (host === this.#host ? this.#core : undefined),
      tell: (name, value) => host === this.#host && this.#told(name, value),
    });
    this.#want();
    this.#core = new glue.SoftPhone(host, options.autoAnswer === true, Boolean(options.trickle));
    if (this.#own !== undefined) this.expect(this.#own);
  }

  /** Nobody measures what nobody wants to know. */
  #want() {
    this.#host?.media.levels(Boolean(this.#listeners.of('Level')));
  }

  /** Throws what stands against registering. */
  #ready() {
    const { account, password } = this.#options;
    if (!isSecureContext) throw this.#fault('PHONE_INSECURE');
    if (!navigator.mediaDevices) throw this.#fault('PHONE_UNSUPPORTED');
    if (![address(this.#options).url, account, password].every(word)) throw this.#fault('PHONE_PARAMETERS');
  }

  /** Registers as soon as the microphone may be used. */
  async #begin() {
    const turn = this.#turn = {};
    let media;
    try {
      // Whoever has made this has had no time to listen yet.
      const granted = await mayListen();
      this.#ready();
      await this.#loaded;
      if (turn === this.#turn && !granted) {
        ({ media } = this.#host);
        await media.microphone(turn);
      }
      if (turn === this.#turn) this.#do('register');
    } catch (error) {
      if (turn === this.#turn) this.#listeners.tell('Exception', error);
    }
    media?.leave(turn);
    await this.getDevices().catch(() => {});
  }

  #end() {
    this.stop();
    this.#host?.end();
    const core = this.#core;
    this.#loaded = this.#host = this.#core = this.#own = undefined;
    // Not at once: a listener that starts anew is called from inside it.
    if (core) queueMicrotask(() => core.free());
    this.#drop();
  }

  /** Says of all calls that they are over. */
  #drop() {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) {
      call.state = 'ended';
      this.#listeners.tell('Terminated', call, {});
    }
  }

  /** The wasm has aborted, and its calls with it: a fresh instance registers. */
  #rescue(host, error) {
    if (host.dead) return;
    host.dead = true;
    host.end();
    if (host !== this.#host) return;
    this.#loaded = this.#host = this.#core = this.#own = undefined;
    const turn = this.#turn = {};
    const again = performance.now() - this.#crashed < 10_000;
    this.#crashed = performance.now();
    queueMicrotask(() => {
      this.#drop();
      this.#listeners.tell('UnRegistered');
      this.#listeners.tell('Exception', this.#fault(again ? 'PHONE_STOPPED' : 'PHONE_CRASHED', '', error));
      // A listener may have started or stopped it.
      if (!again && turn === this.#turn) this.init();
    });
  }

  #fault(code, given = '', cause) {
    return ofPhone(fault(code, this.#options?.lang, given, cause));
  }

  #do(name, call = 0, given = '') {
    if (!this.#core) throw this.#fault('NO_CALL');
    return this.#core.act(name, call, given);
  }

  #mute(on) {
    if (this.#host?.media.mute(on)) this.#listeners.tell('Muted', { on });
  }

  // -- the phone --------------------------------------------------------------

  init(options = this.#options) {
    this.#start(options);
    this.#begin();
  }

  register(options) {
    if (options || this.#failed || !this.#loaded) this.#start({ ...this.#options, ...options });
    this.#ready();
    this.#begin();
  }

  unregister() {
    this.#turn = undefined;
    this.#core?.act('unregister', 0, '');
  }

  stop() {
    this.#turn = undefined;
    this.#core?.act('stop', 0, '');
    this.#check?.stop();
  }

  disconnect() {
    this.stop();
  }

  destroy() {
    this.#end();
  }

  get isRegistered() {
    return this.#read().registered;
  }

  get isMute() {
    return this.#host?.media.muted ?? false;
  }

  get incomingSession() {
    const { current } = this.#read();
    return current ? this.#call(current) : null;
  }

  get isCalling() {
    return this.incomingSession?.state === 'talking';
  }

  get callType() {
    const call = this.incomingSession;
    return call && (call.direction === 'inbound' ? 'incoming' : 'callout');
  }

  get currentDevices() {
    const inputs = this.devices.filter(({ kind }) => kind === 'audioinput');
    return inputs.find(({ deviceId }) => deviceId === this.#options?.microphone) ?? inputs[0];
  }

  /** Every call that there is. */
  calls() {
    return this.#read().calls.map(({ id }) => this.#call(id));
  }

  call(called = this.#called, caller, gateway) {
    if (!this.#core) throw this.#fault('PHONE_NOT_REGISTERED');
    const [line, ...more] = [called, caller, gateway].map((one) => text(one) ?? '');
    const id = this.#do('call', 0, [line.replace(/\s/g, ''), ...more.map((one) => one.replace(/[\r\n]/g, ''))].join('\n'));
    this.#read();
    return this.#call(id);
  }

  answer() {
    this.#do('answer');
  }

  hangup() {
    this.#do('hangup');
  }

  hold() {
    this.#do('hold');
  }

  unHold() {
    this.#do('unHold');
  }

  mute() {
    if (!this.#core) throw this.#fault('NO_CALL');
    this.#mute(true);
  }

  unMute() {
    if (!this.#core) throw this.#fault('NO_CALL');
    this.#mute(false);
  }

  dtmf(key) {
    this.#do('dtmf', 0, String(key));
  }

  transfer(target) {
    this.#do('transfer', 0, text(target));
  }

  /** Joins the other party of the present call with that of another, by default the one that waits. */
  attendedTransfer(other) {
    const current = this.incomingSession;
    other ??= this.calls().find((call) => call !== current);
    this.#do('attendedTransfer', 0, String(other?.id ?? other ?? 0));
  }

  /** A key for the number that `call()` calls; -1 takes the last one back. */
  dial(key) {
    this.#called = String(key) === '-1' ? this.#called.slice(0, -1) : this.#called + key;
    return this;
  }

  setCalled(number) {
    this.#called = String(number);
    return this;
  }

  getTargetNumber() {
    return this.#called;
  }

  setAutoAnswer(on) {
    this.#keep('autoAnswer', on);
    this.#core?.act('autoAnswer', on === true ? 1 : 0, '');
  }

  /** Which call is the page's own and answered by itself: the one of this id, `true` the next without an id, `false` none. */
  expect(own) {
    this.#own = own;
    this.#core?.act('expect', own === true ? 1 : 0, text(own || undefined) ?? '');
  }

  setLang(lang) {
    this.#keep('lang', lang);
  }

  async getDevices() {
    this.devices = await navigator.mediaDevices?.enumerateDevices() ?? [];
    return this.devices;
  }

  async setMicrophone(id) {
    await this.#host?.media.choose(text(id));
    this.#keep('microphone', id);
  }

  setSpeaker(id) {
    this.#keep('speaker', id);
    this.#host?.media.direct();
  }

  setRingDevice(id) {
    this.#keep('ringDevice', id);
    this.#host?.media.direct();
  }

  /** How loud it rings, 0 to 1. */
  setRingVolume(volume) {
    this.#keep('ringVolume', volume);
    this.#host?.media.loudness();
  }

  /** What is chosen of devices. */
  get chosen() {
    const { microphone, speaker, ringDevice, ringVolume = 1 } = this.#options ?? {};
    return { microphone, speaker, ringDevice, ringVolume };
  }

  /** Opens the microphone without a call, so that `Level` says how loud it is; `false` closes it. */
  async tryMicrophone(on = true) {
    await this.#loaded;
    const { media } = this.#host ?? {};
    if (on) await media?.microphone(this);
    else media?.leave(this);
  }

  /** What was chosen later counts for every later start too. */
  #keep(name, value) {
    if (this.#options) this.#options[name] = value;
  }

  /** What a call says of its sound; of the present one where none is named. */
  async statistics(call) {
    const peer = this.#host?.calls.get(Number(call?.id ?? (call || this.#read().current)));
    const found = await peer?.statistics();
    if (!found) throw this.#fault('NO_CALL');
    return found;
  }

  /** Tries everything that a call needs. */
  async check(options) {
    await this.#loaded;
    if (!this.#host) throw this.#fault('PHONE_OPTIONS_MISSING');
    if (this.#check) throw this.#fault('CALL_NOT_READY', 'check');
    const { call, statistics } = this;
    this.#check = this.#host.check({ call, statistics, state: () => this.#read() }, options ?? {});
    try {
      return await this.#check.run();
    } finally {
      this.#check = undefined;
    }
  }

  /** What went over the wire for a call, by default the present or the last one. */
  trace(call) {
    const id = call?.id ?? call ?? (this.incomingSession?.id || this.#last);
    return parsed(this.#core?.trace(Number(id)));
  }

  getConstraints() {
    const { currentDevices } = this;
    return { video: false, audio: currentDevices ? { deviceId: { ideal: currentDevices.deviceId } } : true };
  }

  isVideo() {
    return false;
  }

  /** Of the original; draws nothing. */
  draw() {
    return this;
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

  /** What a SIP message says, in short. */
  static parseMessage(message) {
    return readSip(message);
  }
}

/** The phone that the page brought, else ours. One that another version of this has put there is nobody's choice. */
function phoneOfPage() {
  const { SoftPhoneSdk: brought } = window;
  return typeof brought === 'function' && !Object.hasOwn(brought, 'parseMessage') ? brought : SoftPhoneSdk;
}

/** What was given as text or as a number, as text; undefined: something else was, or nothing. */
const word = (value) => (/^(string|number)$/.test(typeof value) ? String(value) : undefined);

/** Whether the microphone may be used without asking; not every browser says so. */
const mayListen = () => navigator.permissions?.query({ name: 'microphone' }).then(({ state }) => state === 'granted', () => false);

/** Names this tab to the registrar, also after a reload: it then takes the place of what it was before. */
function instance() {
  const fresh = `urn:uuid:${crypto.randomUUID?.() ?? uuid()}`;
  try {
    return sessionStorage['agent-toolbar/phone'] ??= fresh;
  } catch {
    return fresh;
  }
}

/** Where the phone registers, and what helps it through firewalls. */
function address({ url, wss, wssport, domain = wss, iceServers, stunServers }) {
  url ??= wss && wssport ? `wss://${wss}:${wssport}` : '';
  try {
    domain ??= new URL(url).hostname;
  } catch { /* is missed when it registers */ }
  // The original's documents name these, without saying whether with the scheme.
  iceServers ??= stunServers?.map((server) => ({ urls: /^stuns?:/.test(server) ? server : `stun:${server}` }));
  return { url, domain, iceServers };
}

/** A choice that pages of the original keep; undefined where there is none, or no storage. */
function stored(name) {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

const ofPhone = (error) => Object.assign(error, { version: `SPS_${VERSION}` });
