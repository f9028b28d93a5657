import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';
import { focusIs } from '../lib/focus.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';

/** Agent 1001 at a page with a field of its own before the toolbar, which has the focus; from here on there is only the keyboard. */
async function atField(t, more) {
  const agent = await logIn(t, shared, { more });
  await agent.page.evaluate(() => {
    const field = document.createElement('input');
    field.id = 'own';
    document.body.prepend(field);
    field.focus();
  });
  await focusIs(agent, 'own');
  return agent;
}

async function press(agent, ...keys) {
  for (const key of keys) await agent.page.keyboard.press(key);
}

const state = async (agent) => (await agent.call('snapshot')).agent;
const stateIs = (agent, name) => until(async () => (await state(agent)).state === name, { what: `the state ${name}` });
const situationIs = (agent, name) => until(async () => (await state(agent)).situation === name, { what: `the situation ${name}` });

/** Steps along the bar until the focus is there. */
async function walkTo(agent, act) {
  const here = () => agent.toolbar.evaluate((place) => place.querySelector('agent-toolbar').shadowRoot.activeElement?.dataset.act);
  const seen = new Set();
  for (let at = await here(); at !== act; at = await here()) {
    assert.ok(!seen.has(at), `${act} is in the row of ${[...seen]}`);
    seen.add(at);
    await press(agent, 'ArrowRight');
  }
}

/** Into the bar and ready, by the state menu. */
async function becomeReady(agent) {
  await press(agent, 'Tab');
  await focusIs(agent, 'state');
  await press(agent, 'ArrowDown');
  await focusIs(agent, 'ready');
  await press(agent, 'Enter');
  await stateIs(agent, 'Idle');
  await focusIs(agent, 'state');
}

/** As `atField`, and in conversation with the customer. */
async function inConversation(t, more) {
  const agent = await atField(t, more);
  await becomeReady(agent);
  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  await agent.toolbar.locator('[part~=bar] [data-act=hold]').waitFor();
  // The chip was away while the phone rang, and the focus stayed in the bar.
  await press(agent, 'Home');
  await focusIs(agent, 'state');
  return agent;
}

/** Agent 1002, who is ready. */
async function colleague(t) {
  const other = await logIn(t, shared, { more: { agentNumber: '1002' } });
  await other.idle();
  return other;
}

test('a call is dialled, held, muted, given keys and ended by the keyboard alone', async (t) => {
  const agent = await atField(t);
  await becomeReady(agent);
  await press(agent, '/');
  await focusIs(agent, 'dial');
  await agent.page.keyboard.type(CUSTOMER);
  await press(agent, 'Enter');
  await agent.event('Conversation');
  await press(agent, 'Home');
  await focusIs(agent, 'state');

  await walkTo(agent, 'hold');
  await press(agent, 'Enter');
  await situationIs(agent, 'holding');
  await focusIs(agent, 'hold');
  await press(agent, 'Space');
  await situationIs(agent, 'talking');
  await focusIs(agent, 'hold');

  await press(agent, 'm');
  await stateIs(agent, 'Mute');
  await focusIs(agent, 'hold');
  await press(agent, 'm');
  await stateIs(agent, 'Unmute');

  await press(agent, 'k');
  await focusIs(agent, 'in keypad');
  await press(agent, '1', '#');
  await until(async () => (await agent.sent()).filter((frame) => frame.includes('"sendDTMF"')).length === 2, { what: 'both keys are sent' });
  await press(agent, 'Escape');
  await focusIs(agent, 'keypad');

  await walkTo(agent, 'hangUp');
  await press(agent, 'Enter');
  await stateIs(agent, 'After');
  await press(agent, 'Home');
  await walkTo(agent, 'done');
  await press(agent, 'Enter');
  await stateIs(agent, 'Idle');
  await focusIs(agent, 'state');
});

test('a colleague is consulted and given the call, with a note of it, by the keyboard alone', async (t) => {
  const other = await colleague(t);
  const agent = await inConversation(t);
  await press(agent, 'c');
  await focusIs(agent, 'in consult');
  const chosen = agent.toolbar.locator('[data-pop=consult] [aria-selected=true][role=option]');
  await until(async () => (await chosen.allTextContents()).join().includes('1002'), { what: 'the colleague is found' });
  await press(agent, 'Enter');
  await situationIs(agent, 'consulting');
  // What comes next has the focus: the call is handed over by Enter.
  await focusIs(agent, 'complete');
  await press(agent, 'Enter');
  await stateIs(agent, 'After');
  await until(async () => (await other.call('snapshot')).call?.party === CUSTOMER, { what: 'the colleague has the call' });

  await press(agent, 'Home');
  await focusIs(agent, 'state');
  await press(agent, 'n');
  await focusIs(agent, 'in note');
  await agent.page.keyboard.type('calls back');
  await press(agent, 'Escape');
  await focusIs(agent, 'note');
  await press(agent, 'Control+Enter');
  await stateIs(agent, 'Idle');
});

