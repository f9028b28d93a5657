import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ARGS } from './browser.mjs';
import { CHROMIUM } from './paths.mjs';
import { until } from './until.mjs';

/**
 * The tone in Hz that each party sends, by its number: far from each other, from what comes of mixing and rounding them, and
 * from the tones of keys. People who are not here send what an outside person sends.
 */
export const TONES = { 1001: 590, 1002: 1100, 1000: 1400, '00042130': 2130 };
const OF_A_PERSON = 440;

export const toneOf = (number) => TONES[number] ?? OF_A_PERSON;

/** Every tone that may be heard. */
const KNOWN = [OF_A_PERSON, ...Object.values(TONES)];

/** How often in a row a reading must be the expected one; each is of other sound than the one before. */
const READINGS = 5;

/** Seconds of sound that one reading looks at: 8192 samples at 44100 a second, and a little more. */
const WINDOW = 0.2;

/** A second of a tone, or of silence for 0 Hz, as a WAV file. Whole waves: repeated, it has no seam. */
function wav(hz) {
  const rate = 48_000;
  const samples = Buffer.alloc(rate * 2);
  for (let at = 0; at < rate; at += 1) samples.writeInt16LE(Math.round(Math.sin((at / rate) * hz * 2 * Math.PI) * 10_000), at * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  // Whole numbers, one channel, 16 bits.
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/**
 * A browser whose microphones hear this tone; 0: silence. Each needs its own, because the tone is an argument of the program.
 * `gestures` says that nothing sounds before somebody has touched the page, as in an agent's browser.
 */
export async function launchWithTone(hz, { gestures = false, args = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'tone-'));
  const file = join(folder, 'tone.wav');
  await writeFile(file, wav(hz));
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    chromiumSandbox: false,
    args: [
      ...ARGS, `--use-file-for-fake-audio-capture=${file}`,
      ...(gestures ? [] : ['--autoplay-policy=no-user-gesture-required']), ...args,
    ],
  });
  browser.on('disconnected', () => rm(folder, { recursive: true, force: true }));
  return browser;
}

/** What a browser calls the sound that a page makes itself, such as a ring tone. */
export const OWN_SOUND = 'MediaStreamAudioDestinationNode';

/**
 * Runs in a page before its scripts: `ears` hears what the page's media elements play of streams, but for the page's own
 * sounds, and nothing that they do not play. `ears.read` gives the level of each tone, `ears.keys` are the keys whose two tones were heard, in order.
 */
