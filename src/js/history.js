/** So many calls are kept at most: more than a shift has. */
const CALLS = 500;

/** What is kept under these names holds telephone numbers. */
const HOLDS_NUMBERS = /^(history|favourites|agents|callerId)$/;

/** Kinds of calls that were somebody else's. */
const ASIDE = /^(listen|whisper|forceInsert)$/;

/**
 * The calls of an agent, the numbers they like, colleagues whom they called, and the number they call from. They hold telephone
 * numbers, so they are the tab's and end with it, unless the page keeps them: `own()` is then its `{ load, save }`. `changed`
 * hears that what the page kept has come.
 */
function callHistory(own, changed) {
  const storage = () => sessionStorage;
  let of;
  let all = {};
  const take = (loaded) => {
    const { calls, ...more } = Object(loaded);
    all = { favourites: [], ...more, history: Array.isArray(calls) ? calls : [] };
  };
  const save = () => {
    const { history: calls, ...more } = all;
    const page = own();
    if (page) attempt(() => page.save?.({ calls, ...more }));
    else keep(storage, of, JSON.stringify({ calls, ...more }));
  };
  return {
    /** From now on it is this agent's. */
    begin: (who) => {
      const name = `agent-toolbar/history/${who}`;
      if (name === of) return;
      // Whoever sat here before has taken their numbers along.
      if (of) attempt(() => storage().removeItem(of));
      of = name;
      take();
      const page = own();
      if (!page) return take(read(kept(storage, name)));
      asked(() => page.load?.(), undefined, 30_000, (loaded) => {
        if (name !== of) return;
        take(loaded);
        changed();
      });
    },
    /** Something that holds numbers, by its name; undefined: nothing is kept. */
    get: (name) => all[name],
    set: (name, value) => {
      if (!all.history) return;
      all[name] = value;
      save();
    },
    /** A call is over; `last` is how it was shown last. */
    add: (last, wrapUp, at) => {
      if (!all.history || ASIDE.test(last.callType) || !last.party) return;
      const { id, party: number, direction, since, group } = last;
      const talked = wrapUp?.talked ?? (since === null ? null : Math.max(at - since, 0));
      all.history = [{ at, id, number, direction, answered: talked !== null, talked, group: group?.name ?? '' }, ...all.history].slice(0, CALLS);
      save();
    },
  };
}
