// The presenter's drawer: plays customers, network and colleagues through the sandbox's control. A real CRM has none of this.

import { onCall, presentCall } from './calls.js';
import { $, make, onSubmit, redraw } from './dom.js';
import { mask, maskAll } from './numbers.js';
import { callLink } from './parts.js';
import { agent, onSession, sdk, session } from './session.js';
import { customerById, customers, onChange, startAnew } from './store.js';
import { drawWords, onLanguage, say, word } from './words.js';

const EVENTS_KEPT = 50;
/** Invented, and nobody's in the list. */
const UNKNOWN = '15400000999';
const COLLEAGUES = ['1002', '1006', '1000'];
const NUMBERS = { '00001017': 'numberBusy', '00002114': 'numberVacant', '00010005': 'numberShort', '00020010': 'numberLong', '00030001': 'numberEcho' };
const FAULTS = [
  { word: 'dropSockets', test: 'sandbox-drop', body: () => ({ kind: 'drop-sockets' }) },
  { word: 'refuse', test: 'sandbox-refuse', body: () => ({ kind: 'refuse-connections', ms: 20_000 }) },
  { word: 'freeze', test: 'sandbox-freeze', body: () => ({ kind: 'freeze', ms: 15_000 }) },
  { word: 'phoneLost', test: 'sandbox-phone', body: () => ({ kind: 'phone-lost', agent: played() }) },
  { word: 'lock', test: 'sandbox-lock', body: () => ({ kind: 'lock', agent: played() }) },
  { word: 'unlock', test: 'sandbox-unlock', body: () => ({ kind: 'unlock', agent: played() }) },
];

let note = null;
/** The last call that was sent, so that its caller can hang up or press keys while it rings elsewhere or waits. */
let sent = '';

/** Whom the drawer is about: who is signed in, else who is about to. */
const played = () => (session().is === 'in' ? agent() : $('signin-form').elements.agent.value);

/** Wires the drawer. */
export function drawSimulate() {
  // On a narrow screen the open drawer would hide the page.
  $('sandbox').open = matchMedia('(min-width: 1500px)').matches;
  onSubmit($('ring-form'), ring);
  onSubmit($('keys-form'), () => ask(`/sandbox/calls/${callId()}/keys`, { keys: $('sandbox-keys').value }, () => ['keysSent', $('sandbox-keys').value]));
  $('sandbox-hangup').addEventListener('click', () => ask(`/sandbox/calls/${callId()}/hangup`, {}, () => ['hangUpSent']));
  $('sandbox-anew').addEventListener('click', () => {
    startAnew();
    told(['restored']);
  });
  $('sandbox-who').addEventListener('change', ({ target }) => {
    $('sandbox-from').value = target.value === 'unknown' ? UNKNOWN : customerById(target.value)?.number ?? '';
    if (target.value === 'other') $('sandbox-from').focus();
  });
  $('sandbox-from').addEventListener('input', () => { $('sandbox-who').value = 'other'; });
  for (const fault of FAULTS) {
    const press = make('button', { type: 'button', 'data-word': fault.word, 'data-test': fault.test });
    press.addEventListener('click', () => ask('/sandbox/faults', fault.body(), () => ['faultSent', word(fault.word)]));
    $('faults').append(press);
  }
  onSession(draw);
  onLanguage(draw);
  onChange(drawPeople);
  onCall(draw);
  listen();
  draw();
}

function draw() {
  drawPeople();
  const to = $('sandbox-to');
  const chosen = to.value || 'agent';
  to.replaceChildren(...[['agent', word('me', played())], ['g-sales', word('groupSales')], ['g-support', word('groupSupport')], ['ivr-main', word('mainMenu')]]
    .map(([value, text]) => make('option', { value, selected: value === chosen }, text)));
  redraw($('sandbox-numbers'), Object.entries(NUMBERS).map(([number, key]) => make('li', { class: 'between' },
    callLink(number, undefined, { key: `try-${number}`, text: number }), make('span', { class: 'small muted' }, word(key)))));
  redraw($('sandbox-colleagues'), COLLEAGUES.filter((one) => one !== played()).map((one) => make('li', {},
    make('a', { href: `/?agent=${one}`, target: '_blank', rel: 'noopener', 'data-key': `as-${one}`, 'data-test': 'sandbox-colleague' }, word('openAs', one), make('span', { class: 'sr' }, word('opensTab'))))));
  for (const control of [$('sandbox-hangup'), $('sandbox-press')]) control.disabled = !callId();
  drawWords($('faults'));
  drawNote();
}

function drawPeople() {
  const who = $('sandbox-who');
  const chosen = who.value || customers()[0].id;
  who.replaceChildren(
    make('option', { value: 'unknown' }, word('anUnknown')),
    ...customers().map(({ id, name, number }) => make('option', { value: id }, `${say(name)} ${mask(number)}`)),
    make('option', { value: 'other' }, word('otherNumber')));
  who.value = chosen;
  // It may have been forgotten.
  if (who.value === '') who.value = 'unknown';
}

const callId = () => encodeURIComponent(presentCall()?.id || sent);

async function ring() {
  const from = $('sandbox-from').value.trim();
  const to = $('sandbox-to').value;
  const called = to === 'agent' ? { agent: played() } : to.startsWith('ivr') ? { ivr: to } : { group: to };
  const answer = await ask('/sandbox/calls', { from, ...called, tone: Number($('sandbox-tone').value) }, () => ['ringSent', mask(from)]);
  sent = answer?.callId ?? sent;
  draw();
}

/** Asks the sandbox for something; gives what it answered. `done` gives the sentence for when it did. */
async function ask(path, body, done) {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const answer = await response.json().catch(() => ({}));
    told(response.ok ? done() : ['sandboxRefused', response.status, answer.error ?? '']);
    return response.ok ? answer : undefined;
  } catch {
    told(['sandboxSilent']);
    return undefined;
  }
}

function told(next) {
  note = next;
  drawNote();
}

function drawNote() {
  $('sandbox-status').textContent = note ? word(...note) : '';
}

/** What the platform tells, as a customer's developer hears it. What is asked again and again would push all else off the list. */
function listen() {
  sdk?.on('Message', ({ event, data }) => {
    if (!event || /^(Surveillance|GroupQueueNum|Heartbeat)$/i.test(event)) return;
    const party = data?.callDirection ? mask(data.callDirection === 1 ? data.caller : data.called) : '';
    log(event, party);
  });
  for (const name of ['Open', 'Close', 'Note']) sdk?.on(name, () => log(name));
  sdk?.on('Exception', ({ message }) => log('Exception', maskAll(message)));
}

function log(name, detail = '') {
  const time = new Date();
  $('events').prepend(make('li', {}, make('time', { datetime: time.toISOString() }, time.toTimeString().slice(0, 8)), [name, detail].filter(Boolean).join(' ')));
  while ($('events').children.length > EVENTS_KEPT) $('events').lastChild.remove();
}
