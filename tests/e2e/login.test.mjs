import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { PKG } from '../lib/paths.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

test('an agent logs in and becomes ready', async (t) => {
  const agent = await logIn(t, shared);
  const [login] = await agent.values('Login');
  assert.equal(login.data.loginType, 1);
  assert.deepEqual(login.data.groupIdList, ['g-sales']);
  assert.equal(await agent.call('isConnected'), true);
  assert.equal(await agent.call('isLogin'), true);

  await agent.idle();
  const { agents } = await shared.sandbox.state();
  assert.equal(agents.find(({ agentNumber }) => agentNumber === '1001').nowState, 'Idle');
  assert.equal(await agent.toolbar.getByRole('toolbar').count(), 1);
});

test('the version is that of the package', async (t) => {
  const agent = await logIn(t, shared);
  const { version } = JSON.parse(await readFile(`${PKG}package.json`, 'utf8'));
  assert.match(version, /^\d+\.\d+\.\d+/);
  assert.equal(await agent.call('getVersion'), version);
});

test('a wrong password is refused in words, and the link stays', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.start(optionsFor(shared.sandbox, { agentPassword: 'wrong' }));
  assert.equal(await agent.exception(/密码/), '工号或密码错误');
  assert.deepEqual(await agent.values('Login'), []);
  assert.equal(await agent.call('isConnected'), true);
  assert.equal(await agent.call('isLogin'), false);
  await until(async () => (await agent.message.textContent()).trim(), { what: 'the toolbar says so' });
});
