import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CALL = { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'c-1', callType: 'normal' };

/** The keys that the page has sent. */
const sent = (broker) => requests(broker).filter(({ request }) => request === 'sendDTMF').map(({ dtmf }) => dtmf).join('');

/** An agent in conversation with the keypad open. */
async function atKeypad(t) {
  const { agent, broker } = await logInAtFake(t, shared, {});
  await agent.idle();
  broker.tell('Conversation', CALL);
  await agent.event('Conversation');
  const button = agent.toolbar.locator('[data-act=keypad]');
  await button.press('Enter');
  const pop = agent.toolbar.locator('[data-pop=keypad]');
  await pop.waitFor();
  return { agent, broker, button, pop };
}

test('keys that are pressed and keys that are typed go into the call, and one sees which', async (t) => {
  const { agent, broker, button, pop } = await atKeypad(t);
  assert.equal(await pop.getAttribute('role'), 'dialog');
  assert.equal(await pop.getAttribute('aria-label'), '按键');
  assert.equal(await button.getAttribute('aria-expanded'), 'true');
  const field = pop.locator('input');
  await until(() => field.evaluate((one) => one.getRootNode().activeElement === one), { what: 'the field has the focus' });
  await agent.page.keyboard.type('12');
  await pop.getByRole('button', { name: '0' }).click();
  await agent.page.keyboard.type('#*');
  await until(() => sent(broker) === '120#*', { what: 'all keys are sent, in order' });
  assert.equal(await field.inputValue(), '1 2 0 # *');
});

test('a key of the keypad is no shortcut and nothing else is sent', async (t) => {
  const { agent, broker, pop } = await atKeypad(t);
  await until(() => pop.locator('input').evaluate((one) => one.getRootNode().activeElement === one), { what: 'the field has the focus' });
  await agent.page.keyboard.type('ab h5');
  await until(() => sent(broker) === '5', { what: 'the digit is sent' });
  assert.deepEqual(requests(broker).map(({ request }) => request).filter((request) => request === 'hold'), []);
});

test('Escape closes the keypad and the focus goes back', async (t) => {
  const { agent, button, pop } = await atKeypad(t);
  await pop.locator('input').press('Escape');
  await pop.waitFor({ state: 'detached' });
  await until(() => button.evaluate((one) => one.getRootNode().activeElement === one), { what: 'the focus is back' });
  assert.equal(await button.getAttribute('aria-expanded'), 'false');
  assert.equal(await agent.toolbar.locator('[data-pop]').count(), 0);
});

test('the keypad goes with the call', async (t) => {
  const { broker, pop } = await atKeypad(t);
  broker.tell('After', { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 });
  await pop.waitFor({ state: 'detached' });
});
