/**
 * Moves the focus among the items of a menu: arrow keys, Home, End, first letters, and Alt with a digit, which chooses. The
 * item that is checked has the focus at first, else the first one.
 */
function roveMenu(menu) {
  const items = () => [...menu.querySelectorAll('button:not([aria-disabled=true])')];
  const focused = () => items().indexOf(menu.getRootNode().activeElement);
  menu.addEventListener('keydown', (event) => {
    const all = items();
    const { key } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    let to;
    if (step) to = all[(focused() + step + all.length) % all.length];
    else if (key === 'Home') [to] = all;
    else if (key === 'End') to = all.at(-1);
    // By the key's place: with Alt some keyboards write something else.
    else if (event.altKey && /^Digit[1-9]$/.test(event.code)) all[event.code[5] - 1]?.click();
    else if (key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey) {
      const [before, after] = [all.slice(0, focused() + 1), all.slice(focused() + 1)];
      to = [...after, ...before].find((item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
    } else return;
    event.preventDefault();
    event.stopPropagation();
    to?.focus();
  });
  (menu.querySelector('[aria-checked=true]') ?? items()[0])?.focus();
}

/**
 * Puts what the bar has folded away before everything else in a menu, in the bar's order. An item presses the control that
 * it stands for; right before, it tells the event `chosen`.
 */
function listFolded(menu, bar) {
  const names = new Set();
  const acts = [...bar.querySelectorAll('button[data-act]')].filter((one) => !one.closest('.pop, [hidden], [part=chip]'));
  for (const one of bar.querySelectorAll('[data-act]')) if (one.getClientRects().length > 0) names.add(one.dataset.act);
  const items = [];
  let utilities = false;
  for (const one of acts) {
    const { act, shortcut } = one.dataset;
    if (names.has(act)) continue;
    names.add(act);
    const item = document.createElement('button');
    const label = document.createElement('span');
    const end = document.createElement('span');
    const keys = document.createElement('kbd');
    item.type = 'button';
    item.className = 'mi';
    item.tabIndex = -1;
    Object.assign(item.dataset, { act, shortcut });
    item.setAttribute('role', 'menuitem');
    const off = one.getAttribute('aria-disabled');
    if (off) item.setAttribute('aria-disabled', off);
    const icon = one.querySelector('svg, .bars[data-l]')?.cloneNode(true);
    // Its name may say the figure as well, which has a place of its own here.
    const name = one.ariaLabel ?? '';
    const figure = one.querySelector('.num, .sm')?.textContent ?? '';
    item.ariaLabel = name.includes(figure) ? name : `${name} ${figure}`;
    label.textContent = one.querySelector(':scope > span')?.textContent || name;
    end.className = 'end num';
    end.textContent = figure;
    keys.className = 'kbd';
    keys.ariaHidden = 'true';
    keys.textContent = shortcut;
    if (shortcut) end.append(keys);
    item.append(...[icon, label, end].filter(Boolean));
    item.addEventListener('click', () => {
      if (off) return;
      menu.dispatchEvent(new Event('chosen'));
      one.click();
    });
    // The utilities are a group of their own.
    const utility = one.closest('[part~=utilities]') !== null;
    if (utility && !utilities && items.length) items.push(document.createElement('hr'));
    utilities = utility;
    items.push(item);
  }
  if (items.length) menu.prepend(...items, document.createElement('hr'));
}
