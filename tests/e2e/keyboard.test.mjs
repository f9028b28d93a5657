import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { STATES, reach } from '../lib/states.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

const CALL = { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'call-1', callType: 'normal' };

/** A page with a field of its own before the toolbar, which has the focus. */
async function besideField(t, more) {
  const { agent, broker } = await logInAtFake(t, shared, { more });
  await agent.idle();
  await agent.page.evaluate(() => {
    const field = document.createElement('input');
    field.id = 'own';
    document.body.prepend(field);
    field.focus();
  });
  return { agent, broker, press: (...keys) => pressed(agent, keys) };
}

async function pressed(agent, keys) {
  for (const key of keys) await agent.page.keyboard.press(key);
}

async function inCall(t, more) {
  const all = await besideField(t, more);
  all.broker.tell('AgentRinging', CALL);
  all.broker.tell('Conversation', CALL);
  await all.agent.toolbar.locator('[data-act=hold]').waitFor();
  return all;
}

/** Name of the act that has the focus; the id of a field of the page. */
const focused = (agent) => agent.page.evaluate(() => {
  let at = document.activeElement;
  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at.dataset.act ?? at.id;
});
const isFocused = (agent, act) => until(async () => await focused(agent) === act, { what: `the focus is on ${act}` });
const named = (broker, name) => requests(broker).filter(({ request }) => request === name).length;
const own = (agent) => agent.page.locator('#own');

test('Tab enters the bar once, and arrow keys, Home and End move in it', async (t) => {
  const { agent, press } = await besideField(t);
  await press('Tab');
  await isFocused(agent, 'state');
  await press('ArrowRight');
  await isFocused(agent, 'dial');
  await press('End');
  await isFocused(agent, 'more');
  await press('ArrowRight');
  await isFocused(agent, 'state');
  await press('ArrowLeft');
  await isFocused(agent, 'more');
  await press('Home');
  await isFocused(agent, 'state');

  // Back in comes where one was.
  await press('End');
  await isFocused(agent, 'more');
  await press('Shift+Tab');
  await isFocused(agent, 'own');
  await press('Tab');
  await isFocused(agent, 'more');
});

