import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';

const shared = withSandbox();

test('an agent dials from the toolbar, talks, the other side hangs up, and wrap-up ends by itself', async (t) => {
  const agent = await logIn(t, shared);
  await agent.idle();

  await agent.dial('13800138000');
  const { data: call } = await agent.event('Conversation');
  assert.equal(call.called, '13800138000');
  await agent.chipShows('通话中');

  const { calls } = await shared.sandbox.state();
  assert.deepEqual(calls.map(({ callId, to }) => ({ callId, to })), [{ callId: call.occCallId, to: '13800138000' }]);

  await shared.sandbox.hangUp(call.occCallId);
  const { data: end } = await agent.event('After');
  assert.equal(end.hangupDirection, 1);
  assert.deepEqual([end.agentAutoIdle, end.agentAutoIdleTime], [1, 10]);
  await agent.chipShows('话后');

  // Nobody asks for it: the second Idle is the SDK's own, after the time that came with After.
  await agent.event('Idle', { nth: 2, bound: 120_000 });

  const steps = (await agent.heard()).map(({ name }) => name).filter((name) => name !== 'StateChange');
  assert.deepEqual(steps.slice(steps.indexOf('MakeCall')), [
    'MakeCall', 'AgentOriginate', 'AgentRinging', 'AgentAnswer', 'CalledRinging', 'CalledAnswer', 'Conversation', 'After', 'Idle',
  ]);
});

test('the agent hangs up from the toolbar', async (t) => {
  const agent = await logIn(t, shared);
  await agent.idle();
  await agent.dial('13800138000');
  await agent.event('Conversation');

  await agent.press(agent.hangUp, async () => (await agent.values('CancelCall')).length > 0);
  const { data: end } = await agent.event('After');
  assert.equal(end.hangupDirection, 0);
  assert.deepEqual((await shared.sandbox.state()).calls, []);
});
