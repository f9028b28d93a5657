/** How long a key sounds and how long the pause behind it is, ms: what RFC 4733 receivers and old exchanges both take. */
const KEY = 160;
const KEY_GAP = 70;

/** How often is looked at how a call sounds, ms. */
const SOUND = 2000;

/** The connection for sound of one call. What happens to it is told by `heard(what, text)` of the phone; closed, it is silent. */
class PhonePeer {
  #phone;
  #call;
  #servers;
  #raw;
  #sender;
  #closed = false;
  /** What is being described, if anything: another description or a roll-back takes its place. */
  #turn;
  /** Candidates that came after our description had gone. */
  #late = [];
  #timer;
  #reading;
  /** How it sounded last. */
  #quality;
  /** Nothing is sent and nothing is heard. */
  silent = false;

  constructor(phone, call, servers) {
    this.#phone = phone;
    this.#call = call;
    this.#servers = Array.isArray(servers) ? servers : undefined;
  }

  #tell(what, text = '') {
    if (!this.#closed) this.#phone.heard(what, this.#call, text);
  }

  #failed(what, error) {
    this.#tell(what, wordsOf(error));
  }

  /** The connection, with the microphone in it; undefined where there can be none. */
  async #ready() {
    if (this.#raw || this.#closed) return this.#raw;
    const { media } = this.#phone;
    try {
      const raw = this.#raw = new RTCPeerConnection({ bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require', iceServers: this.#servers });
      raw.ontrack = ({ track }) => media.voice(this, track);
      raw.oniceconnectionstatechange = () => this.#tell('ice', raw.iceConnectionState);
      raw.onicecandidateerror = ({ url }) => this.#tell('note', `no answer from ${url}`);
      raw.onicecandidate = ({ candidate }) => {
        if (this.#turn) return this.#send();
        // The end is written as an empty one by some.
        if (candidate?.candidate) this.#late.push(candidate.candidate);
        this.#tell('late');
      };
      const stream = await media.microphone(this);
      if (this.#closed) return undefined;
      this.#sender = raw.addTrack(media.track, stream);
      return raw;
    } catch (error) {
      if (!this.#closed) this.#phone.except(media.error(error));
      this.#tell('denied');
      return undefined;
    }
  }

  /** Makes the offer or the answer that is due: `described` once it holds a way to reach us. */
  async describe(holds, renews, atOnce) {
    const turn = this.#turn = { atOnce };
    // All that was found goes out with it.
    this.#late = [];
    const raw = await this.#ready();
    if (!raw || turn !== this.#turn) return;
    raw.getTransceivers()[0].direction = holds ? 'sendonly' : 'sendrecv';
    if (renews) {
      raw.restartIce();
      this.#tell('note', 'ice restart');
    }
    this.#tell('note', 'gathering begins');
    turn.began = performance.now();
    try {
      await raw.setLocalDescription();
    } catch (error) {
      if (turn === this.#turn) this.#failed('undescribed', error);
      return;
    }
    if (turn !== this.#turn) return;
    turn.described = true;
    this.#tell('gathering');
    this.#send();
  }

  /** It was waited long enough for ways to reach us. */
  enough() {
    this.#send(true);
  }

  #send(late) {
    const turn = this.#turn;
    if (!turn?.described) return;
    const { localDescription: { sdp }, iceGatheringState } = this.#raw;
    const found = sdp.match(/^a=candidate:.*/gm) ?? [];
    // Worth waiting for is one of UDP, and where there are servers one that they helped to find.
    const good = this.#servers?.length ? / udp .* typ (?!host)/i : / udp .* typ /i;
    const enough = found.some((one) => good.test(one)) || (found.length && iceGatheringState === 'complete');
    if (!late && !turn.atOnce && !enough) return;
    this.#turn = undefined;
    this.#tell('note', `gathering ends: ${found.length} candidates, ${Math.round(performance.now() - turn.began)} ms`);
    this.#tell('described', sdp);
  }

  /** Takes the other party's `offer`, `pranswer` or `answer`, and tells that it has. */
  async take(kind, sdp) {
    const raw = kind === 'offer' ? await this.#ready() : this.#raw;
    try {
      await raw?.setRemoteDescription({ type: kind, sdp });
    } catch (error) {
      return this.#failed(`bad ${kind}`, error);
    }
    if (raw) this.#tell(kind, sdp);
  }

  /** Takes back the offer that is open, ours or theirs; there may be none. */
  rollBack() {
    this.#turn = undefined;
    const raw = this.#raw;
    const description = { type: 'rollback' };
    (raw?.signalingState === 'have-remote-offer' ? raw.setRemoteDescription(description) : raw?.setLocalDescription(description))?.catch(() => {});
  }

  /** Takes a candidate that came later. One that cannot be used is one way less, no more. */
  candidate(sdpMid, candidate) {
    this.#raw?.addIceCandidate({ sdpMid, candidate }).catch(() => {});
  }

  /** Late candidates in the words of RFC 8840; undefined: none. `sent`: those of before have gone. */
  late(sent) {
    if (sent) this.#late = [];
    if (!this.#late.length) return undefined;
    const { localDescription: { sdp }, iceGatheringState } = this.#raw;
    const line = (name) => sdp.match(`a=${name}:.*`)?.[0] ?? [];
    return [
      line('ice-ufrag'), line('ice-pwd'), 'm=audio 9 RTP/AVP 0', line('mid'), this.#late.map((one) => `a=${one}`),
      iceGatheringState === 'complete' ? 'a=end-of-candidates' : [], '',
    ].flat().join('\r\n');
  }

  /** Whether anything is sent and heard: not one packet leaves without a track. */
  sound(on) {
    this.silent = !on;
    if (this.player) this.player.muted = !on;
    this.#give(on ? this.#phone.media.track : null);
  }

  #give(track) {
    // It fails only where the connection is closed already.
    this.#sender?.replaceTrack(track).catch(() => {});
  }

  /** There is another microphone. A call on hold gets it when it goes on. */
  speaks() {
    if (this.silent) return;
    const { media } = this.#phone;
    this.#give(media.track);
    this.#tell('note', `microphone ${media.label}`);
  }

  /** The browser does not play the other party yet. */
  blocked() {
    if (!this.#closed) this.#phone.warn(this.#call, 'WARN_AUDIO_BLOCKED');
  }

  /** Presses a key, behind those that are still sounding. False: the other party takes none in the sound. */
  press(key) {
    const keys = this.#sender?.dtmf;
    try {
      if (keys?.canInsertDTMF) keys.insertDTMF(keys.toneBuffer + key, KEY, KEY_GAP);
      return Boolean(keys?.canInsertDTMF);
    } catch {
      return false;
    }
  }

  /** Judges how it sounds from now on, again and again. */
  watch() {
    this.#timer ??= setInterval(() => this.#judge().catch(() => {}), SOUND);
  }

  /** Has it judged what the browser counts: `judged` follows before this is done. */
  async #judge() {
    const counts = await this.#read();
    if (!this.#closed) this.#phone.measured(this.#call, ...counts, this.#phone.media.muted);
  }

  /** Reads what the browser counts; gives what of it is judged. */
  async #read() {
    const report = await this.#raw.getStats();
    const found = {};
    for (const one of report.values()) if (one.type !== 'candidate-pair' || one.nominated) found[one.type] = one;
    const { 'inbound-rtp': from = {}, 'outbound-rtp': to = {}, 'media-source': source = {}, 'candidate-pair': pair = {} } = found;
    const { packetsReceived = 0, packetsLost = 0, jitterBufferDelay = 0, jitterBufferEmittedCount = 0 } = from;
    const jitter = (from.jitter ?? 0) * 1000;
    const roundTrip = (found['remote-inbound-rtp']?.roundTripTime || pair.currentRoundTripTime || 0) * 1000;
    const [ours, theirs] = [pair.localCandidateId, pair.remoteCandidateId].map((id) => report.get(id)?.candidateType);
    this.#reading = {
      jitter: short(jitter), roundTrip: short(roundTrip), inputLevel: source.audioLevel, outputLevel: from.audioLevel,
      codec: report.get(from.codecId)?.mimeType, pair: ours && theirs && `${ours}/${theirs}`,
      packetsSent: to.packetsSent ?? 0, packetsReceived, packetsLost,
    };
    return [packetsReceived, packetsLost, jitter, jitterBufferDelay, jitterBufferEmittedCount, roundTrip, source.totalAudioEnergy ?? NaN];
  }

  /** What was judged, in hundredths; gives all that is known of the sound. */
  judged({ mos, loss }) {
    this.#quality = { mos: mos / 100, loss: loss / 100 };
    return { ...this.#quality, ...this.#reading };
  }

  /** All that is known of the sound by now; undefined where there can be none yet. */
  async statistics() {
    if (!this.#sender) return undefined;
    // Judged is the time between two looks: what is asked for in between must not shorten it.
    await (this.#quality ? this.#read() : this.#judge());
    return { ...this.#quality, ...this.#reading };
  }

  close() {
    this.#closed = true;
    this.#turn = undefined;
    clearInterval(this.#timer);
    const raw = this.#raw;
    if (raw) {
      raw.ontrack = raw.onicecandidate = raw.onicecandidateerror = raw.oniceconnectionstatechange = null;
      raw.close();
    }
    this.#raw = this.#sender = undefined;
    this.#phone.media.over(this);
  }
}

/** Two decimals are enough for people. */
const short = (value) => Math.round(value * 100) / 100;
