import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { start } from '../lib/child.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { gets } from '../lib/promise-form.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const XTASK = process.env.XTASK_BIN || fileURLToPath(new URL('../../target/debug/xtask', import.meta.url));
const CUSTOMER = '13800138000';
const QUICK = '00020000';

/** The snapshot and the record of the same moment. */
const moment = (agent, options) => agent.page.evaluate((given) => [sdk.snapshot(), sdk.record(given)], options);

const replayInPage = (agent, record) => agent.page.evaluate((text) => AgentSdk.replay(text), record);

/** What `cargo xtask replay` says of a record: a line for each step, and the snapshot at the end. */
async function replayOutside(t, record) {
  const folder = await mkdtemp(join(tmpdir(), 'record-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'record.jsonl');
  await writeFile(file, record);
  const child = start(XTASK, ['replay', file]);
  assert.equal(await child.ended, 0, child.output);
  const from = child.output.indexOf('\n{\n') + 1;
  return { steps: child.output.slice(0, from).split('\n').filter(Boolean), snapshot: JSON.parse(child.output.slice(from)) };
}

/** The record of this moment plays again to the snapshot of this moment; gives the record. */
async function playsAgain(agent, about) {
  const [snapshot, record] = await moment(agent);
  assert.deepEqual(await replayInPage(agent, record), snapshot, about);
  return record;
}

/** A page at a broker of the test's own. */
async function at(t, broker, more) {
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser });
  await agent.start(optionsFor(broker, more));
  await agent.event('Login');
  return agent;
}

const event = (name, data, more) => ({
  type: 'event', event: name, nowState: name, eventTime: Date.now(), sequence: 0, companyId: 'demo', agentNumber: '1001', data, ...more,
});

async function fakeBroker(t, options) {
  const broker = await startFakeBroker(options);
  t.after(() => broker.stop());
  return broker;
}

test('a day of calls plays again to the same end, in a page and outside', async (t) => {
  const other = await logIn(t, shared, { more: { agentNumber: '1002' } });
  await gets(other, 'idle');
  const agent = await logIn(t, shared, { more: { pingInterval: 3000 } });
  const steps = [
    ['a busy agent', () => gets(agent, 'busy', '会议')],
    ['a ready agent', () => gets(agent, 'idle')],
    ['an inbound call', async () => {
      await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
      await agent.event('Conversation');
    }],
    ['a customer on hold', () => gets(agent, 'hold')],
    ['a customer off hold', () => gets(agent, 'unHold')],
    ['a muted agent', () => gets(agent, 'mute')],
    ['a lost link', async () => {
      await gets(agent, 'unMute');
      await shared.sandbox.fault('drop-sockets', { path: '/ws' });
      await agent.event('Reconnect');
    }],
    ['a consultation', () => gets(agent, 'consultCall', '1002', 1)],
    ['a conference', () => gets(agent, 'tripartiteCall')],
    ['wrap-up', async () => {
      await agent.call('hangup');
      await agent.event('After');
    }],
    ['an agent who is ready by themselves', () => agent.event('Idle', { nth: 2, bound: 120_000 })],
    ['a refused command', () => agent.page.evaluate(() => sdk.request.defaultCmd('noSuchRequest').catch(() => {}))],
    ['a call with data of the page', async () => {
      await agent.call('setUserdata', 'order 4711');
      await gets(agent, 'call', QUICK);
    }],
    ['the end of that call', async () => {
      await agent.call('hangup');
      await agent.event('After', { nth: 2 });
    }],
    ['a logout', () => gets(agent, 'logout')],
    ['a login', () => gets(agent, 'login')],
    ['a callers\' queue', async () => {
      await shared.sandbox.callIn({ from: CUSTOMER, group: 'g-sales' });
      await agent.event('QueueInfo');
    }],
  ];
  let record;
  for (const [about, play] of steps) {
    await play();
    record = await playsAgain(agent, about);
  }

  const [snapshot, last] = await moment(agent);
  const outside = await replayOutside(t, last);
  assert.deepEqual(outside.snapshot, snapshot);
  for (const word of ['Busy', 'Hold', 'TripartiteTalking', 'Reconnect', 'noSuchRequest', 'order 4711']) {
    assert.ok(record.includes(word), `${word} is in the record`);
  }
  for (const word of ['Conversation', 'Hold', 'TripartiteTalking', 'After', 'Logout']) {
    assert.ok(outside.steps.some((line) => line.includes(word)), `${word} is told`);
  }

  await agent.call('break');
  await playsAgain(agent, 'an ended link');
});

