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

const line = ({ kind, data, mono, wall }) => {
  if (kind === 'start') return data;
  const text = typeof data === 'string' ? data : Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join('');
  if (kind !== 'received') return `{"m":${mono},"w":${wall},"in":"${kind}","data":${text}}`;
  return JSON.stringify({ m: mono, w: wall, in: typeof data === 'string' ? kind : 'bytes', data: text });
};

// A frame says how many bytes it has: what stands for a secret is as long as the secret.
const stars = (text) => '*'.repeat(new TextEncoder().encode(text).length);

/** Lines without passwords and tokens; with `numbers`, also without the middle of telephone numbers. */
function masked(entries, secrets, numbers) {
  const known = new Set(secrets.filter((secret) => secret?.length > 3));
  // Quotes are escaped where the text of a frame stands inside a line.
  const value = String.raw`(\\?"\s*:\s*\\?")((?:[^"\\]|\\\\.)*)`;
  const lines = entries.map((entry) => line(entry).replace(
    new RegExp(String.raw`((?:token|passcode|[pP]assword)${value})`, 'g'),
    (_all, _name, _between, secret) => {
      known.add(secret);
      return _all.slice(0, _all.length - secret.length) + stars(secret);
    },
  ));
  let text = lines.join('\n');
  for (const secret of known) {
    // A long one is nowhere by chance; a short one counts where it is a whole text.
    if (secret.length > 15) text = text.replaceAll(secret, stars(secret));
    else text = text.replaceAll(`"${secret}"`, `"${stars(secret)}"`).replaceAll(`\\"${secret}\\"`, `\\"${stars(secret)}\\"`);
  }
  if (!numbers) return text + '\n';
  return text.replace(/(\\?")(\+?\d[\d ()-]{5,18}\d)(?=\\?")/g, (_all, quote, number) => {
    const digits = number.replace(/\D/g, '').length;
    let at = 0;
    return quote + number.replace(/\d/g, (digit) => ((at += 1) <= 3 || at > digits - 4 ? digit : '*'));
  }) + '\n';
}
