/** How long an echo call goes on before it is judged, ms: an echo takes its time. */
const ECHO = 4000;

/** Tries everything that a call needs before a call does, and says for each part what is wrong and what helps. */
class PhoneCheck {
  #phone;
  #patience;
  #echo;
  #parts = [];
  #stopped = false;
  /** Something happened that a part may wait for. */
  look = () => {};

  /** Of the phone it needs `media`, `servers`, `state()`, `call(number)`, `statistics(call)` and `fault(code)`. */
  constructor(phone, { timeout, echo }) {
    this.#phone = phone;
    this.#patience = timeout >= 1 ? timeout : 5000;
    this.#echo = echo;
  }

  /** No more parts are tried. */
  stop() {
    this.#stopped = true;
    this.look();
  }

  async run() {
    const { media, state, fault: failed } = this.#phone;
    await this.#part('microphone', async () => {
      // Here somebody may have to find a button first.
      await this.#within(media.microphone(this), 6 * this.#patience);
      return media.label;
    });
    await this.#part('devices', async () => {
      const list = await this.#within(media.list(), this.#patience);
      const [inputs, outputs] = ['audioinput', 'audiooutput'].map((wanted) => list.filter(({ kind }) => kind === wanted).length);
      if (!inputs) throw failed('MICROPHONE_MISSING');
      return `${inputs} / ${outputs}`;
    });
    await this.#part('socket', () => this.#until(() => state().connected, 'PHONE_DISCONNECTED'));
    await this.#part('registration', () => this.#until(() => state().registered, 'PHONE_NOT_REGISTERED'));
    await this.#network();
    if (this.#echo) await this.#call();
    media.leave(this);
    return { ok: !this.#stopped && this.#parts.every(({ ok }) => ok), parts: this.#parts };
  }

  async #part(name, run, began = performance.now()) {
    if (this.#stopped) return;
    let wrong;
    const found = await Promise.resolve().then(run).catch((error) => { wrong = error; });
    const { code, message, remedy } = wrong ?? { code: '', message: found ?? '', remedy: '' };
    if (!this.#stopped) this.#parts.push({ name, ok: !wrong, code, message, remedy, ms: Math.round(performance.now() - began) });
  }

  /** Waits until it is so; throws the error of this code where it has not become so in time. */
  #until(isSo, code, ms = this.#patience) {
    return new Promise((resolve, reject) => {
      const settle = (how, value) => {
        clearTimeout(timer);
        this.look = () => {};
        how(value);
      };
      const failed = () => settle(reject, this.#phone.fault(code));
      const timer = setTimeout(failed, ms);
      this.look = () => {
        if (isSo()) settle(resolve);
        else if (this.#stopped) failed();
      };
      this.look();
    });
  }

  async #within(promise, ms) {
    let end;
    promise.then((value) => { end = () => value; }, (error) => { end = () => { throw error; }; }).then(() => this.look());
    await this.#until(() => end, 'CHECK_TIMEOUT', ms);
    return end();
  }

  /** Which ways to reach us there are. */
  async #network() {
    if (this.#stopped) return;
    const began = performance.now();
    const ways = await this.#ways();
    const part = (name, isFine, code) => this.#part(name, () => { if (!isFine) throw this.#phone.fault(code); }, began);
    const servers = JSON.stringify(this.#phone.servers ?? '');
    // A host without NAT is known by its own address already: its STUN server need not find another.
    if (/"stuns?:/.test(servers)) await part('stun', ways.srflx || (ways.all && !ways.unreachable), 'CHECK_NO_STUN');
    if (/"turns?:/.test(servers)) await part('turn', ways.relay, 'CHECK_NO_TURN');
    await part('network', ways.host || ways.srflx || ways.relay, 'CHECK_NO_CANDIDATE');
  }

  /** Collects ways to reach us on a connection that leads nowhere. */
  async #ways() {
    const ways = {};
    try {
      const raw = new RTCPeerConnection({ iceServers: this.#phone.servers });
      raw.onicecandidate = ({ candidate }) => {
        ways[candidate?.candidate.match(/ typ (\w+)/)?.[1] ?? 'all'] = true;
        this.look();
      };
      raw.onicecandidateerror = () => { ways.unreachable = true; };
      // Something to describe where there is no sound to send.
      raw.createDataChannel('');
      await raw.setLocalDescription();
      await this.#until(() => ways.all, 'CHECK_TIMEOUT').catch(() => {});
      raw.close();
    } catch { /* servers that no browser takes lead nowhere */ }
    return ways;
  }

  /** Calls who sends back what it hears. */
  async #call() {
    const { call: make, statistics, fault: failed } = this.#phone;
    let call;
    await this.#part('echo', async () => {
      call = make(this.#echo);
      await this.#until(() => /talking|ended/.test(call.state), 'CHECK_NO_ECHO');
      await this.#until(() => call.state === 'ended', 'CHECK_NO_ECHO', ECHO).catch(() => {});
      if (call.state === 'ended' || !(await statistics(call)).packetsReceived) throw failed('CHECK_NO_ECHO');
    });
    if (call && call.state !== 'ended') call.hangup();
  }
}
