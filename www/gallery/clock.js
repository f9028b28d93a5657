/** The page's clocks and timers, moved by hand. What is drawn by them is then the same each time. */

const real = { Date, setTimeout: setTimeout.bind(window), clearTimeout: clearTimeout.bind(window), Worker };

/** Lets everything run that is not waiting for a clock. */
export const settle = () => new Promise((then) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => then(port1.close());
  port2.postMessage(0);
});

/** Waits in real time: for what is loaded. */
export const really = (ms) => new Promise((then) => { real.setTimeout(then, ms); });

/** Two frames: whoever follows a size has followed it then. */
export async function frames() {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}

/** From now on it is `wall`, ms since 1970, and a page that was opened `mono` ms ago. */
export function takeClock({ wall, mono }) {
  const began = mono;
  let timers = [];
  let last = 0;

  const add = (run, ms, every) => {
    last += 1;
    timers.push({ id: last, at: mono + Math.max(Number(ms) || 0, 1), run, every });
    return last;
  };
  const remove = (id) => { timers = timers.filter((one) => one.id !== id); };

  performance.now = () => mono;
  window.Date = class extends real.Date {
    constructor(...given) { super(...(given.length ? given : [window.Date.now()])); }

    static now() { return wall + Math.floor(mono - began); }
  };
  window.setTimeout = (run, ms, ...given) => add(() => run(...given), ms);
  window.setInterval = (run, ms, ...given) => add(() => run(...given), ms, Math.max(Number(ms) || 0, 1));
  window.clearTimeout = remove;
  window.clearInterval = remove;
  // The SDK waits in a worker. Every other worker is left as it is.
  window.Worker = class {
    #timer;

    constructor(url, ...more) {
      if (!String(url).includes('agent-toolbar-worker')) return new real.Worker(url, ...more);
    }

    postMessage(delay) {
      remove(this.#timer);
      if (delay !== undefined) this.#timer = add(() => this.onmessage?.(new MessageEvent('message')), delay);
    }

    terminate() { remove(this.#timer); }
  };

  return {
    now: () => mono,
    wall: () => window.Date.now(),
    /** Whoever sets a timer from now on gets a real one. */
    giveBack: () => { Object.assign(window, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout }); },
    /** Lets the clock go on to `until`, with everything that is due by then. */
    async to(until) {
      for (let many = 1; ; many += 1) {
        const next = timers.reduce((one, other) => (other.at <= until && !(one?.at <= other.at) ? other : one), undefined);
        if (!next) break;
        mono = Math.max(mono, next.at);
        if (next.every) next.at += next.every;
        else remove(next.id);
        next.run();
        await (many % 8 ? null : settle());
      }
      mono = Math.max(mono, until);
      await settle();
    },
  };
}
