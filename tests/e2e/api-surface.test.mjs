import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { declarations } from '../lib/declarations.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';

const shared = withSandbox();
const sorted = (names) => [...names].sort();
const file = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

/** All that pages call of the original, by its documents and by its two bundles. */
const ORIGINAL = `
  getVersion getLoginType init connect login logout break reconnect
  call hangup answer busy idle mute unMute hold unHold sendDTMF dial
  transferCall transferCancel consult consultCall consultCancel consultTransfer tripartiteCall
  surveillance surveillanceStart surveillanceEnd forceIdle forceBusy forceLogout listen forceBreak forceInsert intercept
  getStateByAgentId getStateByAgentNumber getIdleAgentByGroupId getGroups getAutoGroups getQueueInfo getFree
  on once off setUserdata isConnected isConnecting isLogin isConversation
  getSoftPhoneInstance isRegistered register unregister stop
  changeStyle setDebug defaultCmd defaultTargetCmd send onPrivateEventCallback
`.trim().split(/\s+/);

/** The class as it is: what its prototype and an object of it have. */
const reflected = (agent) => agent.page.evaluate(() => {
  const sdk = new AgentSdk();
  return {
    prototype: Object.getOwnPropertyNames(AgentSdk.prototype).filter((name) => name !== 'constructor'),
    own: Object.getOwnPropertyNames(sdk),
    statics: Object.getOwnPropertyNames(AgentSdk).filter((name) => !['length', 'name', 'prototype'].includes(name)),
    requests: Object.keys(sdk.request),
    takes: AgentSdk.length,
  };
});

test('the class is what index.d.ts says, name by name', async (t) => {
  const agent = await openAgent(t, shared);
  const real = await reflected(agent);
  const types = await declarations();
  const { own, statics } = types.ofClass('AgentSdk');
  assert.deepEqual(sorted(own), sorted([...real.prototype, 'request']));
  assert.deepEqual(sorted(statics), sorted(real.statics));
  assert.deepEqual(sorted(types.of('AgentSdkRequests')), sorted(real.requests));
  assert.equal(real.takes, 1);
});

/** All that pages use of the original's phone. */
const ORIGINAL_PHONE = `
  init register unregister stop disconnect destroy call hangup answer mute unMute dtmf dial setCalled getTargetNumber
  setAutoAnswer getDevices getConstraints isVideo draw on once off
  isRegistered isCalling isMute callType incomingSession devices currentDevices
`.trim().split(/\s+/);

test('the phone is what index.d.ts says, name by name, and has whatever a page uses of the original\'s', async (t) => {
  const agent = await openAgent(t, shared);
  const real = await agent.page.evaluate(() => ({
    own: [...new Set([SoftPhoneSdk.prototype, new SoftPhoneSdk()].flatMap((one) => Object.getOwnPropertyNames(one)))]
      .filter((name) => name !== 'constructor'),
    statics: Object.getOwnPropertyNames(SoftPhoneSdk).filter((name) => !['length', 'name', 'prototype'].includes(name)),
  }));
  const { own, statics } = (await declarations()).ofClass('SoftPhoneSdk');
  assert.deepEqual(sorted(own), sorted(real.own));
  assert.deepEqual(sorted(statics), sorted(real.statics));
  assert.deepEqual(ORIGINAL_PHONE.filter((name) => !real.own.includes(name)), []);
});

test('a phone\'s methods may be called alone, also before the start', async (t) => {
  const agent = await openAgent(t, shared);
  const { own } = (await declarations()).ofClass('SoftPhoneSdk');
  const outcomes = await agent.page.evaluate(async (names) => {
    const outcome = async (name) => {
      const { [name]: alone } = new SoftPhoneSdk();
      if (typeof alone !== 'function') return `is ${alone === null ? alone : typeof alone}`;
      try {
        const given = alone();
        await given;
        return `gives ${given instanceof Promise ? 'promise' : typeof given}`;
      } catch (error) {
        return error.code ?? String(error);
      }
    };
    const all = {};
    for (const name of names) all[name] = await outcome(name);
    return all;
  }, own);
  const expected = {
    isRegistered: 'is boolean', isCalling: 'is boolean', isMute: 'is boolean', callType: 'is null', incomingSession: 'is null',
    devices: 'is object', currentDevices: 'is undefined',
    init: 'PHONE_OPTIONS_MISSING', register: 'PHONE_PARAMETERS', call: 'PHONE_NOT_REGISTERED', check: 'PHONE_OPTIONS_MISSING',
    getTargetNumber: 'gives string', on: 'gives string', once: 'gives string', off: 'gives boolean', isVideo: 'gives boolean',
    calls: 'gives object', getConstraints: 'gives object', dial: 'gives object', setCalled: 'gives object', draw: 'gives object',
    getDevices: 'gives promise', setMicrophone: 'gives promise', tryMicrophone: 'gives promise', chosen: 'is object',
  };
  const silent = 'unregister stop disconnect destroy setAutoAnswer expect setLang setSpeaker setRingDevice setRingVolume trace'.split(' ');
  for (const [name, outcome] of Object.entries(outcomes)) {
    assert.equal(outcome, expected[name] ?? (silent.includes(name) ? 'gives undefined' : 'NO_CALL'), name);
  }
});

