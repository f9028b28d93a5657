import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';
import { startSandbox } from '../lib/sandbox.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

test('a page whose server went away is logged in again by itself when the server is back', async (t) => {
  // A sandbox of its own: it is stopped, and the other tests need theirs.
  const first = await startSandbox();
  let second;
  t.after(() => Promise.all([first.stop(), second?.stop()]));
  const agent = await logIn(t, { ...shared, sandbox: first });
  await first.stop();
  await agent.event('Close');
  const tries = async () => (await agent.sockets()).length - 1;
  await until(async () => await tries() >= 4, { what: 'four tries', bound: 120_000 });

  second = await startSandbox({ port: first.port });
  await until(async () => (await agent.values('Login')).length + (await agent.values('Reconnect')).length >= 2,
    { what: 'logged in again', bound: 120_000 });
  assert.equal(await agent.call('isLogin'), true);
  // The new sandbox knows nothing of the old one, so this state can only come from the page.
  await agent.idle();
  assert.equal((await second.state()).agents.find(({ agentNumber }) => agentNumber === '1001').nowState, 'Idle');
});

test('a lost link is taken up again with the token', async (t) => {
  const agent = await logIn(t, shared);
  await agent.idle();
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  const { nowState, data } = await agent.event('Reconnect');
  assert.equal(nowState, 'Idle');
  assert.equal(typeof data.token, 'string');
  assert.equal((await agent.values('Login')).length, 1);
});

test('a server that refuses for a minute is tried at most twenty times, and then found', async (t) => {
  const agent = await logIn(t, shared);
  const before = (await agent.sockets()).length;
  await shared.sandbox.fault('refuse-connections', { ms: 60_000, path: '/ws' });
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });

  await agent.event('Open', { nth: 2, bound: 90_000 });
  const tries = (await agent.sockets()).length - before;
  assert.ok(tries >= 2, `the server did refuse: ${tries} tries`);
  assert.ok(tries <= 20, `${tries} tries`);
  await agent.event('Reconnect');
});

test('a server that freezes with its sockets open is left, and found again when it thaws', async (t) => {
  const agent = await logIn(t, shared);
  await agent.idle();
  await shared.sandbox.fault('freeze', { path: '/ws', ms: 20_000 });
  await agent.event('Close');
  await agent.exception(/链接长时间没有任何数据/);
  const { nowState } = await agent.event('Reconnect');
  assert.equal(nowState, 'Idle');
});
