import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { logInAtFake } from '../lib/fake-office.mjs';
import { listen, said } from '../lib/spoken.mjs';
import { STATES, reach } from '../lib/states.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CALL = { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'call-1', callType: 'normal' };
const END = { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 1 };

/** A ready agent, and what is read out from then on. */
async function ready(t, more) {
  const office = await logInAtFake(t, shared, { more: { lang: 'en', ...more } });
  await office.agent.idle();
  // What says calls and faults is there.
  await office.agent.inFull();
  await listen(office.agent);
  return office;
}

const rings = (broker, more) => broker.tell('AgentRinging', { ...CALL, called: 'g1', ...more });
const matching = async (agent, pattern) => (await said(agent)).filter((text) => pattern.test(text));
const isSaid = (agent, pattern) => until(async () => (await matching(agent, pattern)).length > 0, { what: `${pattern} is said` });

/** Lets so many seconds pass by the clock on the wall of the toolbar. */
const seconds = (agent, count) => agent.page.evaluate((ms) => new Promise((then) => { setTimeout(then, ms); }), count * 1000);

test('a call that rings is said once, its digits apart and what is hidden as that', async (t) => {
  const { agent, broker } = await ready(t);
  rings(broker);
  await isSaid(agent, /Incoming call/);
  rings(broker, { userData: 'order=1' });
  await agent.event('AgentRinging', { nth: 2 });
  broker.tell('Conversation', CALL);
  await agent.event('Conversation');
  const calls = await matching(agent, /Incoming call/);
  assert.equal(calls.length, 1, calls.join('\n'));
  assert.match(calls[0], /^Incoming call, 一组, 1 3 8 hidden 8 0 0 0/);
});

test('a number that is not hidden is read digit by digit', async (t) => {
  const { agent, broker } = await ready(t, { phoneEncryption: false });
  rings(broker);
  await isSaid(agent, /Incoming call, 一组, 1 3 8 0 0 1 3 8 0 0 0/);
});

test('where the page wants no ringing to be read out it is shown, and what follows is said', async (t) => {
  const { agent, broker } = await ready(t, { ringSpoken: false });
  rings(broker);
  await agent.chipShows('Ringing');
  await agent.toolbar.locator('[data-act=details]').waitFor();
  // Long enough for what would be said a moment after.
  await seconds(agent, 1);
  broker.tell('Conversation', CALL);
  await agent.event('Conversation');
  await agent.toolbar.locator('[part~=hangup]').waitFor();
  broker.tell('After', { ...END, agentAutoIdleTime: 12 });
  await isSaid(agent, /^Ready in/);
  assert.deepEqual(await matching(agent, /Incoming call/), []);
});

test('no clock is read out, in no state', async (t) => {
  const { agent, broker } = await ready(t, { busyLimits: { 小休: 1 } });
  const told = {};
  for (const what of Object.keys(STATES)) {
    await reach({ agent, broker }, what);
    await agent.page.evaluate(() => { said.length = 0; });
    // Long enough for every clock to go on.
    await seconds(agent, 2.2);
    // How many minutes a reason lasts too long is no clock; the call that rings is said meanwhile.
    const heard = (await said(agent)).filter((text) => !/Incoming call/.test(text));
    if (heard.length) told[what] = heard;
  }
  assert.deepEqual(told, {});
});

test('without a link it is said once that it is lost, and not how many seconds are left', async (t) => {
  const { agent, broker } = await ready(t);
  await agent.page.evaluate(() => { window.WebSocket = class extends EventTarget { static OPEN = 1; readyState = 0; close() {} send() {} }; });
  broker.drop();
  await agent.toolbar.locator('[data-act=tryNow]').waitFor();
  await agent.page.evaluate(() => { said.length = 0; });
  await seconds(agent, 2.2);
  assert.deepEqual(await matching(agent, /\d+ s\b|next try/), []);
  const heard = await said(agent);
  assert.deepEqual(heard, [...new Set(heard)], 'nothing is said anew each second');
});

test('the end of wrap-up is said at 30 and at 10 seconds, and not between', async (t) => {
  const { agent, broker } = await ready(t);
  broker.tell('Conversation', CALL);
  const end = Date.now() + 33_000;
  broker.tell('After', { ...END, agentAutoIdleTime: 33 });
  await agent.event('After');
  await isSaid(agent, /^Ready in (30|29) s$/);
  // Twelve seconds before the end, without waiting for it.
  broker.pass(end - Date.now() - 12_000);
  await isSaid(agent, /^Ready in (10|9|8) s$/);
  const ends = await matching(agent, /^Ready in/);
  assert.equal(ends.length, 2, ends.join('\n'));
});

test('why a call ended is said once', async (t) => {
  const { agent, broker } = await ready(t);
  broker.tell('Conversation', CALL);
  broker.tell('After', { ...END, agentAutoIdleTime: 600 });
  await agent.event('After');
  await agent.toolbar.locator('[data-act=done]').waitFor();
  // More of it comes in.
  for (let more = 0; more < 3; more += 1) broker.tell('QueueInfo', [{ groupId: 'g1', queueNum: more, inQueueTime: 0 }], null);
  await until(async () => (await agent.call('snapshot')).queue.groups[0]?.waiting === 2 || (await agent.values('QueueInfo')).length >= 3, { what: 'it is all in' });
  const why = await matching(agent, /hung up/);
  assert.ok(why.length <= 1, why.join('\n'));
});

/** An agent at a platform that refuses every sign-in; what is read out is kept from the start. */
async function refused(t, open = () => {}) {
  const broker = await startFakeBroker({ refuses: (name) => name === 'login' });
  t.after(() => broker.stop());
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser });
  await open(agent.page);
  await agent.page.evaluate(() => document.getElementById('toolbar').append(document.createElement('agent-toolbar')));
  await agent.page.evaluate(() => document.querySelector('agent-toolbar').attachShadow({ mode: 'open' }));
  await listen(agent);
  await agent.start(optionsFor(broker, { lang: 'en', el: '#toolbar agent-toolbar' }));
  await agent.message.locator('.ttl').waitFor();
  return agent;
}

test('the first fault before an agent is signed in is said once, and the next one again', async (t) => {
  const agent = await refused(t);
  // The part, which says it in an agent's words, is there.
  await agent.message.getByText('Check number and password').waitFor();
  assert.equal((await matching(agent, /refused/i)).length, 1);
  // Sent at the very press: it is pressed once.
  const asked = async () => (await agent.sent()).filter((frame) => frame.includes('"request":"login"')).length > 1;
  await agent.press(agent.toolbar.locator('[data-act=signIn]').first(), asked);
  await until(async () => (await matching(agent, /refused/i)).length > 1, { what: 'it is said again' });
  assert.equal((await matching(agent, /refused/i)).length, 2);
});

test('where the part cannot be had, a fault is said all the same, once', async (t) => {
  const agent = await refused(t, (page) => page.route('**/agent-toolbar-panels.js*', (route) => route.abort()));
  await isSaid(agent, /refused/i);
  await seconds(agent, 2.2);
  assert.equal((await matching(agent, /refused/i)).length, 1);
});
