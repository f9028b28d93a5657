/** What a function of the page's gives; what it throws is the page's mistake, shown where such are shown. */
function attempt(run, otherwise) {
  try {
    return run();
  } catch (error) {
    report(error);
    return otherwise;
  }
}

/** Hands on what a function of the page's gives, at once or later; `otherwise` where it fails or takes longer than `ms`. */
function asked(run, otherwise, ms, then) {
  const given = attempt(run, otherwise);
  if (typeof given?.then !== 'function') return then(given);
  let timer;
  Promise.race([
    Promise.resolve(given).catch((error) => {
      report(error);
      return otherwise;
    }),
    new Promise((resolve) => { timer = setTimeout(resolve, ms, otherwise); }),
  ]).then((value) => {
    clearTimeout(timer);
    then(value);
  });
}

/** How long the page may take before the toolbar goes on without it, ms. */
const PATIENCE = 3000;

/** What the toolbar asks the page; `option` gives an option by its name, `tell` tells the page's listeners. */
const pageHooks = (option, snapshot, tell) => ({
  beforeDial: (number, type, then) => {
    asked(() => option('onBeforeDial')?.(number, { type, source: 'toolbar' }), undefined, PATIENCE, (answer) => {
      then(answer === false ? undefined : typeof answer === 'string' ? answer : number);
    });
  },
  describe: (number, then) => {
    asked(() => option('describeNumber')?.(number), undefined, PATIENCE, (found) => then(JSON.stringify(found ?? null)));
  },
  allow: (name) => {
    const act = option('actions')?.[name];
    const context = { name, snapshot: snapshot() };
    if (act && attempt(() => act(context)) === false) return false;
    tell('Action', context);
    return true;
  },
  given: (name) => {
    // What the page has switched off is `false`, whatever else it gives.
    const value = Object(option('features'))[name] !== false && option(name);
    return JSON.stringify(typeof value === 'function' ? attempt(value) : value);
  },
});
