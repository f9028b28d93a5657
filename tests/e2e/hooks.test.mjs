import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const NUMBER = '13800138000';
const CALL = { callDirection: 1, caller: NUMBER, called: '1001', occCallId: 'call-1', inQueueTime: 0, callType: 'normal' };
const AFTER = { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 };

/** An agent who is ready, with options that are functions: `hooks` runs in the page and gives them. */
async function ready(t, hooks, where = {}) {
  const agent = await openAgent(t, shared, where);
  await agent.page.evaluate(([options, source]) => {
    window.asked = [];
    startSdk({ ...options, ...new Function(`return (${source})()`)() });
    window.acts = [];
    sdk.on('Action', ({ name, snapshot }) => acts.push([name, snapshot.agent.number]));
  }, [optionsFor(shared.sandbox), String(hooks)]);
  await agent.event('Login');
  await agent.idle();
  return agent;
}

const called = async (agent) => (await agent.sent()).filter((frame) => frame.includes('"request":"makeCall"')).map((frame) => frame.match(/"called":"(\d*)"/)[1]);

test('the page is asked before the toolbar calls, and may give another number', async (t) => {
  const agent = await ready(t, () => ({
    onBeforeDial: (number, more) => {
      asked.push([number, more]);
      return `0${number}`;
    },
  }));
  await agent.dial(NUMBER);
  await agent.event('Conversation');
  assert.deepEqual(await called(agent), [`0${NUMBER}`]);
  assert.deepEqual(await agent.page.evaluate(() => asked), [[NUMBER, { type: 2, source: 'toolbar' }]]);
});

test('the page may stop a call, now or a little later', async (t) => {
  const agent = await ready(t, () => ({
    onBeforeDial: (number) => {
      asked.push(number);
      return number.endsWith('1') ? false : Promise.resolve(false);
    },
  }));
  for (const number of ['10000000001', '10000000002']) {
    await agent.dial(number);
    await until(() => agent.page.evaluate((one) => asked.includes(one), number), { what: `the page is asked about ${number}` });
  }
  await agent.call('busy');
  await agent.event('Busy');
  assert.deepEqual(await called(agent), []);
});

test('a page that fails, never answers or says nothing does not keep a call from being made', async (t) => {
  for (const hooks of [
    () => ({ onBeforeDial: () => { throw new Error('of the page'); } }),
    () => ({ onBeforeDial: () => Promise.reject(new Error('of the page')) }),
    () => ({ onBeforeDial: () => new Promise(() => {}) }),
    () => ({ onBeforeDial: () => {} }),
  ]) {
    const agent = await ready(t, hooks, { allow: /of the page/ });
    await agent.dial(NUMBER);
    await agent.event('Conversation');
    assert.deepEqual(await called(agent), [NUMBER]);
    await agent.page.close();
    await shared.sandbox.reset();
  }
});

test('the page runs before what a button does, may stop it, and is told what was done', async (t) => {
  const agent = await ready(t, () => ({
    actions: {
      hangUp: ({ name, snapshot }) => {
        asked.push([name, snapshot.call.party]);
        return asked.length > 1;
      },
    },
  }));
  await agent.call('call', NUMBER);
  await agent.event('Conversation');
  await agent.press(agent.hangUp, () => agent.page.evaluate(() => asked.length >= 1));
  assert.equal((await agent.call('snapshot')).call.party, NUMBER, 'the call goes on');
  assert.deepEqual(await agent.page.evaluate(() => [asked[0], acts]), [['hangUp', NUMBER], []]);
  await agent.hangUp.click();
  await agent.event('After');
  assert.deepEqual(await agent.page.evaluate(() => acts), [['hangUp', '1001']]);
});

test('an action that throws is the page\'s mistake, and the button does what it does', async (t) => {
  const agent = await ready(t, () => ({ actions: { hangUp: () => { throw new Error('of the page'); } } }), { allow: /of the page/ });
  await agent.call('call', NUMBER);
  await agent.event('Conversation');
  await agent.press(agent.hangUp, async () => (await agent.values('After')).length > 0);
});

// -- after calls ----------------------------------------------------------------

/** What the SDK keeps in this tab under this name, for agent 1001. */
const inTab = (agent, what) => agent.page.evaluate((name) => JSON.parse(sessionStorage[`agent-toolbar/${name}/demo\n1001`] ?? 'null'), what);

test('a call that nobody took is told as missed, one that was taken is not', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.page.evaluate(() => {
    window.missed = [];
    sdk.on('Missed', ({ call }) => missed.push([call.id, call.party]));
  });
  await agent.idle();
  broker.tell('AgentRinging', CALL);
  broker.tell('After', AFTER);
  await agent.event('After');
  assert.deepEqual(await agent.page.evaluate(() => missed), [['call-1', NUMBER]]);
  await agent.idle();
  const second = { occCallId: 'call-2' };
  for (const name of ['AgentRinging', 'AgentAnswer', 'Conversation']) broker.tell(name, { ...CALL, ...second });
  broker.tell('After', { ...AFTER, ...second });
  await agent.event('After', { nth: 2 });
  assert.equal(await agent.page.evaluate(() => missed.length), 1);
});

