/**
 * Runs in a page before its scripts: `FakePhone` is a browser phone as pages bring one, registered as soon as it is made.
 * `phones` are all that were made; `told` is what was done to them, each with the place of its phone.
 */
export function bringPhone() {
  window.phones = [];
  window.told = [];
  window.FakePhone = class {
    isRegistered = true;
    #listeners = [];
    #place = phones.push(this) - 1;

    constructor() { this.#note('made'); }

    on(name, listener) {
      this.#listeners.push({ name, listener });
      return listener;
    }

    off(name, listener) { this.#listeners = this.#listeners.filter((one) => one.listener !== listener); }

    /** What a real one does by itself. */
    happens(event) {
      for (const { name, listener } of this.#listeners) if (name === event) listener();
    }

    setAutoAnswer() {}
    answer() { this.#note('answer'); }
    stop() { this.#note('stop'); }
    unregister() { this.#note('unregister'); }
    disconnect() { this.#note('disconnect'); }

    #note(what) { told.push(`${what} ${this.#place}`); }
  };
}
