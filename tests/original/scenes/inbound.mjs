import assert from 'node:assert/strict';
import { until } from '../../lib/until.mjs';
import { CUSTOMER, customerHangsUp } from '../office.mjs';

const MENU = 'ivr-main';

/** These agents stop being ready. */
async function busy(...agents) {
  for (const agent of agents) {
    await agent.does('busy');
    await agent.gets('Busy');
  }
}

/** Each of these hears of a change in the queue of g-sales; `waiting` are the numbers that wait now. */
async function queueChanges(agents, { isInQueue, waiting, handledBy }) {
  for (const agent of agents) {
    const info = await agent.hears('QueueInfo');
    assert.deepEqual([info.groupID, info.groupWaitNumber, info.isInQueue], ['g-sales', waiting.length, isInQueue]);
    assert.equal(info.handleAgentID, handledBy?.number ?? '');
    assert.deepEqual(info.data.map(({ caller, called, groupID }) => [caller, called, groupID]),
      waiting.map((caller) => [caller, 'g-sales', 'g-sales']));
    for (const { inQueueTime } of info.data) assert.equal(typeof inQueueTime, 'number');
  }
}

const waitingIn = async (sandbox, groupId) => (await sandbox.state()).queues.find((queue) => queue.groupId === groupId).waiting;

/** The phone of an agent rings for a call that came by way of the menu, and is answered. */
async function comesFromTheMenu(agent, callId, keys) {
  const call = { callDirection: 1, caller: CUSTOMER, called: MENU, occCallId: callId, ivrKeyRecord: [...keys] };
  for (const [name, data] of [['AgentRinging', call], ['AgentAnswer', call], ['Conversation', { ...call, callType: 'normal' }]]) {
    assertMenu(await agent.hears([name, data]), keys);
  }
}

function assertMenu({ event, ivrParam }, keys) {
  assert.equal(ivrParam, JSON.stringify({ ivrId: MENU, keys }), `ivrParam of ${event}`);
}

/** Calls that come in. */
export function inbound({ version, scene }) {
  scene('a customer calls an agent', async ({ agent, sandbox }) => {
    const callId = await sandbox.callIn({ from: CUSTOMER, agent: agent.number });
    const call = { callDirection: 1, caller: CUSTOMER, called: agent.number, occCallId: callId, inQueueTime: 0 };
    const ringing = await agent.hears(['AgentRinging', call]);
    assert.equal('ivrParam' in ringing, false);
    await agent.hears(['AgentAnswer', call], ['Conversation', { ...call, callType: 'normal' }]);
    // The older one counts only the calls that the agent has made.
    assert.equal(await agent.call('isConversation'), version === '1.2.9');

    await sandbox.hangUp(callId);
    await agent.hears(['After', { cause: 0, hangupDirection: 1, callDirection: 1, callType: 'normal', occCallId: callId }]);
  });

  scene('a customer who calls an agent who is not ready hears that, and the agent nothing', async ({ agent, sandbox }) => {
    await busy(agent);
    const callId = await sandbox.callIn({ from: CUSTOMER, agent: agent.number });
    const { calls } = await sandbox.state();
    assert.equal(calls.find((call) => call.callId === callId).state, 'failed');
    await sandbox.hangUp(callId);
  });

  scene('a call to a group goes to the agent who has been ready longest', async ({ agent, other, sandbox }) => {
    await busy(agent);
    await agent.does('idle');
    await agent.gets('Idle');
    const callId = await sandbox.callIn({ from: CUSTOMER, group: 'g-sales' });
    const call = { callDirection: 1, caller: CUSTOMER, called: 'g-sales', occCallId: callId };
    await other.hears(['AgentRinging', call], ['AgentAnswer', call], ['Conversation', { ...call, callType: 'normal' }]);
    await customerHangsUp({ sandbox }, callId, other);
  });

  scene('callers wait in their turn while nobody is ready', async ({ agent, other, supervisor, sandbox }) => {
    const group = [agent, other, supervisor];
    await busy(agent, other);
    const first = await sandbox.callIn({ from: CUSTOMER, group: 'g-sales' });
    await queueChanges(group, { isInQueue: 1, waiting: [CUSTOMER] });
    const second = await sandbox.callIn({ from: '13900139000', group: 'g-sales' });
    await queueChanges(group, { isInQueue: 1, waiting: [CUSTOMER, '13900139000'] });
    assert.equal(await waitingIn(sandbox, 'g-sales'), 2);
    await agent.does('getQueueInfo');
    await agent.gets(['GroupQueueNum', { groupQueueNum: 2 }]);

    await other.does('idle');
    await other.gets('Idle');
    await queueChanges(group, { isInQueue: 0, waiting: ['13900139000'], handledBy: other });
    const call = { callDirection: 1, caller: CUSTOMER, called: 'g-sales', occCallId: first };
    const { data } = await other.hears(['AgentRinging', call], ['AgentAnswer', call], ['Conversation', { ...call, callType: 'normal' }]);
    assert.ok(data.inQueueTime > 0, `waited ${data.inQueueTime}`);

    await sandbox.hangUp(second);
    await queueChanges(group, { isInQueue: 0, waiting: [] });
    assert.equal(await waitingIn(sandbox, 'g-sales'), 0);
    await customerHangsUp({ sandbox }, first, other);
  });

  scene('a key in the voice menu chooses the group', async ({ agent, other, support, sandbox }) => {
    await busy(other);
    for (const [keys, chosen] of [['1', agent], ['2', support]]) {
      const callId = await sandbox.callIn({ from: CUSTOMER, ivr: MENU });
      await sandbox.pressKeys(callId, keys);
      await comesFromTheMenu(chosen, callId, keys);
      await sandbox.hangUp(callId);
      assertMenu(await chosen.hears(['After', { cause: 0, hangupDirection: 1 }]), keys);
    }
  });

  scene('a key in the voice menu reaches whoever is ready, another ends the call', async ({ agent, other, support, sandbox }) => {
    await busy(agent, other);
    const callId = await sandbox.callIn({ from: CUSTOMER, ivr: MENU });
    await sandbox.pressKeys(callId, '0');
    await comesFromTheMenu(support, callId, '0');
    await customerHangsUp({ sandbox }, callId, support);

    const ended = await sandbox.callIn({ from: CUSTOMER, ivr: MENU });
    await sandbox.pressKeys(ended, '9');
    await until(async () => (await sandbox.state()).calls.every((call) => call.callId !== ended), { what: 'the menu hangs up' });
  });

  scene('who presses a key that the voice menu does not have gets to the support', async ({ support, sandbox }) => {
    const callId = await sandbox.callIn({ from: CUSTOMER, ivr: MENU });
    await sandbox.pressKeys(callId, '7');
    await support.hears('AgentRinging', 'AgentAnswer', 'Conversation');
    await customerHangsUp({ sandbox }, callId, support);
  });
}
