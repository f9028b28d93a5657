/** ms from the start to that of the worker. The page's own timers are this exact in a hidden tab, too. */
const WORKER_AFTER = 1000;

/**
 * Rings once at a time. The waiting is done in a worker, because timers of a hidden tab are throttled to one a minute
 * and heart-beats would come too late. The worker begins a moment later: to start one takes as long as to draw the toolbar, and
 * until then the page's own timers do. Without a worker of its own file the same code runs from a blob, without that
 * on the page's own timers.
 */
class Alarm {
  #ring;
  #begin;
  #worker;
  #timer;
  /** When it rings, by the clock that never goes back; undefined: not at all. */
  #due;

  constructor(ring) {
    this.#ring = () => {
      this.#due = undefined;
      ring();
    };
    this.#begin = setTimeout(() => {
      this.#start(WORKER_URL, () => this.#start(URL.createObjectURL(new Blob([WORKER_CODE])), () => this.#give_up()));
    }, WORKER_AFTER);
  }

  #start(url, otherwise) {
    if (!url) return otherwise();
    try {
      const worker = new Worker(url);
      worker.onmessage = () => this.#ring();
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
    console.warn('agent-toolbar: no worker for heart-beats (file missing or refused by the page\'s policy); in a hidden tab a lost link is noticed a minute late');
    this.#wait();
  }

  /** Rings in so many ms instead of whenever it was set to; undefined: not at all. */
  set(delay) {
    this.#due = delay === undefined ? undefined : performance.now() + delay;
    this.#wait();
  }

  #wait() {
    const left = this.#due === undefined ? undefined : Math.max(this.#due - performance.now(), 0);
    clearTimeout(this.#timer);
    if (this.#worker) this.#worker.postMessage(left);
    else if (left !== undefined) this.#timer = setTimeout(this.#ring, left);
  }

  stop() {
    clearTimeout(this.#begin);
    this.#worker?.terminate();
    this.#worker = undefined;
    clearTimeout(this.#timer);
  }
}

const WORKER_CODE = 'let t;onmessage=e=>{clearTimeout(t);if(e.data!==undefined)t=setTimeout(()=>postMessage(0),e.data)}';
