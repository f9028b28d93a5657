import assert from 'node:assert/strict';
import { until } from '../../lib/until.mjs';
import { CUSTOMER, QUICK, SLOW, customerHangsUp, talking } from '../office.mjs';

/** The agent has given the call away, without asking the target first or after having it rung. */
const leaves = (agent, callId, [cause, callType]) => agent.hears(['After', { cause, hangupDirection: 0, callType, occCallId: callId }]);
const BLIND = [1600, 'normal'];
const ATTENDED = [1601, 'transfer'];

/** The call that was given away reaches its target, whose phone must not show what the one who gives away can do. */
const arrives = (target, callId) => target.hears(
  ['AgentRinging', { callDirection: 1, occCallId: callId, callType: undefined }],
  ['AgentAnswer', { callDirection: 1, occCallId: callId, callType: undefined }],
  ['Conversation', { callDirection: 1, caller: CUSTOMER, occCallId: callId, callType: 'transfer' }],
);

/** Waits until somebody else than agents talks to the customer of this call. */
const joins = (sandbox, callId, who) => until(async () => {
  const call = (await sandbox.state()).calls.find((one) => one.callId === callId);
  return call?.parties.some((party) => party.who === who);
}, { what: `${who} is in the call` });

/** Transfers, blind and attended, to everything a call can be given to. */
export function transferring({ scene }) {
  scene('a blind transfer to an agent', async ({ agent, other, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await agent.does('transferCall', other.number, 1, 0);
    await agent.gets(['TransferCall', null]);
    await leaves(agent, callId, BLIND);
    await arrives(other, callId);
    await customerHangsUp({ sandbox }, callId, other);
  });

  scene('a blind transfer to a number', async ({ agent, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await agent.does('transferCall', QUICK, 2, 0);
    await agent.gets(['TransferCall', null]);
    await leaves(agent, callId, BLIND);
    await joins(sandbox, callId, QUICK);
    await sandbox.hangUp(callId);
  });

  scene('a blind transfer to a group', async ({ agent, support, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await agent.does('transferCall', 'g-support', 3, 0);
    await agent.gets(['TransferCall', null]);
    await leaves(agent, callId, BLIND);
    await arrives(support, callId);
    await customerHangsUp({ sandbox }, callId, support);
  });

  scene('a transfer to the voice menu is the same, blind or attended, but for its cause', async ({ agent, other, support, sandbox }) => {
    const calls = [];
    for (const [one, mode, cause] of [[agent, 0, 1600], [other, 1, 1601]]) {
      const callId = await talking({ sandbox, agent: one });
      calls.push(callId);
      await one.does('transferCall', 'ivr-main', 4, mode);
      await one.gets(['TransferCall', null]);
      await one.hears(['After', { cause, hangupDirection: 0, occCallId: callId }]);
      // Before wrap-up ends by itself.
      await one.does('idle');
      await one.gets('Idle');
    }
    const [first, second] = calls;
    await sandbox.pressKeys(second, '9');
    await sandbox.pressKeys(first, '2');
    await support.hears('AgentRinging', 'AgentAnswer', ['Conversation', { caller: CUSTOMER, occCallId: first }]);
    await customerHangsUp({ sandbox }, first, support);
  });

  scene('an attended transfer to an agent, its type given as text', async ({ agent, other, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await agent.does('transferCall', other.number, '1');
    await agent.gets(['TransferCall', null], ['TransferCalling', { callType: 'transfer' }]);
    await leaves(agent, callId, ATTENDED);
    await arrives(other, callId);
    await customerHangsUp({ sandbox }, callId, other);
  });

  scene('an attended transfer to a number, which is what no type means', async ({ agent, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await agent.does('transferCall', QUICK);
    await agent.gets(['TransferCall', null], ['TransferCalling', { callType: 'transfer' }]);
    await leaves(agent, callId, ATTENDED);
    await joins(sandbox, callId, QUICK);
    await sandbox.hangUp(callId);
  });

  scene('an attended transfer to a group rings its idle agent', async ({ agent, support, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await agent.does('transferCall', 'g-support', 3, 1);
    await agent.gets(['TransferCall', null], ['TransferCalling', { callType: 'transfer' }]);
    await leaves(agent, callId, ATTENDED);
    await arrives(support, callId);
    await customerHangsUp({ sandbox }, callId, support);
  });

  scene('a transfer is called off while its target rings', async ({ agent, other, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await agent.once('TransferCalling', 'transferCancel');
    await agent.does('transferCall', other.number, 1);
    await agent.gets('TransferCall', 'TransferCalling');
    await agent.answering('transferCancel');
    await agent.gets(['TransferCancel', null]);
    await other.hears('AgentRinging', ['After', { cause: 1487, hangupDirection: 1, answerTime: 0 }]);
    // The agent talks on.
    await agent.does('hold');
    await agent.gets('Hold');
    await customerHangsUp({ sandbox }, callId, agent);
  });

  scene('a transfer to who cannot be had fails, and the agent talks on', async ({ agent, other, support, sandbox }) => {
    for (const one of [other, support]) {
      await one.does('busy');
      await one.gets('Busy');
    }
    const callId = await talking({ sandbox, agent });
    for (const target of [[other.number, 1, 0], ['7777', 1, 0], ['g-support', 3, 1]]) {
      await agent.does('transferCall', ...target);
      await agent.gets(['TransferCall', null], ['TransferCallFail', null]);
    }
    await agent.does('mute');
    await agent.gets(['Mute', { callType: 'normal' }]);
    await customerHangsUp({ sandbox }, callId, agent);
  });

  scene('the customer hangs up while the target of a transfer rings', async ({ agent, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await agent.does('transferCall', SLOW);
    await agent.gets('TransferCall', 'TransferCalling');
    await customerHangsUp({ sandbox }, callId, agent);
    await until(async () => (await sandbox.state()).calls.every((call) => call.callId !== callId), { what: 'the call is over' });
    assert.equal((await agent.inSandbox()).nowState, 'After');
  });
}
