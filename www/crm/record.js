// The record of whoever is looked at: who they are, what was ordered and said, and a note about the call that goes on.

import { onCall, presentCall } from './calls.js';
import { onSelect, select, selected } from './customers.js';
import { $, icon, make, onSubmit, redraw } from './dom.js';
import { mask, plain } from './numbers.js';
import { noteForm, noteShown } from './notes.js';
import { callLink, face, nameLine, outcome } from './parts.js';
import { TAGS } from './people.js';
import { agent, sdk } from './session.js';
import { addCustomer, customerOf, entriesOf, onChange } from './store.js';
import { full } from './times.js';
import { onLanguage, say, word } from './words.js';

let form = null;
let formIsFor = {};

/** Keeps the record drawn. */
export function drawRecord() {
  onSelect(draw);
  onChange(draw);
  onCall(draw);
  onLanguage(() => {
    form?.speak();
    draw();
  });
  draw();
}

/** The call that a note is about: the present one with this number, or the one that is wrapped up. */
function callWith(number) {
  const { call, wrapUp } = sdk?.snapshot() ?? {};
  const same = (party) => plain(party) === plain(number) || party === number;
  if (presentCall() && same(presentCall().number)) return presentCall().id || undefined;
  return !call && wrapUp && same(wrapUp.party) ? wrapUp.callId || undefined : undefined;
}

/** The form stays the same element while it is for the same call, or while something is written in it, so that nobody's typing is disturbed. */
function place(number, key, makeForm) {
  const stays = formIsFor.number === number && (formIsFor.key === key || form?.isBegun?.());
  if (stays) return;
  formIsFor = { number, key };
  form = makeForm();
  $('record-form').replaceChildren(form);
}

/** Who writes is not hurried: the clock of the wrap-up stands meanwhile. */
function hurry(typing) {
  if (sdk?.snapshot()?.wrapUp) sdk.pauseWrapUp(typing);
}

function draw() {
  const number = selected();
  const customer = customerOf(number);
  if (customer) {
    const callId = callWith(number);
    place(number, `note ${callId ?? ''}`, () => noteForm({ callId, number, agent, typing: hurry }));
  } else {
    place(number, 'new', () => newCustomer(number));
  }
  redraw($('record-head'), head(customer, number));
  // During a call with them it stands in the toolbar's card.
  const hint = plain(presentCall()?.number) !== plain(number) && customer?.hint;
  redraw($('record-hint'), hint ? [icon('hint'), make('span', {}, say(hint))] : []);
  $('record-hint').hidden = !hint;
  redraw($('activity'), activity(number));
  redraw($('record-facts'), facts(customer));
  redraw($('record-orders'), orders(customer));
  $('record-side').hidden = !customer;
}

function head(customer, number) {
  return [
    face(customer, 'large'),
    make('div', { class: 'grow' },
      make('h2', { id: 'record-title', tabindex: '-1', 'data-key': 'record-title' }, nameLine(customer)),
      make('p', { class: 'muted' }, [mask(customer?.number ?? number), say(customer?.city)].filter(Boolean).join(' · '))),
    callLink(customer?.number ?? number, customer, { key: 'record-call', text: word('call'), 'data-test': 'customer-call' }),
  ];
}

function activity(number) {
  const all = [...entriesOf(number), ...(customerOf(number)?.orders ?? [])].sort((one, other) => other.at - one.at);
  return all.length ? make('ol', { class: 'timeline', 'data-test': 'activity' }, all.map(shown)) : make('p', { class: 'muted' }, word('nothingYet'));
}

function shown(one) {
  if (one.kind === 'call') return callShown(one);
  if (one.kind === 'note') return item('note', word('note'), one.at, one.notes.map(noteShown));
  return item('parcel', say(one.item), one.at, make('p', { class: 'muted' }, `${one.id} · ${say(one.state)}`));
}

