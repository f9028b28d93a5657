import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { asks, fails, gets } from '../lib/promise-form.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

const CUSTOMER = '13800138000';
/** Somebody who answers at once, and somebody who lets it ring for longer than a test takes. */
const QUICK = '00020000';
const SLOW = '00020050';

/** An agent of this number, logged in and ready. */
async function ready(t, agentNumber = '1001', more = {}) {
  const agent = await logIn(t, shared, { more: { agentNumber, ...more } });
  await gets(agent, 'idle');
  return agent;
}

/** The commands that the page has sent, without what goes out by itself. */
const commands = async (agent) => (await agent.sent()).filter((frame) => /"request":"(?!heartbeat|groupQueueNum)/.test(frame));
const lastSequence = async (agent) => Number((await commands(agent)).at(-1).match(/"sequence":(\d+)/)[1]);

/** The promise resolves with the event of this name that answers the command. */
async function does(agent, name, method, ...args) {
  const event = await gets(agent, method, ...args);
  assert.deepEqual([event.type, event.event], ['event', name], method);
  assert.equal(event.sequence, await lastSequence(agent), `sequence of ${name}`);
  return event;
}

/** The agent is in a conversation with a customer; gives the call's id. */
async function talking(agent, called = QUICK) {
  const { data } = await does(agent, 'Conversation', 'call', called);
  return data.occCallId;
}

async function hangsUp(agent) {
  const nth = (await agent.values('After')).length + 1;
  await does(agent, 'CancelCall', 'hangup');
  await agent.event('After', { nth });
}

test('a promise resolves with the very event that listeners are told', async (t) => {
  const agent = await logIn(t, shared);
  assert.deepEqual(await does(agent, 'Idle', 'idle'), await agent.event('Idle'));
  const busy = await does(agent, 'Busy', 'busy', '会议');
  assert.equal(busy.data.currentBusyType, '会议');
  assert.deepEqual(busy, await agent.event('Busy'));
  assert.deepEqual(await agent.values('Exception'), []);
});

test('each step of a call resolves with the event that says it was done', async (t) => {
  const agent = await ready(t);
  const { data } = await does(agent, 'Conversation', 'call', ' 138 0013 8000 ');
  assert.deepEqual([data.called, data.callDirection], [CUSTOMER, 2]);
  await does(agent, 'Hold', 'hold');
  await does(agent, 'UnHold', 'unHold');
  await does(agent, 'Mute', 'mute');
  await does(agent, 'Unmute', 'unMute');
  assert.equal((await does(agent, 'SendDTMF', 'sendDTMF', '5')).data.dtmf, '5');
  await hangsUp(agent);
  assert.deepEqual((await shared.sandbox.state()).calls, []);
});

test('a call may bear an id of the page', async (t) => {
  const agent = await ready(t);
  const { data } = await does(agent, 'Conversation', 'call', QUICK, 2, '02100', 'call-of-the-page', 'contact-1');
  assert.deepEqual([data.occCallId, data.caller], ['call-of-the-page', '02100']);
});

test('an agent who consults can come back, hand the call over or talk to both', async (t) => {
  const [agent, other] = await Promise.all([ready(t), ready(t, '1002')]);
  const callId = await talking(agent);

  const { data } = await does(agent, 'Conversation', 'consultCall', '1002', 1);
  assert.deepEqual([data.callType, data.called], ['consult', '1002']);
  await does(agent, 'ConsultCancel', 'consultCancel');
  await other.event('After');
  await gets(other, 'idle');

  await does(agent, 'Conversation', 'consult', '1002');
  await does(agent, 'TripartiteTalking', 'tripartiteCall');
  await hangsUp(agent);
  // The two who are left talk to each other.
  await until(async () => (await other.values('Conversation')).at(-1).data.callType === 'transfer', { what: 'the customer is passed on' });
  await hangsUp(other);

  await Promise.all([gets(agent, 'idle'), gets(other, 'idle')]);
  const second = await talking(agent);
  assert.notEqual(second, callId);
  await does(agent, 'Conversation', 'consultCall', '1002', 1);
  await does(agent, 'ConsultTransfer', 'consultTransfer');
  await agent.event('After', { nth: 2 });
  await shared.sandbox.hangUp(second);
  await other.event('After', { nth: 3 });
});

test('a consultation that is called off while it rings settles both promises', async (t) => {
  const agent = await ready(t);
  await talking(agent);
  const consulted = await asks(agent, 'consultCall', SLOW, 2);
  await until(async () => (await agent.call('snapshot')).agent.situation === 'consultRinging', { what: 'it rings' });
  await does(agent, 'ConsultCancel', 'consultCancel');
  const { error } = await consulted.settled();
  assert.equal(error.code, 'COMMAND_FAILED');
  assert.match(error.message, /consultCall.*ConsultCancel/);
});

test('a blind transfer resolves with the end of the call here', async (t) => {
  const [agent, other] = await Promise.all([ready(t), ready(t, '1002')]);
  const callId = await talking(agent);
  const after = await gets(agent, 'transferCall', '1002', 1, 0);
  assert.deepEqual([after.event, after.data.cause, after.data.occCallId], ['After', 1600, callId]);
  assert.equal((await other.event('Conversation')).data.callType, 'transfer');
  await hangsUp(other);
});

test('an attended transfer resolves while the target rings, and can be called off', async (t) => {
  const agent = await ready(t);
  await talking(agent);
  await does(agent, 'TransferCalling', 'transferCall', SLOW);
  await does(agent, 'TransferCancel', 'transferCancel');
  await hangsUp(agent);
});

test('a supervisor listens, whispers, joins, takes and cuts calls, and sets the states of others', async (t) => {
  const [agent, supervisor] = await Promise.all([ready(t), ready(t, '1000')]);
  await talking(agent);
  const { data } = await does(supervisor, 'Surveillance', 'surveillance');
  assert.equal(data.agentList.find(({ agentNumber }) => agentNumber === '1001').nowState, 'Conversation');
  assert.equal(await gets(supervisor, 'getStateByAgentId', '1001'), 'Conversation');
  assert.equal(await gets(supervisor, 'getStateByAgentId', '1003'), null, 'who is not logged in has no state');

  assert.equal((await does(supervisor, 'Listening', 'listen', '1001')).data.callType, 'listen');
  await does(supervisor, 'Whispering', 'whisper', '1001');
  await does(supervisor, 'ForceInserting', 'forceInsert', '1001');
  await hangsUp(supervisor);
  await gets(supervisor, 'idle');

  assert.equal((await does(supervisor, 'Conversation', 'intercept', '1001')).data.callType, 'intercept');
  assert.equal((await agent.event('After')).data.cause, 1605);
  await hangsUp(supervisor);
  await gets(supervisor, 'idle');

  await gets(agent, 'idle');
  await talking(agent);
  await does(supervisor, 'ForceBreak', 'forceBreak', '1001');
  assert.equal((await agent.event('After', { nth: 2 })).data.cause, 1503);

  await does(supervisor, 'ForceBusy', 'forceBusy', '1001');
  assert.equal((await does(supervisor, 'ForceIdle', 'forceIdle', '1001')).data.beAgentNumber, '1001');
  await does(supervisor, 'ForceLogout', 'forceLogout', '1001');
  await agent.event('Logout');
});

test('groups, their idle agents and who waits are asked for and given', async (t) => {
  const [agent] = await Promise.all([ready(t), ready(t, '1002')]);
  for (const method of ['getGroups', 'getAutoGroups']) {
    const { data } = await does(agent, 'GroupInfo', method);
    assert.deepEqual(data.groupList.map(({ id }) => id), ['g-sales', 'g-support']);
  }
  const { data } = await does(agent, 'IdleAgent', 'getIdleAgentByGroupId', 'g-sales');
  assert.deepEqual(data.agentList.map(({ agentNumber }) => agentNumber), ['1002']);
  // The toolbar asks the same by itself, so another command may be the last one.
  const queue = await gets(agent, 'getQueueInfo');
  assert.deepEqual([queue.event, queue.data.groupQueueNum], ['GroupQueueNum', 0]);
  await does(agent, 'GroupInfo', 'defaultCmd', 'groupInfo');
  await does(agent, 'GroupInfo', 'send', { request: 'groupInfo' });
});

test('an agent logs out, in again and in as another, and comes back with the token', async (t) => {
  const agent = await ready(t);
  await does(agent, 'Reconnect', 'reconnect');
  await does(agent, 'Logout', 'logout');
  assert.equal(await agent.call('isLogin'), false);

  const again = await gets(agent, 'login');
  assert.deepEqual([again.event, again.agentNumber], ['Login', '1001']);

  const other = await gets(agent, 'login', { agentNumber: '1002', agentPassword: '123456' });
  assert.deepEqual([other.event, other.agentNumber], ['Login', '1002']);
  const { agents } = await shared.sandbox.state();
  const stateOf = (number) => agents.find(({ agentNumber }) => agentNumber === number).nowState;
  assert.deepEqual([stateOf('1001'), stateOf('1002')], ['Logout', 'Login']);

  const error = await fails(agent, 'login', { agentNumber: '1003', agentPassword: 'wrong' });
  assert.deepEqual([error.code, error.message, error.cause], ['REFUSED', '工号或密码错误', { status: 1 }]);
});

test('a page without options is told that there is no link', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.start(undefined);
  await refusedAtOnce(agent, 'NOT_CONNECTED', ['idle'], ['reconnect'], ['getGroups'], ['call', CUSTOMER]);
  assert.equal((await fails(agent, 'login')).code, 'NOT_CONNECTED');
});

