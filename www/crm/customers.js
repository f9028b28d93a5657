// The list of customers, and which of them is looked at: the one of this number, who may be nobody's yet.

import { $, button, make, redraw } from './dom.js';
import { plain } from './numbers.js';
import { callLink, face, nameLine } from './parts.js';
import { TAGS } from './people.js';
import { customers, entriesOf, onChange } from './store.js';
import { brief } from './times.js';
import { onLanguage, say, word } from './words.js';

const listeners = [];
let chosen = customers()[0].number;
let search = '';
let tag = '';

/** Number of whoever is looked at. */
export const selected = () => chosen;

/** Told whenever that is somebody else. */
export const onSelect = (listener) => listeners.push(listener);

/** Looks at whoever has this number. */
export function select(number) {
  if (number === chosen) return;
  chosen = number;
  drawRows();
  listeners.forEach((listener) => listener(number));
}

/** Puts the list into the page. */
export function drawCustomers() {
  $('customer-search').addEventListener('input', ({ target }) => {
    search = target.value.trim().toLowerCase();
    drawRows();
  });
  onChange(drawRows);
  onLanguage(draw);
  draw();
}

function draw() {
  const choice = (id, name) => button({ class: 'chip', 'aria-pressed': String(tag === id), 'data-key': `tag-${id}`, 'data-tag': id || 'all' }, () => {
    tag = id;
    draw();
  }, name);
  redraw($('customer-tags'), choice('', word('all')), Object.entries(TAGS).map(([id, name]) => choice(id, say(name))));
  drawRows();
}

function matches({ name, number, tags, orders }) {
  if (tag && !tags.includes(tag)) return false;
  if (!search) return true;
  const texts = [...[].concat(name), ...orders.map(({ id }) => id)].join('\n').toLowerCase();
  const digits = plain(search);
  return texts.includes(search) || (/^[\d\s+*()-]+$/.test(search) && digits !== '' && number.includes(digits));
}

function drawRows() {
  const found = customers().filter(matches);
  $('customer-count').textContent = word('shown', found.length);
  redraw($('customer-rows'), found.length ? found.map(row) : make('li', { class: 'empty' }, word('nobody')));
}

function row(customer) {
  const isChosen = plain(customer.number) === plain(chosen);
  const [newest] = entriesOf(customer.number);
  const time = newest?.at ?? customer.orders[0]?.at ?? customer.added;
  return make('li', { class: 'row', 'data-test': 'customer-row', 'data-chosen': isChosen },
    face(customer),
    make('div', { class: 'grow' },
      button({ class: 'row-open', 'data-key': customer.id, 'aria-current': isChosen ? 'true' : null }, () => select(customer.number), nameLine(customer)),
      make('div', { class: 'between' },
        callLink(customer.number, customer, { key: `call-${customer.id}` }),
        time && make('span', { class: 'small muted number' }, brief(time)))));
}
