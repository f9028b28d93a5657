import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { freePorts } from '../lib/child.mjs';
import { declarations } from '../lib/declarations.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { gets } from '../lib/promise-form.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

/** Names that a careless object would trip over, and names that nobody knows yet. */
const UNKNOWN = ['SomethingNew', '新事件', 'constructor', 'toString', '__proto__', 'open', 'idle', 'a b"c'];

/** An agent logged in at a broker that says whatever the test wants. */
async function logInAtFakeBroker(t, options, more) {
  const broker = await startFakeBroker(options);
  t.after(() => broker.stop());
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser });
  await agent.start(optionsFor(broker, more));
  await agent.event('Login');
  return { agent, broker };
}

/** Collects what these listeners are told, in order. */
const listen = (agent, names) => agent.page.evaluate((wanted) => {
  window.all = [];
  for (const name of wanted) {
    sdk.on(name, (...values) => {
      const [first, second] = values.map((value) => (value && value.headers ? { frame: value.command, headers: value.headers, body: value.body } : plain(value)));
      all.push({ name, values: values.length, first, second });
    });
  }
}, names);

/** What was collected, once the event of this name is in it. */
const collected = (agent, last) => until(async () => {
  const all = await agent.page.evaluate(() => window.all);
  return all.some(({ name }) => name === last) && all;
}, { what: `${last} is heard` });

let eventTime = Date.now() + 1_000_000;
/** An event with more in it than anybody knows. */
const envelope = (event, more = {}) => {
  eventTime += 1;
  return {
    type: 'event', event, nowState: event, eventTime, sequence: 0, companyId: 'demo', agentNumber: '1001', agentId: 'id-1001',
    userdata: '中文 "quoted" \\ \n\u0001 😀', ivrParam: '{"ivrId":"ivr-main"}', more: { deep: [1, 2.5, -3e-7, null, true, ['']] },
    data: { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'call-1', callType: 'normal', anything: { of: 'the platform' } },
    ...more,
  };
};

