/** What an agent does with the toolbar: the same when a session is recorded and when it is played. */

const SEEN = (one) => one.getClientRects().length > 0;

const all = (selector) => [...document.querySelector('agent-toolbar')?.shadowRoot.querySelectorAll(selector) ?? []].filter(SEEN);

/** The control of this `data-act` that is seen, `name:2` is the third of those; or what a selector finds. */
function control(name) {
  if (name.includes('[')) return all(name)[0];
  const [act, nth = 0] = name.split(':');
  return all(`[data-act="${act}"]`)[nth];
}

/** Presses a control. */
function press(name) {
  const button = control(name);
  if (!button) throw new Error(`there is no control ${name} to press`);
  button.click();
  return button;
}

/** Types a text where `selector` finds a field. */
function type(selector, text) {
  const field = all(selector)[0];
  if (!field) throw new Error(`there is no field ${selector} to type into`);
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: text, inputType: 'insertText' }));
}

/** What has the focus, in a shadow root as well. */
export function focused() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

/** Puts the focus on what `selector` finds. */
function focus(selector) { all(selector)[0].focus(); }

/** Presses a key where the focus is, such as `Enter` or `Shift+Enter`. */
function key(keys) {
  const at = focused();
  const names = keys.split('+');
  const name = names.pop();
  for (const event of ['keydown', 'keyup']) at.dispatchEvent(new KeyboardEvent(event, { key: name, shiftKey: names.includes('Shift'), bubbles: true, composed: true, cancelable: true }));
}

/** What the page does beside the agent: a method of the SDK. */
const page = (method, ...given) => { window.sdk[method](...given); };

/** Whether what is to be touched is not there yet. */
const lacks = (what, name) => (what === 'press' && !control(name)) || (['type', 'focus'].includes(what) && !all(name).length);

export const HAND = { press, type, focus, key, page, lacks };