test('arrows belong to a number while there is one on their side', async (t) => {
  const { agent, press } = await besideField(t);
  await agent.dialField.fill('138');
  await agent.dialField.focus();
  await press('End', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await isFocused(agent, 'dial');
  assert.equal(await agent.dialField.evaluate((field) => field.selectionStart), 0);
  await press('ArrowLeft');
  await isFocused(agent, 'state');
});

test('the arrow down opens what a button opens, and Escape closes it and gives the focus back', async (t) => {
  const { agent, press } = await besideField(t);
  await press('Tab', 'ArrowDown');
  await isFocused(agent, 'ready');
  await press('Escape');
  await isFocused(agent, 'state');
  await press('End', 'ArrowDown');
  await until(async () => await focused(agent) !== 'more', { what: 'the menu has the focus' });
  assert.equal(await agent.toolbar.getByRole('menu', { name: '更多' }).count(), 1);
  await press('Escape');
  await isFocused(agent, 'more');
  assert.equal(await agent.toolbar.getByRole('menu').count(), 0);
});

test('a shortcut works while the focus is in the bar, and nowhere else', async (t) => {
  const { agent, broker, press } = await inCall(t);
  await own(agent).press('h');
  assert.equal(await own(agent).inputValue(), 'h');
  await agent.page.evaluate(() => document.activeElement.blur());
  await press('h');
  await agent.chip.focus();
  await press('m');
  await until(() => named(broker, 'mute') > 0, { what: 'the call is muted' });
  assert.equal(named(broker, 'hold'), 0, 'none of the two before did anything');
  await press('h');
  await until(() => named(broker, 'hold') > 0, { what: 'the call is held' });
});

test('a letter that is typed is a letter, and composing is not pressing', async (t) => {
  const { agent, broker, press } = await besideField(t);
  await agent.chip.focus();
  await press('/');
  await isFocused(agent, 'dial');
  await press('.', 'd', '5');
  assert.equal(await agent.dialField.inputValue(), '5');
  assert.equal(await agent.toolbar.getByRole('menu').count(), 0);
  await agent.chip.evaluate((chip) => {
    chip.focus();
    chip.dispatchEvent(new KeyboardEvent('keydown', { key: '.', isComposing: true, bubbles: true, composed: true }));
  });
  assert.equal(await agent.toolbar.getByRole('menu').count(), 0);
  await press('.');
  await agent.toolbar.getByRole('menu').waitFor();
  assert.equal(named(broker, 'makeCall'), 0);
});

test('a key that the page has taken for itself is no shortcut', async (t) => {
  const { agent, press } = await besideField(t);
  await agent.page.evaluate(() => {
    window.addEventListener('keydown', (event) => event.key === '.' && event.preventDefault(), { capture: true });
  });
  await agent.chip.focus();
  await press('.');
  assert.equal(await agent.toolbar.getByRole('menu').count(), 0);
  await press('/');
  await isFocused(agent, 'dial');
});

test('a page may have shortcuts everywhere but in its fields, and under other keys', async (t) => {
  const { agent, broker, press } = await inCall(t, { shortcuts: { scope: 'page', keys: { hold: 'X', mute: '' } } });
  const hold = agent.toolbar.locator('[data-act=hold]');
  assert.equal(await hold.getAttribute('aria-keyshortcuts'), 'X');
  assert.equal(await agent.toolbar.locator('[data-act=mute]').getAttribute('aria-keyshortcuts'), null);
  await own(agent).press('x');
  assert.equal(await own(agent).inputValue(), 'x');
  await agent.page.evaluate(() => document.activeElement.blur());
  await press('h', 'm', 'x');
  await until(() => named(broker, 'hold') > 0, { what: 'the call is held' });
  assert.deepEqual([named(broker, 'hold'), named(broker, 'mute')], [1, 0]);
});

test('a page may switch shortcuts off, and the arrow keys stay', async (t) => {
  const { agent, press } = await besideField(t, { shortcuts: { scope: 'off' } });
  await agent.chip.focus();
  await press('.', '/');
  await isFocused(agent, 'state');
  assert.equal(await agent.toolbar.getByRole('menu').count(), 0);
  await press('End');
  await isFocused(agent, 'more');
  assert.equal(await agent.toolbar.locator('[aria-keyshortcuts]').count(), 0);
});

test('shortcuts that the page has switched off as a part are off whatever else it or the agent wants', async (t) => {
  const { agent, broker, press } = await inCall(t, { features: { shortcuts: false }, shortcuts: { scope: 'page', keys: { hold: 'X' } } });
  await agent.page.evaluate(() => localStorage.setItem('agent-toolbar/choices/demo\n1001', '{"shortcuts":{"scope":"page","keys":{"mute":"Y"}}}'));
  assert.equal(await agent.toolbar.locator('[aria-keyshortcuts]').count(), 0);
  await agent.chip.focus();
  await press('h', 'x', 'm', 'y', '/', '.');
  await agent.page.evaluate(() => document.activeElement.blur());
  await press('h', 'x', 'm', 'y');
  await agent.chip.focus();
  await press('End');
  await isFocused(agent, 'more');
  assert.deepEqual(['hold', 'mute'].map((name) => named(broker, name)), [0, 0]);
});

/** The shortcuts of the toolbar, by act, as its source has them. */
const source = await readFile(new URL('../../src/js/keyboard.js', import.meta.url), 'utf8');
const SHORTCUTS = Object.fromEntries([...source.slice(source.indexOf('const SHORTCUTS'), source.indexOf('};', source.indexOf('const SHORTCUTS')))
  .matchAll(/(\w+): '([^']+)'/g)].map(([, act, key]) => [act, key]));

test('each act has a key by which it goes, and a page can give every one another', async (t) => {
  const other = Object.fromEntries(Object.keys(SHORTCUTS).map((act, at) => [act, `Ctrl+Alt+F${at + 1}`]));
  const usual = await logInAtFake(t, shared, { says: { login: { agentType: 1 } }, more: { queueLimits: { g1: 1 } } });
  const changed = await logInAtFake(t, shared, { says: { login: { agentType: 1 } }, more: { queueLimits: { g1: 1 }, shortcuts: { keys: other } } });
  const spelled = (agent) => agent.toolbar.locator('[part~=bar]').evaluate((bar) => Object.fromEntries([...bar.querySelectorAll('[aria-keyshortcuts]')]
    .filter((one) => one.dataset.act).map((one) => [one.dataset.act, one.getAttribute('aria-keyshortcuts')])));
  const seen = new Set();
  for (const what of Object.keys(STATES)) {
    for (const [office, keys] of [[usual, SHORTCUTS], [changed, other]]) {
      await reach(office, what);
      for (const [act, key] of Object.entries(await spelled(office.agent))) {
        assert.equal(key, keys[act].replace('Ctrl', 'Control'), `${act}, ${what}`);
        seen.add(act);
      }
    }
  }
  for (const act of ['dial', 'more', 'reject', 'details', 'hold', 'mute', 'keypad', 'transfer', 'consult', 'conference', 'merge', 'hangUp', 'note', 'extend', 'done', 'link', 'listen', 'whisper', 'bargeIn']) {
    assert.ok(seen.has(act), `${act} was there`);
  }
});

test('the documentation says every shortcut as it is', async () => {
  const docs = await readFile(new URL('../../docs/toolbar.md', import.meta.url), 'utf8');
  const said = Object.fromEntries([...docs.matchAll(/^\| `(\w+)` \| `([^`]+)` \|/gm)].map(([, act, key]) => [act, key]));
  assert.deepEqual(said, SHORTCUTS);
});

test('the focus stays in the bar when the control that has it is gone', async (t) => {
  const { agent, broker } = await inCall(t);
  await agent.toolbar.locator('[data-act=hold]').focus();
  broker.tell('After', { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 });
  await agent.chipShows('话后');
  await isFocused(agent, 'state');
});

test('a page that has the focus keeps it when the controls change', async (t) => {
  const { agent, broker } = await inCall(t);
  await own(agent).focus();
  broker.tell('After', { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 });
  await agent.chipShows('话后');
  assert.equal(await focused(agent), 'own');
});

test('a call is made, muted, and hung up by the keyboard alone', async (t) => {
  const { agent, broker, press } = await besideField(t);
  await press('Tab', '/');
  await agent.page.keyboard.type('13800138000');
  assert.equal(await agent.dialField.inputValue(), '138 0013 8000');
  await press('Enter');
  await agent.chipShows('通话中');
  await isFocused(agent, 'state');
  await press('m');
  await until(() => named(broker, 'mute') > 0, { what: 'muted' });
  await press('Control+Alt+h');
  await agent.chipShows('话后');
  assert.equal(named(broker, 'cancelCall'), 1);
  await isFocused(agent, 'state');
});

test('what goes wrong in a call is said under the bar, where F6 leads, and its cross closes it', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, { says: { refuses: (name) => name === 'hold' } });
  // The plain line says it as well, but F6 does not lead there.
  await agent.inFull();
  broker.tell('AgentRinging', CALL);
  broker.tell('Conversation', CALL);
  const hold = agent.toolbar.locator('[data-act=hold]');
  await hold.waitFor();
  await agent.chip.focus();
  await agent.page.keyboard.press('h');
  const alert = agent.toolbar.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.textContent(), /refused/);
  await agent.page.keyboard.press('F6');
  await isFocused(agent, 'toast');
  await agent.page.keyboard.press('Tab');
  await agent.page.keyboard.press('Enter');
  await until(async () => await alert.count() === 0, { what: 'it is closed' });
  await isFocused(agent, 'state');
});