test('a supervisor\'s day plays again', async (t) => {
  const agent = await logIn(t, shared);
  await gets(agent, 'idle');
  await gets(agent, 'call', QUICK);
  const supervisor = await logIn(t, shared, { more: { agentNumber: '1000' } });
  await gets(supervisor, 'idle');
  await supervisor.call('surveillanceStart', { groupId: 'g-sales' }, 200);
  await until(() => supervisor.call('getStateByAgentNumber', '1001'), { what: 'the state of 1001 is known' });
  await supervisor.call('surveillanceEnd');
  await gets(supervisor, 'forceInsert', '1001');
  await playsAgain(supervisor, 'barged in');
  await gets(supervisor, 'hangup');
  await playsAgain(supervisor, 'left');
});

test('what a page changed before it got in plays again', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.start(optionsFor(shared.sandbox, { agentPassword: 'wrong' }));
  await agent.exception(/工号或密码错误/);
  await playsAgain(agent, 'refused');
  await gets(agent, 'login', { agentNumber: '1001', agentPassword: '123456' });
  await gets(agent, 'idle');
  await playsAgain(agent, 'the right password');
  await gets(agent, 'login', { agentNumber: '1002', agentPassword: '123456' });
  await playsAgain(agent, 'another agent');
});

test('a page that was reloaded goes on with clocks that play again', async (t) => {
  const agent = await logIn(t, shared);
  await gets(agent, 'idle');
  await gets(agent, 'call', QUICK);
  await agent.page.reload();
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Reconnect');
  await agent.event('Conversation');
  await playsAgain(agent, 'the same call');
});

test('bytes instead of text play again', async (t) => {
  const broker = await fakeBroker(t, { binary: true });
  const agent = await at(t, broker);
  await gets(agent, 'busy', '会议');
  const [snapshot, record] = await moment(agent);
  assert.deepEqual(await replayInPage(agent, record), snapshot);
  assert.ok(record.includes('"in":"bytes"'));
  assert.deepEqual([snapshot.agent.busyType, snapshot.agent.groups[0].name], ['会议', '一组']);
  const outside = await replayOutside(t, record);
  assert.deepEqual(outside.snapshot, snapshot);
});

test('several frames in one message play again, and long lists of agents are kept once', async (t) => {
  const broker = await fakeBroker(t, { login: { agentType: 1 } });
  const agent = await at(t, broker);
  const list = (mark) => event('Surveillance', {
    agentList: Array.from({ length: 100 }, (_, n) => ({ agentNumber: String(2000 + n), agentName: mark, nowState: 'Idle', groupList: [] })),
  }, { nowState: undefined });
  // Nearly three bytes for each character: so the frame is as short as its length in bytes lets it be.
  broker.push(list('众'.repeat(900)), event('Busy', { currentBusyType: '会议', more: ['[list]'] }));
  await agent.event('Busy');
  await playsAgain(agent, 'a list and a state');
  broker.push(list('alone'));
  broker.push(event('Lock', null), list('behind another'));
  await agent.event('Lock');
  await playsAgain(agent, 'lists beside other frames');
  broker.push(list('the newest'));
  broker.push(event('Idle', null));
  await agent.event('Idle');
  const record = await playsAgain(agent, 'lists alone');
  assert.ok(record.includes('the newest'), 'the newest list is kept');
  assert.ok(!record.includes('alone'), 'one before it is not');
});

const SECRETS = {
  agentPassword: 'agent-password-4711', connectPassword: 'broker-passcode-4711', key: 'key-in-the-address-4711',
  token: 'token-of-the-session-4711', sipPassword: 'sip-password-4711', webrtcSipPassword: 'webrtc-4711',
};

test('no secret is in a record', async (t) => {
  const { token, sipPassword, webrtcSipPassword, agentPassword, connectPassword, key } = SECRETS;
  const broker = await fakeBroker(t, { login: { token, sipPassword, webrtcSipPassword } });
  const agent = await at(t, broker, { agentPassword, connectPassword, url: `${broker.url}?key=${key}` });
  await gets(agent, 'idle');
  // Platforms say things twice, under names of their own.
  broker.tell('Lock', { remark: token, phone: { secret: webrtcSipPassword }, newPassword: 'another-one-4711' });
  await agent.event('Lock');
  await gets(agent, 'login', { agentNumber: '1001', agentPassword: 'changed-password-4711' });
  const record = await playsAgain(agent, 'masked');
  for (const [name, secret] of Object.entries({ ...SECRETS, another: 'another-one-4711', changed: 'changed-password-4711' })) {
    assert.ok(!record.includes(secret), `${name} is in the record`);
  }
  assert.ok(record.includes('****'), 'what is hidden leaves its length');
});

test('secrets with quotes, backslashes and letters of any script are hidden whole', async (t) => {
  const login = { token: 'tok"en\\-of-anything', sipPassword: 'a\\"b"-of-anything', webrtcSipPassword: '密码-of-anything' };
  const broker = await fakeBroker(t, { login });
  const agent = await at(t, broker);
  await gets(agent, 'busy', '会议');
  const record = await playsAgain(agent, 'masked');
  assert.ok(!record.includes('of-anything'));
});

