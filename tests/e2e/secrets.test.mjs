import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';

const shared = withSandbox();
const PASSCODE = 'broker-passcode-4711';

const kept = (agent) => agent.page.evaluate(() => JSON.stringify([{ ...localStorage }, document.cookie]));

test('password, passcode and token stay out of console, localStorage and cookies', async (t) => {
  const agent = await logIn(t, shared, { more: { connectPassword: PASSCODE } });
  await agent.idle();
  await agent.dial('13800138000');
  const { data } = await agent.event('Conversation');
  await shared.sandbox.hangUp(data.occCallId);
  await agent.event('After');
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  await agent.event('Reconnect');

  const sent = (await agent.sent()).join('\n');
  const [{ data: { token } }] = await agent.values('Login');
  const secrets = { passcode: PASSCODE, password: '123456', token };
  for (const [name, secret] of Object.entries(secrets)) {
    assert.ok(sent.includes(secret), `the ${name} was in use`);
    assert.ok(!(await kept(agent)).includes(secret), `the ${name} is in localStorage or a cookie`);
    assert.ok(!(await agent.page.said()).includes(secret), `the ${name} is in the console`);
  }
});

test('a refused password is in no message', async (t) => {
  const agent = await openAgent(t, shared);
  const agentPassword = 'refused-password-4711';
  await agent.start(optionsFor(shared.sandbox, { agentPassword }));
  await agent.exception(/工号或密码错误/);
  assert.ok((await agent.sent()).join('\n').includes(agentPassword), 'the password was in use');
  assert.ok(!JSON.stringify(await agent.values('Exception')).includes(agentPassword));
  assert.ok(!(await kept(agent)).includes(agentPassword));
  assert.ok(!(await agent.page.said()).includes(agentPassword));
  assert.ok(!(await agent.toolbar.evaluate((host) => host.shadowRoot?.innerHTML ?? host.innerHTML)).includes(agentPassword));
});
