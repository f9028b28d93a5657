// The page: a small CRM with the agent toolbar at its top. Each file beside this one holds one idea; here they meet.

import { followCalls, beforeDial, onCall } from './calls.js';
import { card, describeNumber, drawCard } from './card.js';
import { drawCustomers, onSelect, select } from './customers.js';
import { $ } from './dom.js';
import { drawHistory } from './history.js';
import { drawLooks } from './looks.js';
import { keepToolbarNotes, noteTags } from './notes.js';
import { isExtension, mask, maskAll } from './numbers.js';
import { dimLinks } from './parts.js';
import { drawRecord } from './record.js';
import { agent, follow, isSupervisor, onSession, sdk, session } from './session.js';
import { drawSignIn } from './sign-in.js';
import { drawSimulate } from './simulate.js';
import { customerOf } from './store.js';
import { drawFloor, figures } from './supervisor.js';
import { drawViews, show, view } from './views.js';
import { onLanguage, say, word } from './words.js';

/** As in page.css: list and record stand under one another. */
const NARROW = matchMedia('(max-width: 820px)');

/** Shows the agent what went wrong; an empty text takes it away. */
function tell(text) {
  $('notice').hidden = text === '';
  $('notice-text').textContent = maskAll(text);
}

/** Shows the record of whoever has this number. */
function open(number) {
  select(number);
  show('customers');
  $('record').scrollIntoView({ block: NARROW.matches ? 'start' : 'nearest' });
}

/** As `open`, at the agent's press: the keyboard goes on there, in the form where there is one to fill. */
function goTo(number) {
  open(number);
  ($('record-form').querySelector('[name=name]') ?? $('record-title')).focus();
}

/** A new caller's record comes into sight, unless the agent is typing: then the card in the toolbar leads there. */
function pop(call, before) {
  if (!call || isExtension(call.number) || call.number === before?.number) return;
  const customer = customerOf(call.number);
  if (call.inbound) $('said').textContent = customer ? word('matched', say(customer.name)) : word('unmatched', mask(call.number));
  const typing = document.activeElement?.matches('#views input:not([type=checkbox]), #views textarea');
  if (typing || (view() === 'floor' && isSupervisor())) return;
  open(call.number);
}

function drawAgent() {
  $('whoami').textContent = session().is === 'in' ? word(isSupervisor() ? 'supervisor' : 'agent', agent()) : '';
}

drawLooks();
drawCustomers();
drawRecord();
drawHistory(goTo);
drawFloor();
drawCard(goTo);
drawSimulate();
drawViews();
onSession(drawAgent);
onLanguage(drawAgent);
onSession(() => session().is === 'out' && tell(''));
onSelect(() => {
  tell('');
  if (NARROW.matches) $('record').scrollIntoView();
});
$('notice-close').addEventListener('click', () => tell(''));

if (sdk) {
  follow(({ message, remedy }) => tell(`${message} ${remedy ?? ''}`));
  followCalls(tell);
  onCall(pop);
  keepToolbarNotes(sdk, agent);
  sdk.on('snapshot', (_, changed) => {
    if (changed.includes('allowed')) dimLinks();
    if (changed.includes('agent')) drawAgent();
  });
}

drawSignIn(() => ({
  customerCard: card,
  describeNumber,
  onBeforeDial: beforeDial,
  noteTags: noteTags(),
  figures,
  // Numbers of the company to call from: the agent chooses one in the dial panel.
  callerIds: [{ number: '4000000100', name: word('groupSales') }, { number: '4000000200', name: word('groupSupport') }],
  queueLimits: { 'g-sales': 3, 'g-support': 3 },
  wallLimits: { talk: 600, wrap: 60 },
  // A supervisor is asked why before a call is taken over or ended.
  forceReasons: [word('forceHelp'), word('forceComplaint'), word('forceOther')],
}));