test('telephone numbers are hidden for whoever asks for it, and only then', async (t) => {
  const broker = await fakeBroker(t);
  const agent = await at(t, broker);
  const call = { callDirection: 1, caller: '+86 138-0013-8000', called: '01012345678', occCallId: 'call-1', callType: 'normal', inQueueTime: 0 };
  broker.push(event('Conversation', call, { ivrParam: JSON.stringify({ ani: '13900139000' }) }));
  await agent.event('Conversation');
  await gets(agent, 'hangup');
  await gets(agent, 'call', CUSTOMER);

  const numbers = ['138-0013-8000', '01012345678', '13900139000', CUSTOMER];
  const [, whole] = await moment(agent);
  const [snapshot, hidden] = await moment(agent, { numbers: true });
  for (const number of numbers) {
    assert.ok(whole.includes(number), number);
    assert.ok(!hidden.includes(number), `${number} is in the record`);
  }
  assert.ok(hidden.includes('138****8000') && hidden.includes('010****5678'));
  const replayed = await replayInPage(agent, hidden);
  assert.deepEqual({ ...replayed, call: { ...replayed.call, party: CUSTOMER } }, snapshot);
  assert.match(replayed.call.party, /\*{4}/);
});

test('the newest part of a record can be read as well', async (t) => {
  const agent = await logIn(t, shared);
  await gets(agent, 'idle');
  const [snapshot, part] = await moment(agent, { last: 5 });
  assert.equal(part.trim().split('\n').length, 6, 'how it began, and five inputs');
  assert.deepEqual(Object.keys(await replayInPage(agent, part)), Object.keys(snapshot));
});

test('a new start begins a new record', async (t) => {
  const agent = await logIn(t, shared);
  await gets(agent, 'busy', 'before the start');
  await agent.call('init');
  await agent.event('Reconnect');
  const record = await playsAgain(agent, 'after the start');
  assert.ok(!record.includes('"in":"request"'));
});

test('what is no record is refused, with the line', async (t) => {
  const agent = await openAgent(t, shared);
  const failures = await agent.page.evaluate(() => {
    const failure = (text) => {
      try { return AgentSdk.replay(text); } catch (error) { return [error instanceof TypeError, error.message]; }
    };
    const first = '{"record":"0","url":"ws://x/","host":"/","connectAccount":"a","subscribePath":"/topic","who":{"loginType":1}}';
    return [failure(''), failure('hello'), failure('{}'), failure(`${first}\n{"m":1,"w":1,"in":"connect"}\n{`), failure(`${first}\n{"m":1,"w":1,"in":"x"}`)];
  });
  assert.deepEqual(failures, [
    [true, 'line 1: the record is empty'], [true, 'line 1: not JSON'], [true, 'line 1: not the first line of a record'],
    [true, 'line 3: not JSON'], [true, 'line 2: an unknown input'],
  ]);
});

test('a platform that asks for the log is heard by the page alone', async (t) => {
  const broker = await fakeBroker(t);
  const agent = await at(t, broker);
  const commands = () => broker.frames.filter(({ body }) => !/^{"request":"(heartbeat|groupQueueNum)"/.test(body)).length;
  const before = commands();
  const downloads = [];
  agent.page.on('download', (download) => downloads.push(download.suggestedFilename()));

  broker.tell('AgentUploadLog', null, null);
  // What was sent before the answer has come before it.
  await gets(agent, 'idle');
  await agent.page.evaluate(() => {
    window.logs = [];
    sdk.on('SaveLog', async (log) => logs.push({ type: log.type, snapshot: sdk.snapshot(), text: await log.text() }));
  });
  broker.tell('AgentUploadLog', null, null);
  const [log] = await until(() => agent.page.evaluate(() => logs.length > 0 && logs), { what: 'the log is handed to the page' });
  assert.match(log.type, /^text\/plain/);
  assert.deepEqual(await replayInPage(agent, log.text), log.snapshot);

  await gets(agent, 'busy');
  assert.equal((await agent.page.evaluate(() => logs)).length, 1, 'once, since somebody listens');
  assert.equal(commands(), before + 2, 'nothing was sent but idle and busy');
  assert.deepEqual(downloads, []);
});

test('inputs are shown on the console while somebody debugs, without secrets', async (t) => {
  const agent = await logIn(t, shared);
  await gets(agent, 'busy');
  assert.doesNotMatch(await agent.page.said(), /"in":"received"/);
  await agent.call('setDebug', true);
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  const { data: { token, sipPassword } } = await agent.event('Reconnect');
  await gets(agent, 'idle');
  const said = await agent.page.said();
  assert.match(said, /agent-toolbar.*"in":"received".*Reconnect/);
  assert.match(said, /"in":"request","data":\{"request":"idle"\}/);
  assert.ok(!said.includes(token) && !said.includes(sipPassword));

  await agent.call('setDebug', false);
  await gets(agent, 'busy', 'after the debugging');
  assert.ok(!(await agent.page.said()).includes('after the debugging'));
});
