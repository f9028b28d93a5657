/**
 * Runs in a page before its scripts: `clock` changes the machine's time. `set` sets its clock, `sleep` lets it sleep (only the
 * wall clock goes on), `fast` makes time pass so many times as fast, in the page's worker as well.
 */
export function ownClock() {
  const real = { now: Date.now, mono: performance.now.bind(performance), post: Worker.prototype.postMessage };
  let [mono, since, wall, speed] = [0, 0, 0, 1];
  performance.now = () => mono + (real.mono() - since) * speed;
  Date.now = () => real.now() - real.mono() + performance.now() + wall;
  // The worker waits as long as it is told, for the last thing that it was told.
  let waiting = () => {};
  Worker.prototype.postMessage = function (delay) {
    const due = performance.now() + delay;
    waiting = () => real.post.call(this, delay === undefined ? delay : Math.max(due - performance.now(), 0) / speed);
    waiting();
  };
  window.clock = {
    set: (ms) => { wall += ms; },
    sleep: (ms) => { wall += ms; },
    fast: (times) => {
      [mono, since, speed] = [performance.now(), real.mono(), times];
      waiting();
    },
  };
}

/** Runs in a page before its scripts: while the page is hidden its timers do not run at all. */
export function stopTimersWhileHidden() {
  for (const name of ['setTimeout', 'setInterval']) {
    const real = window[name];
    window[name] = (run, ...rest) => real(() => { if (!document.hidden) run(); }, ...rest);
  }
}
