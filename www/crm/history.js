// All calls of today, with a redial.

import { onCall, presentCall } from './calls.js';
import { $, button, icon, make, redraw } from './dom.js';
import { mask } from './numbers.js';
import { tagName } from './notes.js';
import { callLink, outcome } from './parts.js';
import { agent } from './session.js';
import { calls, customerOf, onChange } from './store.js';
import { hour, isToday } from './times.js';
import { onLanguage, say, word } from './words.js';

const KINDS = ['all', 'inbound', 'outbound', 'missed'];
const COLUMNS = ['when', 'direction', 'customer', 'duration', 'outcome', 'noteAndTags', 'agentColumn', 'call'];

let kind = 'all';

/** Calls that began today, the newest first. */
export const callsToday = () => calls().filter(({ at }) => isToday(at)).sort((one, other) => other.at - one.at);

/** Keeps the list drawn. `open` shows a record. */
export function drawHistory(open) {
  const draw = () => {
    redraw($('call-kinds'), KINDS.map((id) => button({ class: 'chip', 'aria-pressed': String(id === kind), 'data-key': `kind-${id}`, 'data-kind': id }, () => {
      kind = id;
      draw();
    }, word(id))));
    const shown = callsToday().map(described).filter(({ is }) => kind === 'all' || is.kind === kind);
    redraw($('call-columns'), COLUMNS.map((key) => make('th', { scope: 'col' }, word(key))));
    redraw($('call-rows'), shown.map((one) => row(one, open)));
    $('calls-empty').hidden = shown.length > 0;
    $('calls-table').hidden = shown.length === 0;
  };
  onChange(draw);
  onCall(draw);
  onLanguage(draw);
  draw();
}

function described(entry) {
  const going = presentCall()?.id === entry.callId && entry.agent === agent() && !entry.ended;
  return { entry, is: outcome(entry, going), customer: customerOf(entry.number) };
}

function row({ entry, is, customer }, open) {
  const cell = (column, ...children) => make('td', { 'data-column': word(column) }, ...children);
  const tags = entry.notes.flatMap((note) => note.tags);
  return make('tr', { 'data-test': 'call-row' },
    cell('when', make('span', { class: 'number' }, hour(entry.at))),
    cell('direction', make('span', { class: `kind is-${is.kind}` }, icon(is.kind), word(is.kind))),
    cell('customer', button({ class: 'link', 'data-key': `open-${entry.id}` }, () => open(entry.number), customer ? say(customer.name) : mask(entry.number)), !customer && make('span', { class: 'tag' }, word('newNumber'))),
    cell('duration', make('span', { class: 'number' }, is.talked ?? '–')),
    cell('outcome', is.words),
    cell('noteAndTags', make('div', { class: 'note-cell' }, entry.notes.map(({ text }) => text && make('span', {}, text)), tags.map((tag) => make('span', { class: 'tag' }, tagName(tag))))),
    cell('agentColumn', entry.agent),
    cell('call', callLink(entry.number, customer, { key: `redial-${entry.id}`, label: 'redialThem', 'data-test': 'redial' })));
}
