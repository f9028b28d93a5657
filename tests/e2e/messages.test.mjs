import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor } from '../lib/agent.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { focusIs } from '../lib/focus.mjs';
import { agentWithPhone, withPhones } from '../lib/phone-agent.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones();
const office = () => ({ sandbox: shared.sandbox, browser: shared.browsers['1001'] });
const CALL = { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'call-1', callType: 'normal' };
const END = { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 };

/** A ready agent who has typed half a number. */
async function typing(t) {
  const { agent, broker } = await logInAtFake(t, office(), { says: { refuses: (name) => name === 'busy' } });
  await agent.idle();
  await agent.dialField.pressSequentially('138001');
  assert.equal(await agent.dialField.inputValue(), '138 001');
  return { agent, broker };
}

test('a number that is half typed stays, with the focus and the caret, when a message comes and goes', async (t) => {
  const { agent } = await typing(t);
  await agent.dialField.press('ArrowLeft');
  const caret = () => agent.dialField.evaluate((field) => [field.selectionStart, field.value]);
  const before = await caret();
  await agent.page.evaluate(() => sdk.busy('x'));
  await agent.message.waitFor();
  await focusIs(agent, 'dial');
  assert.deepEqual(await caret(), before);
  await agent.message.locator('xpath=..').locator('[data-act=close]').evaluate((one) => one.click());
  await agent.message.waitFor({ state: 'detached' });
  assert.deepEqual(await caret(), before);
  await agent.page.keyboard.type('3');
  assert.equal(await agent.dialField.inputValue(), '138 0031');
});

test('a number that is half typed is there again after a call, and after the link was lost', async (t) => {
  const { agent, broker } = await typing(t);
  broker.tell('AgentRinging', CALL);
  broker.tell('Conversation', CALL);
  await agent.toolbar.locator('[data-act=hold]').waitFor();
  assert.equal(await agent.dialField.isVisible(), false);
  broker.tell('After', END);
  broker.tell('Idle', { loginType: '1' });
  await agent.dialField.waitFor();
  assert.equal(await agent.dialField.inputValue(), '138 001');
  broker.drop();
  // The link may be back before anybody sees that it was gone.
  await agent.event('Reconnect');
  await agent.dialField.waitFor();
  assert.equal(await agent.dialField.inputValue(), '138 001');
});

test('who signs out takes a number that is half typed along', async (t) => {
  const { agent } = await typing(t);
  await agent.page.evaluate(() => sdk.logout());
  await agent.event('Logout');
  assert.equal(await agent.page.evaluate(() => document.querySelector('agent-toolbar').shadowRoot.querySelector('[part~=dial-field] input').value), '');
});

test('what goes wrong while the agent is locked is shown beside that, until it is closed', async (t) => {
  const { agent, broker } = await logInAtFake(t, office(), { says: { refuses: (name) => name === 'groupInfo' } });
  await agent.idle();
  broker.tell('Lock', null);
  const locked = agent.message.filter({ hasText: '已锁定' });
  await locked.waitFor();
  await agent.page.evaluate(() => sdk.send({ request: 'groupInfo' }));
  const fault = agent.toolbar.getByRole('alert').filter({ hasText: 'refused' });
  await fault.waitFor();
  assert.ok(await locked.isVisible(), 'why no calls come is still said');
  await agent.press(fault.locator('[data-act=closeToast]'), async () => await fault.count() === 0);
  assert.ok(await locked.isVisible());
});

test('who was signed out elsewhere and cannot sign in again is told why, with the button still there', async (t) => {
  let refusing = false;
  const { agent, broker } = await logInAtFake(t, office(), { says: { refuses: (name) => refusing && name === 'login' } });
  broker.tell('Kick', null);
  const signIn = agent.toolbar.locator('[part~=bar] [data-act=signIn]');
  await signIn.waitFor();
  refusing = true;
  const fault = agent.toolbar.getByRole('alert').filter({ has: agent.page.locator('[data-act=closeToast]') });
  // Its request is on its way with the press: a second one would be another try.
  const tries = async () => (await agent.sent()).filter((frame) => frame.includes('"request":"login"')).length;
  await agent.press(signIn, async () => await tries() === 2);
  await fault.waitFor();
  assert.notEqual(await fault.locator('.ttl').textContent(), '');
  assert.equal(await fault.locator('[data-act]').count(), 1, 'the one way to sign in is in the bar');
  refusing = false;
  await agent.press(signIn, async () => await tries() === 3);
  await agent.event('Login', { nth: 2 });
  await fault.waitFor({ state: 'detached' });
});

