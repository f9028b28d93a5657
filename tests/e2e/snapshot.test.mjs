import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { fails, gets } from '../lib/promise-form.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';
const PARTS = ['agent', 'call', 'wrapUp', 'queue', 'link', 'allowed'];

const snapshot = (agent) => agent.call('snapshot');

test('there is nothing to tell before the start', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.start(undefined);
  assert.equal(await snapshot(agent), undefined);
});

test('nobody can change a snapshot, and each is an object of its own', async (t) => {
  const agent = await logIn(t, shared);
  await gets(agent, 'idle');
  await gets(agent, 'call', CUSTOMER);
  const found = await agent.page.evaluate(() => {
    const open = (object) => [
      ...(Object.isFrozen(object) ? [] : [object]),
      ...Object.values(object).filter((one) => one && typeof one === 'object').flatMap(open),
    ];
    const one = sdk.snapshot();
    return {
      open: open(one).length,
      thrown: thrown(() => { 'use strict'; one.call.party = 'x'; }),
      same: one === sdk.snapshot(),
      parts: Object.keys(one),
    };
  });
  assert.equal(found.open, 0, 'objects that are not frozen');
  assert.ok(found.thrown.isError, 'a change is an error');
  assert.equal(found.same, false);
  assert.deepEqual(found.parts, PARTS);
});

test('a snapshot tells who the agent is and what goes on, from ready to wrap-up', async (t) => {
  const agent = await logIn(t, shared);
  await gets(agent, 'busy', '会议');
  const busy = await snapshot(agent);
  const { since, ...who } = busy.agent;
  assert.deepEqual(who, {
    number: '1001', company: 'demo', state: 'Busy', situation: 'busy', busyType: '会议', loginType: 1, loggedIn: true,
    supervisor: false, mayCall: true, phoneLost: false, busyTypes: ['小休', '会议', '培训'],
    groups: [{ id: 'g-sales', name: '销售组', main: true }],
    ivrs: [{ id: 'ivr-main', name: '主菜单', main: false }], next: null, missed: 0, used: [],
  });
  assert.equal(since, (await agent.event('Busy')).eventTime, 'since the time that the platform told');
  assert.deepEqual([busy.call, busy.wrapUp, busy.queue.groups], [null, null, []]);
  const { state, attempt, latency, retryAt, upSince } = busy.link;
  assert.deepEqual([state, attempt, typeof latency, retryAt], ['up', 0, 'number', null]);
  assert.ok(upSince <= since, 'the link was up before the agent was busy');

  await gets(agent, 'idle');
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  const { eventTime } = await agent.event('Conversation');
  const { agent: talking, call: { ringingAt, queuedAt, ...call } } = await snapshot(agent);
  assert.deepEqual([talking.state, talking.situation, talking.busyType], ['Conversation', 'talking', '']);
  const [{ busyType, ms }] = talking.used;
  assert.deepEqual([busyType, ms > 0], ['会议', true], 'how long the agent was not ready');
  assert.deepEqual(call, {
    id: callId, direction: 'inbound', party: CUSTOMER, callType: 'normal', since: eventTime, muted: false, held: false,
    conference: false, consult: null, heldAt: null, mutedAt: null, consultAt: null, group: null, ivr: null, userData: '',
    transfer: null, watch: null, joinedBy: null, second: null,
  });
  const ringing = await agent.event('AgentRinging');
  assert.equal(ringingAt, ringing.eventTime);
  assert.equal(queuedAt, null);
  await gets(agent, 'mute');
  assert.equal((await snapshot(agent)).call.muted, true);
  await gets(agent, 'unMute');
  await gets(agent, 'hold');
  const held = await snapshot(agent);
  assert.deepEqual([held.call.held, held.call.muted, held.call.since, held.agent.situation], [true, false, eventTime, 'holding']);

  await shared.sandbox.hangUp(callId);
  const after = await agent.event('After');
  const { agent: tidying, call: none, wrapUp } = await snapshot(agent);
  assert.deepEqual([tidying.situation, none], ['wrapUp', null]);
  const { until: end, ...last } = wrapUp;
  assert.deepEqual(last, {
    since: after.eventTime, cause: 0, otherHungUp: true, talked: after.eventTime - eventTime, callId, party: CUSTOMER,
    direction: 'inbound', paused: null,
  });
  assert.ok(end >= wrapUp.since + 10_000, 'wrap-up of g-sales ends by itself after ten seconds');
});

