/** What a browser says that gives no microphone, in our words. */
const REFUSED = {
  NotAllowedError: 'MICROPHONE_DENIED',
  // A sandboxed frame without an origin of its own.
  SecurityError: 'MICROPHONE_FORBIDDEN',
  NotFoundError: 'MICROPHONE_MISSING',
  OverconstrainedError: 'MICROPHONE_MISSING',
};

/** `name: message` of what a browser threw. */
const wordsOf = ({ name, message }) => `${name}: ${message}`;

/** The microphone, speakers and ring tone of one phone, and what keeps the screen awake meanwhile. */
class PhoneMedia {
  /** The phone's options: what is chosen later stands there too. */
  #options;
  #phone;
  /** Whoever wants the microphone to be open; those with `speaks` are told of another one. */
  #users = new Set();
  #stream;
  #opening;
  /** The devices as they were seen last, to tell a change from a mere event. */
  #known;
  /** The group of the device that the system takes by default. */
  #group;
  #outputs = [];
  /** Elements that play, with whether each is the ring tone. */
  #playing = new Map();
  #ringer;
  #aside = false;
  #awake = false;
  #lock;
  #levels = false;
  #meter;
  muted = false;

  /**
   * `phone` knows the `gestures` after which it may be heard; `fault(code, given)` makes an error, `except(error)` and
   * `tell(name, value)` tell it, `changed()` hears of devices.
   */
  constructor(options, phone, signal) {
    this.#options = options;
    this.#phone = phone;
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#look(), { signal });
    this.#look();
  }