function callShown(entry) {
  const going = presentCall()?.id === entry.callId && entry.agent === agent() && !entry.ended;
  const { kind, words, talked } = outcome(entry, going);
  const line = [talked && word('talkedFor', talked), words, word('by', entry.agent), entry.group].filter(Boolean).join(' · ');
  return item(kind, word(kind), entry.at,
    [make('p', { class: 'muted' }, line), make('p', { class: 'small muted id' }, word('callId', entry.callId)), ...entry.notes.map(noteShown)], 'call-entry');
}

function item(drawing, title, at, body, test) {
  return make('li', { class: `is-${drawing}`, 'data-test': test },
    make('span', { class: 'bullet' }, icon(drawing)),
    make('div', { class: 'grow' },
      make('div', { class: 'between' }, make('strong', {}, title), make('time', { class: 'small muted number', datetime: new Date(at).toISOString() }, full(at))),
      body));
}

function facts(customer) {
  if (!customer) return [];
  const rows = [
    ['city', say(customer.city)],
    ['product', say(customer.product)],
    ['warranty', customer.warranty && word('until', customer.warranty)],
    ['spoken', say(customer.spoken)],
    ['owner', customer.owner],
    ['ratingShort', customer.rating?.toFixed(1)],
  ];
  return rows.flatMap(([key, value]) => [make('dt', {}, word(key)), make('dd', {}, value || word('unknown'))]);
}

function orders(customer) {
  if (!customer?.orders.length) return make('li', { class: 'muted' }, word('noOrders'));
  return customer.orders.map(({ id, item: what, state, moving }) => make('li', {},
    make('span', { class: 'grow' }, make('span', {}, say(what)), make('span', { class: 'small muted number block' }, id)),
    make('span', { class: `tag ${moving ? 'is-callBack' : ''}` }, say(state))));
}

/** The form for a number that is nobody's yet. */
function newCustomer(number) {
  const name = make('input', { name: 'name', autocomplete: 'off', maxlength: 80, 'data-key': 'new-name', 'data-test': 'new-name', 'aria-required': 'true', 'aria-describedby': 'new-status' });
  const city = make('input', { name: 'city', autocomplete: 'off', maxlength: 80, 'data-key': 'new-city', 'data-test': 'new-city' });
  const boxes = Object.keys(TAGS).map((id) => make('label', { class: 'choice' },
    make('input', { type: 'checkbox', value: id, checked: id === 'fresh' }), make('span', { 'data-tag': id })));
  const status = make('p', { class: 'small alert-text', role: 'alert', id: 'new-status', 'data-test': 'new-status' });
  const label = (key, input) => make('label', { class: 'field' }, make('span', { 'data-word': key }), input);
  const whole = make('form', { class: 'new-customer', 'data-test': 'new-customer' },
    make('h3', { 'data-word': 'newTitle' }),
    make('p', { class: 'muted', 'data-word': 'newLead' }),
    make('div', { class: 'fields' }, label('name', name), label('city', city),
      make('div', { class: 'field' }, make('span', { 'data-word': 'number' }), make('span', { class: 'number fixed', 'data-test': 'new-number' }, mask(number)))),
    make('fieldset', { class: 'choices' }, make('legend', { 'data-word': 'tags' }), boxes),
    make('div', { class: 'line' }, make('button', { class: 'primary', 'data-word': 'save', 'data-key': 'new-save', 'data-test': 'new-save' }), status));
  onSubmit(whole, () => {
    if (!name.value.trim()) {
      status.textContent = word('needsName');
      name.setAttribute('aria-invalid', 'true');
      name.focus();
      return;
    }
    const tags = boxes.map(({ firstChild }) => firstChild).filter(({ checked }) => checked).map(({ value }) => value);
    addCustomer({ name: name.value.trim(), city: city.value.trim(), number, tags });
    select(number);
    $('record-title').focus();
    $('said').textContent = word('created', name.value.trim());
  });
  whole.speak = () => {
    for (const element of whole.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
    for (const element of whole.querySelectorAll('[data-tag]')) element.textContent = say(TAGS[element.dataset.tag]);
  };
  whole.speak();
  return whole;
}
