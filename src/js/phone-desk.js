/** A phone with what the platform said at login. An address that is not there is none, instead of an empty one. */
const makePhone = (Factory, wssport, lang, wss, url, domain, account, password) => new Factory({
  wss, domain, account, password, lang, ...(url && { url }), wssport, debug: false,
});

const callPhone = (phone, method, given) => phone[method](...(given === undefined ? [] : [given]));

/** After what a browser lets a page be heard. */
const GESTURES = ['pointerdown', 'keydown'];

/** The desk of each phone: a phone has one at a time. */
const DESKS = new WeakMap();

/** Members of `Quality` and `CallSound` that the toolbar shows, and by how much they are multiplied: it reads whole numbers. */
const SHOWN = { mos: 100, loss: 100, jitter: 1, roundTrip: 1 };

const whole100 = (value) => Math.round(100 * (value ?? 0));

/**
 * What the toolbar shows of our phone, and what it lets it do. `changed` hears, when what is running has ended, that there is
 * something new to show, and at once of an error that nobody could catch.
 */
function phoneDesk(phone, changed) {
  DESKS.get(phone)?.end();
  /** Of each call, by its number: state and since when, how it sounds, and what is wrong with that. */
  const known = new Map();
  const ending = new AbortController();
  const listening = [];
  let blocked = false;
  let found;
  let level;
  let leveling;
  let due = false;

  const soon = () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      if (!ending.signal.aborted) changed();
    });
  };
  const on = (name, run) => {
    const id = phone.on(name, (value) => {
      run?.(value);
      soon();
    });
    listening.push([name, id]);
    return id;
  };
  const of = ({ id }) => {
    if (!known.has(id)) known.set(id, { warnings: new Map() });
    return known.get(id);
  };

  for (const name of ['Invite', 'Try', 'Ringing', 'Accepted', 'Held', 'Muted', 'DevicesChanged']) on(name);
  on('Answer', () => { blocked = false; });
  on('Terminated', (call) => {
    blocked = false;
    known.delete(call.id);
  });
  on('Quality', ({ call, ...sound }) => {
    of(call).quality = Object.fromEntries(Object.entries(SHOWN).map(([name, times]) => [name, Math.round(times * (sound[name] ?? 0))]));
  });
  on('Warning', ({ call, code, over, message, remedy }) => {
    const { warnings } = of(call);
    if (over) warnings.delete(code);
    else warnings.set(code, { code, message, remedy });
  });
  on('RingBlocked', () => {
    blocked = true;
    for (const gesture of GESTURES) {
      document.addEventListener(gesture, () => {
        blocked = false;
        soon();
      }, { capture: true, once: true, signal: ending.signal });
    }
  });

  const facts = () => {
    const { incomingSession: present } = phone;
    const calls = phone.calls().map((call) => {
      const { id, callId, direction, state, displayName, number, held, heldByPeer } = call;
      const now = of(call);
      if (now.state !== state) Object.assign(now, { state, at: Math.round(performance.now()) });
      return { id, callId, direction, state, displayName, number, held, heldByPeer, at: now.at };
    });
    const { quality, warnings } = present ? of(present) : {};
    return { blocked, calls, quality, warnings: [...warnings?.values() ?? []] };
  };
  const devices = () => ({
    ...phone.chosen,
    ringVolume: whole100(phone.chosen.ringVolume),
    devices: phone.devices.filter(({ deviceId }) => deviceId).map(({ kind, deviceId: id, label: name }) => ({ kind, id, name })),
  });

  /** Shows how loud it is, with the microphone open for it, or no longer. */
  const listen = (open) => {
    if (open === Boolean(leveling)) return undefined;
    if (open) {
      leveling = on('Level', ({ input, output }) => { level = { input: whole100(input), output: whole100(output) }; });
    } else {
      phone.off('Level', leveling);
      leveling = level = undefined;
    }
    return phone.tryMicrophone(open);
  };
  const check = async (echo) => {
    found = undefined;
    found = await phone.check(echo ? { echo } : {});
  };
  const acts = {
    autoAnswer: (given) => phone.setAutoAnswer(given === 'true'),
    ringVolume: (given) => phone.setRingVolume(given / 100),
    microphone: (given) => phone.setMicrophone(given || undefined),
    speaker: (given) => phone.setSpeaker(given || undefined),
    ringDevice: (given) => phone.setRingDevice(given || undefined),
    register: () => phone.register(),
    listen: (given) => listen(given === 'true'),
    check,
  };

  const desk = {
    told: (what) => JSON.stringify({ facts, devices, level: () => level, check: () => found }[what]()),
    /** Does what a choice or an act is named for, or else what a method of the call of this number is; a call that is over does nothing. */
    act: (name, id, given) => {
      const call = id ? phone.calls().find((one) => one.id === id) : phone;
      const done = acts[name] ? acts[name](given) : call?.[name]();
      done?.then?.(soon, changed);
      soon();
    },
    end: () => {
      ending.abort();
      if (leveling) phone.tryMicrophone(false);
      for (const [name, id] of listening) phone.off(name, id);
    },
  };
  DESKS.set(phone, desk);
  return desk;
}
