import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { gets } from '../lib/promise-form.mjs';

const shared = withSandbox();

/** Sends a command with a private callback for its event; `heardHere` and `told` collect who was told what. */
const sendWithCallback = (agent, method, name, isPublic) => agent.page.evaluate(([command, event, open]) => {
  window.told = [];
  window.heardHere = [];
  sdk.on(event, (value) => heardHere.push(plain(value)));
  sdk.on('StateChange', (state) => heardHere.push(state));
  const number = sdk[command]();
  const callback = (value, frame) => told.push({ value: plain(value), body: JSON.parse(frame.body) });
  if (open === undefined) sdk.onPrivateEventCallback(number, callback);
  else sdk.onPrivateEventCallback(number, callback, open);
  return number;
}, [method, name, isPublic]);

const collected = (agent) => agent.page.evaluate(() => ({ told, heardHere }));

test('the event of a command goes to its callback and to nobody else', async (t) => {
  const agent = await logIn(t, shared);
  const number = await sendWithCallback(agent, 'getGroups', 'GroupInfo');
  // What comes after it has come.
  await gets(agent, 'idle');
  const { told, heardHere } = await collected(agent);
  assert.equal(told.length, 1);
  assert.deepEqual([told[0].value.event, told[0].value.sequence], ['GroupInfo', number]);
  assert.deepEqual(told[0].body, told[0].value, 'with its frame');
  assert.deepEqual(heardHere, ['Idle']);
});

test('a public callback shares the event', async (t) => {
  const agent = await logIn(t, shared);
  await sendWithCallback(agent, 'getGroups', 'GroupInfo', true);
  await gets(agent, 'idle');
  const { told, heardHere } = await collected(agent);
  assert.equal(told.length, 1);
  assert.deepEqual(heardHere, [told[0].value, 'Idle']);
});

test('a private event still tells the state', async (t) => {
  const agent = await logIn(t, shared);
  await sendWithCallback(agent, 'busy', 'Busy');
  await gets(agent, 'idle');
  const { told, heardHere } = await collected(agent);
  assert.equal(told[0].value.event, 'Busy');
  assert.deepEqual(heardHere, ['Busy', 'Idle']);
});

test('a callback is for one event, and one that throws harms nobody', async (t) => {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser }, { allow: /thrown by a callback/ });
  await agent.start(optionsFor(broker));
  await agent.event('Login');
  await agent.page.evaluate(() => {
    window.told = [];
    window.heardHere = [];
    sdk.on('QueueInfo', ({ eventTime }) => heardHere.push(eventTime));
    sdk.onPrivateEventCallback(7, ({ eventTime }) => {
      told.push(eventTime);
      throw new Error('thrown by a callback');
    });
  });
  const event = (eventTime, sequence) => ({ type: 'event', event: 'QueueInfo', eventTime, sequence, data: [] });
  broker.push(event(1, 6), event(2, 7), event(3, 7));
  await gets(agent, 'idle');
  assert.deepEqual(await collected(agent), { told: [2], heardHere: [1, 3] });
});

test('a new start forgets callbacks whose events never came', async (t) => {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser });
  await agent.start(optionsFor(broker));
  await agent.event('Login');
  await agent.page.evaluate(() => {
    window.told = [];
    window.heardHere = [];
    sdk.on('QueueInfo', () => heardHere.push('QueueInfo'));
    sdk.onPrivateEventCallback(7, () => told.push('QueueInfo'));
    sdk.init();
  });
  await agent.event('Reconnect');
  broker.push({ type: 'event', event: 'QueueInfo', sequence: 7, data: [] });
  await gets(agent, 'idle');
  assert.deepEqual(await collected(agent), { told: [], heardHere: ['QueueInfo'] });
});
