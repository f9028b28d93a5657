// Small parts that several views show.

import { dial, mayDial } from './calls.js';
import { button, icon, make } from './dom.js';
import { mask } from './numbers.js';
import { TAGS } from './people.js';
import { causeWords, say, word } from './words.js';
import { clock } from './times.js';

const nameOf = (customer) => (customer ? say(customer.name) : word('newNumber'));

/** The first letter of a name, in a disc. */
export const face = (customer, more = '') => make('span', { class: `face ${more}`, 'aria-hidden': 'true' }, [...nameOf(customer)][0] ?? '?');

/** What a customer is marked with; a tag that is none of ours as it is. */
export const tagsOf = (tags = []) => tags.map((tag) => make('span', { class: `tag is-${TAGS[tag] ? tag : 'other'}` }, say(TAGS[tag] ?? tag)));

/** Name and tags in a line. */
export const nameLine = (customer) => make('span', { class: 'name' }, make('span', { class: 'cut' }, nameOf(customer)), tagsOf(customer?.tags));

/** A number that is called at a press. It is shown masked, and stands nowhere in the page's markup. */
export function callLink(number, customer, { key, label = 'callThem', text, ...more } = {}) {
  const link = button({ class: 'tel', 'data-dial': true, 'data-key': key, ...more }, () => dial(number), icon('call'), make('span', { class: 'number' }, text ?? mask(number)));
  link.setAttribute('aria-label', word(label, nameOf(customer), text ? '' : mask(number)).trim());
  dim(link);
  return link;
}

function dim(link) {
  const on = mayDial();
  link.setAttribute('aria-disabled', String(!on));
  link.title = on ? '' : word('notNow');
}

/** Lets links follow whether a call can be placed. */
export const dimLinks = () => document.querySelectorAll('[data-dial]').forEach(dim);

/** What became of a call: its kind, and how it went in words. */
export function outcome({ inbound, ended, talked, cause, causeText, byOther }, going) {
  if (going) return { kind: inbound ? 'inbound' : 'outbound', words: word('goesOn') };
  if (!ended) return { kind: inbound ? 'inbound' : 'outbound', words: word('endUnknown') };
  const why = causeWords(cause, causeText);
  if (talked === null) return { kind: inbound ? 'missed' : 'outbound', words: cause ? `${word('notConnected')} · ${why}` : word('notConnected') };
  return { kind: inbound ? 'inbound' : 'outbound', words: [cause ? why : '', word(byOther ? 'theyHungUp' : 'weHungUp')].filter(Boolean).join(' · '), talked: clock(talked) };
}
