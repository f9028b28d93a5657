// Listeners that come for one round and go again, each in another way. Those that the SDK would go on holding are counted.
class Guests {
  /** How often they are told of something in a round. */
  static TOLD_A_ROUND = 7;
  /** In how many rounds one of them comes who hears every message. */
  static SELDOM = 25;

  told = 0;
  #sdk;
  #rounds = 0;
  #present = [];
  #come = 0;
  #forgotten = 0;
  #departed = new FinalizationRegistry(() => { this.#forgotten += 1; });

  constructor(sdk) {
    this.#sdk = sdk;
  }

  /** How many of all guests somebody still holds. */
  get held() {
    return this.#come - this.#forgotten;
  }

  /** How often they are to have been told of something. */
  get expected() {
    return this.#rounds * Guests.TOLD_A_ROUND + Math.ceil(this.#rounds / Guests.SELDOM) * Shift.ROUND;
  }

  come(unknownEvent) {
    const sdk = this.#sdk;
    const byId = (name) => this.#present.push([name, sdk.on(name, this.#guest())]);
    byId('AgentAnswer');
    byId(unknownEvent);
    if (this.#rounds % Guests.SELDOM === 0) byId('Message');
    const byFunction = this.#guest();
    sdk.on('After', byFunction);
    this.#present.push(['After', byFunction]);
    sdk.once('Conversation', this.#guest());
    this.#present.push(['Kick', sdk.once('Kick', this.#guest())]);
    const leavesByItself = this.#guest(() => sdk.off('Idle', leavesByItself));
    sdk.on('Idle', leavesByItself);
    this.#rounds += 1;
  }

  go() {
    for (const [name, which] of this.#present) {
      if (!this.#sdk.off(name, which)) throw new Error(`the listener of ${name} was gone already`);
    }
    this.#present = [];
  }

  #guest(then) {
    const guest = () => {
      this.told += 1;
      then?.();
    };
    this.#come += 1;
    this.#departed.register(guest);
    return guest;
  }
}
