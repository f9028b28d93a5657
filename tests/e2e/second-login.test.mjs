import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile } from '../lib/browser.mjs';

const shared = withSandbox();

const logins = async (agent) => (await agent.sent()).filter((frame) => frame.includes('"request":"login"'));

test('a login elsewhere ends the session here, which does not take it back', async (t) => {
  const here = await logIn(t, shared);
  const elsewhere = await logIn(t, shared);
  await here.event('Kick');
  assert.equal(await here.call('isLogin'), false);

  // A lost link is the occasion to log in again by mistake. When the other browser is back and has had a call, it has passed.
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  await elsewhere.event('Reconnect');
  await elsewhere.idle();
  const callId = await shared.sandbox.callIn({ from: '13800138000', agent: '1001' });
  await elsewhere.event('Conversation');
  await shared.sandbox.hangUp(callId);
  await elsewhere.event('Idle', { nth: 2, bound: 120_000 });

  assert.deepEqual(await elsewhere.values('Kick'), []);
  assert.equal((await here.values('Login')).length, 1);
  assert.equal((await logins(here)).length, 1);
});

test('a second tab of the same agent has the same routing key and ends nothing', async (t) => {
  const profile = await newProfile(t, shared.browser);
  const first = await logIn(t, shared, { profile });
  const second = await openAgent(t, shared, { profile });
  await second.start(optionsFor(shared.sandbox));
  await second.event('Login');

  const key = (frame) => frame.match(/"routingKey":"([^"]+)"/)[1];
  assert.equal(key((await logins(second))[0]), key((await logins(first))[0]));

  await second.idle();
  const callId = await shared.sandbox.callIn({ from: '13800138000', agent: '1001' });
  await Promise.all([first.event('Conversation'), second.event('Conversation')]);
  await shared.sandbox.hangUp(callId);
  await Promise.all([first.event('After'), second.event('After')]);
  assert.deepEqual([await first.values('Kick'), await second.values('Kick')], [[], []]);
});
