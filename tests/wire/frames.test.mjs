import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { Agent } from '../lib/agent.mjs';
import { launch, newProfile, newTab, openTestPage } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { CAPTURES, ORIGINAL_SDK, ORIGINAL_SDK_1_2_9, OUR_SDK, PKG } from '../lib/paths.mjs';
import { header, readFrame } from '../lib/stomp-frame.mjs';
import { until } from '../lib/until.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** Who is compared with the captures; `speaks` is the version that its frames name. */
const OURS = { sdk: OUR_SDK, speaks: '1.1.65', corrects: true };
const ORIGINAL = { sdk: ORIGINAL_SDK, speaks: '1.1.65' };
const ORIGINAL_1_2_9 = { sdk: ORIGINAL_SDK_1_2_9, speaks: '1.2.9' };

/** The frames of one capture file, with this version in the place of that which was captured. */
async function captured(number, speaks) {
  const name = (await readdir(CAPTURES)).find((one) => one.split('_')[1] === number);
  const text = await readFile(CAPTURES + name, 'utf8');
  return text.replace(/^#.*\n/gm, '').replace(/^version:.*$/gm, `version:${speaks}`).split('^@').map((frame) => frame.trimStart())
    .filter(Boolean).map((frame) => readFrame(frame.slice('> '.length)));
}

/** The frame as text, without what may differ from one run or one client to another: it must still have it. */
function comparable({ command, headers, body }) {
  const lines = headers.map(([name, value]) => {
    if (name === 'accept-version') return `${name}:${value.replace(/^1\.\d(,1\.\d)*$/, 'VERSIONS')}`;
    if (name === 'heart-beat') return `${name}:${value.replace(/^\d+,\d+$/, 'MS,MS')}`;
    if (name === 'destination') return `${name}:${value.replace(/^(\/topic\/).+$/, '$1KEY')}`;
    if (name === 'content-length') {
      assert.equal(Number(value), Buffer.byteLength(body), `content-length of ${body}`);
      return `${name}:LENGTH`;
    }
    return `${name}:${value}`;
  });
  const shown = body.replace(/"sequence":\d+/, '"sequence":N').replace(/"routingKey":"[^"]+"/, '"routingKey":"KEY"');
  return [command, ...lines, '', shown].join('\n');
}

const isHeartbeat = ({ body }) => body.startsWith('{"request":"heartbeat"');

/** A step whose method returns the sequence of its command; all others return nothing. */
const counted = (...step) => ({ step, returnsSequence: true });

/**
 * Every call that was captured, one after the other: the number of its capture, or none where nothing is sent, the method
 * with its arguments. `heard` is the event to wait for before the next.
 */
const STEPS = [
  { step: ['01', 'idle'], heard: 'Idle' },
  { ...counted('02', 'busy'), heard: 'Busy' },
  { ...counted('03', 'busy', '小休'), heard: 'Busy' },
  { step: ['04', 'call', '138 0013 8000'], heard: 'Conversation' },
  { step: ['06', 'hangup'], heard: 'After' },
  { step: ['05', 'call', '1002', 1, '02100', 'cid-1', 'contact-1'], heard: 'Conversation' },
  { step: ['06', 'hangup'], heard: 'After' },
  { step: ['07', 'mute'] },
  { step: ['08', 'unMute'] },
  { step: ['09', 'hold'] },
  { step: ['10', 'unHold'] },
  { step: ['11', 'transferCall', '13800138000'] },
  { step: ['12', 'transferCall', '1002', 1, 0] },
  { step: ['13', 'transferCall', 'g1', 3, 1] },
  { step: ['14', 'transferCancel'] },
  { step: ['15', 'consultCall', '1002', 1] },
  { step: ['16', 'consultCall', '1002'] },
  { step: ['17', 'consultCancel'] },
  { step: ['18', 'consultTransfer'] },
  { step: ['19', 'tripartiteCall'] },
  counted('20', 'surveillance'),
  {
    ...counted('21', 'surveillance', { groupId: 'g9', agentNumber: '1002', callDirection: 0, agentName: '' }),
    // The original puts the agent's first group in the place of the one that is asked for.
    corrected: (body) => body.replace('"groupId":"g1"', '"groupId":"g9"'),
  },
  counted('22', 'forceIdle', '1002'),
  counted('23', 'forceBusy', '1002'),
  counted('24', 'forceLogout', '1002'),
  counted('25', 'listen', '1002'),
  counted('26', 'forceBreak', '1002'),
  counted('27', 'forceInsert', '1002'),
  counted('28', 'intercept', '1002'),
  counted('29', 'getIdleAgentByGroupId', 'g1'),
  counted('30', 'getGroups'),
  counted('31', 'getQueueInfo'),
  { step: ['32', 'reconnect'], heard: 'Reconnect', beats: true },
  counted('33', 'defaultCmd', 'anything'),
  { step: ['35', 'sendDTMF', '5'] },
  { step: [undefined, 'sendDTMF', '55'] },
  { step: [undefined, 'dial', '7'] },
  { step: [undefined, 'getStateByAgentNumber', '1002'] },
  // Empty in the original; ours ask for what their names promise.
  { ...counted('29', 'getFree'), stub: true },
  { ...counted('30', 'getAutoGroups'), stub: true },
  { ...counted('52', 'logout'), heard: 'Logout' },
];

/** Every call that throws, with the text. */
const THROWN = [
  ['被叫不能为空', 'call'],
  ['转接目标不能为空', 'transferCall'],
  ['咨询目标不能为空', 'consultCall'],
  ...['forceIdle', 'forceBusy', 'forceLogout', 'listen', 'forceBreak', 'forceInsert', 'intercept']
    .map((method) => ['操作目标不能为空', method]),
  ['技能组id不能为空', 'getIdleAgentByGroupId'],
  ['指令不能为空', 'send'],
  ['无效的指令类型', 'send', {}],
  ['userdata转化 JSON 出错, 出错数据: null', 'setUserdata', null],
  ['当前登录模式不支持应答', 'answer'],
];

/** A page in which an agent has logged in with this client at a broker of its own. */
async function logIn(t, client, login) {
  const broker = await startFakeBroker({ login });
  t.after(() => broker.stop());
  const page = await newTab(t, await newProfile(t, browser));
  await openTestPage(page, broker.origin, client.sdk);
  const agent = new Agent(page);
  await agent.start({
    url: broker.url, host: '/', connectAccount: 'acc', connectPassword: 'pass', subscribePath: '/topic',
    companyShortName: 'demo', agentNumber: '1001', agentPassword: 'secret', loginType: 1,
  });
  await agent.event('Login');
  return { agent, broker };
}

/** Whether this client has the method; ours has all that any of the originals has. */
async function has(agent, { corrects }, method) {
  const found = await agent.page.evaluate((name) => typeof sdk[name] === 'function', method);
  if (corrects) assert.ok(found, `there is a method ${method}`);
  return found;
}

/** Logs an agent in with this client and calls the methods that were captured; every frame must be as it was then. */
async function compareWithCaptures(t, client) {
  const { agent, broker } = await logIn(t, client);
  const started = await captured('00', client.speaks);
  await until(() => broker.frames.length >= started.length, { what: 'login and heart-beat are sent' });
  assert.deepEqual(broker.frames.slice(0, started.length).map(comparable), started.map(comparable));
  const key = header(broker.frames[1], 'destination').slice('/topic/'.length);
  assert.equal(JSON.parse(broker.frames[2].body).routingKey, key, 'it listens where it asks to be answered');

  // The heart-beat goes on meanwhile and belongs to no step.
  const commands = () => broker.frames.slice(started.length).filter((frame) => !isHeartbeat(frame));
  const beats = () => broker.frames.filter(isHeartbeat);
  const times = {};
  let expected = [];

  async function take(frames, about) {
    const from = expected.length;
    expected = [...expected, ...frames.map(comparable)];
    await until(() => commands().length >= expected.length, { what: `the frames of ${about}` });
    assert.deepEqual(commands().slice(from).map(comparable), expected.slice(from), about);
  }

  for (const { step: [number, method, ...args], returnsSequence, heard, corrected, stub, beats: beatsAgain } of STEPS) {
    if (!await has(agent, client, method)) continue;
    const about = `${method}(${args.map((one) => JSON.stringify(one)).join(', ')})`;
    const sends = number !== undefined && (client.corrects || !stub);
    const frames = sends ? (await captured(number, client.speaks)).filter((frame) => !isHeartbeat(frame)) : [];
    if (corrected && client.corrects) for (const frame of frames) frame.body = corrected(frame.body);
    const beatsBefore = beats().length;

    const returned = await agent.call(method, ...args);
    await take(frames, about);
    const sequence = sends && returnsSequence ? JSON.parse(commands().at(-1).body).sequence : undefined;
    assert.equal(returned, sequence, `what ${about} returns`);
    if (heard) {
      times[heard] = (times[heard] ?? 0) + 1;
      await agent.event(heard, { nth: times[heard] });
    }
    if (beatsAgain) await until(() => beats().length > beatsBefore, { what: 'the heart-beat starts anew' });
  }

  // The old token goes along no more, and what the page wants to go along does.
  await agent.call('login');
  await take([started[2]], 'a login by hand');
  await agent.event('Login', { nth: 2 });
  await agent.call('setUserdata', 'u-42');
  await agent.call('hold');
  await take(await captured('34', client.speaks), 'hold with the data that the page has set');
  return agent;
}

test('the frames are those of agent-sdk 1.1.65', async (t) => {
  const agent = await compareWithCaptures(t, OURS);
  // The wire says which protocol it is; the product has a version of its own.
  const { version } = JSON.parse(await readFile(`${PKG}package.json`, 'utf8'));
  assert.equal(await agent.call('getVersion'), version);
});

// These keep this file honest: what it compares with is what the originals do in the same browser, on the same server.
test('the captures are what agent-sdk 1.1.65 itself sends', async (t) => {
  await compareWithCaptures(t, ORIGINAL);
});

test('the captures are, but for its version, what agent-sdk 1.2.9 itself sends', async (t) => {
  await compareWithCaptures(t, ORIGINAL_1_2_9);
});

/** Calls what throws; nothing of it may reach the platform. */
async function compareThrown(t, client) {
  const { agent, broker } = await logIn(t, client);
  await until(() => broker.frames.some(isHeartbeat), { what: 'the heart-beat is sent' });
  const isError = client.corrects === true;
  const thrownBy = (method, ...args) => agent.page.evaluate(([name, given]) => thrown(() => sdk[name](...given)), [method, args]);
  for (const [message, method, ...args] of THROWN) {
    if (!await has(agent, client, method)) continue;
    assert.deepEqual(await thrownBy(method, ...args), { isError, message }, `${method}(${args})`);
  }
  const commands = () => broker.frames.slice(3).filter((frame) => !isHeartbeat(frame));
  const numeric = await thrownBy('call', 1002);
  if (isError) {
    assert.equal(numeric, null);
    await agent.event('Conversation');
    assert.deepEqual(commands().map(({ body }) => body.replace(/\d{13}/, 'N')),
      ['{"request":"makeCall","sequence":N,"called":"1002","calledType":2}']);
  } else {
    assert.match(numeric.message, /replace is not a function$/);
    assert.deepEqual(commands(), []);
  }

  const { agent: alone } = await logIn(t, client, { groupIdList: [], groupInfoList: [] });
  assert.deepEqual(await alone.page.evaluate(() => thrown(() => sdk.surveillance({ agentName: 'x' }))),
    { isError, message: '指定筛选项时, 必须同时指定技能组ID(groupId)' });
}

test('what is thrown are Errors with the words of agent-sdk, and a number can be called', (t) => compareThrown(t, OURS));
test('what agent-sdk 1.1.65 throws are the words it is compared with', (t) => compareThrown(t, ORIGINAL));
test('what agent-sdk 1.2.9 throws are the words it is compared with', (t) => compareThrown(t, ORIGINAL_1_2_9));
