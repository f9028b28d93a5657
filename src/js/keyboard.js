/** The keys of the acts, by their names in `data-act`. A page changes them by the option `shortcuts`. */
const SHORTCUTS = {
  dial: '/', more: '.', answer: 'A', reject: 'R', details: 'I', holdAndAnswer: 'A', hold: 'H', mute: 'M', keypad: 'K',
  transfer: 'T', consult: 'C', conference: 'G', swap: 'S', merge: 'G', quality: 'Q', link: 'D', note: 'N', extend: 'E',
  done: 'Ctrl+Enter', hangUp: 'Ctrl+Alt+H', listen: 'L', whisper: 'W', bargeIn: 'B', toast: 'F6',
};

/** Whether a key was pressed for this shortcut. */
function isShortcut(shortcut, event) {
  const held = shortcut.split('+');
  const key = held.pop() || '+';
  const plain = key.length === 1;
  const has = (name) => held.includes(name);
  if (event.ctrlKey !== has('Ctrl') || event.altKey !== has('Alt') || event.metaKey !== has('Meta')) return false;
  // Some keyboards need Shift for a sign such as `/`.
  if (event.shiftKey !== has('Shift') && (!plain || /[a-z]/i.test(key))) return false;
  // With Alt some keyboards write something else than the letter on the key.
  return event.key.toUpperCase() === key.toUpperCase() || (plain && event.altKey && event.code === `Key${key.toUpperCase()}`);
}

const isVisible = (element) => element.getClientRects().length > 0;
const isTyped = (element) => element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName ?? '');

/**
 * The shortcuts that count: `scope` `toolbar` (the focus must be in it), `page` or `off`, and `keys` by act, empty for none. Of
 * two objects as JSON: what the agent has chosen wins over what the page has given, and that over ours. Where the page gives
 * `false` there are none.
 */
function shortcutsOf(given, chosen) {
  const [page, own] = [given, chosen].map((json) => JSON.parse(json || '{}'));
  const scope = page === false ? 'off' : own?.scope ?? page?.scope ?? 'toolbar';
  return { scope, keys: { ...SHORTCUTS, ...page?.keys, ...own?.keys } };
}

/** The same as JSON. */
const listShortcuts = (given, chosen) => JSON.stringify(shortcutsOf(given, chosen));

/** What changes the shortcuts of a bar. */
const ATTENDED = new WeakMap();

/**
 * What a key does in the bar: one tab stop, arrow keys, Home and End move the focus among the controls, and each act has a
 * shortcut; see `shortcutsOf`. Once more for the same bar changes its shortcuts.
 */
