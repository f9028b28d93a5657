/** The browser's phone as a record has it: it tells what it told, and does nothing. */

let phone;
let first = {};

const handle = (call) => (call ? { ...call, ...Object.fromEntries(['answer', 'hangup', 'hold', 'unHold'].map((name) => [name, () => {}])) } : undefined);

export class PlayedPhone {
  isRegistered = false;
  isMute = false;
  incomingSession;
  devices = [];
  chosen = { ringVolume: 0.6 };
  #calls = [];
  #checked;
  #present;
  #listeners = new Map();

  constructor() {
    phone = this;
    this.#take(first);
  }

  calls() { return this.#calls; }

  on(name, listener) {
    const id = {};
    this.#listeners.set(id, { name, listener });
    return id;
  }

  check() { return new Promise((then) => { this.#checked = then; }); }

  /** What the check has found. */
  checked(found) { this.#checked?.(found); }

  off(_name, id) { this.#listeners.delete(id); }

  /** What it was then, and what it told. */
  happens({ event, value, error, state }) {
    this.#take(state);
    const call = value?.call && this.#calls.find(({ id }) => id === value.call.id);
    const told = error ? Object.assign(new Error(error.message), error) : value && { ...value, ...(value.call && { call: call ?? handle(value.call) }) };
    for (const { name, listener } of [...this.#listeners.values()]) if (name === event) listener(told);
  }

  /** `state` has what is not as it was before. */
  #take({ calls, present = this.#present, ...facts }) {
    Object.assign(this, facts);
    if (calls) this.#calls = calls.map(handle);
    this.#present = present;
    this.incomingSession = this.#calls.find(({ id }) => id === present);
  }
}
for (const name of [
  'register', 'stop', 'disconnect', 'unregister', 'answer', 'setAutoAnswer', 'expect', 'setLang', 'setRingVolume', 'setMicrophone', 'setSpeaker',
  'setRingDevice', 'tryMicrophone', 'mute', 'unMute',
]) PlayedPhone.prototype[name] = () => {};

/** Something was told by the phone; what it was before there was one is what it begins as. */
export function phoneHappens(told) {
  if (phone) phone.happens(told);
  else first = told.state;
}

/** What a check of the phone has found. */
export const phoneChecked = (found) => phone.checked(found);
