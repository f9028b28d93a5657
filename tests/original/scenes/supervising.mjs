import assert from 'node:assert/strict';
import { until } from '../../lib/until.mjs';
import { CUSTOMER, NOT_NOW, customerHangsUp, talking } from '../office.mjs';

/** The supervisor's own phone rings and is answered, for this kind of call. */
const ownPhone = (callType, callId) => [
  ['AgentRinging', { callType, occCallId: callId }],
  ['AgentAnswer', { callType, occCallId: callId }],
];

/** The supervisor hears what the agent and the customer say. */
async function listens({ supervisor, agent }, callId) {
  await supervisor.does('listen', agent.number);
  await supervisor.gets(['Listen', null], ...ownPhone('listen', callId), ['Listening', { callType: 'listen', occCallId: callId }]);
}

/** What a list of agents says, the supervisor's own line left out. */
const numbers = ({ data }) => data.agentList.map(({ agentNumber }) => agentNumber).filter((number) => number !== '1000').sort();

/** The line of this agent in the list that the supervisor gets. */
async function line(supervisor, number) {
  await supervisor.does('surveillance', { agentNumber: number });
  const { data } = await supervisor.gets('Surveillance');
  assert.deepEqual(data.agentList.map(({ agentNumber }) => agentNumber), [number]);
  return data.agentList[0];
}

