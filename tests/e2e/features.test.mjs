import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';
import { fails, gets } from '../lib/promise-form.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';

/** Each part that can be switched off, with the methods that are then gone and the requests that are no longer allowed. */
const PARTS = {
  dial: { methods: [['call', CUSTOMER]], requests: ['makeCall'] },
  hold: { methods: [['hold'], ['unHold']], requests: ['hold', 'unHold'] },
  mute: { methods: [['mute'], ['unMute']], requests: ['mute', 'unmute'] },
  dtmf: { methods: [['sendDTMF', '1']], requests: ['sendDTMF'] },
  transfer: { methods: [['transferCall', '1002', 1], ['transferCancel']], requests: ['transferCall', 'transferCancel'] },
  consult: {
    methods: [['consultCall', '1002', 1], ['consult', '1002'], ['consultCancel'], ['consultTransfer']],
    requests: ['consultCall', 'consultCancel', 'consultTransfer'],
  },
  conference: { methods: [['tripartiteCall']], requests: ['tripartiteTalk'] },
  supervisor: {
    methods: [['surveillance'], ...['forceIdle', 'forceBusy', 'forceLogout', 'forceBreak', 'listen', 'whisper', 'forceInsert', 'intercept']
      .map((method) => [method, '1002'])],
    requests: ['surveillance', 'forceIdle', 'forceBusy', 'forceLogout', 'forceBreak', 'listen', 'whisper', 'forceInsert', 'intercept'],
  },
};

const commands = async (agent) => (await agent.sent()).filter((frame) => /"request":"(?!heartbeat|groupQueueNum)/.test(frame));

/** What a method throws: its code and its sentence. */
const thrown = (agent, method, ...args) => agent.page.evaluate(([name, given]) => {
  try {
    sdk[name](...given);
  } catch (error) {
    return { isError: error instanceof Error, code: error.code, message: error.message };
  }
  return null;
}, [method, args]);

/** A supervisor in conversation, to whom nearly everything is open, with these features. */
async function supervisorInCall(t, features) {
  const agent = await logIn(t, shared, { more: { agentNumber: '1000', features } });
  await gets(agent, 'idle');
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1000' });
  await agent.event('Conversation');
  return { agent, callId };
}

for (const [feature, { methods, requests }] of Object.entries(PARTS)) {
  test(`what features.${feature} switches off is thrown, refused and not among what is allowed`, async (t) => {
    const { agent } = await supervisorInCall(t, { [feature]: false });
    const before = await commands(agent);
    const off = { isError: true, code: 'FEATURE_OFF', message: `功能已关闭: features.${feature}` };
    for (const [method, ...args] of methods) {
      assert.deepEqual(await thrown(agent, method, ...args), off, method);
      assert.equal((await fails(agent, method, ...args)).code, 'FEATURE_OFF', method);
    }
    assert.deepEqual(await commands(agent), before, 'nothing is sent');
    const { allowed } = await agent.call('snapshot');
    assert.deepEqual(allowed.filter((request) => requests.includes(request)), []);
    assert.ok(allowed.includes('cancelCall'), 'everything else is as it was');
  });
}

test('what is not switched off is there', async (t) => {
  const { agent } = await supervisorInCall(t, { dial: true, noSuchPart: false, hold: undefined, mute: 0 });
  const { allowed } = await agent.call('snapshot');
  for (const request of ['hold', 'mute', 'sendDTMF', 'transferCall', 'consultCall', 'surveillance']) {
    assert.ok(allowed.includes(request), request);
  }
  await gets(agent, 'hold');
});

/** Whether leaving the page would ask first. */
const asksBeforeLeaving = (agent) => agent.page.evaluate(() => {
  const leaving = new Event('beforeunload', { cancelable: true });
  dispatchEvent(leaving);
  return leaving.defaultPrevented;
});

test('leaving the page asks first while there is a call, and only then', async (t) => {
  const { agent, callId } = await supervisorInCall(t);
  assert.equal(await asksBeforeLeaving(agent), true);
  await shared.sandbox.hangUp(callId);
  await agent.event('After');
  assert.equal(await asksBeforeLeaving(agent), false);
});

test('a page may switch the question before leaving off', async (t) => {
  const { agent } = await supervisorInCall(t, { leaveWarning: false });
  assert.equal(await asksBeforeLeaving(agent), false);
});

test('a page may switch records off', async (t) => {
  const { agent } = await supervisorInCall(t, { record: false });
  assert.equal(await agent.call('record'), '');
});

test('a new start may switch on what was off', async (t) => {
  const { agent } = await supervisorInCall(t, { hold: false });
  await agent.call('connect', { features: {} });
  await agent.event('Reconnect');
  const { allowed } = await agent.call('snapshot');
  assert.ok(allowed.includes('hold'));
});
