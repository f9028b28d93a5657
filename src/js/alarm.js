/**
 * Rings once at a time. The waiting is done in a worker, because timers of a hidden tab are throttled to one a minute
 * and heart-beats would come too late. Without a worker of its own file the same code runs from a blob, without that
 * on the page's own timers.
 */
class Alarm {
  #ring;
  #worker;
  #timer;
  #delay;

  constructor(ring) {
    this.#ring = ring;
    this.#start(WORKER_URL, () => this.#start(URL.createObjectURL(new Blob([WORKER_CODE])), () => this.#give_up()));
  }

  #start(url, otherwise) {
    if (!url) return otherwise();
    try {
      const worker = new Worker(trusted(url));
      worker.onmessage = () => this.#ring();
      worker.onerror = (event) => {
        event.preventDefault();
        worker.terminate();
        if (this.#worker === worker) otherwise();
      };
      this.#worker = worker;
      this.set(this.#delay);
    } catch {
      otherwise();
    }
  }

  #give_up() {
    this.#worker = undefined;
    // A phone has an alarm as well, and each start another.
    if (!gaveUp) console.warn('agent-toolbar: no worker for heart-beats (file missing or refused by the page\'s policy); in a hidden tab a lost link is noticed a minute late');
    gaveUp = true;
    this.set(this.#delay);
  }

  /** Rings in so many ms instead of whenever it was set to; undefined: not at all. */
  set(delay) {
    this.#delay = delay;
    if (this.#worker) return this.#worker.postMessage(delay);
    clearTimeout(this.#timer);
    if (delay !== undefined) this.#timer = setTimeout(() => this.#ring(), delay);
  }

  stop() {
    this.#worker?.terminate();
    this.#worker = undefined;
    clearTimeout(this.#timer);
  }
}

/** Whether it was said that there is no worker. */
let gaveUp;

const WORKER_CODE = 'let t;onmessage=e=>{clearTimeout(t);if(e.data!==undefined)t=setTimeout(()=>postMessage(0),e.data)}';
