/**
 * What happened to the session, for a record that can be replayed. It stands outside the wasm, so that it is there when
 * the wasm is not. Texts are kept as they are and masked when somebody wants them.
 */
class Journal {
  #entries = [];
  #size = 0;
  #cut = false;
  #bulk;
  /** Whether each input is shown on the console as well. */
  debug = false;
  /** Passwords that the page gave. */
  secrets = [];

  add(kind, data, mono, wall, thin) {
    const entry = { kind, data, mono, wall, thin };
    if (kind === 'start') this.clear();
    this.#entries.push(entry);
    this.#size += data.length ?? data.byteLength;
    if (thin || (data.length > 4096 && data.includes?.('"event":"Surveillance"'))) this.#thin(entry);
    if (this.#size > LONGEST || this.#entries.length > MOST) this.#trim();
    if (this.debug) console.debug('agent-toolbar', masked([entry], this.secrets, false));
  }

  clear() {
    this.#entries = [];
    this.#size = 0;
    this.#cut = false;
    this.#bulk = undefined;
  }

  /** Of the lists of all agents only the newest is worth its room. */
  #thin(entry) {
    const old = this.#bulk;
    this.#bulk = entry;
    if (!old) return;
    const less = old.thin ?? withoutList(old.data)?.text ?? old.data;
    this.#size -= old.data.length - less.length;
    old.data = less;
  }

  /** Goes on from where the link was opened last, or else with the newer half. */
  #trim() {
    const [start, ...rest] = this.#entries;
    let from = rest.findLastIndex(({ kind }) => kind === 'opened');
    if (from <= 0) from = rest.length >> 1;
    this.#entries = [start, ...rest.slice(from)];
    this.#cut = true;
    this.#size = this.#entries.reduce((sum, { data }) => sum + (data.length ?? data.byteLength), 0);
  }

  /** JSON lines: how the session began, then each input; `last`: only so many of the newest. */
  text({ numbers = false, last } = {}) {
    if (!this.#entries.length) return '';
    const [start, ...rest] = this.#entries;
    const cut = this.#cut || (last !== undefined && rest.length > last);
    const first = { kind: 'start', data: cut ? start.data.replace(/}$/, ',"cut":true}') : start.data };
    return masked([first, ...(last === undefined ? rest : rest.slice(-last))], this.secrets, numbers);
  }
}

/** More than a shift: characters, and inputs. */
const LONGEST = 20e6;
const MOST = 200_000;

const line = ({ kind, data, mono, wall }, text) => {
  if (kind === 'start') return text;
  if (kind !== 'received') return `{"m":${mono},"w":${wall},"in":"${kind}","data":${text}}`;
  return JSON.stringify({ m: mono, w: wall, in: typeof data === 'string' ? kind : 'bytes', data: text });
};

/** Bytes as a text with a character for each. */
const latin = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** Secrets by their names, in JSON and in JSON that stands as a text in JSON, where quotes are escaped. */
const NAMED = [
  /((?:token|passcode|[pP]assword)"\s*:\s*")((?:[^"\\]|\\.)*)/g,
  /((?:token|passcode|[pP]assword)\\"\s*:\s*\\")((?:[^"\\]|\\\\(?:\\\\|\\"|[^"\\]))*)/g,
];

/** As above, where the secret is a number. */
const NUMBERED_SECRET = /((?:token|passcode|[pP]assword)\\*"\s*:\s*)(-?\d[\d.eE+-]*)/g;

/** Telephone numbers that are a whole text, however deep it stands. */
const NUMBER = /(\\*")(\+?\d[\d ()-]{5,18}\d)(?=\1)/g;

/** A text that stands alone, and neither names a member nor says what kind of message this is. */
const whole = (text) => new RegExp(
  String.raw`(?<=\\*")(?<!"(?:type|event|nowState|response|request|msg)\\*":\\*")${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=\\*"(?!\s*:))`, 'g');

/** Lines without passwords and tokens; with `numbers`, also without the middle of telephone numbers. */
function masked(entries, secrets, numbers) {
  const utf8 = new TextEncoder();
  // As they stand in JSON.
  const known = new Set(secrets.filter((secret) => secret?.length > 3).map((secret) => JSON.stringify(secret).slice(1, -1)));
  const named = entries.map((entry) => {
    const bytes = typeof entry.data !== 'string';
    // A frame says how many bytes it has: what stands for a secret is as long as the secret.
    const stars = (secret) => '*'.repeat(bytes ? secret.length : utf8.encode(secret).length);
    let text = bytes ? latin(new Uint8Array(entry.data)) : entry.data;
    for (const level of NAMED) {
      text = text.replace(level, (_all, name, secret) => {
        if (secret.length > 3) known.add(bytes ? new TextDecoder().decode(Uint8Array.from(secret, (c) => c.charCodeAt(0))) : secret);
        return name + stars(secret);
      });
    }
    // Still a number, and as long.
    text = text.replace(NUMBERED_SECRET, (_all, name, secret) => name + secret.replace(/\d/g, '1'));
    return { entry, bytes, stars, text };
  });
  return named.map(({ entry, bytes, stars, text }) => {
    for (const secret of known) {
      const found = bytes ? latin(utf8.encode(secret)) : secret;
      // A long one is nowhere by chance; a short one counts where it is a whole text that is no word of the protocol.
      if (secret.length > 15) text = text.replaceAll(found, stars(found));
      else text = text.replace(whole(found), stars(found));
    }
    if (numbers) {
      text = text.replace(NUMBER, (_all, quote, number) => {
        const digits = number.replace(/\D/g, '').length;
        let at = 0;
        return quote + number.replace(/\d/g, (digit) => ((at += 1) <= 3 || at > digits - 4 ? digit : '*'));
      });
    }
    return line(entry, text) + '\n';
  }).join('');
}
