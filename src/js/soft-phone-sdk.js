/** Events of one call that the original has: their listeners are given the call itself. */
const SESSION = /^(Invite|Try|Ringing|Answer|Accepted|AnswerFailed|CallFailed|Terminated)$/;

/** Those after which a call is no more. */
const ENDS = /^(AnswerFailed|CallFailed|Terminated)$/;

/** Told so often that nothing else is read for them. */
const OFTEN = /^(Level|Quality)$/;

/** What a phone that does not run says of itself. */
const NO_PHONE = { muted: false, current: 0, calls: [] };

/** A telephone in the page: SIP over a WebSocket. See index.d.ts for every method. */
class SoftPhoneSdk {
  #options;
  #listeners = new Listeners((name) => name === 'Level' && this.#want());
  #core;
  #host;
  #crashed = -Infinity;
  /** What the phone is being started for; another start, or a stop, takes its place. */
  #turn;
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

  // -- what the wasm calls ----------------------------------------------------

  #lend() {
    const host = {
      sockets: new Set(),
      alarm: (ring) => (host.clock = new Alarm(ring)),
      error: (code, message, remedy) => ofPhone(new AgentSdkError(code, message, remedy)),
      utf8: toUtf8,
      // One that was replaced has nothing more to say.
      tell: (name, value) => host === this.#host && this.#told(name, value),
    };
    return host;
  }

  #told(name, value) {
    if (name === 'DevicesChanged') {
      this.getDevices().then((devices) => this.#listeners.tell(name, { ...value, devices }));
      return undefined;
    }
    if (!value?.call) return this.#listeners.tell(name, value);
    const { call: id, ...more } = value;
    if (!OFTEN.test(name)) this.#read();
    const call = this.#call(id);
    if (ENDS.test(name)) call.state = 'ended';
    if (name === 'Terminated') this.#calls.delete(id);
    if (SESSION.test(name)) this.#listeners.tell(name, call, more);
    else this.#listeners.tell(name, { call, ...more });
  }

  /** The call of this number. */
  #call(id) {
    if (!this.#calls.has(id)) this.#calls.set(this.#last = id, new PhoneCall(id, (...values) => this.#do(...values)));
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
    const host = this.#host = this.#lend();
    const glue = createGlue((error) => this.#rescue(host, error));
    this.#core = new glue.SoftPhone(host, { ...this.#options, ...address(options) });
    this.#want();
  }

  /** Nobody measures what nobody wants to know. */
  #want() {
    this.#core?.levels(Boolean(this.#listeners.of('Level')));
  }

  /** Registers as soon as the microphone may be used. */
  async #begin() {
    const turn = this.#turn = {};
    const core = this.#core;
    try {
      // Whoever has made this has had no time to listen yet.
      const granted = await mayListen();
      core.ready();
      if ((granted || await core.prepare()) && turn === this.#turn) core.register();
      await this.getDevices();
    } catch (error) {
      if (turn === this.#turn) this.#listeners.tell('Exception', error);
    }
  }

  #end() {
    this.stop();
    this.#host = undefined;
    const core = this.#core;
    this.#core = undefined;
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
    for (const one of host.sockets) {
      for (const end of ['close', 'stop', 'pause', 'release']) one[end]?.();
    }
    host.clock?.stop();
    if (host !== this.#host) return;
    this.#host = this.#core = undefined;
    const turn = this.#turn = {};
    const again = performance.now() - this.#crashed < 10_000;
    this.#crashed = performance.now();
    queueMicrotask(() => {
      this.#drop();
      this.#listeners.tell('UnRegistered');
      this.#listeners.tell('Exception', this.#fault(again ? 'PHONE_STOPPED' : 'PHONE_CRASHED', error));
      // A listener may have started or stopped it.
      if (!again && turn === this.#turn) this.init();
    });
  }

  #fault(code, cause) {
    return ofPhone(fault(code, this.#options?.lang, '', cause));
  }

  #do(name, ...values) {
    if (!this.#core) throw this.#fault('NO_CALL');
    return this.#core[name](...values);
  }

  // -- the phone --------------------------------------------------------------

  init(options = this.#options) {
    this.#start(options);
    this.#begin();
  }

  register(options) {
    if (options || !this.#core) this.#start({ ...this.#options, ...options });
    this.#core.ready();
    this.#begin();
  }

  unregister() {
    this.#turn = undefined;
    this.#core?.unregister();
  }

  stop() {
    this.#turn = undefined;
    this.#core?.stop();
  }

  disconnect() {
    this.stop();
  }

  destroy() {
    this.#end();
  }

  get isRegistered() {
    return this.#core?.is_registered() ?? false;
  }

  get isMute() {
    return this.#read().muted;
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
    const id = this.#core.call(text(called)?.replace(/\s/g, '') ?? '', text(caller) ?? '', text(gateway) ?? '');
    this.#read();
    return this.#call(id);
  }

  answer() {
    this.#do('answer', 0);
  }

  hangup() {
    this.#do('hangup', 0);
  }

  hold() {
    this.#do('hold', 0, true);
  }

  unHold() {
    this.#do('hold', 0, false);
  }

  mute() {
    this.#do('mute', true);
  }

  unMute() {
    this.#do('mute', false);
  }

  dtmf(key) {
    this.#do('dtmf', 0, String(key));
  }

  transfer(target) {
    this.#do('transfer', 0, text(target) ?? '');
  }

  /** Joins the other party of the present call with that of another, by default the one that waits. */
  attendedTransfer(other) {
    const current = this.incomingSession;
    other ??= this.calls().find((call) => call !== current);
    this.#do('attend', 0, Number(other?.id ?? other ?? 0));
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
    this.#core?.set_auto_answer(on === true);
  }

  /** Which call is the page's own and answered by itself: the one of this id, `true` the next without an id, `false` none. */
  expect(own) {
    this.#core?.expect(own === true, text(own || undefined));
  }

  setLang(lang) {
    this.#keep('lang', lang);
    this.#core?.set_lang(lang);
  }

  async getDevices() {
    this.devices = await navigator.mediaDevices?.enumerateDevices() ?? [];
    return this.devices;
  }

  async setMicrophone(id) {
    await this.#core?.set_microphone(text(id));
    this.#keep('microphone', id);
  }

  setSpeaker(id) {
    this.#core?.set_speaker(text(id) ?? '');
    this.#keep('speaker', id);
  }

  setRingDevice(id) {
    this.#core?.set_ring_device(text(id) ?? '');
    this.#keep('ringDevice', id);
  }

  /** What was chosen later counts for every later start too. */
  #keep(name, value) {
    if (this.#options) this.#options[name] = value;
  }

  /** What a call says of its sound; of the present one where none is named. */
  async statistics(call) {
    return this.#do('statistics', Number(call?.id ?? call ?? 0));
  }

  /** Tries everything that a call needs. */
  async check(options = {}) {
    if (!this.#core) throw this.#fault('PHONE_OPTIONS_MISSING');
    return this.#core.check(options);
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

/** Whether the microphone may be used without asking; not every browser says so. */
const mayListen = () => navigator.permissions?.query({ name: 'microphone' }).then(({ state }) => state === 'granted', () => false);

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
