/** A call of the phone: one and the same object for its whole life. It is as it was told last. */
class PhoneCall {
  #act;

  constructor(id, act) {
    this.id = id;
    this.#act = act;
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
    this.#act('hold', this.id, true);
  }

  unHold() {
    this.#act('hold', this.id, false);
  }

  dtmf(key) {
    this.#act('dtmf', this.id, String(key));
  }

  transfer(target) {
    this.#act('transfer', this.id, text(target) ?? '');
  }

  /** Joins the other party with that of another call, and leaves both. */
  attendedTransfer(other) {
    this.#act('attend', this.id, Number(other?.id ?? other));
  }

  trace() {
    return parsed(this.#act('trace', this.id));
  }
}

/** What a JSON text says; undefined where there is none. */
const parsed = (json) => json && JSON.parse(json);
