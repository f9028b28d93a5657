/** A call of the phone: one and the same object for its whole life. It is as it was told last. */
class PhoneCall {
  #act;
  #trace;

  constructor(id, act, trace) {
    this.id = id;
    this.#act = act;
    this.#trace = trace;
  }

  /** Whom the call is with, as the original's sessions say it. */
  get remoteIdentity() {
    return { displayName: this.displayName, uri: { user: this.number } };
  }

  answer() {
    this.#act('answer', this.id);
  }

  hangup() {
    this.#act('hangup', this.id);
  }

  /** As `hangup`. */
  reject() {
    this.hangup();
  }

  hold() {
    this.#act('hold', this.id);
  }

  unHold() {
    this.#act('unHold', this.id);
  }

  dtmf(key) {
    this.#act('dtmf', this.id, String(key));
  }

  transfer(target) {
    this.#act('transfer', this.id, text(target));
  }

  /** Joins the other party with that of another call, and leaves both. */
  attendedTransfer(other) {
    this.#act('attendedTransfer', this.id, String(other?.id ?? other));
  }

  trace() {
    return this.#trace(this.id);
  }
}

/** What a JSON text says; undefined where there is none. */
const parsed = (json) => json && JSON.parse(json);