test('a consultation and a conference are told as parts of the call', async (t) => {
  const [agent, other] = await Promise.all([logIn(t, shared), logIn(t, shared, { more: { agentNumber: '1002' } })]);
  await Promise.all([gets(agent, 'idle'), gets(other, 'idle')]);
  await gets(agent, 'call', CUSTOMER);
  await gets(agent, 'consultCall', '1002', 1);
  const consulting = await snapshot(agent);
  assert.deepEqual([consulting.agent.situation, consulting.call.party, consulting.call.consult], ['consulting', CUSTOMER, '1002']);
  await other.event('Conversation');
  assert.equal((await snapshot(other)).agent.situation, 'consulted');
  await gets(agent, 'tripartiteCall');
  const conference = await snapshot(agent);
  assert.deepEqual([conference.agent.situation, conference.call.conference], ['conference', true]);
});

test('waiting callers are counted by group', async (t) => {
  // A toolbar would ask by itself.
  const agent = await logIn(t, shared, { more: { el: undefined, queueLimits: { 'g-sales': 2 } } });
  assert.deepEqual((await snapshot(agent)).queue, { waiting: null, groups: [] });
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, group: 'g-sales' });
  const { data } = await agent.event('QueueInfo');
  await gets(agent, 'getQueueInfo');
  const { waiting, groups: [{ longestAt, ...group }] } = (await snapshot(agent)).queue;
  assert.deepEqual([waiting, group], [1, { groupId: 'g-sales', name: '销售组', waiting: 1, limit: 2 }]);
  assert.equal(longestAt, data[0].inQueueTime);
  await shared.sandbox.hangUp(callId);
  await agent.event('QueueInfo', { nth: 2 });
  assert.deepEqual((await snapshot(agent)).queue.groups, [{ groupId: 'g-sales', name: '销售组', waiting: 0, longestAt: null, limit: 2 }]);
});

test('the link is told as it goes and comes back', async (t) => {
  const agent = await logIn(t, shared);
  await shared.sandbox.fault('refuse-connections', { path: '/ws', ms: 10_000 });
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  await until(async () => (await snapshot(agent)).link.state !== 'up', { what: 'the link is gone' });
  const gone = await snapshot(agent);
  assert.deepEqual([gone.agent.loggedIn, gone.agent.situation, gone.link.latency], [false, 'signedOut', null]);
  await until(async () => (await snapshot(agent)).link.attempt >= 2, { what: 'tries are counted' });
  await agent.event('Reconnect');
  assert.deepEqual([(await snapshot(agent)).link.state, (await snapshot(agent)).link.attempt], ['up', 0]);
});

/** Collects in the page what the listeners of `snapshot` are told; gives how much that was at once. */
const collect = (agent) => agent.page.evaluate(() => {
  window.first = sdk.snapshot();
  window.told = [];
  window.listening = sdk.on('snapshot', (given, changed) => {
    told.push({ given, changed, now: JSON.stringify(given) === JSON.stringify(sdk.snapshot()), frozen: Object.isFrozen(given.agent) });
  });
  return told.length;
});

/** What was told, with the parts that did change since the time before. */
const told = (agent) => agent.page.evaluate((parts) => told.map(({ given, changed, now, frozen }, at) => {
  const before = at ? told[at - 1].given : first;
  return { changed, now, frozen, really: parts.filter((part) => JSON.stringify(given[part]) !== JSON.stringify(before[part])) };
}), PARTS);

test('whoever listens is told of each change, and which parts it is in', async (t) => {
  const agent = await logIn(t, shared);
  assert.equal(await collect(agent), 0, 'nothing of what was there already');

  await gets(agent, 'idle');
  await gets(agent, 'call', CUSTOMER);
  await gets(agent, 'mute');
  await gets(agent, 'unMute');
  await gets(agent, 'hold');
  await gets(agent, 'unHold');
  await gets(agent, 'hangup');
  await agent.event('After');
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, group: 'g-sales' });
  await agent.event('QueueInfo');
  await shared.sandbox.hangUp(callId);
  await agent.event('QueueInfo', { nth: 2 });

  const removed = await agent.page.evaluate(() => sdk.off('snapshot', listening));
  assert.equal(removed, true);
  const changes = await told(agent);
  for (const { changed, really, now, frozen } of changes) {
    assert.notDeepEqual(changed, []);
    assert.deepEqual(changed, really);
    assert.ok(now, 'it is what snapshot() gives');
    assert.ok(frozen);
  }
  const parts = (wanted) => changes.some(({ changed }) => wanted.every((part) => changed.includes(part)));
  assert.ok(parts(['agent', 'allowed']) && parts(['agent', 'call']) && parts(['call', 'wrapUp']) && parts(['queue']));
  assert.ok(changes.some(({ changed }) => !changed.includes('agent')), 'what stayed the same is not named');

  await gets(agent, 'idle');
  assert.equal((await told(agent)).length, changes.length, 'nobody is told who no longer listens');
});

// -- what is allowed ----------------------------------------------------------