test('every event reaches its listeners unchanged, with its frame', async (t) => {
  const { agent, broker } = await logInAtFakeBroker(t);
  const names = [...(await declarations()).of('PlatformEvents'), ...UNKNOWN];
  await listen(agent, [...names, 'the end']);
  const events = names.map((name) => envelope(name));
  for (const event of events) broker.push(event);
  broker.push(envelope('the end'));

  const heard = await collected(agent, 'the end');
  assert.deepEqual(heard.map(({ name }) => name), [...names, 'the end']);
  for (const [at, event] of events.entries()) {
    const { values, first, second } = heard[at];
    assert.equal(values, 2);
    assert.deepEqual(first, event, event.event);
    assert.deepEqual([second.frame, JSON.parse(second.body)], ['MESSAGE', event]);
    assert.match(second.headers.destination, /^\/topic\//);
  }
});

test('several events in one message, and bytes, arrive the same', async (t) => {
  for (const binary of [false, true]) {
    const { agent, broker } = await logInAtFakeBroker(t, { binary });
    await listen(agent, ['Hold', 'UnHold', '新事件']);
    const events = ['Hold', 'UnHold', '新事件'].map((name) => envelope(name));
    broker.push(...events);
    const heard = await collected(agent, '新事件');
    assert.deepEqual(heard.map(({ first }) => first), events, binary ? 'bytes' : 'text');
    assert.deepEqual(heard.map(({ second }) => JSON.parse(second.body)), events);
  }
});

test('a message is told first, then the state, then the event itself', async (t) => {
  // A toolbar would ask how many callers wait, and be answered in between.
  const { agent, broker } = await logInAtFakeBroker(t, {}, { el: undefined });
  // The heart-beat of the login is answered before this.
  await gets(agent, 'idle');
  await listen(agent, ['Message', 'StateChange', 'Busy', 'QueueInfo', 'Surveillance', 'GroupQueueNum', 'SomethingNew', 'the end']);
  const response = { type: 'response', response: 'anything', sequence: 1, status: 0, msg: 'success' };
  const busy = envelope('Busy');
  const late = { ...envelope('Busy'), eventTime: busy.eventTime - 500, nowState: 'Idle' };
  broker.push(response);
  broker.push(busy);
  broker.push(busy);
  broker.push(late);
  broker.push(envelope('QueueInfo', { nowState: undefined }));
  broker.push(envelope('Surveillance', { nowState: 'Idle' }), envelope('GroupQueueNum', { nowState: 'Idle' }));
  broker.push(envelope('SomethingNew', { nowState: 'SomeState' }));
  broker.push({ type: 'weather', sun: true });
  broker.push(envelope('the end', { nowState: undefined }));

  const heard = await collected(agent, 'the end');
  const brief = heard.map(({ name, first }) => (name === 'Message' ? `Message ${first.event ?? first.type}` : name === 'StateChange' ? `StateChange ${first}` : name));
  assert.deepEqual(brief, [
    'Message response',
    'Message Busy', 'StateChange Busy', 'Busy',
    // What comes twice is told once, and what comes late changes no state.
    'Message Busy', 'Busy',
    'Message QueueInfo', 'QueueInfo',
    'Message Surveillance', 'Surveillance', 'Message GroupQueueNum', 'GroupQueueNum',
    'Message SomethingNew', 'StateChange SomeState', 'SomethingNew',
    'Message weather',
    'Message the end', 'the end',
  ]);
  const change = heard.find(({ name }) => name === 'StateChange');
  assert.deepEqual([change.values, change.second], [2, busy], 'with the event that told it');
  assert.equal((await agent.call('snapshot')).agent.state, 'SomeState');
});

test('an event that should tell a state and does not is reported, and told all the same', async (t) => {
  const { agent, broker } = await logInAtFakeBroker(t);
  await gets(agent, 'idle');
  await listen(agent, ['Hold']);
  const hold = envelope('Hold', { nowState: undefined });
  broker.push(hold);
  const [{ first }] = await collected(agent, 'Hold');
  // JSON has no undefined.
  assert.deepEqual(first, JSON.parse(JSON.stringify(hold)));
  assert.equal(await agent.exception(/nowState/), '事件缺少 nowState，座席状态保持不变: Hold');
  assert.equal((await agent.call('snapshot')).agent.state, 'Idle');
});

test('each thing that the SDK tells of itself is told', async (t) => {
  const broker = await startFakeBroker({ login: { agentType: 1 } });
  t.after(() => broker.stop());
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser });
  const names = (await declarations()).of('LocalEvents');
  await agent.page.evaluate(() => { window.sdk = new AgentSdk(); });
  await listen(agent, names);
  await agent.page.evaluate((options) => sdk.init(options), optionsFor(broker));
  const one = async (name) => (await collected(agent, name)).find((heard) => heard.name === name);

  assert.deepEqual((await one('Open')).first.frame, 'CONNECTED');
  assert.equal((await one('Open')).first.headers.version, '1.1');
  assert.deepEqual([(await one('StateChange')).first, (await one('StateChange')).values], ['connected', 1]);
  await one('Message');
  await until(() => agent.call('isLogin'), { what: 'the agent is logged in' });
  await gets(agent, 'idle');
  const { second: changed } = await one('snapshot');
  assert.ok(Array.isArray(changed) && changed.length > 0);

  const watched = (number, nowState) => ({ agentNumber: number, nowState, operatingTime: 1 });
  const list = (...agentList) => broker.push({ type: 'event', event: 'Surveillance', sequence: 0, data: { agentList } });
  list(watched('1002', 'Idle'), watched('1003', 'Busy'));
  list(watched('1002', 'Idle'), watched('1004', 'Idle'));
  const differences = await until(async () => {
    const all = (await collected(agent, 'agents')).filter(({ name }) => name === 'agents');
    return all.length === 2 && all.map(({ first }) => first);
  }, { what: 'two differences' });
  assert.deepEqual(differences, [
    { changed: [watched('1002', 'Idle'), watched('1003', 'Busy')], removed: [] },
    { changed: [watched('1004', 'Idle')], removed: ['1003'] },
  ]);

  broker.tell('AgentUploadLog', null, null);
  assert.equal((await one('SaveLog')).values, 1);
  broker.drop();
  assert.deepEqual((await one('Close')).first, { domEvent: 'close' });
  await agent.page.evaluate(() => thrown(() => sdk.send()));
  assert.equal((await one('Exception')).first.isError, true);
  await until(() => agent.call('isConnected'), { what: 'the link is back' });
  await agent.call('break');
  await one('Disconnect');
  const [port] = await freePorts(1);
  await agent.page.evaluate((url) => sdk.connect({ url }), `ws://127.0.0.1:${port}/ws`);
  assert.deepEqual((await one('Error')).first, { domEvent: 'error' });

  const told = new Set((await agent.page.evaluate(() => window.all)).map(({ name }) => name));
  assert.deepEqual(names.filter((name) => !told.has(name)), []);
});