export function putOnEars() {
  const players = new Set();
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    configurable: true,
    get,
    set(stream) {
      players.add(this);
      set.call(this, stream);
    },
  });

  let context;
  let analyser;
  const sources = new Map();

  /** Runs where the sound is: no key is missed, however busy the page is. It tells each key whose two tones stand out. */
  function keyListener() {
    const KEYS = ['123A', '456B', '789C', '*0#D'];
    const ROWS = [697, 770, 852, 941];
    const COLUMNS = [1209, 1336, 1477, 1633];
    const LENGTH = 2048;
    registerProcessor('keys', class extends AudioWorkletProcessor {
      block = new Float32Array(LENGTH);
      filled = 0;
      last;
      told;

      /** How loud one tone is in the block (Goertzel). */
      level(hz) {
        const twice = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
        let [one, two] = [0, 0];
        for (let at = 0; at < LENGTH; at += 1) {
          const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / LENGTH);
          [one, two] = [this.block[at] * window + twice * one - two, one];
        }
        return Math.sqrt(one * one + two * two - twice * one * two) / (LENGTH / 4);
      }

      /** The place of the tone that stands out among these. */
      loudest(tones) {
        const levels = tones.map((hz) => this.level(hz));
        const [first, second] = levels.toSorted((a, b) => b - a);
        return first > 0.003 && first > 2 * second ? levels.indexOf(first) : -1;
      }

      judge() {
        const [row, column] = [this.loudest(ROWS), this.loudest(COLUMNS)];
        const key = row < 0 || column < 0 ? undefined : KEYS[row][column];
        // A tone that begins or ends sounds a little of everything.
        if (key === this.last && key !== this.told) {
          this.told = key;
          if (key !== undefined) this.port.postMessage(key);
        }
        this.last = key;
      }

      process([[samples]]) {
        for (const sample of samples ?? []) {
          this.block[this.filled] = sample;
          this.filled += 1;
          if (this.filled === LENGTH) {
            this.judge();
            // Every sample is in two blocks.
            this.filled = LENGTH / 2;
            this.block.copyWithin(0, this.filled);
          }
        }
        return true;
      }
    });
  }

  async function listenForKeys() {
    const code = URL.createObjectURL(new Blob([`(${keyListener})()`], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(code);
    const listener = new AudioWorkletNode(context, 'keys', { channelCount: 1, channelCountMode: 'explicit' });
    listener.port.onmessage = ({ data }) => window.ears.keys.push(data);
    analyser.connect(listener);
    // It gives silence, and is run only where somebody takes what it gives.
    listener.connect(context.destination);
  }

  function listen() {
    const playing = new Set();
    for (const player of players) {
      if (player.paused || player.muted || player.volume === 0) continue;
      for (const track of player.srcObject?.getAudioTracks?.() ?? []) {
        if (track.readyState === 'live' && track.label !== 'MediaStreamAudioDestinationNode') playing.add(track);
      }
    }
    if (playing.size > 0 && !context) {
      context = new AudioContext();
      analyser = context.createAnalyser();
      analyser.fftSize = 8192;
      // Else a tone that is gone is heard for seconds.
      analyser.smoothingTimeConstant = 0;
      listenForKeys();
    }
    if (context?.state === 'suspended') context.resume();
    for (const track of playing) {
      if (sources.has(track)) continue;
      const source = context.createMediaStreamSource(new MediaStream([track]));
      source.connect(analyser);
      sources.set(track, source);
    }
    for (const [track, source] of sources) {
      if (playing.has(track)) continue;
      source.disconnect();
      sources.delete(track);
    }
  }

  /** The level of each of these tones in dB. */
  function levels(tones) {
    if (!analyser) return tones.map(() => -Infinity);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(spectrum);
    return tones.map((hz) => {
      const bin = Math.round((hz / context.sampleRate) * analyser.fftSize);
      return Math.max(...spectrum.slice(bin - 2, bin + 3));
    });
  }

  window.ears = {
    keys: [],
    read(tones) {
      listen();
      // A page that plays nothing has no clock of sound; then time is what passes.
      const at = context?.state === 'running' ? context.currentTime : performance.now() / 1000;
      return { at, levels: levels(tones) };
    },
  };
  setInterval(listen, 30);
}

/** What a page plays is exactly these tones, for several readings in a row. */
export async function hearsExactly(page, tones, { bound = 120_000 } = {}) {
  const wanted = tones.toSorted((a, b) => a - b).join();
  let reading = { at: -Infinity };
  let inRow = 0;
  const isSo = async () => {
    const now = await page.evaluate((known) => ears.read(known), KNOWN);
    if (Math.abs(now.at - reading.at) < WINDOW) return false;
    reading = now;
    const heard = KNOWN.filter((_hz, at) => now.levels[at] > -60).toSorted((a, b) => a - b);
    inRow = heard.join() === wanted ? inRow + 1 : 0;
    return inRow === READINGS;
  };
  try {
    await until(isSo, { what: `the page plays exactly [${wanted}] Hz`, bound });
  } catch (error) {
    const last = KNOWN.map((hz, at) => `${hz} Hz ${Math.round(reading.levels?.[at])} dB`).join(', ');
    throw new Error(`${error.message}; the last reading: ${last}`);
  }
}

/** After how many ms a key that nobody heard is pressed again: a browser that is short of time loses a tone now and then. */
const PATIENCE = 3_000;

/**
 * The page plays the tones of these keys, one after the other; what else it took for keys does not count. `press` presses
 * one; without it they come by themselves.
 */
export async function hearsKeys(page, keys, press = () => {}) {
  let after = 0;
  for (const key of keys) {
    let pressed = -Infinity;
    const isHeard = async () => {
      if (Date.now() - pressed > PATIENCE) {
        pressed = Date.now();
        await press(key);
      }
      const place = await page.evaluate(([wanted, from]) => ears.keys.indexOf(wanted, from), [key, after]);
      if (place < 0) return false;
      after = place + 1;
      return true;
    };
    try {
      await until(isHeard, { what: `the page plays the tone of ${key} of the keys ${keys}` });
    } catch (error) {
      throw new Error(`${error.message}; it played ${await page.evaluate(() => ears.keys)}`);
    }
  }
}
