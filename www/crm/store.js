// What the demo knows: its customers, and what was said with them. A real CRM asks its server here; this one keeps what was
// added in the browser, so that it survives a reload and the tabs of other agents see it too.

import { onOtherTab, recall, remember } from './memory.js';
import { plain } from './numbers.js';
import { people } from './people.js';

const NAME = 'kept';
/** So many calls and notes are kept; the oldest go first. */
const MOST = 500;

const listeners = [];
let kept = { customers: [], entries: [] };

function load() {
  try {
    const { customers, entries } = JSON.parse(recall(NAME));
    if (Array.isArray(customers) && Array.isArray(entries)) return { customers, entries };
  } catch {
    // nothing is kept yet, or cannot be: what this page knows counts
  }
  return kept;
}

kept = load();

const tell = () => listeners.forEach((listener) => listener());

/** Other tabs write as well: what they wrote last is what is changed. */
function change(how) {
  kept = load();
  const result = how(kept);
  kept.entries.splice(MOST);
  remember(NAME, JSON.stringify(kept));
  tell();
  return result;
}

onOtherTab(NAME, () => {
  kept = load();
  tell();
});

/** Told whenever something is other than before, here or in another tab. */
export const onChange = (listener) => listeners.push(listener);

/** All customers, the newest of those that were added here first. */
export const customers = () => [...kept.customers, ...people];

export const customerById = (id) => customers().find((customer) => customer.id === id);

/** Whose number this is. Undefined: nobody's. */
export function customerOf(number) {
  const digits = plain(number);
  return digits === '' ? undefined : customers().find((customer) => plain(customer.number) === digits);
}

/** Keeps a new customer, to whom the calls of this number belong from now on. */
export const addCustomer = ({ name, number, city, tags }) => change((all) => {
  const customer = { id: `n${Date.now()}`, name, number, city, tags, orders: [], added: Date.now() };
  all.customers.unshift(customer);
  return customer;
});

const sameParty = (one, other) => (plain(one) === '' ? one === other : plain(one) === plain(other));

/** What was said with whoever has this number, the newest first. */
export const entriesOf = (number) => kept.entries.filter((entry) => sameParty(entry.number, number));

/** Every call that is kept, the newest first. */
export const calls = () => kept.entries.filter(({ kind }) => kind === 'call');

/** A call keeps its id when it is passed on, so it is an agent's part of it that is kept. */
const partOf = (callId, agent) => `${callId}/${agent}`;

/** What is kept of this agent's part of a call. */
export const callOf = (callId, agent) => kept.entries.find(({ id }) => id === partOf(callId, agent));

/** Keeps what is known of a call, beside what was known before. */
export const keepCall = (callId, agent, more) => change(({ entries }) => {
  const known = entries.find(({ id }) => id === partOf(callId, agent));
  if (known) return Object.assign(known, more);
  const entry = { id: partOf(callId, agent), kind: 'call', callId, agent, at: Date.now(), notes: [], ...more };
  entries.unshift(entry);
  return entry;
});

/** Keeps a note: with the call where its id is given and the call is kept, else by itself. */
export const keepNote = ({ callId, number, text, tags, agent }) => change(({ entries }) => {
  const note = { text, tags, agent, at: Date.now() };
  const call = entries.find(({ id }) => id === partOf(callId, agent));
  if (call) call.notes.push(note);
  else entries.unshift({ id: `note/${note.at}`, kind: 'note', callId, at: note.at, number, agent, notes: [note] });
});

/** Forgets all that was added. */
export const startAnew = () => change((all) => Object.assign(all, { customers: [], entries: [] }));
