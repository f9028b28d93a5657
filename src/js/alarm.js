/**
 * Rings once at a time. The waiting is done in a worker, because timers of a hidden tab are throttled to one a minute
 * and heart-beats would come too late. Without a worker of its own file the same code runs from a blob, without that
 * on the page's own timers; so it does in the first moments, when a page that opens has better to do than to start a worker.
 */
class Alarm {
  #ring;
  #worker;
  #timer;
  /** When it is to ring, by `performance.now()`. */
  #due;
  /** What has the worker start. */
  #soon;
  #hidden = new AbortController();

  constructor(ring) {
    this.#ring = ring;
    const begin = () => {
      this.#begun();
      this.#start(WORKER_URL, () => this.#start(URL.createObjectURL(new Blob([WORKER_CODE])), () => this.#give_up()));
    };
    this.#soon = setTimeout(begin, document.hidden ? 0 : OPENING);
    document.addEventListener('visibilitychange', begin, { signal: this.#hidden.signal });
  }

  #begun() {
    clearTimeout(this.#soon);
    this.#hidden.abort();
  }

  #start(url, otherwise) {
    if (!url) return otherwise();
    try {
      const worker = new Worker(trusted(url));
      worker.onmessage = () => this.#rings();
      worker.onerror = (event) => {
        event.preventDefault();
        worker.terminate();
        if (this.#worker === worker) otherwise();
      };
      this.#worker = worker;
      this.#wait();
    } catch {
      otherwise();
    }
  }

  #give_up() {
    this.#worker = undefined;
    // A phone has an alarm as well, and each start another.
    if (!gaveUp) console.warn('agent-toolbar: no worker for heart-beats (file missing or refused by the page\'s policy); in a hidden tab a lost link is noticed a minute late');
    gaveUp = true;
    this.#wait();
  }

  /** Rings in so many ms instead of whenever it was set to; undefined: not at all. */
  set(delay) {
    this.#due = delay === undefined ? undefined : performance.now() + delay;
    this.#wait();
  }

  #wait() {
    clearTimeout(this.#timer);
    const delay = this.#due === undefined ? undefined : Math.max(0, this.#due - performance.now());
    if (this.#worker) this.#worker.postMessage(delay);
    else if (delay !== undefined) this.#timer = setTimeout(() => this.#rings(), delay);
  }

  #rings() {
    this.#due = undefined;
    this.#ring();
  }

  stop() {
    this.#begun();
    this.#worker?.terminate();
    this.#worker = undefined;
    this.set();
  }
}

/** How long a page takes to open, ms. */
const OPENING = 2000;

/** Whether it was said that there is no worker. */
let gaveUp;

const WORKER_CODE = 'let t;onmessage=e=>{clearTimeout(t);if(e.data!==undefined)t=setTimeout(()=>postMessage(0),e.data)}';