test('a consultation is called off by the keyboard alone, and the caller is there again', async (t) => {
  await colleague(t);
  const agent = await inConversation(t);
  await walkTo(agent, 'consult');
  await press(agent, 'Enter');
  await focusIs(agent, 'in consult');
  const chosen = agent.toolbar.locator('[data-pop=consult] [aria-selected=true][role=option]');
  await until(async () => (await chosen.allTextContents()).join().includes('1002'), { what: 'the colleague is found' });
  await press(agent, 'Enter');
  await focusIs(agent, 'complete');
  await walkTo(agent, 'cancelConsult');
  await press(agent, 'Enter');
  await situationIs(agent, 'talking');
  await press(agent, 'Home', 'Control+Alt+h');
  await stateIs(agent, 'After');
});

test('three talk together by the keyboard alone', async (t) => {
  await colleague(t);
  const agent = await inConversation(t);
  await press(agent, 'c');
  await focusIs(agent, 'in consult');
  const chosen = agent.toolbar.locator('[data-pop=consult] [aria-selected=true][role=option]');
  await until(async () => (await chosen.allTextContents()).join().includes('1002'), { what: 'the colleague is found' });
  await press(agent, 'Enter');
  await situationIs(agent, 'consulting');
  await focusIs(agent, 'complete');
  await press(agent, 'g');
  await situationIs(agent, 'conference');
  await press(agent, 'Home');
  await walkTo(agent, 'hangUp');
  await press(agent, 'Enter');
  await stateIs(agent, 'After');
});

test('a call is given away unannounced by Shift+Enter, and Escape gives nothing away', async (t) => {
  const other = await colleague(t);
  const agent = await inConversation(t);
  const chosen = agent.toolbar.locator('[data-pop=transfer] [aria-selected=true][role=option]');
  const found = () => until(async () => (await chosen.allTextContents()).join().includes('1002'), { what: 'the colleague is found' });
  await press(agent, 't');
  await focusIs(agent, 'in transfer');
  await found();
  await press(agent, 'Escape');
  await focusIs(agent, 'transfer');
  assert.equal((await state(agent)).situation, 'talking');

  await press(agent, 'Enter');
  await focusIs(agent, 'in transfer');
  await agent.page.keyboard.type('1002');
  await found();
  await press(agent, 'Shift+Enter');
  await stateIs(agent, 'After');
  await until(async () => (await other.call('snapshot')).call?.party === CUSTOMER, { what: 'the colleague has the call' });
});

test('what a narrow bar has folded away is reached by the keyboard, and the focus comes back', async (t) => {
  const agent = await inConversation(t);
  await agent.page.setViewportSize({ width: 330, height: 600 });
  await press(agent, 'End');
  await focusIs(agent, 'more');
  await press(agent, 'Enter');
  await focusIs(agent, 'keypad');
  await press(agent, 'ArrowDown');
  await focusIs(agent, 'transfer');
  await press(agent, 'Escape');
  await focusIs(agent, 'more');
  await press(agent, '.');
  await focusIs(agent, 'keypad');
  await press(agent, 'Enter');
  await focusIs(agent, 'in keypad');
  await press(agent, 'Escape');
  // The button that opens the keypad is folded: its menu stands for it.
  await focusIs(agent, 'more');
  await press(agent, 'ArrowLeft');
  await focusIs(agent, 'hangUp');
  await press(agent, 'Enter');
  await stateIs(agent, 'After');
});

test('an agent signs out and in again by the keyboard alone', async (t) => {
  const agent = await atField(t);
  await press(agent, 'Tab', 'ArrowDown');
  await focusIs(agent, 'ready');
  await press(agent, 'End');
  await focusIs(agent, 'signOut');
  await press(agent, 'Enter');
  await stateIs(agent, 'Logout');
  await focusIs(agent, 'state');
  await walkTo(agent, 'signIn');
  await press(agent, 'Enter');
  await agent.event('Login', { nth: 2 });
  await focusIs(agent, 'state');
});