function attendKeys(bar, given, chosen) {
  if (ATTENDED.has(bar)) return ATTENDED.get(bar)(given, chosen);
  let scope;
  let shortcuts;
  /** Ends what listens to the whole page. */
  let elsewhere;
  const root = bar.getRootNode();
  const controls = () => [...bar.querySelectorAll('button, input')].filter((one) => !one.closest('.pop, .toast, .fail'));
  const stops = () => controls().filter(isVisible);
  // Where the focus is, or was when it was taken down.
  let focused;
  let stop;

  /** One control can be reached by Tab: the one that had the focus last, else the first. */
  const settle = () => {
    const all = stops();
    if (!all.includes(stop)) [stop] = all;
    for (const one of controls()) one.tabIndex = one === stop ? 0 : -1;
  };

  const spell = () => {
    for (const one of bar.querySelectorAll('[data-act]')) {
      const given = shortcuts[one.dataset.act];
      const key = typeof given === 'string' ? given : '';
      // One that comes back may be of another time, and one of ours may have keys of its own.
      if ((one.dataset.shortcut ?? '') === key) continue;
      one.dataset.shortcut = key;
      if (key) one.setAttribute('aria-keyshortcuts', key.replace('Ctrl', 'Control'));
      else one.removeAttribute('aria-keyshortcuts');
    }
    for (const one of bar.querySelectorAll('[data-shortcut-of]')) {
      const key = shortcuts[one.dataset.shortcutOf] ?? '';
      if (one.textContent !== key) one.textContent = key;
    }
  };

  /** The focus stays in the bar when the control that had it is gone: on one of the same name, else where Tab would go. */
  const follow = () => {
    const left = focused;
    if (!left || (left.isConnected && isVisible(left))) return;
    const { act } = left.dataset;
    const same = stops().find((one) => act && one.dataset.act === act);
    focused = undefined;
    // One that is no longer seen has the focus until the page is drawn.
    if (!root.activeElement || root.activeElement === left) (same ?? stop)?.focus();
  };

  const changed = () => {
    settle();
    follow();
  };

  const change = (page, own) => {
    const { keys, scope: where } = shortcutsOf(page, own);
    scope = where;
    shortcuts = scope === 'off' ? {} : keys;
    spell();
    elsewhere?.abort();
    if (scope !== 'page') return;
    const gone = elsewhere = new AbortController();
    window.addEventListener('keydown', (event) => {
      // One that was taken down does not come back.
      if (bar.isConnected) heard(event);
      else gone.abort();
    }, { signal: gone.signal });
  };
  ATTENDED.set(bar, change);

  // Clocks change nothing but texts.
  const counts = ({ type, addedNodes, removedNodes }) => type === 'attributes'
    || [...addedNodes, ...removedNodes].some((node) => node.nodeType === 1);
  new MutationObserver((changes) => {
    if (!changes.some(counts)) return;
    spell();
    changed();
  }).observe(bar, { childList: true, subtree: true, attributeFilter: ['hidden'] });
  // What folds leaves the row.
  new ResizeObserver(changed).observe(bar);
  change(given, chosen);
  settle();

  bar.addEventListener('focusin', ({ target }) => {
    focused = target;
    if (stops().includes(target)) {
      stop = target;
      settle();
    }
  });
  bar.addEventListener('focusout', ({ target }) => {
    // A control that is being taken down is gone by then.
    queueMicrotask(() => {
      if (focused === target && target.isConnected && root.activeElement !== target) focused = undefined;
    });
  });

  const rove = (event) => {
    const { key, target } = event;
    const all = stops();
    const at = all.indexOf(target);
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (isTyped(target)) {
      // The arrows belong to the text but at its ends.
      const { value, selectionStart: from, selectionEnd: to } = target;
      const ends = { ArrowLeft: to === 0, ArrowRight: from === value.length, Home: !value, End: !value, ArrowDown: true };
      if (!ends[key]) return;
    }
    const [before, next] = [all.at(at - 1), all[(at + 1) % all.length]];
    const [left, right] = getComputedStyle(bar).direction === 'rtl' ? [next, before] : [before, next];
    const to = { ArrowLeft: left, ArrowRight: right, Home: all[0], End: all.at(-1) }[key];
    if (to) {
      event.preventDefault();
      to.focus();
      return;
    }
    // What a field opens is the button at its end.
    const opener = isTyped(target) ? target.parentNode.lastChild : target;
    if (opener.getAttribute('aria-expanded') === { ArrowDown: 'false', Escape: 'true' }[key]) {
      event.preventDefault();
      opener.click();
    }
  };

  const heard = (event) => {
    // What a browser fills in comes as a key without a name.
    if (!event.key || event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.getModifierState('AltGraph')) return;
    const [target] = event.composedPath();
    const ours = event.composedPath().includes(bar);
    // A letter that is typed is a letter; another's field is not ours to look at.
    if (isTyped(target) && !(ours && (event.ctrlKey || event.altKey || event.metaKey || event.key.length > 1))) return;
    for (const [act, shortcut] of Object.entries(shortcuts)) {
      if (typeof shortcut !== 'string' || !shortcut || !isShortcut(shortcut, event)) continue;
      const named = [...bar.querySelectorAll('[data-act]')].filter((one) => one.dataset.act === act && !one.closest('[hidden]'));
      const one = named.find(isVisible) ?? named[0];
      if (!one) continue;
      event.preventDefault();
      if (one.matches('button')) one.click();
      else one.focus();
      return;
    }
  };

  bar.addEventListener('keydown', rove);
  bar.addEventListener('keydown', (event) => {
    if (scope !== 'page') heard(event);
  });
}

/**
 * Keeps a number in its field readable and dialable: digits, `+`, `*` and `#` alone, a mobile number in groups of 3, 4 and 4. The
 * caret stays behind the digit that it was behind.
 */
function tidyNumber(field) {
  const dialable = (text) => text.normalize('NFKC').replace(/[^\d+*#]/g, '');
  const number = dialable(field.value);
  const before = dialable(field.value.slice(0, field.selectionStart)).length;
  const shown = /^1\d{3,10}$/.test(number) ? number.replace(/^(\d{3})(\d{1,4})(\d*)$/, '$1 $2 $3').trim() : number;
  if (shown === field.value) return;
  field.value = shown;
  let caret = 0;
  for (let left = before; left > 0; caret += 1) if (shown[caret] !== ' ') left -= 1;
  field.setSelectionRange(caret, caret);
}
