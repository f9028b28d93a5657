/** The page's listeners. They outlive the wasm: a rescued toolbar goes on telling the same ones. */
class Listeners {
  #byName = new Map();
  #changed;
  #also;

  /** `changed` hears of which event there is another listener, or one less; `also` is told of each event, after its listeners. */
  constructor(changed, also) {
    this.#changed = changed;
    this.#also = also;
  }

  add(name, listener, once) {
    const id = crypto.randomUUID?.() ?? uuid();
    const list = this.#byName.get(name);
    const entry = { id, listener, once };
    // A new array each time: who is being told now is not touched by what a listener adds or removes.
    this.#byName.set(name, list ? [...list, entry] : [entry]);
    this.#changed(name);
    return id;
  }

  remove(name, which) {
    const list = this.#byName.get(name);
    const kept = list?.filter(({ id, listener }) => id !== which && listener !== which);
    if (!list || kept.length === list.length) return false;
    if (kept.length) this.#byName.set(name, kept);
    else this.#byName.delete(name);
    this.#changed(name);
    return true;
  }

  /** The listeners of an event, or undefined where there are none. */
  of(name) {
    return this.#byName.get(name);
  }

  /** Two values at most: gathering any number of them costs every message. */
  tell(name, value, more) {
    for (const { id, listener, once } of this.#byName.get(name) ?? []) {
      if (!once || this.remove(name, id)) guarded(listener, value, more);
    }
    this.#also?.(name, () => value);
  }
}

/** Calls a function of the page. What it throws is the page's mistake, shown where such are shown; the others go on. */
function guarded(call, value, more) {
  try {
    // Who counts what it is given gets one value where there is one.
    if (more === undefined) call(value);
    else call(value, more);
  } catch (error) {
    report(error);
  }
}

const report = (error) => (globalThis.reportError ? reportError(error) : setTimeout(() => { throw error; }));

// crypto.randomUUID exists in secure contexts only, getRandomValues everywhere.
const uuid = () => '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) => (
  (+c) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+c / 4)))).toString(16));
