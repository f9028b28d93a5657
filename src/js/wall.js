/** Whether it was said that there is no worker. */
let stayed;

/** Runs in a worker of a blob: loads its code from here, also where the page's policy asks where code comes from. */
function loaded(url) {
  const policy = globalThis.trustedTypes?.createPolicy('agent-toolbar', { createScriptURL: (one) => one });
  importScripts(policy ? policy.createScriptURL(url) : url);
}

/**
 * What keeps the list of a wall: `roster.js`, in a worker beside the script, or, where the page's policy allows none, in the
 * page. `tell` is told what that tells, `{"answered":n}` when the n-th question has its answer, and `{"failed":1}` where the
 * file cannot be had at all.
 */
class Wall {
  #tell;
  #kept;
  #send;
  #end;
  #over = false;
  /** The newest message of each kind that has to be repeated to another worker. */
  #said = {};
  /** The groups that the last questions were about, by their numbers. */
  #asked = new Map();
  /** The server's clock less the one that never goes back, ms. */
  #offset = 0;

  /** `kept`: the name under which the tab keeps the last hour. */
  constructor(kept, tell) {
    this.#kept = kept;
    this.#tell = tell;
    try {
      this.#said.restore = { restore: sessionStorage.getItem(kept) ?? '' };
    } catch { /* nothing is kept then */ }
    this.#work(ROSTER_URL, () => {
      // A worker must be of the page's own origin, but may load from elsewhere.
      const url = URL.createObjectURL(new Blob([ROSTER_TEXT ?? `(${loaded})(${JSON.stringify(ROSTER_URL)})`]));
      this.#work(url, () => this.#stay());
    });
  }

  #work(url, otherwise) {
    if (!url) return otherwise();
    try {
      const worker = new Worker(trusted(url));
      worker.onmessage = ({ data }) => this.#told(data);
      worker.onerror = (event) => {
        event.preventDefault();
        worker.terminate();
        if (!this.#over) otherwise();
      };
      this.#begin((message) => worker.postMessage(message), () => worker.terminate());
    } catch {
      otherwise();
    }
  }

  /** Has the same done in the page. */
  #stay() {
    if (!ROSTER_URL) return this.#fail();
    const script = document.createElement('script');
    script.src = trusted(ROSTER_URL);
    script.charset = 'utf-8';
    // A module does not know its own, but any that the page has let in will do.
    script.nonce = (SCRIPT ?? document.querySelector('script[nonce]'))?.nonce ?? '';
    script.take = (attend) => {
      if (this.#over) return;
      if (!stayed) console.warn('agent-toolbar: no worker for the wall (refused by the page\'s policy); a long list of agents holds up the page');
      stayed = true;
      const hear = attend((text) => this.#told(text));
      // A list is long: it is read in a task of its own.
      this.#begin((message) => (message.feed === undefined ? hear(message) : setTimeout(() => this.#over || hear(message))), () => {});
    };
    script.onload = () => script.remove();
    script.onerror = () => {
      script.remove();
      this.#fail();
    };
    document.head.append(script);
  }

  #fail() {
    console.warn(`agent-toolbar: the wall cannot list agents, ${ROSTER_URL ?? 'agent-toolbar-roster.js'} is missing`);
    this.#told('{"failed":1}');
  }

  #begin(send, end) {
    this.#send = send;
    this.#end = end;
    for (const message of Object.values(this.#said)) send(message);
  }

  #told(text) {
    if (this.#over) return;
    if (text.startsWith('{"series"')) {
      try {
        sessionStorage.setItem(this.#kept, text);
      } catch { /* then it is not there after a reload */ }
    }
    this.#tell(text);
  }

  /** `{ ask: n, group }`: a question was asked about a group. Anything else is for the roster. */
  say(message) {
    const { ask, group, tick } = message;
    if (ask !== undefined) {
      this.#asked.set(ask, group);
      // An answer may be late, but not that late.
      if (this.#asked.size > 8) this.#asked.delete(this.#asked.keys().next().value);
      return;
    }
    if (tick !== undefined) this.#offset = tick - performance.now();
    this.#said[Object.keys(message)[0]] = message;
    this.#send?.(message);
  }

  /** An answer came. Answers to others' questions may be about anybody. */
  heard(sequence, text, from, to) {
    if (!this.#asked.has(sequence)) return;
    this.#tell(`{"answered":${sequence}}`);
    this.#send?.({ feed: text.slice(from, to), group: this.#asked.get(sequence), at: Math.round(performance.now() + this.#offset) });
  }

  end() {
    this.#over = true;
    this.#end?.();
  }
}

/** What the wasm calls for a wall; `who`: whose it is, `gone`: whoever called is gone. */
function wallEnd(who, gone) {
  let wall;
  const set = (tell) => {
    wall?.end();
    wall = tell && new Wall(`agent-toolbar/wall/${who()}`, tell);
  };
  gone.addEventListener('abort', () => set());
  return {
    wall: set,
    wallSay: (message) => wall?.say(JSON.parse(message)),
    agentsHeard: (...answer) => wall?.heard(...answer),
  };
}
