import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab } from '../lib/browser.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

/** The state that the sandbox has for agent 1001. */
const nowState = async () => (await shared.sandbox.state()).agents.find(({ agentNumber }) => agentNumber === '1001')?.nowState;

/** The demo page with agent 1001 signed in by its form and made ready by the toolbar. */
async function readyInDemo(t) {
  const page = await newTab(t, await newProfile(t, shared.browser));
  await page.goto(`${shared.sandbox.origin}/?lang=zh`);
  await page.getByTestId('signin-submit').click();
  await page.getByTestId('agent').getByText('1001').waitFor();

  const agent = new Agent(page);
  const ready = agent.toolbar.getByRole('menuitemradio').first();
  await agent.press(agent.chip, () => ready.isVisible());
  await agent.press(ready, async () => await nowState() === 'Idle' || !await ready.isVisible());
  await until(async () => await nowState() === 'Idle', { what: 'agent 1001 is ready' });
  return agent;
}

test('the record of the customer pops when a call comes in', async (t) => {
  const agent = await readyInDemo(t);
  const pop = agent.page.getByTestId('pop');
  assert.equal(await pop.count(), 0);

  const callId = await shared.sandbox.callIn({ from: '13800138000', agent: '1001' });
  await pop.getByText('陈思远').waitFor();
  assert.equal(await agent.page.getByTestId('pop-number').textContent(), '138****8000');
  await agent.chipShows('通话中');

  await shared.sandbox.hangUp(callId);
  await agent.chipShows('话后');
  await pop.waitFor({ state: 'detached' });
});

test('an agent calls out from the demo page', async (t) => {
  const agent = await readyInDemo(t);
  await agent.dial('13800138000');
  await agent.chipShows('通话中');

  const { calls: [call] } = await shared.sandbox.state();
  assert.equal(call.to, '13800138000');
  await shared.sandbox.hangUp(call.callId);
  await agent.chipShows('话后');
});

test('a wrong password is explained where it was typed', async (t) => {
  const page = await newTab(t, await newProfile(t, shared.browser));
  await page.goto(`${shared.sandbox.origin}/?lang=zh`);
  await page.getByTestId('signin-password').fill('wrong');
  await page.getByTestId('signin-submit').click();
  await page.getByTestId('signin-error').getByText('工号或密码错误').waitFor();
});
