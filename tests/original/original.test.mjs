import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab, openTestPage } from '../lib/browser.mjs';
import { ORIGINAL_SDK } from '../lib/paths.mjs';

const shared = withSandbox();

/** A page with the unchanged original in it, logged in and ready. */
async function readyOriginal(t) {
  const page = await newTab(t, await newProfile(t, shared.browser));
  await openTestPage(page, shared.sandbox.origin, ORIGINAL_SDK);
  const agent = new Agent(page);
  // Always with a password: without one the original takes another from its own text.
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  assert.equal(await agent.call('getVersion'), '1.1.65');
  await agent.idle();
  return agent;
}

/** The label of the original's state button. */
const label = (agent) => agent.page.locator('#toolbar .ccs-sdk-container #ccs-sdk-state');

test('the original calls out, talks, and reaches wrap-up when the other side hangs up', async (t) => {
  const agent = await readyOriginal(t);
  await label(agent).getByText('空闲').waitFor();

  await agent.call('call', '13800138000');
  const { data: call } = await agent.event('Conversation');
  await label(agent).getByText('通话中').waitFor();
  assert.equal(await agent.page.locator('#ccs-sdk-hangup1').isVisible(), true);

  await shared.sandbox.hangUp(call.occCallId);
  const { nowState, data } = await agent.event('After');
  assert.equal(nowState, 'After');
  assert.equal(data.hangupDirection, 1);
  await label(agent).getByText('话后').waitFor();
});

test('the original rings for an inbound call and shows who calls', async (t) => {
  const agent = await readyOriginal(t);
  const callId = await shared.sandbox.callIn({ from: '13800138000', agent: '1001' });
  await agent.event('AgentRinging');
  const { caller, value } = (await agent.heard()).find(({ name }) => name === 'AgentRinging');
  assert.equal(value.data.caller, '13800138000');
  assert.match(caller, /138\*\*\*\*8000/);

  await agent.event('Conversation');
  await shared.sandbox.hangUp(callId);
  await agent.event('After');
});
