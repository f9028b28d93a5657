/** How an SDK is told where to draw: in an element, or, while that is not in the page, nowhere. */
const DRAW = Symbol('draw');

/** How it is told that somebody listens to what is worked out only for who listens. */
const WANT = Symbol('want');

/** An event of the SDK on its element; what it is about is read when somebody looks at it. */
class ToolbarEvent extends CustomEvent {
  #read;

  constructor(name, read) {
    super(`agent-${name}`, { bubbles: true, composed: true });
    this.#read = read;
  }

  get detail() {
    return this.#read();
  }
}

/** The style of all toolbars, once there is one. */
let sheet;

/** Makes it, or adds what the part needs: `panels`. */
function style(panels) {
  sheet ??= new CSSStyleSheet();
  sheet.replaceSync(CSS + panels);
  return sheet;
}

/** Where the toolbar is drawn in an element: in a shadow root, so that the page's style and ours never meet. */
function place(element) {
  if (!element?.isConnected) return undefined;
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
  // What another version of this has drawn here looked as that did.
  root.adoptedStyleSheets = [sheet ?? style('')];
  const inside = document.createElement('div');
  inside.className = 'at';
  // What the page shows of a customer stands under the bar, unless the bar has a place for it further up.
  const card = document.createElement('slot');
  card.name = 'customer-card';
  root.replaceChildren(inside, card);
  return { inside, element, remove: () => root.replaceChildren() };
}
