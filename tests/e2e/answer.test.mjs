import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor } from '../lib/agent.mjs';
import { bringPhone } from '../lib/fake-phone.mjs';
import { agentWithPhone, withPhones } from '../lib/phone-agent.mjs';
import { microphoneOpen, newPhoneProfile } from '../lib/phone-page.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones(['1001']);
const CUSTOMER = '13800138000';

const button = (agent, act) => agent.toolbar.locator(`[data-act=${act}]:visible`);

/** An agent who is ready, with our own phone. */
async function ready(t, where) {
  const agent = await agentWithPhone(t, shared, where);
  await agent.idle();
  return agent;
}

const callIn = () => shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });

test('the agent answers in the toolbar, and talks in the page', async (t) => {
  const agent = await ready(t);
  await callIn();
  await agent.event('AgentRinging');
  await agent.press(button(agent, 'answer'), async () => (await agent.values('Conversation')).length > 0);
  // The platform says that they talk before the phone's own line does, or after.
  await agent.phone.event('Accepted');
  assert.equal((await agent.phone.calls())[0].state, 'talking');
});

test('a call that is refused in the toolbar rings no longer', async (t) => {
  const agent = await ready(t);
  await callIn();
  await agent.event('AgentRinging');
  await agent.press(button(agent, 'reject'), async () => (await agent.values('After')).length > 0);
  await until(async () => !(await agent.phone.calls()).length, { what: 'the phone has no call' });
  assert.deepEqual(await agent.values('Conversation'), []);
});

test('who is to answer every call by itself does so, and after a reload still', async (t) => {
  const profile = await newPhoneProfile(t, shared.browsers['1001']);
  const agent = await ready(t, { profile });
  await agent.call('setAutoAnswer', true);
  const first = await callIn();
  await agent.event('Conversation');
  await shared.sandbox.hangUp(first);
  await agent.event('After');
  await agent.page.close();

  const again = await agentWithPhone(t, shared, { profile });
  await again.idle();
  const second = await callIn();
  await again.event('Conversation');
  await shared.sandbox.hangUp(second);
  await again.event('After');

  await again.idle();
  await again.call('setAutoAnswer', false);
  await callIn();
  await again.event('AgentRinging', { nth: 2 });
  await button(again, 'answer').waitFor();
  assert.equal((await again.values('Conversation')).length, 1, 'it waits to be answered');
});

test('devices and loudness that the agent has chosen count for the next phone', async (t) => {
  const agent = await ready(t);
  const chosen = { speaker: 'some-speaker', ringDevice: 'some-ringer', ringVolume: '40' };
  await agent.page.evaluate((choices) => localStorage.setItem('agent-toolbar/choices/demo\n1001', JSON.stringify(choices)), chosen);
  await agent.call('logout');
  await agent.event('Logout');
  await agent.call('login');
  await agent.event('Login', { nth: 2 });
  const found = await agent.page.evaluate(() => sdk.getSoftPhoneInstance().chosen);
  assert.deepEqual({ speaker: found.speaker, ringDevice: found.ringDevice, ringVolume: found.ringVolume }, { speaker: 'some-speaker', ringDevice: 'some-ringer', ringVolume: 0.4 });
});

test('a phone that rings is as loud as it is to be, at once', async (t) => {
  const agent = await ready(t);
  await callIn();
  await agent.event('AgentRinging');
  const loudness = () => agent.page.evaluate(() => [...document.querySelectorAll('audio')].find(({ srcObject }) => srcObject)?.volume);
  await until(async () => await loudness() === 1, { what: 'it rings' });
  for (const [volume, heard] of [[0.25, 0.25], [7, 1], [-1, 0], [undefined, 1]]) {
    await agent.page.evaluate((given) => sdk.getSoftPhoneInstance().setRingVolume(given), volume);
    assert.equal(await loudness(), heard, String(volume));
  }
});

test('the microphone is open while its loudness is looked at, and no longer', async (t) => {
  const agent = await ready(t);
  await agent.page.evaluate(() => {
    window.levels = [];
    phone.on('Level', ({ input }) => levels.push(input));
  });
  assert.equal(await microphoneOpen(agent.page), false);
  await agent.phone.does('tryMicrophone');
  assert.equal(await microphoneOpen(agent.page), true);
  await until(() => agent.page.evaluate(() => levels.some((level) => level > 0)), { what: 'something is heard' });
  await agent.phone.does('tryMicrophone', false);
  assert.equal(await microphoneOpen(agent.page), false);
});

test('a phone that the page brought is answered as well', async (t) => {
  const profile = await newPhoneProfile(t, shared.browsers['1001']);
  await profile.addInitScript(bringPhone);
  const agent = await openAgent(t, { sandbox: shared.sandbox, browser: shared.browsers['1001'] }, { profile });
  await agent.page.evaluate((options) => startSdk({ ...options, softPhoneFactory: FakePhone }), optionsFor(shared.sandbox, { loginType: 3 }));
  await agent.event('Login');
  await agent.page.evaluate(() => sdk.answer());
  assert.deepEqual(await agent.page.evaluate(() => told), ['made 0', 'answer 0']);
});
