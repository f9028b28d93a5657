import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';

const shared = withSandbox();

test('an inbound call shows its number masked, and listeners get it whole', async (t) => {
  const agent = await logIn(t, shared);
  await agent.idle();
  const callId = await shared.sandbox.callIn({ from: '13800138000', agent: '1001' });

  const { data } = await agent.event('AgentRinging');
  assert.deepEqual([data.caller, data.occCallId, data.callDirection], ['13800138000', callId, 1]);
  await agent.event('Conversation');
  await agent.toolbar.getByText('138****8000').first().waitFor();
  assert.equal(await agent.toolbar.getByText('13800138000').count(), 0);

  await shared.sandbox.hangUp(callId);
  await agent.event('After');
});

test('markup in the number of a caller stays text', async (t) => {
  const agent = await logIn(t, shared, { more: { phoneEncryption: false } });
  await agent.idle();
  const from = '<img src=x onerror="window.ran=true">';
  const callId = await shared.sandbox.callIn({ from, agent: '1001' });

  assert.equal((await agent.event('AgentRinging')).data.caller, from);
  await agent.event('Conversation');
  await agent.toolbar.getByText(from).first().waitFor();
  assert.equal(await agent.toolbar.locator('img').count(), 0);

  await shared.sandbox.hangUp(callId);
  await agent.event('After');
  assert.equal(await agent.page.evaluate(() => 'ran' in window), false);
});