/** What a supervisor sees and does. */
export function supervising({ scene }) {
  scene('a supervisor sees who does what in the first group', async ({ agent, other, supervisor, sandbox }) => {
    await supervisor.does('surveillance');
    const list = await supervisor.gets('Surveillance');
    assert.deepEqual(numbers(list), ['1001', '1002']);
    const { operatingTime, loginTime, loginDuration, peerId, callDirection, groupList, ...rest } = await line(supervisor, '1002');
    assert.deepEqual(rest, { companyId: 'demo', agentId: 'id-1002', agentNumber: '1002', agentName: '陈浩', nowState: 'Idle' });
    for (const key of [operatingTime, loginTime, loginDuration, peerId, callDirection]) assert.notEqual(key, undefined);
    assert.deepEqual(groupList, [{ id: 'g-sales', name: '销售组' }]);

    // Whatever the agent does while talking, the toolbar of the supervisor acts on this one word.
    const callId = await talking({ sandbox, agent });
    assert.equal((await line(supervisor, agent.number)).nowState, 'Conversation');
    for (const [method, event, shown] of [
      ['hold', 'Hold', 'Hold'], ['unHold', 'UnHold', 'Conversation'], ['mute', 'Mute', 'Conversation'], ['unMute', 'Unmute', 'Conversation'],
    ]) {
      await agent.does(method);
      await agent.gets(event);
      assert.equal((await line(supervisor, agent.number)).nowState, shown);
    }
    assert.equal((await line(supervisor, agent.number)).callDirection, 0);
    await customerHangsUp({ sandbox }, callId, agent);

    await other.does('logout');
    await other.gets('Logout');
    await supervisor.does('surveillance');
    assert.deepEqual(numbers(await supervisor.gets('Surveillance')), ['1001']);
  });

  scene('a supervisor narrows the list', async ({ agent, other, supervisor, sandbox }) => {
    await other.does('busy');
    await other.gets('Busy');
    const callId = await talking({ sandbox, agent });
    const found = async (filter) => {
      await supervisor.does('surveillance', filter);
      return numbers(await supervisor.gets(['Surveillance', {}]));
    };
    assert.deepEqual(await found({ agentName: '林静' }), ['1001']);
    assert.deepEqual(await found({ agentState: 'Busy' }), ['1002']);
    assert.deepEqual(await found({ agentState: 'Conversation', agentName: '' }), ['1001']);
    assert.deepEqual(await found({ agentNumber: '1001', callDirection: 0 }), ['1001']);
    assert.deepEqual(await found({ agentNumber: '1001', callDirection: 1 }), []);
    // Not logged in, and in no case no list.
    assert.deepEqual(await found({ agentNumber: '1005' }), []);
    // This SDK always asks for the first group.
    assert.deepEqual(await found({ groupId: 'g-support', agentNumber: '' }), ['1001', '1002']);
    await customerHangsUp({ sandbox }, callId, agent);
  });

  scene('a supervisor watches until the watch is ended', async ({ supervisor }) => {
    await supervisor.does('surveillanceStart', undefined, 200);
    // A second start is ignored.
    await supervisor.does('surveillanceStart', { agentNumber: '1001' }, 100);
    assert.equal(supervisor.sequence, undefined);
    await supervisor.event('Surveillance', { nth: 3 });
    await supervisor.does('surveillanceEnd');
    for (const list of await supervisor.values('Surveillance')) assert.deepEqual(numbers(list), ['1001', '1002']);
    await supervisor.nothingMore('Surveillance');
  });

  scene('a supervisor listens, whispers, barges in and goes, and the agent is told nothing of the change', async ({ agent, supervisor, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await listens({ supervisor, agent }, callId);
    await supervisor.does('defaultTargetCmd', 'whisper', agent.number);
    await supervisor.gets(['Whisper', null], ['Whispering', { callType: 'whisper' }]);
    await supervisor.does('forceInsert', agent.number);
    await supervisor.gets(['ForceInsert', null], ['ForceInserting', { callType: 'forceInsert' }]);

    await supervisor.does('hangup');
    await supervisor.gets(['CancelCall', null]);
    await supervisor.hears(['After', { cause: 0, hangupDirection: 0, callType: 'forceInsert' }]);
    await agent.does('mute');
    await agent.gets('Mute');
    await customerHangsUp({ sandbox }, callId, agent);
  });

  scene('a supervisor barges in and hears the call end', async ({ agent, supervisor, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await supervisor.does('forceInsert', agent.number);
    await supervisor.gets(['ForceInsert', null], ...ownPhone('forceInsert', callId), ['ForceInserting', { callType: 'forceInsert' }]);
    await agent.hears(['ForceInserting', { agentNumber: supervisor.number }]);
    await customerHangsUp({ sandbox }, callId, agent);
    await supervisor.hears(['After', { cause: 0, hangupDirection: 1, callType: 'forceInsert' }]);
  });

  scene('a supervisor whispers to an agent, who is told', async ({ agent, supervisor, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    // No version of the original has a method for it.
    await supervisor.does('defaultTargetCmd', 'whisper', agent.number);
    await supervisor.gets(['Whisper', null], ...ownPhone('whisper', callId), ['Whispering', { callType: 'whisper' }]);
    await agent.hears(['Whispering', { agentNumber: supervisor.number }]);
    await customerHangsUp({ sandbox }, callId, agent);
    await supervisor.hears(['After', { cause: 0, hangupDirection: 1, callType: 'whisper' }]);
  });

  scene('a supervisor who is busy listens until the call ends', async ({ agent, supervisor, sandbox }) => {
    await supervisor.does('busy');
    await supervisor.gets('Busy');
    const callId = await talking({ sandbox, agent });
    await listens({ supervisor, agent }, callId);
    await customerHangsUp({ sandbox }, callId, agent);
    await supervisor.hears(['After', { cause: 0, hangupDirection: 1, callType: 'listen' }]);
  });

  scene('a supervisor takes a call over', async ({ agent, supervisor, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await supervisor.does('intercept', agent.number);
    await supervisor.gets(
      ['Intercept', null], ...ownPhone('intercept', callId), ['Intercepting', { callType: 'intercept' }],
      ['Conversation', { callType: 'intercept', caller: CUSTOMER, occCallId: callId }],
    );
    await agent.hears(['After', { cause: 1605, hangupDirection: 1 }]);
    await customerHangsUp({ sandbox }, callId, supervisor);
  });

  scene('a supervisor ends a call', async ({ agent, supervisor, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await supervisor.does('forceBreak', agent.number);
    await supervisor.gets(['ForceBreak', null]);
    await agent.hears(['After', { cause: 1503, hangupDirection: 1 }]);
    await until(async () => (await sandbox.state()).calls.every((call) => call.callId !== callId), { what: 'the customer is cut off' });
  });

  scene('a supervisor makes an agent busy, ready and log out', async ({ agent, supervisor }) => {
    await supervisor.does('forceBusy', agent.number);
    await supervisor.gets(['ForceBusy', {}]);
    await agent.hears(['Busy', { currentBusyType: '' }]);
    await supervisor.does('forceIdle', agent.number);
    await supervisor.gets(['ForceIdle', { beAgentNumber: agent.number }]);
    await agent.hears(['Idle', { loginType: '1' }]);
    await supervisor.does('forceLogout', agent.number);
    await supervisor.gets(['ForceLogout', {}]);
    await agent.hears(['Logout', {}]);
    assert.equal(await agent.call('isLogin'), false);
  });

  scene('an agent who is logged out in a call loses the call first', async ({ agent, supervisor, sandbox }) => {
    await talking({ sandbox, agent });
    await supervisor.does('forceLogout', agent.number);
    await supervisor.gets(['ForceLogout', {}]);
    await agent.hears(['After', { cause: 1503, hangupDirection: 1 }], ['Logout', {}]);
  });

  scene('who is no supervisor, and what does not fit, is refused', async ({ agent, other, supervisor, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    for (const method of ['listen', 'forceInsert', 'intercept', 'forceBreak', 'forceIdle', 'forceBusy', 'forceLogout']) {
      await other.does(method, agent.number);
      await other.refuses('没有权限使用该功能');
    }
    await supervisor.does('forceIdle', agent.number);
    await supervisor.refuses(NOT_NOW);
    for (const method of ['listen', 'forceInsert', 'intercept', 'forceBreak']) {
      await supervisor.does(method, other.number);
      await supervisor.refuses(NOT_NOW);
    }
    await supervisor.does('forceBusy', '7777');
    await supervisor.refuses('找不到被叫');
    await customerHangsUp({ sandbox }, callId, agent);
  });
}