test('an error is an Error with code, sentence, remedy and version', async (t) => {
  const agent = await logIn(t, shared);
  assert.deepEqual(await fails(agent, 'hold'), {
    isError: true,
    name: 'AgentSdkError',
    code: 'NOT_ALLOWED',
    message: 'hold: 当前座席尚未就绪，不能执行',
    remedy: '查看 snapshot().allowed',
    version: await agent.call('getVersion'),
    cause: undefined,
  });
  await agent.call('setLang', 'en');
  const { message, remedy } = await fails(agent, 'hold');
  assert.deepEqual([message, remedy],
    ['hold is not possible: the agent is logged in and not ready', 'see snapshot().allowed for what is possible']);
});

/** Each is rejected with this code, and nothing is sent or told to anybody else. */
async function refusedAtOnce(agent, code, ...requests) {
  const before = await commands(agent);
  for (const request of requests) {
    assert.equal((await fails(agent, ...request)).code, code, request.join(' '));
  }
  assert.deepEqual(await commands(agent), before, 'nothing is sent');
  assert.deepEqual(await agent.values('Exception'), []);
}

test('what the state does not allow is refused at once', async (t) => {
  const agent = await ready(t);
  await refusedAtOnce(agent, 'NOT_ALLOWED', ['hangup'], ['hold'], ['unHold'], ['mute'], ['transferCall', '1002', 1],
    ['consultCall', '1002', 1], ['sendDTMF', '1']);
  await talking(agent);
  await refusedAtOnce(agent, 'NOT_ALLOWED', ['idle'], ['busy'], ['logout'], ['call', CUSTOMER], ['unHold'], ['unMute'],
    ['transferCancel'], ['consultCancel'], ['consultTransfer'], ['tripartiteCall']);
  await gets(agent, 'mute');
  await refusedAtOnce(agent, 'NOT_ALLOWED', ['mute']);
  await gets(agent, 'unMute');
  await gets(agent, 'hold');
  await refusedAtOnce(agent, 'NOT_ALLOWED', ['hold'], ['transferCall', '1002', 1]);
});

