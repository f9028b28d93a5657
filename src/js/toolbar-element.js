/**
 * `<agent-toolbar>`: the toolbar as an element of its own. What it shows goes with it wherever it is moved; taken out of the
 * page it shows nothing, and the session goes on.
 */
class AgentToolbarElement extends HTMLElement {
  static observedAttributes = ['lang'];
  #options;
  #sdk;
  #wanted = new Set();

  /** The SDK whose session it shows. */
  get sdk() {
    return this.#sdk;
  }

  set sdk(sdk) {
    const before = this.#sdk;
    if (sdk === before) return;
    this.#sdk = sdk;
    if (before?.element === this) before[DRAW]();
    sdk?.[DRAW](this);
  }

  /** Options of a session of its own, which starts with them. */
  get options() {
    return this.#options;
  }

  set options(options) {
    this.#options = options;
    if (!options) return;
    this.sdk ??= new AgentSdk();
    this.sdk.init({ ...options, lang: this.lang || options.lang });
  }

  /** Whether somebody listens to an event here. */
  [WANT](name) {
    return this.#wanted.has(`agent-${name}`);
  }

  addEventListener(type, ...rest) {
    super.addEventListener(type, ...rest);
    this.#wanted.add(type);
    this.#sdk?.[WANT]();
  }

  connectedCallback() {
    // What was given before the class was there hides what it has.
    for (const name of ['sdk', 'options']) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    this.#follow();
  }

  disconnectedCallback() {
    // One that is moved is back by then.
    queueMicrotask(() => this.#follow());
  }

  attributeChangedCallback(_name, _before, lang) {
    if (lang) this.#sdk?.setLang(lang);
  }

  #follow() {
    // Another element may show the session by now.
    if (this.#sdk?.element === this) this.#sdk[DRAW](this);
  }
}

// A page, or another version of this, may have an element of that name.
if (!customElements.get('agent-toolbar')) customElements.define('agent-toolbar', AgentToolbarElement);
