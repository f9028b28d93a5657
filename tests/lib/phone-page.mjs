import { newProfile } from './browser.mjs';
import { putOnEars } from './phone-tones.mjs';

/** A profile that may use the microphone, in whose pages `ears`, `microphones` and `peers` tell what the phone does. */
export async function newPhoneProfile(t, browser) {
  const profile = await newProfile(t, browser);
  await profile.grantPermissions(['local-network-access', 'microphone']);
  for (const script of [putOnEars, watchMicrophones, watchPeers]) await profile.addInitScript(script);
  return profile;
}

/**
 * Runs in a page before its scripts: `microphones` lists what was asked for and the streams that were given. The sound is
 * taken as it comes, because what cleans up a voice takes a steady tone for noise.
 */
function watchMicrophones() {
  window.microphones = [];
  const { mediaDevices } = navigator;
  const real = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (asked) => {
    const record = { asked: JSON.parse(JSON.stringify(asked ?? null)) };
    window.microphones.push(record);
    const audio = typeof asked?.audio === 'object' ? asked.audio : {};
    const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await real(asked?.audio ? { ...asked, audio: { ...audio, ...raw } } : asked);
    // Not among what a test reads of it outside the page.
    Object.defineProperty(record, 'stream', { value: stream });
    return stream;
  };
}

/** Runs in a page before its scripts: `peers` are all its peer connections. */
function watchPeers() {
  window.peers = [];
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...given) {
      super(...given);
      window.peers.push(this);
    }
  };
}

/** Whether any microphone that the page was given is still open, whoever cloned it meanwhile. */
export const microphoneOpen = (page) => page.evaluate(() => {
  const given = microphones.flatMap(({ stream }) => stream?.getTracks() ?? []);
  const sent = peers.flatMap((peer) => (peer.signalingState === 'closed' ? [] : peer.getSenders().map(({ track }) => track)));
  return [...given, ...sent].some((track) => track?.readyState === 'live');
});

/** How many packets of sound all peer connections of the page that are open have sent and received. */
export const packets = (page) => page.evaluate(async () => {
  const count = { sent: 0, received: 0 };
  for (const peer of peers) {
    if (peer.signalingState === 'closed') continue;
    for (const one of (await peer.getStats()).values()) {
      if (one.type === 'outbound-rtp') count.sent += one.packetsSent;
      if (one.type === 'inbound-rtp') count.received += one.packetsReceived;
    }
  }
  return count;
});

/**
 * The page, driven so that nobody has touched it: whatever Playwright evaluates counts as a gesture, after which a browser lets
 * a page play sounds.
 */
export async function untouched(page) {
  const session = await page.context().newCDPSession(page);
  return {
    /** What a person does touches it. */
    keyboard: page.keyboard,
    async evaluate(run, given) {
      const expression = `(${run})(${JSON.stringify(given)})`;
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression, awaitPromise: true, returnByValue: true, userGesture: false,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
  };
}