test('what only supervisors may do is refused at once', async (t) => {
  const agent = await ready(t);
  await refusedAtOnce(agent, 'NOT_SUPERVISOR', ['surveillance'], ['getStateByAgentId', '1002'], ['forceIdle', '1002'],
    ['forceBusy', '1002'], ['forceLogout', '1002'], ['forceBreak', '1002'], ['listen', '1002'], ['whisper', '1002'],
    ['forceInsert', '1002'], ['intercept', '1002']);
});

test('what the page has switched off is refused at once', async (t) => {
  const agent = await ready(t, '1000', { features: { dial: false, supervisor: false } });
  await refusedAtOnce(agent, 'FEATURE_OFF', ['call', CUSTOMER], ['surveillance'], ['listen', '1001']);
});

test('a call of an agent who is known to be in none cannot be listened to', async (t) => {
  const [supervisor] = await Promise.all([ready(t, '1000'), ready(t, '1002')]);
  await gets(supervisor, 'surveillance');
  await refusedAtOnce(supervisor, 'NOT_IN_CONVERSATION', ['listen', '1002'], ['whisper', '1002'], ['forceInsert', '1002'],
    ['intercept', '1002'], ['forceBreak', '1002']);
});

test('a target that is missing is named', async (t) => {
  const agent = await ready(t);
  await refusedAtOnce(agent, 'CALLED_EMPTY', ['call'], ['call', ' ']);
  await refusedAtOnce(agent, 'TRANSFER_EMPTY', ['transferCall']);
  await refusedAtOnce(agent, 'CONSULT_EMPTY', ['consultCall'], ['consult']);
  await refusedAtOnce(agent, 'TARGET_EMPTY', ['forceIdle'], ['forceBusy'], ['forceLogout'], ['forceBreak'], ['listen'],
    ['whisper'], ['forceInsert'], ['intercept'], ['defaultTargetCmd', 'listen']);
  await refusedAtOnce(agent, 'GROUP_EMPTY', ['getIdleAgentByGroupId']);
  await refusedAtOnce(agent, 'COMMAND_INVALID', ['sendDTMF', '55'], ['sendDTMF', 'x']);
});

