// What the page remembers between visits, as texts by name. Where the browser keeps nothing, nothing is remembered.

const PREFIX = 'demo-crm/';

/** What was kept by this name; null: nothing. */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Keeps a text. */
export function remember(name, text) {
  try {
    localStorage.setItem(PREFIX + name, text);
  } catch {
    // there is no room, or none is allowed: it lasts as long as the page
  }
}

/** Told when another tab has kept something by this name. */
export function onOtherTab(name, listener) {
  // A key of null: everything was cleared.
  addEventListener('storage', ({ key }) => (key === null || key === PREFIX + name) && listener());
}