const CALL = { callDirection: 1, caller: CUSTOMER, called: '1001', occCallId: 'call-1', inQueueTime: 0 };
const talk = (callType) => ['Conversation', { ...CALL, callType }];

/** The events that lead an agent who is ready into each situation. */
const WAYS = {
  signedOut: [['Logout', {}]],
  resting: [['CancelCall', null]],
  ready: [],
  busy: [['Busy', { currentBusyType: '' }]],
  wrapUp: [talk('normal'), ['After', { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 }]],
  locked: [['Lock', null]],
  settingUp: [['AgentRinging', CALL]],
  talking: [talk('normal')],
  holding: [talk('normal'), ['Hold', null]],
  transferring: [talk('normal'), ['TransferCall', null], ['TransferCalling', { callType: 'transfer' }]],
  consultRinging: [talk('normal'), ['ConsultCall', null], ['ConsultCalling', { ...CALL, called: '1002', callType: 'consult' }]],
  consulting: [talk('normal'), ['ConsultCall', null], ['Conversation', { ...CALL, called: '1002', callType: 'consult' }]],
  consulted: [talk('consulted')],
  conference: [talk('normal'), ['ConsultCall', null], talk('consult'), ['TripartiteTalk', null], ['TripartiteTalking', null]],
  watching: [['Listen', null], ['Listening', { ...CALL, callType: 'listen' }]],
};

/** The table of the documentation: request, the situations it is allowed in, whether it takes a supervisor. */
async function documented() {
  const page = await readFile(new URL('../../docs/allowed.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll('`', '')));
  const situations = rows.filter((row) => row.length === 2).map(([name]) => name);
  const rules = rows.filter((row) => row.length > 2).map(([request, where, supervisor]) => ({
    request, supervisor: supervisor === 'yes', situations: where === 'every situation' ? situations : where.split(', '),
  }));
  return { situations, rules };
}

/** Every target that a request may have; what it does not take, it does not send or the platform judges. */
const MEMBERS = {
  called: CUSTOMER, transferId: '1002', consultId: '1002', beAgentNumber: '1002', groupId: 'g1', dtmf: '1',
};

/** What becomes of each request in the promise form; the platform refuses all that reaches it. */
const outcomes = (agent, requests) => agent.page.evaluate(async ([names, members]) => {
  const code = (request) => sdk.request.send({ request, ...members }).then(() => 'done', (error) => error.code);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await code(name)])));
}, [requests, MEMBERS]);

for (const supervisor of [false, true]) {
  const whose = supervisor ? 'a supervisor' : 'an agent';
  test(`what ${whose} is told to be allowed is what the promise form lets through, in every situation`, async (t) => {
    const { situations, rules } = await documented();
    assert.deepEqual(Object.keys(WAYS), situations);
    const broker = await startFakeBroker({ login: { agentType: supervisor ? 1 : 0 }, refuses: (request) => request !== 'login' });
    t.after(() => broker.stop());

    for (const [situation, way] of Object.entries(WAYS)) {
      const agent = await openAgent(t, { sandbox: broker, browser: shared.browser });
      await agent.start(optionsFor(broker));
      await agent.event('Login');
      const events = [['Idle', null], ...way];
      for (const [name, data] of events) broker.tell(name, data);
      // The situation alone may be that of before them: who has just signed in rests, too.
      const come = ({ agent: now }) => now.situation === situation && now.state === events.at(-1)[0];
      await until(async () => come(await snapshot(agent)), { what: `the agent's situation is ${situation}` });

      const { allowed } = await snapshot(agent);
      const expected = rules.filter((rule) => rule.situations.includes(situation) && (supervisor || !rule.supervisor))
        // Nobody is muted.
        .map(({ request }) => request).filter((request) => request !== 'unmute');
      assert.deepEqual(allowed, expected, situation);

      // A login and a reconnection would lead elsewhere.
      const asked = rules.map(({ request }) => request).filter((request) => !['login', 'reconnect'].includes(request));
      const found = await outcomes(agent, asked);
      for (const [request, code] of Object.entries(found)) {
        assert.equal(code === 'REFUSED', allowed.includes(request), `${request} while ${situation}: ${code}`);
      }
      await agent.page.close();
    }
  });
}

test('who is muted may be heard again, and not be muted twice', async (t) => {
  const agent = await logIn(t, shared);
  await gets(agent, 'idle');
  await gets(agent, 'call', CUSTOMER);
  const of = async () => (await snapshot(agent)).allowed.filter((request) => /mute/.test(request));
  assert.deepEqual(await of(), ['mute']);
  await gets(agent, 'mute');
  assert.deepEqual(await of(), ['unmute']);
  assert.equal((await fails(agent, 'mute')).code, 'NOT_ALLOWED');
});