test('a try to connect can be called off, and begun again', async (t) => {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browsers['1001'] });
  await agent.page.evaluate(() => {
    window.Real = window.WebSocket;
    // Neither made nor refused.
    window.WebSocket = class extends EventTarget {
      static OPEN = 1;

      readyState = 0;

      close() { this.readyState = 3; }

      send() {}
    };
  });
  await agent.start(optionsFor(broker, { lang: 'en' }));
  await agent.message.getByText('Reaching the agent service').waitFor();
  const cancel = agent.toolbar.getByRole('button', { name: 'Cancel', exact: true });
  await agent.press(cancel, async () => await cancel.count() === 0);
  await agent.message.getByText('Not connected to the agent service').waitFor();
  assert.equal(await agent.call('isConnecting'), false);
  await agent.page.evaluate(() => { window.WebSocket = window.Real; });
  await agent.press(agent.toolbar.locator('[data-act=connect]'), async () => await agent.call('isConnecting') || agent.call('isConnected'));
  await agent.event('Login');
});

test('where no microphone is found the devices can be chosen', async (t) => {
  const agent = await agentWithPhone(t, shared, { more: { lang: 'en' } });
  await agent.idle();
  await agent.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
  });
  await agent.page.evaluate(() => { phone.call('00030001'); });
  const choose = agent.toolbar.locator('[data-act=chooseDevice]');
  await choose.waitFor();
  await agent.message.getByText('No headset found').waitFor();
  await agent.press(choose, () => agent.toolbar.locator('[data-pop=link]').isVisible());
  await agent.toolbar.locator('[data-pop=link]').getByRole('combobox', { name: 'Microphone' }).waitFor();
  assert.equal(await agent.message.count(), 0, 'whoever chooses has read it');
});

test('where the page is no place for a browser phone, a press signs in with another phone', async (t) => {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browsers['1001'] });
  await agent.page.evaluate(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
  await agent.start(optionsFor(broker, { loginType: 3 }));
  await agent.message.getByText('本页不是 https').waitFor();
  const other = agent.toolbar.getByRole('button', { name: '换话机' });
  await agent.press(other, async () => (await agent.values('Login')).length === 2);
  const logins = requests(broker).filter(({ request }) => request === 'login');
  assert.deepEqual(logins.map(({ loginType, agentNumber }) => [loginType, agentNumber]), [[3, '1001'], [1, '1001']]);
  assert.equal(await agent.call('getLoginType'), 1);
  await other.waitFor({ state: 'detached' });
  await agent.idle();
});

test('the settings show what the page has put on the element, until the agent chooses', async (t) => {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browsers['1001'] });
  await agent.page.evaluate((options) => {
    const element = document.createElement('agent-toolbar');
    element.setAttribute('theme', 'dark');
    element.setAttribute('density', 'compact');
    document.getElementById('toolbar').append(element);
    startSdk({ ...options, el: element });
  }, optionsFor(broker));
  await agent.event('Login');
  await agent.toolbar.locator('[data-act=more]').press('Enter');
  await agent.toolbar.locator('[role=menu] [data-act=settings]').press('Enter');
  const checked = (name) => agent.toolbar.locator(`[data-choice=${name}] [aria-checked=true]`).getAttribute('data-value');
  await until(async () => await checked('theme') === 'dark', { what: 'the theme of the element' });
  assert.equal(await checked('density'), 'compact');
  await agent.toolbar.locator('[data-choice=theme] [data-value=light]').click();
  await until(async () => await checked('theme') === 'light', { what: 'what the agent has chosen' });
});
