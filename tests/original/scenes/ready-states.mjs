import assert from 'node:assert/strict';
import { CUSTOMER, NOT_NOW, QUICK, talking } from '../office.mjs';

const loginData = (number, more) => ({
  domain: 'sandbox.invalid',
  sipId: `2${number}`,
  webrtcSipId: `w2${number}`,
  webrtcDomain: 'sandbox.invalid',
  registerSipIp: '127.0.0.1',
  ivrList: [{ id: 'ivr-main', name: '主菜单' }],
  busyType: '小休,会议,培训',
  currentBusyType: '',
  agentMakeCall: 1,
  loginType: 1,
  queueNum: 0,
  ...more,
});

/** Ready, busy, logged out and in again. */
export function readyStates({ version, scene }) {
  scene('an agent is ready, and still ready, and busy for a reason or none', async ({ agent }) => {
    await agent.does('idle');
    await agent.gets(['Idle', { loginType: '1' }]);
    await agent.does('busy');
    await agent.gets(['Busy', { currentBusyType: '' }]);
    assert.equal(await agent.label(), '忙碌');
    await agent.does('busy', '小休');
    await agent.gets(['Busy', { currentBusyType: '小休' }]);
    assert.equal(await agent.label(), '小休');
    await agent.does('busy', '整理资料');
    await agent.gets(['Busy', { currentBusyType: '整理资料' }]);
    await agent.does('idle');
    await agent.gets(['Idle', { loginType: '1' }]);
  });

  scene('an agent logs out, and in again', async ({ agent }) => {
    await agent.does('logout');
    await agent.gets(['Logout', {}]);
    assert.deepEqual([await agent.call('isLogin'), await agent.call('isConnected')], [false, true]);
    assert.equal((await agent.inSandbox()).nowState, 'Logout');

    await agent.does('login');
    const { data } = await agent.gets(['Login', loginData('1001', { agentType: 0, groupIdList: ['g-sales'] })]);
    assert.equal(typeof data.token, 'string');
    const [group, ...more] = data.groupInfoList;
    assert.deepEqual([group.id, group.name, more], ['g-sales', '销售组', []]);
    assert.ok(group.isMaster);
    assert.deepEqual([await agent.call('isLogin'), await agent.call('getLoginType')], [true, 1]);
  });

  scene('a supervisor is told so at the login', async ({ supervisor }) => {
    await supervisor.does('logout');
    await supervisor.gets(['Logout', {}]);
    await supervisor.does('login');
    await supervisor.gets(['Login', loginData('1000', { agentType: 1, groupIdList: ['g-sales', 'g-support'] })]);
  });

  scene('what the page has set goes along with commands and comes back with events', async ({ agent, sandbox }) => {
    await agent.does('setUserdata', 'order 42');
    await agent.does('idle');
    assert.equal((await agent.gets('Idle')).userdata, 'order 42');
    // A number is taken as text.
    await agent.does('setUserdata', 43);
    await agent.does('call', QUICK);
    await agent.gets('MakeCall', ['AgentOriginate', { userData: '43' }], 'AgentRinging', 'AgentAnswer', 'CalledRinging', 'CalledAnswer');
    const { userdata, data } = await agent.gets(['Conversation', { userData: '43' }]);
    assert.equal(userdata, '43');
    await sandbox.hangUp(data.occCallId);
    await agent.hears('After');
    await agent.does('setUserdata', '');
  });

  scene('a locked agent can neither become ready nor busy nor call, until unlocked', async ({ agent, supervisor, sandbox }) => {
    await sandbox.fault('lock', { agent: agent.number });
    await agent.hears(['Lock', null]);
    for (const command of [['idle'], ['busy'], ['call', CUSTOMER]]) {
      await agent.does(...command);
      await agent.refuses(NOT_NOW);
    }
    await sandbox.fault('unlock', { agent: agent.number });
    await agent.hears('Idle');

    await sandbox.fault('lock', { agent: agent.number });
    await agent.hears(['Lock', null]);
    await supervisor.does('forceIdle', agent.number);
    await supervisor.gets(['ForceIdle', { beAgentNumber: agent.number }]);
    await agent.hears('Idle');
  });

  scene('an agent whose phone is gone loses the call and the session', async ({ agent, sandbox }) => {
    await talking({ sandbox, agent });
    await sandbox.fault('phone-lost', { agent: agent.number });
    await agent.hears(
      ['After', { cause: 1066, data: '话机注销', code: -1001, hangupDirection: 0 }],
      ['SipError', null],
      ['Logout', { code: -1001 }],
    );
    assert.equal(await agent.label(), '话机注销');
    assert.equal(await agent.call('isLogin'), false);
  });

  scene('what concerns a browser phone does nothing with another, and stubs do nothing at all', async ({ agent }) => {
    assert.equal(await agent.call('getVersion'), version);
    for (const method of ['isRegistered', 'getSoftPhoneInstance', 'register', 'unregister', 'stop', 'getFree', 'getAutoGroups']) {
      assert.equal(await agent.call(method), undefined, method);
    }
    for (const [method, ...args] of [['getStateByAgentNumber', '1002'], ['changeStyle', 'wide'], ['setDebug', true]]) {
      assert.equal(await agent.call(method, ...args), undefined, method);
    }
    assert.equal(await agent.call('isConnecting'), false);
    if (version === '1.2.9') assert.deepEqual([await agent.call('useSIM'), await agent.call('useWebRTC')], [false, false]);
  });
}