test('whatever a page calls of the original is there', async (t) => {
  const agent = await openAgent(t, shared);
  const { prototype } = await reflected(agent);
  assert.deepEqual(ORIGINAL.filter((name) => !prototype.includes(name)), []);
});

test('codes, requests, situations, parts, features and events are those of the tables', async (t) => {
  const types = await declarations();
  const firsts = (page, pattern) => [...new Set([...page.matchAll(pattern)].map(([, word]) => word))];
  const allowed = await file('docs/allowed.md');
  const events = (await file('crates/agent/src/event.rs')).match(/^events! \{\n([^]*?)^\}/m)[1];
  const { snapshot } = await (await logIn(t, shared)).page.evaluate(() => ({ snapshot: Object.keys(sdk.snapshot()) }));

  assert.deepEqual(types.union('ErrorCode'), firsts(await file('docs/errors.md'), /^## (\w+)$/gm));
  assert.deepEqual(types.union('RequestName'), firsts(allowed, /^\| `(\w+)` \|(?:[^|]*\|){5}$/gm));
  assert.deepEqual(types.union('Situation'), firsts(allowed, /^\| `(\w+)` \|[^|]*\|$/gm));
  assert.deepEqual(types.of('Snapshot'), snapshot);
  // What switches no request off.
  const others = 'autoAnswer history leaveWarning notifications record shortcuts wall'.split(' ');
  assert.deepEqual(sorted(types.of('Features')), sorted([...firsts(allowed, /`features\.(\w+)`/g), ...others]));
  assert.deepEqual(sorted(types.of('PlatformEvents')), sorted(firsts(events, /^ {4}(\w+),$/gm)));
});

test('methods may be called alone, also before the start', async (t) => {
  const agent = await openAgent(t, shared);
  const { own } = (await declarations()).ofClass('AgentSdk');
  const outcomes = await agent.page.evaluate((names) => {
    const sdk = new AgentSdk();
    return Object.fromEntries(names.map((name) => {
      const { [name]: alone } = sdk;
      if (typeof alone !== 'function') return [name, typeof alone];
      try {
        return [name, `gives ${typeof alone()}`];
      } catch (error) {
        return [name, error.code ?? String(error)];
      }
    }));
  }, own);

  const { request, sws, element, ...methods } = outcomes;
  assert.deepEqual([request, sws, element], ['object', 'object', 'undefined']);
  const expected = {
    getVersion: 'gives string', record: 'gives string', on: 'gives string', once: 'gives string',
    isConnected: 'gives boolean', isConnecting: 'gives boolean', isLogin: 'gives boolean', isConversation: 'gives boolean', off: 'gives boolean',
    init: 'OPTIONS_MISSING', connect: 'OPTION_MISSING', answer: 'CANNOT_ANSWER', send: 'COMMAND_EMPTY',
  };
  const silent = `
    getLoginType logout break surveillanceEnd getStateByAgentId getStateByAgentNumber snapshot setDebug setLang changeStyle
    onPrivateEventCallback getSoftPhoneInstance isRegistered register unregister stop sendDTMF dial
    setCallInfo openPanel closePanel setAutoAnswer destroy
  `.trim().split(/\s+/);
  for (const [name, outcome] of Object.entries(methods)) {
    assert.equal(outcome, expected[name] ?? (silent.includes(name) ? 'gives undefined' : 'NOT_CONNECTED'), name);
  }
});

/** What each command needs. */
const ARGUMENTS = {
  call: ['13800138000'], transferCall: ['1002'], consultCall: ['1002'], consult: ['1002'], sendDTMF: ['1'],
  getIdleAgentByGroupId: ['g1'], defaultCmd: ['anything'], defaultTargetCmd: ['anything', '1002'], send: [{ request: 'anything' }],
  ...Object.fromEntries(['forceIdle', 'forceBusy', 'forceLogout', 'forceBreak', 'listen', 'whisper', 'forceInsert', 'intercept']
    .map((name) => [name, ['1002']])),
};

test('commands give their number or nothing, as their types say', async (t) => {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser });
  await agent.start(optionsFor(broker));
  await agent.event('Login');
  const types = await declarations();
  const returns = types.returns('AgentSdk');
  // What is asked with a promise only, and what ends the session, which comes last.
  const names = types.of('AgentSdkRequests').filter((name) => !['login', 'getStateByAgentId', 'logout'].includes(name));
  for (const name of [...names, 'getFree', 'logout']) {
    const { given, sent } = await agent.page.evaluate(([method, values]) => {
      const all = () => sockets.flatMap((socket) => socket.sent);
      const before = all().length;
      const result = sdk[method](...values);
      return { given: result, sent: all().slice(before).join('') };
    }, [name, ARGUMENTS[name] ?? []]);
    const sequence = Number(sent.match(/"sequence":(\d+)/)?.[1]);
    assert.ok(sequence > 0, `${name} sends`);
    assert.ok(['void', 'number', 'number | undefined'].includes(returns[name]), `${name}: ${returns[name]}`);
    assert.equal(given, returns[name] === 'void' ? undefined : sequence, name);
  }
  await agent.event('Logout');
  assert.equal(await agent.call('logout'), undefined, 'nobody is logged in');
});

