// Who calls: stands in the toolbar, in its slot `customer-card`, from the first ring to the end of the call, in every view.

import { onCall, presentCall } from './calls.js';
import { button, icon, make, redraw } from './dom.js';
import { isExtension, mask } from './numbers.js';
import { face, nameLine, tagsOf } from './parts.js';
import { customerOf, onChange } from './store.js';
import { onLanguage, say, word } from './words.js';

/** The element for the option `customerCard`. */
export const card = make('div', { class: 'caller-place' });

/** What the toolbar is told of a number, for its own line; the option `describeNumber`. The card says the rest. */
export function describeNumber(number) {
  const customer = customerOf(number);
  if (!customer) return undefined;
  return { name: say(customer.name), place: say(customer.city), tags: tagsOf(customer.tags).map(({ textContent }) => textContent) };
}

/** Keeps the card drawn. `open` shows a caller's record in the page. */
export function drawCard(open) {
  const draw = () => redraw(card, presentCall() ? caller(presentCall(), open) : []);
  onCall(draw);
  onChange(draw);
  onLanguage(draw);
}

function caller({ number, inbound, talking }, open) {
  const customer = customerOf(number);
  const colleague = !customer && isExtension(number);
  const title = word(talking ? 'talking' : inbound ? 'ringing' : 'calling');
  const about = customer ? [customer.city, customer.product].filter(Boolean).map(say).join(' · ') : word(colleague ? 'colleagueLead' : 'newNumberLead');
  return make('section', { class: `caller${talking ? '' : ' is-new'}`, 'aria-label': title, 'data-test': 'pop' },
    face(customer),
    make('div', { class: 'who' },
      customer ? nameLine(customer) : make('span', { class: 'name' }, make('span', { class: 'cut' }, word(colleague ? 'colleague' : 'newNumber'))),
      make('span', { class: 'small muted cut' }, make('span', { class: 'number', 'data-test': 'pop-number' }, mask(customer?.number ?? number)), ` · ${about}`)),
    customer?.hint && make('p', { class: 'caller-hint' }, icon('hint'), make('span', {}, say(customer.hint))),
    customer && figures(customer),
    !colleague && button({ class: customer ? '' : 'primary', 'data-key': 'open-record', 'data-test': 'pop-open' }, () => open(number),
      icon(customer ? 'people' : 'add'), make('span', { class: 'open-label' }, word(customer ? 'openRecord' : 'addCustomer'))));
}

function figures({ orders, rating }) {
  const figure = (key, value) => make('div', {}, make('dt', {}, word(key)), make('dd', { class: 'number' }, String(value ?? '–')));
  return make('dl', { class: 'figures' },
    figure('openOrders', orders.filter(({ moving }) => moving).length),
    figure('ratingShort', rating?.toFixed(1)));
}
