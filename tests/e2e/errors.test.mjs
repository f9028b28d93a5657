import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';

const shared = withSandbox();

/** What calling this method in the page throws. */
const thrownBy = (agent, method, ...args) =>
  agent.page.evaluate(([name, given]) => thrown(() => sdk[name](...given)), [method, args]);

const error = (message) => ({ isError: true, message });

test('without options nothing is connected, and methods say what is missing', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.start(undefined);
  assert.equal(await agent.call('isConnected'), false);
  assert.deepEqual(await thrownBy(agent, 'init'), error('需要传入必要配置项目'));
  assert.deepEqual(await thrownBy(agent, 'hangup'), error('请先建立链接'));
  assert.deepEqual(await agent.values('Exception'), [error('请先建立链接')]);
  assert.deepEqual(await agent.sockets(), []);
});

for (const name of ['url', 'host', 'connectAccount', 'subscribePath']) {
  test(`the constructor names a missing ${name}`, async (t) => {
    const agent = await openAgent(t, shared);
    const options = optionsFor(shared.sandbox);
    delete options[name];
    const caught = await agent.page.evaluate((given) => thrown(() => new AgentSdk(given)), options);
    assert.deepEqual(caught, error(`配置缺少必要字段: ${name}`));
  });
}

test('an option that cannot work is named with what is expected', async (t) => {
  const agent = await openAgent(t, shared);
  for (const [wrong, message] of [
    [{ url: 'http://127.0.0.1/ws' }, '配置项 url 无效: 应为以 ws:// 或 wss:// 开头的地址'],
    [{ url: 7 }, '配置项 url 无效: 应为文本'],
    [{ connectAccount: 'a\nb' }, '配置项 connectAccount 无效: 应为不含换行的文本'],
  ]) {
    const options = optionsFor(shared.sandbox, wrong);
    const caught = await agent.page.evaluate((given) => thrown(() => new AgentSdk(given)), options);
    assert.deepEqual(caught, error(message));
  }
});

test('before the login every command asks for it', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.start(optionsFor(shared.sandbox, { agentPassword: 'wrong' }));
  await agent.exception(/工号或密码错误/);
  assert.deepEqual(await thrownBy(agent, 'idle'), error('请先进行登录'));
  await agent.exception(/^请先进行登录$/);
});

test('a missing argument is named', async (t) => {
  const agent = await logIn(t, shared);
  assert.deepEqual(await thrownBy(agent, 'call'), error('被叫不能为空'));
  assert.deepEqual(await thrownBy(agent, 'setUserdata', null), error('userdata转化 JSON 出错, 出错数据: null'));
});