test('the script leaves two names in the page, and nothing else as it was not', async (t) => {
  const agent = await openAgent(t, shared);
  const { names, touched } = await agent.page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const fresh = new Set(Object.getOwnPropertyNames(frame.contentWindow));
    const native = (owner, name) => /\[native code\]/.test(Function.prototype.toString.call(owner[name]));
    return {
      names: Object.getOwnPropertyNames(window).filter((name) => !fresh.has(name) && !/^\d+$/.test(name)),
      touched: ['log', 'error', 'warn', 'debug'].filter((name) => !native(console, name)),
    };
  });
  const ofThePage = ['plain', 'startSdk', 'thrown'];
  assert.deepEqual(names.filter((name) => !ofThePage.includes(name)), ['AgentSdk', 'SoftPhoneSdk']);
  assert.deepEqual(touched, []);
});

test('pages find the socket where the original has it', async (t) => {
  const agent = await logIn(t, shared);
  const { url, state } = await agent.page.evaluate(() => ({ url: sdk.sws.ws.ws.url, state: sdk.sws.ws.ws.readyState }));
  assert.deepEqual({ url, state }, { url: shared.sandbox.url, state: 1 });
  await agent.call('break');
  assert.equal(await agent.page.evaluate(() => sdk.sws.ws.ws), undefined);
});

test('what is told of the agent is there before the login and after it', async (t) => {
  const agent = await openAgent(t, shared);
  const atOnce = await agent.page.evaluate((options) => {
    startSdk(options);
    return [sdk.getLoginType(), sdk.isConnecting(), sdk.isLogin()];
  }, optionsFor(shared.sandbox, { loginType: '2' }));
  assert.deepEqual(atOnce, ['2', true, false]);
  await agent.event('Login');
  assert.deepEqual([await agent.call('isConnecting'), await agent.call('isLogin'), await agent.call('getLoginType')], [false, true, 2]);
  assert.equal(await agent.call('isConversation'), false);
  await agent.idle();
  const callId = await shared.sandbox.callIn({ from: '13800138000', agent: '1001' });
  await agent.event('AgentRinging');
  assert.equal(await agent.call('isConversation'), true);
  await agent.event('Conversation');
  assert.equal(await agent.call('isConversation'), true);
  await shared.sandbox.hangUp(callId);
  await agent.event('After');
  assert.equal(await agent.call('isConversation'), false);
});

test('the toolbar\'s element takes a style', async (t) => {
  const agent = await logIn(t, shared);
  const style = () => agent.page.evaluate(() => document.querySelector('agent-toolbar').style.cssText);
  await agent.call('changeStyle', 'opacity: 0.5');
  assert.equal(await style(), 'opacity: 0.5;');
  await agent.call('changeStyle', { '--at-accent': 'red' });
  assert.equal(await style(), 'opacity: 0.5; --at-accent: red;');
});

test('a key is typed into the dial field, and sent during a call', async (t) => {
  const agent = await logIn(t, shared);
  await agent.idle();
  for (const key of ['1', 2, '#', -1]) await agent.call('dial', key);
  assert.equal(await agent.dialField.inputValue(), '12');
  await agent.call('call', '00020000');
  await agent.event('Conversation');
  await agent.call('dial', '5');
  const frame = (await agent.sent()).findLast((one) => one.includes('"request":"sendDTMF"'));
  assert.match(frame, /"dtmf":"5"/);
});