test('before a login and after a logout every command but these asks for one', async (t) => {
  const agent = await logIn(t, shared);
  await gets(agent, 'logout');
  await refusedAtOnce(agent, 'NOT_LOGGED_IN', ['idle'], ['busy'], ['call', CUSTOMER], ['hangup'], ['getGroups'], ['surveillance']);
  await agent.call('break');
  await refusedAtOnce(agent, 'NOT_CONNECTED', ['idle'], ['reconnect'], ['getGroups']);
});

test('a refusal of the platform comes with its words and its number', async (t) => {
  const supervisor = await ready(t, '1000');
  const error = await fails(supervisor, 'forceIdle', '1999');
  assert.deepEqual([error.code, error.cause], ['REFUSED', { status: 1003 }]);
  assert.notEqual(error.message, '');
  assert.deepEqual((await fails(supervisor, 'defaultCmd', 'noSuchRequest')).cause, { status: 1097 });
  // Whoever shows what goes wrong is told as well.
  assert.ok((await supervisor.values('Exception')).some(({ message }) => message === error.message));
});

test('what the platform tries in vain is told with the event that said so', async (t) => {
  const agent = await ready(t);
  await talking(agent);
  const transfer = await fails(agent, 'transferCall', '1003', 1, 0);
  assert.equal(transfer.code, 'COMMAND_FAILED');
  assert.match(transfer.message, /transferCall.*TransferCallFail/);
  const consult = await fails(agent, 'consultCall', '1003', 1);
  assert.equal(consult.code, 'COMMAND_FAILED');
  assert.match(consult.message, /consultCall.*ConsultCallFail/);
});

test('a call that ends before it was answered says why', async (t) => {
  const agent = await ready(t);
  const busy = await fails(agent, 'call', '00001017');
  assert.equal(busy.code, 'CALL_ENDED');
  assert.match(busy.message, /1017/);

  await gets(agent, 'idle');
  const call = await asks(agent, 'call', SLOW);
  await agent.event('CalledRinging');
  assert.equal(await call.isSettled(), false);
  await does(agent, 'CancelCall', 'hangup');
  const { error } = await call.settled();
  assert.equal(error.code, 'CALL_ENDED');
  assert.match(error.message, /1487/);
});

test('a platform that does not answer in time is told', async (t) => {
  const agent = await ready(t, '1001', { timeout: 3000 });
  await shared.sandbox.fault('freeze', { path: '/ws', ms: 9000 });
  const error = await fails(agent, 'busy');
  assert.deepEqual([error.code, error.message], ['COMMAND_TIMEOUT', '指令响应超时: busy']);
});

test('a link that is lost leaves the outcome open', async (t) => {
  const agent = await ready(t);
  const call = await asks(agent, 'call', SLOW);
  await agent.event('CalledRinging');
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  const { error } = await call.settled();
  assert.equal(error.code, 'LINK_LOST');
  await agent.event('Reconnect');
  assert.equal((await agent.call('snapshot')).call.party, SLOW);
  await hangsUp(agent);
});

test('an SDK that is started anew leaves the outcome open', async (t) => {
  const agent = await ready(t);
  const call = await asks(agent, 'call', SLOW);
  await agent.event('CalledRinging');
  await agent.call('init');
  const { error } = await call.settled();
  assert.deepEqual([error.code, error.message], ['REPLACED', 'call 的结果未知: SDK 已重新初始化']);
});