test('calls are kept in the tab, the newest first, and no number ever in the browser', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.idle();
  broker.tell('AgentRinging', CALL);
  broker.tell('After', AFTER);
  await agent.event('After');
  await agent.call('call', NUMBER);
  await agent.event('Conversation');
  await agent.call('hangup');
  await agent.event('After', { nth: 2 });
  const { calls } = await inTab(agent, 'history');
  assert.deepEqual(calls.map(({ number, direction, answered }) => ({ number, direction, answered })), [
    { number: NUMBER, direction: 'outbound', answered: true },
    { number: NUMBER, direction: 'inbound', answered: false },
  ]);
  assert.ok(calls[0].talked >= 0 && calls[1].talked === null);
  assert.ok(calls.every(({ at }) => at > 0));
  const browser = await agent.page.evaluate(() => JSON.stringify(localStorage));
  assert.doesNotMatch(browser, new RegExp(NUMBER));
});

test('a page that keeps calls itself is given them, and the tab is not', async (t) => {
  const agent = await ready(t, () => ({
    history: {
      load: async () => ({ calls: [{ at: 1, id: 'old', number: '110', direction: 'inbound', answered: true, talked: 5, group: '' }], favourites: [] }),
      save: (all) => { window.saved = all; },
    },
  }));
  await agent.call('call', NUMBER);
  await agent.event('Conversation');
  await agent.call('hangup');
  await agent.event('After');
  const saved = await until(() => agent.page.evaluate(() => window.saved), { what: 'the page is given the calls' });
  assert.deepEqual(saved.calls.map(({ number }) => number), [NUMBER, '110']);
  assert.equal(await inTab(agent, 'history'), null);
});

test('no calls are kept where the page has switched that off', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, { more: { features: { history: false } } });
  await agent.idle();
  broker.tell('AgentRinging', CALL);
  broker.tell('After', AFTER);
  await agent.event('After');
  assert.equal(await inTab(agent, 'history'), null);
});

// -- what the page says ------------------------------------------------------------

test('the next state is chosen during a call, shown, and asked for when the call is over', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.idle();
  for (const name of ['AgentRinging', 'AgentAnswer', 'Conversation']) broker.tell(name, CALL);
  await agent.event('Conversation');
  await agent.call('setNextState', 'busy', '小休');
  assert.deepEqual((await agent.call('snapshot')).agent.next, { state: 'busy', busyType: '小休' });
  await agent.call('setNextState', null);
  assert.equal((await agent.call('snapshot')).agent.next, null);
  await agent.call('setNextState', 'busy', '小休');
  broker.tell('After', AFTER);
  await agent.event('Busy');
  assert.equal(requests(broker).find(({ request }) => request === 'busy').busyType, '小休');
});

test('wrap-up is made longer, and stands still, as long as there is one', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.idle();
  const code = (method) => agent.page.evaluate((name) => {
    try {
      return sdk[name]();
    } catch (error) {
      return error.code;
    }
  }, method);
  assert.deepEqual([await code('extendWrapUp'), await code('pauseWrapUp')], ['NOT_ALLOWED', 'NOT_ALLOWED']);
  for (const name of ['AgentRinging', 'AgentAnswer', 'Conversation']) broker.tell(name, CALL);
  broker.tell('After', { ...AFTER, agentAutoIdle: 1, agentAutoIdleTime: 600 });
  await agent.event('After');
  const wrapUp = async () => (await agent.call('snapshot')).wrapUp;
  const { until: first } = await wrapUp();
  await agent.call('extendWrapUp', 45);
  assert.equal((await wrapUp()).until, first + 45_000);
  await agent.call('extendWrapUp');
  assert.equal((await wrapUp()).until, first + 75_000);
  await agent.call('pauseWrapUp');
  const paused = await wrapUp();
  assert.ok(paused.until === null && paused.paused > 0);
  await agent.call('pauseWrapUp', false);
  assert.ok((await wrapUp()).until >= first + 75_000);
});

test('what the page says of a call is forgotten with the call', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, { more: { lang: 'en' } });
  await agent.idle();
  for (const name of ['AgentRinging', 'AgentAnswer', 'Conversation']) broker.tell(name, CALL);
  await agent.event('Conversation');
  const record = agent.toolbar.getByRole('img', { name: /record/i });
  await agent.call('setCallInfo', { recording: 'on' });
  await record.waitFor();
  broker.tell('After', AFTER);
  await agent.event('After');
  await agent.idle();
  for (const name of ['AgentRinging', 'AgentAnswer', 'Conversation']) broker.tell(name, { ...CALL, occCallId: 'call-2' });
  await agent.event('Conversation', { nth: 2 });
  assert.equal(await record.count(), 0);
});

test('what stands open to the page is there also where no toolbar is drawn', async (t) => {
  const agent = await logIn(t, shared, { more: { el: undefined } });
  for (const [method, ...values] of [['setCallInfo', { title: 'x' }], ['openPanel', 'dial'], ['closePanel'], ['setAutoAnswer', true]]) {
    assert.equal(await agent.call(method, ...values) ?? null, null, method);
  }
  assert.deepEqual(await agent.values('Exception'), []);
});