  /** Ends all of it. */
  end() {
    this.#users.clear();
    this.#rest();
    this.hush();
    for (const element of this.#playing.keys()) this.#silence(element);
  }

  // -- the microphone ---------------------------------------------------------

  /** Opens the microphone for one more user; throws why it cannot be. */
  async microphone(user) {
    this.#users.add(user);
    if (this.#stream && this.track.readyState === 'live') return this.#stream;
    return this.#open();
  }

  /** One user less; without any the microphone is switched off. */
  leave(user) {
    this.#users.delete(user);
    this.#rest();
  }

  get track() {
    return this.#stream?.getAudioTracks()[0];
  }

  get label() {
    return this.track?.label;
  }

  /** Opens a microphone, in place of any other that is open. Who asks while one is being opened gets the same one. */
  #open(exactly) {
    this.#opening ??= this.#capture(exactly).then((stream) => this.#opened(stream), (error) => {
      throw this.error(error);
    }).finally(() => {
      this.#opening = undefined;
      // Whoever wanted it may have gone meanwhile.
      this.#rest();
    });
    return this.#opening;
  }

  async #capture(exactly) {
    const { mediaDevices } = navigator;
    if (!mediaDevices) throw this.#phone.fault(isSecureContext ? 'PHONE_UNSUPPORTED' : 'PHONE_INSECURE');
    const { audio, microphone } = this.#options;
    const wishes = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...audio };
    try {
      return await mediaDevices.getUserMedia({ audio: microphone ? { ...wishes, deviceId: { exact: microphone } } : wishes });
    } catch (error) {
      // One that was unplugged must not end the agent's calls.
      if (exactly || !microphone || error.name !== 'OverconstrainedError') throw error;
      return mediaDevices.getUserMedia({ audio: wishes });
    }
  }

  #opened(stream) {
    const before = this.#stream;
    this.#stream = stream;
    const { track } = this;
    // What was muted stays muted, whatever device it is.
    track.enabled = !this.muted;
    track.onended = () => this.#renew();
    if (before) for (const user of this.#users) user.speaks?.();
    switchOff(before);
    this.#measure();
    // Names and ids are shown only now, and some browsers tell of no change.
    this.#look();
    return stream;
  }

  #rest() {
    if (this.#users.size) return;
    switchOff(this.#stream);
    this.#stream = undefined;
    this.#measure();
    this.keepAwake(false);
  }

  /** Opens the microphone that is the right one now, in place of the one in use. */
  #renew() {
    this.#open().catch((error) => this.#phone.except(error));
  }

  /** An error of the catalogue for what a browser threw. */
  error(error) {
    // One of ours; a browser's have numbers.
    if (typeof error.code === 'string') return error;
    const code = REFUSED[error.name] ?? 'MEDIA_FAILED';
    // Not every browser says whether it was the agent who refused.
    const forbidden = code === 'MICROPHONE_DENIED' && document.featurePolicy?.allowsFeature('microphone') === false;
    return this.#phone.fault(forbidden ? 'MICROPHONE_FORBIDDEN' : code, wordsOf(error));
  }

  /** Mutes this microphone and every one that takes its place; gives whether that is another state than before. */
  mute(on) {
    const changed = this.muted !== on;
    this.muted = on;
    if (this.#stream) this.track.enabled = !on;
    return changed;
  }

  /** Takes another microphone, at once where one is in use; undefined: the system's. */
  async choose(id) {
    const options = this.#options;
    await this.#opening?.catch(() => {});
    const before = options.microphone;
    options.microphone = id;
    if (!this.#stream) return;
    try {
      await this.#open(true);
    } catch (error) {
      options.microphone = before;
      throw error;
    }
  }

  // -- devices ----------------------------------------------------------------

  /** The browser's list of devices. */
  async list() {
    return await navigator.mediaDevices?.enumerateDevices().catch(() => {}) ?? [];
  }

  /** Looks whether the devices are others than before, and takes the right ones. Browsers tell of one change several times, or not at all. */
  async #look() {
    const list = await this.list();
    const all = JSON.stringify(list);
    const first = this.#known === undefined;
    if (all === this.#known) return;
    const group = list.find(({ kind, deviceId }) => kind === 'audioinput' && deviceId === 'default')?.groupId;
    const another = this.#group !== undefined && this.#group !== group;
    this.#known = all;
    this.#group = group;
    this.#outputs = list.filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId).map(({ deviceId }) => deviceId);
    if (first) return;
    const { track } = this;
    const { microphone } = this.#options;
    const back = microphone && list.some(({ deviceId }) => deviceId === microphone) && track?.getSettings().deviceId !== microphone;
    if (track && (track.readyState !== 'live' || (microphone ? back : another))) this.#renew();
    this.direct();
    this.#phone.changed();
  }

  // -- what is heard ----------------------------------------------------------

  /** Lets the other party be heard. `peer.player` and `peer.stream` are kept for it. */
  voice(peer, track) {
    const own = this.#options.outputVideo;
    // The page's element is for one call at a time.
    peer.player ??= typeof own === 'object' && own && !this.#playing.has(own) ? own : newPlayer();
    const { player } = peer;
    player.srcObject = peer.stream = new MediaStream([track]);
    player.muted = peer.silent;
    this.#play(player, false, () => peer.blocked());
  }

  /** Ends the voice of a call, which needs no microphone any more. */
  over(peer) {
    if (peer.player) this.#silence(peer.player);
    this.leave(peer);
  }

  /** Rings, softly into a conversation. `blocked` is called where the browser wants a gesture first. */
  ring(aside, blocked) {
    this.#aside = aside;
    if (this.#ringer) return this.loudness();
    const ringer = this.#ringer = newPlayer();
    this.loudness();
    const { ring } = this.#options;
    if (ring) {
      ringer.loop = true;
      ringer.src = ring;
    } else {
      ringer.context = new AudioContext();
      ringer.srcObject = ringTone(ringer.context);
    }
    this.#play(ringer, true, blocked);
  }

  /** It rings as loud as it should. */
  loudness() {
    const { ringVolume = 1 } = this.#options;
    if (this.#ringer) this.#ringer.volume = Math.min(Math.max(Number(ringVolume) || 0, 0), 1) * (this.#aside ? 0.2 : 1);
  }

  hush() {
    if (!this.#ringer) return;
    this.#silence(this.#ringer);
    this.#ringer.context?.close();
    this.#ringer = undefined;
  }

  #silence(player) {
    this.#playing.delete(player);
    player.pause();
    player.srcObject = null;
    if (player !== this.#options.outputVideo) player.remove();
  }

  /** Plays, now or after the next gesture where the browser wants one first. */
  async #play(player, rings, blocked) {
    this.#playing.set(player, rings);
    this.direct();
    try {
      // Before a gesture it may never resume.
      if (player.context?.state === 'suspended') player.context.resume().catch(() => {});
      await player.play();
    } catch ({ name }) {
      // What was ended before it began is not blocked.
      if (name === 'AbortError' || !this.#playing.has(player)) return;
      // Before the page's own listeners, which may keep it from others.
      for (const gesture of this.#phone.gestures) document.addEventListener(gesture, this.#touched, true);
      blocked?.();
    }
  }

  #touched = () => {
    for (const gesture of this.#phone.gestures) document.removeEventListener(gesture, this.#touched, true);
    for (const [player, rings] of this.#playing) this.#play(player, rings);
  };

  /** Everything that plays does so where it should; where that is unplugged, at the system's device. */
  direct() {
    const { speaker, ringDevice } = this.#options;
    for (const [player, rings] of this.#playing) {
      let id = (rings ? ringDevice : speaker) ?? '';
      if (this.#outputs.length && !this.#outputs.includes(id)) id = '';
      if (player.sinkId !== id) player.setSinkId?.(id).catch(() => {});
    }
  }

  // -- how loud it is ---------------------------------------------------------

  /** Tells how loud it is while the microphone is open, or no longer. */
  levels(on) {
    this.#levels = on;
    this.#measure();
  }

  #measure() {
    const wanted = this.#levels && this.#stream;
    if (!wanted === !this.#meter) return;
    clearInterval(this.#meter?.timer);
    this.#meter?.context?.close();
    this.#meter = wanted && {
      known: new Map(),
      timer: setInterval(() => {
        const heard = [...this.#users].find(({ stream, silent }) => stream && !silent)?.stream;
        this.#phone.tell('Level', { input: this.#level(this.#stream), output: heard ? this.#level(heard) : 0 });
      }, 250),
    };
  }

  /** The peak of the last few ms, 0 to 1. */
  #level(stream) {
    const { known } = this.#meter;
    if (!known.has(stream)) {
      const context = this.#meter.context ??= new AudioContext();
      const analyser = context.createAnalyser();
      // A source ends when nobody knows it any more.
      const source = context.createMediaStreamSource(stream);
      source.connect(analyser);
      known.set(stream, { source, analyser });
    }
    const samples = new Uint8Array(1024);
    known.get(stream).analyser.getByteTimeDomainData(samples);
    return Math.max(...samples.map((sample) => Math.abs(sample - 128))) / 128;
  }

  // -- the screen -------------------------------------------------------------

  /** Keeps the screen awake, or lets it sleep. */
  keepAwake(on) {
    this.#awake = on;
    if (on) return this.stayAwake();
    this.#lock?.release();
    this.#lock = undefined;
  }

  /** Browsers forget it when the page is hidden: then it is asked for again. */
  async stayAwake() {
    const held = () => this.#lock && !this.#lock.released;
    if (!this.#awake || held()) return;
    const lock = await navigator.wakeLock?.request('screen').catch(() => {});
    if (this.#awake && !held()) this.#lock = lock;
    else lock?.release();
  }
}

/** An element that plays. Some browsers play only what is in the page. */
function newPlayer() {
  const player = document.createElement('audio');
  document.documentElement.append(player);
  return player;
}

/** Switches a microphone off. */
function switchOff(stream) {
  for (const track of stream?.getTracks() ?? []) {
    track.onended = null;
    track.stop();
  }
}
