/** What could not be put into a storage, by its name: then it lasts as long as the page. */
const UNKEPT = new Map();

/** A text that is kept under a name; `storage` gives the storage, which a browser may refuse at the very name. */
function kept(storage, name) {
  try {
    return storage().getItem(name) ?? UNKEPT.get(name);
  } catch {
    return UNKEPT.get(name);
  }
}

function keep(storage, name, text) {
  UNKEPT.delete(name);
  try {
    storage().setItem(name, text);
  } catch {
    UNKEPT.set(name, text);
  }
}

/** What a text of JSON says; undefined where it is none. */
function read(json) {
  // A start finds nothing kept, and to throw takes longer than all else that it does here.
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** What the agents of this browser have chosen: how the toolbar looks, devices, shortcuts. Never a number, never a secret. */
const CHOICES = {
  of: (who) => Object(read(kept(() => localStorage, `agent-toolbar/choices/${who}`))),
  add: (who, name, value) => {
    keep(() => localStorage, `agent-toolbar/choices/${who}`, JSON.stringify({ ...CHOICES.of(who), [name]: value }));
  },
};
